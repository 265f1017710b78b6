//! A gauge: one value on a half circle, its zones named around it.

use std::f32::consts::PI;

use super::pen::{Pen, arc};
use super::scale::{Axis, number, said, spread};
use super::text::{LABEL, SMALL, leading, width, wrap};
use super::{Anchor, Band, Tone};
use crate::document::{Chart, ChartValue, Zone};

const RING: f32 = 20.0;
/// Below this width there is no room for words beside the dial.
const NARROW: f32 = 200.0;

struct Dial {
    centre: (f32, f32),
    outer: f32,
    inner: f32,
}

impl Dial {
    fn at(&self, radius: f32, part: f32) -> (f32, f32) {
        let angle = angle(part);
        (self.centre.0 + radius * angle.cos(), self.centre.1 - radius * angle.sin())
    }

    /// A stretch of the ring between two parts of the axis.
    fn ring(&self, inner: f32, outer: f32, from: f32, to: f32) -> Vec<(f32, f32)> {
        let mut points = arc(self.centre, outer, angle(from), angle(to));
        points.extend(arc(self.centre, inner, angle(to), angle(from)));
        points
    }
}

/// From the left over the top to the right.
fn angle(part: f32) -> f32 {
    PI * (1.0 - part)
}

pub fn draw(chart: &Chart, whole: f32) -> Vec<Band> {
    if whole < NARROW {
        return narrow(chart, whole);
    }
    let axis = Axis::of(chart);
    let outer = (whole * 0.25).min(96.0);
    let top = if chart.zones.is_empty() { 8.0 } else { leading(LABEL) + 9.0 };
    let dial = Dial { centre: (whole / 2.0, top + outer), outer, inner: outer - RING };
    let mut pen = Pen::default();
    zones(&mut pen, chart, &axis, &dial);
    let Some(row) = chart.rows.first() else { return vec![pen.band(top + outer)] };
    needle(&mut pen, row.value(), &axis, &dial);
    let (x, y) = dial.centre;
    let ends = [
        (axis.from, dial.at((dial.outer + dial.inner) / 2.0, 0.0)),
        (axis.to, dial.at((dial.outer + dial.inner) / 2.0, 1.0)),
    ];
    for (value, (x, _)) in ends {
        pen.text((x, y + 11.0), Anchor::Middle, &number(value), SMALL, false, Tone::Quiet);
    }
    let value = said(chart, row.value());
    let size = if width(&value, 19.0, true) < dial.inner * 1.4 { 19.0 } else { 11.0 };
    let note = wrap(&row.note, LABEL, false, dial.inner * 1.5, 2);
    let above = note.len() as f32 * leading(LABEL);
    pen.text((x, y - 5.0 - above), Anchor::Middle, &value, size, true, Tone::Ink);
    pen.lines((x, y - above + leading(LABEL) - 2.0), Anchor::Middle, &note, LABEL, false, Tone::Ink);
    let label = wrap(&row.label, LABEL, false, whole * 0.8, 2);
    pen.lines((x, y + 26.0), Anchor::Middle, &label, LABEL, false, Tone::Ink);
    names(&mut pen, chart, &axis, &dial, whole);
    vec![pen.band(top + outer + 19.0 + label.len() as f32 * leading(LABEL))]
}

/// Each zone with the parts of the axis where it begins and ends.
fn parted<'a>(chart: &'a Chart, axis: &Axis) -> Vec<(&'a Zone, f32, f32)> {
    let mut from = 0.0;
    let last = chart.zones.len().saturating_sub(1);
    let zone = |(index, zone): (usize, &'a Zone)| {
        let to = if index == last { 1.0 } else { axis.part(zone.to).max(from) };
        (zone, std::mem::replace(&mut from, to), to)
    };
    chart.zones.iter().enumerate().map(zone).collect()
}

fn zones(pen: &mut Pen, chart: &Chart, axis: &Axis, dial: &Dial) {
    let mut ring = |from: f32, to: f32, other: bool| {
        let points = dial.ring(dial.inner, dial.outer, from, to);
        pen.path(points, true, Some(Tone::Stripe(other)), Some((Tone::Quiet, 0.7)));
    };
    if chart.zones.is_empty() {
        ring(0.0, 1.0, true);
    }
    for (index, (_, from, to)) in parted(chart, axis).into_iter().enumerate() {
        ring(from, to, index % 2 == 1);
    }
}

