//! One answer: what was typed, held against what its question takes.

use std::collections::HashMap;

use super::fields::wrong_shape;
use super::measure::{Subject, measure};
use super::words::{fold, tidy, typed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Absence, Answer, Measured, Number, Pack, Question, QuestionKind, Unit};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// Answers that a message lists; more would bury it.
const LISTED: usize = 8;
/// Steps of a scale that are looked up rather than worked out.
const STEPS: usize = 100;

/// What stands where an answer is expected.
pub enum Said<'a> {
    Nothing,
    One(&'a str, Span),
    /// Its items, and the place of the whole.
    List(Vec<(&'a str, Span)>, Span),
}

impl<'a> Said<'a> {
    /// None where the fault is told.
    pub fn of(key: &str, node: &'a Node, faults: &mut Diagnostics) -> Option<Said<'a>> {
        match &node.value {
            Value::Scalar(_) => Some(match node.text() {
                Some(text) => Said::One(text, node.span),
                None => Said::Nothing,
            }),
            Value::List { items, .. } => {
                let mut list = Vec::new();
                for item in items {
                    match (&item.value, item.text()) {
                        (Value::Scalar(_), Some(text)) => list.push((text, item.span)),
                        (Value::Scalar(_) | Value::Broken, _) => {}
                        _ => {
                            faults.push(wrong_shape(key, item, "text"));
                            return None;
                        }
                    }
                }
                Some(Said::List(list, node.span))
            }
            Value::Map { .. } => {
                faults.push(wrong_shape(key, node, "an answer"));
                None
            }
            Value::Broken => None,
        }
    }
}

/// What a word means as an answer to one question.
#[derive(Clone)]
enum Meaning {
    Number(Number),
    Option(usize),
}

/// The words that one question takes.
struct Vocabulary {
    /// By fold.
    words: HashMap<String, Meaning>,
    /// The most `;` that one of them holds.
    semicolons: usize,
}

impl Vocabulary {
    fn of(kind: &QuestionKind) -> Vocabulary {
        let mut words = HashMap::new();
        let mut semicolons = 0;
        let mut add = |word: &str, meaning: Meaning| {
            semicolons = semicolons.max(word.matches(';').count());
            words.entry(fold(word)).or_insert(meaning);
        };
        if let QuestionKind::Numbered { labels, .. } = kind {
            for value in (0..STEPS).map_while(|place| kind.step_at(place)) {
                add(&value.to_decimal(30), Meaning::Number(value));
            }
            for (place, label) in labels.iter().enumerate() {
                kind.step_at(place).into_iter().for_each(|value| add(label, Meaning::Number(value)));
            }
        }
        let choices = kind.choices();
        // An option's id wins over another's label, and that over a translation.
        for (at, choice) in choices.iter().enumerate() {
            add(&choice.id, Meaning::Option(at));
        }
        for (at, choice) in choices.iter().enumerate() {
            add(&choice.label, Meaning::Option(at));
        }
        for (at, choice) in choices.iter().enumerate() {
            choice.translations.iter().for_each(|(_, label)| add(label, Meaning::Option(at)));
        }
        let of = |word: &str| choices.iter().position(|choice| choice.id == word);
        if let (Some(yes), Some(no)) = (of("yes"), of("no")) {
            add("true", Meaning::Option(yes));
            add("false", Meaning::Option(no));
        }
        Vocabulary { words, semicolons }
    }
}

/// Said of several options where none holds, and none of them is called so.
const NONE: &str = "none";

/// The questions and metrics of a pack, ready to be looked up by what was typed.
pub struct Sheet<'a> {
    pub pack: &'a Pack,
    vocabularies: Vec<Vocabulary>,
    questions: HashMap<&'a str, usize>,
    metrics: HashMap<&'a str, usize>,
    /// The roles that any question asks, in pack order.
    pub roles: Vec<&'a str>,
}

impl<'a> Sheet<'a> {
    pub fn new(pack: &'a Pack) -> Sheet<'a> {
        let mut roles: Vec<&str> = Vec::new();
        for role in pack.questions.iter().flat_map(|question| &question.voices) {
            if !roles.contains(&role.as_str()) {
                roles.push(role);
            }
        }
        Sheet {
            pack,
            vocabularies: pack.questions.iter().map(|question| Vocabulary::of(&question.kind)).collect(),
            questions: pack.questions.iter().enumerate().map(|(at, q)| (q.id.as_str(), at)).collect(),
            metrics: pack.metrics.iter().enumerate().map(|(at, m)| (m.id.as_str(), at)).collect(),
            roles,
        }
    }

    /// The place of a question; the fault names the nearest ids.
    pub fn question(&self, key: &str, span: Span) -> Result<usize, Diagnostic> {
        self.questions.get(key).copied().ok_or_else(|| {
            let help = if self.metrics.contains_key(key) {
                Some("a metric stands under `metrics:`".to_owned())
            } else {
                did_you_mean(key, self.pack.questions.iter().map(|question| question.id.as_str()))
            };
            self.unknown(key, span, "question", help)
        })
    }

    /// The place of a metric; the fault names the nearest ids.
    pub fn metric(&self, key: &str, span: Span) -> Result<usize, Diagnostic> {
        self.metrics.get(key).copied().ok_or_else(|| {
            let help = if self.questions.contains_key(key) {
                Some("a question stands under `answers:`".to_owned())
            } else {
                did_you_mean(key, self.pack.metrics.iter().map(|metric| metric.id.as_str()))
            };
            self.unknown(key, span, "metric", help)
        })
    }

    fn unknown(&self, key: &str, span: Span, what: &str, help: Option<String>) -> Diagnostic {
        let message = format!("{} is no {what} of the pack `{}`", typed(key), self.pack.id);
        Diagnostic::error(Code::UnknownQuestion, span, message).help_if(help)
    }

    /// Whether the pack has a question or a metric of this id.
    pub fn find(&self, key: &str) -> Option<Item> {
        let question = self.questions.get(key).map(|at| Item::Question(*at));
        question.or_else(|| self.metrics.get(key).map(|at| Item::Metric(*at)))
    }

    /// Reads an answer; a fault is told and leaves the question skipped.
    pub fn answer(&self, at: usize, said: &Said, faults: &mut Diagnostics) -> Answer {
        let question = &self.pack.questions[at];
        let skipped = Answer::Absent(Absence::Skipped);
        let read = match (said, &question.kind) {
            (Said::Nothing, _) => Ok(skipped.clone()),
            (Said::One(text, span), QuestionKind::Text) => Ok(self.text(question, text, *span, faults)),
            (Said::List(list, _), QuestionKind::Many(_)) => Ok(self.many(at, list, faults)),
            (Said::One(text, span), _) => {
                if text.trim().is_empty() {
                    Ok(skipped.clone())
                } else if let Some(absence) = Absence::parse(&fold(text)) {
                    absent(question, absence, text, *span)
                } else {
                    self.one(at, text, *span, faults)
                }
            }
            (Said::List(list, span), _) => Err(Diagnostic::error(
                Code::WrongAnswer,
                *span,
                format!("`{}` takes one answer", question.id),
            )
            .label(format!("a list of {} stands here", list.len()))
            .help("keep one of them")),
        };
        read.unwrap_or_else(|fault| {
            faults.push(fault);
            skipped
        })
    }

    fn text(&self, question: &Question, text: &str, span: Span, faults: &mut Diagnostics) -> Answer {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Answer::Absent(Absence::Skipped);
        }
        match Absence::ALL.into_iter().find(|absence| absence.key() == trimmed) {
            Some(absence) => absent(question, absence, text, span).unwrap_or_else(|fault| {
                faults.push(fault);
                Answer::Absent(Absence::Skipped)
            }),
            None => Answer::Text(text.replace("\r\n", "\n")),
        }
    }

    fn one(&self, at: usize, text: &str, span: Span, faults: &mut Diagnostics) -> Result<Answer, Diagnostic> {
        let question = &self.pack.questions[at];
        match &question.kind {
            QuestionKind::Number { unit, range } => {
                let subject = Subject {
                    id: &question.id,
                    unit,
                    range: range.as_ref(),
                    code: Code::WrongAnswer,
                    declared: &self.pack.units,
                };
                measure(text, span, &subject).map(|measured| Answer::Number(measured.value))
            }
            QuestionKind::Many(_) => {
                let parts = self.parts(at, text, span);
                Ok(self.many(at, &parts, faults))
            }
            kind => {
                let words = &self.vocabularies[at].words;
                match words.get(&fold(text)) {
                    Some(Meaning::Number(value)) => Ok(Answer::Number(value.clone())),
                    Some(Meaning::Option(option)) => Ok(Answer::Option(*option)),
                    None => match kind {
                        QuestionKind::Numbered { .. } => on_scale(text, kind),
                        _ => by_value(text, kind).map(Answer::Option),
                    }
                    .ok_or_else(|| self.wrong(question, text, span)),
                }
            }
        }
    }

    fn many(&self, at: usize, list: &[(&str, Span)], faults: &mut Diagnostics) -> Answer {
        let question = &self.pack.questions[at];
        if let [(text, span)] = list
            && let Some(absence) = Absence::parse(&fold(text))
        {
            return absent(question, absence, text, *span).unwrap_or_else(|fault| {
                faults.push(fault);
                Answer::Absent(Absence::Skipped)
            });
        }
        let words = &self.vocabularies[at].words;
        if let [(text, _)] = list
            && fold(text) == NONE
            && !words.contains_key(NONE)
        {
            return Answer::Many(Vec::new());
        }
        let mut options = Vec::new();
        for (text, span) in list.iter().filter(|(text, _)| !text.trim().is_empty()) {
            let option = match self.vocabularies[at].words.get(&fold(text)) {
                Some(Meaning::Option(option)) => Some(*option),
                _ => by_value(text, &question.kind),
            };
            match option {
                Some(option) => options.push(option),
                None if Absence::parse(&fold(text)).is_some() => faults.push(
                    Diagnostic::error(
                        Code::WrongAnswer,
                        *span,
                        format!("{} stands among other answers to `{}`", typed(text), question.id),
                    )
                    .label("this says that there is no answer")
                    .help("take it out, or the others"),
                ),
                None => faults.push(self.wrong(question, text, *span)),
            }
        }
        options.sort_unstable();
        options.dedup();
        Answer::Many(options)
    }

    /// A text with several options, parted at those `;` that are not part of an option's own words.
    fn parts<'t>(&self, at: usize, text: &'t str, span: Span) -> Vec<(&'t str, Span)> {
        let vocabulary = &self.vocabularies[at];
        let mut ends: Vec<usize> = text.match_indices(';').map(|(at, _)| at).collect();
        ends.push(text.len());
        let mut parts = Vec::new();
        let (mut start, mut next) = (0, 0);
        while next < ends.len() {
            let furthest = (next + vocabulary.semicolons).min(ends.len() - 1);
            let end = (next..=furthest)
                .rev()
                .find(|&end| vocabulary.words.contains_key(&fold(&text[start..ends[end]])))
                .unwrap_or(next);
            let part = &text[start..ends[end]];
            if !part.trim().is_empty() {
                let before = part.len() - part.trim_start().len();
                // A quoted cell's bytes are not those of its text: its whole place stands for each part.
                let place = if span.range().len() == text.len() {
                    span.part(start + before..start + part.trim_end().len())
                } else {
                    span
                };
                parts.push((part.trim(), place));
            }
            start = ends[end] + 1;
            next = end + 1;
        }
        parts
    }

    /// Reads a metric; none where nothing was measured or the fault is told.
    pub fn measured(&self, at: usize, said: &Said, faults: &mut Diagnostics) -> Option<Measured> {
        let metric = &self.pack.metrics[at];
        let (text, span) = match said {
            Said::Nothing => return None,
            Said::One(text, span) => (*text, *span),
            Said::List(list, span) => {
                faults.push(
                    Diagnostic::error(Code::WrongMetric, *span, format!("`{}` takes one number", metric.id))
                        .label(format!("a list of {} stands here", list.len()))
                        .help("keep one of them"),
                );
                return None;
            }
        };
        if text.trim().is_empty() || Absence::parse(&fold(text)).is_some() {
            return None;
        }
        let subject = Subject {
            id: &metric.id,
            unit: &metric.unit,
            range: metric.range.as_ref(),
            code: Code::WrongMetric,
            declared: &self.pack.units,
        };
        measure(text, span, &subject).map_err(|fault| faults.push(fault)).ok()
    }

    /// The fault of a text that is no answer to a question with a scale or options.
    fn wrong(&self, question: &Question, text: &str, span: Span) -> Diagnostic {
        let message = format!("{} is no answer to `{}`", typed(text), question.id);
        let fault = Diagnostic::error(Code::WrongAnswer, span, message);
        let mut known: Vec<&str> = Vec::new();
        let (label, listed) = match &question.kind {
            kind @ QuestionKind::Numbered { from, to, step, labels } => {
                known.extend(labels.iter().map(String::as_str));
                let steps = match step {
                    None => "a number".to_owned(),
                    Some(step) if *step == Number::one() && from.is_integer() => "a whole number".to_owned(),
                    Some(step) => format!("a number in steps of {step}"),
                };
                let or = if labels.is_empty() { "" } else { ", or its label," };
                let named: Vec<String> = labels
                    .iter()
                    .enumerate()
                    .filter_map(|(place, label)| Some(format!("{} `{label}`", kind.step_at(place)?)))
                    .collect();
                (format!("{steps} from {from} to {to}{or} is wanted here"), named)
            }
            kind => {
                let choices = kind.choices();
                for choice in choices {
                    known.push(&choice.id);
                    known.push(&choice.label);
                    known.extend(choice.translations.iter().map(|(_, label)| label.as_str()));
                }
                let named: Vec<String> = choices
                    .iter()
                    .map(|choice| {
                        let number =
                            choice.value.as_ref().map_or_else(String::new, |value| format!("{value} "));
                        if choice.label == choice.id {
                            format!("{number}`{}`", choice.id)
                        } else {
                            format!("{number}`{}` ({})", choice.id, choice.label)
                        }
                    })
                    .collect();
                let label = match kind {
                    QuestionKind::Many(_) => "one of its options, or several, are wanted here",
                    _ => "one of its options is wanted here",
                };
                (label.to_owned(), named)
            }
        };
        let fault = fault.label(label);
        known.extend(
            Absence::ALL
                .iter()
                .filter(|absence| question.not_applicable || **absence != Absence::NotApplicable)
                .map(|absence| absence.key()),
        );
        let fault = match fold(text).as_str() {
            "n/a" | "n.a." | "na" | "-" | "--" | "?" | "none" => {
                let not = if question.not_applicable { ", `not_applicable`" } else { "" };
                fault.help(format!("where there is no answer, write `dont_know`{not} or `skipped`"))
            }
            _ => fault.help_if(did_you_mean(&tidy(text), known)).help_if(not_points(question, text)),
        };
        if listed.is_empty() || listed.len() > LISTED {
            return fault;
        }
        fault.help(format!("permitted: {}", listed.join(", ")))
    }
}

/// Points are the author's way of counting, not the respondent's way of answering.
fn not_points(question: &Question, text: &str) -> Option<String> {
    let QuestionKind::Options(choices) = &question.kind else { return None };
    let points = Number::parse(text.trim())?;
    let choice = choices.iter().find(|choice| choice.points == points)?;
    Some(format!("a number is not read as points: write `{}`", choice.id))
}

/// What a key or a column names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Question(usize),
    Metric(usize),
}

