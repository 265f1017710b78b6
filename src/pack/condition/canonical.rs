//! A condition's line as it is canonical: the same tokens, evenly spaced.
//!
//! Comparisons in ASCII with a space on both sides, `and`, `or`, `not` and the other words of the language in
//! lower case, built-in units under their full name, straight quotes, hyphens and spaces. Brackets, the order and
//! the labels stay as they were typed.

use std::collections::BTreeMap;

use super::lex::{Placed, Token, lex};
use super::syntax::{Line, Word, WrittenCheck, WrittenValue, begins_name, parse};
use crate::model::{Absence, Unit};
use crate::quantity;

/// The canonical form of a line; none where it is no condition.
///
/// `declared` are the units of the pack: a word of theirs stays as it is.
pub fn canonical(line: &str, declared: &[String]) -> Option<String> {
    let mut values = BTreeMap::new();
    gather(&parse(line).ok()?, line, declared, &mut values);
    let tokens = lex(line).ok()?;
    let mut writer = Writer { line, tokens: &tokens, at: 0, values, out: String::new() };
    writer.sequence()?;
    parse(&writer.out).ok()?;
    Some(writer.out)
}

/// An end of a band or a range, such as `<= 8%`, as it is canonical; none where it is none.
pub fn canonical_end(text: &str, declared: &[String]) -> Option<String> {
    let trimmed = text.trim();
    let (order, width) = super::syntax_order(trimmed)?;
    let plain: String = trimmed[width..].chars().map(super::lex::plain).collect();
    let (digits, word) = quantity::split(&plain);
    crate::model::Number::parse(digits)?;
    Some(format!("{} {}", order.sign(), measured(digits, word, declared)))
}

/// Digits with their unit under its full name.
fn measured(digits: &str, word: Option<&str>, declared: &[String]) -> String {
    let Some(word) = word else { return digits.to_owned() };
    match quantity::unit(word, declared) {
        Some(unit @ (Unit::Points | Unit::Count)) => format!("{digits} {}", unit.name()),
        Some(Unit::Declared(_)) | None => format!("{digits} {word}"),
        Some(unit) => unit.after(digits),
    }
}

/// The values that a line compares with, each with its unit under its full name.
fn gather(parsed: &Line, line: &str, declared: &[String], out: &mut BTreeMap<usize, (usize, String)>) {
    let mut value = |value: &WrittenValue| {
        let quoted =
            |unit: &Word| line[unit.range.clone()].chars().next().map(super::lex::plain) == Some('"');
        let written = match &value.unit {
            Some(unit) if quoted(unit) => format!("{} \"{}\"", value.text, unit.text),
            unit => measured(&value.text, unit.as_ref().map(|unit| unit.text.as_str()), declared),
        };
        out.insert(value.range.start, (value.range.end, written));
    };
    match parsed {
        Line::And(parts) | Line::Or(parts) => {
            parts.iter().for_each(|part| gather(part, line, declared, out));
        }
        Line::Not(inner) => gather(inner, line, declared, out),
        Line::Named(_) => {}
        Line::Test(test) => match &test.check {
            WrittenCheck::Compare(_, number) => value(number),
            WrittenCheck::Between { low, high, .. } => {
                value(low);
                value(high);
            }
            _ => {}
        },
    }
}

struct Writer<'l> {
    line: &'l str,
    tokens: &'l [Placed],
    at: usize,
    /// The values of comparisons by their first byte: the byte behind the last, and how they are written.
    values: BTreeMap<usize, (usize, String)>,
    out: String,
}

