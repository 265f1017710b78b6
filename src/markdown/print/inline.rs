//! Running text with emphasis, links and code → Markdown that is read back as the same.
//!
//! 1. The tree is laid out as a row of pieces.
//! 2. Emphasis that touches strong emphasis is marked with `_`, all other with `*`.
//! 3. Where a mark could not open or close beside its neighbour, that neighbour is written as a
//!    character reference, beside which every mark works.
//! 4. The pieces are written, texts with the escapes they need.

use std::fmt::Write as _;

use super::span;
use super::text::{self, Edges};
use crate::document::Inline;

/// What the text is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On lines of its own, broken where the tree has breaks.
    Paragraph,
    Heading,
    /// A word that definitions follow.
    Term,
    Cell,
}

impl Place {
    /// Whether a sign at the beginning could open a block.
    fn begins_line(self) -> bool {
        matches!(self, Place::Paragraph | Place::Term)
    }
}

/// Adds the text as Markdown, without a newline at its end.
pub(super) fn write(inlines: &[Inline], place: Place, out: &mut String) {
    if let [Inline::Text(text)] = inlines {
        // Nothing stands beside it: most paragraphs and cells are words alone.
        let edges = Edges {
            begins_line: place.begins_line(),
            refer_first: text.starts_with(char::is_whitespace),
            refer_last: text.ends_with(char::is_whitespace),
            ends_heading: place == Place::Heading,
            in_cell: place == Place::Cell,
            ..Edges::default()
        };
        return text::write(text, edges, out);
    }
    let mut pieces = Vec::new();
    lay_out(inlines, place, false, &mut pieces);
    choose_marks(&mut pieces);
    refer_at_lines(&mut pieces);
    refer_at_marks(&mut pieces);
    for index in 0..pieces.len() {
        match &pieces[index] {
            Piece::Text { text, refer_first, refer_last, in_link } => {
                let before = index.checked_sub(1).map(|before| &pieces[before]);
                let edges = Edges {
                    begins_line: place.begins_line() && matches!(before, None | Some(Piece::Break(_))),
                    refer_first: *refer_first,
                    refer_last: *refer_last,
                    ends_heading: place == Place::Heading && index + 1 == pieces.len(),
                    before_link: match pieces.get(index + 1) {
                        Some(Piece::Raw(raw)) => raw.starts_with('['),
                        Some(Piece::Note(_)) => true,
                        _ => false,
                    },
                    after_note: matches!(before, Some(Piece::Note(_))),
                    in_link: *in_link,
                    in_cell: place == Place::Cell,
                };
                text::write(text, edges, out);
            }
            Piece::Mark { sign, .. } => out.push_str(sign),
            Piece::Raw(raw) => out.push_str(raw),
            Piece::Note(index) => {
                let _ = write!(out, "[^{}]", index + 1);
            }
            Piece::Break(raw) => out.push_str(raw),
        }
    }
}

enum Piece<'a> {
    Text {
        text: &'a str,
        refer_first: bool,
        refer_last: bool,
        in_link: bool,
    },
    /// The beginning or the end of a styled run.
    Mark {
        sign: &'static str,
        opens: bool,
        /// For emphasis, where its other mark stands.
        partner: usize,
    },
    /// Written as it is; begins and ends with ASCII punctuation.
    Raw(String),
    /// The number of a footnote.
    Note(usize),
    Break(&'static str),
}

fn lay_out<'a>(inlines: &'a [Inline], place: Place, in_link: bool, pieces: &mut Vec<Piece<'a>>) {
    let in_cell = place == Place::Cell;
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                pieces.push(Piece::Text { text, refer_first: false, refer_last: false, in_link });
            }
            Inline::Code(text) => pieces.push(Piece::Raw(span::code(text, in_cell))),
            Inline::Emphasis(inner) => styled("*", inner, place, in_link, pieces),
            Inline::Strong(inner) => styled("**", inner, place, in_link, pieces),
            Inline::Strike(inner) => styled("~~", inner, place, in_link, pieces),
            Inline::Link { to, title, text } => {
                if let [Inline::Text(words)] = text.as_slice()
                    && title.is_empty()
                    && span::is_automatic(to, words)
                {
                    pieces.push(Piece::Raw(format!("<{words}>")));
                    continue;
                }
                pieces.push(Piece::Raw("[".to_owned()));
                lay_out(text, place, true, pieces);
                pieces.push(Piece::Raw(format!("]{}", span::target(to, title, in_cell))));
            }
            Inline::Image { from, title, alt } => {
                let mut words = String::new();
                text::write(alt, Edges { in_link: true, in_cell, ..Edges::default() }, &mut words);
                pieces.push(Piece::Raw(format!("![{words}]{}", span::target(from, title, in_cell))));
            }
            Inline::NoteRef(index) => pieces.push(Piece::Note(*index)),
            Inline::SoftBreak => pieces.push(Piece::Break("\n")),
            Inline::HardBreak => pieces.push(Piece::Break("\\\n")),
        }
    }
}

