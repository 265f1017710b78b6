//! How many people gave each answer: small bars in a column an answer, the number above each. Where a word of an answer is wider
//! than its column, the bars lie one below the other, the answer before each.

use super::pen::Pen;
use super::scale::{Axis, said};
use super::text::{LABEL, SMALL, leading, widest_word, width, wrap};
use super::{Anchor, Band, Tone};
use crate::document::{Chart, ChartValue};

/// How high the highest bar is, alone and among several rows.
const ALONE: f32 = 84.0;
const AMONG: f32 = 26.0;
/// How high a lying bar is.
const LYING: f32 = 8.0;

struct Strip<'a> {
    label: &'a str,
    values: Vec<&'a ChartValue>,
    height: f32,
}

struct Grid {
    labels: f32,
    field: f32,
}

impl Grid {
    /// How wide what stands below a column may be.
    fn room(&self) -> f32 {
        self.field - 3.0
    }
}

pub fn draw(chart: &Chart, whole: f32) -> Vec<Band> {
    // With one series the rows are the answers.
    let turned = chart.series() == 1 && chart.rows.len() > 1;
    let (heads, strips): (Vec<&str>, Vec<Strip<'_>>) = if turned {
        let values = chart.rows.iter().map(|row| row.value()).collect();
        (
            chart.rows.iter().map(|row| row.label.as_str()).collect(),
            vec![Strip { label: "", values, height: ALONE }],
        )
    } else {
        let height = if chart.rows.len() == 1 { ALONE } else { AMONG };
        let strips = chart
            .rows
            .iter()
            .map(|row| Strip {
                label: &row.label,
                values: row.values.iter().take(chart.series()).collect(),
                height,
            })
            .collect();
        (chart.columns.iter().skip(1).map(String::as_str).collect(), strips)
    };
    let labels = strips.iter().map(|strip| width(strip.label, LABEL, false)).fold(0.0, f32::max);
    let labels = if labels > 0.0 { labels.min(whole * 0.38) + 10.0 } else { 0.0 };
    let field = ((whole - labels) / heads.len().max(1) as f32).min(84.0);
    let grid = Grid { labels, field };
    let axis = Axis::of(chart);
    if turned && heads.iter().any(|head| widest_word(head, SMALL) > grid.room()) {
        let bars = chart.rows.iter().map(|row| (row.label.as_str(), row.value()));
        return lying(chart, bars, &axis, whole);
    }
    let mut bands: Vec<Band> = strips.iter().map(|strip| self::strip(chart, strip, &axis, &grid)).collect();
    bands.push(self::heads(&heads, &grid));
    if strips.len() > 6 {
        bands.insert(0, self::heads(&heads, &grid));
    }
    bands
}

fn lying<'a>(
    chart: &Chart,
    bars: impl Iterator<Item = (&'a str, &'a ChartValue)> + Clone,
    axis: &Axis,
    whole: f32,
) -> Vec<Band> {
    let answers = bars.clone().map(|(answer, _)| width(answer, SMALL, false)).fold(0.0, f32::max);
    let answers = answers.min(whole * 0.5);
    let values = bars.clone().map(|(_, value)| width(&said(chart, value), LABEL, true)).fold(0.0, f32::max);
    let (from, to) = (answers + 8.0, whole - values.min(whole * 0.3) - 6.0);
    let place = |part: f32| from + part * (to - from);
    bars.map(|(answer, value)| {
        let mut pen = Pen::default();
        let answer = wrap(answer, SMALL, false, answers.max(1.0), 3);
        let height = answer.len() as f32 * leading(SMALL) + 4.0;
        let middle = height / 2.0;
        pen.lines_around((answers, middle), Anchor::End, &answer, SMALL, false, Tone::Quiet);
        let mut reached = from;
        let mut tone = Tone::Ink;
        match value {
            ChartValue::Known { at, .. } => {
                reached = place(axis.part(*at));
                if reached > from {
                    let field = [from, middle - LYING / 2.0, (reached - from).max(0.8), LYING];
                    pen.field(field, Some(Tone::Series(0)), None);
                }
            }
            ChartValue::Between { low, high, .. } => {
                let (low, high) = (place(axis.part(*low)), place(axis.part(*high)));
                if low > from {
                    pen.field([from, middle - LYING / 2.0, low - from, LYING], Some(Tone::Series(0)), None);
                }
                pen.hatched([low, middle - LYING / 2.0, (high - low).max(0.8), LYING], Tone::Series(0));
                reached = high;
            }
            ChartValue::Unknown { .. } => tone = Tone::Quiet,
        }
        pen.line((from, 0.0), (from, height), Tone::Quiet, 0.8);
        let known = !matches!(value, ChartValue::Unknown { .. });
        let at = (reached + 4.0, middle);
        pen.lines_around(at, Anchor::Start, &[said(chart, value)], LABEL - 0.4, known, tone);
        pen.band(height)
    })
    .collect()
}

fn heads(heads: &[&str], grid: &Grid) -> Band {
    let mut pen = Pen::default();
    let mut most = 1;
    for (column, head) in heads.iter().enumerate() {
        let lines = wrap(head, SMALL, false, grid.room(), 3);
        most = most.max(lines.len());
        let x = grid.labels + (column as f32 + 0.5) * grid.field;
        pen.lines((x, 10.0), Anchor::Middle, &lines, SMALL, false, Tone::Quiet);
    }
    pen.band(5.0 + most as f32 * leading(SMALL))
}

fn strip(chart: &Chart, strip: &Strip<'_>, axis: &Axis, grid: &Grid) -> Band {
    let mut pen = Pen::default();
    let label = wrap(strip.label, LABEL, false, (grid.labels - 10.0).max(1.0), 3);
    let above = leading(LABEL) + 4.0;
    let height = (above + strip.height).max(label.len() as f32 * leading(LABEL) + 8.0);
    let base = height - 1.0;
    pen.lines_around((0.0, base - strip.height / 2.0), Anchor::Start, &label, LABEL, false, Tone::Ink);
    let bar = (grid.field * 0.62).min(40.0);
    for (column, value) in strip.values.iter().enumerate() {
        let middle = grid.labels + (column as f32 + 0.5) * grid.field;
        let x = middle - bar / 2.0;
        let mut top = base;
        let mut tone = Tone::Ink;
        match value {
            ChartValue::Known { at, .. } => {
                let tall = strip.height * axis.part(*at);
                top = base - tall;
                if tall > 0.0 {
                    pen.field([x, top, bar, tall.max(0.8)], Some(Tone::Series(0)), None);
                }
            }
            ChartValue::Between { low, high, .. } => {
                let (low, high) = (strip.height * axis.part(*low), strip.height * axis.part(*high));
                if low > 0.0 {
                    pen.field([x, base - low, bar, low], Some(Tone::Series(0)), None);
                }
                pen.hatched([x, base - high, bar, (high - low).max(0.8)], Tone::Series(0));
                top = base - high;
            }
            ChartValue::Unknown { .. } => tone = Tone::Quiet,
        }
        let known = !matches!(value, ChartValue::Unknown { .. });
        let said = wrap(&said(chart, value), LABEL - 0.4, known, grid.field - 2.0, 1);
        pen.lines((middle, top - 3.5), Anchor::Middle, &said, LABEL - 0.4, known, tone);
    }
    let end = grid.labels + grid.field * strip.values.len() as f32;
    pen.line((grid.labels, base), (end, base), Tone::Quiet, 0.8);
    pen.band(height)
}
