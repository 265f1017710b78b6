//! Who a respondent is: ids and names, as they may be printed.

use std::borrow::Cow;
use std::collections::HashMap;

use super::raw::Place;
use super::words::fold;
use crate::diag::{Code, Diagnostic};
use crate::source::{Sources, Span};

/// Characters; a longer id is a slip, such as an answer in the wrong column.
const MAX_ID: usize = 200;

/// The text on one line, with U+FFFD for control characters, which would reach terminals and file names.
///
/// Signs that turn the direction of all text behind them are dropped: a name must not reorder its page.
pub fn printable(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.trim().chars().filter(|c| !turns(c)).map(shown).collect()
}

/// A respondent's id, or why the text is none.
pub fn id(text: &str, span: Span) -> Result<String, Diagnostic> {
    let id = printable(text);
    let length = id.chars().count();
    if id.is_empty() {
        return Err(Diagnostic::error(Code::NoRespondent, span, "this respondent has no id")
            .label("an id is wanted here")
            .help("an id names the respondent's rows and files: a short name or number will do"));
    }
    if length > MAX_ID {
        return Err(Diagnostic::error(
            Code::NoRespondent,
            span,
            format!("this id has {length} characters, which is more than {MAX_ID}"),
        )
        .help("give the respondent a shorter id, and put the long text under `name`"));
    }
    Ok(id)
}

/// A respondent's id as a text gives it; none where it is none.
pub fn printable_id(text: &str) -> Option<String> {
    id(text, Span::new(crate::source::SourceId(0), 0..0)).ok()
}

/// The fault of a respondent whose id another has.
pub fn duplicate(id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateRespondent, span, format!("`{id}` stands here twice"))
        .label("the second one")
        .related(first, "the first one")
        .help("give each respondent an id of their own, or take one of the two out")
}

/// The same fault where the first one's text is not at hand; `other` is its file, where that is not the same.
pub fn duplicate_of(id: &str, span: Span, other: Option<&str>, first: Place) -> Diagnostic {
    let message = match other {
        Some(file) => format!("`{id}` stands in `{file}` already"),
        None => format!("`{id}` stands here twice"),
    };
    let fault = Diagnostic::error(Code::DuplicateRespondent, span, message).label("the second one");
    let fault = if first == Place::File { fault } else { fault.help(format!("the first one is {first}")) };
    fault.help("give each respondent an id of their own, or take one of the two out")
}

/// Who an id names: of e-mail addresses case says nothing.
pub fn same_as(id: &str) -> Cow<'_, str> {
    if id.contains('@') { Cow::Owned(fold(id)) } else { Cow::Borrowed(id) }
}

/// The ids of all files of a run, so that no respondent stands in two of them.
#[derive(Clone, Debug, Default)]
pub struct SeenIds {
    seen: HashMap<String, Span>,
}

impl SeenIds {
    /// Notes an id with its place; the fault where another file has it already.
    ///
    /// Faults within one file are told when that file is read.
    pub fn note(&mut self, id: &str, span: Span, sources: &Sources) -> Result<(), Box<Diagnostic>> {
        let own = same_as(id);
        match self.seen.get(own.as_ref()) {
            Some(first) if first.source != span.source => {
                let mut fault = duplicate(id, span, *first);
                fault.message = format!("`{id}` stands in `{}` already", sources.get(first.source).name);
                Err(Box::new(fault))
            }
            Some(_) => Ok(()),
            None => {
                self.seen.insert(own.into_owned(), span);
                Ok(())
            }
        }
    }
}
