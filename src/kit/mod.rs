//! The walk on one page: a sound pack, its templates and a respondent become papers.

mod actions;
mod assessment;
mod index;
pub mod overfull;
mod refusal;
mod told;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::check::SoundPack;
use crate::compose::{
    Audience, Data, Made, Running, Summed, Template, Templates, compose, for_cohort, for_respondent,
    for_session,
};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Findings, Respondent, Session};
use crate::render::{Format, Look, render};
use crate::source::{SourceId, Sources};

pub use index::Listing;
pub use refusal::refusals;
pub use told::undrawn;

/// What makes a template a document.
const FRONT_MATTER: &str = "`---`, `for: respondent`, `title: …` and `---`, each on a line";

/// One file of the kit, not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The document's name, such as `playbook`.
    pub document: String,
    /// What it calls itself.
    pub title: String,
    pub format: Format,
    pub bytes: Vec<u8>,
    /// Characters for which the PDF shows boxes, since no embedded face has them.
    pub undrawn: Vec<char>,
    /// What is to be told of its text, its pictures and its slides, at its place in the template. It stands at one format of
    /// a document alone.
    pub told: Vec<Diagnostic>,
}

/// What every paper of a run is made with.
pub struct Kit<'a> {
    pub pack: &'a SoundPack,
    pub templates: &'a Templates,
    pub look: Look<'a>,
    pub session: Option<&'a Session>,
    /// What happens in the session minute by minute, where that is known.
    pub running: Option<Running<'a>>,
    pub formats: &'a [Format],
    /// Whether documents that belong only to a whole kit are made too, where none are asked for by name.
    pub whole: bool,
    /// The documents asked for; none where it is all.
    pub wanted: Option<&'a BTreeSet<String>>,
    pub sources: &'a Sources,
}

