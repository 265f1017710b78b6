//! Strips → pages: where to break, what to keep together, what to repeat.

use super::strip::{Frame, Ink, Mark, Strip};
use super::style::Style;

/// The marks of one page, in page coordinates.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Drawn first, outside the structure.
    pub ground: Vec<Mark>,
    pub marks: Vec<Mark>,
    /// Drawn last, outside the structure: the lines at the head and the foot.
    pub header: Vec<Mark>,
    pub footer: Vec<Mark>,
    /// How far down it is filled.
    pub used: f32,
    /// Whether it was begun only because the one before it was full.
    pub goes_on: bool,
}

/// Where a heading came to stand: page from 0, and its upper edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    pub page: usize,
    pub y: f32,
}

/// Strips with all that they refer to.
#[derive(Debug, Default)]
pub struct Flow {
    pub strips: Vec<Strip>,
    pub frames: Vec<Frame>,
    /// Table heads as strips, drawn again on each page that the table reaches.
    pub heads: Vec<Vec<Strip>>,
}

#[derive(Clone, Copy)]
pub(super) struct Cursor {
    pub(super) y: f32,
    pub(super) frame: Option<usize>,
    /// Whether nothing stands on the page yet.
    pub(super) fresh: bool,
}

/// The beginning of a page.
fn fresh(style: &Style) -> Cursor {
    Cursor { y: style.top, frame: None, fresh: true }
}

impl Flow {
    /// The pages, and each heading's place among them by the heading's number.
    pub fn pages(&self, style: &Style, headings: usize) -> (Vec<Page>, Vec<Option<Spot>>) {
        self.pages_from(style, headings, fresh(style))
    }

    /// The same, where the first page already holds something.
    pub(super) fn pages_from(
        &self,
        style: &Style,
        headings: usize,
        cursor: Cursor,
    ) -> (Vec<Page>, Vec<Option<Spot>>) {
        let pages = vec![Page::default()];
        let mut out =
            Paper { style, flow: self, pages, spots: vec![None; headings], open: Vec::new(), cursor };
        let mut start = 0;
        while start < self.strips.len() {
            let more = self.strips[start + 1..].iter().take_while(|strip| strip.keep && !strip.turn).count();
            let group = &self.strips[start..=start + more];
            if !out.cursor.fresh && (group[0].turn || !self.fits(style, out.cursor, group)) {
                out.turn();
                out.page().goes_on = !group[0].turn;
            }
            for strip in group {
                if !out.cursor.fresh && !self.fits(style, out.cursor, std::slice::from_ref(strip)) {
                    out.turn();
                }
                out.place(strip);
            }
            start += more + 1;
        }
        out.end_page();
        (out.pages, out.spots)
    }

    fn fits(&self, style: &Style, mut cursor: Cursor, group: &[Strip]) -> bool {
        group.iter().all(|strip| {
            cursor = self.after(style, cursor, strip);
            cursor.y + self.pads(cursor.frame, None) <= style.bottom + 0.01
        })
    }

    fn after(&self, style: &Style, cursor: Cursor, strip: &Strip) -> Cursor {
        if cursor.fresh && strip.divider {
            return cursor;
        }
        let common = self.common(cursor.frame, strip.frame);
        let mut y =
            cursor.y + self.pads(cursor.frame, common) + self.pads(strip.frame, common) + strip.height;
        if !cursor.fresh {
            y += strip.space;
        } else if let Some(head) = self.repeated(style, strip) {
            y += head.iter().map(|strip| strip.height).sum::<f32>();
        }
        Cursor { y, frame: strip.frame, fresh: false }
    }

    /// The head to be drawn above a strip that begins a page, unless it would fill the page.
    fn repeated(&self, style: &Style, strip: &Strip) -> Option<&[Strip]> {
        let head = self.heads.get(strip.head?)?;
        let height: f32 = head.iter().map(|strip| strip.height).sum();
        (height + strip.height <= style.bottom - style.top - self.pads(strip.frame, None) * 2.0)
            .then_some(head.as_slice())
    }

    fn chain(&self, frame: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(frame, |frame| self.frames[*frame].parent)
    }

    /// The innermost frame around both; a frame's parents have lower numbers than itself.
    fn common(&self, one: Option<usize>, other: Option<usize>) -> Option<usize> {
        let (mut one, mut other) = (one, other);
        while one != other {
            match (one, other) {
                (Some(a), Some(b)) if a > b => one = self.frames[a].parent,
                (Some(_), None) => one = None,
                (_, Some(b)) => other = self.frames[b].parent,
                (None, None) => {}
            }
        }
        one
    }

    /// The padding of all frames from `frame` outwards up to `outer`, which is left out.
    fn pads(&self, frame: Option<usize>, outer: Option<usize>) -> f32 {
        self.chain(frame).take_while(|frame| Some(*frame) != outer).map(|frame| self.frames[frame].pad).sum()
    }
}

pub(super) struct Paper<'a> {
    pub(super) style: &'a Style,
    flow: &'a Flow,
    pub(super) pages: Vec<Page>,
    pub(super) spots: Vec<Option<Spot>>,
    /// The frames around the cursor, outermost first, each with its upper edge and its place in the ground.
    open: Vec<(usize, f32, usize)>,
    pub(super) cursor: Cursor,
}

