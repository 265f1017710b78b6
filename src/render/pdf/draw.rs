//! Marks → the operations of each page, with the structure that they belong to.

use std::collections::BTreeMap;

use printpdf::{
    Actions, BorderArray, DictItem, FontId, Line, LinePoint, LinkAnnotation, Mm, Op, PaintMode,
    PdfFontHandle, PdfPage, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder,
};

use super::embed::{Embedded, stand_in};
use super::fonts::Face;
use super::inlines::{Link, Target};
use super::notes::NoteSpots;
use super::pages::{Page, Spot};
use super::picture::{self, Gallery};
use super::shape::Word;
use super::strip::{Ink, Mark};
use super::style::Style;
use super::tags::{Kid, Node, Tree};
use crate::theme::Color;

/// The pages as printpdf takes them, and what finishing needs to know of them.
pub struct Drawing {
    pub pages: Vec<PdfPage>,
    pub drawn: Vec<Drawn>,
    /// The page of each figure and its bounds there.
    pub figures: BTreeMap<Node, (usize, Bounds)>,
}

/// What is on a drawn page.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The element of each marked stretch of content.
    pub marks: Vec<Node>,
    /// The number of each link area's link.
    pub links: Vec<usize>,
}

/// Left, upper, right and lower edge, in page coordinates.
pub type Bounds = [f32; 4];

/// What drawing needs besides the marks.
pub struct Supplies<'a> {
    pub style: &'a Style,
    pub fonts: &'a BTreeMap<Face, Embedded>,
    pub links: &'a [Link],
    pub spots: &'a [Option<Spot>],
    pub notes: &'a NoteSpots,
    pub gallery: &'a Gallery<'a>,
}

/// The name of a face among the resources.
pub fn resource(face: Face) -> FontId {
    FontId(format!("T{}", face as usize))
}

/// Draws the pages and puts what they hold into the tree.
pub fn draw(pages: &[Page], supplies: &Supplies<'_>, tree: &mut Tree) -> Drawing {
    let mut out = Drawing { pages: Vec::new(), drawn: Vec::new(), figures: BTreeMap::new() };
    for (number, page) in pages.iter().enumerate() {
        let mut pen = Pen::new(supplies);
        let mut drawn = Drawn::default();
        if !page.ground.is_empty() {
            pen.open(artifact(None));
            page.ground.iter().for_each(|mark| pen.mark(mark));
            pen.close();
        }
        let mut rest = page.marks.as_slice();
        while let Some(first) = rest.first() {
            let node = first.node;
            let count = rest.iter().take_while(|mark| mark.node == node).count();
            let (stretch, others) = rest.split_at(count);
            rest = others;
            for mark in stretch {
                if let Ink::Area { width, height, link } = mark.ink {
                    let Some(target) = supplies.links.get(link) else { continue };
                    pen.area(mark, width, height, &target.target);
                    drawn.links.push(link);
                    tree.add(target.node, Kid::Link { page: number, link });
                }
            }
            if stretch.iter().all(|mark| matches!(mark.ink, Ink::Area { .. })) {
                continue;
            }
            match node {
                Some(node) => {
                    let kind = tree.get(node).kind;
                    let mark = drawn.marks.len();
                    pen.open(Op::BeginMarkedContentWithProperties {
                        tag: kind.to_owned(),
                        properties: dictionary([("MCID", DictItem::Int(mark as i64))]),
                    });
                    drawn.marks.push(node);
                    tree.add(node, Kid::Content { page: number, mark });
                    if kind == "Figure" {
                        let bounds = out.figures.entry(node).or_insert((number, EMPTY));
                        if bounds.0 == number {
                            stretch.iter().for_each(|mark| widen(&mut bounds.1, mark));
                        }
                    }
                }
                None => pen.open(artifact(None)),
            }
            stretch.iter().for_each(|mark| pen.mark(mark));
            pen.close();
        }
        for (marks, subtype) in [(&page.header, "Header"), (&page.footer, "Footer")] {
            if !marks.is_empty() {
                pen.open(artifact(Some(subtype)));
                marks.iter().for_each(|mark| pen.mark(mark));
                pen.close();
            }
        }
        let mut page = PdfPage::new(Mm(210.0), Mm(297.0), pen.ops);
        for edges in [&mut page.media_box, &mut page.trim_box, &mut page.crop_box] {
            *edges = Rect::from_wh(Pt(supplies.style.page_width), Pt(supplies.style.page_height));
        }
        out.pages.push(page);
        out.drawn.push(drawn);
    }
    out
}

