//! Why a respondent whose answers fit still gets no paper.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Findings, Pack, Refusal, Unknown};
use crate::source::Span;

/// One fault a reason, at the respondent's place.
pub fn refusals(pack: &Pack, findings: &Findings, at: Span) -> Diagnostics {
    let mut out = Diagnostics::default();
    for refusal in &findings.refusals {
        out.push(match refusal {
            Refusal::Required { rule, missing } => {
                let names: Vec<String> =
                    missing.iter().map(|what| format!("`{}`", name(pack, *what))).collect();
                let rule = &pack.rules[rule.0].id;
                Diagnostic::error(Code::Required, at, format!("rule `{rule}` must be decided and cannot be"))
                    .label("this respondent")
                    .help(format!("give {}", names.join(", ")))
            }
            Refusal::OutOfRange { metric, value } => {
                let metric = pack.metric(*metric);
                let value = metric.unit.after(&value.to_string());
                let range = metric.range.as_ref().map_or_else(String::new, |(low, high)| {
                    format!(", and its range is {}", metric.unit.from_to(&low.to_string(), &high.to_string()))
                });
                Diagnostic::error(
                    Code::ComputedOutOfRange,
                    at,
                    format!("`{}` comes to {value}{range}", metric.id),
                )
                .label("this respondent")
                .help("check the numbers that it is worked out from")
            }
        });
    }
    out
}

fn name(pack: &Pack, unknown: Unknown) -> &str {
    match unknown {
        Unknown::Answer(id) | Unknown::Voice(id) | Unknown::Agreement(id) => &pack.question(id).id,
        Unknown::Metric(id) | Unknown::Before(id) => &pack.metric(id).id,
    }
}
