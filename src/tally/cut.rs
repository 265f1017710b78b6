//! By what a cohort is cut into groups: a question of the pack, or what else was given.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diag::did_you_mean;
use crate::model::{Findings, Heard, Pack, QuestionId, QuestionKind, Respondent};

/// More groups than this are names, not segments.
pub const MOST_GROUPS: usize = 60;

/// By what groups are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The options of a question of which one is chosen.
    Question(QuestionId),
    /// A key of `extra`, in any case.
    Extra(String),
}

impl By {
    /// What a name means; a question goes before a column.
    ///
    /// # Errors
    /// Message and help where it is a question that makes no groups.
    pub fn named(name: &str, pack: &Pack) -> Result<By, (String, String)> {
        let Some(at) = pack.questions.iter().position(|question| question.id == name) else {
            return Ok(By::Extra(name.to_owned()));
        };
        match pack.questions[at].kind {
            QuestionKind::Profile(_) | QuestionKind::Options(_) => Ok(By::Question(QuestionId(at))),
            _ => Err((
                format!("`{name}` is no question of which one option is chosen, so it makes no groups"),
                "give a question with options, or a column of the answers that is no question".to_owned(),
            )),
        }
    }

    /// As it was asked for.
    pub fn name<'a>(&'a self, pack: &'a Pack) -> &'a str {
        match self {
            By::Question(id) => &pack.question(*id).id,
            By::Extra(name) => name,
        }
    }
}

/// The groups of a cut as they are met.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    pub by: By,
    /// The label of each, in the order met; none for those of whom it is not known.
    pub labels: Vec<Option<String>>,
    places: BTreeMap<Option<String>, usize>,
    /// The columns that were met instead, for a slip of the pen.
    others: BTreeSet<String>,
}

impl Groups {
    pub fn new(by: By) -> Groups {
        Groups { by, labels: Vec::new(), places: BTreeMap::new(), others: BTreeSet::new() }
    }

    /// The group of somebody, as a place in the labels.
    pub fn of(&mut self, pack: &Pack, respondent: &Respondent, findings: &Findings) -> usize {
        let label = match &self.by {
            By::Question(id) => match findings.values.answer(*id) {
                Heard::Option(at) => pack.question(*id).kind.choices().get(*at).map(|one| one.label.clone()),
                _ => None,
            },
            By::Extra(name) => {
                let folded = name.to_lowercase();
                let found = respondent.extra.iter().find(|(key, _)| key.to_lowercase() == folded);
                if found.is_none() && self.others.len() < 30 {
                    self.others.extend(respondent.extra.keys().take(30).cloned());
                }
                found.and_then(|(_, value)| text(value))
            }
        };
        if let Some(at) = self.places.get(&label) {
            return *at;
        }
        // Whoever comes behind the last group that is kept is refused by `fault`.
        if self.labels.len() > MOST_GROUPS {
            return self.labels.len() - 1;
        }
        self.labels.push(label.clone());
        self.places.insert(label, self.labels.len() - 1);
        self.labels.len() - 1
    }

    /// Why it makes no groups, and what to do.
    pub fn fault(&self, pack: &Pack) -> Option<(String, String)> {
        let name = self.by.name(pack);
        if self.labels.len() > MOST_GROUPS {
            return Some((
                format!("`{name}` has more than {MOST_GROUPS} different values, which are no segments"),
                "cut by something that several share, such as a team or a region".to_owned(),
            ));
        }
        if self.labels.iter().all(Option::is_none) {
            let questions = pack.questions.iter().filter(|question| {
                matches!(question.kind, QuestionKind::Profile(_) | QuestionKind::Options(_))
            });
            let profile = pack.questions.iter().filter(|one| matches!(one.kind, QuestionKind::Profile(_)));
            let known = self.others.iter().map(String::as_str);
            let all: Vec<&str> = known.clone().chain(questions.map(|one| one.id.as_str())).collect();
            let usual: Vec<&str> = known.chain(profile.map(|one| one.id.as_str())).collect();
            let help = did_you_mean(name, all).unwrap_or_else(|| match usual.as_slice() {
                [] => "give a column of the answers that is neither question nor metric".to_owned(),
                some => format!("a cohort can be cut by {}", some.join(", ")),
            });
            return Some((format!("nobody has anything under `{name}`"), help));
        }
        None
    }

    /// Its groups in the order of the options, or of the alphabet; those of whom it is not known last.
    pub fn order(&self, pack: &Pack) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.labels.len()).collect();
        let place = |at: &usize| {
            let label = self.labels[*at].clone();
            let option = match &self.by {
                By::Question(id) => {
                    let mut choices = pack.question(*id).kind.choices().iter();
                    choices.position(|choice| Some(&choice.label) == label.as_ref()).unwrap_or(usize::MAX)
                }
                By::Extra(_) => 0,
            };
            (label.is_none(), option, label.as_ref().map(|label| label.to_lowercase()), label)
        };
        order.sort_by_key(place);
        order
    }
}

/// What a cell or value says as the name of a group.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
