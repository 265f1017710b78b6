//! Numbers with units as people write them, fitted to the unit that is wanted.

use crate::diag::{Code, did_you_mean};
use crate::model::{Number, Unit};

/// What a number is read for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The thing that is measured, in the author's words, such as `churn_rate`.
    pub name: &'a str,
    pub unit: &'a Unit,
    /// Both ends included, in `unit`.
    pub range: Option<&'a (Number, Number)>,
    /// The units that the pack declares.
    pub declared: &'a [String],
    /// Whether a number without a unit is read in the wanted one.
    pub bare: bool,
}

/// Why a written quantity does not fit; the caller knows the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    pub code: Code,
    pub message: String,
    pub label: String,
    pub help: Option<String>,
    /// What to write instead of the digits, where only one thing can be meant.
    pub instead: Option<String>,
}

/// Digits and what stands behind them: `18.1%` gives `18.1` and `%`.
pub fn split(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|(at, c)| {
            !(c.is_ascii_digit() || matches!(c, '.' | ',') || (*at == 0 && matches!(c, '-' | '+')))
        })
        .map_or(text.len(), |(at, _)| at);
    let unit = text[end..].trim();
    (&text[..end], (!unit.is_empty()).then_some(unit))
}

/// A unit by any of its spellings, the pack's own first; case does not matter.
pub fn unit(word: &str, declared: &[String]) -> Option<Unit> {
    let word = word.to_lowercase();
    let same = |name: &&String| {
        let plural = name.to_lowercase();
        let singular = Unit::Declared(plural.clone()).after("1");
        plural == word || singular.strip_prefix("1 ") == Some(word.as_str())
    };
    let own = declared.iter().find(same).map(|name| Unit::Declared(name.clone()));
    own.or_else(|| Unit::built_in(&word)).or_else(|| Unit::built_in(&word.to_uppercase()))
}

/// The code of a currency that people name by its sign or in words.
pub fn currency(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "€" | "euro" | "euros" => "EUR",
        "$" | "us$" | "dollar" | "dollars" => "USD",
        "£" | "pound" | "pounds" | "pound sterling" => "GBP",
        "¥" | "yen" => "JPY",
        "sfr" | "sfr." | "fr." | "franken" | "swiss franc" | "swiss francs" => "CHF",
        "zł" | "zloty" | "złoty" => "PLN",
        "₹" | "rupee" | "rupees" => "INR",
        _ => return None,
    })
}

/// The message for a word that is no unit.
pub fn unknown_unit(word: &str, declared: &[String]) -> Misfit {
    let known = Unit::BUILT_IN.iter().map(|(name, _)| *name).chain(declared.iter().map(String::as_str));
    let near = currency(word).map(|code| match word.to_lowercase().as_str() {
        "$" | "dollar" | "dollars" => format!("write `{code}`, or the code of another dollar, such as `CAD`"),
        _ => format!("write `{code}`"),
    });
    let near = near.or_else(|| did_you_mean(word, known));
    Misfit {
        code: Code::UnknownUnit,
        message: format!("`{word}` is no unit"),
        label: "unknown unit".to_owned(),
        help: Some(near.unwrap_or_else(|| format!("declare it: `units: [{word}]`"))),
        instead: None,
    }
}

/// A number by its digits; a comma is told with what it may mean.
pub fn number(digits: &str) -> Result<Number, Misfit> {
    if let Some(value) = Number::parse(digits) {
        return Ok(value);
    }
    let misfit = |label: &str, help: Option<String>| Misfit {
        code: Code::Number,
        message: format!("`{digits}` is not written as a number"),
        label: label.to_owned(),
        help,
        instead: None,
    };
    if digits.contains(',') {
        let joined = digits.replace(',', "");
        let pointed = digits.replacen(',', ".", 1);
        let thousands = digits.split(',').skip(1).all(|group| group.len() == 3 && !group.contains('.'));
        let one = |written: String| (format!("write `{written}`"), Some(written));
        let (help, instead) =
            match (thousands && Number::parse(&joined).is_some(), Number::parse(&pointed).is_some()) {
                (true, true) => {
                    (format!("write `{joined}`, or `{pointed}` if the comma is a decimal point"), None)
                }
                (true, false) => one(joined),
                (false, true) => one(pointed),
                (false, false) => ("write digits with at most one point".to_owned(), None),
            };
        return Err(Misfit { instead, ..misfit("a comma in a number", Some(help)) });
    }
    if digits.len() > crate::model::MAX_DIGITS {
        return Err(misfit("too many digits", None));
    }
    Err(misfit("digits with at most one point are wanted", None))
}

