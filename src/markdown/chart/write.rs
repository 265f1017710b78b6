//! A chart → the text of its fence, its table in even columns.

use crate::document::{Align, Chart};
use crate::markdown::fence::escape;
use crate::markdown::print::table::Grid;

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
    let mut grid = Grid::new(&align);
    let mut add = |cell: &str| grid.add(|out| out.push_str(&escape(cell, "|")));
    chart.columns.iter().for_each(|head| add(head));
    for row in &chart.rows {
        add(&row.label);
        row.values.iter().for_each(|value| add(value.text()));
        if chart.has_notes() {
            add(&row.note);
        }
    }
    text.push_str(&grid.lines());
    (info, text)
}

fn unit(unit: &str) -> String {
    if unit.trim() == unit && !unit.starts_with('"') {
        escape(unit, "").into_owned()
    } else {
        format!("\"{}\"", escape(unit, "\""))
    }
}

fn zones(chart: &Chart) -> String {
    let mut parts = Vec::new();
    for (index, zone) in chart.zones.iter().enumerate() {
        let label = escape(&zone.label, ",").into_owned();
        let last = index + 1 == chart.zones.len();
        parts.push(if last && !label.contains(" to ") { label } else { format!("{label} to {}", zone.to) });
    }
    parts.join(", ")
}
