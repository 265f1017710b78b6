//! Does every name in a template exist? Tera itself takes a missing name in `if`, `set` and `or` for
//! nothing, so that a slip of the pen would silently drop a paragraph.

mod ast;
mod lex;
mod parse;
mod resolve;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use schemars::schema_for;

use self::ast::Node;
use self::lex::Token;
use self::resolve::{Site, Walk, site};
use self::shape::{Fields, Shape};
use super::contract::{ForCohort, ForRespondent, ForSession};
use super::template::{Audience, Field, Template, fields};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::markdown::inert;
use crate::model::Pack;
use crate::source::{SourceId, Sources, Span};

/// A template's text without its front matter.
pub(super) struct Body<'t> {
    /// The name under which others include it.
    pub file: &'t str,
    pub source: SourceId,
    /// Where the text begins in its source.
    pub at: usize,
    pub text: &'t str,
}

/// All templates, as far as they can be read.
pub(super) struct Parsed<'t> {
    files: BTreeMap<&'t str, (&'t Body<'t>, Vec<Node>)>,
    broken: BTreeSet<&'t str>,
    components: BTreeSet<String>,
}

impl<'t> Parsed<'t> {
    fn get(&self, file: &str) -> Option<(&'t Body<'t>, &[Node])> {
        self.files.get(file).map(|(body, nodes)| (*body, nodes.as_slice()))
    }

    fn is_broken(&self, file: &str) -> bool {
        self.broken.contains(file)
    }

    fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().copied()
    }

    fn components(&self) -> BTreeSet<&str> {
        self.components.iter().map(String::as_str).collect()
    }
}

/// Reads all templates; the first fault of each that cannot be read is told.
pub(super) fn parse<'t>(bodies: &'t [Body<'t>], diagnostics: &mut Diagnostics) -> Parsed<'t> {
    let mut parsed = Parsed { files: BTreeMap::new(), broken: BTreeSet::new(), components: BTreeSet::new() };
    for body in bodies {
        match parse::parse(body.text) {
            Ok(nodes) => {
                for node in &nodes {
                    if let Node::Component { name, .. } = node {
                        parsed.components.insert(name.clone());
                    }
                }
                parsed.files.insert(body.file, (body, nodes));
            }
            Err(fault) => {
                let at = body.at + fault.at.start..body.at + fault.at.end;
                let span = Span::new(body.source, at);
                diagnostics.push(Diagnostic::error(Code::Template, span, fault.message).help_if(fault.help));
                parsed.broken.insert(body.file);
            }
        }
    }
    parsed
}

/// What each file includes or extends, in order, and where it says so.
pub(super) fn includes(parsed: &Parsed<'_>) -> BTreeMap<String, Vec<(String, Span)>> {
    let of = |(file, (body, nodes)): (&&str, &(&Body<'_>, Vec<Node>))| {
        let mut found = Vec::new();
        gather_includes(nodes, &mut |name, at| {
            let span = Span::new(body.source, body.at + at.start..body.at + at.end);
            found.push((name.to_owned(), span));
        });
        ((*file).to_owned(), found)
    };
    parsed.files.iter().map(of).collect()
}

fn gather_includes(nodes: &[Node], see: &mut dyn FnMut(&str, &ast::Place)) {
    for node in nodes {
        match node {
            Node::Include { name, at } | Node::Extends { name, at } => see(name, at),
            Node::If { body, otherwise, .. } | Node::For { body, otherwise, .. } => {
                gather_includes(body, see);
                gather_includes(otherwise, see);
            }
            Node::Capture { body, .. }
            | Node::Block { body, .. }
            | Node::Filtered { body, .. }
            | Node::Component { body, .. }
            | Node::Call { body, .. } => gather_includes(body, see),
            Node::Print(_) | Node::Set { .. } => {}
        }
    }
}

/// Checks every document's names, front matter included, against what its audience offers.
pub(super) fn check<'h>(
    parsed: &Parsed<'_>,
    documents: impl Iterator<Item = &'h Template>,
    pack: &Pack,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let whole = root(Audience::Respondent, pack);
    for (body, nodes) in parsed.files.values() {
        let components = nodes.iter().filter(|node| matches!(node, Node::Component { .. }));
        let mut walk = Walk::new(parsed, &whole, site(body), diagnostics);
        components.for_each(|component| walk.nodes(std::slice::from_ref(component)));
    }
    for document in documents {
        let root = root(document.head.audience, pack);
        if let Some((body, _)) = parsed.get(&document.file) {
            Walk::new(parsed, &root, site(body), diagnostics).file(&document.file);
        }
        for need in &document.head.needs {
            if let Ok(nodes) = parse::parse(&all_there(std::slice::from_ref(need))) {
                Walk::new(parsed, &root, Site::Whole(need.span), diagnostics).nodes(&nodes);
            }
        }
        for (_, field) in fields(&document.head) {
            // The places inside hold where the text stands in the file as it is read.
            let written = sources.slice(field.span);
            let site = match written.find(&field.text) {
                Some(at) => Site::At(field.span.part(at..at)),
                None => Site::Whole(field.span),
            };
            match parse::parse(&field.text) {
                Ok(nodes) => {
                    // The nodes live as long as the walk.
                    Walk::new(parsed, &root, site, diagnostics).nodes(&nodes);
                }
                Err(fault) => {
                    let told = Diagnostic::error(Code::Template, field.span, fault.message);
                    diagnostics.push(told.help_if(fault.help));
                }
            }
        }
    }
}

/// A template that says something where all these values are there.
pub(super) fn all_there(needs: &[Field]) -> String {
    // What lies inside is asked for only where what holds it is there.
    let parts = needs.iter().flat_map(|need| {
        let ends = need.text.match_indices('.').map(|(at, _)| at).chain([need.text.len()]);
        ends.map(|end| need.text[..end].to_owned())
    });
    format!("{{% if {} %}}yes{{% endif %}}", parts.collect::<Vec<_>>().join(" and "))
}

/// What a template for this audience sees; the pack's own words are the words that there are.
fn root(audience: Audience, pack: &Pack) -> Fields {
    let schema = match audience {
        Audience::Respondent => schema_for!(ForRespondent),
        Audience::Cohort => schema_for!(ForCohort),
        Audience::Session => schema_for!(ForSession),
    };
    let mut root = match Shape::of_schema(schema.as_value()) {
        Shape::Map(fields) => fields,
        _ => Fields { named: BTreeMap::new(), other: None },
    };
    if let Some(Shape::Map(words)) = root.named.get_mut("words") {
        words.other = None;
        words.named.extend(pack.words.iter().map(|(word, _)| (word.clone(), Shape::Text)));
    }
    root
}

/// A text of the front matter with all that is no expression made inert.
pub(super) fn literal_parts_inert(text: &str) -> String {
    let Ok(tokens) = lex::tokens(text) else { return text.to_owned() };
    let mut out = String::new();
    let mut at = 0;
    for (token, place) in tokens {
        if token == Token::Content && !text[place.clone()].starts_with("{%") {
            let literal = &text[place.clone()];
            let edge = |letter: Option<char>| if letter.is_some_and(char::is_whitespace) { " " } else { "" };
            out.push_str(&text[at..place.start]);
            out.push_str(edge(literal.chars().next()));
            let within = inert(literal);
            out.push_str(&within);
            if !within.is_empty() {
                out.push_str(edge(literal.chars().next_back()));
            }
            at = place.end;
        }
    }
    out.push_str(&text[at..]);
    out
}
