//! Bars of one series, each with its label, its value and its note.

use crate::document::{Chart, ChartRow, ChartValue};

use crate::render::pdf::flow::{Builder, Place, Side, offset};
use crate::render::pdf::fonts::Face;
use crate::render::pdf::lines::{Line, Look, Running};
use crate::render::pdf::strip::{Ink, Mark, Strip, draw_line};
use crate::render::pdf::style::Style;
use crate::render::pdf::tags::Node;
use crate::theme::Color;

pub(super) const LABEL_SIZE: f32 = 9.2;
pub(super) const LABEL_LEADING: f32 = 12.0;
const SMALL_LEADING: f32 = 9.8;
const BAR: f32 = 8.6;
/// Between columns, and between a bar's end and its value.
const GAP: f32 = 10.0;
const VALUE_GAP: f32 = 5.0;
/// How far the lines of a hatching stand apart.
const HATCH: f32 = 3.2;

/// The chart's columns: labels, plot with room for values, notes.
struct Columns {
    left: f32,
    labels: f32,
    plot: f32,
    plot_width: f32,
    notes: f32,
    notes_width: f32,
}

/// The strips of the chart below its title.
pub(super) fn strips(builder: &mut Builder<'_>, chart: &Chart, node: Node, place: Place) -> Vec<Strip> {
    let axis = Axis::new(chart);
    let columns = columns(builder, chart, &axis, place);
    let mut strips = vec![heads(builder, chart, &axis, &columns, node)];
    let count = chart.rows.len();
    for (index, row) in chart.rows.iter().enumerate() {
        strips.push(bar(builder, chart, row, &axis, &columns, node, (index == 0, index + 1 == count)));
    }
    if count > 0 {
        strips.push(scale(builder, &axis, &columns, node));
    }
    strips
}

fn value_text(chart: &Chart, row: &ChartRow) -> String {
    format!("{}{}", row.value().text(), chart.unit_after(row.value()))
}

fn label_look(style: &Style, node: Node) -> Look {
    Look::plain(Face::Regular, LABEL_SIZE, style.colors.ink, Some(node))
}

fn value_look(style: &Style, node: Node) -> Look {
    Look::plain(Face::Bold, LABEL_SIZE - 0.2, style.colors.ink, Some(node))
}

fn quiet_look(style: &Style, node: Node) -> Look {
    Look::plain(Face::Regular, 7.8, style.colors.quiet, Some(node))
}

fn columns(builder: &mut Builder<'_>, chart: &Chart, axis: &Axis, place: Place) -> Columns {
    let head = |index: usize| chart.columns.get(index).map_or("", String::as_str);
    let mut labels = builder.width(head(0), &quiet_look(builder.style, 0));
    let mut notes: f32 = 0.0;
    for row in &chart.rows {
        labels = labels.max(builder.width(&row.label, &label_look(builder.style, 0)));
        notes = notes.max(builder.width(&row.note, &label_look(builder.style, 0)));
    }
    if notes > 0.0 {
        notes = notes.max(builder.width(head(2), &quiet_look(builder.style, 0)));
    }
    let part = |width: f32, most: f32| (width + 0.5).min(place.width * most);
    let labels = part(labels, 0.36);
    let notes_width = if notes > 0.0 { part(notes, 0.22) } else { 0.0 };
    let plot = place.x + labels + GAP;
    let notes = place.x + place.width - notes_width;
    let room = (if notes_width > 0.0 { notes - GAP * 1.6 } else { notes }) - plot;
    // The plot is as wide as the values behind the bars leave it.
    let mut plot_width = room;
    for row in &chart.rows {
        let end = match row.value() {
            ChartValue::Known { at, .. } => axis.part(*at),
            ChartValue::Between { low, high, .. } => axis.part(*low).max(axis.part(*high)),
            ChartValue::Unknown { .. } => 0.0,
        };
        let value = part(builder.width(&value_text(chart, row), &value_look(builder.style, 0)), 0.22);
        if end > 0.0 {
            plot_width = plot_width.min((room - VALUE_GAP - value) / end);
        }
    }
    Columns { left: place.x, labels, plot, plot_width: plot_width.max(20.0), notes, notes_width }
}

/// The value axis with its zones, as parts of the whole from 0 to 1.
struct Axis {
    from: f64,
    to: f64,
    /// The zones' ends, ascending; the last one is 1 where there are zones.
    zones: Vec<(String, f32, f32)>,
    ticks: Vec<(f64, f32)>,
}

