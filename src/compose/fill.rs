//! A template and its data become a document.

use super::contract::{ForCohort, ForRespondent, ForSession};
use super::origin::Origin;
use super::template::{Audience, Template, Templates, fields};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::{Document, Meta};
use crate::markdown::{self, Problem};
use crate::source::{Sources, Span};

/// What a document is made from.
pub enum Data {
    Respondent(Box<ForRespondent>),
    Cohort(Box<ForCohort>),
    Session(Box<ForSession>),
}

impl Data {
    pub fn audience(&self) -> Audience {
        match self {
            Data::Respondent(_) => Audience::Respondent,
            Data::Cohort(_) => Audience::Cohort,
            Data::Session(_) => Audience::Session,
        }
    }

    /// What a template's names stand for.
    fn context(&self) -> Result<tera::Context, String> {
        let context = match self {
            Data::Respondent(data) => tera::Context::from_serialize(&**data),
            Data::Cohort(data) => tera::Context::from_serialize(&**data),
            Data::Session(data) => tera::Context::from_serialize(&**data),
        };
        context.map_err(|error| error.to_string())
    }

    fn language(&self) -> &str {
        match self {
            Data::Respondent(data) => &data.pack.language,
            Data::Cohort(data) => &data.pack.language,
            Data::Session(data) => &data.pack.language,
        }
    }
}

/// A document of the kit.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// Canonical Markdown with front matter: what is written to the `.md` file, and what gives the
    /// same document when it is read again.
    pub markdown: String,
    pub document: Document,
    /// What was probably meant otherwise, at its place in the template.
    pub doubts: Vec<Diagnostic>,
}

/// Fills a template; gives nothing where a value is not there that its document needs.
///
/// # Errors
/// Diagnostics where a value that the template needs is missing, or what comes out cannot be set.
pub fn compose(
    templates: &Templates,
    template: &Template,
    data: &Data,
    sources: &Sources,
) -> Result<Option<Composed>, Diagnostics> {
    let mut faults = Diagnostics::default();
    let context = match data.context() {
        Ok(context) => context,
        Err(message) => {
            faults.push(Diagnostic::placeless(Code::TemplateResult, message));
            return Err(faults);
        }
    };
    match templates.has_what_it_needs(template, &context, sources) {
        Ok(true) => {}
        Ok(false) => return Ok(None),
        Err(fault) => {
            faults.push(fault);
            return Err(faults);
        }
    }
    let meta = meta(templates, template, data, (&context, sources), &mut faults);
    let body = match templates.fill(template, &context, sources) {
        Ok(body) => body,
        Err(fault) => {
            faults.push(fault);
            return Err(faults);
        }
    };
    if faults.has_errors() {
        return Err(faults);
    }
    // The front matter goes through the text too: then a file that is read again says the same.
    let front = markdown::write(&Document { meta, ..Document::default() });
    let text = format!("{}\n\n{}", front.trim_end(), body.trim());
    let read = markdown::read(&text);
    let body_at = front.trim_end().len();
    let markdown = read.canonical();
    let origin = Origin::new(templates, template, sources);
    let place = |problem: Problem, severity| {
        let told = if problem.at.start < body_at {
            of_front(template, &text, problem.at.start, severity, problem.message)
        } else {
            origin.tell(&text, &problem.at, severity, problem.message)
        };
        told.help_if(problem.help)
    };
    read.problems.into_iter().for_each(|problem| faults.push(place(problem, Severity::Error)));
    if faults.has_errors() {
        return Err(faults);
    }
    let doubts = read.doubts.into_iter().map(|problem| place(problem, Severity::Warning)).collect();
    Ok(Some(Composed { markdown, document: read.document, doubts }))
}

/// What is to be told of a line of the front matter that came out: at the text that it was made of.
fn of_front(template: &Template, text: &str, at: usize, severity: Severity, message: String) -> Diagnostic {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let key = line.split(':').next().unwrap_or_default();
    let field = fields(&template.head).into_iter().find(|(own, _)| *own == key);
    let span = field.map_or(template.head.title.span, |(_, field)| field.span);
    Diagnostic { severity, ..Diagnostic::error(Code::TemplateResult, span, message) }
        .label(format!("it came to `{line}`"))
}

fn meta(
    templates: &Templates,
    template: &Template,
    data: &Data,
    (context, sources): (&tera::Context, &Sources),
    faults: &mut Diagnostics,
) -> Meta {
    let head = &template.head;
    let mut meta = Meta {
        language: data.language().to_owned(),
        cover: head.cover,
        contents: head.contents,
        page: head.page,
        ..Meta::default()
    };
    for (key, _) in fields(head) {
        let text = match templates.fill_field(template, key, context, sources) {
            Ok(markdown) => markdown::plain(&markdown),
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        if text.is_empty() {
            continue;
        }
        match key {
            "title" => meta.title = text,
            "subtitle" => meta.subtitle = Some(text),
            "subject" => meta.subject = Some(text),
            "author" => meta.author = Some(text),
            "date" => meta.date = Some(text),
            "to" => meta.to = Some(text),
            _ => meta.footer = Some(text),
        }
    }
    meta
}

/// The line of a text that is the heading with these words.
pub fn line_of(text: &str, heading: &str) -> Option<std::ops::Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if words.trim_start_matches('#').trim() == heading && words.starts_with('#') {
            return Some(at..at + words.len());
        }
        at += line.len();
    }
    None
}

/// Where some words stand in a template or in what it includes; where they stand in none, its beginning.
pub fn place_of(templates: &Templates, template: &Template, sources: &Sources, words: &str) -> Span {
    Origin::new(templates, template, sources).words(words)
}

/// The text that a template makes before it is read as Markdown.
#[cfg(test)]
pub(super) fn filled(
    templates: &Templates,
    name: &str,
    data: &Data,
    sources: &Sources,
) -> Result<String, String> {
    let template = templates.get(name).ok_or("no such template")?;
    templates.fill(template, &data.context()?, sources).map_err(|fault| fault.message)
}
