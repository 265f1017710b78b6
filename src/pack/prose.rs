//! Sentences of the pack with places for values, each place checked by name.

use super::keys::Keys;
use super::load::Loader;
use super::text::{Text, expect_sentence};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{BandOf, Prose, ProsePart, ScoreOf, ValueName};
use crate::yaml::Node;

impl Loader<'_, '_> {
    /// A sentence; faults in its places are told and the place left as text.
    pub fn prose(&mut self, node: &Node, what: &str) -> Option<Prose> {
        let text = self.sentence(node, what)?;
        Some(self.parse_prose(&text))
    }

    /// `short:`, what papers call something in passing.
    pub fn short(&mut self, keys: &Keys<'_>) -> Option<String> {
        let text = self.sentence(keys.get("short")?, "`short`")?;
        Some(text.text.trim().to_owned())
    }

    /// Text that says something.
    fn sentence<'n>(&mut self, node: &'n Node, what: &str) -> Option<Text<'n>> {
        let text = expect_sentence(node, what, self.read.sources, self.read.diagnostics)?;
        if text.text.trim().is_empty() {
            self.read.push(
                Diagnostic::error(Code::MissingKey, text.whole(), format!("{what} is empty"))
                    .label("text is wanted here"),
            );
            return None;
        }
        Some(text)
    }

    fn parse_prose(&mut self, text: &Text<'_>) -> Prose {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut at = 0;
        let source = text.text;
        while let Some(c) = source[at..].chars().next() {
            let next = at + c.len_utf8();
            if c == '\\' && source[next..].starts_with(['{', '}', '\\']) {
                plain.push_str(&source[at..next + 1]);
                at = next + 1;
                continue;
            }
            if c != '{' {
                plain.push(c);
                at = next;
                continue;
            }
            // A second brace opens before this one is closed: both are looked at.
            let end = source[next..].find(['{', '}']).map(|end| next + end);
            let Some(end) = end.filter(|&end| source[end..].starts_with('}')) else {
                self.loose_brace(text, at..next);
                plain.push(c);
                at = next;
                continue;
            };
            let name = source[next..end].trim();
            match self.place(text, at..end + 1, name) {
                Some(value) => {
                    if !plain.is_empty() {
                        parts.push(ProsePart::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(ProsePart::Value(value));
                }
                None => plain.push_str(&source[at..end + 1]),
            }
            at = end + 1;
        }
        if !plain.is_empty() {
            parts.push(ProsePart::Text(plain));
        }
        Prose { parts, span: text.whole() }
    }

    fn loose_brace(&mut self, text: &Text<'_>, range: std::ops::Range<usize>) {
        self.read.push(
            Diagnostic::error(
                Code::LooseBrace,
                text.span(range),
                "a brace opens a place for a value and is not closed",
            )
            .label("opened here")
            .help("close it as in `{metric.churn_rate}`, or write `\\{` for a brace"),
        );
    }

    fn place(&mut self, text: &Text<'_>, range: std::ops::Range<usize>, name: &str) -> Option<ValueName> {
        let span = text.span(range);
        let id_start = name.find('.').map_or(0, |dot| dot + 1);
        let id = &name[id_start..];
        let unknown = |kind: &str, known: Vec<&str>| {
            if id == "total" && kind.ends_with("area") {
                return Diagnostic::error(Code::UnknownValue, span, "there is no total")
                    .label("the pack says `total: none`")
                    .help("name an area, or take `total: none` out");
            }
            Diagnostic::error(Code::UnknownValue, span, format!("there is no {kind} `{id}`"))
                .label("this text names it")
                .help(
                    did_you_mean(id, known)
                        .unwrap_or_else(|| format!("check the spelling, or add the {kind}")),
                )
        };
        let found = match name.split_once('.').map_or(name, |(kind, _)| kind) {
            "respondent" if !name.contains('.') => Ok(ValueName::Respondent),
            "answer" => match self.names.questions.find(id) {
                Some(place) => Ok(ValueName::Answer(crate::model::QuestionId(place))),
                None => Err(unknown("question", self.names.questions.ids().collect())),
            },
            "metric" => match self.names.metrics.find(id) {
                Some(place) => Ok(ValueName::Metric(crate::model::MetricId(place))),
                None => Err(unknown("metric", self.names.metrics.ids().collect())),
            },
            "score" => match self.score_of(id) {
                Some(of) => Ok(ValueName::Score(of)),
                None => Err(unknown("area", self.names.areas.ids().chain(self.pack.total.as_ref().map(|_| "total")).collect())),
            },
            "band" => match (self.names.metrics.find(id), self.score_of(id)) {
                (Some(place), _) => Ok(ValueName::Band(BandOf::Metric(crate::model::MetricId(place)))),
                (None, Some(of)) => Ok(ValueName::Band(BandOf::Score(of))),
                (None, None) => {
                    let total = self.pack.total.as_ref().map(|_| "total");
                    let known = self.names.metrics.ids().chain(self.names.areas.ids()).chain(total);
                    Err(unknown("metric or area", known.collect()))
                }
            },
            "trend" => match self.names.metrics.find(id) {
                Some(place) => Ok(ValueName::Trend(crate::model::MetricId(place))),
                None => Err(unknown("metric", self.names.metrics.ids().collect())),
            },
            "derived" => match self.names.derived.find(id) {
                Some(place) => Ok(ValueName::Derived(crate::model::DerivedId(place))),
                None => Err(unknown("derived value", self.names.derived.ids().collect())),
            },
            "threshold" => match self.names.thresholds.find(id) {
                Some(place) => Ok(ValueName::Threshold(crate::model::ThresholdId(place))),
                None => Err(unknown("threshold", self.names.thresholds.ids().collect())),
            },
            _ => Err(Diagnostic::error(Code::UnknownValue, span, format!("`{{{name}}}` is no place for a value"))
                .label("unknown")
                .help("the places are `{respondent}`, `{answer.…}`, `{score.…}`, `{metric.…}`, `{band.…}`, `{derived.…}`, `{threshold.…}` and `{trend.…}`; write `\\{` for a brace")),
        };
        self.read.ok(found.map_err(Box::new))
    }

    /// An area by its id, or the total.
    pub fn score_of(&self, id: &str) -> Option<ScoreOf> {
        if id == "total" {
            return self.pack.total.as_ref().map(|_| ScoreOf::Total);
        }
        self.names.areas.find(id).map(|place| ScoreOf::Area(crate::model::AreaId(place)))
    }
}
