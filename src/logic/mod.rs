//! The truth of one condition, given what is known.
//!
//! Truth has three values. A line about a missing value is unknown, and one about an interval is decided
//! only where the whole interval agrees; lists follow Kleene's strong logic.

mod rules;
mod test;
mod truth;

pub use rules::{judge_rule, rules};
pub use test::judge_test;
pub use truth::{Truth, all, any, at_least};

use std::collections::BTreeSet;

use crate::model::{Condition, ConditionId, Pack, Subject, Values};

/// Whether a condition holds.
pub fn judge(condition: &Condition, pack: &Pack, values: &Values) -> Truth {
    match condition {
        Condition::All(parts) => all(parts.iter().map(|part| judge(part, pack, values))),
        Condition::Any(parts) => any(parts.iter().map(|part| judge(part, pack, values))),
        Condition::Not(inner) => judge(inner, pack, values).not(),
        Condition::AtLeast(n, parts) => at_least(*n, parts.iter().map(|part| judge(part, pack, values))),
        Condition::Named(id, _) => judge(&pack.condition(*id).when, pack, values),
        Condition::Test(test) => judge_test(test, values),
    }
}

/// Every subject that a condition asks about, named conditions entered, each once, in the order met.
pub fn subjects(condition: &Condition, pack: &Pack) -> Vec<Subject> {
    let mut met = Met::default();
    met.gather(condition, pack);
    met.subjects
}

/// What was met so far: names that use each other twice over are entered once.
#[derive(Default)]
struct Met {
    subjects: Vec<Subject>,
    seen: BTreeSet<Subject>,
    names: BTreeSet<ConditionId>,
}

impl Met {
    fn gather(&mut self, condition: &Condition, pack: &Pack) {
        condition.visit(&mut |part| match part {
            Condition::Named(id, _) if self.names.insert(*id) => self.gather(&pack.condition(*id).when, pack),
            Condition::Test(test) if self.seen.insert(test.subject) => self.subjects.push(test.subject),
            _ => {}
        });
    }
}
