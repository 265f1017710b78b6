//! Derived values, thresholds and changes over rounds, in words.

use super::subject::quantity;
use super::words::{date, quoted};
use crate::markdown::inert;
use crate::model::{DerivedId, Findings, MetricId, Number, Pack, Prose, ThresholdId, Unit};

/// As sentences call it: its title, or else its id.
fn called(title: Option<&Prose>, id: &str) -> String {
    title.map_or_else(|| inert(id), Prose::plain)
}

pub(super) fn threshold_name(pack: &Pack, id: ThresholdId) -> String {
    let threshold = pack.threshold(id);
    called(threshold.title.as_ref(), &threshold.id)
}

/// A threshold in a sentence: the value that holds, with its unit.
pub fn threshold_text(pack: &Pack, findings: &Findings, id: ThresholdId) -> String {
    let unit = &pack.threshold(id).unit;
    quantity(unit, unit.after(&findings.values.thresholds[id.0].value.to_string()))
}

/// A derived value as printed: `12%`, `12% to 18%`; none where there is none.
pub fn derived_value(pack: &Pack, findings: &Findings, id: DerivedId, also: &[Number]) -> Option<String> {
    let unit = &pack.derived(id).unit;
    let (low, high) = findings.values.derived(id)?;
    let written = |number: &Number| quantity(unit, unit.after(&number.shown(1, also)));
    Some(if low == high { written(low) } else { format!("{} to {}", written(low), written(high)) })
}

/// A derived value in a sentence; “not known” where there is none.
pub fn derived_text(pack: &Pack, findings: &Findings, id: DerivedId) -> String {
    derived_value(pack, findings, id, &[]).unwrap_or_else(|| "not known".to_owned())
}

/// What a derived value is, as a clause: `“Share lost” is 18.1%`.
pub(super) fn derived(pack: &Pack, findings: &Findings, id: DerivedId, also: &[Number]) -> String {
    let written = pack.derived(id);
    let title = quoted(&called(written.title.as_ref(), &written.id));
    let certain = findings.values.derived(id).is_some_and(|(low, high)| low == high);
    match derived_value(pack, findings, id, also) {
        Some(value) if certain => format!("{title} is {value}"),
        Some(value) => format!("{title} lies between {}", value.replacen(" to ", " and ", 1)),
        None => format!("{title} is not known"),
    }
}

/// The unit of a change: two percentages differ by percentage points.
pub(super) fn change_unit(unit: &Unit) -> Unit {
    match unit {
        Unit::Percent => Unit::Declared("percentage points".to_owned()),
        unit => unit.clone(),
    }
}

/// A change in a sentence: `up by 3 percentage points`, `unchanged`; “not known” where there is none.
pub fn change_text(pack: &Pack, findings: &Findings, id: MetricId) -> String {
    match findings.values.trend(id) {
        Some((low, high)) if low == high && low.is_zero() => "unchanged".to_owned(),
        Some((change, high)) if change == high => {
            let way = if change.is_negative() { "down" } else { "up" };
            format!("{way} by {}", by_how_much(pack, id, change, &[]))
        }
        _ => "not known".to_owned(),
    }
}

fn by_how_much(pack: &Pack, id: MetricId, change: &Number, also: &[Number]) -> String {
    let unit = change_unit(&pack.metric(id).unit);
    let also: Vec<Number> = also.iter().map(Number::abs).collect();
    quantity(&unit, unit.after(&change.abs().shown(1, &also)))
}

/// How a metric changed, as a clause: `“Clients lost per year” fell by 3 percentage points since 1 March 2025`.
pub(super) fn changed(pack: &Pack, findings: &Findings, id: MetricId, also: &[Number]) -> String {
    let title = quoted(&pack.metric(id).title.plain());
    let since = findings.rounds.last().and_then(|round| round.date).map(date);
    let since = since.unwrap_or_else(|| "the last round".to_owned());
    match findings.values.trend(id) {
        Some((low, high)) if low == high && low.is_zero() => format!("{title} is unchanged since {since}"),
        Some((change, high)) if change == high => {
            let way = if change.is_negative() { "fell" } else { "rose" };
            format!("{title} {way} by {} since {since}", by_how_much(pack, id, change, also))
        }
        _ => format!("how {title} changed since {since} is not known"),
    }
}
