//! Findings as cells of a table.

use crate::model::{Findings, Pack, Respondent, Status};

/// The columns there are, in their usual order.
pub const COLUMNS: [&str; 4] = ["respondent", "fired", "undecided", "prescriptions"];

/// The cells of one respondent for these columns; ids are separated by one space, rules in the pack's order.
///
/// A column that is none of [`COLUMNS`] gives an empty cell.
pub fn columns(pack: &Pack, respondent: &Respondent, findings: &Findings, wanted: &[&str]) -> Vec<String> {
    let rules = |status: Status| {
        let ids = pack.rules.iter().zip(&findings.rules).filter(|(_, finding)| finding.status == status);
        ids.map(|(rule, _)| rule.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    wanted
        .iter()
        .map(|column| match *column {
            "respondent" => inert_cell(&respondent.id),
            "fired" => rules(Status::Fired),
            "undecided" => rules(Status::Undecided),
            "prescriptions" => {
                let ids = findings
                    .prescriptions
                    .iter()
                    .map(|advice| pack.prescription(advice.prescription).id.as_str());
                ids.collect::<Vec<_>>().join(" ")
            }
            _ => String::new(),
        })
        .collect()
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.
pub fn inert_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::inert_cell;

    #[test]
    fn formulas_stay_text() {
        assert_eq!(inert_cell("=1+1"), "'=1+1");
        assert_eq!(inert_cell("@x"), "'@x");
        assert_eq!(inert_cell("northwind"), "northwind");
    }
}
