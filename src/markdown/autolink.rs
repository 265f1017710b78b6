//! Addresses in running text that are links without any sign around them, as GitHub reads them: `www.…`, `http://…`,
//! `https://…` and mail addresses.

use std::ops::Range;

use memchr::memchr3_iter;

/// An address found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) at: Range<usize>,
    pub(super) to: String,
    /// The sign without which it would be none.
    pub(super) pivot: usize,
}

const SCHEMES: [&str; 2] = ["http://", "https://"];
const WEB: &str = "www.";
const MAIL: &str = "mailto:";

/// The first address that begins at `from` or behind it; `before` stands in front of the text, nothing where it begins
/// a line or a styled run.
pub(super) fn find(text: &str, from: usize, before: Option<char>) -> Option<Found> {
    if may_hold(text) { search(text, from, before, Ends::Known) } else { None }
}

/// Whether the text has one of the marks without which there is no address: nearly no text has.
pub(super) fn may_hold(text: &str) -> bool {
    memchr3_iter(b'@', b':', b'.', text.as_bytes()).any(|at| is_mark(text, at))
}

/// Whether a sign stands there without which an address would be none: each pivot is one.
pub(super) fn is_mark(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'@' => true,
        b':' => bytes[at..].starts_with(b"://"),
        b'.' => bytes[..=at].ends_with(WEB.as_bytes()),
        _ => false,
    }
}

/// Whether it is known where a text ends: escapes may yet cut it short anywhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Known,
    Open,
}

