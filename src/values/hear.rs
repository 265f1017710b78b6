//! What was said, over all voices: one answer a question, and how far managers and the others lie apart.

use std::collections::BTreeMap;

use crate::model::{
    Absence, Answer, Heard, Number, Pack, Problem, Question, QuestionKind, Respondent, ThresholdValue,
};

/// What was said to each question, in pack order.
pub(super) struct Hearing {
    pub answers: Vec<Heard>,
    /// Whether it is not asked because its `ask_if` is false.
    pub unasked: Vec<bool>,
    pub gaps: Vec<Option<Number>>,
    /// The values that hold: an `ask_if` may compare with them.
    pub thresholds: Vec<ThresholdValue>,
    pub problems: Vec<Problem>,
}

pub(super) fn hear(pack: &Pack, respondent: &Respondent, thresholds: Vec<ThresholdValue>) -> Hearing {
    let each = (0..pack.questions.len()).map(|place| {
        let voices = respondent.voices.iter();
        let voices = voices.filter_map(|voice| Some((voice.role.as_str(), voice.answers.get(place)?)));
        let own = respondent.answers.get(place).unwrap_or(&Answer::Absent(Absence::NotAsked));
        one(&pack.questions[place], own, voices)
    });
    let (answers, gaps) = each.unzip();
    let unasked = vec![false; pack.questions.len()];
    let mut hearing = Hearing { answers, unasked, gaps, thresholds, problems: Vec::new() };
    if !pack.gated.is_empty() {
        super::asked::leave_out(pack, respondent, &mut hearing);
    }
    hearing
}

/// One question's answer over all who spoke, and its gap.
pub(super) fn one<'v>(
    question: &Question,
    own: &Answer,
    voices: impl Iterator<Item = (&'v str, &'v Answer)>,
) -> (Heard, Option<Number>) {
    let voices: Vec<(&str, &Answer)> =
        voices.filter(|(_, answer)| **answer != Answer::Absent(Absence::NotAsked)).collect();
    if voices.is_empty() {
        return (alone(own), None);
    }
    (together(question, &voices), gap(question, &voices))
}

/// What is heard where one person answers.
pub fn alone(answer: &Answer) -> Heard {
    match answer {
        Answer::Number(value) => Heard::Number(value.clone()),
        Answer::Option(option) => Heard::Option(*option),
        Answer::Many(options) => Heard::Many(options.clone()),
        Answer::Text(text) => Heard::Text(text.clone()),
        Answer::Absent(absence) => Heard::Absent(*absence),
    }
}

fn together(question: &Question, voices: &[(&str, &Answer)]) -> Heard {
    let given: Vec<&(&str, &Answer)> =
        voices.iter().filter(|(_, answer)| !matches!(answer, Answer::Absent(_))).collect();
    let Some((_, first)) = given.first() else {
        return Heard::Absent(why_none(voices));
    };
    if let QuestionKind::Numbered { .. } = question.kind {
        let roles = by_role(&given, |answer| match answer {
            Answer::Number(value) => Some(value.clone()),
            _ => None,
        });
        if let Some(mean) = mean_of_means(&roles) {
            return Heard::Number(mean);
        }
    }
    if given.iter().all(|(_, answer)| answer == first) {
        return alone(first);
    }
    Heard::Mixed(mean_of_means(&by_role(&given, |answer| points(question, answer))))
}

/// The kind of absence that all voices share, else the one that leaves most open.
fn why_none(voices: &[(&str, &Answer)]) -> Absence {
    const ORDER: [Absence; 5] =
        [Absence::DontKnow, Absence::Skipped, Absence::Refused, Absence::NotApplicable, Absence::NotAsked];
    let said = |wanted: Absence| voices.iter().any(|(_, answer)| **answer == Answer::Absent(wanted));
    ORDER.into_iter().find(|absence| said(*absence)).unwrap_or(Absence::NotAsked)
}

fn by_role<'v>(
    given: &[&(&'v str, &Answer)],
    value: impl Fn(&Answer) -> Option<Number>,
) -> BTreeMap<&'v str, Vec<Number>> {
    let mut roles: BTreeMap<&str, Vec<Number>> = BTreeMap::new();
    for (role, answer) in given {
        if let Some(value) = value(answer) {
            roles.entry(role).or_default().push(value);
        }
    }
    roles
}

fn mean_of_means(roles: &BTreeMap<&str, Vec<Number>>) -> Option<Number> {
    let means: Vec<Number> = roles.values().filter_map(|values| mean(values)).collect();
    mean(&means)
}

fn mean(values: &[Number]) -> Option<Number> {
    let sum: Number = values.iter().cloned().sum();
    sum.checked_div(&Number::from(values.len()))
}

/// An answer's worth where its distance from others means something: steps of a scale, points of options.
fn points(question: &Question, answer: &Answer) -> Option<Number> {
    match (&question.kind, answer) {
        (QuestionKind::Numbered { .. }, Answer::Number(value)) => Some(value.clone()),
        (QuestionKind::Options(choices), Answer::Option(option)) => {
            choices.get(*option).map(|choice| choice.points.clone())
        }
        _ => None,
    }
}

fn gap(question: &Question, voices: &[(&str, &Answer)]) -> Option<Number> {
    let side = |managers: bool| {
        let values: Vec<Number> = voices
            .iter()
            .filter(|(role, _)| (*role == "manager") == managers)
            .filter_map(|(_, answer)| points(question, answer))
            .collect();
        mean(&values)
    };
    Some((&side(true)? - &side(false)?).abs())
}
