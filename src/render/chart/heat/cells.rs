//! The words in the fields of a heat map, all of one size. Where they are wider than their fields they are set smaller, what is
//! not known becomes a dash that the key explains, and the unit stands at the key alone.

use super::GAP;
use crate::document::{Chart, ChartValue};
use crate::render::chart::scale::said;
use crate::render::chart::text::{LABEL, widest_word, wrap};

const USUAL: f32 = LABEL - 0.4;
const SMALLER: f32 = 7.6;
const SMALLEST: f32 = 6.4;
/// At both sides of a field's words.
const PAD: f32 = 2.4;
/// Stands where a word would be too wide.
const DASH: &str = "\u{2013}";

pub struct Cells {
    pub size: f32,
    /// For each row, and each field of it, its lines.
    pub texts: Vec<Vec<Vec<String>>>,
    /// What the dash stands for, where there is one.
    pub left_out: Option<String>,
}

/// How the words are set.
#[derive(Clone, Copy)]
struct Way {
    size: f32,
    units: bool,
    words: bool,
}

impl Cells {
    pub fn set(chart: &Chart, field: f32) -> Cells {
        let room = field - GAP - PAD;
        let ways = [(true, true), (true, false), (false, true), (false, false)]
            .into_iter()
            .flat_map(|(units, words)| [USUAL, SMALLER].map(|size| Way { size, units, words }));
        let last = Way { size: SMALLEST, units: false, words: false };
        let way = ways.into_iter().find(|way| widest(chart, *way) <= room).unwrap_or(last);
        let lines = |value: &ChartValue| wrap(&text(chart, value, way), way.size, false, room, 3);
        let texts = chart.rows.iter().map(|row| row.values.iter().map(lines).collect()).collect();
        Cells { size: way.size, texts, left_out: if way.words { None } else { unknown(chart) } }
    }
}

/// How wide a column has to be for what stands in its fields.
pub fn wanted(chart: &Chart) -> f32 {
    widest(chart, Way { size: USUAL, units: true, words: true }) + GAP + PAD
}

fn text(chart: &Chart, value: &ChartValue, way: Way) -> String {
    match value {
        ChartValue::Unknown { text } if !way.words && !text.is_empty() => DASH.to_owned(),
        _ if way.units => said(chart, value),
        _ => value.text().to_owned(),
    }
}

fn widest(chart: &Chart, way: Way) -> f32 {
    let of = |value: &ChartValue| widest_word(&text(chart, value, way), way.size);
    chart.rows.iter().flat_map(|row| &row.values).map(of).fold(0.0, f32::max)
}

/// The word for what is not known, where there is any; where there are several words, a plain one for all.
fn unknown(chart: &Chart) -> Option<String> {
    let mut words = chart.rows.iter().flat_map(|row| &row.values).filter_map(|value| match value {
        ChartValue::Unknown { text } => Some(text).filter(|text| !text.is_empty()),
        _ => None,
    });
    let first = words.next()?;
    Some(if words.all(|word| word == first) { first.clone() } else { "not known".to_owned() })
}
