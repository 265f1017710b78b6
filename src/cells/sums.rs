//! Which sums and means a list of parts can come to: exactly, by adding one part after the other and keeping
//! each different partial sum once.

use std::collections::HashMap;

use crate::model::{Absence, Method, MinAnswered, Number, ScoreMissing, Scoring};

/// One answer, metric or area of a score, with everything that it can bring.
pub struct Item {
    pub weight: Number,
    pub choices: Vec<Worth>,
    /// The ends between which it lies while it is missing.
    pub ends: Option<(Number, Number)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Worth {
    /// Between two ends, equal where it is certain.
    Ends(Number, Number),
    Missing,
    /// It leaves the score.
    Leaves(Absence),
}

/// What a score comes to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Total {
    Ends(Number, Number),
    TooFew,
    Empty(Absence),
}

/// A partial sum, in parts of one whole that all have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Sum {
    /// Of the parts that count.
    weight: i128,
    /// Of the parts that apply; kept only where a sum is made of a mean.
    all_weight: i128,
    low: i128,
    high: i128,
    known: u32,
    applies: u32,
    not_applicable: bool,
    not_asked: bool,
    /// One is missing and leaves nothing.
    gone: bool,
}

/// Every sum, and how it is reached.
pub struct Sums {
    /// After each item: the sum before, and the choice, by which each sum was first reached.
    layers: Vec<Vec<(u32, u32)>>,
    pub totals: Vec<Total>,
    /// Whether these are all there are.
    pub complete: bool,
}

/// Different partial sums that are kept.
const MOST: usize = 60_000;

/// None where the numbers are too large to be added exactly here.
pub fn sums(items: &[Item], how: &Scoring) -> Option<Sums> {
    let weight_parts = common(items.iter().map(|item| &item.weight))?;
    let ends = |worth: &'_ Worth| match worth {
        Worth::Ends(low, high) => vec![low.clone(), high.clone()],
        _ => Vec::new(),
    };
    let values: Vec<Number> = items
        .iter()
        .flat_map(|item| {
            item.choices
                .iter()
                .flat_map(ends)
                .chain(item.ends.iter().flat_map(|(a, b)| [a.clone(), b.clone()]))
        })
        .collect();
    let value_parts = common(values.iter())?;
    let mut sums: Vec<Sum> = vec![Sum::default()];
    let mut layers = Vec::new();
    let mut complete = true;
    for item in items {
        let weight = item.weight.in_parts_of(weight_parts)?;
        let part = |number: &Number| number.in_parts_of(value_parts)?.checked_mul(weight);
        let steps = item
            .choices
            .iter()
            .map(|worth| step(worth, weight, item.ends.as_ref(), how, &part))
            .collect::<Option<Vec<Sum>>>()?;
        let mut next: Vec<Sum> = Vec::new();
        let mut layer: Vec<(u32, u32)> = Vec::new();
        let mut seen: HashMap<Sum, ()> = HashMap::new();
        'sums: for (before, sum) in sums.iter().enumerate() {
            for (choice, step) in steps.iter().enumerate() {
                let sum = add(sum, step, how)?;
                if seen.contains_key(&sum) {
                    continue;
                }
                if next.len() == MOST {
                    complete = false;
                    break 'sums;
                }
                seen.insert(sum.clone(), ());
                next.push(sum);
                layer.push((before as u32, choice as u32));
            }
        }
        sums = next;
        layers.push(layer);
    }
    let below = weight_parts.checked_mul(value_parts)?;
    let totals = sums.iter().map(|sum| total(sum, how, weight_parts, below)).collect();
    Some(Sums { layers, totals, complete })
}

impl Sums {
    /// The choice of each item that leads to a total.
    pub fn trace(&self, total: usize) -> Vec<usize> {
        let mut at = total;
        let mut out: Vec<usize> = self
            .layers
            .iter()
            .rev()
            .map(|layer| {
                let (before, choice) = layer[at];
                at = before as usize;
                choice as usize
            })
            .collect();
        out.reverse();
        out
    }
}

/// What one choice adds.
fn step(
    worth: &Worth,
    weight: i128,
    ends: Option<&(Number, Number)>,
    how: &Scoring,
    part: &impl Fn(&Number) -> Option<i128>,
) -> Option<Sum> {
    let applies = Sum { all_weight: weight, applies: 1, ..Sum::default() };
    let gone = Sum { gone: true, ..applies.clone() };
    Some(match (worth, how.missing, ends) {
        (Worth::Ends(low, high), _, _) => {
            Sum { weight, low: part(low)?, high: part(high)?, known: 1, ..applies }
        }
        (Worth::Leaves(Absence::NotApplicable), _, _) => Sum { not_applicable: true, ..Sum::default() },
        (Worth::Leaves(_), _, _) => Sum { not_asked: true, ..Sum::default() },
        (Worth::Missing, ScoreMissing::Average, _) => applies,
        (Worth::Missing, ScoreMissing::Zero, _) => Sum { weight, ..applies },
        (Worth::Missing, ScoreMissing::Bounds, Some((low, high))) => {
            Sum { weight, low: part(low)?, high: part(high)?, ..applies }
        }
        (Worth::Missing, ScoreMissing::Middle, Some((low, high))) => {
            let middle = part(&middle(low, high))?;
            Sum { weight, low: middle, high: middle, ..applies }
        }
        (Worth::Missing, _, _) => gone,
    })
}

