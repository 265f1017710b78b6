//! Conditions as they are judged: names resolved, values in their subject's own unit.

use super::{Absence, BandOf, ConditionId, MetricId, Number, QuestionId, ScoreOf};
use crate::source::Span;

/// When a rule holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    AtLeast(usize, Vec<Condition>),
    /// A shared condition by its name.
    Named(ConditionId, Span),
    Test(Test),
}

/// One comparison: a line of a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub subject: Subject,
    pub check: Check,
    /// Where it is written.
    pub span: Span,
}

/// What a line asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// As given; for options that is the option.
    Answer(QuestionId),
    Score(ScoreOf),
    Metric(MetricId),
    /// What a metric's value is worth by its table.
    Points(MetricId),
    Band(BandOf),
    /// How far managers and the others lie apart.
    Gap(QuestionId),
}

/// What a line asks of its subject.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    Compare(Comparison, Number),
    /// Both ends included.
    Between {
        low: Number,
        high: Number,
        negated: bool,
    },
    /// One of these labels: places in the question's options or the bands' labels.
    OneOf {
        labels: Vec<usize>,
        negated: bool,
    },
    /// One of these numbers, for `is` and `in` on numbered scales.
    OneOfNumbers {
        numbers: Vec<Number>,
        negated: bool,
    },
    Absent {
        kind: AbsenceTest,
        negated: bool,
    },
    /// Options of a question that takes several.
    Includes {
        labels: Vec<usize>,
        all: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    NotEqual,
}

impl Comparison {
    pub fn holds(self, value: &Number, against: &Number) -> bool {
        match self {
            Comparison::Less => value < against,
            Comparison::AtMost => value <= against,
            Comparison::Greater => value > against,
            Comparison::AtLeast => value >= against,
            Comparison::Equal => value == against,
            Comparison::NotEqual => value != against,
        }
    }

    /// As the formatter writes it.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
            Comparison::Equal => "=",
            Comparison::NotEqual => "!=",
        }
    }
}

/// What `is missing` and its kin ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsenceTest {
    /// Any kind; of a metric, score or band: no value.
    Missing,
    Kind(Absence),
}

impl Condition {
    /// Every comparison in it, in the order written; named conditions are not entered.
    pub fn tests(&self) -> Vec<&Test> {
        let mut out = Vec::new();
        self.visit(&mut |condition| {
            if let Condition::Test(test) = condition {
                out.push(test);
            }
        });
        out
    }

    /// Calls `see` for this condition and every part of it; named conditions are not entered.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Condition)) {
        see(self);
        match self {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                parts.iter().for_each(|part| part.visit(see));
            }
            Condition::Not(inner) => inner.visit(see),
            Condition::Named(..) | Condition::Test(_) => {}
        }
    }
}
