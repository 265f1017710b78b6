//! Slides that hold more than they can show, told where their template has them.

use std::ops::Range;

use crate::compose::{Template, line_of};
use crate::diag::{Code, Diagnostic};
use crate::document::Document;
use crate::render::pdf;
use crate::source::{SourceId, Span};

use super::Kit;

impl Kit<'_> {
    /// What is to be told of the slides of a document.
    pub(super) fn overfull(&self, template: &Template, document: &Document) -> Vec<Diagnostic> {
        let found = self.look.overfull(document).unwrap_or_default();
        let text = &self.sources.get(template.source).text;
        let first = 0..text.lines().next().map_or(0, str::len);
        found.iter().map(|slide| told_in(slide, template.source, text, first.clone())).collect()
    }
}

/// What is to be told of a slide at its heading in a text, or at another place where that cannot be found.
pub fn told_in(slide: &pdf::Overfull, source: SourceId, text: &str, otherwise: Range<usize>) -> Diagnostic {
    let place = line_of(text, &slide.title).unwrap_or(otherwise);
    Diagnostic::warning(Code::SlideOverfull, Span::new(source, place), slide.message())
        .help(pdf::Overfull::HELP)
}
