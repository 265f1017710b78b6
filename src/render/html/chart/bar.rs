//! Bars as a drawing that reflows: words that wrap, and strips of SVG that stretch.
//!
//! Places along the axis are percentages, so no width is assumed.

use std::fmt::Write as _;

use crate::document::{Chart, ChartRow, ChartValue, Zone};
use crate::render::html::escape::text;

pub(super) fn draw(chart: &Chart, out: &mut String) {
    let (from, to) = chart.axis();
    let axis = Axis { from, to };
    zone_names(chart, &axis, out);
    out.push_str("<div class=\"plot\">\n");
    zone_stripes(chart, &axis, out);
    chart.rows.iter().for_each(|row| draw_row(chart, row, &axis, out));
    out.push_str("</div>\n");
    ticks(chart, &axis, out);
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

    /// Each zone with the places where it begins and ends.
    fn zones<'a>(&self, zones: &'a [Zone]) -> Vec<(&'a Zone, f64, f64)> {
        let mut left = 0.0;
        let mut out = Vec::new();
        for zone in zones {
            let right = self.place(zone.to).max(left);
            out.push((zone, left, right));
            left = right;
        }
        out
    }
}

/// A number with no more digits than can be seen.
fn short(number: f64) -> String {
    if number.fract() == 0.0 {
        // Most are whole, and rounding them is what takes the longest.
        return number.to_string();
    }
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn zone_names(chart: &Chart, axis: &Axis, out: &mut String) {
    if chart.zones.is_empty() {
        return;
    }
    let zones = axis.zones(&chart.zones);
    let widths: Vec<String> =
        zones.iter().map(|(_, left, right)| format!("minmax(0, {}fr)", short(right - left))).collect();
    let _ = write!(out, "<div class=\"zones\" style=\"grid-template-columns: {}\">", widths.join(" "));
    zones.iter().for_each(|(zone, ..)| {
        let _ = write!(out, "<span>{}</span>", text(&zone.label));
    });
    out.push_str("</div>\n");
}

fn zone_stripes(chart: &Chart, axis: &Axis, out: &mut String) {
    out.push_str("<svg class=\"ground\" width=\"100%\" height=\"100%\" aria-hidden=\"true\">");
    let zones = axis.zones(&chart.zones);
    for (index, (_, left, right)) in zones.iter().enumerate() {
        let class = if index % 2 == 0 { "zone" } else { "zone other" };
        let (x, width) = (short(*left), short(right - left));
        let _ = write!(out, "<rect class=\"{class}\" x=\"{x}%\" width=\"{width}%\" height=\"100%\"/>");
    }
    for (_, _, right) in zones.iter().rev().skip(1).rev() {
        let x = short(*right);
        let _ = write!(out, "<line class=\"edge\" x1=\"{x}%\" x2=\"{x}%\" y2=\"100%\"/>");
    }
    out.push_str("</svg>\n");
}

fn draw_row(chart: &Chart, row: &ChartRow, axis: &Axis, out: &mut String) {
    let value = format!("{}{}", row.value().text(), chart.unit_after(row.value()));
    let value = text(&value);
    let note = if row.note.is_empty() { String::new() } else { format!(" · {}", text(&row.note)) };
    let _ = write!(
        out,
        "<div class=\"row\"><p><span class=\"label\">{}</span> <span class=\"value\"><b>{value}</b>{note}</span></p>",
        text(&row.label)
    );
    out.push_str("<svg width=\"100%\" height=\"18\" aria-hidden=\"true\">");
    let rect = |class: &str, from: f64, to: f64| {
        let (x, width) = (short(from.min(to)), short((to - from).abs()));
        format!("<rect class=\"{class}\" x=\"{x}%\" y=\"2\" width=\"{width}%\" height=\"14\"/>")
    };
    match row.value() {
        ChartValue::Known { at, .. } => {
            let base = if axis.from < 0.0 && axis.to > 0.0 { 0.0 } else { axis.from };
            let at = axis.place(*at);
            out.push_str(&rect("track", 0.0, 100.0));
            out.push_str(&rect("bar", axis.place(base), at));
            let x = short(at);
            let _ = write!(out, "<line class=\"mark\" x1=\"{x}%\" y1=\"0\" x2=\"{x}%\" y2=\"18\"/>");
        }
        ChartValue::Between { low, high, .. } => {
            let (low, high) = (axis.place(*low), axis.place(*high));
            let (x1, x2) = (short(low), short(high));
            out.push_str(&rect("track", 0.0, 100.0));
            let _ = write!(out, "<line class=\"hatch\" x1=\"{x1}%\" y1=\"9\" x2=\"{x2}%\" y2=\"9\"/>");
            out.push_str(&rect("between", low, high));
        }
        ChartValue::Unknown { .. } => out.push_str(&rect("unknown", 0.0, 100.0)),
    }
    out.push_str("</svg></div>\n");
}

/// The numbers under the axis: both ends, and each zone's edge that has room, counted in shares of the
/// narrowest screen.
fn ticks(chart: &Chart, axis: &Axis, out: &mut String) {
    const LETTER: f64 = 3.0;
    let width = |value: f64| value.to_string().chars().count() as f64 * LETTER;
    let tick = |at: f64, anchor: &str, value: f64| {
        format!("<text x=\"{}%\" y=\"15\" text-anchor=\"{anchor}\">{value}</text>", short(at))
    };
    out.push_str("<svg class=\"ticks\" width=\"100%\" height=\"20\" aria-hidden=\"true\">");
    out.push_str(&tick(0.0, "start", axis.from));
    let mut free = width(axis.from) + LETTER;
    let end = 100.0 - width(axis.to) - LETTER;
    for (zone, _, at) in axis.zones(&chart.zones).iter().rev().skip(1).rev() {
        let half = width(zone.to) / 2.0;
        if at - half >= free && at + half <= end {
            out.push_str(&tick(*at, "middle", zone.to));
            free = at + half + LETTER;
        }
    }
    out.push_str(&tick(100.0, "end", axis.to));
    out.push_str("</svg>\n");
}
