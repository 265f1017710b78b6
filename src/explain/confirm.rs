//! The last word: the engine judges the whole pack under the changed answers.

use super::input::input_of;
use super::search::Goal;
use super::world::apply;
use crate::check::SoundPack;
use crate::logic::{judge_rule, rules};
use crate::model::{Better, Change, Findings, Pack, Respondent, RuleId, Status, Values};
use crate::values::work_out;

/// Whether a rule comes out as wanted after these changes, by its own conditions and in the whole pack.
pub fn comes_out(
    pack: &SoundPack,
    respondent: &Respondent,
    findings: &Findings,
    rule: RuleId,
    changes: &[Change],
    goal: Goal,
) -> bool {
    let mut other = respondent.clone();
    for change in changes {
        let (input, to) = input_of(change);
        apply(&mut other, &input, &to);
    }
    let found = work_out(pack.pack(), &other, findings.as_of);
    let truth = judge_rule(&pack.pack().rules[rule.0], pack.pack(), &found.values);
    let status = rules(pack.pack(), &found.values)[rule.0].status;
    found.refusals.is_empty()
        && match goal {
            Goal::Off => {
                truth.is_false()
                    && status == Status::NotFired
                    && !worsens(pack.pack(), &findings.values, &found.values)
            }
            Goal::On => truth.is_true() && status == Status::Fired,
        }
}

/// Whether a score falls, or a metric with bands comes into a worse one: nobody is told to get worse.
pub fn worsens(pack: &Pack, before: &Values, after: &Values) -> bool {
    let scores = pack.areas.iter().zip(before.areas.iter().zip(&after.areas));
    let mut falls = scores.filter_map(|(area, (before, after))| {
        let (before, after) = (before.ends.as_ref()?, after.ends.as_ref()?);
        Some(match area.better {
            Better::Lower => after.0 > before.0 || after.1 > before.1,
            Better::Higher | Better::Middle => after.0 < before.0 || after.1 < before.1,
            Better::Neither => false,
        })
    });
    let metrics = pack.metrics.iter().zip(before.metrics.iter().zip(&after.metrics));
    let mut sinks = metrics.filter_map(|(metric, (before, after))| {
        let (before, after) = (before.band()?, after.band()?);
        Some(match metric.better {
            Better::Lower => after > before,
            // Of two-sided bands the last name is the good one.
            Better::Higher | Better::Middle => after < before,
            Better::Neither => false,
        })
    });
    falls.any(|falls| falls) || sinks.any(|sinks| sinks)
}
