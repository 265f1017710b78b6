//! Metrics with their units, ranges, formulas and dated bands.

use super::bands::Cut;
use super::dated::Listed;
use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{Better, Metric, Unit};

const KEYS: [&str; 14] = [
    "title",
    "short",
    "unit",
    "period",
    "range",
    "better",
    "changeable",
    "formula",
    "if_zero",
    "valid_if",
    "round",
    "bands",
    "points",
    "allow",
];

/// Which end of a metric is the good one, by where its bands put one that is called good.
fn likely_end(keys: &Keys<'_>) -> &'static str {
    const UNSURE: &str = "higher`, `better: lower` or `better: middle";
    const GOOD: [&str; 12] = [
        "good",
        "great",
        "excellent",
        "fine",
        "healthy",
        "ok",
        "okay",
        "green",
        "gut",
        "best",
        "strong",
        "safe",
    ];
    let list = keys.get("bands").and_then(|node| node.items()?.last()?.get("cuts"));
    let Some(cuts) = list.and_then(|cuts| cuts.entries()) else { return UNSURE };
    let Some(at) = cuts.iter().position(|entry| GOOD.contains(&entry.key.as_str())) else { return UNSURE };
    let Some(first) = cuts.first().and_then(|entry| entry.value.text()) else { return UNSURE };
    let upward = first.trim_start().starts_with(['<', '≤']);
    match at {
        0 if upward => "lower",
        0 => "higher",
        last if last + 1 == cuts.len() && upward => "higher",
        last if last + 1 == cuts.len() => "lower",
        _ => UNSURE,
    }
}

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
            short: None,
            unit: Unit::None,
            period: None,
            range: None,
            reach: None,
            better: Better::Middle,
            changeable: true,
            formula: None,
            valid_if: None,
            round: None,
            bands: Vec::new(),
            points: Vec::new(),
            span: item.span(),
        };
        let what = format!("metric `{}`", item.id);
        let Some(keys) = self.read.open(item.node, item.id_span, &*what, &KEYS, &[]) else {
            return metric;
        };
        self.allow(&keys, item.span());
        if let Some(node) = self.read.need(&keys, "title", "\"…\"")
            && let Some(title) = self.prose(node, "`title`")
        {
            metric.title = title;
        }
        metric.short = self.short(&keys);
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
                self.read.need(&keys, "better", likely_end(&keys));
            }
            None => {}
        }
        metric.changeable = self.read.bool(&keys, "changeable").unwrap_or(true);
        metric
    }

    /// Bands and points of every metric: what they may depend on is known by then.
    pub fn metric_tables(&mut self) {
        let items = self.sections.metrics.clone();
        for (place, item) in items.iter().enumerate() {
            let Some(keys) = Keys::reopen(item.node, item.id_span, format!("metric `{}`", item.id)) else {
                continue;
            };
            let metric = &self.pack.metrics[place];
            let (unit, range) = (metric.unit.clone(), metric.range.clone());
            // What is cut in a unit that nobody knows cannot be judged.
            let unit_unread = keys.get("unit").is_some_and(|node| self.faulty(node.span));
            let cut = || Cut { name: item.id, unit: &unit, range: range.as_ref(), unit_unread };
            if let Some(node) = keys.get("bands") {
                let listed = Listed { cut: cut(), what: "bands", sourced: true };
                self.pack.metrics[place].bands = self.dated_bands(node, &listed);
            }
            if let Some(node) = keys.get("points") {
                let listed = Listed { cut: cut(), what: "points", sourced: true };
                self.pack.metrics[place].points = self.dated_points(node, &listed);
            }
            self.pack.metrics[place].round = self.round(&keys);
            self.pack.metrics[place].valid_if = self.valid_if(&keys);
            for key in ["round", "valid_if", "if_zero"] {
                if let (Some(span), false) = (keys.key_span(key), keys.has("formula")) {
                    self.read.push(
                        Diagnostic::error(
                            Code::WrongValue,
                            span,
                            format!("`{key}` has no effect without a `formula`"),
                        )
                        .label("a measured value counts as it is given")
                        .help("take it out"),
                    );
                }
            }
        }
    }
}
