//! The steps of a facilitator's guide: a word in a box at the side, the step beside it.

use crate::document::{Block, CalloutKind, Cue};
use crate::theme::Color;

use super::beside::outline;
use super::flow::{Builder, Place};
use super::fonts::Face;
use super::lines::Look;
use super::strip::{Mark, Strip, draw_line};
use super::style::Style;

/// The column of the words, and where it is left out because the text would be too narrow.
const SIDE: f32 = 66.0;
const NARROWEST: f32 = 230.0;
const LABEL_SIZE: f32 = 8.4;
const LABEL_HEIGHT: f32 = 14.5;
const NOTE_LEADING: f32 = 13.0;

pub fn lay_out(builder: &mut Builder<'_>, cue: Cue, note: &str, blocks: &[Block], place: Place) {
    let color = color(builder.style, cue);
    let node = builder.tree.push("Div", place.node);
    builder.before(builder.style.block_gap);
    let rule = Mark::line(place.x, 0.6, place.width, 0.0, color, 1.2);
    builder.push(Strip { height: 7.5, marks: vec![rule], frame: place.frame, ..Strip::default() });
    builder.keep(true);
    let beside = place.width - SIDE >= NARROWEST;
    let label = label(builder, cue, note, color, node, place, beside);
    let first = builder.flow.strips.len();
    if beside {
        let place = Place { x: place.x + SIDE, width: place.width - SIDE, node, tight: false, ..place };
        builder.labels.extend(label.marks);
        builder.blocks(blocks, place);
        if !builder.labels.is_empty() {
            builder.empty_line(place);
        }
        let height: f32 = builder.flow.strips[first..].iter().map(|strip| strip.space + strip.height).sum();
        if height < label.height {
            builder.after(0.0);
            builder.keep(true);
            let height = label.height - height;
            builder.push(Strip { height, frame: place.frame, ..Strip::default() });
        }
    } else {
        let mut marks = label.marks;
        marks.iter_mut().for_each(|mark| mark.y += 11.0);
        builder.push(Strip { height: label.height + 3.0, marks, frame: place.frame, ..Strip::default() });
        builder.keep(true);
        builder.blocks(blocks, Place { node, tight: false, ..place });
    }
    builder.after(builder.style.block_gap * 0.9);
    builder.keep(false);
}

struct Label {
    /// From the baseline of the first line beside it.
    marks: Vec<Mark>,
    height: f32,
}

fn label(
    builder: &mut Builder<'_>,
    cue: Cue,
    note: &str,
    color: Color,
    node: usize,
    place: Place,
    beside: bool,
) -> Label {
    let paper = builder.style.colors.paper;
    let node = builder.tree.push("P", node);
    let filled = cue == Cue::Say;
    let ink = if filled { paper } else { color };
    let look = Look::plain(Face::Bold, LABEL_SIZE, ink, Some(node));
    let (running, lines) = builder.words(&cue.label().to_uppercase(), look, f32::MAX);
    let width = lines[0].width + 11.0;
    let mut marks = Vec::new();
    if filled {
        marks.push(Mark::rectangle(place.x, -11.0, width, LABEL_HEIGHT, color));
    }
    marks.push(outline(place.x, -11.0, width, LABEL_HEIGHT, color));
    draw_line(&lines[0], &running, place.x + 5.5, -0.7, &mut marks, place.code_ground);
    let mut height = LABEL_HEIGHT;
    if !note.is_empty() {
        let look = Look::plain(Face::Bold, 9.0, builder.style.colors.ink, Some(node));
        let (x, room) = if beside {
            (place.x, SIDE - 8.0)
        } else {
            (place.x + width + 7.0, (place.width - width - 7.0).max(20.0))
        };
        let (running, lines) = builder.words(note, look, room);
        let mut y = if beside { LABEL_HEIGHT + 1.5 } else { -0.4 };
        for line in &lines {
            draw_line(line, &running, x, y, &mut marks, place.code_ground);
            y += NOTE_LEADING;
        }
        height = height.max(y + 2.0);
    }
    Label { marks, height }
}

/// The word says what it is; the colour only repeats it.
fn color(style: &Style, cue: Cue) -> Color {
    match cue {
        Cue::Say => style.colors.accent_text,
        Cue::Do => style.callout(CalloutKind::Tip).strong,
        Cue::Ask => style.callout(CalloutKind::Warning).strong,
        Cue::Time => style.colors.ink,
    }
}
