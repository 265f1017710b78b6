//! Tokens → the shape of a line: who is compared with what, before any name is looked up.

use std::ops::Range;

use super::lex::{Placed, Token, lex};
use crate::diag::Code;
use crate::model::Comparison;

/// A line as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    And(Vec<Line>),
    Or(Vec<Line>),
    Not(Box<Line>),
    /// A shared condition, alone on its place.
    Named(Word),
    Test(WrittenTest),
}

#[derive(Clone, Debug, PartialEq)]
pub struct WrittenTest {
    pub name: Word,
    pub check: WrittenCheck,
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum WrittenCheck {
    Compare(Comparison, WrittenValue),
    Between {
        low: WrittenValue,
        high: WrittenValue,
        negated: bool,
    },
    /// What follows `is`, a leading `not` included in its words.
    Is(Label),
    In {
        items: Vec<Label>,
        negated: bool,
    },
    Includes {
        items: Vec<Label>,
        all: bool,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: String,
    pub range: Range<usize>,
}

/// A number with what may be its unit, or a name.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenValue {
    /// Digits as typed, or a word such as `threshold.x`.
    pub text: String,
    pub unit: Option<Word>,
    pub range: Range<usize>,
}

/// An option, a band's name, a number or an absence, as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub text: String,
    pub quoted: bool,
    /// Where the label is a number: its value and unit.
    pub value: Option<WrittenValue>,
    pub range: Range<usize>,
}

/// Why a line is no condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub code: Code,
    pub range: Range<usize>,
    pub message: String,
    pub label: String,
    pub help: Option<String>,
    /// What to write in a place of the line, where only one thing can be meant.
    pub edit: Option<Box<(Range<usize>, String)>>,
}

impl Fault {
    fn new(range: Range<usize>, message: impl Into<String>) -> Fault {
        let (label, help, edit) = (String::new(), None, None);
        Fault { code: Code::Condition, range, message: message.into(), label, help, edit }
    }

    fn edit(mut self, range: Range<usize>, text: impl Into<String>) -> Fault {
        self.edit = Some(Box::new((range, text.into())));
        self
    }

    fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = Some(help.into());
        self
    }

    fn label(mut self, label: impl Into<String>) -> Fault {
        self.label = label.into();
        self
    }
}

/// Brackets inside each other on one line.
const MAX_BRACKETS: usize = 32;

/// The prefixes that every name begins with.
pub const KINDS: [&str; 10] =
    ["answer", "score", "metric", "points", "band", "gap", "condition", "threshold", "derived", "trend"];

/// Those with which a comparison begins, as messages list them.
const SUBJECTS: [&str; 9] =
    ["answer", "score", "metric", "points", "band", "gap", "condition", "derived", "trend"];

/// Reads one line.
pub fn parse(line: &str) -> Result<Line, Fault> {
    let tokens = lex(line).map_err(|(range, message)| {
        let rest = line[range.end..].trim_start();
        let found = &line[range.clone()];
        let meant = match found {
            "!" => Some("not "),
            "=>" => Some(">= "),
            "=<" => Some("<= "),
            _ => None,
        };
        let joined = match found {
            "&" => Some(("&&", "and")),
            "|" => Some(("||", "or")),
            _ => None,
        };
        let meant_join =
            joined.filter(|(sign, _)| line[range.start..].starts_with(sign)).map(|(sign, word)| {
                let spaced = line.replace(sign, &format!(" {word} "));
                (sign, word, spaced.split_whitespace().collect::<Vec<_>>().join(" "))
            });
        if let Some((sign, word, written)) = meant_join {
            let at = range.start..range.start + sign.len();
            return Fault::new(at, format!("`{sign}` has no meaning in a condition"))
                .label(format!("`{word}` joins two comparisons"))
                .help(format!("write `{written}`"));
        }
        if matches!(found, "+" | "*" | "/") {
            return Fault::new(range, message)
                .label("conditions hold no arithmetic")
                .help("work it out under `derived:` with a `formula:`, and compare `derived.…`");
        }
        let help = meant.map(|meant| format!("write `{}{meant}{rest}`", &line[..range.start]));
        let behind = line.len() - rest.len();
        let edit = meant.map(|meant| Box::new((range.start..behind, meant.to_owned())));
        Fault { help, edit, ..Fault::new(range, message).label("here") }
    })?;
    let mut parser = Parser { line, tokens, at: 0, depth: 0 };
    if parser.tokens.is_empty() {
        return Err(Fault::new(0..line.len(), "this line is empty")
            .help("write `answer.… <= 2`, or take the dash out"));
    }
    let parsed = parser.sequence()?;
    match parser.peek() {
        None => Ok(parsed),
        Some(_) => Err(parser.unexpected("`and`, `or` or the end of the line")),
    }
}

