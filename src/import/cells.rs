//! The cells of one row → what was said to questions and measured for metrics.

use super::asked::IN_PERCENT;
use super::columns::Target;
use super::dialect::Dialect;
use super::layout::Column;
use super::rows::Reader;
use super::understood::Taken;
use super::values::{Read, chosen, metric};
use crate::answers::{Heard, Said};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Number, QuestionKind, Unit};
use crate::source::Span;
use crate::tables::Row;

/// The options of one question that stand in columns of their own.
struct Several {
    question: usize,
    chosen: Vec<(String, Span)>,
    /// Whether any of its cells says anything, be it no.
    said: bool,
    at: Span,
}

impl Reader<'_> {
    /// What a row says to the questions and metrics that have a column.
    pub fn answers(&mut self, row: &Row, faults: &mut Diagnostics) -> (Vec<Heard>, Vec<Heard>) {
        let grid = self.grid;
        let (mut answers, mut metrics): (Vec<Heard>, Vec<Heard>) = (Vec::new(), Vec::new());
        // Options by question: those chosen, and whether anything was said at all.
        let mut several: Vec<Several> = Vec::new();
        for (column, used) in self.layout.columns.iter().zip(self.uses) {
            let (cell, at) = (grid.at(row, column.place), grid.span(row, column.place));
            match used.target {
                Target::Question(question) => {
                    let id = self.pack.questions[question].id.clone();
                    let unit = match &self.pack.questions[question].kind {
                        QuestionKind::Number { unit, .. } => unit,
                        _ => &Unit::None,
                    };
                    let said = in_percent(self.read_answer(question, cell, at), unit, column);
                    put(&mut answers, Heard { key: id, at, said }, faults);
                }
                Target::Metric(place) => {
                    let id = self.pack.metrics[place].id.clone();
                    let unit = &self.pack.metrics[place].unit;
                    let said = in_percent(self.read_metric(place, cell), unit, column);
                    put(&mut metrics, Heard { key: id, at, said }, faults);
                }
                Target::Option(question, option) => {
                    let entry = match several.iter_mut().find(|entry| entry.question == question) {
                        Some(entry) => entry,
                        None => {
                            several.push(Several { question, chosen: Vec::new(), said: false, at });
                            several.last_mut().expect("it was just pushed")
                        }
                    };
                    if cell.trim().is_empty() {
                        continue;
                    }
                    entry.said = true;
                    let choice = &self.pack.questions[question].kind.choices()[option];
                    let heading =
                        column.parts.as_ref().map_or(column.heading.as_str(), |(_, part)| part.as_str());
                    match chosen(cell, &[&choice.id, &choice.label, heading]) {
                        Some(true) => entry.chosen.push((choice.id.clone(), at)),
                        Some(false) => {}
                        None => entry.chosen.push((cell.trim().to_owned(), at)),
                    }
                }
                _ => {}
            }
        }
        for Several { question, chosen, said: any, at } in several {
            let key = self.pack.questions[question].id.clone();
            // Beside its parts the column of the whole says the same once more; only where no part holds it alone tells
            // "don't know" from "none of these".
            if any {
                answers.retain(|heard| heard.key != key || (chosen.is_empty() && !is_blank(&heard.said)));
            }
            if answers.iter().all(|heard| heard.key != key) {
                let said = if any { Said::Several(chosen) } else { Said::One(String::new()) };
                answers.push(Heard { key, at, said });
            }
        }
        if self.layout.is_whole() {
            let at = grid.span(row, 0);
            for question in &self.pack.questions {
                if answers.iter().all(|heard| heard.key != question.id) {
                    answers.push(Heard { key: question.id.clone(), at, said: Said::One(String::new()) });
                }
            }
        }
        (answers, metrics)
    }

    fn read_answer(&mut self, question: usize, cell: &str, at: Span) -> Said {
        if cell.trim().is_empty() {
            return Said::One(String::new());
        }
        let id = &self.pack.questions[question].id;
        if let Some(meant) = self.mapping.and_then(|mapping| mapping.value(id, cell)) {
            let (id, meant) = (id.clone(), meant.to_owned());
            self.take(&id, cell, Some(&meant).filter(|meant| !meant.is_empty()).cloned());
            return match self.pack.questions[question].kind {
                QuestionKind::Many(_) if !meant.is_empty() => {
                    Said::Several(meant.split(';').map(|item| (item.trim().to_owned(), at)).collect())
                }
                _ => Said::One(meant),
            };
        }
        let spaced = matches!(self.layout.dialect, Dialect::Kobo | Dialect::Odk);
        match self.vocabularies[question].read(cell, spaced) {
            Read::Plain(said) => Said::One(said),
            Read::Several(items) => {
                let mut items: Vec<(String, Span)> = items.into_iter().map(|item| (item, at)).collect();
                if let Some(mapping) = self.mapping {
                    let id = &self.pack.questions[question].id;
                    items.retain_mut(|(item, _)| match mapping.value(id, item) {
                        Some("") => false,
                        Some(meant) => {
                            *item = meant.to_owned();
                            true
                        }
                        None => true,
                    });
                }
                Said::Several(items)
            }
            Read::Taken(said) => {
                let id = id.clone();
                self.take(&id, cell, Some(said.clone()));
                Said::One(said)
            }
            Read::Nothing => {
                let id = id.clone();
                self.take(&id, cell, None);
                Said::One(String::new())
            }
        }
    }

    fn read_metric(&mut self, place: usize, cell: &str) -> Said {
        if cell.trim().is_empty() {
            return Said::One(String::new());
        }
        let id = self.pack.metrics[place].id.clone();
        if let Some(meant) = self.mapping.and_then(|mapping| mapping.value(&id, cell)) {
            let meant = meant.to_owned();
            self.take(&id, cell, Some(meant.clone()).filter(|meant| !meant.is_empty()));
            return Said::One(meant);
        }
        match metric(cell) {
            Read::Taken(said) => {
                self.take(&id, cell, Some(said.clone()));
                Said::One(said)
            }
            Read::Nothing => {
                self.take(&id, cell, None);
                Said::One(String::new())
            }
            _ => Said::One(cell.to_owned()),
        }
    }

    /// Notes that a cell was read otherwise than typed.
    fn take(&mut self, key: &str, cell: &str, read: Option<String>) {
        let told = (key.to_owned(), cell.trim().to_owned());
        match self.seen.get(&told) {
            Some(&at) => self.taken[at].count += 1,
            None => {
                self.seen.insert(told.clone(), self.taken.len());
                self.taken.push(Taken { key: told.0, typed: told.1, read, count: 1 });
            }
        }
    }
}

