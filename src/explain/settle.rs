//! What would decide an undecided rule: every value of what is missing, tried.

use super::input::{Input, asked};
use super::need::Needs;
use super::world::World;
use crate::engine::unknowns;
use crate::logic::Truth;
use crate::model::{
    Answer, AskFirst, Cells, Number, QuestionId, QuestionKind, Stretch, Subject, Unknown, Who,
};

/// Scales longer than this are not tried value by value.
const LONG: usize = 120;

/// What is missing for a rule, that which settles most first; only what could be tried in all its values.
pub fn ask_first(world: &mut World<'_>) -> Vec<AskFirst> {
    let mut out: Vec<(Number, AskFirst)> = Vec::new();
    for what in unknowns(world.rule, world.pack, &world.before) {
        let Some((input, values)) = tryable(world, what) else { continue };
        let mut outcomes: Vec<(Value, Outcome)> = Vec::new();
        for value in values {
            let to = value.answer();
            let Some(after) = world.after(&[(&input, &to)]) else { break };
            outcomes.push((value, Outcome::of(world.judge(&after))));
        }
        // One value that could not be tried leaves nothing proved.
        if outcomes.is_empty() || outcomes.len() < count(world, what) {
            continue;
        }
        let settled = outcomes.iter().filter(|(_, outcome)| *outcome != Outcome::Open).count();
        let share = Number::ratio(settled as i64, outcomes.len() as i64);
        let of = |wanted: Outcome| cells(&outcomes, wanted);
        let found = AskFirst {
            what,
            applies: of(Outcome::Applies),
            does_not: of(Outcome::DoesNot),
            open: of(Outcome::Open),
        };
        out.push((share, found));
    }
    out.sort_by(|(a, _), (b, _)| b.cmp(a));
    out.into_iter().map(|(_, found)| found).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Applies,
    DoesNot,
    Open,
}

impl Outcome {
    fn of(truth: Truth) -> Outcome {
        match truth {
            Truth::True => Outcome::Applies,
            Truth::False => Outcome::DoesNot,
            Truth::Unknown { .. } => Outcome::Open,
        }
    }
}

/// One value, or one stretch of them in which no line turns, with a number out of its midst.
#[derive(Clone, Debug)]
enum Value {
    Option(usize),
    Numbers { try_with: Number, stretch: Stretch },
}

impl Value {
    fn answer(&self) -> Answer {
        match self {
            Value::Option(at) => Answer::Option(*at),
            Value::Numbers { try_with, .. } => Answer::Number(try_with.clone()),
        }
    }
}

fn count(world: &World<'_>, what: Unknown) -> usize {
    values_of(world, what).map_or(0, |values| values.len())
}

/// What is to be moved for something unknown, and all that it could be.
fn tryable(world: &World<'_>, what: Unknown) -> Option<(Input, Vec<Value>)> {
    let values = values_of(world, what)?;
    let answer = |question: QuestionId, who: Who| Input::Answer { question, who };
    let input = match what {
        Unknown::Metric(id) => Input::Metric(id),
        // One of those who were asked will do: whoever did not answer does not count.
        Unknown::Answer(id) => match asked(world.respondent, id).first() {
            Some((role, _)) => answer(id, Who::Role((*role).to_owned())),
            None => answer(id, Who::Own),
        },
        Unknown::Agreement(id) => answer(id, Who::Everybody),
        // Another person would have to be asked, who is not among the voices.
        Unknown::Voice(_) => return None,
        // What was before stands in an earlier round.
        Unknown::Before(_) => return None,
    };
    Some((input, values))
}

