//! Text that must not be markup: escaping what people typed, and undoing it.

use memchr::memmem;

use super::signs::Signs;

/// What a respondent typed as inline Markdown that shows exactly that text wherever it is put: at the
/// start of a line, in a heading, a table cell, a list item, emphasis, a link's text or a chart's cell.
///
/// White space of any kind becomes one space, none stays at the ends; control characters become U+FFFD.
/// Each ASCII punctuation mark is escaped, so that bare addresses are no links either where a reader
/// makes links of those.
pub fn inert(text: &str) -> String {
    inert_words(text).unwrap_or_else(|| {
        let words: Vec<&str> = text.split_whitespace().collect();
        inert_words(&words.join(" ")).unwrap_or_default()
    })
}

/// The same for words with one space between, as nearly every text is; none where anything else stands between them. All between
/// two signs goes over in one piece: every value of a paper comes through here.
fn inert_words(text: &str) -> Option<String> {
    if text.starts_with(' ') || text.ends_with(' ') || memmem::find(text.as_bytes(), b"  ").is_some() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut from = 0;
    for at in SIGNS.places(text) {
        let c = text[at..].chars().next()?;
        if c.is_ascii_punctuation() {
            out.push_str(&text[from..at]);
            out.push('\\');
            // The sign itself follows with what stands behind it.
            from = at;
        } else if c.is_whitespace() {
            return None;
        } else if c.is_control() {
            out.push_str(&text[from..at]);
            out.push('\u{FFFD}');
            from = at + c.len_utf8();
        }
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// All but letters, digits and spaces; what characters beyond ASCII are is seen where they stand.
const SIGNS: Signs = Signs::of(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~").and_beyond_ascii();

/// The text behind backslash escapes of ASCII punctuation.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {
                out.push(*next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inert_text_says_the_same() {
        let typed = " # x\t<b>\n{{ 7*7 }} [a](javascript:alert(1)) | ../../etc\u{7} ";
        let plain = "# x <b> {{ 7*7 }} [a](javascript:alert(1)) | ../../etc\u{FFFD}";
        assert_eq!(unescape(&inert(typed)), plain);
        assert_eq!(inert("1. a"), "1\\. a");
        assert_eq!(inert(" \u{a0}\n"), "");
    }

    /// The rule of [`inert`] said shortly.
    fn by_words(text: &str) -> String {
        let sign = |c: char| match c {
            _ if c.is_control() => "\u{FFFD}".to_owned(),
            _ if c.is_ascii_punctuation() => format!("\\{c}"),
            _ => c.to_string(),
        };
        let word = |word: &str| word.chars().map(sign).collect::<String>();
        text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
    }

    proptest::proptest! {
        #[test]
        fn inert_goes_word_by_word(text in "[ab.|é\u{85}\u{a0}\u{2003}\u{7}\u{9f}\u{7f}\t\n ]{0,12}") {
            proptest::prop_assert_eq!(inert(&text), by_words(&text));
        }
    }
}
