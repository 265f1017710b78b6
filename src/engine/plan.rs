//! The plan: prerequisites first, within what the capacity allows.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Advice, AreaId, Pack, Plan, PlanStep, PrescriptionId, SHOWN_LEAKS};

/// The days by which something can be due.
const HORIZONS: [u32; 3] = [30, 60, 90];

/// Places the advice, best rank first, at its own horizon or the next that has room; what finds none is the annex.
///
/// The best piece for each leak that documents take up is placed before all else: a leak that is shown and has
/// no step in the plan would be a promise without a day.
pub fn plan(pack: &Pack, advice: &[Advice], leaks: &[AreaId]) -> Plan {
    let order: Vec<PrescriptionId> = advice.iter().map(|advice| advice.prescription).collect();
    let mut work = Work { pack, needs: needs(pack, advice), due: BTreeMap::new() };
    let best = |leak: &AreaId| order.iter().find(|id| pack.prescription(**id).area == Some(*leak)).copied();
    for id in leaks.iter().take(SHOWN_LEAKS).filter_map(best) {
        work.place(id);
    }
    for id in &order {
        work.place(*id);
    }
    let mut steps: Vec<PlanStep> = Vec::new();
    let mut annex: Vec<PrescriptionId> = Vec::new();
    let mut waiting: Vec<(PrescriptionId, u32)> = Vec::new();
    for id in &order {
        match work.due.get(id) {
            Some(Some(due)) => waiting.push((*id, *due)),
            _ => annex.push(*id),
        }
    }
    waiting.sort_by_key(|(_, due)| *due);
    let (ordered, due): (Vec<PrescriptionId>, BTreeMap<PrescriptionId, u32>) =
        (waiting.iter().map(|(id, _)| *id).collect(), waiting.into_iter().collect());
    for prescription in needs_first(ordered, &work.needs) {
        steps.push(PlanStep { prescription, due: due[&prescription] });
    }
    let annex = needs_first(annex, &work.needs);
    Plan { steps, annex }
}

/// The order kept, except that what something needs comes before it.
fn needs_first(mut waiting: Vec<PrescriptionId>, needs: &Needs) -> Vec<PrescriptionId> {
    let mut out = Vec::new();
    let mut open: BTreeSet<PrescriptionId> = waiting.iter().copied().collect();
    while !waiting.is_empty() {
        let free = |id: &PrescriptionId| !needs[id].iter().any(|need| open.contains(need));
        let next = waiting.iter().position(free).unwrap_or(0);
        let id = waiting.remove(next);
        open.remove(&id);
        out.push(id);
    }
    out
}

/// What must be done before each piece of advice, of all that is advised.
type Needs = BTreeMap<PrescriptionId, Vec<PrescriptionId>>;

/// Prerequisites, through those that nobody advised too, and the earlier steps of the same ladder.
fn needs(pack: &Pack, advice: &[Advice]) -> Needs {
    let all: BTreeSet<PrescriptionId> = advice.iter().map(|advice| advice.prescription).collect();
    let advised = |id: &PrescriptionId| all.contains(id);
    let mut out = Needs::new();
    for one in advice {
        let mut found: Vec<PrescriptionId> = Vec::new();
        let mut seen = vec![one.prescription];
        let mut open = pack.prescription(one.prescription).after.clone();
        while let Some(need) = open.pop() {
            if seen.contains(&need) {
                continue;
            }
            seen.push(need);
            if advised(&need) {
                found.push(need);
            } else {
                open.extend(pack.prescription(need).after.iter().copied());
            }
        }
        if let Some(ladder) = one.ladder {
            let steps = pack.ladder(ladder).steps.iter().map(|step| step.prescription);
            found.extend(steps.take_while(|step| *step != one.prescription).filter(advised));
        }
        found.sort_unstable();
        found.dedup();
        out.insert(one.prescription, found);
    }
    out
}

struct Work<'p> {
    pack: &'p Pack,
    needs: Needs,
    /// What is placed: when it is due, or none for the annex.
    due: BTreeMap<PrescriptionId, Option<u32>>,
}

impl Work<'_> {
    fn place(&mut self, id: PrescriptionId) -> Option<u32> {
        if let Some(placed) = self.due.get(&id) {
            return *placed;
        }
        let mut earliest = self.pack.prescription(id).horizon;
        // Set first, so that a ladder and an `after` that contradict each other end here.
        self.due.insert(id, None);
        for need in self.needs[&id].clone() {
            match self.place(need) {
                Some(due) => earliest = earliest.max(due),
                None => return None,
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
