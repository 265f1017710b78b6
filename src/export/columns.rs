//! Findings as cells of a table.

use crate::diag::did_you_mean;
use crate::model::{
    AreaId, BandOf, Findings, MetricId, Pack, PrescriptionId, Respondent, RuleId, ScoreOf, Status,
};

/// The columns that are printed where none are asked for.
pub const COLUMNS: [&str; 4] = ["respondent", "fired", "undecided", "prescriptions"];

/// Words that stand for several columns.
const GROUPS: [&str; 8] =
    ["scores", "score.*", "low.*", "high.*", "band.*", "metric.*", "rule.*", "prescription.*"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Respondent,
    /// The rules that fired.
    Fired,
    Undecided,
    /// What is advised, best rank first.
    Prescriptions,
    /// A score where it is certain.
    Score(ScoreOf),
    Low(ScoreOf),
    High(ScoreOf),
    Band(BandOf),
    Metric(MetricId),
    /// A rule's status.
    Rule(RuleId),
    /// `advised`, `set_aside`, or nothing.
    Prescription(PrescriptionId),
}

/// The columns that the names stand for, each with its heading; the fault says what is meant instead.
pub fn columns_named<'n>(
    names: impl IntoIterator<Item = &'n str>,
    pack: &Pack,
) -> Result<Vec<(String, Column)>, (String, String)> {
    let known = every_column(pack);
    let mut out = Vec::new();
    for name in names {
        let name = name.trim();
        let before = out.len();
        if name == "scores" {
            let scores = ["score.", "low.", "high.", "band."];
            for (id, _) in all_scores(pack) {
                let names = scores.map(|kind| format!("{kind}{id}"));
                out.extend(known.iter().filter(|(column, _)| names.contains(column)).cloned());
            }
        } else if let Some(kind) = name.strip_suffix('*').filter(|_| GROUPS.contains(&name)) {
            out.extend(known.iter().filter(|(column, _)| column.starts_with(kind)).cloned());
        } else {
            out.extend(known.iter().find(|(column, _)| column == name).cloned());
        }
        if out.len() == before && !GROUPS.contains(&name) {
            let all = known.iter().map(|(column, _)| column.as_str()).chain(GROUPS);
            let help = did_you_mean(name, all).unwrap_or_else(|| {
                format!(
                    "the columns are {}, and `score.`, `low.`, `high.`, `band.`, `metric.`, `rule.` or \
                     `prescription.` with an id of the pack or `*` behind",
                    COLUMNS.join(", ")
                )
            });
            return Err((format!("there is no column `{name}`"), help));
        }
    }
    Ok(out)
}

fn all_scores(pack: &Pack) -> Vec<(&str, ScoreOf)> {
    let areas = pack.areas.iter().enumerate();
    let areas = areas.map(|(at, area)| (area.id.as_str(), ScoreOf::Area(AreaId(at))));
    areas.chain(pack.total.is_some().then_some(("total", ScoreOf::Total))).collect()
}

/// Every column of a pack by its name, in pack order.
fn every_column(pack: &Pack) -> Vec<(String, Column)> {
    let lists = [Column::Respondent, Column::Fired, Column::Undecided, Column::Prescriptions];
    let mut out: Vec<(String, Column)> = COLUMNS.iter().map(|name| (*name).to_owned()).zip(lists).collect();
    for (id, of) in all_scores(pack) {
        out.push((format!("score.{id}"), Column::Score(of)));
        out.push((format!("low.{id}"), Column::Low(of)));
        out.push((format!("high.{id}"), Column::High(of)));
        if !pack.dated_bands(BandOf::Score(of)).is_empty() {
            out.push((format!("band.{id}"), Column::Band(BandOf::Score(of))));
        }
    }
    for (at, metric) in pack.metrics.iter().enumerate() {
        out.push((format!("metric.{}", metric.id), Column::Metric(MetricId(at))));
        if !metric.bands.is_empty() {
            out.push((format!("band.{}", metric.id), Column::Band(BandOf::Metric(MetricId(at)))));
        }
    }
    let rules = pack.rules.iter().enumerate();
    out.extend(rules.map(|(at, rule)| (format!("rule.{}", rule.id), Column::Rule(RuleId(at)))));
    for (at, prescription) in pack.prescriptions.iter().enumerate() {
        let name = format!("prescription.{}", prescription.id);
        out.push((name, Column::Prescription(PrescriptionId(at))));
    }
    out
}

/// The cells of one respondent for these columns; ids are separated by one space, rules in the pack's order.
///
/// What is unknown is an empty cell; numbers are decimals of at most six places.
pub fn columns(pack: &Pack, respondent: &Respondent, findings: &Findings, wanted: &[Column]) -> Vec<String> {
    wanted.iter().map(|column| cell(pack, respondent, findings, *column)).collect()
}

fn cell(pack: &Pack, respondent: &Respondent, findings: &Findings, column: Column) -> String {
    let rules = |status: Status| {
        let ids = pack.rules.iter().zip(&findings.rules).filter(|(_, finding)| finding.status == status);
        ids.map(|(rule, _)| rule.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let number = |number: Option<&crate::model::Number>| number.map(ToString::to_string).unwrap_or_default();
    let values = &findings.values;
    match column {
        Column::Respondent => inert_cell(&respondent.id),
        Column::Fired => rules(Status::Fired),
        Column::Undecided => rules(Status::Undecided),
        Column::Prescriptions => {
            let advised = findings.prescriptions.iter();
            let ids = advised.map(|advice| pack.prescription(advice.prescription).id.as_str());
            ids.collect::<Vec<_>>().join(" ")
        }
        Column::Score(of) => number(values.score(of).value()),
        Column::Low(of) => number(values.score(of).ends.as_ref().map(|(low, _)| low)),
        Column::High(of) => number(values.score(of).ends.as_ref().map(|(_, high)| high)),
        Column::Band(of) => findings.band_label(pack, of).unwrap_or_default().to_owned(),
        Column::Metric(id) => number(values.metric(id).value()),
        Column::Rule(id) => findings.rules[id.0].status.word().to_owned(),
        Column::Prescription(id) => {
            let advised = findings.prescriptions.iter().any(|advice| advice.prescription == id);
            let set_aside = findings.set_aside.iter().any(|aside| aside.prescription == id);
            let word = if advised { "advised" } else { "" };
            if set_aside { "set_aside" } else { word }.to_owned()
        }
    }
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.
pub fn inert_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Cells as one line of CSV, without its line break.
pub fn csv_row<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let quoted = |cell: &str| {
        if cell.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    cells.into_iter().map(quoted).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::{csv_row, inert_cell};

    #[test]
    fn formulas_stay_text() {
        assert_eq!(inert_cell("=1+1"), "'=1+1");
        assert_eq!(inert_cell("@x"), "'@x");
        assert_eq!(inert_cell("northwind"), "northwind");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(csv_row(["a b", "c,d", "e\"f", ""]), "a b,\"c,d\",\"e\"\"f\",");
    }
}
