//! Why nobody meets a goal: the smallest set of its lines that already contradict each other.

use super::Space;
use super::goal::{Core, Goal, What};
use super::query::Decision;
use super::truths::Truths;
use crate::model::Condition;

/// Parts of a goal of which each pair is tried before parts are taken away one by one.
const PAIRED: usize = 12;

/// A smallest contradiction in a goal that nobody meets.
pub fn core(space: &Space<'_>, goal: &Goal<'_>) -> Core {
    let mut parts: Vec<(&Condition, Truths)> = Vec::new();
    for (what, truths) in &goal.claims {
        match what {
            What::Condition(condition) => flatten(condition, *truths, space, &mut parts),
            What::Rule(id) => {
                let rule = &space.pack().rules[id.0];
                match &rule.unless {
                    None => flatten(&rule.when, *truths, space, &mut parts),
                    Some(unless) if *truths == Truths::TRUE => {
                        flatten(&rule.when, *truths, space, &mut parts);
                        flatten(unless, Truths::FALSE, space, &mut parts);
                    }
                    // A rule that must not fire is no list of lines that must hold.
                    Some(_) => return whole(goal, space),
                }
            }
        }
    }
    let impossible = |parts: &[&(&Condition, Truths)]| {
        let mut part =
            Goal { claims: Vec::new(), answers: goal.answers.clone(), metrics: goal.metrics.clone() };
        part.claims.extend(parts.iter().map(|(condition, truths)| (What::Condition(condition), *truths)));
        matches!(space.decide(&part), Decision::No)
    };
    if let Some(one) = parts.iter().find(|part| impossible(&[part])) {
        return lines(&[one]);
    }
    if parts.len() <= PAIRED {
        for (at, second) in parts.iter().enumerate() {
            if let Some(first) = parts[..at].iter().find(|first| impossible(&[first, second])) {
                return lines(&[first, second]);
            }
        }
    }
    let mut kept: Vec<&(&Condition, Truths)> = parts.iter().collect();
    let mut at = 0;
    while at < kept.len() {
        let removed = kept.remove(at);
        if !impossible(&kept) {
            kept.insert(at, removed);
            at += 1;
        }
    }
    lines(&kept)
}

/// The parts that must all hold for a condition to come to a truth.
fn flatten<'c>(
    condition: &'c Condition,
    truths: Truths,
    space: &Space<'c>,
    out: &mut Vec<(&'c Condition, Truths)>,
) {
    match condition {
        Condition::All(list) if truths == Truths::TRUE && !list.is_empty() => {
            list.iter().for_each(|part| flatten(part, truths, space, out));
        }
        Condition::Any(list) if truths == Truths::FALSE && !list.is_empty() => {
            list.iter().for_each(|part| flatten(part, truths, space, out));
        }
        Condition::Not(inner) => flatten(inner, truths.flipped(), space, out),
        Condition::Named(id, _) if splits(&space.pack().condition(*id).when, truths) => {
            flatten(&space.pack().condition(*id).when, truths, space, out);
        }
        _ => out.push((condition, truths)),
    }
}

fn splits(condition: &Condition, truths: Truths) -> bool {
    match condition {
        Condition::All(_) => truths == Truths::TRUE,
        Condition::Any(_) => truths == Truths::FALSE,
        _ => false,
    }
}

fn lines(parts: &[&(&Condition, Truths)]) -> Core {
    let mut core = Core::default();
    for (condition, _) in parts {
        condition.visit(&mut |part| {
            let span = match part {
                Condition::Test(test) => test.span,
                Condition::Named(_, span) => *span,
                _ => return,
            };
            if !core.lines.contains(&span) {
                core.lines.push(span);
            }
        });
    }
    core
}

fn whole(goal: &Goal<'_>, space: &Space<'_>) -> Core {
    let mut core = Core::default();
    for (what, _) in &goal.claims {
        let conditions: Vec<&Condition> = match what {
            What::Condition(condition) => vec![condition],
            What::Rule(id) => {
                let rule = &space.pack().rules[id.0];
                std::iter::once(&rule.when).chain(&rule.unless).collect()
            }
        };
        for condition in conditions {
            core.lines.extend(lines(&[&(condition, Truths::ANY)]).lines);
        }
    }
    core
}
