//! The glyphs that a paper uses → reduced fonts and the codes that name their glyphs.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use foldhash::fast::FixedState;
use printpdf::{FontMetrics, FontType, ParsedFont, PdfFontMetricsStub};
use rustybuzz::ttf_parser;
use subsetter::GlyphRemapper;

use crate::render::RenderError;

use super::fonts::{Face, Fonts};
use super::pages::Page;
use super::shape::Word;
use super::strip::{Ink, Mark};

/// The codes of one face, by glyph. A glyph that stands for different texts has a code for each, because a PDF
/// gives one text a code.
#[derive(Debug, Default)]
pub struct Codes(Vec<Vec<(String, u16)>>);

impl Codes {
    /// The code of a glyph that stands for this text; 0 is the box for a missing character.
    pub fn get(&self, glyph: u16, text: &str) -> u16 {
        let codes = self.0.get(usize::from(glyph)).map_or(&[][..], Vec::as_slice);
        codes.iter().find(|(known, _)| known == text).map_or(0, |(_, code)| *code)
    }
}

/// The character by which printpdf is told a code. It writes a text as the codes of its characters, two bytes each, where
/// glyphs given by number would each be an object of their own.
pub fn stand_in(code: u16) -> char {
    const PRIVATE: u32 = 0xF_0000;
    char::from_u32(PRIVATE + u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// What is embedded of one face.
pub struct Embedded {
    pub codes: Codes,
    pub font: ParsedFont,
    /// Two bytes a code: the glyph of the reduced font.
    pub glyphs_of_codes: Vec<u8>,
    /// Whether a box stands for a character that the face lacks.
    pub boxes: bool,
    /// What each code stands for, as a PDF tells it: a CMap.
    pub texts: String,
}

/// # Errors
/// [`RenderError`] where a font cannot be reduced.
pub fn embed(fonts: &Fonts<'_>, pages: &[Page]) -> Result<BTreeMap<Face, Embedded>, RenderError> {
    let mut used: BTreeMap<Face, Codes> = BTreeMap::new();
    let mut seen: HashSet<*const Word, FixedState> = HashSet::default();
    for mark in pages.iter().flat_map(marks) {
        let Ink::Word { word, .. } = &mark.ink else { continue };
        // A word is shaped once and stands in many places.
        if !seen.insert(Rc::as_ptr(word)) {
            continue;
        }
        let codes = used.entry(word.face).or_default();
        for glyph in &word.glyphs {
            let place = usize::from(glyph.id);
            if codes.0.len() <= place {
                codes.0.resize(place + 1, Vec::new());
            }
            let texts = &mut codes.0[place];
            let text = &word.text[glyph.text.clone()];
            if !texts.iter().any(|(known, _)| known == text) {
                texts.push((text.to_owned(), 0));
            }
        }
    }
    used.into_iter().map(|(face, codes)| Ok((face, reduce(fonts, face, codes)?))).collect()
}

fn marks(page: &Page) -> impl Iterator<Item = &Mark> {
    page.marks.iter().chain(&page.header).chain(&page.footer)
}

fn reduce(fonts: &Fonts<'_>, face: Face, mut codes: Codes) -> Result<Embedded, RenderError> {
    let font = fonts.get(face);
    let used = codes.0.iter().zip(0u16..).filter(|(texts, _)| !texts.is_empty());
    let glyphs: Vec<u16> = used.map(|(_, glyph)| glyph).collect();
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
    let program = subsetter::subset(fonts.bytes(face), 0, &remapper)
        .map_err(|error| RenderError(format!("the font {} cannot be reduced: {error}", fonts.name(face))))?;

    let mut widths = BTreeMap::new();
    let mut glyphs_of_codes = vec![0, 0];
    let mut next = 1;
    for (texts, glyph) in codes.0.iter_mut().zip(0u16..) {
        texts.sort();
        for (_, code) in texts {
            *code = next;
            next = next.saturating_add(1);
            let width = font.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0);
            widths.insert(*code, width);
            glyphs_of_codes.extend(remapper.get(glyph).unwrap_or(0).to_be_bytes());
        }
    }
    let units_per_em = u16::try_from(font.units_per_em()).unwrap_or(1000);
    let bounds = font.global_bounding_box();
    let slope = -font.italic_angle().to_radians().tan() * 1000.0;
    let font = ParsedFont {
        original_bytes: program,
        font_index: 0,
        font_name: Some(format!("{}+{}", tag(&glyphs), fonts.name(face))),
        codepoint_to_glyph: (0..next).map(|code| (u32::from(stand_in(code)), code)).collect(),
        glyph_widths: widths,
        units_per_em,
        font_metrics: FontMetrics { ascent: font.ascender(), descent: font.descender() },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em,
            x_min: bounds.x_min,
            y_min: bounds.y_min,
            x_max: bounds.x_max,
            y_max: bounds.y_max,
            caret_slope_rise: 1000,
            caret_slope_run: slope as i16,
            us_weight_class: font.weight().to_number(),
        },
    };
    let boxes = codes.0.first().is_some_and(|texts| !texts.is_empty());
    let texts = texts(&codes);
    Ok(Embedded { codes, font, glyphs_of_codes, boxes, texts })
}

/// The text of each code as a CMap, which PDF wants in blocks of at most a hundred lines.
fn texts(codes: &Codes) -> String {
    let mut lines: Vec<(u16, String)> = Vec::new();
    for (text, code) in codes.0.iter().flatten() {
        let utf16: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        if !utf16.is_empty() {
            lines.push((*code, utf16));
        }
    }
    lines.sort_unstable();
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    for block in lines.chunks(100) {
        out.push_str(&format!("{} beginbfchar\n", block.len()));
        block.iter().for_each(|(code, text)| out.push_str(&format!("<{code:04X}> <{text}>\n")));
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}

/// Six letters that tell one reduction of a font from another.
fn tag(glyphs: &[u16]) -> String {
    let mut hash = glyphs
        .iter()
        .fold(0x811c_9dc5_u32, |hash, glyph| (hash ^ u32::from(*glyph)).wrapping_mul(0x0100_0193));
    (0..6)
        .map(|_| {
            let letter = (hash % 26) as u8;
            hash /= 26;
            char::from(b'A' + letter)
        })
        .collect()
}
