//! Blocks → strips: the paper's text column, before it is cut into pages.

use crate::document::{Block, CalloutKind, Inline, List};

use super::fonts::Face;
use super::inlines::{Base, Inlines};
use super::lines::{self, Line, Look, Running};
use super::pages::Flow;
use super::shape::Shaper;
use super::strip::{Frame, Ink, Mark, Strip, draw_line};
use super::style::Style;
use super::tags::{Node, Tree};
use crate::theme::Color;

/// Blocks nested deeper than this are set one after the other, so that no document exhausts the stack.
const DEEPEST: usize = 100;

/// Where a block is set: its column, and what it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub x: f32,
    pub width: f32,
    pub frame: Option<usize>,
    pub node: Node,
    pub color: Color,
    /// Behind code in running text.
    pub code_ground: Color,
    /// Whether blocks stand close together, as in a tight list.
    pub tight: bool,
    /// Whether text is set as small as footnotes are.
    pub small: bool,
    pub side: Side,
    /// How many lists stand around it.
    pub lists: usize,
    /// Text is not set narrower than this however deep it is nested.
    pub narrowest: f32,
    /// How many blocks of any kind stand around it.
    pub depth: usize,
}

impl Place {
    /// The whole text column of a page.
    pub fn column(style: &Style, node: Node) -> Place {
        Place {
            x: style.left,
            width: style.text_width,
            frame: None,
            node,
            color: style.colors.ink,
            code_ground: style.colors.code_ground,
            tight: false,
            small: false,
            side: Side::Start,
            lists: 0,
            narrowest: style.narrowest,
            depth: 0,
        }
    }

    /// The size and the leading of running text.
    pub fn type_size(&self, style: &Style) -> (f32, f32) {
        match self.small {
            true => (style.note_size, style.note_leading),
            false => (style.body_size, style.body_leading),
        }
    }

    pub fn gap(&self, style: &Style) -> f32 {
        if self.tight { style.tight_gap } else { style.paragraph_gap }
    }

    /// The column that is left right of an indent, or the same one where that would be too narrow.
    pub fn indented(&self, left: f32, right: f32) -> Option<Place> {
        let width = self.width - left - right;
        (width >= self.narrowest).then_some(Place { x: self.x + left, width, ..*self })
    }
}

/// Which side the lines of a text keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Start,
    Center,
    End,
}

/// How far `line` begins from the left of a column.
pub fn offset(line: &Line, width: f32, side: Side) -> f32 {
    let room = (width - line.width).max(0.0);
    match side {
        Side::Center => room / 2.0,
        Side::End => room,
        Side::Start if line.rtl => room,
        Side::Start => 0.0,
    }
}

/// Where the baseline lies in a line of this height.
pub fn baseline(leading: f32, size: f32) -> f32 {
    (leading + 0.72 * size) / 2.0
}

/// Lays out block after block.
pub struct Builder<'a> {
    pub style: &'a Style,
    pub shaper: Shaper<'a>,
    pub tree: Tree,
    pub inlines: Inlines<'a>,
    pub flow: Flow,
    headings: usize,
    /// The rank of each heading in the outline.
    ranks: Vec<u8>,
    /// The space to be left above the next strip.
    space: f32,
    /// Whether the next strip must stay with the one before.
    keep: bool,
    /// The same for a short text behind a heading, which keeps the space above what follows.
    bind: bool,
    /// Whether the next strip begins a page.
    turn: bool,
    /// What stands beside the next strip's first line; `y` from its baseline.
    pub labels: Vec<Mark>,
}

