//! What stands in an answers file, before any pack is looked at.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::table::Head;
use super::{Kind, document, json, table};
use crate::diag::Diagnostics;
use crate::source::{SourceId, Sources, Span};
use crate::yaml::Node;

/// How a file is to be read, beyond what stands in it.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The column of a table that holds the ids; its first one where absent.
    pub id_column: Option<String>,
}

/// An answers file taken apart.
#[derive(Clone, Debug)]
pub struct RawFile {
    pub source: SourceId,
    pub kind: Kind,
    /// Faults of the file as a whole, such as of a table's head. With an error among them nothing of
    /// the file can be trusted, though the rest is read so that all faults are told at once.
    pub faults: Diagnostics,
    /// In the order of the file.
    pub respondents: Vec<RawRespondent>,
    /// Only a table has one.
    pub(super) head: Option<Arc<Head>>,
}

impl RawFile {
    pub(super) fn new(source: SourceId, kind: Kind) -> RawFile {
        RawFile { source, kind, faults: Diagnostics::default(), respondents: Vec::new(), head: None }
    }

    /// The pack that the first respondent who names one names, with the place of the name.
    pub fn pack(&self) -> Option<&(String, Span)> {
        self.respondents.iter().find_map(|respondent| respondent.pack.as_ref())
    }

    /// What a table calls its column of ids.
    pub fn id_column(&self) -> Option<&str> {
        self.head.as_ref().and_then(|head| head.id_column())
    }

    /// Every fault that reading found, those of respondents included: what can be told without a pack.
    pub fn all_faults(&self) -> Diagnostics {
        let mut all = self.faults.clone();
        self.respondents.iter().for_each(|respondent| all.extend(respondent.faults.clone()));
        all
    }
}

/// One respondent as typed.
#[derive(Clone, Debug)]
pub struct RawRespondent {
    /// None where it is missing; the fault is among `faults`.
    pub id: Option<String>,
    pub at: Place,
    /// Where the id stands, or else the beginning of what was typed.
    pub span: Span,
    pub pack: Option<(String, Span)>,
    pub faults: Diagnostics,
    pub(super) body: Body,
}

/// Where in its file a respondent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file holds nobody else.
    File,
    /// From 1.
    Line(usize),
    /// As a spreadsheet counts: the head is row 1, empty rows count.
    Row(usize),
    /// An object of a list, from 1.
    Record(usize),
}

impl Place {
    /// The number of the line, row or record; 0 for a whole file.
    pub fn number(self) -> usize {
        match self {
            Place::File => 0,
            Place::Line(number) | Place::Row(number) | Place::Record(number) => number,
        }
    }
}

/// How lists call somebody: by id and place, or by the place alone.
pub fn whom(id: Option<&str>, place: impl fmt::Display) -> String {
    id.map_or_else(|| place.to_string(), |id| format!("{id} ({place})"))
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File => f.write_str("the whole file"),
            Place::Line(line) => write!(f, "line {line}"),
            Place::Row(row) => write!(f, "row {row}"),
            Place::Record(record) => write!(f, "record {record}"),
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Body {
    Document(Box<Document>),
    /// The rows of a table that speak for this respondent, in order.
    Rows(Vec<Row>),
    /// Nothing of it could be read; the fault is told.
    Nothing,
}

/// A respondent in YAML or JSON.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    pub name: Option<String>,
    pub date: Option<jiff::civil::Date>,
    pub language: Option<String>,
    pub answers: Vec<Given>,
    pub metrics: Vec<Given>,
    pub voices: Vec<RawVoice>,
    /// Oldest first; they have none of their own.
    pub rounds: Vec<RawRound>,
    pub extra: Map<String, Value>,
    /// Whether a question without a key was not asked, rather than skipped.
    pub unsaid_not_asked: bool,
}

/// A key with what was typed behind it.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub key: String,
    pub key_span: Span,
    pub value: Node,
}

/// Earlier answers.
#[derive(Clone, Debug)]
pub(super) struct RawRound {
    /// Where its date stands, or else its beginning.
    pub span: Span,
    pub document: Document,
}

#[derive(Clone, Debug)]
pub(super) struct RawVoice {
    pub role: String,
    pub role_span: Span,
    pub answers: Vec<Given>,
}

/// A row's place in its table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub source: SourceId,
    pub start: u32,
    pub number: u32,
}

/// Respondents that stand inside a file of another kind, such as the tests of a pack: each the tree of an
/// answers file, an id for who says none, and the place to point at. All lie in `source`.
pub fn given(source: SourceId, list: Vec<(Option<Node>, String, Span)>) -> RawFile {
    let respondents = list.into_iter().map(|(node, id, at)| document::given_inside(node, &id, at)).collect();
    RawFile { source, kind: Kind::Yaml, faults: Diagnostics::default(), respondents, head: None }
}

/// Takes a file's text apart. Every fault is kept with the file or the respondent that it belongs to.
pub fn read(source: SourceId, kind: Kind, options: &ReadOptions, sources: &Sources) -> RawFile {
    let mut file = RawFile::new(source, kind);
    match kind {
        Kind::Yaml => file.respondents.push(document::read_yaml(source, sources)),
        Kind::Json => file.respondents.push(json::read_file(source, sources)),
        Kind::JsonLines => json::read_lines(&mut file, sources),
        Kind::Csv => table::read(&mut file, options, sources),
    }
    file
}
