//! The leaks that a document shows, each with its findings, its advice and its questions.

use std::collections::BTreeSet;

use super::Facts;
use crate::compose::contract::{Area, Finding, Leak, Md, Metric, Plan, Prescription};
use crate::model::{Advice, AreaId, RuleId, SHOWN_LEAKS};

/// How many questions stand under a leak.
const QUESTIONS: usize = 5;

impl Facts<'_> {
    pub(super) fn leaks(
        &self,
        areas: &[Area],
        metrics: &[Metric],
        prescriptions: &[Prescription],
    ) -> Vec<Leak> {
        let mut asked: BTreeSet<Md> = BTreeSet::new();
        let mut told: BTreeSet<RuleId> = BTreeSet::new();
        let shown = self.findings.leaks.iter().take(SHOWN_LEAKS);
        shown
            .map(|leak| {
                let at_home: Vec<usize> = self.at_home(*leak);
                let advice: Vec<Prescription> =
                    at_home.iter().filter_map(|at| prescriptions.get(*at)).cloned().collect();
                let coach = advice.iter().flat_map(|prescription| prescription.coach.iter());
                let coach = coach.filter(|question| asked.insert((*question).clone()));
                let coach = coach.take(QUESTIONS).cloned().collect();
                let area = areas[leak.0].clone();
                let gave = |rule: &RuleId| {
                    at_home.iter().any(|at| self.findings.prescriptions[*at].rules.contains(rule))
                };
                let mut rules: Vec<RuleId> = self
                    .fired()
                    .filter(|rule| self.pack.rules[rule.0].area == Some(*leak) || gave(rule))
                    .filter(|rule| told.insert(*rule))
                    .collect();
                rules.sort_by_key(|rule| std::cmp::Reverse(self.pack.rules[rule.0].severity));
                let own = metrics.iter().filter(|metric| {
                    metric.areas.contains(&area.id) && metric.value.is_some() && metric.has_bands
                });
                Leak {
                    findings: rules.into_iter().map(|rule| self.finding(rule)).collect(),
                    metrics: own.cloned().collect(),
                    prescriptions: advice,
                    coach,
                    area,
                }
            })
            .collect()
    }

    /// One a piece of advice: the leak under which it stands in detail; none for what only the plan or its
    /// annex names.
    pub(super) fn find_homes(&self) -> Vec<Option<AreaId>> {
        let mut homes = vec![None; self.findings.prescriptions.len()];
        for leak in self.findings.leaks.iter().take(SHOWN_LEAKS) {
            for at in self.at_home(*leak) {
                homes[at] = Some(*leak);
            }
        }
        homes
    }

    /// The leak under which a piece of advice stands in detail.
    pub(super) fn home(&self, advice: &Advice) -> Option<AreaId> {
        let at =
            self.findings.prescriptions.iter().position(|other| other.prescription == advice.prescription)?;
        self.homes.get(at).copied().flatten()
    }

    /// Whether a document tells it in detail: under a leak, or because the plan holds it.
    pub(super) fn in_detail(&self, advice: &Advice) -> bool {
        let planned = self.findings.plan.steps.iter().any(|step| step.prescription == advice.prescription);
        planned || self.home(advice).is_some()
    }

    /// A leak's advice: what the plan holds in its order, then the rest, what something needs before it.
    fn at_home(&self, leak: AreaId) -> Vec<usize> {
        let place = |at: usize| {
            let id = self.findings.prescriptions[at].prescription;
            self.findings.plan.steps.iter().position(|step| step.prescription == id)
        };
        let later = |at: usize| {
            let id = self.findings.prescriptions[at].prescription;
            self.findings.plan.annex.iter().position(|other| *other == id).unwrap_or(usize::MAX)
        };
        let belongs = (0..self.findings.prescriptions.len()).filter(|at| self.belongs(*at) == Some(leak));
        let mut detailed: Vec<usize> = belongs.collect();
        detailed.sort_by_key(|at| (place(*at).unwrap_or(usize::MAX), later(*at)));
        detailed
    }

    /// A prescription belongs to its own area where that is shown, else to the first of its rules' areas.
    fn belongs(&self, at: usize) -> Option<AreaId> {
        let shown = &self.findings.leaks[..self.findings.leaks.len().min(SHOWN_LEAKS)];
        let advice = &self.findings.prescriptions[at];
        let own = self.pack.prescription(advice.prescription).area;
        let rules = advice.rules.iter().filter_map(|rule| self.pack.rules[rule.0].area);
        let reached: Vec<AreaId> = rules.collect();
        own.filter(|area| shown.contains(area))
            .or_else(|| shown.iter().find(|area| reached.contains(area)).copied())
    }

    /// What fired and has no other place: it stands under no leak, and nothing is advised for it.
    pub(super) fn also_found(&self, leaks: &[Leak]) -> Vec<Finding> {
        let under_leaks =
            leaks.iter().flat_map(|leak| leak.findings.iter().map(|finding| finding.id.as_str()));
        let told: BTreeSet<&str> = under_leaks.collect();
        let advice = self.findings.prescriptions.iter().map(|advice| &advice.rules);
        let aside = self.findings.set_aside.iter().map(|aside| &aside.rules);
        let advised: BTreeSet<RuleId> = advice.chain(aside).flatten().copied().collect();
        let mut rules: Vec<RuleId> = self
            .fired()
            .filter(|rule| !advised.contains(rule) && !told.contains(self.pack.rules[rule.0].id.as_str()))
            .collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(self.pack.rules[rule.0].severity));
        rules.into_iter().map(|rule| self.finding(rule)).collect()
    }

    /// What the plan holds beyond the leaks that are shown.
    pub(super) fn others(&self, leaks: &[Leak], plan: &Plan) -> Vec<Prescription> {
        let told: BTreeSet<&str> = leaks
            .iter()
            .flat_map(|leak| leak.prescriptions.iter().map(|prescription| prescription.id.as_str()))
            .collect();
        let steps = plan.days30.iter().chain(&plan.days60).chain(&plan.days90);
        steps.filter(|prescription| !told.contains(prescription.id.as_str())).cloned().collect()
    }
}
