//! A stretch of a file as text, grown until what is looked for lies in it as a whole.

use crate::files::{MAX_TEXT, Stretches, WorldError};

/// Bytes read at once, at first; few in tests, so that every end of a stretch is met.
const STEP: usize = if cfg!(test) { 16 } else { 64 * 1024 };

/// Text of a file from some place on.
pub struct Window<'f> {
    file: &'f mut Stretches,
    /// Where in the file the text begins.
    pub at: u64,
    /// On which line, from 1.
    pub line: usize,
    pub text: String,
    /// Whether nothing comes behind the text.
    pub end: bool,
    /// Bytes behind the text that are no whole character yet.
    rest: Vec<u8>,
}

/// Bytes that are no text.
#[derive(Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// The line with U+FFFD for what is none.
    pub lossy: String,
    /// Where in `lossy` the first such sign stands.
    pub at: usize,
    pub line: usize,
    /// Whether it looks like UTF-16.
    pub utf16: bool,
}

/// Why a window cannot grow.
#[derive(Debug)]
pub enum Stuck {
    World(WorldError),
    NotUtf8(NotUtf8),
    /// It is as large as a text may be.
    TooLarge,
}

impl<'f> Window<'f> {
    /// At the beginning of a file; a byte order mark is passed over.
    pub fn new(file: &'f mut Stretches) -> Result<Window<'f>, Stuck> {
        let mut window = Window { file, at: 0, line: 1, text: String::new(), end: false, rest: Vec::new() };
        window.grow()?;
        if window.text.starts_with('\u{feff}') {
            window.text.drain(..'\u{feff}'.len_utf8());
            window.at = '\u{feff}'.len_utf8() as u64;
        }
        Ok(window)
    }

    /// Leaves so many bytes behind.
    pub fn pass(&mut self, bytes: usize) {
        self.line += newlines(&self.text[..bytes]);
        self.text.drain(..bytes);
        self.at += bytes as u64;
    }

    /// Reads on: as much again as is there, so that the way to a far end is walked only once or twice.
    pub fn grow(&mut self) -> Result<(), Stuck> {
        if self.text.len() as u64 >= MAX_TEXT {
            return Err(Stuck::TooLarge);
        }
        let behind = self.at + (self.text.len() + self.rest.len()) as u64;
        let read = self.file.read(behind, self.text.len().max(STEP), &mut self.rest).map_err(Stuck::World)?;
        self.end = read == 0;
        match std::str::from_utf8(&self.rest) {
            Ok(text) => {
                self.text.push_str(text);
                self.rest.clear();
            }
            Err(error) if error.error_len().is_none() && !self.end => {
                let whole = error.valid_up_to();
                self.text.push_str(&String::from_utf8_lossy(&self.rest[..whole]));
                self.rest.drain(..whole);
            }
            Err(error) => return Err(Stuck::NotUtf8(self.not_utf8(error.valid_up_to()))),
        }
        Ok(())
    }

    /// The line in which `rest` is no text any more, from a byte on.
    fn not_utf8(&self, valid: usize) -> NotUtf8 {
        let bytes = [self.text.as_bytes(), &self.rest].concat();
        let wrong = self.text.len() + valid;
        let start = bytes[..wrong].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = bytes[wrong..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| wrong + at);
        let own = &bytes[start..end];
        let mark = if self.at == 0 && start == 0 && own.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        NotUtf8 {
            lossy: String::from_utf8_lossy(&own[mark..]).into_owned(),
            at: wrong - start - mark,
            line: self.line + bytes[..start].iter().filter(|byte| **byte == b'\n').count(),
            utf16: self.at == 0 && (bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])),
        }
    }
}

/// How many lines end in a text.
pub fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stuck(bytes: &[u8]) -> NotUtf8 {
        let mut file = Stretches::of("x", bytes.to_vec());
        match Window::new(&mut file).and_then(|mut window| window.grow().map(|()| window.text.len())) {
            Err(Stuck::NotUtf8(found)) => found,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_text_is_told_by_its_line() {
        let found = stuck(b"\xef\xbb\xbfa\nb\xff\nc");
        assert_eq!(found, NotUtf8 { lossy: "b\u{fffd}".into(), at: 1, line: 2, utf16: false });
        assert_eq!(stuck(b"\xef\xbb\xbf\xe9").at, 0);
        assert!(stuck(b"\xff\xfea\0").utf16);
        // Half a character at the end of the file.
        assert_eq!(stuck(b"ab\xc3").at, 2);
    }

    #[test]
    fn characters_are_not_torn_where_a_stretch_ends() {
        let text = "é".repeat(STEP);
        let mut file = Stretches::of("x", format!("x{text}").into_bytes());
        let mut window = Window::new(&mut file).unwrap();
        while !window.end {
            window.grow().unwrap();
        }
        assert_eq!(window.text, format!("x{text}"));
        window.pass(3);
        assert_eq!((window.at, window.text.len()), (3, 2 * STEP - 2));
    }
}
