//! What scores lie between whatever is answered: often enough to see at once that they cannot be where lines
//! want them.

use super::axis::{Axis, State};
use super::bits::Bits;
use super::choices::{Allowed, Stage, choices, spread};
use super::links::Domains;
use super::range::Range;
use super::scores::brings;
use super::sums::Worth;
use crate::model::{
    Absence, AreaId, Heard, Method, Number, Question, QuestionKind, ScoreMissing, ScoreOf, Scoring, ordered,
};
use crate::values::worth;

/// The ends of an answer or a score, and whether it can be missing or leave the score.
struct Hull {
    weight: Number,
    range: Range,
    leaves: bool,
    missing: bool,
    /// The ends between which it lies while it is missing; none where nothing bounds it.
    ends: Option<(Number, Number)>,
}

/// Whether ranges alone show that the scores cannot lie within their domains.
pub fn refuted(domains: &Domains<'_, '_, '_>, areas: &[AreaId]) -> bool {
    let pack = domains.query.space.pack;
    let mut hulls = Vec::new();
    for id in areas {
        let area = pack.area(*id);
        let method = &area.scoring.method;
        let parts: Option<Vec<Hull>> = area
            .questions
            .iter()
            .map(|id| of_question(pack.question(*id), domains.question(*id), method))
            .collect();
        let Some(parts) = parts else { return true };
        let mut hull = of_parts(&parts, &area.scoring);
        hull.weight = area.weight.clone();
        hull.ends = area.range.clone();
        if let Some((axis, allowed)) = domains.score(ScoreOf::Area(*id)) {
            match within(axis, allowed, &hull) {
                Some(narrowed) => hull = narrowed,
                None => return true,
            }
        }
        if !area.weight.is_zero() {
            hulls.push(hull);
        }
    }
    match (domains.score(ScoreOf::Total), pack.scoring(ScoreOf::Total)) {
        (Some((axis, allowed)), Some(scoring)) => within(axis, allowed, &of_parts(&hulls, scoring)).is_none(),
        _ => false,
    }
}

/// None where nothing at all can be said to it.
fn of_question(question: &Question, allowed: Allowed<'_>, method: &Method) -> Option<Hull> {
    let mut hull = Hull {
        weight: question.weight.clone(),
        range: nowhere(),
        leaves: false,
        missing: false,
        ends: question.worth_ends(method),
    };
    let mut any = false;
    for choice in choices(question, allowed, Stage::Absences) {
        any = true;
        match brings(question, &choice.heard, method) {
            Worth::Ends(low, high) => hull.range = hull.range.or(&Range::closed(low, high)),
            Worth::Missing => hull.missing = true,
            Worth::Leaves(_) => hull.leaves = true,
        }
    }
    for range in spread(question, allowed) {
        any = true;
        let points = |at: &Option<Number>| {
            let heard = match &question.kind {
                QuestionKind::Options(_) => Heard::Mixed(at.clone()),
                _ => Heard::Number(at.clone()?),
            };
            worth(question, &heard, method)
        };
        if let (Some(low), Some(high)) = (points(&range.low), points(&range.high)) {
            let (low, high) = ordered(low, high);
            hull.range = hull.range.or(&Range::closed(low, high));
        }
    }
    any.then_some(hull)
}

fn nowhere() -> Range {
    Range::closed(Number::one(), Number::zero())
}

/// One part as the sum or mean sees it: its ends, its weight, and whether it may stay out.
struct Part<'h> {
    weight: &'h Number,
    low: Number,
    high: Number,
    loose: bool,
}

