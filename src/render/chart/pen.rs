//! Draws the parts that charts are made of.

use super::text::{self, leading};
use super::{Anchor, Band, Shape, Tone};

/// How far the lines of a hatching stand apart.
const HATCH: f32 = 3.2;

/// Gathers the shapes of one band.
#[derive(Default)]
pub struct Pen {
    shapes: Vec<Shape>,
}

/// How a series' line is broken up: lengths of ink and gap by turns; none for a whole line.
pub fn dash(series: usize) -> &'static [f32] {
    match series % 4 {
        0 => &[],
        1 => &[6.0, 3.0],
        2 => &[1.6, 2.6],
        _ => &[7.0, 2.5, 1.6, 2.5],
    }
}

impl Pen {
    pub fn band(self, height: f32) -> Band {
        Band { height, shapes: self.shapes }
    }

    pub fn path(
        &mut self,
        points: Vec<(f32, f32)>,
        closed: bool,
        fill: Option<Tone>,
        stroke: Option<(Tone, f32)>,
    ) {
        self.shapes.push(Shape::Path { points, closed, fill, stroke });
    }

    pub fn field(
        &mut self,
        [x, y, width, height]: [f32; 4],
        fill: Option<Tone>,
        stroke: Option<(Tone, f32)>,
    ) {
        self.path(corners(x, y, width, height), true, fill, stroke);
    }

    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), tone: Tone, width: f32) {
        self.path(vec![from, to], false, None, Some((tone, width)));
    }

    /// A line through points, broken up as its series asks.
    pub fn series_line(&mut self, points: &[(f32, f32)], series: usize, width: f32) {
        self.dashed(points, dash(series), Tone::Series(series), width);
    }

    pub fn dashed(&mut self, points: &[(f32, f32)], pattern: &[f32], tone: Tone, width: f32) {
        if pattern.is_empty() {
            return self.path(points.to_vec(), false, None, Some((tone, width)));
        }
        let mut index = 0_usize;
        let mut left = pattern[0];
        let mut piece: Vec<(f32, f32)> = points.first().copied().into_iter().collect();
        for pair in points.windows(2) {
            let (mut at, end) = (pair[0], pair[1]);
            loop {
                let (dx, dy) = (end.0 - at.0, end.1 - at.1);
                let length = dx.hypot(dy);
                if length <= left {
                    left -= length;
                    piece.push(end);
                    break;
                }
                at = (at.0 + dx / length * left, at.1 + dy / length * left);
                piece.push(at);
                if index.is_multiple_of(2) {
                    self.path(std::mem::take(&mut piece), false, None, Some((tone, width)));
                }
                piece = vec![at];
                index += 1;
                left = pattern[index % pattern.len()];
            }
        }
        if index.is_multiple_of(2) && piece.len() > 1 {
            self.path(piece, false, None, Some((tone, width)));
        }
    }

    /// A box in which the value lies somewhere, or a series that is told apart by its hatching.
    pub fn hatched(&mut self, [x, y, width, height]: [f32; 4], tone: Tone) {
        self.field([x, y, width, height], Some(Tone::Paper), None);
        let count = ((width + height) / HATCH) as usize;
        for index in 1..=count.min(400) {
            let right = index as f32 * HATCH;
            let from = (x + right.min(width), y + (right - width).max(0.0));
            let to = (x + (right - height).max(0.0), y + right.min(height));
            self.line(from, to, tone, 0.7);
        }
        self.field([x, y, width, height], None, Some((tone, 0.9)));
    }

    /// The mark of a series at a value.
    pub fn marker(&mut self, series: usize, (x, y): (f32, f32), size: f32) {
        let tone = Tone::Series(series);
        let turned = |corners: usize, turn: f32, size: f32| -> Vec<(f32, f32)> {
            let angle = |corner: usize| turn + corner as f32 / corners as f32 * std::f32::consts::TAU;
            (0..corners).map(|c| (x + size * angle(c).sin(), y - size * angle(c).cos())).collect()
        };
        let points = match series % 4 {
            0 => turned(16, 0.0, size),
            1 => corners(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8),
            2 => turned(3, 0.0, size * 1.25),
            _ => turned(4, 0.0, size * 1.25),
        };
        let fill = if series.is_multiple_of(2) { tone } else { Tone::Paper };
        self.path(points, true, Some(fill), Some((tone, 1.2)));
    }

    /// From the least to the most that a value may be.
    pub fn stretch(&mut self, (x1, y1): (f32, f32), (x2, y2): (f32, f32), tone: Tone) {
        let length = (x2 - x1).hypot(y2 - y1).max(0.01);
        let (across, down) = ((y2 - y1) / length * 3.0, (x2 - x1) / length * 3.0);
        self.line((x1, y1), (x2, y2), tone, 1.4);
        for (x, y) in [(x1, y1), (x2, y2)] {
            self.line((x - across, y + down), (x + across, y - down), tone, 1.4);
        }
    }

    pub fn text(&mut self, (x, y): (f32, f32), side: Anchor, text: &str, size: f32, bold: bool, tone: Tone) {
        if !text.is_empty() {
            self.shapes.push(Shape::Text { x, y, side, text: text.to_owned(), size, bold, tone });
        }
    }

    /// The same where no other words stand yet.
    pub fn text_if_free(&mut self, (x, y): (f32, f32), text: &str, size: f32) {
        let half = text::width(text, size, false) / 2.0;
        let wanted = [x - half, y - size * 0.75, x + half, y + size * 0.12];
        let free = self.shapes.iter().filter_map(bounds).all(|taken| {
            wanted[2] + 1.0 <= taken[0]
                || taken[2] + 1.0 <= wanted[0]
                || wanted[3] <= taken[1]
                || taken[3] <= wanted[1]
        });
        if free {
            self.text((x, y), Anchor::Middle, text, size, false, Tone::Quiet);
        }
    }

    /// Lines of text from the first one's baseline downwards.
    pub fn lines(
        &mut self,
        (x, y): (f32, f32),
        side: Anchor,
        lines: &[String],
        size: f32,
        bold: bool,
        tone: Tone,
    ) {
        for (index, line) in lines.iter().enumerate() {
            self.text((x, y + index as f32 * leading(size)), side, line, size, bold, tone);
        }
    }

    /// Lines of text whose middle is at `y`.
    pub fn lines_around(
        &mut self,
        (x, y): (f32, f32),
        side: Anchor,
        lines: &[String],
        size: f32,
        bold: bool,
        tone: Tone,
    ) {
        let above = (lines.len().max(1) - 1) as f32 * leading(size) / 2.0;
        self.lines((x, y + size * 0.36 - above), side, lines, size, bold, tone);
    }

    /// The numbers along an axis that runs from left to right, as many as stand free; `places` are numbers with
    /// where they stand, the first and the last going before the others.
    pub fn numbers(&mut self, places: &[(String, f32)], y: f32, size: f32) {
        let mut order: Vec<usize> = (0..places.len()).collect();
        if order.len() > 2 {
            let last = order.len() - 1;
            order.swap(1, last);
        }
        let mut taken: Vec<(f32, f32)> = Vec::new();
        for index in order {
            let (number, x) = &places[index];
            let half = text::width(number, size, false) / 2.0;
            let free = taken.iter().all(|(from, to)| x - half > to + 3.0 || x + half < from - 3.0);
            if free {
                taken.push((x - half, x + half));
                self.text((*x, y), Anchor::Middle, number, size, false, Tone::Quiet);
            }
        }
    }
}

/// Left, upper, right and lower edge of words.
pub fn bounds(shape: &Shape) -> Option<[f32; 4]> {
    let Shape::Text { x, y, side, text, size, bold, .. } = shape else { return None };
    let width = text::width(text, *size, *bold);
    let left = match side {
        Anchor::Start => *x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Some([left, y - size * 0.72, left + width, y + size * 0.1])
}

pub fn corners(x: f32, y: f32, width: f32, height: f32) -> Vec<(f32, f32)> {
    vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
}

/// Points of an arc around a centre; angles from the right, against the clock.
pub fn arc((x, y): (f32, f32), radius: f32, from: f32, to: f32) -> Vec<(f32, f32)> {
    let steps = (((to - from).abs() / 0.05).ceil() as usize).clamp(1, 200);
    let angle = |step: usize| from + (to - from) * step as f32 / steps as f32;
    (0..=steps).map(|step| (x + radius * angle(step).cos(), y - radius * angle(step).sin())).collect()
}
