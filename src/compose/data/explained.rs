//! What would change a finding, what nearly was one, and what an answer would decide.

use std::collections::BTreeMap;

use super::Facts;
use crate::check::SoundPack;
use crate::compose::contract::{Almost, Md};
use crate::explain::Explainer;
use crate::model::{AskFirst, Counterfactual, FindOut, Findings, NearMiss, Respondent, RuleId, Status};
use crate::wording;

/// Worked out once for all places that tell it.
pub struct Explained {
    /// Of rules that fired.
    ways: BTreeMap<RuleId, Vec<Counterfactual>>,
    /// In the pack's order.
    near: Vec<NearMiss>,
    /// Of rules that are not decided.
    asks: BTreeMap<RuleId, Vec<AskFirst>>,
}

impl Explained {
    pub fn new(pack: &SoundPack, respondent: &Respondent, findings: &Findings) -> Explained {
        let explainer = Explainer::new(pack, respondent, findings);
        let rules = || findings.rules.iter().enumerate().map(|(at, found)| (RuleId(at), found));
        let fired = rules().filter(|(_, found)| found.status == Status::Fired);
        let open = rules().filter(|(_, found)| found.status == Status::Undecided || found.assumed);
        Explained {
            ways: fired.map(|(id, _)| (id, explainer.would_change(id))).collect(),
            near: rules().filter_map(|(id, _)| explainer.near_miss(id)).collect(),
            asks: open.map(|(id, _)| (id, explainer.ask_first(id))).collect(),
        }
    }
}

impl Facts<'_> {
    pub(super) fn would_change(&self, rule: RuleId) -> Vec<Md> {
        let ways = self.explained.ways.get(&rule).map(Vec::as_slice).unwrap_or_default();
        wording::ways(self.pack, ways).into_iter().map(Md).collect()
    }

    pub(super) fn near_misses(&self) -> Vec<Almost> {
        let near = self.explained.near.iter();
        near.map(|near| {
            let rule = &self.pack.rules[near.rule.0];
            Almost {
                id: rule.id.clone(),
                title: self.prose(&rule.title),
                area_title: rule.area.map(|area| self.prose(&self.pack.area(area).title)),
                text: Md(wording::almost(self.pack, self.findings, near)),
            }
        })
        .collect()
    }

    /// What an answer decides of the one rule that waits for it: told only where one value at least decides it.
    pub(super) fn decides(&self, found: &FindOut) -> Option<String> {
        let [rule] = found.rules.as_slice() else { return None };
        let asks = self.explained.asks.get(rule)?;
        let ask = asks.iter().find(|ask| ask.what == found.what && ask.settles())?;
        Some(wording::decides(self.pack, ask))
    }
}
