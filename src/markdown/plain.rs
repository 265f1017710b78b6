//! Inline Markdown as its words alone, for terminals, window titles and data.

use super::read;
use crate::document::{Block, plain_text};

/// The words; paragraphs are joined by a space.
pub fn plain(markdown: &str) -> String {
    let document = read(markdown.trim()).document;
    let words = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => Some(plain_text(text)),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ").trim().to_owned()
}
