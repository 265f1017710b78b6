//! Columns, cards, what is kept together and passages in another language.

use crate::document::{Block, Inline, Layout, LayoutKind, plain_text};

use super::beside::Beside;
use super::flow::{Builder, Place};
use super::fonts::Face;
use super::lines::{self, Look, Running};

/// Between columns, and between cards.
const GAP: f32 = 22.0;
const CARD_GAP: f32 = 13.0;
const CARD_PAD: f32 = 11.0;
/// Columns narrower than this are set one below the other.
const NARROWEST: f32 = 92.0;
/// Cards may be as narrow as this where they hold words alone, and none is broken.
const NARROWEST_CARD: f32 = 56.0;

pub fn lay_out(builder: &mut Builder<'_>, layout: &Layout, place: Place) {
    match &layout.kind {
        LayoutKind::Columns(shares) => columns(builder, layout, shares, place),
        LayoutKind::Cards(count) => cards(builder, layout, usize::from(*count), place),
        LayoutKind::Keep => {
            let first = builder.flow.strips.len();
            layout.parts.iter().for_each(|part| builder.blocks(part, place));
            builder.flow.strips.iter_mut().skip(first + 1).for_each(|strip| strip.keep = true);
        }
        LayoutKind::Language(tag) => {
            let node = builder.tree.push("Div", place.node);
            builder.tree.get_mut(node).language = Some(tag.clone());
            layout.parts.iter().for_each(|part| builder.blocks(part, Place { node, ..place }));
        }
        LayoutKind::Cue { cue, note } => {
            let blocks = layout.parts.first().map_or(&[][..], Vec::as_slice);
            super::cue::lay_out(builder, *cue, note, blocks, place);
        }
    }
}

fn columns(builder: &mut Builder<'_>, layout: &Layout, shares: &[u8], place: Place) {
    let across = layout.parts.len().min(usize::from(LayoutKind::WIDEST)).max(1);
    let shares: Vec<f32> = if shares.len() == across {
        shares.iter().map(|share| f32::from(*share)).collect()
    } else {
        vec![1.0; across]
    };
    let all: f32 = shares.iter().sum();
    let room = place.width - GAP * (across - 1) as f32;
    let widths: Vec<f32> = shares.iter().map(|share| room * share / all).collect();
    if widths.iter().any(|width| *width < NARROWEST) {
        return layout.parts.iter().for_each(|part| {
            let node = builder.tree.push("Div", place.node);
            builder.blocks(part, Place { node, ..place });
        });
    }
    builder.before(builder.style.paragraph_gap);
    for row in layout.parts.chunks(across) {
        let mut x = place.x;
        let places: Vec<Place> = widths
            .iter()
            .map(|width| {
                let left = x;
                x += width + GAP;
                within(place, left, *width)
            })
            .collect();
        beside(builder, row, &places, None, place);
        builder.after(builder.style.paragraph_gap);
    }
    builder.keep(false);
}

fn cards(builder: &mut Builder<'_>, layout: &Layout, count: usize, place: Place) {
    let room = |count: usize| (place.width - CARD_GAP * (count - 1) as f32) / count as f32 - 2.0 * CARD_PAD;
    let needed = layout.parts.iter().map(|part| least_width(builder, part)).fold(NARROWEST_CARD, f32::max);
    let count = (1..=count.max(1)).rev().find(|count| room(*count) >= needed.min(NARROWEST)).unwrap_or(1);
    let inner = room(count);
    builder.before(builder.style.block_gap);
    for row in layout.parts.chunks(count) {
        let places: Vec<Place> = (0..count)
            .map(|index| {
                let left = place.x + index as f32 * (inner + 2.0 * CARD_PAD + CARD_GAP);
                within(place, left + CARD_PAD, inner)
            })
            .collect();
        beside(builder, row, &places, Some(CARD_PAD), place);
        builder.after(CARD_GAP);
    }
    builder.after(builder.style.block_gap + 1.0);
    builder.keep(false);
}

/// How narrow a card may be: as its widest word, or as any column where it holds more than words.
fn least_width(builder: &mut Builder<'_>, part: &[Block]) -> f32 {
    part.iter()
        .map(|block| match block {
            Block::Heading { level, text, .. } => {
                let look = builder.style.heading(*level);
                widest_word(builder, text, look.face, look.size)
            }
            Block::Paragraph(text) => widest_word(builder, text, Face::Bold, builder.style.body_size),
            _ => NARROWEST,
        })
        .fold(0.0, f32::max)
}

fn widest_word(builder: &mut Builder<'_>, text: &[Inline], face: Face, size: f32) -> f32 {
    let look = Look::plain(face, size, builder.style.colors.ink, None);
    lines::extent(&Running::of(&plain_text(text), look), &mut builder.shaper).narrowest
}

/// A column of its own, in which text may be set a little narrower than elsewhere.
fn within(place: Place, x: f32, width: f32) -> Place {
    Place {
        x,
        width,
        frame: None,
        tight: false,
        lists: 0,
        narrowest: place.narrowest.min(width * 0.5),
        ..place
    }
}

fn beside(
    builder: &mut Builder<'_>,
    parts: &[Vec<Block>],
    places: &[Place],
    pad: Option<f32>,
    around: Place,
) {
    let mut flows = Vec::new();
    for (part, place) in parts.iter().zip(places) {
        let node = builder.tree.push("Div", around.node);
        flows.push(builder.aside(|builder| builder.blocks(part, Place { node, ..*place })));
    }
    let boxes = match pad {
        None => Vec::new(),
        Some(pad) => places.iter().map(|place| (place.x - pad, place.width + 2.0 * pad)).collect(),
    };
    let line = builder.style.colors.quiet;
    let beside =
        Beside { flows, boxes, line, pad: pad.map_or(0.0, |pad| pad - 2.0), headings: builder.headings() };
    let strip = beside.strip(builder.style, around.frame);
    builder.push(strip);
}
