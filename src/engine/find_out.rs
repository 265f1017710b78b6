//! What is not known, ordered by how much each answer would settle.

use crate::logic::judge;
use crate::model::{
    Absence, AreaId, BandOf, Condition, FindOut, Heard, Pack, QuestionId, Rule, RuleFinding, RuleId, ScoreOf,
    Status, Subject, Unknown, Values, Withheld,
};

/// Everything worth asking, most settling first, ties in pack order with answers before metrics.
pub fn find_out(pack: &Pack, values: &Values, rules: &[RuleFinding], withheld: &[Withheld]) -> Vec<FindOut> {
    let mut out: Vec<FindOut> = Vec::new();
    for (place, (rule, finding)) in pack.rules.iter().zip(rules).enumerate() {
        if finding.status == Status::Undecided || finding.assumed {
            for what in unknowns(rule, pack, values) {
                entry(&mut out, what).rules.push(RuleId(place));
            }
        }
    }
    for place in 0..pack.areas.len() {
        let area = AreaId(place);
        let open = !pack.area(area).bands.is_empty() && values.areas[place].band().is_none();
        for what in missing_in_area(area, pack, values).into_iter().filter(|_| open) {
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
    if !judge(condition, pack, values).is_unknown() {
        return;
    }
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| gather(part, pack, values, out));
        }
        Condition::Not(inner) => gather(inner, pack, values, out),
        Condition::Named(id, _) => gather(&pack.condition(*id).when, pack, values, out),
        Condition::Test(test) => {
            for unknown in of_subject(test.subject, pack, values) {
                if !out.contains(&unknown) {
                    out.push(unknown);
                }
            }
        }
    }
}

fn of_subject(subject: Subject, pack: &Pack, values: &Values) -> Vec<Unknown> {
    match subject {
        Subject::Answer(id) => match values.answer(id) {
            Heard::Absent(absence) if askable(*absence) => vec![Unknown::Answer(id)],
            Heard::Mixed(_) => vec![Unknown::Agreement(id)],
            _ => Vec::new(),
        },
        Subject::Gap(id) => match values.answer(id) {
            Heard::Absent(absence) if askable(*absence) => vec![Unknown::Answer(id)],
            Heard::Absent(_) => Vec::new(),
            _ => vec![Unknown::Voice(id)],
        },
        Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
            vec![Unknown::Metric(id)]
        }
        Subject::Score(of) | Subject::Band(BandOf::Score(of)) => match of {
            ScoreOf::Area(area) => missing_in_area(area, pack, values),
            ScoreOf::Total => {
                (0..pack.areas.len()).flat_map(|place| missing_in_area(AreaId(place), pack, values)).collect()
            }
        },
    }
}

/// The questions of an area that could still be answered.
fn missing_in_area(area: AreaId, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let open = |id: &&QuestionId| match values.answer(**id) {
        Heard::Absent(absence) => askable(*absence),
        _ => false,
    };
    pack.area(area).questions.iter().filter(open).map(|id| Unknown::Answer(*id)).collect()
}

/// Who refused has answered, and what does not apply has no answer.
fn askable(absence: Absence) -> bool {
    matches!(absence, Absence::NotAsked | Absence::Skipped | Absence::DontKnow)
}
