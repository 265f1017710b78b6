//! What the world does to us: a failure with its path and cause.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The disk would not: the first such failure ends a run.
#[derive(Debug)]
pub struct WorldError {
    pub path: PathBuf,
    pub cause: io::Error,
    /// What was tried: `read`, `write`.
    pub doing: &'static str,
}

impl WorldError {
    pub fn new(doing: &'static str, path: &Path, cause: io::Error) -> WorldError {
        WorldError { path: path.to_owned(), cause, doing }
    }
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = self.cause.to_string();
        let cause = match cause.find(" (os error") {
            Some(end) => &cause[..end],
            None => &cause,
        };
        write!(f, "cannot {} {}: {cause}", self.doing, slashed(&self.path))
    }
}

impl std::error::Error for WorldError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// A path as messages show it on every system, without characters that move a terminal's cursor.
pub fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Why a file gives no text.
#[derive(Debug)]
pub enum ReadError {
    World(WorldError),
    /// The bytes are not UTF-8: a fault of the file's author.
    NotUtf8 {
        /// The text without a byte order mark, with U+FFFD for what is none, so that the place can be shown.
        lossy: String,
        /// Where in `lossy` the first such sign stands, in bytes.
        at: usize,
        /// Whether it looks like the UTF-16 that spreadsheets call "Unicode text".
        utf16: bool,
    },
    /// Larger than is read.
    TooLarge {
        limit: u64,
    },
}
