//! A template and its data become a document.

use super::contract::{ForCohort, ForRespondent, ForSession};
use super::template::{Audience, Template, Templates, fields};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Meta};
use crate::markdown;
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
    match templates.has_what_it_needs(template, &context) {
        Ok(true) => {}
        Ok(false) => return Ok(None),
        Err(fault) => {
            faults.push(fault);
            return Err(faults);
        }
    }
    let meta = meta(templates, template, data, &context, &mut faults);
    let body = match templates.fill(template, &context) {
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
    for problem in read.problems {
        let line = line_at(&text, problem.at.start.max(body_at));
        faults.push(place(template, sources, &line, problem.message).help_if(problem.help));
    }
    if faults.has_errors() {
        return Err(faults);
    }
    Ok(Some(Composed { markdown, document: read.document }))
}

fn meta(
    templates: &Templates,
    template: &Template,
    data: &Data,
    context: &tera::Context,
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
        let text = match templates.fill_field(template, key, context) {
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

fn line_at(text: &str, at: usize) -> String {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    text[start..].lines().next().unwrap_or_default().trim().to_owned()
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

/// At the line of the template that reads the same; else at its beginning, with the line that came out.
fn place(template: &Template, sources: &Sources, line: &str, message: String) -> Diagnostic {
    let text = &sources.get(template.source).text;
    match text.find(line).filter(|_| !line.is_empty()) {
        Some(at) => {
            Diagnostic::error(Code::TemplateResult, Span::new(template.source, at..at + line.len()), message)
        }
        None => {
            let first = text.lines().next().map_or(0, str::len);
            Diagnostic::error(Code::TemplateResult, Span::new(template.source, 0..first), message)
                .label(format!("it made the line `{line}`"))
        }
    }
}

/// The text that a template makes before it is read as Markdown.
#[cfg(test)]
pub(super) fn filled(templates: &Templates, name: &str, data: &Data) -> Result<String, String> {
    let template = templates.get(name).ok_or("no such template")?;
    templates.fill(template, &data.context()?).map_err(|fault| fault.message)
}
