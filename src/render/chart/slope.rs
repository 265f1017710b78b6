//! Slopes: a line a row from before to after, named at both ends.

use super::pen::Pen;
use super::scale::{Axis, number, said, spread};
use super::text::{LABEL, SMALL, leading, width, wrap};
use super::{Anchor, Band, Tone};
use crate::document::{Chart, ChartRow, ChartValue};

const TOP: f32 = 18.0;
const LEAST: f32 = 96.0;

struct Label {
    lines: Vec<String>,
    /// Where its value stands.
    at: f32,
}

pub fn draw(chart: &Chart, whole: f32) -> Vec<Band> {
    let axis = Axis::of(chart);
    let room = whole * 0.36;
    let sides: [Vec<Vec<String>>; 2] =
        [0, 1].map(|side| chart.rows.iter().map(|row| words(chart, row, side, room)).collect());
    let tall = |labels: &Vec<Vec<String>>| {
        labels.iter().map(|lines| lines.len() as f32 * leading(LABEL) + 3.0).sum::<f32>()
    };
    let height =
        sides.iter().map(tall).fold(LEAST, f32::max).max(chart.rows.len() as f32 * 16.0).max(whole * 0.42);
    let widest = |labels: &Vec<Vec<String>>| {
        labels.iter().flatten().map(|line| width(line, LABEL, false)).fold(0.0, f32::max)
    };
    let (left, right) = (widest(&sides[0]) + 14.0, whole - widest(&sides[1]) - 14.0);
    let y = |value: f64| TOP + height * (1.0 - axis.part(value));
    let mut pen = Pen::default();
    for (index, x) in [left, right].into_iter().enumerate() {
        pen.line((x, TOP), (x, TOP + height), Tone::Quiet, 0.8);
        let head = chart.columns.get(index + 1).map_or("", String::as_str);
        let room = 2.0 * x.min(whole - x).min((right - left) / 2.0 - 4.0);
        let head = wrap(head, LABEL, true, room, 1);
        pen.lines((x, 9.0), Anchor::Middle, &head, LABEL, true, Tone::Ink);
    }
    let wordless = TOP + height / 2.0;
    let mut labels: [Vec<Label>; 2] = [Vec::new(), Vec::new()];
    for (index, row) in chart.rows.iter().enumerate() {
        draw_row(&mut pen, row, &y, (left, right));
        let other = |side: usize| row.values.get(1 - side).and_then(middle).map_or(wordless, y);
        for (side, words) in sides.iter().enumerate() {
            let at = row.values.get(side).and_then(middle).map_or_else(|| other(side), y);
            labels[side].push(Label { lines: words[index].clone(), at });
        }
    }
    for (side, x, sign) in [(0, left, -1.0), (1, right, 1.0)] {
        let boxes: Vec<(f32, f32)> = labels[side]
            .iter()
            .map(|label| (label.at, label.lines.len() as f32 * leading(LABEL) + 1.5))
            .collect();
        let places = spread(&boxes, TOP - 4.0, TOP + height + 4.0);
        for ((label, place), row) in labels[side].iter().zip(places).zip(&chart.rows) {
            let known = row.values.get(side).and_then(middle).is_some();
            if known && (place - label.at).abs() > 1.5 {
                pen.line((x + sign * 4.0, label.at), (x + sign * 9.0, place), Tone::Quiet, 0.5);
            }
            let anchor = if side == 0 { Anchor::End } else { Anchor::Start };
            let tone = if known { Tone::Ink } else { Tone::Quiet };
            pen.lines_around((x + sign * 11.0, place), anchor, &label.lines, LABEL, false, tone);
        }
    }
    let mut bands = vec![pen.band(TOP + height + 6.0)];
    if let (Some(_), (from, to)) = (chart.range, chart.axis()) {
        let mut pen = Pen::default();
        let said = format!("The axes run from {} to {}{}.", number(from), number(to), chart.unit);
        pen.text((whole / 2.0, 9.0), Anchor::Middle, &said, SMALL, false, Tone::Quiet);
        bands.push(pen.band(13.0));
    }
    bands
}

/// The label at one side: the row's name with its value, and at the right by how much it changed.
fn words(chart: &Chart, row: &ChartRow, side: usize, room: f32) -> Vec<String> {
    let value = row.values.get(side).map_or_else(String::new, |value| said(chart, value));
    let text = match (side, row.values.as_slice()) {
        (0, _) => format!("{} {value}", row.label),
        (_, [ChartValue::Known { at: before, .. }, ChartValue::Known { at: after, .. }]) => {
            let change = after - before;
            let sign = if change > 0.0 { "+" } else { "" };
            let change = if change == 0.0 { "±0".to_owned() } else { format!("{sign}{}", number(change)) };
            format!("{value} ({change}) {}", row.label)
        }
        _ => format!("{value} {}", row.label),
    };
    wrap(&text, LABEL, false, room, 3)
}

fn middle(value: &ChartValue) -> Option<f64> {
    match value {
        ChartValue::Known { at, .. } => Some(*at),
        ChartValue::Between { low, high, .. } => Some(low / 2.0 + high / 2.0),
        ChartValue::Unknown { .. } => None,
    }
}

/// Lines that fall are broken; between stretches run lines from their ends.
fn draw_row(pen: &mut Pen, row: &ChartRow, y: &dyn Fn(f64) -> f32, (left, right): (f32, f32)) {
    let ends = |value: Option<&ChartValue>| match value {
        Some(ChartValue::Known { at, .. }) => Some((*at, *at)),
        Some(ChartValue::Between { low, high, .. }) => Some((*low, *high)),
        _ => None,
    };
    let (before, after) = (ends(row.values.first()), ends(row.values.get(1)));
    if let (Some(before), Some(after)) = (before, after) {
        let sure = before.0 == before.1 && after.0 == after.1;
        let falls = after.0 < before.0;
        let tone = if falls { Tone::Series(2) } else { Tone::Series(0) };
        if sure {
            let dash: &[f32] = if falls { &[5.0, 2.6] } else { &[] };
            pen.dashed(&[(left, y(before.0)), (right, y(after.0))], dash, tone, 1.6);
        } else {
            for (from, to) in [(before.0, after.0), (before.1, after.1)] {
                pen.dashed(&[(left, y(from)), (right, y(to))], &[1.6, 2.4], Tone::Quiet, 0.8);
            }
        }
    }
    for (ends, x) in [(before, left), (after, right)] {
        match ends {
            Some((low, high)) if low == high => pen.marker(0, (x, y(low)), 2.8),
            Some((low, high)) => pen.stretch((x, y(low)), (x, y(high)), Tone::Series(0)),
            None => {}
        }
    }
}