impl<'a> Builder<'a> {
    /// `ranks` are those of the headings, in reading order.
    pub fn new(style: &'a Style, shaper: Shaper<'a>, inlines: Inlines<'a>, ranks: Vec<u8>) -> Builder<'a> {
        Builder {
            style,
            shaper,
            tree: Tree::new(),
            inlines,
            flow: Flow::default(),
            headings: 0,
            ranks,
            space: 0.0,
            keep: false,
            bind: false,
            turn: false,
            labels: Vec::new(),
        }
    }

    /// Lays something out beside what is there so far, and gives it as a flow of its own.
    pub fn aside(&mut self, lay_out: impl FnOnce(&mut Self)) -> Flow {
        let flow = std::mem::take(&mut self.flow);
        let labels = std::mem::take(&mut self.labels);
        let before = (self.space, self.keep, self.bind, self.turn);
        (self.space, self.keep, self.bind, self.turn) = (0.0, false, false, false);
        lay_out(self);
        (self.space, self.keep, self.bind, self.turn) = before;
        self.labels = labels;
        let mut aside = std::mem::replace(&mut self.flow, flow);
        if let Some(first) = aside.strips.first_mut() {
            first.space = 0.0;
        }
        // A page cannot end in the middle of a column.
        aside.strips.iter_mut().for_each(|strip| strip.turn = false);
        aside
    }

    /// How many headings were laid out so far.
    pub fn headings(&self) -> usize {
        self.headings
    }

    /// Lets what follows begin a page.
    pub fn turn(&mut self) {
        self.turn = true;
        self.keep = false;
    }

    /// Keeps what follows on the page of what was just set.
    pub fn keep(&mut self, keep: bool) {
        self.keep = keep;
    }

    /// Takes what was laid out so far and begins anew, with the same structure tree.
    pub fn take(&mut self) -> Flow {
        self.space = 0.0;
        self.keep = false;
        std::mem::take(&mut self.flow)
    }

    pub fn blocks(&mut self, blocks: &[Block], place: Place) {
        if place.depth >= DEEPEST {
            return self.flat(blocks, place);
        }
        let place = Place { depth: place.depth + 1, ..place };
        for (at, block) in blocks.iter().enumerate() {
            let above = self.flow.strips.len();
            self.block(block, place);
            let Block::Paragraph(text) = block else {
                self.bind = false;
                continue;
            };
            // A line behind a heading or all in bold, and a text between two headings, belong to what follows: alone at a
            // page's foot they would be lost. So would a last line at the head of the next page, away from its list.
            let heading = |block: Option<&Block>| matches!(block, Some(Block::Heading { .. }));
            let before = at.checked_sub(1).and_then(|before| blocks.get(before));
            let after = blocks.get(at + 1);
            let one_line = self.flow.strips.len() == above + 1;
            let titles = heading(before) || matches!(text.as_slice(), [Inline::Strong(_)]);
            self.bind = (one_line && titles) || (heading(before) && heading(after));
            if one_line && matches!(before, Some(Block::List(_))) && (after.is_none() || heading(after)) {
                self.flow.strips[above].keep = true;
            }
        }
    }

    /// Lays out what is nested too deep to be told apart, one after the other.
    fn flat(&mut self, blocks: &[Block], place: Place) {
        let mut waiting: Vec<&Block> = blocks.iter().rev().collect();
        while let Some(block) = waiting.pop() {
            match block {
                Block::Quote(_) | Block::Callout { .. } | Block::List(_) | Block::Layout(_) => {
                    waiting.extend(block.parts().into_iter().rev().flat_map(|blocks| blocks.iter().rev()));
                }
                _ => self.block(block, place),
            }
        }
    }

    /// Asks for at least this much space above what follows; a heading and a text that leads over to
    /// what follows have already said theirs.
    pub fn before(&mut self, space: f32) {
        if !self.keep {
            self.space = self.space.max(space);
        }
    }

    /// Asks for this space below what was just set.
    pub fn after(&mut self, space: f32) {
        self.space = space;
    }

    pub fn push(&mut self, mut strip: Strip) {
        strip.space = std::mem::take(&mut self.space);
        strip.turn = std::mem::take(&mut self.turn);
        strip.keep |= std::mem::take(&mut self.keep) | std::mem::take(&mut self.bind);
        for mut label in self.labels.drain(..) {
            label.y += strip.baseline;
            strip.marks.push(label);
        }
        self.flow.strips.push(strip);
    }

    /// Adds a line's strip for each line, so that neither the first nor the last stands alone.
    pub fn text(&mut self, running: &Running, place: Place, size: f32, leading: f32) {
        let lines = match place.side {
            Side::Center => lines::set_balanced(running, &mut self.shaper, place.width),
            _ => lines::set(running, &mut self.shaper, place.width),
        };
        self.lines(running, lines, place, size, leading);
    }

    fn lines(&mut self, running: &Running, lines: Vec<Line>, place: Place, size: f32, leading: f32) {
        let count = lines.len();
        for (index, line) in lines.iter().enumerate() {
            let extra = running.extra_height(line, leading);
            let baseline = baseline(leading, size) + extra;
            let mut marks = Vec::new();
            let x = place.x + offset(line, place.width, place.side);
            draw_line(line, running, x, baseline, &mut marks, place.code_ground);
            let keep = index == 1 || (index > 0 && index + 1 == count);
            // Labels stand before their text in the reading order.
            if index == 0 {
                let labels = self.labels.drain(..).map(|mut label| {
                    label.y += baseline;
                    label
                });
                marks.splice(0..0, labels);
            }
            self.push(Strip {
                height: leading + extra,
                keep,
                baseline,
                marks,
                frame: place.frame,
                ..Strip::default()
            });
        }
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading { level, text, .. } => self.heading(*level, text, place),
            Block::Paragraph(text) if super::picture::figure(self, text, place) => {}
            Block::Paragraph(text) => {
                let node = self.tree.push("P", place.node);
                let (size, leading) = place.type_size(self.style);
                let base =
                    Base { size, color: place.color, room: place.width, ..Base::body(self.style, node) };
                let running = self.inlines.read(text, base, &mut self.tree);
                self.text(&running, place, size, leading);
                self.after(place.gap(self.style));
                self.keep = running.text().trim_end().ends_with(':');
            }
            Block::List(list) => self.list(list, place),
            Block::Definitions(list) => super::definitions::lay_out(self, list, place),
            Block::Quote(blocks) => self.quote(blocks, place),
            Block::Callout { kind, blocks } => self.callout(*kind, blocks, place),
            Block::Code { text, .. } => self.code(text, place),
            Block::Chart(chart) => super::chart::lay_out(self, chart, place),
            Block::Table(table) => super::table::lay_out(self, table, place),
            Block::Layout(layout) => super::layout::lay_out(self, layout, place),
            Block::Form(form) => super::form::lay_out(self, form, place),
            Block::PageBreak => self.turn(),
            Block::Rule => {
                self.before(self.style.block_gap);
                let line = Mark::line(place.x, 0.5, place.width, 0.0, self.style.colors.hairline, 0.8);
                self.push(Strip { height: 1.0, marks: vec![line], frame: place.frame, ..Strip::default() });
                self.after(self.style.block_gap);
            }
        }
    }

