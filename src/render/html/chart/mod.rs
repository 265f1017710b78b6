//! A chart as a drawing, and its data as a table below. The whole drawing is one image to readers who cannot
//! see it, told by the chart's alternative text.

mod bar;
mod picture;

use std::fmt::Write as _;

use super::blocks::{close_table, open_table};
use super::escape::{attribute, text};
use crate::document::{Chart, ChartKind};

pub(super) fn write(chart: &Chart) -> String {
    let mut out = format!("<figure class=\"chart\">\n<figcaption>{}</figcaption>\n", text(&chart.title));
    let told = chart.alternative_text();
    let told = attribute(&told);
    if chart.kind == ChartKind::Bar {
        let _ = writeln!(out, "<div role=\"img\" aria-label=\"{told}\">");
        bar::draw(chart, &mut out);
        out.push_str("</div>\n");
    } else {
        picture::draw(chart, &told, &mut out);
    }
    data(chart, &mut out);
    out.push_str("</figure>\n");
    out
}

fn data(chart: &Chart, out: &mut String) {
    out.push_str("<details>\n<summary>Data of this chart</summary>\n");
    open_table(&chart.columns.join(", "), out);
    out.push_str("<tr>");
    for (index, column) in chart.columns.iter().enumerate() {
        let class = if (1..=chart.series()).contains(&index) { " class=\"right\"" } else { "" };
        if column.is_empty() {
            let _ = write!(out, "<td{class}></td>");
        } else {
            let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", text(column));
        }
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &chart.rows {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", text(&row.label));
        for value in &row.values {
            let value = format!("{}{}", value.text(), chart.unit_after(value));
            let _ = write!(out, "<td class=\"right\">{}</td>", text(&value));
        }
        if chart.has_notes() {
            let _ = write!(out, "<td>{}</td>", text(&row.note));
        }
        out.push_str("</tr>\n");
    }
    close_table(out);
    out.push_str("</details>\n");
}
