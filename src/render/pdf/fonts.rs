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

    /// The whole font file; empty where the program was built without it.
    pub fn bytes(self) -> &'static [u8] {
        crate::builtin::font(self.name()).unwrap_or_default()
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

    /// Whether a face has the character, or one that looks like it; signs without a shape count as drawn.
    pub fn can_draw(&self, character: char) -> bool {
        let shapeless =
            matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}');
        let has =
            |character: char| Face::ALL.iter().any(|face| self.get(*face).glyph_index(character).is_some());
        shapeless || has(character) || look_alike(character).is_some_and(has)
    }

    pub fn get(&self, face: Face) -> &rustybuzz::Face<'static> {
        &self.0[face as usize]
    }

    /// The wanted face where it has the character or one that looks like it, else the first that has it,
    /// else the wanted one, which then shows its box for a missing character.
    pub fn showing(&self, wanted: Face, character: char) -> Face {
        let having = |character: char| {
            std::iter::once(wanted)
                .chain(Face::ALL)
                .find(|face| self.get(*face).glyph_index(character).is_some())
        };
        having(character).or_else(|| having(look_alike(character)?)).unwrap_or(wanted)
    }

    /// What is drawn for a character in this face: itself, or what looks like it where the face lacks it.
    pub fn drawn(&self, face: Face, character: char) -> char {
        let font = self.get(face);
        if font.glyph_index(character).is_some() {
            return character;
        }
        look_alike(character).filter(|other| font.glyph_index(*other).is_some()).unwrap_or(character)
    }

    /// How far the pen moves after a glyph, in thousandths of the font size.
    pub fn natural_advance(&self, face: Face, glyph: u16) -> f32 {
        let font = self.get(face);
        let advance = font.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or(0);
        f32::from(advance) * 1000.0 / font.units_per_em().max(1) as f32
    }
}

/// A character of the embedded faces that can be drawn for one that they lack. What is copied from the
/// paper, or read aloud, remains the character itself.
fn look_alike(character: char) -> Option<char> {
    Some(match character {
        '☐' => '□',
        '☑' | '☒' => '▣',
        '✓' | '✔' => '√',
        '✕' | '✖' | '✗' | '✘' => '×',
        '➔' | '➜' | '➡' | '⇨' => '→',
        '★' | '⭐' | '✦' => '◆',
        '☆' => '◇',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faces_help_each_other_out() {
        let fonts = Fonts::load().expect("fonts");
        assert_eq!(fonts.showing(Face::Bold, 'a'), Face::Bold);
        assert_eq!(fonts.showing(Face::Bold, '≥'), Face::Mono);
        assert_eq!(fonts.showing(Face::Bold, '日'), Face::Bold);
        assert_eq!(fonts.showing(Face::Regular, '☐'), Face::Mono);
        assert_eq!(fonts.drawn(Face::Mono, '☐'), '□');
    }
}
