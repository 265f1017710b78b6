//! A table cell by cell, for those who judge many rows at once: what each column means, and what one text says.

use super::answer::Said;
use super::fit::{Fitting, Holds};
use super::table::{Records, Use};
use crate::diag::Diagnostics;
use crate::model::{Answer, Measured};
use crate::source::{SourceId, Span};

/// What a column of a table is for, under one pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    Id,
    /// A place in the pack's questions.
    Answer(usize),
    /// A place in the pack's metrics.
    Metric(usize),
    /// It must be a day; bands may depend on it.
    Date,
    /// It must be a language.
    Language,
    /// Whatever stands there changes no finding.
    Free,
}

/// A record of a table: where its cells lie, and where the next one begins.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The texts of the cells, without their quotes.
    pub cells: Vec<String>,
    /// Whether a quotation in it is none: such a row is refused.
    pub broken: bool,
    /// A byte of the text.
    pub next: usize,
}

/// Takes the record apart that begins at a byte.
pub fn slice(text: &str, start: usize) -> Slice {
    let record = Records::new(text).record(start);
    let cells = record.cells.iter().map(|cell| cell.text.clone().into_owned()).collect();
    Slice { cells, broken: record.slip.is_some(), next: record.next }
}

impl Fitting<'_> {
    /// What each column of a table means; none for a file that is no table, and for one whose rows are voices.
    pub fn meanings(&self) -> Option<Vec<Means>> {
        let (head, columns) = (self.raw.head.as_ref()?, self.columns.as_ref()?);
        if head.has_roles() {
            return None;
        }
        let each =
            head.columns.iter().zip(&columns.holds).map(|(column, holds)| match (holds, column.usage) {
                (Holds::Answer(question), _) => Means::Answer(*question),
                (Holds::Metric(metric), _) => Means::Metric(*metric),
                (Holds::Else, Use::Id) => Means::Id,
                (Holds::Else, Use::Date) => Means::Date,
                (Holds::Else, Use::Language) => Means::Language,
                (Holds::Else, _) => Means::Free,
            });
        Some(each.collect())
    }

    /// What a cell says to a question; none where it is at fault.
    pub fn answer(&self, question: usize, text: &str) -> Option<Answer> {
        let mut faults = Diagnostics::default();
        let answer = self.sheet.answer(question, &said(text), &mut faults);
        faults.is_empty().then_some(answer)
    }

    /// What a cell gives for a metric, if anything; none where it is at fault.
    pub fn measured(&self, metric: usize, text: &str) -> Option<Option<Measured>> {
        let mut faults = Diagnostics::default();
        let measured = self.sheet.measured(metric, &said(text), &mut faults);
        faults.is_empty().then_some(measured)
    }
}

fn said(text: &str) -> Said<'_> {
    match text.trim() {
        "" => Said::Nothing,
        _ => Said::One(text, Span::new(SourceId(0), 0..text.len())),
    }
}
