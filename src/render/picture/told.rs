//! What is to be told of the pictures that a document names.

use crate::document::{Document, Inline, each_text};

use super::Pictures;

/// A picture that is not shown, or not as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// As the document names it.
    pub name: String,
    /// What is the matter, as a whole sentence without a full stop.
    pub message: String,
}

/// The names of all pictures in a document, each once, in reading order.
pub fn named(document: &Document) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut see = |text: &[Inline]| gather(text, &mut names);
    each_text(&document.blocks, &mut see);
    document.notes.iter().for_each(|note| each_text(note, &mut see));
    let mut known = std::collections::BTreeSet::new();
    names.retain(|name| known.insert(name.clone()));
    names
}

fn gather(text: &[Inline], names: &mut Vec<String>) {
    for inline in text {
        match inline {
            Inline::Image { from, .. } => names.push(from.clone()),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link { text: inner, .. } => gather(inner, names),
            _ => {}
        }
    }
}

/// Each picture for which its alternative text stands, or that lacks a part in the PDF.
pub fn unshown(document: &Document, pictures: &Pictures) -> Vec<Unshown> {
    let mut out = Vec::new();
    for name in named(document) {
        let message = match pictures.get(&name) {
            Err(why) => format!("the picture `{name}` is not shown: {why}"),
            Ok(picture) if !picture.undrawn.is_empty() => {
                format!("the picture `{name}` lacks in the PDF: {}", picture.undrawn.join(", "))
            }
            Ok(_) => continue,
        };
        out.push(Unshown { name, message });
    }
    out
}
