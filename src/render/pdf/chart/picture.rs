//! A picture of a chart as strips: what `render::chart` worked out, in the paper's own type and colours.

use crate::document::{CalloutKind, Chart};
use crate::render::chart::{Anchor, FIRST_DARK, HEAT_SHARES, Shape, Tone, picture};
use crate::render::pdf::flow::{Builder, Place};
use crate::render::pdf::fonts::Face;
use crate::render::pdf::lines::Look;
use crate::render::pdf::strip::{Ink, Mark, Strip, draw_line};
use crate::render::pdf::style::Style;
use crate::render::pdf::tags::Node;
use crate::theme::Color;

pub(super) fn strips(builder: &mut Builder<'_>, chart: &Chart, node: Node, place: Place) -> Vec<Strip> {
    let picture = picture(chart, place.width);
    let height: f32 = picture.bands.iter().map(|band| band.height).sum();
    let scale = (builder.style.highest_chart / height).min(1.0);
    let left = place.x + place.width * (1.0 - scale) / 2.0;
    let mut strips = Vec::new();
    for band in picture.bands {
        let mut marks = Vec::new();
        for shape in band.shapes {
            match shape {
                Shape::Path { points, closed, fill, stroke } => {
                    let points = points.into_iter().map(|(x, y)| (x * scale, y * scale)).collect();
                    let fill = fill.map(|tone| color(builder.style, tone));
                    let stroke = stroke.map(|(tone, width)| (color(builder.style, tone), width * scale));
                    let ink = Ink::Shape { points, closed, fill, stroke };
                    marks.push(Mark { x: left, y: 0.0, node: Some(node), ink });
                }
                Shape::Text { x, y, side, text, size, bold, tone } => {
                    let face = if bold { Face::Bold } else { Face::Regular };
                    let look = Look::plain(face, size * scale, color(builder.style, tone), Some(node));
                    let (running, lines) = builder.words(&text, look, f32::MAX);
                    for line in &lines {
                        let (x, y) = (x * scale, y * scale);
                        let x = match side {
                            Anchor::Start => x,
                            Anchor::Middle => x - line.width / 2.0,
                            Anchor::End => x - line.width,
                        };
                        draw_line(line, &running, left + x, y, &mut marks, place.code_ground);
                    }
                }
            }
        }
        strips.push(Strip { height: band.height * scale, baseline: 10.0 * scale, marks, ..Strip::default() });
    }
    strips
}

fn color(style: &Style, tone: Tone) -> Color {
    let colors = &style.colors;
    match tone {
        Tone::Ink => colors.ink,
        Tone::Quiet => colors.quiet,
        Tone::Hairline => colors.hairline,
        Tone::Paper => colors.paper,
        Tone::Series(0) => colors.accent,
        Tone::Series(1) => colors.ink,
        Tone::Series(2) => style.callout(CalloutKind::Warning).strong,
        Tone::Series(_) => colors.quiet,
        Tone::Stripe(other) => colors.stripes[usize::from(other)],
        Tone::Heat(step) => {
            let share = HEAT_SHARES[usize::from(step).min(HEAT_SHARES.len() - 1)];
            colors.paper.mixed(colors.accent, share)
        }
        Tone::OnHeat(step) if step >= FIRST_DARK => colors.paper,
        Tone::OnHeat(_) => colors.ink,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::chart::HEAT_STEPS;
    use crate::theme::{Look, SHAPE_CONTRAST, TEXT_CONTRAST, Theme};

    #[test]
    fn words_are_read_on_each_shade_and_series_seen_on_paper() {
        for look in Look::ALL {
            let style = Style::of(&Theme::of(look), crate::document::Page::Paper);
            for step in 0..HEAT_STEPS {
                let (ground, words) = (color(&style, Tone::Heat(step)), color(&style, Tone::OnHeat(step)));
                assert!(words.passes(&[ground], TEXT_CONTRAST), "{look:?} {step}: {words} on {ground}");
            }
            for series in 0..4 {
                let grounds = [style.colors.paper, style.colors.stripes[0], style.colors.stripes[1]];
                assert!(
                    color(&style, Tone::Series(series)).passes(&grounds, SHAPE_CONTRAST),
                    "{look:?} {series}"
                );
                assert!(color(&style, Tone::Series(series)).passes(&grounds[..1], TEXT_CONTRAST));
            }
        }
    }
}
