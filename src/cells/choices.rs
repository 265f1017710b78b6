//! Everything that can be said to one question, alone or by several voices, as far as a score, a gap or a line
//! can tell it apart.

use super::axis::{Axis, State, absences, beside, steps};
use super::bits::Bits;
use super::range::Range;
use crate::model::{
    Absence, Answer, Better, Heard, Method, Number, Pack, Question, QuestionId, QuestionKind,
};
use crate::values::{heard_alone, worth};

/// One way of answering a question.
#[derive(Clone, Debug)]
pub struct Choice {
    pub saying: Saying,
    pub heard: Heard,
}

#[derive(Clone, Debug)]
pub enum Saying {
    /// By the respondent.
    Plain(Answer),
    /// By several people, each with a role.
    Voices(Vec<(String, Answer)>),
}

/// How much is tried, each stage with all that was tried before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Answers to everything, where lines do not want it otherwise.
    Complete,
    Absences,
    Voices,
}

/// What lines allow a question to be: states of its answer and of its gap.
#[derive(Clone, Copy, Default)]
pub struct Allowed<'a> {
    pub answer: Option<(&'a Axis, &'a Bits)>,
    pub gap: Option<(&'a Axis, &'a Bits)>,
    pub fixed: Option<&'a [Answer]>,
}

impl Allowed<'_> {
    /// Whether nothing is asked of the question itself.
    pub fn is_free(&self) -> bool {
        self.answer.is_none() && self.gap.is_none() && self.fixed.is_none()
    }

    fn heard(&self, heard: &Heard) -> bool {
        self.answer.is_none_or(|(axis, bits)| axis.allows_answer(bits, heard))
    }

    fn gap(&self, gap: Option<&Number>) -> bool {
        self.gap.is_none_or(|(axis, bits)| axis.allows_number(bits, gap))
    }

    fn cells(&self) -> Vec<&Range> {
        self.answer.map_or_else(Vec::new, |(axis, bits)| axis.allowed_cells(bits))
    }
}

/// Voices that are asked to show one mean.
const VOICES: i128 = 20;
/// Steps of a scale of which each pair is tried for two voices.
const PAIRS: usize = 12;

/// What can be said within what is allowed.
pub fn choices(question: &Question, allowed: Allowed<'_>, stage: Stage) -> Vec<Choice> {
    let mut out = Vec::new();
    if let Some(fixed) = allowed.fixed {
        fixed.iter().for_each(|answer| plain(&mut out, answer.clone(), &allowed));
        return out;
    }
    values(question, &allowed).into_iter().for_each(|answer| plain(&mut out, answer, &allowed));
    if stage >= Stage::Absences || out.is_empty() {
        absences(question).for_each(|absence| plain(&mut out, Answer::Absent(absence), &allowed));
    }
    if !question.voices.is_empty() && (stage == Stage::Voices || out.is_empty()) {
        voices(question, &allowed, &mut out);
    }
    out
}

fn plain(out: &mut Vec<Choice>, answer: Answer, allowed: &Allowed<'_>) {
    let heard = heard_alone(&answer);
    if allowed.heard(&heard) && allowed.gap(None) {
        out.push(Choice { saying: Saying::Plain(answer), heard });
    }
}

/// The answers that are none of the absences.
fn values(question: &Question, allowed: &Allowed<'_>) -> Vec<Answer> {
    match &question.kind {
        QuestionKind::Numbered { from, to, step, .. } => match (steps(&question.kind), step) {
            (Some(steps), _) => steps.into_iter().map(Answer::Number).collect(),
            (None, step) => {
                let mut values = vec![from.clone(), to.clone()];
                values.extend(allowed.cells().into_iter().map(Range::inside));
                if let Some(step) = step {
                    values = values.iter().flat_map(|at| beside(at, from, step)).collect();
                    values.retain(|at| from <= at && at <= to);
                } else if allowed.answer.is_none() {
                    // A slider that no line looks at: far more than a score needs to tell apart.
                    let part = |at: i64| from + &(&(to - from) * &Number::ratio(at, 20));
                    values.extend((1..20).map(part));
                }
                values.into_iter().map(Answer::Number).collect()
            }
        },
        QuestionKind::Number { range, .. } => {
            let cells = allowed.cells();
            if cells.is_empty() {
                let whole = range.as_ref().map(|(low, high)| Range::closed(low.clone(), high.clone()));
                return vec![Answer::Number(whole.map_or_else(Number::zero, |whole| whole.inside()))];
            }
            cells.into_iter().map(|cell| Answer::Number(cell.inside())).collect()
        }
        QuestionKind::Options(choices) | QuestionKind::Profile(choices) => {
            (0..choices.len()).map(Answer::Option).collect()
        }
        QuestionKind::Many(_) => match allowed.answer {
            None => vec![Answer::Many(Vec::new())],
            Some((axis, _)) => axis
                .states
                .iter()
                .filter_map(|state| match state {
                    State::Many(options) => Some(Answer::Many(options.clone())),
                    _ => None,
                })
                .collect(),
        },
        QuestionKind::Text => vec![Answer::Text("something".to_owned())],
    }
}

