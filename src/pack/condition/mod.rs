//! Conditions: YAML shapes and lines → the conditions that are judged.

mod canonical;
mod lex;
pub mod print;
mod resolve;
mod syntax;

pub use canonical::{canonical, canonical_end};
pub use lex::plain as plain_sign;

use super::load::Loader;
use super::text::Text;
use crate::diag::{Code, Diagnostic};
use crate::model::{Condition, Order};
use crate::yaml::{Node, Value, split_outside_brackets};
use syntax::{Fault, Line, parse};

/// Lists and brackets inside each other.
const MAX_DEPTH: usize = 32;

/// The comparison that a text begins with and its width, for bands' ends.
pub fn syntax_order(text: &str) -> Option<(Order, usize)> {
    [
        ("<=", Order::AtMost),
        (">=", Order::AtLeast),
        ("≤", Order::AtMost),
        ("≥", Order::AtLeast),
        ("<", Order::Less),
        (">", Order::Greater),
    ]
    .into_iter()
    .find(|(sign, _)| text.starts_with(sign))
    .map(|(sign, order)| (order, sign.len()))
}

impl Loader<'_, '_> {
    /// A condition in any of its shapes; none where a fault was told.
    pub fn condition(&mut self, node: &Node) -> Option<Condition> {
        self.condition_at(node, 0)
    }

