//! What is still missing, and what would settle it.

use super::subject::{gap_unit, scored, sides};
use super::threshold::threshold;
use super::words::{list, quoted};
use super::worked_out::derived;
use crate::logic::{judge, judge_test};
use crate::model::{BandOf, Condition, Findings, Heard, Pack, RuleId, Subject, Test, Unknown};

/// Something that a respondent can still tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The question's text or the metric's title.
    pub what: String,
    /// An instruction: `answer “How often …?”`, `measure “Clients lost per year”`.
    pub ask: String,
}

/// What a respondent can still tell, in words.
pub fn missing(pack: &Pack, unknown: Unknown) -> Missing {
    match unknown {
        Unknown::Answer(id) => {
            let what = pack.question(id).text.plain();
            Missing { ask: format!("answer {}", quoted(&what)), what }
        }
        Unknown::Voice(id) => {
            let question = pack.question(id);
            let what = question.text.plain();
            Missing { ask: format!("put {} to {}", quoted(&what), sides(question)), what }
        }
        Unknown::Agreement(id) => {
            let what = pack.question(id).text.plain();
            Missing { ask: format!("agree on one answer to {}", quoted(&what)), what }
        }
        Unknown::Metric(id) => {
            let what = pack.metric(id).title.plain();
            Missing { ask: format!("measure {}", quoted(&what)), what }
        }
        Unknown::Before(id) => {
            let what = pack.metric(id).title.plain();
            Missing { ask: format!("say what {} was in the round before", quoted(&what)), what }
        }
    }
}

/// Why a rule cannot be decided: `Cannot tell yet: answer “…”; 2 or less applies, more does not.`
pub(super) fn cannot_tell(pack: &Pack, findings: &Findings, rule: RuleId) -> String {
    let rule = &pack.rules[rule.0];
    let mut open = Vec::new();
    gather(pack, findings, &rule.when, false, &mut open);
    if let Some(unless) = &rule.unless {
        gather(pack, findings, unless, true, &mut open);
    }
    let mut said: Vec<String> = Vec::new();
    for (test, opposite) in open {
        let text = open_line(pack, findings, test, opposite);
        if !said.contains(&text) {
            said.push(text);
        }
    }
    match said.as_slice() {
        [] => "Cannot tell yet.".to_owned(),
        said => format!("Cannot tell yet: {}.", list(said)),
    }
}

/// The lines that keep a condition open, with whether each stands under a "not".
fn gather<'c>(
    pack: &'c Pack,
    findings: &Findings,
    condition: &'c Condition,
    opposite: bool,
    out: &mut Vec<(&'c Test, bool)>,
) {
    if !judge(condition, pack, &findings.values).is_unknown() {
        return;
    }
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| gather(pack, findings, part, opposite, out));
        }
        Condition::Not(inner) => gather(pack, findings, inner, !opposite, out),
        Condition::Named(id, _) => gather(pack, findings, &pack.condition(*id).when, opposite, out),
        Condition::Test(test) => {
            if judge_test(test, &findings.values).is_unknown() {
                out.push((test, opposite));
            }
        }
    }
}

fn open_line(pack: &Pack, findings: &Findings, test: &Test, opposite: bool) -> String {
    let wanted = threshold(pack, findings, test, opposite);
    let what = match test.subject {
        Subject::Answer(id) => match findings.values.answer(id) {
            Heard::Mixed(_) => missing(pack, Unknown::Agreement(id)).ask,
            _ => missing(pack, Unknown::Answer(id)).ask,
        },
        Subject::Gap(id) => {
            let unit = gap_unit(pack.question(id));
            format!("{} and compare the two in {}", missing(pack, Unknown::Voice(id)).ask, unit.name())
        }
        Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
            missing(pack, Unknown::Metric(id)).ask
        }
        Subject::Derived(id) => derived(pack, findings, id, &[]),
        Subject::Trend(id) if findings.values.metric(id).value().is_none() => {
            missing(pack, Unknown::Metric(id)).ask
        }
        Subject::Trend(id) => missing(pack, Unknown::Before(id)).ask,
        Subject::Score(of) | Subject::Band(BandOf::Score(of)) => scored(pack, findings, of, &[]),
    };
    if wanted.is_band {
        format!("{what}; {}", wanted.text)
    } else if wanted.otherwise.is_empty() {
        format!("{what}; {} applies", wanted.text)
    } else {
        format!("{what}; {} applies, {}", wanted.text, wanted.otherwise)
    }
}
