//! JSON and JSON lines: the syntax is held against JSON, then read as the YAML that it also is.

use std::collections::HashMap;

use super::document;
use super::ids;
use super::raw::{Body, Place, RawFile, RawRespondent};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Node, Value};

/// The respondent of a JSON file.
pub fn read_file(source: SourceId, sources: &Sources) -> RawRespondent {
    let text = sources.get(source).text.clone();
    respondent(&text, 0, source, Place::File)
}

/// One respondent a line; lines without text are passed over.
pub fn read_lines(file: &mut RawFile, sources: &Sources) {
    let text = sources.get(file.source).text.clone();
    let mut start = 0;
    let mut first: HashMap<String, Span> = HashMap::new();
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if !line.trim().is_empty() {
            let mut raw = respondent(line.trim_end(), start, file.source, Place::Line(at + 1));
            if let Some(id) = &raw.id {
                match first.get(id) {
                    Some(before) => raw.faults.push(ids::duplicate(id, raw.span, *before)),
                    None => drop(first.insert(id.clone(), raw.span)),
                }
            }
            file.respondents.push(raw);
        }
        start += line.len();
    }
    if file.respondents.is_empty() {
        file.faults.push(nobody(file.source));
    }
}

/// The fault of a file without respondents.
pub fn nobody(source: SourceId) -> Diagnostic {
    Diagnostic::error(Code::NoRespondent, Span::new(source, 0..0), "no respondent stands in this file")
        .help("write one JSON object a line, such as `{\"respondent\": \"northwind\", \"answers\": {}}`")
}

/// A piece of a source as one respondent; `offset` is where in the source it begins.
pub fn respondent(text: &str, offset: usize, source: SourceId, at: Place) -> RawRespondent {
    let whole = Span::new(source, offset..offset + text.len());
    let mut faults = Diagnostics::default();
    let node = match serde_json::from_str::<serde_json::Value>(text) {
        Err(error) if !text.trim().is_empty() => {
            faults.push(syntax(text, &error, whole));
            return RawRespondent { id: None, at, span: whole, pack: None, faults, body: Body::Nothing };
        }
        _ => {
            // A piece is read as a text of its own, and its places are put back into the whole.
            let mut piece = Sources::default();
            let id = piece.add("", text);
            let mut told = Diagnostics::default();
            let mut node = yaml::read(id, &piece, &mut told);
            for mut fault in told {
                fault.span = fault.span.map(|span| moved(span, source, offset));
                fault.related.iter_mut().for_each(|(span, _)| *span = moved(*span, source, offset));
                faults.push(fault);
            }
            if let Some(node) = &mut node {
                move_node(node, source, offset);
            }
            node
        }
    };
    document::respondent(node, whole, at, faults)
}

fn moved(span: Span, source: SourceId, offset: usize) -> Span {
    let offset = offset as u32;
    Span { source, start: span.start + offset, end: span.end + offset }
}

fn move_node(node: &mut Node, source: SourceId, offset: usize) {
    node.span = moved(node.span, source, offset);
    match &mut node.value {
        Value::List { items, .. } => items.iter_mut().for_each(|item| move_node(item, source, offset)),
        Value::Map { entries, .. } => {
            for entry in entries {
                entry.key_span = moved(entry.key_span, source, offset);
                move_node(&mut entry.value, source, offset);
            }
        }
        Value::Scalar(_) | Value::Broken => {}
    }
}

/// What the JSON parser says, at its place.
fn syntax(text: &str, error: &serde_json::Error, whole: Span) -> Diagnostic {
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let said = error.to_string();
    let reason = said.split(" at line ").next().unwrap_or("").to_lowercase();
    Diagnostic::error(Code::Syntax, whole.part(at..at + length), "this is not JSON").label(reason).help(
        "look for a missing comma, quote or bracket here or just before; text and keys stand in double quotes",
    )
}
