//! The embedded typefaces, and which of them can show a character.

use rustybuzz::ttf_parser;

use crate::render::RenderError;

/// One of the embedded faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    Regular,
    Bold,
    Italic,
    BoldItalic,
    Mono,
}

impl Face {
    pub const ALL: [Face; 5] = [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic, Face::Mono];

    /// The text face of this weight and slant.
    pub fn text(bold: bool, italic: bool) -> Face {
        match (bold, italic) {
            (false, false) => Face::Regular,
            (true, false) => Face::Bold,
            (false, true) => Face::Italic,
            (true, true) => Face::BoldItalic,
        }
    }

    /// Its name inside the file.
    pub fn name(self) -> &'static str {
        match self {
            Face::Regular => "NotoSans-Regular",
            Face::Bold => "NotoSans-Bold",
            Face::Italic => "NotoSans-Italic",
            Face::BoldItalic => "NotoSans-BoldItalic",
            Face::Mono => "NotoSansMono-Regular",
        }
    }

    /// The whole font file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../../../templates/fonts/NotoSans-Regular.ttf"),
            Face::Bold => include_bytes!("../../../templates/fonts/NotoSans-Bold.ttf"),
            Face::Italic => include_bytes!("../../../templates/fonts/NotoSans-Italic.ttf"),
            Face::BoldItalic => include_bytes!("../../../templates/fonts/NotoSans-BoldItalic.ttf"),
            Face::Mono => include_bytes!("../../../templates/fonts/NotoSansMono-Regular.ttf"),
        }
    }
}

/// All faces, read and ready for shaping.
pub struct Fonts(Vec<rustybuzz::Face<'static>>);

impl Fonts {
    /// # Errors
    /// [`RenderError`] where a font file cannot be read.
    pub fn load() -> Result<Fonts, RenderError> {
        let faces = Face::ALL.map(|face| {
            rustybuzz::Face::from_slice(face.bytes(), 0)
                .ok_or_else(|| RenderError(format!("the font {} cannot be read", face.name())))
        });
        Ok(Fonts(faces.into_iter().collect::<Result<_, _>>()?))
    }

    pub fn get(&self, face: Face) -> &rustybuzz::Face<'static> {
        &self.0[face as usize]
    }

    /// The wanted face where it has the character, else the first that has it, else the wanted one,
    /// which then shows its box for a missing character.
    pub fn showing(&self, wanted: Face, character: char) -> Face {
        std::iter::once(wanted)
            .chain(Face::ALL)
            .find(|face| self.get(*face).glyph_index(character).is_some())
            .unwrap_or(wanted)
    }

    /// How far the pen moves after a glyph, in thousandths of the font size.
    pub fn natural_advance(&self, face: Face, glyph: u16) -> f32 {
        let font = self.get(face);
        let advance = font.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0);
        f32::from(advance) * 1000.0 / font.units_per_em().max(1) as f32
    }
}
