//! Markdown text ↔ document tree: the hinge between templates and every page format.

mod escape;

use std::ops::Range;

use crate::document::{Block, Document, Inline};

pub use escape::inert;

/// What reading gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub document: Document,
    pub problems: Vec<Problem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

pub fn read(text: &str) -> Read {
    let mut blocks = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut out = String::new();
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            if c == '\\' { out.extend(letters.next()) } else { out.push(c) }
        }
        blocks.push(Block::Paragraph(vec![Inline::Text(out)]));
    }
    Read {
        document: Document { blocks, ..Document { meta: Default::default(), blocks: Vec::new() } },
        problems: Vec::new(),
    }
}

pub fn write(_d: &Document) -> String {
    String::new()
}
