//! Bands and thresholds past the day on which somebody meant to look at them again.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Example, Page};
use crate::model::{Dated, Pack};
use crate::source::Span;

pub const PAGE: Page = Page {
    code: Code::StaleReview,
    title: "bands past their day of review",
    what: "The newest bands of a metric, an area or the total, or the newest points or value of a threshold, have a \
           `review_by` that has passed: on the day of `--as-of`, without it today. \
           It is the one warning that `--strict` leaves be, so that nothing fails only because time goes by.",
    why: "The source may have a newer edition, and the line by which clients are judged be out of date.",
    example: Example::Beside,
    before: "\
metrics:
  visits:
    title: Visits
    unit: count
    range: [0, 99]
    better: higher
    bands:
      - { from: 2019-01-01, source: house-2024, review_by: 2021-12-31, cuts: { good: \">= 8\", poor: rest } }
rules:
  - id: few-visits
    title: Clients are seldom seen
    why: Who is not seen is forgotten.
    when: band.visits is poor
    prescribe: [account-list]
    severity: low
",
    after: "\
metrics:
  visits:
    title: Visits
    unit: count
    range: [0, 99]
    better: higher
    bands:
      - { from: 2019-01-01, source: house-2024, review_by: 2099-12-31, cuts: { good: \">= 8\", poor: rest } }
rules:
  - id: few-visits
    title: Clients are seldom seen
    why: Who is not seen is forgotten.
    when: band.visits is poor
    prescribe: [account-list]
    severity: low
",
    fix: "Look at the source again. Where it still holds move `review_by`; where it does not add new bands with their own `from`.",
};

/// Only the newest bands of a metric: older ones stay as they were.
pub fn stale(pack: &Pack, today: Date) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut tell = |what: &str, id: &str, span: Span, review_by: Option<Date>| {
        let Some(review_by) = review_by.filter(|day| *day < today) else { return };
        let message = format!("the {what} of `{id}` were to be reviewed by {review_by}");
        let help = format!(
            "look at the source again, then move `review_by` or add new {what} with their own `from`"
        );
        out.push(super::warning(Code::StaleReview, span, message).label("past its day").help(help));
    };
    let metrics = pack.metrics.iter().map(|metric| (metric.id.as_str(), &metric.bands));
    let areas = pack.areas.iter().map(|area| (area.id.as_str(), &area.bands));
    let total = pack.total.iter().map(|total| ("total", &total.bands));
    for (id, bands) in metrics.chain(areas).chain(total) {
        newest(bands).for_each(|dated| tell("bands", id, dated.value.span, dated.review_by));
    }
    for metric in &pack.metrics {
        newest(&metric.points)
            .for_each(|dated| tell("points", &metric.id, dated.value.cuts.span, dated.review_by));
    }
    out.extend(thresholds(pack, today));
    out
}

/// Those adopted on the last day of all.
fn newest<T>(list: &[Dated<T>]) -> impl Iterator<Item = &Dated<T>> {
    let day = list.last().map(|dated| dated.from);
    list.iter().filter(move |dated| Some(dated.from) == day)
}

/// Only the newest value of a threshold.
fn thresholds(pack: &Pack, today: Date) -> Vec<Diagnostic> {
    let newest = pack.thresholds.iter().filter_map(|threshold| Some((threshold, threshold.values.last()?)));
    newest
        .filter_map(|(threshold, value)| {
            let review_by = value.review_by.filter(|day| *day < today)?;
            let message = format!("threshold `{}` was to be reviewed by {review_by}", threshold.id);
            Some(
                super::warning(Code::StaleReview, super::id_span(&threshold.id, threshold.span), message).label("past its day").help(
                    "look at the source again, then move `review_by` or add a new value with its own `from`",
                ),
            )
        })
        .collect()
}
