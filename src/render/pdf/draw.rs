//! Pages → their content, with the structure that it belongs to.

use std::collections::BTreeMap;

use super::content::Pen;
use super::embed::Set;
use super::inlines::Link;
use super::pages::{Page, Spot};
use super::picture::Gallery;
use super::strip::{Ink, Mark};
use super::style::Style;
use super::syntax::hundredths;
use super::tags::{Kid, Node, Tree};

/// The pages as bytes, and what finishing needs to know of them.
pub struct Drawing {
    pub pages: Vec<Drawn>,
    /// The areas of links, page by page.
    pub areas: Vec<Area>,
    /// The page of each figure and its bounds there.
    pub figures: BTreeMap<Node, (usize, Bounds)>,
}

/// A drawn page.
#[derive(Debug, Default)]
pub struct Drawn {
    pub content: Vec<u8>,
    /// The element of each marked stretch of content.
    pub marks: Vec<Node>,
}

/// Where a link can be clicked.
#[derive(Debug)]
pub struct Area {
    pub page: usize,
    /// Its link, by that one's number in the paper.
    pub link: usize,
    /// Left, lower, right and upper edge, in hundredths of a point from the page's lower left corner.
    pub edges: [i64; 4],
}

/// Left, upper, right and lower edge, in page coordinates.
pub type Bounds = [f32; 4];

/// What drawing needs besides the marks.
pub struct Supplies<'a> {
    pub style: &'a Style,
    pub fonts: &'a Set,
    pub links: &'a [Link],
    pub gallery: &'a Gallery<'a>,
}

/// Draws the pages and puts what they hold into the tree.
pub fn draw(pages: &[Page], supplies: &Supplies<'_>, tree: &mut Tree) -> Drawing {
    let mut out = Drawing { pages: Vec::new(), areas: Vec::new(), figures: BTreeMap::new() };
    for (number, page) in pages.iter().enumerate() {
        let mut pen = Pen::new(supplies);
        pen.scale(supplies.style.scale);
        let mut marks = Vec::new();
        if !page.ground.is_empty() {
            pen.open_artifact(None);
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
                    tree.add(target.node, Kid::Link { page: number, area: out.areas.len() });
                    let edges = edges(supplies.style, mark, width, height);
                    out.areas.push(Area { page: number, link, edges });
                }
            }
            if stretch.iter().all(|mark| matches!(mark.ink, Ink::Area { .. })) {
                continue;
            }
            match node {
                Some(node) => {
                    let kind = tree.get(node).kind;
                    pen.open(kind, marks.len());
                    tree.add(node, Kid::Content { page: number, mark: marks.len() });
                    marks.push(node);
                    if kind == "Figure" {
                        let bounds = out.figures.entry(node).or_insert((number, EMPTY));
                        if bounds.0 == number {
                            stretch.iter().for_each(|mark| widen(&mut bounds.1, mark));
                        }
                    }
                }
                None => pen.open_artifact(None),
            }
            stretch.iter().for_each(|mark| pen.mark(mark));
            pen.close();
        }
        for (marks, subtype) in [(&page.header, "Header"), (&page.footer, "Footer")] {
            if !marks.is_empty() {
                pen.open_artifact(Some(subtype));
                marks.iter().for_each(|mark| pen.mark(mark));
                pen.close();
            }
        }
        out.pages.push(Drawn { content: pen.finish(), marks });
    }
    out
}

/// The edges of an area of a link. Links lie above the drawing, and are measured in points of paper.
fn edges(style: &Style, mark: &Mark, width: f32, height: f32) -> [i64; 4] {
    let lower = style.page_height - mark.y - height;
    [mark.x, lower, mark.x + width, lower + height].map(|edge| hundredths(edge * style.scale))
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

/// Where the window's upper edge stands when a heading is jumped to, from the page's lower edge.
pub fn top(style: &Style, spot: Spot) -> f32 {
    (style.page_height - spot.y + 8.0) * style.scale
}