fn search(text: &str, from: usize, before: Option<char>, ends: Ends) -> Option<Found> {
    let mut previous = if from == 0 { before } else { text[..from].chars().next_back() };
    for (offset, c) in text[from..].char_indices() {
        let at = from + offset;
        let found = match c {
            '@' => mail(text, at, from, before, ends),
            'w' | 'h' | 'H' if previous.is_none_or(begins_behind) => web(text, at, ends),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        previous = Some(c);
    }
    None
}

/// Where signs must be escaped so that no address is found in the text, wherever it stands.
pub(super) fn pivots(text: &str) -> Vec<usize> {
    let mut pivots = Vec::new();
    if !may_hold(text) {
        return pivots;
    }
    let mut from = 0;
    while let Some(found) = search(text, from, None, Ends::Open) {
        pivots.push(found.pivot);
        from = found.pivot.max(from + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
    }
    pivots
}

fn begins_behind(c: char) -> bool {
    c.is_whitespace() || "*_~(".contains(c)
}

fn web(text: &str, at: usize, ends: Ends) -> Option<Found> {
    let rest = &text[at..];
    let starts = |start: &str| rest.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    let scheme = SCHEMES.iter().find(|start| starts(start));
    let host = match scheme {
        Some(scheme) => &rest[scheme.len()..],
        None => rest.strip_prefix(WEB).map(|_| rest)?,
    };
    if !is_domain(host, ends) {
        return None;
    }
    if ends == Ends::Open {
        let pivot = at + scheme.map_or(WEB.len() - 1, |scheme| scheme.len() - 3);
        return Some(Found { at: at..pivot + 1, to: String::new(), pivot });
    }
    let whole = rest.find(|c: char| c.is_whitespace() || c == '<').map_or(rest, |end| &rest[..end]);
    let words = trimmed(whole);
    let (to, pivot) = match scheme {
        Some(scheme) => (words.to_owned(), at + scheme.len() - 3),
        None => (format!("http://{words}"), at + WEB.len() - 1),
    };
    // What is trimmed away may be all that stood behind the scheme.
    let found = Found { at: at..at + words.len(), to, pivot };
    (words.len() > scheme.map_or(WEB.len(), |scheme| scheme.len())).then_some(found)
}

/// Segments of letters, digits, `-` and `_` with dots between, at least two, no `_` in the last two.
fn is_domain(host: &str, ends: Ends) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == '.';
    let end = host.find(|c| !part(c)).unwrap_or(host.len());
    let segments: Vec<&str> = host[..end].trim_end_matches('.').split('.').collect();
    if ends == Ends::Open {
        return segments.len() > 1 && !segments[0].is_empty() && !segments[1].is_empty();
    }
    let plain = |segment: &&str| !segment.contains('_');
    segments.len() > 1
        && segments.iter().all(|segment| !segment.is_empty())
        && segments.iter().rev().take(2).all(plain)
}

/// Without the signs at its end that belong to the sentence.
fn trimmed(mut words: &str) -> &str {
    let mut surplus = words.matches(')').count().saturating_sub(words.matches('(').count());
    loop {
        let shorter = match words.chars().next_back() {
            Some('?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"') => &words[..words.len() - 1],
            Some(')') if surplus > 0 => {
                surplus -= 1;
                &words[..words.len() - 1]
            }
            Some(';') => {
                let name = words[..words.len() - 1].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                match name.strip_suffix('&') {
                    Some(before) if name.len() + 1 < words.len() => before,
                    _ => &words[..words.len() - 1],
                }
            }
            _ => return words,
        };
        words = shorter;
    }
}

fn mail(text: &str, at: usize, from: usize, before: Option<char>, ends: Ends) -> Option<Found> {
    let local = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    let start = from + text[from..at].trim_end_matches(local).len();
    let part = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let host = &text[at + 1..];
    let host = host.find(|c| !part(c)).map_or(host, |end| &host[..end]).trim_end_matches('.');
    let mut parts = host.split('.');
    let sound = match ends {
        Ends::Known => {
            host.contains('.') && parts.all(|part| !part.is_empty()) && !host.ends_with(['-', '_'])
        }
        Ends::Open => parts.by_ref().take(2).filter(|part| !part.is_empty()).count() == 2,
    };
    if start == at || !sound {
        return None;
    }
    let end = at + 1 + host.len();
    let address = &text[start..end];
    let named = text[from..start].ends_with(MAIL) && {
        let outside = text[..start - MAIL.len()].chars().next_back().or(before);
        outside.is_none_or(begins_behind)
    };
    let begin = if named { start - MAIL.len() } else { start };
    Some(Found { at: begin..end, to: format!("{MAIL}{address}"), pivot: at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(&str, String)> {
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(found) = find(text, from, None) {
            from = found.at.end;
            out.push((&text[found.at], found.to));
        }
        out
    }

    #[test]
    fn addresses_end_where_a_reader_would_end_them() {
        for (text, words) in [
            ("www.commonmark.org", "www.commonmark.org"),
            ("Visit www.commonmark.org/help for more.", "www.commonmark.org/help"),
            ("Visit www.commonmark.org.", "www.commonmark.org"),
            ("Visit www.commonmark.org/a.b.", "www.commonmark.org/a.b"),
            ("www.google.com/search?q=Markup+(business)", "www.google.com/search?q=Markup+(business)"),
            ("www.google.com/search?q=Markup+(business)))", "www.google.com/search?q=Markup+(business)"),
            ("(www.google.com/search?q=Markup+(business))", "www.google.com/search?q=Markup+(business)"),
            ("www.google.com/search?q=(business))+ok", "www.google.com/search?q=(business))+ok"),
            ("www.google.com/search?q=commonmark&hl=en", "www.google.com/search?q=commonmark&hl=en"),
            ("www.google.com/search?q=commonmark&hl;", "www.google.com/search?q=commonmark"),
            ("www.commonmark.org/he<lp", "www.commonmark.org/he"),
            (
                "https://encrypted.google.com/search?q=Markup+(business)",
                "https://encrypted.google.com/search?q=Markup+(business)",
            ),
            ("*https://a_b.example.org/x_y_*", "https://a_b.example.org/x_y"),
            ("foo@bar.baz", "foo@bar.baz"),
            ("hello+xyz@mail.example.", "hello+xyz@mail.example"),
            ("a.b-c_d@a.b.", "a.b-c_d@a.b"),
            ("mailto:foo@bar.baz", "mailto:foo@bar.baz"),
        ] {
            let found: Vec<&str> = all(text).into_iter().map(|(words, _)| words).collect();
            assert_eq!(found, [words], "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in [
            "www.",
            "www",
            "xwww.a.b",
            "http://",
            "http://localhost",
            "/www.a.b",
            "www.a_b.c",
            "www.a.b_c",
            "ahttp://a.b",
            "a@b",
            "@a.b",
            "a.b-c_d@a.b-",
            "a.b-c_d@a.b_",
            "a@b..c",
            "https://a..b",
            "ftp://a.b",
            "javascript:alert(1)",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }

    #[test]
    fn where_they_lead() {
        assert_eq!(all("www.a.b x@y.z")[0].1, "http://www.a.b");
        assert_eq!(all("www.a.b x@y.z")[1].1, "mailto:x@y.z");
        assert_eq!(pivots("see http://a@b.c and www.d.e"), [12, 24]);
    }
}
