//! Text that must not be markup: escaping what people typed, and undoing it.

/// What a respondent typed as inline Markdown that shows exactly that text wherever it is put: at the
/// start of a line, in a heading, a table cell, a list item, emphasis, a link's text or a chart's cell.
///
/// White space of any kind becomes one space, none stays at the ends; control characters become U+FFFD.
/// Each ASCII punctuation mark is escaped, so that bare addresses are no links either where a reader
/// makes links of those.
pub fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut from = 0;
        for (at, c) in word.char_indices() {
            let instead = match c {
                _ if c.is_control() => "\u{FFFD}",
                // The sign itself follows with what stands behind it.
                _ if c.is_ascii_punctuation() => "\\",
                _ => continue,
            };
            out.push_str(&word[from..at]);
            out.push_str(instead);
            from = if c.is_control() { at + c.len_utf8() } else { at };
        }
        out.push_str(&word[from..]);
    }
    out
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
}
