//! Every slip that is tried in a pack, in the order of the pack.

use super::lines::{Variant, digit, first_span, variants};
use super::slip::{Part, Slip};
use crate::model::{
    AreaId, BandOf, Bands, ConditionId, LadderId, MetricId, Number, Order, Pack, PrescriptionId, RuleId,
    ScoreOf, ThresholdId, Unit,
};
use crate::pack::print;

pub fn slips(pack: &Pack) -> Vec<Slip> {
    let mut out = Vec::new();
    let mut each = |list: Vec<Variant>, part: &dyn Fn(crate::model::Condition) -> Part| {
        out.extend(list.into_iter().map(|variant| Slip {
            span: variant.span,
            was: variant.was,
            now: variant.now,
            part: part(variant.condition),
        }));
    };
    for (place, rule) in pack.rules.iter().enumerate() {
        let id = RuleId(place);
        each(variants(&rule.when, pack), &|when| Part::When(id, when));
        if let Some(unless) = &rule.unless {
            each(variants(unless, pack), &|unless| Part::Unless(id, Some(unless)));
        }
    }
    for (place, named) in pack.conditions.iter().enumerate() {
        each(variants(&named.when, pack), &|when| Part::Named(ConditionId(place), when));
    }
    for (place, ladder) in pack.ladders.iter().enumerate() {
        for (step, guard) in ladder.steps.iter().enumerate() {
            if let Some(guard) = &guard.guard {
                each(variants(guard, pack), &|guard| Part::Guard(LadderId(place), step, guard));
            }
        }
    }
    without(pack, &mut out);
    scores(pack, &mut out);
    metrics(pack, &mut out);
    thresholds(pack, &mut out);
    out
}

/// What keeps rules and prescriptions apart, taken out.
fn without(pack: &Pack, out: &mut Vec<Slip>) {
    for (place, rule) in pack.rules.iter().enumerate() {
        let id = RuleId(place);
        if let Some(unless) = &rule.unless {
            let line = print::line(unless, pack);
            let was = line.map_or_else(|| "unless".to_owned(), |line| format!("unless: {line}"));
            let span = first_span(unless).unwrap_or(rule.span);
            out.push(Slip { span, was, now: None, part: Part::Unless(id, None) });
        }
        for weaker in &rule.supersedes {
            let others = rule.supersedes.iter().copied().filter(|other| other != weaker).collect();
            let was = format!("supersedes: {}", pack.rules[weaker.0].id);
            out.push(Slip { span: rule.span, was, now: None, part: Part::Supersedes(id, others) });
        }
    }
    for (place, prescription) in pack.prescriptions.iter().enumerate() {
        for other in &prescription.instead_of {
            let others = prescription.instead_of.iter().copied().filter(|one| one != other).collect();
            let was = format!("instead_of: {}", pack.prescription(*other).id);
            let part = Part::InsteadOf(PrescriptionId(place), others);
            out.push(Slip { span: prescription.span, was, now: None, part });
        }
    }
}

/// The bands of areas and the total; those written once for several are changed for all of them.
fn scores(pack: &Pack, out: &mut Vec<Slip>) {
    let areas = (0..pack.areas.len()).map(|place| ScoreOf::Area(AreaId(place)));
    let total = pack.total.as_ref().map(|_| ScoreOf::Total);
    let mut written: Vec<(&Bands, Vec<(BandOf, usize)>)> = Vec::new();
    for of in areas.chain(total).map(BandOf::Score) {
        for (place, dated) in pack.dated_bands(of).iter().enumerate() {
            match written.iter_mut().find(|(bands, _)| **bands == dated.value) {
                Some((_, places)) => places.push((of, place)),
                None => written.push((&dated.value, vec![(of, place)])),
            }
        }
    }
    for (bands, places) in written {
        for (step, other) in cuts(bands) {
            let part = places.iter().map(|(of, place)| (*of, *place, other.clone())).collect();
            out.push(cut(bands, step, &other, &Unit::None, Part::Bands(part)));
        }
    }
}

fn metrics(pack: &Pack, out: &mut Vec<Slip>) {
    for (at, metric) in pack.metrics.iter().enumerate() {
        let id = MetricId(at);
        for (place, dated) in metric.bands.iter().enumerate() {
            for (step, other) in cuts(&dated.value) {
                let part = Part::Bands(vec![(BandOf::Metric(id), place, other.clone())]);
                out.push(cut(&dated.value, step, &other, &metric.unit, part));
            }
        }
        for (place, dated) in metric.points.iter().enumerate() {
            for (step, other) in cuts(&dated.value.cuts) {
                let part = Part::Points(id, place, other.clone());
                out.push(cut(&dated.value.cuts, step, &other, &metric.unit, part));
            }
        }
    }
}

fn thresholds(pack: &Pack, out: &mut Vec<Slip>) {
    for (at, threshold) in pack.thresholds.iter().enumerate() {
        for (place, dated) in threshold.values.iter().enumerate() {
            let step = digit(&dated.value);
            for other in [&dated.value - &step, &dated.value + &step] {
                let words = |number: &Number| {
                    let number = print::quantity(number, &threshold.unit);
                    format!("threshold.{}: {}", threshold.id, number.unwrap_or_default())
                };
                out.push(Slip {
                    span: threshold.span,
                    was: words(&dated.value),
                    now: Some(words(&other)),
                    part: Part::Threshold(ThresholdId(at), place, other),
                });
            }
        }
    }
}

/// Bands with one of their edges moved by a digit or turned from inside to outside, each with the place of its step.
/// An edge never passes another one: that would be no slip but another pack.
fn cuts(bands: &Bands) -> Vec<(usize, Bands)> {
    let mut out = Vec::new();
    let edges = bands.edges();
    for (place, step) in bands.steps.iter().enumerate() {
        let Some((order, edge)) = &step.edge else { continue };
        let digit = digit(edge);
        let moved = [edge - &digit, edge + &digit].into_iter().map(|edge| (*order, edge));
        for (order, moved) in [(turned(*order), edge.clone())].into_iter().chain(moved) {
            if edges.iter().any(|other| other != edge && other.cmp(&moved) != other.cmp(edge)) {
                continue;
            }
            let mut bands = bands.clone();
            bands.steps[place].edge = Some((order, moved));
            out.push((place, bands));
        }
    }
    out
}

fn turned(order: Order) -> Order {
    match order {
        Order::Less => Order::AtMost,
        Order::AtMost => Order::Less,
        Order::Greater => Order::AtLeast,
        Order::AtLeast => Order::Greater,
    }
}

fn cut(bands: &Bands, step: usize, other: &Bands, unit: &Unit, part: Part) -> Slip {
    let words = |bands: &Bands| {
        let step = &bands.steps[step];
        let label = bands.labels.get(step.label).map_or("", |label| label.id.as_str());
        let edge = step.edge.as_ref().map(|(order, edge)| {
            format!("{} {}", order.sign(), print::quantity(edge, unit).unwrap_or_else(|| edge.to_decimal(6)))
        });
        format!("{label}: {}", edge.unwrap_or_default())
    };
    Slip { span: bands.steps[step].span, was: words(bands), now: Some(words(other)), part }
}
