//! A file cut into pieces at the borders of its records.

use memchr::{memchr, memchr_iter, memchr3, memrchr};

use crate::files::{Stream, WorldError};

/// Bytes that are read at once.
const BLOCK: usize = 64 * 1024;

/// Bytes of the longest record; more is a quote that is never closed.
pub const LONGEST: usize = 64 * 1024 * 1024;

/// How records end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Records {
    /// At each line break.
    Lines,
    /// At each line break outside of quotes.
    Csv,
}

/// Whole records.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    pub number: usize,
    /// Ends with a line break, which the last one of the file may lack there.
    pub bytes: Vec<u8>,
    /// The place of its first byte in the file.
    pub offset: u64,
    /// The line of the file, from 1, that it begins.
    pub line: usize,
    /// The row of the table, as a spreadsheet counts, that it begins.
    pub row: usize,
    /// Whether each line is a record: no quotes, no lone carriage returns.
    pub plain: bool,
}

/// Cuts a file.
pub struct Splitter {
    stream: Stream,
    records: Records,
    rest: Vec<u8>,
    next: Piece,
    ended: bool,
}

impl Splitter {
    /// `head` is what was read already: those bytes of the file, with its lines and rows, are passed over.
    pub fn new(stream: Stream, records: Records, start: Start) -> Splitter {
        let next = Piece { offset: start.offset, line: start.line, row: start.row, ..Piece::default() };
        Splitter { stream, records, rest: start.rest, next, ended: false }
    }

    /// The next piece; none at the end of the file.
    pub fn piece(&mut self) -> Result<Option<Piece>, WorldError> {
        loop {
            if !self.ended {
                // A long record is not looked through again for each small block.
                let block = BLOCK.max(self.rest.len());
                self.ended = self.stream.read(&mut self.rest, block)? < block;
            }
            if self.rest.is_empty() {
                return Ok(None);
            }
            let (plain, cut) = self.cut();
            if cut.end == 0 && !self.ended {
                if self.rest.len() > 2 * LONGEST {
                    return Err(self.stream.refuse("a row is longer than 64 MB"));
                }
                continue;
            }
            let end = if self.ended { self.rest.len() } else { cut.end };
            let rest = self.rest.split_off(end);
            let mut bytes = std::mem::replace(&mut self.rest, rest);
            let lines = memchr_iter(b'\n', &bytes).count();
            let piece = Piece { plain, ..self.next.clone() };
            self.next.number += 1;
            self.next.offset += bytes.len() as u64;
            self.next.line += lines;
            self.next.row += cut.rows;
            if bytes.last() != Some(&b'\n') {
                bytes.push(b'\n');
            }
            return Ok(Some(Piece { bytes, ..piece }));
        }
    }

    fn cut(&self) -> (bool, Cut) {
        let bytes = self.rest.as_slice();
        let lone = || memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'));
        if self.records == Records::Lines || (memchr(b'"', bytes).is_none() && !lone()) {
            let end = memrchr(b'\n', bytes).map_or(0, |at| at + 1);
            return (true, Cut { end, rows: memchr_iter(b'\n', &bytes[..end]).count() });
        }
        (false, cut(bytes, self.ended))
    }
}

/// Where a file goes on behind its head.
#[derive(Clone, Debug)]
pub struct Start {
    pub offset: u64,
    pub line: usize,
    pub row: usize,
    /// Bytes from there that were read already.
    pub rest: Vec<u8>,
}

/// A place between two records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    pub end: usize,
    /// How many rows lie before it, empty ones counted.
    pub rows: usize,
}

/// Behind the last whole record. `whole` is whether nothing follows the bytes.
pub fn cut(bytes: &[u8], whole: bool) -> Cut {
    let mut cut = Cut::default();
    while let Some(end) = pass_empty(bytes, cut.end, whole).or_else(|| record(bytes, cut.end, whole)) {
        cut = Cut { end, rows: cut.rows + 1 };
    }
    cut
}

/// Behind one line break; none where none stands there, or where it is not all there yet.
pub fn pass_empty(bytes: &[u8], at: usize, whole: bool) -> Option<usize> {
    match bytes.get(at)? {
        b'\n' => Some(at + 1),
        b'\r' => match bytes.get(at + 1) {
            Some(b'\n') => Some(at + 2),
            Some(_) => Some(at + 1),
            None => whole.then_some(at + 1),
        },
        _ => None,
    }
}

/// Behind the record that begins at a byte; none where its end is not there yet.
pub fn record(bytes: &[u8], start: usize, whole: bool) -> Option<usize> {
    let end = bytes.len();
    if start >= end || matches!(bytes[start], b'\n' | b'\r') {
        return None;
    }
    let mut at = start;
    loop {
        let cell = at;
        if bytes.get(at) == Some(&b'"') {
            // A stray quote swallows what follows: the next record is looked for on the next line.
            let next_line =
                || memchr(b'\n', &bytes[cell..]).map_or(whole.then_some(end), |line| Some(cell + line + 1));
            loop {
                let Some(quote) = memchr(b'"', bytes.get(at + 1..).unwrap_or(&[])) else {
                    let given_up = whole || end - cell > LONGEST;
                    return if given_up { next_line() } else { None };
                };
                at += quote + 2;
                match bytes.get(at) {
                    Some(b'"') => {}
                    None if !whole => return None,
                    None => return Some(end),
                    Some(b',' | b'\n' | b'\r') => break,
                    Some(_) => return next_line(),
                }
            }
        } else {
            match memchr3(b',', b'\n', b'\r', &bytes[at.min(end)..]) {
                Some(sign) => at += sign,
                None => return whole.then_some(end),
            }
        }
        if bytes[at] != b',' {
            return pass_empty(bytes, at, whole);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::slice;

    #[test]
    fn records_end_where_the_reader_of_tables_says() {
        let texts = [
            "a,b\nc,d\n",
            "a,\"b\nc\",d\r\ne\r\nf",
            "a,\"b\"c\nd,\"e\nf\n",
            "\"\",\"\"\"\"\n\"a\"\n\"",
            "a\rb,c\r\rd",
            "a,\n\"b",
            "a,b\"c\"\n,,\n",
            "\"a\",\"b\",\n\"c\"\"\",d\n",
        ];
        for text in texts {
            let (mut at, mut ends) = (0, Vec::new());
            while at < text.len() {
                if let Some(next) = pass_empty(text.as_bytes(), at, true) {
                    at = next;
                    continue;
                }
                at = slice(text, at).next;
                ends.push(at);
            }
            let (mut at, mut own) = (0, Vec::new());
            while at < text.len() {
                if let Some(next) = pass_empty(text.as_bytes(), at, true) {
                    at = next;
                    continue;
                }
                at = record(text.as_bytes(), at, true).unwrap();
                own.push(at);
            }
            assert_eq!(own, ends, "{text:?}");
            // However much of the text is there, a cut never goes through a record.
            for length in 0..text.len() {
                let Cut { end, .. } = cut(&text.as_bytes()[..length], false);
                let between = end == 0 || ends.contains(&end) || text[..end].ends_with(['\n', '\r']);
                assert!(between, "{text:?} {length}");
            }
        }
    }
}
