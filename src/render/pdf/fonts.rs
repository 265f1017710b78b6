//! The typefaces of a paper, and which of them can show a character.

use rustybuzz::ttf_parser;

use crate::builtin;
use crate::render::RenderError;
use crate::theme::Theme;

/// One of the faces of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    Regular,
    Bold,
    Italic,
    BoldItalic,
    Mono,
    /// Of large headings, where the theme has a face for them.
    Headline,
    /// The built-in family, where the theme's own text face takes its place: it shows what that one lacks.
    Spare,
    SpareBold,
    SpareItalic,
    SpareBoldItalic,
}

impl Face {
    pub const ALL: [Face; 10] = [
        Face::Regular,
        Face::Bold,
        Face::Italic,
        Face::BoldItalic,
        Face::Mono,
        Face::Headline,
        Face::Spare,
        Face::SpareBold,
        Face::SpareItalic,
        Face::SpareBoldItalic,
    ];

    /// The text face of this weight and slant.
    pub fn text(bold: bool, italic: bool) -> Face {
        match (bold, italic) {
            (false, false) => Face::Regular,
            (true, false) => Face::Bold,
            (false, true) => Face::Italic,
            (true, true) => Face::BoldItalic,
        }
    }

    /// The built-in face that is nearest in weight and slant.
    fn spare(self) -> Face {
        match self {
            Face::Regular | Face::Mono | Face::Spare => Face::Spare,
            Face::Bold | Face::Headline | Face::SpareBold => Face::SpareBold,
            Face::Italic | Face::SpareItalic => Face::SpareItalic,
            Face::BoldItalic | Face::SpareBoldItalic => Face::SpareBoldItalic,
        }
    }

    /// The text face that stands for it where it is the built-in one.
    fn unspared(self) -> Face {
        match self {
            Face::Spare => Face::Regular,
            Face::SpareBold | Face::Headline => Face::Bold,
            Face::SpareItalic => Face::Italic,
            Face::SpareBoldItalic => Face::BoldItalic,
            face => face,
        }
    }
}

/// A font file that was read.
struct Loaded<'a> {
    name: &'a str,
    bytes: &'a [u8],
    face: rustybuzz::Face<'a>,
    /// Which of the first 128 characters it has, a bit each: nearly every character that is asked for.
    ascii: u128,
    common: Common,
}

/// Signs of common text beyond Latin-1, in their order.
const SIGNS: [char; 12] = ['–', '—', '‘', '’', '“', '”', '•', '…', '€', '™', '→', '−'];

/// The glyphs of common text in Western Europe's languages that a face has, so that papers set in it can all have the same
/// codes for them. They are fewer than 256.
#[derive(Default)]
pub struct Common(Vec<(u16, char)>);

impl Common {
    fn of(face: &rustybuzz::Face<'_>) -> Common {
        let characters = (' '..='~').chain('\u{a0}'..='\u{ff}').chain(SIGNS);
        Common(characters.filter_map(|c| Some((face.glyph_index(c)?.0, c))).collect())
    }

    /// The code of a glyph that stands for this text, from 1; 0 where it is not common.
    fn code(&self, glyph: u16, text: &str) -> u16 {
        let mut characters = text.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else { return 0 };
        let found = self.0.binary_search_by_key(&character, |(_, known)| *known);
        found.ok().filter(|place| self.0[*place].0 == glyph).map_or(0, |place| place as u16 + 1)
    }

    /// Code, glyph and character of each.
    pub fn glyphs(&self) -> impl Iterator<Item = (u16, u16, char)> {
        self.0.iter().zip(1..).map(|((glyph, character), code)| (code, *glyph, *character))
    }
}

/// All faces of a theme, read and ready for shaping.
pub struct Fonts<'a> {
    loaded: Vec<Loaded<'a>>,
    /// Each face's place among those read; none where the theme has no such face.
    places: [Option<usize>; Face::ALL.len()],
}

