//! When one looks at what became of a step.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How many days after a step is due it is looked at.
const AFTER: u32 = 7;
const COUNTED: &str = "day ";

/// The working day on which to look at what became of something that is due: a week later, on a Monday where that is a
/// weekend.
pub fn review_day(due: Date) -> Date {
    let after = due.checked_add(i64::from(AFTER).days()).unwrap_or(due);
    let to_monday = match after.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    after.checked_add(to_monday.days()).unwrap_or(after)
}

/// The same where no day is known from which to count: `day 37` of something that is due within 30 days.
pub fn review_after(days: u32) -> String {
    format!("{COUNTED}{}", days + AFTER)
}

/// Whether a text is one that [`review_after`] gives.
pub fn is_review_after(text: &str) -> bool {
    text.strip_prefix(COUNTED)
        .is_some_and(|days| !days.is_empty() && days.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_a_week_later_on_a_working_day() {
        for (due, review) in
            [("2026-04-10", "2026-04-17"), ("2026-04-11", "2026-04-20"), ("2026-04-12", "2026-04-20")]
        {
            assert_eq!(crate::model::date(due).map(review_day), crate::model::date(review), "{due}");
        }
        assert_eq!(review_after(30), "day 37");
        assert!(is_review_after("day 37") && !is_review_after("day one") && !is_review_after("2026-04-10"));
    }
}