    fn condition_at(&mut self, node: &Node, depth: usize) -> Option<Condition> {
        if depth > MAX_DEPTH {
            self.read.push(
                Diagnostic::error(
                    Code::TooDeep,
                    node.span,
                    format!("conditions are nested deeper than {MAX_DEPTH}"),
                )
                .label("here")
                .help("name a part of it under `conditions:`"),
            );
            return None;
        }
        match &node.value {
            Value::Broken => None,
            Value::Scalar(scalar) if scalar.cut => {
                super::text::expect_sentence(node, "a condition", self.read.sources, self.read.diagnostics);
                None
            }
            Value::Scalar(_) => {
                let text = self.read.text(node, "a condition")?;
                match parse(text.text) {
                    Ok(line) => self.resolve(&line, &text),
                    Err(fault) => {
                        self.tell(fault, &text);
                        None
                    }
                }
            }
            Value::List { items, flow } => {
                if *flow && items.iter().any(|item| self.broken_in_flow(item)) {
                    self.flow_fault(node);
                    return None;
                }
                if items.is_empty() {
                    self.read.push(
                        Diagnostic::error(Code::Condition, node.span, "a list of conditions is empty")
                            .label("this would always hold")
                            .help("write one condition a line behind `- `"),
                    );
                    return None;
                }
                self.parts(items, depth)
                    .map(|mut parts| if parts.len() == 1 { parts.remove(0) } else { Condition::All(parts) })
            }
            Value::Map { entries, .. } => {
                let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
                let value =
                    |key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value);
                match keys.as_slice() {
                    ["all"] => self.list_of(value("all")?, depth).map(Condition::All),
                    ["any"] => self.list_of(value("any")?, depth).map(Condition::Any),
                    ["not"] => self.negated_at(value("not")?, depth),
                    ["at_least", "of"] | ["of", "at_least"] => {
                        self.at_least(value("at_least")?, value("of")?, depth)
                    }
                    _ => {
                        self.shape_fault(node, &keys);
                        None
                    }
                }
            }
        }
    }

    fn negated_at(&mut self, node: &Node, depth: usize) -> Option<Condition> {
        if node.items().is_some_and(|items| items.len() > 1) {
            return self.negated(node, "not");
        }
        self.condition_at(node, depth + 1).map(|inner| Condition::Not(Box::new(inner)))
    }

    /// Every part, so that all faults come at once; none where one is broken.
    fn parts(&mut self, items: &[Node], depth: usize) -> Option<Vec<Condition>> {
        let read: Vec<Option<Condition>> =
            items.iter().map(|item| self.condition_at(item, depth + 1)).collect();
        read.into_iter().collect()
    }

    fn list_of(&mut self, node: &Node, depth: usize) -> Option<Vec<Condition>> {
        match &node.value {
            Value::List { items, flow }
                if !(items.is_empty() || *flow && items.iter().any(|item| self.broken_in_flow(item))) =>
            {
                self.parts(items, depth)
            }
            Value::List { items, .. } if !items.is_empty() => {
                self.flow_fault(node);
                None
            }
            Value::Broken => None,
            _ => {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongShape,
                        node.span,
                        format!(
                            "the conditions are {}",
                            if node.items().is_some() { "an empty list" } else { node.what() }
                        ),
                    )
                    .label("a list of conditions is wanted here")
                    .help("write one condition a line behind `- `"),
                );
                None
            }
        }
    }

    fn at_least(&mut self, count: &Node, of: &Node, depth: usize) -> Option<Condition> {
        let parts = self.list_of(of, depth);
        let text = self.read.text(count, "`at_least`")?;
        let n = text.text.parse::<usize>().ok();
        let parts = parts?;
        match n {
            Some(n) if (1..=parts.len()).contains(&n) => Some(Condition::AtLeast(n, parts)),
            _ => {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        text.whole(),
                        format!("`at_least` cannot be `{}`", text.text),
                    )
                    .label(format!("a whole number from 1 to {} is wanted here", parts.len())),
                );
                None
            }
        }
    }

    /// A flow list cuts its entries at commas and brackets: what is left is no line.
    fn broken_in_flow(&self, item: &Node) -> bool {
        match &item.value {
            Value::List { .. } => true,
            Value::Map { .. } => false,
            Value::Scalar(_) => {
                Text::of(item, self.read.sources).is_some_and(|text| parse(text.text).is_err())
            }
            Value::Broken => false,
        }
    }

    fn flow_fault(&mut self, node: &Node) {
        let written = self.read.sources.slice(node.span);
        let inner = written.trim().strip_prefix('[').unwrap_or(written).strip_suffix(']').unwrap_or(written);
        let lines: Vec<String> =
            split_outside_brackets(inner).iter().map(|line| format!("- {}", line.trim())).collect();
        self.read.push(
            Diagnostic::error(Code::Quote, node.span, "a list in brackets is cut at commas and brackets")
                .label("conditions stand one a line")
                .help(format!("write\n{}", lines.join("\n"))),
        );
    }

    fn shape_fault(&mut self, node: &Node, keys: &[&str]) {
        let written = self.read.sources.slice(node.span).lines().next().unwrap_or("").trim().to_owned();
        let (message, help) = match keys {
            ["at_least"] => {
                ("`at_least` has no `of`".to_owned(), "add `of:` with a list of conditions".to_owned())
            }
            ["of"] => ("`of` has no `at_least`".to_owned(), "add `at_least: 2`".to_owned()),
            [key] if syntax::KINDS.iter().any(|kind| key.starts_with(&format!("{kind}."))) => {
                ("a condition stands as a key".to_owned(), {
                    let written = written.trim_matches(['{', '}', ' ']);
                    let (name, value) = written.split_once(':').unwrap_or((written, ""));
                    let value = value.trim();
                    let sign = if value.starts_with(['<', '>', '=', '!']) { "" } else { "= " };
                    format!("write `{name} {sign}{value}`")
                })
            }
            [key] => (
                format!("`{key}` joins no conditions"),
                match key.to_lowercase().as_str() {
                    "or" => "write `any:`".to_owned(),
                    "and" => "write `all:`".to_owned(),
                    _ => "the keys are `all`, `any`, `not`, and `at_least` with `of`".to_owned(),
                },
            ),
            _ => ("several keys in one condition".to_owned(), "give each its own `- `".to_owned()),
        };
        self.read.push(Diagnostic::error(Code::Condition, node.span, message).label("here").help(help));
    }

    fn tell(&mut self, mut fault: Fault, text: &Text<'_>) {
        // A bare id that is a question's, or a metric's, only lacks its kind.
        if let Some(id) = text.text.get(fault.range.clone()) {
            let question = self.names.questions.find(id).map(|_| "answer");
            let metric = self.names.metrics.find(id).map(|_| "metric");
            // A threshold stands where a number is wanted.
            if self.names.thresholds.find(id).is_some() && fault.label.starts_with("a number") {
                fault.help = Some(format!("write `threshold.{id}`"));
                fault.edit = Some(Box::new((fault.range.clone(), format!("threshold.{id}"))));
            } else if let (Some(kind), None) | (None, Some(kind)) = (question, metric) {
                fault.help = Some(format!("write `{kind}.{id}`"));
                fault.edit = Some(Box::new((fault.range.clone(), format!("{kind}.{id}"))));
            }
        }
        let span = text.span(fault.range);
        let told = Diagnostic::error(fault.code, span, fault.message).label(fault.label).help_if(fault.help);
        let place = fault.edit.and_then(|edit| Some((text.exact(edit.0)?, edit.1)));
        self.read.push(match place {
            Some((place, meant)) => told.fix(place, meant),
            None => told,
        });
    }

    /// Tells a fault of what a test says of a name, unless the name itself is broken.
    fn tell_of(&mut self, name: &str, fault: Diagnostic) {
        if !super::poisoned::FOLLOWING.contains(&fault.code) || !self.names_faulty(name) {
            self.read.push(fault);
        }
    }

    fn resolve(&mut self, line: &Line, text: &Text<'_>) -> Option<Condition> {
        match line {
            Line::And(parts) => self.resolve_all(parts, text).map(Condition::All),
            Line::Or(parts) => self.resolve_all(parts, text).map(Condition::Any),
            Line::Not(inner) => self.resolve(inner, text).map(|inner| Condition::Not(Box::new(inner))),
            Line::Named(word) => {
                let span = text.span(word.range.clone());
                let id = word.text.strip_prefix("condition.").unwrap_or(&word.text);
                let found = self.names.condition(id, span);
                self.read.ok(found).map(|id| Condition::Named(id, span))
            }
            Line::Test(test) => match self.resolve_test(test, text) {
                Ok(test) => Some(Condition::Test(test)),
                Err(fault) => {
                    self.tell_of(&test.name.text, *fault);
                    None
                }
            },
        }
    }

    fn resolve_all(&mut self, parts: &[Line], text: &Text<'_>) -> Option<Vec<Condition>> {
        let read: Vec<Option<Condition>> = parts.iter().map(|part| self.resolve(part, text)).collect();
        read.into_iter().collect()
    }
}
