//! Metrics: given or worked out, and the band they lie in on a day.

use jiff::civil::Date;

use crate::diag::Code;
use crate::model::{
    Formula, MetricId, MetricValue, Number, Pack, Problem, Refusal, Respondent, Score, ScoreOf,
};

pub struct Measured {
    pub values: Vec<MetricValue>,
    pub problems: Vec<Problem>,
    pub refusals: Vec<Refusal>,
}

/// Every metric of the pack. A given value stands over its formula; where the two disagree, that is told.
pub fn measure(
    pack: &Pack,
    respondent: &Respondent,
    areas: &[Score],
    total: &Score,
    as_of: Option<Date>,
) -> Measured {
    let mut work = Work { pack, respondent, areas, total, known: vec![None; pack.metrics.len()] };
    let mut out = Measured { values: Vec::new(), problems: Vec::new(), refusals: Vec::new() };
    for (place, metric) in pack.metrics.iter().enumerate() {
        let given = respondent.metrics.get(place).and_then(Option::as_ref);
        let value = work.value(MetricId(place));
        if let (Some(given), Some(formula)) = (given, &metric.formula)
            && let Some(computed) = work.formula(formula)
            && computed.rounded(given.decimals) != given.value.rounded(given.decimals)
        {
            let (said, worked) = (
                metric.unit.after(&given.value.to_string()),
                metric.unit.after(&computed.to_decimal(given.decimals)),
            );
            out.problems.push(Problem {
                code: Code::FormulaDisagrees.name(),
                at: format!("metrics.{}", metric.id),
                message: format!(
                    "`{}` was given as {said}, and its parts give {worked}: the given value stands",
                    metric.id
                ),
            });
        }
        if let (None, Some(value), Some((low, high))) = (given, &value, &metric.range)
            && (value < low || value > high)
        {
            out.refusals.push(Refusal::OutOfRange { metric: MetricId(place), value: value.clone() });
        }
        out.values.push(band(metric, value, given.is_none(), as_of, &mut out.problems));
    }
    out
}

fn band(
    metric: &crate::model::Metric,
    value: Option<Number>,
    computed: bool,
    as_of: Option<Date>,
    problems: &mut Vec<Problem>,
) -> MetricValue {
    let mut out = MetricValue { computed: computed && value.is_some(), value, dated: None, band: None };
    if metric.bands.is_empty() {
        return out;
    }
    let newest = metric.bands.len() - 1;
    let place = match as_of {
        None => newest,
        Some(day) => match metric.bands.iter().rposition(|dated| dated.from.is_none_or(|from| from <= day)) {
            Some(place) => place,
            None => {
                if let (Some(from), true) = (metric.bands[0].from, out.value.is_some()) {
                    problems.push(Problem {
                        code: Code::BandsTooNew.name(),
                        at: format!("metrics.{}", metric.id),
                        message: format!(
                            "the bands of `{}` were adopted on {from}, after {day}: the oldest are used",
                            metric.id
                        ),
                    });
                }
                0
            }
        },
    };
    let dated = &metric.bands[place];
    if let (Some(day), Some(review_by), true) = (as_of, dated.review_by, out.value.is_some())
        && review_by < day
    {
        problems.push(Problem {
            code: Code::BandsPastReview.name(),
            at: format!("metrics.{}", metric.id),
            message: format!("the bands of `{}` were to be reviewed by {review_by}", metric.id),
        });
    }
    out.dated = Some(place);
    out.band = out.value.as_ref().map(|value| dated.bands.of(value));
    out
}

struct Work<'p> {
    pack: &'p Pack,
    respondent: &'p Respondent,
    areas: &'p [Score],
    total: &'p Score,
    /// What was worked out already; the inner none is a metric that is not known.
    known: Vec<Option<Option<Number>>>,
}

impl Work<'_> {
    fn value(&mut self, id: MetricId) -> Option<Number> {
        if let Some(known) = &self.known[id.0] {
            return known.clone();
        }
        let given =
            self.respondent.metrics.get(id.0).and_then(Option::as_ref).map(|given| given.value.clone());
        let pack = self.pack;
        let value = match (given, &pack.metric(id).formula) {
            (Some(value), _) => Some(value),
            (None, Some(formula)) => self.formula(formula),
            (None, None) => None,
        };
        self.known[id.0] = Some(value.clone());
        value
    }

    /// None where a part is missing. A pack whose formulas were checked has no divisor of 0.
    fn formula(&mut self, formula: &Formula) -> Option<Number> {
        Some(match formula {
            Formula::Number(number) => number.clone(),
            Formula::Metric(id) => self.value(*id)?,
            Formula::Score(of) => {
                let score = match of {
                    ScoreOf::Area(area) => &self.areas[area.0],
                    ScoreOf::Total => self.total,
                };
                score.value()?.clone()
            }
            Formula::Add(a, b) => self.formula(a)? + self.formula(b)?,
            Formula::Subtract(a, b) => self.formula(a)? - self.formula(b)?,
            Formula::Multiply(a, b) => self.formula(a)? * self.formula(b)?,
            Formula::Divide(a, b) => {
                let below = self.formula(b)?;
                self.formula(a)?.checked_div(&below)?
            }
            Formula::Absolute(inner) => self.formula(inner)?.abs(),
            Formula::Scale(inner, factor) => &self.formula(inner)? * factor,
            Formula::Least(parts) => self.each(parts)?.into_iter().min()?,
            Formula::Greatest(parts) => self.each(parts)?.into_iter().max()?,
        })
    }

    fn each(&mut self, parts: &[Formula]) -> Option<Vec<Number>> {
        parts.iter().map(|part| self.formula(part)).collect()
    }
}
