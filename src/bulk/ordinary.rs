//! Rows judged as single respondents are: the way that always holds.

use jiff::civil::Date;

use crate::answers::{
    Fitting, Kind, Outcome, Place, RawFile, RawRespondent, ReadOptions, duplicate, read, whom,
};
use crate::check::SoundPack;
use crate::diag::Diagnostics;
use crate::engine::evaluate_for_data;
use crate::export::{Column, columns, csv_row, line as json_line};
use crate::kit::refusals;
use crate::source::Sources;

/// What is printed of each respondent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    Lines,
    /// One array of the same objects.
    Array,
    /// A row of these columns.
    Csv(Vec<Column>),
}

/// Everything that judging a row by itself needs.
pub struct Ordinary<'a> {
    pub pack: &'a SoundPack,
    /// The beginning of the file, fitted to the pack: what was worked out for it holds for all that follows.
    pub fitting: &'a Fitting<'a>,
    /// The file's name, as messages show it.
    pub name: String,
    pub kind: Kind,
    /// The head of a table with its line break; empty for other kinds.
    pub head: String,
    pub options: ReadOptions,
    pub as_of: Option<Date>,
    pub form: Form,
}

/// One respondent of a text.
pub struct Outcomes {
    /// The row or line of the text, counted from 0 behind the head.
    pub place: usize,
    pub id: Option<String>,
    /// None for who is refused.
    pub line: Option<String>,
}

/// Somebody who is refused, and why.
pub struct Refused {
    /// Id, file and place.
    pub name: String,
    /// Id and place.
    pub brief: String,
    pub faults: Diagnostics,
    /// The texts that the faults lie in.
    pub sources: Sources,
}

/// Where a record stands in its file.
#[derive(Clone, Copy, Debug)]
pub struct At<'t> {
    pub record: &'t str,
    /// From 1.
    pub line: usize,
    /// From 1, as a spreadsheet counts.
    pub row: usize,
}

impl Ordinary<'_> {
    /// What becomes of each respondent in a text that begins at a line of the file.
    pub fn outcomes(&self, text: &str, line: usize) -> Vec<Outcomes> {
        let mut sources = Sources::default();
        let source = sources.add_pieces(self.name.as_str(), &self.head, text, line);
        let file = read(source, self.kind, &self.options, &sources);
        let fitting = self.fitting.part(&file, &sources);
        let head = match self.kind {
            Kind::Csv => self.head_rows(),
            _ => 0,
        };
        let each = file.respondents.iter().map(|raw| {
            let line = match fitting.outcome(raw) {
                Outcome::Refused(_) => None,
                Outcome::Fits(respondent) => {
                    let findings = evaluate_for_data(self.pack, &respondent, self.as_of);
                    findings.refusals.is_empty().then(|| match &self.form {
                        Form::Lines | Form::Array => json_line(self.pack.pack(), &respondent, &findings),
                        Form::Csv(wanted) => {
                            let cells = columns(self.pack.pack(), &respondent, &findings, wanted);
                            csv_row(cells.iter().map(String::as_str))
                        }
                    })
                }
            };
            Outcomes { place: raw.at.number().saturating_sub(1 + head), id: raw.id.clone(), line }
        });
        each.collect()
    }

    /// The rows of the head, empty ones before it counted.
    pub fn head_rows(&self) -> usize {
        super::split::cut(self.head.as_bytes(), true).rows
    }

    /// The id of a record; none where it has none.
    pub fn id(&self, record: &str) -> Option<String> {
        let mut sources = Sources::default();
        let source = sources.add_pieces(self.name.as_str(), &self.head, record, 1);
        let file = read(source, self.kind, &self.options, &sources);
        file.respondents.into_iter().next().and_then(|raw| raw.id)
    }

    /// Why a record is refused; `first` is the record that has the same id, where one has.
    pub fn refused(&self, at: At, first: Option<At>) -> Refused {
        let mut sources = Sources::default();
        let own = sources.add_pieces(self.name.as_str(), &self.head, at.record, at.line);
        let before =
            first.map(|first| sources.add_pieces(self.name.as_str(), &self.head, first.record, first.line));
        let place = match self.kind {
            Kind::Csv => Place::Row(at.row),
            _ => Place::Line(at.line),
        };
        let mut file = read(own, self.kind, &self.options, &sources);
        let first = before.and_then(|before| {
            let file = read(before, self.kind, &self.options, &sources);
            file.respondents.first().map(|raw| raw.span)
        });
        let shown = format!("{}, {place}", self.name);
        let Some(mut raw) = (!file.respondents.is_empty()).then(|| file.respondents.remove(0)) else {
            return Refused { name: shown, brief: place.to_string(), faults: file.faults, sources };
        };
        raw.at = place;
        if let (Some(id), Some(first)) = (&raw.id, first) {
            raw.faults.push(duplicate(id, raw.span, first));
        }
        let (name, brief) = (whom(raw.id.as_deref(), shown), whom(raw.id.as_deref(), place));
        let faults = self.faults(&file, &raw, &sources);
        Refused { name, brief, faults, sources }
    }

    fn faults(&self, file: &RawFile, raw: &RawRespondent, sources: &Sources) -> Diagnostics {
        let fitting = self.fitting.part(file, sources);
        match fitting.outcome(raw) {
            Outcome::Refused(refusal) => refusal.faults,
            Outcome::Fits(respondent) => {
                let findings = evaluate_for_data(self.pack, &respondent, self.as_of);
                refusals(self.pack.pack(), &findings, raw.span)
            }
        }
    }
}
