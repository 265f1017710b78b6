//! A chart as a drawing that keeps its text size on every width, with its data as a table below.
//!
//! Places along the axis are percentages, so the drawing stretches while its words do not. What may stand
//! beside what is decided for the narrowest screen, [`NARROW`].

use std::fmt::Write as _;

use super::blocks::{close_table, open_table};
use super::escape::{attribute, text};
use crate::document::{Chart, ChartRow, ChartValue};

/// The width in pixels for which texts are placed, and the mean width of a character of the two text sizes.
const NARROW: f64 = 272.0;
const LETTER: f64 = 8.0;
const SMALL_LETTER: f64 = 6.8;

const LINE: f64 = 20.0;
const SMALL_LINE: f64 = 16.0;
const BAR: f64 = 14.0;
const GAP: f64 = 16.0;

pub(super) fn write(chart: &Chart) -> String {
    let mut out = format!("<figure class=\"chart\">\n<figcaption>{}</figcaption>\n", text(&chart.title));
    draw(chart, &mut out);
    data(chart, &mut out);
    out.push_str("</figure>\n");
    out
}

fn draw(chart: &Chart, out: &mut String) {
    let axis = Axis { from: chart.from, to: chart.to };
    let zones = zone_labels(chart, &axis);
    let zone_lines = zones.iter().map(|label| label.line + 1).max().unwrap_or(0);
    let top = zone_lines as f64 * SMALL_LINE + if zone_lines > 0 { 4.0 } else { 0.0 };
    let rows: Vec<Row> = chart.rows.iter().map(|row| Row::new(chart, row)).collect();
    let bottom = top + GAP / 2.0 + rows.iter().map(Row::height).sum::<f64>();
    let height = bottom + SMALL_LINE + 4.0;
    let label = attribute(&chart.alternative_text());
    let _ = writeln!(out, "<svg role=\"img\" aria-label=\"{label}\" width=\"100%\" height=\"{height}\">");
    draw_zones(chart, &axis, top, bottom, out);
    for zone in &zones {
        let y = zone.line as f64 * SMALL_LINE + 12.0;
        words("zone-label", zone.at, zone.to_the_left, y, &zone.text, out);
    }
    let mut y = top + GAP / 2.0;
    for row in &rows {
        row.draw(&axis, y, out);
        y += row.height();
    }
    draw_axis(chart, &axis, bottom, out);
    out.push_str("</svg>\n");
}

struct Axis {
    from: f64,
    to: f64,
}

impl Axis {
    /// Where a value stands, from 0 at the left end to 100; values beyond an end stand at that end.
    fn place(&self, value: f64) -> f64 {
        let share = (value - self.from) / (self.to - self.from) * 100.0;
        if share.is_finite() { share.clamp(0.0, 100.0) } else { 0.0 }
    }
}

/// A percentage with no more digits than can be seen.
fn percent(place: f64) -> String {
    let text = format!("{place:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}%")
}

fn words(class: &str, at: f64, to_the_left: bool, y: f64, words: &str, out: &mut String) {
    let anchor = if to_the_left { " text-anchor=\"end\"" } else { "" };
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{}\" y=\"{y}\"{anchor}>{}</text>", percent(at), text(words));
}

struct ZoneLabel {
    text: String,
    at: f64,
    to_the_left: bool,
    line: usize,
}

/// The names of the zones above them, on as many lines as keep them apart.
fn zone_labels(chart: &Chart, axis: &Axis) -> Vec<ZoneLabel> {
    let mut taken: Vec<f64> = Vec::new();
    let mut left = chart.from;
    let mut labels = Vec::new();
    for zone in &chart.zones {
        let (start, end) = (axis.place(left), axis.place(zone.to));
        left = zone.to;
        let width = zone.label.chars().count() as f64 * SMALL_LETTER / NARROW * 100.0 + 2.0;
        let to_the_left = start + width > 100.0;
        let (from, to) = if to_the_left { (end - width, end) } else { (start, start + width) };
        let line = taken.iter().position(|taken| *taken <= from).unwrap_or(taken.len());
        match taken.get_mut(line) {
            Some(taken) => *taken = to,
            None => taken.push(to),
        }
        let at = if to_the_left { end } else { start };
        labels.push(ZoneLabel { text: zone.label.clone(), at, to_the_left, line });
    }
    labels
}

fn draw_zones(chart: &Chart, axis: &Axis, top: f64, bottom: f64, out: &mut String) {
    let mut left = chart.from;
    for (index, zone) in chart.zones.iter().enumerate() {
        let (start, end) = (axis.place(left), axis.place(zone.to));
        left = zone.to;
        let class = if index % 2 == 0 { "zone" } else { "zone other" };
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{top}\" width=\"{}\" height=\"{}\"/>",
            percent(start),
            percent(end - start),
            bottom - top
        );
    }
    for zone in chart.zones.iter().rev().skip(1) {
        let x = percent(axis.place(zone.to));
        let _ = writeln!(out, "<line class=\"edge\" x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom}\"/>");
    }
}

