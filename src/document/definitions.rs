//! Lists of words with their meanings.

use super::{Block, Inline};

/// Words in order, each with one meaning or more.
#[derive(Clone, Debug, PartialEq)]
pub struct Definitions {
    /// Whether the meanings stand close to their words, without space between.
    pub tight: bool,
    pub items: Vec<Definition>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub term: Vec<Inline>,
    pub meanings: Vec<Vec<Block>>,
}
