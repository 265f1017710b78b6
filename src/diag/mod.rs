//! What we tell an author, as data: gathered while reading, shown at the end.

mod code;
mod near;
mod page;
mod pages;
mod reasons;
pub mod report;
mod show;

pub use code::Code;
pub use near::{did_you_mean, nearest};
pub use page::{Example, Page, in_lines};
pub use pages::pages;
pub use reasons::{Reason, Reasons};
pub use show::{show, show_all};

use std::collections::BTreeSet;

use crate::source::{Sources, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

/// One fault in an author's text: what was found, where, and the likely mend.
///
/// Messages and labels are lower case without a full stop; the author's own words stand in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    /// None only where the fault lies in no text, such as an empty folder.
    pub span: Option<Span>,
    /// Stands beside the underline; may be empty.
    pub label: Box<str>,
    /// Other places that belong to the fault.
    pub related: Vec<(Span, String)>,
    pub help: Vec<String>,
    /// The mend, where a program may make it: it changes nothing but what the message tells.
    pub fix: Option<Box<Fix>>,
}

/// Changes to texts that mend a fault without a doubt about what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Places, none of which overlap, and what is to stand there instead.
    pub edits: Vec<(Span, String)>,
}

impl Diagnostic {
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: Some(span),
            label: Box::from(""),
            related: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// A fault that has no place in a text.
    pub fn placeless(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: None,
            label: Box::from(""),
            related: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into().into_boxed_str();
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// Adds help where there is any.
    pub fn help_if(mut self, help: Option<String>) -> Diagnostic {
        self.help.extend(help);
        self
    }

    /// What `check --fix` may write instead of a place.
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.fix.get_or_insert_with(|| Box::new(Fix { edits: Vec::new() })).edits.push((span, text.into()));
        self
    }

    pub fn related(mut self, span: Span, label: impl Into<String>) -> Diagnostic {
        self.related.push((span, label.into()));
        self
    }
}

/// The faults of one run, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    told: BTreeSet<(Option<Span>, Code, String)>,
}

impl Diagnostics {
    /// Adds a fault; one that is told already at the same place is not told twice.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.told.insert((diagnostic.span, diagnostic.code, diagnostic.message.clone())) {
            self.list.push(diagnostic);
        }
    }

    pub fn extend(&mut self, others: Diagnostics) {
        others.list.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether a run that takes warnings for errors would fail: all of them count but what only time brought about.
    pub fn has_strict_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error || d.code != Code::StaleReview)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Keeps only those that the test holds for.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Puts them in the order of files and places, those without a place first.
    pub fn sort(&mut self, sources: &Sources) {
        self.list.sort_by(|a, b| {
            let key = |d: &Diagnostic| {
                d.span.map(|span| {
                    let source = sources.get(span.source);
                    // Of one file there may be several parts.
                    (source.name.as_str(), source.first_line, span.start, span.end)
                })
            };
            key(a).cmp(&key(b)).then(a.code.cmp(&b.code))
        });
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
