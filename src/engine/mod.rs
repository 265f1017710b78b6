//! Answers → findings: pure, total, and the same on every machine.
//!
//! What was said is heard over all voices, metrics are worked out, areas scored and banded; then rules
//! are judged, what they prescribe is ranked, and a plan is made. Nothing here knows a page or a clock.

mod advise;
mod find_out;
mod hear;
mod measure;
mod plan;
mod score;

use jiff::civil::Date;

use crate::check::SoundPack;
use crate::logic::{Truth, all, judge};
use crate::model::{
    Findings, IfMissing, Pack, Refusal, Respondent, Rule, RuleFinding, RuleId, Score, ScoreOf, Status, Values,
};

/// Everything that follows for one respondent. `as_of` chooses dated bands; the answers' own date where it is none.
///
/// The respondent must have been fitted to this very pack.
pub fn evaluate(pack: &SoundPack, respondent: &Respondent, as_of: Option<Date>) -> Findings {
    let pack = pack.pack();
    let as_of = as_of.or(respondent.date);
    let (answers, gaps) = hear::hear(pack, respondent);
    let (areas, total, answered) = score::score(pack, &answers);
    let measured = measure::measure(pack, respondent, &areas, &total, as_of);
    let values = Values { answers, gaps, areas, total, metrics: measured.values };
    let mut refusals = measured.refusals;
    let rules = judge_rules(pack, &values, &mut refusals);
    let advised = advise::advise(pack, &values, &rules);
    let areas = sort_areas(pack, &values);
    let plan = plan::plan(pack, &advised.prescriptions, &areas.leaks);
    let find_out = find_out::find_out(pack, &values, &rules, &advised.withheld);
    let mut problems = respondent.problems.clone();
    problems.extend(measured.problems);
    Findings {
        as_of,
        answered,
        values,
        rules,
        prescriptions: advised.prescriptions,
        set_aside: advised.set_aside,
        withheld: advised.withheld,
        leaks: areas.leaks,
        strengths: areas.strengths,
        unclear: areas.unclear,
        plan,
        find_out,
        refusals,
        problems,
    }
}

fn judge_rules(pack: &Pack, values: &Values, refusals: &mut Vec<Refusal>) -> Vec<RuleFinding> {
    pack.rules
        .iter()
        .enumerate()
        .map(|(place, rule)| {
            let (status, assumed) = match judge_rule(rule, pack, values) {
                Truth::True => (Status::Fired, false),
                Truth::False => (Status::NotFired, false),
                Truth::Unknown { not_applicable: true } => (Status::NotApplicable, false),
                Truth::Unknown { not_applicable: false } => match rule.if_missing {
                    IfMissing::Undecided => (Status::Undecided, false),
                    IfMissing::AssumeFalse => (Status::NotFired, true),
                    IfMissing::AssumeTrue => (Status::Fired, true),
                    IfMissing::Require => {
                        let missing = find_out::unknowns(rule, pack, values);
                        refusals.push(Refusal::Required { rule: RuleId(place), missing });
                        (Status::Undecided, false)
                    }
                },
            };
            RuleFinding { status, assumed }
        })
        .collect()
}

/// Whether a rule's conditions hold and its exception does not.
pub fn judge_rule(rule: &Rule, pack: &Pack, values: &Values) -> Truth {
    let when = judge(&rule.when, pack, values);
    match &rule.unless {
        None => when,
        Some(unless) => all([when, judge(unless, pack, values).not()].into_iter()),
    }
}

struct SortedAreas {
    leaks: Vec<crate::model::AreaId>,
    strengths: Vec<crate::model::AreaId>,
    unclear: Vec<crate::model::AreaId>,
}

/// Areas by what their possible bands say, decided only where all of them agree: leaks worst first, the
/// others in pack order.
fn sort_areas(pack: &Pack, values: &Values) -> SortedAreas {
    let mut out = SortedAreas { leaks: Vec::new(), strengths: Vec::new(), unclear: Vec::new() };
    for place in 0..pack.areas.len() {
        let id = crate::model::AreaId(place);
        let Some(bands) = pack.score_bands(ScoreOf::Area(id)) else { continue };
        let score: &Score = values.score(ScoreOf::Area(id));
        let leaking = |band: &usize| *band < bands.leaking();
        if score.bands.is_empty() {
            // Too few answers leave everything open; what does not apply leaves nothing.
            if score.empty.is_none() {
                out.unclear.push(id);
            }
        } else if score.bands.iter().all(leaking) {
            out.leaks.push(id);
        } else if score.bands.iter().any(leaking) {
            out.unclear.push(id);
        } else {
            out.strengths.push(id);
        }
    }
    out.leaks.sort_by(|a, b| {
        let ends = |id: &crate::model::AreaId| {
            values.areas[id.0].ends.as_ref().map(|(low, high)| (high.clone(), low.clone()))
        };
        ends(a).cmp(&ends(b)).then(a.cmp(b))
    });
    out
}
