//! What was typed, held against a pack: respondents who fit, and those who are refused with all reasons.

mod rows;

use std::sync::Arc;

use super::answer::{Said, Sheet};
use super::raw::{Body, Document, Given, Place, RawFile, RawRespondent};
use super::voices::{self, Speaker, Spoken};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Absence, Measured, Pack, Respondent};
use crate::source::{Sources, Span};
use rows::Columns;
pub(super) use rows::Holds;

/// How a file is to be held against the pack.
#[derive(Clone, Copy, Debug, Default)]
pub struct FitOptions<'a> {
    /// The name by which the run's answers chose the pack: who names another is refused.
    /// None where the pack was chosen on the command line.
    pub pack: Option<&'a str>,
}

/// What became of one respondent.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Fits(Box<Respondent>),
    Refused(Refusal),
}

/// A respondent who cannot be worked with, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// None where that is what is missing.
    pub id: Option<String>,
    pub at: Place,
    /// All faults of this respondent; none only where the file's own faults leave nothing to read.
    pub faults: Diagnostics,
}

/// A file's respondents against a pack. Each is worked out when asked for, so that a cohort of any size
/// takes the memory of one; asking is pure, and may be done from several threads.
pub struct Fitting<'a> {
    pub(super) raw: &'a RawFile,
    sources: &'a Sources,
    options: FitOptions<'a>,
    pub(super) sheet: Arc<Sheet<'a>>,
    pub(super) columns: Option<Arc<Columns>>,
    faults: Diagnostics,
}

/// Holds a file against a pack.
pub fn fit<'a>(
    raw: &'a RawFile,
    pack: &'a Pack,
    options: FitOptions<'a>,
    sources: &'a Sources,
) -> Fitting<'a> {
    let sheet = Arc::new(Sheet::new(pack));
    let mut faults = raw.faults.clone();
    let columns = raw.head.as_ref().map(|head| Arc::new(Columns::new(head, &sheet, &mut faults)));
    Fitting { raw, sources, options, sheet, columns, faults }
}

