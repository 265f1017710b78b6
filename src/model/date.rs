//! Days as people write them in files and on the command line.

use jiff::civil::Date;

/// Reads `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if shape { text.parse().ok() } else { None }
}

/// What somebody may have meant by a text that is no day as [`date`] reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    Nothing,
    /// Written as a day is, and in no calendar.
    NoSuchDay,
    /// Written in another way; two where day and month cannot be told apart.
    Days(Vec<Date>),
}

/// Reads days that are written with points, slashes, or without their zeros.
pub fn meant_day(text: &str) -> Meant {
    let parts: Vec<&str> = text.trim().split(['.', '/', '-']).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else { return Meant::Nothing };
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| -> Option<i16> {
        let plain = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    let day_of = |year: i16, month: i16, day: i16| Date::new(year, month as i8, day as i8).ok();
    if let (Some(year), Some(month), Some(day)) =
        (number(first, 4..=4), number(second, 1..=2), number(third, 1..=2))
    {
        return day_of(year, month, day).map_or(Meant::NoSuchDay, |day| Meant::Days(vec![day]));
    }
    let (Some(first), Some(second), Some(year)) =
        (number(first, 1..=2), number(second, 1..=2), number(third, 4..=4))
    else {
        return Meant::Nothing;
    };
    // Only a slash is used with the month before the day.
    let month_first = text.contains('/').then(|| day_of(year, first, second)).flatten();
    let mut days: Vec<Date> = day_of(year, second, first).into_iter().chain(month_first).collect();
    days.dedup();
    if days.is_empty() { Meant::NoSuchDay } else { Meant::Days(days) }
}

#[cfg(test)]
mod tests {
    use super::{Meant, meant_day};

    #[test]
    fn days_in_other_dress_are_known() {
        let days = |text: &str| match meant_day(text) {
            Meant::Days(days) => days.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            other => format!("{other:?}"),
        };
        assert_eq!(days("31.12.2028"), "2028-12-31");
        assert_eq!(days("1.3.2026"), "2026-03-01");
        assert_eq!(days("2026-3-1"), "2026-03-01");
        assert_eq!(days("3/1/2026"), "2026-01-03 2026-03-01");
        assert_eq!(days("12/31/2026"), "2026-12-31");
        assert_eq!(days("2026-02-30"), "NoSuchDay");
        assert_eq!(days("30.2.2026"), "NoSuchDay");
        assert_eq!(days("next year"), "Nothing");
        assert_eq!(days("26-02-03"), "Nothing");
    }
}
