//! The beginning of a file: whether it can be read piece by piece, and what it looks like.

use std::path::Path;

use super::seen::LONGEST_FILE;
use super::split::{Start, cut, pass_empty, record};
use crate::answers::Kind;
use crate::files::{MAX_TEXT, Stream, WorldError};

/// Bytes in which the head and the first record must end: as few as are enough.
const SAMPLES: [usize; 2] = [32 * 1024, 4 * 1024 * 1024];

/// A file whose pieces can be judged one after the other.
pub struct Opened {
    pub stream: Stream,
    /// Where records begin, the first one included.
    pub start: Start,
    /// The head of a table with its line break; empty for JSON lines.
    pub head: String,
    /// The head and the first record, or the first lines: what the whole file is like.
    pub sample: String,
}

/// Opens a file. None where it must be read as a whole: it is no plain file of text, holds a single respondent, or
/// begins in an odd way.
///
/// # Errors
/// Where the file cannot be read.
pub fn open(path: &Path, kind: Kind) -> Result<Option<Opened>, WorldError> {
    if !matches!(kind, Kind::Csv | Kind::JsonLines) {
        return Ok(None);
    }
    let Some(mut stream) = Stream::open(path)? else { return Ok(None) };
    let length = stream.length()?;
    if length > LONGEST_FILE || (length <= MAX_TEXT && !is_text(&mut stream.again()?)?) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    for sample in SAMPLES {
        let wanted = sample - bytes.len();
        let whole = stream.read(&mut bytes, wanted)? < wanted;
        let mark = if bytes.starts_with("\u{feff}".as_bytes()) { '\u{feff}'.len_utf8() } else { 0 };
        let text = match std::str::from_utf8(&bytes[mark..]) {
            Ok(text) => text,
            // The sample may end inside of a character.
            Err(error) if error.error_len().is_none() && !whole => {
                std::str::from_utf8(&bytes[mark..mark + error.valid_up_to()]).unwrap_or_default()
            }
            Err(_) => return Ok(None),
        };
        let sizes = match kind {
            Kind::Csv => table(text, whole),
            _ => lines(text, whole),
        };
        let Some((head, sample)) = sizes else { continue };
        let own = &text[..head];
        let start = Start {
            offset: (mark + head) as u64,
            line: 1 + own.bytes().filter(|byte| *byte == b'\n').count(),
            row: 1 + cut(own.as_bytes(), true).rows,
            rest: bytes[mark + head..].to_vec(),
        };
        let (head, sample) = (own.to_owned(), text[..sample].to_owned());
        return Ok(Some(Opened { stream, start, head, sample }));
    }
    Ok(None)
}

/// Where the head of a table ends, and where its first record does.
fn table(text: &str, whole: bool) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let first = |mut at: usize| {
        while let Some(next) = pass_empty(bytes, at, whole) {
            at = next;
        }
        record(bytes, at, whole)
    };
    let head = first(0)?;
    // A head that ends with a lone carriage return would run into the rows that are put behind it.
    bytes[..head].ends_with(b"\n").then_some((head, first(head)?))
}

/// Where nothing ends and the first lines do.
fn lines(text: &str, whole: bool) -> Option<(usize, usize)> {
    let end = if whole { text.len() } else { text.rfind('\n')? + 1 };
    (!text.trim().is_empty()).then_some((0, end))
}

/// Whether a file is UTF-8 to its end.
fn is_text(stream: &mut Stream) -> Result<bool, WorldError> {
    const BLOCK: usize = 256 * 1024;
    let mut bytes = Vec::with_capacity(BLOCK + 4);
    loop {
        let read = stream.read(&mut bytes, BLOCK)?;
        match std::str::from_utf8(&bytes) {
            Ok(_) => bytes.clear(),
            Err(error) if error.error_len().is_none() && read == BLOCK => {
                bytes.drain(..error.valid_up_to());
            }
            Err(_) => return Ok(false),
        }
        if read < BLOCK {
            return Ok(true);
        }
    }
}
