//! Charts as pictures of lines, fields and words, worked out once for every format that draws.
//!
//! Lengths are points of paper; another format may scale the whole. Nothing is told by colour alone: values and
//! series are named where they stand, and differ in pattern, mark or dash besides.

mod distribution;
mod gauge;
mod grouped;
mod heat;
mod line;
mod pen;
mod radar;
mod scale;
mod slope;
mod text;

use crate::document::{Chart, ChartKind};

/// A drawing of a chart without its title.
#[derive(Debug)]
pub struct Picture {
    pub width: f32,
    /// From top to bottom; a page may end between two of them.
    pub bands: Vec<Band>,
}

/// A part of a picture that is never cut; `y` counts from its upper edge.
#[derive(Debug, Default)]
pub struct Band {
    pub height: f32,
    pub shapes: Vec<Shape>,
}

#[derive(Clone, Debug)]
pub enum Shape {
    Path {
        points: Vec<(f32, f32)>,
        closed: bool,
        fill: Option<Tone>,
        stroke: Option<(Tone, f32)>,
    },
    /// Words on one line with their baseline at `y`.
    Text {
        x: f32,
        y: f32,
        side: Anchor,
        text: String,
        size: f32,
        bold: bool,
        tone: Tone,
    },
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// What a colour is for. Each format has its own colours for these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Ink,
    Quiet,
    Hairline,
    Paper,
    /// Of a series, by its number from 0 to 3; 3:1 on paper at least.
    Series(usize),
    /// The grounds of zones, by turns.
    Stripe(bool),
    /// A field of a heat map, from 0 for the lowest to 4 for the highest.
    Heat(u8),
    /// Words on such a field.
    OnHeat(u8),
}

/// How many steps of darkness a heat map has.
pub const HEAT_STEPS: u8 = 5;
/// From this step on its fields are dark.
pub const FIRST_DARK: u8 = 3;
/// How much of the accent each step holds; the rest is paper.
pub const HEAT_SHARES: [f64; HEAT_STEPS as usize] = [0.07, 0.2, 0.36, 0.86, 1.0];

/// The picture of a chart, as wide as it may be. Bars of one series are no picture: each format lets them flow.
/// A chart with more or less than its kind can show is drawn as bars.
pub fn picture(chart: &Chart, width: f32) -> Picture {
    let (series, rows) = (chart.series(), chart.rows.len());
    let fits = chart.kind.series().contains(&series) && chart.kind.rows().contains(&rows);
    let bands = match chart.kind {
        _ if !fits => grouped::draw(chart, width),
        ChartKind::Grouped | ChartKind::Bar => grouped::draw(chart, width),
        ChartKind::Line => line::draw(chart, width),
        ChartKind::Radar => radar::draw(chart, width),
        ChartKind::Heat => heat::draw(chart, width),
        ChartKind::Gauge => gauge::draw(chart, width),
        ChartKind::Slope => slope::draw(chart, width),
        ChartKind::Distribution => distribution::draw(chart, width),
    };
    Picture { width, bands }
}

/// How wide the picture wants to be, where its kind needs more room the more it shows.
pub fn wanted(chart: &Chart) -> Option<f32> {
    (chart.kind == ChartKind::Heat).then(|| heat::wanted(chart))
}

#[cfg(test)]
mod tests;
