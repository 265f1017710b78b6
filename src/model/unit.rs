//! Units of measured numbers, and which of them convert into each other.

use super::Number;

/// The unit of a metric or of a number in a condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A plain number.
    None,
    /// `%`: 18.1% is held as 18.1.
    Percent,
    /// 0 to 100, the unit of scores.
    Points,
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Quarters,
    Years,
    /// A multiple, as in `3x`.
    Times,
    Count,
    /// An ISO 4217 code.
    Money(String),
    /// Declared by the pack, such as `clients`.
    Declared(String),
}

impl Unit {
    /// Every built-in unit under the name the formatter writes.
    pub const BUILT_IN: [(&'static str, Unit); 13] = [
        ("%", Unit::Percent),
        ("points", Unit::Points),
        ("ms", Unit::Milliseconds),
        ("seconds", Unit::Seconds),
        ("minutes", Unit::Minutes),
        ("hours", Unit::Hours),
        ("days", Unit::Days),
        ("weeks", Unit::Weeks),
        ("months", Unit::Months),
        ("quarters", Unit::Quarters),
        ("years", Unit::Years),
        ("x", Unit::Times),
        ("count", Unit::Count),
    ];

    /// A built-in unit or a currency by any of its spellings; declared units are the pack's to know.
    pub fn built_in(word: &str) -> Option<Unit> {
        let word_lower = word.to_lowercase();
        let unit = match word_lower.as_str() {
            "%" | "percent" => Unit::Percent,
            "points" | "point" => Unit::Points,
            "ms" | "milliseconds" | "millisecond" => Unit::Milliseconds,
            "seconds" | "second" | "sec" | "s" => Unit::Seconds,
            "minutes" | "minute" | "min" => Unit::Minutes,
            "hours" | "hour" | "h" => Unit::Hours,
            "days" | "day" | "d" => Unit::Days,
            "weeks" | "week" => Unit::Weeks,
            "months" | "month" => Unit::Months,
            "quarters" | "quarter" => Unit::Quarters,
            "years" | "year" => Unit::Years,
            "x" => Unit::Times,
            "count" => Unit::Count,
            _ if CURRENCIES.contains(&word) => Unit::Money(word.to_owned()),
            _ => return None,
        };
        Some(unit)
    }

    /// How many of the group's smallest unit one of it is, with the group's mark; none for units that stand alone.
    fn scale(&self) -> Option<(u8, i64)> {
        match self {
            Unit::Milliseconds => Some((0, 1)),
            Unit::Seconds => Some((0, 1000)),
            Unit::Minutes => Some((0, 60 * 1000)),
            Unit::Hours => Some((0, 60 * 60 * 1000)),
            Unit::Days => Some((0, 24 * 60 * 60 * 1000)),
            Unit::Weeks => Some((0, 7 * 24 * 60 * 60 * 1000)),
            Unit::Months => Some((1, 1)),
            Unit::Quarters => Some((1, 3)),
            Unit::Years => Some((1, 12)),
            _ => None,
        }
    }

    /// What one of `self` is in `other`: 1 for the same unit, none where they do not convert.
    pub fn factor_to(&self, other: &Unit) -> Option<Number> {
        if self == other {
            return Some(Number::one());
        }
        match (self.scale()?, other.scale()?) {
            ((a, above), (b, below)) if a == b => Some(Number::ratio(above, below)),
            _ => None,
        }
    }

    /// The unit's name as authors write it.
    pub fn name(&self) -> &str {
        match self {
            Unit::None => "",
            Unit::Money(code) => code,
            Unit::Declared(name) => name,
            built_in => Unit::BUILT_IN.iter().find(|(_, unit)| unit == built_in).map_or("", |(name, _)| name),
        }
    }

    /// A written number with its unit behind it, in the singular for 1: `18.1%`, `29 clients`, `1 month`, `3x`.
    pub fn after(&self, number: &str) -> String {
        match self {
            Unit::None | Unit::Count => number.to_owned(),
            Unit::Percent => format!("{number}%"),
            Unit::Times => format!("{number}x"),
            Unit::Money(code) => format!("{number} {code}"),
            Unit::Milliseconds => format!("{number} ms"),
            Unit::Declared(name) => {
                format!("{number} {}", if number == "1" { singular(name) } else { name.clone() })
            }
            other => {
                let name = other.name();
                format!("{number} {}", if number == "1" { &name[..name.len() - 1] } else { name })
            }
        }
    }

    /// Two written ends with the unit: `0% to 100%`, `1 to 5 months`.
    pub fn from_to(&self, low: &str, high: &str) -> String {
        let low = if *self == Unit::Percent { self.after(low) } else { low.to_owned() };
        format!("{low} to {}", self.after(high))
    }
}

/// English plurals are dropped only where that is certain; other declared names stay as they are.
fn singular(name: &str) -> String {
    // `m/s` and its like are no plurals.
    if !name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '_' | ' ')) {
        return name.to_owned();
    }
    match name.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => format!("{stem}y"),
        _ => match name.strip_suffix('s') {
            Some(stem) if !stem.ends_with('s') && stem.len() > 2 => stem.to_owned(),
            _ => name.to_owned(),
        },
    }
}

/// ISO 4217 codes in circulation (list of 2024), without funds, metals and test codes.
const CURRENCIES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
    "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY",
    "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP",
    "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR",
    "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT",
    "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR",
    "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK",
    "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD",
    "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY",
    "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF",
    "XPF", "YER", "ZAR", "ZMW", "ZWL",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_convert_within_their_group_and_never_across() {
        assert_eq!(Unit::Hours.factor_to(&Unit::Minutes), Some(Number::from(60i64)));
        assert_eq!(Unit::Days.factor_to(&Unit::Weeks), Some(Number::ratio(1, 7)));
        assert_eq!(Unit::Years.factor_to(&Unit::Months), Some(Number::from(12i64)));
        assert_eq!(Unit::Weeks.factor_to(&Unit::Months), None);
        assert_eq!(Unit::Percent.factor_to(&Unit::Points), None);
        assert_eq!(Unit::Minutes.factor_to(&Unit::Seconds), Some(Number::from(60i64)));
        assert_eq!(Unit::Milliseconds.factor_to(&Unit::Seconds), Some(Number::ratio(1, 1000)));
    }

    #[test]
    fn numbers_are_printed_with_their_units() {
        assert_eq!(Unit::Percent.after("18.1"), "18.1%");
        assert_eq!(Unit::Declared("clients".into()).after("1"), "1 client");
        assert_eq!(Unit::Months.after("1"), "1 month");
        assert_eq!(Unit::Money("EUR".into()).after("5"), "5 EUR");
        assert_eq!(Unit::Milliseconds.after("1"), "1 ms");
        assert_eq!(Unit::Seconds.after("1"), "1 second");
        assert_eq!(Unit::Declared("beats/s".into()).after("1"), "1 beats/s");
    }
}
