//! A chart → the text of its fence, its table in even columns.

use crate::document::{Align, Chart, ChartKind};
use crate::markdown::fence::escape;
use crate::markdown::print::table::grid;

/// The info string and the text of the fence.
pub(in crate::markdown) fn write(chart: &Chart) -> (String, String) {
    let info = match chart.kind {
        ChartKind::Bar => "chart bar",
    };
    let mut text = format!("title: {}\nrange: {} to {}\n", escape(&chart.title, ""), chart.from, chart.to);
    if !chart.unit.is_empty() {
        text.push_str(&format!("unit: {}\n", unit(&chart.unit)));
    }
    if !chart.zones.is_empty() {
        text.push_str(&format!("zones: {}\n", zones(chart)));
    }
    text.push('\n');
    let mut align = vec![Align::None; chart.columns.len()];
    if let Some(value) = align.get_mut(1) {
        *value = Align::Right;
    }
    let cells = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| escape(text, "|")).collect() };
    let head: Vec<&str> = chart.columns.iter().map(String::as_str).collect();
    let mut rows = vec![cells(&head)];
    for row in &chart.rows {
        let row = [row.label.as_str(), row.value.text(), row.note.as_str()];
        rows.push(cells(&row[..chart.columns.len().min(3)]));
    }
    text.push_str(&grid(&align, &rows).join("\n"));
    (info.to_owned(), text)
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
