//! What a respondent could change, and to what: each direction a list of stops, the nearest first.

use super::across;
use super::world::World;
use crate::model::{
    Absence, Answer, Change, Choice, Heard, MetricId, Number, Question, QuestionId, QuestionKind, Respondent,
    Subject, Who,
};

/// One thing that was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    Answer { question: QuestionId, who: Who },
    Metric(MetricId),
}

/// A value that an input could have instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    pub to: Answer,
    /// How far away it is, as a share.
    pub moved: Number,
}

/// One direction in which an input could move.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    pub input: Input,
    /// The nearest first; never empty.
    pub stops: Vec<Stop>,
}

/// Scales with more values than this are searched for the places where something turns.
const FEW: usize = 12;

/// Whether somebody was not asked at all.
pub fn unasked(answer: &Answer) -> bool {
    *answer == Answer::Absent(Absence::NotAsked)
}

/// Every direction in which something that the rule depends on could move, questions before metrics, in pack order.
pub fn paths(world: &mut World<'_>) -> Vec<Path> {
    let mut out = Vec::new();
    let questions: Vec<QuestionId> = world.needs.questions.iter().copied().collect();
    for id in questions.into_iter().filter(|id| world.pack.question(*id).changeable) {
        for who in speakers(world, id) {
            let input = Input::Answer { question: id, who };
            let question = world.pack.question(id);
            for stops in stops(world, question, &input) {
                if !stops.is_empty() {
                    out.push(Path { input: input.clone(), stops });
                }
            }
        }
    }
    let metrics: Vec<MetricId> = world.needs.metrics.iter().copied().collect();
    for id in metrics.into_iter().filter(|id| world.pack.metric(*id).changeable) {
        let Some(given) = world.respondent.metrics.get(id.0).cloned().flatten() else { continue };
        let input = Input::Metric(id);
        let metric = world.pack.metric(id);
        let grid = across::Grid::new(&given.value, &metric.unit, given.decimals(), metric.range.as_ref());
        for stops in across::stops(world, &input, &grid) {
            if !stops.is_empty() {
                out.push(Path { input: input.clone(), stops });
            }
        }
    }
    out
}

/// Whose answers to a question can move: the respondent's, everybody's together, or each role's where a line of the rule
/// asks how far they lie apart. Nobody's where no answer is known.
fn speakers(world: &World<'_>, id: QuestionId) -> Vec<Who> {
    let voices = asked(world.respondent, id);
    let told = |answer: &Answer| !matches!(answer, Answer::Absent(_));
    if voices.is_empty() {
        let own = world.respondent.answers.get(id.0).is_some_and(told);
        return if own { vec![Who::Own] } else { Vec::new() };
    }
    let mut roles: Vec<&str> =
        voices.iter().filter(|(_, answer)| told(answer)).map(|(role, _)| *role).collect();
    roles.sort_unstable();
    roles.dedup();
    let apart = world.observed.iter().any(|seen| seen.subject == Subject::Gap(id));
    match roles.as_slice() {
        [] => Vec::new(),
        [_, _, ..] if !apart => vec![Who::Everybody],
        roles => roles.iter().map(|role| Who::Role((*role).to_owned())).collect(),
    }
}

/// The voices that were asked a question, each with its role.
pub fn asked(respondent: &Respondent, id: QuestionId) -> Vec<(&str, &Answer)> {
    let voices = respondent.voices.iter();
    let answers = voices.filter_map(|voice| Some((voice.role.as_str(), voice.answers.get(id.0)?)));
    answers.filter(|(_, answer)| !unasked(answer)).collect()
}

/// What an input is now; none where people chose different options.
pub fn current(world: &World<'_>, input: &Input) -> Option<Answer> {
    match input {
        Input::Metric(id) => {
            let given = world.respondent.metrics.get(id.0)?.as_ref()?;
            Some(Answer::Number(given.value.clone()))
        }
        Input::Answer { question, who: Who::Own } => world.respondent.answers.get(question.0).cloned(),
        Input::Answer { question, who: Who::Everybody } => match world.before.answer(*question) {
            Heard::Number(value) => Some(Answer::Number(value.clone())),
            Heard::Option(at) => Some(Answer::Option(*at)),
            Heard::Many(chosen) => Some(Answer::Many(chosen.clone())),
            Heard::Text(_) | Heard::Mixed(_) | Heard::Absent(_) => None,
        },
        Input::Answer { question, who: Who::Role(role) } => {
            let voices = asked(world.respondent, *question).into_iter();
            let said: Vec<&Answer> = voices
                .filter(|(other, answer)| other == role && !matches!(answer, Answer::Absent(_)))
                .map(|(_, answer)| answer)
                .collect();
            let (first, rest) = said.split_first()?;
            if rest.iter().all(|other| other == first) {
                return Some((*first).clone());
            }
            let number = |answer: &&Answer| match answer {
                Answer::Number(value) => Some(value.clone()),
                _ => None,
            };
            let numbers: Vec<Number> = said.iter().filter_map(number).collect();
            let count = Number::from(numbers.len());
            numbers.into_iter().sum::<Number>().checked_div(&count).map(Answer::Number)
        }
    }
}

