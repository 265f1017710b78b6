//! Formulas over values that may lie between two ends.

use super::Work;
use crate::model::{Absence, Formula, Heard, MetricValue, Number, Score};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Missing,
    /// Nothing is missing: it does not apply, or was not asked.
    Leaves(Absence),
}

impl Gap {
    /// Two gaps in one: what leaves the score does so only where all of it does.
    fn and(self, other: Gap) -> Gap {
        match (self, other) {
            (Gap::Leaves(Absence::NotApplicable), Gap::Leaves(absence)) | (Gap::Leaves(absence), _)
                if other != Gap::Missing =>
            {
                Gap::Leaves(absence)
            }
            _ => Gap::Missing,
        }
    }
}

pub(super) type Ends = (Number, Number);

type Found = Result<Ends, Gap>;

impl Work<'_> {
    /// Missing where a part is, between two ends where a part lies between two.
    pub(super) fn formula(&self, formula: &Formula) -> Found {
        match formula {
            Formula::Number(number) => Ok((number.clone(), number.clone())),
            Formula::Metric(id) => of_metric(self.values.metric(*id)),
            Formula::Points(id) => self.values.metric(*id).points.clone().ok_or(Gap::Missing),
            Formula::Answer(id) => of_answer(self.values.answer(*id)),
            Formula::Score(of) => of_score(self.values.score(*of)),
            Formula::Derived(id) => self.values.derived(*id).cloned().ok_or(Gap::Missing),
            Formula::Add(a, b) => self.both(a, b).map(|((a, b), (c, d))| (a + c, b + d)),
            Formula::Subtract(a, b) => self.both(a, b).map(|((a, b), (c, d))| (a - d, b - c)),
            Formula::Multiply(a, b) => {
                self.both(a, b).map(|((a, b), (c, d))| extremes([&a * &c, &a * &d, &b * &c, &b * &d]))
            }
            Formula::Divide(a, b) => {
                let ((a, b), (c, d)) = self.both(a, b)?;
                if c <= Number::zero() && d >= Number::zero() {
                    return Err(Gap::Missing);
                }
                Ok(extremes([&a / &c, &a / &d, &b / &c, &b / &d]))
            }
            Formula::Absolute(inner) => {
                let (low, high) = self.formula(inner)?;
                let crosses = low <= Number::zero() && high >= Number::zero();
                let (near, far) = crate::model::ordered(low.abs(), high.abs());
                Ok((if crosses { Number::zero() } else { near }, far))
            }
            Formula::Scale(inner, factor) => {
                let (low, high) = self.formula(inner)?;
                Ok((&low * factor, &high * factor))
            }
            Formula::Least(parts) => {
                let (lows, highs) = self.each(parts)?;
                Ok((
                    lows.into_iter().min().ok_or(Gap::Missing)?,
                    highs.into_iter().min().ok_or(Gap::Missing)?,
                ))
            }
            Formula::Greatest(parts) => {
                let (lows, highs) = self.each(parts)?;
                Ok((
                    lows.into_iter().max().ok_or(Gap::Missing)?,
                    highs.into_iter().max().ok_or(Gap::Missing)?,
                ))
            }
        }
    }

    fn both(&self, a: &Formula, b: &Formula) -> Result<(Ends, Ends), Gap> {
        match (self.formula(a), self.formula(b)) {
            (Ok(a), Ok(b)) => Ok((a, b)),
            (Err(a), Err(b)) => Err(a.and(b)),
            (Err(gap), Ok(_)) | (Ok(_), Err(gap)) => Err(gap),
        }
    }

    fn each(&self, parts: &[Formula]) -> Result<(Vec<Number>, Vec<Number>), Gap> {
        let mut gap: Option<Gap> = None;
        let (mut lows, mut highs) = (Vec::new(), Vec::new());
        for part in parts {
            match self.formula(part) {
                Ok((low, high)) => {
                    lows.push(low);
                    highs.push(high);
                }
                Err(other) => gap = Some(gap.map_or(other, |gap| gap.and(other))),
            }
        }
        gap.map_or(Ok((lows, highs)), Err)
    }
}

fn of_metric(value: &MetricValue) -> Found {
    value.ends.clone().ok_or(Gap::Missing)
}

fn of_answer(heard: &Heard) -> Found {
    match heard {
        Heard::Number(value) => Ok((value.clone(), value.clone())),
        Heard::Absent(absence) if absence.leaves_score() => Err(Gap::Leaves(*absence)),
        _ => Err(Gap::Missing),
    }
}

fn of_score(score: &Score) -> Found {
    score.ends.clone().ok_or(score.empty.map_or(Gap::Missing, Gap::Leaves))
}

fn extremes(values: [Number; 4]) -> Ends {
    let [a, b, c, d] = values;
    let ((low, high), (other_low, other_high)) = (crate::model::ordered(a, b), crate::model::ordered(c, d));
    (low.min(other_low), high.max(other_high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_leaves_the_score_only_where_all_of_it_does() {
        let (applies_not, not_asked) = (Gap::Leaves(Absence::NotApplicable), Gap::Leaves(Absence::NotAsked));
        assert_eq!(applies_not.and(applies_not), applies_not);
        assert_eq!(applies_not.and(not_asked), not_asked);
        assert_eq!(not_asked.and(applies_not), not_asked);
        assert_eq!(Gap::Missing.and(applies_not), Gap::Missing);
        assert_eq!(not_asked.and(Gap::Missing), Gap::Missing);
    }

    #[test]
    fn products_of_intervals_take_the_outermost_corners() {
        let number = |n: i64| Number::from(n);
        let (low, high) = extremes([number(-6), number(4), number(12), number(-8)]);
        assert_eq!((low, high), (number(-8), number(12)));
    }
}
