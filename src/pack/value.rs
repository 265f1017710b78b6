//! Single values of a pack: whole numbers, dates, yes and no, one of a few words, lists.

use jiff::civil::Date;

use super::keys::{Keys, list};
use super::text::{Text, expect};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Meant, Number, date, meant_day};
use crate::source::{Sources, Span};
use crate::yaml::{Node, Value};

/// The readers of one run: where texts come from and where faults go.
pub struct Read<'a> {
    pub sources: &'a Sources,
    pub diagnostics: &'a mut Diagnostics,
}

impl<'a> Read<'a> {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The value, or the fault told.
    pub fn ok<T>(&mut self, result: Result<T, Box<Diagnostic>>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(diagnostic) => {
                self.push(*diagnostic);
                None
            }
        }
    }

    pub fn open<'n>(
        &mut self,
        node: &'n Node,
        at: Span,
        what: impl Into<String>,
        known: &[&str],
        later: &[&str],
    ) -> Option<Keys<'n>> {
        Keys::open(node, at, what, known, later, self.diagnostics)
    }

    pub fn need<'n>(&mut self, keys: &Keys<'n>, key: &str, hint: &str) -> Option<&'n Node> {
        keys.need(key, hint, self.diagnostics)
    }

    pub fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<Text<'n>> {
        expect(node, what, self.sources, self.diagnostics)
    }

    fn wrong(&mut self, span: Span, found: &str, key: &str, wanted: &str) {
        self.push(
            Diagnostic::error(Code::WrongValue, span, format!("`{key}` cannot be `{found}`"))
                .label(format!("{wanted} is wanted here")),
        );
    }

    /// One of a few words.
    pub fn one_of<T: Copy>(&mut self, keys: &Keys<'_>, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let node = keys.get(key)?;
        let text = self.text(node, &format!("`{key}`"))?;
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text.text) {
            return Some(*value);
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let near = crate::diag::did_you_mean(text.text, words.iter().copied());
        self.push(
            Diagnostic::error(Code::WrongValue, text.whole(), format!("`{key}` cannot be `{}`", text.text))
                .label("not one of its values")
                .help(near.unwrap_or_else(|| format!("its values are {}", list(&words)))),
        );
        None
    }

    pub fn bool(&mut self, keys: &Keys<'_>, key: &str) -> Option<bool> {
        self.one_of(keys, key, &[("true", true), ("false", false)])
    }

    pub fn date(&mut self, keys: &Keys<'_>, key: &str) -> Option<Date> {
        let node = keys.get(key)?;
        let text = self.text(node, &format!("`{key}`"))?;
        let read = date(text.text);
        if read.is_none() {
            let fault = Diagnostic::error(
                Code::WrongValue,
                text.whole(),
                format!("`{key}` cannot be `{}`", text.text),
            );
            self.push(match meant_day(text.text) {
                Meant::NoSuchDay => fault.label("there is no such day"),
                Meant::Days(days) => {
                    let days: Vec<String> = days.iter().map(|day| format!("`{day}`")).collect();
                    let fault = fault
                        .label("a day such as 2026-03-01 is wanted here")
                        .help(format!("write {}", days.join(" or ")));
                    match (days.as_slice(), text.exact(0..text.text.len())) {
                        ([day], Some(span)) => fault.fix(span, day.trim_matches('`')),
                        _ => fault,
                    }
                }
                Meant::Nothing => fault.label("a day such as 2026-03-01 is wanted here"),
            });
        }
        read
    }

    /// A whole number from `low` to `high`.
    pub fn whole(&mut self, keys: &Keys<'_>, key: &str, low: i64, high: i64) -> Option<i64> {
        let node = keys.get(key)?;
        let text = self.text(node, &format!("`{key}`"))?;
        let value = text.text.parse::<i64>().ok().filter(|value| (low..=high).contains(value));
        if value.is_none() {
            self.wrong(text.whole(), text.text, key, &format!("a whole number from {low} to {high}"));
        }
        value
    }

    /// A number that is not negative.
    pub fn weight(&mut self, keys: &Keys<'_>, key: &str) -> Option<Number> {
        let node = keys.get(key)?;
        let text = self.text(node, &format!("`{key}`"))?;
        let value = Number::parse(text.text).filter(|value| !value.is_negative());
        if value.is_none() {
            self.wrong(text.whole(), text.text, key, "a number that is not negative");
        }
        value
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts<'n>(&mut self, node: &'n Node, what: &str) -> Vec<Text<'n>> {
        match &node.value {
            Value::List { items, .. } => {
                items.iter().filter_map(|item| self.text(item, &format!("an entry of {what}"))).collect()
            }
            Value::Broken => Vec::new(),
            Value::Scalar(_) if !node.is_null() => self.text(node, what).into_iter().collect(),
            _ => {
                self.push(
                    Diagnostic::error(Code::WrongShape, node.span, format!("{what} is {}", node.what()))
                        .label("a list is wanted here")
                        .help("write `[a, b]`, or one a line behind `- `"),
                );
                Vec::new()
            }
        }
    }
}
