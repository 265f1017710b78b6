//! A radar: an axis a row around one centre, a ring of lines a series.

use std::f32::consts::TAU;

use super::pen::Pen;
use super::scale::{Axis, number, said, spread};
use super::text::{LABEL, SMALL, leading, width, wrap};
use super::{Anchor, Band, Tone};
use crate::document::{Chart, ChartValue};

const RINGS: usize = 4;
const KEY_HEIGHT: f32 = 16.0;

struct Spokes {
    centre: (f32, f32),
    radius: f32,
    count: usize,
}

impl Spokes {
    fn angle(&self, spoke: usize) -> f32 {
        spoke as f32 / self.count as f32 * TAU
    }

    fn at(&self, spoke: usize, part: f32) -> (f32, f32) {
        let (angle, length) = (self.angle(spoke), self.radius * part);
        (self.centre.0 + length * angle.sin(), self.centre.1 - length * angle.cos())
    }
}

/// The words at the end of a spoke: its label and, where there is one series, its value.
struct Label {
    lines: Vec<String>,
    value: Option<String>,
    height: f32,
}

pub fn draw(chart: &Chart, whole: f32) -> Vec<Band> {
    let axis = Axis::of(chart);
    let radius = if whole < 300.0 { whole * 0.2 } else { (whole * 0.25).min(105.0) };
    let mut spokes = Spokes { centre: (whole / 2.0, 0.0), radius, count: chart.rows.len() };
    let labels: Vec<Label> = (0..spokes.count).map(|spoke| label(chart, spoke, &spokes, whole)).collect();
    let beside = |side: f32| {
        let sum = |spoke: &usize| spokes.angle(*spoke).sin() * side > EDGE;
        (0..spokes.count).filter(sum).map(|spoke| labels[spoke].height).sum::<f32>()
    };
    let region = (2.0 * radius).max(beside(1.0)).max(beside(-1.0));
    let top = labels[0].height + 4.0;
    spokes.centre.1 = top + region / 2.0;
    let mut pen = Pen::default();
    ground(&mut pen, chart, &spokes);
    for series in 0..chart.series() {
        self::series(&mut pen, chart, series, &axis, &spokes);
    }
    let mut bottom = top + region;
    for (side, anchor) in [(1.0, Anchor::Start), (-1.0, Anchor::End)] {
        let at: Vec<usize> =
            (0..spokes.count).filter(|spoke| spokes.angle(*spoke).sin() * side > EDGE).collect();
        let wanted: Vec<(f32, f32)> =
            at.iter().map(|spoke| (spokes.at(*spoke, AROUND).1, labels[*spoke].height)).collect();
        let places = spread(&wanted, top, top + region);
        for (spoke, y) in at.iter().zip(places) {
            let reach = radius * AROUND;
            let off = (reach * reach - (y - spokes.centre.1).powi(2)).max(0.0).sqrt();
            let off = off.max(spokes.at(*spoke, AROUND).0 * side - spokes.centre.0 * side);
            let widest = labels[*spoke].widest();
            let off = off.min(whole / 2.0 - widest);
            words(&mut pen, &labels[*spoke], (spokes.centre.0 + off * side, y), anchor);
        }
    }
    for spoke in (0..spokes.count).filter(|spoke| spokes.angle(*spoke).sin().abs() <= EDGE) {
        let label = &labels[spoke];
        let above = spokes.angle(spoke).cos() > 0.0;
        let y = if above { label.height / 2.0 } else { top + region + 2.0 + label.height / 2.0 };
        words(&mut pen, label, (spokes.centre.0, y), Anchor::Middle);
        if !above {
            bottom = bottom.max(top + region + 3.0 + label.height);
        }
    }
    numbers(&mut pen, &axis, &spokes);
    let mut bands = vec![pen.band(bottom + 3.0)];
    if chart.series() > 1 {
        bands.extend(key(chart, whole));
    }
    bands
}

/// How far from the centre labels stand, in radiuses, and from which sine on they stand beside the rings.
const AROUND: f32 = 1.1;
const EDGE: f32 = 0.05;

impl Label {
    fn widest(&self) -> f32 {
        let words = self.lines.iter().map(|line| width(line, LABEL, false));
        words.chain(self.value.iter().map(|value| width(value, LABEL, true))).fold(0.0, f32::max)
    }
}

fn ground(pen: &mut Pen, chart: &Chart, spokes: &Spokes) {
    for ring in (1..=RINGS).rev() {
        let part = ring as f32 / RINGS as f32;
        let points = (0..spokes.count).map(|spoke| spokes.at(spoke, part)).collect();
        let fill = (ring == RINGS).then_some(Tone::Stripe(true));
        pen.path(points, true, fill, Some((Tone::Hairline, 0.7)));
    }
    for spoke in 0..chart.rows.len() {
        pen.line(spokes.centre, spokes.at(spoke, 1.0), Tone::Hairline, 0.7);
    }
}

