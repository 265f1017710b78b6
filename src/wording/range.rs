//! Bands in words: `below 60`, `above 15%`, `5 to below 6 or above 8 to 10`.

use super::subject::quantity;
use super::threshold::in_force;
use super::words::join;
use crate::markdown::inert;
use crate::model::{BandOf, Bands, Better, Findings, MetricId, Number, Pack, Unit};

/// One end of a stretch, and whether it belongs to it.
pub(super) type End<'b> = Option<(&'b Number, bool)>;

/// Where a value has one of these labels.
pub fn range_in_words(bands: &Bands, labels: &[usize], unit: &Unit) -> String {
    let edges = {
        let mut edges = bands.edges();
        edges.sort();
        edges.dedup();
        edges
    };
    let held = |number: &Number| labels.contains(&bands.of(number));
    // Between the edges and on them lie all the places at which a label can change.
    let mut places: Vec<(End<'_>, End<'_>, bool)> = Vec::new();
    let one = Number::one();
    for (at, edge) in edges.iter().enumerate() {
        let before = match at.checked_sub(1).and_then(|before| edges.get(before)) {
            Some(before) => (before + edge) * Number::ratio(1, 2),
            None => edge - &one,
        };
        let low = at.checked_sub(1).and_then(|before| edges.get(before)).map(|low| (low, false));
        places.push((low, Some((edge, false)), held(&before)));
        places.push((Some((edge, true)), Some((edge, true)), held(edge)));
    }
    if let Some(last) = edges.last() {
        places.push((Some((last, false)), None, held(&(last + &one))));
    }
    let mut stretches: Vec<(End<'_>, End<'_>)> = Vec::new();
    let mut open = false;
    for (low, high, held) in places {
        match (held, open, stretches.last_mut()) {
            (true, true, Some(stretch)) => stretch.1 = high,
            (true, ..) => stretches.push((low, high)),
            _ => {}
        }
        open = held;
    }
    let said: Vec<String> =
        stretches.into_iter().map(|(low, high)| stretch_in_words(low, high, unit)).collect();
    if said.is_empty() && edges.is_empty() { "any value".to_owned() } else { join(&said, "or") }
}

/// Numbers between two ends: `below 60`, `5 to below 6`.
pub(super) fn stretch_in_words(low: End<'_>, high: End<'_>, unit: &Unit) -> String {
    let written = |number: &Number| unit.after(&number.to_string());
    match (low, high) {
        (None, None) => "any value".to_owned(),
        (None, Some((high, true))) => format!("{} or less", written(high)),
        (None, Some((high, false))) => format!("below {}", written(high)),
        (Some((low, true)), None) => format!("{} or more", written(low)),
        (Some((low, false)), None) => format!("above {}", written(low)),
        (Some((low, true)), Some((high, true))) if low == high => written(low),
        (Some((low, from)), Some((high, to))) => format!(
            "{}{} to {}{}",
            if from { "" } else { "above " },
            short(low, high, unit),
            if to { "" } else { "below " },
            written(high)
        ),
    }
}

/// The first of two numbers of a range, without a unit that the second repeats.
fn short(low: &Number, high: &Number, unit: &Unit) -> String {
    let bare = low.to_string();
    match unit {
        Unit::Percent | Unit::Times | Unit::Money(_) => unit.after(&bare),
        _ if high == &Number::one() => unit.after(&bare),
        _ => bare,
    }
}

/// All bands, best first where that is known: `good: 8% or less · watch: above 8% to 15% · poor: above 15%`.
pub fn bands_in_words(bands: &Bands, better: Better, unit: &Unit) -> String {
    let mut labels: Vec<usize> = (0..bands.labels.len()).collect();
    if better != Better::Lower {
        labels.reverse();
    }
    let said: Vec<String> = labels
        .into_iter()
        .filter_map(|label| {
            let name = bands.labels.get(label)?;
            Some(format!("{}: {}", inert(&name.label), quantity(unit, range_in_words(bands, &[label], unit))))
        })
        .collect();
    said.join(" · ")
}

/// The best and the worst band: what a value must be to stand at either end.
///
/// All of them where there are fewer than three, or where neither end of the numbers is the good one.
pub fn ends_in_words(bands: &Bands, better: Better, unit: &Unit) -> String {
    if matches!(better, Better::Middle | Better::Neither) || bands.labels.len() < 3 {
        return bands_in_words(bands, better, unit);
    }
    let last = bands.labels.len() - 1;
    let (best, worst) = if better == Better::Lower { (0, last) } else { (last, 0) };
    let said = [best, worst].map(|label| {
        format!(
            "{}: {}",
            inert(&bands.labels[label].label),
            quantity(unit, range_in_words(bands, &[label], unit))
        )
    });
    said.join(" · ")
}

