//! Tokens → the parts that names stand in. Takes everything that Tera 2 takes; what it takes beyond,
//! Tera refuses.

use super::ast::{Argument, Expr, Filter, Node, Parameter, Place, What};
use super::lex::{Fault, Placed, Token, tokens};
use crate::diag::did_you_mean;

/// How deep tags and brackets may lie inside each other: as deep as Tera allows.
const MAX_DEPTH: usize = 40;

/// The words that begin a tag.
const TAGS: [&str; 13] = [
    "if",
    "for",
    "set",
    "set_global",
    "include",
    "extends",
    "block",
    "filter",
    "component",
    "raw",
    "break",
    "continue",
    "else",
];

/// The words that end a tag, or go on in it.
const ENDS: [&str; 8] =
    ["endif", "endfor", "endset", "endblock", "endfilter", "endcomponent", "elif", "else"];

/// The parts of a template.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, Fault> {
    let tokens = tokens(text)?;
    let mut parser = Parser { text, tokens, next: 0, depth: 0 };
    let (nodes, end) = parser.nodes(&[])?;
    match end {
        None => Ok(nodes),
        Some(at) => parser.unsupported(at),
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Placed>,
    next: usize,
    depth: usize,
}

type Parsed<T> = Result<T, Fault>;

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn place(&self) -> Place {
        self.tokens.get(self.next).map_or(self.text.len()..self.text.len(), |(_, at)| at.clone())
    }

    /// Where the last token taken ends.
    fn end(&self) -> usize {
        self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |(_, at)| at.end)
    }

    fn take(&mut self) -> Parsed<Placed> {
        match self.tokens.get(self.next) {
            Some(token) => {
                self.next += 1;
                Ok(token.clone())
            }
            None => self.fault(self.place(), "the template ends in the middle of something"),
        }
    }

    fn fault<T>(&self, at: Place, message: impl Into<String>) -> Parsed<T> {
        Err(Fault { at, message: message.into(), help: None })
    }

    fn unsupported<T>(&self, at: Place) -> Parsed<T> {
        let found = self.text.get(at.clone()).unwrap_or_default().to_owned();
        self.fault(at, format!("`{found}` is not supported here in kitwright templates"))
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(found)) if *found == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(found)) if found == word)
    }

    fn skip(&mut self, sign: &str) -> bool {
        let found = self.is(sign);
        self.next += usize::from(found);
        found
    }

    fn skip_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.skip(sign) { Ok(()) } else { self.fault(self.place(), format!("`{sign}` is expected here")) }
    }

    fn expect_word(&mut self, word: &str) -> Parsed<()> {
        if self.skip_word(word) {
            Ok(())
        } else {
            self.fault(self.place(), format!("`{word}` is expected here"))
        }
    }

    fn word(&mut self) -> Parsed<(String, Place)> {
        match self.take()? {
            (Token::Word(word), at) => Ok((word, at)),
            (_, at) => self.fault(at, "a name is expected here"),
        }
    }

    fn text(&mut self) -> Parsed<(String, Place)> {
        match self.take()? {
            (Token::Text(text), at) => Ok((text, at)),
            (_, at) => self.fault(at, "a name in quotes is expected here"),
        }
    }

    fn close(&mut self) -> Parsed<()> {
        match self.take()? {
            (Token::TagEnd, _) => Ok(()),
            (_, at) => self.unsupported(at),
        }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        if self.depth > 2 * MAX_DEPTH {
            return self.fault(self.place(), format!("this is nested deeper than {MAX_DEPTH}"));
        }
        let out = read(self);
        self.depth -= 1;
        out
    }

    /// Nodes up to a tag that begins with one of `ends`, whose word is taken; its place, none at the end.
    fn nodes(&mut self, ends: &[&str]) -> Parsed<(Vec<Node>, Option<Place>)> {
        self.deeper(|parser| {
            let mut out = Vec::new();
            while let Some(token) = parser.peek() {
                match token {
                    Token::PrintStart => {
                        parser.next += 1;
                        let value = parser.expression()?;
                        match parser.take()? {
                            (Token::PrintEnd, _) => out.push(Node::Print(value)),
                            (_, at) => return parser.unsupported(at),
                        }
                    }
                    Token::TagStart => {
                        parser.next += 1;
                        let at = parser.place();
                        let word = match parser.take()?.0 {
                            Token::Word(word) => word,
                            Token::Sign(sign @ ("<" | "</")) => sign.to_owned(),
                            _ => return parser.unsupported(at),
                        };
                        if ends.contains(&word.as_str()) {
                            return Ok((out, Some(at)));
                        }
                        if ENDS.contains(&word.as_str()) {
                            return Err(stray(&word, at, ends));
                        }
                        parser.tag(&word, at, &mut out)?;
                    }
                    _ => parser.next += 1,
                }
            }
            Ok((out, None))
        })
    }

    /// The nodes of a tag's body, with the word that ended it.
    fn body(&mut self, opened: &str, at: &Place, ends: &[&str]) -> Parsed<(Vec<Node>, String)> {
        match self.nodes(ends)? {
            (nodes, Some(end)) => Ok((nodes, self.text.get(end).unwrap_or_default().to_owned())),
            (_, None) => self
                .fault(at.clone(), format!("this `{opened}` is not closed with `{}`", ends[ends.len() - 1])),
        }
    }

    fn tag(&mut self, word: &str, at: Place, out: &mut Vec<Node>) -> Parsed<()> {
        match word {
            "set" | "set_global" => {
                let global = word == "set_global";
                let (name, _) = self.word()?;
                if self.skip("=") {
                    let value = self.expression()?;
                    out.push(Node::Set { name, value, global });
                } else {
                    let mut filters = Vec::new();
                    while self.skip("|") {
                        filters.push(self.filter()?);
                    }
                    self.close()?;
                    let (body, _) = self.body(word, &at, &["endset"])?;
                    out.push(Node::Capture { name, filters, body, global });
                }
                self.close()
            }
            "if" => {
                let node = self.branch(&at)?;
                out.push(node);
                self.close()
            }
            "for" => {
                let (mut value, _) = self.word()?;
                let mut key = None;
                if self.skip(",") {
                    key = Some(std::mem::replace(&mut value, self.word()?.0));
                }
                self.expect_word("in")?;
                let list = self.expression()?;
                self.close()?;
                let (body, end) = self.body(word, &at, &["else", "endfor"])?;
                let mut otherwise = Vec::new();
                if end == "else" {
                    self.close()?;
                    otherwise = self.body(word, &at, &["endfor"])?.0;
                }
                out.push(Node::For { key, value, list, body, otherwise });
                self.close()
            }
            "include" | "extends" => {
                let (name, at) = self.text()?;
                out.push(if word == "include" {
                    Node::Include { name, at }
                } else {
                    Node::Extends { name, at }
                });
                self.close()
            }
            "block" => {
                let (name, _) = self.word()?;
                self.close()?;
                let (body, _) = self.body(word, &at, &["endblock"])?;
                if let Some(Token::Word(_)) = self.peek() {
                    self.next += 1;
                }
                out.push(Node::Block { name, body });
                self.close()
            }
            "filter" => {
                let mut filters = vec![self.filter()?];
                while self.skip("|") {
                    filters.push(self.filter()?);
                }
                self.close()?;
                let (body, _) = self.body(word, &at, &["endfilter"])?;
                out.push(Node::Filtered { filters, body });
                self.close()
            }
            "component" => {
                let name = self.dotted()?.0;
                let parameters = self.parameters()?;
                if self.is("{") {
                    self.next += 1;
                    self.map()?;
                }
                self.close()?;
                let (body, _) = self.body(word, &at, &["endcomponent"])?;
                if matches!(self.peek(), Some(Token::Word(_))) {
                    self.dotted()?;
                }
                out.push(Node::Component { name, parameters, body });
                self.close()
            }
            "<" => {
                let call = self.component_call(at.start)?;
                self.expect(">")?;
                self.close()?;
                let (body, _) = self.body("component", &at, &["</"])?;
                self.dotted()?;
                self.expect(">")?;
                out.push(Node::Call { call, body });
                self.close()
            }
            "break" | "continue" => self.close(),
            _ => self.unsupported(at).map_err(|fault| Fault { help: did_you_mean(word, TAGS), ..fault }),
        }
    }

    /// From the test of an `if` or `elif` up to `endif`.
    fn branch(&mut self, at: &Place) -> Parsed<Node> {
        self.deeper(|parser| {
            let test = parser.expression()?;
            parser.close()?;
            let (body, end) = parser.body("if", at, &["elif", "else", "endif"])?;
            let otherwise = match end.as_str() {
                "elif" => vec![parser.branch(at)?],
                "else" => {
                    parser.close()?;
                    parser.body("if", at, &["endif"])?.0
                }
                _ => Vec::new(),
            };
            Ok(Node::If { test, body, otherwise })
        })
    }

    fn dotted(&mut self) -> Parsed<(String, Place)> {
        let (mut name, at) = self.word()?;
        while self.skip(".") {
            name.push('.');
            name.push_str(&self.word()?.0);
        }
        Ok((name, at.start..self.end()))
    }

    fn parameters(&mut self) -> Parsed<Vec<Parameter>> {
        self.expect("(")?;
        let mut out = Vec::new();
        while !self.skip(")") {
            if !out.is_empty() {
                self.expect(",")?;
                if self.skip(")") {
                    break;
                }
            }
            let _ = self.skip("...") || self.skip("@");
            let (name, _) = self.word()?;
            let kind = if self.skip(":") { Some(self.word()?.0) } else { None };
            if self.skip("=") {
                self.expression()?;
            }
            out.push(Parameter { name, kind });
        }
        Ok(out)
    }

    fn filter(&mut self) -> Parsed<Filter> {
        let (name, at) = self.word()?;
        let arguments = if self.is("(") { self.arguments()? } else { Vec::new() };
        Ok(Filter { name, at, arguments })
    }

    fn arguments(&mut self) -> Parsed<Vec<Argument>> {
        self.expect("(")?;
        let mut out = Vec::new();
        while !self.skip(")") {
            if !out.is_empty() {
                self.expect(",")?;
                if self.skip(")") {
                    break;
                }
            }
            let (name, _) = self.word()?;
            self.expect("=")?;
            let value = self.expression()?;
            out.push(Argument { name: Some(name), value });
        }
        Ok(out)
    }

    /// Behind the `<` of a component: its name and attributes.
    fn component_call(&mut self, start: usize) -> Parsed<Expr> {
        let (name, name_at) = self.dotted()?;
        let mut arguments = Vec::new();
        loop {
            if let Some(Token::Word(_)) = self.peek() {
                let (name, at) = self.word()?;
                let value = if self.skip("=") {
                    if self.skip("{") {
                        let value = self.expression()?;
                        self.expect("}")?;
                        value
                    } else {
                        let (text, at) = self.text()?;
                        Expr { what: What::Text(text), at }
                    }
                } else {
                    Expr { what: What::Name(name.clone()), at }
                };
                arguments.push(Argument { name: Some(name), value });
            } else if self.skip("{") {
                self.expect("...")?;
                let value = self.expression()?;
                self.expect("}")?;
                arguments.push(Argument { name: None, value });
            } else {
                break;
            }
        }
        Ok(Expr { what: What::Component { name, name_at, arguments }, at: start..self.end() })
    }

    fn expression(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| parser.binding(0))
    }

    /// Binary operators by how tightly they bind, as Tera has them.
    fn binding(&mut self, least: u8) -> Parsed<Expr> {
        let mut left = self.operand()?;
        loop {
            let start = left.at.start;
            let (sign, binds) = match self.peek() {
                Some(Token::Word(word)) => match word.as_str() {
                    "if" if least == 0 => {
                        self.next += 1;
                        let test = Box::new(self.expression()?);
                        self.expect_word("else")?;
                        let no = Box::new(self.expression()?);
                        let what = What::Choice { test, yes: Box::new(left), no };
                        return Ok(Expr { what, at: start..self.end() });
                    }
                    "or" => ("or", 1),
                    "and" => ("and", 3),
                    "in" | "not" => ("in", 5),
                    "is" => ("is", 5),
                    _ => return Ok(left),
                },
                Some(Token::Sign(sign)) => match *sign {
                    "==" | "!=" | "<" | "<=" | ">" | ">=" => (*sign, 7),
                    "+" | "-" => (*sign, 11),
                    "*" | "/" | "//" | "%" | "~" => (*sign, 13),
                    "**" => (*sign, 16),
                    "|" => (*sign, 17),
                    "[" | "?[" => {
                        left = self.subscript(left)?;
                        continue;
                    }
                    _ => return Ok(left),
                },
                _ => return Ok(left),
            };
            if binds < least {
                return Ok(left);
            }
            if sign == "in" && self.skip_word("not") && !self.is_word("in") {
                return self.unsupported(self.place());
            }
            self.next += 1;
            let what = match sign {
                "is" => {
                    let _ = self.skip_word("not");
                    let (name, name_at) = self.word()?;
                    let arguments = if self.is("(") { self.arguments()? } else { Vec::new() };
                    What::Test { of: Box::new(left), name, name_at, arguments }
                }
                "|" => What::Filter { filter: self.filter()?, of: Box::new(left) },
                _ => {
                    let right =
                        Box::new(self.deeper(|parser| {
                            parser.binding(if sign == "**" { binds - 1 } else { binds + 1 })
                        })?);
                    match sign {
                        "or" | "and" => What::Either(Box::new(left), right),
                        _ => What::Operation { sign: sign.to_owned(), left: Box::new(left), right },
                    }
                }
            };
            left = Expr { what, at: start..self.end() };
        }
    }

    fn operand(&mut self) -> Parsed<Expr> {
        let (token, at) = self.take()?;
        let start = at.start;
        let what = match token {
            Token::Number => What::Number,
            Token::Text(text) => What::Text(text),
            Token::Word(word) => match word.as_str() {
                "true" | "True" | "false" | "False" => What::Truth,
                "none" | "None" | "null" => What::Nothing,
                "not" => What::Not(Box::new(self.deeper(|parser| parser.binding(5))?)),
                _ => return self.name(word, at),
            },
            Token::Sign("-") => What::Minus(Box::new(self.deeper(|parser| parser.binding(20))?)),
            Token::Sign("(") => {
                let inner = self.expression()?;
                self.expect(")")?;
                return Ok(inner);
            }
            Token::Sign("[") => self.list()?,
            Token::Sign("{") => self.map()?,
            Token::Sign("<") => {
                let call = self.component_call(start)?;
                self.expect("/")?;
                self.expect(">")?;
                return Ok(call);
            }
            _ => return self.unsupported(at),
        };
        Ok(Expr { what, at: start..self.end() })
    }

    /// A name with everything that hangs on it.
    fn name(&mut self, word: String, at: Place) -> Parsed<Expr> {
        let start = at.start;
        if self.is("(") {
            let arguments = self.arguments()?;
            return Ok(Expr { what: What::Call { name: word, arguments }, at });
        }
        let mut out = Expr { what: What::Name(word), at };
        loop {
            if self.skip(".") || self.skip("?.") {
                let (name, at) = self.word()?;
                out = Expr { what: What::Field { of: Box::new(out), name }, at };
            } else if self.is("[") || self.is("?[") {
                out = self.subscript(out)?;
            } else {
                break;
            }
        }
        // The whole chain is what an operator stands before; a fault shows only its last word.
        if let What::Name(_) = out.what {
            out.at.start = start;
        }
        Ok(out)
    }

    fn subscript(&mut self, of: Expr) -> Parsed<Expr> {
        self.next += 1;
        let mut by = Vec::new();
        let mut slice = false;
        while !self.is("]") {
            if self.skip(":") {
                slice = true;
            } else {
                by.push(self.expression()?);
            }
        }
        self.expect("]")?;
        let at = of.at.start..self.end();
        let of = Box::new(of);
        let what = match (slice, by.len()) {
            (false, 1) => What::Index { of, by: Box::new(by.swap_remove(0)) },
            (true, _) => What::Slice { of, by },
            _ => return self.unsupported(at),
        };
        Ok(Expr { what, at })
    }

    fn list(&mut self) -> Parsed<What> {
        let mut items = Vec::new();
        while !self.skip("]") {
            if !items.is_empty() {
                self.expect(",")?;
                if self.skip("]") {
                    break;
                }
            }
            let _ = self.skip("...");
            let item = self.expression()?;
            if items.is_empty() && self.skip_word("for") {
                let (mut value, _) = self.word()?;
                let mut key = None;
                if self.skip(",") {
                    key = Some(std::mem::replace(&mut value, self.word()?.0));
                }
                self.expect_word("in")?;
                let list = Box::new(self.binding(1)?);
                let test = if self.skip_word("if") { Some(Box::new(self.binding(1)?)) } else { None };
                self.expect("]")?;
                return Ok(What::Each { key, value, list, test, item: Box::new(item) });
            }
            items.push(item);
        }
        Ok(What::List(items))
    }

    /// Behind the brace.
    fn map(&mut self) -> Parsed<What> {
        let mut entries = Vec::new();
        while !self.skip("}") {
            if !entries.is_empty() {
                self.expect(",")?;
                if self.skip("}") {
                    break;
                }
            }
            if self.skip("...") {
                entries.push((None, self.expression()?));
                continue;
            }
            let key = match self.take()? {
                (Token::Text(text), _) => Some(text),
                (Token::Number | Token::Word(_), _) => None,
                (_, at) => return self.unsupported(at),
            };
            self.expect(":")?;
            entries.push((key, self.expression()?));
        }
        Ok(What::Map(entries))
    }
}

/// The fault of a word that ends or goes on in something that is not open.
fn stray(word: &str, at: Place, ends: &[&str]) -> Fault {
    let (message, help) = match (word, ends.last()) {
        (_, Some(end)) => (
            format!("`{word}` has no place here"),
            format!("what is open here is closed with `{{% {end} %}}`"),
        ),
        ("else" | "elif", None) => (
            format!("`{word}` belongs to nothing"),
            "take it out, or open an `if` before it with `{% if … %}`".to_owned(),
        ),
        (_, None) => (
            format!("`{word}` closes nothing"),
            format!(
                "take it out, or open what it closes with `{{% {} … %}}`",
                word.trim_start_matches("end")
            ),
        ),
    };
    Fault { at, message, help: Some(help) }
}
