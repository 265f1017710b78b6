//! What an expression gives, and the names in it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ast::{Expr, Place, What};
use super::super::shape::{Fields, Shape};
use super::filter::{FUNCTIONS, TESTS};
use super::{Walk, loop_scope};
use crate::diag::{Code, did_you_mean};

impl<'w> Walk<'w> {
    /// The shape of what a loop goes over.
    pub(super) fn expr_to_loop(&mut self, list: &'w Expr) -> Shape {
        let shape = self.expr(list);
        if matches!(shape, Shape::Number | Shape::Truth) {
            let fault =
                self.fault(Code::UnknownValue, &list.at, format!("this is {}, no list", shape.what()));
            self.diagnostics.push(fault);
        }
        shape
    }

    pub(super) fn expr(&mut self, expr: &'w Expr) -> Shape {
        match &expr.what {
            What::Text(_) => Shape::Text,
            What::Number => Shape::Number,
            What::Truth => Shape::Truth,
            What::Nothing => Shape::Any,
            What::Name(name) => self.name(name, &expr.at),
            What::Field { of, name } => {
                let shape = self.expr(of);
                self.field(&shape, of, name, &expr.at)
            }
            What::Index { of, by } => {
                let shape = self.expr(of);
                match (&shape, &by.what) {
                    (Shape::Map(_), What::Text(name)) => self.field(&shape, of, name, &by.at),
                    (Shape::Map(_), _) => {
                        self.expr(by);
                        Shape::Any
                    }
                    _ => {
                        self.expr(by);
                        shape.item()
                    }
                }
            }
            What::Slice { of, by } => {
                by.iter().for_each(|by| {
                    self.expr(by);
                });
                self.expr(of)
            }
            What::Call { name, arguments } => {
                self.arguments(arguments);
                if !FUNCTIONS.contains(&name.as_str()) {
                    let fault =
                        self.fault(Code::Template, &expr.at, format!("there is no function `{name}`"));
                    self.diagnostics.push(fault.help_if(did_you_mean(name, FUNCTIONS)));
                }
                if name == "range" { Shape::List(Box::new(Shape::Number)) } else { Shape::Text }
            }
            What::Filter { of, filter } => {
                let shape = self.expr(of);
                self.filter(shape, filter)
            }
            What::Test { of, name, name_at, arguments } => {
                self.expr(of);
                self.arguments(arguments);
                if !TESTS.contains(&name.as_str()) {
                    let fault = self.fault(Code::Template, name_at, format!("there is no test `{name}`"));
                    self.diagnostics.push(fault.help_if(did_you_mean(name, TESTS)));
                }
                Shape::Truth
            }
            What::Either(left, right) => self.expr(left).or(self.expr(right)),
            What::Operation { sign, left, right } => {
                let shapes = [left, right].map(|side| (self.expr(side), side));
                if sign == "~" {
                    shapes.iter().for_each(|(shape, side)| self.printed(shape, side));
                }
                match sign.as_str() {
                    "~" => Shape::Text,
                    "+" => Shape::Any,
                    "-" | "*" | "/" | "//" | "%" | "**" => Shape::Number,
                    _ => Shape::Truth,
                }
            }
            What::Not(inner) => {
                self.expr(inner);
                Shape::Truth
            }
            What::Minus(inner) => {
                self.expr(inner);
                Shape::Number
            }
            What::Choice { test, yes, no } => {
                self.expr(test);
                self.expr(yes).or(self.expr(no))
            }
            What::List(items) => {
                let mut shapes = items.iter().map(|item| self.expr(item)).collect::<Vec<_>>().into_iter();
                let first = shapes.next().unwrap_or(Shape::Any);
                Shape::List(Box::new(shapes.fold(first, Shape::or)))
            }
            What::Map(entries) => {
                let mut named = BTreeMap::new();
                let mut other = None;
                for (key, value) in entries {
                    let shape = self.expr(value);
                    match key {
                        Some(key) => {
                            named.insert(key.clone(), shape);
                        }
                        None => other = Some(Box::new(Shape::Any)),
                    }
                }
                Shape::Map(Fields { named, other })
            }
            What::Each { key, value, list, test, item } => {
                let list = self.expr_to_loop(list);
                self.scopes.push(loop_scope(key.as_deref(), value, &list));
                if let Some(test) = test {
                    self.expr(test);
                }
                let item = self.expr(item);
                self.scopes.pop();
                Shape::List(Box::new(item))
            }
            What::Component { name, name_at, arguments } => {
                self.arguments(arguments);
                let known = self.parsed.components();
                if !known.contains(name.as_str()) {
                    let fault =
                        self.fault(Code::Template, name_at, format!("there is no component `{name}`"));
                    self.diagnostics.push(fault.help_if(did_you_mean(name, known)));
                }
                Shape::Text
            }
        }
    }

    fn name(&mut self, name: &str, at: &Place) -> Shape {
        if let Some(shape) = self.scopes.iter().rev().find_map(|scope| scope.get(name)) {
            return shape.clone();
        }
        if !self.closed
            && let Some(shape) = self.root.named.get(name)
        {
            return shape.clone();
        }
        let mut fault = self.fault(Code::UnknownValue, at, format!("there is no value `{name}`"));
        let mut known: BTreeSet<&str> =
            self.scopes.iter().flat_map(|scope| scope.keys().map(String::as_str)).collect();
        if self.closed {
            if self.root.named.contains_key(name) {
                fault = fault.help(format!("a component sees only what it is given: hand `{name}` to it"));
            }
        } else {
            known.extend(self.root.named.keys().map(String::as_str));
        }
        let fault = fault.help_if(did_you_mean(name, known));
        self.diagnostics.push(fault);
        Shape::Any
    }

    pub(super) fn field(&mut self, shape: &Shape, of: &Expr, name: &str, at: &Place) -> Shape {
        match shape {
            Shape::Any => Shape::Any,
            Shape::Map(fields) => {
                if let Some(shape) = fields.named.get(name) {
                    return shape.clone();
                }
                if let Some(other) = &fields.other {
                    return (**other).clone();
                }
                let whose = whose(of);
                let fault = self.fault(Code::UnknownValue, at, format!("{whose} has no `{name}`"));
                let fault = fault.help_if(did_you_mean(name, fields.named.keys().map(String::as_str)));
                self.diagnostics.push(fault);
                Shape::Any
            }
            Shape::List(_) => {
                let fault = self
                    .fault(Code::UnknownValue, at, format!("{} is a list and has no `{name}`", whose(of)))
                    .help("go through it with `for`, or take one of it, such as `[0]`");
                self.diagnostics.push(fault);
                Shape::Any
            }
            plain => {
                let message = format!("{} is {} and has no `{name}`", whose(of), plain.what());
                let fault = self.fault(Code::UnknownValue, at, message);
                self.diagnostics.push(fault);
                Shape::Any
            }
        }
    }
}

/// Whose field is asked for: the words before it where they are short.
fn whose(of: &Expr) -> String {
    match &of.what {
        What::Name(name) => format!("`{name}`"),
        What::Field { name, .. } => format!("`{name}`"),
        What::Index { of, .. } => format!("one of {}", whose(of)),
        _ => "this".to_owned(),
    }
}
