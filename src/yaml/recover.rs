//! What to do where a text is not YAML: name the likely slip, blank the value, read on.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic};
use crate::source::{SourceId, Span};

/// A text in which the values that could not be read are blanked, byte for byte.
pub struct Blanked {
    bytes: String,
    /// Starts of the lines whose value was blanked.
    lines: BTreeSet<usize>,
    /// Starts of the lines that were blanked whole.
    gone: BTreeSet<usize>,
}

impl Blanked {
    pub fn new(text: &str) -> Blanked {
        Blanked { bytes: text.to_owned(), lines: BTreeSet::new(), gone: BTreeSet::new() }
    }

    pub fn text(&self) -> &str {
        &self.bytes
    }

    /// Whether the value of the line at this byte, or of the one before, was blanked.
    pub fn holds(&self, at: usize) -> bool {
        if self.lines.is_empty() {
            return false;
        }
        let at = at.min(self.bytes.len());
        let before = self.bytes[..at].trim_end();
        self.lines.contains(&line_start(&self.bytes, at))
            || self.lines.contains(&line_start(&self.bytes, before.len()))
    }

    /// Blanks what could not be read at this byte and says what it was; none where nothing is left to blank.
    pub fn blank_at(&mut self, at: usize, reason: &str, source: SourceId) -> Option<Diagnostic> {
        let mut at = at.min(self.bytes.len());
        while !self.bytes.is_char_boundary(at) {
            at -= 1;
        }
        // An error at the very end belongs to the last line with text.
        if self.bytes[line_start(&self.bytes, at)..].trim().is_empty() {
            at = self.bytes[..at].trim_end().len();
        }
        let start = line_start(&self.bytes, at);
        let line = line_at(&self.bytes, start).to_owned();
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line[..indent].contains('\t') {
            let tab = start + line.find('\t').unwrap_or(0);
            return Some(self.blank_tabs(tab, source));
        }
        let diagnostic = explain(&self.bytes, start, at, reason, source);
        if self.gone.contains(&start) {
            return None;
        }
        let value = value_start(&line);
        if value == 0 || self.lines.contains(&start) {
            self.gone.insert(start);
            self.lines.insert(start);
            self.blank(start, start + line.len());
            return Some(diagnostic);
        }
        self.lines.insert(start);
        self.blank(start + value, start + line.len());
        self.blank_deeper(start, indent);
        Some(diagnostic)
    }

    /// Blanks every line that is indented with tabs: how far they lie inwards nobody can tell.
    fn blank_tabs(&mut self, first: usize, source: SourceId) -> Diagnostic {
        let mut count = 0;
        let mut start = 0;
        while start < self.bytes.len() {
            let line = line_at(&self.bytes, start).to_owned();
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line[..indent].contains('\t') {
                count += 1;
                self.lines.insert(start);
                self.lines.insert(line_start(&self.bytes, self.bytes[..start].trim_end().len()));
                self.blank(start, start + line.len());
            }
            start += self.bytes[start..].find('\n').map_or(self.bytes.len(), |at| at + 1);
        }
        let label =
            if count == 1 { "a tab".to_owned() } else { format!("a tab, as on {count} lines of this file") };
        Diagnostic::error(
            Code::Tab,
            Span::new(source, first..first + 1),
            "a tab stands where YAML wants spaces",
        )
        .label(label)
        .help("put two spaces for each step inwards")
    }

    /// Blanks the lines below that belong to the blanked value.
    fn blank_deeper(&mut self, start: usize, indent: usize) {
        let mut next = start + line_at(&self.bytes, start).len();
        while let Some(offset) = self.bytes[next..].find('\n') {
            let begin = next + offset + 1;
            let line = line_at(&self.bytes, begin).to_owned();
            let text = line.trim_start_matches([' ', '\t']);
            if !text.trim().is_empty() && line.len() - text.len() <= indent {
                break;
            }
            self.blank(begin, begin + line.len());
            next = begin + line.len();
        }
    }

    fn blank(&mut self, from: usize, to: usize) {
        let spaces = " ".repeat(to - from);
        self.bytes.replace_range(from..to, &spaces);
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

/// The line that begins at a byte, without its ending.
fn line_at(text: &str, start: usize) -> &str {
    let rest = &text[start..];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    line.strip_suffix('\r').unwrap_or(line)
}

/// Where a line's value begins, behind dashes and a key; 0 where the line has neither.
fn value_start(line: &str) -> usize {
    let mut at = line.len() - line.trim_start().len();
    let mut dashes = false;
    while line[at..].starts_with("- ") {
        at += 2;
        at += line[at..].len() - line[at..].trim_start().len();
        dashes = true;
    }
    let rest = &line[at..];
    let key_end = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            rest[1..].find(quote).map(|end| end + 2).filter(|&end| rest[end..].starts_with(':'))
        }
        _ => rest.find(": ").or_else(|| rest.trim_end().ends_with(':').then(|| rest.trim_end().len() - 1)),
    };
    match key_end {
        Some(end) => {
            let after = at + end + 1;
            after + (line[after..].len() - line[after..].trim_start().len())
        }
        None if dashes => at,
        None => 0,
    }
}