/// The roles of the two sides, where the question is put to both.
fn sides(question: &Question) -> Option<(&str, &str)> {
    let manager = question.voices.iter().find(|role| *role == "manager")?;
    let other = question.voices.iter().find(|role| *role != "manager")?;
    Some((manager, other))
}

fn voices(question: &Question, allowed: &Allowed<'_>, out: &mut Vec<Choice>) {
    let mut push = |saying: Vec<(String, Answer)>, heard: Heard, gap: Option<Number>| {
        if allowed.heard(&heard) && allowed.gap(gap.as_ref()) {
            out.push(Choice { saying: Saying::Voices(saying), heard });
        }
    };
    match &question.kind {
        QuestionKind::Numbered { from, to, step, .. } => {
            let one_side = &question.voices[0];
            for cell in allowed.cells() {
                let value = cell.inside();
                if let Some(said) = mean(one_side, &value, (from, to), step.as_ref()) {
                    push(said, Heard::Number(value), None);
                }
            }
            let Some((manager, other)) = sides(question) else { return };
            let mut both = |mean_of_all: &Number, gap: &Number| {
                let half = gap * &Number::ratio(1, 2);
                let (high, low) = (mean_of_all + &half, mean_of_all - &half);
                if let (Some(mut said), Some(others)) = (
                    mean(manager, &high, (from, to), step.as_ref()),
                    mean(other, &low, (from, to), step.as_ref()),
                ) {
                    said.extend(others);
                    push(said, Heard::Number(mean_of_all.clone()), Some(gap.clone()));
                }
            };
            for (value, gap) in targets(question, allowed) {
                both(&value, &gap);
            }
            let steps = steps(&question.kind).filter(|steps| steps.len() <= PAIRS).unwrap_or_default();
            for (at, low) in steps.iter().enumerate() {
                for high in &steps[at..] {
                    both(&((low + high) * Number::ratio(1, 2)), &(high - low));
                }
            }
        }
        QuestionKind::Options(choices) => {
            let Some((manager, other)) = sides(question) else { return };
            for (a, first) in choices.iter().enumerate() {
                for (b, second) in choices.iter().enumerate() {
                    let said =
                        vec![(manager.to_owned(), Answer::Option(a)), (other.to_owned(), Answer::Option(b))];
                    let gap = (&first.points - &second.points).abs();
                    let middle = (&first.points + &second.points) * Number::ratio(1, 2);
                    let heard = if a == b { Heard::Option(a) } else { Heard::Mixed(Some(middle)) };
                    push(said, heard, Some(gap));
                }
            }
        }
        QuestionKind::Profile(choices) if choices.len() > 1 => {
            let said = [0, 1].map(|option| (question.voices[0].clone(), Answer::Option(option)));
            push(said.to_vec(), Heard::Mixed(None), None);
        }
        QuestionKind::Many(choices) if !choices.is_empty() => {
            let said =
                [Vec::new(), vec![0]].map(|options| (question.voices[0].clone(), Answer::Many(options)));
            push(said.to_vec(), Heard::Mixed(None), None);
        }
        _ => {}
    }
}

/// For each allowed cell of the answer and of the gap a mean and a gap inside them that two sides can show.
fn targets(question: &Question, allowed: &Allowed<'_>) -> Vec<(Number, Number)> {
    let mut out = Vec::new();
    for (values, gaps) in pairs(question, allowed) {
        let gap = gaps.inside();
        if let Some(room) = room(question, &gap) {
            let values = values.and(&room);
            if !values.is_empty() {
                out.push((values.inside(), gap));
            }
        }
    }
    out
}

/// The means that two sides can show at this distance from each other.
fn room(question: &Question, gap: &Number) -> Option<Range> {
    let QuestionKind::Numbered { from, to, .. } = &question.kind else { return None };
    let half = gap * &Number::ratio(1, 2);
    Some(Range::closed(from + &half, to - &half))
}

/// Each allowed cell of the answer with each allowed cell of the gap, the gaps kept to those that leave room.
fn pairs(question: &Question, allowed: &Allowed<'_>) -> Vec<(Range, Range)> {
    let QuestionKind::Numbered { from, to, .. } = &question.kind else { return Vec::new() };
    let whole = Range::closed(from.clone(), to.clone());
    let values: Vec<Range> = match allowed.answer {
        Some((axis, bits)) => axis.allowed_cells(bits).into_iter().cloned().collect(),
        None => vec![whole],
    };
    let gaps: Vec<Range> = match allowed.gap {
        Some((axis, bits)) => axis.allowed_cells(bits).into_iter().cloned().collect(),
        None => vec![Range::closed(Number::zero(), to - from)],
    };
    let two = Number::from(2i64);
    let mut out = Vec::new();
    for value in &values {
        for gap in &gaps {
            let (Some(low), Some(high)) = (&value.low, &value.high) else { continue };
            let below = Range {
                low: None,
                high: Some(&(high - from) * &two),
                low_open: false,
                high_open: value.high_open,
            };
            let above = Range {
                low: None,
                high: Some(&(to - low) * &two),
                low_open: false,
                high_open: value.low_open,
            };
            let gap = gap.and(&below).and(&above);
            if !gap.is_empty() {
                out.push((value.clone(), gap));
            }
        }
    }
    out
}

