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
use crate::model::{Formula, FormulaName, MetricId, Number, Pack};

/// Combinations of ranges that are tried.
const COMBINATIONS: usize = 300;
/// Parts of a formula written out down to what is measured.
const SIZE: usize = 400;

/// Figures with each metric in one of its ranges, or missing where that is one of them.
pub fn measure(
    pack: &Pack,
    wanted: &[(MetricId, Vec<Option<Range>>)],
    fixed: &HashMap<MetricId, Option<Number>>,
) -> Verdict<Plan> {
    if let [(id, states)] = wanted
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
        let pick: Vec<(MetricId, Option<&Range>)> =
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
    /// Formulas written out down to what is measured, of every metric that has one.
    formulas: BTreeMap<MetricId, Formula>,
    fixed: &'p HashMap<MetricId, Option<Number>>,
}

impl<'p> Work<'p> {
    /// None where a formula written out is too long.
    fn new(
        pack: &'p Pack,
        wanted: &[(MetricId, Vec<Option<Range>>)],
        fixed: &'p HashMap<MetricId, Option<Number>>,
    ) -> Option<Work<'p>> {
        let mut formulas = BTreeMap::new();
        for (place, metric) in pack.metrics.iter().enumerate() {
            if let Some(formula) = &metric.formula {
                let mut size = SIZE;
                match write_out(pack, formula, &mut size) {
                    Some(formula) => {
                        formulas.insert(MetricId(place), formula);
                    }
                    None if wanted.iter().any(|(id, _)| id.0 == place) => return None,
                    None => {}
                }
            }
        }
        Some(Work { pack, formulas, fixed })
    }

    fn attempt(&self, pick: &[(MetricId, Option<&Range>)]) -> Verdict<Plan> {
        let mut missing: BTreeSet<MetricId> =
            pick.iter().filter(|(_, range)| range.is_none()).map(|(id, _)| *id).collect();
        missing.extend(self.fixed.iter().filter(|(_, value)| value.is_none()).map(|(id, _)| *id));
        let present: BTreeMap<MetricId, Range> = pick
            .iter()
            .filter_map(|(id, range)| Some((*id, (*range)?.clone())))
            .chain(self.fixed.iter().filter_map(|(id, value)| Some((*id, Range::point(value.clone()?)))))
            .collect();
        // What is worked out is missing only where a part is: one that nobody looks at, if there is one.
        let absent: Vec<MetricId> =
            missing.iter().copied().filter(|id| self.formulas.contains_key(id)).collect();
        for id in absent {
            let parts = metrics_of(&self.formulas[&id]);
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
        let mut named: BTreeSet<MetricId> = BTreeSet::new();
        for id in present.keys() {
            match self.formulas.get(id) {
                Some(formula) => {
                    if names_others(formula) || !self.is_plain(*id) {
                        return Verdict::Unknown;
                    }
                    named.extend(metrics_of(formula));
                }
                None => {
                    named.insert(*id);
                }
            }
        }
        let mut start = Box::new();
        for id in &named {
            let range = present.get(id).map_or_else(|| self.whole(*id), |range| range.and(&self.whole(*id)));
            start.insert(FormulaName::Metric(*id), range);
        }
        let mut bounds: Vec<Bound<'_>> = Vec::new();
        for (id, formula) in &self.formulas {
            let parts = metrics_of(formula);
            let within = match present.get(id) {
                Some(range) => range.and(&self.whole(*id)),
                // Worked out all the same, and a value out of its range would refuse everything.
                None if !names_others(formula)
                    && self.is_plain(*id)
                    && parts.iter().all(|part| named.contains(part) && !missing.contains(part)) =>
                {
                    self.whole(*id)
                }
                None => continue,
            };
            bounds.push(Bound { formula, within });
        }
        match solve(&bounds, start) {
            Found::Nothing => Verdict::No,
            Found::Unknown => Verdict::Unknown,
            Found::Point(point) => {
                let mut plan = Plan::default();
                for (name, value) in &point {
                    if let FormulaName::Metric(id) = name
                        && !missing.contains(id)
                    {
                        plan.metrics.push((*id, Some(value.clone())));
                    }
                }
                for id in present.keys() {
                    if let Some(formula) = self.formulas.get(id)
                        && (metrics_of(formula).iter().any(|part| missing.contains(part))
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

    /// Whether a metric's value is its formula's and nothing else.
    fn is_plain(&self, id: MetricId) -> bool {
        let metric = self.pack.metric(id);
        metric.valid_if.is_none() && metric.round.is_none()
    }

    /// The range that the pack gives a metric.
    fn whole(&self, id: MetricId) -> Range {
        ends(self.pack.metric(id).range.as_ref())
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
fn metrics_of(formula: &Formula) -> BTreeSet<MetricId> {
    let metric = |name: &FormulaName| if let FormulaName::Metric(id) = name { Some(*id) } else { None };
    formula.names().iter().filter_map(metric).collect()
}

/// Whether it names something that is no metric's own value.
fn names_others(formula: &Formula) -> bool {
    formula.names().iter().any(|name| !matches!(name, FormulaName::Metric(_)))
}
