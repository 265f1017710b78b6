//! A number as somebody typed it → digits with at most one point, where only one thing can be meant.
//!
//! Three digits behind a single sign may be thousands or decimals: what else stands in the column, then in the export,
//! decides it, and where that says nothing, nothing is decided.

use crate::answers::tidy;
use crate::model::{Number, Unit};

/// Characters beyond which nothing is a number with its unit.
const LONGEST: usize = 200;

/// The sign in front of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    Point,
    Comma,
}

/// What is known of it for one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    pub decimals: Decimals,
    /// Whether somebody said it, or the file holds numbers as such: what other cells show makes thousands certain, but
    /// not three decimals, as another hand may have typed the other sign.
    pub sure: bool,
}

/// How a number was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    AsTyped,
    Read(String),
    /// Two readings, neither of which is beyond doubt.
    Doubtful(String, String),
}

/// Words before a number that leave it what it is.
const ABOUT: [&str; 14] = [
    "approximately ",
    "approx. ",
    "approx ",
    "about ",
    "around ",
    "roughly ",
    "circa ",
    "ca. ",
    "ca ",
    "c. ",
    "etwa ",
    "ungefähr ",
    "environ ",
    "~",
];
/// Words for units that answers files do not know.
const UNITS: [(&str, &str); 21] = [
    ("hrs", "hours"),
    ("hr", "hours"),
    ("std", "hours"),
    ("stunden", "hours"),
    ("stunde", "hours"),
    ("heures", "hours"),
    ("heure", "hours"),
    ("horas", "hours"),
    ("mins", "minutes"),
    ("minuten", "minutes"),
    ("minutos", "minutes"),
    ("secs", "seconds"),
    ("sekunden", "seconds"),
    ("tage", "days"),
    ("tag", "days"),
    ("jours", "days"),
    ("jour", "days"),
    ("días", "days"),
    ("wochen", "weeks"),
    ("monate", "months"),
    ("jahre", "years"),
];

/// A text around its number.
struct Parts<'t> {
    before: &'t str,
    /// Digits and the signs between them, without spaces and apostrophes.
    number: String,
    /// Whether spaces or apostrophes stood between the thousands.
    spaced: bool,
    after: &'t str,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Option<Parts<'t>> {
        let bytes = text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let first = (0..bytes.len()).find(|at| digit(*at))?;
        let start = if first > 0 && matches!(bytes[first - 1], b'.' | b',') { first - 1 } else { first };
        let mut end = first;
        while end < bytes.len() {
            let part = match bytes[end] {
                b'0'..=b'9' => true,
                b'.' | b',' => digit(end + 1),
                b'\'' | b' ' => (1..=3).all(|ahead| digit(end + ahead)) && !digit(end + 4),
                _ => false,
            };
            if !part {
                break;
            }
            end += 1;
        }
        let number = &text[start..end];
        let (before, after) = (&text[..start], &text[end..]);
        let spaced = number.contains([' ', '\'']);
        if spaced {
            let whole = number.split(['.', ',']).next().unwrap_or("");
            let mut groups = whole.split([' ', '\'']);
            let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
            let rest = number.len() - whole.len();
            // Behind the decimals stands no further group, and there is one sign of decimals at most.
            let tail = rest == 0 || number[whole.len() + 1..].bytes().all(|byte| byte.is_ascii_digit());
            if !first || !groups.all(|group| group.len() == 3) || !tail {
                return None;
            }
        }
        let number = number.replace([' ', '\''], "");
        Some(Parts { before, number, spaced, after })
    }

    /// The digits by what they plainly say, or both readings.
    fn digits(&self, known: Option<Sign>) -> Figure {
        let digits = self.number.as_str();
        let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
        let Some(last) = digits.rfind([',', '.']) else {
            return if self.spaced { Figure::Read(digits.to_owned()) } else { Figure::AsTyped };
        };
        let read = |text: String| Figure::Read(text);
        let sign = digits.as_bytes()[last];
        match (commas, points) {
            (1, 0) | (0, 1) => {
                let (joined, pointed) = (digits.replace([',', '.'], ""), digits.replace(',', "."));
                let as_decimals = || if sign == b',' { read(pointed.clone()) } else { self.same(digits) };
                if self.spaced || !may_be_thousands(digits, last) {
                    return as_decimals();
                }
                match known {
                    Some(Sign { decimals: Decimals::Comma, .. }) if sign == b'.' => read(joined),
                    Some(Sign { decimals: Decimals::Point, .. }) if sign == b',' => read(joined),
                    Some(Sign { sure: true, .. }) => as_decimals(),
                    _ => Figure::Doubtful(joined, pointed),
                }
            }
            (2.., 0) if grouped(digits, ',') => read(digits.replace(',', "")),
            (0, 2..) if grouped(digits, '.') => read(digits.replace('.', "")),
            // `1.234,5` and `1,234.5`; two signs say which is which.
            (1, 1..) if sign == b',' && grouped(&digits[..last], '.') => {
                read(digits.replace('.', "").replace(',', "."))
            }
            (1.., 1) if sign == b'.' && grouped(&digits[..last], ',') => read(digits.replace(',', "")),
            _ => Figure::AsTyped,
        }
    }

    fn same(&self, digits: &str) -> Figure {
        if self.spaced { Figure::Read(digits.to_owned()) } else { Figure::AsTyped }
    }

    /// Which sign stands before decimals here, where this number alone says it.
    fn evidence(&self) -> Option<Decimals> {
        let digits = self.number.as_str();
        let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
        let last = digits.rfind([',', '.'])?;
        let sign = digits.as_bytes()[last];
        match (commas, points) {
            (1, 0) | (0, 1) if self.spaced || !may_be_thousands(digits, last) => {
                Some(if sign == b',' { Decimals::Comma } else { Decimals::Point })
            }
            (2.., 0) if grouped(digits, ',') => Some(Decimals::Point),
            (0, 2..) if grouped(digits, '.') => Some(Decimals::Comma),
            (1, 1..) if sign == b',' && grouped(&digits[..last], '.') => Some(Decimals::Comma),
            (1.., 1) if sign == b'.' && grouped(&digits[..last], ',') => Some(Decimals::Point),
            _ => None,
        }
    }
}

