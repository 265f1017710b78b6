//! Scores and the answers on which they rest: which answers bring each of them to where lines want it.

use std::collections::HashMap;
use std::rc::Rc;

use super::axis::Axis;
use super::bits::Bits;
use super::choices::{Choice, Stage, choices, spread};
use super::hulls::refuted;
use super::links::{Domains, Verdict};
use super::sums::{Item, Sums, Total, Worth, sums};
use super::whole::Plan;
use crate::model::{
    AreaId, BandOf, Dated, DatedBands, Heard, Method, Pack, Question, QuestionId, ScoreOf, Scoring,
};
use crate::values::worth;
use jiff::civil::Date;

/// What the questions of an area add up to, with the answers behind each sum.
pub struct Behind {
    choices: Vec<(QuestionId, Vec<Choice>)>,
    sums: Sums,
}

/// Sums by area and stage; none where the numbers are too large to be added exactly.
pub type Kept = HashMap<(AreaId, Stage), Option<Rc<Behind>>>;

/// One area's reachable scores.
struct Reached {
    behind: Rc<Behind>,
    /// The totals that lines allow.
    allowed: Vec<usize>,
}

/// Whether the scores of a cluster can lie within their domains, and with which answers.
pub fn solve(domains: &Domains<'_, '_, '_>) -> Verdict<Plan> {
    let pack = domains.query.space.pack;
    let total = domains.score(ScoreOf::Total);
    let areas: Vec<AreaId> = (0..pack.areas.len())
        .map(AreaId)
        .filter(|id| {
            let in_total = total.is_some() && !pack.area(*id).weight.is_zero();
            in_total || domains.score(ScoreOf::Area(*id)).is_some()
        })
        .collect();
    let plain = |of: ScoreOf| domains.score(of).is_none() || is_plain(pack, of, domains.query.space.as_of);
    let bare = |id: &AreaId| is_plain_scoring(pack, &pack.area(*id).scoring, Some(*id));
    if !areas.iter().all(|id| plain(ScoreOf::Area(*id)) && bare(id))
        || !plain(ScoreOf::Total)
        || shares_questions(pack, &areas)
    {
        return Verdict::Unknown;
    }
    if refuted(domains, &areas) {
        return Verdict::No;
    }
    let questions = || areas.iter().flat_map(|id| &pack.area(*id).questions);
    let voices = questions().any(|id| !spread(pack.question(*id), domains.question(*id)).is_empty());
    let stages: &[Stage] = if voices {
        &[Stage::Complete, Stage::Absences, Stage::Voices]
    } else {
        &[Stage::Complete, Stage::Absences]
    };
    let mut complete = true;
    for stage in stages {
        match attempt(domains, &areas, *stage) {
            Verdict::Yes(plan) => return Verdict::Yes(plan),
            Verdict::No => complete = true,
            Verdict::Unknown => complete = false,
        }
    }
    if complete && !voices { Verdict::No } else { Verdict::Unknown }
}

fn attempt(domains: &Domains<'_, '_, '_>, areas: &[AreaId], stage: Stage) -> Verdict<Plan> {
    let pack = domains.query.space.pack;
    let mut reached: Vec<(AreaId, Reached)> = Vec::new();
    let mut complete = true;
    for id in areas {
        let Some(area) = reach(domains, *id, stage) else { return Verdict::Unknown };
        complete &= area.behind.sums.complete;
        if area.allowed.is_empty() {
            return if area.behind.sums.complete { Verdict::No } else { Verdict::Unknown };
        }
        reached.push((*id, area));
    }
    let mut plan = Plan::default();
    // Answers in this cluster that no score rests on.
    for id in domains.loose(areas) {
        let question = pack.question(id);
        match choices(question, domains.question(id), Stage::Voices).into_iter().next() {
            Some(choice) => plan.answers.push((id, choice.saying)),
            None if spread(question, domains.question(id)).is_empty() => return Verdict::No,
            None => return Verdict::Unknown,
        }
    }
    let picked: Vec<usize> = match domains.score(ScoreOf::Total) {
        None => reached.iter().map(|(_, area)| area.allowed[area.allowed.len() / 2]).collect(),
        Some((axis, allowed)) => {
            let items: Vec<Item> = reached
                .iter()
                .map(|(id, area)| Item {
                    weight: pack.area(*id).weight.clone(),
                    choices: area.allowed.iter().map(|at| worth_of(&area.behind.sums.totals[*at])).collect(),
                    ends: pack.area(*id).range.clone(),
                })
                .collect();
            let Some(scoring) = pack.scoring(ScoreOf::Total) else { return Verdict::Unknown };
            let Some(sums) = sums(&items, scoring) else { return Verdict::Unknown };
            complete &= sums.complete;
            let found = sums.totals.iter().position(|total| allows(axis, allowed, total));
            match found {
                Some(at) => {
                    let traced = sums.trace(at);
                    traced.iter().zip(&reached).map(|(choice, (_, area))| area.allowed[*choice]).collect()
                }
                None => return if complete { Verdict::No } else { Verdict::Unknown },
            }
        }
    };
    for ((_, area), total) in reached.iter().zip(picked) {
        for ((id, choices), choice) in area.behind.choices.iter().zip(area.behind.sums.trace(total)) {
            plan.answers.push((*id, choices[choice].saying.clone()));
        }
    }
    Verdict::Yes(plan)
}

