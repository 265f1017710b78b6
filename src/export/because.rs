//! The evidence of rules for machines: one JSON object a respondent.

use serde_json::{Value, json};

use crate::logic::Truth;
use crate::markdown::plain;
use crate::model::{Findings, Pack, Respondent, RuleId};
use crate::wording::because;

/// One compact line without its line break: for each rule its status, the sentence, and every comparison
/// with its text, threshold and truth (`true`, `false`, or `null` where it is not known).
pub fn because_line(pack: &Pack, respondent: &Respondent, findings: &Findings, rules: &[RuleId]) -> String {
    let each: Vec<Value> = rules
        .iter()
        .map(|&id| {
            let why = because(pack, findings, id);
            let lines: Vec<Value> = why
                .lines
                .iter()
                .map(|line| {
                    let truth = match line.truth {
                        Truth::True => Some(true),
                        Truth::False => Some(false),
                        Truth::Unknown { .. } => None,
                    };
                    let sources: Vec<&str> =
                        line.sources.iter().map(|id| pack.citation(*id).id.as_str()).collect();
                    json!({
                        "text": plain(&line.text),
                        "threshold": plain(&line.threshold),
                        "truth": truth,
                        "decisive": line.decisive,
                        "unless": line.unless,
                        "sources": sources,
                    })
                })
                .collect();
            json!({
                "rule": pack.rules[id.0].id,
                "status": why.status.word(),
                "assumed": why.assumed,
                "because": plain(&why.sentence),
                "lines": lines,
            })
        })
        .collect();
    json!({ "respondent": respondent.id, "pack": pack.id, "version": pack.version, "rules": each })
        .to_string()
}
