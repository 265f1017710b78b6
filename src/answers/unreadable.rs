//! A file that gives no text: whose fault it is, and what to tell.

use crate::diag::{Code, Diagnostic};
use crate::files::{ReadError, WorldError};
use crate::source::{Sources, Span};

/// The fault of a file's author, shown at its place; an error where it is the world's.
pub fn unreadable(name: &str, error: ReadError, sources: &mut Sources) -> Result<Diagnostic, WorldError> {
    match error {
        ReadError::World(error) => Err(error),
        ReadError::TooLarge { limit } => {
            let message = format!("`{name}` is larger than {} MB", limit / (1024 * 1024));
            Ok(Diagnostic::placeless(Code::TooMuch, message).help("split it into several files"))
        }
        ReadError::NotUtf8 { lossy, at, utf16 } => {
            // Only what surrounds the fault is shown: the rest may be anything.
            let end = lossy[at..].find('\n').map_or(lossy.len(), |line| at + line);
            let id = sources.add(name, &lossy[..end]);
            let bom = lossy.len() - lossy.strip_prefix('\u{feff}').unwrap_or(&lossy).len();
            let at = at.saturating_sub(bom);
            let span = Span::new(id, at..at + '\u{fffd}'.len_utf8());
            let fault = Diagnostic::error(Code::NotUtf8, span, "this text is not UTF-8");
            Ok(if utf16 {
                fault.help("it looks like UTF-16: save it as UTF-8, in a spreadsheet as `CSV UTF-8`")
            } else {
                fault
                    .label("no sign of UTF-8")
                    .help("save the file as UTF-8, in a spreadsheet as `CSV UTF-8`")
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::show;

    #[test]
    fn the_place_of_a_foreign_byte_is_shown() {
        let mut sources = Sources::default();
        let bytes = "\u{feff}a,b\nM".bytes().chain(*b"\xfcller,1\nx");
        let lossy = String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned();
        let at = lossy.find('\u{fffd}').unwrap();
        let told = unreadable("a.csv", ReadError::NotUtf8 { lossy, at, utf16: false }, &mut sources).unwrap();
        assert_eq!(
            show(&told, &sources, false),
            "error[K113]: this text is not UTF-8\n --> a.csv:2:2\n  |\n2 | M\u{fffd}ller,1\n  |  ^ no sign of UTF-8\n  |\n  = help: save the file as UTF-8, in a spreadsheet as `CSV UTF-8`\n"
        );
        let told = unreadable("b.csv", ReadError::TooLarge { limit: 64 << 20 }, &mut sources).unwrap();
        assert_eq!(
            show(&told, &sources, false),
            "error[K114]: `b.csv` is larger than 64 MB\n |\n = help: split it into several files\n"
        );
    }
}