    fn heading(&mut self, level: u8, text: &[crate::document::Inline], place: Place) {
        const KINDS: [&str; 6] = ["H1", "H2", "H3", "H4", "H5", "H6"];
        let look = self.style.heading(level);
        let rank = self.ranks.get(self.headings).copied().unwrap_or(level);
        let kind = KINDS[usize::from(rank.clamp(1, 6)) - 1];
        let node = self.tree.push(kind, place.node);
        let base = Base {
            face: (look.face == Face::Headline).then_some(look.face),
            size: look.size,
            color: look.color,
            bold: true,
            italic: look.italic,
            node,
            linked: true,
            room: place.width,
        };
        let running = self.inlines.read(text, base, &mut self.tree);
        // Right under another heading there is less to be parted.
        let before = if self.keep { look.before * 0.55 } else { look.before };
        self.space = self.space.max(before);
        if let Some((color, width)) = look.rule {
            let line = Mark::rectangle(place.x, 0.0, place.width, width, color);
            self.push(Strip {
                height: width + look.size * 0.5,
                divider: true,
                marks: vec![line],
                frame: place.frame,
                ..Strip::default()
            });
            self.keep = true;
        }
        let first = self.flow.strips.len();
        let lines = lines::set_balanced(&running, &mut self.shaper, place.width);
        self.lines(&running, lines, place, look.size, look.leading);
        for strip in &mut self.flow.strips[first + 1..] {
            strip.keep = true;
        }
        self.flow.strips[first].heading = Some(self.headings);
        self.headings += 1;
        self.after(look.after);
        self.keep = true;
    }

