//! Walks a template and asks of every name whether it exists.

use std::collections::{BTreeMap, BTreeSet};

use super::ast::{Argument, Expr, Filter, Node, Place, What};
use super::shape::{Fields, Shape};
use super::{Body, Parsed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::source::Span;

/// The filters of a template: Tera's own without `safe`.
const FILTERS: [&str; 35] = [
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
];
const MORE_FILTERS: [&str; 1] = ["wordcount"];
const TESTS: [&str; 17] = [
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
const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

/// Where a text of a template lies in its source.
#[derive(Clone, Copy)]
pub(super) enum Site {
    /// Its places count from there.
    At(Span),
    /// Places inside are not known.
    Whole(Span),
}

impl Site {
    fn span(self, place: &Place) -> Span {
        match self {
            Site::At(start) => {
                let at = start.start as usize;
                Span::new(start.source, at + place.start..at + place.end)
            }
            Site::Whole(span) => span,
        }
    }
}

pub(super) struct Walk<'w> {
    pub parsed: &'w Parsed<'w>,
    pub root: &'w Fields,
    pub diagnostics: &'w mut Diagnostics,
    /// From the outermost to the innermost.
    scopes: Vec<BTreeMap<String, Shape>>,
    site: Site,
    /// Files that are being walked: an include that comes back is Tera's to refuse.
    open: Vec<String>,
    /// Blocks that a child puts in the place of its parent's.
    blocks: BTreeMap<String, (&'w Body<'w>, &'w [Node])>,
    /// Inside a component, which sees only its own parameters.
    closed: bool,
}

impl<'w> Walk<'w> {
    pub(super) fn new(
        parsed: &'w Parsed<'w>,
        root: &'w Fields,
        site: Site,
        diagnostics: &'w mut Diagnostics,
    ) -> Walk<'w> {
        Walk {
            parsed,
            root,
            diagnostics,
            scopes: vec![BTreeMap::new()],
            site,
            open: Vec::new(),
            blocks: BTreeMap::new(),
            closed: false,
        }
    }

    /// A whole file, its parents and the components that it holds.
    pub(super) fn file(&mut self, file: &str) {
        let Some((body, nodes)) = self.parsed.get(file) else { return };
        if self.open.iter().any(|open| open == file) {
            return;
        }
        self.open.push(file.to_owned());
        let before = std::mem::replace(&mut self.site, site(body));
        let parent = nodes.iter().find_map(|node| match node {
            Node::Extends { name, at } => Some((name, at)),
            _ => None,
        });
        match parent {
            Some((name, at)) => {
                for node in nodes {
                    match node {
                        Node::Block { name, body: nodes } => {
                            self.blocks.entry(name.clone()).or_insert((body, nodes));
                        }
                        Node::Component { .. } => self.nodes(std::slice::from_ref(node)),
                        _ => {}
                    }
                }
                if self.known_file(name, at) {
                    self.file(name);
                }
            }
            None => self.nodes(nodes),
        }
        self.site = before;
        self.open.pop();
    }

    fn known_file(&mut self, name: &str, at: &Place) -> bool {
        let known = self.parsed.get(name).is_some() || self.parsed.is_broken(name);
        if !known {
            let fault = Diagnostic::error(
                Code::Template,
                self.site.span(at),
                format!("there is no template `{name}`"),
            );
            self.diagnostics.push(fault.help_if(did_you_mean(name, self.parsed.files())));
        }
        known
    }

    pub(super) fn nodes(&mut self, nodes: &'w [Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &'w Node) {
        match node {
            Node::Print(value) => {
                self.expr(value);
            }
            Node::Set { name, value, global } => {
                let shape = self.expr(value);
                self.bind(name, shape, *global);
            }
            Node::Capture { name, filters, body, global } => {
                self.nodes(body);
                let shape = self.filters(Shape::Text, filters);
                self.bind(name, shape, *global);
            }
            Node::If { test, body, otherwise } => {
                self.expr(test);
                self.nodes(body);
                self.nodes(otherwise);
            }
            Node::For { key, value, list, body, otherwise } => {
                let list = self.expr_to_loop(list);
                let mut scope = loop_scope(key.as_deref(), value, &list);
                let counters = ["index", "index0", "length"].map(|name| (name.to_owned(), Shape::Number));
                let ends = ["first", "last"].map(|name| (name.to_owned(), Shape::Truth));
                let named = counters.into_iter().chain(ends).collect();
                scope.insert("loop".to_owned(), Shape::Map(Fields { named, other: None }));
                self.scopes.push(scope);
                self.nodes(body);
                self.scopes.pop();
                self.nodes(otherwise);
            }
            Node::Include { name, at } => {
                if self.known_file(name, at) {
                    self.file(name);
                }
            }
            Node::Extends { .. } => {}
            Node::Block { name, body } => match self.blocks.get(name).copied() {
                Some((file, nodes)) => {
                    let before = std::mem::replace(&mut self.site, site(file));
                    self.nodes(nodes);
                    self.site = before;
                    // What `super()` brings in.
                    self.nodes(body);
                }
                None => self.nodes(body),
            },
            Node::Filtered { filters, body } => {
                self.nodes(body);
                self.filters(Shape::Text, filters);
            }
            Node::Component { parameters, body, .. } => {
                let mut own: BTreeMap<String, Shape> = parameters
                    .iter()
                    .map(|parameter| {
                        let shape = match parameter.kind.as_deref().map(str::to_lowercase).as_deref() {
                            Some("string") => Shape::Text,
                            Some("bool") => Shape::Truth,
                            Some("integer" | "float" | "number") => Shape::Number,
                            _ => Shape::Any,
                        };
                        (parameter.name.clone(), shape)
                    })
                    .collect();
                own.insert("body".to_owned(), Shape::Text);
                let outer = std::mem::replace(&mut self.scopes, vec![own]);
                let was_closed = std::mem::replace(&mut self.closed, true);
                self.nodes(body);
                self.closed = was_closed;
                self.scopes = outer;
            }
            Node::Call { call, body } => {
                self.expr(call);
                self.nodes(body);
            }
        }
    }

    fn bind(&mut self, name: &str, shape: Shape, global: bool) {
        let scope = if global { self.scopes.first_mut() } else { self.scopes.last_mut() };
        if let Some(scope) = scope {
            // Set in two branches, it may be either.
            let shape = match scope.remove(name) {
                Some(before) => before.or(shape),
                None => shape,
            };
            scope.insert(name.to_owned(), shape);
        }
    }

    fn fault(&mut self, code: Code, at: &Place, message: String) -> Diagnostic {
        Diagnostic::error(code, self.site.span(at), message)
    }

    /// The shape of what a loop goes over.
    fn expr_to_loop(&mut self, list: &'w Expr) -> Shape {
        let shape = self.expr(list);
        if matches!(shape, Shape::Number | Shape::Truth) {
            let fault =
                self.fault(Code::UnknownValue, &list.at, format!("this is {}, no list", shape.what()));
            self.diagnostics.push(fault);
        }
        shape
    }

    fn expr(&mut self, expr: &'w Expr) -> Shape {
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
                self.expr(left);
                self.expr(right);
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

    fn field(&mut self, shape: &Shape, of: &Expr, name: &str, at: &Place) -> Shape {
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

    fn arguments(&mut self, arguments: &'w [Argument]) {
        for argument in arguments {
            self.expr(&argument.value);
        }
    }

    fn filters(&mut self, shape: Shape, filters: &'w [Filter]) -> Shape {
        filters.iter().fold(shape, |shape, filter| self.filter(shape, filter))
    }

    fn filter(&mut self, shape: Shape, filter: &'w Filter) -> Shape {
        self.arguments(&filter.arguments);
        let known = || FILTERS.into_iter().chain(MORE_FILTERS);
        let name = filter.name.as_str();
        if !known().any(|known| known == name) {
            let fault = self.fault(Code::Template, &filter.at, format!("there is no filter `{name}`"));
            let fault = match name {
                "safe" => fault.help("what goes into a document is always plain text"),
                _ => fault.help_if(did_you_mean(name, known())),
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
    fn quiet(&mut self, expr: &'w Expr) -> Shape {
        let mut unheard = Diagnostics::default();
        std::mem::swap(self.diagnostics, &mut unheard);
        let shape = self.expr(expr);
        std::mem::swap(self.diagnostics, &mut unheard);
        shape
    }
}

pub(super) fn site(body: &Body<'_>) -> Site {
    Site::At(Span::new(body.source, body.at..body.at))
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

fn loop_scope(key: Option<&str>, value: &str, list: &Shape) -> BTreeMap<String, Shape> {
    let mut scope = BTreeMap::new();
    let item = match (key, list) {
        (Some(_), Shape::Map(Fields { named, other })) => {
            let mut shapes = named.values().cloned().chain(other.iter().map(|other| (**other).clone()));
            let first = shapes.next().unwrap_or(Shape::Any);
            shapes.fold(first, Shape::or)
        }
        _ => list.item(),
    };
    if let Some(key) = key {
        scope.insert(key.to_owned(), Shape::Text);
    }
    scope.insert(value.to_owned(), item);
    scope
}
