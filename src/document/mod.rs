//! The nouns of a page: what a paper of the kit holds, before any file format is chosen.
//!
//! Markdown is read into this tree and every format is a small writer of it. The tree knows no
//! syntax and no page size; two documents that are equal look the same in each format.

mod address;
mod chart;
mod deck;
mod definitions;
mod form;
mod layout;
mod outline;
mod percent;
mod walk;

pub use address::{is_mail_address, mail_addresses};
pub use chart::{Chart, ChartKind, ChartRow, ChartValue, Zone};
pub use deck::{Setting, Slide, paged, slides};
pub use definitions::{Definition, Definitions};
pub use form::{Field, Form, Scale};
pub use layout::{Cue, Layout, LayoutKind};
pub use outline::{Heading, cover_leads, headings, ranks};
pub use percent::percent_decoded;
pub use walk::{each_text, each_text_mut};

/// One paper of the kit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What stands on the cover and in the file's properties.
    pub meta: Meta,
    /// The content in reading order.
    pub blocks: Vec<Block>,
    /// The footnotes, which [`Inline::NoteRef`] names by their place here. Once read from Markdown they stand in the
    /// order in which they are first referred to, and each one is.
    pub notes: Vec<Vec<Block>>,
}

/// The paper's properties, read from its front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Shown on the cover, in the header and as the window's title. Never empty.
    pub title: String,
    /// A line under the title.
    pub subtitle: Option<String>,
    /// Whom the paper is for or about; stands on the cover.
    pub subject: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// As printed, for example `1 March 2026`; never taken from the clock.
    pub date: Option<String>,
    /// A BCP 47 tag such as `en` or `de-CH`.
    pub language: String,
    /// A line at the foot of each page.
    pub footer: Option<String>,
    /// Whether the PDF begins with a cover page.
    pub cover: bool,
    /// Whether a table of contents stands before the text.
    pub contents: bool,
    /// What kind of paper it is.
    pub page: Page,
    /// The receivers of a mail: addresses with commas between them, and nothing else.
    pub to: Option<String>,
}

/// What kind of paper a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// Sheets to print and to read.
    #[default]
    Paper,
    /// The same, set close: forms, and long papers that are looked things up in.
    Dense,
    /// A deck to show: each heading of the first two ranks begins a slide.
    Slides,
    /// A mail: the title is its subject.
    Mail,
}

impl Page {
    pub const ALL: [Page; 4] = [Page::Paper, Page::Dense, Page::Slides, Page::Mail];

    /// As front matter says it.
    pub fn word(self) -> &'static str {
        match self {
            Page::Paper => "paper",
            Page::Dense => "dense",
            Page::Slides => "slides",
            Page::Mail => "mail",
        }
    }
}

/// What a word says of something that is on or off.
pub fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// Whether a text has the shape of a BCP 47 tag: letters first, then letters or digits, a hyphen between.
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let main = parts.next().unwrap_or("");
    (2..=8).contains(&main.len())
        && main.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// The direction in which a language is written, as HTML says it.
pub fn direction(language: &str) -> &'static str {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    if ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"].contains(&primary.as_str()) {
        "rtl"
    } else {
        "ltr"
    }
}

impl Default for Meta {
    fn default() -> Self {
        Meta {
            title: "Untitled".to_owned(),
            subtitle: None,
            subject: None,
            author: None,
            date: None,
            language: "en".to_owned(),
            footer: None,
            cover: false,
            contents: false,
            to: None,
            page: Page::Paper,
        }
    }
}

/// A piece of the page that begins on a line of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Heading {
        /// 1 to 6.
        level: u8,
        /// The anchor that links point to: unique in its document once read from Markdown.
        id: String,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    List(List),
    /// Words, each with what it means.
    Definitions(Definitions),
    /// Somebody's words.
    Quote(Vec<Block>),
    /// A boxed remark.
    Callout {
        kind: CalloutKind,
        blocks: Vec<Block>,
    },
    /// Text shown as typed. `info` is what stood behind the fence, possibly empty.
    Code {
        info: String,
        text: String,
    },
    Chart(Chart),
    Table(Table),
    /// Other blocks side by side, kept together, or marked in another way.
    Layout(Layout),
    /// Room to write, tick and sign.
    Form(Form),
    /// What follows begins a page.
    PageBreak,
    /// A thematic break.
    Rule,
}

/// A list, numbered where `start` is given.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The first number; none for bullets.
    pub start: Option<u64>,
    /// Whether items stand close together, without space between.
    pub tight: bool,
    pub items: Vec<ListItem>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// A check box before the item: ticked or to be ticked.
    pub task: Option<bool>,
    pub blocks: Vec<Block>,
}

/// The five kinds of GitHub's alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalloutKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl CalloutKind {
    pub const ALL: [CalloutKind; 5] = [
        CalloutKind::Note,
        CalloutKind::Tip,
        CalloutKind::Important,
        CalloutKind::Warning,
        CalloutKind::Caution,
    ];

    /// The word printed on the box.
    pub fn label(self) -> &'static str {
        match self {
            CalloutKind::Note => "Note",
            CalloutKind::Tip => "Tip",
            CalloutKind::Important => "Important",
            CalloutKind::Warning => "Warning",
            CalloutKind::Caution => "Caution",
        }
    }
}

/// A table with one head row. Every row has as many cells as `align`.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub align: Vec<Align>,
    pub head: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
}

/// The text of one table cell.
pub type Cell = Vec<Inline>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Nothing said: set as the format's default, to the left.
    None,
    Left,
    Center,
    Right,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words; holds no line break.
    Text(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strike(Vec<Inline>),
    Code(String),
    Link {
        /// Where it leads: an address, or `#id` of a heading in this document.
        to: String,
        /// Shown when pointed at; empty where absent.
        title: String,
        text: Vec<Inline>,
    },
    /// A picture that is named and not yet drawn: its alternative text stands for it.
    Image {
        from: String,
        title: String,
        alt: String,
    },
    /// A footnote's number, by the note's place in its document.
    NoteRef(usize),
    /// A line break of the source that is only a space on the page.
    SoftBreak,
    /// A line break that is meant.
    HardBreak,
}

/// The words of a run of text, without any styling: for outlines, window titles and alternative text.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain_text(inlines, &mut out);
    out
}

fn push_plain_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link { text: inner, .. } => push_plain_text(inner, out),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::NoteRef(_) => {}
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
        }
    }
}
