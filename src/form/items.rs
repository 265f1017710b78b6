//! One question or figure as a form asks it: its words, and the answers that it takes.

use super::ask::{Ask, ask_of, both};
use super::plan::{About, Entry, Form, Item, Local, Offer, Says, Wanted};
use super::words::Words;
use crate::import::{NONE, is_none};
use crate::markdown::plain;
use crate::model::{Absence, Choice, Metric, Number, Prose, Question, QuestionKind, Unit};

/// Steps of a scale that are shown one by one; a longer scale is a number to type.
const LISTED: usize = 15;

impl Form<'_> {
    pub(super) fn question(&self, place: usize, roles: &[String], wanted: Wanted<'_>) -> Item {
        let question = &self.pack.questions[place];
        let entry = self.entry(question);
        let help = match &entry {
            Entry::Choices { several: true, .. } => Some(self.local(|words| words.several)),
            Entry::Number { unit, range, .. } => self.number_help(unit, range.as_ref()),
            _ => None,
        };
        let put_to: Vec<String> = match question.voices.len() {
            count if count == 0 || count == roles.len() => Vec::new(),
            _ => question.voices.clone(),
        };
        let ask = question.ask_if.as_ref().map(|ask_if| ask_of(self.pack, ask_if));
        let unjudged = ask == Some(None);
        let role = Some(put_to.clone()).filter(|roles| !roles.is_empty()).map(Ask::Role);
        Item {
            about: About::Question(place),
            id: question.id.clone(),
            title: vec![
                format!("{}{}", said(&question.text), told_unit(&question.kind));
                self.languages.len()
            ],
            help,
            required: wanted.required && matches!(entry, Entry::Choices { .. }),
            entry,
            ask: both(ask.flatten(), role),
            unjudged,
            worked_out: false,
            roles: put_to,
        }
    }

    fn entry(&self, question: &Question) -> Entry {
        let kind = &question.kind;
        let steps = || {
            let each = listed_values(kind).into_iter().map(|(value, shown)| {
                let label = kind.label_of(&value).filter(|label| !label.is_empty());
                Offer {
                    label: vec![label.unwrap_or(&shown).to_owned(); self.languages.len()],
                    value: shown,
                    kind: Says::Step,
                }
            });
            each.collect::<Vec<_>>()
        };
        let options = || kind.choices().iter().map(|choice| self.option(choice)).collect::<Vec<_>>();
        let (mut choices, several) = match kind {
            QuestionKind::Numbered { from, to, step, .. } if !is_listed(kind) => {
                let range = Some((from.clone(), to.clone()));
                return Entry::Number { unit: Unit::None, range, step: step.clone() };
            }
            QuestionKind::Number { unit, range } => {
                return Entry::Number { unit: unit.clone(), range: range.clone(), step: None };
            }
            QuestionKind::Text => return Entry::Lines,
            QuestionKind::Numbered { .. } => (steps(), false),
            QuestionKind::Options(_) | QuestionKind::Profile(_) => (options(), false),
            QuestionKind::Many(_) => (options(), true),
        };
        if several && !kind.choices().iter().any(says_none) {
            choices.push(Offer {
                value: NONE.to_owned(),
                label: self.local(|words| words.asked.none),
                kind: Says::None,
            });
        }
        choices.push(Offer {
            value: Absence::DontKnow.key().to_owned(),
            label: self.local(|words| words.asked.dont_know),
            kind: Says::Absent(Absence::DontKnow),
        });
        if question.not_applicable {
            choices.push(Offer {
                value: Absence::NotApplicable.key().to_owned(),
                label: self.local(|words| words.asked.not_applicable),
                kind: Says::Absent(Absence::NotApplicable),
            });
        }
        Entry::Choices { choices, several }
    }

    fn option(&self, choice: &Choice) -> Offer {
        let label = |language: &String| {
            let own = choice.translations.iter().find(|(tag, _)| tag == language);
            own.map_or(&choice.label, |(_, label)| label).clone()
        };
        Offer {
            value: choice.id.clone(),
            label: self.languages.iter().map(label).collect(),
            kind: Says::Option,
        }
    }

    pub(super) fn metric(&self, place: usize) -> Item {
        let metric = &self.pack.metrics[place];
        let title = |words: &&'static Words| format!("{}{}", said(&metric.title), measured_in(metric, words));
        let number = self.number_help(&metric.unit, metric.range.as_ref());
        let help = match (number, is_worked_out(metric)) {
            (Some(help), true) => {
                let each = help.into_iter().zip(&self.words);
                Some(each.map(|(help, words)| format!("{help} {}", words.worked_out)).collect())
            }
            (help, _) => help,
        };
        Item {
            about: About::Metric(place),
            id: metric.id.clone(),
            title: self.words.iter().map(title).collect(),
            help,
            entry: Entry::Number { unit: metric.unit.clone(), range: metric.range.clone(), step: None },
            required: false,
            ask: None,
            unjudged: false,
            worked_out: is_worked_out(metric),
            roles: Vec::new(),
        }
    }

    /// "A number from 0% to 100%."
    fn number_help(&self, unit: &Unit, range: Option<&(Number, Number)>) -> Option<Local> {
        let shown = |number: &Number| unit.after(&shown(number));
        let help = |words: &&'static Words| match range {
            Some((low, high)) => {
                words.between.replacen("{low}", &shown(low), 1).replacen("{high}", &shown(high), 1)
            }
            None => words.number.to_owned(),
        };
        Some(self.words.iter().map(help).collect())
    }
}

/// The words of a sentence of the pack.
pub fn said(prose: &Prose) -> String {
    plain(&prose.plain())
}

/// Whether the values of a question are shown one by one.
pub fn is_listed(kind: &QuestionKind) -> bool {
    let QuestionKind::Numbered { .. } = kind else { return !kind.choices().is_empty() };
    kind.step_at(0).is_some() && kind.step_at(LISTED).is_none()
}

/// The values of a scale that is shown one by one, each as it is written; none of any other question.
pub fn listed_values(kind: &QuestionKind) -> Vec<(Number, String)> {
    let each = (0..LISTED).map_while(|place| kind.step_at(place));
    each.map(|value| (value.clone(), shown(&value))).collect()
}

/// A number as it is typed.
pub fn shown(number: &Number) -> String {
    number.to_decimal(30)
}

fn says_none(choice: &Choice) -> bool {
    is_none(&choice.id)
        || is_none(&choice.label)
        || choice.translations.iter().any(|(_, label)| is_none(label))
}

/// " (clients, per year)", " (%)": what a number is taken to be; a percentage says so last.
fn measured_in(metric: &Metric, words: &Words) -> String {
    let per = metric.period.as_ref().map(|period| format!("{} {period}", words.per));
    let unit = Some(metric.unit.name()).filter(|unit| !unit.is_empty());
    match (unit, per) {
        (None, None) => String::new(),
        (Some(unit), None) => format!(" ({unit})"),
        (None, Some(per)) => format!(" ({per})"),
        (Some("%"), Some(per)) => format!(", {per} (%)"),
        (Some(unit), Some(per)) => format!(" ({unit}, {per})"),
    }
}

/// " (%)" or " (hours)" behind a question for a number.
fn told_unit(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Number { unit, .. } if !unit.name().is_empty() => format!(" ({})", unit.name()),
        _ => String::new(),
    }
}

/// Whether a metric follows from others that the form asks for.
fn is_worked_out(metric: &Metric) -> bool {
    metric.formula.as_ref().is_some_and(|formula| !formula.names().is_empty())
}
