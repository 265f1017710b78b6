//! One answer at a time, as somebody types it.

use super::answer::{Said, Sheet};
use super::raw::{Body, RawRespondent};
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Answer, Measured, Pack};
use crate::source::{Sources, Span};

/// Reads what is typed in answer to one question of a pack, as answers files are read.
pub struct Listener<'p> {
    sheet: Sheet<'p>,
}

impl<'p> Listener<'p> {
    pub fn new(pack: &'p Pack) -> Listener<'p> {
        Listener { sheet: Sheet::new(pack) }
    }

    /// The answer to a question by its place in the pack, or what is wrong with it.
    pub fn answer(&self, question: usize, text: &str) -> Result<Answer, Diagnostic> {
        typed(text, |said, faults| self.sheet.answer(question, said, faults))
    }

    /// The value of a metric by its place in the pack; none where nothing was typed.
    pub fn measured(&self, metric: usize, text: &str) -> Result<Option<Measured>, Diagnostic> {
        typed(text, |said, faults| self.sheet.measured(metric, said, faults))
    }
}

fn typed<T>(text: &str, read: impl FnOnce(&Said<'_>, &mut Diagnostics) -> T) -> Result<T, Diagnostic> {
    let source = Sources::default().add("typed", text);
    let mut faults = Diagnostics::default();
    let found = read(&Said::One(text, Span::new(source, 0..text.len())), &mut faults);
    match faults.into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(found),
    }
}

impl RawRespondent {
    /// The keys that stand under `answers` and `metrics`, with or without a value: what was asked already.
    pub fn keys(&self) -> Vec<&str> {
        match &self.body {
            Body::Document(document) => {
                document.answers.iter().chain(&document.metrics).map(|given| given.key.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }
}
