//! A measured number with or without its unit: `18.1%`, `90 min`, `EUR 5`, `12`.

use super::words::{tidy, typed};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{Measured, Number, Unit};
use crate::quantity;
use crate::source::Span;

/// Powers of ten in an exponent; more is a slip, not a measurement.
const MAX_EXPONENT: u32 = 30;
/// Signs of currencies, which say too little: there are twenty kinds of dollar.
const SYMBOLS: [&str; 4] = ["$", "€", "£", "¥"];
/// Characters of a text that is offered again with its number mended.
const OFFERED: usize = 60;

/// What the number is given for.
pub struct Subject<'a> {
    pub id: &'a str,
    pub unit: &'a Unit,
    pub range: Option<&'a (Number, Number)>,
    /// The code of a value that it does not take.
    pub code: Code,
    /// Names of the units that the pack declares.
    pub declared: &'a [String],
}

/// Reads a value in the subject's own unit, in one that converts into it, or bare.
pub fn measure(text: &str, span: Span, subject: &Subject) -> Result<Measured, Diagnostic> {
    let clean = tidy(text);
    let no_number = || {
        let message = format!("{} is no number for `{}`", typed(text), subject.id);
        Diagnostic::error(subject.code, span, message).label(wanted(subject))
    };
    let parts = Parts::of(&clean).ok_or_else(no_number)?;
    let word = if parts.before.is_empty() { parts.after } else { parts.before };
    // `5-7`, `about 5 hours` and `~5` are no measurements, whatever their unit.
    let both = !parts.before.is_empty() && !parts.after.is_empty();
    let unitlike = word.is_empty()
        || resolve(word, subject).is_some()
        || SYMBOLS.contains(&word)
        || (word.contains(char::is_alphabetic) && !word.contains(|c: char| c.is_ascii_digit()));
    if both || !unitlike {
        return Err(no_number());
    }
    let (value, decimals) = parts.number(text, span)?;
    let digit = (0..decimals).fold(Number::one(), |digit, _| &digit * &Number::ratio(1, 10));
    let (value, digit) = if word.is_empty() {
        refuse_share(&value, text, span, subject)?;
        (value, digit)
    } else {
        let unit = resolve(word, subject).ok_or_else(|| unknown_unit(word, parts.number, span, subject))?;
        let factor = unit.factor_to(subject.unit).ok_or_else(|| wrong_unit(&unit, span, subject))?;
        (&value * &factor, digit * factor)
    };
    if let Some((low, high)) = subject.range
        && (value < *low || value > *high)
    {
        return Err(Diagnostic::error(
            subject.code,
            span,
            format!("{} is outside the range of `{}`", typed(text), subject.id),
        )
        .label(format!("{} to {}", shown(subject.unit, low), shown(subject.unit, high))));
    }
    Ok(Measured { value, digit })
}

/// A number with its unit, as messages show it.
fn shown(unit: &Unit, number: &Number) -> String {
    unit.after(&number.to_string())
}

fn wanted(subject: &Subject) -> String {
    match (subject.range, subject.unit.name()) {
        (Some((low, high)), _) => {
            format!(
                "a number from {} to {} is wanted here",
                shown(subject.unit, low),
                shown(subject.unit, high)
            )
        }
        (None, "") => "a number is wanted here".to_owned(),
        (None, unit) => format!("a number in {unit} is wanted here"),
    }
}

/// A bare number between 0 and 1 for a percentage may be meant as a share: neither reading is taken.
fn refuse_share(value: &Number, text: &str, span: Span, subject: &Subject) -> Result<(), Diagnostic> {
    if *subject.unit != Unit::Percent || *value <= Number::zero() || *value >= Number::one() {
        return Ok(());
    }
    let percent = value * &Number::from(100i64);
    Err(Diagnostic::error(subject.code, span, format!("{} can be read in two ways", typed(text)))
        .label(format!("`{}` is a percentage", subject.id))
        .help(format!("write `{percent}%` or `{}%`", value.to_decimal(30))))
}

fn resolve(word: &str, subject: &Subject) -> Option<Unit> {
    quantity::unit(word, subject.declared)
}

fn unknown_unit(word: &str, number: &str, span: Span, subject: &Subject) -> Diagnostic {
    let names = Unit::BUILT_IN.iter().map(|(name, _)| *name);
    let known: Vec<&str> = subject.declared.iter().map(String::as_str).chain(names).collect();
    let fault = Diagnostic::error(Code::UnknownUnit, span, format!("{} is no unit", typed(word)))
        .label(wanted(subject));
    match word {
        _ if matches!(subject.unit, Unit::Money(own) if quantity::currency(word) == Some(own)) => {
            let own = subject.unit.after(number);
            fault.help(format!("write `{own}`"))
        }
        _ if SYMBOLS.contains(&word) => {
            let code = match subject.unit {
                Unit::Money(own) => own,
                _ => "USD",
            };
            fault.help(format!("write the code of the currency, such as `{number} {code}`"))
        }
        _ => fault.help_if(did_you_mean(word, known)),
    }
}

