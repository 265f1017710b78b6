//! A template's front matter: for whom the document is, and what stands on its cover.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::render::Format;
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Entry, Value};

/// For whom a document is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// One document a respondent.
    Respondent,
    /// One document a session.
    Session,
}

impl Audience {
    /// As front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Audience::Respondent => "respondent",
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
    pub cover: bool,
    pub contents: bool,
    /// The formats that it is made in; none for all.
    pub formats: Option<Vec<Format>>,
}

/// A text of the front matter, which may hold `{{ … }}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub text: String,
    /// Where it is written, quotes included.
    pub span: Span,
}

const KEYS: [&str; 10] =
    ["for", "title", "subtitle", "subject", "author", "date", "footer", "cover", "contents", "formats"];

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
    let head = Head {
        audience: audience.unwrap_or(Audience::Respondent),
        title: title.unwrap_or(Field { text: String::new(), span: whole }),
        subtitle: reader.field(find("subtitle")),
        subject: reader.field(find("subject")),
        author: reader.field(find("author")),
        date: reader.field(find("date")),
        footer: reader.field(find("footer")),
        cover: reader.yes_or_no(find("cover")),
        contents: reader.yes_or_no(find("contents")),
        formats: reader.formats(find("formats")),
    };
    if reader.failed { None } else { Some(head) }
}

struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
    failed: bool,
}

impl Reader<'_> {
    fn fault(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        self.diagnostics.push(diagnostic);
    }

    fn wrong(&mut self, entry: &Entry, wanted: &str) {
        let found = entry.value.what();
        let diagnostic = Diagnostic::error(
            Code::TemplateHead,
            entry.value.span,
            format!("`{}` takes {wanted}, not {found}", entry.key),
        );
        if entry.value.value != Value::Broken {
            self.fault(diagnostic);
        }
    }

    fn audience(&mut self, entry: Option<&Entry>, whole: Span, broken: bool) -> Option<Audience> {
        const HELP: &str = "write `for: respondent` or `for: session`";
        let Some(entry) = entry else {
            if !broken {
                let message = "the front matter does not say whom the document is for";
                self.fault(Diagnostic::error(Code::TemplateHead, whole, message).help(HELP));
            }
            return None;
        };
        match entry.value.text() {
            Some("respondent") => Some(Audience::Respondent),
            Some("session") => Some(Audience::Session),
            Some("cohort") => {
                let message = "documents for a cohort are not supported yet";
                self.fault(Diagnostic::error(Code::NotYet, entry.value.span, message).help(HELP));
                None
            }
            Some(other) => {
                let message = format!("nobody is called `{other}` here");
                self.fault(Diagnostic::error(Code::TemplateHead, entry.value.span, message).help(HELP));
                None
            }
            None => {
                self.wrong(entry, "a word");
                None
            }
        }
    }

    fn field(&mut self, entry: Option<&Entry>) -> Option<Field> {
        let entry = entry?;
        match entry.value.text() {
            Some(text) if !text.trim().is_empty() => {
                Some(Field { text: text.to_owned(), span: entry.value.span })
            }
            _ => {
                self.wrong(entry, "text");
                None
            }
        }
    }

    fn yes_or_no(&mut self, entry: Option<&Entry>) -> bool {
        let Some(entry) = entry else { return false };
        match entry.value.text() {
            Some("true" | "yes") => true,
            Some("false" | "no") => false,
            Some(other) => {
                let message = format!("`{}` is `true` or `false`, not `{other}`", entry.key);
                self.fault(Diagnostic::error(Code::TemplateHead, entry.value.span, message));
                false
            }
            None => {
                self.wrong(entry, "`true` or `false`");
                false
            }
        }
    }

    fn formats(&mut self, entry: Option<&Entry>) -> Option<Vec<Format>> {
        let entry = entry?;
        let Some(items) = entry.value.items() else {
            self.wrong(entry, "a list such as `[md, html, pdf]`");
            return None;
        };
        let mut formats = Vec::new();
        for item in items {
            let word = item.text().unwrap_or_default();
            match Format::ALL.into_iter().find(|format| format.extension() == word) {
                Some(format) if formats.contains(&format) => {}
                Some(format) => formats.push(format),
                None => self.fault(
                    Diagnostic::error(Code::TemplateHead, item.span, format!("`{word}` is no format"))
                        .help("write `md`, `html` or `pdf`"),
                ),
            }
        }
        Some(formats)
    }
}