/// What several voices can together come to beyond single answers: ranges of the answer's number or points.
/// Empty where the question is not put to several.
pub fn spread(question: &Question, allowed: Allowed<'_>) -> Vec<Range> {
    if allowed.fixed.is_some() {
        return Vec::new();
    }
    let slider = matches!(question.kind, QuestionKind::Numbered { step: None, .. });
    if question.voices.is_empty() && !slider {
        return Vec::new();
    }
    match &question.kind {
        QuestionKind::Numbered { from, to, .. } => {
            let alone = allowed.gap(None);
            let both = pairs(question, &allowed);
            let values = || {
                allowed.answer.map_or_else(
                    || vec![Range::closed(from.clone(), to.clone())],
                    |(axis, bits)| axis.allowed_cells(bits).into_iter().cloned().collect(),
                )
            };
            // With three roles and more, answer and gap bind each other less than this room knows.
            let loose = question.voices.len() > 2 && !both.is_empty();
            if alone || loose { values() } else { both.into_iter().map(|(value, _)| value).collect() }
        }
        QuestionKind::Options(choices) => {
            let mixed = Heard::Mixed(None);
            if !allowed.heard(&mixed) {
                return Vec::new();
            }
            let points = || choices.iter().map(|choice| choice.points.clone());
            match (points().min(), points().max()) {
                (Some(low), Some(high)) => vec![Range::closed(low, high)],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Voices of one role whose mean is this; none where too many would be needed.
fn mean(
    role: &str,
    value: &Number,
    (from, to): (&Number, &Number),
    step: Option<&Number>,
) -> Option<Vec<(String, Answer)>> {
    if value < from || value > to {
        return None;
    }
    let Some(step) = step else { return Some(vec![(role.to_owned(), Answer::Number(value.clone()))]) };
    let offset = (value - from).checked_div(step)?;
    let count = offset.denominator().filter(|count| *count <= VOICES)?;
    let below = offset.floor();
    let higher = (&offset - &below).in_parts_of(count)?;
    let above = from + &(step * &(&below + &Number::one()));
    if higher > 0 && above > *to {
        return None;
    }
    let voice = |at: i128| {
        let answer = if at < higher { above.clone() } else { from + &(step * &below) };
        (role.to_owned(), Answer::Number(answer))
    };
    Some((0..count).map(voice).collect())
}

/// The answers to a question that scores, from the worst to the best; empty where it does not score.
pub fn answers_by_worth(pack: &Pack, id: QuestionId) -> Vec<Answer> {
    let question = pack.question(id);
    let mut all: Vec<(Number, Answer)> = values(question, &Allowed::default())
        .into_iter()
        .filter_map(|answer| Some((worth(question, &heard_alone(&answer), &Method::Sum)?, answer)))
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let turned = pack.areas.iter().find(|area| area.questions.contains(&id));
    if turned.is_some_and(|area| area.better == Better::Lower) {
        all.reverse();
    }
    all.into_iter().map(|(_, answer)| answer).collect()
}

/// The best answer by the score, or the first where it does not score.
pub fn best(question: &Question) -> Answer {
    match &question.kind {
        QuestionKind::Numbered { from, to, .. } => {
            let top =
                steps(&question.kind).and_then(|steps| steps.last().cloned()).unwrap_or_else(|| to.clone());
            Answer::Number(if question.reverse { from.clone() } else { top })
        }
        QuestionKind::Options(choices) => {
            let points = |at: &usize| choices[*at].points.clone();
            let mut all: Vec<usize> = (0..choices.len()).collect();
            all.sort_by_key(points);
            let at = if question.reverse { all.first() } else { all.last() };
            Answer::Option(at.copied().unwrap_or(0))
        }
        QuestionKind::Profile(_) => Answer::Option(0),
        QuestionKind::Many(_) => Answer::Many(Vec::new()),
        QuestionKind::Number { range, .. } => {
            let whole = range.as_ref().map(|(low, high)| Range::closed(low.clone(), high.clone()));
            Answer::Number(whole.map_or_else(Number::zero, |whole| whole.inside()))
        }
        QuestionKind::Text => Answer::Absent(Absence::Skipped),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_shown_by_as_few_voices_as_it_takes() {
        let (from, to) = (Number::from(1i64), Number::from(5i64));
        let said = mean("rep", &Number::ratio(10, 3), (&from, &to), Some(&Number::one())).unwrap();
        let numbers: Vec<String> = said
            .iter()
            .map(|(_, answer)| match answer {
                Answer::Number(number) => number.to_string(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(numbers, ["4", "3", "3"]);
        assert!(mean("rep", &Number::ratio(1, 2), (&from, &to), None).is_none());
    }
}
