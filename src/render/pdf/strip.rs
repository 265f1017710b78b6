//! What layout hands to pagination: horizontal strips of marks that are never cut.

use std::rc::Rc;
use std::sync::Arc;

use super::beside::Beside;
use super::lines::{Line, Running};
use super::shape::Word;
use super::tags::Node;
use crate::theme::Color;

/// Something drawn; `x` from the page's left edge, `y` downwards from the strip's upper edge and,
/// once on a page, from the page's.
#[derive(Clone, Debug)]
pub struct Mark {
    pub x: f32,
    pub y: f32,
    /// What it belongs to; none where it only decorates the page.
    pub node: Option<Node>,
    pub ink: Ink,
}

#[derive(Clone, Debug)]
pub enum Ink {
    /// A word with its baseline's beginning at the mark's place.
    Word { word: Arc<Word>, size: f32, color: Color },
    /// Corners relative to the mark's place.
    Shape { points: Vec<(f32, f32)>, closed: bool, fill: Option<Color>, stroke: Option<(Color, f32)> },
    /// The area of a link, by its number in the paper.
    Area { width: f32, height: f32, link: usize },
    /// A picture, by its number in the paper, its upper left corner at the mark's place.
    Picture { number: usize, width: f32, height: f32 },
}

impl Mark {
    pub fn rectangle(x: f32, y: f32, width: f32, height: f32, fill: Color) -> Mark {
        let points = vec![(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        Mark { x, y, node: None, ink: Ink::Shape { points, closed: true, fill: Some(fill), stroke: None } }
    }

    pub fn line(x: f32, y: f32, dx: f32, dy: f32, color: Color, width: f32) -> Mark {
        let points = vec![(0.0, 0.0), (dx, dy)];
        let stroke = Some((color, width));
        Mark { x, y, node: None, ink: Ink::Shape { points, closed: false, fill: None, stroke } }
    }

    pub fn of(mut self, node: Node) -> Mark {
        self.node = Some(node);
        self
    }

    pub fn is_decoration(&self) -> bool {
        self.node.is_none() && matches!(self.ink, Ink::Shape { .. })
    }
}

/// A strip of the paper's width.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    pub height: f32,
    /// Empty space above it, left out where it begins a page.
    pub space: f32,
    /// Whether it only parts what stands above and below, and is left out where it begins a page.
    pub divider: bool,
    /// Whether it must stand on the same page as the strip before it.
    pub keep: bool,
    /// Where labels beside its first line stand, from its upper edge.
    pub baseline: f32,
    pub marks: Vec<Mark>,
    /// The innermost box around it.
    pub frame: Option<usize>,
    /// The table head to be repeated where it begins a page.
    pub head: Option<usize>,
    /// The heading that it begins.
    pub heading: Option<usize>,
    /// Whether it begins a page.
    pub turn: bool,
    /// Columns that stand in its place. They are as high as they are; `height` is then what must be free for
    /// them to begin on a page.
    pub beside: Option<Rc<Beside>>,
}

/// A box around strips that is drawn anew on each page that it reaches.
#[derive(Clone, Debug)]
pub struct Frame {
    pub parent: Option<usize>,
    pub x: f32,
    pub width: f32,
    pub ground: Option<Color>,
    /// A bar at its left: colour and width.
    pub bar: Option<(Color, f32)>,
    /// Between its edges and its content, above and below.
    pub pad: f32,
}

/// How far the line below a link lies under the baseline, in font sizes.
const UNDERLINE: f32 = 0.13;

/// Draws a line of text with its beginning at `x` and its baseline at `y`.
pub fn draw_line(line: &Line, running: &Running, x: f32, y: f32, out: &mut Vec<Mark>, ground: Color) {
    let mut index = 0;
    while index < line.words.len() {
        let look_index = line.words[index].look;
        let count = line.words[index..].iter().take_while(|placed| placed.look == look_index).count();
        let stretch = &line.words[index..index + count];
        index += count;
        let look = running.look(look_index);
        let y = y - look.rise;
        if let Some((number, width, height)) = look.picture {
            for placed in stretch {
                let (x, y) = (x + placed.x, y - height);
                let ink = Ink::Picture { number, width, height };
                out.push(Mark { x, y, node: look.node, ink });
                out.extend(look.link.filter(|_| look.node.is_some()).map(|link| Mark {
                    x,
                    y,
                    node: look.node,
                    ink: Ink::Area { width, height, link },
                }));
            }
            continue;
        }
        let inked = |placed: &&super::lines::Placed| !placed.word.text.trim().is_empty();
        if let (Some(first), Some(last)) = (stretch.iter().find(inked), stretch.iter().rfind(inked)) {
            let (left, right) = (x + first.x, x + last.x + last.width);
            let rule = |dy: f32| Mark::line(left, y + dy, right - left, 0.0, look.color, look.size * 0.055);
            if look.tinted {
                let (over, under) = (look.size * 0.95, look.size * 0.3);
                let width = right - left + 2.4;
                out.push(Mark::rectangle(left - 1.2, y - over, width, over + under, ground));
            }
            if look.link.is_some() && look.rise == 0.0 {
                out.push(rule(look.size * UNDERLINE));
            }
            if look.strike {
                out.push(rule(look.size * -0.28));
            }
            if let (Some(link), Some(_)) = (look.link, look.node) {
                let ink = Ink::Area { width: right - left, height: look.size * 1.3, link };
                out.push(Mark { x: left, y: y - look.size, node: look.node, ink });
            }
        }
        out.extend(stretch.iter().map(|placed| Mark {
            x: x + placed.x,
            y,
            node: look.node,
            ink: Ink::Word { word: Arc::clone(&placed.word), size: look.size, color: look.color },
        }));
    }
}
