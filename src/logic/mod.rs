//! The truth of one condition, given what is known.
//!
//! Truth has three values. A line about a missing value is unknown, and one about an interval is decided
//! only where the whole interval agrees; lists follow Kleene's strong logic.

mod test;
mod truth;

pub use test::judge_test;
pub use truth::{Truth, all, any, at_least};

use crate::model::{Condition, Pack, Subject, Values};

/// Whether a condition holds.
pub fn judge(condition: &Condition, pack: &Pack, values: &Values) -> Truth {
    match condition {
        Condition::All(parts) => all(parts.iter().map(|part| judge(part, pack, values))),
        Condition::Any(parts) => any(parts.iter().map(|part| judge(part, pack, values))),
        Condition::Not(inner) => judge(inner, pack, values).not(),
        Condition::AtLeast(n, parts) => at_least(*n, parts.iter().map(|part| judge(part, pack, values))),
        Condition::Named(id, _) => judge(&pack.condition(*id).when, pack, values),
        Condition::Test(test) => judge_test(test, pack, values),
    }
}

/// Every subject that a condition asks about, named conditions entered, each once, in the order met.
pub fn subjects(condition: &Condition, pack: &Pack) -> Vec<Subject> {
    let mut out = Vec::new();
    gather(condition, pack, &mut out);
    out
}

fn gather(condition: &Condition, pack: &Pack, out: &mut Vec<Subject>) {
    condition.visit(&mut |part| match part {
        Condition::Named(id, _) => gather(&pack.condition(*id).when, pack, out),
        Condition::Test(test) if !out.contains(&test.subject) => out.push(test.subject),
        _ => {}
    });
}
