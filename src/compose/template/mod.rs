//! Templates as read: front matter and body, checked, ready to be filled.

mod engine;
mod head;
mod nothing;

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera};

pub use head::{Audience, Field, Head, Made, Phase};

use super::names;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Pack;
use crate::source::{SourceId, Sources, Span};

/// What a filled template may come to: a loop that goes on for ever ends here.
const MAX_OUTPUT: usize = 16 * 1024 * 1024;

/// The part of a template that says whether its document can be made.
const NEEDS: &str = "needs";

/// A text that stops growing at [`MAX_OUTPUT`].
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    full: bool,
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_OUTPUT {
            self.full = true;
            return Err(std::io::Error::other("too much"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// All templates of a run. Only those with front matter make documents; the others are pieces that
/// they include.
pub struct Templates {
    documents: BTreeMap<String, Template>,
    engine: Tera,
    places: BTreeMap<String, Place>,
    /// Whether the engine has them all: one that cannot be read keeps every one of them from being filled.
    ready: bool,
    /// What each file includes or extends, and where it says so.
    includes: BTreeMap<String, Vec<(String, Span)>>,
}

/// A text that a template is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) source: SourceId,
    /// Where it begins, behind any front matter.
    pub(super) at: usize,
    /// Where it was asked for; none for the template itself.
    pub(super) included: Option<Span>,
}

/// A template that makes a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The document's name: the file's name without its ending.
    pub name: String,
    pub head: Head,
    pub source: SourceId,
    /// The file's name, by which the engine knows it.
    pub(super) file: String,
}

/// Where a text that the engine knows lies in its source.
#[derive(Clone, Copy, Debug)]
struct Place {
    source: SourceId,
    /// Where it begins; the places that the engine tells count from there.
    at: usize,
    /// For a text of the front matter: all of it, since places inside are not known.
    whole: Option<Span>,
}

impl Templates {
    /// Reads and checks templates under the names by which they include each other. Every fault is
    /// told; what has none can be used.
    pub fn read(
        files: &[(String, SourceId)],
        pack: &Pack,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Templates {
        let mut templates = Templates {
            documents: BTreeMap::new(),
            engine: engine::engine(),
            places: BTreeMap::new(),
            ready: false,
            includes: BTreeMap::new(),
        };
        let mut texts: Vec<(String, String)> = Vec::new();
        let mut bodies: Vec<names::Body<'_>> = Vec::new();
        for (file, source) in files {
            let text = &*sources.get(*source).text;
            let (head, at) = match head::split(text) {
                Some((front, at)) => (head::read(*source, front, sources, diagnostics), at),
                None if text.starts_with("---") => {
                    let end = text.lines().next().map_or(0, str::len);
                    diagnostics.push(
                        Diagnostic::error(
                            Code::TemplateHead,
                            Span::new(*source, 0..end),
                            "the front matter has no end",
                        )
                        .help("close it with a line `---`"),
                    );
                    continue;
                }
                None => (None, 0),
            };
            bodies.push(names::Body { file, source: *source, at, text: &text[at..] });
            templates.places.insert(file.clone(), Place { source: *source, at, whole: None });
            texts.push((file.clone(), text[at..].to_owned()));
            if let Some(head) = head {
                for (key, field) in fields(&head) {
                    let name = part_name(file, key);
                    texts.push((name.clone(), names::literal_parts_inert(&field.text)));
                    templates.places.insert(name, Place { source: *source, at: 0, whole: Some(field.span) });
                }
                if !head.needs.is_empty() {
                    let name = part_name(file, NEEDS);
                    texts.push((name.clone(), names::all_there(&head.needs)));
                    let whole = head.needs.first().map(|need| need.span);
                    templates.places.insert(name, Place { source: *source, at: 0, whole });
                }
                let name = file.strip_suffix(".md").unwrap_or(file).to_owned();
                let template = Template { name: name.clone(), head, source: *source, file: file.clone() };
                templates.documents.insert(name, template);
            }
        }
        let errors = |told: &Diagnostics| told.iter().filter(|one| one.severity == Severity::Error).count();
        let before = errors(diagnostics);
        let parsed = names::parse(&bodies, diagnostics);
        let heads = templates.documents.values();
        names::check(&parsed, heads, pack, sources, diagnostics);
        templates.includes = names::includes(&parsed);
        if errors(diagnostics) == before {
            match templates.engine.add_raw_templates(texts) {
                Ok(()) => templates.ready = true,
                Err(error) => diagnostics.push(templates.told(&error, Code::Template, None)),
            }
        }
        templates
    }

    /// The templates that make documents, by name.
    pub fn documents(&self) -> impl Iterator<Item = &Template> {
        self.documents.values()
    }

    pub fn get(&self, name: &str) -> Option<&Template> {
        self.documents.get(name)
    }

    /// Whether papers can be made of them. Where not, the fault was told while they were read, and filling them would
    /// only tell of its consequences.
    pub fn are_ready(&self) -> bool {
        self.ready
    }

    /// The texts that a template is made of: its own, and what it includes, in the order in which they come, each once.
    pub(super) fn pieces(&self, template: &Template) -> Vec<Piece> {
        let mut out = Vec::new();
        let mut known = BTreeSet::new();
        let mut open = vec![(template.file.as_str(), None)];
        while let Some((file, included)) = open.pop() {
            if let Some(place) = self.places.get(file)
                && known.insert(file)
            {
                out.push(Piece { source: place.source, at: place.at, included });
                let own = self.includes.get(file).into_iter().flatten();
                open.extend(own.rev().map(|(file, span)| (file.as_str(), Some(*span))));
            }
        }
        out
    }

    /// The body of a template, filled.
    pub(super) fn fill(
        &self,
        template: &Template,
        data: &tera::Context,
        sources: &Sources,
    ) -> Result<String, Diagnostic> {
        self.render(&template.file, data, sources)
    }

    /// A text of the front matter, filled: inline Markdown.
    pub(super) fn fill_field(
        &self,
        template: &Template,
        key: &str,
        data: &tera::Context,
        sources: &Sources,
    ) -> Result<String, Diagnostic> {
        self.render(&part_name(&template.file, key), data, sources)
    }

    /// Whether everything is there that a document needs.
    pub(super) fn has_what_it_needs(
        &self,
        template: &Template,
        data: &tera::Context,
        sources: &Sources,
    ) -> Result<bool, Diagnostic> {
        if template.head.needs.is_empty() {
            return Ok(true);
        }
        self.render(&part_name(&template.file, NEEDS), data, sources).map(|said| !said.is_empty())
    }

    fn render(&self, name: &str, data: &tera::Context, sources: &Sources) -> Result<String, Diagnostic> {
        let mut out = Bounded::default();
        let done = self.engine.render_to(name, data, &mut out);
        if out.full {
            let source = self.places.get(name).map(|place| Span::new(place.source, place.at..place.at));
            let message = format!("this template writes more than {} MB", MAX_OUTPUT / (1024 * 1024));
            let mut fault = Diagnostic::placeless(Code::TemplateResult, message)
                .help("look at its loops: one inside another multiplies");
            fault.span = source;
            return Err(fault);
        }
        done.map_err(|error| self.told(&error, Code::TemplateResult, Some((data, sources))))?;
        Ok(String::from_utf8_lossy(&out.bytes).into_owned())
    }

    /// What the engine says, at the place where it says it; with the data that it was filling in, where that is known.
    fn told(
        &self,
        error: &tera::Error,
        code: Code,
        filling: Option<(&tera::Context, &Sources)>,
    ) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let message = lower(report.message());
                match self.places.get(report.filename()) {
                    Some(place) => {
                        let range = report.span().range.clone();
                        let span = place.whole.unwrap_or_else(|| {
                            Span::new(place.source, place.at + range.start..place.at + range.end)
                        });
                        let nothing = filling.and_then(|(data, sources)| {
                            let at = span.start as usize;
                            match place.whole {
                                Some(whole) => nothing::asked(&message, sources.slice(whole), None, data),
                                None => {
                                    nothing::asked(&message, &sources.get(span.source).text, Some(at), data)
                                }
                            }
                        });
                        match nothing {
                            Some(nothing) => {
                                Diagnostic::error(code, span, nothing.message).help(nothing.help)
                            }
                            None => Diagnostic::error(code, span, message),
                        }
                    }
                    None => Diagnostic::placeless(code, message),
                }
            }
            other => Diagnostic::placeless(code, lower(&other.to_string())),
        }
    }
}

/// The texts of the front matter that may hold expressions.
pub(super) fn fields(head: &Head) -> Vec<(&'static str, &Field)> {
    let optional = [
        ("subtitle", &head.subtitle),
        ("subject", &head.subject),
        ("author", &head.author),
        ("date", &head.date),
        ("footer", &head.footer),
        ("to", &head.to),
    ];
    let mut fields = vec![("title", &head.title)];
    fields.extend(optional.into_iter().filter_map(|(key, field)| field.as_ref().map(|field| (key, field))));
    fields
}

fn part_name(file: &str, key: &str) -> String {
    format!("{file}#{key}")
}

/// As messages are written here: lower case, one line, no full stop.
fn lower(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) if !line.chars().nth(1).is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => line.to_owned(),
    }
}
