//! What depends on dates: the thresholds that hold on a day, and what was known in earlier rounds.

use jiff::civil::Date;

use super::work_out;
use crate::diag::Code;
use crate::model::{Number, Pack, Problem, Respondent, Round, ThresholdValue, Values};

/// The value of each threshold that holds on a day, in pack order.
pub fn thresholds(pack: &Pack, as_of: Option<Date>) -> Vec<ThresholdValue> {
    told_thresholds(pack, as_of, &mut Vec::new())
}

/// The same; what was adopted only after the day, or is past its review, is told.
pub(super) fn told_thresholds(
    pack: &Pack,
    as_of: Option<Date>,
    problems: &mut Vec<Problem>,
) -> Vec<ThresholdValue> {
    let mut out = Vec::new();
    for threshold in &pack.thresholds {
        let Some((place, dated)) = threshold.on(as_of).map(|place| (place, &threshold.values[place])) else {
            // A threshold without a value is refused while loading.
            out.push(ThresholdValue { value: Number::zero(), dated: 0 });
            continue;
        };
        let id = &threshold.id;
        let mut tell = |code: Code, message: String| {
            problems.push(Problem { code: code.name(), at: format!("thresholds.{id}"), message });
        };
        if let Some(day) = as_of {
            if let Some(from) = dated.from.filter(|from| *from > day) {
                let message =
                    format!("threshold `{id}` was adopted on {from}, after {day}: the oldest value is used");
                tell(Code::BandsTooNew, message);
            }
            if let Some(review_by) = dated.review_by.filter(|review_by| *review_by < day) {
                tell(Code::BandsPastReview, format!("threshold `{id}` was to be reviewed by {review_by}"));
            }
        }
        out.push(ThresholdValue { value: dated.value.clone(), dated: place });
    }
    out
}

/// What was known in each earlier round, oldest first, by the bands and thresholds of its own day.
pub fn rounds(pack: &Pack, respondent: &Respondent) -> Vec<Round> {
    let rounds = respondent.rounds.iter();
    rounds.map(|round| Round { date: round.date, values: work_out(pack, round, round.date).values }).collect()
}

/// One change a metric since a round: now less then, where both are known.
pub(super) fn trends(now: &Values, before: &Values) -> Vec<Option<(Number, Number)>> {
    let pairs = now.metrics.iter().zip(&before.metrics);
    pairs
        .map(|(now, then)| {
            let ((low, high), (from, to)) = (now.ends.as_ref()?, then.ends.as_ref()?);
            Some((low - to, high - from))
        })
        .collect()
}
