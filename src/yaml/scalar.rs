//! Text as a YAML value on one line: plain where nothing changes by it, else in quotes.

use super::quoted;

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// On lines of its own.
    Block,
    /// In brackets or braces, where commas and brackets end it.
    Flow,
}

/// The text as a value outside brackets and braces.
pub fn scalar(text: &str) -> String {
    if plain(text, Within::Block) { text.to_owned() } else { quoted(text) }
}

/// Whether a text of one line needs no quotes: every reader of YAML takes it as this very text, or as the
/// number that it is.
///
/// Stricter than YAML in brackets: what holds a bracket, a brace or a quote there keeps its quotes.
pub fn plain(text: &str, within: Within) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let indicator = "-?:,[]{}#&*!|>'\"%@`".contains(first);
    // A minus before a digit is a number's.
    let number = first == '-' && text[1..].starts_with(|c: char| c.is_ascii_digit());
    let spaced = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    let cut = text.contains(": ") || text.ends_with(':') || text.contains(" #");
    let odd = text.chars().any(unprintable);
    let ends = within == Within::Flow && text.contains([',', '[', ']', '{', '}', '"', '\'', ':']);
    let word = ["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text));
    (number || !indicator) && !(spaced || cut || odd || ends || word)
}

/// Any text in double quotes on one line, which YAML and JSON read alike: what neither takes as it is stands as an escape.
pub fn in_quotes(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if unprintable(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a character may not stand in a line of YAML as it is.
pub fn unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_stands_in_quotes() {
        assert_eq!(in_quotes("a \"b\" \\ ü\n\t"), r#""a \"b\" \\ ü\n\t""#);
        assert_eq!(in_quotes("\0\u{85}\u{2028}\u{feff}\u{ffff}"), r#""\u0000\u0085\u2028\uFEFF\uFFFF""#);
    }

    #[test]
    fn only_what_stays_itself_goes_without_quotes() {
        for text in ["answer.a <= 2", "answer.a in [b, c]", "not (a or b)", "-1", "it's \"so\"", "10:30"] {
            assert!(plain(text, Within::Block), "{text}");
        }
        for text in ["", "> 1", "- a", "a: b", "a:", "a #b", " a", "no", "\"a\" b", "%", "a\tb"] {
            assert!(!plain(text, Within::Block), "{text}");
        }
        for text in ["answer.a in [b, c]", "a, b", "a:b", "it's"] {
            assert!(!plain(text, Within::Flow), "{text}");
        }
        assert_eq!(scalar("a: \"b\""), "'a: \"b\"'");
        assert_eq!(scalar("<= 8%"), "<= 8%");
        assert_eq!(scalar(">= 8%"), "\">= 8%\"");
    }
}