/// The hull of what the parts come to together.
fn of_parts(parts: &[Hull], scoring: &Scoring) -> Hull {
    let mut all: Vec<Part<'_>> = Vec::new();
    let mut gone = scoring.min_answered.is_some();
    for part in parts {
        let mut range = part.range.clone();
        let mut loose = part.leaves;
        if part.missing {
            match (scoring.missing, &part.ends) {
                (ScoreMissing::Average, _) => loose = true,
                (ScoreMissing::Zero, _) => range = range.or(&Range::point(Number::zero())),
                (ScoreMissing::Bounds | ScoreMissing::Middle, Some((low, high))) => {
                    range = range.or(&Range::closed(low.clone(), high.clone()));
                }
                _ => gone = true,
            }
        }
        let (Some(low), Some(high)) = (range.low.clone(), range.high.clone()) else { continue };
        if !range.is_empty() {
            all.push(Part { weight: &part.weight, low, high, loose });
        }
    }
    let ends = if scoring.method == Method::Sum {
        if scoring.missing == ScoreMissing::Average {
            // The mean of a few times all of them: no more than all at the end that is farthest out.
            None
        } else {
            sum_ends(&all)
        }
    } else {
        mean_end(&all, false).zip(mean_end(&all, true))
    };
    let round = |at: Number| scoring.round.map_or(at.clone(), |places| at.rounded(places));
    let range = match ends {
        Some((low, high)) => Range::closed(round(low), round(high)),
        None if scoring.method == Method::Sum && !all.is_empty() => Range::everything(),
        None => nowhere(),
    };
    let weightless = all.iter().filter(|part| !part.loose).all(|part| part.weight.is_zero());
    Hull { weight: Number::one(), range, leaves: weightless, missing: gone, ends: None }
}

fn sum_ends(parts: &[Part<'_>]) -> Option<(Number, Number)> {
    let zero = Number::zero();
    let (mut low, mut high) = (Number::zero(), Number::zero());
    for part in parts {
        let (least, most) = (part.weight * &part.low, part.weight * &part.high);
        low = low + if part.loose { least.min(zero.clone()) } else { least };
        high = high + if part.loose { most.max(zero.clone()) } else { most };
    }
    (!parts.is_empty()).then_some((low, high))
}

/// The lowest or highest weighted mean.
fn mean_end(parts: &[Part<'_>], high: bool) -> Option<Number> {
    let at = |part: &Part<'_>| if high { part.high.clone() } else { part.low.clone() };
    let (mut sum, mut weights) = (Number::zero(), Number::zero());
    for part in parts.iter().filter(|part| !part.loose) {
        sum = sum + part.weight * &at(part);
        weights = weights + part.weight.clone();
    }
    let mut loose: Vec<(Number, &Number)> = parts
        .iter()
        .filter(|part| part.loose && !part.weight.is_zero())
        .map(|part| (at(part), part.weight))
        .collect();
    loose.sort();
    if high {
        loose.reverse();
    }
    for (value, weight) in loose {
        // Whoever may leave stays only where that moves the mean outwards.
        let outwards = sum.checked_div(&weights).is_none_or(|mean| value != mean && (value > mean) == high);
        if outwards {
            sum = sum + weight * &value;
            weights = weights + weight.clone();
        }
    }
    sum.checked_div(&weights)
}

/// The hull without what lines rule out; none where nothing is left.
fn within(axis: &Axis, allowed: &Bits, hull: &Hull) -> Option<Hull> {
    let cell = |at: usize| axis.cells[at].and(&hull.range);
    let mut out = Hull {
        weight: hull.weight.clone(),
        range: nowhere(),
        leaves: false,
        missing: false,
        ends: hull.ends.clone(),
    };
    let mut any = false;
    for at in allowed.iter() {
        match &axis.states[at] {
            State::At(at) => {
                let range = cell(*at);
                if !range.is_empty() {
                    any = true;
                    out.range = out.range.or(&range);
                }
            }
            State::Spread(low, high) => {
                let (low, high) = (cell(*low), cell(*high));
                if !low.is_empty() && !high.is_empty() {
                    any = true;
                    out.range = out.range.or(&low).or(&high);
                }
            }
            State::Nothing(None) if hull.missing => {
                any = true;
                out.missing = true;
            }
            State::Nothing(Some(Absence::NotApplicable | Absence::NotAsked)) if hull.leaves => {
                any = true;
                out.leaves = true;
            }
            _ => {}
        }
    }
    any.then_some(out)
}
