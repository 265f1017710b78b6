//! The plan: prerequisites first, within what the capacity allows.

use std::collections::BTreeMap;

use crate::model::{Advice, AreaId, Pack, Plan, PlanStep, PrescriptionId, SHOWN_LEAKS};

/// The days by which something can be due.
const HORIZONS: [u32; 3] = [30, 60, 90];

/// Places the advice, best rank first, at its own horizon or the next that has room; what finds none is the annex.
///
/// The best piece for each leak that documents take up is placed before all else: a leak that is shown and has
/// no step in the plan would be a promise without a day.
pub fn plan(pack: &Pack, advice: &[Advice], leaks: &[AreaId]) -> Plan {
    let order: Vec<PrescriptionId> = advice.iter().map(|advice| advice.prescription).collect();
    let mut work = Work { pack, order: &order, due: BTreeMap::new() };
    let best = |leak: &AreaId| order.iter().find(|id| pack.prescription(**id).area == Some(*leak)).copied();
    for id in leaks.iter().take(SHOWN_LEAKS).filter_map(best) {
        work.place(id);
    }
    for id in &order {
        work.place(*id);
    }
    let mut steps: Vec<PlanStep> = Vec::new();
    let mut annex = Vec::new();
    let mut waiting: Vec<(PrescriptionId, u32)> = Vec::new();
    for id in &order {
        match work.due.get(id) {
            Some(Some(due)) => waiting.push((*id, *due)),
            _ => annex.push(*id),
        }
    }
    waiting.sort_by_key(|(_, due)| *due);
    // Within one horizon the ranks decide, unless something must come before.
    while !waiting.is_empty() {
        let ready = waiting
            .iter()
            .position(|(id, _)| {
                !pack.prescription(*id).after.iter().any(|need| waiting.iter().any(|(w, _)| w == need))
            })
            .unwrap_or(0);
        let (prescription, due) = waiting.remove(ready);
        steps.push(PlanStep { prescription, due });
    }
    Plan { steps, annex }
}

struct Work<'p> {
    pack: &'p Pack,
    order: &'p [PrescriptionId],
    /// What is placed: when it is due, or none for the annex.
    due: BTreeMap<PrescriptionId, Option<u32>>,
}

impl Work<'_> {
    fn place(&mut self, id: PrescriptionId) -> Option<u32> {
        if let Some(placed) = self.due.get(&id) {
            return *placed;
        }
        let mut earliest = self.pack.prescription(id).horizon;
        for need in self.pack.prescription(id).after.clone() {
            if !self.order.contains(&need) {
                continue;
            }
            match self.place(need) {
                Some(due) => earliest = earliest.max(due),
                None => {
                    self.due.insert(id, None);
                    return None;
                }
            }
        }
        let due = HORIZONS.into_iter().find(|&horizon| horizon >= earliest && self.has_room(horizon));
        self.due.insert(id, due);
        due
    }

    /// Whether one more due by this day keeps every capacity.
    fn has_room(&self, horizon: u32) -> bool {
        self.pack.capacity.iter().filter(|capacity| capacity.days >= horizon).all(|capacity| {
            let taken = self.due.values().flatten().filter(|&&due| due <= capacity.days).count();
            taken < capacity.at_most
        })
    }
}
