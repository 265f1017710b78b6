//! A reduced font as printpdf says it, ready to be written into any number of papers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use lopdf::{Dictionary, Object};
use printpdf::{
    FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use rustybuzz::ttf_parser;
use subsetter::GlyphRemapper;

use crate::render::RenderError;

use super::embed::Codes;
use super::file::{File, Packed, Packer};
use super::fonts::{Face, Fonts};
use super::syntax;

/// The objects of a font. Those that are large name no others, so that their bytes are the same in each paper.
pub struct Program {
    font: Dictionary,
    descendant: Dictionary,
    descriptor: Dictionary,
    /// The key of the descriptor under which the file of the font stands.
    file_key: Vec<u8>,
    file: Packed,
    widths: Vec<u8>,
    /// Two bytes a code: the glyph of the reduced font.
    glyphs: Packed,
    /// What each code stands for, as a PDF tells it: a CMap.
    texts: Packed,
}

impl Program {
    /// The face, reduced to the glyphs that have codes.
    ///
    /// # Errors
    /// [`RenderError`] where the font cannot be reduced.
    pub fn of(
        fonts: &Fonts<'_>,
        face: Face,
        codes: &Codes,
        packer: &mut Packer,
    ) -> Result<Program, RenderError> {
        let broken = |what: &dyn std::fmt::Display| {
            RenderError(format!("the font {} cannot be reduced: {what}", fonts.name(face)))
        };
        let mut glyphs: Vec<u16> = codes.all().map(|(glyph, _, _)| glyph).collect();
        glyphs.dedup();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let reduced = subsetter::subset(fonts.bytes(face), 0, &remapper).map_err(|error| broken(&error))?;
        let mut by_code: Vec<(u16, u16)> = codes.all().map(|(glyph, _, code)| (code, glyph)).collect();
        by_code.sort_unstable();
        let mut glyphs_of_codes = vec![0, 0];
        for (_, glyph) in &by_code {
            glyphs_of_codes.extend(remapper.get(*glyph).unwrap_or(0).to_be_bytes());
        }
        let name = format!("{}+{}", tag(&glyphs), fonts.name(face));
        let parts =
            Parts::of(parsed(fonts, face, name, reduced, &by_code)).map_err(|error| broken(&error))?;
        let plain = Dictionary::new();
        let mut widths = Vec::new();
        syntax::object(&mut widths, &parts.widths);
        Ok(Program {
            file: packer.packed(&parts.file.dict, &parts.file.content),
            glyphs: packer.packed(&plain, &glyphs_of_codes),
            texts: packer.packed(&plain, texts(codes).as_bytes()),
            font: parts.font,
            descendant: parts.descendant,
            descriptor: parts.descriptor,
            file_key: parts.file_key,
            widths,
        })
    }

    /// Writes the font and gives its number.
    pub fn write(&self, file: &mut File<Vec<u8>>) -> io::Result<u32> {
        let reference = |number: u32| Object::Reference((number, 0));
        let [program, glyphs, texts, widths, descriptor, font] = std::array::from_fn(|_| file.number());
        file.packed(program, &self.file)?;
        file.packed(glyphs, &self.glyphs)?;
        file.packed(texts, &self.texts)?;
        file.entry(widths, |out| out.extend_from_slice(&self.widths))?;
        let mut entries = self.descriptor.clone();
        entries.set(self.file_key.clone(), reference(program));
        file.object(descriptor, &entries.into())?;
        let mut descendant = self.descendant.clone();
        descendant.set("FontDescriptor", reference(descriptor));
        descendant.set("W", reference(widths));
        descendant.set("CIDToGIDMap", reference(glyphs));
        let mut entries = self.font.clone();
        entries.set("DescendantFonts", vec![Object::from(descendant)]);
        entries.set("ToUnicode", reference(texts));
        file.object(font, &entries.into())?;
        Ok(font)
    }
}

/// What printpdf made of a font.
struct Parts {
    font: Dictionary,
    descendant: Dictionary,
    descriptor: Dictionary,
    file_key: Vec<u8>,
    file: lopdf::Stream,
    widths: Object,
}

impl Parts {
    /// Has printpdf write the font, for a page that shows each of its codes.
    fn of(parsed: ParsedFont) -> Result<Parts, lopdf::Error> {
        let id = FontId("T".to_owned());
        let shown: String =
            parsed.codepoint_to_glyph.keys().filter_map(|code| char::from_u32(*code)).collect();
        let ops = vec![
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(10.0) },
            Op::ShowText { items: vec![TextItem::Text(shown)] },
            Op::EndTextSection,
        ];
        let mut pdf = PdfDocument::new("");
        pdf.pages = vec![PdfPage::new(Mm(10.0), Mm(10.0), ops)];
        pdf.resources.fonts.map = BTreeMap::from([(id, PdfFont::new(parsed))]);
        let options =
            PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
        let pdf = pdf.to_lopdf_document(&options, &mut Vec::new());
        let mut fonts = pdf.objects.values().filter_map(|object| object.as_dict().ok());
        let mut font = fonts
            .find(|entries| entries.has(b"DescendantFonts"))
            .cloned()
            .ok_or_else(|| lopdf::Error::DictKey("DescendantFonts".to_owned()))?;
        let mut descendant = font
            .remove(b"DescendantFonts")
            .as_ref()
            .and_then(|list| list.as_array().ok()?.first()?.as_dict().ok())
            .cloned()
            .unwrap_or_default();
        let mut descriptor =
            pdf.get_dictionary(descendant.get(b"FontDescriptor").and_then(Object::as_reference)?)?.clone();
        let key = descriptor.iter().map(|(key, _)| key).find(|key| key.starts_with(b"FontFile"));
        let file_key = key.cloned().ok_or_else(|| lopdf::Error::DictKey("FontFile".to_owned()))?;
        let file =
            pdf.get_object(descriptor.get(&file_key).and_then(Object::as_reference)?)?.as_stream()?.clone();
        descriptor.remove(&file_key);
        let widths = descendant.remove(b"W").unwrap_or(Object::Array(Vec::new()));
        Ok(Parts { font, descendant, descriptor, file_key, file, widths })
    }
}

