//! People who fill a form in: what they mean, in the pack's terms.

use kitwright::check::SoundPack;
use kitwright::engine::evaluate;
use kitwright::form::{About, Ask, Form};
use kitwright::import::is_none;
use kitwright::logic::judge;
use kitwright::model::{Absence, Answer, Measured, Number, Pack, Question, QuestionKind, Respondent};

use crate::shape::Tape;

/// A number in tenths.
pub fn tenths(tenths: i64) -> Number {
    Number::ratio(tenths, 10)
}

/// One answer, as a form can take it.
fn answer(tape: &mut Tape, question: &Question) -> Answer {
    match tape.below(8) {
        6 => return Answer::Absent(Absence::Skipped),
        7 if listed(&question.kind) => {
            let not_applicable = question.not_applicable && tape.one_in(2);
            return Answer::Absent(if not_applicable { Absence::NotApplicable } else { Absence::DontKnow });
        }
        _ => {}
    }
    match &question.kind {
        QuestionKind::Numbered { from, to, step, .. } => match step {
            Some(_) => {
                let count = (0..).take_while(|place| question.kind.step_at(*place).is_some()).count();
                Answer::Number(question.kind.step_at(tape.below(count)).unwrap())
            }
            None => Answer::Number(if tape.one_in(2) { from.clone() } else { to.clone() }),
        },
        QuestionKind::Number { range, .. } => Answer::Number(number(tape, range.as_ref())),
        QuestionKind::Many(choices) => {
            let chosen: Vec<usize> = (0..choices.len()).filter(|_| tape.one_in(2)).collect();
            // With an option of its own for "none", nothing marked is nothing said.
            let none = choices.iter().position(|choice| is_none(&choice.id) || is_none(&choice.label));
            Answer::Many(if chosen.is_empty() { none.into_iter().collect() } else { chosen })
        }
        QuestionKind::Text => {
            let texts = ["fine", "a, b; \"c\"", "line one\nline two", "=1+1", "none of these, {x} ${y} <b>"];
            Answer::Text(texts[tape.below(texts.len())].to_owned())
        }
        kind => Answer::Option(tape.below(kind.choices().len())),
    }
}

fn number(tape: &mut Tape, range: Option<&(Number, Number)>) -> Number {
    let value = tenths(tape.between(0, 1000));
    match range {
        Some((low, high)) if value < *low || value > *high => low.clone(),
        _ => value,
    }
}

/// Whether a question is asked by choices, beside which "don't know" stands.
pub fn listed(kind: &QuestionKind) -> bool {
    match kind {
        QuestionKind::Numbered { .. } => kind.step_at(0).is_some() && kind.step_at(15).is_none(),
        kind => !kind.choices().is_empty(),
    }
}

/// Whether Google Forms has a scale for it, which offers no "don't know".
pub fn is_scale(question: &Question) -> bool {
    let QuestionKind::Numbered { from, to, step: Some(step), labels } = &question.kind else { return false };
    let is = |number: &Number, all: std::ops::RangeInclusive<i64>| {
        all.into_iter().any(|n| *number == Number::from(n))
    };
    labels.is_empty()
        && !question.not_applicable
        && *step == Number::one()
        && is(from, 0..=1)
        && is(to, 3..=10)
}

/// Somebody who answers what the form puts to them and nothing else.
pub fn somebody(tape: &mut Tape, sound: &SoundPack, form: &Form<'_>) -> Respondent {
    let pack = sound.pack();
    let mut respondent = Respondent {
        id: "A team".to_owned(),
        name: "A team".to_owned(),
        date: None,
        language: None,
        answers: pack.questions.iter().map(|question| answer(tape, question)).collect(),
        voices: Vec::new(),
        metrics: pack
            .metrics
            .iter()
            .map(|metric| {
                (!tape.one_in(4) && metric.formula.is_none())
                    .then(|| Measured::whole(number(tape, metric.range.as_ref())))
            })
            .collect(),
        rounds: Vec::new(),
        extra: serde_json::Map::new(),
        problems: Vec::new(),
    };
    for _ in 0..=pack.gated.len() {
        let findings = evaluate(sound, &respondent, None);
        for id in &pack.gated {
            let question = pack.question(*id);
            let wanted = judge(&question.ask_if.as_ref().unwrap().when, pack, &findings.values).is_true();
            if !wanted {
                respondent.answers[id.0] = Answer::Absent(Absence::Skipped);
            }
        }
    }
    let findings = evaluate(sound, &respondent, None);
    for item in form.sections.iter().flat_map(|section| &section.items) {
        let About::Question(place) = item.about else { continue };
        let Some(ask_if) = &pack.questions[place].ask_if else { continue };
        let truth = judge(&ask_if.when, pack, &findings.values);
        let Some(ask) = &item.ask else { continue };
        let put = holds(ask, pack, &respondent.answers);
        assert_eq!(put, truth.is_true(), "{}: {truth:?} {ask:?} {:?}", item.id, respondent.answers);
    }
    respondent
}

/// Whether a form's condition holds for what was typed into it; a role is never given.
pub fn holds(ask: &Ask, pack: &Pack, answers: &[Answer]) -> bool {
    let each = |parts: &[Ask]| parts.iter().map(|part| holds(part, pack, answers)).collect::<Vec<_>>();
    match ask {
        Ask::All(parts) => each(parts).into_iter().all(|held| held),
        Ask::Any(parts) => each(parts).into_iter().any(|held| held),
        Ask::AtLeast(count, parts) => each(parts).into_iter().filter(|held| *held).count() >= *count,
        Ask::Not(inner) => !holds(inner, pack, answers),
        Ask::Number(id, comparison, limit) => match &answers[id.0] {
            Answer::Number(value) => comparison.holds(value, limit),
            _ => false,
        },
        Ask::Chosen(id, values) => {
            let shown = match &answers[id.0] {
                Answer::Number(value) => value.to_decimal(30),
                Answer::Option(at) => pack.question(*id).kind.choices()[*at].id.clone(),
                _ => return false,
            };
            values.contains(&shown)
        }
        Ask::Includes(id, value) => match &answers[id.0] {
            Answer::Many(list) => list.iter().any(|at| pack.question(*id).kind.choices()[*at].id == *value),
            _ => false,
        },
        Ask::Answered(id) => !matches!(answers[id.0], Answer::Absent(_)),
        Ask::Says(id, absence) => answers[id.0] == Answer::Absent(*absence),
        Ask::Open(id) => answers[id.0] == Answer::Absent(Absence::Skipped),
        Ask::Role(_) => true,
    }
}
