//! An SVG's shapes as a form of the paper: written once, drawn wherever it is used.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use printpdf::{DictItem, ExternalStream};
use usvg::tiny_skia_path::{PathSegment, Transform};
use usvg::{BaseGradient, ClipPath, FillRule, Group, LineCap, LineJoin, Node, Paint, PaintOrder, Path, Tree};

use super::picture::name;

/// The drawing with its lower left corner at 0, 0, as large as the SVG says.
pub fn form(tree: &Tree) -> ExternalStream {
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut pen = Pen::default();
    pen.matrix(Transform::from_row(1.0, 0.0, 0.0, -1.0, 0.0, height));
    pen.group(tree.root(), 1.0);
    let numbers = |numbers: &[f32]| DictItem::Array(numbers.iter().copied().map(DictItem::Real).collect());
    let mut resources = BTreeMap::new();
    if !pen.states.is_empty() {
        let states = pen.states.iter().map(|opacity| {
            let opacity_of = f32::from(*opacity) / 255.0;
            let entries = [("ca", opacity_of), ("CA", opacity_of)];
            let map =
                entries.into_iter().map(|(key, value)| (key.to_owned(), DictItem::Real(value))).collect();
            (format!("G{opacity}"), DictItem::Dict { map })
        });
        resources.insert("ExtGState".to_owned(), DictItem::Dict { map: states.collect() });
    }
    if !pen.shadings.is_empty() {
        let shadings = pen.shadings.into_iter().enumerate();
        let map = shadings.map(|(number, shading)| (format!("S{number}"), shading)).collect();
        resources.insert("Shading".to_owned(), DictItem::Dict { map });
    }
    let dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Form")),
        ("BBox".to_owned(), numbers(&[0.0, 0.0, width, height])),
        ("Resources".to_owned(), DictItem::Dict { map: resources }),
    ]);
    ExternalStream { dict, content: pen.out.into_bytes(), compress: false }
}

#[derive(Default)]
struct Pen {
    out: String,
    /// The opacities in use, of 255.
    states: std::collections::BTreeSet<u8>,
    shadings: Vec<DictItem>,
}

impl Pen {
    fn group(&mut self, group: &Group, opacity: f32) {
        let opacity = opacity * group.opacity().get();
        let clips = group.clip_path();
        if let Some(clip) = clips {
            self.out.push_str("q\n");
            self.clip(clip, group.abs_transform());
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group, opacity),
                Node::Path(path) if path.is_visible() => self.path(path, opacity),
                Node::Path(_) | Node::Image(_) | Node::Text(_) => {}
            }
        }
        if clips.is_some() {
            self.out.push_str("Q\n");
        }
    }

    /// Narrows what is drawn to the shapes of a clip path.
    fn clip(&mut self, clip: &ClipPath, around: Transform) {
        if let Some(outer) = clip.clip_path() {
            self.clip(outer, around);
        }
        let here = around.pre_concat(clip.transform());
        let mut rule = FillRule::NonZero;
        let before = self.out.len();
        self.outlines(clip.root(), here, &mut rule);
        if self.out.len() == before {
            self.out.push_str("0 0 0 0 re\n");
        }
        self.out.push_str(if rule == FillRule::EvenOdd { "W* n\n" } else { "W n\n" });
    }

    fn outlines(&mut self, group: &Group, around: Transform, rule: &mut FillRule) {
        for node in group.children() {
            match node {
                Node::Group(group) => self.outlines(group, around, rule),
                Node::Path(path) => {
                    if let Some(fill) = path.fill() {
                        *rule = fill.rule();
                    }
                    let outline = path.data().clone().transform(around.pre_concat(path.abs_transform()));
                    outline.iter().for_each(|outline| self.segments(outline));
                }
                Node::Image(_) | Node::Text(_) => {}
            }
        }
    }

    fn path(&mut self, path: &Path, opacity: f32) {
        self.out.push_str("q\n");
        self.matrix(path.abs_transform());
        let order = match path.paint_order() {
            PaintOrder::FillAndStroke => [true, false],
            PaintOrder::StrokeAndFill => [false, true],
        };
        for fills in order {
            if fills { self.fill(path, opacity) } else { self.stroke(path, opacity) }
        }
        self.out.push_str("Q\n");
    }

    fn fill(&mut self, path: &Path, opacity: f32) {
        let Some(fill) = path.fill() else { return };
        let star = if fill.rule() == FillRule::EvenOdd { "*" } else { "" };
        self.out.push_str("q\n");
        self.opacity(opacity * fill.opacity().get());
        match fill.paint() {
            Paint::Color(color) => {
                self.color(*color, "rg");
                self.segments(path.data());
                let _ = writeln!(self.out, "f{star}");
            }
            Paint::LinearGradient(gradient) => {
                let ends = [gradient.x1(), gradient.y1(), gradient.x2(), gradient.y2()];
                self.shade(path, star, gradient, 2, &ends);
            }
            Paint::RadialGradient(gradient) => {
                let ends = [
                    gradient.fx(),
                    gradient.fy(),
                    gradient.fr().get(),
                    gradient.cx(),
                    gradient.cy(),
                    gradient.r().get(),
                ];
                self.shade(path, star, gradient, 3, &ends);
            }
            Paint::Pattern(_) => {}
        }
        self.out.push_str("Q\n");
    }

    fn shade(&mut self, path: &Path, star: &str, gradient: &BaseGradient, kind: i64, ends: &[f32]) {
        self.segments(path.data());
        let _ = writeln!(self.out, "W{star} n");
        self.matrix(gradient.transform());
        let _ = writeln!(self.out, "/S{} sh", self.shadings.len());
        self.shadings.push(shading(gradient, kind, ends));
    }

    fn stroke(&mut self, path: &Path, opacity: f32) {
        let Some(stroke) = path.stroke() else { return };
        let color = match stroke.paint() {
            Paint::Color(color) => *color,
            Paint::LinearGradient(gradient) => middle(gradient),
            Paint::RadialGradient(gradient) => middle(gradient),
            Paint::Pattern(_) => return,
        };
        self.out.push_str("q\n");
        self.opacity(opacity * stroke.opacity().get());
        self.color(color, "RG");
        let cap = match stroke.linecap() {
            LineCap::Butt => 0,
            LineCap::Round => 1,
            LineCap::Square => 2,
        };
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0,
            LineJoin::Round => 1,
            LineJoin::Bevel => 2,
        };
        let (width, limit) = (short(stroke.width().get()), short(stroke.miterlimit().get()));
        let _ = writeln!(self.out, "{width} w {cap} J {join} j {limit} M");
        if let Some(dashes) = stroke.dasharray() {
            let dashes: Vec<String> = dashes.iter().map(|dash| short(*dash)).collect();
            let _ = writeln!(self.out, "[{}] {} d", dashes.join(" "), short(stroke.dashoffset()));
        }
        self.segments(path.data());
        self.out.push_str("S\nQ\n");
    }

    fn opacity(&mut self, opacity: f32) {
        let opacity = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
        if opacity < u8::MAX {
            self.states.insert(opacity);
            let _ = writeln!(self.out, "/G{opacity} gs");
        }
    }

    fn color(&mut self, color: usvg::Color, operator: &str) {
        let part = |value: u8| short(f32::from(value) / 255.0);
        let _ =
            writeln!(self.out, "{} {} {} {operator}", part(color.red), part(color.green), part(color.blue));
    }

    fn matrix(&mut self, by: Transform) {
        if !by.is_identity() {
            let numbers = [by.sx, by.ky, by.kx, by.sy, by.tx, by.ty].map(fine);
            let _ = writeln!(self.out, "{} cm", numbers.join(" "));
        }
    }

    fn segments(&mut self, path: &usvg::tiny_skia_path::Path) {
        let mut last = (0.0, 0.0);
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    let _ = writeln!(self.out, "{} {} m", short(to.x), short(to.y));
                    last = (to.x, to.y);
                }
                PathSegment::LineTo(to) => {
                    let _ = writeln!(self.out, "{} {} l", short(to.x), short(to.y));
                    last = (to.x, to.y);
                }
                // A curve of three points as one of four.
                PathSegment::QuadTo(by, to) => {
                    let third = |from: f32, by: f32| from + (by - from) * 2.0 / 3.0;
                    let points = [
                        third(last.0, by.x),
                        third(last.1, by.y),
                        third(to.x, by.x),
                        third(to.y, by.y),
                        to.x,
                        to.y,
                    ];
                    let _ = writeln!(self.out, "{} c", points.map(short).join(" "));
                    last = (to.x, to.y);
                }
                PathSegment::CubicTo(one, two, to) => {
                    let points = [one.x, one.y, two.x, two.y, to.x, to.y];
                    let _ = writeln!(self.out, "{} c", points.map(short).join(" "));
                    last = (to.x, to.y);
                }
                PathSegment::Close => self.out.push_str("h\n"),
            }
        }
    }
}

