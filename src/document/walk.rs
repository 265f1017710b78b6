//! What stands directly in a block, whatever its kind: the one place to change where a kind is added.

use super::{Block, Inline};

impl Block {
    /// The lists of blocks in it, in reading order.
    pub fn parts(&self) -> Vec<&Vec<Block>> {
        match self {
            Block::List(list) => list.items.iter().map(|item| &item.blocks).collect(),
            Block::Definitions(list) => list.items.iter().flat_map(|item| &item.meanings).collect(),
            Block::Quote(blocks) | Block::Callout { blocks, .. } => vec![blocks],
            Block::Layout(layout) => layout.parts.iter().collect(),
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Code { .. }
            | Block::Chart(_)
            | Block::Table(_)
            | Block::Form(_)
            | Block::PageBreak
            | Block::Rule => Vec::new(),
        }
    }

    /// As [`Block::parts`], to be changed.
    pub fn parts_mut(&mut self) -> Vec<&mut Vec<Block>> {
        match self {
            Block::List(list) => list.items.iter_mut().map(|item| &mut item.blocks).collect(),
            Block::Definitions(list) => list.items.iter_mut().flat_map(|item| &mut item.meanings).collect(),
            Block::Quote(blocks) | Block::Callout { blocks, .. } => vec![blocks],
            Block::Layout(layout) => layout.parts.iter_mut().collect(),
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::Code { .. }
            | Block::Chart(_)
            | Block::Table(_)
            | Block::Form(_)
            | Block::PageBreak
            | Block::Rule => Vec::new(),
        }
    }
}

/// Shows every piece of running text, in reading order.
pub fn each_text(blocks: &[Block], see: &mut dyn FnMut(&[Inline])) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => see(text),
            Block::Table(table) => {
                std::iter::once(&table.head).chain(&table.rows).flatten().for_each(|cell| see(cell));
            }
            Block::Definitions(list) => {
                for item in &list.items {
                    see(&item.term);
                    item.meanings.iter().for_each(|blocks| each_text(blocks, see));
                }
            }
            other => other.parts().into_iter().for_each(|blocks| each_text(blocks, see)),
        }
    }
}

/// As [`each_text`], to be changed.
pub fn each_text_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => change(text),
            Block::Table(table) => {
                let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                rows.flatten().for_each(&mut *change);
            }
            Block::Definitions(list) => {
                for item in &mut list.items {
                    change(&mut item.term);
                    item.meanings.iter_mut().for_each(|blocks| each_text_mut(blocks, change));
                }
            }
            other => other.parts_mut().into_iter().for_each(|blocks| each_text_mut(blocks, change)),
        }
    }
}