/// Walks the tokens of a line that is a condition; none where one stands where the grammar has no place for it.
impl Writer<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|placed| &placed.token)
    }

    fn word(&self) -> Option<&str> {
        match self.peek() {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn is_word(&self, wanted: &str) -> bool {
        self.word().is_some_and(|word| word.eq_ignore_ascii_case(wanted))
    }

    /// Takes one of these words, in lower case.
    fn take(&mut self, words: &[&str]) -> Option<String> {
        let found = words.iter().find(|word| self.is_word(word))?;
        self.at += 1;
        self.say(found);
        Some((*found).to_owned())
    }

    /// Writes a piece, apart from the one before unless that opened a bracket.
    fn say(&mut self, piece: &str) {
        if !self.out.is_empty() && !self.out.ends_with(['(', '[']) {
            self.out.push(' ');
        }
        self.out.push_str(piece);
    }

    fn sequence(&mut self) -> Option<()> {
        // Brackets are counted rather than entered: the line is known to be well formed.
        loop {
            while self.take(&["not"]).is_some() || self.open() {}
            self.test()?;
            while self.peek() == Some(&Token::Close) {
                self.at += 1;
                self.out.push(')');
            }
            if self.peek().is_none() {
                return Some(());
            }
            self.take(&["and", "or"])?;
        }
    }

    fn open(&mut self) -> bool {
        let found = self.peek() == Some(&Token::Open);
        if found {
            self.at += 1;
            self.say("(");
        }
        found
    }

    fn test(&mut self) -> Option<()> {
        let name = self.word().filter(|word| begins_name(word))?.to_owned();
        self.at += 1;
        self.say(&name);
        if name.starts_with("condition.") {
            return Some(());
        }
        if let Some(Token::Compare(comparison)) = self.peek() {
            let sign = comparison.sign();
            self.at += 1;
            self.say(sign);
            return self.value();
        }
        if self.take(&["is"]).is_some() {
            if self.is_word("not")
                && self.tokens.get(self.at + 1).is_some_and(|next| part_of_label(&next.token))
            {
                self.take(&["not"]);
            }
            return self.label();
        }
        self.take(&["not"]);
        match self.take(&["between", "in", "includes"])?.as_str() {
            "between" => {
                self.value()?;
                self.take(&["and"])?;
                self.value()
            }
            "in" => self.list(),
            _ => {
                let of = matches!(self.tokens.get(self.at + 1), Some(Placed { token: Token::Word(of), .. }) if of.eq_ignore_ascii_case("of"));
                if of && self.take(&["any", "all"]).is_some() {
                    self.take(&["of"]);
                    return self.list();
                }
                self.label()
            }
        }
    }

    /// A number with its unit, as it was parsed.
    fn value(&mut self) -> Option<()> {
        let begin = self.tokens.get(self.at)?.range.start;
        let (end, written) = self.values.get(&begin)?.clone();
        while self.tokens.get(self.at).is_some_and(|placed| placed.range.start < end) {
            self.at += 1;
        }
        self.say(&written);
        Some(())
    }

    fn list(&mut self) -> Option<()> {
        if self.peek() != Some(&Token::OpenList) {
            return None;
        }
        self.at += 1;
        self.say("[");
        loop {
            match self.peek()? {
                Token::CloseList => break,
                Token::Comma => self.at += 1,
                _ => {
                    if !self.out.ends_with('[') {
                        self.out.push(',');
                    }
                    self.label()?;
                }
            }
        }
        self.at += 1;
        self.out.push(']');
        Some(())
    }

    /// The words of a label as they were typed, one space between those that stand apart.
    fn label(&mut self) -> Option<()> {
        if let Some(Token::Quoted(text)) = self.peek() {
            let text = format!("\"{text}\"");
            self.at += 1;
            self.say(&text);
            return Some(());
        }
        let begin = self.at;
        let mut label = String::new();
        while let Some(token) = self.peek().filter(|token| part_of_label(token)) {
            let piece = match token {
                Token::Word(word) => word.clone(),
                Token::Number(number) => number.clone(),
                Token::Percent => "%".to_owned(),
                _ => return None,
            };
            let range = &self.tokens[self.at].range;
            let apart = self.line[..range.start].ends_with(|c: char| super::lex::plain(c).is_whitespace());
            if !label.is_empty() && apart {
                label.push(' ');
            }
            label.push_str(&piece);
            self.at += 1;
        }
        if self.at == begin {
            return None;
        }
        let known = [("missing", "missing"), ("answered", "answered")];
        let word = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(&label)).map(|(_, word)| *word);
        let absence = word.or_else(|| Absence::parse(&label).map(Absence::phrase));
        self.say(absence.unwrap_or(&label));
        Some(())
    }
}