fn draw_axis(chart: &Chart, axis: &Axis, y: f64, out: &mut String) {
    let _ = writeln!(out, "<line class=\"axis\" x1=\"0%\" y1=\"{y}\" x2=\"100%\" y2=\"{y}\"/>");
    let width = |value: f64| value.to_string().chars().count() as f64 * SMALL_LETTER / NARROW * 100.0;
    words("tick", 0.0, false, y + 15.0, &chart.from.to_string(), out);
    words("tick", 100.0, true, y + 15.0, &chart.to.to_string(), out);
    let mut free = width(chart.from) + 2.0;
    let end = 100.0 - width(chart.to) - 2.0;
    for zone in chart.zones.iter().rev().skip(1).rev() {
        let at = axis.place(zone.to);
        let half = width(zone.to) / 2.0;
        if at - half >= free && at + half <= end {
            let _ = writeln!(
                out,
                "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                percent(at),
                y + 15.0,
                zone.to
            );
            free = at + half + 2.0;
        }
    }
}

/// A row of the chart: its words above, its bar below.
struct Row<'a> {
    base: f64,
    value: &'a ChartValue,
    lines: Vec<String>,
    said: String,
    /// Whether the value has a line of its own, because the label leaves no room beside it.
    apart: bool,
}

impl<'a> Row<'a> {
    fn new(chart: &Chart, row: &'a ChartRow) -> Self {
        let mut said = format!("{}{}", row.value.text(), chart.unit_after(row));
        if !row.note.is_empty() {
            said.push_str(" · ");
            said.push_str(&row.note);
        }
        let wide = |text: &str| text.chars().count() as f64 * LETTER;
        let lines = wrap(&row.label, (NARROW / LETTER) as usize);
        let last = lines.last().map_or(0.0, |line| wide(line));
        let apart = last + wide(&said) + 2.0 * LETTER > NARROW;
        let base = if chart.from < 0.0 && chart.to > 0.0 { 0.0 } else { chart.from };
        Row { base, value: &row.value, lines, said, apart }
    }

    fn words_height(&self) -> f64 {
        (self.lines.len() + usize::from(self.apart)) as f64 * LINE
    }

    fn height(&self) -> f64 {
        self.words_height() + 4.0 + BAR + GAP
    }

    fn draw(&self, axis: &Axis, top: f64, out: &mut String) {
        let mut y = top + 14.0;
        for (index, line) in self.lines.iter().enumerate() {
            words("label", 0.0, false, y + index as f64 * LINE, line, out);
        }
        y = top + self.words_height() - LINE + 14.0;
        words("value", if self.apart { 0.0 } else { 100.0 }, !self.apart, y, &self.said, out);
        let y = top + self.words_height() + 4.0;
        let rect = |class: &str, from: f64, to: f64| {
            format!(
                "<rect class=\"{class}\" x=\"{}\" y=\"{y}\" width=\"{}\" height=\"{BAR}\"/>\n",
                percent(from.min(to)),
                percent((to - from).abs())
            )
        };
        match self.value {
            ChartValue::Known { at, .. } => {
                let (base, at) = (axis.place(self.base), axis.place(*at));
                out.push_str(&rect("track", 0.0, 100.0));
                out.push_str(&rect("bar", base, at));
                let x = percent(at);
                let _ = writeln!(
                    out,
                    "<line class=\"mark\" x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{}\"/>",
                    y - 2.0,
                    y + BAR + 2.0
                );
            }
            ChartValue::Between { low, high, .. } => {
                let (low, high) = (axis.place(*low), axis.place(*high));
                let middle = y + BAR / 2.0;
                out.push_str(&rect("track", 0.0, 100.0));
                let _ = writeln!(
                    out,
                    "<line class=\"hatch\" x1=\"{}\" y1=\"{middle}\" x2=\"{}\" y2=\"{middle}\"/>",
                    percent(low),
                    percent(high)
                );
                out.push_str(&rect("between", low, high));
            }
            ChartValue::Unknown { .. } => out.push_str(&rect("unknown", 0.0, 100.0)),
        }
    }
}

/// The words on lines of at most so many characters; longer words stay whole.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let long = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + long <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + long;
            }
            _ => {
                lines.push(word.to_owned());
                used = long;
            }
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

fn data(chart: &Chart, out: &mut String) {
    out.push_str("<details>\n<summary>Data of this chart</summary>\n");
    open_table(&chart.columns.join(", "), out);
    out.push_str("<tr>");
    for (index, column) in chart.columns.iter().enumerate() {
        let class = if index == 1 { " class=\"right\"" } else { "" };
        if column.is_empty() {
            let _ = write!(out, "<td{class}></td>");
        } else {
            let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", text(column));
        }
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &chart.rows {
        let value = format!("{}{}", row.value.text(), chart.unit_after(row));
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"right\">{}</td>",
            text(&row.label),
            text(&value)
        );
        if chart.columns.len() > 2 {
            let _ = write!(out, "<td>{}</td>", text(&row.note));
        }
        out.push_str("</tr>\n");
    }
    close_table(out);
    out.push_str("</details>\n");
}
