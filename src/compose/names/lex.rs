//! Template text → tokens with their places, by the rules of Tera 2.

use std::ops::Range;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Text outside of tags, raw blocks too; whitespace control is of no matter here.
    Content,
    PrintStart,
    PrintEnd,
    TagStart,
    TagEnd,
    Word(String),
    Text(String),
    Number,
    /// An operator or bracket.
    Sign(&'static str),
}

/// A token with the bytes that it covers.
pub(super) type Placed = (Token, Range<usize>);

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

/// Longer signs before their beginnings.
const SIGNS: [&str; 31] = [
    "...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?[", "+", "-", "*", "/", "%", "!", ".", ",", ":",
    "~", "|", "=", ">", "<", "(", ")", "[", "]", "{", "}", "@",
];

pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Fault> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = next_marker(text, at);
        if start > at {
            out.push((Token::Content, at..start));
        }
        let Some(marker) = text.get(start..start + 2) else { break };
        let inside = start + 2;
        at = match marker {
            "{#" => match text[inside..].find("#}") {
                Some(end) => inside + end + 2,
                None => return fault(start..inside, "this comment is not closed with `#}`"),
            },
            "{%" => match raw_end(text, inside) {
                Some(Some(end)) => {
                    out.push((Token::Content, start..end));
                    end
                }
                Some(None) => {
                    return fault(start..inside, "this raw block is not closed with `{% endraw %}`");
                }
                None => {
                    out.push((Token::TagStart, start..inside));
                    tag(text, inside, "%}", Token::TagEnd, start, &mut out)?
                }
            },
            _ => {
                out.push((Token::PrintStart, start..inside));
                tag(text, inside, "}}", Token::PrintEnd, start, &mut out)?
            }
        };
    }
    Ok(out)
}

fn fault<T>(at: Range<usize>, message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { at, message: message.into(), help: None })
}

fn next_marker(text: &str, from: usize) -> usize {
    let opens = |at: &usize| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#'));
    memchr::memchr_iter(b'{', &text.as_bytes()[from..]).map(|at| from + at).find(opens).unwrap_or(text.len())
}

/// Where a raw block that opens here ends: none where it is no raw block, none inside where it has no end.
fn raw_end(text: &str, inside: usize) -> Option<Option<usize>> {
    let body = inside + named_tag(&text[inside..], "raw")?;
    let mut from = body;
    while let Some(found) = text[from..].find("{%") {
        let tag = from + found + 2;
        if let Some(length) = named_tag(&text[tag..], "endraw") {
            return Some(Some(tag + length));
        }
        from = tag;
    }
    Some(None)
}

/// The length of `- name -%}` where the text begins so.
fn named_tag(text: &str, name: &str) -> Option<usize> {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let rest = rest.trim_ascii_start().strip_prefix(name)?.trim_ascii_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some(text.len() - rest.len())
}

/// The tokens of one tag, its end included; gives the byte behind it.
fn tag(
    text: &str,
    inside: usize,
    end: &str,
    end_token: Token,
    start: usize,
    out: &mut Vec<Placed>,
) -> Result<usize, Fault> {
    let mut at = inside;
    if text[at..].starts_with('-') {
        at += 1;
    }
    loop {
        at += text[at..].len() - text[at..].trim_ascii_start().len();
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else {
            return fault(start..inside, format!("this is not closed with `{end}`"));
        };
        for close in [format!("-{end}"), end.to_owned()] {
            if rest.starts_with(&close) {
                out.push((end_token, at..at + close.len()));
                return Ok(at + close.len());
            }
        }
        let length = match first {
            '"' | '\'' | '`' => {
                let (length, value) = quoted(rest, first).ok_or_else(|| Fault {
                    at: at..at + 1,
                    message: "this text has no closing quote".into(),
                    help: None,
                })?;
                out.push((Token::Text(value), at..at + length));
                length
            }
            '0'..='9' => {
                let mut point = false;
                let length = rest
                    .bytes()
                    .take_while(|byte| match byte {
                        b'.' if !point => {
                            point = true;
                            true
                        }
                        byte => byte.is_ascii_digit(),
                    })
                    .count();
                out.push((Token::Number, at..at + length));
                length
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let length =
                    rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
                out.push((Token::Word(rest[..length].to_owned()), at..at + length));
                length
            }
            other => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
                let Some(sign) = sign else {
                    return fault(at..at + other.len_utf8(), format!("`{other}` has no meaning here"));
                };
                out.push((Token::Sign(sign), at..at + sign.len()));
                sign.len()
            }
        };
        at += length;
    }
}

/// The length of a quoted text with its quotes, and what it says.
fn quoted(text: &str, quote: char) -> Option<(usize, String)> {
    let mut value = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return Some((at + 1, value));
        }
        if letter == '\\' {
            match letters.next()?.1 {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                'r' => value.push('\r'),
                other => value.push(other),
            }
        } else {
            value.push(letter);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        match tokens(text) {
            Ok(tokens) => tokens.iter().map(|(_, at)| &text[at.clone()]).collect::<Vec<_>>().join("¦"),
            Err(fault) => format!("{}: {}", &text[fault.at], fault.message),
        }
    }

    #[test]
    fn strings_comments_and_raw_blocks_hide_their_braces() {
        assert_eq!(said(r#"a{{ "}}" ~ '\'' }}b"#), r#"a¦{{¦"}}"¦~¦'\''¦}}¦b"#);
        assert_eq!(said("a{# {{ x }} #}b"), "a¦b");
        assert_eq!(said("{%- raw -%}{{ x }}{% endraw %}c"), "{%- raw -%}{{ x }}{% endraw %}¦c");
        assert_eq!(said("{%- if a.b?.c -%}"), "{%¦if¦a¦.¦b¦?.¦c¦-%}");
        assert_eq!(said("{{ 1.5 // 2 }}"), "{{¦1.5¦//¦2¦}}");
        assert_eq!(said("{{- -x -}}"), "{{¦-¦x¦-}}");
    }

    #[test]
    fn what_is_not_closed_is_told() {
        assert_eq!(said("a {{ b"), "{{: this is not closed with `}}`");
        assert_eq!(said("a {# b"), "{#: this comment is not closed with `#}`");
        assert_eq!(said("{% raw %} b"), "{%: this raw block is not closed with `{% endraw %}`");
        assert_eq!(said("{{ 'a }}"), "': this text has no closing quote");
        assert_eq!(said("{{ a § b }}"), "§: `§` has no meaning here");
    }
}
