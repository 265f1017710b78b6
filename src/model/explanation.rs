//! What would change a rule's outcome, and what would decide it: as data, for sentences and for machines.

use super::{Answer, MetricId, Number, QuestionId, RuleId, Subject, Unknown};

/// One thing that was said or measured, moved.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Answer {
        question: QuestionId,
        who: Who,
        /// Of several voices the mean of their roles' means; none where they chose different options.
        from: Option<Answer>,
        to: Answer,
    },
    /// In the metric's own unit.
    Metric { metric: MetricId, from: Number, to: Number },
}

/// Whose answer it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// The respondent's own, where no voices were asked.
    Own,
    /// Every voice that was asked.
    Everybody,
    /// Every voice with this role.
    Role(String),
}

/// Changes after which a rule comes out differently, whatever else stays as it is. The engine has confirmed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactual {
    /// One or two; without any one of them the rule stays as it is.
    pub changes: Vec<Change>,
    /// How far they move things, as the sum of shares: of its scale for an answer; for a metric of its range, or
    /// of its own size where it has none.
    pub moved: Number,
    /// The numbers of the rule's lines that move with them, in the order of the rule; what is changed itself aside.
    pub reached: Vec<Reached>,
}

/// What a number comes to after changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    pub subject: Subject,
    pub value: Number,
    /// Where a line about it turns, so that it is never rounded across.
    pub edges: Vec<Number>,
}

/// A rule that did not fire for one number alone, and by little.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    pub rule: RuleId,
    /// The number in its way: an answer, score, metric or gap; where the line names a band, the number banded.
    pub subject: Subject,
    pub value: Number,
    /// The number at which the rule begins to apply, in the subject's unit.
    pub edge: Number,
    /// Whether it applies at the edge itself, or only beyond it.
    pub at_edge: bool,
    /// Whether the value would have to rise.
    pub rises: bool,
    /// How far the value is from the edge, as a share of its range.
    pub share: Number,
    /// The smallest single change that brings it about; none where no single one does.
    pub by: Option<Counterfactual>,
}

/// What to ask first about an undecided rule, and what each answer would settle. Every value was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct AskFirst {
    pub what: Unknown,
    /// The values with which the rule fires.
    pub applies: Cells,
    /// The values with which it does not.
    pub does_not: Cells,
    /// The values with which it stays undecided.
    pub open: Cells,
}

impl AskFirst {
    /// Whether this answer settles the rule in some way at least.
    pub fn settles(&self) -> bool {
        !(self.applies.is_empty() && self.does_not.is_empty())
    }
}

/// A part of what an answer may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Places in the question's options, ascending.
    Options(Vec<usize>),
    /// Ascending, none touching the next.
    Numbers(Vec<Stretch>),
}

impl Cells {
    pub fn is_empty(&self) -> bool {
        match self {
            Cells::Options(options) => options.is_empty(),
            Cells::Numbers(stretches) => stretches.is_empty(),
        }
    }
}

/// Numbers from one end to the other; an end is a number and whether it belongs to it, none where the range itself
/// ends or there is no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub low: Option<(Number, bool)>,
    pub high: Option<(Number, bool)>,
}