/// The band that one aims for, in words; none for a metric without bands.
pub(crate) fn target(pack: &Pack, findings: &Findings, id: MetricId) -> Option<String> {
    let metric = pack.metric(id);
    let bands = &in_force(pack, findings, BandOf::Metric(id))?.value;
    Some(quantity(&metric.unit, range_in_words(bands, &[best(bands, metric.better)], &metric.unit)))
}

/// Whether a metric lies in the band that one aims for.
pub(crate) fn on_target(pack: &Pack, findings: &Findings, id: MetricId) -> bool {
    let dated = in_force(pack, findings, BandOf::Metric(id));
    let best = dated.map(|dated| best(&dated.value, pack.metric(id).better));
    best.is_some() && findings.values.metric(id).band() == best
}

/// The place of the band that one aims for.
fn best(bands: &Bands, better: Better) -> usize {
    match better {
        Better::Lower => 0,
        Better::Higher | Better::Middle | Better::Neither => bands.labels.len().saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BandName, BandStep, Order};
    use crate::source::{SourceId, Span};

    fn bands(labels: &[&str], steps: &[(usize, Option<(Order, i64)>)]) -> Bands {
        let span = Span::new(SourceId(0), 0..0);
        Bands {
            labels: labels
                .iter()
                .map(|label| BandName {
                    id: (*label).to_owned(),
                    label: (*label).to_owned(),
                    translations: Vec::new(),
                })
                .collect(),
            steps: steps
                .iter()
                .map(|(label, edge)| BandStep {
                    label: *label,
                    edge: edge.map(|(order, edge)| (order, Number::from(edge))),
                    span,
                })
                .collect(),
            span,
        }
    }

    #[test]
    fn one_sided_bands_are_told_best_first() {
        let churn = bands(
            &["good", "watch", "poor"],
            &[(0, Some((Order::AtMost, 8))), (1, Some((Order::AtMost, 15))), (2, None)],
        );
        assert_eq!(
            bands_in_words(&churn, Better::Lower, &Unit::Percent),
            "good: 8% or less · watch: above 8% to 15% · poor: above 15%"
        );
    }

    #[test]
    fn the_ends_say_what_is_best_and_worst() {
        let steps = [(0, Some((Order::AtMost, 8))), (1, Some((Order::AtMost, 15))), (2, None)];
        let churn = bands(&["good", "watch", "poor"], &steps);
        assert_eq!(
            ends_in_words(&churn, Better::Lower, &Unit::Percent),
            "good: 8% or less · poor: above 15%"
        );
        let middle = ends_in_words(&churn, Better::Middle, &Unit::Percent);
        assert_eq!(middle, "poor: above 15% · watch: above 8% to 15% · good: 8% or less");
    }

    #[test]
    fn neighbouring_labels_become_one_stretch() {
        let score = bands(
            &["pouring", "dripping", "tight"],
            &[(2, Some((Order::AtLeast, 60))), (1, Some((Order::AtLeast, 40))), (0, None)],
        );
        assert_eq!(range_in_words(&score, &[0, 1], &Unit::Points), "below 60 points");
        assert_eq!(range_in_words(&score, &[1], &Unit::None), "40 to below 60");
        assert_eq!(range_in_words(&score, &[0, 2], &Unit::None), "below 40 or 60 or more");
    }

    #[test]
    fn two_sided_bands_name_both_sides() {
        let span = bands(
            &["poor", "watch", "good"],
            &[
                (0, Some((Order::Less, 5))),
                (1, Some((Order::Less, 6))),
                (2, Some((Order::AtMost, 8))),
                (1, Some((Order::AtMost, 10))),
                (0, None),
            ],
        );
        assert_eq!(range_in_words(&span, &[1], &Unit::None), "5 to below 6 or above 8 to 10");
        assert_eq!(range_in_words(&span, &[2], &Unit::None), "6 to 8");
        assert_eq!(best(&span, Better::Middle), 2);
    }

    #[test]
    fn a_single_band_covers_any_value() {
        assert_eq!(range_in_words(&bands(&["all"], &[(0, None)]), &[0], &Unit::None), "any value");
    }
}
