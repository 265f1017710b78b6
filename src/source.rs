//! Named texts and places in them: what every message points at.

use std::sync::Arc;

/// A text with the name under which messages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As the author would type it, with `/` between folders on every system.
    pub name: String,
    pub text: Arc<str>,
    /// The line of its file on which it begins, from 1: more where it is only a part of one.
    pub first_line: usize,
}

/// Which of the [`Sources`] a span lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A stretch of bytes in one source; `end` is outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Span {
        Span { source, start: range.start as u32, end: range.end as u32 }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// A part of this span, given in bytes from its start.
    pub fn part(self, range: std::ops::Range<usize>) -> Span {
        let start = self.start + range.start as u32;
        let end = self.start + range.end as u32;
        Span { start: start.min(self.end), end: end.min(self.end), ..self }
    }

    /// The smallest span that holds both; the other must lie in the same source.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end), ..self }
    }
}

/// All texts of one run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
    /// For each text the bytes at which its lines begin, so that a place is found without reading it again.
    lines: Vec<Vec<u32>>,
    /// For each text what it leaves out.
    gaps: Vec<Option<Gap>>,
}

/// Lines that a text leaves out, so that places are still those of the whole file.
#[derive(Clone, Copy, Debug)]
struct Gap {
    /// The first byte behind them; it begins a line.
    at: u32,
    /// How many they are.
    lines: usize,
}

impl Sources {
    /// Adds a text. A byte order mark at its start is no part of it.
    pub fn add(&mut self, name: impl Into<String>, text: impl AsRef<str>) -> SourceId {
        let text = text.as_ref();
        self.add_part(name, Arc::from(text.strip_prefix('\u{feff}').unwrap_or(text)), 1)
    }

    /// Adds a part of a file, which begins on a line of it: its places are told as those of the file.
    pub fn add_part(&mut self, name: impl Into<String>, text: Arc<str>, first_line: usize) -> SourceId {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        self.lines.push(std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect());
        self.list.push(Source { name: name.into(), text, first_line });
        self.gaps.push(None);
        SourceId(self.list.len() as u32 - 1)
    }

    /// Adds two pieces of a large file, its head and a later one that begins at `line`, from 1: places in both
    /// are told as if the whole stood here.
    pub fn add_pieces(&mut self, name: impl Into<String>, head: &str, piece: &str, line: usize) -> SourceId {
        let head = head.strip_prefix('\u{feff}').unwrap_or(head);
        let id = self.add(name, format!("{head}{piece}"));
        let own = head.bytes().filter(|byte| *byte == b'\n').count() + 1;
        self.gaps[id.0 as usize] = Some(Gap { at: head.len() as u32, lines: line.saturating_sub(own) });
        id
    }

    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.0 as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().enumerate().map(|(at, source)| (SourceId(at as u32), source))
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.range()).unwrap_or("")
    }

    /// The line and column, both from 1; columns count characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let text = &self.get(span.source).text;
        let mut start = (span.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let begin = self.lines[span.source.0 as usize][self.own_line(span.source, start) - 1] as usize;
        (self.line(span.source, start), text[begin..start].chars().count() + 1)
    }

    /// The line, from 1, that holds a byte.
    pub fn line(&self, source: SourceId, at: usize) -> usize {
        let left_out = match self.gaps[source.0 as usize] {
            Some(gap) if at >= gap.at as usize => gap.lines,
            _ => 0,
        };
        self.own_line(source, at) + left_out + self.get(source).first_line - 1
    }

    /// The line as if nothing were left out.
    fn own_line(&self, source: SourceId, at: usize) -> usize {
        self.lines[source.0 as usize].partition_point(|begin| *begin as usize <= at)
    }

    /// `file:line:column`.
    pub fn place(&self, span: Span) -> String {
        let (line, column) = self.position(span);
        format!("{}:{line}:{column}", self.get(span.source).name)
    }
}

/// A text with its edits made; they do not overlap.
pub fn edited(text: &str, mut edits: Vec<(std::ops::Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(text.get(at..range.start).unwrap_or(""));
        out.push_str(&new);
        at = range.end.max(at);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "\u{feff}a: é\r\nb: 2\n");
        assert_eq!(sources.place(Span::new(id, 0..1)), "a.yaml:1:1");
        assert_eq!(sources.place(Span::new(id, 5..6)), "a.yaml:1:5");
        assert_eq!(sources.place(Span::new(id, 10..11)), "a.yaml:2:4");
        assert_eq!(sources.slice(Span::new(id, 3..5)), "é");
    }

    #[test]
    fn pieces_keep_the_lines_of_the_whole() {
        let mut sources = Sources::default();
        let id = sources.add_pieces("a.csv", "\u{feff}id,x\n", "b,2\nc,3\n", 900);
        for (text, place) in
            [("id", "a.csv:1:1"), ("x", "a.csv:1:4"), ("2", "a.csv:900:3"), ("c", "a.csv:901:1")]
        {
            let at = sources.get(id).text.find(text).unwrap();
            assert_eq!(sources.place(Span::new(id, at..at + 1)), place);
        }
    }

    #[test]
    fn edits_are_made_in_their_order() {
        let edits = vec![(4..5, "X".to_owned()), (0..1, String::new()), (2..2, "+".to_owned())];
        assert_eq!(edited("abcdef", edits), "b+cdXf");
    }

    #[test]
    fn a_part_of_a_file_has_the_places_of_the_file() {
        let mut sources = Sources::default();
        let id = sources.add_part("a.csv", Arc::from("x,é,y\nz"), 40);
        assert_eq!(sources.place(Span::new(id, 5..6)), "a.csv:40:5");
        assert_eq!(sources.place(Span::new(id, 7..8)), "a.csv:41:1");
    }
}
