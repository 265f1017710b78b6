//! Metrics that formulas bind to each other: ranges pushed back and forth through the formulas until nothing
//! narrows any more, then numbers tried inside.

use std::collections::BTreeMap;

use super::range::Range;
use crate::model::{Formula, FormulaName as Name, Number};

/// What each name may lie in.
pub type Box = BTreeMap<Name, Range>;

/// A formula whose value must lie in a range.
pub struct Bound<'f> {
    pub formula: &'f Formula,
    pub within: Range,
}

pub enum Found {
    /// A number for each name.
    Point(BTreeMap<Name, Number>),
    Nothing,
    Unknown,
}

/// Numbers that are tried before giving up.
const TRIES: usize = 400;
/// Rounds of narrowing.
const ROUNDS: usize = 12;

/// Numbers inside the box for which every formula lies within its bound.
pub fn solve(bounds: &[Bound<'_>], start: Box) -> Found {
    let mut tries = TRIES;
    match narrow(bounds, start) {
        None => Found::Nothing,
        Some(narrowed) => match descend(bounds, narrowed, &mut tries) {
            Some(point) => Found::Point(point),
            None => Found::Unknown,
        },
    }
}

fn descend(bounds: &[Bound<'_>], at: Box, tries: &mut usize) -> Option<BTreeMap<Name, Number>> {
    // Divisors and factors stand last in the author's lists as often as first: the widest is left to be solved.
    let open = at.iter().find(|(_, range)| !range.is_point()).map(|(name, range)| (*name, range.clone()));
    let Some((name, range)) = open else {
        let point: BTreeMap<Name, Number> = at.iter().map(|(name, range)| (*name, range.inside())).collect();
        let holds = bounds
            .iter()
            .all(|bound| value(bound.formula, &point).is_some_and(|value| bound.within.holds(&value)));
        return holds.then_some(point);
    };
    for candidate in candidates(&range) {
        if *tries == 0 {
            return None;
        }
        *tries -= 1;
        let mut next = at.clone();
        next.insert(name, Range::point(candidate));
        if let Some(next) = narrow(bounds, next)
            && let Some(found) = descend(bounds, next, tries)
        {
            return Some(found);
        }
    }
    None
}

/// A few numbers of a range, the roundest first.
fn candidates(range: &Range) -> Vec<Number> {
    let first = range.inside();
    let part = |low: &Option<Number>, high: &Option<Number>, low_open: bool, high_open: bool| {
        let part = Range { low: low.clone(), high: high.clone(), low_open, high_open };
        (!part.is_empty()).then(|| part.inside())
    };
    let at = Some(first.clone());
    let mut out = vec![first.clone()];
    out.extend(part(&range.low, &at, range.low_open, true));
    out.extend(part(&at, &range.high, true, range.high_open));
    out.extend(range.low.clone().filter(|low| range.holds(low)));
    out.extend(range.high.clone().filter(|high| range.holds(high)));
    let hundred = Number::from(100i64);
    out.push(hundred);
    out.push(Number::from(1000i64));
    out.retain(|number| range.holds(number));
    let mut seen: Vec<Number> = Vec::new();
    out.retain(|number| {
        let new = !seen.contains(number);
        seen.push(number.clone());
        new
    });
    out
}

/// The box without what no formula allows; none where nothing is left.
fn narrow(bounds: &[Bound<'_>], mut at: Box) -> Option<Box> {
    for _ in 0..ROUNDS {
        let before = at.clone();
        for bound in bounds {
            push(bound.formula, &bound.within, &mut at)?;
        }
        if at.values().any(Range::is_empty) {
            return None;
        }
        if at == before {
            break;
        }
    }
    Some(at)
}

/// The value of a formula at a point; none where it divides by 0.
pub fn value(formula: &Formula, point: &BTreeMap<Name, Number>) -> Option<Number> {
    let of = |name: Name| point.get(&name).cloned();
    Some(match formula {
        Formula::Number(number) => number.clone(),
        Formula::Metric(id) => of(Name::Metric(*id))?,
        Formula::Score(score) => of(Name::Score(*score))?,
        Formula::Answer(id) => of(Name::Answer(*id))?,
        // Written out before; one that was not is not known.
        Formula::Derived(_) => return None,
        Formula::Points(id) => of(Name::Points(*id))?,
        Formula::Add(a, b) => value(a, point)? + value(b, point)?,
        Formula::Subtract(a, b) => value(a, point)? - value(b, point)?,
        Formula::Multiply(a, b) => value(a, point)? * value(b, point)?,
        Formula::Divide(a, b) => value(a, point)?.checked_div(&value(b, point)?)?,
        Formula::Absolute(inner) => value(inner, point)?.abs(),
        Formula::Scale(inner, factor) => &value(inner, point)? * factor,
        Formula::Least(parts) => values(parts, point)?.into_iter().min()?,
        Formula::Greatest(parts) => values(parts, point)?.into_iter().max()?,
    })
}

fn values(parts: &[Formula], point: &BTreeMap<Name, Number>) -> Option<Vec<Number>> {
    parts.iter().map(|part| value(part, point)).collect()
}

/// A range that holds every value of a formula over the box.
fn reach(formula: &Formula, at: &Box) -> Range {
    let of = |name: Name| at.get(&name).cloned().unwrap_or_else(Range::everything);
    match formula {
        Formula::Number(number) => Range::point(number.clone()),
        Formula::Metric(id) => of(Name::Metric(*id)),
        Formula::Score(score) => of(Name::Score(*score)),
        Formula::Answer(id) => of(Name::Answer(*id)),
        Formula::Derived(_) => Range::everything(),
        Formula::Points(id) => of(Name::Points(*id)),
        Formula::Add(a, b) => add(&reach(a, at), &reach(b, at)),
        Formula::Subtract(a, b) => add(&reach(a, at), &negative(&reach(b, at))),
        Formula::Multiply(a, b) => multiply(&reach(a, at), &reach(b, at)),
        Formula::Divide(a, b) => divide(&reach(a, at), &reach(b, at)),
        Formula::Absolute(inner) => absolute(&reach(inner, at)),
        Formula::Scale(inner, factor) => multiply(&reach(inner, at), &Range::point(factor.clone())),
        Formula::Least(parts) => {
            let all: Vec<Range> = parts.iter().map(|part| reach(part, at)).collect();
            // An end that is none is lower than all.
            let low = all.iter().map(|range| range.low.clone()).min().flatten();
            let high = all.iter().filter_map(|range| range.high.clone()).min();
            Range { low, high, low_open: false, high_open: false }
        }
        Formula::Greatest(parts) => {
            let all: Vec<Range> = parts.iter().map(|part| reach(part, at)).collect();
            let low = all.iter().filter_map(|range| range.low.clone()).max();
            let none = all.iter().any(|range| range.high.is_none());
            let high = if none { None } else { all.iter().filter_map(|range| range.high.clone()).max() };
            Range { low, high, low_open: false, high_open: false }
        }
    }
}

/// Narrows the box to where the formula can lie within the range; none where it cannot.
fn push(formula: &Formula, within: &Range, at: &mut Box) -> Option<()> {
    let within = reach(formula, at).and(within);
    if within.is_empty() {
        return None;
    }
    match formula {
        Formula::Number(_) | Formula::Derived(_) => {}
        Formula::Metric(id) => {
            at.insert(Name::Metric(*id), within);
        }
        Formula::Score(score) => {
            at.insert(Name::Score(*score), within);
        }
        Formula::Answer(id) => {
            at.insert(Name::Answer(*id), within);
        }
        Formula::Points(id) => {
            at.insert(Name::Points(*id), within);
        }
        Formula::Add(a, b) => {
            push(a, &add(&within, &negative(&reach(b, at))), at)?;
            push(b, &add(&within, &negative(&reach(a, at))), at)?;
        }
        Formula::Subtract(a, b) => {
            push(a, &add(&within, &reach(b, at)), at)?;
            push(b, &add(&reach(a, at), &negative(&within)), at)?;
        }
        Formula::Multiply(a, b) => {
            let other = reach(b, at);
            push(a, &divide_back(&within, &other), at)?;
            let other = reach(a, at);
            push(b, &divide_back(&within, &other), at)?;
        }
        Formula::Divide(a, b) => {
            push(a, &multiply(&within, &reach(b, at)), at)?;
            let above = reach(a, at);
            push(b, &divide_back(&above, &within), at)?;
        }
        Formula::Absolute(inner) => {
            let high = within.high.clone();
            let low = high.clone().map(|high| -high);
            push(inner, &Range { low, high, low_open: within.high_open, high_open: within.high_open }, at)?;
        }
        Formula::Scale(inner, factor) => {
            push(inner, &divide_back(&within, &Range::point(factor.clone())), at)?
        }
        // Only one of the parts needs to lie there; none may lie on the other side.
        Formula::Least(parts) => {
            let above = Range { high: None, high_open: false, ..within };
            parts.iter().try_for_each(|part| push(part, &above, at))?;
        }
        Formula::Greatest(parts) => {
            let under = Range { low: None, low_open: false, ..within };
            parts.iter().try_for_each(|part| push(part, &under, at))?;
        }
    }
    Some(())
}

pub fn add(a: &Range, b: &Range) -> Range {
    let end = |a: &Option<Number>, b: &Option<Number>| Some(a.as_ref()? + b.as_ref()?);
    let (low, high) = (end(&a.low, &b.low), end(&a.high, &b.high));
    Range {
        low_open: low.is_some() && (a.low_open || b.low_open),
        high_open: high.is_some() && (a.high_open || b.high_open),
        low,
        high,
    }
}

pub fn negative(a: &Range) -> Range {
    Range {
        low: a.high.clone().map(|high| -high),
        high: a.low.clone().map(|low| -low),
        low_open: a.high_open,
        high_open: a.low_open,
    }
}

fn absolute(a: &Range) -> Range {
    let mirrored = negative(a);
    let both = a.or(&mirrored);
    let zero = Number::zero();
    if a.holds(&zero) {
        return Range { low: Some(zero), low_open: false, ..both };
    }
    let positive = Range { low: Some(zero), high: None, low_open: true, high_open: false };
    a.and(&positive).or(&mirrored.and(&positive))
}

/// One end of a range: a number, or infinitely far away on one side.
#[derive(Clone)]
enum End {
    At(Number, bool),
    /// Whether above everything.
    Far(bool),
}

fn ends(range: &Range) -> [End; 2] {
    let end = |at: &Option<Number>, open: bool, above: bool| match at {
        Some(at) => End::At(at.clone(), open),
        None => End::Far(above),
    };
    [end(&range.low, range.low_open, false), end(&range.high, range.high_open, true)]
}

/// The product of two ends; 0 times anything is 0.
fn times(a: &End, b: &End) -> End {
    match (a, b) {
        (End::At(a, a_open), End::At(b, b_open)) => {
            // A closed 0 makes the product 0 however near the other end comes.
            let closed_zero = (a.is_zero() && !a_open) || (b.is_zero() && !b_open);
            End::At(a * b, (*a_open || *b_open) && !closed_zero)
        }
        (End::At(at, open), End::Far(above)) | (End::Far(above), End::At(at, open)) => {
            if at.is_zero() {
                End::At(Number::zero(), *open)
            } else {
                End::Far(*above != at.is_negative())
            }
        }
        (End::Far(a), End::Far(b)) => End::Far(a == b),
    }
}

fn multiply(a: &Range, b: &Range) -> Range {
    let products: Vec<End> = ends(a).iter().flat_map(|a| ends(b).map(|b| times(a, &b))).collect();
    let mut out: Option<Range> = None;
    let (mut no_low, mut no_high) = (false, false);
    for product in products {
        match product {
            End::Far(true) => no_high = true,
            End::Far(false) => no_low = true,
            End::At(at, open) => {
                // An open corner of one point alone: the hull below takes care of its openness.
                let point = Range { low: Some(at.clone()), high: Some(at), low_open: open, high_open: open };
                out = Some(match out {
                    None => point,
                    Some(hull) => hull_of(&hull, &point),
                });
            }
        }
    }
    let mut out = out.unwrap_or_else(Range::everything);
    if no_low {
        (out.low, out.low_open) = (None, false);
    }
    if no_high {
        (out.high, out.high_open) = (None, false);
    }
    if out.low.is_some() && out.low == out.high {
        (out.low_open, out.high_open) = (false, false);
    }
    out
}

/// As [`Range::or`], for points whose ends may be open.
fn hull_of(a: &Range, b: &Range) -> Range {
    let (low, low_open) = match a.low.cmp(&b.low) {
        std::cmp::Ordering::Less => (a.low.clone(), a.low_open),
        std::cmp::Ordering::Greater => (b.low.clone(), b.low_open),
        std::cmp::Ordering::Equal => (a.low.clone(), a.low_open && b.low_open),
    };
    let (high, high_open) = match a.high.cmp(&b.high) {
        std::cmp::Ordering::Greater => (a.high.clone(), a.high_open),
        std::cmp::Ordering::Less => (b.high.clone(), b.high_open),
        std::cmp::Ordering::Equal => (a.high.clone(), a.high_open && b.high_open),
    };
    Range { low, high, low_open, high_open }
}

/// `a / b` where `b` is never 0; everything where it may be.
fn divide(a: &Range, b: &Range) -> Range {
    let zero = Number::zero();
    if b.holds(&zero) {
        return Range::everything();
    }
    match inverse(b) {
        Some(inverse) => multiply(a, &inverse),
        None => Range::everything(),
    }
}

/// What times `b` can give `a`: everything where `b` may be 0 and `a` too.
fn divide_back(a: &Range, b: &Range) -> Range {
    let zero = Number::zero();
    if b.holds(&zero) { Range::everything() } else { divide(a, b) }
}

fn inverse(b: &Range) -> Option<Range> {
    let one = Number::one();
    let of = |at: &Option<Number>| match at {
        None => Some(Number::zero()),
        Some(at) => one.checked_div(at),
    };
    let zero = Number::zero();
    let positive = b.low.as_ref().is_some_and(|low| *low >= zero);
    let negative = b.high.as_ref().is_some_and(|high| *high <= zero);
    if !positive && !negative {
        return None;
    }
    // Near 0 the inverse has no end.
    let low = of(&b.high);
    let high = of(&b.low);
    Some(Range {
        low_open: b.high.is_none() || b.high_open,
        high_open: b.low.is_none() || b.low_open,
        low: if negative && b.high.as_ref() == Some(&zero) { None } else { low },
        high: if positive && b.low.as_ref() == Some(&zero) { None } else { high },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MetricId;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn metric(at: usize) -> Formula {
        Formula::Metric(MetricId(at))
    }

    /// `m0 / m1` times 100, as a percentage has it.
    fn share() -> Formula {
        Formula::Scale(
            std::boxed::Box::new(Formula::Divide(
                std::boxed::Box::new(metric(0)),
                std::boxed::Box::new(metric(1)),
            )),
            number("100"),
        )
    }

    fn box_of(lost: Range) -> Box {
        let start = Range::closed(number("1"), number("100000"));
        [(Name::Metric(MetricId(0)), lost), (Name::Metric(MetricId(1)), start)].into()
    }

    #[test]
    fn a_quotient_is_solved_and_refuted() {
        let formula = share();
        let above = |low: &str| Range { low: Some(number(low)), low_open: true, ..Range::everything() };
        let bounds = [Bound {
            formula: &formula,
            within: above("15").and(&Range::closed(number("0"), number("100"))),
        }];
        let Found::Point(point) = solve(&bounds, box_of(Range::closed(number("0"), number("100000")))) else {
            panic!("there is a point")
        };
        assert!(bounds[0].within.holds(&value(&formula, &point).unwrap()));
        assert!(matches!(solve(&bounds, box_of(Range::point(number("0")))), Found::Nothing));
        let point = solve(&bounds, box_of(Range::point(number("50000"))));
        assert!(matches!(point, Found::Point(_)));
    }

    #[test]
    fn products_keep_open_ends_open_and_closed_zeros_closed() {
        let open =
            Range { low: Some(number("0")), high: Some(number("2")), low_open: true, high_open: false };
        let product = multiply(&open, &Range::closed(number("0"), number("3")));
        assert!(product.holds(&number("0")) && product.holds(&number("6")));
        let product = multiply(&open, &Range::closed(number("1"), number("3")));
        assert!(!product.holds(&number("0")) && product.holds(&number("0.001")));
    }
}
