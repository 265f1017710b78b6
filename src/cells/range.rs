//! A piece of the number line: a point, or everything between two ends.

use crate::model::Number;

/// Every number from `low` to `high`; an end that is none is infinitely far away.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    pub low: Option<Number>,
    pub high: Option<Number>,
    /// Whether the end itself is left out.
    pub low_open: bool,
    pub high_open: bool,
}

impl Range {
    pub fn everything() -> Range {
        Range { low: None, high: None, low_open: false, high_open: false }
    }

    pub fn point(at: Number) -> Range {
        Range { low: Some(at.clone()), high: Some(at), low_open: false, high_open: false }
    }

    /// Both ends included.
    pub fn closed(low: Number, high: Number) -> Range {
        Range { low: Some(low), high: Some(high), low_open: false, high_open: false }
    }

    pub fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) => low > high || (low == high && (self.low_open || self.high_open)),
            _ => false,
        }
    }

    pub fn is_point(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    pub fn holds(&self, value: &Number) -> bool {
        let above = self.low.as_ref().is_none_or(|low| value > low || (value == low && !self.low_open));
        above && self.high.as_ref().is_none_or(|high| value < high || (value == high && !self.high_open))
    }

    #[must_use]
    pub fn and(&self, other: &Range) -> Range {
        let (low, low_open) = match (&self.low, &other.low) {
            (Some(a), Some(b)) if a == b => (Some(a.clone()), self.low_open || other.low_open),
            (Some(a), Some(b)) if a > b => (Some(a.clone()), self.low_open),
            (Some(a), None) => (Some(a.clone()), self.low_open),
            (_, b) => (b.clone(), other.low_open),
        };
        let (high, high_open) = match (&self.high, &other.high) {
            (Some(a), Some(b)) if a == b => (Some(a.clone()), self.high_open || other.high_open),
            (Some(a), Some(b)) if a < b => (Some(a.clone()), self.high_open),
            (Some(a), None) => (Some(a.clone()), self.high_open),
            (_, b) => (b.clone(), other.high_open),
        };
        Range { low, high, low_open, high_open }
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn or(&self, other: &Range) -> Range {
        if self.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        let (low, low_open) = match (&self.low, &other.low) {
            (Some(a), Some(b)) if a == b => (Some(a.clone()), self.low_open && other.low_open),
            (Some(a), Some(b)) if a < b => (Some(a.clone()), self.low_open),
            (Some(_), Some(b)) => (Some(b.clone()), other.low_open),
            _ => (None, false),
        };
        let (high, high_open) = match (&self.high, &other.high) {
            (Some(a), Some(b)) if a == b => (Some(a.clone()), self.high_open && other.high_open),
            (Some(a), Some(b)) if a > b => (Some(a.clone()), self.high_open),
            (Some(_), Some(b)) => (Some(b.clone()), other.high_open),
            _ => (None, false),
        };
        Range { low, high, low_open, high_open }
    }

    /// A number inside that a person would choose: the roundest near the middle; the range is not empty.
    pub fn inside(&self) -> Number {
        let one = Number::one();
        let wide = |a: &Number| Number::from(1000i64).max(a.abs());
        let (low, high) = match (&self.low, &self.high) {
            (Some(low), Some(high)) => (low.clone(), high.clone()),
            (Some(low), None) => (low.clone(), low + &wide(low)),
            (None, Some(high)) => (high - &wide(high), high.clone()),
            (None, None) => return Number::zero(),
        };
        if low == high {
            return low;
        }
        let middle = (&low + &high) * Number::ratio(1, 2);
        let width = &high - &low;
        // The coarsest grid with a point inside, from hundreds of millions down to hundred-millionths.
        let mut step = one;
        let ten = Number::from(10i64);
        while step < width {
            step = step * ten.clone();
        }
        for _ in 0..40 {
            if let Some(below) = middle.checked_div(&step) {
                let at = below.floor() * step.clone();
                if let Some(found) = [at.clone(), at + step.clone()].into_iter().find(|at| self.holds(at)) {
                    return found;
                }
            }
            step = step * Number::ratio(1, 10);
        }
        middle
    }

    /// Two different numbers inside, the lower one first; none of a point.
    pub fn two_inside(&self) -> Option<(Number, Number)> {
        if self.is_point() {
            return None;
        }
        let first = self.inside();
        let above = Range { low: Some(first.clone()), low_open: true, ..self.clone() };
        if !above.is_empty() {
            let second = above.inside();
            return Some((first, second));
        }
        let below = Range { high: Some(first.clone()), high_open: true, ..self.clone() };
        Some((below.inside(), first))
    }
}

/// A range cut at numbers: the points themselves and everything between them, from the lowest to the highest.
pub fn cut(whole: &Range, at: &[Number]) -> Vec<Range> {
    let mut points: Vec<&Number> = at.iter().filter(|at| whole.holds(at)).collect();
    points.sort();
    points.dedup();
    let mut out = Vec::new();
    let mut rest = whole.clone();
    for point in points {
        let below = Range { high: Some(point.clone()), high_open: true, ..rest.clone() };
        if !below.is_empty() {
            out.push(below);
        }
        out.push(Range::point(point.clone()));
        rest = Range { low: Some(point.clone()), low_open: true, ..whole.clone() };
    }
    if !rest.is_empty() {
        out.push(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn a_cut_line_holds_each_number_once() {
        let whole = Range::closed(number("0"), number("100"));
        let cells = cut(&whole, &[number("60"), number("0"), number("40"), number("60"), number("101")]);
        assert_eq!(cells.len(), 6);
        for text in ["0", "0.1", "40", "59.9", "60", "100"] {
            assert_eq!(cells.iter().filter(|cell| cell.holds(&number(text))).count(), 1, "{text}");
        }
        assert!(cells.iter().all(|cell| cell.holds(&cell.inside())));
    }

    #[test]
    fn what_is_chosen_inside_is_round() {
        let open = |low: &str, high: &str| Range {
            low: Some(number(low)),
            high: Some(number(high)),
            low_open: true,
            high_open: true,
        };
        assert_eq!(open("8", "15").inside().to_string(), "10");
        assert_eq!(open("0.1", "0.2").inside().to_string(), "0.15");
        let (low, high) = open("2", "3").two_inside().unwrap();
        assert!(low < high && open("2", "3").holds(&low) && open("2", "3").holds(&high));
    }
}
