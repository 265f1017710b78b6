//! The headings of a document, in reading order, for contents pages, bookmarks and anchors.

use super::{Block, Document, plain_text};

/// A heading as a line of the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// Every heading, those inside lists, quotes and callouts too.
pub fn headings(document: &Document) -> Vec<Heading> {
    let mut out = Vec::new();
    gather(&document.blocks, &mut out);
    out
}

fn gather(blocks: &[Block], out: &mut Vec<Heading>) {
    for block in blocks {
        match block {
            Block::Heading { level, id, text } => {
                out.push(Heading { level: *level, id: id.clone(), text: plain_text(text) });
            }
            Block::Quote(inner) | Block::Callout { blocks: inner, .. } => gather(inner, out),
            Block::List(list) => list.items.iter().for_each(|item| gather(&item.blocks, out)),
            Block::Layout(layout) => layout.parts.iter().for_each(|part| gather(part, out)),
            Block::Form(_) | Block::PageBreak => {}
            Block::Paragraph(_) | Block::Code { .. } | Block::Chart(_) | Block::Table(_) | Block::Rule => {}
        }
    }
}