/// Name and content of a face's file; none where the theme has no such face.
fn file(theme: &Theme, face: Face) -> Option<(&str, &[u8])> {
    let built_in = |name: &'static str| Some((name, builtin::font(name).unwrap_or_default()));
    let own = |place: usize| match &theme.typefaces.text {
        Some(files) => Some((files[place].name.as_str(), files[place].bytes.as_ref())),
        None => built_in(NOTO[place]),
    };
    let spare = |place: usize| theme.typefaces.text.as_ref().and_then(|_| built_in(NOTO[place]));
    match face {
        Face::Regular => own(0),
        Face::Bold => own(1),
        Face::Italic => own(2),
        Face::BoldItalic => own(3),
        Face::Mono => built_in("NotoSansMono-Regular"),
        Face::Headline => {
            theme.typefaces.headings.as_ref().map(|file| (file.name.as_str(), file.bytes.as_ref()))
        }
        Face::Spare => spare(0),
        Face::SpareBold => spare(1),
        Face::SpareItalic => spare(2),
        Face::SpareBoldItalic => spare(3),
    }
}

const NOTO: [&str; 4] = ["NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic"];

impl<'a> Fonts<'a> {
    /// # Errors
    /// [`RenderError`] where a font file cannot be read.
    pub fn load(theme: &'a Theme) -> Result<Fonts<'a>, RenderError> {
        let mut out = Fonts { loaded: Vec::new(), places: [None; Face::ALL.len()] };
        for face in Face::ALL {
            let Some((name, bytes)) = file(theme, face) else { continue };
            let read = rustybuzz::Face::from_slice(bytes, 0)
                .ok_or_else(|| RenderError(format!("the font {name} cannot be read")))?;
            out.places[face as usize] = Some(out.loaded.len());
            let ascii = (0..128u8).filter(|code| read.glyph_index(char::from(*code)).is_some());
            let ascii = ascii.fold(0, |known, code| known | 1 << code);
            let common = Common::of(&read);
            out.loaded.push(Loaded { name, bytes, face: read, ascii, common });
        }
        Ok(out)
    }

    /// A face that the theme lacks is taken for the one that stands nearest to it.
    fn place(&self, face: Face) -> &Loaded<'a> {
        let place = self.places[face as usize].or(self.places[face.unspared() as usize]);
        &self.loaded[place.unwrap_or(0)]
    }

    fn has(&self, face: Face, character: char) -> bool {
        let Some(place) = self.places[face as usize] else { return false };
        let loaded = &self.loaded[place];
        match u32::from(character) {
            code @ 0..128 => loaded.ascii >> code & 1 == 1,
            _ => loaded.face.glyph_index(character).is_some(),
        }
    }

    /// Whether a face has the character, or one that looks like it; signs without a shape count as drawn.
    pub fn can_draw(&self, character: char) -> bool {
        let shapeless =
            matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}');
        let has = |character: char| Face::ALL.iter().any(|face| self.has(*face, character));
        shapeless || has(character) || look_alike(character).is_some_and(has)
    }

    pub fn get(&self, face: Face) -> &rustybuzz::Face<'a> {
        &self.place(face).face
    }

    pub fn common(&self, face: Face) -> &Common {
        &self.place(face).common
    }

    /// The code that a glyph has in each paper whose text is set in this face; 0 where that differs from paper to paper.
    pub fn common_code(&self, face: Face, glyph: u16, text: &str) -> u16 {
        self.common(face).code(glyph, text)
    }

    /// Its name inside the file.
    pub fn name(&self, face: Face) -> &'a str {
        self.place(face).name
    }

    /// The whole font file.
    pub fn bytes(&self, face: Face) -> &'a [u8] {
        self.place(face).bytes
    }

    /// The wanted face where it has the character or one that looks like it, else the first that has it,
    /// else the wanted one, which then shows its box for a missing character.
    pub fn showing(&self, wanted: Face, character: char) -> Face {
        let having = |character: char| {
            [wanted, wanted.spare(), wanted.unspared()]
                .into_iter()
                .chain(Face::ALL)
                .find(|face| self.has(*face, character))
        };
        having(character).or_else(|| having(look_alike(character)?)).unwrap_or(wanted)
    }

    /// What is drawn for a character in this face: itself, or what looks like it where the face lacks it.
    pub fn drawn(&self, face: Face, character: char) -> char {
        if self.has(face, character) {
            return character;
        }
        let font = self.get(face);
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
        let theme = Theme::default();
        let fonts = Fonts::load(&theme).expect("fonts");
        assert_eq!(fonts.showing(Face::Bold, 'a'), Face::Bold);
        assert_eq!(fonts.showing(Face::Bold, '≥'), Face::Mono);
        assert_eq!(fonts.showing(Face::Bold, '日'), Face::Bold);
        assert_eq!(fonts.showing(Face::Regular, '☐'), Face::Mono);
        assert_eq!(fonts.drawn(Face::Mono, '☐'), '□');
    }
}
