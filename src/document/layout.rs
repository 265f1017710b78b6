//! How parts of a page are laid out, and what a facilitator is told to say and do.

use super::Block;

/// Blocks laid out in another way than one below the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    pub kind: LayoutKind,
    /// Columns and cards have several parts, every other kind has one.
    pub parts: Vec<Vec<Block>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutKind {
    /// Parts side by side. The numbers are shares of the width, one a part; empty where all are equal.
    Columns(Vec<u8>),
    /// Boxes in a grid, so many in a row.
    Cards(u8),
    /// Not parted between two pages where one page can hold it.
    Keep,
    /// A passage in another language, by its BCP 47 tag.
    Language(String),
    /// A step of a facilitator's guide; the note is a few words such as `10 min`, often empty.
    Cue { cue: Cue, note: String },
}

impl LayoutKind {
    /// The most parts that stand side by side.
    pub const WIDEST: u8 = 4;
    /// The largest share of a column.
    pub const LARGEST_SHARE: u8 = 9;

    /// Whether it may have several parts.
    pub fn is_parted(&self) -> bool {
        matches!(self, LayoutKind::Columns(_) | LayoutKind::Cards(_))
    }
}

/// What a box of a facilitator's guide is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    Say,
    Do,
    Ask,
    Time,
}

impl Cue {
    pub const ALL: [Cue; 4] = [Cue::Say, Cue::Do, Cue::Ask, Cue::Time];

    /// The word printed on the box.
    pub fn label(self) -> &'static str {
        match self {
            Cue::Say => "Say",
            Cue::Do => "Do",
            Cue::Ask => "Ask",
            Cue::Time => "Time",
        }
    }
}

impl Layout {
    /// All blocks in reading order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.parts.iter().flatten()
    }
}
