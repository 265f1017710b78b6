//! The headings of a document, in reading order, for contents pages, bookmarks and anchors.

use super::{Block, Document, plain_text};

/// A heading as a line of the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// Every heading, those inside lists, quotes, callouts and, at the end, footnotes too.
pub fn headings(document: &Document) -> Vec<Heading> {
    let mut out = Vec::new();
    gather(&document.blocks, &mut out);
    document.notes.iter().for_each(|note| gather(note, &mut out));
    out
}

fn gather(blocks: &[Block], out: &mut Vec<Heading>) {
    for block in blocks {
        if let Block::Heading { level, id, text } = block {
            out.push(Heading { level: *level, id: id.clone(), text: plain_text(text) });
        }
        block.parts().into_iter().for_each(|blocks| gather(blocks, out));
    }
}
