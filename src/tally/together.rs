//! What a cohort's findings come to together: plain data.

use std::fmt;

use jiff::civil::Date;

use super::spread::Spread;
use crate::model::{AreaId, MetricId, Number, Pack, PrescriptionId, QuestionId, RuleId, ScoreOf};

/// Fewer people than this are not told of, where nobody says otherwise.
pub const MIN_GROUP: usize = 5;
/// So many are in a breakout group, where nobody says otherwise.
pub const GROUP_SIZE: usize = 4;
/// So many shared leaks and questions are taken up: more is no agenda.
pub const SHARED: usize = 3;

/// How a cohort is to be summed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// No figure is told of fewer people.
    pub least: usize,
    pub group_size: usize,
}

impl Options {
    /// As a pack wants it, unless a number was asked for.
    pub fn of(pack: &Pack, least: Option<u16>) -> Options {
        let least = least.map(usize::from).or(pack.min_group).unwrap_or(MIN_GROUP);
        Options { least, ..Options::default() }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options { least: MIN_GROUP, group_size: GROUP_SIZE }
    }
}

/// A cohort that is too small to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    pub people: usize,
    pub least: usize,
}

impl fmt::Display for TooFew {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TooFew { people, least } = self;
        let plural = if *people == 1 { "" } else { "s" };
        write!(out, "{people} respondent{plural}, where figures of fewer than {least} are not told")
    }
}

/// Everything that a report on a cohort tells. Whatever would be of fewer people than `least` is left out already.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// How many respondents.
    pub people: usize,
    pub least: usize,
    pub group_size: usize,
    /// The first and the last day of answers.
    pub dates: Option<(Date, Date)>,
    pub total: Option<ScoreTold>,
    /// One an area, in pack order.
    pub areas: Vec<ScoreTold>,
    /// One a question, in pack order.
    pub questions: Vec<QuestionTold>,
    /// One a metric, in pack order.
    pub metrics: Vec<MetricTold>,
    /// Areas that leak for two or more, those of most people first, then the deeper ones, then in pack order.
    pub leaks: Vec<AreaId>,
    /// Areas that hold for half of all or more, those of most people first.
    pub strengths: Vec<AreaId>,
    /// Questions on which people disagree most, [`SHARED`] at most.
    pub talk: Vec<QuestionId>,
    /// Questions put to managers and to others, the widest gap first.
    pub gaps: Vec<Gap>,
    /// What is advised, most often first.
    pub prescriptions: Vec<Often<PrescriptionId>>,
    /// Rules that fired, most often first.
    pub rules: Vec<Often<RuleId>>,
    pub alike: Vec<Breakout>,
    pub mixed: Vec<Breakout>,
    pub cuts: Vec<CutTold>,
}

/// The scores of an area, or the total.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreTold {
    pub of: ScoreOf,
    /// People in a band for certain, or with a score where there are no bands; 0 where they are too few to be told of.
    pub counted: usize,
    /// How many in each band, from the lowest scores to the highest; empty where there are no bands or too few people.
    pub bands: Vec<usize>,
    /// Those whose score is certain.
    pub certain: usize,
    /// Those whose band is not certain.
    pub open: usize,
    /// Those without a score.
    pub without: usize,
    /// The first quarter, the median and the third quarter of the scores that are certain.
    pub quarters: Option<[Number; 3]>,
    /// As of questions, over the scores that are certain.
    pub disagreement: Option<Number>,
    /// For how many it leaks, and for how many it holds; 0 where those of whom it is known are too few to be told of.
    pub leaks: usize,
    pub holds: usize,
    /// The scores behind it, for a benchmark.
    pub values: Spread,
}

/// The answers to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionTold {
    pub question: QuestionId,
    /// Those who gave an answer that counts; 0 where they are too few to be told of.
    pub counted: usize,
    /// How many gave each answer; empty where too few did, and of questions that have none to choose.
    pub places: Vec<usize>,
    /// Respondents whose voices chose differently.
    pub mixed: usize,
    /// Those without an answer, by [`Absence::ALL`](crate::model::Absence::ALL).
    pub absent: [usize; 5],
    pub quarters: Option<[Number; 3]>,
    /// From 0, all say the same, to 1, half at each end.
    pub disagreement: Option<Number>,
    /// Two camps with few between them, as places, the lower first.
    pub camps: Option<(usize, usize)>,
    /// The answers as numbers, for a benchmark.
    pub values: Spread,
}

/// The values of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricTold {
    pub metric: MetricId,
    /// Those of whom it is known; 0 where they are too few to be told of.
    pub counted: usize,
    pub quarters: Option<[Number; 3]>,
    /// How many in each band, from the lowest values to the highest; empty where too few are.
    pub bands: Vec<usize>,
}

/// Managers and the others on one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    pub question: QuestionId,
    /// Respondents of whom both sides answered.
    pub counted: usize,
    /// The mean over respondents of what managers said, and of what the others said.
    pub managers: Number,
    pub others: Number,
    /// The mean distance between the two.
    pub apart: Number,
    /// The same as a share of the scale.
    pub share: Number,
    /// How often managers said more, the same, less.
    pub more: usize,
    pub same: usize,
    pub less: usize,
}

/// Something that was found for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Often<T> {
    pub what: T,
    pub people: usize,
}

/// People who work together for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakout {
    /// Places in the cohort.
    pub members: Vec<usize>,
    /// How many have which worst leak, the most first; none for nobody's leak.
    pub worst: Vec<(Option<AreaId>, usize)>,
    /// Empty where names are off.
    pub names: Vec<String>,
}

/// The cohort cut into groups.
#[derive(Clone, Debug, PartialEq)]
pub struct CutTold {
    /// What it was cut by, as asked for.
    pub by: String,
    /// The question it was cut by.
    pub question: Option<QuestionId>,
    pub groups: Vec<GroupTold>,
    /// Groups left out because they are too small, and because another could be worked out from them.
    pub small: usize,
    pub held_back: usize,
}

/// One group of a cut.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupTold {
    /// None: those of whom it is not known.
    pub label: Option<String>,
    pub people: usize,
    pub total: Option<ScoreTold>,
    /// One an area; nothing counted where it would be of too few.
    pub areas: Vec<ScoreTold>,
    /// As of the whole.
    pub leaks: Vec<AreaId>,
}

impl Together {
    pub fn area(&self, id: AreaId) -> &ScoreTold {
        &self.areas[id.0]
    }

    /// The leaks that a session takes up.
    pub fn shared_leaks(&self) -> &[AreaId] {
        &self.leaks[..self.leaks.len().min(SHARED)]
    }
}
