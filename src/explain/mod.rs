//! What would change a rule's outcome, what nearly did, and what would decide it: tried out with the engine.
//!
//! Nothing is derived by reasoning about the conditions alone. Each claim is a set of answers that was worked out
//! and judged again, so that a claim that is wrong cannot be made; one that is missed can. Work is bounded: a rule
//! costs at most [`TRIES`] trials on a pack cut down to what the rule asks about, whatever its author wrote.
//!
//! Moves are measured as shares: an answer by its scale (or by the points between two options), a metric by its
//! range, or by its own size where it has none. One change comes before two, and what is a matter of answers before what
//! takes a figure: a team can decide on a practice, and figures follow; and ranges of figures are declared wide.

mod across;
mod confirm;
mod input;
mod near;
mod need;
mod observe;
mod search;
mod settle;
mod world;

#[cfg(test)]
mod tests;

use crate::check::SoundPack;
use crate::model::{AskFirst, Counterfactual, Findings, NearMiss, Respondent, RuleId, Status};
use search::Goal;
use world::World;

pub use observe::{Facts, facts, number_of};

/// How many trials one question about one rule may cost.
pub const TRIES: usize = 3000;

/// How many ways are offered at most.
pub const SHOWN: usize = 3;

/// Explains one respondent's findings; every answer is worked out when it is asked for.
pub struct Explainer<'a> {
    pack: &'a SoundPack,
    respondent: &'a Respondent,
    findings: &'a Findings,
}

impl<'a> Explainer<'a> {
    /// The findings must be the engine's for this pack and respondent.
    pub fn new(pack: &'a SoundPack, respondent: &'a Respondent, findings: &'a Findings) -> Explainer<'a> {
        Explainer { pack, respondent, findings }
    }

    fn world(&self, rule: RuleId) -> World<'_> {
        World::new(self.pack.pack(), self.respondent, self.findings, rule)
    }

    /// What would take a fired rule off the list: at most three ways, fewest changes first, answers before figures,
    /// then the smallest.
    /// Empty for a rule that did not fire, and for one that fired on an assumption: that wants answers, not change.
    pub fn would_change(&self, rule: RuleId) -> Vec<Counterfactual> {
        let found = &self.findings.rules[rule.0];
        if found.status != Status::Fired || found.assumed {
            return Vec::new();
        }
        let mut world = self.world(rule);
        let ways = search::search(&mut world, Goal::Off);
        let confirmed = ways.into_iter().filter(|way| {
            confirm::comes_out(self.pack, self.respondent, self.findings, rule, &way.changes, Goal::Off)
        });
        confirmed.take(SHOWN).collect()
    }

    /// What nearly fired: one number stands in the way, by at most a tenth of its range. None for a rule that
    /// fired, is not decided, or is further away.
    pub fn near_miss(&self, rule: RuleId) -> Option<NearMiss> {
        let found = &self.findings.rules[rule.0];
        if found.status != Status::NotFired || found.assumed {
            return None;
        }
        let mut near = near::near(self.pack.pack(), self.findings, rule)?;
        let mut world = self.world(rule);
        let ways = search::search(&mut world, Goal::On);
        near.by = ways.into_iter().find(|way| {
            way.reached.iter().any(|reached| reached.subject == near.subject)
                && confirm::comes_out(self.pack, self.respondent, self.findings, rule, &way.changes, Goal::On)
        });
        Some(near)
    }

    /// What to find out about an undecided rule, that which settles most first, with what each value would settle.
    /// Only what was tried in every value is told; empty for a rule that is decided.
    pub fn ask_first(&self, rule: RuleId) -> Vec<AskFirst> {
        let found = &self.findings.rules[rule.0];
        if found.status != Status::Undecided && !found.assumed {
            return Vec::new();
        }
        settle::ask_first(&mut self.world(rule))
    }
}
