//! Rules of which no test expects that they fire, or none that they do not.

use crate::cells::{Goal, Outcome, Space, Truths};
use crate::model::{IfMissing, Pack, Rule, RuleId, Status};
use crate::prove::suite::{Suite, Wanted};

/// A rule of which the tests say too little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untested {
    pub rule: RuleId,
    /// Whether no test expects that it fires.
    pub fires: bool,
    /// Whether no test expects that it does not, though somebody can keep it from firing.
    pub rests: bool,
}

pub fn untested(pack: &Pack, suite: &Suite, space: &Space<'_>) -> Vec<Untested> {
    let mut fired = vec![false; pack.rules.len()];
    let mut rested = vec![false; pack.rules.len()];
    let accepted = suite.tests.iter().filter(|test| !test.generated);
    for expect in accepted.flat_map(|test| &test.cases).flat_map(|case| &case.expect) {
        for place in 0..pack.rules.len() {
            match says(&expect.wanted, RuleId(place)) {
                Some(true) => fired[place] = true,
                Some(false) => rested[place] = true,
                None => {}
            }
        }
    }
    let mut out = Vec::new();
    for (place, rule) in pack.rules.iter().enumerate() {
        let id = RuleId(place);
        let untested = Untested { rule: id, fires: !fired[place], rests: !rested[place] };
        let can = |truths: Truths| {
            !matches!(space.find_only(&Goal::default().rule(id, truths)), Outcome::Impossible(_))
        };
        let fires = untested.fires && can(firing(rule));
        let rests = untested.rests && can(not_firing(rule));
        if fires || rests {
            out.push(Untested { rule: id, fires, rests });
        }
    }
    out
}

/// Whether an expectation says of a rule that it fires or that it does not; none where it says neither.
pub fn says(wanted: &Wanted, rule: RuleId) -> Option<bool> {
    match wanted {
        Wanted::Rule(of, status) if *of == rule => Some(*status == Status::Fired),
        Wanted::NotFired(rules) if rules.contains(&rule) => Some(false),
        Wanted::Rules { status, rules, some } => {
            let named = rules.contains(&rule);
            let fires = *status == Status::Fired;
            // A whole list says of all others that they do not come to this.
            if named { Some(fires) } else { (fires && !some).then_some(false) }
        }
        _ => None,
    }
}

/// The truths at which a rule fires, as far as it alone says.
fn firing(rule: &Rule) -> Truths {
    if rule.if_missing == IfMissing::AssumeTrue { Truths::NOT_FALSE } else { Truths::TRUE }
}

fn not_firing(rule: &Rule) -> Truths {
    if rule.if_missing == IfMissing::AssumeTrue { Truths::FALSE } else { Truths::NOT_TRUE }
}
