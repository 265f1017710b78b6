//! Grouped bars: each value on its own bar, named at its left.

use super::pen::Pen;
use super::scale::{Axis, number, said};
use super::text::{LABEL, SMALL, leading, width, wrap};
use super::{Anchor, Band, Tone};
use crate::document::{Chart, ChartRow, ChartValue};

const BAR: f32 = 8.0;
const PITCH: f32 = 12.5;
const GAP: f32 = 8.0;

/// Where names end, and the plot begins and ends.
struct Columns {
    names: f32,
    plot: f32,
    end: f32,
}

impl Columns {
    fn at(&self, part: f32) -> f32 {
        self.plot + part * (self.end - self.plot)
    }
}

pub fn draw(chart: &Chart, whole: f32) -> Vec<Band> {
    let axis = Axis::of(chart);
    let names = chart.columns.iter().skip(1).take(chart.series());
    let names = names.map(|name| width(name, SMALL, false)).fold(0.0, f32::max).min(whole * 0.3);
    let values = chart.rows.iter().flat_map(|row| &row.values);
    let values = values.map(|value| width(&said(chart, value), LABEL, true)).fold(0.0, f32::max);
    let plot = if names > 0.0 { names + 8.0 } else { 0.0 };
    let columns = Columns { names, plot, end: whole - values.min(whole * 0.4) - 8.0 };
    let ticks = axis.ticks(4);
    let mut bands: Vec<Band> =
        chart.rows.iter().map(|row| self::row(chart, row, &axis, &columns, whole)).collect();
    let mut pen = Pen::default();
    let places: Vec<(String, f32)> =
        ticks.iter().map(|tick| (number(*tick), columns.at(axis.part(*tick)))).collect();
    pen.line((columns.plot, 1.0), (columns.end, 1.0), Tone::Hairline, 0.7);
    for (_, x) in &places {
        pen.line((*x, 1.0), (*x, 4.0), Tone::Quiet, 0.7);
    }
    pen.numbers(&places, 12.0, SMALL);
    bands.push(pen.band(16.0));
    bands
}

fn row(chart: &Chart, row: &ChartRow, axis: &Axis, columns: &Columns, whole: f32) -> Band {
    let mut pen = Pen::default();
    let label = wrap(&row.label, LABEL, true, whole, 3);
    let above = GAP + label.len() as f32 * leading(LABEL);
    let height = above + row.values.len() as f32 * PITCH + 3.0;
    pen.lines((0.0, GAP + LABEL * 0.8), Anchor::Start, &label, LABEL, true, Tone::Ink);
    for (series, value) in row.values.iter().enumerate() {
        let top = above + series as f32 * PITCH + (PITCH - BAR) / 2.0;
        let middle = top + BAR / 2.0;
        let name = chart.columns.get(series + 1).map_or("", String::as_str);
        let name = wrap(name, SMALL, false, columns.names.max(1.0), 1);
        pen.lines_around((columns.names, middle), Anchor::End, &name, SMALL, false, Tone::Quiet);
        let base = columns.at(axis.base());
        let mut reached = base;
        let mut tone = Tone::Ink;
        match value {
            ChartValue::Known { at, .. } => {
                let at = columns.at(axis.part(*at));
                let (from, to) = (at.min(base), at.max(base).max(at.min(base) + 1.2));
                bar(&mut pen, [from, top, to - from, BAR], series);
                reached = to;
            }
            ChartValue::Between { low, high, .. } => {
                let (low, high) = (columns.at(axis.part(*low)), columns.at(axis.part(*high)));
                pen.stretch((low, middle), (high.max(low + 1.2), middle), Tone::Series(series));
                reached = high.max(base) + 2.0;
            }
            ChartValue::Unknown { .. } => tone = Tone::Quiet,
        }
        let known = !matches!(value, ChartValue::Unknown { .. });
        let text = said(chart, value);
        pen.lines_around((reached + 4.0, middle), Anchor::Start, &[text], LABEL - 0.4, known, tone);
    }
    let base = columns.at(axis.base());
    pen.line((base, above), (base, height), Tone::Quiet, 0.8);
    pen.band(height)
}

/// Series differ in their filling.
fn bar(pen: &mut Pen, field: [f32; 4], series: usize) {
    let tone = Tone::Series(series);
    let [x, y, width, height] = field;
    match series {
        0 => pen.field(field, Some(tone), None),
        1 => pen.hatched(field, tone),
        2 => pen.field(field, Some(Tone::Paper), Some((tone, 1.2))),
        _ => {
            pen.field(field, Some(Tone::Paper), Some((tone, 1.0)));
            for line in 1..3 {
                let y = y + height * line as f32 / 3.0;
                pen.line((x, y), (x + width, y), tone, 0.9);
            }
        }
    }
}