fn middle(low: &Number, high: &Number) -> Number {
    (low + high) * Number::ratio(1, 2)
}

/// Whether a sum is the mean of those given times all that apply.
fn scales_up(how: &Scoring) -> bool {
    how.method == Method::Sum && how.missing == ScoreMissing::Average
}

fn add(a: &Sum, b: &Sum, how: &Scoring) -> Option<Sum> {
    let (known, applies) = (a.known + b.known, a.applies + b.applies);
    // Where nothing asks how many are known, sums that differ only there are one.
    let counted = how.min_answered.is_some();
    let all_weight = if scales_up(how) { a.all_weight.checked_add(b.all_weight)? } else { 0 };
    let weight = a.weight.checked_add(b.weight)?;
    // Why nothing counts matters only where nothing does.
    let empty = weight == 0;
    Some(Sum {
        weight,
        all_weight,
        low: a.low.checked_add(b.low)?,
        high: a.high.checked_add(b.high)?,
        known: if counted { known } else { 0 },
        applies: if counted { applies } else { applies.min(1) },
        not_applicable: empty && (a.not_applicable || b.not_applicable),
        not_asked: empty && (a.not_asked || b.not_asked),
        gone: a.gone || b.gone,
    })
}

fn total(sum: &Sum, how: &Scoring, weight_parts: i128, below: i128) -> Total {
    let empty = if sum.not_applicable && !sum.not_asked { Absence::NotApplicable } else { Absence::NotAsked };
    if sum.applies == 0 {
        return Total::Empty(empty);
    }
    let enough = |least: &MinAnswered| least.is_met(sum.known as usize, sum.applies as usize);
    if sum.gone || !how.min_answered.as_ref().is_none_or(enough) {
        return Total::TooFew;
    }
    if sum.weight == 0 {
        return Total::Empty(empty);
    }
    let weight = Number::from_parts(sum.weight, weight_parts);
    let end = |sum_of: i128| {
        let plain = Number::from_parts(sum_of, below);
        let end = match how.method {
            Method::Sum if scales_up(how) => {
                &(&plain * &Number::from_parts(sum.all_weight, weight_parts)) / &weight
            }
            Method::Sum => plain,
            _ => &plain / &weight,
        };
        how.round.map_or(end.clone(), |places| end.rounded(places))
    };
    Total::Ends(end(sum.low), end(sum.high))
}

/// The smallest whole that each number is a whole number of parts of.
fn common<'n>(numbers: impl Iterator<Item = &'n Number>) -> Option<i128> {
    let mut all: i128 = 1;
    for number in numbers {
        let one = number.denominator()?;
        let (mut a, mut b) = (all, one);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        all = all.checked_mul(one / a)?;
    }
    // Room for the numbers themselves.
    (all < 1 << 80).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(weight: i64, points: &[i64], missing: bool) -> Item {
        let ends = |at: &i64| Worth::Ends(Number::from(*at), Number::from(*at));
        let mut choices: Vec<Worth> = points.iter().map(ends).collect();
        if missing {
            choices.extend([Worth::Missing, Worth::Leaves(Absence::NotAsked)]);
        }
        Item { weight: Number::from(weight), choices, ends: Some((Number::zero(), Number::from(100i64))) }
    }

    #[test]
    fn each_mean_is_found_once_and_can_be_traced() {
        let items = [item(2, &[0, 100], false), item(1, &[0, 50, 100], false)];
        let sums = sums(&items, &Scoring::usual()).unwrap();
        let mut found: Vec<String> = sums
            .totals
            .iter()
            .map(|total| match total {
                Total::Ends(low, high) if low == high => low.to_decimal(1),
                other => format!("{other:?}"),
            })
            .collect();
        found.sort();
        assert_eq!(found, ["0", "100", "16.7", "33.3", "66.7", "83.3"]);
        let at = sums
            .totals
            .iter()
            .position(|total| *total == Total::Ends(Number::ratio(250, 3), Number::ratio(250, 3)));
        assert_eq!(sums.trace(at.unwrap()), [1, 1]);
    }

    #[test]
    fn what_is_missing_widens_and_what_leaves_does_not_count() {
        let items = [item(1, &[50], true), item(1, &[50], true)];
        let sums = sums(&items, &Scoring::usual()).unwrap();
        let has =
            |low: i64, high: i64| sums.totals.contains(&Total::Ends(Number::from(low), Number::from(high)));
        assert!(has(50, 50) && has(25, 75) && has(0, 100));
        assert!(sums.totals.contains(&Total::Empty(Absence::NotAsked)));
        let different: std::collections::HashSet<&Total> = sums.totals.iter().collect();
        assert_eq!(different.len(), 4);
    }
}
