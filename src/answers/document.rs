//! One respondent in YAML or JSON: which keys there are, and what was typed behind them.

use super::raw::{Body, Document, Given, Place, RawRespondent, RawRound, RawVoice};
use super::{extra, fields, ids};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Entry, Node, Value};

const KEYS: &[&str] =
    &["respondent", "name", "pack", "date", "language", "answers", "metrics", "voices", "rounds", "extra"];
const ROUND_KEYS: &[&str] =
    &["respondent", "name", "pack", "date", "language", "answers", "metrics", "voices", "extra"];
const VOICE_KEYS: &[&str] = &["role", "answers"];

/// The respondent of a YAML file.
pub fn read_yaml(source: SourceId, sources: &Sources) -> RawRespondent {
    let mut faults = Diagnostics::default();
    let node = yaml::read(source, sources, &mut faults);
    let text = &sources.get(source).text;
    if let Some(node) = &node {
        fields::tell_cut(node, text, &mut faults);
    }
    let whole = Span::new(source, 0..text.len());
    respondent(node, whole, Place::File, faults)
}

/// Somebody whose answers stand inside another text, under an id that they need not say.
pub fn given_inside(node: Option<Node>, id: &str, at: Span) -> RawRespondent {
    let node = node
        .filter(|node| !node.is_null())
        .unwrap_or(Node { span: at, value: Value::Map { entries: Vec::new(), flow: true } });
    respondent_named(Some(node), at, Place::File, Diagnostics::default(), Some(id.to_owned()))
}

/// The respondent of a tree; `whole` is where to point when there is none.
pub fn respondent(node: Option<Node>, whole: Span, at: Place, faults: Diagnostics) -> RawRespondent {
    respondent_named(node, whole, at, faults, None)
}

fn respondent_named(
    node: Option<Node>,
    whole: Span,
    at: Place,
    mut faults: Diagnostics,
    named: Option<String>,
) -> RawRespondent {
    let nobody =
        |faults| RawRespondent { id: None, at, span: whole, pack: None, faults, body: Body::Nothing };
    let Some(node) = node.filter(|node| !node.is_null()) else {
        if !faults.has_errors() {
            faults.push(no_respondent(whole, "nothing stands here"));
        }
        return nobody(faults);
    };
    let node_span = node.span;
    let entries = match node.value {
        Value::Map { entries, .. } => entries,
        Value::Broken => return nobody(faults),
        other => {
            let node = Node { span: node_span, value: other };
            faults.push(
                Diagnostic::error(
                    Code::WrongShape,
                    node_span,
                    format!("an answers file holds one respondent, not {}", node.what()),
                )
                .help("begin with `respondent:` and the respondent's id")
                .help("for many respondents write JSON lines (.jsonl) or a table (.csv)"),
            );
            return nobody(faults);
        }
    };
    fields::tell_unknown(&entries, KEYS, &mut faults);
    let misspelt = fields::is_misspelt("respondent", &entries, KEYS);

    let mut id_known = named.is_some();
    let mut id = named;
    let mut id_span = Span { end: node_span.start, ..node_span };
    let mut pack = None;
    let mut document = Document::default();
    for entry in entries {
        let (key, node) = (entry.key.as_str(), &entry.value);
        match key {
            "respondent" => {
                id_known = true;
                id_span = if node.is_null() { entry.key_span } else { node.span };
                match &node.value {
                    Value::Scalar(scalar) => {
                        let text = if node.is_null() { "" } else { &scalar.text };
                        id = ids::id(text, id_span).map_err(|fault| faults.push(fault)).ok();
                    }
                    _ => drop(fields::text(key, node, &mut faults)),
                }
            }
            "pack" => pack = fields::text(key, node, &mut faults).map(|name| (name, node.span)),
            "rounds" => document.rounds = rounds(&entry, &mut faults),
            _ => common(entry, &mut document, &mut faults),
        }
    }
    put_in_order(&mut document, &mut faults);
    // Where a line could not be read, it may have been the one with the id.
    if !id_known && !misspelt && !faults.iter().any(|fault| fault.code == Code::Syntax) {
        faults.push(no_respondent(id_span, "this respondent has no id"));
    }
    RawRespondent { id, at, span: id_span, pack, faults, body: Body::Document(Box::new(document)) }
}

/// The keys that an earlier round has too.
fn common(entry: Entry, document: &mut Document, faults: &mut Diagnostics) {
    let (key, node) = (entry.key.as_str(), &entry.value);
    match key {
        "name" => document.name = fields::text(key, node, faults).map(|name| ids::printable(&name)),
        "date" => {
            let text = fields::text(key, node, faults);
            document.date =
                text.and_then(|text| fields::date(&text, node.span).map_err(|fault| faults.push(fault)).ok());
        }
        "language" => {
            let text = fields::text(key, node, faults);
            document.language = text
                .and_then(|text| fields::language(&text, node.span).map_err(|fault| faults.push(fault)).ok());
        }
        "answers" => document.answers = given(entry, faults),
        "metrics" => document.metrics = given(entry, faults),
        "voices" => document.voices = voices(&entry, faults),
        "extra" => {
            let entries = fields::map(key, node, faults);
            document.extra = entries.map(extra::object).unwrap_or_default();
        }
        _ => {}
    }
}

