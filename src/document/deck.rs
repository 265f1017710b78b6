//! A document as slides: what stands on each, and what only whoever speaks sees.

use super::{Block, Document, Inline, Layout, LayoutKind, plain_text};

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

/// How a slide is set, by what stands on it: what is short is set larger than what is long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Anything else.
    Full,
    /// A short list or a few short paragraphs.
    Few,
    /// One or two sentences, in the middle of the slide.
    Statement,
    /// A heading alone, in the middle of the slide.
    Divider,
    /// One chart below the heading, as large as the slide.
    Chart,
}

/// The longest statement, in characters; one of a wide script counts for two.
const STATEMENT: usize = 140;
/// How many lines of about this many characters a slide that is set larger may hold.
const FEW_LINES: usize = 6;
const FEW_CHARACTERS: usize = 46;

impl Slide {
    pub fn setting(&self) -> Setting {
        let body = match self.face.first() {
            Some(Block::Heading { .. }) => &self.face[1..],
            _ => &self.face[..],
        };
        match body {
            [] => return Setting::Divider,
            [Block::Chart(_)] => return Setting::Chart,
            _ => {}
        }
        let Some(texts) = body.iter().map(texts).collect::<Option<Vec<_>>>() else { return Setting::Full };
        let lengths: Vec<usize> = texts.into_iter().flatten().map(length).collect();
        let sentences = body.iter().all(|block| matches!(block, Block::Paragraph(_)));
        if sentences && lengths.len() <= 2 && lengths.iter().sum::<usize>() <= STATEMENT {
            return Setting::Statement;
        }
        let lines: usize = lengths.iter().map(|length| length.div_ceil(FEW_CHARACTERS).max(1)).sum();
        if lines <= FEW_LINES { Setting::Few } else { Setting::Full }
    }

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

/// The texts of a paragraph or of a list of single paragraphs; none of what is more than that.
fn texts(block: &Block) -> Option<Vec<&[Inline]>> {
    let words = |text: &[Inline]| !text.iter().any(|inline| matches!(inline, Inline::Image { .. }));
    match block {
        Block::Paragraph(text) if words(text) => Some(vec![text]),
        Block::List(list) => list
            .items
            .iter()
            .map(|item| match item.blocks.as_slice() {
                [Block::Paragraph(text)] if words(text) => Some(text.as_slice()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

fn length(text: &[Inline]) -> usize {
    plain_text(text).chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum()
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
    use crate::document::{Cue, List, ListItem, Page};

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
    fn what_is_short_is_set_larger() {
        let list = |count: usize| {
            let item = ListItem { task: None, blocks: vec![words("a step for Monday")] };
            Block::List(List { start: None, tight: true, items: vec![item; count] })
        };
        let picture = Inline::Image { from: "a.png".to_owned(), title: String::new(), alt: "A".to_owned() };
        let cases = [
            (vec![], Setting::Divider),
            (vec![words("Why?")], Setting::Statement),
            (vec![words("Why?"), words("Since when?")], Setting::Statement),
            (vec![words(&"long ".repeat(30))], Setting::Few),
            (vec![words(&"長".repeat(75))], Setting::Few),
            (vec![words(&"long ".repeat(60))], Setting::Full),
            (vec![words("Three:"), list(3)], Setting::Few),
            (vec![list(7)], Setting::Full),
            (vec![Block::Paragraph(vec![picture])], Setting::Full),
            (vec![words("Why?"), heading(3, "Since when?")], Setting::Full),
        ];
        for (body, wanted) in cases {
            let face = [vec![heading(2, "A")], body].concat();
            let slide = Slide { face, ..Slide::default() };
            assert_eq!(slide.setting(), wanted, "{:?}", slide.face);
        }
    }

    #[test]
    fn nothing_is_no_slide() {
        assert_eq!(slides(&deck(Vec::new())), []);
    }
}