/// `1.234` and `12,345`, but not `0.125`, `.125` or `1234.567`.
fn may_be_thousands(digits: &str, last: usize) -> bool {
    digits.len() - last - 1 == 3 && (1..=3).contains(&last) && !digits.starts_with('0')
}

fn grouped(digits: &str, sign: char) -> bool {
    let mut groups = digits.split(sign);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

/// The text without words such as `about`; none where letters change their length with their case.
fn bare(whole: &str) -> Option<&str> {
    let mut kept = whole;
    let mut text = whole.to_lowercase();
    while let Some(word) = ABOUT.iter().find(|word| text.starts_with(**word)) {
        if text.len() != kept.len() {
            return None;
        }
        kept = kept[word.len()..].trim_start();
        text = kept.to_lowercase();
    }
    (text.len() == kept.len()).then_some(kept)
}

/// Which sign stands before decimals in a cell, where the cell alone says it.
pub fn evidence(cell: &str) -> Option<Decimals> {
    if cell.len() > LONGEST {
        return None;
    }
    let whole = tidy(cell);
    let parts = Parts::of(bare(&whole)?)?;
    // A date, a range or an address holds more digits.
    (!parts.after.contains(|c: char| c.is_ascii_digit())).then(|| parts.evidence())?
}

/// Reads a number that was typed freely, as answers files write it: `about 18` and `18,1 %`.
pub fn figure(cell: &str, known: Option<Sign>, unit: &Unit) -> Figure {
    if cell.len() > LONGEST {
        return Figure::AsTyped;
    }
    let whole = tidy(cell);
    let Some(kept) = bare(&whole) else { return Figure::AsTyped };
    let plain = || if kept == whole { Figure::AsTyped } else { Figure::Read(kept.to_owned()) };
    let Some(parts) = Parts::of(kept) else { return plain() };
    if parts.after.contains(|c: char| c.is_ascii_digit()) {
        return plain();
    }
    let (before, after, times) = dressed(&parts, unit);
    let put = |digits: &str| {
        let digits = match times {
            1 => digits.to_owned(),
            times => match Number::parse(digits) {
                Some(value) => (&value * &Number::from(times)).to_decimal(30),
                None => digits.to_owned(),
            },
        };
        format!("{before}{digits}{after}")
    };
    let read = match parts.digits(known) {
        Figure::AsTyped => put(&parts.number),
        Figure::Read(digits) => put(&digits),
        Figure::Doubtful(joined, pointed) => return Figure::Doubtful(put(&joined), put(&pointed)),
    };
    if read == whole { Figure::AsTyped } else { Figure::Read(read) }
}

/// What stands before and behind the number, as answers files write it, and by what the number is multiplied.
fn dressed(parts: &Parts<'_>, unit: &Unit) -> (String, String, i64) {
    let (mut before, mut after) = (parts.before.to_owned(), parts.after.to_owned());
    for word in [" percent", " per cent", " pct", " prozent", "percent", "pct"] {
        if after.to_lowercase().ends_with(word) {
            after.truncate(after.len() - word.len());
            after = format!("{}%", after.trim_end());
            break;
        }
    }
    let mut times = 1;
    if let Unit::Money(code) = unit {
        let signs: &[&str] = match code.as_str() {
            "USD" | "CAD" | "AUD" | "NZD" | "SGD" | "HKD" => &["$"],
            "EUR" => &["€"],
            "GBP" => &["£"],
            "JPY" | "CNY" => &["¥"],
            _ => &[],
        };
        let mut signed = false;
        for sign in signs {
            if before.trim() == *sign {
                before.clear();
                signed = true;
            } else if let Some(rest) = after.trim().strip_suffix(sign) {
                after = rest.trim().to_owned();
                signed = true;
            }
        }
        let own = code.to_lowercase();
        let word = after.trim().to_lowercase();
        let word = word.strip_suffix(own.as_str()).map_or(word.as_str(), str::trim);
        times = match word {
            "k" | "tsd" | "tsd." => 1_000,
            "m" | "mn" | "mio" | "mio." | "million" => 1_000_000,
            _ => 1,
        };
        if times > 1 || (signed && after.trim().is_empty()) {
            after.clear();
        }
    }
    let word = after.trim().trim_end_matches('.').to_lowercase();
    if let Some((_, name)) = UNITS.iter().find(|(spelt, _)| *spelt == word) {
        after = format!(" {name}");
    }
    (before, after, times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_says_nothing_of_decimals() {
        for cell in ["1.2,3", "1,2.3", "12", "1,234"] {
            assert!(evidence(cell).is_none(), "{cell}");
        }
        assert!(matches!(evidence("1.234,5"), Some(Decimals::Comma)));
        assert!(matches!(evidence("1,234.5"), Some(Decimals::Point)));
    }

    fn read(typed: &str, known: Option<Sign>, unit: &Unit) -> Option<String> {
        match figure(typed, known, unit) {
            Figure::AsTyped => None,
            Figure::Read(read) => Some(read),
            Figure::Doubtful(one, other) => Some(format!("{one} or {other}")),
        }
    }

    #[test]
    fn numbers_typed_freely_are_read_where_one_thing_can_be_meant() {
        for (typed, expected) in [
            ("about 18", Some("18")),
            ("~ 18 %", Some("18 %")),
            ("18,1 %", Some("18.1 %")),
            ("ca. 1.234,5", Some("1234.5")),
            ("1,234.5 hours", Some("1234.5 hours")),
            ("1,234,567.8", Some("1234567.8")),
            ("18 percent", Some("18%")),
            ("1,234", Some("1234 or 1.234")),
            ("1.234", Some("1234 or 1.234")),
            ("400.000 EUR", Some("400000 EUR or 400.000 EUR")),
            ("0.125", None),
            ("0,125", Some("0.125")),
            (".125", None),
            ("1234.567", None),
            ("1.2345", None),
            ("1,200,000", Some("1200000")),
            ("1.200.000", Some("1200000")),
            ("1 200 000", Some("1200000")),
            ("1\u{a0}200\u{202f}000,50", Some("1200000.50")),
            ("900\u{2019}000", Some("900000")),
            ("24 hrs", Some("24 hours")),
            ("3 Std.", Some("3 hours")),
            ("18", None),
            ("18 or 19", None),
            ("1,23,4.5", None),
            ("1.20.000", None),
            ("2026 1200", None),
            ("04.10.2026", None),
            ("NaN", None),
            ("", None),
        ] {
            assert_eq!(read(typed, None, &Unit::None).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn the_sign_of_decimals_settles_three_digits_behind_one_sign() {
        for (typed, decimals, expected) in [
            ("400.000", Decimals::Comma, Some("400000")),
            ("400.000", Decimals::Point, None),
            ("1,234", Decimals::Point, Some("1234")),
            ("1,234", Decimals::Comma, Some("1.234")),
            ("9.5", Decimals::Comma, None),
        ] {
            let known = Sign { decimals, sure: true };
            assert_eq!(read(typed, Some(known), &Unit::None).as_deref(), expected, "{typed}");
        }
        // Other cells make thousands certain, not decimals.
        let shown = Some(Sign { decimals: Decimals::Point, sure: false });
        assert_eq!(read("400,000", shown, &Unit::None).as_deref(), Some("400000"));
        assert_eq!(read("400.000", shown, &Unit::None).as_deref(), Some("400000 or 400.000"));
        for (typed, expected) in [
            ("1.200.000", Some(Decimals::Comma)),
            ("9,5", Some(Decimals::Comma)),
            ("1 200,5", Some(Decimals::Comma)),
            ("1,200,000", Some(Decimals::Point)),
            ("9.5", Some(Decimals::Point)),
            ("0.125", Some(Decimals::Point)),
            ("400.000", None),
            ("1,234", None),
            ("04.10.2026", None),
            ("5.5-7.5", None),
            ("12", None),
        ] {
            assert_eq!(evidence(typed), expected, "{typed}");
        }
    }

    #[test]
    fn signs_of_money_are_the_metrics_own_unit() {
        let (dollars, euros) = (Unit::Money("USD".to_owned()), Unit::Money("EUR".to_owned()));
        for (typed, unit, expected) in [
            ("$400000", &dollars, Some("400000")),
            ("$650k", &dollars, Some("650000")),
            ("$1.2M", &dollars, Some("1200000")),
            ("400000 €", &euros, Some("400000")),
            ("400000 EUR", &euros, None),
            ("650k EUR", &euros, Some("650000")),
            ("$400000", &euros, None),
            ("€ 1.200.000", &euros, Some("1200000")),
            ("650k", &Unit::Count, None),
        ] {
            assert_eq!(read(typed, None, unit).as_deref(), expected, "{typed}");
        }
    }
}
