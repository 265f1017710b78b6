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

pub use crate::model::subjects;

use crate::model::{Condition, Pack, Values};

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