const EMPTY: Bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];

fn widen(bounds: &mut Bounds, mark: &Mark) {
    let mut add = |x: f32, y: f32| {
        *bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
    };
    match &mark.ink {
        Ink::Word { word, size, .. } => {
            add(mark.x, mark.y - size);
            add(mark.x + word.width * size / 1000.0, mark.y + size * 0.3);
        }
        Ink::Shape { points, .. } => points.iter().for_each(|(x, y)| add(mark.x + x, mark.y + y)),
        Ink::Picture { width, height, .. } => {
            add(mark.x, mark.y);
            add(mark.x + width, mark.y + height);
        }
        Ink::Area { .. } => {}
    }
}

fn artifact(subtype: Option<&str>) -> Op {
    match subtype {
        None => Op::BeginMarkedContent { tag: "Artifact".to_owned() },
        Some(subtype) => Op::BeginMarkedContentWithProperties {
            tag: "Artifact".to_owned(),
            properties: dictionary([
                ("Type", DictItem::Name(b"Pagination".to_vec())),
                ("Subtype", DictItem::Name(subtype.as_bytes().to_vec())),
            ]),
        },
    }
}

fn dictionary<const N: usize>(entries: [(&str, DictItem); N]) -> DictItem {
    DictItem::Dict { map: entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect() }
}

/// Hundredths of a point are finer than any printer, and short numbers make a small file.
fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn color(color: Color) -> printpdf::Color {
    let [r, g, b] = color.0.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
    printpdf::Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

/// Glyphs that follow each other on one baseline.
struct Run {
    face: Face,
    size: f32,
    color: Color,
    x: f32,
    y: f32,
    /// Where the pen stands; none where the next glyph must be placed anew.
    end: Option<f32>,
    /// Codes as characters, see `embed::stand_in`, and the kerning between them.
    items: Vec<TextItem>,
}

/// Writes operations and leaves out what is already so.
struct Pen<'a> {
    supplies: &'a Supplies<'a>,
    ops: Vec<Op>,
    run: Option<Run>,
    in_text: bool,
    font: Option<(Face, f32)>,
    fill: Option<Color>,
    stroke: Option<(Color, f32)>,
}

