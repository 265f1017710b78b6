//! Headings of columns and texts of questions, made comparable.

use crate::answers::{fold, tidy};

/// The words of a heading without markup: tags, entities, recall tokens and the signs of word processors.
pub fn plain(text: &str) -> String {
    // No heading and no option is that long: what somebody wrote at length is compared as it stands.
    const LONG: usize = 5_000;
    if text.len() > LONG {
        return tidy(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (piece, passed) = match c {
            '<' => match tag(rest) {
                Some(length) => (" ", length),
                None => ("<", 1),
            },
            '&' => entity(rest).unwrap_or(("&", 1)),
            '{' if rest.starts_with("{{") => match near(rest, "}}") {
                Some(end) => ("…", end + 2),
                None => ("{", 1),
            },
            '*' if rest.starts_with("**") => ("", 2),
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
        };
        out.push_str(piece);
        rest = &rest[passed..];
    }
    tidy(&out)
}

/// The length of an HTML tag that begins here; `a < b` begins none.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        return None;
    }
    near(text, ">").map(|end| end + 1)
}

/// Where a sign stands within reach: none farther off belongs to what begins here.
fn near(text: &str, sign: &str) -> Option<usize> {
    const REACH: usize = 200;
    text.as_bytes()[..text.len().min(REACH)].windows(sign.len()).position(|piece| piece == sign.as_bytes())
}

fn entity(text: &str) -> Option<(&'static str, usize)> {
    let known = [
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&rsquo;", "'"),
    ];
    known.into_iter().find(|(name, _)| text.starts_with(name)).map(|(name, sign)| (sign, name.len()))
}

/// Two headings are the same where these are: without regard to case, spaces, markup and signs at the end.
pub fn norm(text: &str) -> String {
    let folded = fold(&plain(text));
    let trimmed = folded.trim_end_matches(|c: char| c.is_whitespace() || ".?!:;*,".contains(c));
    // `11 % to 40 %` is how other languages write `11% to 40%`.
    trimmed.replace(" %", "%")
}

/// The heading without a number in front: `3. How often`, `Q7: How often`.
pub fn unnumbered(norm: &str) -> Option<&str> {
    let rest = norm.strip_prefix('q').unwrap_or(norm);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let rest = rest[digits..].strip_prefix(['.', ')', ':']).or_else(|| rest[digits..].strip_prefix(" -"))?;
    Some(rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// Letters and digits alone: how form tools spell an id, which allow no dashes.
pub fn code(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `Question [Row]` as question and row.
pub fn grid(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_end().strip_suffix(']')?;
    let at = inner.rfind('[')?;
    let (question, row) = (inner[..at].trim(), inner[at + 1..].trim());
    (!question.is_empty() && !row.is_empty()).then_some((question, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_the_same_but_for_markup_case_and_signs_at_the_end() {
        for (one, other) in [
            ("<p>How&nbsp;often?</p>", "how often"),
            ("What's your name? ", "what\u{2019}s your\u{a0}name"),
            ("**How** often: *", "How often"),
            ("So {{answer_42471732}}, how often?", "so …, how often"),
            ("a < b & c", "A < B &amp; c"),
            ("11\u{a0}% to 40 %", "11% to 40%"),
        ] {
            assert_eq!(norm(one), norm(other));
        }
        assert_eq!(unnumbered("3. how often"), Some("how often"));
        assert_eq!(unnumbered("q12: how often"), Some("how often"));
        assert_eq!(unnumbered("2026 plans"), None);
        assert_eq!(unnumbered("quite often"), None);
    }

    #[test]
    fn grids_and_codes_are_taken_apart() {
        assert_eq!(grid("How often? [Risk review]"), Some(("How often?", "Risk review")));
        assert_eq!(grid("[Risk review]"), None);
        assert_eq!(grid("How often"), None);
        assert_eq!(code("Risk-review_2"), "riskreview2");
    }
}
