//! A chart → the text of its fence, its table in even columns.

use crate::document::{Align, Chart, ChartValue};
use crate::markdown::fence::escape;
use crate::markdown::print::table::grid;

/// The info string and the text of the fence.
pub(in crate::markdown) fn write(chart: &Chart) -> (String, String) {
    let info = format!("chart {}", chart.kind.name());
    let mut text = format!("title: {}\n", escape(&chart.title, ""));
    if let Some((from, to)) = chart.range {
        text.push_str(&format!("range: {from} to {to}\n"));
    }
    if !chart.unit.is_empty() {
        text.push_str(&format!("unit: {}\n", unit(&chart.unit)));
    }
    if !chart.zones.is_empty() {
        text.push_str(&format!("zones: {}\n", zones(chart)));
    }
    text.push('\n');
    let mut align = vec![Align::None; chart.columns.len()];
    align.iter_mut().skip(1).take(chart.series()).for_each(|align| *align = Align::Right);
    let cells = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| escape(text, "|")).collect() };
    let head: Vec<&str> = chart.columns.iter().map(String::as_str).collect();
    let mut rows = vec![cells(&head)];
    for row in &chart.rows {
        let mut texts = vec![row.label.as_str()];
        texts.extend(row.values.iter().map(ChartValue::text));
        if chart.has_notes() {
            texts.push(&row.note);
        }
        rows.push(cells(&texts));
    }
    text.push_str(&grid(&align, &rows).join("\n"));
    (info, text)
}

fn unit(unit: &str) -> String {
    if unit.trim() == unit && !unit.starts_with('"') {
        escape(unit, "")
    } else {
        format!("\"{}\"", escape(unit, "\""))
    }
}

fn zones(chart: &Chart) -> String {
    let mut parts = Vec::new();
    for (index, zone) in chart.zones.iter().enumerate() {
        let label = escape(&zone.label, ",");
        let last = index + 1 == chart.zones.len();
        parts.push(if last && !label.contains(" to ") { label } else { format!("{label} to {}", zone.to) });
    }
    parts.join(", ")
}