impl Axis {
    fn new(chart: &Chart) -> Axis {
        let (from, to) = chart.axis();
        let mut axis = Axis { from, to, zones: Vec::new(), ticks: Vec::new() };
        if !axis.is_sound() {
            return axis;
        }
        axis.ticks.push((from, 0.0));
        let mut left = 0.0;
        for (index, zone) in chart.zones.iter().enumerate() {
            let end = if index + 1 == chart.zones.len() { 1.0 } else { axis.part(zone.to) };
            let end = end.max(left);
            axis.zones.push((zone.label.clone(), left, end));
            if end < 1.0 {
                axis.ticks.push((zone.to, end));
            }
            left = end;
        }
        axis.ticks.push((to, 1.0));
        axis
    }

    fn is_sound(&self) -> bool {
        self.from.is_finite() && self.to.is_finite() && self.from < self.to
    }

    /// Where a value lies between the axis' ends; what lies outside is drawn at the nearer end.
    fn part(&self, value: f64) -> f32 {
        if !self.is_sound() || value.is_nan() {
            return 0.0;
        }
        let part = (value / 2.0 - self.from / 2.0) / (self.to / 2.0 - self.from / 2.0);
        part.clamp(0.0, 1.0) as f32
    }
}

/// The names of the columns and the zones.
fn heads(builder: &mut Builder<'_>, chart: &Chart, axis: &Axis, columns: &Columns, node: Node) -> Strip {
    let mut texts: Vec<(Running, Vec<Line>, f32, f32, Side)> = Vec::new();
    let mut add = |builder: &mut Builder<'_>, text: &str, x: f32, width: f32, side: Side| {
        if !text.trim().is_empty() {
            let (running, lines) = builder.words(text, quiet_look(builder.style, node), width);
            texts.push((running, lines, x, width, side));
        }
    };
    if let Some(head) = chart.columns.first() {
        add(builder, head, columns.left, columns.labels, Side::Start);
    }
    for (label, from, to) in &axis.zones {
        let (x, width) = (columns.plot + from * columns.plot_width, (to - from) * columns.plot_width);
        if width > 8.0 {
            add(builder, label, x + 1.0, width - 2.0, Side::Center);
        }
    }
    if let Some(head) = chart.columns.get(2).filter(|_| columns.notes_width > 0.0) {
        add(builder, head, columns.notes, columns.notes_width, Side::Start);
    }
    let most = texts.iter().map(|text| text.1.len()).max().unwrap_or(0);
    let height = most as f32 * SMALL_LEADING + 3.0;
    let mut marks = Vec::new();
    for (running, lines, x, width, side) in &texts {
        let above = most - lines.len();
        for (index, line) in lines.iter().enumerate() {
            let y = (above + index) as f32 * SMALL_LEADING + 8.0;
            draw_line(
                line,
                running,
                x + offset(line, *width, *side),
                y,
                &mut marks,
                builder.style.colors.code_ground,
            );
        }
    }
    Strip { height, baseline: height - 5.0, marks, ..Strip::default() }
}