    fn list(&mut self, list: &List, place: Place) {
        const BULLETS: [&str; 3] = ["•", "–", "•"];
        let node = self.tree.push("L", place.node);
        self.tree.get_mut(node).numbering = Some(if list.start.is_some() { "Decimal" } else { "Disc" });
        let labels: Vec<String> = (0..list.items.len() as u64)
            .map(|index| match list.start {
                Some(start) => format!("{}.", start.saturating_add(index)),
                None => BULLETS[place.lists % BULLETS.len()].to_owned(),
            })
            .collect();
        let to_points = self.style.body_size / 1000.0;
        let widths: Vec<f32> = labels
            .iter()
            .map(|label| self.shaper.word(Face::Regular, false, label).width * to_points)
            .collect();
        let widest = widths.iter().copied().fold(0.0, f32::max);
        let indent = (widest + self.style.label_gap).max(self.style.list_indent);
        let inner = place.indented(indent, 0.0);
        if inner.is_none() && !self.labels.is_empty() {
            self.empty_line(place);
        }
        let tight = list.tight;
        let gap = if tight { self.style.tight_gap } else { self.style.paragraph_gap };
        self.before(gap);
        let mut starts = Vec::new();
        for ((item, label), width) in list.items.iter().zip(&labels).zip(widths) {
            let inner = inner.unwrap_or(place);
            let item_node = self.tree.push("LI", node);
            let label_node = self.tree.push("Lbl", item_node);
            let body = self.tree.push("LBody", item_node);
            let mut inner = Place { node: body, tight, lists: place.lists + 1, ..inner };
            let ordered = list.start.is_some();
            if ordered || item.task.is_none() {
                let word = self.shaper.word(Face::Regular, false, label);
                let left =
                    if ordered { inner.x - self.style.label_gap - width } else { inner.x - indent + 3.0 };
                let ink = Ink::Word { word, size: self.style.body_size, color: self.style.colors.accent };
                self.labels.push(Mark { x: left, y: 0.0, node: Some(label_node), ink });
            }
            if let Some(ticked) = item.task {
                let mut left = inner.x - indent;
                if ordered {
                    left = inner.x;
                    inner = inner.indented(self.style.list_indent, 0.0).unwrap_or(inner);
                }
                self.tree.get_mut(label_node).actual = Some(if ticked { "☑" } else { "☐" }.to_owned());
                self.labels.extend(task_box(self.style, left + 1.0, ticked, label_node));
            }
            starts.push(self.flow.strips.len());
            self.blocks(&item.blocks, inner);
            if !self.labels.is_empty() {
                self.empty_line(inner);
            }
            self.after(gap);
        }
        self.keep_ends(&starts);
        self.after(if place.lists > 0 { place.gap(self.style) } else { self.style.paragraph_gap });
        self.keep = false;
    }

    /// Leaves no item of one line alone at either end of a list, as no line of a paragraph is.
    fn keep_ends(&mut self, starts: &[usize]) {
        let strips = &mut self.flow.strips;
        let [first, second, ..] = *starts else { return };
        let end = strips.len();
        if second == first + 1
            && let Some(strip) = strips.get_mut(second)
        {
            strip.keep = true;
        }
        if let Some(last) = starts.last()
            && last + 1 == end
        {
            strips[*last].keep = true;
        }
    }

    /// A line that holds nothing but the labels beside it.
    pub fn empty_line(&mut self, place: Place) {
        self.push(Strip {
            height: self.style.body_leading,
            baseline: baseline(self.style.body_leading, self.style.body_size),
            frame: place.frame,
            ..Strip::default()
        });
    }

    /// Keeps what comes next on the page of what was just set.
    pub fn keep_next(&mut self) {
        self.keep = true;
    }

    /// Puts a text that is a link beside the first line of what comes next.
    pub fn label(&mut self, running: &Running, x: f32, link: usize) {
        let lines = lines::set(running, &mut self.shaper, f32::MAX);
        let Some(line) = lines.first() else { return };
        let look = running.look(0);
        let ink = Ink::Area { width: line.width, height: look.size * 1.3, link };
        self.labels.push(Mark { x, y: -look.size, node: look.node, ink });
        draw_line(line, running, x, 0.0, &mut self.labels, self.style.colors.code_ground);
    }

    /// Gives a label that nothing followed a line of its own.
    pub fn end_label(&mut self, place: Place) {
        if !self.labels.is_empty() {
            self.empty_line(place);
        }
    }

