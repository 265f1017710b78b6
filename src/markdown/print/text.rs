//! Running text with just the escapes that keep it text.

use std::fmt::Write as _;

use crate::markdown::autolink;

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
    let chars: Vec<char> = text.chars().collect();
    let last = chars.len().saturating_sub(1);
    let pivots = if edges.in_link { Vec::new() } else { autolink::pivots(text) };
    let mut pivots = pivots.iter().peekable();
    let block_sign = if edges.begins_line { block_sign(&chars) } else { None };
    let mut offset = 0;
    for (index, &c) in chars.iter().enumerate() {
        // Behind a footnote's number even an escaped bracket is taken for the beginning of a label.
        let beside = index == 0 && (edges.refer_first || edges.after_note && c == '[');
        let referred = beside || index == last && edges.refer_last;
        if referred || is_control(c) {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            let pivot = pivots.next_if(|pivot| **pivot <= offset).is_some_and(|pivot| *pivot == offset);
            if pivot || block_sign == Some(index) || is_sign(&chars, index, &text[offset..], edges) {
                out.push('\\');
            }
            out.push(c);
        }
        offset += c.len_utf8();
    }
}

/// Whether the text begins with something that stands for another character.
pub(super) fn begins_entity(text: &str) -> bool {
    let name = text.bytes().skip(1).take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    name > 0 && text.as_bytes().get(1 + name) == Some(&b';')
}

fn is_sign(chars: &[char], index: usize, rest: &str, edges: Edges) -> bool {
    let last = index + 1 == chars.len();
    let next = chars.get(index + 1).copied();
    match chars[index] {
        '`' | '[' | '~' => true,
        ']' => edges.in_link,
        '|' => edges.in_cell,
        '\\' => {
            plain(chars, index + 1, edges).is_none_or(|next| next.is_ascii_punctuation() || is_control(next))
        }
        '<' => next.is_none_or(|next| next.is_ascii_graphic()) && !rest.starts_with("<= "),
        '&' => begins_entity(rest),
        '!' => last && edges.before_link,
        ':' | '(' => index == 0 && edges.after_note,
        '^' => index == 0 && edges.in_link,
        '#' | '}' => last && edges.ends_heading,
        '*' => !is_loose(chars, index, edges),
        '_' => !is_inside_word(chars, index, edges),
        _ => false,
    }
}

/// Control characters that readers take for white space, or for nothing; written as references.
fn is_control(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

/// An asterisk between two spaces marks nothing.
fn is_loose(chars: &[char], index: usize, edges: Edges) -> bool {
    let space = |at: usize| plain(chars, at, edges).is_some_and(|c| c == ' ');
    index > 0 && space(index - 1) && space(index + 1)
}

/// Underscores between letters or digits mark nothing.
fn is_inside_word(chars: &[char], index: usize, edges: Edges) -> bool {
    let word = |at: usize| plain(chars, at, edges).is_some_and(char::is_alphanumeric);
    // A run longer than this is not read to its end, so that many underscores take no square of time.
    let near = 8;
    let before = (1..=near).find(|step| index < *step || chars[index - step] != '_');
    let after = (1..=near).find(|step| chars.get(index + step) != Some(&'_'));
    match (before, after) {
        (Some(before), Some(after)) => index >= before && word(index - before) && word(index + after),
        _ => false,
    }
}

/// The character as it is written, where it is written as itself.
fn plain(chars: &[char], at: usize, edges: Edges) -> Option<char> {
    let referred = at == 0 && edges.refer_first || at + 1 == chars.len() && edges.refer_last;
    chars.get(at).copied().filter(|_| !referred)
}

/// The character to escape so that a line of this text begins no heading, list, quote, rule or table.
fn block_sign(chars: &[char]) -> Option<usize> {
    let ends = |at: usize| chars.get(at).is_none_or(|c| c.is_whitespace());
    match chars.first()? {
        '#' => {
            let run = chars.iter().take_while(|c| **c == '#').count();
            (run <= 6 && ends(run)).then_some(0)
        }
        '>' => Some(0),
        '+' => ends(1).then_some(0),
        '-' => (ends(1) || chars.get(1).is_some_and(|c| "-:|".contains(*c))).then_some(0),
        '=' => (ends(1) || chars.get(1) == Some(&'=')).then_some(0),
        ':' => Some(0),
        '|' => chars.iter().all(|c| "-:| \t".contains(*c)).then_some(0),
        c if c.is_ascii_digit() => {
            let run = chars.iter().take(10).take_while(|c| c.is_ascii_digit()).count();
            (matches!(chars.get(run), Some('.' | ')')) && ends(run + 1)).then_some(run)
        }
        _ => None,
    }
}
