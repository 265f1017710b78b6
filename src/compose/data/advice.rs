//! Prescriptions and the plan as a template sees them.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Facts;
use crate::compose::contract::{Md, Measure, Num, Plan, Prescription, Reason, SetAside, Withheld};
use crate::model::{Advice, AreaId, MetricId, PrescriptionId, RuleId, SHOWN_LEAKS};
use crate::wording;

impl Facts<'_> {
    /// Where to begin: the plan's first step against a leak that the document takes up and that nothing else in the
    /// plan has to come before, else its first step.
    fn first_step(&self) -> Option<PrescriptionId> {
        let steps = &self.findings.plan.steps;
        let soonest = steps.first()?.due;
        let leaks: Vec<AreaId> = self.findings.leaks.iter().take(SHOWN_LEAKS).copied().collect();
        let against =
            |id: PrescriptionId| self.pack.prescription(id).area.is_some_and(|area| leaks.contains(&area));
        let waits = |id: PrescriptionId| {
            let below = self.pack.ladders.iter().flat_map(|ladder| {
                let at = ladder.steps.iter().position(|step| step.prescription == id).unwrap_or(0);
                ladder.steps[..at].iter().map(|step| step.prescription)
            });
            let before: Vec<PrescriptionId> =
                self.pack.prescription(id).after.iter().copied().chain(below).collect();
            steps.iter().any(|step| before.contains(&step.prescription))
        };
        let leak = steps
            .iter()
            .find(|step| step.due == soonest && against(step.prescription) && !waits(step.prescription));
        Some(leak.unwrap_or(steps.first()?).prescription)
    }

    pub(super) fn prescriptions(&self) -> Vec<Prescription> {
        self.findings.prescriptions.iter().map(|advice| self.prescription(advice)).collect()
    }

    fn prescription(&self, advice: &Advice) -> Prescription {
        let id = advice.prescription;
        let written = self.pack.prescription(id);
        let due = self.findings.plan.steps.iter().find(|step| step.prescription == id).map(|step| step.due);
        let advised =
            |id: &PrescriptionId| self.findings.prescriptions.iter().any(|advice| advice.prescription == *id);
        let rank = advice.rank.shown(2, &[]);
        let ladder = advice.ladder.map(|ladder| self.pack.ladder(ladder));
        Prescription {
            id: written.id.clone(),
            title: self.prose(&written.title),
            area: written.area.map(|area| self.pack.area(area).id.clone()),
            area_title: written.area.map(|area| self.prose(&self.pack.area(area).title)),
            steps: written.steps.iter().map(|step| self.prose(step)).collect(),
            coach: written.coach.iter().map(|question| self.prose(question)).collect(),
            effort: written.effort,
            impact: written.impact,
            severity: advice.severity.word().to_owned(),
            rank: Num::from(&advice.rank.rounded(2)),
            rank_text: format!(
                "severity {} × impact {} ÷ effort {} = {rank}",
                advice.severity.weight(),
                written.impact,
                written.effort
            ),
            owner: written.owner.as_ref().map(|owner| self.prose(owner)),
            horizon: written.horizon,
            due,
            due_text: due.map_or_else(|| "when there is room".to_owned(), |days| self.by(days)),
            review_text: due.map(|days| self.review(days)),
            level: written.level.map(|level| level.word().to_owned()),
            first_step: written.first_step.as_ref().map(|step| self.prose(step)),
            measure: written.measure.map(|metric| self.measure(metric)),
            sources: self.sources(&written.sources),
            sources_text: self.sources_text(&written.sources),
            reasons: self.reasons(&advice.rules),
            after: written
                .after
                .iter()
                .filter(|id| advised(id))
                .map(|id| self.prose(&self.pack.prescription(*id).title))
                .collect(),
            ladder: ladder.map(|ladder| ladder.id.clone()),
            step: ladder.and_then(|ladder| {
                ladder.steps.iter().position(|step| step.prescription == id).map(|at| at + 1)
            }),
            step_because: advice
                .ladder
                .and_then(|ladder| wording::step_because(self.pack, self.findings, ladder, id))
                .map(Md),
            in_leak: self.home(advice).is_some(),
        }
    }

    fn measure(&self, id: MetricId) -> Measure {
        let metric = self.pack.metric(id);
        let title = self.prose(&metric.title);
        let now = wording::metric_value(self.pack, self.findings, id, &[])
            .unwrap_or_else(|| "not measured yet".to_owned());
        let target = wording::target(self.pack, self.findings, id);
        let reached = wording::on_target(self.pack, self.findings, id);
        let aim = match &target {
            Some(_) if reached => ", to be kept".to_owned(),
            Some(target) => format!(", aim: {target}"),
            None => String::new(),
        };
        let text = format!("{} (now {}{aim})", title.0, crate::markdown::inert(&now));
        Measure { id: metric.id.clone(), title, now, target: target.map(Md), text: Md(text) }
    }

    fn reasons(&self, rules: &[RuleId]) -> Vec<Reason> {
        rules
            .iter()
            .map(|rule| {
                let written = &self.pack.rules[rule.0];
                Reason {
                    id: written.id.clone(),
                    title: self.prose(&written.title),
                    because: self.because(*rule),
                    why: self.prose(&written.why),
                    would_change: self.would_change(*rule),
                }
            })
            .collect()
    }

    pub(super) fn plan(&self, prescriptions: &[Prescription]) -> Plan {
        let find = |id: PrescriptionId| {
            let at = self.findings.prescriptions.iter().position(|advice| advice.prescription == id)?;
            prescriptions.get(at).cloned()
        };
        let due = |from: u32, to: u32| -> Vec<Prescription> {
            let steps = self.findings.plan.steps.iter().filter(|step| step.due > from && step.due <= to);
            steps.filter_map(|step| find(step.prescription)).collect()
        };
        // What is named as the first thing to do stands first in its stretch too.
        let first = self.first_step();
        let due = |from: u32, to: u32| -> Vec<Prescription> {
            let mut steps = due(from, to);
            let id = first.map(|id| self.pack.prescription(id).id.as_str());
            if let Some(at) = steps.iter().position(|step| Some(step.id.as_str()) == id) {
                steps[..=at].rotate_right(1);
            }
            steps
        };
        Plan {
            days30: due(0, 30),
            days60: due(30, 60),
            days90: due(60, u32::MAX),
            annex: self.findings.plan.annex.iter().filter_map(|id| find(*id)).collect(),
            by30: self.by(30),
            by60: self.by(60),
            by90: self.by(90),
            review30: self.review(30),
            review60: self.review(60),
            review90: self.review(90),
            first: first.and_then(find),
            start: self.start.map(wording::date),
        }
    }

    /// The last day of a stretch that begins with the plan.
    fn by(&self, days: u32) -> String {
        match self.day(days) {
            Some(day) => format!("by {}", wording::date(day)),
            None => format!("within {days} days"),
        }
    }

    /// The day on which to look at what became of a stretch.
    fn review(&self, days: u32) -> String {
        match self.day(days) {
            Some(day) => wording::date(wording::review_day(day)),
            None => wording::review_after(days),
        }
    }

    fn day(&self, days: u32) -> Option<Date> {
        self.start?.checked_add(i64::from(days).days()).ok()
    }

    pub(super) fn set_aside(&self) -> Vec<SetAside> {
        self.findings
            .set_aside
            .iter()
            .map(|aside| {
                let written = self.pack.prescription(aside.prescription);
                SetAside {
                    id: written.id.clone(),
                    title: self.prose(&written.title),
                    instead: self.prose(&self.pack.prescription(aside.instead).title),
                    reasons: self.reasons(&aside.rules),
                }
            })
            .collect()
    }

    pub(super) fn withheld(&self) -> Vec<Withheld> {
        self.findings
            .withheld
            .iter()
            .map(|withheld| {
                let written = self.pack.prescription(withheld.prescription);
                let waits: Vec<String> = withheld
                    .waits_for
                    .iter()
                    .map(|unknown| wording::missing(self.pack, *unknown).ask)
                    .collect();
                Withheld {
                    id: written.id.clone(),
                    title: self.prose(&written.title),
                    ladder: self.pack.ladder(withheld.ladder).id.clone(),
                    waits_for: Md(wording::sentence(&wording::list(&waits))),
                }
            })
            .collect()
    }
}
