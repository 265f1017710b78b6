//! Lines and boxes to write in, and lines to sign on. What is empty is a figure that says in words what it is.

use crate::document::{Field, Form};

use super::flow::{Builder, Place};
use super::fonts::Face;
use super::lines::Look;
use super::strip::{Ink, Mark, Strip, draw_line};
use super::tags::Node;

/// Lines this far apart, 8.5 mm, suit a hand that stands at a flip chart or sits at a table.
pub const PITCH: f32 = 24.1;
/// A box that is higher than this part of a page is set as several.
const HIGHEST: f32 = 0.8;
const FIELD_GAP: f32 = 24.0;
const NARROWEST_FIELD: f32 = 110.0;
const FIELD_HEIGHT: f32 = 34.0;

pub fn lay_out(builder: &mut Builder<'_>, form: &Form, place: Place) {
    builder.before(builder.style.paragraph_gap);
    match form {
        Form::Lines { count, prompt } => {
            self::prompt(builder, prompt, place, place.node);
            let node = figure(builder, place.node, form.described());
            lines(builder, *count, node, place);
        }
        Form::Space { lines, prompt } => {
            self::prompt(builder, prompt, place, place.node);
            let node = figure(builder, place.node, form.described());
            boxes(builder, *lines, node, place);
        }
        Form::Scale(scale) => super::scale::lay_out(builder, scale, place),
        Form::Signature(fields) => signature(builder, fields, place),
    }
    builder.after(builder.style.block_gap + 2.0);
    builder.keep(false);
}

/// What is asked, in bold above the room for it.
pub fn prompt(builder: &mut Builder<'_>, prompt: &str, place: Place, parent: Node) {
    if prompt.is_empty() {
        return;
    }
    let node = builder.tree.push("P", parent);
    let look = Look::plain(Face::Bold, builder.style.body_size, place.color, Some(node));
    let running = super::lines::Running::of(prompt, look);
    builder.text(&running, place, builder.style.body_size, builder.style.body_leading);
    builder.after(2.0);
    builder.keep(true);
}

fn figure(builder: &mut Builder<'_>, parent: Node, words: String) -> Node {
    let node = builder.tree.push("Figure", parent);
    builder.tree.get_mut(node).alternative = Some(words);
    node
}

fn lines(builder: &mut Builder<'_>, count: u8, node: Node, place: Place) {
    let color = builder.style.colors.quiet;
    for index in 0..count {
        let line = Mark::line(place.x, PITCH - 0.5, place.width, 0.0, color, 0.6).of(node);
        // Neither the first line nor the last stands alone.
        let keep = index == 1 || (index > 0 && index + 1 == count);
        builder.push(Strip {
            height: PITCH,
            keep,
            marks: vec![line],
            frame: place.frame,
            ..Strip::default()
        });
    }
}

fn boxes(builder: &mut Builder<'_>, lines: u8, node: Node, place: Place) {
    let color = builder.style.colors.quiet;
    let page = builder.style.bottom - builder.style.top;
    let most = (page * HIGHEST / PITCH) as u8;
    let mut left = lines;
    builder.before(4.0);
    while left > 0 {
        let part = left.min(most.max(1));
        let height = f32::from(part) * PITCH;
        let mut line = super::beside::outline(place.x, 0.5, place.width, height, color);
        line.node = Some(node);
        builder.push(Strip {
            height: height + 1.0,
            marks: vec![line],
            frame: place.frame,
            ..Strip::default()
        });
        builder.after(0.0);
        left -= part;
    }
}

fn signature(builder: &mut Builder<'_>, fields: &[Field], place: Place) {
    let fitting = ((place.width + FIELD_GAP) / (NARROWEST_FIELD + FIELD_GAP)) as usize;
    let across = fields.len().min(fitting).clamp(1, Form::MOST_FIELDS);
    // Four fields stand better as two rows of two than as three and one.
    let rows = fields.len().div_ceil(across);
    let across = fields.len().div_ceil(rows.max(1)).max(1);
    let width = (place.width - FIELD_GAP * (across - 1) as f32) / across as f32;
    for row in fields.chunks(across) {
        let strip = row_of_fields(builder, row, width, place);
        builder.push(strip);
        builder.after(6.0);
        builder.keep(true);
    }
}

fn row_of_fields(builder: &mut Builder<'_>, fields: &[Field], width: f32, place: Place) -> Strip {
    let colors = &builder.style.colors;
    let (quiet, ink) = (colors.quiet, colors.ink);
    let mut marks = Vec::new();
    let mut deepest: f32 = 0.0;
    let mut x = place.x;
    let values: Vec<_> = fields
        .iter()
        .map(|field| {
            let node = builder.tree.push("P", place.node);
            let look = Look::plain(Face::Regular, builder.style.body_size, ink, Some(node));
            (node, builder.words(&field.value, look, width))
        })
        .collect();
    let most = values.iter().map(|(_, (_, lines))| lines.len()).max().unwrap_or(1);
    let at = FIELD_HEIGHT + (most.max(1) - 1) as f32 * builder.style.body_leading;
    for (field, (node, (value, value_lines))) in fields.iter().zip(values) {
        let look = Look::plain(Face::Regular, 8.2, quiet, Some(node));
        let (label, label_lines) = builder.words(&field.label, look, width);
        for (index, line) in label_lines.iter().enumerate() {
            let y = at + 10.5 + index as f32 * 10.5;
            deepest = deepest.max(y);
            draw_line(line, &label, x, y, &mut marks, place.code_ground);
        }
        if field.value.is_empty() {
            let line = figure(builder, node, "Line to write on".to_owned());
            marks.push(Mark::line(x, at, width, 0.0, quiet, 0.6).of(line));
        } else {
            marks.push(Mark::line(x, at, width, 0.0, quiet, 0.6));
            let above = value_lines.len();
            for (index, line) in value_lines.iter().enumerate() {
                let y = at - 5.0 - (above - 1 - index) as f32 * builder.style.body_leading;
                draw_line(line, &value, x, y, &mut marks, place.code_ground);
            }
        }
        x += width + FIELD_GAP;
    }
    Strip { height: deepest + 4.0, baseline: at, marks, frame: place.frame, ..Strip::default() }
}

/// A box to tick with its upper left corner at the mark's place.
pub fn tick(x: f32, y: f32, side: f32, color: crate::theme::Color, node: Node) -> Mark {
    let points = vec![(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    let ink = Ink::Shape { points, closed: true, fill: None, stroke: Some((color, 0.9)) };
    Mark { x, y, node: Some(node), ink }
}
