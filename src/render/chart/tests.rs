//! Whatever the data: no words on others, nothing beside the picture, every value said.

use proptest::prelude::*;

use super::*;
use crate::document::{ChartRow, ChartValue, Zone};

fn label() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "North",
        "Customer retention",
        "Qualifying accounts before the first call is made",
        "Q1",
        "2026",
        "Außendienst",
        "x",
        "Donaudampfschifffahrtsgesellschaft",
    ])
    .prop_map(str::to_owned)
}

fn value() -> impl Strategy<Value = ChartValue> {
    prop_oneof![
        6 => (0u32..=100).prop_map(|n| ChartValue::Known { at: f64::from(n), text: n.to_string() }),
        1 => (0u32..50, 50u32..=100).prop_map(|(low, high)| ChartValue::Between {
            low: f64::from(low),
            high: f64::from(high),
            text: format!("{low} to {high}"),
        }),
        1 => Just(ChartValue::Unknown { text: "unknown".to_owned() }),
    ]
}

fn chart(kind: ChartKind) -> impl Strategy<Value = Chart> {
    let (series, rows) = (kind.series(), kind.rows());
    let most = (*rows.end()).min(14);
    (series, *rows.start().max(&1)..=most).prop_flat_map(move |(series, rows)| {
        let row = (label(), prop::collection::vec(value(), series), label());
        let heads = prop::collection::vec(label(), 1 + series + usize::from(kind.is_judged()));
        let zones = prop::collection::btree_map(1u32..100, label(), 0..5);
        let ranged = kind.is_judged() || kind == ChartKind::Heat;
        (prop::collection::vec(row, rows), heads, zones).prop_map(move |(rows, columns, zones)| {
            let row = |(label, values, note)| ChartRow { label, values, note };
            let zone = |(to, label): (u32, String)| Zone { label, to: f64::from(to) };
            let zones = if kind.is_judged() { zones.into_iter().map(zone).collect() } else { Vec::new() };
            Chart {
                kind,
                title: "Title".to_owned(),
                range: ranged.then_some((0.0, 100.0)),
                unit: String::new(),
                zones,
                columns,
                rows: rows.into_iter().map(row).collect(),
            }
        })
    })
}

/// The bounds of each text: left, upper, right, lower.
fn texts(band: &Band) -> Vec<([f32; 4], String)> {
    let words = |shape: &Shape| match shape {
        Shape::Text { text, .. } => Some((pen::bounds(shape)?, text.clone())),
        Shape::Path { .. } => None,
    };
    band.shapes.iter().filter_map(words).collect()
}

fn is_drawn_well(chart: &Chart, width: f32) -> Result<(), TestCaseError> {
    let picture = picture(chart, width);
    for band in &picture.bands {
        let texts = texts(band);
        for (at, (one, words)) in texts.iter().enumerate() {
            prop_assert!(
                one[0] >= -1.0 && one[2] <= width + 1.0 && one[1] >= -2.0 && one[3] <= band.height + 2.0,
                "{words} at {one:?} leaves {width} x {} in {chart:?}",
                band.height
            );
            for (other, others) in &texts[at + 1..] {
                let apart = one[2] <= other[0] + 0.5
                    || other[2] <= one[0] + 0.5
                    || one[3] <= other[1] + 0.5
                    || other[3] <= one[1] + 0.5;
                prop_assert!(apart, "{words} on {others}: {one:?} {other:?} in {chart:?}");
            }
        }
        for shape in &band.shapes {
            if let Shape::Path { points, .. } = shape {
                let inside = |(x, y): &(f32, f32)| {
                    *x >= -1.0 && *x <= width + 1.0 && *y >= -1.0 && *y <= band.height + 1.0
                };
                prop_assert!(points.iter().all(inside), "{points:?} in {chart:?}");
            }
        }
    }
    Ok(())
}

/// Many charts of a kind at many widths.
fn all_are_drawn_well(kind: ChartKind) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    runner.run(&(chart(kind), 200.0f32..460.0), |(chart, width)| is_drawn_well(&chart, width)).unwrap();
}

#[test]
fn words_of_grouped_bars_lie_on_nothing() {
    all_are_drawn_well(ChartKind::Grouped);
}

#[test]
fn words_of_lines_lie_on_nothing() {
    all_are_drawn_well(ChartKind::Line);
}

#[test]
fn words_of_radars_lie_on_nothing() {
    all_are_drawn_well(ChartKind::Radar);
}

#[test]
fn words_of_heat_maps_lie_on_nothing() {
    all_are_drawn_well(ChartKind::Heat);
}

#[test]
fn words_of_gauges_lie_on_nothing() {
    all_are_drawn_well(ChartKind::Gauge);
}

#[test]
fn a_gauge_in_a_card_has_its_words_below() {
    let config = ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let charts = (chart(ChartKind::Gauge), 92.0f32..200.0);
    runner.run(&charts, |(chart, width)| is_drawn_well(&chart, width)).unwrap();
}

#[test]
fn words_of_slopes_lie_on_nothing() {
    all_are_drawn_well(ChartKind::Slope);
}

#[test]
fn words_of_distributions_lie_on_nothing() {
    all_are_drawn_well(ChartKind::Distribution);
}

/// A distribution of counts, its answers as rows.
fn answers(list: &[&str]) -> Chart {
    let row = |label: &&str| ChartRow {
        label: (*label).to_owned(),
        values: vec![ChartValue::Known { at: 3.0, text: "3".to_owned() }],
        note: String::new(),
    };
    Chart {
        kind: ChartKind::Distribution,
        title: "T".to_owned(),
        range: Some((0.0, 10.0)),
        unit: String::new(),
        zones: Vec::new(),
        columns: vec!["Answer".to_owned(), "People".to_owned()],
        rows: list.iter().map(row).collect(),
    }
}

#[test]
fn no_answer_is_broken_inside_a_word_where_its_column_is_narrow() {
    let list = ["never", "yearly", "quarterly", "monthly", "some people, by habit"];
    let words = |width: f32| -> Vec<String> {
        let bands = picture(&answers(&list), width).bands;
        let texts = bands.iter().flat_map(|band| &band.shapes).filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text.clone()),
            Shape::Path { .. } => None,
        });
        texts.collect()
    };
    for width in [110.0, 150.0, 200.0, 460.0] {
        let told = words(width);
        for word in list.iter().flat_map(|answer| answer.split(' ')) {
            assert!(told.iter().any(|text| text.contains(word)), "{word} at {width}: {told:?}");
        }
    }
}

#[test]
fn what_is_not_known_is_not_drawn() {
    let chart = Chart {
        kind: ChartKind::Line,
        title: "T".to_owned(),
        range: Some((0.0, 10.0)),
        unit: String::new(),
        zones: Vec::new(),
        columns: vec!["When".to_owned(), "What".to_owned()],
        rows: ["3", "", "4", "5"]
            .into_iter()
            .map(|text| ChartRow {
                label: text.to_owned(),
                values: vec![match text.parse() {
                    Ok(at) => ChartValue::Known { at, text: text.to_owned() },
                    Err(_) => ChartValue::Unknown { text: text.to_owned() },
                }],
                note: String::new(),
            })
            .collect(),
    };
    let picture = picture(&chart, 300.0);
    let lines = picture.bands[0].shapes.iter().filter(|shape| {
        matches!(shape, Shape::Path { closed: false, stroke: Some((Tone::Series(0), _)), .. })
    });
    assert_eq!(lines.count(), 1, "only the last two points are joined");
}
