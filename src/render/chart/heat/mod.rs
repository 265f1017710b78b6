//! A heat map: a field a value, darker where it is higher, with the value in it.

mod cells;
mod heads;

use super::pen::Pen;
use super::scale::{Axis, number};
use super::text::{LABEL, SMALL, leading, width, wrap};
use super::{Anchor, Band, HEAT_STEPS, Tone};
use crate::document::{Chart, ChartRow, ChartValue};
use cells::Cells;
use heads::Heads;

const ROW: f32 = 21.0;
const GAP: f32 = 1.6;
/// The widest label of a row, as a part of the picture, and the widest field.
const WIDEST_LABEL: f32 = 0.36;
const WIDEST_FIELD: f32 = 90.0;

struct Grid {
    whole: f32,
    labels: f32,
    field: f32,
}

pub fn draw(chart: &Chart, whole: f32) -> Vec<Band> {
    let axis = Axis::of(chart);
    let labels = labels(chart).min(whole * WIDEST_LABEL) + 8.0;
    let (heads, grid) = Heads::set(chart, whole, labels);
    let cells = Cells::set(chart, grid.field);
    let mut bands = vec![heads.band(&grid)];
    bands.extend(
        chart.rows.iter().enumerate().map(|(at, row)| self::row(chart, (at, row), &axis, &grid, &cells)),
    );
    bands.push(key(chart, &axis, &grid, &cells));
    bands
}

/// How wide the picture wants to be, so that no word is broken or left out.
pub fn wanted(chart: &Chart) -> f32 {
    let field = heads::wanted(chart).max(cells::wanted(chart)).min(WIDEST_FIELD);
    labels(chart).min(field.max(LABEL * 14.0)) + 8.0 + field * chart.series() as f32
}

fn labels(chart: &Chart) -> f32 {
    chart.rows.iter().map(|row| width(&row.label, LABEL, false)).fold(0.0, f32::max)
}

fn row(chart: &Chart, (at, row): (usize, &ChartRow), axis: &Axis, grid: &Grid, cells: &Cells) -> Band {
    let mut pen = Pen::default();
    let label = wrap(&row.label, LABEL, false, grid.labels - 8.0, 3);
    let texts = &cells.texts[at];
    let most = texts.iter().map(Vec::len).max().unwrap_or(1).max(label.len()).max(1);
    let height = ROW + (most - 1) as f32 * leading(LABEL);
    pen.lines_around((0.0, height / 2.0), Anchor::Start, &label, LABEL, false, Tone::Ink);
    for (column, (value, text)) in row.values.iter().zip(texts).take(chart.series()).enumerate() {
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
                not_known(&mut pen, field);
                Tone::Quiet
            }
        };
        let middle = (x + (grid.field - GAP) / 2.0, height / 2.0);
        if matches!(value, ChartValue::Between { .. }) {
            let widest = text.iter().map(|line| width(line, cells.size, false)).fold(0.0, f32::max);
            let high = text.len() as f32 * leading(cells.size);
            let ground = [middle.0 - widest / 2.0 - 1.5, middle.1 - high / 2.0, widest + 3.0, high];
            pen.field(ground, Some(Tone::Paper), None);
        }
        pen.lines_around(middle, Anchor::Middle, text, cells.size, false, tone);
    }
    pen.band(height)
}

fn not_known(pen: &mut Pen, [x, y, width, height]: [f32; 4]) {
    let mut around = super::pen::corners(x, y, width, height);
    around.push((x, y));
    pen.dashed(&around, &[2.4, 2.4], Tone::Quiet, 0.6);
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

/// What the shades mean, with the range of each, and the empty field where it stands for a word.
fn key(chart: &Chart, axis: &Axis, grid: &Grid, cells: &Cells) -> Band {
    let mut pen = Pen::default();
    let end = |value: f64| format!("{}{}", number(value), chart.unit);
    let (from, to) = (end(axis.from), end(axis.to));
    let shades = f32::from(HEAT_STEPS) * (15.0 + GAP);
    let left_out = cells.left_out.as_deref();
    let told = left_out.map_or(0.0, |words| 33.0 + width(words, SMALL, false));
    let needed = width(&from, SMALL, false) + 8.0 + shades + width(&to, SMALL, false) + told;
    // Where it would leave the picture at the right, it begins further left.
    let begin = grid.labels.min(grid.whole - needed).max(0.0);
    let mut x = begin + width(&from, SMALL, false) + 5.0;
    pen.text((x - 5.0, 16.0), Anchor::End, &from, SMALL, false, Tone::Quiet);
    for step in 0..HEAT_STEPS {
        pen.field([x, 9.0, 15.0, 9.0], Some(Tone::Heat(step)), Some((Tone::Hairline, 0.5)));
        x += 15.0 + GAP;
    }
    pen.text((x + 3.0, 16.0), Anchor::Start, &to, SMALL, false, Tone::Quiet);
    if let Some(words) = left_out {
        let x = x + 3.0 + width(&to, SMALL, false) + 12.0;
        not_known(&mut pen, [x, 9.0, 15.0, 9.0]);
        pen.text((x + 18.0, 16.0), Anchor::Start, words, SMALL, false, Tone::Quiet);
    }
    pen.band(21.0)
}