/// Adds what a column says; of two columns for one question the one that is not blank counts.
fn put(list: &mut Vec<Heard>, new: Heard, faults: &mut Diagnostics) {
    match list.iter_mut().find(|old| old.key == new.key) {
        None => list.push(new),
        Some(_) if is_blank(&new.said) => {}
        Some(old) if is_blank(&old.said) || old.said == new.said => *old = new,
        Some(old) => faults.push(
            Diagnostic::error(
                Code::AnsweredTwice,
                new.at,
                format!("two columns answer `{}`, and not alike", new.key),
            )
            .label("the second one")
            .related(old.at, "the first one")
            .help("say in a mapping which of the two columns counts, and give the other `ignore`"),
        ),
    }
}

/// A bare number under a heading that says that it is a percentage: `0.5` is no half then.
fn in_percent(said: Said, unit: &Unit, column: &Column) -> Said {
    match said {
        Said::One(text) if *unit == Unit::Percent && Number::parse(&text).is_some() => {
            let heading = column.heading.rsplit_once('[').map_or(column.heading.as_str(), |(text, _)| text);
            let coded = column.code.as_deref().unwrap_or(heading).ends_with(IN_PERCENT);
            let told = coded || heading.trim_end().ends_with("(%)");
            Said::One(if told { format!("{text}%") } else { text })
        }
        said => said,
    }
}

pub fn is_blank(said: &Said) -> bool {
    matches!(said, Said::One(text) if text.trim().is_empty())
}
