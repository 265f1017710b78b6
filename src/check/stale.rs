//! Bands and thresholds past the day on which somebody meant to look at them again.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Example, Page};
use crate::model::{Dated, Pack};
use crate::source::Span;

pub const PAGE: Page = Page {
    code: Code::StaleReview,
    title: "bands past their day of review",
    what: "The newest bands of a metric have a `review_by` that has passed: on the day of `--as-of`, without it today. \
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

/// Only the newest bands and points: older ones stay as they were.
pub fn stale(pack: &Pack, today: Date) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for metric in &pack.metrics {
        out.extend(newest(&metric.bands, today, "bands", &metric.id, |bands| bands.span));
        out.extend(newest(&metric.points, today, "points", &metric.id, |points| points.cuts.span));
    }
    // Bands of the pack are those of every score without its own: told once.
    let mut told: Vec<Span> = Vec::new();
    let areas = pack.areas.iter().map(|area| (area.id.as_str(), &area.bands));
    for (id, bands) in areas.chain(pack.total.iter().map(|total| ("total", &total.bands))) {
        for fault in newest(bands, today, "bands", id, |bands| bands.span) {
            if fault.span.is_none_or(|span| !told.contains(&span)) {
                told.extend(fault.span);
                out.push(fault);
            }
        }
    }
    out.extend(thresholds(pack, today));
    out
}

/// The lists that would be in force today, where they were to be looked at again before.
fn newest<T>(
    lists: &[Dated<T>],
    today: Date,
    what: &str,
    id: &str,
    span: impl Fn(&T) -> Span,
) -> Vec<Diagnostic> {
    let held = lists[Dated::on(lists, None)].iter();
    held.filter_map(|dated| {
        let review_by = dated.review_by.filter(|day| *day < today)?;
        let message = format!("the {what} of `{id}` were to be reviewed by {review_by}");
        let fault = super::warning(Code::StaleReview, span(&dated.value), message);
        Some(fault.label("past its day").help(format!(
            "look at the source again, then move `review_by` or add new {what} with their own `from`"
        )))
    })
    .collect()
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
