//! Scales and questions.

use std::collections::HashMap;

use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use super::names::unknown;
use crate::diag::{Code, Diagnostic};
use crate::model::{Absence, Choice, Number, Question, QuestionKind, Unit};
use crate::quantity::{self, Wanted};
use crate::source::Span;
use crate::yaml::{Node, Value};

const QUESTION_KEYS: [&str; 13] = [
    "question",
    "area",
    "scale",
    "kind",
    "options",
    "weight",
    "reverse",
    "voices",
    "not_applicable",
    "changeable",
    "unit",
    "range",
    "allow",
];
const QUESTION_LATER: [&str; 2] = ["ask_if", "else"];
/// Labels for more steps than this are a slip in `from` or `to`.
const MAX_STEPS: i64 = 1000;

impl Loader<'_, '_> {
    /// The pack's scales by id.
    pub fn scales(&mut self) -> HashMap<String, QuestionKind> {
        let items = self.sections.scales.clone();
        items.iter().filter_map(|item| Some((item.id.to_owned(), self.scale(item)?))).collect()
    }

    fn scale(&mut self, item: &Item<'_>) -> Option<QuestionKind> {
        let what = format!("scale `{}`", item.id);
        let keys = self.read.open(
            item.node,
            item.id_span,
            &*what,
            &["from", "to", "labels", "options"],
            &["step"],
        )?;
        if let Some(options) = keys.get("options") {
            for key in ["from", "to", "labels"] {
                if let Some(span) = keys.key_span(key) {
                    self.read.push(
                        Diagnostic::error(
                            Code::WrongValue,
                            span,
                            format!("{what} has `options` and `{key}`"),
                        )
                        .label("belongs to a numbered scale")
                        .help("keep the one or the other"),
                    );
                }
            }
            let choices = self.choices(options, &what, true)?;
            self.check_points(&choices, options.span, &what);
            return Some(QuestionKind::Options(choices));
        }
        let from = self.end(&keys, "from");
        let to = self.end(&keys, "to");
        let (from, to) = (from?, to?);
        if from >= to {
            let span = keys.key_span("to").unwrap_or(item.id_span);
            self.read.push(
                Diagnostic::error(Code::OutOfRange, span, format!("{what} ends where it begins or before"))
                    .label(format!("`from` is {from}, `to` is {to}"))
                    .help("turn the two round; for a scale whose best end is low say `reverse: true` in the question"),
            );
            return None;
        }
        let steps = &(&to - &from) + &Number::one();
        let labels: Vec<(String, Span)> = match keys.get("labels") {
            Some(node) => self
                .read
                .texts(node, "`labels`")
                .iter()
                .map(|text| (text.text.to_owned(), text.whole()))
                .collect(),
            None => Vec::new(),
        };
        for (label, span) in &labels {
            self.check_label(label, *span);
        }
        if !labels.is_empty() && Number::from(labels.len()) != steps {
            let span = keys.key_span("labels").unwrap_or(item.id_span);
            let count = labels.len();
            self.read.push(
                Diagnostic::error(
                    Code::WrongValue,
                    span,
                    format!("{what} has {count} labels for {steps} steps"),
                )
                .label(format!("from {from} to {to}"))
                .help("give each step one label, or none of them"),
            );
        }
        if steps > Number::from(MAX_STEPS) {
            let span = keys.key_span("to").unwrap_or(item.id_span);
            self.read.push(
                Diagnostic::error(Code::OutOfRange, span, format!("{what} has {steps} steps"))
                    .label(format!("more than {MAX_STEPS}"))
                    .help("for a measured number use `kind: number` or a metric"),
            );
        }
        Some(QuestionKind::Numbered {
            from,
            to,
            labels: labels.into_iter().map(|(label, _)| label).collect(),
        })
    }

    fn end(&mut self, keys: &Keys<'_>, key: &str) -> Option<Number> {
        let node = self.read.need(keys, key, "1")?;
        let text = self.read.text(node, &format!("`{key}`"))?;
        let value = Number::parse(text.text).filter(Number::is_integer);
        if value.is_none() {
            self.read.push(
                Diagnostic::error(
                    Code::WrongValue,
                    text.whole(),
                    format!("`{key}` cannot be `{}`", text.text),
                )
                .label("a whole number is wanted here"),
            );
        }
        value
    }

