//! Marks → the bytes of a page's content. What is already so is not said again.

use super::draw::Supplies;
use super::fonts::Face;
use super::shape::Word;
use super::strip::{Ink, Mark};
use super::syntax::{decimal, hundredths, integer, length, literal_byte, scaled};
use crate::theme::Color;

/// Decimal places of a part of a colour, and of a picture's turn and scale.
const COLOR: u32 = 3;
const MATRIX: u32 = 5;

/// Glyphs that follow each other on one baseline.
struct Run {
    face: Face,
    size: f32,
    color: Color,
    x: f32,
    y: f32,
    /// Where the pen stands; none where the next glyph must be placed anew.
    end: Option<f32>,
}

/// Writes marks as they come.
pub struct Pen<'a> {
    supplies: &'a Supplies<'a>,
    out: Vec<u8>,
    run: Option<Run>,
    /// The strings of the run, two bytes a glyph, and the steps between them.
    shown: Vec<u8>,
    /// Whether a string of the run is open, and whether there are steps.
    in_string: bool,
    stepped: bool,
    /// How far the pen goes before the next glyph, in thousandths of the font size to the left.
    step: i64,
    /// Where the line of the text section begins that is open, in hundredths of a point.
    line: Option<(i64, i64)>,
    font: Option<(Face, f32)>,
    fill: Option<Color>,
    stroke: Option<(Color, f32)>,
}

