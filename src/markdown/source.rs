//! The text as the reader wants it: without byte order mark, every line ended by one `\n`.

use std::borrow::Cow;

use memchr::{memchr2, memmem};

/// A text made plain, which still knows where its bytes stood in the original.
pub(super) struct Source<'a> {
    original: &'a str,
    text: Cow<'a, str>,
}

const BYTE_ORDER_MARK: char = '\u{FEFF}';

impl<'a> Source<'a> {
    pub(super) fn new(original: &'a str) -> Self {
        let bare = original.strip_prefix(BYTE_ORDER_MARK).unwrap_or(original);
        let plain = bare.ends_with('\n') && memchr2(b'\r', b'\0', bare.as_bytes()).is_none();
        let text = if plain {
            Cow::Borrowed(bare)
        } else {
            let mut text = bare.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}");
            if !text.ends_with('\n') {
                text.push('\n');
            }
            Cow::Owned(text)
        };
        let text = without_lone_backslashes(text);
        Source { original, text }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where bytes of the plain text stood in the original, those bytes in ascending order.
    pub(super) fn originals(&self, wanted: &[usize]) -> Vec<usize> {
        let bare = self.original.strip_prefix(BYTE_ORDER_MARK).unwrap_or(self.original);
        let skipped = self.original.len() - bare.len();
        let mut found = Vec::with_capacity(wanted.len());
        let mut plain = 0;
        let mut chars = bare.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            while wanted.get(found.len()).is_some_and(|at| plain >= *at) {
                found.push(skipped + offset);
            }
            if found.len() == wanted.len() {
                break;
            }
            let joined = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
            plain += match c {
                '\r' if joined => 0,
                '\0' => '\u{FFFD}'.len_utf8(),
                _ => c.len_utf8(),
            };
        }
        found.resize(wanted.len(), self.original.len());
        found
    }
}

/// The check boxes that a break may stand behind, with nothing else on the line.
const BOXES: [&str; 3] = ["[ ]", "[x]", "[X]"];

/// A check box with only a backslash behind it, under which a line of `=` or `-` follows, brings
/// pulldown-cmark 0.13 to a panic. The break that such a backslash stands for would be dropped anyway, as it
/// begins a paragraph, so a space takes its place.
fn without_lone_backslashes(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut found = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), "\\\n") {
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        let before = line.trim_end();
        let is_box = before.len() < line.len() && BOXES.iter().any(|text| before.ends_with(text));
        let marks = |c: char| c.is_whitespace() || c.is_ascii_digit() || ">*+-.)[]xX".contains(c);
        if is_box && before.chars().all(marks) {
            found.push(at);
        }
    }
    if found.is_empty() {
        return text;
    }
    let mut text = text.into_owned();
    for at in found {
        text.replace_range(at..at + 1, " ");
    }
    Cow::Owned(text)
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
            assert_eq!(source.originals(&[plain]), [original.find(word).unwrap()], "{word}");
        }
        assert_eq!(source.originals(&[0, 3, source.text().len()]), [3, 7, original.len()]);
    }
}
