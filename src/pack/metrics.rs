//! Metrics with their units, ranges, formulas and dated bands.

use super::bands::Cut;
use super::items::Item;
use super::load::Loader;
use super::thresholds::Provenance;
use crate::diag::{Code, Diagnostic};
use crate::model::{Better, DatedBands, Metric, Number, Unit};
use crate::source::Span;
use crate::yaml::{Node, Value};

const KEYS: [&str; 8] = ["title", "unit", "period", "range", "better", "formula", "bands", "allow"];
const LATER: [&str; 5] = ["points", "valid_if", "round", "if_zero", "decimals"];

impl Loader<'_, '_> {
    pub fn metrics(&mut self) {
        let items = self.sections.metrics.clone();
        for item in &items {
            let metric = self.metric(item);
            self.pack.metrics.push(metric);
        }
    }

    fn metric(&mut self, item: &Item<'_>) -> Metric {
        let mut metric = Metric {
            id: item.id.to_owned(),
            title: super::empty_prose(item.id, item.id_span),
            unit: Unit::None,
            period: None,
            range: None,
            reach: None,
            better: Better::Middle,
            formula: None,
            valid_if: None,
            round: None,
            bands: Vec::new(),
            points: Vec::new(),
            span: item.span(),
        };
        let what = format!("metric `{}`", item.id);
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &KEYS, &LATER) else {
            return metric;
        };
        self.allow(&keys, item.span());
        if let Some(node) = self.read.need(&keys, "title", "\"…\"")
            && let Some(title) = self.prose(node, "`title`")
        {
            metric.title = title;
        }
        metric.unit = self.unit(&keys).unwrap_or(Unit::None);
        if let Some(node) = keys.get("period") {
            metric.period = self.read.text(node, "`period`").map(|text| text.text.to_owned());
        }
        if !keys.has("formula") {
            self.read.need(&keys, "range", "[0, 100]");
        }
        metric.range = self.range(&keys, item.id, &metric.unit.clone());
        metric.reach = metric.range.clone();
        let directions = [("higher", Better::Higher), ("lower", Better::Lower), ("middle", Better::Middle)];
        match self.read.one_of(&keys, "better", &directions) {
            Some(better) => metric.better = better,
            None if keys.has("bands") => {
                self.read.need(&keys, "better", "higher");
            }
            None => {}
        }
        if let Some(node) = keys.get("bands") {
            metric.bands = self.dated_bands(node, item.id, &metric);
        }
        metric
    }

    fn dated_bands(&mut self, node: &Node, id: &str, metric: &Metric) -> Vec<DatedBands> {
        let Some(items) = node.items() else {
            if !matches!(node.value, Value::Broken) {
                self.read.push(
                    Diagnostic::error(Code::WrongShape, node.span, format!("the bands of `{id}` are {}", node.what()))
                        .label("a list of dated bands is wanted here")
                        .help("write `- { from: 2025-01-01, source: …, review_by: 2027-12-31, cuts: { good: \"<= 8%\", poor: rest } }`"),
                );
            }
            return Vec::new();
        };
        let mut dated: Vec<(DatedBands, Span)> = Vec::new();
        for item in items {
            dated.extend(self.one_dated(item, id, metric).map(|bands| (bands, item.span)));
        }
        dated.sort_by_key(|(bands, _)| bands.from);
        for pair in dated.windows(2) {
            if pair[0].0.from == pair[1].0.from && pair[0].0.from.is_some() {
                self.read.push(
                    Diagnostic::error(
                        Code::DuplicateId,
                        pair[1].1,
                        format!("two bands of `{id}` begin on one day"),
                    )
                    .label("the second one")
                    .related(pair[0].1, "the first one"),
                );
            }
        }
        if let Some((first, rest)) = dated.split_first()
            && let Some((_, span)) = rest.iter().find(|(other, _)| other.value.labels != first.0.value.labels)
        {
            // A rule names one band whatever the day: its name must mean the same in each list.
            self.read.push(
                Diagnostic::error(Code::BandsWrong, *span, format!("the bands of `{id}` change their names"))
                    .label(format!("the first list has {}", band_ids(&first.0).join(", ")))
                    .related(first.1, "the first list")
                    .help("keep the names and their order; move only the edges"),
            );
        }
        dated.into_iter().map(|(bands, _)| bands).collect()
    }

    fn one_dated(&mut self, node: &Node, id: &str, metric: &Metric) -> Option<DatedBands> {
        let what = format!("a band list of `{id}`");
        let known = ["from", "source", "review_by", "cuts", "note"];
        let keys = self.read.open(node, node.span, what, &known, &["where"])?;
        let held = self.provenance(&keys, node.span, &format!("bands of `{id}` have"));
        let cuts = self.read.need(&keys, "cuts", "{ good: \"<= 8%\", poor: rest }")?;
        let bands = self.bands(cuts, &Cut { name: id, unit: &metric.unit, range: metric.range.as_ref() })?;
        let Provenance { from, sources, review_by, note } = held;
        Some(DatedBands { from, only: None, sources, review_by, note, value: bands })
    }

    /// The ends between which a metric lies, where it states a range.
    pub fn metric_ends(&self, place: usize) -> Option<(Number, Number)> {
        self.pack.metrics[place].range.clone()
    }
}

fn band_ids(dated: &DatedBands) -> Vec<&str> {
    dated.value.labels.iter().map(|name| name.id.as_str()).collect()
}
