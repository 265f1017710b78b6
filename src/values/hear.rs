//! What was said, over all voices: one answer a question, and how far managers and the others lie apart.

use std::collections::BTreeMap;

use crate::model::{Absence, Answer, Heard, Number, Pack, Question, QuestionKind, Respondent};

/// One answer and one gap a question, in pack order.
pub(super) fn hear(pack: &Pack, respondent: &Respondent) -> (Vec<Heard>, Vec<Option<Number>>) {
    let each = pack.questions.iter().enumerate().map(|(place, question)| {
        let direct = respondent.answers.get(place).unwrap_or(&Answer::Absent(Absence::NotAsked));
        let voices: Vec<(&str, &Answer)> = respondent
            .voices
            .iter()
            .filter_map(|voice| Some((voice.role.as_str(), voice.answers.get(place)?)))
            .filter(|(_, answer)| **answer != Answer::Absent(Absence::NotAsked))
            .collect();
        if voices.is_empty() {
            return (alone(direct), None);
        }
        (together(question, &voices), gap(question, &voices))
    });
    each.unzip()
}

fn alone(answer: &Answer) -> Heard {
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
