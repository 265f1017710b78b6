//! Columns and cards: flows that stand side by side and go on, each for itself, on the pages that follow.

use super::pages::{Cursor, Flow, Page, Paper, Spot};
use super::strip::{Ink, Mark, Strip};
use super::style::Style;
use crate::theme::Color;

/// Flows side by side.
#[derive(Debug)]
pub struct Beside {
    pub flows: Vec<Flow>,
    /// The box around each flow: where it stands and how wide it is; empty where there are none.
    pub boxes: Vec<(f32, f32)>,
    pub line: Color,
    /// Between a box and what is in it, above and below.
    pub pad: f32,
    /// How many headings stand before and in the flows.
    pub headings: usize,
}

impl Beside {
    /// A strip for the flows, and what must be free for it: all its height where that is less than half a
    /// page, so that what is short is not parted.
    pub fn strip(self, style: &Style, frame: Option<usize>) -> Strip {
        let endless = Style { top: 0.0, bottom: f32::MAX, ..style.clone() };
        let start = Cursor { y: 0.0, frame: None, fresh: false };
        let heights = self.flows.iter().map(|flow| {
            let (pages, _) = flow.pages_from(&endless, 0, start);
            pages.last().map_or(0.0, |page| page.used)
        });
        let height = heights.fold(0.0, f32::max) + 2.0 * self.pad;
        let page = style.bottom - style.top;
        let height = if height > page / 2.0 { page / 6.0 } else { height };
        let baseline = self.flows.first().and_then(|flow| flow.strips.first()).map_or(0.0, |s| s.baseline);
        Strip {
            height,
            baseline: self.pad + baseline,
            frame,
            beside: Some(std::rc::Rc::new(self)),
            ..Strip::default()
        }
    }

    /// Puts the flows where the paper's cursor stands, over as many pages as the longest one needs.
    pub(super) fn place(&self, paper: &mut Paper<'_>, frame: Option<usize>) {
        let need = paper.frames_need();
        let style = Style {
            top: paper.style.top + need + self.pad,
            bottom: paper.style.bottom - need - self.pad,
            ..paper.style.clone()
        };
        let start = Cursor { y: paper.cursor.y + self.pad, frame: None, fresh: false };
        let first = paper.pages.len() - 1;
        let mut columns: Vec<std::vec::IntoIter<Page>> = Vec::new();
        for flow in &self.flows {
            let (pages, spots) = flow.pages_from(&style, self.headings, start);
            for (spot, found) in paper.spots.iter_mut().zip(spots) {
                *spot = found.map(|found| Spot { page: first + found.page, ..found }).or(*spot);
            }
            columns.push(pages.into_iter());
        }
        let most = columns.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
        for turned in 0..most {
            if turned > 0 {
                paper.turn();
                paper.open_to(frame);
                paper.cursor.frame = frame;
                paper.cursor.fresh = false;
            }
            let top = paper.cursor.y;
            let reached: Vec<Option<Page>> = columns.iter_mut().map(Iterator::next).collect();
            let used = reached.iter().flatten().map(|page| page.used).fold(top + self.pad, f32::max);
            let bottom = used + self.pad;
            let height = bottom - top;
            let page = paper.page();
            for ((x, width), reached) in self.boxes.iter().zip(&reached) {
                if reached.is_some() {
                    page.ground.push(outline(*x, top, *width, height, self.line));
                }
            }
            for reached in reached.into_iter().flatten() {
                page.ground.extend(reached.ground);
                page.marks.extend(reached.marks);
            }
            paper.cursor.y = bottom;
        }
    }
}

/// The outline of a box, which only decorates.
pub fn outline(x: f32, y: f32, width: f32, height: f32, line: Color) -> Mark {
    let points = vec![(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    let ink = Ink::Shape { points, closed: true, fill: None, stroke: Some((line, 0.7)) };
    Mark { x, y, node: None, ink }
}
