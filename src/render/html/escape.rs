//! Text inside elements and attributes: nothing of it is ever markup.

use std::borrow::Cow;

use crate::markdown::Signs;

/// Text between tags.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    escaped(text, false)
}

/// Adds text between tags.
pub(super) fn push_text(text: &str, out: &mut String) {
    push(text, false, out);
}

/// Text between the double quotes of an attribute, or between tags.
pub fn attribute(text: &str) -> Cow<'_, str> {
    escaped(text, true)
}

/// Adds text between the double quotes of an attribute.
pub(super) fn push_attribute(text: &str, out: &mut String) {
    push(text, true, out);
}

/// Most texts stay as they are.
fn escaped(text: &str, in_quotes: bool) -> Cow<'_, str> {
    if SIGNS.places(text).next().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    push(text, in_quotes, &mut out);
    Cow::Owned(out)
}

/// All between two signs goes over in one piece.
fn push(text: &str, in_quotes: bool, out: &mut String) {
    let mut from = 0;
    for at in SIGNS.places(text) {
        let Some(c) = text[at..].chars().next() else { break };
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if in_quotes => "&quot;",
            // HTML forbids these even as references.
            _ if c.is_control() && !matches!(c, '\n' | '\t') => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// What may not stand as it is; control characters beyond ASCII begin with the last of these bytes.
const SIGNS: Signs = Signs::of(b"&<>\"\xC2");

/// The address of a link, where it is one that a page may lead to: `http`, `https`, `mailto`, or a
/// heading of the same page.
pub(super) fn address(to: &str) -> Option<String> {
    let lower: String = to.chars().take(8).collect::<String>().to_ascii_lowercase();
    let allowed = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        || (to.starts_with('#') && to.len() > 1);
    allowed.then(|| encoded(to))
}

/// The address of a file that is made beside the page or in a folder below, such as `northwind/playbook.pdf`.
pub(super) fn neighbour(to: &str) -> Option<String> {
    const ENDINGS: [&str; 7] = ["md", "html", "pdf", "eml", "ics", "xlsx", "csv"];
    let ending = to.rsplit_once('.').map(|(_, ending)| ending);
    let plain =
        |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains([':', '\\', '?', '#']);
    (to.split('/').all(plain) && ending.is_some_and(|ending| ENDINGS.contains(&ending))).then(|| encoded(to))
}

fn encoded(to: &str) -> String {
    let spaced = |c: char| c == ' ' || c.is_control();
    let encoded: String = to.chars().fold(String::new(), |mut out, c| {
        if spaced(c) {
            c.to_string().bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
        out
    });
    attribute(&encoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{address, attribute, neighbour, text};

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(text("a<b> & \"c\" é\u{a0}"), "a&lt;b&gt; &amp; \"c\" é\u{a0}");
        assert_eq!(attribute("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
        // Of every character on its own: a control character is shown as such, all others stay.
        for c in (0..=0x2100).filter_map(char::from_u32).filter(|c| !"&<>\"".contains(*c)) {
            let shown = if c.is_control() && c != '\n' && c != '\t' { '\u{FFFD}' } else { c };
            assert_eq!(text(&format!("x{c}y")), format!("x{shown}y"));
        }
    }

    #[test]
    fn only_what_is_made_beside_a_page_is_its_neighbour() {
        for to in ["session.ics", "north wind/playbook.pdf", "a/b/c.html"] {
            assert!(neighbour(to).is_some(), "{to}");
        }
        for to in [
            "../a.pdf",
            "/a.pdf",
            "a//b.pdf",
            "./a.pdf",
            "c:/a.pdf",
            "javascript:a.pdf",
            "a.exe",
            "pdf",
            "a\\b.pdf",
            "a?b.pdf",
        ] {
            assert_eq!(neighbour(to), None, "{to}");
        }
    }

    #[test]
    fn only_harmless_addresses_are_links() {
        for to in ["https://e.org/a?b&c", "HTTP://E.ORG", "mailto:a@b.c", "#plan"] {
            assert!(address(to).is_some(), "{to}");
        }
        for to in [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//e.org",
            "../x",
            "x.html",
            "",
            "#",
            "é://",
        ] {
            assert_eq!(address(to), None, "{to}");
        }
        assert_eq!(address("https://e.org/a b\"<").as_deref(), Some("https://e.org/a%20b&quot;&lt;"));
    }
}