/// What went wrong on a line, in an author's words.
fn explain(text: &str, start: usize, at: usize, reason: &str, source: SourceId) -> Diagnostic {
    let line = line_at(text, start);
    let value = value_start(line);
    let written = strip_comment(line[value..].trim_end());
    let first = written.chars().next().unwrap_or(' ');
    if value > 0 && "!%@*&|`>".contains(first) && written.len() > 1 {
        return quote_line(
            text,
            start + value,
            &format!("a value that begins with `{first}` means something else in YAML"),
            source,
        );
    }
    if value > 0 && "[{".contains(first) {
        let close = if first == '[' { ']' } else { '}' };
        let message = if written.contains(close) {
            format!("text goes on behind the `{close}`")
        } else {
            format!("`{first}` is not closed on this line")
        };
        return flow_fault(text, start + value, written, &message, close, source);
    }
    if value > 0 && "\"'".contains(first) {
        let message = if written[1..].contains(first) {
            "text goes on behind the closing quote".to_owned()
        } else {
            "the quote is not closed on this line".to_owned()
        };
        return quote_line(text, start + value, &message, source);
    }
    if value > 0 && (written.contains(": ") || written.ends_with(':')) {
        return quote_line(text, start + value, "`: ` inside a value begins a new key in YAML", source);
    }
    let at = at.clamp(start, start + line.len());
    let end = (at + 1).min(start + line.len()).max(at);
    let reason = reason.trim_end_matches('.').lines().next().unwrap_or("").to_owned();
    Diagnostic::error(Code::Syntax, Span::new(source, at..end), "this is not YAML")
        .label(reason)
        .help("check the indentation, the dashes and the colons of this line and the one above")
}

/// The fault of a value in brackets that YAML cannot read: text, or a list whose entries hold brackets.
fn flow_fault(
    text: &str,
    at: usize,
    written: &str,
    message: &str,
    close: char,
    source: SourceId,
) -> Diagnostic {
    let entries = split_outside_brackets(written[1..].strip_suffix(close).unwrap_or(&written[1..]));
    if close == ']' && entries.iter().any(|entry| entry.contains('[')) {
        let lines: Vec<String> = entries.iter().map(|entry| format!("- {}", entry.trim())).collect();
        let span = Span::new(source, at..at + written.len());
        return Diagnostic::error(Code::Quote, span, "a list in brackets is cut at commas and brackets")
            .label("its entries stand one a line")
            .help(format!("write\n{}", lines.join("\n")));
    }
    let kind = if close == ']' { "list" } else { "map" };
    quote_line(text, at, message, source).help(format!("if a {kind} is meant, close it with `{close}`"))
}

/// The fault "put it in quotes" for the value at a byte, with the line rewritten.
pub fn quote_line(text: &str, at: usize, message: &str, source: SourceId) -> Diagnostic {
    let start = line_start(text, at.min(text.len()));
    let line = line_at(text, start);
    let value = value_start(line).max(line.len() - line.trim_start().len());
    let written = strip_comment(line[value..].trim_end());
    // Inside braces or brackets only the entry at the fault is meant.
    if at > start + value && written.starts_with(['{', '[']) {
        let entry = &text[at..start + value + written.len()];
        let entry = entry[..entry.find([',', '}', ']']).unwrap_or(entry.len())].trim_end();
        return Diagnostic::error(Code::Quote, Span::new(source, at..at + entry.len()), message)
            .label("put it in quotes")
            .help(format!("write `{}`", quoted(entry)));
    }
    let before = line[..value].trim_start();
    let span = Span::new(source, start + value..start + value + written.len());
    Diagnostic::error(Code::Quote, span, message)
        .label("put it in quotes")
        .help(format!("write `{before}{}`", quoted(written)))
}

/// The text as a quoted YAML value. What looks like a broken quotation is quoted without its first quote.
pub fn quoted(text: &str) -> String {
    let bare = match text.chars().next() {
        Some(quote @ ('"' | '\'')) if text.matches(quote).count() == 1 => &text[1..],
        _ => text,
    };
    if bare.contains('"') || bare.contains('\\') {
        format!("'{}'", bare.replace('\'', "''"))
    } else {
        format!("\"{bare}\"")
    }
}

fn strip_comment(value: &str) -> &str {
    value.find(" #").map_or(value, |at| value[..at].trim_end())
}

/// The pieces between commas that stand in no bracket.
pub fn split_outside_brackets(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}
