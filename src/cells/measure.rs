//! Which figures to give so that metrics lie where lines want them, those with formulas among them.
//!
//! A metric with a formula and the parts of it are never given at odds with each other: where it is given
//! itself, there are values of the missing parts with which it agrees.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::axis::ends;
use super::figures::{Bound, Box, Found, solve};
use super::links::Verdict;
use super::range::Range;
use super::whole::Plan;
use crate::model::{DerivedId, Formula, FormulaName, MetricId, Number, Pack};

/// What is measured, or worked out from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    Metric(MetricId),
    /// Never given itself.
    Derived(DerivedId),
}

/// Combinations of ranges that are tried.
const COMBINATIONS: usize = 300;
/// Parts of a formula written out down to what is measured.
const SIZE: usize = 400;

/// Figures with each metric in one of its ranges, or missing where that is one of them.
pub fn measure(
    pack: &Pack,
    wanted: &[(Figure, Vec<Option<Range>>)],
    fixed: &HashMap<MetricId, Option<Number>>,
) -> Verdict<Plan> {
    if let [(Figure::Metric(id), states)] = wanted
        && pack.metric(*id).formula.is_none()
        && fixed.is_empty()
    {
        // Most metrics stand alone.
        return match states.first() {
            Some(state) => {
                let value = state.as_ref().map(Range::inside);
                Verdict::Yes(Plan { metrics: vec![(*id, value)], ..Plan::default() })
            }
            None => Verdict::No,
        };
    }
    let Some(work) = Work::new(pack, wanted, fixed) else { return Verdict::Unknown };
    let mut chosen = vec![0; wanted.len()];
    let mut unknown = false;
    if wanted.iter().any(|(_, states)| states.is_empty()) {
        return Verdict::No;
    }
    for _ in 0..COMBINATIONS {
        let pick: Vec<(Figure, Option<&Range>)> =
            wanted.iter().zip(&chosen).map(|((id, states), at)| (*id, states[*at].as_ref())).collect();
        match work.attempt(&pick) {
            Verdict::Yes(plan) => return Verdict::Yes(plan),
            Verdict::No => {}
            Verdict::Unknown => unknown = true,
        }
        // The next combination, as an odometer counts.
        let Some(at) = (0..chosen.len()).find(|at| chosen[*at] + 1 < wanted[*at].1.len()) else {
            return if unknown { Verdict::Unknown } else { Verdict::No };
        };
        chosen[at] += 1;
        chosen[..at].fill(0);
    }
    Verdict::Unknown
}

struct Work<'p> {
    pack: &'p Pack,
    /// Formulas written out down to what is measured, of everything that has one.
    formulas: BTreeMap<Figure, Formula>,
    fixed: &'p HashMap<MetricId, Option<Number>>,
}