/// What an area can come to; none where its numbers are too large.
fn reach(domains: &Domains<'_, '_, '_>, id: AreaId, stage: Stage) -> Option<Reached> {
    let behind = behind(domains, id, stage)?;
    let of = domains.score(ScoreOf::Area(id));
    let allowed = (0..behind.sums.totals.len())
        .filter(|at| of.is_none_or(|(axis, allowed)| allows(axis, allowed, &behind.sums.totals[*at])))
        .collect();
    Some(Reached { behind, allowed })
}

/// The sums of an area; those that no line about an answer narrows are the same for every goal, and kept.
fn behind(domains: &Domains<'_, '_, '_>, id: AreaId, stage: Stage) -> Option<Rc<Behind>> {
    let space = domains.query.space;
    let free = space.pack.area(id).questions.iter().all(|id| domains.question(*id).is_free());
    if !free {
        return Behind::of(domains, id, stage).map(Rc::new);
    }
    if let Some(known) = space.sums.borrow().get(&(id, stage)) {
        return known.clone();
    }
    let found = Behind::of(domains, id, stage).map(Rc::new);
    space.sums.borrow_mut().insert((id, stage), found.clone());
    found
}

impl Behind {
    fn of(domains: &Domains<'_, '_, '_>, id: AreaId, stage: Stage) -> Option<Behind> {
        let pack = domains.query.space.pack;
        let area = pack.area(id);
        let mut all: Vec<(QuestionId, Vec<Choice>)> = Vec::new();
        let mut items: Vec<Item> = Vec::new();
        for id in &area.questions {
            let question = pack.question(*id);
            let mut kept: Vec<Choice> = Vec::new();
            let mut worths: Vec<Worth> = Vec::new();
            for choice in choices(question, domains.question(*id), stage) {
                let worth = brings(question, &choice.heard, &area.scoring.method);
                if !worths.contains(&worth) {
                    worths.push(worth);
                    kept.push(choice);
                }
            }
            items.push(Item {
                weight: question.weight.clone(),
                choices: worths,
                ends: question.worth_ends(&area.scoring.method),
            });
            all.push((*id, kept));
        }
        Some(Behind { choices: all, sums: sums(&items, &area.scoring)? })
    }
}

/// What an answer brings to a score.
pub fn brings(question: &Question, heard: &Heard, method: &Method) -> Worth {
    match (worth(question, heard, method), heard) {
        (Some(worth), _) => Worth::Ends(worth.clone(), worth),
        (None, Heard::Absent(absence)) if absence.leaves_score() => Worth::Leaves(*absence),
        _ => Worth::Missing,
    }
}

/// What an area brings to the total.
fn worth_of(total: &Total) -> Worth {
    match total {
        Total::Ends(low, high) => Worth::Ends(low.clone(), high.clone()),
        Total::TooFew => Worth::Missing,
        Total::Empty(absence) => Worth::Leaves(*absence),
    }
}

/// Whether a score follows from its answers and nothing else, by adding up.
fn is_plain_scoring(pack: &Pack, scoring: &Scoring, area: Option<AreaId>) -> bool {
    let tables = || {
        area.is_some_and(|id| {
            pack.area(id).metrics.iter().any(|metric| !pack.metric(*metric).points.is_empty())
        })
    };
    !scoring.is_formula() && scoring.valid_if.is_none() && (scoring.method != Method::Sum || !tables())
}

/// Whether its bands follow from the score alone.
fn is_plain(pack: &Pack, of: ScoreOf, as_of: Option<Date>) -> bool {
    let (scoring, lists): (Option<&Scoring>, &[DatedBands]) =
        (pack.scoring(of), pack.dated_bands(BandOf::Score(of)));
    let area = if let ScoreOf::Area(id) = of { Some(id) } else { None };
    scoring.is_some_and(|scoring| is_plain_scoring(pack, scoring, area)) && Dated::on(lists, as_of).len() <= 1
}

fn shares_questions(pack: &Pack, areas: &[AreaId]) -> bool {
    let mut all: Vec<QuestionId> = areas.iter().flat_map(|id| &pack.area(*id).questions).copied().collect();
    let count = all.len();
    all.sort();
    all.dedup();
    all.len() < count
}

fn allows(axis: &Axis, allowed: &Bits, total: &Total) -> bool {
    match total {
        Total::Ends(low, high) => axis.allows_score(allowed, Some((low, high)), None),
        Total::TooFew => axis.allows_score(allowed, None, None),
        Total::Empty(absence) => axis.allows_score(allowed, None, Some(*absence)),
    }
}