/// The zones' names around the dial, and where they end within it as far as there is room.
fn names(pen: &mut Pen, chart: &Chart, axis: &Axis, dial: &Dial, whole: f32) {
    let zones = parted(chart, axis);
    for (zone, _, to) in zones.iter().rev().skip(1) {
        let (x, y) = dial.at(dial.inner - 7.0, *to);
        pen.text_if_free((x, y + 2.5), &number(zone.to), SMALL - 0.6);
    }
    let labels: Vec<(&String, f32)> =
        zones.iter().map(|(zone, from, to)| (&zone.label, (from + to) / 2.0)).collect();
    // One at the very top stands above it; those of either half keep clear of each other.
    let at_top = |part: f32| (part - 0.5).abs() < 0.09;
    if let Some((label, part)) = labels.iter().find(|(_, part)| at_top(*part)) {
        let (x, y) = dial.at(dial.outer + 10.0, *part);
        let lines = wrap(label, LABEL, false, whole * 0.3, 1);
        pen.lines((x, y), Anchor::Middle, &lines, LABEL, false, Tone::Ink);
    }
    let taken = labels.iter().position(|(_, part)| at_top(*part));
    for left in [true, false] {
        let half: Vec<_> = labels
            .iter()
            .enumerate()
            .filter(|(index, (_, part))| Some(*index) != taken && (*part < 0.5) == left)
            .map(|(_, label)| label)
            .collect();
        let reach = dial.outer + 7.0;
        let room = whole / 2.0 - reach;
        let wanted: Vec<(f32, Vec<String>)> = half
            .iter()
            .map(|(label, part)| (dial.at(reach, *part).1, wrap(label, LABEL, false, room, 2)))
            .collect();
        let boxes: Vec<(f32, f32)> =
            wanted.iter().map(|(y, lines)| (*y, lines.len() as f32 * leading(LABEL) + 1.0)).collect();
        let highest = if taken.is_some() { leading(LABEL) + 2.0 } else { 0.0 };
        let places = spread(&boxes, highest, dial.centre.1 + 2.0);
        for ((_, lines), y) in wanted.iter().zip(places) {
            let off = (reach * reach - (dial.centre.1 - y).powi(2)).max(0.0).sqrt();
            let (side, x) = match left {
                true => (Anchor::End, dial.centre.0 - off),
                false => (Anchor::Start, dial.centre.0 + off),
            };
            pen.lines_around((x, y), side, lines, LABEL, false, Tone::Ink);
        }
    }
}

/// In a card or a narrow column: the words stand below the dial.
fn narrow(chart: &Chart, whole: f32) -> Vec<Band> {
    let axis = Axis::of(chart);
    let outer = whole * 0.36;
    let dial = Dial { centre: (whole / 2.0, outer + 6.0), outer, inner: outer * 0.68 };
    let mut pen = Pen::default();
    zones(&mut pen, chart, &axis, &dial);
    let mut y = dial.centre.1 + 11.0;
    for (value, part) in [(axis.from, 0.0), (axis.to, 1.0)] {
        let x = dial.at((dial.outer + dial.inner) / 2.0, part).0;
        pen.text((x, y), Anchor::Middle, &number(value), SMALL, false, Tone::Quiet);
    }
    y += 4.0;
    if let Some(row) = chart.rows.first() {
        needle(&mut pen, row.value(), &axis, &dial);
        let texts = [
            (said(chart, row.value()), 13.0, true),
            (row.note.clone(), LABEL, false),
            (row.label.clone(), LABEL, false),
        ];
        for (text, size, bold) in texts {
            let lines = wrap(&text, size, bold, whole, 3);
            pen.lines((whole / 2.0, y + size), Anchor::Middle, &lines, size, bold, Tone::Ink);
            y += lines.len() as f32 * leading(size);
        }
    }
    let last = chart.zones.len().saturating_sub(1);
    let zone = |(index, zone): (usize, &Zone)| {
        if index == last { zone.label.clone() } else { format!("{} to {}", zone.label, number(zone.to)) }
    };
    let zones: Vec<String> = chart.zones.iter().enumerate().map(zone).collect();
    let zones = wrap(&zones.join(", "), SMALL, false, whole, 6);
    y += 3.0;
    pen.lines((whole / 2.0, y + SMALL), Anchor::Middle, &zones, SMALL, false, Tone::Quiet);
    vec![pen.band(y + zones.len() as f32 * leading(SMALL) + 3.0)]
}

fn needle(pen: &mut Pen, value: &ChartValue, axis: &Axis, dial: &Dial) {
    let inset = (dial.outer - dial.inner) * 0.22;
    let (inner, outer) = (dial.inner + inset, dial.outer - inset);
    let base = axis.base();
    match value {
        ChartValue::Known { at, .. } => {
            let at = axis.part(*at);
            let ring = dial.ring(inner, outer, base.min(at), base.max(at));
            pen.path(ring, true, Some(Tone::Series(0)), None);
            let (tip, foot) = (dial.at(dial.outer + 4.0, at), dial.at(dial.inner - 4.0, at));
            pen.line(foot, tip, Tone::Ink, 2.2);
        }
        ChartValue::Between { low, high, .. } => {
            let (low, high) = (axis.part(*low), axis.part(*high));
            let ring = dial.ring(inner, outer, low, high);
            pen.path(ring, true, Some(Tone::Paper), Some((Tone::Series(0), 1.0)));
            let count = ((high - low) * PI * outer / 3.2) as usize;
            for index in 1..count.min(200) {
                let part = low + (high - low) * index as f32 / count as f32;
                pen.line(dial.at(inner, part), dial.at(outer, part), Tone::Series(0), 0.8);
            }
            for part in [low, high] {
                pen.line(dial.at(dial.inner - 3.0, part), dial.at(dial.outer + 3.0, part), Tone::Ink, 1.2);
            }
        }
        ChartValue::Unknown { .. } => {}
    }
}
