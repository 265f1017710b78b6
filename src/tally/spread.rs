//! Numbers by how often they come: enough for medians and distances, in bounded memory.

use std::collections::BTreeMap;

use crate::model::Number;

/// So many different numbers are kept; beyond that they are rounded, further and further.
const MOST: usize = 512;

/// How often each number came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    times: BTreeMap<Number, usize>,
    count: usize,
    /// How often it was rounded: first to a tenth, then to 1, 10, 100 and so on.
    coarse: u32,
}

impl Spread {
    pub fn add(&mut self, value: &Number, times: usize) {
        let mut value = value.clone();
        for step in 1..=self.coarse {
            value = rounded(&value, step);
        }
        *self.times.entry(value).or_default() += times;
        self.count += times;
        while self.times.len() > MOST && self.coarse < 40 {
            self.coarse += 1;
            let finer = std::mem::take(&mut self.times);
            for (value, times) in finer {
                *self.times.entry(rounded(&value, self.coarse)).or_default() += times;
            }
        }
    }

    pub fn join(&mut self, other: &Spread) {
        other.times.iter().for_each(|(value, times)| self.add(value, *times));
    }

    /// How many numbers there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Each number with how often it came, ascending.
    pub fn times(&self) -> impl Iterator<Item = (&Number, usize)> {
        self.times.iter().map(|(value, times)| (value, *times))
    }

    /// The number that stands so many quarters of the way up; between two, their middle (definition 2 of
    /// Hyndman and Fan, “Sample quantiles in statistical packages”, The American Statistician 50, 1996).
    pub fn quarter(&self, quarters: usize) -> Option<Number> {
        if self.count == 0 {
            return None;
        }
        let place = self.count * quarters;
        let at = (place / 4).min(self.count - 1);
        if !place.is_multiple_of(4) || at == 0 || quarters >= 4 {
            return self.at(at).cloned();
        }
        let (below, above) = (self.at(at - 1)?, self.at(at)?);
        Some(&(below + above) * &Number::ratio(1, 2))
    }

    pub fn median(&self) -> Option<Number> {
        self.quarter(2)
    }

    /// The number at a place, counted from 0, of all in order.
    fn at(&self, place: usize) -> Option<&Number> {
        let mut passed = 0;
        self.times.iter().find_map(|(value, times)| {
            passed += times;
            (place < passed).then_some(value)
        })
    }

    /// The mean distance from the median as a share of the greatest that it can be between these ends: 0 where all say
    /// the same, 1 where half stands at each end. On a scale of equal steps it is Leik's ordinal dispersion
    /// (“A measure of ordinal consensus”, Pacific Sociological Review 9, 1966).
    pub fn disagreement(&self, low: &Number, high: &Number) -> Option<Number> {
        let median = self.median()?;
        let sum: Number =
            self.times().map(|(value, times)| &(value - &median).abs() * &Number::from(times)).sum();
        let greatest = &(high - low) * &Number::ratio(1, 2);
        sum.checked_div(&Number::from(self.count))?.checked_div(&greatest)
    }

    /// How many are less than a number, and how many are equal to it.
    pub fn below(&self, value: &Number) -> (usize, usize) {
        let below = self.times.range(..value.clone()).map(|(_, times)| times).sum();
        (below, self.times.get(value).copied().unwrap_or(0))
    }
}

/// Rounded half up to a tenth, 1, 10 and so on.
fn rounded(value: &Number, step: u32) -> Number {
    if step == 1 {
        return value.rounded(1);
    }
    let unit = Number::from_parts(10i128.pow(step - 2), 1);
    let parts = &(value / &unit) + &Number::ratio(1, 2);
    &parts.floor() * &unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[i64]) -> Spread {
        let mut spread = Spread::default();
        values.iter().for_each(|value| spread.add(&Number::from(*value), 1));
        spread
    }

    #[test]
    fn quarters_are_numbers_that_came_or_the_middle_of_two() {
        let quarters = |values: &[i64]| [1, 2, 3].map(|at| of(values).quarter(at).unwrap().to_decimal(2));
        assert_eq!(quarters(&[1, 2, 3, 4]), ["1.5", "2.5", "3.5"]);
        assert_eq!(quarters(&[5, 1, 4, 2, 3]), ["2", "3", "4"]);
        assert_eq!(quarters(&[7]), ["7", "7", "7"]);
        assert_eq!(Spread::default().median(), None);
    }

    #[test]
    fn disagreement_runs_from_one_voice_to_two_camps() {
        let of = |values: &[i64]| {
            of(values).disagreement(&Number::zero(), &Number::from(4i64)).unwrap().to_decimal(3)
        };
        assert_eq!(of(&[2, 2, 2, 2]), "0");
        assert_eq!(of(&[0, 0, 4, 4]), "1");
        assert_eq!(of(&[0, 1, 2, 3, 4]), "0.6");
        assert_eq!(of(&[1, 1, 3, 3]), "0.5");
    }

    #[test]
    fn what_grows_too_long_is_rounded_whatever_the_order() {
        let value = |at: i64| Number::ratio(at * at, 700);
        let (mut up, mut down) = (Spread::default(), Spread::default());
        (0..3000).for_each(|at| up.add(&value(at), 1));
        (0..3000).rev().for_each(|at| down.add(&value(at), 1));
        assert!(up.times.len() <= MOST && up.coarse > 1);
        assert_eq!(up, down);
        assert_eq!(up.count(), 3000);
        let exact = value(1500).to_f64();
        assert!((up.median().unwrap().to_f64() - exact).abs() < 15.0);
    }
}