fn absent(question: &Question, absence: Absence, text: &str, span: Span) -> Result<Answer, Diagnostic> {
    if absence == Absence::NotApplicable && !question.not_applicable {
        return Err(Diagnostic::error(
            Code::WrongAnswer,
            span,
            format!("{} is no answer to `{}`", typed(text), question.id),
        )
        .label("this question applies to everyone")
        .help("write `dont_know` or `skipped`")
        .help(
            "where it does not apply to everyone, the pack says `not_applicable: true` beside the question",
        ));
    }
    Ok(Answer::Absent(absence))
}

/// A bare number.
fn bare(text: &str) -> Option<Number> {
    let plain = Subject { id: "", unit: &Unit::None, range: None, code: Code::WrongAnswer, declared: &[] };
    let nowhere = Span { source: crate::source::SourceId(0), start: 0, end: 0 };
    Some(measure(text, nowhere, &plain).ok()?.value)
}

/// A number that lies on a scale: on one of its steps, or anywhere along a slider.
fn on_scale(text: &str, kind: &QuestionKind) -> Option<Answer> {
    let QuestionKind::Numbered { from, to, step, .. } = kind else { return None };
    let value = bare(text)?;
    let held = match step {
        Some(_) => kind.step_of(&value).is_some(),
        None => value >= *from && value <= *to,
    };
    held.then_some(Answer::Number(value))
}

/// The option that a number stands for.
fn by_value(text: &str, kind: &QuestionKind) -> Option<usize> {
    if kind.choices().iter().all(|choice| choice.value.is_none()) {
        return None;
    }
    let value = bare(text)?;
    kind.choices().iter().position(|choice| choice.value.as_ref() == Some(&value))
}
