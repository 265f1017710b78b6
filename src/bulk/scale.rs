//! A metric's cells as whole numbers, and the stretches between the numbers at which something changes.

use super::digits::{Decimal, decimal};
use crate::model::{Metric, Number, Unit};

/// Digits behind the point at most.
const DIGITS: u32 = 16;

/// Scaled numbers lie below this.
const LARGEST: i128 = 900_000_000_000_000_000;

/// How the decimals of one metric are read.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Digits behind the point that are kept; a cell with more is read another way.
    digits: u32,
    /// The ends of its range, both inside.
    range: (i64, i64),
    /// From these numbers on another stretch begins; ascending.
    begins: Vec<i64>,
    /// A bare number between 0 and 1 is a fault of its own.
    percent: bool,
    /// A scaled one.
    one: i64,
}

impl Scale {
    /// None where the cuts do not fit.
    pub fn new(metric: &Metric, cuts: &[Number]) -> Option<Scale> {
        let ends = metric.range.iter().flat_map(|(low, high)| [low, high]);
        let largest = ends.chain(cuts).map(Number::abs).max().unwrap_or_else(Number::zero);
        // Without a range any number may come.
        let largest = if metric.range.is_some() { largest } else { largest.max(Number::from(1_000_000i64)) };
        let fits = |digits: &u32| {
            let scaled = &largest * &Number::from(ten(*digits));
            scaled.floor().in_parts_of(1).is_some_and(|scaled| scaled < LARGEST)
        };
        let digits = (0..=DIGITS).rev().find(fits)?;
        let scaled = |number: &Number| number * &Number::from(ten(digits));
        let floor =
            |number: &Number| scaled(number).floor().in_parts_of(1).and_then(|n| i64::try_from(n).ok());
        let mut begins = Vec::new();
        for cut in cuts {
            let below = floor(cut)?;
            if scaled(cut).is_integer() {
                begins.push(below);
            }
            begins.push(below + 1);
        }
        begins.sort_unstable();
        begins.dedup();
        let range = match &metric.range {
            None => (-(LARGEST as i64), LARGEST as i64),
            Some((low, high)) => (-floor(&-low.clone())?, floor(high)?),
        };
        Some(Scale { digits, range, begins, percent: metric.unit == Unit::Percent, one: ten(digits) })
    }

    /// The number that begins a text, and where the text goes on; none for anything but plain decimals that fit.
    #[inline]
    pub fn read(&self, text: &[u8]) -> Option<(i64, usize)> {
        let Decimal { value, negative, behind, length } = decimal(text)?;
        let more = (self.digits as usize).checked_sub(behind)?;
        let value = i64::try_from(value.checked_mul(TENS[more])?).ok()?;
        let value = if negative { -value } else { value };
        let share = self.percent && value > 0 && value < self.one;
        (!share && value >= self.range.0 && value <= self.range.1).then_some((value, length))
    }

    /// In which stretch a number lies, counted from 0.
    pub fn stretch(&self, value: i64) -> usize {
        self.begins.partition_point(|begin| *begin <= value)
    }

    pub fn stretches(&self) -> usize {
        self.begins.len() + 1
    }

    /// What a scaled number stands for.
    pub fn number(&self, value: i64) -> Number {
        Number::from_parts(i128::from(value), i128::from(ten(self.digits)))
    }
}

/// Powers of ten, as far as digits are kept.
const TENS: [u64; DIGITS as usize + 1] = {
    let mut tens = [1; DIGITS as usize + 1];
    let mut at = 1;
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

fn ten(digits: u32) -> i64 {
    10i64.pow(digits)
}
