//! A condition's line as tokens. What a word processor makes of it (curly quotes, no-break spaces,
//! dashes) is read as what was meant.

use std::ops::Range;

use crate::model::Comparison;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// Letters, digits, `_`, `-`, `.`, apostrophes and signs of currencies; a unit's signs inside.
    Word(String),
    /// Digits with points, commas and a sign, as typed.
    Number(String),
    Quoted(String),
    Compare(Comparison),
    Percent,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub token: Token,
    /// Bytes of the line.
    pub range: Range<usize>,
}

/// The tokens of a line, or the place of a character that belongs to none and what it was.
pub fn lex(line: &str) -> Result<Vec<Placed>, (Range<usize>, String)> {
    let chars: Vec<(usize, char)> = line.char_indices().map(|(at, c)| (at, plain(c))).collect();
    let end_of = |index: usize| chars.get(index).map_or(line.len(), |(at, _)| *at);
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(&(start, c)) = chars.get(at) {
        let next = chars.get(at + 1).map(|(_, c)| *c);
        let signed = (c == '-' || c == '+') && next.is_some_and(|next| next.is_ascii_digit());
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let token = if c.is_ascii_digit() || signed {
            let mut text = String::from(c);
            at += 1;
            while let Some(&(_, c)) = chars.get(at) {
                let digit_next = chars.get(at + 1).is_some_and(|(_, next)| next.is_ascii_digit());
                if c.is_ascii_digit() || ((c == '.' || (c == ',' && depth == 0)) && digit_next) {
                    text.push(c);
                    at += 1;
                } else {
                    break;
                }
            }
            Token::Number(text)
        } else if word_char(c) {
            let mut text = String::new();
            while let Some(&(_, c)) = chars.get(at) {
                // Units such as `mmol/l`; behind a point it would be arithmetic, which conditions do not have.
                let in_unit = matches!(c, '/' | '^' | '·' | '²' | '³') && !text.contains('.');
                if !word_char(c) && !c.is_ascii_digit() && !in_unit {
                    break;
                }
                text.push(c);
                at += 1;
            }
            Token::Word(text)
        } else if c == '"' {
            let mut text = String::new();
            at += 1;
            loop {
                match chars.get(at) {
                    Some((_, '"')) => break,
                    Some((_, c)) => text.push(*c),
                    None => return Err((start..line.len(), "the quote is not closed".to_owned())),
                }
                at += 1;
            }
            at += 1;
            Token::Quoted(text)
        } else {
            let (token, width) = match (c, next) {
                ('<', Some('=')) => (Token::Compare(Comparison::AtMost), 2),
                ('>', Some('=')) => (Token::Compare(Comparison::AtLeast), 2),
                ('=', Some('=')) => (Token::Compare(Comparison::Equal), 2),
                ('!', Some('=')) => (Token::Compare(Comparison::NotEqual), 2),
                ('<', Some('>')) => (Token::Compare(Comparison::NotEqual), 2),
                ('<', _) => (Token::Compare(Comparison::Less), 1),
                ('>', _) => (Token::Compare(Comparison::Greater), 1),
                ('=', Some(other @ ('>' | '<'))) => {
                    return Err((start..end_of(at + 2), format!("`={other}` is no comparison")));
                }
                ('=', _) => (Token::Compare(Comparison::Equal), 1),
                ('≤', _) => (Token::Compare(Comparison::AtMost), 1),
                ('≥', _) => (Token::Compare(Comparison::AtLeast), 1),
                ('≠', _) => (Token::Compare(Comparison::NotEqual), 1),
                ('%', _) => (Token::Percent, 1),
                ('(', _) => (Token::Open, 1),
                (')', _) => (Token::Close, 1),
                ('[', _) => (Token::OpenList, 1),
                (']', _) => (Token::CloseList, 1),
                (',', _) => (Token::Comma, 1),
                _ => return Err((start..end_of(at + 1), format!("`{c}` has no meaning in a condition"))),
            };
            depth = match token {
                Token::OpenList => depth + 1,
                Token::CloseList => depth.saturating_sub(1),
                _ => depth,
            };
            at += width;
            token
        };
        out.push(Placed { token, range: start..end_of(at) });
    }
    for placed in &mut out {
        let text = &line[placed.range.clone()];
        placed.range.end = placed.range.start + text.trim_end().len();
    }
    Ok(out)
}

fn word_char(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '-' | '.' | '\'' | '°' | '€' | '$' | '£' | '¥')
}

/// The plain character that a word processor replaced.
pub fn plain(c: char) -> char {
    match c {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{00ab}' | '\u{00bb}' => '"',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{00a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2013}' | '\u{2212}' | '\u{2011}' | '\u{2010}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<Token> {
        lex(line).unwrap().into_iter().map(|placed| placed.token).collect()
    }

    #[test]
    fn word_processor_characters_are_read() {
        assert_eq!(
            words("answer.a\u{00a0}is \u{201c}don\u{2019}t care\u{201d}"),
            [Token::Word("answer.a".into()), Token::Word("is".into()), Token::Quoted("don't care".into()),]
        );
        assert_eq!(
            words("metric.x ≤ \u{2212}1.5 %"),
            [
                Token::Word("metric.x".into()),
                Token::Compare(Comparison::AtMost),
                Token::Number("-1.5".into()),
                Token::Percent,
            ]
        );
    }

    #[test]
    fn a_comma_belongs_to_a_number_only_outside_a_list() {
        assert_eq!(words("1,000").len(), 1);
        assert_eq!(words("[1,2]").len(), 5);
        assert_eq!(words("3x"), [Token::Number("3".into()), Token::Word("x".into())]);
    }

    #[test]
    fn what_belongs_to_no_token_is_placed() {
        assert_eq!(lex("a ? b"), Err((2..3, "`?` has no meaning in a condition".into())));
        assert_eq!(lex("a is \"b"), Err((5..7, "the quote is not closed".into())));
    }
}
