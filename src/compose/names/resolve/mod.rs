//! Walks a template and asks of every name whether it exists.

mod bare;
mod expr;
mod filter;
mod printed;

use std::collections::BTreeMap;

use super::ast::{Node, Place};
use super::shape::{Fields, Shape};
use super::{Body, Parsed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::source::Span;

/// Where a text of a template lies in its source.
#[derive(Clone, Copy)]
pub(in crate::compose::names) enum Site {
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

pub(in crate::compose::names) struct Walk<'w> {
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
                let shape = self.expr(value);
                self.printed(&shape, value);
                self.bare_value(value);
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

    /// The text of the file that is walked; none for a text of front matter.
    fn text(&self) -> Option<&'w str> {
        let Site::At(start) = self.site else { return None };
        let mut bodies = self.parsed.files.values().map(|(body, _)| body);
        bodies
            .find(|body| body.source == start.source && body.at == start.start as usize)
            .map(|body| body.text)
    }

    fn fault(&mut self, code: Code, at: &Place, message: String) -> Diagnostic {
        Diagnostic::error(code, self.site.span(at), message)
    }
}

pub(in crate::compose::names) fn site(body: &Body<'_>) -> Site {
    Site::At(Span::new(body.source, body.at..body.at))
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
