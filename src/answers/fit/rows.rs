//! Rows of a table as a respondent, or as the voices of one.

use serde_json::Value;

use super::{Fitting, place};
use crate::answers::about;
use crate::answers::answer::{Item, Said, Sheet};
use crate::answers::raw::{RawRespondent, Row};
use crate::answers::table::{Cell, Head, Records, Use};
use crate::answers::voices::{self, Speaker, Spoken};
use crate::answers::words::{fold, typed};
use crate::answers::{fields, ids};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Absence, Answer, Measured, Respondent};
use crate::source::{SourceId, Span};

/// Columns beyond the pack that are told one by one.
const TOLD: usize = 20;

/// What each column of a table holds for a pack.
pub struct Columns {
    pub holds: Vec<Holds>,
    /// Name and place of those that go to `extra`.
    pub extra: Vec<(usize, String)>,
    name: Option<usize>,
    date: Option<usize>,
    language: Option<usize>,
    role: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Answer(usize),
    Metric(usize),
    /// Who speaks, or what only templates want.
    Else,
}

impl Columns {
    /// Finds each column's question or metric; those that name neither are told.
    pub fn new(head: &Head, sheet: &Sheet, faults: &mut Diagnostics) -> Columns {
        let mut holds = vec![Holds::Else; head.columns.len()];
        let mut extra = Vec::new();
        let mut strange = 0;
        for (at, column) in head.columns.iter().enumerate() {
            let item = sheet.find(&column.name).or_else(|| sheet.find(&column.name.to_lowercase()));
            match (column.usage, item) {
                (Use::Id, Some(_)) if !head.id_chosen => faults.push(
                    Diagnostic::error(
                        Code::TableHead,
                        column.span,
                        format!(
                            "the first column holds {}, where ids of respondents are wanted",
                            typed(&column.name)
                        ),
                    )
                    .help("put a column with ids first, or name the one that holds them with `--id`"),
                ),
                (Use::Other, Some(Item::Question(question))) => holds[at] = Holds::Answer(question),
                (Use::Other, Some(Item::Metric(metric))) => holds[at] = Holds::Metric(metric),
                // What papers are sent by is no slip of a name.
                (Use::Other, None) if about::is_about(&column.name) => {
                    extra.push((at, column.name.clone()));
                }
                (Use::Other, None) if !column.name.starts_with("x-") => {
                    extra.push((at, column.name.clone()));
                    strange += 1;
                    if strange <= TOLD {
                        faults.push(extra_column(&column.name, column.span, sheet));
                    }
                }
                // Without roles a team is but one more thing to know of a respondent.
                (Use::Team, _) if !head.has_roles() => extra.push((at, column.name.clone())),
                _ => {}
            }
        }
        if strange > TOLD {
            let span = head.columns.iter().map(|column| column.span).reduce(Span::to);
            let message = format!("{} more columns hold neither a question nor a metric", strange - TOLD);
            faults.push(Diagnostic {
                span,
                severity: crate::diag::Severity::Warning,
                ..Diagnostic::placeless(Code::ExtraColumn, message)
            });
        }
        if !faults.has_errors() && holds.iter().all(|holds| *holds == Holds::Else) {
            let span = head.columns.iter().map(|column| column.span).reduce(Span::to);
            let message =
                format!("no column of this table is a question or a metric of the pack `{}`", sheet.pack.id);
            faults.push(
                Diagnostic { span, ..Diagnostic::placeless(Code::NoColumnKnown, message) }
                    .label("the head of the table")
                    .help("give the head one line with ids of the pack, and nothing above it, or name the pack that was answered with `--pack`"),
            );
        }
        Columns {
            holds,
            extra,
            name: head.find(Use::Name),
            date: head.find(Use::Date),
            language: head.find(Use::Language),
            role: head.find(Use::Role),
        }
    }
}

