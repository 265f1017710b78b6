//! Named, dated numbers for conditions, and values derived by a formula.
//!
//! ```yaml
//! thresholds:
//!   high-churn:
//!     title: a high churn              # optional: how sentences call it
//!     unit: "%"
//!     values:                          # of one value only, its keys may stand beside `unit` instead
//!       - { from: 2025-01-01, source: house-2024, review_by: 2027-12-31, value: 15% }
//! derived:
//!   lost-share: { title: Share lost, unit: "%", formula: clients_lost / clients_at_start }
//! ```

use jiff::civil::Date;

use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{CitationId, Dated, Derived, Number, Prose, Threshold, Unit};
use crate::quantity::{self, Wanted};
use crate::source::Span;
use crate::yaml::{Node, Value};

const KEYS: [&str; 9] = ["title", "unit", "values", "value", "from", "source", "review_by", "note", "allow"];
const VALUE_KEYS: [&str; 5] = ["value", "from", "source", "review_by", "note"];

/// Where a dated number comes from, and when it holds.
pub struct Provenance {
    pub from: Option<Date>,
    pub sources: Vec<CitationId>,
    pub review_by: Option<Date>,
    pub note: Option<Prose>,
}

impl Loader<'_, '_> {
    pub fn thresholds(&mut self) {
        let items = self.sections.thresholds.clone();
        for item in &items {
            let threshold = self.threshold(item);
            self.pack.thresholds.push(threshold);
        }
    }

    fn threshold(&mut self, item: &Item<'_>) -> Threshold {
        let mut out = Threshold {
            id: item.id.to_owned(),
            title: None,
            unit: Unit::None,
            values: Vec::new(),
            span: item.span(),
        };
        let what = format!("threshold `{}`", item.id);
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &KEYS, &[]) else { return out };
        self.allow(&keys, item.span());
        out.title = keys.get("title").and_then(|node| self.prose(node, "`title`"));
        out.unit = self.unit(&keys).unwrap_or(Unit::None);
        let (unit, id) = (out.unit.clone(), item.id);
        if !keys.has("values") {
            out.values.extend(self.dated_value(&keys, item.span(), id, &unit));
            return out;
        }
        for key in VALUE_KEYS {
            if let Some(span) = keys.key_span(key) {
                self.read.push(
                    Diagnostic::error(Code::UnknownKey, span, format!("`{key}` stands beside `values`"))
                        .label("of which value?")
                        .help("put it into the entry of `values:` that it belongs to"),
                );
            }
        }
        let Some(node) = keys.get("values") else { return out };
        let Some(items) = node.items().filter(|items| !items.is_empty()) else {
            self.read.push(
                Diagnostic::error(
                    Code::WrongShape,
                    node.span,
                    format!("the values of `{id}` are {}", empty(node)),
                )
                .label("a list of dated values is wanted here")
                .help("write `- { from: 2025-01-01, source: …, review_by: 2027-12-31, value: … }`"),
            );
            return out;
        };
        let mut values: Vec<(Dated<Number>, Span)> = Vec::new();
        for node in items {
            let what = format!("a value of `{id}`");
            let Some(keys) = self.read.open(node, node.span, what, &VALUE_KEYS, &[]) else { continue };
            values.extend(self.dated_value(&keys, node.span, id, &unit).map(|value| (value, node.span)));
        }
        values.sort_by_key(|(value, _)| value.from);
        for pair in values.windows(2) {
            if pair[0].0.from == pair[1].0.from && pair[0].0.from.is_some() {
                self.read.push(
                    Diagnostic::error(
                        Code::DuplicateId,
                        pair[1].1,
                        format!("two values of `{id}` begin on one day"),
                    )
                    .label("the second one")
                    .related(pair[0].1, "the first one"),
                );
            }
        }
        out.values = values.into_iter().map(|(value, _)| value).collect();
        out
    }

    fn dated_value(&mut self, keys: &Keys<'_>, span: Span, id: &str, unit: &Unit) -> Option<Dated<Number>> {
        let held = self.provenance(keys, span, Some(&format!("threshold `{id}` has")));
        let node = self.read.need(keys, "value", &unit.after("15"))?;
        let value = self.number_in(node, id, unit)?;
        let Provenance { from, sources, review_by, note } = held;
        Some(Dated { from, only: None, sources, review_by, note, value })
    }

    /// A number in a unit that must be written with it.
    fn number_in(&mut self, node: &Node, name: &str, unit: &Unit) -> Option<Number> {
        let text = self.read.text(node, "`value`")?;
        let (digits, word) = quantity::split(text.text);
        let wanted = Wanted { name, unit, range: None, declared: &self.pack.units, bare: false };
        let fitted = quantity::fit(digits, word, wanted);
        self.read.ok(fitted.map_err(|misfit| Box::new(super::misfit(misfit, text.whole()))))
    }

    /// `from`, `source`, `review_by` and `note`; where it is said whose they are, the first three must be there.
    /// `whose` begins what is told: "bands of `churn_rate` have".
    pub fn provenance(&mut self, keys: &Keys<'_>, span: Span, whose: Option<&str>) -> Provenance {
        let from = self.read.date(keys, "from");
        let review_by = self.read.date(keys, "review_by");
        let mut sources = Vec::new();
        if let Some(node) = keys.get("source") {
            for text in self.read.texts(node, "`source`") {
                let found = self.names.citation(text.text, text.whole());
                sources.extend(self.read.ok(found));
            }
        }
        for (key, hint) in [
            ("from", "the day they were adopted, such as `2025-01-01`"),
            ("source", "a source's id"),
            ("review_by", "the day they should be looked at again, such as `2027-12-31`"),
        ] {
            if let (Some(whose), false) = (whose, keys.has(key)) {
                self.read.push(
                    Diagnostic::error(Code::MissingSource, span, format!("{whose} no `{key}`"))
                        .label("a client will ask")
                        .help(format!("add `{key}:` with {hint}")),
                );
            }
        }
        let note = keys.get("note").and_then(|node| self.prose(node, "`note`"));
        Provenance { from, sources, review_by, note }
    }

    /// Titles and units of derived values; their formulas are read once all names are known.
    pub fn derived(&mut self) {
        let items = self.sections.derived.clone();
        for item in &items {
            let mut out = Derived {
                id: item.id.to_owned(),
                title: None,
                unit: Unit::None,
                formula: None,
                reach: None,
                span: item.span(),
            };
            let what = format!("derived value `{}`", item.id);
            let known = ["title", "unit", "formula", "if_zero", "allow"];
            if let Some(keys) = self.read.open(item.node, item.id_span, &*what, &known, &[]) {
                self.allow(&keys, item.span());
                out.title = keys.get("title").and_then(|node| self.prose(node, "`title`"));
                out.unit = self.unit(&keys).unwrap_or(Unit::None);
                self.read.need(&keys, "formula", "a / b");
            }
            self.pack.derived.push(out);
        }
    }
}

fn empty(node: &Node) -> &'static str {
    match &node.value {
        Value::List { items, .. } if items.is_empty() => "an empty list",
        _ => node.what(),
    }
}