fn middle(gradient: &BaseGradient) -> usvg::Color {
    let stops = gradient.stops();
    stops.get(stops.len() / 2).map_or(usvg::Color::black(), usvg::Stop::color)
}

fn shading(gradient: &BaseGradient, kind: i64, ends: &[f32]) -> DictItem {
    let numbers = |numbers: &[f32]| DictItem::Array(numbers.iter().copied().map(DictItem::Real).collect());
    let dict = |entries: Vec<(&str, DictItem)>| DictItem::Dict {
        map: entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
    };
    let color = |stop: &usvg::Stop| {
        let color = stop.color();
        numbers(&[color.red, color.green, color.blue].map(|value| f32::from(value) / 255.0))
    };
    let between = |one: &usvg::Stop, other: &usvg::Stop| {
        dict(vec![
            ("FunctionType", DictItem::Int(2)),
            ("Domain", numbers(&[0.0, 1.0])),
            ("C0", color(one)),
            ("C1", color(other)),
            ("N", DictItem::Int(1)),
        ])
    };
    let stops = gradient.stops();
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return DictItem::Null };
    // The stretches before the first and behind the last stop have one colour each.
    let mut functions = vec![between(first, first)];
    functions.extend(stops.windows(2).map(|pair| between(&pair[0], &pair[1])));
    functions.push(between(last, last));
    let bounds: Vec<f32> = stops.iter().map(|stop| stop.offset().get()).collect();
    let encode = [0.0, 1.0].repeat(functions.len());
    let function = dict(vec![
        ("FunctionType", DictItem::Int(3)),
        ("Domain", numbers(&[0.0, 1.0])),
        ("Bounds", numbers(&bounds)),
        ("Encode", numbers(&encode)),
        ("Functions", DictItem::Array(functions)),
    ]);
    dict(vec![
        ("ShadingType", DictItem::Int(kind)),
        ("ColorSpace", name("DeviceRGB")),
        ("Coords", numbers(ends)),
        ("Extend", DictItem::Array(vec![DictItem::Bool(true), DictItem::Bool(true)])),
        ("Function", function),
    ])
}

/// A number as short as a page needs it.
fn short(number: f32) -> String {
    decimals(number, 3)
}

/// The same for matrices, in which small numbers matter.
fn fine(number: f32) -> String {
    decimals(number, 6)
}

fn decimals(number: f32, places: usize) -> String {
    let number = if number.is_finite() { number.clamp(-1e6, 1e6) } else { 0.0 };
    let text = format!("{number:.places$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}
