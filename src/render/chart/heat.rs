//! A heat map: a field a value, darker where it is higher, with the value in it.

use super::pen::Pen;
use super::scale::{Axis, number, said};
use super::text::{LABEL, SMALL, leading, width, wrap};
use super::{Anchor, Band, HEAT_STEPS, Tone};
use crate::document::{Chart, ChartRow, ChartValue};

const ROW: f32 = 21.0;
const GAP: f32 = 1.6;

struct Grid {
    labels: f32,
    field: f32,
}

pub fn draw(chart: &Chart, whole: f32) -> Vec<Band> {
    let axis = Axis::of(chart);
    let labels = chart.rows.iter().map(|row| width(&row.label, LABEL, false)).fold(0.0, f32::max);
    let labels = labels.min(whole * 0.36) + 8.0;
    let series = chart.series().max(1);
    let grid = Grid { labels, field: ((whole - labels) / series as f32).min(90.0) };
    let mut bands = vec![heads(chart, &grid)];
    bands.extend(chart.rows.iter().map(|row| self::row(chart, row, &axis, &grid)));
    bands.push(key(chart, &axis, &grid));
    bands
}

fn heads(chart: &Chart, grid: &Grid) -> Band {
    let mut pen = Pen::default();
    let heads: Vec<Vec<String>> =
        chart.columns.iter().skip(1).map(|head| wrap(head, SMALL, false, grid.field - 3.0, 3)).collect();
    let most = heads.iter().map(Vec::len).max().unwrap_or(0);
    let height = most as f32 * leading(SMALL) + 5.0;
    for (column, head) in heads.iter().enumerate() {
        let y = height - 5.0 - (head.len().max(1) - 1) as f32 * leading(SMALL);
        let x = grid.labels + (column as f32 + 0.5) * grid.field;
        pen.lines((x, y), Anchor::Middle, head, SMALL, false, Tone::Quiet);
    }
    pen.band(height)
}

fn row(chart: &Chart, row: &ChartRow, axis: &Axis, grid: &Grid) -> Band {
    let mut pen = Pen::default();
    let label = wrap(&row.label, LABEL, false, grid.labels - 8.0, 3);
    let texts: Vec<Vec<String>> = row
        .values
        .iter()
        .map(|value| wrap(&said(chart, value), LABEL - 0.4, false, grid.field - 5.0, 2))
        .collect();
    let most = texts.iter().map(Vec::len).max().unwrap_or(1).max(label.len()).max(1);
    let height = ROW + (most - 1) as f32 * leading(LABEL);
    pen.lines_around((0.0, height / 2.0), Anchor::Start, &label, LABEL, false, Tone::Ink);
    for (column, (value, text)) in row.values.iter().zip(&texts).take(chart.series()).enumerate() {
        let x = grid.labels + column as f32 * grid.field;
        let field = [x, GAP / 2.0, grid.field - GAP, height - GAP];
        let tone = match value {
            ChartValue::Known { at, .. } => {
                let step = step(axis.part(*at));
                pen.field(field, Some(Tone::Heat(step)), Some((Tone::Hairline, 0.5)));
                Tone::OnHeat(step)
            }
            ChartValue::Between { low, high, .. } => {
                halves(&mut pen, field, step(axis.part(*low)), step(axis.part(*high)));
                Tone::Ink
            }
            ChartValue::Unknown { .. } => {
                let [x, y, width, height] = field;
                let mut around = super::pen::corners(x, y, width, height);
                around.push((x, y));
                pen.dashed(&around, &[2.4, 2.4], Tone::Quiet, 0.6);
                Tone::Quiet
            }
        };
        let middle = (x + (grid.field - GAP) / 2.0, height / 2.0);
        if matches!(value, ChartValue::Between { .. }) {
            let widest = text.iter().map(|line| width(line, LABEL - 0.4, false)).fold(0.0, f32::max);
            let high = text.len() as f32 * leading(LABEL);
            let ground = [middle.0 - widest / 2.0 - 1.5, middle.1 - high / 2.0, widest + 3.0, high];
            pen.field(ground, Some(Tone::Paper), None);
        }
        pen.lines_around(middle, Anchor::Middle, text, LABEL - 0.4, false, tone);
    }
    pen.band(height)
}

fn step(part: f32) -> u8 {
    ((part * f32::from(HEAT_STEPS)) as u8).min(HEAT_STEPS - 1)
}

/// A value that is only known to lie between two: the lowest shade above, the highest below the diagonal.
fn halves(pen: &mut Pen, [x, y, width, height]: [f32; 4], low: u8, high: u8) {
    let (left, right, top, bottom) = (x, x + width, y, y + height);
    pen.path(vec![(left, top), (right, top), (left, bottom)], true, Some(Tone::Heat(low)), None);
    pen.path(vec![(right, top), (right, bottom), (left, bottom)], true, Some(Tone::Heat(high)), None);
    pen.field([x, y, width, height], None, Some((Tone::Quiet, 0.6)));
}

/// What the shades mean, with the range of each.
fn key(chart: &Chart, axis: &Axis, grid: &Grid) -> Band {
    let mut pen = Pen::default();
    let end = |value: f64| format!("{}{}", number(value), chart.unit);
    let (from, to) = (end(axis.from), end(axis.to));
    let mut x = grid.labels + width(&from, SMALL, false) + 5.0;
    pen.text((x - 5.0, 16.0), Anchor::End, &from, SMALL, false, Tone::Quiet);
    for step in 0..HEAT_STEPS {
        pen.field([x, 9.0, 15.0, 9.0], Some(Tone::Heat(step)), Some((Tone::Hairline, 0.5)));
        x += 15.0 + GAP;
    }
    pen.text((x + 3.0, 16.0), Anchor::Start, &to, SMALL, false, Tone::Quiet);
    pen.band(21.0)
}
