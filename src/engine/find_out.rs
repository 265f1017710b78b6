//! What is not known, ordered by how much each answer would settle.

use std::collections::BTreeSet;

use crate::logic::judge;
use crate::model::{
    Absence, AreaId, BandOf, Condition, DerivedId, FindOut, Formula, FormulaName, Heard, Pack, QuestionId,
    Rule, RuleFinding, RuleId, ScoreOf, Status, Subject, Unknown, Values, Withheld,
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
fn open_subjects(condition: &Condition, pack: &Pack, values: &Values, out: &mut Vec<Subject>) {
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

/// What to ask where a question has no answer: itself, or first what decides whether it is asked at all.
fn open_answer(id: QuestionId, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    // A stack of its own: each question may hang on another.
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if !seen.insert(id) || values.unasked[id.0] {
            continue;
        }
        match values.answer(id) {
            Heard::Absent(absence) if askable(*absence) => {}
            Heard::Mixed(_) => {
                out.push(Unknown::Agreement(id));
                continue;
            }
            _ => continue,
        }
        let mut gates = Vec::new();
        if let Some(ask_if) = &pack.question(id).ask_if {
            open_subjects(&ask_if.when, pack, values, &mut gates);
        }
        if gates.is_empty() {
            out.push(Unknown::Answer(id));
        }
        open.extend(gates.into_iter().rev().filter_map(|subject| match subject {
            Subject::Answer(gate) => Some(gate),
            _ => None,
        }));
    }
    out
}

fn of_subject(subject: Subject, pack: &Pack, values: &Values) -> Vec<Unknown> {
    match subject {
        Subject::Answer(id) => open_answer(id, pack, values),
        Subject::Gap(id) => match values.answer(id) {
            Heard::Absent(_) => open_answer(id, pack, values),
            _ => vec![Unknown::Voice(id)],
        },
        Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
            vec![Unknown::Metric(id)]
        }
        Subject::Trend(id) if values.metric(id).value().is_none() => vec![Unknown::Metric(id)],
        Subject::Trend(id) => vec![Unknown::Before(id)],
        Subject::Derived(id) => in_derived(id, pack, values),
        Subject::Score(of) | Subject::Band(BandOf::Score(of)) => match of {
            ScoreOf::Area(area) => missing_in_area(area, pack, values),
            ScoreOf::Total => {
                (0..pack.areas.len()).flat_map(|place| missing_in_area(AreaId(place), pack, values)).collect()
            }
        },
    }
}

/// The parts of a derived value that are not known, those of others in it too.
fn in_derived(id: DerivedId, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::from([id]);
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        for name in pack.derived(id).formula.iter().flat_map(Formula::names) {
            match name {
                FormulaName::Metric(id) | FormulaName::Points(id) => {
                    if values.metric(id).value().is_none() {
                        out.push(Unknown::Metric(id));
                    }
                }
                FormulaName::Answer(id) => out.extend(of_subject(Subject::Answer(id), pack, values)),
                FormulaName::Score(of) => out.extend(of_subject(Subject::Score(of), pack, values)),
                FormulaName::Derived(id) if seen.insert(id) => open.push(id),
                FormulaName::Derived(_) => {}
            }
        }
    }
    out
}

/// The questions of an area that could still be answered.
fn missing_in_area(area: AreaId, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let mut out: Vec<Unknown> = Vec::new();
    for id in &pack.area(area).questions {
        // That voices differ leaves the score as it is.
        let open = matches!(values.answer(*id), Heard::Absent(_));
        for unknown in open_answer(*id, pack, values) {
            if open && !out.contains(&unknown) {
                out.push(unknown);
            }
        }
    }
    out
}

/// Who refused has answered, and what does not apply has no answer.
fn askable(absence: Absence) -> bool {
    matches!(absence, Absence::NotAsked | Absence::Skipped | Absence::DontKnow)
}
