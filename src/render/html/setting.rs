//! What the pieces of a page must know of the whole: the footnotes, and how often each was referred to so far.

use std::cell::RefCell;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::escape;
use crate::document::{Document, Heading, Page, cover_leads, headings, ranks};
use crate::render::picture::Pictures;

pub(super) struct Setting<'a> {
    pub(super) pictures: &'a Pictures,
    /// Every heading of the document, in reading order.
    pub(super) headings: Vec<Heading>,
    /// The rank of each heading by its anchor.
    ranks: HashMap<String, u8, FixedState>,
    /// Begins the anchors of notes and references, as no heading's anchor does.
    anchor: String,
    /// Whether files beside the page can be reached from it.
    neighbours: bool,
    /// For each note, how many references were written.
    references: RefCell<Vec<usize>>,
}

impl<'a> Setting<'a> {
    pub(super) fn new(document: &Document, pictures: &'a Pictures) -> Self {
        let mut anchor = "note.".to_owned();
        let headings = headings(document);
        while headings.iter().any(|heading| heading.id.starts_with(&anchor)) {
            anchor.push('.');
        }
        let leads = cover_leads(document, &headings);
        // Where neither a cover nor a heading is the first, the page is a part of another one, and begins as deep as it says.
        let top = headings.iter().map(|heading| heading.level).min().filter(|_| !leads);
        let deeper = top.map_or(0, |top| top.saturating_sub(1));
        let ranks = ranks(&headings, leads).into_iter().map(|rank| rank + deeper);
        let ranks = headings.iter().map(|heading| heading.id.clone()).zip(ranks).collect();
        Setting {
            pictures,
            headings,
            ranks,
            anchor,
            neighbours: document.meta.page != Page::Mail,
            references: RefCell::new(vec![0; document.notes.len()]),
        }
    }

    /// Where a link may lead, as an attribute says it; none where it may not.
    pub(super) fn address(&self, to: &str) -> Option<String> {
        escape::address(to).or_else(|| escape::neighbour(to).filter(|_| self.neighbours))
    }

    /// The rank of the heading with this anchor, none where there is no such heading.
    pub(super) fn rank(&self, id: &str) -> Option<u8> {
        self.ranks.get(id).copied()
    }

    /// Counts a reference to the note and gives which one it is, from 1; none where there is no such note.
    pub(super) fn refer(&self, note: usize) -> Option<usize> {
        let mut references = self.references.borrow_mut();
        let count = references.get_mut(note)?;
        *count += 1;
        Some(*count)
    }

    pub(super) fn references(&self, note: usize) -> usize {
        self.references.borrow().get(note).copied().unwrap_or_default()
    }

    pub(super) fn note_anchor(&self, note: usize) -> String {
        format!("{}{}", self.anchor, note + 1)
    }

    pub(super) fn reference_anchor(&self, note: usize, reference: usize) -> String {
        format!("{}{}.{reference}", self.anchor, note + 1)
    }
}
