//! Every comparison that a pack makes, wherever it stands.

use crate::model::{Condition, Pack, Test};

/// The comparisons of rules, named conditions, steps of ladders, and of what is asked, counts and holds only where
/// a condition does; in that order.
pub fn lines(pack: &Pack) -> Vec<&Test> {
    conditions(pack).into_iter().flat_map(Condition::tests).collect()
}

fn conditions(pack: &Pack) -> Vec<&Condition> {
    let mut out: Vec<&Condition> = Vec::new();
    for rule in &pack.rules {
        out.push(&rule.when);
        out.extend(&rule.unless);
    }
    out.extend(pack.conditions.iter().map(|named| &named.when));
    for ladder in &pack.ladders {
        out.extend(ladder.steps.iter().flat_map(|step| &step.guard));
    }
    out.extend(of_values(pack));
    out
}

/// The conditions on which values depend: what is asked, what counts, and which of several bands or tables hold.
pub fn of_values(pack: &Pack) -> Vec<&Condition> {
    let mut out: Vec<&Condition> = Vec::new();
    for question in &pack.questions {
        out.extend(question.ask_if.as_ref().map(|ask_if| &ask_if.when));
    }
    for area in &pack.areas {
        out.extend(&area.scoring.valid_if);
        out.extend(area.bands.iter().flat_map(|dated| &dated.only));
    }
    if let Some(total) = &pack.total {
        out.extend(&total.scoring.valid_if);
        out.extend(total.bands.iter().flat_map(|dated| &dated.only));
    }
    for metric in &pack.metrics {
        out.extend(&metric.valid_if);
        out.extend(metric.bands.iter().flat_map(|dated| &dated.only));
        out.extend(metric.points.iter().flat_map(|dated| &dated.only));
    }
    out
}
