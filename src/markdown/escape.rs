//! Text that must not be markup: escaping what people typed, and undoing it.

/// What a respondent typed as inline Markdown that shows exactly that text wherever it is put: at the
/// start of a line, in a heading, a table cell, a list item, emphasis, a link's text or a chart's cell.
///
/// White space of any kind becomes one space, none stays at the ends; control characters become U+FFFD.
/// Each ASCII punctuation mark is escaped, so that bare addresses are no links either where a reader
/// makes links of those.
pub fn inert(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let (mut from, mut at) = (0, 0);
    // What stands between two signs goes over in one piece: texts are words, and every value of a paper comes through here.
    loop {
        let letters = bytes[at..].iter().take_while(|byte| Means::OF[usize::from(**byte)] == Means::Letter);
        at += letters.count();
        let Some(byte) = bytes.get(at) else { break };
        let (means, long) = match Means::OF[usize::from(*byte)] {
            Means::Beyond => beyond(&text[at..]),
            means => (means, 1),
        };
        match means {
            Means::Letter => {}
            // The one space between two words stays where it is.
            Means::Space if *byte == b' ' && at > from && begins_word(&bytes[at + 1..]) => {}
            Means::Space => {
                out.push_str(&text[from..at]);
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                from = at + long;
            }
            Means::Sign => {
                out.push_str(&text[from..at]);
                out.push('\\');
                // The sign itself follows with what stands behind it.
                from = at;
            }
            Means::Control | Means::Beyond => {
                out.push_str(&text[from..at]);
                out.push('\u{FFFD}');
                from = at + long;
            }
        }
        at += long;
    }
    out.push_str(&text[from..]);
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// What a byte of a text is to [`inert`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Means {
    Letter,
    Space,
    Sign,
    Control,
    /// The first byte of a character beyond ASCII, which decides.
    Beyond,
}

impl Means {
    const OF: [Means; 256] = {
        let mut table = [Means::Beyond; 256];
        let mut byte = 0;
        while byte < 128 {
            let c = byte as u8;
            table[byte] = match c {
                b' ' | 0x09..=0x0d => Means::Space,
                _ if c.is_ascii_control() => Means::Control,
                _ if c.is_ascii_punctuation() => Means::Sign,
                _ => Means::Letter,
            };
            byte += 1;
        }
        table
    };
}

/// Whether no further white space begins here, as far as the first byte tells.
fn begins_word(bytes: &[u8]) -> bool {
    let first = bytes.first().map(|byte| Means::OF[usize::from(*byte)]);
    !matches!(first, None | Some(Means::Space | Means::Beyond))
}

/// What the character beyond ASCII is that begins the text, and how many bytes it has.
fn beyond(text: &str) -> (Means, usize) {
    let c = text.chars().next().unwrap_or_default();
    let means = match c {
        _ if c.is_whitespace() => Means::Space,
        _ if c.is_control() => Means::Control,
        _ => Means::Letter,
    };
    (means, c.len_utf8())
}

/// The text behind backslash escapes of ASCII punctuation.
pub(super) fn unescape(text: &str) -> String {
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
