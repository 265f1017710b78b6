//! Footnotes: each referred to, numbered in the order of the first reference.
//!
//! A note that nothing refers to has no place on a page and is left out, as its reference may have been by a
//! template. References in notes count after those of the text.

use std::collections::HashMap;

use crate::document::{Document, Inline, each_text, each_text_mut};

/// Drops references to notes that are not there.
pub(super) fn drop_unknown(document: &mut Document) {
    let known = document.notes.len();
    let mut drop = |text: &mut Vec<Inline>| retain(text, &mut |note| note < known);
    each_text_mut(&mut document.blocks, &mut drop);
    document.notes.iter_mut().for_each(|note| each_text_mut(note, &mut drop));
}

/// Orders the notes by their first reference and drops those without any. No reference leads to a note that is not there.
pub(super) fn number(document: &mut Document) {
    if document.notes.is_empty() {
        return;
    }
    let notes = &document.notes;
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut order: Vec<usize> = Vec::new();
    let mut next = 0;
    let mut blocks = Some(document.blocks.as_slice());
    while let Some(counted) = blocks {
        each_text(counted, &mut |text| {
            each_ref(text, &mut |old| {
                numbers.entry(old).or_insert_with(|| {
                    order.push(old);
                    order.len() - 1
                });
            });
        });
        blocks = order.get(next).map(|old| notes[*old].as_slice());
        next += 1;
    }
    let mut old = std::mem::take(&mut document.notes);
    document.notes = order.into_iter().map(|index| std::mem::take(&mut old[index])).collect();
    let mut rename = |text: &mut Vec<Inline>| rename(text, &numbers);
    each_text_mut(&mut document.blocks, &mut rename);
    document.notes.iter_mut().for_each(|note| each_text_mut(note, &mut rename));
}

/// Takes the references out of a text, in order.
pub(super) fn take_refs(text: &mut Vec<Inline>) -> Vec<usize> {
    let mut found = Vec::new();
    retain(text, &mut |note| {
        found.push(note);
        false
    });
    found
}

fn retain(text: &mut Vec<Inline>, keep: &mut dyn FnMut(usize) -> bool) {
    text.retain_mut(|inline| match inline {
        Inline::NoteRef(note) => keep(*note),
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Strike(inner)
        | Inline::Link { text: inner, .. } => {
            let some = !inner.is_empty();
            retain(inner, keep);
            !some || !inner.is_empty() || matches!(inline, Inline::Link { .. })
        }
        _ => true,
    });
}

fn each_ref(text: &[Inline], see: &mut dyn FnMut(usize)) {
    for inline in text {
        match inline {
            Inline::NoteRef(note) => see(*note),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link { text: inner, .. } => each_ref(inner, see),
            _ => {}
        }
    }
}

fn rename(text: &mut [Inline], numbers: &HashMap<usize, usize>) {
    for inline in text {
        match inline {
            Inline::NoteRef(note) => *note = numbers.get(note).copied().unwrap_or_default(),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link { text: inner, .. } => rename(inner, numbers),
            _ => {}
        }
    }
}