fn styled<'a>(
    sign: &'static str,
    inner: &'a [Inline],
    place: Place,
    in_link: bool,
    pieces: &mut Vec<Piece<'a>>,
) {
    let start = pieces.len();
    pieces.push(Piece::Mark { sign, opens: true, partner: 0 });
    lay_out(inner, place, in_link, pieces);
    let end = pieces.len();
    pieces.push(Piece::Mark { sign, opens: false, partner: start });
    if let Piece::Mark { partner, .. } = &mut pieces[start] {
        *partner = end;
    }
}

/// Emphasis takes `_` where its `*` would run together with the marks of strong emphasis. The one run that
/// is read as it is meant is `***both***`.
fn choose_marks(pieces: &mut [Piece<'_>]) {
    for start in 0..pieces.len() {
        let Piece::Mark { sign: "*", opens: true, partner: end } = pieces[start] else { continue };
        let strong = |at: Option<usize>| match at.and_then(|at| pieces.get(at)) {
            Some(Piece::Mark { sign: "**", partner, .. }) => Some(*partner),
            _ => None,
        };
        let outside = strong(start.checked_sub(1)).or(strong(end.checked_add(1)));
        let inside = strong(start.checked_add(1)).or(strong(end.checked_sub(1)));
        let both = outside.is_none() && strong(start.checked_add(1)) == end.checked_sub(1);
        if (outside.is_some() || inside.is_some()) && !both {
            for at in [start, end] {
                if let Piece::Mark { sign, .. } = &mut pieces[at] {
                    *sign = "_";
                }
            }
        }
    }
}

/// White space at the edge of a line would be trimmed away.
fn refer_at_lines(pieces: &mut [Piece<'_>]) {
    for index in 0..pieces.len() {
        let first = index == 0 || matches!(pieces[index - 1], Piece::Break(_));
        let last = matches!(pieces.get(index + 1), None | Some(Piece::Break(_)));
        if let Piece::Text { text, refer_first, refer_last, .. } = &mut pieces[index] {
            *refer_first |= first && text.starts_with(char::is_whitespace);
            *refer_last |= last && text.ends_with(char::is_whitespace);
        }
    }
}

/// Marks that open look to their left, so the change they ask for travels left; those that close, right.
fn refer_at_marks(pieces: &mut [Piece<'_>]) {
    for index in (0..pieces.len()).rev() {
        let Piece::Mark { sign, opens: true, .. } = pieces[index] else { continue };
        if right(pieces, index) == Kind::Space {
            refer(pieces, index + 1, Side::First);
        }
        let before = left(pieces, index);
        let firm = matches!(before, Kind::Space | Kind::Punctuation);
        if !firm && (sign == "_" || right(pieces, index) != Kind::Word) {
            refer(pieces, index.wrapping_sub(1), Side::Last);
        }
    }
    for index in 0..pieces.len() {
        let Piece::Mark { sign, opens: false, .. } = pieces[index] else { continue };
        if left(pieces, index) == Kind::Space {
            refer(pieces, index.wrapping_sub(1), Side::Last);
        }
        let after = right(pieces, index);
        let firm = matches!(after, Kind::Space | Kind::Punctuation);
        if !firm && (sign == "_" || left(pieces, index) != Kind::Word) {
            refer(pieces, index + 1, Side::First);
        }
    }
}

enum Side {
    First,
    Last,
}

fn refer(pieces: &mut [Piece<'_>], index: usize, side: Side) {
    if let Some(Piece::Text { refer_first, refer_last, .. }) = pieces.get_mut(index) {
        match side {
            Side::First => *refer_first = true,
            Side::Last => *refer_last = true,
        }
    }
}

/// What a character is to a mark beside it. `Unsure` are those that readers sort in different ways.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Punctuation,
    Word,
    Unsure,
}

fn kind(c: Option<char>) -> Kind {
    match c {
        None => Kind::Space,
        Some(c) if c.is_ascii_punctuation() => Kind::Punctuation,
        Some(c) if c.is_whitespace() => Kind::Space,
        Some(c) if c.is_alphanumeric() => Kind::Word,
        // Written as a reference.
        Some(c) if c.is_ascii_control() => Kind::Punctuation,
        Some(_) => Kind::Unsure,
    }
}

/// The character before the piece, as it will be written.
fn left(pieces: &[Piece<'_>], index: usize) -> Kind {
    match index.checked_sub(1).map(|before| &pieces[before]) {
        None | Some(Piece::Break(_)) => Kind::Space,
        Some(Piece::Mark { .. } | Piece::Raw(_) | Piece::Note(_)) => Kind::Punctuation,
        Some(Piece::Text { text, refer_first, refer_last, .. }) => {
            let referred = *refer_last || *refer_first && text.chars().nth(1).is_none();
            if referred { Kind::Punctuation } else { kind(text.chars().next_back()) }
        }
    }
}

/// The character behind the piece, as it will be written.
fn right(pieces: &[Piece<'_>], index: usize) -> Kind {
    match pieces.get(index + 1) {
        None => Kind::Space,
        // A hard break begins with a backslash.
        Some(Piece::Break(raw)) => kind(raw.chars().next()),
        Some(Piece::Mark { .. } | Piece::Raw(_) | Piece::Note(_)) => Kind::Punctuation,
        Some(Piece::Text { text, refer_first, refer_last, .. }) => {
            let referred = *refer_first || *refer_last && text.chars().nth(1).is_none();
            if referred { Kind::Punctuation } else { kind(text.chars().next()) }
        }
    }
}
