//! Answers that something else has read, such as a form export: under ids of the pack, each with the place of its cell.

use serde_json::{Map, Value as Json};

use super::ids;
use super::raw::{Body, Document, Given, Place, RawFile, RawRespondent, RawVoice};
use super::{Kind, fields};
use crate::diag::Diagnostics;
use crate::source::{SourceId, Span};
use crate::yaml::{Node, Scalar, Style, Value};

/// What was said to one question, or measured for one metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The id of the question or metric.
    pub key: String,
    pub at: Span,
    pub said: Said,
}

/// What stands in a cell, or in the cells of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    One(String),
    /// Of several options those that were chosen, each with its own place.
    Several(Vec<(String, Span)>),
}

/// Somebody whose answers were heard elsewhere.
#[derive(Clone, Debug)]
pub struct HeardRespondent {
    /// As typed; it may turn out to be none.
    pub id: String,
    pub id_at: Span,
    /// Where it stands.
    pub place: Place,
    pub name: Option<String>,
    pub date: Option<jiff::civil::Date>,
    pub language: Option<(String, Span)>,
    pub answers: Vec<Heard>,
    pub metrics: Vec<Heard>,
    /// Role, its place, and what was said in it.
    pub voices: Vec<(String, Span, Vec<Heard>)>,
    pub extra: Map<String, Json>,
    /// What refuses this respondent already.
    pub faults: Diagnostics,
}

/// A file of respondents who were heard elsewhere: ready to be fitted as any other.
///
/// A question that nobody's answers name was not asked; one that is named and empty was skipped.
pub fn heard(source: SourceId, respondents: Vec<HeardRespondent>, faults: Diagnostics) -> RawFile {
    let respondents = respondents.into_iter().map(respondent).collect();
    RawFile { source, kind: Kind::Csv, faults, respondents, head: None }
}

fn respondent(heard: HeardRespondent) -> RawRespondent {
    let mut faults = heard.faults;
    let id = ids::id(&heard.id, heard.id_at).map_err(|fault| faults.push(fault)).ok();
    let language = heard.language.and_then(|(text, span)| {
        fields::language(text.trim(), span).map_err(|fault| faults.push(fault)).ok()
    });
    let given = |list: Vec<Heard>| list.into_iter().map(given).collect::<Vec<_>>();
    let document = Document {
        name: heard.name.map(|name| ids::printable(&name)),
        date: heard.date,
        language,
        answers: given(heard.answers),
        metrics: given(heard.metrics),
        voices: heard
            .voices
            .into_iter()
            .map(|(role, role_span, answers)| RawVoice {
                role: ids::printable(&role),
                role_span,
                answers: given(answers),
            })
            .collect(),
        rounds: Vec::new(),
        extra: heard.extra,
        unsaid_not_asked: true,
    };
    RawRespondent {
        id,
        at: heard.place,
        span: heard.id_at,
        pack: None,
        faults,
        body: Body::Document(Box::new(document)),
    }
}

fn given(heard: Heard) -> Given {
    let text = |text: String, span: Span| Node {
        span,
        value: Value::Scalar(Scalar { text, style: Style::Quoted, cut: false }),
    };
    let value = match heard.said {
        Said::One(said) => text(said, heard.at),
        Said::Several(items) => {
            let items = items.into_iter().map(|(item, span)| text(item, span)).collect();
            Node { span: heard.at, value: Value::List { items, flow: true } }
        }
    };
    Given { key: heard.key, key_span: heard.at, value }
}