fn bar(
    builder: &mut Builder<'_>,
    chart: &Chart,
    row: &ChartRow,
    axis: &Axis,
    columns: &Columns,
    node: Node,
    (first, last): (bool, bool),
) -> Strip {
    let (label, label_lines) = builder.words(&row.label, label_look(builder.style, node), columns.labels);
    let (note, note_lines) =
        builder.words(&row.note, label_look(builder.style, node), columns.notes_width.max(1.0));
    let most = label_lines.len().max(if columns.notes_width > 0.0 { note_lines.len() } else { 1 });
    let (over, under) = (if first { 3.0 } else { 0.0 }, if last { 3.0 } else { 0.0 });
    let inner = most as f32 * LABEL_LEADING + 2.0 * builder.style.chart_row_pad;
    let height = inner + over + under;
    let middle = over + inner / 2.0;
    let mut marks = Vec::new();

    for (index, (_, from, to)) in axis.zones.iter().enumerate() {
        let (x, width) = (columns.plot + from * columns.plot_width, (to - from) * columns.plot_width);
        marks.push(Mark::rectangle(x, 0.0, width, height, builder.style.colors.stripes[index % 2]));
    }
    if axis.zones.is_empty() {
        marks.push(Mark::rectangle(
            columns.plot,
            0.0,
            columns.plot_width,
            height,
            builder.style.colors.stripes[1],
        ));
    }
    marks.push(Mark::line(columns.plot, 0.0, 0.0, height, builder.style.colors.quiet, 0.7));

    let column = |lines: &[Line], running: &Running, x: f32, width: f32, marks: &mut Vec<Mark>| {
        let top = middle - lines.len() as f32 * LABEL_LEADING / 2.0;
        for (index, line) in lines.iter().enumerate() {
            let y = top
                + index as f32 * LABEL_LEADING
                + crate::render::pdf::flow::baseline(LABEL_LEADING, LABEL_SIZE);
            draw_line(
                line,
                running,
                x + offset(line, width, Side::Start),
                y,
                marks,
                builder.style.colors.code_ground,
            );
        }
    };
    column(&label_lines, &label, columns.left, columns.labels, &mut marks);

    let at = |value: f64| columns.plot + axis.part(value) * columns.plot_width;
    let mut look = value_look(builder.style, node);
    let value_x = match row.value() {
        ChartValue::Known { at: value, .. } => {
            let end = at(*value);
            let width = (end - columns.plot).max(1.2);
            marks.push(
                Mark::rectangle(columns.plot, middle - BAR / 2.0, width, BAR, builder.style.colors.accent)
                    .of(node),
            );
            columns.plot + width
        }
        ChartValue::Between { low, high, .. } => {
            let (low, high) = if low <= high { (*low, *high) } else { (*high, *low) };
            let (from, to) = (at(low), at(high));
            marks.extend(range(
                builder.style,
                from,
                (to - from).max(1.2),
                middle - BAR / 2.0,
                builder.style.colors.accent,
                node,
            ));
            to
        }
        ChartValue::Unknown { .. } => {
            look.face = Face::Italic;
            look.color = builder.style.colors.quiet;
            columns.plot
        }
    };
    let text = value_text(chart, row);
    let room = (columns.notes - value_x - VALUE_GAP).max(10.0);
    let (value, value_lines) = builder.words(&text, look, room);
    for (index, line) in value_lines.iter().enumerate() {
        let top = middle - value_lines.len() as f32 * LABEL_LEADING / 2.0;
        let y = top
            + index as f32 * LABEL_LEADING
            + crate::render::pdf::flow::baseline(LABEL_LEADING, LABEL_SIZE);
        draw_line(line, &value, value_x + VALUE_GAP, y, &mut marks, builder.style.colors.code_ground);
    }
    if columns.notes_width > 0.0 {
        column(&note_lines, &note, columns.notes, columns.notes_width, &mut marks);
    }
    let baseline =
        over + builder.style.chart_row_pad + crate::render::pdf::flow::baseline(LABEL_LEADING, LABEL_SIZE);
    Strip { height, baseline, marks, ..Strip::default() }
}

/// A hatched box: the value lies somewhere in it.
fn range(style: &Style, x: f32, width: f32, y: f32, color: Color, node: Node) -> Vec<Mark> {
    let shape = |points: Vec<(f32, f32)>, closed, fill, stroke| Mark {
        x,
        y,
        node: Some(node),
        ink: Ink::Shape { points, closed, fill, stroke },
    };
    let box_ = vec![(0.0, 0.0), (width, 0.0), (width, BAR), (0.0, BAR)];
    let mut out = vec![shape(box_.clone(), true, Some(style.colors.paper), None)];
    let count = ((width + BAR) / HATCH) as usize;
    for index in 1..=count.min(400) {
        let right = index as f32 * HATCH;
        let from = (right.min(width), (right - width).max(0.0));
        let to = ((right - BAR).max(0.0), right.min(BAR));
        out.push(shape(vec![from, to], false, None, Some((color, 0.7))));
    }
    out.push(shape(box_, true, None, Some((color, 0.9))));
    out
}

/// The numbers below the axis, as many as stand free of each other.
fn scale(builder: &mut Builder<'_>, axis: &Axis, columns: &Columns, node: Node) -> Strip {
    let mut marks = Vec::new();
    let mut ticks = axis.ticks.clone();
    // The ends are worth more than what lies between.
    if ticks.len() > 2 {
        let last = ticks.len() - 1;
        ticks.swap(1, last);
    }
    let mut taken: Vec<(f32, f32)> = Vec::new();
    let mut chosen: Vec<(f32, Running, Line)> = Vec::new();
    for (value, part) in ticks {
        let (running, mut lines) = builder.words(&number(value), quiet_look(builder.style, node), f32::MAX);
        let line = lines.remove(0);
        let x = columns.plot + part * columns.plot_width - line.width / 2.0;
        let x = x.min(columns.notes + columns.notes_width - line.width);
        let free = taken.iter().all(|(from, to)| x > to + 3.0 || x + line.width < from - 3.0);
        if free && line.width < 80.0 {
            taken.push((x, x + line.width));
            chosen.push((x, running, line));
        }
    }
    chosen.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (x, running, line) in &chosen {
        draw_line(line, running, *x, 10.0, &mut marks, builder.style.colors.code_ground);
    }
    Strip { height: 13.0, baseline: 10.0, marks, ..Strip::default() }
}

fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}