/// The character by which printpdf is told a code.
fn stand_in(code: u16) -> u32 {
    const PRIVATE: u32 = 0xF_0000;
    PRIVATE + u32::from(code)
}

/// The reduced font as printpdf takes it, with the codes in place of glyphs.
fn parsed(
    fonts: &Fonts<'_>,
    face: Face,
    name: String,
    reduced: Vec<u8>,
    by_code: &[(u16, u16)],
) -> ParsedFont {
    let font = fonts.get(face);
    let units_per_em = u16::try_from(font.units_per_em()).unwrap_or(1000);
    let bounds = font.global_bounding_box();
    let slope = -font.italic_angle().to_radians().tan() * 1000.0;
    let width = |glyph: u16| font.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0);
    let codes = std::iter::once(0).chain(by_code.iter().map(|(code, _)| *code));
    ParsedFont {
        original_bytes: reduced,
        font_index: 0,
        font_name: Some(name),
        codepoint_to_glyph: codes.map(|code| (stand_in(code), code)).collect(),
        glyph_widths: by_code.iter().map(|(code, glyph)| (*code, width(*glyph))).collect(),
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
    }
}

/// The text of each code as a CMap, which PDF wants in blocks of at most a hundred lines.
fn texts(codes: &Codes) -> String {
    let mut lines: Vec<(u16, String)> = Vec::new();
    for (_, text, code) in codes.all() {
        let utf16: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        if !utf16.is_empty() {
            lines.push((code, utf16));
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
        let _ = writeln!(out, "{} beginbfchar", block.len());
        for (code, text) in block {
            let _ = writeln!(out, "<{code:04X}> <{text}>");
        }
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