/// Every value, or a number out of each stretch in which nothing turns; none where that is more than can be tried.
fn values_of(world: &World<'_>, what: Unknown) -> Option<Vec<Value>> {
    match what {
        Unknown::Answer(id) | Unknown::Agreement(id) | Unknown::Voice(id) => {
            match &world.pack.question(id).kind {
                QuestionKind::Numbered { from, to, step: Some(step), .. } => {
                    let steps = (to - from).checked_div(step)?.to_usize().filter(|steps| *steps <= LONG)?;
                    let value = |at: usize| {
                        let value = from + &(&Number::from(at) * step);
                        let end = Some((value.clone(), true));
                        Value::Numbers { try_with: value, stretch: Stretch { low: end.clone(), high: end } }
                    };
                    Some((0..=steps).map(value).collect())
                }
                QuestionKind::Numbered { from, to, step: None, .. } => {
                    alone(world, Subject::Answer(id), |needs| needs.questions.contains(&id))?;
                    cut(world, Subject::Answer(id), Some(&(from.clone(), to.clone())))
                }
                QuestionKind::Options(choices) | QuestionKind::Profile(choices) => {
                    Some((0..choices.len()).map(Value::Option).collect())
                }
                QuestionKind::Number { range, .. } => cut(world, Subject::Answer(id), range.as_ref()),
                QuestionKind::Many(_) | QuestionKind::Text => None,
            }
        }
        Unknown::Before(_) => None,
        Unknown::Metric(id) => {
            alone(world, Subject::Metric(id), |needs| needs.metrics.contains(&id))?;
            cut(world, Subject::Metric(id), world.pack.metric(id).range.as_ref())
        }
    }
}

/// None where other numbers of the rule are made of a subject too: then its own turning points do not tell all.
fn alone(world: &World<'_>, subject: Subject, is_in: impl Fn(&Needs) -> bool) -> Option<()> {
    let mut others = world.observed.iter().filter(|seen| seen.subject != subject);
    let behind = others.any(|seen| is_in(&Needs::of_subjects(world.pack, vec![seen.subject])));
    (!behind).then_some(())
}

/// A number's range cut at every place where a line of the rule turns: the places, and what lies between them.
fn cut(world: &World<'_>, subject: Subject, range: Option<&(Number, Number)>) -> Option<Vec<Value>> {
    let edges = &world.observed.iter().find(|seen| seen.subject == subject)?.edges;
    let (low, high) = (range.map(|(low, _)| low), range.map(|(_, high)| high));
    let inside = |edge: &&Number| low.is_none_or(|low| *edge >= low) && high.is_none_or(|high| *edge <= high);
    let edges: Vec<&Number> = edges.iter().filter(inside).collect();
    let one = Number::one();
    let half = Number::ratio(1, 2);
    let mut out = Vec::new();
    let between = |from: Option<&Number>, to: Option<&Number>| {
        let (start, end) = (from.or(low), to.or(high));
        let try_with = match (start, end) {
            (Some(start), Some(end)) if start >= end => return None,
            (Some(start), Some(end)) => &(start + end) * &half,
            (Some(start), None) => start + &one,
            (None, Some(end)) => end - &one,
            (None, None) => Number::zero(),
        };
        let open = |end: Option<&Number>| end.map(|end| (end.clone(), false));
        Some(Value::Numbers { try_with, stretch: Stretch { low: open(from), high: open(to) } })
    };
    let mut before = None;
    for edge in edges {
        out.extend(between(before, Some(edge)));
        let closed = Some((edge.clone(), true));
        out.push(Value::Numbers {
            try_with: edge.clone(),
            stretch: Stretch { low: closed.clone(), high: closed },
        });
        before = Some(edge);
    }
    out.extend(between(before, None));
    Some(out)
}

/// The values with one outcome, neighbours joined.
fn cells(outcomes: &[(Value, Outcome)], wanted: Outcome) -> Cells {
    let mut options = Vec::new();
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut open = false;
    for (value, outcome) in outcomes {
        if *outcome != wanted {
            open = false;
            continue;
        }
        match value {
            Value::Option(at) => options.push(*at),
            Value::Numbers { stretch, .. } => match stretches.last_mut().filter(|_| open) {
                Some(last) => last.high = stretch.high.clone(),
                None => stretches.push(stretch.clone()),
            },
        }
        open = true;
    }
    if outcomes.iter().any(|(value, _)| matches!(value, Value::Option(_))) {
        Cells::Options(options)
    } else {
        Cells::Numbers(stretches)
    }
}
