//! Metrics: given or worked out, with the bands they lie in and the points they are worth.

use super::Work;
use super::arithmetic::Ends;
use crate::diag::Code;
use crate::logic::judge;
use crate::model::{Formula, Metric, MetricId, MetricValue, Number, Problem, Refusal, Worked};

impl Work<'_> {
    /// A given value stands over its formula; where the two disagree, that is told.
    pub(super) fn measure(&mut self, id: MetricId) {
        let pack = self.pack;
        let metric = pack.metric(id);
        let of = Worked::Metric(id);
        let given = self.respondent.metrics.get(id.0).and_then(Option::as_ref);
        let computed = metric.formula.as_ref().and_then(|formula| self.worked_out(metric, formula));
        if let (Some(given), Some((low, high))) = (given, &computed)
            && low == high
            && !given.agrees_with(low)
        {
            let (said, worked) =
                (metric.unit.after(&given.value.to_string()), metric.unit.after(&told(low, &given.value)));
            let message = format!(
                "`{}` was given as {said}, and its parts give {worked}: the given value stands",
                metric.id
            );
            self.problems.push((of, problem(Code::FormulaDisagrees, metric, message)));
        }
        if let (None, Some((from, to)), Some((low, high))) = (given, &computed, &metric.range) {
            let outside = [from, to].into_iter().find(|value| *value < low || *value > high);
            if let Some(value) = outside.filter(|_| from == to) {
                self.refusals.push((of, Refusal::OutOfRange { metric: id, value: value.clone() }));
            }
        }
        let ends = match given {
            Some(given) => Some((given.value.clone(), given.value.clone())),
            None => computed,
        };
        let (dated, bands) = self.bands(&metric.bands, ends.as_ref());
        let points = self.points(&metric.points, ends.as_ref());
        if ends.is_some() {
            let at = format!("metrics.{}", metric.id);
            self.tell_age(&metric.bands, of, "bands", &at);
            self.tell_age(&metric.points, of, "points", &at);
        }
        let computed = given.is_none() && ends.is_some();
        self.values.metrics[id.0] = MetricValue { ends, computed, dated, bands, points };
    }

    /// None where a part is missing, or where the value would not be valid.
    fn worked_out(&self, metric: &Metric, formula: &Formula) -> Option<Ends> {
        let valid =
            metric.valid_if.as_ref().is_none_or(|valid| judge(valid, self.pack, &self.values).is_true());
        let (low, high) = self.formula(formula).ok().filter(|_| valid)?;
        let round = |value: Number| metric.round.map_or(value.clone(), |places| value.rounded(places));
        Some((round(low), round(high)))
    }
}

/// A number with no more decimals than tell it from another one.
fn told(number: &Number, other: &Number) -> String {
    let short = number.to_decimal(2);
    if short == other.to_decimal(2) { number.to_decimal(6) } else { short }
}

fn problem(code: Code, metric: &Metric, message: String) -> Problem {
    Problem { code: code.name(), at: format!("metrics.{}", metric.id), message }
}
