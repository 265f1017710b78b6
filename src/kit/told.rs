//! What is to be told of a paper that was made: pictures it does not show, and characters that its fonts lack.

use super::Kit;
use crate::compose::{Data, Template, compose, for_respondent, for_session, place_of};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::document::Document;
use crate::model::{Findings, Respondent};
use crate::render::picture::unshown;

/// How many characters a warning shows.
const SHOWN_CHARACTERS: usize = 20;

impl Kit<'_> {
    /// What is to be told of the documents of the session, made of what is known without answers. What cannot be made of that
    /// is left out.
    pub fn told_of_session(&self) -> Diagnostics {
        let Some(session) = self.session else { return Diagnostics::default() };
        let data = for_session(self.pack.pack(), session, self.running, None);
        self.told_of(&Data::Session(Box::new(data)))
    }

    /// What is to be told of the documents of a respondent. What cannot be made is left out.
    pub fn told_of_respondent(&self, respondent: &Respondent, findings: &Findings) -> Diagnostics {
        let data = for_respondent(self.pack, respondent, findings, self.session);
        self.told_of(&Data::Respondent(Box::new(data)))
    }

    fn told_of(&self, data: &Data) -> Diagnostics {
        let mut told = Diagnostics::default();
        for template in self.documents(data.audience()) {
            if let Ok(Some(composed)) = compose(self.templates, template, data, self.sources) {
                let overfull = self.overfull(template, &composed.document);
                composed.doubts.into_iter().chain(overfull).for_each(|found| told.push(found));
            }
        }
        told
    }

    /// The pictures of a document that are not shown, each where its template names it.
    pub(super) fn unshown(&self, template: &Template, document: &Document) -> Vec<Diagnostic> {
        let told = unshown(document, self.look.pictures).into_iter();
        told.map(|picture| {
            let span = place_of(self.templates, template, self.sources, &picture.name);
            Diagnostic::warning(Code::TemplateResult, span, picture.message).help(
                "put a PNG, JPEG or SVG of this name into the folder of the template; until then its alternative text stands there",
            )
        })
        .collect()
    }
}

/// What is to be told of characters for which boxes stand in a PDF.
pub fn undrawn(characters: &[char], file: &str) -> Diagnostic {
    let shown: String = characters.iter().take(SHOWN_CHARACTERS).collect();
    let message = format!("the fonts of the PDF lack {shown}: boxes stand for these in `{file}`");
    let told = Diagnostic::placeless(Code::TemplateResult, message);
    Diagnostic { severity: Severity::Warning, ..told }
        .help("name a typeface that has them in the brand: `fonts: { text: fonts/my-font.ttf }`")
}
