//! The pack's own sentences with the values put in.

use std::borrow::Cow;

use super::subject::{answer_text, metric_text, score_text};
use super::worked_out::{change_text, derived_text, threshold_text};
use crate::markdown::inert;
use crate::model::{Findings, Pack, Prose, ProsePart, ValueName};

/// The sentence with every place filled: the value with its unit, “not known” where there is none.
pub fn prose(pack: &Pack, findings: &Findings, respondent_name: &str, prose: &Prose) -> String {
    prose
        .parts
        .iter()
        .map(|part| match part {
            ProsePart::Text(text) => one_cell(text),
            ProsePart::Value(ValueName::Respondent) => inert(respondent_name),
            ProsePart::Value(ValueName::Answer(id)) => answer_text(pack, findings, *id),
            ProsePart::Value(ValueName::Score(of)) => score_text(pack, findings, *of),
            ProsePart::Value(ValueName::Metric(id)) => metric_text(pack, findings, *id),
            ProsePart::Value(ValueName::Derived(id)) => derived_text(pack, findings, *id),
            ProsePart::Value(ValueName::Threshold(id)) => threshold_text(pack, findings, *id),
            ProsePart::Value(ValueName::Trend(id)) => change_text(pack, findings, *id),
            ProsePart::Value(ValueName::Band(of)) => {
                findings.band_label(pack, *of).map_or_else(|| "not known".to_owned(), inert)
            }
        })
        .collect()
}

/// The sentence as the author wrote it, of nobody: its places stay open.
pub fn plain_prose(prose: &Prose) -> String {
    one_cell(&prose.plain())
}

/// Prose stays in its line and, in a table, in its cell: a line break is a space, a bar is only a bar.
fn one_cell(text: &str) -> String {
    let line: Cow<'_, str> = if text.contains(['\n', '\r']) {
        text.replace("\r\n", " ").replace(['\n', '\r'], " ").into()
    } else {
        text.into()
    };
    if line.contains('`') {
        return line.into_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut escaped = false;
    for letter in line.chars() {
        if letter == '|' && !escaped {
            out.push('\\');
        }
        escaped = letter == '\\' && !escaped;
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::one_cell;

    #[test]
    fn prose_stays_in_its_cell() {
        assert_eq!(one_cell("a | b \\| c\r\nd"), "a \\| b \\| c d");
        assert_eq!(one_cell("`a|b`"), "`a|b`");
    }
}
