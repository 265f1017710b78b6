//! The parts of Markdown that are not running text: code spans, addresses, titles, info strings.

use std::fmt::Write as _;

use super::text::begins_entity;

/// A code span. In a table each `|` is escaped, which only tables undo inside code.
pub(super) fn code(text: &str, in_cell: bool) -> String {
    let mut runs = Vec::new();
    let mut run = 0;
    for c in text.chars().chain([' ']) {
        if c == '`' {
            run += 1;
        } else if run > 0 {
            runs.push(run);
            run = 0;
        }
    }
    let ticks = "`".repeat((1..).find(|length| !runs.contains(length)).unwrap_or(1));
    let stripped = text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let pad = if stripped || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    let text = if in_cell { text.replace('|', "\\|") } else { text.to_owned() };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// The part of a link or picture behind its text: `(address "title")`.
pub(super) fn target(to: &str, title: &str, in_cell: bool) -> String {
    let bare = !to.is_empty()
        && !to.starts_with('<')
        && !to.contains(|c: char| c.is_whitespace() || c.is_control() || "()".contains(c));
    let mut out = String::from("(");
    match (bare, to.is_empty() && title.is_empty()) {
        (true, _) => out.push_str(&escape(to, "", in_cell)),
        (_, true) => {}
        _ => {
            let _ = write!(out, "<{}>", escape(to, "<>", in_cell));
        }
    }
    if !title.is_empty() {
        let _ = write!(out, " \"{}\"", escape(title, "\"", in_cell));
    }
    out.push(')');
    out
}

/// What stands behind a fence.
pub(super) fn info(info: &str) -> String {
    escape(info, "", false)
}

/// Whether an address may stand in angle brackets as its own text.
pub(super) fn is_automatic(to: &str, text: &str) -> bool {
    let plain = |text: &str| {
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$'()*+,;=%".contains(c))
    };
    match to.strip_prefix("mailto:") {
        Some(address) if address == text => is_mail_address(address),
        _ => to == text && plain(to) && (to.starts_with("http://") || to.starts_with("https://")),
    }
}

fn is_mail_address(text: &str) -> bool {
    let word = |part: &str| {
        let inside = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        inside && (1..=63).contains(&part.len()) && !part.starts_with('-') && !part.ends_with('-')
    };
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c))
            && host.split('.').all(word)
    })
}

/// Escapes the given signs, and each backslash and ampersand that would mean something.
fn escape(text: &str, signs: &str, in_cell: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let sign = signs.contains(c)
            || c == '\\' && next.is_none_or(|next| next.is_ascii_punctuation() || next == '\n')
            || c == '&' && begins_entity(&text[at..])
            || c == '|' && in_cell;
        if sign {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
