//! How typed words are compared: without regard to case, spaces and what word processors do to signs.

/// Signs as a keyboard has them and single spaces; the case stays.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Zero-width signs come along when text is copied from a page.
            '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{2060}' | '\u{ad}' => {}
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// [`tidy`], in lower case: two words are the same where their folds are.
pub fn fold(text: &str) -> String {
    // Most cells are a plain number or id, which is its own fold.
    if text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.')) {
        return text.to_owned();
    }
    tidy(text).to_lowercase()
}

/// What was typed, in backticks and short enough for a message.
pub fn typed(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.trim().lines().next().unwrap_or("");
    let mut short: String = line.chars().take(SHOWN).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    format!("`{}`", short.replace('`', "'"))
}

/// Words in backticks: "`a`, `b` and `c`".
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => quoted.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        for (typed, folded) in [
            ("Monthly", "monthly"),
            (" some\u{a0}people,  by habit ", "some people, by habit"),
            ("don\u{2019}t", "don't"),
            ("\u{201c}ja\u{201d}", "\"ja\""),
            ("\u{2212}3", "-3"),
            ("\u{feff}a\u{200b}b", "ab"),
            ("ÄRGER", "ärger"),
            (" ", ""),
        ] {
            assert_eq!(fold(typed), folded);
        }
    }

    #[test]
    fn what_was_typed_is_shown_short() {
        assert_eq!(typed("a`b\nc"), "`a'b…`");
        assert_eq!(typed(&"x".repeat(61)), format!("`{}…`", "x".repeat(60)));
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(listed(["a"]), "`a`");
    }
}