    /// Opens a box and gives the place within, or the same place where it would be too narrow.
    fn framed(
        &mut self,
        place: Place,
        ground: Option<Color>,
        bar: Option<(Color, f32)>,
        pad: (f32, f32),
    ) -> Place {
        let (left, right) = (pad.0, if ground.is_some() { pad.0 * 0.9 } else { 0.0 });
        let Some(inner) = place.indented(left, right) else { return place };
        self.flow.frames.push(Frame {
            parent: place.frame,
            x: place.x,
            width: place.width,
            ground,
            bar,
            pad: pad.1,
        });
        Place { frame: Some(self.flow.frames.len() - 1), ..inner }
    }

    fn quote(&mut self, blocks: &[Block], place: Place) {
        self.before(self.style.block_gap * 0.75);
        let node = self.tree.push("BlockQuote", place.node);
        let inner = self.framed(place, None, Some((self.style.colors.accent_light, 2.0)), (15.0, 1.0));
        self.blocks(blocks, Place { node, color: self.style.colors.quiet, tight: false, ..inner });
        self.after(self.style.block_gap);
        self.keep = false;
    }

    fn callout(&mut self, kind: CalloutKind, blocks: &[Block], place: Place) {
        let look = self.style.callout(kind);
        self.before(self.style.block_gap);
        let node = self.tree.push("Div", place.node);
        let inner = self.framed(place, Some(look.ground), Some((look.strong, 3.0)), (16.0, 9.0));
        let label = self.tree.push("P", node);
        let running = Running::of(kind.label(), Look::plain(Face::Bold, 9.2, look.strong, Some(label)));
        self.text(&running, inner, 9.2, self.style.body_leading);
        self.after(1.5);
        self.keep = true;
        let color = self.style.colors.ink;
        let code_ground =
            if inner.frame == place.frame { place.code_ground } else { self.style.colors.paper };
        self.blocks(blocks, Place { node, color, code_ground, tight: false, ..inner });
        self.after(self.style.block_gap + 1.0);
        self.keep = false;
    }

    fn code(&mut self, text: &str, place: Place) {
        self.before(self.style.block_gap * 0.75);
        let paragraph = self.tree.push("P", place.node);
        let node = self.tree.push("Code", paragraph);
        let inner = self.framed(place, Some(self.style.colors.code_ground), None, (10.0, 7.0));
        let look = Look::plain(Face::Mono, self.style.code_size, self.style.colors.ink, Some(node));
        let mut running = Running::default();
        for (index, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if index > 0 {
                running.push_break(&look);
            }
            running.push(&line.trim_end_matches('\r').replace('\t', "    "), &look);
        }
        self.text(&running, inner, self.style.code_size, self.style.code_leading);
        self.after(self.style.block_gap);
    }

    /// A text in lines, which other parts put where they need it. A space behind it, out of sight, keeps it
    /// apart from what is read next.
    pub fn words(&mut self, text: &str, look: Look, width: f32) -> (Running, Vec<Line>) {
        let running =
            if text.is_empty() { Running::default() } else { Running::of(&format!("{text} "), look) };
        let lines = lines::set(&running, &mut self.shaper, width);
        (running, lines)
    }

    /// How wide a text is on one line.
    pub fn width(&mut self, text: &str, look: &Look) -> f32 {
        lines::extent(&Running::of(text, look.clone()), &mut self.shaper).widest
    }
}

/// A box to be ticked, or ticked, standing on the baseline.
fn task_box(style: &Style, x: f32, ticked: bool, node: Node) -> Vec<Mark> {
    let side = style.task_box;
    let shape = |points: Vec<(f32, f32)>, closed, fill, stroke| Mark {
        x,
        y: 0.6,
        node: Some(node),
        ink: Ink::Shape { points, closed, fill, stroke },
    };
    let square = vec![(0.0, 0.0), (side, 0.0), (side, -side), (0.0, -side)];
    let fill = if ticked { Some(style.colors.accent) } else { None };
    let mut out = vec![shape(square, true, fill, Some((style.colors.accent, 0.9)))];
    if ticked {
        let tick = vec![(side * 0.2, -side * 0.5), (side * 0.42, -side * 0.25), (side * 0.8, -side * 0.76)];
        out.push(shape(tick, false, None, Some((style.colors.on_accent, 1.3))));
    }
    out
}