fn wrong_unit(unit: &Unit, span: Span, subject: &Subject) -> Diagnostic {
    let own = subject.unit.name();
    let message = if own.is_empty() {
        format!("`{}` is a plain number, not one in {}", subject.id, unit.name())
    } else {
        format!("`{}` is measured in {own}, not in {}", subject.id, unit.name())
    };
    let fault = Diagnostic::error(Code::UnitWrong, span, message).label(wanted(subject));
    if own.is_empty() {
        fault.help("write the number without a unit")
    } else {
        fault.help(format!("write the number in {own}; a bare number is in {own} too"))
    }
}

/// A tidied text taken apart around its number.
struct Parts<'t> {
    before: &'t str,
    /// Sign, digits and whatever separates them.
    number: &'t str,
    exponent: i32,
    after: &'t str,
}

impl<'t> Parts<'t> {
    /// None where the text holds no digit, or an exponent beyond reason.
    fn of(text: &'t str) -> Option<Parts<'t>> {
        let bytes = text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let first = (0..bytes.len()).find(|&at| digit(at))?;
        let mut start = first;
        for signs in [&b"."[..], &b"+-"[..]] {
            if start > 0 && signs.contains(&bytes[start - 1]) {
                start -= 1;
            }
        }
        let mut end = first;
        while end < bytes.len() {
            let part = match bytes[end] {
                b'0'..=b'9' => true,
                b'.' | b',' => digit(end + 1) || end + 1 == bytes.len(),
                b'\'' => digit(end + 1),
                b' ' => (1..=3).all(|ahead| digit(end + ahead)) && !digit(end + 4),
                _ => false,
            };
            if !part {
                break;
            }
            end += 1;
        }
        let number = &text[start..end];
        let mut exponent = 0;
        if bytes.get(end).is_some_and(|byte| matches!(byte, b'e' | b'E')) {
            let signed = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let mut last = signed;
            while digit(last) {
                last += 1;
            }
            if last > signed {
                exponent = text[end + 1..last].parse().ok()?;
                end = last;
            }
        }
        if i32::unsigned_abs(exponent) > MAX_EXPONENT {
            return None;
        }
        Some(Parts { before: text[..start].trim(), number, exponent, after: text[end..].trim() })
    }

    /// The number's value and how many decimals were written.
    fn number(&self, text: &str, span: Span) -> Result<(Number, u32), Diagnostic> {
        let Some(mut value) = Number::parse(self.number) else {
            return Err(self.separators(text, span));
        };
        let fraction = self.number.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i32);
        let ten = Number::from(10i64);
        for _ in 0..self.exponent.unsigned_abs() {
            value = if self.exponent > 0 { &value * &ten } else { &value / &ten };
        }
        Ok((value, (fraction - self.exponent).max(0) as u32))
    }

    /// The fault of a number that is not digits with at most one point, with its readings.
    fn separators(&self, text: &str, span: Span) -> Diagnostic {
        let bare: String = self.number.chars().filter(|c| !matches!(c, ' ' | '\'')).collect();
        let commas = bare.matches(',').count();
        let points = bare.matches('.').count();
        let last_comma_first = bare.rfind(',') > bare.rfind('.');
        let three_behind = bare.rsplit(',').next().is_some_and(|behind| behind.len() == 3);
        let readings = match (commas, points) {
            (0, 0 | 1) => vec![bare.clone()],
            (0, _) => vec![bare.replace('.', "")],
            (1, 0) if three_behind => vec![bare.replace(',', ""), bare.replace(',', ".")],
            (1, 0) => vec![bare.replace(',', ".")],
            (_, 0) => vec![bare.replace(',', "")],
            _ if last_comma_first => vec![bare.replace('.', "").replace(',', ".")],
            _ => vec![bare.replace(',', "")],
        };
        let offers: Vec<String> = readings
            .into_iter()
            .map(|reading| reading.trim_end_matches('.').to_owned())
            .map(|reading| match reading.strip_prefix(['-', '+']) {
                Some(rest) if rest.starts_with('.') => format!("{}0{rest}", &reading[..1]),
                _ if reading.starts_with('.') => format!("0{reading}"),
                _ => reading,
            })
            .filter(|reading| Number::parse(reading).is_some())
            .map(|reading| match tidy(text) {
                whole if whole.len() <= OFFERED => format!("`{}`", whole.replacen(self.number, &reading, 1)),
                _ => format!("`{reading}`"),
            })
            .collect();
        let fault = |message: &str| {
            Diagnostic::error(Code::Number, span, format!("{} {message}", typed(text)))
                .label("a number is written with digits and at most one point")
        };
        match offers.as_slice() {
            [] => fault("is not written as a number"),
            [one] => fault("is not written as a number").help(format!("write {one}")),
            [several @ .., last] => {
                fault("can be read in two ways").help(format!("write {} or {last}", several.join(", ")))
            }
        }
    }
}