impl Fitting<'_> {
    /// Faults of the file as a whole, those of reading it included. An error among them is one of the
    /// run; warnings, such as of columns that nothing knows, are told once here.
    pub fn faults(&self) -> &Diagnostics {
        &self.faults
    }

    /// Whether the faults of one respondent leave the others be.
    pub fn is_cohort(&self) -> bool {
        self.raw.kind.is_cohort()
    }

    /// The columns of a table that hold neither a question nor a metric: what goes to `extra`. None where it is no table.
    pub fn extra(&self) -> Option<Vec<&str>> {
        self.columns.as_ref().map(|columns| columns.extra.iter().map(|(_, name)| name.as_str()).collect())
    }

    /// The questions for which a table has no column, in pack order: nobody in it was asked them. None where it is no table.
    pub fn unasked(&self) -> Option<Vec<&str>> {
        let columns = self.columns.as_ref()?;
        let questions = self.sheet.pack.questions.iter().enumerate();
        let open = questions.filter(|(at, _)| !columns.holds.contains(&Holds::Answer(*at)));
        Some(open.map(|(_, question)| question.id.as_str()).collect())
    }

    pub fn len(&self) -> usize {
        self.raw.respondents.len()
    }

    pub fn is_empty(&self) -> bool {
        self.raw.respondents.is_empty()
    }

    /// Another part of the same file against the same pack: what was worked out for the first holds for it.
    pub fn part<'b>(&'b self, raw: &'b RawFile, sources: &'b Sources) -> Fitting<'b> {
        Fitting {
            raw,
            sources,
            options: self.options,
            sheet: Arc::clone(&self.sheet),
            columns: self.columns.clone(),
            faults: Diagnostics::default(),
        }
    }

    /// All respondents in the order of the file.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome> {
        self.raw.respondents.iter().map(|raw| self.outcome(raw))
    }

    /// What becomes of one of the file's respondents.
    pub fn outcome(&self, raw: &RawRespondent) -> Outcome {
        let mut faults = raw.faults.clone();
        if let (Some(expected), Some((named, span))) = (self.options.pack, &raw.pack)
            && expected != named
        {
            faults.push(
                Diagnostic::error(
                    Code::OtherPack,
                    *span,
                    format!("these answers are for the pack `{named}`"),
                )
                .label(format!("the others are for `{expected}`"))
                .help("build the answers for each pack by themselves, or say which one with `--pack`"),
            );
        }
        // Held against a pack that they are not for, every answer would be told as unknown.
        let other_pack = faults.iter().any(|fault| fault.code == Code::OtherPack);
        let respondent = match (&raw.body, &self.columns) {
            _ if other_pack => None,
            (Body::Document(document), _) => Some(self.document(raw, document, &mut faults)),
            (Body::Rows(rows), Some(columns)) if !rows.is_empty() => {
                Some(self.rows(raw, rows, columns, &mut faults))
            }
            _ => None,
        };
        match respondent {
            Some(respondent) if !faults.has_errors() && raw.id.is_some() => {
                Outcome::Fits(Box::new(respondent))
            }
            _ => Outcome::Refused(Refusal { id: raw.id.clone(), at: raw.at, faults }),
        }
    }

    fn document(&self, raw: &RawRespondent, document: &Document, faults: &mut Diagnostics) -> Respondent {
        let unsaid = if document.unsaid_not_asked { Absence::NotAsked } else { Absence::Skipped };
        let mut own = self.spoken(&document.answers, unsaid, faults);
        let mut speakers: Vec<Speaker> = document
            .voices
            .iter()
            .map(|voice| Speaker {
                role: voices::role(&voice.role, &self.sheet),
                role_span: voice.role_span,
                spoken: self.spoken(&voice.answers, Absence::NotAsked, faults),
            })
            .collect();
        voices::settle(&mut own, &mut speakers, &self.sheet, faults);
        let metrics = self.metrics(&document.metrics, faults);
        let (voices, mut problems) = voices::finish(speakers, &self.sheet, self.sources);
        let rounds: Vec<Respondent> =
            document.rounds.iter().map(|round| self.document(raw, &round.document, faults)).collect();
        problems.extend(rounds.iter().flat_map(|round| round.problems.iter().cloned()));
        let id = raw.id.clone().unwrap_or_default();
        Respondent {
            name: document.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone()),
            id,
            date: document.date,
            language: document.language.clone(),
            answers: own.answers,
            voices,
            metrics,
            rounds: rounds.into_iter().map(|round| Respondent { problems: Vec::new(), ..round }).collect(),
            extra: document.extra.clone(),
            problems,
        }
    }

    /// Answers under their questions; `absence` stands where a question's key is absent.
    fn spoken(&self, given: &[Given], absence: Absence, faults: &mut Diagnostics) -> Spoken {
        let mut spoken = Spoken::silent(absence, self.sheet.pack.questions.len());
        for Given { key, key_span, value } in given {
            match self.sheet.question(key, *key_span) {
                Ok(at) => {
                    if let Some(said) = Said::of(key, value, faults) {
                        spoken.answers[at] = self.sheet.answer(at, &said, faults);
                        spoken.places[at] = place(&said);
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        spoken
    }

    fn metrics(&self, given: &[Given], faults: &mut Diagnostics) -> Vec<Option<Measured>> {
        let mut metrics = vec![None; self.sheet.pack.metrics.len()];
        for Given { key, key_span, value } in given {
            match self.sheet.metric(key, *key_span) {
                Ok(at) => {
                    if let Some(said) = Said::of(key, value, faults) {
                        metrics[at] = self.sheet.measured(at, &said, faults);
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        metrics
    }
}

/// Where something was said, if anything was.
fn place(said: &Said) -> Option<Span> {
    match said {
        Said::Nothing => None,
        Said::One(text, _) if text.trim().is_empty() => None,
        Said::One(_, span) | Said::List(_, span) => Some(*span),
    }
}