impl<'a> Pen<'a> {
    fn new(supplies: &'a Supplies<'a>) -> Pen<'a> {
        Pen { supplies, ops: Vec::new(), run: None, in_text: false, font: None, fill: None, stroke: None }
    }

    fn open(&mut self, op: Op) {
        self.end_text();
        self.ops.push(op);
    }

    fn close(&mut self) {
        self.end_text();
        self.ops.push(Op::EndMarkedContent);
    }

    fn end_text(&mut self) {
        self.flush();
        if std::mem::take(&mut self.in_text) {
            self.ops.push(Op::EndTextSection);
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match &mark.ink {
            Ink::Word { word, size, color } => self.word(mark, word, *size, *color),
            Ink::Shape { points, closed, fill, stroke } => self.shape(mark, points, *closed, *fill, *stroke),
            Ink::Picture { number, width, height } => self.picture(mark, *number, *width, *height),
            Ink::Area { .. } => {}
        }
    }

    fn picture(&mut self, mark: &Mark, number: usize, width: f32, height: f32) {
        self.end_text();
        let below = self.supplies.style.page_height - mark.y - height;
        let place = [mark.x, below, width, height].map(rounded);
        self.ops.extend(picture::operations(self.supplies.gallery, number, place));
    }

    fn word(&mut self, mark: &Mark, word: &Word, size: f32, color: Color) {
        let Some(embedded) = self.supplies.fonts.get(&word.face) else { return };
        let scale = size / 1000.0;
        let mut x = mark.x;
        for glyph in &word.glyphs {
            let text = &word.text[glyph.text.clone()];
            let code = embedded.codes.get(glyph.id, text);
            let kern = glyph.natural - glyph.advance;
            let moved = glyph.dx != 0.0 || glyph.dy != 0.0;
            let (at, y) = (x + glyph.dx * scale, mark.y - glyph.dy * scale);
            let follows = !moved
                && self.run.as_ref().is_some_and(|run| {
                    (run.face, run.size, run.color, run.y) == (word.face, size, color, y) && run.end.is_some()
                });
            x += glyph.advance * scale;
            if !follows {
                self.flush();
                self.run =
                    Some(Run { face: word.face, size, color, x: at, y, end: Some(at), items: Vec::new() });
            }
            if let Some(run) = &mut self.run {
                // What stands further along the same line is reached by a step, which is shorter than a place.
                let gap = at - run.end.unwrap_or(at);
                if gap.abs() >= 0.02 {
                    run.items.push(TextItem::Offset((-gap / scale).round()));
                }
                match run.items.last_mut() {
                    Some(TextItem::Text(codes)) => codes.push(stand_in(code)),
                    _ => run.items.push(TextItem::Text(stand_in(code).to_string())),
                }
                if kern.abs() >= 0.5 {
                    run.items.push(TextItem::Offset(kern.round()));
                }
                // A glyph that was moved aside ends its run, as the next one starts from elsewhere.
                run.end = (!moved).then_some(x);
            }
        }
    }

    fn point(&self, x: f32, y: f32) -> LinePoint {
        let y = self.supplies.style.page_height - y;
        LinePoint { p: Point { x: Pt(rounded(x)), y: Pt(rounded(y)) }, bezier: false }
    }

    fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        if !self.in_text {
            self.ops.push(Op::StartTextSection);
            self.in_text = true;
        }
        if self.fill != Some(run.color) {
            self.ops.push(Op::SetFillColor { col: color(run.color) });
            self.fill = Some(run.color);
        }
        if self.font != Some((run.face, run.size)) {
            let font = PdfFontHandle::External(resource(run.face));
            self.ops.push(Op::SetFont { font, size: Pt(rounded(run.size)) });
            self.font = Some((run.face, run.size));
        }
        let (x, y) = (Pt(rounded(run.x)), Pt(rounded(self.supplies.style.page_height - run.y)));
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(x, y) });
        self.ops.push(Op::ShowText { items: run.items });
    }

    fn shape(
        &mut self,
        mark: &Mark,
        points: &[(f32, f32)],
        closed: bool,
        fill: Option<Color>,
        stroke: Option<(Color, f32)>,
    ) {
        self.end_text();
        if let Some(fill) = fill
            && self.fill != Some(fill)
        {
            self.ops.push(Op::SetFillColor { col: color(fill) });
            self.fill = Some(fill);
        }
        if let Some(stroke) = stroke
            && self.stroke != Some(stroke)
        {
            self.ops.push(Op::SetOutlineColor { col: color(stroke.0) });
            self.ops.push(Op::SetOutlineThickness { pt: Pt(rounded(stroke.1)) });
            self.stroke = Some(stroke);
        }
        let points: Vec<LinePoint> = points.iter().map(|(x, y)| self.point(mark.x + x, mark.y + y)).collect();
        let mode = match (fill, stroke) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, _) => {
                self.ops.push(Op::DrawLine { line: Line { points, is_closed: closed } });
                return;
            }
        };
        let rings = vec![PolygonRing { points }];
        let polygon = Polygon { rings, mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn area(&mut self, mark: &Mark, width: f32, height: f32, target: &Target) {
        let supplies = self.supplies;
        let within = |spots: &[Option<Spot>], number: &usize| {
            let spot = spots.get(*number).copied().flatten().unwrap_or(Spot { page: 0, y: 0.0 });
            Actions::go_to(printpdf::Destination::Xyz {
                page: spot.page + 1,
                left: Some(0.0),
                top: Some(top(supplies.style, spot)),
                zoom: None,
            })
        };
        let action = match target {
            Target::Address(address) => Actions::uri(address.clone()),
            Target::Heading(heading) => within(supplies.spots, heading),
            Target::Note(note) => within(&supplies.notes.labels, note),
            Target::Reference(note) => within(&supplies.notes.references, note),
        };
        let rect = Rect::from_xywh(
            Pt(rounded(mark.x)),
            Pt(rounded(self.supplies.style.page_height - mark.y - height)),
            Pt(rounded(width)),
            Pt(rounded(height)),
        );
        let border = BorderArray::Solid([0.0; 3]);
        let link = LinkAnnotation::new(rect, action, Some(border), None, None);
        self.ops.push(Op::LinkAnnotation { link });
    }
}

/// Where the window's upper edge stands when a heading is jumped to, from the page's lower edge.
pub fn top(style: &Style, spot: Spot) -> f32 {
    rounded(style.page_height - spot.y + 8.0)
}
