//! What is not known, ordered by how much each answer would settle.

use super::open::{of_score, of_subject};
use crate::logic::judge;
use crate::model::{
    AreaId, Better, Condition, FindOut, Pack, Rule, RuleFinding, RuleId, ScoreOf, Status, Subject, Unknown,
    Values, Withheld,
};

/// Everything worth asking, most settling first, ties in pack order with answers before metrics.
pub fn find_out(pack: &Pack, values: &Values, rules: &[RuleFinding], withheld: &[Withheld]) -> Vec<FindOut> {
    let mut out: Vec<FindOut> = Vec::new();
    for (place, (rule, finding)) in pack.rules.iter().zip(rules).enumerate() {
        if finding.status == Status::Undecided || finding.assumed {
            // A rule that only waits for stronger ones waits for what they wait for.
            let stronger = finding.yields_to.iter().map(|id| &pack.rules[id.0]);
            for what in [rule].into_iter().chain(stronger).flat_map(|rule| unknowns(rule, pack, values)) {
                let rules = &mut entry(&mut out, what).rules;
                if rules.last() != Some(&RuleId(place)) {
                    rules.push(RuleId(place));
                }
            }
        }
    }
    for place in 0..pack.areas.len() {
        let area = AreaId(place);
        let judged = !pack.area(area).bands.is_empty() && pack.area(area).better != Better::Neither;
        let open = judged && values.areas[place].band().is_none();
        let waits = if open { of_score(ScoreOf::Area(area), pack, values) } else { Vec::new() };
        for what in waits {
            entry(&mut out, what).areas.push(area);
        }
    }
    for step in withheld {
        for what in &step.waits_for {
            let steps = &mut entry(&mut out, *what).steps;
            if !steps.contains(&step.prescription) {
                steps.push(step.prescription);
            }
        }
    }
    let settles = |found: &FindOut| found.rules.len() + found.areas.len() + found.steps.len();
    out.sort_by(|a, b| settles(b).cmp(&settles(a)).then(a.what.cmp(&b.what)));
    out
}

fn entry(out: &mut Vec<FindOut>, what: Unknown) -> &mut FindOut {
    let place = match out.iter().position(|found| found.what == what) {
        Some(place) => place,
        None => {
            out.push(FindOut { what, rules: Vec::new(), areas: Vec::new(), steps: Vec::new() });
            out.len() - 1
        }
    };
    &mut out[place]
}

/// What keeps a rule open.
pub fn unknowns(rule: &Rule, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let mut out = unknowns_in(&rule.when, pack, values);
    if let Some(unless) = &rule.unless {
        for unknown in unknowns_in(unless, pack, values) {
            if !out.contains(&unknown) {
                out.push(unknown);
            }
        }
    }
    out
}

/// What keeps a condition open: only its open branches are looked into.
pub fn unknowns_in(condition: &Condition, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let mut out = Vec::new();
    gather(condition, pack, values, &mut out);
    out
}

fn gather(condition: &Condition, pack: &Pack, values: &Values, out: &mut Vec<Unknown>) {
    let mut subjects = Vec::new();
    open_subjects(condition, pack, values, &mut subjects);
    for subject in subjects {
        for unknown in of_subject(subject, pack, values) {
            if !out.contains(&unknown) {
                out.push(unknown);
            }
        }
    }
}

/// What the open lines of a condition look at.
pub(super) fn open_subjects(condition: &Condition, pack: &Pack, values: &Values, out: &mut Vec<Subject>) {
    if !judge(condition, pack, values).is_unknown() {
        return;
    }
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| open_subjects(part, pack, values, out));
        }
        Condition::Not(inner) => open_subjects(inner, pack, values, out),
        Condition::Named(id, _) => open_subjects(&pack.condition(*id).when, pack, values, out),
        Condition::Test(test) => out.push(test.subject),
    }
}
