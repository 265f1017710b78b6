//! The text as the reader wants it: without byte order mark, every line ended by one `\n`.

use std::borrow::Cow;

/// A text made plain, which still knows where its bytes stood in the original.
pub(super) struct Source<'a> {
    original: &'a str,
    text: Cow<'a, str>,
}

const BYTE_ORDER_MARK: char = '\u{FEFF}';

impl<'a> Source<'a> {
    pub(super) fn new(original: &'a str) -> Self {
        let bare = original.strip_prefix(BYTE_ORDER_MARK).unwrap_or(original);
        let plain = bare.ends_with('\n') && !bare.contains(['\r', '\0']);
        let text = if plain {
            Cow::Borrowed(bare)
        } else {
            let mut text = bare.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}");
            if !text.ends_with('\n') {
                text.push('\n');
            }
            Cow::Owned(text)
        };
        Source { original, text }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a byte of the plain text stood in the original.
    pub(super) fn original(&self, at: usize) -> usize {
        let bare = self.original.strip_prefix(BYTE_ORDER_MARK).unwrap_or(self.original);
        let skipped = self.original.len() - bare.len();
        let mut plain = 0;
        let mut chars = bare.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if plain >= at {
                return skipped + offset;
            }
            let joined = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
            plain += match c {
                '\r' if joined => 0,
                '\0' => '\u{FFFD}'.len_utf8(),
                _ => c.len_utf8(),
            };
        }
        self.original.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn offsets_survive_marks_and_line_ends() {
        let original = "\u{FEFF}a\r\nbc\rd\0e";
        let source = Source::new(original);
        assert_eq!(source.text(), "a\nbc\nd\u{FFFD}e\n");
        for word in ["a", "bc", "d", "e"] {
            let plain = source.text().find(word).unwrap();
            assert_eq!(source.original(plain), original.find(word).unwrap(), "{word}");
        }
        assert_eq!(source.original(source.text().len()), original.len());
    }
}