    /// Options as a list of ids or as a map of ids to points.
    fn choices(&mut self, node: &Node, what: &str, scored: bool) -> Option<Vec<Choice>> {
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
        let mut seen: HashMap<String, Span> = HashMap::new();
        for (choice, span) in &choices {
            super::items::check_id(&choice.id, *span, self.read.diagnostics);
            self.check_label(&choice.id, *span);
            let mut said = vec![choice.id.to_lowercase()];
            if choice.label.to_lowercase() != said[0] {
                self.check_label(&choice.label, *span);
                said.push(choice.label.to_lowercase());
            }
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
                .chain(["points", "label"])
                .collect();
            let keys = self.read.open(node, id_span, format!("option `{id}`"), &plain, &["value"])?;
            if let Some(label) = keys.get("label") {
                choice.label = self.read.text(label, "`label`")?.text.trim().to_owned();
            }
            for entry in entries {
                if let Some(language) = language_of(&entry.key) {
                    let text = self.read.text(&entry.value, "a label")?;
                    self.check_label(text.text, text.whole());
                    choice.translations.push((language.to_owned(), text.text.trim().to_owned()));
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
        let text = self.read.text(node, "an option's points")?;
        let value = Number::parse(text.text);
        if value.is_none() {
            self.read.push(
                Diagnostic::error(Code::WrongValue, text.whole(), format!("`{}` are no points", text.text))
                    .label("a number from 0 to 100 is wanted here"),
            );
        }
        value
    }

    /// Under a mean, the worst option is worth 0 and the best 100: anything else could never reach the ends.
    fn check_points(&mut self, choices: &[Choice], span: Span, what: &str) {
        let low = choices.iter().map(|choice| &choice.points).min();
        let high = choices.iter().map(|choice| &choice.points).max();
        let (Some(low), Some(high)) = (low, high) else { return };
        if low.is_zero() && *high == Number::from(100i64) {
            return;
        }
        let mut fault = Diagnostic::error(
            Code::PointsEnds,
            span,
            format!("the options of {what} run from {low} to {high} points"),
        )
        .label("the worst must be worth 0 and the best 100");
        let width = high - low;
        if !width.is_zero() {
            let rescaled: Vec<String> = choices
                .iter()
                .map(|choice| {
                    let share = &(&choice.points - low) / &width;
                    format!("{}: {}", choice.id, (&share * &Number::from(100i64)).to_decimal(1))
                })
                .collect();
            fault = fault.help(format!("write `{{ {} }}`", rescaled.join(", ")));
        }
        self.read.push(fault);
    }

    /// A label that equals an absence word could never be told from it.
    fn check_label(&mut self, label: &str, span: Span) {
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

    pub fn questions(&mut self, scales: &HashMap<String, QuestionKind>) {
        let items = self.sections.questions.clone();
        for item in &items {
            let question = self.question(item, scales);
            self.pack.questions.push(question);
        }
    }

    /// Always gives a question, so that places stay those of the names: a broken one is a text question.
    fn question(&mut self, item: &Item<'_>, scales: &HashMap<String, QuestionKind>) -> Question {
        let mut question = Question {
            id: item.id.to_owned(),
            text: super::empty_prose(item.id, item.id_span),
            kind: QuestionKind::Text,
            area: None,
            weight: Number::one(),
            reverse: false,
            voices: Vec::new(),
            not_applicable: false,
            changeable: true,
            span: item.span(),
        };
        let what = format!("question `{}`", item.id);
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &QUESTION_KEYS, &QUESTION_LATER)
        else {
            return question;
        };
        self.allow(&keys, item.span());
        if let Some(node) = self.read.need(&keys, "question", "\"…?\"")
            && let Some(prose) = self.prose(node, "`question`")
        {
            question.text = prose;
        }
        if let Some(weight) = self.read.weight(&keys, "weight") {
            question.weight = weight;
        }
        question.reverse = self.read.bool(&keys, "reverse").unwrap_or(false);
        question.not_applicable = self.read.bool(&keys, "not_applicable").unwrap_or(false);
        question.changeable = self.read.bool(&keys, "changeable").unwrap_or(true);
        if let Some(node) = keys.get("voices") {
            question.voices =
                self.read.texts(node, "`voices`").iter().map(|text| text.text.to_owned()).collect();
        }
        let kind = match keys.get("kind") {
            None => Some("scale"),
            Some(_) => self.read.one_of(
                &keys,
                "kind",
                &[
                    ("profile", "profile"),
                    ("many", "many"),
                    ("number", "number"),
                    ("text", "text"),
                    ("scale", "scale"),
                ],
            ),
        };
        let Some(kind) = kind else { return question };
        if let Some(read) = self.kind(kind, &keys, &what, scales) {
            question.kind = read;
        }
        if kind == "scale" {
            if let Some(node) = self.read.need(&keys, "area", "an-area")
                && let Some(text) = self.read.text(node, "`area`")
            {
                let found = self.names.area(text.text, text.whole());
                question.area = self.read.ok(found);
            }
        } else {
            for key in ["area", "weight", "reverse"] {
                if let Some(span) = keys.key_span(key) {
                    self.read.push(
                        Diagnostic::error(Code::WrongValue, span, format!("{what} has `{key}`"))
                            .label(format!("a question of kind `{kind}` does not score"))
                            .help("take it out, or ask with a `scale:`"),
                    );
                }
            }
        }
        question
    }

    fn kind(
        &mut self,
        kind: &str,
        keys: &Keys<'_>,
        what: &str,
        scales: &HashMap<String, QuestionKind>,
    ) -> Option<QuestionKind> {
        match kind {
            "scale" => {
                let node = self.read.need(keys, "scale", "a-scale")?;
                let text = self.read.text(node, "`scale`")?;
                let known = self.sections.scales.iter().map(|item| item.id);
                if !self.sections.scales.iter().any(|item| item.id == text.text) {
                    let fault = unknown("scale", text.text, text.whole(), known);
                    self.read.push(fault);
                }
                scales.get(text.text).cloned()
            }
            "profile" | "many" => {
                let node = self.read.need(keys, "options", "[small, mid, large]")?;
                let choices = self.choices(node, what, false)?;
                Some(if kind == "many" {
                    QuestionKind::Many(choices)
                } else {
                    QuestionKind::Profile(choices)
                })
            }
            "number" => {
                let unit = self.unit(keys).unwrap_or(Unit::None);
                let range = self.range(keys, keys.what().to_owned().as_str(), &unit);
                Some(QuestionKind::Number { unit, range })
            }
            _ => Some(QuestionKind::Text),
        }
    }

    /// `unit:` of a metric or a number question.
    pub fn unit(&mut self, keys: &Keys<'_>) -> Option<Unit> {
        let node = keys.get("unit")?;
        let text = self.read.text(node, "`unit`")?;
        let found = quantity::unit(text.text, &self.pack.units);
        if found.is_none() {
            let misfit = quantity::unknown_unit(text.text, &self.pack.units);
            self.read.push(super::misfit(misfit, text.whole()));
        }
        found
    }

    /// `range: [low, high]`, each end a number that may carry the unit.
    pub fn range(&mut self, keys: &Keys<'_>, name: &str, unit: &Unit) -> Option<(Number, Number)> {
        let node = keys.get("range")?;
        let Some([low, high]) = node.items() else {
            self.read.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("`range` is {}", node.what()))
                    .label("two numbers are wanted here")
                    .help("write `[0, 100]`"),
            );
            return None;
        };
        let mut end = |node: &Node| {
            let text = self.read.text(node, "an end of `range`")?;
            let (digits, word) = quantity::split(text.text);
            let declared = self.pack.units.clone();
            let wanted = Wanted { name, unit, range: None, declared: &declared, bare: true };
            match quantity::fit(digits, word, wanted) {
                Ok(value) => Some(value),
                Err(misfit) => {
                    self.read.push(super::misfit(misfit, text.whole()));
                    None
                }
            }
        };
        let (low, high) = (end(low), end(high));
        let (low, high) = (low?, high?);
        if low > high {
            self.read.push(
                Diagnostic::error(Code::OutOfRange, node.span, "the range ends before it begins")
                    .label("the lower end comes first"),
            );
            return None;
        }
        Some((low, high))
    }
}

fn plain_choice(id: &str) -> Choice {
    Choice { id: id.to_owned(), label: id.to_owned(), translations: Vec::new(), points: Number::zero() }
}

/// The language of a key such as `label[de]`.
fn language_of(key: &str) -> Option<&str> {
    key.strip_prefix("label[")?.strip_suffix(']').filter(|language| !language.is_empty())
}