/// Every change of an input to a stop.
pub fn change(world: &World<'_>, input: &Input, to: &Answer) -> Change {
    let from = current(world, input);
    match (input, from, to) {
        (Input::Metric(id), Some(Answer::Number(from)), Answer::Number(to)) => {
            Change::Metric { metric: *id, from, to: to.clone() }
        }
        (Input::Metric(id), ..) => Change::Metric { metric: *id, from: Number::zero(), to: Number::zero() },
        (Input::Answer { question, who }, from, to) => {
            Change::Answer { question: *question, who: who.clone(), from, to: to.clone() }
        }
    }
}

/// The input that a change moves, and to what.
pub fn input_of(change: &Change) -> (Input, Answer) {
    match change {
        Change::Answer { question, who, to, .. } => {
            (Input::Answer { question: *question, who: who.clone() }, to.clone())
        }
        Change::Metric { metric, to, .. } => (Input::Metric(*metric), Answer::Number(to.clone())),
    }
}

fn stops(world: &mut World<'_>, question: &Question, input: &Input) -> Vec<Vec<Stop>> {
    let now = current(world, input);
    match (&question.kind, now) {
        (QuestionKind::Numbered { from, to, step, .. }, Some(Answer::Number(now))) => {
            let apart = step.clone().unwrap_or_else(|| across::on_slider(from, to));
            let steps = (to - from).checked_div(&apart).and_then(|steps| steps.to_usize());
            let Some(steps) = steps.filter(|steps| *steps < FEW) else {
                let grid = across::Grid::scale(&now, from, to, apart);
                return across::stops(world, input, &grid);
            };
            let all = (0..=steps).map(|at| from + &(&Number::from(at) * &apart));
            let (below, above): (Vec<Number>, Vec<Number>) =
                all.filter(|value| *value != now).partition(|value| *value < now);
            let stop = |value: Number| Stop {
                moved: (&value - &now).abs().checked_div(&(to - from)).unwrap_or_else(Number::one),
                to: Answer::Number(value),
            };
            vec![below.into_iter().rev().map(stop).collect(), above.into_iter().map(stop).collect()]
        }
        (QuestionKind::Options(choices) | QuestionKind::Profile(choices), now) => {
            options(choices, now.as_ref())
        }
        (QuestionKind::Many(choices), Some(Answer::Many(now))) => {
            let share = Number::ratio(1, choices.len().max(1) as i64);
            let toggled = |at: usize| {
                let mut chosen = now.clone();
                match chosen.binary_search(&at) {
                    Ok(place) => drop(chosen.remove(place)),
                    Err(place) => chosen.insert(place, at),
                }
                vec![Stop { to: Answer::Many(chosen), moved: share.clone() }]
            };
            (0..choices.len()).map(toggled).collect()
        }
        (QuestionKind::Number { unit, range }, Some(Answer::Number(now))) => {
            let grid = across::Grid::new(&now, unit, across::decimals(&now), range.as_ref());
            across::stops(world, input, &grid)
        }
        _ => Vec::new(),
    }
}

/// Other options: those worth less, those worth more, and each that is worth the same.
fn options(choices: &[Choice], now: Option<&Answer>) -> Vec<Vec<Stop>> {
    let worth = |at: usize| choices.get(at).map(|choice| choice.points.clone()).unwrap_or_else(Number::zero);
    let all: Vec<Number> = (0..choices.len()).map(worth).collect();
    let span = match (all.iter().min(), all.iter().max()) {
        (Some(low), Some(high)) => high - low,
        _ => Number::zero(),
    };
    let at = match now {
        Some(Answer::Option(at)) => Some(*at),
        _ => None,
    };
    let moved = |to: usize| {
        let share = at.and_then(|at| (&worth(to) - &worth(at)).abs().checked_div(&span));
        share.filter(|share| !share.is_zero()).unwrap_or_else(Number::one)
    };
    let mut paths: Vec<Vec<Stop>> = vec![Vec::new(), Vec::new()];
    for to in (0..choices.len()).filter(|to| Some(*to) != at) {
        let stop = Stop { to: Answer::Option(to), moved: moved(to) };
        match at.map(|at| worth(to).cmp(&worth(at))) {
            Some(std::cmp::Ordering::Less) => paths[0].push(stop),
            Some(std::cmp::Ordering::Greater) => paths[1].push(stop),
            _ => paths.push(vec![stop]),
        }
    }
    paths.iter_mut().for_each(|stops| stops.sort_by(|a, b| a.moved.cmp(&b.moved)));
    paths
}