impl<'a> Pen<'a> {
    pub fn new(supplies: &'a Supplies<'a>) -> Pen<'a> {
        Pen {
            supplies,
            out: Vec::new(),
            run: None,
            shown: Vec::new(),
            in_string: false,
            stepped: false,
            step: 0,
            line: None,
            font: None,
            fill: None,
            stroke: None,
        }
    }

    /// Draws everything this many times as large.
    pub fn scale(&mut self, scale: f32) {
        if scale != 1.0 {
            self.matrix([scale, 0.0, 0.0, scale, 0.0, 0.0]);
        }
    }

    /// Begins content of this structure type, by its number on the page.
    pub fn open(&mut self, kind: &str, number: usize) {
        self.end_text();
        self.say(&["/", kind, " <</MCID "]);
        integer(&mut self.out, number as i64);
        self.say(&[">> BDC\n"]);
    }

    /// Begins what is not part of the structure; lines at the head or the foot are called so.
    pub fn open_artifact(&mut self, subtype: Option<&str>) {
        self.end_text();
        match subtype {
            None => self.say(&["/Artifact BMC\n"]),
            Some(subtype) => self.say(&["/Artifact <</Type/Pagination/Subtype/", subtype, ">> BDC\n"]),
        }
    }

    pub fn close(&mut self) {
        self.end_text();
        self.say(&["EMC\n"]);
    }

    pub fn mark(&mut self, mark: &Mark) {
        match &mark.ink {
            Ink::Word { word, size, color } => self.word(mark, word, *size, *color),
            Ink::Shape { points, closed, fill, stroke } => self.shape(mark, points, *closed, *fill, *stroke),
            Ink::Picture { number, width, height } => self.picture(mark, *number, *width, *height),
            Ink::Area { .. } => {}
        }
    }

    /// The whole content.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    fn say(&mut self, words: &[&str]) {
        words.iter().for_each(|word| self.out.extend_from_slice(word.as_bytes()));
    }

    /// A place on the page, its vertical part from the lower edge, in hundredths of a point.
    fn place(&self, x: f32, y: f32) -> (i64, i64) {
        (hundredths(x), hundredths(self.supplies.style.page_height - y))
    }

    fn pair(&mut self, (x, y): (i64, i64), operator: &str) {
        self.lengths([x, y]);
        self.say(&[operator, "\n"]);
    }

    fn lengths(&mut self, lengths: [i64; 2]) {
        for part in lengths {
            length(&mut self.out, part);
            self.out.push(b' ');
        }
    }

    /// Turns, scales and moves what follows.
    fn matrix(&mut self, matrix: [f32; 6]) {
        for part in matrix {
            decimal(&mut self.out, scaled(part, MATRIX), MATRIX);
            self.out.push(b' ');
        }
        self.say(&["cm\n"]);
    }

    fn color(&mut self, color: Color, operator: &str) {
        for part in color.0 {
            decimal(&mut self.out, scaled(f32::from(part) / 255.0, COLOR), COLOR);
            self.out.push(b' ');
        }
        self.say(&[operator, "\n"]);
    }

    fn fill(&mut self, color: Color) {
        if self.fill != Some(color) {
            self.color(color, "rg");
            self.fill = Some(color);
        }
    }

    fn end_text(&mut self) {
        self.flush();
        if self.line.take().is_some() {
            self.say(&["ET\n"]);
        }
    }

    fn word(&mut self, mark: &Mark, word: &Word, size: f32, color: Color) {
        let Some(embedded) = self.supplies.fonts.get(word.face) else { return };
        let scale = size / 1000.0;
        let mut x = mark.x;
        for glyph in &word.glyphs {
            let code = embedded.code(glyph, word);
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
                self.run = Some(Run { face: word.face, size, color, x: at, y, end: Some(at) });
            }
            // What stands further along the same line is reached by a step, which is shorter than a place.
            let gap = at - self.run.as_ref().and_then(|run| run.end).unwrap_or(at);
            if gap.abs() >= 0.02 {
                self.step += (-gap / scale).round() as i64;
            }
            self.show(code);
            if kern.abs() >= 0.5 {
                self.step += kern.round() as i64;
            }
            if let Some(run) = &mut self.run {
                // A glyph that was moved aside ends its run, as the next one starts from elsewhere.
                run.end = (!moved).then_some(x);
            }
        }
    }

    fn show(&mut self, code: u16) {
        let step = std::mem::take(&mut self.step);
        if step != 0 {
            if std::mem::take(&mut self.in_string) {
                self.shown.push(b')');
            }
            self.stepped = true;
            integer(&mut self.shown, step);
        }
        if !std::mem::replace(&mut self.in_string, true) {
            self.shown.push(b'(');
        }
        code.to_be_bytes().into_iter().for_each(|byte| literal_byte(&mut self.shown, byte));
    }

    /// Writes the glyphs that wait.
    fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        self.step = 0;
        let begun = self.line;
        if begun.is_none() {
            self.say(&["BT\n"]);
        }
        self.fill(run.color);
        if self.font != Some((run.face, run.size)) {
            self.say(&["/T"]);
            integer(&mut self.out, run.face as i64);
            self.out.push(b' ');
            length(&mut self.out, hundredths(run.size));
            self.say(&[" Tf\n"]);
            self.font = Some((run.face, run.size));
        }
        let (x, y) = self.place(run.x, run.y);
        let (from_x, from_y) = begun.unwrap_or_default();
        self.pair((x - from_x, y - from_y), "Td");
        self.line = Some((x, y));
        if self.stepped {
            self.out.push(b'[');
        }
        self.out.append(&mut self.shown);
        if std::mem::take(&mut self.in_string) {
            self.out.push(b')');
        }
        let operator = if std::mem::take(&mut self.stepped) { "]TJ\n" } else { "Tj\n" };
        self.say(&[operator]);
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
        if points.is_empty() {
            return;
        }
        if let Some(fill) = fill {
            self.fill(fill);
        }
        if let Some(stroke) = stroke
            && self.stroke != Some(stroke)
        {
            self.color(stroke.0, "RG");
            length(&mut self.out, hundredths(stroke.1));
            self.say(&[" w\n"]);
            self.stroke = Some(stroke);
        }
        let corner = |(x, y): &(f32, f32)| self.place(mark.x + x, mark.y + y);
        let corners: Vec<(i64, i64)> = points.iter().map(corner).collect();
        let closed = closed || fill.is_some();
        match corners.as_slice() {
            // A rectangle that begins at its upper left corner.
            &[(left, top), (right, along), (across, bottom), (back, down)]
                if closed && along == top && across == right && back == left && down == bottom =>
            {
                self.lengths([left, bottom]);
                self.pair((right - left, top - bottom), "re");
            }
            corners => {
                for (index, corner) in corners.iter().enumerate() {
                    self.pair(*corner, if index == 0 { "m" } else { "l" });
                }
                if closed {
                    self.say(&["h\n"]);
                }
            }
        }
        self.say(&[match (fill, stroke) {
            (Some(_), Some(_)) => "B\n",
            (Some(_), None) => "f\n",
            (None, _) => "S\n",
        }]);
    }

    fn picture(&mut self, mark: &Mark, number: usize, width: f32, height: f32) {
        self.end_text();
        let (x, y) = (mark.x, self.supplies.style.page_height - mark.y - height);
        let [a, b, c, d, e, f] = self.supplies.gallery.turn(number);
        self.say(&["q\n"]);
        self.matrix([a * width, b * height, c * width, d * height, e * width + x, f * height + y]);
        self.say(&["/P"]);
        integer(&mut self.out, number as i64);
        self.say(&[" Do\nQ\n"]);
    }
}
