//! The cells of one row → what was said to questions and measured for metrics.

use super::asked::IN_PERCENT;
use super::columns::Target;
use super::dialect::Dialect;
use super::layout::Column;
use super::numerals::{Decimals, Sign};
use super::rows::Reader;
use super::understood::Taken;
use super::values::{Read, Ways, chosen, measured};
use crate::answers::{Heard, Said, Subject, measure, typed};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Absence, Number, QuestionKind, Unit};
use crate::quantity;
use crate::source::Span;
use crate::tables::Row;

/// What a cell comes to.
enum Told {
    Said(Said),
    /// Two things can be meant, which refuses the row.
    Doubtful(Box<Diagnostic>),
    NotShown,
}

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
                    let (unit, range) = match &self.pack.questions[question].kind {
                        QuestionKind::Number { unit, range } => (unit, Some(range.as_ref())),
                        _ => (&Unit::None, None),
                    };
                    if let Some(fault) = self.numbered_otherwise(question, column.place, cell, at) {
                        faults.push(fault);
                        continue;
                    }
                    let decimals = self.decimals(row, column.place);
                    let told = in_percent(self.read_answer(question, cell, at, decimals), unit, column);
                    let told = match range {
                        Some(range) => {
                            let code = Code::WrongAnswer;
                            let declared = &self.pack.units;
                            let subject = Subject { id: &id, unit, range, code, declared };
                            self.held(&subject, cell, at, told)
                        }
                        None => told,
                    };
                    let said = match told {
                        Told::Said(said) => said,
                        Told::Doubtful(fault) => {
                            faults.push(*fault);
                            continue;
                        }
                        Told::NotShown => continue,
                    };
                    put(&mut answers, Heard { key: id, at, said }, faults);
                }
                Target::Metric(place) => {
                    let id = self.pack.metrics[place].id.clone();
                    let unit = &self.pack.metrics[place].unit;
                    let decimals = self.decimals(row, column.place);
                    let told = in_percent(self.read_metric(place, cell, at, decimals), unit, column);
                    let (range, declared) = (self.pack.metrics[place].range.as_ref(), &self.pack.units);
                    let subject = Subject { id: &id, unit, range, code: Code::WrongMetric, declared };
                    let said = match self.held(&subject, cell, at, told) {
                        Told::Said(said) => said,
                        Told::Doubtful(fault) => {
                            faults.push(*fault);
                            continue;
                        }
                        Told::NotShown => continue,
                    };
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

    /// A figure held against what it is given for: in another unit it is told, and unreadable it is passed over where
    /// that is wanted.
    fn held(&mut self, subject: &Subject<'_>, cell: &str, at: Span, told: Told) -> Told {
        let readable = match &told {
            Told::Said(Said::One(text)) if !text.trim().is_empty() && Absence::parse(text).is_none() => {
                if let Some(converted) = converted(text, subject) {
                    self.take_converted(subject.id, cell, text, converted);
                }
                measure(text, at, subject).is_ok()
            }
            Told::Doubtful(_) => false,
            _ => true,
        };
        if readable {
            return told;
        }
        if !self.skip {
            self.unread_figures = true;
            return told;
        }
        self.take(subject.id, cell, None);
        if let Some(at) = self.seen.get(&(subject.id.to_owned(), cell.trim().to_owned())) {
            self.taken[*at].skipped = true;
        }
        Told::Said(Said::One(String::new()))
    }

    fn take_converted(&mut self, key: &str, cell: &str, read: &str, converted: String) {
        // What was read otherwise than typed is counted already.
        if read == cell {
            self.take(key, cell, Some(read.to_owned()));
        }
        if let Some(at) = self.seen.get(&(key.to_owned(), cell.trim().to_owned())) {
            self.taken[*at].converted = Some(converted);
        }
    }

    /// Yes and no as Typeform writes them.
    fn yes_or_no(&self, question: usize, cell: &str) -> Option<Read> {
        if !matches!(self.layout.dialect, Dialect::Typeform | Dialect::TypeformJson) {
            return None;
        }
        let words = &self.vocabularies[question];
        let (yes, no) = (words.meaning("yes")?, words.meaning("no")?);
        let one = match cell.trim().to_lowercase().as_str() {
            "1" | "true" => yes,
            "0" | "false" => no,
            _ => return None,
        };
        words.meaning(cell).is_none().then(|| Read::Taken(one.to_owned()))
    }

    /// A number in a column that may be numbered otherwise than its question's scale.
    fn numbered_otherwise(&self, question: usize, place: usize, cell: &str, at: Span) -> Option<Diagnostic> {
        let shifted = self.shifted.iter().find(|shifted| shifted.place == place)?;
        let id = &self.pack.questions[question].id;
        let meant = shifted.meant(cell)?;
        if self.mapping.is_some_and(|mapping| mapping.value(id, cell).is_some()) {
            return None;
        }
        Some(
            Diagnostic::error(
                Code::WrongAnswer,
                at,
                format!("{} is not taken for `{id}`: {}", typed(cell), shifted.why),
            )
            .help(format!(
                "say it for each number under `values:` in a mapping: `{{ for: {id}, typed: {}, means: {meant} }}`",
                cell.trim()
            )),
        )
    }

    /// The sign in front of decimals in a cell: a number that the file holds as one has a point.
    fn decimals(&self, row: &Row, place: usize) -> Option<Sign> {
        if self.grid.is_exact(row, place) {
            return Some(Sign { decimals: Decimals::Point, sure: true });
        }
        self.signs.columns.get(place).copied().flatten()
    }

    fn read_answer(&mut self, question: usize, cell: &str, at: Span, decimals: Option<Sign>) -> Told {
        if cell.trim().is_empty() {
            return Told::Said(Said::One(String::new()));
        }
        let id = &self.pack.questions[question].id;
        if let Some(meant) = self.mapping.and_then(|mapping| mapping.value(id, cell)) {
            let (id, meant) = (id.clone(), meant.to_owned());
            self.take(&id, cell, Some(&meant).filter(|meant| !meant.is_empty()).cloned());
            return Told::Said(match self.pack.questions[question].kind {
                QuestionKind::Many(_) if !meant.is_empty() => {
                    Said::Several(meant.split(';').map(|item| (item.trim().to_owned(), at)).collect())
                }
                _ => Said::One(meant),
            });
        }
        let ways = Ways {
            spaced: matches!(self.layout.dialect, Dialect::Kobo | Dialect::Odk),
            decimals,
            not_shown: self.layout.dialect == Dialect::LimeSurvey,
        };
        let read = self.yes_or_no(question, cell);
        match read.unwrap_or_else(|| self.vocabularies[question].read(cell, ways)) {
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
                Told::Said(Said::Several(items))
            }
            read => {
                let id = id.clone();
                self.told(&id, cell, at, read)
            }
        }
    }

    fn read_metric(&mut self, place: usize, cell: &str, at: Span, decimals: Option<Sign>) -> Told {
        if cell.trim().is_empty() {
            return Told::Said(Said::One(String::new()));
        }
        let pack = self.pack;
        let metric = &pack.metrics[place];
        if let Some(meant) = self.mapping.and_then(|mapping| mapping.value(&metric.id, cell)) {
            let meant = meant.to_owned();
            self.take(&metric.id, cell, Some(meant.clone()).filter(|meant| !meant.is_empty()));
            return Told::Said(Said::One(meant));
        }
        let read = measured(cell, decimals, &metric.unit, metric.range.as_ref());
        self.told(&metric.id, cell, at, read)
    }

    /// What was read, with what is read otherwise than typed noted.
    fn told(&mut self, key: &str, cell: &str, at: Span, read: Read) -> Told {
        match read {
            Read::Plain(said) => Told::Said(Said::One(said)),
            Read::Taken(said) => {
                self.take(key, cell, Some(said.clone()));
                Told::Said(Said::One(said))
            }
            Read::Nothing => {
                self.take(key, cell, None);
                Told::Said(Said::One(String::new()))
            }
            Read::NotShown => Told::NotShown,
            Read::Several(items) => {
                Told::Said(Said::Several(items.into_iter().map(|item| (item, at)).collect()))
            }
            Read::Doubtful(one, other) => Told::Doubtful(Box::new(
                Diagnostic::error(
                    Code::Number,
                    at,
                    format!("{} can be read in two ways, as `{one}` or `{other}`", typed(cell)),
                )
                .help("write the one that is meant, or say it under `values:` in a mapping")
                .help_if((other != "n/a").then(|| {
                    "`decimals: comma` or `decimals: point` in a mapping says it for the whole export"
                        .to_owned()
                })),
            )),
        }
    }

    /// Notes that a cell was read otherwise than typed.
    fn take(&mut self, key: &str, cell: &str, read: Option<String>) {
        let told = (key.to_owned(), cell.trim().to_owned());
        match self.seen.get(&told) {
            Some(&at) => self.taken[at].count += 1,
            None => {
                self.seen.insert(told.clone(), self.taken.len());
                self.taken.push(Taken {
                    key: told.0,
                    typed: told.1,
                    read,
                    converted: None,
                    skipped: false,
                    count: 1,
                });
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
fn in_percent(told: Told, unit: &Unit, column: &Column) -> Told {
    match told {
        Told::Said(Said::One(text)) if *unit == Unit::Percent && Number::parse(&text).is_some() => {
            let heading = column.heading.rsplit_once('[').map_or(column.heading.as_str(), |(text, _)| text);
            let coded = column.code.as_deref().unwrap_or(heading).ends_with(IN_PERCENT);
            let told = coded || heading.trim_end().ends_with("(%)");
            Told::Said(Said::One(if told { format!("{text}%") } else { text }))
        }
        told => told,
    }
}

/// The figure in the subject's own unit, where it was given in another one.
fn converted(text: &str, subject: &Subject<'_>) -> Option<String> {
    let (digits, word) = quantity::split(text);
    let given = quantity::unit(word?, subject.declared)?;
    if given == *subject.unit {
        return None;
    }
    let value = &Number::parse(digits)? * &given.factor_to(subject.unit)?;
    Some(subject.unit.after(&value.to_string()))
}

pub fn is_blank(said: &Said) -> bool {
    matches!(said, Said::One(text) if text.trim().is_empty())
}
