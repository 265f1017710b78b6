//! A scalar as it stands in its file: text whose every part can be pointed at.

use crate::diag::Diagnostics;
use crate::diag::{Code, Diagnostic};
use crate::source::{Sources, Span};
use crate::yaml::{Node, Scalar, Style, Value, quoted};

/// A text with the way back to its file.
#[derive(Clone, Debug)]
pub struct Text<'n> {
    pub text: &'n str,
    node: &'n Node,
    /// How far the text begins behind the start of its node; none where the two differ letter for letter.
    offset: Option<usize>,
}

impl<'n> Text<'n> {
    /// The text of a scalar; none for anything else, silently.
    pub fn of(node: &'n Node, sources: &Sources) -> Option<Text<'n>> {
        let Value::Scalar(Scalar { text, style, .. }) = &node.value else { return None };
        if node.is_null() {
            return None;
        }
        let written = sources.slice(node.span);
        let offset = match style {
            Style::Plain => written.starts_with(text.as_str()).then_some(0),
            Style::Quoted => written.get(1..).filter(|rest| rest.starts_with(text.as_str())).map(|_| 1),
            Style::Block => None,
        };
        Some(Text { text, node, offset })
    }

    /// Where a part of the text stands; the whole scalar where that cannot be told.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        match self.offset {
            Some(offset) => self.node.span.part(range.start + offset..range.end + offset),
            None => self.node.span,
        }
    }

    /// Where a part of the text stands, letter for letter; none where that cannot be told.
    pub fn exact(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let offset = self.offset?;
        Some(self.node.span.part(range.start + offset..range.end + offset))
    }

    /// Where the whole text stands.
    pub fn whole(&self) -> Span {
        self.node.span
    }
}

/// The text of a value that must be text, with the traps of YAML told.
pub fn expect<'n>(
    node: &'n Node,
    what: &str,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Text<'n>> {
    if let Value::Broken = node.value {
        return None;
    }
    if let Some(text) = Text::of(node, sources) {
        return Some(text);
    }
    if node.is_null() {
        diagnostics.push(
            Diagnostic::error(Code::MissingKey, node.span, format!("{what} is empty"))
                .label("text is wanted here"),
        );
        return None;
    }
    let written = sources.slice(node.span).lines().next().unwrap_or("").trim_end();
    let mut diagnostic = Diagnostic::error(Code::WrongShape, node.span, format!("{what} is {}", node.what()))
        .label("text is wanted here");
    if !written.is_empty() {
        diagnostic = diagnostic.help(format!("put it in quotes: `{}`", quoted(written)));
        let brackets = written.starts_with(['[', '{']);
        if brackets && written == sources.slice(node.span) {
            diagnostic = diagnostic.fix(node.span, quoted(written));
        }
    }
    diagnostics.push(diagnostic);
    None
}

/// Like [`expect`], for sentences: a comment that cuts one short is a slip.
pub fn expect_sentence<'n>(
    node: &'n Node,
    what: &str,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Text<'n>> {
    if let Value::Scalar(Scalar { cut: true, .. }) = &node.value {
        let source = &sources.get(node.span.source).text;
        let end = node.span.end as usize;
        let rest = source[end..].lines().next().unwrap_or("").trim_end();
        let written = format!("{}{rest}", sources.slice(node.span));
        let span = Span { end: node.span.end + rest.len() as u32, ..node.span };
        diagnostics.push(
            Diagnostic::error(
                Code::Quote,
                span,
                format!("{what} is cut short: ` #` begins a comment in YAML"),
            )
            .label("put it in quotes")
            .help(format!("write `{}`", quoted(&written))),
        );
        return None;
    }
    expect(node, what, sources, diagnostics)
}
