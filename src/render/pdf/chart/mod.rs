//! Charts on paper: a figure with its words, never told by colour alone.

mod bar;
mod picture;

use crate::document::{Align, Cell, Chart, ChartKind, Inline, Table};

use super::flow::{Builder, Place, Side, offset};
use super::fonts::Face;
use super::lines::Look;
use super::strip::{Strip, draw_line};
use super::tags::Node;

/// Up to so many rows the data of a chart whose values are not all printed stand below it.
const SHORT: usize = 15;

pub fn lay_out(builder: &mut Builder<'_>, chart: &Chart, place: Place) {
    let node = builder.tree.push("Figure", place.node);
    builder.tree.get_mut(node).alternative = Some(chart.alternative_text());
    builder.before(builder.style.block_gap);
    let mut strips = title(builder, chart, node, place);
    strips.extend(match chart.kind {
        ChartKind::Bar => bar::strips(builder, chart, node, place),
        _ => picture::strips(builder, chart, node, place),
    });
    for (index, mut strip) in strips.into_iter().enumerate() {
        strip.frame = place.frame;
        strip.keep = index > 0;
        builder.push(strip);
    }
    let unprinted =
        matches!(chart.kind, ChartKind::Line) || chart.kind == ChartKind::Radar && chart.series() > 1;
    // On a slide the alternative text alone tells them: there is no room for both.
    if unprinted && chart.rows.len() <= SHORT && !builder.style.slide {
        builder.after(6.0);
        builder.keep(true);
        super::table::lay_out(builder, &data(chart), place);
    }
    builder.after(builder.style.block_gap + 2.0);
}

fn title(builder: &mut Builder<'_>, chart: &Chart, node: Node, place: Place) -> Vec<Strip> {
    let mut strips = Vec::new();
    if !chart.title.trim().is_empty() {
        let look = Look::plain(Face::Bold, bar::LABEL_SIZE + 0.4, builder.style.colors.ink, Some(node));
        let (running, lines) = builder.words(&chart.title, look, place.width);
        for line in &lines {
            let mut marks = Vec::new();
            let x = place.x + offset(line, place.width, Side::Start);
            draw_line(line, &running, x, 9.5, &mut marks, builder.style.colors.code_ground);
            strips.push(Strip { height: bar::LABEL_LEADING + 1.0, baseline: 9.5, marks, ..Strip::default() });
        }
        strips.push(Strip { height: 5.0, ..Strip::default() });
    }
    strips
}

/// Up to so many rows the points in time are columns, which makes a low table.
const LOW: usize = 8;

/// The chart's data as a table.
fn data(chart: &Chart) -> Table {
    let cell = |text: &str| match text {
        "" => Vec::new(),
        text => vec![Inline::Text(text.to_owned())],
    };
    let mut align = vec![Align::Left];
    align.resize(chart.columns.len(), Align::Right);
    let rows = chart.rows.iter().map(|row| {
        let values = row.values.iter().map(|value| format!("{}{}", value.text(), chart.unit_after(value)));
        std::iter::once(cell(&row.label)).chain(values.map(|value| cell(&value))).collect()
    });
    let table =
        Table { align, head: chart.columns.iter().map(|head| cell(head)).collect(), rows: rows.collect() };
    if chart.kind == ChartKind::Line && chart.rows.len() <= LOW { turned(&table) } else { table }
}

/// Rows as columns.
fn turned(table: &Table) -> Table {
    let rows: Vec<&Vec<Cell>> = std::iter::once(&table.head).chain(&table.rows).collect();
    let column = |at: usize| rows.iter().map(|row| row.get(at).cloned().unwrap_or_default()).collect();
    let mut align = vec![Align::Left];
    align.resize(rows.len(), Align::Right);
    Table { align, head: column(0), rows: (1..table.align.len()).map(column).collect() }
}
