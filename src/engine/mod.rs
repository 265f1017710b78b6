//! Answers → findings: pure, total, and the same on every machine.
//!
//! Values are worked out by the room `values`; then rules are judged, what they prescribe is ranked, and a
//! plan is made. Nothing here knows a page or a clock.

mod advise;
mod find_out;
mod plan;

pub use find_out::unknowns;

use jiff::civil::Date;

use crate::check::SoundPack;
use crate::logic::{Truth, judge_rule};
use crate::model::{
    AreaId, Better, Findings, IfMissing, Number, Pack, Refusal, Respondent, Rule, RuleFinding, RuleId, Score,
    ScoreOf, Status, Values,
};
use crate::values::{WorkedOut, work_out};

/// Everything that follows for one respondent. `as_of` chooses dated bands; the answers' own date where it is none.
///
/// The respondent must have been fitted to this very pack.
pub fn evaluate(pack: &SoundPack, respondent: &Respondent, as_of: Option<Date>) -> Findings {
    let pack = pack.pack();
    let as_of = as_of.or(respondent.date);
    let WorkedOut { values, answered, problems: odd, mut refusals } = work_out(pack, respondent, as_of);
    let rules = statuses(pack, &values);
    required(pack, &values, &mut refusals);
    let advised = advise::advise(pack, &values, &rules);
    let areas = sort_areas(pack, &values);
    let plan = plan::plan(pack, &advised.prescriptions, &areas.leaks);
    let find_out = find_out::find_out(pack, &values, &rules, &advised.withheld);
    let mut problems = respondent.problems.clone();
    problems.extend(odd);
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

/// What becomes of every rule under these values, in pack order.
pub fn statuses(pack: &Pack, values: &Values) -> Vec<RuleFinding> {
    let status = |rule: &Rule| match judge_rule(rule, pack, values) {
        Truth::True => (Status::Fired, false),
        Truth::False => (Status::NotFired, false),
        Truth::Unknown { not_applicable: true } => (Status::NotApplicable, false),
        Truth::Unknown { not_applicable: false } => match rule.if_missing {
            IfMissing::Undecided | IfMissing::Require => (Status::Undecided, false),
            IfMissing::AssumeFalse => (Status::NotFired, true),
            IfMissing::AssumeTrue => (Status::Fired, true),
        },
    };
    let each = pack.rules.iter().map(status);
    each.map(|(status, assumed)| RuleFinding { status, assumed }).collect()
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
