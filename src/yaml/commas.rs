//! A comma that ends a value in braces: `{ title: Ask, then listen }` has a key `then listen` without a value.

use super::{Entry, Node, Style, Value, quoted};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Tells of values that a comma cut, and takes what seemed to be keys out. `text` is that of the file.
pub fn tell_cut_values(entries: &mut Vec<Entry>, text: &str, faults: &mut Diagnostics) {
    let mut at = 1;
    while at < entries.len() {
        if !is_cut(&entries[at - 1], &entries[at], text) {
            at += 1;
            continue;
        }
        // All that follows without a value was cut off the same one.
        let first = at - 1;
        let mut last = at;
        while last + 1 < entries.len() && is_bare(&entries[last + 1], text) {
            last += 1;
        }
        let span = entries[first].key_span.to(entries[last].key_span);
        let value = entries[first].value.span.range().start..entries[last].key_span.range().end;
        let whole = text.get(value).unwrap_or("");
        // A comma between digits alone was to be a decimal point.
        if last == at && is_decimal(whole) {
            let pointed = whole.replacen(',', ".", 1);
            let mended = format!("{}: {pointed}", entries[first].key);
            let told = Diagnostic::error(Code::Quote, span, "a comma ends a value in braces")
                .label("a decimal point is wanted here")
                .help(format!("write `{mended}`"));
            faults.push(if three_digits(whole) {
                told.help(format!(
                    "or `{}: {}` if thousands are meant",
                    entries[first].key,
                    whole.replace(',', "")
                ))
            } else {
                told.fix(span, mended)
            });
            entries[first].value = Node { value: Value::Broken, ..entries[first].value.clone() };
            entries.drain(first + 1..=last);
            at = first + 1;
            continue;
        }
        let mended = format!("{}: {}", entries[first].key, quoted(whole));
        faults.push(
            Diagnostic::error(Code::Quote, span, "a comma ends a value in braces")
                .label("put it in quotes")
                .help(format!("write `{mended}`"))
                .fix(span, mended),
        );
        entries[first].value = Node { value: Value::Broken, ..entries[first].value.clone() };
        entries.drain(first + 1..=last);
        at = first + 1;
    }
}

/// `12,5`, `-0,5` or `12,5%`.
fn is_decimal(whole: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    whole.split_once(',').is_some_and(|(before, behind)| {
        digits(before.trim_start_matches(['-', '+'])) && digits(behind.trim_end_matches('%').trim_end())
    })
}

/// Whether exactly three digits stand behind the comma, which may then part thousands.
fn three_digits(whole: &str) -> bool {
    whole.split_once(',').is_some_and(|(_, behind)| behind.trim_end_matches('%').trim_end().len() == 3)
}

/// A key with nothing behind it, not even a colon.
fn is_bare(entry: &Entry, text: &str) -> bool {
    let Entry { key_span, value, .. } = entry;
    // On a line of which something else was blanked, what is not there counts as blanked too.
    let nothing = value.is_null() || matches!(value.value, Value::Broken);
    let quoted = text.get(key_span.range()).is_none_or(|key| key.starts_with(['"', '\'']));
    nothing
        && value.span.start == value.span.end
        && !quoted
        && !text[key_span.range().end..].trim_start().starts_with(':')
}

fn is_cut(before: &Entry, entry: &Entry, text: &str) -> bool {
    let Value::Scalar(scalar) = &before.value.value else { return false };
    if scalar.style != Style::Plain || before.value.is_null() || !is_bare(entry, text) {
        return false;
    }
    let (from, to) = (before.value.span.range().end, entry.key_span.range().start);
    let key = text.get(entry.key_span.range()).unwrap_or("");
    // No key has a space in it, and none begins with the digits behind a comma.
    let number = text.get(from..to) == Some(",") && key.starts_with(|c: char| c.is_ascii_digit());
    number || key.contains(' ')
}
