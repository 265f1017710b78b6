//! What charts and forms share: the lines inside a fence, their parts with places, and how faults are told.

use std::borrow::Cow;
use std::ops::Range;

use super::front::nearest;

/// A fault inside a fence, at bytes of the fence's own text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

pub(super) fn fault(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Fault {
    Fault { at, message: message.into(), help: Some(help.into()) }
}

/// The help for a name that is not known: the one probably meant, else all that are.
pub(super) fn known(name: &str, known: &[&str], all: &str) -> String {
    match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{all} {}", known.join(", ")),
    }
}

/// Some words of the fence and where they stand.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) words: &'a str,
    pub(super) at: usize,
}

impl<'a> Piece<'a> {
    /// A part of a longer text, without the white space around it.
    pub(super) fn of(whole: &'a str, at: usize, range: Range<usize>) -> Self {
        let part = &whole[range.clone()];
        let lead = part.len() - part.trim_start().len();
        Piece { words: part.trim(), at: at + range.start + lead }
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.at..self.at + self.words.len()
    }

    pub(super) fn part(&self, range: Range<usize>) -> Self {
        Piece::of(self.words, self.at, range)
    }

    /// The parts between unescaped separators.
    pub(super) fn split(&self, separator: char) -> Vec<Piece<'a>> {
        let mut parts = Vec::new();
        let mut start = 0;
        let mut escaped = false;
        for (at, c) in self.words.char_indices() {
            if c == separator && !escaped {
                parts.push(self.part(start..at));
                start = at + c.len_utf8();
            }
            escaped = c == '\\' && !escaped;
        }
        parts.push(self.part(start..self.words.len()));
        parts
    }
}

/// The lines that are not empty.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(move |line| {
            let start = at;
            at += line.len();
            Piece::of(text, 0, start..at)
        })
        .filter(|line| !line.words.is_empty())
}

/// Backslashes only where reading would take one away or see a sign in the text.
pub(super) fn escape<'a>(text: &'a str, signs: &str) -> Cow<'a, str> {
    if !text.contains(|c| c == '\\' || signs.contains(c)) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let undone = c == '\\' && chars.peek().is_none_or(char::is_ascii_punctuation);
        if undone || signs.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out.into()
}
