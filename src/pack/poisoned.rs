//! What is broken already: faults that only follow from another one are not told.

use std::collections::BTreeSet;

use super::items::{Item, mended_id};
use super::load::Loader;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};

impl Loader<'_, '_> {
    /// Whether an error was told within these lines.
    pub fn faulty(&self, span: Span) -> bool {
        let text = &self.read.sources.get(span.source).text;
        let end = text[span.range().end..].find('\n').map_or(text.len(), |at| span.range().end + at);
        self.read.diagnostics.iter().filter(|told| told.severity == Severity::Error).any(|told| {
            told.span.is_some_and(|told| {
                told.source == span.source && told.start >= span.start && told.range().start <= end
            })
        })
    }

    /// Whether what a condition names, such as `answer.x` or `band.y`, is broken: what the condition says
    /// of it cannot be judged.
    pub fn names_faulty(&self, name: &str) -> bool {
        let (kind, id) = name.split_once('.').unwrap_or((name, ""));
        let find = |items: &[Item<'_>]| items.iter().find(|item| item.id == id).map(|item| item.span());
        let is_faulty = |span: Option<Span>| span.is_some_and(|span| self.faulty(span));
        let of_metric = || is_faulty(find(&self.sections.metrics));
        match kind {
            "answer" | "gap" => {
                let question = self.sections.questions.iter().find(|item| item.id == id);
                let scale = question.and_then(|item| item.node.get("scale")?.text());
                let scale = scale.and_then(|id| self.sections.scales.iter().find(|item| item.id == id));
                is_faulty(question.map(Item::span)) || is_faulty(scale.map(Item::span))
            }
            "metric" | "points" | "trend" => of_metric(),
            "derived" => is_faulty(find(&self.sections.derived)),
            "score" => is_faulty(find(&self.sections.areas)),
            "band" => {
                of_metric() || is_faulty(find(&self.sections.areas)) || {
                    let bands = self.sections.head.and_then(|(_, head)| {
                        head.entries()?
                            .iter()
                            .find(|entry| entry.key == "bands")
                            .map(|entry| entry.key_span.to(entry.value.span))
                    });
                    self.sections.metrics.iter().all(|item| item.id != id) && is_faulty(bands)
                }
            }
            _ => false,
        }
    }
}

/// Faults that follow from what is broken, and do not belong to a value.
pub const FOLLOWING: [Code; 5] =
    [Code::WrongKind, Code::UnknownLabel, Code::OutOfRange, Code::UnitMissing, Code::UnitWrong];

/// Takes out the names that are unknown only because the id itself cannot be one: it is told where it stands.
pub fn forget_mended(diagnostics: &mut Diagnostics, sources: &Sources) {
    let illegal: BTreeSet<String> = diagnostics
        .iter()
        .filter(|told| told.code == Code::BadId)
        .filter_map(|told| told.span.map(|span| mended_id(sources.slice(span).trim_matches(['"', '\'']))))
        .collect();
    if illegal.is_empty() {
        return;
    }
    diagnostics.retain(|told| {
        let unknown = matches!(told.code, Code::UnknownName | Code::UnknownValue);
        !unknown
            || told.span.is_none_or(|span| {
                let name = sources.slice(span).trim_matches(['{', '}', ' ', '"', '\'']);
                let id = name.rsplit('.').next().unwrap_or(name);
                !illegal.contains(&mended_id(id))
            })
    });
}

/// Takes out names that are unknown where as many items have an id that another one has: one of the two was to have that name.
pub fn forget_lacking(diagnostics: &mut Diagnostics, doubled: &[(String, usize)]) {
    for (begin, count) in doubled {
        let unknown = |told: &Diagnostic| told.code == Code::UnknownName && told.message.starts_with(begin);
        let names: BTreeSet<String> =
            diagnostics.iter().filter(|told| unknown(told)).map(|told| told.message.clone()).collect();
        if names.len() <= *count {
            diagnostics.retain(|told| !unknown(told));
        }
    }
}
