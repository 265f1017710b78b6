//! Who is given, with what the cells of a table's row put in or take out.

use crate::source::Span;
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// Where in an answers file the value of a column stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A question's answer, outside of voices.
    Answer(String),
    /// What the first voice of a role answers to a question.
    Voice {
        role: String,
        question: String,
    },
    Metric(String),
    Date,
}

/// The keys of an answers file.
#[derive(Clone, Debug)]
pub struct Given {
    entries: Vec<Entry>,
    span: Option<Span>,
}

impl Given {
    pub fn new(node: Option<&Node>) -> Given {
        Given {
            entries: node.and_then(Node::entries).unwrap_or_default().to_vec(),
            span: node.map(|node| node.span),
        }
    }

    /// Puts a value in its place, or takes out what stands there.
    pub fn set(&mut self, input: &Input, key_span: Span, value: Option<Node>) {
        match input {
            Input::Date => put(&mut self.entries, "date", key_span, value),
            Input::Answer(id) | Input::Metric(id) => {
                let section = if matches!(input, Input::Answer(_)) { "answers" } else { "metrics" };
                if let Some(entries) = entries_of(&mut self.entries, section, key_span) {
                    put(entries, id, key_span, value);
                }
            }
            Input::Voice { role, question } => {
                if let Some(answers) = self.voice(role, key_span) {
                    put(answers, question, key_span, value);
                }
            }
        }
    }

    /// The tree of an answers file; `at` where nothing was given outside of the table.
    pub fn node(self, at: Span) -> Node {
        Node { span: self.span.unwrap_or(at), value: Value::Map { entries: self.entries, flow: true } }
    }

    /// None where what stands under `voices` is no list; that is told when it is fitted.
    fn voice(&mut self, role: &str, span: Span) -> Option<&mut Vec<Entry>> {
        let place = match self.entries.iter().position(|entry| entry.key == "voices") {
            Some(place) => place,
            None => {
                let value = Node { span, value: Value::List { items: Vec::new(), flow: true } };
                self.entries.push(Entry { key: "voices".to_owned(), key_span: span, value });
                self.entries.len() - 1
            }
        };
        let Value::List { items, .. } = &mut self.entries[place].value.value else { return None };
        let of_role = |item: &Node| item.get("role").and_then(Node::text) == Some(role);
        let voice = match items.iter().position(of_role) {
            Some(voice) => voice,
            None => {
                let name = Entry { key: "role".to_owned(), key_span: span, value: scalar(role, span) };
                items.push(Node { span, value: Value::Map { entries: vec![name], flow: true } });
                items.len() - 1
            }
        };
        match &mut items[voice].value {
            Value::Map { entries, .. } => entries_of(entries, "answers", span),
            _ => None,
        }
    }
}

/// The entries of a key that holds a map, made where the key is not there. None where something else stands
/// there, which is told when it is fitted.
fn entries_of<'e>(entries: &'e mut Vec<Entry>, key: &str, span: Span) -> Option<&'e mut Vec<Entry>> {
    let place = match entries.iter().position(|entry| entry.key == key) {
        Some(place) => place,
        None => {
            let value = Node { span, value: Value::Map { entries: Vec::new(), flow: true } };
            entries.push(Entry { key: key.to_owned(), key_span: span, value });
            entries.len() - 1
        }
    };
    match &mut entries[place].value.value {
        Value::Map { entries, .. } => Some(entries),
        _ => None,
    }
}

fn put(entries: &mut Vec<Entry>, key: &str, key_span: Span, value: Option<Node>) {
    entries.retain(|entry| entry.key != key);
    if let Some(value) = value {
        entries.push(Entry { key: key.to_owned(), key_span, value });
    }
}

/// A text as a value; in double quotes it is taken letter for letter.
pub fn scalar(text: &str, span: Span) -> Node {
    let quoted = text.len() >= 2 && text.starts_with('"') && text.ends_with('"');
    let (text, style) = if quoted { (&text[1..text.len() - 1], Style::Quoted) } else { (text, Style::Plain) };
    Node { span, value: Value::Scalar(Scalar { text: text.to_owned(), style, cut: false }) }
}

/// A cell as a value: `[a, b]` is a list.
pub fn cell(text: &str, span: Span) -> Node {
    match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => {
            let items = inner.split(',').map(str::trim).filter(|item| !item.is_empty());
            let items = items.map(|item| scalar(item, span)).collect();
            Node { span, value: Value::List { items, flow: true } }
        }
        None => scalar(text, span),
    }
}
