//! Times as form tools write them, as far as the day goes and which of two is the later.

use jiff::civil::Date;

/// A time as written, its day perhaps open: `8/4/2025` is in April or in August.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Year and the two other numbers in the order written.
    year: i16,
    first: i8,
    second: i8,
    /// Whether the year came first, so that the order is beyond doubt.
    iso: bool,
    /// Whether dots stand between the numbers, as where the day comes first.
    dotted: bool,
    /// Seconds of the day; none where no time of day was written.
    seconds: u32,
}

/// In which order day and month stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

impl Time {
    /// `2026/10/04 10:15:00 AM GMT+5:30`, `8/4/2025 23:25:41`, `2026-10-10T16:32:40Z`, `04.10.2026 16:32`.
    pub fn parse(text: &str) -> Option<Time> {
        let text = text.trim();
        let mut words = text.splitn(2, [' ', 'T', ',']);
        let day = words.next()?;
        let rest = words.next().unwrap_or("").trim();
        let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
        let [a, b, c] = parts.as_slice() else { return None };
        if ![a, b, c]
            .iter()
            .all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        {
            return None;
        }
        let number = |text: &str| text.parse::<i16>().ok();
        let iso = a.len() == 4;
        let (year, first, second) = if iso {
            (number(a)?, number(b)?, number(c)?)
        } else if c.len() == 4 {
            (number(c)?, number(a)?, number(b)?)
        } else if c.len() == 2 {
            (2000 + number(c)?, number(a)?, number(b)?)
        } else {
            return None;
        };
        let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
        let dotted = day.contains('.');
        let time = Time { year, first, second, iso, dotted, seconds: seconds(rest)? };
        (time.date(Order::MonthFirst).is_some() || time.date(Order::DayFirst).is_some()).then_some(time)
    }

    /// The day, where day and month stand in this order.
    pub fn date(self, order: Order) -> Option<Date> {
        let (month, day) = match order {
            _ if self.iso => (self.first, self.second),
            Order::MonthFirst => (self.first, self.second),
            Order::DayFirst => (self.second, self.first),
        };
        Date::new(self.year, month, day).ok()
    }

    /// For telling which of two came later.
    pub fn moment(self, order: Order) -> Option<(Date, u32)> {
        Some((self.date(order)?, self.seconds))
    }
}

/// Seconds of the day of `10:15:00 AM GMT+5:30`; 0 where nothing is written, none where it is no time.
fn seconds(text: &str) -> Option<u32> {
    if text.is_empty() {
        return Some(0);
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    let mut parts = clock.split(':').map(|part| part.parse::<u32>().ok());
    let hour = parts.next()??;
    let minute = parts.next()??;
    let second = parts.next().unwrap_or(Some(0))?;
    let rest = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim_start().to_lowercase();
    let hour = match (rest.starts_with("am"), rest.starts_with("pm")) {
        (true, _) => hour % 12,
        (_, true) => hour % 12 + 12,
        _ => hour,
    };
    (hour < 24 && minute < 60 && second < 61).then_some(hour * 3600 + minute * 60 + second)
}

/// The order of day and month that a column's times leave: none where both remain possible.
pub fn order<'t>(times: impl IntoIterator<Item = &'t Time>) -> Option<Order> {
    let (mut day_first, mut month_first) = (true, true);
    let (mut any, mut dotted) = (false, true);
    for time in times {
        any |= !time.iso;
        dotted &= time.iso || time.dotted;
        day_first &= time.date(Order::DayFirst).is_some();
        month_first &= time.date(Order::MonthFirst).is_some();
    }
    match (any, day_first, month_first) {
        (false, ..) => Some(Order::DayFirst),
        (_, true, false) => Some(Order::DayFirst),
        (_, false, true) => Some(Order::MonthFirst),
        (_, true, true) if dotted => Some(Order::DayFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: Order) -> Option<String> {
        Time::parse(text)?.moment(order).map(|(date, seconds)| format!("{date} {seconds}"))
    }

    #[test]
    fn times_are_read_as_tools_write_them() {
        for (text, expected) in [
            ("2026/10/04 10:15:00 AM GMT+5:30", Some("2026-10-04 36900")),
            ("2026/10/04 12:15:00 AM GMT+3", Some("2026-10-04 900")),
            ("2026-10-10 16:32:40", Some("2026-10-10 59560")),
            ("2026-10-10T16:32:40.123Z", Some("2026-10-10 59560")),
            ("2026-03-01", Some("2026-03-01 0")),
            ("24.12.2026 08:00", Some("2026-12-24 28800")),
            ("7/2/20 11:00:22", Some("2020-02-07 39622")),
            ("13/13/2026", None),
            ("2026-02-30", None),
            ("yesterday", None),
            ("1-2", None),
            ("99/99/9999 99:99", None),
        ] {
            assert_eq!(read(text, Order::DayFirst).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_column_says_which_number_is_the_month() {
        let of = |texts: &[&str]| {
            let times: Vec<Time> = texts.iter().filter_map(|text| Time::parse(text)).collect();
            order(&times)
        };
        assert_eq!(of(&["8/4/2025", "8/14/2025"]), Some(Order::MonthFirst));
        assert_eq!(of(&["8/4/2025", "14/8/2025"]), Some(Order::DayFirst));
        assert_eq!(of(&["8/4/2025"]), None);
        assert_eq!(of(&["2025-04-08"]), Some(Order::DayFirst));
        assert_eq!(of(&["04.10.2026", "05.10.2026 10:52"]), Some(Order::DayFirst));
        assert_eq!(of(&["04.10.2026", "05/10/2026"]), None);
    }
}
