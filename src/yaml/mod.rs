//! YAML (and JSON, its subset) as a tree in which every piece knows its place.
//!
//! The parser below serde-saphyr gives events with spans; reading them ourselves, rather than through
//! serde, is what lets one run tell every fault, keep numbers as the text that was typed, and see
//! where YAML would silently change the meaning.

mod commas;
mod read;
mod recover;
mod scalar;

pub use read::read;
pub use recover::{quoted, removal, split_outside_brackets};
pub use scalar::{Within, in_quotes, plain, scalar, unprintable};

use crate::source::Span;

/// One value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Scalar(Scalar),
    List {
        items: Vec<Node>,
        /// Written in brackets.
        flow: bool,
    },
    Map {
        entries: Vec<Entry>,
        /// Written in braces.
        flow: bool,
    },
    /// Stood where the text could not be read; the fault is told already.
    Broken,
}

/// Text, as typed; what it means is the reader's to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    pub text: String,
    pub style: Style,
    /// Whether a comment cut a plain text short on its line.
    pub cut: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Quoted,
    Block,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Node,
}

impl Node {
    /// The text of a scalar that is not null.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) if !self.is_null() => Some(&scalar.text),
            _ => None,
        }
    }

    /// Nothing was written, or `~` or `null` without quotes.
    pub fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar(scalar) => {
                scalar.style == Style::Plain && matches!(scalar.text.as_str(), "" | "~" | "null")
            }
            _ => false,
        }
    }

    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map { entries, .. } => Some(entries),
            _ => None,
        }
    }

    pub fn items(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List { items, .. } => Some(items),
            _ => None,
        }
    }

    /// The value of a key, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// What it is, for messages: "a list", "a map", "text", "nothing".
    pub fn what(&self) -> &'static str {
        match &self.value {
            Value::Scalar(_) if self.is_null() => "nothing",
            Value::Scalar(_) => "text",
            Value::List { .. } => "a list",
            Value::Map { .. } => "a map",
            Value::Broken => "something unreadable",
        }
    }
}
