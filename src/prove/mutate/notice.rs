//! Whether some case of the tests would fail with a slip in the pack.

use super::reach::Reach;
use super::slip::Part;
use crate::engine::{conclude, decide};
use crate::logic::{Truth, judge, judge_rule};
use crate::model::{BandOf, Bands, LadderId, Number, Pack, Respondent, RuleId, Values};
use crate::prove::run::{Ground, Judged};
use crate::prove::suite::{Case, Suite, Wanted};
use crate::values::{WorkedOut, work_out};

/// Every case of the tests with what is known of it without a slip.
pub struct Cases<'a> {
    ground: Ground<'a>,
    known: Vec<Known<'a>>,
}

struct Known<'a> {
    case: &'a Case,
    worked_out: WorkedOut,
    rules: Vec<Truth>,
    /// Whether something is expected that follows from the rules only by what they advise.
    asks_advice: bool,
}

impl<'a> Cases<'a> {
    /// Those of the tests that somebody has accepted.
    pub fn of(suite: &'a Suite, ground: Ground<'a>) -> Cases<'a> {
        let pack = ground.pack.pack();
        let accepted = suite.tests.iter().filter(|test| !test.generated);
        let known = accepted.flat_map(|test| &test.cases).map(|case| {
            let worked_out = work_out(pack, &case.respondent, case.respondent.date);
            let rules = pack.rules.iter().map(|rule| judge_rule(rule, pack, &worked_out.values)).collect();
            let asks_advice = case.expect.iter().any(|expect| asks_advice(&expect.wanted));
            Known { case, worked_out, rules, asks_advice }
        });
        Cases { known: known.collect(), ground }
    }

    /// Whether some case fails under the pack with a slip, documents aside. `part` holds what stood there before.
    pub fn notice(&self, slipped: &Pack, part: &Part, reach: &Reach) -> bool {
        self.known.iter().any(|known| {
            let respondent = &known.case.respondent;
            match reach {
                Reach::Lines(rules, guards) => {
                    self.lines_differ(known, slipped, rules, guards)
                        && self.fails(known, slipped, known.worked_out.clone())
                }
                Reach::Advice => self.fails(known, slipped, known.worked_out.clone()),
                Reach::Edges if !crosses(part, slipped, &known.worked_out.values) => false,
                Reach::Edges | Reach::Values => {
                    let worked_out = work_out(slipped, respondent, respondent.date);
                    // A shared condition may change lines although it changes no value.
                    let lines = matches!(part, Part::Named(..));
                    (lines || worked_out != known.worked_out) && self.fails(known, slipped, worked_out)
                }
            }
        })
    }

    fn lines_differ(
        &self,
        known: &Known<'_>,
        slipped: &Pack,
        rules: &[RuleId],
        guards: &[(LadderId, usize)],
    ) -> bool {
        let pack = self.ground.pack.pack();
        let values = &known.worked_out.values;
        let guard = |pack: &Pack, (ladder, step): (LadderId, usize)| {
            let guard = pack.ladder(ladder).steps[step].guard.as_ref();
            guard.map(|guard| judge(guard, pack, values))
        };
        rules.iter().any(|id| judge_rule(&slipped.rules[id.0], slipped, values) != known.rules[id.0])
            || guards.iter().any(|at| guard(pack, *at) != guard(slipped, *at))
    }

    fn fails(&self, known: &Known<'_>, slipped: &Pack, worked_out: WorkedOut) -> bool {
        let respondent: &Respondent = &known.case.respondent;
        let conclude = if known.asks_advice { conclude } else { decide };
        let findings = conclude(slipped, respondent, respondent.date, worked_out);
        Judged { ground: self.ground, case: known.case, findings: &findings }.fails()
    }
}

fn asks_advice(wanted: &Wanted) -> bool {
    match wanted {
        Wanted::Number(..)
        | Wanted::Ends(..)
        | Wanted::Band(..)
        | Wanted::Rule(..)
        | Wanted::Rules { .. }
        | Wanted::NotFired(_)
        | Wanted::Problems(_)
        | Wanted::Refused(_)
        | Wanted::Contains(_) => false,
        Wanted::Prescribed { .. }
        | Wanted::NotPrescribed(_)
        | Wanted::SetAside(_)
        | Wanted::First(_)
        | Wanted::Plan(_)
        | Wanted::Leaks(_) => true,
    }
}

/// Whether a value lies elsewhere among the bands with the slip. `part` holds the bands as they were.
fn crosses(part: &Part, slipped: &Pack, values: &Values) -> bool {
    let Part::Bands(list) = part else { return true };
    list.iter().any(|(of, place, before)| {
        let after: Option<&Bands> = slipped.dated_bands(*of).get(*place).map(|dated| &dated.value);
        let ends: Option<&(Number, Number)> = match of {
            BandOf::Metric(id) => values.metric(*id).ends.as_ref(),
            BandOf::Score(of) => values.score(*of).ends.as_ref(),
        };
        match (ends, after) {
            (Some((low, high)), Some(after)) => before.between(low, high) != after.between(low, high),
            _ => false,
        }
    })
}
