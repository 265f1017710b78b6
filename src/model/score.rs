//! Areas and the total: what they score and how a score is made.

use super::{AreaId, Better, Condition, DatedBands, DerivedId, Formula, MetricId, Number, Prose, QuestionId};
use crate::source::Span;

/// One practice that is assessed.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    pub id: String,
    pub title: Prose,
    /// Its share in the total; not negative. An area of weight 0 takes no part in it.
    pub weight: Number,
    /// Its linked metrics; under `sum` their points count like those of questions.
    pub metrics: Vec<MetricId>,
    /// Which end of its score is the good one; of `Neither` no leak and no strength is said.
    pub better: Better,
    /// By date of adoption, oldest first; those of one day in the order written.
    pub bands: Vec<DatedBands>,
    pub scoring: Scoring,
    /// The ends of its score where every question is asked; none where nothing bounds it.
    pub range: Option<(Number, Number)>,
    /// As `range`, with questions that were not asked and means over fewer answers: no score lies outside.
    pub widest: Option<(Number, Number)>,
    /// The questions that it scores, in pack order: its own, and those that it lists.
    pub questions: Vec<QuestionId>,
    pub span: Span,
}

/// What all areas come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// None: documents call it "the total".
    pub title: Option<Prose>,
    pub better: Better,
    /// By date of adoption, oldest first; those of one day in the order written.
    pub bands: Vec<DatedBands>,
    pub scoring: Scoring,
    /// As in [`Area::range`].
    pub range: Option<(Number, Number)>,
    /// As in [`Area::widest`].
    pub widest: Option<(Number, Number)>,
}

/// How a score is made of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Scoring {
    pub method: Method,
    pub missing: ScoreMissing,
    /// Fewer answers than this give no score.
    pub min_answered: Option<MinAnswered>,
    /// The decimals to which it is rounded, half away from zero, before bands and rules; an interval at both ends.
    pub round: Option<u32>,
    /// The score counts only where this holds.
    pub valid_if: Option<Condition>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// The weighted mean of answers from 0 to 100; of the total that of its areas.
    Mean,
    /// Each answer's number or points times its weight, added up.
    Sum,
    /// The weighted mean on the scale's own numbers.
    RawMean,
    Formula(Formula),
}

/// How answers that are missing enter a score; what does not apply or was not asked never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreMissing {
    /// An interval from all-worst to all-best.
    Bounds,
    /// Only what was given counts: its mean, under `sum` times the number that apply.
    Average,
    /// Each counts as 0.
    Zero,
    /// Each counts as the middle of its scale.
    Middle,
    /// One that is missing leaves no score.
    None,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MinAnswered {
    /// From 0 to 1, of those that apply.
    Share(Number),
    /// A whole number of them.
    Count(usize),
}

/// What is worked out from other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Worked {
    Metric(MetricId),
    Area(AreaId),
    Total,
    Derived(DerivedId),
}

impl Scoring {
    /// The weighted mean with bounds, which holds where a pack says nothing.
    pub fn usual() -> Scoring {
        Scoring {
            method: Method::Mean,
            missing: ScoreMissing::Bounds,
            min_answered: None,
            round: None,
            valid_if: None,
        }
    }

    pub fn is_formula(&self) -> bool {
        matches!(self.method, Method::Formula(_))
    }
}

impl MinAnswered {
    /// Whether so many of those that apply are enough; none at all never are.
    pub fn is_met(&self, known: usize, applies: usize) -> bool {
        let enough = match self {
            MinAnswered::Share(share) => Number::from(known) >= &Number::from(applies) * share,
            MinAnswered::Count(count) => known >= *count,
        };
        known > 0 && enough
    }
}