fn extra_column(name: &str, span: Span, sheet: &Sheet) -> Diagnostic {
    let about = ["name", "date", "language", "team", "role"].into_iter().chain(about::names());
    let questions = sheet.pack.questions.iter().map(|question| question.id.as_str());
    let metrics = sheet.pack.metrics.iter().map(|metric| metric.id.as_str());
    let message =
        format!("{} is neither a question nor a metric of the pack `{}`", typed(name), sheet.pack.id);
    Diagnostic::warning(Code::ExtraColumn, span, message)
        .label("kept as extra")
        .help_if(did_you_mean(name, questions.chain(metrics).chain(about)))
}

/// What the rows of one respondent add up to.
struct Gathered {
    own: Spoken,
    speakers: Vec<Speaker>,
    metrics: Vec<Option<(Measured, Span)>>,
    name: Option<String>,
    date: Option<jiff::civil::Date>,
    language: Option<String>,
    extra: Vec<Value>,
    /// Whether several addresses stand in the rows of one team.
    emails_differ: bool,
}

impl Fitting<'_> {
    pub(super) fn rows(
        &self,
        raw: &RawRespondent,
        rows: &[Row],
        columns: &Columns,
        faults: &mut Diagnostics,
    ) -> Respondent {
        let pack = self.sheet.pack;
        let mut gathered = Gathered {
            own: Spoken::silent(Absence::NotAsked, pack.questions.len()),
            speakers: Vec::new(),
            metrics: vec![None; pack.metrics.len()],
            name: None,
            date: None,
            language: None,
            extra: vec![Value::Null; columns.extra.len()],
            emails_differ: false,
        };
        for holds in &columns.holds {
            if let Holds::Answer(question) = holds {
                gathered.own.answers[*question] = Answer::Absent(Absence::Skipped);
            }
        }
        let mut bare: Option<Span> = None;
        for row in rows {
            let text = &self.sources.get(row.source).text;
            let cells = Records::new(text).cells(row.start as usize);
            let role = columns.role.and_then(|at| cells.get(at)).filter(|cell| !cell.text.trim().is_empty());
            match role {
                Some(role) => {
                    let mut spoken = Spoken::silent(Absence::NotAsked, pack.questions.len());
                    self.row(row.source, &cells, columns, &mut spoken, &mut gathered, faults);
                    gathered.speakers.push(Speaker {
                        role: voices::role(&role.text, &self.sheet),
                        role_span: span(row.source, role),
                        spoken,
                    });
                }
                None => {
                    let start = span_of_row(&cells, row);
                    if let Some(first) = bare {
                        let id = raw.id.as_deref().unwrap_or("");
                        faults.push(
                            ids::duplicate(id, start, first).help("or say in `role` who speaks in each row"),
                        );
                        continue;
                    }
                    bare = Some(start);
                    let name =
                        columns.name.and_then(|at| cells.get(at)).map(|cell| ids::printable(&cell.text));
                    gathered.name = name.filter(|name| !name.is_empty());
                    let mut own = Spoken {
                        answers: gathered.own.answers.clone(),
                        ..Spoken::silent(Absence::Skipped, 0)
                    };
                    own.places = vec![None; pack.questions.len()];
                    self.row(row.source, &cells, columns, &mut own, &mut gathered, faults);
                    gathered.own = own;
                }
            }
        }
        self.silences(&mut gathered, columns);
        voices::settle(&mut gathered.own, &mut gathered.speakers, &self.sheet, faults);
        let (voices, problems) = voices::finish(gathered.speakers, &self.sheet, self.sources);
        if gathered.emails_differ {
            let emails = columns
                .extra
                .iter()
                .zip(&mut gathered.extra)
                .filter(|((_, name), _)| about::names_address(name));
            emails.for_each(|(_, value)| *value = Value::Null);
        }
        let id = raw.id.clone().unwrap_or_default();
        Respondent {
            name: gathered.name.unwrap_or_else(|| id.clone()),
            id,
            date: gathered.date,
            language: gathered.language,
            answers: gathered.own.answers,
            voices,
            metrics: gathered
                .metrics
                .into_iter()
                .map(|metric| metric.map(|(measured, _)| measured))
                .collect(),
            rounds: Vec::new(),
            extra: columns.extra.iter().map(|(_, name)| name.clone()).zip(gathered.extra).collect(),
            problems,
        }
    }

    /// Reads one row: its answers into `spoken`, all else into what is gathered.
    fn row(
        &self,
        source: SourceId,
        cells: &[Cell],
        columns: &Columns,
        spoken: &mut Spoken,
        gathered: &mut Gathered,
        faults: &mut Diagnostics,
    ) {
        for (cell, holds) in cells.iter().zip(&columns.holds) {
            let said = match cell.text.trim() {
                "" => Said::Nothing,
                _ => Said::One(&cell.text, span(source, cell)),
            };
            match holds {
                Holds::Answer(question) => {
                    spoken.places[*question] = place(&said);
                    if spoken.places[*question].is_some() {
                        spoken.answers[*question] = self.sheet.answer(*question, &said, faults);
                    }
                }
                Holds::Metric(metric) => {
                    if let Some(measured) = self.sheet.measured(*metric, &said, faults) {
                        self.measure(*metric, measured, span(source, cell), gathered, faults);
                    }
                }
                Holds::Else => {}
            }
        }
        let filled =
            |at: Option<usize>| at.and_then(|at| cells.get(at)).filter(|cell| !cell.text.trim().is_empty());
        if let Some(cell) = filled(columns.date) {
            match fields::date(&cell.text, span(source, cell)) {
                Ok(date) => gathered.date = gathered.date.max(Some(date)),
                Err(fault) => faults.push(fault),
            }
        }
        if let Some(cell) = filled(columns.language) {
            match fields::language(cell.text.trim(), span(source, cell)) {
                Ok(language) => drop(gathered.language.get_or_insert(language)),
                Err(fault) => faults.push(fault),
            }
        }
        for ((at, name), value) in columns.extra.iter().zip(&mut gathered.extra) {
            let Some(cell) = filled(Some(*at)) else { continue };
            match value {
                Value::Null => *value = Value::String(cell.text.replace("\r\n", "\n")),
                // Nobody may choose which of a team's addresses a mail goes to.
                Value::String(first) if about::names_address(name) && fold(first) != fold(&cell.text) => {
                    gathered.emails_differ = true;
                }
                _ => {}
            }
        }
    }

    fn measure(
        &self,
        metric: usize,
        measured: Measured,
        span: Span,
        gathered: &mut Gathered,
        faults: &mut Diagnostics,
    ) {
        let id = &self.sheet.pack.metrics[metric].id;
        match &gathered.metrics[metric] {
            Some((before, first)) if before.value != measured.value => faults.push(
                Diagnostic::error(Code::WrongMetric, span, format!("two rows give `{id}` different values"))
                    .label("the second one")
                    .related(*first, "the first one")
                    .help("a metric belongs to the whole team: keep one of the two"),
            ),
            Some(_) => {}
            None => gathered.metrics[metric] = Some((measured, span)),
        }
    }

    /// An empty cell of a voice is skipped only where the question is put to that role.
    fn silences(&self, gathered: &mut Gathered, columns: &Columns) {
        for holds in &columns.holds {
            let Holds::Answer(at) = holds else { continue };
            let question = &self.sheet.pack.questions[*at];
            for speaker in &mut gathered.speakers {
                if speaker.spoken.places[*at].is_none() && question.voices.contains(&speaker.role) {
                    speaker.spoken.answers[*at] = Answer::Absent(Absence::Skipped);
                }
            }
        }
    }
}

fn span(source: SourceId, cell: &Cell) -> Span {
    Span::new(source, cell.range.clone())
}

fn span_of_row(cells: &[Cell], row: &Row) -> Span {
    let start = row.start as usize;
    cells.first().map_or(Span::new(row.source, start..start), |cell| span(row.source, cell))
}