fn numbers(pen: &mut Pen, axis: &Axis, spokes: &Spokes) {
    for ring in 1..=RINGS {
        let part = ring as f32 / RINGS as f32;
        let value = number(axis.from + (axis.to - axis.from) * f64::from(part));
        let (x, y) = spokes.at(0, part);
        let half = width(&value, SMALL - 0.6, false) / 2.0;
        pen.text_if_free((x - 4.0 - half, y + 2.8), &value, SMALL - 0.6);
    }
}

fn series(pen: &mut Pen, chart: &Chart, series: usize, axis: &Axis, spokes: &Spokes) {
    let point = |spoke: usize| match chart.rows[spoke].values.get(series) {
        Some(ChartValue::Known { at, .. }) => Some(spokes.at(spoke, axis.part(*at))),
        _ => None,
    };
    let count = spokes.count;
    let points: Vec<Option<(f32, f32)>> = (0..count).map(point).collect();
    // Known neighbours are joined; the ring is open where something is not known.
    let whole: Vec<(f32, f32)> = points.iter().flatten().copied().collect();
    if whole.len() == count {
        let closed: Vec<(f32, f32)> = whole.iter().chain(whole.first()).copied().collect();
        pen.series_line(&closed, series, 1.7);
    } else {
        for spoke in 0..count {
            if let (Some(from), Some(to)) = (points[spoke], points[(spoke + 1) % count]) {
                pen.series_line(&[from, to], series, 1.7);
            }
        }
    }
    for (spoke, row) in chart.rows.iter().enumerate() {
        if let Some(ChartValue::Between { low, high, .. }) = row.values.get(series) {
            let (low, high) = (spokes.at(spoke, axis.part(*low)), spokes.at(spoke, axis.part(*high)));
            pen.stretch(low, high, Tone::Series(series));
        }
    }
    points.iter().flatten().for_each(|point| pen.marker(series, *point, 2.6));
}

fn label(chart: &Chart, spoke: usize, spokes: &Spokes, whole: f32) -> Label {
    let row = &chart.rows[spoke];
    let off = spokes.angle(spoke).sin().abs();
    let room = if off > EDGE { whole / 2.0 - spokes.radius * AROUND * off } else { whole * 0.5 };
    let lines = wrap(&row.label, LABEL, false, room, 2);
    // Values of more series would not be told apart here.
    let value =
        (row.values.len() == 1).then(|| wrap(&said(chart, row.value()), LABEL, true, room, 1).concat());
    let value = value.filter(|value| !value.is_empty());
    let height = (lines.len() + usize::from(value.is_some())) as f32 * leading(LABEL) + 2.0;
    Label { lines, value, height }
}

/// Puts the words of a label around the middle of their height.
fn words(pen: &mut Pen, label: &Label, (x, y): (f32, f32), side: Anchor) {
    let first = y - label.height / 2.0 + LABEL * 0.95;
    pen.lines((x, first), side, &label.lines, LABEL, false, Tone::Ink);
    if let Some(value) = &label.value {
        let y = first + label.lines.len() as f32 * leading(LABEL);
        pen.text((x, y), side, value, LABEL, true, Tone::Ink);
    }
}

/// Which line is whose, one after the other as long as there is room.
fn key(chart: &Chart, whole: f32) -> Vec<Band> {
    let mut rows: Vec<Vec<(usize, String, f32)>> = vec![Vec::new()];
    let mut used = 0.0;
    for series in 0..chart.series() {
        let name = chart.columns.get(series + 1).map_or("", String::as_str);
        let name = wrap(name, LABEL, false, whole - 40.0, 1).concat();
        let room = 30.0 + width(&name, LABEL, false) + 18.0;
        if used + room > whole && used > 0.0 {
            rows.push(Vec::new());
            used = 0.0;
        }
        used += room;
        if let Some(row) = rows.last_mut() {
            row.push((series, name, room));
        }
    }
    let draw = |row: Vec<(usize, String, f32)>| {
        let mut pen = Pen::default();
        let all: f32 = row.iter().map(|(_, _, room)| room).sum::<f32>() - 18.0;
        let mut x = ((whole - all) / 2.0).max(0.0);
        let middle = KEY_HEIGHT / 2.0;
        for (series, name, room) in row {
            pen.series_line(&[(x, middle), (x + 24.0, middle)], series, 1.7);
            pen.marker(series, (x + 12.0, middle), 2.6);
            pen.lines_around((x + 30.0, middle), Anchor::Start, &[name], LABEL, false, Tone::Ink);
            x += room;
        }
        pen.band(KEY_HEIGHT)
    };
    rows.into_iter().map(draw).collect()
}