impl Paper<'_> {
    pub(super) fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn end_page(&mut self) {
        self.close_to(None);
        self.page().used = self.cursor.y;
    }

    pub(super) fn turn(&mut self) {
        self.end_page();
        self.pages.push(Page { goes_on: true, ..Page::default() });
        self.cursor = fresh(self.style);
    }

    fn close_to(&mut self, outer: Option<usize>) {
        while let Some(&(frame, top, place)) = self.open.last()
            && Some(frame) != outer
        {
            self.open.pop();
            let frame = &self.flow.frames[frame];
            self.cursor.y += frame.pad;
            let height = self.cursor.y - top;
            let mut marks = Vec::new();
            if let Some(ground) = frame.ground {
                marks.push(Mark::rectangle(frame.x, top, frame.width, height, ground));
            }
            if let Some((color, width)) = frame.bar {
                marks.push(Mark::rectangle(frame.x, top, width, height, color));
            }
            self.page().ground.splice(place..place, marks);
        }
    }

    pub(super) fn open_to(&mut self, frame: Option<usize>) {
        let now = self.open.last().map(|open| open.0);
        let mut inner: Vec<usize> = self.flow.chain(frame).take_while(|frame| Some(*frame) != now).collect();
        inner.reverse();
        for frame in inner {
            let place = self.page().ground.len();
            self.open.push((frame, self.cursor.y, place));
            self.cursor.y += self.flow.frames[frame].pad;
        }
    }

    fn place(&mut self, strip: &Strip) {
        if self.cursor.fresh && strip.divider {
            return;
        }
        self.close_to(self.flow.common(self.cursor.frame, strip.frame));
        if !self.cursor.fresh {
            self.cursor.y += strip.space;
        }
        self.open_to(strip.frame);
        self.cursor.frame = strip.frame;
        if self.cursor.fresh
            && let Some(head) = self.flow.repeated(self.style, strip)
        {
            for strip in head {
                let y = self.cursor.y;
                self.draw(strip, y, false);
                self.cursor.y += strip.height;
            }
        }
        self.cursor.fresh = false;
        let y = self.cursor.y;
        if let Some(spot) = strip.heading.and_then(|heading| self.spots.get_mut(heading)) {
            *spot = Some(Spot { page: self.pages.len() - 1, y });
        }
        self.draw(strip, y, true);
        match &strip.beside {
            Some(beside) => beside.place(self, strip.frame),
            None => self.cursor.y += strip.height,
        }
    }

    /// How much the frames around the cursor need at either end of a page.
    pub(super) fn frames_need(&self) -> f32 {
        self.flow.pads(self.cursor.frame, None)
    }

    /// Puts a strip on the page. Drawn a second time it is decoration, and its links do not work again.
    fn draw(&mut self, strip: &Strip, y: f32, first: bool) {
        let page = self.page();
        for mark in &strip.marks {
            let mut mark = mark.clone();
            mark.y += y;
            if !first {
                if matches!(mark.ink, Ink::Area { .. }) {
                    continue;
                }
                mark.node = None;
            }
            if mark.is_decoration() { page.ground.push(mark) } else { page.marks.push(mark) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    fn style() -> Style {
        Style::of(&Theme::default(), crate::document::Page::Paper)
    }

    fn strip(height: f32, keep: bool) -> Strip {
        Strip {
            height,
            keep,
            marks: vec![Mark::rectangle(0.0, 0.0, 1.0, height, style().colors.ink).of(1)],
            ..Strip::default()
        }
    }

    fn counts(flow: &Flow) -> Vec<usize> {
        flow.pages(&style(), 0).0.iter().map(|page| page.marks.len()).collect()
    }

    #[test]
    fn what_is_kept_together_moves_together() {
        let page = style().bottom - style().top;
        let strips = vec![strip(page * 0.6, false), strip(page * 0.3, false), strip(page * 0.2, true)];
        assert_eq!(counts(&Flow { strips, ..Flow::default() }), [1, 2]);
    }

    #[test]
    fn what_is_taller_than_a_page_is_parted_and_goes_on() {
        let page = style().bottom - style().top;
        let strips = vec![
            strip(page * 0.7, false),
            strip(page * 0.7, true),
            strip(page * 2.0, true),
            strip(1.0, true),
        ];
        assert_eq!(counts(&Flow { strips, ..Flow::default() }), [1, 1, 1, 1]);
    }

    #[test]
    fn a_box_is_drawn_on_each_page_that_it_reaches() {
        let page = style().bottom - style().top;
        let frame = Frame {
            parent: None,
            x: 0.0,
            width: 9.0,
            ground: Some(style().colors.accent_pale),
            bar: None,
            pad: 5.0,
        };
        let within = |height| Strip { frame: Some(0), ..strip(height, false) };
        let flow = Flow {
            strips: vec![within(page * 0.6), within(page * 0.6)],
            frames: vec![frame],
            heads: Vec::new(),
        };
        let (pages, _) = flow.pages(&style(), 0);
        assert_eq!(pages.iter().map(|page| page.ground.len()).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn a_table_head_is_repeated_as_decoration() {
        let page = style().bottom - style().top;
        let row = Strip { head: Some(0), ..strip(page * 0.4, false) };
        let flow = Flow {
            strips: vec![strip(20.0, false), row.clone(), row.clone(), row],
            frames: Vec::new(),
            heads: vec![vec![strip(20.0, false)]],
        };
        let (pages, _) = flow.pages(&style(), 0);
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[1].ground.len(), 1);
        assert_eq!(pages[1].marks.len(), 1);
    }
}