/// Earlier answers: what stood in an answers file of that day, who and for which pack being known.
fn rounds(entry: &Entry, faults: &mut Diagnostics) -> Vec<RawRound> {
    let items = fields::list(&entry.key, &entry.value, faults).unwrap_or_default();
    items.iter().filter_map(|item| round(item, faults)).collect()
}

fn round(item: &Node, faults: &mut Diagnostics) -> Option<RawRound> {
    if item.is_null() || item.value == Value::Broken {
        return None;
    }
    let Some(entries) = item.entries() else {
        faults.push(
            Diagnostic::error(Code::WrongShape, item.span, format!("a round is a map, not {}", item.what()))
                .help("write `- date: 2025-03-01`, and below it the `answers:` and `metrics:` of that day"),
        );
        return None;
    };
    fields::tell_unknown(entries, ROUND_KEYS, faults);
    let mut document = Document::default();
    for entry in entries {
        common(entry.clone(), &mut document, faults);
    }
    let date = item.get("date");
    let span = date.map_or(Span { end: item.span.start, ..item.span }, |node| node.span);
    if date.is_none_or(Node::is_null) && !fields::is_misspelt("date", entries, ROUND_KEYS) {
        faults.push(
            Diagnostic::error(Code::Rounds, span, "this round has no date")
                .help("add the day of these answers, such as `date: 2025-03-01`"),
        );
    }
    Some(RawRound { span, document })
}

/// Rounds by their dates, oldest first; each lies before the answers themselves.
fn put_in_order(document: &mut Document, faults: &mut Diagnostics) {
    document.rounds.sort_by_key(|round| round.document.date);
    for pair in document.rounds.windows(2) {
        if let (Some(one), Some(other)) = (pair[0].document.date, pair[1].document.date)
            && one == other
        {
            faults.push(
                Diagnostic::error(Code::Rounds, pair[1].span, format!("two rounds are of {other}"))
                    .label("the second one")
                    .related(pair[0].span, "the first one")
                    .help("keep one of them, or correct its date"),
            );
        }
    }
    for round in &document.rounds {
        if let (Some(own), Some(date)) = (document.date, round.document.date)
            && date >= own
        {
            faults.push(
                Diagnostic::error(Code::Rounds, round.span, format!("this round is not earlier than {own}"))
                    .label("the answers themselves bear that date")
                    .help("put the newest answers on top, and earlier ones under `rounds:`"),
            );
        }
    }
}

fn no_respondent(span: Span, message: &str) -> Diagnostic {
    Diagnostic::error(Code::NoRespondent, span, message)
        .help("write `respondent:` with an id, such as `respondent: northwind`")
}

/// The entries of a map of answers or metrics.
fn given(entry: Entry, faults: &mut Diagnostics) -> Vec<Given> {
    if fields::map(&entry.key, &entry.value, faults).is_none() {
        return Vec::new();
    }
    match entry.value.value {
        Value::Map { entries, .. } => entries
            .into_iter()
            .filter(|entry| !entry.key.is_empty() && !entry.key.starts_with("x-"))
            .map(|entry| Given { key: entry.key, key_span: entry.key_span, value: entry.value })
            .collect(),
        _ => Vec::new(),
    }
}

fn voices(entry: &Entry, faults: &mut Diagnostics) -> Vec<RawVoice> {
    let items = fields::list(&entry.key, &entry.value, faults).unwrap_or_default();
    items.iter().filter_map(|item| voice(item, faults)).collect()
}

fn voice(item: &Node, faults: &mut Diagnostics) -> Option<RawVoice> {
    if item.is_null() || item.value == Value::Broken {
        return None;
    }
    let Some(entries) = item.entries() else {
        faults.push(
            Diagnostic::error(Code::WrongShape, item.span, format!("a voice is a map, not {}", item.what()))
                .help("write `{ role: manager, answers: { … } }`"),
        );
        return None;
    };
    fields::tell_unknown(entries, VOICE_KEYS, faults);
    let role = item.get("role");
    let role_text = role.and_then(|node| fields::text("role", node, faults));
    let unsaid =
        role.is_none_or(|node| node.is_null() || node.text().is_some_and(|text| text.trim().is_empty()));
    if unsaid && !fields::is_misspelt("role", entries, VOICE_KEYS) {
        let begin = Span { end: item.span.start, ..item.span };
        let span = role.map_or(begin, |node| node.span);
        faults.push(
            Diagnostic::error(Code::MissingKey, span, "this voice has no role")
                .help("say who speaks, such as `role: manager`"),
        );
    }
    let answers = entries.iter().find(|entry| entry.key == "answers").cloned();
    Some(RawVoice {
        role: ids::printable(&role_text.unwrap_or_default()),
        role_span: role.map_or(item.span, |node| node.span),
        answers: answers.map(|entry| given(entry, faults)).unwrap_or_default(),
    })
}
