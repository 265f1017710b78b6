//! Conditions as they are judged: names resolved, values in their subject's own unit.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Absence, BandOf, ConditionId, DerivedId, MetricId, Number, Pack, QuestionId, ScoreOf, ThresholdId, Values,
};
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
    Derived(DerivedId),
    /// A metric's change since the last round, in the metric's unit. `is rising` is `> 0`, `is flat` `= 0`.
    Trend(MetricId),
}

impl Check {
    /// The numbers that it compares with, in the order written; none where it asks for labels or absences.
    pub fn limits(&self) -> Vec<&Limit> {
        match self {
            Check::Compare(_, limit) => vec![limit],
            Check::Between { low, high, .. } => vec![low, high],
            Check::OneOfNumbers { numbers, .. } => numbers.iter().collect(),
            Check::OneOf { .. } | Check::Absent { .. } | Check::Includes { .. } => Vec::new(),
        }
    }
}

/// The number that a subject is compared with, in the subject's own unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    Number(Number),
    /// A named, dated value, and what one of its unit is in the subject's.
    Threshold(ThresholdId, Number),
}

impl Limit {
    /// The number on a day: the newest value adopted not after it, else the oldest; without a day the newest.
    pub fn on(&self, pack: &Pack, as_of: Option<Date>) -> Cow<'_, Number> {
        match self {
            Limit::Number(number) => Cow::Borrowed(number),
            Limit::Threshold(id, factor) => {
                let threshold = pack.threshold(*id);
                let value = threshold.on(as_of).map(|place| &threshold.values[place].value);
                // A threshold without a value is refused while loading.
                Cow::Owned(value.map_or_else(Number::zero, |value| value * factor))
            }
        }
    }

    /// The number as it stands in the values of a respondent.
    pub fn among(&self, values: &Values) -> Cow<'_, Number> {
        match self {
            Limit::Number(number) => Cow::Borrowed(number),
            Limit::Threshold(id, factor) => Cow::Owned(&values.thresholds[id.0].value * factor),
        }
    }
}

/// What a line asks of its subject.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    Compare(Comparison, Limit),
    /// Both ends included.
    Between {
        low: Limit,
        high: Limit,
        negated: bool,
    },
    /// One of these labels: places in the question's options or the bands' labels.
    OneOf {
        labels: Vec<usize>,
        negated: bool,
    },
    /// One of these numbers, for `is` and `in` on numbered scales.
    OneOfNumbers {
        numbers: Vec<Limit>,
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

    /// The comparison that holds exactly where this one does not.
    pub fn opposite(self) -> Comparison {
        match self {
            Comparison::Less => Comparison::AtLeast,
            Comparison::AtMost => Comparison::Greater,
            Comparison::Greater => Comparison::AtMost,
            Comparison::AtLeast => Comparison::Less,
            Comparison::Equal => Comparison::NotEqual,
            Comparison::NotEqual => Comparison::Equal,
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

/// Every subject that a condition asks about, named conditions entered, each once, in the order met.
pub fn subjects(condition: &Condition, pack: &Pack) -> Vec<Subject> {
    let mut met = Met::default();
    met.gather(condition, pack);
    met.subjects
}

/// What was met so far: names that use each other twice over are entered once.
#[derive(Default)]
struct Met {
    subjects: Vec<Subject>,
    seen: BTreeSet<Subject>,
    names: BTreeSet<ConditionId>,
}

impl Met {
    fn gather(&mut self, condition: &Condition, pack: &Pack) {
        condition.visit(&mut |part| match part {
            Condition::Named(id, _) if self.names.insert(*id) => self.gather(&pack.condition(*id).when, pack),
            Condition::Test(test) if self.seen.insert(test.subject) => self.subjects.push(test.subject),
            _ => {}
        });
    }
}
