//! What the pieces of a page must know of the whole: the footnotes, and how often each was referred to so far.

use std::cell::RefCell;

use crate::document::{Document, headings};
use crate::render::picture::Pictures;

pub(super) struct Setting<'a> {
    pub(super) pictures: &'a Pictures,
    /// Begins the anchors of notes and references, as no heading's anchor does.
    anchor: String,
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
        Setting { pictures, anchor, references: RefCell::new(vec![0; document.notes.len()]) }
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
