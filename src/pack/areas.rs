//! Areas: the practices that are assessed. How they score is read later, when questions and metrics are known.

use super::items::Item;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{Area, Better, MetricId, Number, QuestionId, Scoring};

const KEYS: [&str; 13] = [
    "title",
    "weight",
    "metrics",
    "questions",
    "better",
    "bands",
    "scoring",
    "formula",
    "if_zero",
    "score_missing",
    "min_answered",
    "valid_if",
    "round",
];

impl Loader<'_, '_> {
    pub fn areas(&mut self) {
        let items = self.sections.areas.clone();
        for item in &items {
            let area = self.area(item);
            self.pack.areas.push(area);
        }
    }

    fn area(&mut self, item: &Item<'_>) -> Area {
        let mut area = Area {
            id: item.id.to_owned(),
            title: super::empty_prose(item.id, item.id_span),
            weight: Number::one(),
            metrics: Vec::new(),
            better: Better::Higher,
            bands: Vec::new(),
            scoring: Scoring::usual(),
            range: None,
            widest: None,
            questions: Vec::new(),
            span: item.span(),
        };
        let what = format!("area `{}`", item.id);
        let mut known = KEYS.to_vec();
        known.push("allow");
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &known, &[]) else { return area };
        self.allow(&keys, item.span());
        if let Some(node) = self.read.need(&keys, "title", "\"…\"")
            && let Some(title) = self.prose(node, "`title`")
        {
            area.title = title;
        }
        // What lists the questions of other areas, or works with their scores, would count them twice.
        let counts_twice = ["questions", "formula"].iter().any(|key| keys.has(key));
        if let Some(weight) = self.read.weight(&keys, "weight") {
            area.weight = weight;
        } else if counts_twice {
            area.weight = Number::zero();
        }
        if let Some(node) = keys.get("metrics") {
            for text in self.read.texts(node, "`metrics`") {
                let found: Result<MetricId, _> = self.names.metric(text.text, text.whole());
                area.metrics.extend(self.read.ok(found).filter(|id| !area.metrics.contains(id)));
            }
        }
        if let Some(node) = keys.get("questions") {
            for text in self.read.texts(node, "`questions`") {
                let found: Result<QuestionId, _> = self.names.question(text.text, text.whole());
                let Some(id) = self.read.ok(found) else { continue };
                if !area.questions.contains(&id) {
                    area.questions.push(id);
                    self.listed.push((id, text.whole()));
                }
            }
        }
        if let Some(better) = self.direction(&keys) {
            area.better = better;
        }
        area
    }

    /// Gives each area its own questions beside those that it lists.
    pub fn share_questions(&mut self) {
        for (id, span) in std::mem::take(&mut self.listed) {
            let question = &self.pack.questions[id.0];
            if question.raw_ends().is_none() && !self.faulty(question.span) {
                let fault = Diagnostic::error(
                    Code::WrongKind,
                    span,
                    format!("question `{}` does not score", question.id),
                )
                .label("an area lists questions with a `scale:`")
                .help("take it out, or ask it with a `scale:`");
                self.read.push(fault);
            }
        }
        for (place, question) in self.pack.questions.iter().enumerate() {
            if let Some(area) = question.area {
                self.pack.areas[area.0].questions.push(QuestionId(place));
            }
        }
        for area in &mut self.pack.areas {
            area.questions.sort_unstable();
            area.questions.dedup();
        }
    }
}