impl Kit<'_> {
    /// The papers of one respondent, documents by name, formats in the order given.
    ///
    /// # Errors
    /// Diagnostics where a template asks for what is not there, or what it makes cannot be set.
    pub fn for_respondent(
        &self,
        respondent: &Respondent,
        findings: &Findings,
    ) -> Result<Vec<Paper>, Diagnostics> {
        let documents = self.documents(Audience::Respondent);
        if documents.is_empty() {
            return Ok(Vec::new());
        }
        let data = for_respondent(self.pack, respondent, findings, self.session);
        self.papers(&documents, &Data::Respondent(Box::new(data)))
    }

    /// The papers of the cohort.
    ///
    /// # Errors
    /// As for [`Kit::for_respondent`].
    pub fn for_cohort(&self, summed: &Summed<'_>, as_of: Option<Date>) -> Result<Vec<Paper>, Diagnostics> {
        let documents = self.documents(Audience::Cohort);
        if documents.is_empty() {
            return Ok(Vec::new());
        }
        let data = for_cohort(self.pack.pack(), summed, as_of, self.session);
        self.papers(&documents, &Data::Cohort(Box::new(data)))
    }

    /// The papers of the session; none without one. They speak of the cohort where it may be told of.
    ///
    /// # Errors
    /// As for [`Kit::for_respondent`].
    pub fn for_session(&self, summed: Option<&Summed<'_>>) -> Result<Vec<Paper>, Diagnostics> {
        let Some(session) = self.session else { return Ok(Vec::new()) };
        let mut data = for_session(self.pack.pack(), session, self.running, summed);
        data.assessment = assessment::assessment(self.pack.pack());
        self.papers(&self.documents(Audience::Session), &Data::Session(Box::new(data)))
    }

    /// The documents for one audience that are wanted, by name.
    pub fn documents(&self, audience: Audience) -> Vec<&Template> {
        let wanted = |template: &&Template| match self.wanted {
            Some(names) => names.contains(&template.name),
            None => self.whole || template.head.made == Made::Always,
        };
        self.templates
            .documents()
            .filter(|template| template.head.audience == audience)
            .filter(wanted)
            .collect()
    }

    /// A fault for each document that was asked for and cannot be made, or where there is none to make at all.
    /// `files` are the names of all templates, those without front matter too.
    pub fn unmakeable(&self, files: &[(String, SourceId)]) -> Diagnostics {
        let mut faults = Diagnostics::default();
        let known: Vec<&str> = self.templates.documents().map(|template| template.name.as_str()).collect();
        for name in self.wanted.into_iter().flatten() {
            let fault = match self.templates.get(name) {
                Some(template) if template.head.audience == Audience::Session && self.session.is_none() => {
                    let message = format!("the document `{name}` is made for a session");
                    Diagnostic::placeless(Code::UnknownDocument, message).help("add `--session FILE`")
                }
                Some(template) if self.formats_of(template).is_empty() => {
                    let own: Vec<String> = template
                        .head
                        .all_formats()
                        .map(|format| format!("`{}`", format.extension()))
                        .collect();
                    let message = format!("the document `{name}` is made in none of the formats asked for");
                    Diagnostic::placeless(Code::UnknownDocument, message)
                        .help(format!("add one of its own to `--format`: {}", own.join(", ")))
                }
                Some(_) => continue,
                None => {
                    let message = format!("there is no document `{name}`");
                    let bare = files.iter().any(|(file, _)| *file == format!("{name}.md"));
                    let help = if bare {
                        format!("`{name}.md` has no front matter: begin it with {FRONT_MATTER}")
                    } else {
                        did_you_mean(name, known.iter().copied())
                            .unwrap_or_else(|| format!("the documents are {}", known.join(", ")))
                    };
                    Diagnostic::placeless(Code::UnknownDocument, message).help(help)
                }
            };
            faults.push(fault);
        }
        if self.wanted.is_none() && self.documents(Audience::Respondent).is_empty() && self.session.is_none()
        {
            faults.push(
                Diagnostic::placeless(Code::UnknownDocument, "no template makes a document for a respondent")
                    .help(format!("begin one with {FRONT_MATTER}")),
            );
        }
        faults
    }

    /// The formats in which a document is made in this run, in the order asked for.
    pub fn formats_of(&self, template: &Template) -> Vec<Format> {
        let own: Vec<Format> = template.head.all_formats().collect();
        self.formats.iter().copied().filter(|format| own.contains(format)).collect()
    }

    fn papers(&self, documents: &[&Template], data: &Data) -> Result<Vec<Paper>, Diagnostics> {
        let mut papers = Vec::new();
        let mut faults = Diagnostics::default();
        for template in documents {
            let composed = match compose(self.templates, template, data, self.sources) {
                Ok(Some(composed)) => composed,
                Ok(None) => continue,
                Err(found) => {
                    faults.extend(found);
                    continue;
                }
            };
            let formats = self.formats_of(template);
            let mut told = composed.doubts;
            told.extend(self.overfull(template, &composed.document));
            if formats != [Format::Markdown] {
                told.extend(self.unshown(template, &composed.document));
            }
            for format in formats {
                // The Markdown is at hand already, and is by law what `render` would give.
                let bytes = match format {
                    Format::Markdown => Ok(composed.markdown.clone().into_bytes()),
                    _ => render(&composed.document, format, &self.look),
                };
                match bytes {
                    Ok(bytes) => {
                        let undrawn = match format {
                            Format::Pdf => self.look.undrawn(&composed.markdown).unwrap_or_default(),
                            _ => Vec::new(),
                        };
                        let document = template.name.clone();
                        let title = composed.document.meta.title.clone();
                        papers.push(Paper {
                            document,
                            title,
                            format,
                            bytes,
                            undrawn,
                            told: std::mem::take(&mut told),
                        });
                    }
                    Err(error) => faults.push(Diagnostic::placeless(Code::TemplateResult, error.to_string())),
                }
            }
        }
        if faults.has_errors() { Err(faults) } else { Ok(papers) }
    }
}
