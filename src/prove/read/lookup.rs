//! Ids of the pack as expectations name them; what is unknown is told with the nearest.

use super::Reader;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{AreaId, BandOf, MetricId, PrescriptionId, QuestionId, RuleId, ScoreOf, Status};
use crate::source::Span;

/// What a rule can come to, as tests write it.
pub const STATUSES: [Status; 5] =
    [Status::Fired, Status::NotFired, Status::Undecided, Status::NotApplicable, Status::Superseded];

impl Reader<'_> {
    pub fn rule(&mut self, id: &str, span: Span) -> Option<RuleId> {
        let pack = self.pack;
        self.find("rule", id, span, pack.rules.iter().map(|rule| rule.id.as_str())).map(RuleId)
    }

    pub fn area(&mut self, id: &str, span: Span) -> Option<AreaId> {
        let pack = self.pack;
        self.find("area", id, span, pack.areas.iter().map(|area| area.id.as_str())).map(AreaId)
    }

    pub fn question(&mut self, id: &str, span: Span) -> Option<QuestionId> {
        let pack = self.pack;
        let known = pack.questions.iter().map(|question| question.id.as_str());
        self.find("question", id, span, known).map(QuestionId)
    }

    pub fn metric(&mut self, id: &str, span: Span) -> Option<MetricId> {
        let pack = self.pack;
        self.find("metric", id, span, pack.metrics.iter().map(|metric| metric.id.as_str())).map(MetricId)
    }

    pub fn prescription(&mut self, id: &str, span: Span) -> Option<PrescriptionId> {
        let pack = self.pack;
        let known = pack.prescriptions.iter().map(|prescription| prescription.id.as_str());
        self.find("prescription", id, span, known).map(PrescriptionId)
    }

    pub fn score(&mut self, id: &str, span: Span) -> Option<ScoreOf> {
        let pack = self.pack;
        let total = pack.total.as_ref().map(|_| "total");
        let known = pack.areas.iter().map(|area| area.id.as_str()).chain(total);
        let place = self.find("area", id, span, known)?;
        Some(if place == pack.areas.len() { ScoreOf::Total } else { ScoreOf::Area(AreaId(place)) })
    }

    /// The metric, area or total of an id.
    pub fn banded(&mut self, id: &str, span: Span) -> Option<BandOf> {
        let pack = self.pack;
        let metrics = pack.metrics.iter().map(|metric| metric.id.as_str());
        let total = pack.total.as_ref().map(|_| "total");
        let known = metrics.chain(pack.areas.iter().map(|area| area.id.as_str())).chain(total);
        let place = self.find("metric or area", id, span, known)?;
        let (metrics, areas) = (pack.metrics.len(), pack.areas.len());
        Some(if place < metrics {
            BandOf::Metric(MetricId(place))
        } else if place < metrics + areas {
            BandOf::Score(ScoreOf::Area(AreaId(place - metrics)))
        } else {
            BandOf::Score(ScoreOf::Total)
        })
    }

    pub fn status(&mut self, word: &str, span: Span) -> Option<Status> {
        let folded = word.to_lowercase().replace([' ', '-'], "_");
        let found = STATUSES.into_iter().find(|status| status.word() == folded);
        if found.is_none() {
            let words = STATUSES.map(Status::word);
            let all: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            let help = did_you_mean(word, words)
                .unwrap_or_else(|| format!("a rule comes to one of {}", all.join(", ")));
            self.faults.push(
                Diagnostic::error(Code::WrongValue, span, format!("no rule comes to `{word}`"))
                    .label("unknown outcome")
                    .help(help),
            );
        }
        found
    }

    /// The place of an id among the known ones, or the fault told.
    pub fn find<'k>(
        &mut self,
        what: &str,
        id: &str,
        span: Span,
        known: impl Iterator<Item = &'k str>,
    ) -> Option<usize> {
        let known: Vec<&str> = known.collect();
        let found = known.iter().position(|name| *name == id);
        if found.is_none() {
            let few = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let all = match known.len() {
                0 => format!("the pack has no {what}"),
                1..=8 => format!("there {} {few}", if known.len() == 1 { "is" } else { "are" }),
                _ => "check the spelling".to_owned(),
            };
            self.faults.push(
                Diagnostic::error(Code::UnknownName, span, format!("there is no {what} `{id}`"))
                    .label(format!("unknown {what}"))
                    .help(did_you_mean(id, known).unwrap_or(all)),
            );
        }
        found
    }
}
