//! Filters, tests and functions: which there are, and what a filter makes of a value.

use super::super::ast::{Argument, Expr, Filter, What};
use super::super::shape::Shape;
use super::Walk;
use crate::diag::{Code, Diagnostics, did_you_mean};

/// The filters of a template: Tera's own without `safe`.
const FILTERS: [&str; 36] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];
/// Tera's tests.
pub(super) const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];
/// Tera's functions.
pub(super) const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

impl<'w> Walk<'w> {
    pub(super) fn arguments(&mut self, arguments: &'w [Argument]) {
        for argument in arguments {
            self.expr(&argument.value);
        }
    }

    pub(super) fn filters(&mut self, shape: Shape, filters: &'w [Filter]) -> Shape {
        filters.iter().fold(shape, |shape, filter| self.filter(shape, filter))
    }

    pub(super) fn filter(&mut self, shape: Shape, filter: &'w Filter) -> Shape {
        self.arguments(&filter.arguments);
        let name = filter.name.as_str();
        if !FILTERS.contains(&name) {
            let fault = self.fault(Code::Template, &filter.at, format!("there is no filter `{name}`"));
            let fault = match name {
                "safe" => fault.help("what goes into a document is always plain text"),
                _ => fault.help_if(did_you_mean(name, FILTERS)),
            };
            self.diagnostics.push(fault);
            return Shape::Any;
        }
        let argument =
            |wanted: &str| filter.arguments.iter().find(|argument| argument.name.as_deref() == Some(wanted));
        // A field that is named in quotes is a name like any other.
        let (of, key) = match name {
            "get" => (shape.clone(), argument("key")),
            "sort" | "unique" | "group_by" => (shape.item(), argument("attribute")),
            _ => (Shape::Any, None),
        };
        let mut found = Shape::Any;
        if let Some(Argument { value, .. }) = key
            && let What::Text(path) = &value.what
            && matches!(of, Shape::Map(_))
        {
            found = path.split('.').fold(of, |shape, name| self.field(&shape, value, name, &value.at));
        }
        match name {
            "length" | "wordcount" | "int" | "float" | "abs" | "round" => Shape::Number,
            "first" | "last" | "nth" => shape.item(),
            "reverse" | "sort" | "unique" => shape,
            "default" => match argument("value") {
                Some(Argument { value, .. }) => {
                    let other = self.quiet(value);
                    shape.or(other)
                }
                None => shape,
            },
            "split" | "keys" => Shape::List(Box::new(Shape::Text)),
            "get" => found,
            "values" | "pairs" => Shape::List(Box::new(Shape::Any)),
            "group_by" => Shape::Any,
            _ => Shape::Text,
        }
    }

    /// The shape of what was walked already.
    pub(super) fn quiet(&mut self, expr: &'w Expr) -> Shape {
        let mut unheard = Diagnostics::default();
        std::mem::swap(self.diagnostics, &mut unheard);
        let shape = self.expr(expr);
        std::mem::swap(self.diagnostics, &mut unheard);
        shape
    }
}
