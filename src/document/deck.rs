//! A document as slides: what stands on each, and what only whoever speaks sees.

use super::{Block, Document, Layout, LayoutKind, plain_text};

/// One slide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slide {
    /// The words of its heading; empty where nothing stands before the first one.
    pub title: String,
    /// What is to be seen, the heading first.
    pub face: Vec<Block>,
    /// What is said, done and asked.
    pub notes: Vec<Block>,
}

impl Slide {
    /// The anchor of its heading.
    pub fn anchor(&self) -> Option<&str> {
        match self.face.first() {
            Some(Block::Heading { id, .. }) => Some(id),
            _ => None,
        }
    }
}

/// The slides of a document: each heading of the first two ranks begins one. The steps of a guide (say, do, ask, time) are the notes of
/// the slide that they stand on.
pub fn slides(document: &Document) -> Vec<Slide> {
    let mut out: Vec<Slide> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, text, .. } if *level <= 2 => {
                let title = plain_text(text).trim().to_owned();
                out.push(Slide { title, face: vec![block.clone()], notes: Vec::new() });
            }
            Block::PageBreak | Block::Rule => {}
            _ => {
                if out.is_empty() {
                    out.push(Slide::default());
                }
                let Some(slide) = out.last_mut() else { continue };
                match is_note(block) {
                    true => slide.notes.push(block.clone()),
                    false => slide.face.push(block.clone()),
                }
            }
        }
    }
    out
}

fn is_note(block: &Block) -> bool {
    matches!(block, Block::Layout(Layout { kind: LayoutKind::Cue { .. }, .. }))
}

/// The same document as pages to be cut: a page for each slide, without the notes.
pub fn paged(document: &Document) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    for slide in slides(document) {
        if !blocks.is_empty() {
            blocks.push(Block::PageBreak);
        }
        blocks.extend(slide.face);
    }
    let mut out = Document { meta: document.meta.clone(), blocks, notes: document.notes.clone() };
    out.meta.contents = false;
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cue, Inline, Page};

    fn heading(level: u8, words: &str) -> Block {
        Block::Heading { level, id: words.to_lowercase(), text: vec![Inline::Text(words.to_owned())] }
    }

    fn words(words: &str) -> Block {
        Block::Paragraph(vec![Inline::Text(words.to_owned())])
    }

    fn say(what: &str) -> Block {
        let kind = LayoutKind::Cue { cue: Cue::Say, note: String::new() };
        Block::Layout(Layout { kind, parts: vec![vec![words(what)]] })
    }

    fn deck(blocks: Vec<Block>) -> Document {
        let mut document = Document { blocks, ..Document::default() };
        document.meta.page = Page::Slides;
        document
    }

    #[test]
    fn headings_of_two_ranks_begin_slides_and_steps_are_notes() {
        let document = deck(vec![
            words("before"),
            heading(1, "A"),
            say("hello"),
            heading(3, "inside"),
            words("text"),
            Block::PageBreak,
            heading(2, "B"),
        ]);
        let slides = slides(&document);
        let told: Vec<(&str, usize, usize)> =
            slides.iter().map(|slide| (slide.title.as_str(), slide.face.len(), slide.notes.len())).collect();
        assert_eq!(told, [("", 1, 0), ("A", 3, 1), ("B", 1, 0)]);
        assert_eq!((slides[0].anchor(), slides[1].anchor()), (None, Some("a")));
        let paged = paged(&document);
        assert_eq!(paged.blocks.iter().filter(|block| **block == Block::PageBreak).count(), 2);
        assert!(!paged.blocks.iter().any(is_note));
    }

    #[test]
    fn nothing_is_no_slide() {
        assert_eq!(slides(&deck(Vec::new())), []);
    }
}
