//! The options of scales and questions: ids, labels in several languages, points.

use std::collections::HashMap;

use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{Absence, Choice, Number};
use crate::source::Span;
use crate::yaml::{Node, Value};

impl Loader<'_, '_> {
    /// Options as a list of ids or as a map of ids to points.
    pub fn choices(&mut self, node: &Node, what: &str, scored: bool) -> Option<Vec<Choice>> {
        let mut choices: Vec<(Choice, Span)> = Vec::new();
        match &node.value {
            Value::List { .. } if scored => {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongShape,
                        node.span,
                        format!("the options of {what} have no points"),
                    )
                    .label("each needs its points")
                    .help("write `{ never: 0, always: 100 }`"),
                );
                return None;
            }
            Value::List { items, .. } => {
                for item in items {
                    match &item.value {
                        Value::Map { entries, .. } if entries.len() == 1 => {
                            let entry = &entries[0];
                            choices.extend(self.choice(&entry.key, entry.key_span, &entry.value, false));
                        }
                        _ => {
                            if let Some(text) = self.read.text(item, "an option") {
                                choices.push((plain_choice(text.text), text.whole()));
                            }
                        }
                    }
                }
            }
            Value::Map { entries, .. } => {
                for entry in entries {
                    choices.extend(self.choice(&entry.key, entry.key_span, &entry.value, scored));
                }
            }
            Value::Broken => return None,
            Value::Scalar(_) => {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongShape,
                        node.span,
                        format!("the options of {what} are {}", node.what()),
                    )
                    .label("a list of options is wanted here")
                    .help("write `[small, mid, large]`"),
                );
                return None;
            }
        }
        self.labelled_choices(what, &choices);
        let mut seen: HashMap<String, Span> = HashMap::new();
        for (choice, span) in &choices {
            super::items::check_id(&choice.id, *span, self.read.diagnostics);
            self.check_label(&choice.id, *span);
            let mut said = vec![choice.id.to_lowercase()];
            if choice.label.to_lowercase() != said[0] {
                self.check_label(&choice.label, *span);
                said.push(choice.label.to_lowercase());
            }
            said.extend(choice.value.as_ref().map(|value| value.to_decimal(30)));
            said.dedup();
            for label in said {
                match seen.get(&label) {
                    Some(first) => self.read.push(
                        Diagnostic::error(
                            Code::DuplicateId,
                            *span,
                            format!("two options of {what} are called `{label}`"),
                        )
                        .label("the second one")
                        .related(*first, "the first one"),
                    ),
                    None => {
                        seen.insert(label, *span);
                    }
                }
            }
        }
        if choices.is_empty() {
            self.read.push(
                Diagnostic::error(Code::MissingKey, node.span, format!("{what} has no options"))
                    .label("empty"),
            );
            return None;
        }
        Some(choices.into_iter().map(|(choice, _)| choice).collect())
    }

    fn choice(&mut self, id: &str, id_span: Span, node: &Node, scored: bool) -> Option<(Choice, Span)> {
        let mut choice = plain_choice(id);
        if let Some(entries) = node.entries() {
            let plain: Vec<&str> = entries
                .iter()
                .map(|entry| entry.key.as_str())
                .filter(|key| language_of(key).is_some())
                .chain(["points", "label", "value"])
                .collect();
            let keys = self.read.open(node, id_span, format!("option `{id}`"), &plain, &[])?;
            if let Some(label) = keys.get("label") {
                choice.label = self.read.text(label, "`label`")?.text.trim().to_owned();
            }
            if let Some(value) = keys.get("value") {
                choice.value = self.option_number(value, "an option's `value`");
            }
            for entry in entries {
                if let Some(language) = language_of(&entry.key) {
                    choice.translations.push(self.translation(language, entry.key_span, &entry.value)?);
                }
            }
            match keys.get("points") {
                Some(points) if scored => choice.points = self.points(points)?,
                Some(points) => {
                    self.read.push(
                        Diagnostic::error(Code::WrongValue, points.span, format!("option `{id}` has points"))
                            .label("this question does not score")
                            .help("take them out, or ask with a `scale:`"),
                    );
                }
                None if scored => {
                    self.read.need(&keys, "points", "50");
                    return None;
                }
                None => {}
            }
        } else if scored {
            choice.points = self.points(node)?;
        } else if !node.is_null() {
            choice.label = self.read.text(node, "a label")?.text.trim().to_owned();
        }
        Some((choice, id_span))
    }

    fn points(&mut self, node: &Node) -> Option<Number> {
        self.option_number(node, "an option's points")
    }

    pub fn option_number(&mut self, node: &Node, what: &str) -> Option<Number> {
        let text = self.read.text(node, what)?;
        let value = Number::parse(text.text);
        if value.is_none() {
            let message = format!("{what} cannot be `{}`", text.text);
            self.read.push(
                Diagnostic::error(Code::WrongValue, text.whole(), message).label("a number is wanted here"),
            );
        }
        value
    }

    /// A label that equals an absence word could never be told from it.
    pub fn check_label(&mut self, label: &str, span: Span) {
        let folded = label.trim().to_lowercase();
        let absence = Absence::parse(label).is_some() || matches!(folded.as_str(), "missing" | "answered");
        if absence {
            self.read.push(
                Diagnostic::error(Code::ReservedName, span, format!("a label cannot be `{label}`"))
                    .label("this word says that there is no answer")
                    .help("give the label other words"),
            );
        }
    }
}

pub fn plain_choice(id: &str) -> Choice {
    Choice {
        id: id.to_owned(),
        label: id.to_owned(),
        translations: Vec::new(),
        points: Number::zero(),
        value: None,
    }
}

/// The language of a key such as `label[de]`.
pub fn language_of(key: &str) -> Option<&str> {
    key.strip_prefix("label[")?.strip_suffix(']').filter(|language| !language.is_empty())
}
