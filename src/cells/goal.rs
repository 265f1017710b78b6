//! What is asked of a space, and what it answers.

use super::truths::Truths;
use crate::model::{Answer, Condition, MetricId, Number, QuestionId, Respondent, RuleId};
use crate::source::Span;

/// Claims that must all hold for one respondent.
#[derive(Clone, Debug, Default)]
pub struct Goal<'g> {
    pub(super) claims: Vec<(What<'g>, Truths)>,
    pub(super) answers: Vec<(QuestionId, Vec<Answer>)>,
    pub(super) metrics: Vec<(MetricId, Option<Number>)>,
}

/// What a claim is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'g> {
    /// A rule's conditions, and not its exception.
    Rule(RuleId),
    Condition(&'g Condition),
}

impl<'g> Goal<'g> {
    /// The rule's conditions with its exception come to one of these truths: `TRUE` where it fires, `FALSE`
    /// where it does not, `UNKNOWN` where it is open. Groups and `if_missing` are left out.
    #[must_use]
    pub fn rule(mut self, id: RuleId, truths: Truths) -> Goal<'g> {
        self.claims.push((What::Rule(id), truths));
        self
    }

    /// The condition comes to one of these truths.
    #[must_use]
    pub fn condition(mut self, condition: &'g Condition, truths: Truths) -> Goal<'g> {
        self.claims.push((What::Condition(condition), truths));
        self
    }

    /// The question is answered with one of these, outside of voices.
    #[must_use]
    pub fn answers(mut self, id: QuestionId, answers: Vec<Answer>) -> Goal<'g> {
        self.answers.push((id, answers));
        self
    }

    /// The question is answered so, outside of voices.
    #[must_use]
    pub fn answer(self, id: QuestionId, answer: Answer) -> Goal<'g> {
        self.answers(id, vec![answer])
    }

    /// The metric has this value, in its own unit; none: it is missing.
    #[must_use]
    pub fn metric(mut self, id: MetricId, value: Option<Number>) -> Goal<'g> {
        self.metrics.push((id, value));
        self
    }
}

/// Whether somebody can answer so that a goal is met.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Somebody: a whole set of answers, which was evaluated and does meet the goal.
    Witness(Box<Respondent>),
    /// Nobody, whatever they answer.
    Impossible(Core),
    NotDecided(Why),
}

impl Outcome {
    pub fn witness(self) -> Option<Respondent> {
        match self {
            Outcome::Witness(respondent) => Some(*respondent),
            _ => None,
        }
    }

    pub fn is_witness(&self) -> bool {
        matches!(self, Outcome::Witness(_))
    }
}

/// A smallest set of parts of the goal that already contradict each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Core {
    /// The lines, in the order of the goal: no one can be left out.
    pub lines: Vec<Span>,
}

/// Why a goal is not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The search was given up after its budget of steps.
    Budget,
    /// Values that are worked out from others were neither reached nor shown to be out of reach.
    Values,
}
