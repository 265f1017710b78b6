//! A slip: one small change to a pack, as a typing error or a misunderstanding would make it.

use crate::model::{
    BandOf, Bands, Condition, ConditionId, LadderId, MetricId, Number, Pack, PrescriptionId, RuleId, ScoreOf,
    ThresholdId,
};
use crate::source::Span;

/// One change, with what stands in its place.
#[derive(Clone, Debug)]
pub struct Slip {
    pub span: Span,
    /// What is written there, as conditions are written.
    pub was: String,
    /// What stands there instead; none where it is taken out.
    pub now: Option<String>,
    pub(super) part: Part,
}

impl Slip {
    /// "`<= 2` changed to `< 2`"
    pub fn in_words(&self) -> String {
        match &self.now {
            Some(now) => format!("`{}` changed to `{now}`", self.was),
            None => format!("`{}` taken out", self.was),
        }
    }
}

/// A part of a pack that takes another's place.
#[derive(Clone, Debug)]
pub(super) enum Part {
    When(RuleId, Condition),
    Unless(RuleId, Option<Condition>),
    Named(ConditionId, Condition),
    /// The guard of a step by its place in the ladder.
    Guard(LadderId, usize, Condition),
    Supersedes(RuleId, Vec<RuleId>),
    InsteadOf(PrescriptionId, Vec<PrescriptionId>),
    /// Bands by their place among the dated ones; several where they are written once for several areas.
    Bands(Vec<(BandOf, usize, Bands)>),
    /// The cuts of a table of points.
    Points(MetricId, usize, Bands),
    /// A named number by its place among the dated ones.
    Threshold(ThresholdId, usize, Number),
}

impl Part {
    /// Changes places with what the pack has there: done twice, the pack is as it was.
    pub fn swap(&mut self, pack: &mut Pack) {
        use std::mem::swap;
        match self {
            Part::When(id, when) => swap(when, &mut pack.rules[id.0].when),
            Part::Unless(id, unless) => swap(unless, &mut pack.rules[id.0].unless),
            Part::Named(id, when) => swap(when, &mut pack.conditions[id.0].when),
            Part::Guard(id, step, guard) => {
                if let Some(present) = &mut pack.ladders[id.0].steps[*step].guard {
                    swap(guard, present);
                }
            }
            Part::Supersedes(id, weaker) => swap(weaker, &mut pack.rules[id.0].supersedes),
            Part::InsteadOf(id, others) => swap(others, &mut pack.prescriptions[id.0].instead_of),
            Part::Bands(list) => {
                for (of, place, bands) in list {
                    if let Some(dated) = dated_bands(pack, *of).get_mut(*place) {
                        swap(bands, &mut dated.value);
                    }
                }
            }
            Part::Points(id, place, cuts) => {
                swap(cuts, &mut pack.metrics[id.0].points[*place].value.cuts);
            }
            Part::Threshold(id, place, value) => {
                swap(value, &mut pack.thresholds[id.0].values[*place].value);
            }
        }
    }
}

fn dated_bands(pack: &mut Pack, of: BandOf) -> &mut [crate::model::DatedBands] {
    match of {
        BandOf::Metric(id) => &mut pack.metrics[id.0].bands,
        BandOf::Score(ScoreOf::Area(id)) => &mut pack.areas[id.0].bands,
        BandOf::Score(ScoreOf::Total) => match &mut pack.total {
            Some(total) => &mut total.bands,
            None => &mut [],
        },
    }
}
