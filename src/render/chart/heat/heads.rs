//! The heads of a heat map's columns. Where a word is wider than its column they are set smaller, then by turns on two levels,
//! and only what is wider than two columns is shortened; no word is broken.

use super::{Grid, WIDEST_FIELD};
use crate::document::Chart;
use crate::render::chart::pen::Pen;
use crate::render::chart::text::{SMALL, leading, shortened, widest_word, wrap};
use crate::render::chart::{Anchor, Band, Tone};

const SMALLER: f32 = 6.6;
/// Between words that stand side by side.
const APART: f32 = 3.0;
/// Between the heads and the fields.
const ABOVE: f32 = 5.0;

pub struct Heads {
    size: f32,
    levels: usize,
    lines: Vec<Vec<String>>,
}

impl Heads {
    /// The heads as large as may be, and the grid that they leave below them.
    pub fn set(chart: &Chart, whole: f32, labels: f32) -> (Heads, Grid) {
        let heads: Vec<&str> = heads(chart).collect();
        let tries = [(1, SMALL), (1, SMALLER), (2, SMALL), (2, SMALLER)];
        let grid = |levels: usize| grid(whole, labels, chart.series().max(1), levels);
        let room = |levels: usize| grid(levels).field * levels as f32 - APART * levels as f32;
        let fits = |(levels, size): &(usize, f32)| widest(&heads, *size) <= room(*levels);
        let (levels, size) = tries.into_iter().find(fits).unwrap_or(tries[3]);
        let lines = heads
            .iter()
            .map(|head| {
                let words: Vec<String> =
                    head.split_whitespace().map(|word| shortened(word, size, room(levels))).collect();
                wrap(&words.join(" "), size, false, room(levels), 3)
            })
            .collect();
        (Heads { size, levels, lines }, grid(levels))
    }

    pub fn band(&self, grid: &Grid) -> Band {
        let mut pen = Pen::default();
        let level = |level: usize| {
            let lines = self.lines.iter().skip(level).step_by(self.levels).map(Vec::len).max();
            lines.unwrap_or(0) as f32 * leading(self.size)
        };
        let height = (0..self.levels).map(level).sum::<f32>() + ABOVE;
        for (column, head) in self.lines.iter().enumerate() {
            let x = grid.labels + (column as f32 + 0.5) * grid.field;
            let below = ABOVE + if column % self.levels == 1 { level(0) } else { 0.0 };
            let y = height - below - (head.len().max(1) - 1) as f32 * leading(self.size);
            pen.lines((x, y), Anchor::Middle, head, self.size, false, Tone::Quiet);
            if below > ABOVE && !head.is_empty() {
                pen.line((x, height - below + 2.5), (x, height - 1.5), Tone::Hairline, 0.6);
            }
        }
        pen.band(height)
    }
}

/// Two levels take half a column more at either side, since words stand out over the first and the last.
fn grid(whole: f32, labels: f32, columns: usize, levels: usize) -> Grid {
    let columns = columns as f32;
    if levels == 1 {
        return Grid { whole, labels, field: ((whole - labels) / columns).min(WIDEST_FIELD) };
    }
    let field = ((whole - labels) / (columns + 0.5)).min(whole / (columns + 1.0)).min(WIDEST_FIELD);
    Grid { whole, labels: labels.max(field / 2.0), field }
}

/// How wide a column has to be for its head.
pub fn wanted(chart: &Chart) -> f32 {
    widest(&heads(chart).collect::<Vec<_>>(), SMALL) + APART
}

fn heads(chart: &Chart) -> impl Iterator<Item = &str> {
    chart.columns.iter().skip(1).map(String::as_str)
}

fn widest(heads: &[&str], size: f32) -> f32 {
    heads.iter().map(|head| widest_word(head, size)).fold(0.0, f32::max)
}
