//! What nearly fired: one number stands in the way, by little.

use super::observe::{observed, range, reading, with_reading};
use crate::logic::judge_rule;
use crate::model::{Findings, NearMiss, Number, Pack, QuestionKind, RuleId, Subject, Unit, Values};

/// The nearest number that alone keeps a rule from firing, if it is near: at most a tenth of its range away, and for
/// a metric at most a tenth of the edge's own size too, since ranges are often declared wide.
pub fn near(pack: &Pack, findings: &Findings, id: RuleId) -> Option<NearMiss> {
    let rule = &pack.rules[id.0];
    let values = &findings.values;
    let fires = |subject: Subject, number: &Number| {
        judge_rule(rule, pack, &with_reading(pack, values, subject, number)).is_true()
    };
    let mut nearest: Option<NearMiss> = None;
    for seen in observed(pack, values, rule) {
        let Some(value) = reading(values, seen.subject) else { continue };
        let width = range(pack, seen.subject).map(|(low, high)| &high - &low);
        let sides =
            seen.edges.iter().enumerate().flat_map(|(at, edge)| [true, false].map(|rises| (at, edge, rises)));
        // An edge lies ahead on one side; where the value stands on it, on both.
        let ahead = sides.filter(|(_, edge, rises)| if *rises { **edge >= value } else { **edge <= value });
        for (at, edge, rises) in ahead {
            // Just beyond the edge: half-way to the next one, or a little further where there is none.
            let next = if rises {
                seen.edges.get(at + 1)
            } else {
                at.checked_sub(1).and_then(|at| seen.edges.get(at))
            };
            let one = Number::one();
            let beyond = match next {
                Some(next) => &(edge + next) * &Number::ratio(1, 2),
                None if rises => edge + &one,
                None => edge - &one,
            };
            let at_edge = *edge != value && fires(seen.subject, edge);
            if !at_edge && !fires(seen.subject, &beyond) {
                continue;
            }
            let distance = (&reached(pack, values, seen.subject, edge, at_edge, rises) - &value).abs();
            let Some(share) = share(seen.subject, &distance, edge, width.as_ref()) else { continue };
            if nearest.as_ref().is_none_or(|nearest| share < nearest.share) {
                nearest = Some(NearMiss {
                    rule: id,
                    subject: seen.subject,
                    value: value.clone(),
                    edge: edge.clone(),
                    at_edge,
                    rises,
                    share,
                    by: None,
                });
            }
        }
    }
    nearest
}

/// The first number that a subject could come to there: what goes in whole steps does not stop just beyond an edge.
fn reached(
    pack: &Pack,
    values: &Values,
    subject: Subject,
    edge: &Number,
    at_edge: bool,
    rises: bool,
) -> Number {
    let step = match subject {
        Subject::Answer(id) => match &pack.question(id).kind {
            QuestionKind::Numbered { step, .. } => step.clone(),
            _ => None,
        },
        Subject::Metric(id) => {
            let counted = matches!(pack.metric(id).unit, Unit::Count | Unit::Declared(_));
            let given = values.metric(id);
            let whole = counted && !given.computed && given.value().is_some_and(Number::is_integer);
            whole.then(Number::one)
        }
        _ => None,
    };
    match step.filter(|_| !at_edge) {
        None => edge.clone(),
        Some(step) if rises => edge + &step,
        Some(step) => edge - &step,
    }
}

/// The distance as a share of the range; none where that is not near.
fn share(subject: Subject, distance: &Number, edge: &Number, width: Option<&Number>) -> Option<Number> {
    let tenth = Number::ratio(1, 10);
    let of_edge = distance.checked_div(&edge.abs());
    let share = match width.and_then(|width| distance.checked_div(width)) {
        Some(share) => share,
        None => of_edge.clone()?,
    };
    let near = share <= tenth;
    let modest = !matches!(subject, Subject::Metric(_)) || of_edge.is_none_or(|of_edge| of_edge <= tenth);
    (near && modest).then_some(share)
}
