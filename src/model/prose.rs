//! The pack's own sentences: inline Markdown with places for values.

use super::{AreaId, DerivedId, MetricId, QuestionId, ThresholdId};
use crate::source::Span;

/// A sentence or a few of the pack's author, such as a title or a why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    pub parts: Vec<ProsePart>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProsePart {
    /// Inline Markdown as written.
    Text(String),
    /// `{metric.churn_rate}`: the value stands here, with its unit.
    Value(ValueName),
}

/// What a place in a sentence may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueName {
    Respondent,
    Answer(QuestionId),
    Score(ScoreOf),
    Metric(MetricId),
    Band(BandOf),
    Derived(DerivedId),
    Threshold(ThresholdId),
    Trend(MetricId),
}

/// Whose score: an area's or the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreOf {
    Area(AreaId),
    Total,
}

/// Whose band: a metric's, an area's or the total's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BandOf {
    Metric(MetricId),
    Score(ScoreOf),
}

impl Prose {
    /// Whether it says something of one respondent, so that it can only be read to that one.
    pub fn has_places(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, ProsePart::Value(_)))
    }

    /// The text as the author wrote it, without its places; for messages and plain lists.
    pub fn plain(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                ProsePart::Text(text) => text.as_str(),
                ProsePart::Value(_) => "…",
            })
            .collect()
    }
}
