//! What charts and forms share: the lines inside a fence, their parts with places, and how faults are told.

use std::borrow::Cow;
use std::ops::Range;

use super::front::nearest;

/// A fault inside a fence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Place,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At bytes of the fence's own text.
    Text(Range<usize>),
    /// At bytes of the words behind the fence's signs.
    Info(Range<usize>),
}

pub(super) fn fault(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Fault {
    Fault { at: Place::Text(at), message: message.into(), help: Some(help.into()) }
}

/// A fault in what stands behind the word that says what the fence is, or at that word where nothing does.
pub(super) fn fault_behind_name(info: &str, message: impl Into<String>, help: impl Into<String>) -> Fault {
    let end = info.trim_end().len();
    let begin = info.len() - info.trim_start().len();
    let behind = info[begin..end].find(char::is_whitespace).map_or(end, |space| begin + space);
    let rest = &info[behind..end];
    let at = end - rest.trim_start().len();
    let at = if rest.is_empty() { begin..end } else { at..end };
    Fault { at: Place::Info(at), message: message.into(), help: Some(help.into()) }
}

#[cfg(test)]
impl Fault {
    /// The words of the fence at which it stands.
    pub(super) fn words<'a>(&self, info: &'a str, text: &'a str) -> &'a str {
        match &self.at {
            Place::Text(at) => &text[at.clone()],
            Place::Info(at) => &info[at.clone()],
        }
    }
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
