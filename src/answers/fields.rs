//! Keys of a YAML map that are known beforehand: each read once, unknown ones told.

use jiff::civil::Date;

use super::words::typed;
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean, nearest};
use crate::document::is_language_tag;
use crate::model::{Meant, meant_day};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value, quoted};

/// Tells each key that is not among the known ones; those that begin with `x-` are the author's notes.
pub fn tell_unknown(entries: &[Entry], known: &[&str], faults: &mut Diagnostics) {
    for entry in entries {
        let key = entry.key.as_str();
        if !key.is_empty() && !key.starts_with("x-") && !known.contains(&key) {
            faults.push(unknown_key(key, entry.key_span, known));
        }
    }
}

/// Whether a key that seems to be missing is there under a name that is told as misspelt.
pub fn is_misspelt(key: &str, entries: &[Entry], known: &[&str]) -> bool {
    let unknown = entries.iter().map(|entry| entry.key.as_str()).filter(|name| !known.contains(name));
    let mut unknown = unknown.filter(|name| !name.starts_with("x-"));
    unknown.any(|name| nearest(name, known.iter().copied()).first() == Some(&key))
}

fn unknown_key(key: &str, span: Span, known: &[&str]) -> Diagnostic {
    let fault = Diagnostic::error(Code::UnknownKey, span, format!("{} is no key here", typed(key)));
    match did_you_mean(key, known.iter().copied()) {
        Some(help) => fault.help(help),
        None => fault.help(format!("the keys here are {}", super::words::listed(known.iter().copied()))),
    }
}

/// The fault "text is wanted" and its like.
pub fn wrong_shape(key: &str, node: &Node, wanted: &str) -> Diagnostic {
    Diagnostic::error(Code::WrongShape, node.span, format!("`{key}` is {}", node.what()))
        .label(format!("{wanted} is wanted here"))
}

/// The text of a key, trimmed; none where nothing was written or the fault is told.
pub fn text(key: &str, node: &Node, faults: &mut Diagnostics) -> Option<String> {
    match &node.value {
        Value::Scalar(_) => node.text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Broken => None,
        _ => {
            faults.push(wrong_shape(key, node, "text"));
            None
        }
    }
}

/// The entries of a key that holds a map; none where nothing was written or the fault is told.
pub fn map<'n>(key: &str, node: &'n Node, faults: &mut Diagnostics) -> Option<&'n [Entry]> {
    if node.entries().is_none() && !node.is_null() && node.value != Value::Broken {
        faults.push(wrong_shape(key, node, "a map"));
    }
    node.entries()
}

/// The items of a key that holds a list; none where nothing was written or the fault is told.
pub fn list<'n>(key: &str, node: &'n Node, faults: &mut Diagnostics) -> Option<&'n [Node]> {
    if node.items().is_none() && !node.is_null() && node.value != Value::Broken {
        faults.push(wrong_shape(key, node, "a list"));
    }
    node.items()
}

/// A day of the calendar, as ISO 8601 writes it.
pub fn date(text: &str, span: Span) -> Result<Date, Diagnostic> {
    crate::model::date(text.trim()).ok_or_else(|| {
        let fault = Diagnostic::error(Code::WrongValue, span, format!("{} is no date", typed(text)));
        match meant_day(text) {
            Meant::NoSuchDay => fault.label("there is no such day"),
            Meant::Days(days) => {
                let days: Vec<String> = days.iter().map(|day| format!("`{day}`")).collect();
                fault.label("year-month-day is wanted here").help(format!("write {}", days.join(" or ")))
            }
            Meant::Nothing => fault
                .label("year-month-day is wanted here")
                .help("write the first of March 2026 as `2026-03-01`"),
        }
    })
}

/// A BCP 47 language tag such as `en` or `pt-BR`, looked at for its shape only.
pub fn language(text: &str, span: Span) -> Result<String, Diagnostic> {
    if is_language_tag(text) {
        return Ok(text.to_owned());
    }
    Err(Diagnostic::error(Code::WrongValue, span, format!("{} is no language", typed(text)))
        .label("a language tag is wanted here")
        .help("write `en` for English, `de` for German, `pt-BR` for Brazilian Portuguese"))
}

/// Tells each plain text that a `#` cut short: `Tip #1` would silently become `Tip`.
///
/// A sign with a space behind it is a comment, as meant.
pub fn tell_cut(node: &Node, text: &str, faults: &mut Diagnostics) {
    match &node.value {
        Value::Scalar(scalar) if scalar.cut => {
            let rest = text[node.span.range().end..].lines().next().unwrap_or("");
            let behind = rest.trim_start().strip_prefix('#').unwrap_or("");
            if behind.starts_with(|c: char| !c.is_whitespace() && c != '#') {
                let whole = format!("{}{}", scalar.text, rest.trim_end());
                let span = Span { end: node.span.end + rest.trim_end().len() as u32, ..node.span };
                faults.push(
                    Diagnostic::error(Code::Quote, span, "in YAML the text ends before ` #`")
                        .label("put it in quotes")
                        .help(format!("write `{}`", quoted(&whole)))
                        .help("if a comment is meant, put a space behind the `#`"),
                );
            }
        }
        Value::Scalar(_) | Value::Broken => {}
        Value::List { items, .. } => items.iter().for_each(|item| tell_cut(item, text, faults)),
        Value::Map { entries, .. } => {
            entries.iter().for_each(|entry| tell_cut(&entry.value, text, faults));
        }
    }
}
