//! The pack's own sentences with the values put in.

use super::subject::{answer_text, metric_text, score_text};
use crate::markdown::inert;
use crate::model::{Findings, Pack, Prose, ProsePart, ValueName};

/// The sentence with every place filled: the value with its unit, “not known” where there is none.
pub fn prose(pack: &Pack, findings: &Findings, respondent_name: &str, prose: &Prose) -> String {
    prose
        .parts
        .iter()
        .map(|part| match part {
            ProsePart::Text(text) => text.clone(),
            ProsePart::Value(ValueName::Respondent) => inert(respondent_name),
            ProsePart::Value(ValueName::Answer(id)) => answer_text(pack, findings, *id),
            ProsePart::Value(ValueName::Score(of)) => score_text(pack, findings, *of),
            ProsePart::Value(ValueName::Metric(id)) => metric_text(pack, findings, *id),
            ProsePart::Value(ValueName::Band(of)) => {
                findings.band_label(pack, *of).map_or_else(|| "not known".to_owned(), inert)
            }
        })
        .collect()
}
