//! Charts as fences that are readable as they stand: a few keys, an empty line, a table with a column a series.
//!
//! ````text
//! ```chart bar
//! title: Nine practices, each from 0 to 100
//! range: 0 to 100
//! unit: " points"
//! zones: pouring to 40, dripping to 60, damp to 80, tight
//!
//! | Practice           | Score    | Band        |
//! |--------------------|---------:|-------------|
//! | Customer retention | 42.5     | dripping    |
//! | Downtime           | 40 to 65 | not certain |
//! | Sales support      | unknown  |             |
//! ```
//! ````

mod read;
mod slip;
mod write;

use super::front::{one_line, put_on_one_line};
use crate::document::{Chart, ChartKind, ChartRow, ChartValue};

pub(super) use read::read;
pub(super) use write::write;

/// Whether a fence with this info string claims to be a chart.
pub(super) fn is_chart(info: &str) -> bool {
    info.split_whitespace().next() == Some("chart")
}

/// What a cell says of its value: `42.5`, `40 to 65`, or anything else for what is not known.
fn value(text: &str) -> ChartValue {
    if let Some(at) = number(text) {
        return ChartValue::Known { at, text: text.to_owned() };
    }
    let ends = text.split_once(" to ").and_then(|(low, high)| Some((number(low)?, number(high)?)));
    match ends {
        Some((low, high)) => ChartValue::Between { low, high, text: text.to_owned() },
        None => ChartValue::Unknown { text: text.to_owned() },
    }
}

/// A decimal such as `42.5` or `-3`, with either kind of minus.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '\u{2212}']);
    let (whole, part) = match digits.unwrap_or(text).split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits.unwrap_or(text), None),
    };
    let all_digits = |text: &str| (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !part.is_none_or(all_digits) {
        return None;
    }
    let size: f64 = digits.unwrap_or(text).parse().ok()?;
    Some(if digits.is_some() && size != 0.0 { -size } else { size })
}

/// Brings a chart that was not read from text into the form that a fence can hold.
pub(super) fn normalise(chart: &mut Chart) {
    for text in [&mut chart.title].into_iter().chain(&mut chart.columns) {
        put_on_one_line(text);
    }
    chart.unit = chart.unit.replace(char::is_control, " ");
    for zone in &mut chart.zones {
        put_on_one_line(&mut zone.label);
    }
    let fitting = chart.kind.series();
    let notes = chart.kind.is_judged() && chart.rows.iter().any(|row| !row.note.is_empty());
    let notes = notes || chart.has_notes();
    let wanted = 1 + chart.series().clamp(*fitting.start(), *fitting.end()) + usize::from(notes);
    chart.columns.resize(wanted, String::new());
    let series = chart.series();
    for row in &mut chart.rows {
        put_on_one_line(&mut row.label);
        if notes {
            put_on_one_line(&mut row.note);
        } else {
            row.note.clear();
        }
        row.values.resize(series, ChartValue::Unknown { text: String::new() });
        for found in &mut row.values {
            *found = self::value(&canonical(found));
            let below_nobody =
                chart.kind == ChartKind::Distribution && ends(found).is_some_and(|ends| ends.0 < 0.0);
            let meant_a_number = ends(found).is_none() && slip::slip(found.text(), false).is_some();
            if below_nobody || meant_a_number {
                *found = ChartValue::Unknown { text: String::new() };
            }
        }
    }
    if !chart.kind.is_judged() {
        chart.zones.clear();
    }
    let (fewest, most) = (*chart.kind.rows().start(), *chart.kind.rows().end());
    chart.rows.truncate(most);
    let values = vec![ChartValue::Unknown { text: String::new() }; series];
    while chart.rows.len() < fewest {
        chart.rows.push(ChartRow { label: String::new(), values: values.clone(), note: String::new() });
    }
    if chart.kind.is_judged() || chart.range.is_some() {
        let values = chart.rows.iter().flat_map(|row| &row.values).filter_map(ends);
        let holds = |axis: (f64, f64), ends: (f64, f64)| (axis.0.min(ends.0), axis.1.max(ends.1));
        let range = values.fold(chart.axis(), holds);
        if let Some(last) = chart.zones.last_mut() {
            last.to = range.1;
        }
        chart.range = Some(range);
    }
}

/// The least and the most that a value may be, where it is known.
fn ends(value: &ChartValue) -> Option<(f64, f64)> {
    match value {
        ChartValue::Known { at, .. } => Some((*at, *at)),
        ChartValue::Between { low, high, .. } => Some((*low, *high)),
        ChartValue::Unknown { .. } => None,
    }
}

/// The text of a value if it says the value, else the value's numbers.
fn canonical(value: &ChartValue) -> String {
    let text = one_line(value.text());
    match (value, self::value(&text)) {
        (ChartValue::Known { at, .. }, ChartValue::Known { at: said, .. }) if *at == said => text,
        (ChartValue::Between { low, high, .. }, ChartValue::Between { low: a, high: b, .. })
            if *low == a && *high == b =>
        {
            text
        }
        (ChartValue::Unknown { .. }, _) => text,
        (ChartValue::Known { at, .. }, _) => at.to_string(),
        (ChartValue::Between { low, high, .. }, _) => format!("{low} to {high}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_number_a_stretch_or_a_word() {
        assert_eq!(value("42.5"), ChartValue::Known { at: 42.5, text: "42.5".to_owned() });
        assert_eq!(value("\u{2212}3"), ChartValue::Known { at: -3.0, text: "\u{2212}3".to_owned() });
        let stretch = ChartValue::Between { low: 40.0, high: 65.0, text: "40 to 65".to_owned() };
        assert_eq!(value("40 to 65"), stretch);
        for word in ["unknown", "1e3", "1,5", ".5", "5.", "", "NaN", "inf", "0x10", "1 to"] {
            assert_eq!(value(word), ChartValue::Unknown { text: word.to_owned() });
        }
    }
}
