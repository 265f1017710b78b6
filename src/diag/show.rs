//! Diagnostics as the text that people read, with the source line and an underline.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Sources;

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
        let text = &*source.text;
        let mut snippet = Snippet::source(text).path(source.name.as_str()).fold(true);
        let range = clamp(text, span.range());
        let primary = AnnotationKind::Primary.span(range);
        snippet = snippet.annotation(if label.is_empty() { primary } else { primary.label(label.as_str()) });
        for (at, label) in &related {
            let (other, _) = &diagnostic.related[*at];
            if other.source == span.source {
                let context = AnnotationKind::Context.span(clamp(text, other.range()));
                snippet = snippet.annotation(context.label(label.as_str()));
            }
        }
        group = group.element(snippet);
        for (at, label) in &related {
            let (other, _) = &diagnostic.related[*at];
            if other.source != span.source {
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

fn clamp(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = range.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    // An underline over several lines hides more than it shows.
    let line = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
    start..end.min(line.max(start))
}

/// What an author or respondent typed may hold control characters; they never reach a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}
