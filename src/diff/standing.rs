//! When a rule stands: its own conditions hold, and no stronger rule does or may.

use crate::cells::Truths;
use crate::model::{Condition, IfMissing, Pack, RuleId};

/// A condition and what it must come to.
#[derive(Clone, Debug)]
pub struct Part {
    pub condition: Condition,
    pub truths: Truths,
}

impl Part {
    /// The truths that it may have where the rule fires. The engine tells "not applicable" from what is merely unknown,
    /// and truths do not: `sure` takes in too little rather than too much.
    pub fn holding(&self, sure: bool) -> Truths {
        // Who does not apply stands in nobody's way.
        if self.truths == Truths::FALSE && !sure { Truths::NOT_TRUE } else { self.truths }
    }

    /// The truths at which it keeps the rule from firing.
    pub fn failing(&self, sure: bool) -> Truths {
        // What does not apply is never assumed.
        if self.truths == Truths::NOT_FALSE && !sure { Truths::NOT_TRUE } else { self.truths.others() }
    }
}

/// The parts that must all hold for the rule's status to be "fired".
pub fn standing(pack: &Pack, id: RuleId) -> Vec<Part> {
    let rule = &pack.rules[id.0];
    let own = if rule.if_missing == IfMissing::AssumeTrue { Truths::NOT_FALSE } else { Truths::TRUE };
    let mut parts = vec![Part { condition: whole(pack, id), truths: own }];
    for stronger in stronger(pack, id) {
        let out = match pack.rules[stronger.0].if_missing {
            IfMissing::AssumeFalse => Truths::NOT_TRUE,
            _ => Truths::FALSE,
        };
        parts.push(Part { condition: whole(pack, stronger), truths: out });
    }
    parts
}

/// A rule's conditions without its exception, as one condition.
pub fn whole(pack: &Pack, id: RuleId) -> Condition {
    let rule = &pack.rules[id.0];
    match &rule.unless {
        None => rule.when.clone(),
        Some(unless) => Condition::All(vec![rule.when.clone(), Condition::Not(Box::new(unless.clone()))]),
    }
}

/// The rules that set this one aside, by the order of groups and by `supersedes`; ascending.
pub fn stronger(pack: &Pack, id: RuleId) -> Vec<RuleId> {
    let mut out: Vec<RuleId> = Vec::new();
    for group in &pack.groups {
        let Some(order) = group.by_strength(|rule| pack.rules[rule.0].severity) else { continue };
        if let Some(at) = order.iter().position(|other| *other == id) {
            out.extend(&order[..at]);
        }
    }
    for (place, rule) in pack.rules.iter().enumerate() {
        if rule.supersedes.contains(&id) {
            out.push(RuleId(place));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}
