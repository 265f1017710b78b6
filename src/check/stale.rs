//! Bands past the day on which somebody meant to look at them again.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic};
use crate::model::Pack;

/// Only the newest bands of a metric: older ones stay as they were.
pub fn stale(pack: &Pack, today: Date) -> Vec<Diagnostic> {
    let newest = |metric: &'_ crate::model::Metric| {
        metric.bands.last().cloned().map(|dated| (metric.id.clone(), dated))
    };
    pack.metrics
        .iter()
        .filter_map(newest)
        .filter_map(|(id, dated)| {
            let review_by = dated.review_by.filter(|day| *day < today)?;
            Some(
                super::warning(
                    Code::StaleReview,
                    dated.bands.span,
                    format!("the bands of `{id}` were to be reviewed by {review_by}"),
                )
                .label("past its day")
                .help(
                    "look at the source again, then move `review_by` or add new bands with their own `from`",
                ),
            )
        })
        .collect()
}
