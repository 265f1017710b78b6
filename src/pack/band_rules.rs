//! Bands of areas that say what is prescribed in them: each is short for a rule `<area>-<band>`.
//!
//! ```yaml
//! areas:
//!   strain:
//!     title: Strain
//!     bands: { severe: { cut: ">= 15", prescribe: [rest], severity: high, why: … }, other: rest }
//! ```

use super::keys::Keys;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    AreaId, BandOf, Check, Condition, Prescribed, Prose, ProsePart, Rule, ScoreOf, Severity, Subject, Test,
};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// The keys of a band that make a rule of it.
pub const RULE_KEYS: [&str; 3] = ["prescribe", "severity", "why"];

impl Loader<'_, '_> {
    /// The rules that bands stand for, behind those that are written.
    pub fn band_rules(&mut self) {
        let items = self.sections.areas.clone();
        for (place, item) in items.iter().enumerate() {
            let Some(bands) = item.node.get("bands") else { continue };
            let mut said: Vec<&str> = Vec::new();
            for (band, span, node) in written(bands) {
                let speaks = RULE_KEYS.iter().any(|key| node.get(key).is_some());
                // In a later list the band has moved; what it prescribes is said once.
                if speaks && !said.contains(&band) {
                    said.push(band);
                    let rule = self.band_rule(AreaId(place), band, span, node);
                    self.pack.rules.extend(rule);
                }
            }
        }
    }

    fn band_rule(&mut self, area: AreaId, band: &str, span: Span, node: &Node) -> Option<Rule> {
        let keys = Keys::reopen(node, span, format!("band `{band}`"))?;
        let why = self.read.need(&keys, "why", "\"…\"").and_then(|node| self.prose(node, "`why`"));
        self.read.need(&keys, "severity", "medium");
        let severities = [("low", Severity::Low), ("medium", Severity::Medium), ("high", Severity::High)];
        let severity = self.read.one_of(&keys, "severity", &severities);
        let prescribe = self.prescribed(&keys);
        let of = BandOf::Score(ScoreOf::Area(area));
        let label = self.pack.band_names(of).iter().position(|name| name.id == band)?;
        let called = self.pack.band_names(of)[label].label.clone();
        let Prose { mut parts, .. } = self.pack.area(area).title.clone();
        parts.push(ProsePart::Text(format!(": {called}")));
        let id = format!("{}-{band}", self.pack.area(area).id);
        if let Some(other) = self.pack.rules.iter().find(|rule| rule.id == id) {
            let message = format!("the band `{band}` stands for a rule `{id}`, which there is");
            self.read.push(
                Diagnostic::error(Code::DuplicateId, span, message)
                    .label("the second one")
                    .related(other.span, "the first one")
                    .help("give the rule another id, or take what is prescribed out of the band"),
            );
            return None;
        }
        let check = Check::OneOf { labels: vec![label], negated: false };
        Some(Rule {
            id,
            title: Prose { parts, span },
            why: why?,
            when: Condition::Test(Test { subject: Subject::Band(of), check, span }),
            unless: None,
            prescribe,
            severity: severity?,
            area: Some(area),
            if_missing: self.pack.if_missing,
            supersedes: Vec::new(),
            span,
        })
    }

    /// What a band prescribes; without any its rule is a finding.
    fn prescribed(&mut self, keys: &Keys<'_>) -> Vec<Prescribed> {
        let Some(node) = keys.get("prescribe") else { return Vec::new() };
        let mut out = Vec::new();
        for text in self.read.texts(node, "`prescribe`") {
            let found = self.names.prescribed(text.text, text.whole());
            out.extend(self.read.ok(found).filter(|found| !out.contains(found)));
        }
        out
    }
}

/// Every band as written, in all lists, with its name and the place of that.
fn written(bands: &Node) -> Vec<(&str, Span, &Node)> {
    match &bands.value {
        Value::Map { entries, .. } => {
            entries.iter().map(|entry| (entry.key.as_str(), entry.key_span, &entry.value)).collect()
        }
        Value::List { items, .. } => items
            .iter()
            .flat_map(|item| match (item.items(), item.get("cuts")) {
                (Some([name, edge]), _) => name.text().map(|id| (id, name.span, edge)).into_iter().collect(),
                (_, Some(cuts)) => written(cuts),
                _ => Vec::new(),
            })
            .collect(),
        _ => Vec::new(),
    }
}