/// A written quantity in the wanted unit and range.
pub fn fit(digits: &str, unit_word: Option<&str>, wanted: Wanted<'_>) -> Result<Number, Misfit> {
    let value = number(digits)?;
    let value = match unit_word {
        None => without_unit(digits, value, wanted)?,
        Some(word) => {
            let unknown = || match wanted.unit {
                Unit::Money(code) if currency(word) == Some(code) => Misfit {
                    help: Some(format!("write `{}`", wanted.unit.after(digits))),
                    ..unknown_unit(word, wanted.declared)
                },
                _ => unknown_unit(word, wanted.declared),
            };
            let given = unit(word, wanted.declared).ok_or_else(unknown)?;
            match given.factor_to(wanted.unit) {
                Some(factor) => &value * &factor,
                None => return Err(wrong_unit(digits, wanted)),
            }
        }
    };
    match wanted.range {
        Some((low, high)) if value < *low || value > *high => Err(Misfit {
            code: Code::OutOfRange,
            message: format!(
                "{} is outside the range of `{}`",
                wanted.unit.after(&value.to_string()),
                wanted.name
            ),
            label: range_words(wanted),
            help: None,
            instead: None,
        }),
        _ => Ok(value),
    }
}

fn without_unit(digits: &str, value: Number, wanted: Wanted<'_>) -> Result<Number, Misfit> {
    let fraction = *wanted.unit == Unit::Percent && value > Number::zero() && value < Number::one();
    let needs = !matches!(wanted.unit, Unit::None | Unit::Points | Unit::Count);
    if (wanted.bare || !needs) && !fraction {
        return Ok(value);
    }
    let own = wanted.unit.after(digits);
    let help = if fraction {
        let hundred = &value * &Number::from(100i64);
        format!("write `{}`, or `{own}` if that is meant", wanted.unit.after(&hundred.to_string()))
    } else {
        format!("write `{own}`")
    };
    Err(Misfit {
        code: Code::UnitMissing,
        message: "this number needs a unit".to_owned(),
        label: measured_in(wanted),
        help: Some(help),
        instead: (!fraction).then_some(own),
    })
}

fn wrong_unit(digits: &str, wanted: Wanted<'_>) -> Misfit {
    let help = match wanted.unit {
        Unit::None => format!("write `{digits}`"),
        unit => format!("write it as `{}`", unit.after(digits)),
    };
    Misfit {
        code: Code::UnitWrong,
        message: format!("this unit does not fit `{}`", wanted.name),
        label: measured_in(wanted),
        help: Some(help),
        instead: None,
    }
}

/// "churn_rate is a percentage (0% to 100%)"
fn measured_in(wanted: Wanted<'_>) -> String {
    let kind = match wanted.unit {
        Unit::None => "is a plain number".to_owned(),
        Unit::Percent => "is a percentage".to_owned(),
        Unit::Times => "is a multiple, such as 3x".to_owned(),
        unit => format!("is in {}", unit.name()),
    };
    match range_words(wanted) {
        range if range.is_empty() => format!("{} {kind}", wanted.name),
        range => format!("{} {kind} ({range})", wanted.name),
    }
}

fn range_words(wanted: Wanted<'_>) -> String {
    match wanted.range {
        Some((low, high)) => wanted.unit.from_to(&low.to_string(), &high.to_string()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, unit: &Unit, bare: bool) -> Result<String, (Code, String)> {
        let range = (Number::zero(), Number::from(100i64));
        let (digits, word) = split(text);
        let wanted =
            Wanted { name: "churn_rate", unit, range: Some(&range), declared: &["clients".into()], bare };
        fit(digits, word, wanted)
            .map(|value| value.to_string())
            .map_err(|misfit| (misfit.code, misfit.help.unwrap_or(misfit.label)))
    }

    #[test]
    fn quantities_are_fitted_or_told() {
        assert_eq!(read("15%", &Unit::Percent, false), Ok("15".into()));
        assert_eq!(read("15", &Unit::Percent, false), Err((Code::UnitMissing, "write `15%`".into())));
        assert_eq!(
            read("0.15", &Unit::Percent, true),
            Err((Code::UnitMissing, "write `15%`, or `0.15%` if that is meant".into()))
        );
        assert_eq!(read("90 min", &Unit::Hours, false), Ok("1.5".into()));
        assert_eq!(read("2 weeks", &Unit::Hours, false).unwrap_err().0, Code::OutOfRange);
        assert_eq!(read("2 months", &Unit::Hours, false).unwrap_err().0, Code::UnitWrong);
        assert_eq!(read("2 foos", &Unit::Hours, false).unwrap_err().1, "declare it: `units: [foos]`");
        assert_eq!(read("1 client", &Unit::Declared("clients".into()), false), Ok("1".into()));
        assert_eq!(
            read("1,000", &Unit::None, true).unwrap_err().1,
            "write `1000`, or `1.000` if the comma is a decimal point"
        );
        assert_eq!(read("18,1", &Unit::None, true).unwrap_err().1, "write `18.1`");
    }
}
