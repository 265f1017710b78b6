//! A template's front matter: for whom the document is, and what stands on its cover.

mod reader;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::reader::Reader;
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::document::Page;
use crate::render::Format;
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Value};

/// For whom a document is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// One document a respondent.
    Respondent,
    /// One document over all respondents.
    Cohort,
    /// One document a session.
    Session,
}

impl Audience {
    pub const ALL: [Audience; 3] = [Audience::Respondent, Audience::Cohort, Audience::Session];

    /// As front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Audience::Respondent => "respondent",
            Audience::Cohort => "cohort",
            Audience::Session => "session",
        }
    }
}

/// What the front matter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub audience: Audience,
    /// Never empty.
    pub title: Field,
    pub subtitle: Option<Field>,
    pub subject: Option<Field>,
    pub author: Option<Field>,
    pub date: Option<Field>,
    pub footer: Option<Field>,
    /// The receivers of a mail.
    pub to: Option<Field>,
    pub cover: bool,
    pub contents: bool,
    pub page: Page,
    /// The formats that it is made in, of those of its kind of page; none for all of them.
    pub formats: Option<Vec<Format>>,
    pub made: Made,
    /// Whether it belongs before, into or after the session; none where that is not said.
    pub phase: Option<Phase>,
    /// Who reads it, in few words.
    pub reader: Option<String>,
    /// When it is used, in few words.
    pub usage: Option<String>,
    /// Values without which it is not made.
    pub needs: Vec<Field>,
}

/// Which runs make a document that nobody asks for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Made {
    /// Each run.
    Always,
    /// Only one that makes the whole kit.
    Kit,
}

/// When a document is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    Before,
    During,
    After,
}

impl Phase {
    pub const ALL: [Phase; 3] = [Phase::Before, Phase::During, Phase::After];

    /// As front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Phase::Before => "before",
            Phase::During => "during",
            Phase::After => "after",
        }
    }
}

impl Made {
    pub const ALL: [Made; 2] = [Made::Always, Made::Kit];

    /// As front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Made::Always => "always",
            Made::Kit => "kit",
        }
    }
}

impl Head {
    /// In which formats it is made where all are asked for.
    pub fn all_formats(&self) -> impl Iterator<Item = Format> + '_ {
        let named = |format: &Format| self.formats.as_ref().is_none_or(|formats| formats.contains(format));
        Format::of(self.page).iter().copied().filter(named)
    }
}

/// A text of the front matter, which may hold `{{ … }}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub text: String,
    /// Where it is written, quotes included.
    pub span: Span,
}

const KEYS: [&str; 17] = [
    "for", "title", "subtitle", "subject", "author", "date", "footer", "to", "cover", "contents", "page",
    "formats", "made", "phase", "reader", "use", "needs",
];

/// Where the front matter and the body lie in a template; none for a piece that has no front matter.
pub(super) fn split(text: &str) -> Option<(Range<usize>, usize)> {
    let mut lines = Lines { text, at: 0 };
    if lines.next()?.1.trim_end() != "---" {
        return None;
    }
    let start = lines.at;
    while let Some((at, line)) = lines.next() {
        if line.trim_end() == "---" {
            return Some((start..at, lines.at));
        }
    }
    None
}

/// Lines with the bytes at which they begin.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = (self.at, &rest[..length]);
        self.at += length;
        Some(line)
    }
}

/// Reads the front matter; every fault is told.
pub(super) fn read(
    source: SourceId,
    front: Range<usize>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Head> {
    // The reader takes whole texts: what stands before is blanked, so that places stay true.
    let text = &sources.get(source).text;
    let blank = " ".repeat(front.start.saturating_sub(1)) + "\n";
    let mut alone = Sources::default();
    (0..source.0).for_each(|_| {
        alone.add("", "");
    });
    let alone_id = alone.add(sources.get(source).name.clone(), blank + &text[front.clone()]);
    let mut faults = Diagnostics::default();
    let node = yaml::read(alone_id, &alone, &mut faults);
    let broken = faults.has_errors();
    diagnostics.extend(faults);
    let whole = Span::new(source, 0..front.start);
    let mut reader = Reader { diagnostics, failed: broken };
    let entries = match node.as_ref().map(|node| &node.value) {
        Some(Value::Map { entries, .. }) => entries.as_slice(),
        None => &[],
        Some(_) => {
            reader.fault(
                Diagnostic::error(Code::TemplateHead, whole, "the front matter is no list of keys")
                    .help("write one `key: value` a line between the two `---`"),
            );
            return None;
        }
    };
    for entry in entries.iter().filter(|entry| !KEYS.contains(&entry.key.as_str())) {
        reader.fault(
            Diagnostic::error(
                Code::TemplateHead,
                entry.key_span,
                format!("front matter has no key `{}`", entry.key),
            )
            .help_if(did_you_mean(&entry.key, KEYS)),
        );
    }
    let find = |key: &str| entries.iter().find(|entry| entry.key == key);
    let audience = reader.audience(find("for"), whole, broken);
    let title = reader.field(find("title"));
    if title.is_none() && find("title").is_none() && !broken {
        reader.fault(
            Diagnostic::error(Code::TemplateHead, whole, "the front matter has no `title`")
                .help("add `title:`, such as `title: \"A playbook for {{ respondent.name }}\"`"),
        );
    }
    let page = reader.one_of(find("page"), Page::ALL.map(Page::word)).unwrap_or(0);
    let made = reader.one_of(find("made"), Made::ALL.map(Made::word)).unwrap_or(0);
    let phase = reader.one_of(find("phase"), Phase::ALL.map(Phase::word));
    let page = Page::ALL[page];
    let head = Head {
        audience: audience.unwrap_or(Audience::Respondent),
        title: title.unwrap_or(Field { text: String::new(), span: whole }),
        subtitle: reader.field(find("subtitle")),
        subject: reader.field(find("subject")),
        author: reader.field(find("author")),
        date: reader.field(find("date")),
        footer: reader.field(find("footer")),
        to: reader.field(find("to")),
        cover: reader.yes_or_no(find("cover")),
        contents: reader.yes_or_no(find("contents")),
        page,
        formats: reader.formats(find("formats"), page),
        made: Made::ALL[made],
        phase: phase.map(|phase| Phase::ALL[phase]),
        reader: reader.words(find("reader")),
        usage: reader.words(find("use")),
        needs: reader.needs(find("needs")),
    };
    if reader.failed { None } else { Some(head) }
}