impl<'p> Work<'p> {
    /// None where a formula written out is too long.
    fn new(
        pack: &'p Pack,
        wanted: &[(Figure, Vec<Option<Range>>)],
        fixed: &'p HashMap<MetricId, Option<Number>>,
    ) -> Option<Work<'p>> {
        let metrics = pack.metrics.iter().enumerate();
        let metrics = metrics.map(|(place, metric)| (Figure::Metric(MetricId(place)), &metric.formula));
        let derived = pack.derived.iter().enumerate();
        let derived = derived.map(|(place, one)| (Figure::Derived(DerivedId(place)), &one.formula));
        let mut formulas = BTreeMap::new();
        for (figure, formula) in metrics.chain(derived) {
            let Some(formula) = formula else { continue };
            let mut size = SIZE;
            match write_out(pack, formula, &mut size) {
                Some(formula) => {
                    formulas.insert(figure, formula);
                }
                None if wanted.iter().any(|(other, _)| *other == figure) => return None,
                None => {}
            }
        }
        Some(Work { pack, formulas, fixed })
    }

    fn attempt(&self, pick: &[(Figure, Option<&Range>)]) -> Verdict<Plan> {
        let fixed = || self.fixed.iter().map(|(id, value)| (Figure::Metric(*id), value));
        let mut missing: BTreeSet<Figure> =
            pick.iter().filter(|(_, range)| range.is_none()).map(|(figure, _)| *figure).collect();
        missing.extend(fixed().filter(|(_, value)| value.is_none()).map(|(figure, _)| figure));
        let present: BTreeMap<Figure, Range> = pick
            .iter()
            .filter_map(|(figure, range)| Some((*figure, (*range)?.clone())))
            .chain(fixed().filter_map(|(figure, value)| Some((figure, Range::point(value.clone()?)))))
            .collect();
        // What is worked out is missing only where a part is: one that nobody looks at, if there is one.
        let absent: Vec<Figure> =
            missing.iter().copied().filter(|figure| self.formulas.contains_key(figure)).collect();
        for figure in absent {
            let parts = parts_of(&self.formulas[&figure]);
            if parts.iter().any(|part| missing.contains(part)) {
                continue;
            }
            match parts.iter().find(|part| !present.contains_key(part)) {
                Some(part) => {
                    missing.insert(*part);
                }
                None => return Verdict::No,
            }
        }
        let mut named: BTreeSet<Figure> = BTreeSet::new();
        for figure in present.keys() {
            match self.formulas.get(figure) {
                Some(formula) => {
                    if names_others(formula) || !self.is_plain(*figure) {
                        return Verdict::Unknown;
                    }
                    let parts = parts_of(formula);
                    let given = matches!(figure, Figure::Metric(_));
                    if !given && parts.iter().any(|part| missing.contains(part)) {
                        return Verdict::No;
                    }
                    named.extend(parts);
                }
                None => {
                    named.insert(*figure);
                }
            }
        }
        let mut start = Box::new();
        for figure in &named {
            let Figure::Metric(id) = figure else { continue };
            let whole = self.whole(*figure);
            let range = present.get(figure).map_or_else(|| whole.clone(), |range| range.and(&whole));
            start.insert(FormulaName::Metric(*id), range);
        }
        let mut bounds: Vec<Bound<'_>> = Vec::new();
        for (figure, formula) in &self.formulas {
            let known = |part: &Figure| named.contains(part) && !missing.contains(part);
            let within = match present.get(figure) {
                Some(range) => range.and(&self.whole(*figure)),
                // Worked out all the same, and a value out of its range would refuse everything.
                None if !names_others(formula)
                    && self.is_plain(*figure)
                    && parts_of(formula).iter().all(known) =>
                {
                    self.whole(*figure)
                }
                None => continue,
            };
            bounds.push(Bound { formula, within });
        }
        // What is rounded may come to lie where its formula alone does not; the evaluation of the witness tells.
        let rounded = |figure: &Figure| match figure {
            Figure::Metric(id) => self.pack.metric(*id).round.is_some(),
            Figure::Derived(_) => false,
        };
        let any_rounded = self.formulas.keys().any(rounded);
        match solve(&bounds, start) {
            Found::Nothing if any_rounded => Verdict::Unknown,
            Found::Nothing => Verdict::No,
            Found::Unknown => Verdict::Unknown,
            Found::Point(point) => {
                let mut plan = Plan::default();
                for (name, value) in &point {
                    if let FormulaName::Metric(id) = name
                        && !missing.contains(&Figure::Metric(*id))
                    {
                        plan.metrics.push((*id, Some(value.clone())));
                    }
                }
                for figure in present.keys() {
                    if let (Figure::Metric(id), Some(formula)) = (figure, self.formulas.get(figure))
                        && (parts_of(formula).iter().any(|part| missing.contains(part))
                            || self.fixed.contains_key(id))
                        && let Some(value) = super::figures::value(formula, &point)
                    {
                        plan.metrics.push((*id, Some(value)));
                    }
                }
                Verdict::Yes(plan)
            }
        }
    }

    /// Whether a value is its formula's and nothing else.
    fn is_plain(&self, figure: Figure) -> bool {
        match figure {
            Figure::Metric(id) => {
                let metric = self.pack.metric(id);
                metric.valid_if.is_none()
            }
            Figure::Derived(_) => true,
        }
    }

    /// The range that the pack gives a figure.
    fn whole(&self, figure: Figure) -> Range {
        match figure {
            Figure::Metric(id) => ends(self.pack.metric(id).range.as_ref()),
            Figure::Derived(_) => Range::everything(),
        }
    }
}

/// A formula with every metric that has a formula itself replaced by it.
fn write_out(pack: &Pack, formula: &Formula, size: &mut usize) -> Option<Formula> {
    *size = size.checked_sub(1)?;
    let mut boxed = |part: &Formula| write_out(pack, part, size).map(std::boxed::Box::new);
    Some(match formula {
        Formula::Number(_) | Formula::Score(_) | Formula::Answer(_) | Formula::Points(_) => formula.clone(),
        Formula::Derived(id) => match &pack.derived(*id).formula {
            Some(inner) => write_out(pack, inner, size)?,
            None => return None,
        },
        Formula::Metric(id) => match &pack.metric(*id).formula {
            Some(inner) => write_out(pack, inner, size)?,
            None => formula.clone(),
        },
        Formula::Add(a, b) => Formula::Add(boxed(a)?, boxed(b)?),
        Formula::Subtract(a, b) => Formula::Subtract(boxed(a)?, boxed(b)?),
        Formula::Multiply(a, b) => Formula::Multiply(boxed(a)?, boxed(b)?),
        Formula::Divide(a, b) => Formula::Divide(boxed(a)?, boxed(b)?),
        Formula::Absolute(inner) => Formula::Absolute(boxed(inner)?),
        Formula::Scale(inner, factor) => Formula::Scale(boxed(inner)?, factor.clone()),
        Formula::Least(parts) => {
            Formula::Least(parts.iter().map(|part| write_out(pack, part, size)).collect::<Option<_>>()?)
        }
        Formula::Greatest(parts) => {
            Formula::Greatest(parts.iter().map(|part| write_out(pack, part, size)).collect::<Option<_>>()?)
        }
    })
}

/// The metrics that a formula names.
fn parts_of(formula: &Formula) -> BTreeSet<Figure> {
    let metric = |name: &FormulaName| match name {
        FormulaName::Metric(id) => Some(Figure::Metric(*id)),
        _ => None,
    };
    formula.names().iter().filter_map(metric).collect()
}

/// Whether it names something that is no metric's own value.
fn names_others(formula: &Formula) -> bool {
    formula.names().iter().any(|name| !matches!(name, FormulaName::Metric(_)))
}
