//! Markdown text ↔ document tree: the hinge between templates and every page format.
//!
//! [`read`] takes what an author or a template wrote, [`write()`] gives it back in one canonical
//! form. Reading what was written gives the same document again, so a playbook that was edited
//! by hand renders just as one that was built.
//!
//! Both sides agree on a normal form (`normal`), because a tree can hold things that no
//! Markdown says, such as emphasis inside emphasis.
//!
//! Besides Markdown itself there are containers (`::: columns`), steps of a guide (`[!SAY]`), and fences that are
//! charts or forms.
//!
//! Not read as markup: raw HTML and mathematics. They stay text.

mod autolink;
mod chart;
mod doubt;
mod escape;
mod fence;
mod form;
mod front;
mod ids;
#[cfg(test)]
mod laws;
mod marker;
mod normal;
mod notes;
mod plain;
mod print;
mod reader;
mod settled;
mod signs;
mod source;
mod verdicts;

use std::ops::Range;

use crate::document::Document;

pub use escape::inert;
pub use plain::plain;
pub(crate) use signs::Signs;

/// What reading gave: always a document, and beside it whatever was not understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub document: Document,
    /// In the order of the text.
    pub problems: Vec<Problem>,
    /// What was taken just as it stands and was probably meant otherwise, such as a link to a heading that is not there; in
    /// the order of the text.
    pub doubts: Vec<Problem>,
    /// Whether any heading has an id of its author's: where none has, each follows from the words and none is written.
    own_ids: bool,
}

impl Read {
    /// The document as [`write()`] gives it, in less time: what was just read is in normal form. Whoever changes it writes it.
    pub fn canonical(&self) -> String {
        let explicit = if self.own_ids { Some(ids::to_write(&self.document)) } else { None };
        print::document(&self.document, explicit)
    }
}

/// A stretch of the text that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Bytes of the text that was read.
    pub at: Range<usize>,
    /// What was found and what was expected, in one sentence without a full stop.
    pub message: String,
    /// The likely fix.
    pub help: Option<String>,
}

/// The document that the text stands for. Never fails: a front matter or a chart that cannot be
/// read is told as a problem, the chart stays a code block.
pub fn read(text: &str) -> Read {
    let source = source::Source::new(text);
    let mut problems = Vec::new();
    let (front, body_at) = front::read(source.text(), &mut problems);
    let reader::Body { blocks, notes, links, mut doubts } =
        reader::body(source.text(), body_at, &mut problems);
    let mut document = Document { meta: front.meta, blocks, notes };
    let own_ids = normal::document(&mut document, ids::Given::ByAuthor, front.has_title);
    doubts.extend(front::doubt(source.text(), body_at));
    doubts.extend(doubt::links(&links, &document));
    doubts.extend(doubt::nothing(&document, front.has_title));
    for told in [&mut problems, &mut doubts] {
        told.sort_by_key(|problem| problem.at.start);
        place_in(&source, told);
    }
    Read { document, problems, doubts, own_ids }
}

/// Tells where the problems stand in the original text.
fn place_in(source: &source::Source<'_>, problems: &mut [Problem]) {
    let mut ends: Vec<usize> =
        problems.iter().flat_map(|problem| [problem.at.start, problem.at.end]).collect();
    ends.sort_unstable();
    let originals = source.originals(&ends);
    let original = |at: usize| originals[ends.partition_point(|end| *end < at)];
    for problem in problems {
        problem.at = original(problem.at.start)..original(problem.at.end);
    }
}

/// The document as Markdown that a person likes to read and edit: canonical, one final newline.
pub fn write(document: &Document) -> String {
    let mut document = document.clone();
    normal::document(&mut document, ids::Given::Always, true);
    let explicit = ids::to_write(&document);
    print::document(&document, Some(explicit))
}
