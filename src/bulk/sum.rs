//! What a score is made of, in whole numbers: equal sums have equal scores.

use crate::model::{Absence, Heard, Number, Question, ScoreMissing, Scoring};
use crate::values::worth;

/// Parts of a score added up. Low, high and both weights are whole numbers of the score's own units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sum {
    pub low: i64,
    pub high: i64,
    /// Of those that enter the mean.
    pub weight: i64,
    /// Of all that apply.
    pub all: i64,
    /// How many are known, apply, are not applicable, were not asked, and leave no score: twelve bits each.
    pub counts: u64,
}

const KNOWN: u64 = 1;
const APPLIES: u64 = 1 << 12;
const NOT_APPLICABLE: u64 = 1 << 24;
const NOT_ASKED: u64 = 1 << 36;
const NO_SCORE: u64 = 1 << 48;

/// More parts than this do not fit.
pub const MOST_PARTS: usize = 4000;

/// Larger numbers might not fit when they are added up.
const LARGEST: i128 = 1 << 50;

impl Sum {
    pub fn add(&mut self, other: &Sum) {
        self.low += other.low;
        self.high += other.high;
        self.weight += other.weight;
        self.all += other.all;
        self.counts += other.counts;
    }

    /// Whether it is what one known answer brings.
    pub fn is_of_known(&self) -> bool {
        self.counts == KNOWN + APPLIES
    }
}

/// One part, as far as it is known.
pub enum Part {
    Known(Number, Number),
    /// Between these ends, where anything bounds it.
    Missing(Option<(Number, Number)>),
    Leaves(Absence),
}

/// The units in which a score is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// A value of 1 with a weight of 1 is so many.
    pub value: i128,
    /// A weight of 1 is so many.
    pub weight: i128,
}

impl Units {
    /// Units in which every weight, and every value times its weight, is a whole number; none where they
    /// would be too small.
    pub fn of<'n>(parts: impl Iterator<Item = (&'n Number, Vec<Number>)>) -> Option<Units> {
        let mut units = Units { value: 1, weight: 1 };
        for (weight, values) in parts {
            units.weight = common(units.weight, weight)?;
            for value in values {
                units.value = common(units.value, &(weight * &value))?;
            }
        }
        Some(units)
    }

    /// A part with its weight; none where it does not fit the units.
    pub fn part(&self, part: &Part, weight: &Number, missing: ScoreMissing) -> Option<Sum> {
        let own = whole(weight, self.weight)?;
        let mut sum = Sum { all: own, counts: APPLIES, ..Sum::default() };
        let ends = match (part, missing) {
            (Part::Leaves(Absence::NotApplicable), _) => {
                return Some(Sum { counts: NOT_APPLICABLE, ..Sum::default() });
            }
            (Part::Leaves(_), _) => return Some(Sum { counts: NOT_ASKED, ..Sum::default() }),
            (Part::Known(low, high), _) => {
                sum.counts += KNOWN;
                Some((low.clone(), high.clone()))
            }
            (Part::Missing(_), ScoreMissing::Average) => return Some(sum),
            (Part::Missing(_), ScoreMissing::None) => None,
            (Part::Missing(_), ScoreMissing::Zero) => Some((Number::zero(), Number::zero())),
            (Part::Missing(ends), ScoreMissing::Bounds) => ends.clone(),
            (Part::Missing(ends), ScoreMissing::Middle) => ends.as_ref().map(|(low, high)| {
                let middle = &(low + high) * &Number::ratio(1, 2);
                (middle.clone(), middle)
            }),
        };
        match ends {
            None => sum.counts += NO_SCORE,
            Some((low, high)) => {
                sum.low = whole(&(weight * &low), self.value)?;
                sum.high = whole(&(weight * &high), self.value)?;
                sum.weight = own;
            }
        }
        Some(sum)
    }
}

/// What a question's answer brings to a score.
pub fn said(question: &Question, heard: &Heard, scoring: &Scoring) -> Part {
    match worth(question, heard, &scoring.method) {
        Some(value) => Part::Known(value.clone(), value),
        None => match heard {
            Heard::Absent(absence) if absence.leaves_score() => Part::Leaves(*absence),
            _ => Part::Missing(question.worth_ends(&scoring.method)),
        },
    }
}

fn whole(value: &Number, below: i128) -> Option<i64> {
    let parts = value.in_parts_of(below).filter(|parts| parts.abs() < LARGEST)?;
    i64::try_from(parts).ok()
}

/// The least unit of which both the one before and the number are a whole number.
fn common(before: i128, number: &Number) -> Option<i128> {
    let below = number.denominator()?;
    let (mut a, mut b) = (before, below);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (before / a).checked_mul(below).filter(|unit| *unit <= 1_000_000_000)
}