fn joins(word: &str) -> bool {
    ["and", "or"].iter().any(|join| word.eq_ignore_ascii_case(join))
}

fn part_of_label(token: &Token) -> bool {
    match token {
        Token::Word(word) => !joins(word),
        Token::Number(_) | Token::Percent | Token::Quoted(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_spaced_evenly_and_say_the_same() {
        for (line, wanted) in [
            ("answer.a<=2", "answer.a <= 2"),
            ("metric.b≤15 %", "metric.b <= 15%"),
            (
                "metric.b == 90min AND NOT(score.a>60 OR  score.b != 4)",
                "metric.b = 90 minutes and not (score.a > 60 or score.b != 4)",
            ),
            ("metric.b <> 1 h", "metric.b != 1 hour"),
            ("metric.b between 1 and 10 percent", "metric.b between 1 and 10%"),
            ("metric.b NOT BETWEEN −1 and 3 X", "metric.b not between -1 and 3x"),
            ("metric.b > 5 eur", "metric.b > 5 EUR"),
            ("metric.b > 5 clients", "metric.b > 5 clients"),
            ("metric.b > threshold.x", "metric.b > threshold.x"),
            ("answer.a Is Not  agreed but  Not written", "answer.a is not agreed but Not written"),
            ("answer.a is \u{201c}don\u{2019}t care\u{201d}", "answer.a is \"don't care\""),
            ("answer.a is dont_know", "answer.a is don't know"),
            ("answer.a is not Missing", "answer.a is not missing"),
            ("answer.a is not not_applicable", "answer.a is not not applicable"),
            ("answer.a in [ b ,c\u{a0}d, \"e\", 3x,]", "answer.a in [b, c d, \"e\", 3x]"),
            ("answer.a not  in [1,2]", "answer.a not in [1, 2]"),
            ("answer.a includes ANY OF [b,c]", "answer.a includes any of [b, c]"),
            ("answer.a includes all", "answer.a includes all"),
            ("( ( condition.x ) )or not not score.total>=4", "((condition.x)) or not not score.total >= 4"),
            ("answer.a is 11 %  to 40%", "answer.a is 11 % to 40%"),
            ("metric.b>5 mm  Hg", "metric.b > 5 mm Hg"),
            ("metric.b>5 “mm Hg”or metric.b<1mmol/l", "metric.b > 5 \"mm Hg\" or metric.b < 1 mmol/l"),
        ] {
            assert_eq!(canonical(line, &["clients".to_owned()]).as_deref(), Some(wanted), "{line}");
            assert_eq!(canonical(wanted, &["clients".to_owned()]).as_deref(), Some(wanted));
        }
        assert_eq!(canonical("metric.b > 5 h", &["h".to_owned()]).as_deref(), Some("metric.b > 5 h"));
        for line in ["", "answer.a", "a <= 2", "answer.a <= 2 and", "answer.a is b or c"] {
            assert_eq!(canonical(line, &[]), None, "{line}");
        }
    }

    #[test]
    fn ends_of_bands_are_spaced_evenly() {
        assert_eq!(canonical_end(" ≤8 % ", &[]).as_deref(), Some("<= 8%"));
        assert_eq!(canonical_end(">=60", &[]).as_deref(), Some(">= 60"));
        assert_eq!(canonical_end("<2 h", &[]).as_deref(), Some("< 2 hours"));
        assert_eq!(canonical_end("rest", &[]), None);
        assert_eq!(canonical_end("< 1,000", &[]), None);
    }
}
