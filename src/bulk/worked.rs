//! Metrics that follow from others by a formula: worked out row by row, as for a single respondent.

use super::known::{Alone, Known, band};
use super::plan::{Plan, Word};
use crate::model::{BandOf, FormulaName, MetricId, MetricValue, Pack, Values, Worked};
use crate::values::work_out_one;

/// One such metric.
pub struct WorkedOut {
    pub id: MetricId,
    pub tests: Vec<usize>,
    /// Its place in [`Plan::metrics`] where the table has a column of it: what stands there stands over the formula.
    pub given: Option<usize>,
}

/// What it came to in one row.
#[derive(Clone, Debug, Default)]
pub struct Came {
    pub value: String,
    pub band: String,
}

/// Metrics with formulas, in the order in which they can be worked out; none where one of them follows from more than
/// other metrics.
pub fn formulas(pack: &Pack) -> Option<Vec<MetricId>> {
    let mut out = Vec::new();
    for worked in &pack.order {
        let Worked::Metric(id) = *worked else { continue };
        let metric = pack.metric(id);
        let Some(formula) = &metric.formula else { continue };
        let of_metrics = formula.names().iter().all(|name| matches!(name, FormulaName::Metric(_)));
        let open = metric.bands.iter().any(|dated| dated.only.is_some())
            || metric.points.iter().any(|dated| dated.only.is_some());
        if !of_metrics || metric.valid_if.is_some() || open {
            return None;
        }
        out.push(id);
    }
    Some(out)
}

impl Known<'_> {
    /// Works out every formula over what a row gives; truths are given to `put`, and what it came to is kept where it is
    /// shown. A value out of its range is told by the ordinary way.
    pub fn work_out(
        &mut self,
        measured: &[Option<i64>],
        mut shown: Option<&mut Vec<Came>>,
        mut put: impl FnMut(&[Word]),
    ) -> Result<(), Alone> {
        let plan = self.plan;
        let mut values = self.values.take().unwrap_or_else(|| plan.blank.clone());
        for (slot, value) in plan.metrics.iter().zip(measured) {
            let ends = value.map(|value| slot.scale.number(value)).map(|value| (value.clone(), value));
            values.metrics[slot.id.0] = MetricValue { ends, ..MetricValue::default() };
        }
        let mut fits = true;
        for worked in &plan.worked {
            let given = worked.given.is_some_and(|slot| measured[slot].is_some());
            if !given {
                values = work_out_one(plan.pack, &plan.nobody, values, Worked::Metric(worked.id), plan.as_of);
                fits &= is_in_range(plan, &values, worked.id);
                put(&plan.words(&worked.tests, &values));
            }
            if let Some(shown) = &mut shown {
                let value = values.metric(worked.id).value().filter(|_| !given);
                shown.push(Came {
                    value: value.map(ToString::to_string).unwrap_or_default(),
                    band: band(plan.pack, &values, BandOf::Metric(worked.id)),
                });
            }
        }
        self.values = Some(values);
        if fits { Ok(()) } else { Err(Alone) }
    }
}

fn is_in_range(plan: &Plan, values: &Values, id: MetricId) -> bool {
    match (&values.metric(id).ends, &plan.pack.metric(id).range) {
        (Some((from, to)), Some((low, high))) => from >= low && to <= high,
        _ => true,
    }
}
