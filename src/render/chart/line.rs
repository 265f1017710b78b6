//! Lines over time: points that are known are joined, a stretch and a gap are shown as such.

use super::pen::Pen;
use super::scale::{Axis, number, said, spread};
use super::text::{LABEL, SMALL, leading, width, wrap};
use super::{Anchor, Band, Tone};
use crate::document::{Chart, ChartValue};

const TOP: f32 = 10.0;
/// So many points still have a mark each.
const MARKED: usize = 24;

struct Plot {
    axis: Axis,
    left: f32,
    right: f32,
    height: f32,
    count: usize,
}

impl Plot {
    fn x(&self, row: usize) -> f32 {
        let inset = ((self.right - self.left) / self.count as f32 / 2.0).min(14.0);
        let (from, to) = (self.left + inset, self.right - inset);
        from + (to - from) * row as f32 / (self.count.max(2) - 1) as f32
    }

    fn y(&self, value: f64) -> f32 {
        TOP + self.height * (1.0 - self.axis.part(value))
    }
}

pub fn draw(chart: &Chart, whole: f32) -> Vec<Band> {
    let axis = Axis::of(chart);
    let ticks = axis.ticks(4);
    let numbers = ticks.iter().map(|tick| width(&number(*tick), SMALL, false)).fold(0.0, f32::max);
    let ends: Vec<Vec<String>> =
        (0..chart.series()).map(|series| end_label(chart, series, whole * 0.28)).collect();
    let names = ends.iter().flatten().map(|line| width(line, LABEL, true)).fold(0.0, f32::max);
    let high = |label: &Vec<String>| label.len() as f32 * leading(LABEL) + 1.0;
    let needed: f32 = ends.iter().map(high).sum();
    let plot = Plot {
        axis,
        left: numbers + 6.0,
        right: whole - names - 12.0,
        height: (whole * 0.42).clamp(90.0, 190.0).max(needed),
        count: chart.rows.len(),
    };
    let mut pen = Pen::default();
    for tick in &ticks {
        let y = plot.y(*tick);
        pen.line((plot.left, y), (plot.right, y), Tone::Hairline, 0.7);
        pen.text((plot.left - 5.0, y + 2.8), Anchor::End, &number(*tick), SMALL, false, Tone::Quiet);
    }
    let base = TOP + plot.height;
    pen.line((plot.left, base), (plot.right, base), Tone::Quiet, 0.8);
    let below = labels_below(&mut pen, chart, &plot, base, whole);
    let mut places = Vec::new();
    for (series, label) in ends.iter().enumerate() {
        let last = self::series(&mut pen, chart, series, &plot);
        places.push((last, high(label)));
    }
    let wanted: Vec<(f32, f32)> = places.iter().map(|((_, y), height)| (*y, *height)).collect();
    let spread = spread(&wanted, 0.0, base + 4.0);
    for (series, (y, ((x, at), _))) in spread.iter().zip(&places).enumerate() {
        if (y - at).abs() > 3.0 || *x < plot.x(plot.count - 1) - 1.0 {
            pen.line((x + 5.0, *at), (plot.right + 5.0, *y), Tone::Quiet, 0.5);
        }
        let tone = Tone::Series(series);
        pen.lines_around((plot.right + 8.0, *y), Anchor::Start, &ends[series], LABEL, true, tone);
    }
    vec![pen.band(base + below)]
}

/// The series' name and its last value.
fn end_label(chart: &Chart, series: usize, room: f32) -> Vec<String> {
    let values = chart.rows.iter().filter_map(|row| row.values.get(series));
    let last = values.rev().find(|value| !matches!(value, ChartValue::Unknown { .. }));
    let name = chart.columns.get(series + 1).map_or("", String::as_str);
    let mut lines = wrap(name, LABEL, true, room, 2);
    let value = last.map_or_else(|| "unknown".to_owned(), |value| said(chart, value));
    match lines.last_mut() {
        Some(line) if width(&format!("{line} {value}"), LABEL, true) <= room => {
            *line = format!("{line} {value}");
        }
        _ => lines.extend(wrap(&value, LABEL, true, room, 2)),
    }
    lines
}

/// Draws one series and tells where it ends.
fn series(pen: &mut Pen, chart: &Chart, series: usize, plot: &Plot) -> (f32, f32) {
    let mut run: Vec<(f32, f32)> = Vec::new();
    let mut marks = Vec::new();
    let mut last = (plot.right - 14.0, TOP + plot.height / 2.0);
    let end = |pen: &mut Pen, run: &mut Vec<(f32, f32)>| {
        if run.len() > 1 {
            pen.series_line(run, series, 1.7);
        }
        run.clear();
    };
    for (index, row) in chart.rows.iter().enumerate() {
        let x = plot.x(index);
        match row.values.get(series) {
            Some(ChartValue::Known { at, .. }) => {
                let point = (x, plot.y(*at));
                run.push(point);
                marks.push(point);
                last = point;
            }
            Some(ChartValue::Between { low, high, .. }) => {
                end(pen, &mut run);
                let (low, high) = (plot.y(*low), plot.y(*high));
                pen.stretch((x, low), (x, high), Tone::Series(series));
                last = (x, (low + high) / 2.0);
            }
            _ => end(pen, &mut run),
        }
    }
    end(pen, &mut run);
    if chart.rows.len() <= MARKED {
        marks.iter().for_each(|point| pen.marker(series, *point, 2.6));
    } else {
        marks.first().into_iter().chain(marks.last()).for_each(|point| pen.marker(series, *point, 2.6));
    }
    last
}

/// The names of the points in time, as many as stand free; tells how much room they take.
fn labels_below(pen: &mut Pen, chart: &Chart, plot: &Plot, base: f32, whole: f32) -> f32 {
    let pitch = plot.x(1) - plot.x(0);
    let beside = 2.0 * plot.x(0).min(whole - plot.x(plot.count - 1));
    let room = |step: usize| (pitch * step as f32 - 5.0).min(beside);
    let fits = |step: usize| chart.rows.iter().step_by(step).all(|row| fits(&row.label, room(step)));
    let most = plot.count;
    // Where no label fits whole, the first and perhaps some more are shortened.
    let step = (1..=most)
        .find(|step| fits(*step))
        .unwrap_or_else(|| (1..=most).find(|step| room(*step) > 40.0).unwrap_or(most));
    let mut high = 1;
    for (index, row) in chart.rows.iter().enumerate() {
        let tick = if index % step == 0 { 3.5 } else { 2.0 };
        pen.line((plot.x(index), base), (plot.x(index), base + tick), Tone::Quiet, 0.7);
        if index % step == 0 {
            let lines = wrap(&row.label, SMALL, false, room(step), 2);
            high = high.max(lines.len());
            pen.lines((plot.x(index), base + 12.0), Anchor::Middle, &lines, SMALL, false, Tone::Quiet);
        }
    }
    8.0 + high as f32 * leading(SMALL)
}

/// Whether a label fits in two lines without breaking its words.
fn fits(label: &str, room: f32) -> bool {
    let longest = label.split_whitespace().map(|word| width(word, SMALL, false)).fold(0.0, f32::max);
    longest <= room && wrap(label, SMALL, false, room, 3).len() <= 2
}
