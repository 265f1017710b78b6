//! Footnotes: all of them at the end of the text, each with a way back to where it is first referred to.

use std::collections::HashMap;

use crate::document::Block;

use super::flow::{Builder, Place};
use super::fonts::Face;
use super::inlines::{Link, Target};
use super::lines::{Look, Running};
use super::pages::{Page, Spot};
use super::strip::{Ink, Mark, Strip};
use super::style::Style;
use super::tags::{Node, Tree};

/// How the line above the notes and their indent are measured.
const RULE: f32 = 72.0;

/// What the notes are in the structure, and where they are first referred to.
#[derive(Debug, Default)]
pub struct Notes {
    /// For each note the link of its first reference, once that was set.
    pub references: Vec<Option<Node>>,
    /// For each note its label, once that was set.
    pub labels: Vec<Option<Node>>,
}

impl Notes {
    pub fn new(count: usize) -> Notes {
        Notes { references: vec![None; count], labels: vec![None; count] }
    }
}

/// Where notes and references came to stand.
#[derive(Debug, Default)]
pub struct NoteSpots {
    pub references: Vec<Option<Spot>>,
    pub labels: Vec<Option<Spot>>,
}

/// Finds them on the finished pages.
pub fn spots(style: &Style, notes: &Notes, pages: &[Page]) -> NoteSpots {
    let count = notes.labels.len();
    let mut out = NoteSpots { references: vec![None; count], labels: vec![None; count] };
    if count == 0 {
        return out;
    }
    let nodes = |list: &[Option<Node>]| -> HashMap<Node, usize> {
        list.iter().enumerate().filter_map(|(note, node)| Some(((*node)?, note))).collect()
    };
    let (references, labels) = (nodes(&notes.references), nodes(&notes.labels));
    for (number, page) in pages.iter().enumerate() {
        for mark in &page.marks {
            let Some(node) = mark.node.filter(|_| matches!(mark.ink, Ink::Word { .. })) else { continue };
            let spot = Spot { page: number, y: mark.y - style.body_leading };
            for (places, known) in [(&mut out.references, &references), (&mut out.labels, &labels)] {
                if let Some(note) = known.get(&node) {
                    places[*note].get_or_insert(spot);
                }
            }
        }
    }
    out
}

/// Sets the notes below a short line.
pub fn lay_out(builder: &mut Builder<'_>, notes: &[Vec<Block>]) {
    if notes.is_empty() {
        return;
    }
    let style = builder.style;
    let column = Place::column(style, Tree::ROOT);
    builder.before(style.block_gap * 2.0);
    let rule = Mark::line(column.x, 0.5, RULE, 0.0, style.colors.hairline, 0.8);
    builder.push(Strip { height: 1.0, marks: vec![rule], ..Strip::default() });
    builder.after(style.paragraph_gap);
    builder.keep_next();
    let last = notes.len().to_string();
    let look = |node| Look::plain(Face::Regular, style.note_size, style.colors.link, node);
    let indent = (builder.width(&last, &look(None)) + style.label_gap).max(style.list_indent);
    let inner = Place { x: column.x + indent, width: column.width - indent, ..column };
    for (note, blocks) in notes.iter().enumerate() {
        let number = (note + 1).to_string();
        let node = builder.tree.push("Note", Tree::ROOT);
        builder.tree.get_mut(node).id = Some(format!("note-{number}"));
        let label = builder.tree.push("Lbl", node);
        let link_node = builder.tree.push("Link", label);
        let link = builder.inlines.links.len();
        builder.inlines.links.push(Link {
            target: Target::Reference(note),
            words: format!("Back to note {number} in the text"),
            node: link_node,
        });
        builder.inlines.notes.labels[note] = Some(link_node);
        let running = Running::of(&number, look(Some(link_node)));
        builder.label(&running, column.x, link);
        builder.blocks(blocks, Place { node, small: true, ..inner });
        builder.end_label(inner);
        builder.after(style.tight_gap);
    }
}