struct Parser<'l> {
    line: &'l str,
    tokens: Vec<Placed>,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|placed| &placed.token)
    }

    fn peek_word(&self) -> Option<&str> {
        match self.peek() {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let found = self.peek_word().is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        self.at += usize::from(found);
        found
    }

    fn range(&self) -> Range<usize> {
        match self.tokens.get(self.at) {
            Some(placed) => placed.range.clone(),
            None => {
                let end = self.line.trim_end().len();
                end.saturating_sub(1).max(self.last_start())..end
            }
        }
    }

    fn last_start(&self) -> usize {
        self.tokens.last().map_or(0, |placed| placed.range.start)
    }

    fn unexpected(&self, wanted: &str) -> Fault {
        let range = self.range();
        match self.tokens.get(self.at) {
            Some(placed) => {
                let found = &self.line[placed.range.clone()];
                Fault::new(range, format!("`{found}` is not expected here"))
                    .label(format!("{wanted} is wanted here"))
            }
            None => {
                Fault::new(range, "the line ends too early").label(format!("{wanted} is wanted behind this"))
            }
        }
    }

    /// Parts joined by one of `and` and `or`; both beside each other can be read in two ways.
    fn sequence(&mut self) -> Result<Line, Fault> {
        let start = self.range().start;
        let mut parts = vec![self.negation()?];
        let mut joins: Vec<bool> = Vec::new();
        let first = start..self.end();
        let mut ends = Vec::from([first]);
        loop {
            let or = match self.peek_word() {
                Some(word) if word.eq_ignore_ascii_case("and") => false,
                Some(word) if word.eq_ignore_ascii_case("or") => true,
                _ => break,
            };
            self.at += 1;
            let start = self.range().start;
            if or && self.forgot_the_name() {
                return Err(self.or_of_labels(&parts));
            }
            joins.push(or);
            parts.push(self.negation()?);
            ends.push(start..self.end());
        }
        if joins.contains(&true) && joins.contains(&false) {
            let texts: Vec<&str> = ends.iter().map(|range| &self.line[range.clone()]).collect();
            let range = ends[0].start..ends[ends.len() - 1].end;
            return Err(Fault {
                code: Code::MixedAndOr,
                ..Fault::new(range, "`and` beside `or` can be read in two ways")
                    .label("put brackets around what belongs together")
                    .help(format!(
                        "write `{}` or `{}`",
                        grouped(&texts, &joins, true),
                        grouped(&texts, &joins, false)
                    ))
            });
        }
        if parts.len() == 1 {
            return Ok(parts.remove(0));
        }
        Ok(if joins[0] { Line::Or(parts) } else { Line::And(parts) })
    }

    fn end(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |last| self.tokens[last].range.end)
    }

    /// Behind `or`, a word that begins no test.
    fn forgot_the_name(&self) -> bool {
        match self.peek() {
            Some(Token::Word(word)) => !word.eq_ignore_ascii_case("not") && !begins_name(word),
            Some(Token::Quoted(_) | Token::Number(_)) => true,
            _ => false,
        }
    }

    fn or_of_labels(&mut self, parts: &[Line]) -> Fault {
        let start = self.range().start;
        while self.peek().is_some() && self.peek() != Some(&Token::Close) {
            self.at += 1;
        }
        let rest = &self.line[start..self.end().max(start)];
        let range = start..self.end().max(start);
        match parts.last() {
            Some(Line::Test(WrittenTest { name, check: WrittenCheck::Is(label), .. })) => {
                let first = &self.line[label.range.clone()];
                let all: Vec<&str> =
                    std::iter::once(first).chain(rest.split(" or ").map(str::trim)).collect();
                let meant = format!("{} in [{}]", name.text, all.join(", "));
                let words = |label: &&str| {
                    !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || " -_".contains(c))
                };
                let plain = all.iter().all(words) && !rest.contains(" and ");
                let (from, help) = (name.range.start..range.end, format!("write `{meant}`"));
                let fault = Fault::new(range, "`or` joins whole comparisons, not labels")
                    .label("a name is missing here")
                    .help(help);
                if plain { fault.edit(from, meant) } else { fault }
            }
            _ => Fault::new(range, "`or` joins whole comparisons")
                .label("a name is missing here")
                .help("repeat the name behind `or`"),
        }
    }

    fn negation(&mut self) -> Result<Line, Fault> {
        if self.take_word("not") {
            self.deeper()?;
            let inner = self.negation()?;
            self.depth -= 1;
            return Ok(Line::Not(Box::new(inner)));
        }
        if self.peek() == Some(&Token::Open) {
            self.deeper()?;
            let open = self.range();
            self.at += 1;
            let inner = self.sequence()?;
            if self.peek() != Some(&Token::Close) {
                if self.peek().is_none() {
                    return Err(Fault::new(open, "the bracket is not closed").label("opened here"));
                }
                return Err(self.unexpected("`)`"));
            }
            self.at += 1;
            self.depth -= 1;
            return Ok(inner);
        }
        self.test()
    }

    fn deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MAX_BRACKETS {
            let message = format!("brackets are nested deeper than {MAX_BRACKETS}");
            return Err(Fault { code: Code::TooDeep, ..Fault::new(self.range(), message) }
                .help("name a part of it under `conditions:`"));
        }
        Ok(())
    }

    fn test(&mut self) -> Result<Line, Fault> {
        let range = self.range();
        let Some(Token::Word(word)) = self.peek() else {
            return Err(self.unexpected("a name such as `answer.…` or `band.…`"));
        };
        let word = word.clone();
        if !begins_name(&word) {
            let kinds: Vec<String> = SUBJECTS.iter().map(|kind| format!("`{kind}.`")).collect();
            if ["rule", "rules"]
                .iter()
                .any(|kind| word.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.')))
            {
                let fault =
                    Fault::new(range, format!("`{word}` is no name")).label("no rule asks for another");
                return Err(fault.help(
                    "write what both ask for under `conditions:`, and name it with `condition.…` in each of them",
                ));
            }
            let fault =
                Fault::new(range, format!("`{word}` is no name")).label("names begin with their kind");
            return Err(fault.help(format!("begin it with one of {}", kinds.join(", "))));
        }
        self.at += 1;
        let name = Word { text: word, range: range.clone() };
        if name.text.starts_with("condition.") {
            return Ok(Line::Named(name));
        }
        let check = self.check()?;
        Ok(Line::Test(WrittenTest { name, check, range: range.start..self.end() }))
    }

    fn check(&mut self) -> Result<WrittenCheck, Fault> {
        const WANTED: &str = "a comparison (`<= 2`, `is …`, `in [… ]`, `between … and …`, `includes …`)";
        if let Some(Token::Compare(comparison)) = self.peek() {
            let comparison = *comparison;
            self.at += 1;
            let worded = self.peek_word().is_some_and(|word| !begins_name(word))
                || matches!(self.peek(), Some(Token::Quoted(_)));
            let (from, name) = (self.range(), self.at.checked_sub(2).map(|at| self.tokens[at].range.clone()));
            let is = match comparison {
                Comparison::Equal => Some("is"),
                Comparison::NotEqual => Some("is not"),
                _ => None,
            };
            if let (true, Some(is), Some(name)) = (worded, is, name) {
                let fault = self.unexpected("a number");
                let label = self.label("a label")?;
                let place = name.end..from.start;
                let (name, label) = (&self.line[name], &self.line[from.start..label.range.end]);
                // `true` and `false` are no labels: a question that asks yes or no has those two.
                let spoken = match label.to_lowercase().as_str() {
                    "true" => "yes",
                    "false" => "no",
                    _ => label,
                };
                let help = format!("write `{name} {is} {spoken}`");
                let whole = place.start..place.end + label.len();
                return Err(fault.help(help).edit(whole, format!(" {is} {spoken}")));
            }
            return Ok(WrittenCheck::Compare(comparison, self.value()?));
        }
        if self.take_word("is") {
            if self.peek_word().is_some_and(|word| word.eq_ignore_ascii_case("in")) {
                return Err(self.unexpected("a label").help("write `in` without `is`"));
            }
            return Ok(WrittenCheck::Is(self.label("a label")?));
        }
        let negated = self.take_word("not");
        if self.take_word("between") {
            let low = self.value()?;
            if !self.take_word("and") {
                return Err(self.unexpected("`and` with the upper end"));
            }
            let high = self.value()?;
            return Ok(WrittenCheck::Between { low, high, negated });
        }
        if self.take_word("in") {
            return Ok(WrittenCheck::In { items: self.list()?, negated });
        }
        if !negated && self.take_word("includes") {
            let several = (self.peek_word(), self.tokens.get(self.at + 1).map(|placed| &placed.token));
            if let (Some(word), Some(Token::Word(of))) = several
                && of.eq_ignore_ascii_case("of")
                && (word.eq_ignore_ascii_case("any") || word.eq_ignore_ascii_case("all"))
            {
                let all = word.eq_ignore_ascii_case("all");
                self.at += 2;
                return Ok(WrittenCheck::Includes { items: self.list()?, all });
            }
            return Ok(WrittenCheck::Includes { items: vec![self.label("an option")?], all: true });
        }
        let fault = self.unexpected(if negated { "`in` or `between`" } else { WANTED });
        let before = self.at.checked_sub(2).map(|at| self.tokens[at].range.clone());
        let includes = negated && self.peek_word().is_some_and(|word| word.eq_ignore_ascii_case("includes"));
        Err(match before.filter(|_| includes) {
            Some(name) => {
                let (name, rest) = (&self.line[name], &self.line[self.range().start..]);
                let end = rest.find(" and ").or(rest.find(" or ")).unwrap_or(rest.len());
                fault.help(format!("write `not {name} {}`", rest[..end].trim_end().trim_end_matches(')')))
            }
            None => fault,
        })
    }

    fn list(&mut self) -> Result<Vec<Label>, Fault> {
        let open = self.range();
        if self.peek() != Some(&Token::OpenList) {
            return Err(self.unexpected("a list in brackets").help("write `in [a, b]`"));
        }
        self.at += 1;
        let mut items = Vec::new();
        loop {
            if self.peek() == Some(&Token::CloseList) && !items.is_empty() {
                break;
            }
            items.push(self.label("a label")?);
            match self.peek() {
                Some(Token::Comma) => self.at += 1,
                Some(Token::CloseList) => break,
                None => return Err(Fault::new(open, "the list is not closed").label("opened here")),
                Some(_) => return Err(self.unexpected("`,` or `]`")),
            }
        }
        self.at += 1;
        Ok(items)
    }

    /// The words up to the next `and`, `or`, comma or bracket.
    fn label(&mut self, wanted: &str) -> Result<Label, Fault> {
        let start = self.range().start;
        if let Some(Token::Quoted(text)) = self.peek() {
            let label = Label { text: text.clone(), quoted: true, value: None, range: self.range() };
            self.at += 1;
            return Ok(label);
        }
        let begin = self.at;
        while let Some(token) = self.peek() {
            match token {
                Token::Word(word) if word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("or") => {
                    break;
                }
                Token::Word(_) | Token::Number(_) | Token::Percent => {}
                Token::Quoted(inner) if self.at == begin + 1 => match &self.tokens[begin].token {
                    Token::Word(word) if word.eq_ignore_ascii_case("not") => {
                        // `is not "a label"`: the label keeps its quotes for the reader of names.
                        let text = format!("not {inner}");
                        let range = start..self.range().end;
                        self.at += 1;
                        return Ok(Label { text, quoted: false, value: None, range });
                    }
                    // A unit with a space in its name.
                    Token::Number(_) => {}
                    _ => break,
                },
                _ => break,
            }
            self.at += 1;
        }
        if self.at == begin {
            return Err(self.unexpected(wanted));
        }
        let range = start..self.end();
        // As written: of `1-2 times` the tokens alone would not tell that it holds no space.
        let text = spaced(&self.line[range.clone()]);
        let value = match &self.tokens[begin..self.at] {
            [Placed { token: Token::Number(number), .. }] => {
                Some(WrittenValue { text: number.clone(), unit: None, range: range.clone() })
            }
            [Placed { token: Token::Number(number), .. }, ..] => {
                let unit = self.unit_at(begin + 1).filter(|(_, end)| *end == self.at);
                unit.map(|(unit, _)| WrittenValue {
                    text: number.clone(),
                    unit: Some(unit),
                    range: range.clone(),
                })
            }
            _ => None,
        };
        Ok(Label { text, quoted: false, value, range })
    }

    /// The unit that begins at a token, and the token behind it: `%`, a text in quotes, or words such as `mm Hg`.
    fn unit_at(&self, begin: usize) -> Option<(Word, usize)> {
        let word = |placed: &Placed| match &placed.token {
            Token::Word(word) => {
                !begins_name(word) && !["and", "or"].iter().any(|join| word.eq_ignore_ascii_case(join))
            }
            _ => false,
        };
        let first = self.tokens.get(begin)?;
        let (text, end) = match &first.token {
            Token::Percent => ("%".to_owned(), begin + 1),
            Token::Quoted(text) => (text.clone(), begin + 1),
            _ => {
                let end = begin + self.tokens[begin..].iter().take_while(|placed| word(placed)).count();
                let last = self.tokens.get(end.checked_sub(1).filter(|last| *last >= begin)?)?;
                (spaced(&self.line[first.range.start..last.range.end]), end)
            }
        };
        let range = first.range.start..self.tokens[end - 1].range.end;
        Some((Word { text, range }, end))
    }

    fn value(&mut self) -> Result<WrittenValue, Fault> {
        let range = self.range();
        let text = match self.peek() {
            Some(Token::Number(number)) => number.clone(),
            Some(Token::Word(word)) if begins_name(word) => word.clone(),
            _ => return Err(self.unexpected("a number")),
        };
        self.at += 1;
        let unit = self.unit_at(self.at).map(|(unit, end)| {
            self.at = end;
            unit
        });
        Ok(WrittenValue { text, unit, range: range.start..self.end() })
    }
}

