//! Questions.

use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use super::names::unknown;
use super::scales::YES_NO;
use crate::diag::{Code, Diagnostic};
use crate::model::{Number, Question, QuestionKind, Unit};
use crate::quantity::{self, Wanted};
use crate::yaml::Node;

const QUESTION_KEYS: [&str; 16] = [
    "question",
    "short",
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
    "ask_if",
    "else",
    "allow",
];

impl Loader<'_, '_> {
    pub fn questions(&mut self) {
        let items = self.sections.questions.clone();
        for item in &items {
            let question = self.question(item);
            self.pack.questions.push(question);
        }
    }

    /// Always gives a question, so that places stay those of the names: a broken one is a text question.
    fn question(&mut self, item: &Item<'_>) -> Question {
        let mut question = Question {
            id: item.id.to_owned(),
            text: super::empty_prose(item.id, item.id_span),
            short: None,
            kind: QuestionKind::Text,
            area: None,
            weight: Number::one(),
            reverse: false,
            voices: Vec::new(),
            not_applicable: false,
            changeable: true,
            ask_if: None,
            span: item.span(),
        };
        let what = format!("question `{}`", item.id);
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &QUESTION_KEYS, &[]) else {
            return question;
        };
        self.allow(&keys, item.span());
        if let Some(node) = self.read.need(&keys, "question", "\"…?\"")
            && let Some(prose) = self.prose(node, "`question`")
        {
            question.text = prose;
        }
        question.short = self.short(&keys);
        if let Some(weight) = self.read.weight(&keys, "weight") {
            question.weight = weight;
        }
        question.reverse = self.read.bool(&keys, "reverse").unwrap_or(false);
        question.not_applicable = self.read.bool(&keys, "not_applicable").unwrap_or(false);
        question.changeable = self.read.bool(&keys, "changeable").unwrap_or(true);
        if let Some(node) = keys.get("voices") {
            // Answers name a role in any case; here it has one spelling.
            for text in self.read.texts(node, "`voices`") {
                let role = text.text.trim().to_lowercase();
                if !role.is_empty() && !question.voices.contains(&role) {
                    question.voices.push(role);
                }
            }
        }
        if let (Some(at), false) = (keys.key_span("options"), keys.has("kind") || keys.has("scale")) {
            let fault =
                Diagnostic::error(Code::MissingKey, at, format!("{what} has `options` and no `kind`"));
            let scores = "give the options their points under `scales:`, and name that scale with `scale:`";
            self.read.push(if keys.has("area") {
                fault.label("options of a question that scores stand in a scale").help(scores)
            } else {
                fault
                    .label("options to choose one of, or several?")
                    .help("add `kind: profile` for one of them, or `kind: many` for several")
                    .help(format!("if it is to score, {scores}"))
            });
            if let Some(choices) = keys.get("options").and_then(|node| self.choices(node, &what, false)) {
                question.kind = QuestionKind::Profile(choices);
            }
            return question;
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
        if let Some(read) = self.kind(kind, &keys, &what) {
            question.kind = read;
        }
        if kind == "scale" {
            // A question that an area lists needs no area of its own.
            let listed = self.names.questions.find(item.id).map(crate::model::QuestionId);
            let listed = listed.is_some_and(|id| self.listed.iter().any(|(listed, _)| *listed == id));
            let area = if listed { keys.get("area") } else { self.read.need(&keys, "area", "an-area") };
            if let Some(node) = area
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

    fn kind(&mut self, kind: &str, keys: &Keys<'_>, what: &str) -> Option<QuestionKind> {
        match kind {
            "scale" => {
                let node = self.read.need(keys, "scale", "a-scale")?;
                let text = self.read.text(node, "`scale`")?;
                let known = self.sections.scales.iter().map(|item| item.id).chain([YES_NO]);
                if !known.clone().any(|id| id == text.text) {
                    let fault = unknown("scale", text.text, text.whole(), known);
                    self.read.push(fault);
                }
                self.scales.get(text.text).cloned()
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
        let unit_unread = keys.get("unit").is_some_and(|node| self.faulty(node.span));
        let mut end = |node: &Node| {
            let text = self.read.text(node, "an end of `range`")?;
            let (digits, word) = quantity::split(text.text);
            let declared = self.pack.units.clone();
            let wanted = Wanted { name, unit, range: None, declared: &declared, bare: true };
            match quantity::fit(digits, word, wanted) {
                Ok(value) => Some(value),
                // A unit that nobody knows is told where it is given.
                Err(misfit) if unit_unread && [Code::UnitWrong, Code::UnknownUnit].contains(&misfit.code) => {
                    None
                }
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
