//! What becomes of all rules together: each by its own conditions, then the weaker ones set aside.

use super::{Truth, all, judge};
use crate::model::{IfMissing, Pack, Rule, RuleFinding, RuleId, Status, Values};

/// Whether a rule's conditions hold and its exception does not, whatever other rules say.
pub fn judge_rule(rule: &Rule, pack: &Pack, values: &Values) -> Truth {
    let when = judge(&rule.when, pack, values);
    match &rule.unless {
        None => when,
        Some(unless) => all([when, judge(unless, pack, values).not()].into_iter()),
    }
}

/// One finding a rule, in pack order.
///
/// A rule is set aside where a stronger one holds by its own conditions, and stays open while a stronger one is
/// undecided. Whether the stronger one is itself set aside by a third makes no difference, so the order in which
/// rules are looked at makes none either. What does not apply is stronger than nothing.
///
/// `if_missing: require` leaves a rule undecided: whether that refuses the respondent is the caller's to say.
pub fn rules(pack: &Pack, values: &Values) -> Vec<RuleFinding> {
    let own: Vec<RuleFinding> = pack.rules.iter().map(|rule| alone(rule, pack, values)).collect();
    let mut above: Vec<Above> = vec![Above::default(); own.len()];
    for group in &pack.groups {
        let Some(order) = group.by_strength(|id| pack.rules[id.0].severity) else { continue };
        let mut before = Above::default();
        for id in order {
            above[id.0].fired.extend_from_slice(&before.fired);
            above[id.0].open.extend_from_slice(&before.open);
            before.note(id, own[id.0].status);
        }
    }
    for (place, rule) in pack.rules.iter().enumerate() {
        for weaker in &rule.supersedes {
            match own[place].status {
                Status::Fired => above[weaker.0].fired.push(RuleId(place)),
                Status::Undecided => above[weaker.0].open.push(RuleId(place)),
                _ => {}
            }
        }
    }
    own.into_iter().zip(above).map(|(own, above)| settle(own, above)).collect()
}

/// The stronger rules that matter to a weaker one.
#[derive(Clone, Debug, Default)]
struct Above {
    fired: Vec<RuleId>,
    open: Vec<RuleId>,
}

impl Above {
    fn note(&mut self, id: RuleId, status: Status) {
        match status {
            // Of several that hold in one group the strongest is named.
            Status::Fired if self.fired.is_empty() => self.fired.push(id),
            Status::Undecided => self.open.push(id),
            _ => {}
        }
    }
}

fn alone(rule: &Rule, pack: &Pack, values: &Values) -> RuleFinding {
    let (status, assumed) = match judge_rule(rule, pack, values) {
        Truth::True => (Status::Fired, false),
        Truth::False => (Status::NotFired, false),
        Truth::Unknown { not_applicable: true } => (Status::NotApplicable, false),
        Truth::Unknown { not_applicable: false } => match rule.if_missing {
            IfMissing::Undecided | IfMissing::Require => (Status::Undecided, false),
            IfMissing::AssumeFalse => (Status::NotFired, true),
            IfMissing::AssumeTrue => (Status::Fired, true),
        },
    };
    RuleFinding { status, assumed, yields_to: Vec::new() }
}

fn settle(own: RuleFinding, mut above: Above) -> RuleFinding {
    let sorted = |list: &mut Vec<RuleId>| {
        list.sort_unstable();
        list.dedup();
        std::mem::take(list)
    };
    match own.status {
        Status::Fired | Status::Undecided if !above.fired.is_empty() => {
            RuleFinding { status: Status::Superseded, assumed: false, yields_to: sorted(&mut above.fired) }
        }
        Status::Fired if !above.open.is_empty() => {
            RuleFinding { status: Status::Undecided, assumed: false, yields_to: sorted(&mut above.open) }
        }
        Status::Fired | Status::NotFired | Status::Undecided | Status::NotApplicable | Status::Superseded => {
            own
        }
    }
}
