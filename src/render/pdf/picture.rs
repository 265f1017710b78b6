//! Pictures on paper: alone in a paragraph as a figure, among words as one of them, or wherever else a mark may stand.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject, XObjectId};

use crate::document::Inline;
use crate::render::picture::{Coding, Content, Picture, Pictures, Pixels};

use super::drawing;
use super::flow::{Builder, Place};
use super::inlines::Base;
use super::strip::{Ink, Mark, Strip};
use super::tags::Node;

/// Points a pixel: 96 pixels to the inch.
const POINTS: f32 = 0.75;

/// The pictures that the paper may name, and those that it uses so far.
pub struct Gallery<'a> {
    supply: &'a Pictures,
    used: Vec<&'a Picture>,
}

impl<'a> Gallery<'a> {
    pub fn new(supply: &'a Pictures) -> Gallery<'a> {
        Gallery { supply, used: Vec::new() }
    }

    /// The picture of this name, where it can be shown.
    pub fn find(&self, name: &str) -> Option<&'a Picture> {
        self.supply.get(name).ok()
    }

    /// The number of a picture in this paper, for [`Ink::Picture`]. Each one is written once however often it is used.
    pub fn hang(&mut self, picture: &'a Picture) -> usize {
        let known = self.used.iter().position(|used| std::ptr::eq(*used, picture));
        known.unwrap_or_else(|| {
            self.used.push(picture);
            self.used.len() - 1
        })
    }

    /// How a picture is placed: its turn, made for a square of one by one.
    pub fn turn(&self, number: usize) -> [f32; 6] {
        match self.used.get(number).map(|picture| &picture.content) {
            Some(Content::Pixels(pixels)) => turn(pixels.turned),
            Some(Content::Drawing(tree)) => {
                [1.0 / tree.size().width(), 0.0, 0.0, 1.0 / tree.size().height(), 0.0, 0.0]
            }
            None => turn(1),
        }
    }

    /// Everything that was used, as the paper's resources.
    pub fn resources(&self) -> BTreeMap<XObjectId, XObject> {
        let objects = self.used.iter().enumerate().map(|(number, picture)| {
            let stream = match &picture.content {
                Content::Pixels(pixels) => image(pixels),
                Content::Drawing(tree) => drawing::form(tree),
            };
            let object = ExternalXObject { stream, width: None, height: None, dpi: None };
            (id(number), XObject::External(object))
        });
        objects.collect()
    }
}

/// How large a picture is drawn, never larger than its natural size: width and height.
pub fn fitted(picture: &Picture, width: f32, height: f32) -> (f32, f32) {
    let (natural_width, natural_height) = (picture.width * POINTS, picture.height * POINTS);
    let scale = (width / natural_width).min(height / natural_height).min(1.0);
    (natural_width * scale, natural_height * scale)
}

/// A picture with its upper left corner at this place.
pub fn mark(number: usize, x: f32, y: f32, size: (f32, f32), node: Option<Node>) -> Mark {
    Mark { x, y, node, ink: Ink::Picture { number, width: size.0, height: size.1 } }
}

/// Sets a paragraph that is nothing but a picture which can be shown as a figure, its title below; tells whether it did.
pub fn figure(builder: &mut Builder<'_>, text: &[Inline], place: Place) -> bool {
    let [Inline::Image { from, title, alt }] = text else { return false };
    let Some(picture) = builder.inlines.gallery.find(from) else { return false };
    let style = builder.style;
    let number = builder.inlines.gallery.hang(picture);
    let size = fitted(picture, place.width, style.highest_figure());
    // What says nothing is decoration.
    let node = (!alt.is_empty() || !title.is_empty()).then(|| builder.tree.push("Figure", place.node));
    if let Some(node) = node {
        let words = if alt.is_empty() { title } else { alt };
        builder.tree.get_mut(node).alternative = Some(words.clone());
    }
    builder.before(style.block_gap * 0.75);
    let marks = vec![mark(number, place.x, 0.0, size, node)];
    builder.push(Strip { height: size.1, marks, baseline: size.1, frame: place.frame, ..Strip::default() });
    if let Some(node) = node.filter(|_| !title.is_empty()) {
        let caption = builder.tree.push("Caption", node);
        builder.after(style.tight_gap);
        builder.keep_next();
        let base = Base { size: style.note_size, color: style.colors.quiet, ..Base::body(style, caption) };
        let words = [Inline::Text(title.clone())];
        let running = builder.inlines.read(&words, base, &mut builder.tree);
        builder.text(&running, place, style.note_size, style.note_leading);
    }
    builder.after(style.block_gap);
    true
}

fn id(number: usize) -> XObjectId {
    XObjectId(format!("P{number}"))
}

/// From the square that the pixels fill to the square in which they are seen, by how the camera was held.
fn turn(turned: u8) -> [f32; 6] {
    match turned {
        2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    }
}

fn image(pixels: &Pixels) -> ExternalStream {
    let color = match pixels.channels {
        1 => "DeviceGray",
        4 => "DeviceCMYK",
        _ => "DeviceRGB",
    };
    let mut dict = image_entries(pixels, color);
    match pixels.coding {
        Coding::Deflated => dict.insert("Filter".to_owned(), name("FlateDecode")),
        Coding::Jpeg { inverted } => {
            if inverted {
                let ends = [1, 0].repeat(4).into_iter().map(DictItem::Int).collect();
                dict.insert("Decode".to_owned(), DictItem::Array(ends));
            }
            dict.insert("Filter".to_owned(), name("DCTDecode"))
        }
    };
    if let Some(alpha) = &pixels.alpha {
        let mut entries = image_entries(pixels, "DeviceGray");
        entries.insert("Filter".to_owned(), name("FlateDecode"));
        let stream = ExternalStream { dict: entries, content: alpha.clone(), compress: false };
        dict.insert("SMask".to_owned(), DictItem::Stream { stream });
    }
    ExternalStream { dict, content: pixels.data.clone(), compress: false }
}

fn image_entries(pixels: &Pixels, color: &str) -> BTreeMap<String, DictItem> {
    BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), DictItem::Int(pixels.width.into())),
        ("Height".to_owned(), DictItem::Int(pixels.height.into())),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("ColorSpace".to_owned(), name(color)),
    ])
}

pub fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}
