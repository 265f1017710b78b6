//! Running text with just the escapes that keep it text.

use std::fmt::Write as _;

use crate::markdown::autolink;
use crate::markdown::signs::Signs;

/// Where a piece of text stands, as far as that decides on its escapes.
#[derive(Clone, Copy, Default)]
pub(super) struct Edges {
    /// Nothing stands before it on a line that could begin a block.
    pub(super) begins_line: bool,
    /// Its first or last character must be written as a reference: beside emphasis, or as white
    /// space at the edge of a line.
    pub(super) refer_first: bool,
    pub(super) refer_last: bool,
    /// It is the last piece of a heading.
    pub(super) ends_heading: bool,
    pub(super) before_link: bool,
    /// A footnote's number stands before it.
    pub(super) after_note: bool,
    pub(super) in_link: bool,
    pub(super) in_cell: bool,
}

/// Adds the text in its escaped form.
pub(super) fn write(text: &str, edges: Edges, out: &mut String) {
    let block_sign = if edges.begins_line { block_sign(text) } else { None };
    if edges.refer_first || edges.refer_last || edges.after_note || block_sign.is_some() {
        // Any character may need an escape at such an edge.
        write_at(text, text.char_indices().map(|(at, _)| at), block_sign, edges, out);
    } else {
        write_at(text, SIGNS.places(text), None, edges, out);
    }
}

/// Adds the text with the escapes that are needed at these places; all between them goes over in one piece.
fn write_at(
    text: &str,
    places: impl Iterator<Item = usize>,
    block_sign: Option<usize>,
    edges: Edges,
    out: &mut String,
) {
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    let mut pivots = None;
    let mut from = 0;
    for at in places {
        let Some(c) = text[at..].chars().next() else { break };
        // Behind a footnote's number even an escaped bracket is taken for the beginning of a label.
        let beside = at == 0 && (edges.refer_first || edges.after_note && c == '[');
        let referred = beside || at == last && edges.refer_last;
        if referred || is_control(c) {
            out.push_str(&text[from..at]);
            let _ = write!(out, "&#{};", u32::from(c));
            from = at + c.len_utf8();
            continue;
        }
        let in_address = !edges.in_link
            && autolink::is_mark(text, at)
            && pivots.get_or_insert_with(|| autolink::pivots(text)).binary_search(&at).is_ok();
        if in_address || block_sign == Some(at) || is_sign(text, at, c, edges) {
            out.push_str(&text[from..at]);
            out.push('\\');
            from = at;
        }
    }
    out.push_str(&text[from..]);
}

/// What may need an escape wherever it stands: what [`is_sign`] knows, and the marks of addresses.
const SIGNS: Signs = Signs::of(b"`[~]|\\<&!:(^#}*_@.");

/// Whether the text begins with something that stands for another character.
pub(super) fn begins_entity(text: &str) -> bool {
    let name = text.bytes().skip(1).take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    name > 0 && text.as_bytes().get(1 + name) == Some(&b';')
}

/// Whether the character `c` at this place needs an escape.
fn is_sign(text: &str, at: usize, c: char, edges: Edges) -> bool {
    let rest = &text[at..];
    let behind = at + c.len_utf8();
    let next = text[behind..].chars().next();
    match c {
        '`' | '[' | '~' => true,
        ']' => edges.in_link,
        '|' => edges.in_cell,
        '\\' => plain(text, behind, next, edges)
            .is_none_or(|next| next.is_ascii_punctuation() || is_control(next)),
        '<' => next.is_none_or(|next| next.is_ascii_graphic()) && !rest.starts_with("<= "),
        '&' => begins_entity(rest),
        '!' => next.is_none() && edges.before_link,
        ':' | '(' => at == 0 && edges.after_note,
        '^' => at == 0 && edges.in_link,
        '#' | '}' => next.is_none() && edges.ends_heading,
        '*' => !is_loose(text, at, edges),
        '_' => !is_inside_word(text, at, edges),
        _ => false,
    }
}

/// Control characters that readers take for white space, or for nothing; written as references.
fn is_control(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

/// An asterisk between two spaces marks nothing.
fn is_loose(text: &str, at: usize, edges: Edges) -> bool {
    before(text, at, edges) == Some(' ')
        && plain(text, at + 1, text[at + 1..].chars().next(), edges) == Some(' ')
}

/// Underscores between letters or digits mark nothing.
fn is_inside_word(text: &str, at: usize, edges: Edges) -> bool {
    // A run longer than this is not read to its end, so that many underscores take no square of time.
    let near = 7;
    let run = |bytes: &mut dyn Iterator<Item = u8>| bytes.take(near).take_while(|byte| *byte == b'_').count();
    let start = at - run(&mut text[..at].bytes().rev());
    let end = at + 1 + run(&mut text[at + 1..].bytes());
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    word(before(text, start, edges)) && word(plain(text, end, text[end..].chars().next(), edges))
}

/// The character that ends at this place, where it is written as itself.
fn before(text: &str, end: usize, edges: Edges) -> Option<char> {
    let c = text[..end].chars().next_back()?;
    plain(text, end - c.len_utf8(), Some(c), edges)
}

/// The character at this place, where it is written as itself.
fn plain(text: &str, at: usize, c: Option<char>, edges: Edges) -> Option<char> {
    let c = c?;
    let referred = at == 0 && edges.refer_first || at + c.len_utf8() == text.len() && edges.refer_last;
    (!referred).then_some(c)
}

/// The character to escape so that a line of this text begins no heading, list, quote, rule or table.
fn block_sign(text: &str) -> Option<usize> {
    let ends = |at: usize| text[at..].chars().next().is_none_or(char::is_whitespace);
    let first = text.chars().next()?;
    let second = text[first.len_utf8()..].chars().next();
    match first {
        '#' => {
            let run = text.bytes().take_while(|byte| *byte == b'#').count();
            (run <= 6 && ends(run)).then_some(0)
        }
        '>' => Some(0),
        '+' => ends(1).then_some(0),
        '-' => (ends(1) || second.is_some_and(|c| "-:|".contains(c))).then_some(0),
        '=' => (ends(1) || second == Some('=')).then_some(0),
        ':' => Some(0),
        '|' => text.chars().all(|c| "-:| \t".contains(c)).then_some(0),
        '0'..='9' => {
            let run = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
            (matches!(text.as_bytes().get(run), Some(b'.' | b')')) && ends(run + 1)).then_some(run)
        }
        _ => None,
    }
}
