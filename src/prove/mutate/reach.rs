//! What of a pack a slip can reach, so that nothing else need be judged again.

use super::slip::Part;
use crate::model::{Check, Condition, ConditionId, LadderId, Limit, Pack, RuleId, ThresholdId};

/// Where the effect of a slip can begin.
#[derive(Clone, Debug, PartialEq)]
pub enum Reach {
    /// In what these rules and guards come to, and nowhere else.
    Lines(Vec<RuleId>, Vec<(LadderId, usize)>),
    /// Where a value lies on the other side of an edge.
    Edges,
    /// In every value.
    Values,
    /// In what is advised; values and lines stay.
    Advice,
}

pub fn reach(part: &Part, pack: &Pack) -> Reach {
    match part {
        Part::When(id, _) | Part::Unless(id, _) => Reach::Lines(vec![*id], Vec::new()),
        Part::Guard(id, step, _) => Reach::Lines(Vec::new(), vec![(*id, *step)]),
        Part::Supersedes(..) | Part::InsteadOf(..) => Reach::Advice,
        Part::Bands(_) => Reach::Edges,
        Part::Points(..) | Part::Threshold(..) => Reach::Values,
        Part::Named(id, _) => {
            let found = Found { name: Some(*id), threshold: None, pack };
            if found.in_values() { Reach::Values } else { Reach::Lines(found.rules(), found.guards()) }
        }
    }
}

/// A shared condition or a named number that conditions are looked through for.
pub struct Found<'p> {
    pub name: Option<ConditionId>,
    pub threshold: Option<ThresholdId>,
    pub pack: &'p Pack,
}

impl Found<'_> {
    /// Whether a condition uses it, by way of other shared conditions too.
    pub fn is_in(&self, condition: &Condition) -> bool {
        let mut names: Vec<ConditionId> = Vec::new();
        let mut open: Vec<&Condition> = vec![condition];
        let mut found = false;
        while let Some(part) = open.pop() {
            part.visit(&mut |part| match part {
                Condition::Named(id, _) => {
                    found |= Some(*id) == self.name;
                    if !names.contains(id) {
                        names.push(*id);
                        open.push(&self.pack.condition(*id).when);
                    }
                }
                Condition::Test(test) => found |= self.names_it(&test.check),
                _ => {}
            });
        }
        found
    }

    fn names_it(&self, check: &Check) -> bool {
        let is = |limit: &&Limit| matches!(limit, Limit::Threshold(id, _) if Some(*id) == self.threshold);
        check.limits().iter().any(is)
    }

    pub fn rules(&self) -> Vec<RuleId> {
        let uses = |condition: &Condition| self.is_in(condition);
        let rules = self.pack.rules.iter().enumerate();
        rules
            .filter(|(_, rule)| uses(&rule.when) || rule.unless.as_ref().is_some_and(uses))
            .map(|(place, _)| RuleId(place))
            .collect()
    }

    pub fn guards(&self) -> Vec<(LadderId, usize)> {
        let mut out = Vec::new();
        for (place, ladder) in self.pack.ladders.iter().enumerate() {
            for (step, at) in ladder.steps.iter().enumerate() {
                if at.guard.as_ref().is_some_and(|guard| self.is_in(guard)) {
                    out.push((LadderId(place), step));
                }
            }
        }
        out
    }

    /// Whether values depend on it: what is asked, what counts, and which of several bands hold.
    pub fn in_values(&self) -> bool {
        crate::prove::cover::of_values(self.pack).into_iter().any(|condition| self.is_in(condition))
    }
}
