//! Answers → findings: pure, total, and the same on every machine.
//!
//! Values are worked out by the room `values`; then rules are judged, what they prescribe is ranked, and a
//! plan is made. Nothing here knows a page or a clock.

mod advise;
mod find_out;
mod open;
mod plan;

pub use find_out::unknowns;

use jiff::civil::Date;

use crate::check::SoundPack;
use crate::diag::Code;
use crate::logic::{self, Truth, judge_rule};
use crate::model::{
    AreaId, Better, Findings, IfMissing, Number, Pack, Pick, Plan, Problem, Refusal, Respondent, RuleFinding,
    RuleId, Score, ScoreOf, Status, Values,
};
use crate::values::{WorkedOut, rounds, work_out};

/// Everything that follows for one respondent. `as_of` chooses dated bands; the answers' own date where it is none.
///
/// The respondent must have been fitted to this very pack.
pub fn evaluate(pack: &SoundPack, respondent: &Respondent, as_of: Option<Date>) -> Findings {
    let pack = pack.pack();
    let as_of = as_of.or(respondent.date);
    conclude(pack, respondent, as_of, work_out(pack, respondent, as_of))
}

/// What follows from values that are worked out already. The pack is a sound one, or one with a slip in it whose effect
/// is to be seen: nothing here asks for more than that every reference is resolved.
pub fn conclude(
    pack: &Pack,
    respondent: &Respondent,
    as_of: Option<Date>,
    worked_out: WorkedOut,
) -> Findings {
    let mut out = advise(pack, respondent, as_of, worked_out);
    let areas = sort_areas(pack, &out.values);
    out.plan = plan::plan(pack, &out.prescriptions, &areas.leaks);
    out.find_out = find_out::find_out(pack, &out.values, &out.rules, &out.withheld);
    out.leaks = areas.leaks;
    out.strengths = areas.strengths;
    out.unclear = areas.unclear;
    out.rounds = rounds(pack, respondent);
    out
}

/// As [`evaluate`], without what only papers show: the plan, leaks and strengths, what to find out, earlier rounds.
pub fn evaluate_for_data(pack: &SoundPack, respondent: &Respondent, as_of: Option<Date>) -> Findings {
    let pack = pack.pack();
    let as_of = as_of.or(respondent.date);
    advise(pack, respondent, as_of, work_out(pack, respondent, as_of))
}

fn advise(pack: &Pack, respondent: &Respondent, as_of: Option<Date>, worked_out: WorkedOut) -> Findings {
    let mut out = decide(pack, respondent, as_of, worked_out);
    let advised = advise::advise(pack, &out.values, &out.rules);
    out.prescriptions = advised.prescriptions;
    out.set_aside = advised.set_aside;
    out.withheld = advised.withheld;
    out
}

/// As [`conclude`], without what is advised and what else follows from the rules.
pub fn decide(pack: &Pack, respondent: &Respondent, as_of: Option<Date>, worked_out: WorkedOut) -> Findings {
    let WorkedOut { values, answered, problems: odd, mut refusals } = worked_out;
    required(pack, &values, &mut refusals);
    let rules = logic::rules(pack, &values);
    let mut problems = respondent.problems.clone();
    problems.extend(odd);
    let groups = pick(pack, &rules, &mut problems);
    Findings {
        as_of,
        answered,
        values,
        rules,
        groups,
        prescriptions: Vec::new(),
        set_aside: Vec::new(),
        withheld: Vec::new(),
        leaks: Vec::new(),
        strengths: Vec::new(),
        unclear: Vec::new(),
        plan: Plan::default(),
        find_out: Vec::new(),
        rounds: Vec::new(),
        refusals,
        problems,
    }
}

/// Rules that must be decided and are not, each with what it waits for.
fn required(pack: &Pack, values: &Values, refusals: &mut Vec<Refusal>) {
    for (place, rule) in pack.rules.iter().enumerate() {
        let open = || matches!(judge_rule(rule, pack, values), Truth::Unknown { not_applicable: false });
        if rule.if_missing == IfMissing::Require && open() {
            let missing = find_out::unknowns(rule, pack, values);
            refusals.push(Refusal::Required { rule: RuleId(place), missing });
        }
    }
}

/// The rules of each group that fired; more than an author promised is told.
fn pick(pack: &Pack, rules: &[RuleFinding], problems: &mut Vec<Problem>) -> Vec<Vec<RuleId>> {
    let mut out = Vec::new();
    for group in &pack.groups {
        let fired = |id: &&RuleId| rules[id.0].status == Status::Fired;
        let picked: Vec<RuleId> = group.rules.iter().filter(fired).copied().collect();
        if let Pick::AtMost(most) = group.pick
            && picked.len() > most
        {
            let names: Vec<String> = picked.iter().map(|id| format!("`{}`", pack.rules[id.0].id)).collect();
            problems.push(Problem {
                code: Code::GroupOverfull.name(),
                at: format!("groups.{}", group.id),
                message: format!(
                    "of the group `{}` at most {most} should fire, and {} do: {}",
                    group.id,
                    picked.len(),
                    names.join(", ")
                ),
            });
        }
        out.push(picked);
    }
    out
}

struct SortedAreas {
    leaks: Vec<AreaId>,
    strengths: Vec<AreaId>,
    unclear: Vec<AreaId>,
}

/// Areas by what their possible bands say, decided only where all of them agree: leaks worst first, the
/// others in pack order. Of an area in which nothing is good or bad nothing is said.
fn sort_areas(pack: &Pack, values: &Values) -> SortedAreas {
    let mut out = SortedAreas { leaks: Vec::new(), strengths: Vec::new(), unclear: Vec::new() };
    for place in 0..pack.areas.len() {
        let id = AreaId(place);
        let better = pack.area(id).better;
        let Some(dated) = pack.area(id).bands.first() else { continue };
        if better == Better::Neither {
            continue;
        }
        let score: &Score = values.score(ScoreOf::Area(id));
        let leaking = |band: &usize| dated.value.leaks(*band, better);
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
    out.leaks.sort_by(|a, b| goodness(pack, values, *a).cmp(&goodness(pack, values, *b)).then(a.cmp(b)));
    out
}

/// The better end of an area's score and the worse one, each as its share of the way to the best there is:
/// so that areas on different scales can be put in order.
fn goodness(pack: &Pack, values: &Values, id: AreaId) -> Option<(Number, Number)> {
    let area = pack.area(id);
    let (low, high) = values.areas[id.0].ends.as_ref()?;
    let (worst, best) = area.range.as_ref()?;
    let share = |value: &Number| (value - worst).checked_div(&(best - worst)).unwrap_or_else(Number::zero);
    Some(match area.better {
        Better::Lower => (Number::one() - share(low), Number::one() - share(high)),
        _ => (share(high), share(low)),
    })
}
