//! The headings of a document, in reading order, for contents pages, bookmarks and anchors.

use super::{Block, Document, LayoutKind, plain_text};

/// A heading as a line of the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    pub text: String,
    /// Whether it stands beside the document's own flow, as in a card, and so in no list of its contents.
    pub aside: bool,
}

/// Every heading, those inside lists, quotes, callouts and, at the end, footnotes too.
pub fn headings(document: &Document) -> Vec<Heading> {
    let mut out = Vec::new();
    gather(&document.blocks, false, &mut out);
    document.notes.iter().for_each(|note| gather(note, true, &mut out));
    out
}

/// The rank of each heading in the outline, from 1: one below the heading that it stands under, so that no rank is skipped
/// whatever levels were typed. One without words leads nothing. Where a title stands above them all, they begin below it.
pub fn ranks(headings: &[Heading], titled: bool) -> Vec<u8> {
    let mut open: Vec<u8> = Vec::new();
    headings
        .iter()
        .map(|heading| {
            let lead = u8::from(titled);
            if heading.text.trim().is_empty() {
                return open.len().max(1) as u8 + lead;
            }
            while open.last().is_some_and(|level| *level >= heading.level) {
                open.pop();
            }
            open.push(heading.level);
            open.len() as u8 + lead
        })
        .collect()
}

/// Whether the title on the cover is the first heading of the outline: where no heading of the text ranks as high.
pub fn cover_leads(document: &Document, headings: &[Heading]) -> bool {
    document.meta.cover
        && !document.meta.title.trim().is_empty()
        && headings.iter().all(|heading| heading.level > 1)
}

fn gather(blocks: &[Block], aside: bool, out: &mut Vec<Heading>) {
    for block in blocks {
        if let Block::Heading { level, id, text } = block {
            out.push(Heading { level: *level, id: id.clone(), text: plain_text(text), aside });
        }
        let aside = aside || !flows_on(block);
        block.parts().into_iter().for_each(|blocks| gather(blocks, aside, out));
    }
}

/// Whether what stands in the block is part of the flow around it.
fn flows_on(block: &Block) -> bool {
    let Block::Layout(layout) = block else { return false };
    matches!(layout.kind, LayoutKind::Keep | LayoutKind::Language(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rank_is_skipped() {
        let ranks = |levels: &[u8], titled| {
            let heading =
                |level: &u8| Heading { level: *level, id: String::new(), text: "A".to_owned(), aside: false };
            ranks(&levels.iter().map(heading).collect::<Vec<_>>(), titled)
        };
        assert_eq!(ranks(&[2, 3, 3, 2], true), [2, 3, 3, 2]);
        assert_eq!(ranks(&[2, 3, 3, 2], false), [1, 2, 2, 1]);
        assert_eq!(ranks(&[1, 4, 3, 6, 1], false), [1, 2, 2, 3, 1]);
        assert_eq!(ranks(&[3, 2, 1], false), [1, 1, 1]);
    }
}
