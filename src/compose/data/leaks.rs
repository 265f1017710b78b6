//! The leaks that a document shows, each with its findings, its advice and its questions.

use std::collections::BTreeSet;

use super::Facts;
use crate::compose::contract::{Area, Leak, Md, Metric, Plan, Prescription};
use crate::model::{AreaId, RuleId};

/// How many leaks a document shows.
pub(super) const SHOWN: usize = 3;

impl Facts<'_> {
    pub(super) fn leaks(
        &self,
        areas: &[Area],
        metrics: &[Metric],
        prescriptions: &[Prescription],
    ) -> Vec<Leak> {
        let shown: Vec<AreaId> = self.findings.leaks.iter().take(SHOWN).copied().collect();
        let mut asked: BTreeSet<Md> = BTreeSet::new();
        shown
            .iter()
            .map(|leak| {
                let advice = self.advice_of(*leak, &shown, prescriptions);
                let coach = advice.iter().flat_map(|prescription| prescription.coach.iter());
                let coach = coach.filter(|question| asked.insert((*question).clone())).cloned().collect();
                let area = areas[leak.0].clone();
                let mut rules: Vec<RuleId> =
                    self.fired().filter(|rule| self.pack.rules[rule.0].area == Some(*leak)).collect();
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

    /// A prescription stands under its own area where that is shown, else under the first of its rules' areas.
    fn advice_of(&self, leak: AreaId, shown: &[AreaId], prescriptions: &[Prescription]) -> Vec<Prescription> {
        let home = |at: usize| -> Option<AreaId> {
            let advice = &self.findings.prescriptions[at];
            let own = self.pack.prescription(advice.prescription).area;
            let rules = advice.rules.iter().map(|rule| self.pack.rules[rule.0].area);
            let reached: Vec<AreaId> = rules.flatten().collect();
            own.filter(|area| shown.contains(area))
                .or_else(|| shown.iter().find(|area| reached.contains(area)).copied())
        };
        let mut of_leak: Vec<usize> = (0..prescriptions.len()).filter(|at| home(*at) == Some(leak)).collect();
        let place = |at: &usize| {
            let id = self.findings.prescriptions[*at].prescription;
            let step = self.findings.plan.steps.iter().position(|step| step.prescription == id);
            (step.unwrap_or(usize::MAX), *at)
        };
        of_leak.sort_by_key(place);
        of_leak.into_iter().map(|at| prescriptions[at].clone()).collect()
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