/// A text with a keyboard's signs and single spaces.
fn spaced(text: &str) -> String {
    let plain: String = text.chars().map(super::lex::plain).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a unit's name is read as such without quotes.
pub fn is_unit(name: &str) -> bool {
    let line = format!("answer.a <= 1 {name}");
    match parse(&line) {
        Ok(Line::Test(WrittenTest { check: WrittenCheck::Compare(_, value), .. })) => {
            value.unit.is_some_and(|unit| unit.text == name)
        }
        _ => false,
    }
}

pub fn begins_name(word: &str) -> bool {
    word.split_once('.').is_some_and(|(kind, _)| KINDS.contains(&kind))
}

/// The line with brackets around the runs of one join.
fn grouped(texts: &[&str], joins: &[bool], or_last: bool) -> String {
    let mut groups: Vec<Vec<&str>> = vec![vec![texts[0]]];
    for (join, text) in joins.iter().zip(&texts[1..]) {
        if *join == or_last {
            groups.push(vec![text]);
        } else if let Some(group) = groups.last_mut() {
            group.push(text);
        }
    }
    let (outer, inner) = if or_last { (" or ", " and ") } else { (" and ", " or ") };
    let written: Vec<String> = groups
        .iter()
        .map(|group| if group.len() == 1 { group[0].to_owned() } else { format!("({})", group.join(inner)) })
        .collect();
    written.join(outer)
}
