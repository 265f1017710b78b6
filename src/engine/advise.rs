//! What fired rules prescribe: each prescription once, ranked, the excluded set aside.

use std::collections::BTreeMap;

use super::find_out;
use crate::logic::{Truth, judge};
use crate::model::{
    Advice, LadderId, Number, Pack, Prescribed, PrescriptionId, RuleFinding, RuleId, SetAside, Severity,
    Status, Values, Withheld,
};

pub struct Advised {
    /// By rank.
    pub prescriptions: Vec<Advice>,
    pub set_aside: Vec<SetAside>,
    pub withheld: Vec<Withheld>,
}

/// A prescription with what speaks for it so far.
struct Reasons {
    severity: Severity,
    rules: Vec<RuleId>,
    ladder: Option<LadderId>,
}

pub fn advise(pack: &Pack, values: &Values, rules: &[RuleFinding]) -> Advised {
    let mut reasons: BTreeMap<PrescriptionId, Reasons> = BTreeMap::new();
    let mut withheld: Vec<Withheld> = Vec::new();
    for (place, (rule, finding)) in pack.rules.iter().zip(rules).enumerate() {
        if finding.status != Status::Fired {
            continue;
        }
        let mut give = |prescription: PrescriptionId, ladder: Option<LadderId>| {
            let entry = reasons.entry(prescription).or_insert(Reasons {
                severity: rule.severity,
                rules: Vec::new(),
                ladder,
            });
            entry.severity = entry.severity.max(rule.severity);
            entry.ladder = entry.ladder.or(ladder);
            if !entry.rules.contains(&RuleId(place)) {
                entry.rules.push(RuleId(place));
            }
        };
        for prescribed in &rule.prescribe {
            match prescribed {
                Prescribed::One(id) => give(*id, None),
                Prescribed::Ladder(id) => {
                    let steps = climb(pack, values, *id);
                    steps.shown.into_iter().for_each(|step| give(step, Some(*id)));
                    if !withheld.iter().any(|known| known.ladder == *id) {
                        withheld.extend(steps.withheld);
                    }
                }
            }
        }
    }
    let mut ranked: Vec<Advice> = reasons
        .into_iter()
        .map(|(prescription, reasons)| Advice {
            prescription,
            severity: reasons.severity,
            rank: rank(pack, prescription, reasons.severity),
            rules: reasons.rules,
            ladder: reasons.ladder,
        })
        .collect();
    ranked.sort_by(|a, b| {
        let (first, second) = (pack.prescription(a.prescription), pack.prescription(b.prescription));
        b.rank
            .cmp(&a.rank)
            .then(first.effort.cmp(&second.effort))
            .then(second.impact.cmp(&first.impact))
            .then(first.id.cmp(&second.id))
    });
    let mut kept: Vec<Advice> = Vec::new();
    let mut set_aside = Vec::new();
    for advice in ranked {
        match kept.iter().find(|other| excluded(pack, other.prescription, advice.prescription)) {
            Some(stays) => set_aside.push(SetAside {
                prescription: advice.prescription,
                instead: stays.prescription,
                rules: advice.rules,
            }),
            None => kept.push(advice),
        }
    }
    Advised { prescriptions: kept, set_aside, withheld }
}

/// severity × impact ÷ effort.
fn rank(pack: &Pack, id: PrescriptionId, severity: Severity) -> Number {
    let prescription = pack.prescription(id);
    Number::ratio(severity.weight() * prescription.impact, prescription.effort.max(1))
}

/// Whether two prescriptions are never advised together.
pub fn excluded(pack: &Pack, a: PrescriptionId, b: PrescriptionId) -> bool {
    pack.prescription(a).instead_of.contains(&b) || pack.prescription(b).instead_of.contains(&a)
}

struct Climbed {
    shown: Vec<PrescriptionId>,
    withheld: Vec<Withheld>,
}

/// The steps of a ladder whose guards are false; the last one only where all guards hold.
fn climb(pack: &Pack, values: &Values, id: LadderId) -> Climbed {
    let mut out = Climbed { shown: Vec::new(), withheld: Vec::new() };
    let mut before = Truth::True;
    for step in &pack.ladder(id).steps {
        match &step.guard {
            Some(guard) => {
                let truth = judge(guard, pack, values);
                match truth {
                    Truth::False => out.shown.push(step.prescription),
                    Truth::Unknown { .. } => out.withheld.push(Withheld {
                        ladder: id,
                        prescription: step.prescription,
                        waits_for: find_out::unknowns_in(guard, pack, values),
                    }),
                    Truth::True => {}
                }
                before = crate::logic::all([before, truth].into_iter());
            }
            None if before.is_true() => out.shown.push(step.prescription),
            None => {}
        }
    }
    out
}
