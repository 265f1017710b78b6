//! A text as its smallest pieces: scalars as the parser saw them, and the signs and comments between them.

use std::ops::Range;

use crate::yaml::{Node, Style, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Quoted,
    /// A text of several lines behind `|` or `>`.
    Block,
    /// One of `{ } [ ] , : -`.
    Sign(char),
    /// From `#` to the end of its line.
    Comment,
    /// An anchor or a reference.
    Word,
    /// `---` or `...`.
    Marker,
}

/// A piece that holds no space of its own making; what lies between two of them is nothing but space.
#[derive(Clone, Debug)]
pub struct Atom {
    pub kind: Kind,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Line breaks between it and the atom before.
    pub breaks: usize,
    /// Characters before it on its line.
    pub column: usize,
    /// From 0.
    pub line: usize,
    /// Whether it is a key: a scalar with a colon behind it on its line.
    pub key: bool,
    /// Whether nothing stands before it on its line.
    pub leads: bool,
}

/// All pieces in their order; none where something stands between them that has no place in a pack.
pub fn atoms(text: &str, node: &Node) -> Option<Vec<Atom>> {
    let mut leaves = Vec::new();
    gather(node, &mut leaves);
    leaves.sort_by_key(|(range, _)| (range.start, range.end));
    // What is referred to stands in the tree several times.
    leaves.dedup();
    let mut cut = Cutter { text, out: Vec::new(), line: 0, begin: 0, breaks: 0, at: 0 };
    for (range, style) in leaves {
        if range.start < cut.at || range.end > text.len() {
            return None;
        }
        cut.between(range.start)?;
        match style {
            Style::Plain | Style::Quoted if cut.at < range.start => return None,
            Style::Plain => cut.push(Kind::Plain, range),
            Style::Quoted => cut.push(Kind::Quoted, range),
            // The parser begins a text of several lines behind its header.
            Style::Block => {
                let begin = cut.at;
                cut.push(Kind::Block, begin..block_end(text, begin, range.end)?);
            }
        }
    }
    cut.between(text.len())?;
    if cut.at < text.len() {
        return None;
    }
    let mut atoms = cut.out;
    for at in 1..atoms.len() {
        let colon = atoms[at].kind == Kind::Sign(':') && atoms[at].breaks == 0;
        let scalar = matches!(atoms[at - 1].kind, Kind::Plain | Kind::Quoted);
        atoms[at - 1].key = colon && scalar;
    }
    Some(atoms)
}

/// The scalars of a tree that take up any room. Trees are never deeper than the reader lets them be.
fn gather(node: &Node, out: &mut Vec<(Range<usize>, Style)>) {
    match &node.value {
        Value::Scalar(scalar) => {
            out.extend((node.span.start < node.span.end).then(|| (node.span.range(), scalar.style)))
        }
        Value::List { items, .. } => items.iter().for_each(|item| gather(item, out)),
        Value::Map { entries, .. } => {
            for entry in entries {
                // The style of a key is told by its first sign alone.
                out.extend(
                    (entry.key_span.start < entry.key_span.end)
                        .then(|| (entry.key_span.range(), Style::Plain)),
                );
                gather(&entry.value, out);
            }
        }
        Value::Broken => {}
    }
}

/// The end of a text of several lines whose header begins at a byte: its last line before `limit` that is no
/// shallower than its first.
fn block_end(text: &str, begin: usize, limit: usize) -> Option<usize> {
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at);
    let mut end = line_end(begin);
    let header = &text[begin..end];
    let sign = header.split([' ', '\t', '#']).next().unwrap_or("");
    // An indentation that is counted from the line above would have to be counted anew.
    if !sign.starts_with(['|', '>']) || sign.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    end = begin + header.trim_end().len();
    let mut indent = None;
    let mut at = line_end(begin) + 1;
    while at < limit {
        let line = &text[at..line_end(at)];
        let depth = line.len() - line.trim_start_matches(' ').len();
        if depth < line.len() {
            if depth < *indent.get_or_insert(depth) {
                break;
            }
            end = at + line.len();
        }
        at += line.len() + 1;
    }
    Some(end)
}

struct Cutter<'t> {
    text: &'t str,
    out: Vec<Atom>,
    line: usize,
    /// The byte at which the line begins.
    begin: usize,
    breaks: usize,
    at: usize,
}

impl Cutter<'_> {
    fn push(&mut self, kind: Kind, range: Range<usize>) {
        let column = self.text[self.begin..range.start].chars().count();
        let line = self.line;
        for (at, _) in self.text[range.clone()].match_indices('\n') {
            self.line += 1;
            self.begin = range.start + at + 1;
        }
        self.at = range.end;
        let breaks = std::mem::take(&mut self.breaks);
        let leads = breaks > 0 || self.out.is_empty();
        self.out.push(Atom { kind, range, breaks, column, line, key: false, leads });
    }

    /// The signs and comments up to a byte, or to the header of a text of several lines.
    fn between(&mut self, end: usize) -> Option<()> {
        while self.at < end {
            let rest = &self.text[self.at..end];
            let first = rest.chars().next()?;
            let lone = |sign: &str| {
                rest.strip_prefix(sign)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
            };
            match first {
                '\n' => {
                    self.breaks += 1;
                    self.line += 1;
                    self.at += 1;
                    self.begin = self.at;
                }
                ' ' | '\t' => self.at += 1,
                '#' => {
                    let line = rest.lines().next().unwrap_or("").trim_end();
                    self.push(Kind::Comment, self.at..self.at + line.len());
                }
                _ if self.at == self.begin && (lone("---") || lone("...")) => {
                    self.push(Kind::Marker, self.at..self.at + 3);
                }
                '-' if !lone("-") => return None,
                '{' | '}' | '[' | ']' | ',' | ':' | '-' => self.push(Kind::Sign(first), self.at..self.at + 1),
                '&' | '*' => {
                    let width =
                        rest.find(|c: char| c.is_whitespace() || "{}[],".contains(c)).unwrap_or(rest.len());
                    self.push(Kind::Word, self.at..self.at + width);
                }
                '|' | '>' => return Some(()),
                _ => return None,
            }
        }
        Some(())
    }
}
