//! A picture of a chart as SVG, which keeps its proportions and takes its colours from the style sheet.

use std::fmt::Write as _;

use crate::document::Chart;
use crate::render::chart::{Anchor, Band, FIRST_DARK, Picture, Shape, Tone, picture, wanted};
use crate::render::html::escape::text;

/// How many points of paper the picture is wide where there is room, at least and at most.
const WIDE: (f32, f32) = (350.0, 480.0);
/// The same on a telephone and in a card: its words are then as large there as they may be.
const NARROW: f32 = 240.0;

/// The picture twice: the style sheet shows the one that suits the room, and without it the wide one is seen.
pub(super) fn draw(chart: &Chart, told: &str, out: &mut String) {
    let wanted = wanted(chart).unwrap_or_default();
    let _ = writeln!(out, "<div class=\"drawing\" tabindex=\"0\" role=\"img\" aria-label=\"{told}\">");
    drawing(&picture(chart, wanted.clamp(WIDE.0, WIDE.1)), out);
    out.push_str("<div class=\"narrow\" hidden>\n");
    drawing(&picture(chart, wanted.clamp(NARROW, WIDE.1)), out);
    out.push_str("</div>\n</div>\n");
}

fn drawing(picture: &Picture, out: &mut String) {
    let height: f32 = picture.bands.iter().map(|band| band.height).sum();
    let (width, height) = (short(picture.width), short(height));
    let _ = writeln!(
        out,
        "<svg viewBox=\"0 0 {width} {height}\" style=\"--wide: {width}\" aria-hidden=\"true\">"
    );
    let mut top = 0.0;
    for band in &picture.bands {
        band_shapes(band, top, out);
        top += band.height;
    }
    out.push_str("</svg>\n");
}

fn band_shapes(band: &Band, top: f32, out: &mut String) {
    for shape in &band.shapes {
        match shape {
            Shape::Path { points, closed, fill, stroke } => {
                let mut class = fill.map_or_else(String::new, |tone| format!("fill-{}", name(tone)));
                let mut width = String::new();
                if let Some((tone, thickness)) = stroke {
                    if !class.is_empty() {
                        class.push(' ');
                    }
                    class.push_str(&format!("line-{}", name(*tone)));
                    width = format!(" stroke-width=\"{}\"", short(*thickness));
                }
                let path = path(points, *closed, top);
                let _ = writeln!(out, "<path class=\"{class}\"{width} d=\"{path}\"/>");
            }
            Shape::Text { x, y, side, text: words, size, bold, tone } => {
                let anchor = match side {
                    Anchor::Start => "",
                    Anchor::Middle => " text-anchor=\"middle\"",
                    Anchor::End => " text-anchor=\"end\"",
                };
                let weight = if *bold { " font-weight=\"700\"" } else { "" };
                let (x, y, size) = (short(*x), short(y + top), short(*size));
                let (tone, words) = (name(*tone), text(words));
                let _ = writeln!(
                    out,
                    "<text class=\"fill-{tone}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{anchor}{weight}>{words}</text>"
                );
            }
        }
    }
}

fn path(points: &[(f32, f32)], closed: bool, top: f32) -> String {
    let mut out = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let sign = if index == 0 { "M" } else { "L" };
        let _ = write!(out, "{sign}{} {}", short(*x), short(y + top));
    }
    if closed {
        out.push('Z');
    }
    out
}

/// A tenth of a point is finer than any screen.
fn short(number: f32) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// How the style sheet calls a tone.
fn name(tone: Tone) -> String {
    match tone {
        Tone::Ink => "ink".to_owned(),
        Tone::Quiet => "quiet".to_owned(),
        Tone::Hairline => "hairline".to_owned(),
        Tone::Paper => "paper".to_owned(),
        Tone::Series(series) => format!("series-{}", series % 4 + 1),
        Tone::Stripe(false) => "stripe".to_owned(),
        Tone::Stripe(true) => "stripe-other".to_owned(),
        Tone::Heat(step) => format!("heat-{step}"),
        Tone::OnHeat(step) if step >= FIRST_DARK => "paper".to_owned(),
        Tone::OnHeat(_) => "ink".to_owned(),
    }
}
