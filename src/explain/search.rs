//! The smallest changes after which a rule comes out differently: single ones first, then pairs.

use super::SHOWN;
use super::confirm::worsens;
use super::input::{Path, Stop, change, paths};
use super::observe::reading;
use super::world::World;
use crate::model::{Change, Counterfactual, Number, Reached, Subject, Values, Who};

/// How a rule is to come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// It does not fire any more, and nothing that has a good side got worse for it.
    Off,
    /// It fires.
    On,
}

/// Ways to bring a goal about: fewest changes first, then those with fewer figures, then the smallest, then in pack
/// order. Pairs are only looked for where single changes are fewer than what is shown, and only for [`Goal::Off`].
pub fn search(world: &mut World<'_>, goal: Goal) -> Vec<Counterfactual> {
    let paths = paths(world);
    let mut found = Vec::new();
    let mut idle: Vec<(&Path, &[Stop])> = Vec::new();
    for path in &paths {
        let mut before = path.stops.len();
        let mut harmless = 0;
        for (at, stop) in path.stops.iter().enumerate() {
            let Some(values) = world.after(&[(&path.input, &stop.to)]) else { break };
            if goal == Goal::Off && worsens(world.pack, &world.before, &values) {
                before = at;
                break;
            }
            harmless = at + 1;
            if comes_out(world, goal, &values) {
                found.push(way(world, &[(path, stop)], &values));
                before = at;
                break;
            }
        }
        idle.push((path, &path.stops[..before.min(harmless)]));
    }
    sort(&mut found);
    if found.len() < SHOWN && goal == Goal::Off {
        let mut pairs = pairs(world, &idle);
        sort(&mut pairs);
        found.extend(pairs);
    }
    found
}

fn comes_out(world: &World<'_>, goal: Goal, values: &Values) -> bool {
    let truth = world.judge(values);
    match goal {
        Goal::Off => truth.is_false(),
        Goal::On => truth.is_true(),
    }
}

/// For each two inputs the smallest pair of moves that does it, where neither does alone.
fn pairs(world: &mut World<'_>, idle: &[(&Path, &[Stop])]) -> Vec<Counterfactual> {
    let mut found = Vec::new();
    for (at, (one, ones)) in idle.iter().enumerate() {
        for (other, others) in idle[at + 1..].iter().filter(|(other, _)| other.input != one.input) {
            let mut each: Vec<(&Stop, &Stop)> =
                ones.iter().flat_map(|a| others.iter().map(move |b| (a, b))).collect();
            // Where the furthest moves together do nothing, nearer ones are not worth the trials.
            if each.len() > 4
                && let (Some(a), Some(b)) = (ones.last(), others.last())
            {
                let both = world.after(&[(&one.input, &a.to), (&other.input, &b.to)]);
                if !both.is_some_and(|values| comes_out(world, Goal::Off, &values)) {
                    continue;
                }
            }
            each.sort_by_key(|(a, b)| &a.moved + &b.moved);
            for (a, b) in each {
                let Some(values) = world.after(&[(&one.input, &a.to), (&other.input, &b.to)]) else {
                    continue;
                };
                if comes_out(world, Goal::Off, &values) && !worsens(world.pack, &world.before, &values) {
                    found.push(way(world, &[(one, a), (other, b)], &values));
                    break;
                }
            }
        }
    }
    found
}

fn way(world: &World<'_>, moves: &[(&Path, &Stop)], after: &Values) -> Counterfactual {
    let changes: Vec<Change> =
        moves.iter().map(|(path, stop)| change(world, &path.input, &stop.to)).collect();
    let moved: Number = moves.iter().map(|(_, stop)| stop.moved.clone()).sum();
    let itself = |subject: Subject| {
        changes.iter().any(|change| match (change, subject) {
            (Change::Answer { question, who: Who::Own | Who::Everybody, .. }, Subject::Answer(id)) => {
                *question == id
            }
            (Change::Metric { metric, .. }, Subject::Metric(id)) => *metric == id,
            _ => false,
        })
    };
    let reached = world
        .observed
        .iter()
        .filter(|seen| reading(&world.before, seen.subject) != reading(after, seen.subject))
        .filter(|seen| !itself(seen.subject))
        .filter_map(|seen| {
            let value = reading(after, seen.subject)?;
            Some(Reached { subject: seen.subject, value, edges: seen.edges.clone() })
        })
        .collect();
    Counterfactual { changes, moved, reached }
}

/// The order of questions, roles and metrics settles ties, since the search keeps it.
fn sort(ways: &mut [Counterfactual]) {
    let figures = |way: &Counterfactual| {
        way.changes.iter().filter(|change| matches!(change, Change::Metric { .. })).count()
    };
    ways.sort_by(|a, b| figures(a).cmp(&figures(b)).then(a.moved.cmp(&b.moved)));
}
