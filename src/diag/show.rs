//! Diagnostics as the text that people read, with the source line and an underline.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};

/// Bytes of a line that are shown on either side of a fault; the renderer is slow on longer ones.
const LINE: usize = 2000;

/// Bytes between a fault and another place of it that are shown in one piece; what lies farther off is named.
const FAR: u32 = 20_000;

/// One diagnostic; ends with a line break.
pub fn show(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = printable(&diagnostic.message);
    let label = printable(&diagnostic.label);
    let related: Vec<(usize, String)> =
        diagnostic.related.iter().enumerate().map(|(at, (_, label))| (at, printable(label))).collect();
    let help: Vec<String> = diagnostic.help.iter().map(|help| printable(help)).collect();

    let mut group = Group::with_title(level.primary_title(message.as_str()).id(diagnostic.code.name()));
    if let Some(span) = diagnostic.span {
        let source = sources.get(span.source);
        let beside: Vec<(Range<usize>, &str)> = related
            .iter()
            .map(|(at, label)| (&diagnostic.related[*at].0, label))
            .filter(|(other, _)| near(span, **other))
            .map(|(other, label)| (clamp(&source.text, other.range()), label.as_str()))
            .collect();
        let range = clamp(&source.text, span.range());
        // The renderer reads all it is given: a large file would cost its length for each message.
        let part = lines_around(&source.text, beside.iter().map(|(range, _)| range).chain([&range]));
        let line = sources.line(span.source, part.start);
        let own_line = source.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        if range.start - own_line > LINE {
            // So far to the right nobody finds it by eye: the place must do.
            let column = source.text[own_line..range.start].chars().count() + 1;
            let origin = Origin::path(source.name.as_str())
                .line(sources.line(span.source, own_line))
                .char_column(column);
            group = group.element(origin);
            if !label.is_empty() {
                group = group.element(Level::NOTE.message(label.as_str()));
            }
        } else {
            let within = |range: &Range<usize>| range.start - part.start..range.end - part.start;
            let text = &source.text[part.clone()];
            let mut snippet = Snippet::source(text).path(source.name.as_str()).line_start(line).fold(true);
            let primary = AnnotationKind::Primary.span(within(&range));
            snippet =
                snippet.annotation(if label.is_empty() { primary } else { primary.label(label.as_str()) });
            for (range, label) in &beside {
                snippet = snippet.annotation(AnnotationKind::Context.span(within(range)).label(*label));
            }
            group = group.element(snippet);
        }
        for (at, label) in &related {
            let (other, _) = &diagnostic.related[*at];
            if !near(span, *other) {
                let note = format!("{} {label}", sources.place(*other));
                group = group.element(Level::NOTE.message(note));
            }
        }
    }
    for help in &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = renderer.decor_style(DecorStyle::Ascii).render(&[group]).to_string();
    out.push('\n');
    out
}

/// All of them in the order of the files, with an empty line between.
pub fn show_all(diagnostics: &Diagnostics, sources: &Sources, colour: bool) -> String {
    let mut sorted = diagnostics.clone();
    sorted.sort(sources);
    let shown: Vec<String> = sorted.iter().map(|diagnostic| show(diagnostic, sources, colour)).collect();
    shown.join("\n")
}

/// Whether another place is shown in the same piece of text.
fn near(span: Span, other: Span) -> bool {
    other.source == span.source && span.start.abs_diff(other.start) <= FAR
}

/// The whole lines from the first of the places to the last.
fn lines_around<'r>(text: &str, ranges: impl Iterator<Item = &'r Range<usize>>) -> Range<usize> {
    let (mut start, mut end) = (text.len(), 0);
    for range in ranges {
        start = start.min(range.start);
        end = end.max(range.end);
    }
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let mut line = text[end..].find('\n').map_or(text.len(), |at| end + at).min(end + LINE);
    while !text.is_char_boundary(line) {
        line -= 1;
    }
    // The `\r` of a line that Windows wrote is no part of what its author sees.
    let shown = text[..line].strip_suffix('\r').map_or(line, str::len).max(end);
    start..shown
}

fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = range.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    // An underline over several lines hides more than it shows.
    let line = text[start..end].find(['\n', '\r']).map_or(end, |at| start + at);
    let mut end = end.min(line.max(start)).min(start + LINE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

/// What an author or respondent typed may hold control characters; they never reach a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}
