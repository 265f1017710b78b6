//! The glyphs that a paper uses → fonts reduced to them, and the codes that name their glyphs.
//!
//! A face that sets text has every letter, figure and sign of common text in it and not only those that the paper uses: then
//! nearly all papers of a run have the same font, which is made once. What a paper gets depends on nothing but itself.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::FixedState;
use lopdf::{Dictionary, Object};

use crate::render::RenderError;

use super::file::{File, Packer};
use super::fonts::{Common, Face, Fonts};
use super::pages::Page;
use super::program::Program;
use super::shape::{Glyph, Word};
use super::strip::{Ink, Mark};

/// A face with fewer different letters in use than this only lends signs, and gets no more than those.
const SETS_TEXT: u32 = 24;

/// So many reduced fonts are kept for the next papers.
const KEPT: usize = 64;

/// What text each glyph stands for, and the code of that in a paper. A glyph that stands for different texts has a code for
/// each, because a PDF gives one text a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes(Vec<Vec<(String, u16)>>);

impl Codes {
    /// The code of a glyph that stands for this text; 0 is the box for a missing character.
    fn get(&self, glyph: u16, text: &str) -> u16 {
        let codes = self.0.get(usize::from(glyph)).map_or(&[][..], Vec::as_slice);
        codes.iter().find(|(known, _)| known == text).map_or(0, |(_, code)| *code)
    }

    /// Codes for these in their order, from 1.
    fn of<'a>(list: impl Iterator<Item = (u16, &'a str)>) -> Codes {
        let mut out: Vec<Vec<(String, u16)>> = Vec::new();
        let mut next: u16 = 1;
        for (glyph, text) in list {
            let place = usize::from(glyph);
            if out.len() <= place {
                out.resize(place + 1, Vec::new());
            }
            if !out[place].iter().any(|(known, _)| known == text) {
                out[place].push((text.to_owned(), next));
                // More glyphs than a font can have; the last of them share a code.
                next = next.saturating_add(1);
            }
        }
        Codes(out)
    }

    /// Glyph, text and code, by glyph.
    pub fn all(&self) -> impl Iterator<Item = (u16, &str, u16)> {
        let by_glyph = self.0.iter().zip(0u16..);
        by_glyph
            .flat_map(|(codes, glyph)| codes.iter().map(move |(text, code)| (glyph, text.as_str(), *code)))
    }
}

/// What is embedded of one face.
pub struct Embedded {
    codes: Codes,
    /// Whether the codes of the common glyphs are what every paper gives them.
    sets_text: bool,
    /// Whether a box stands for a character that the face lacks.
    boxes: bool,
    program: Program,
}

/// A glyph and what it stands for, beyond what every text has.
type Extra = (u16, String);

/// What a reduced font depends on besides its face.
#[derive(PartialEq, Eq, Hash)]
struct Wanted {
    face: Face,
    sets_text: bool,
    /// In order.
    extras: Vec<Extra>,
}

/// Reduced fonts, kept from paper to paper.
#[derive(Default)]
pub struct Kept(Mutex<HashMap<Wanted, Arc<Embedded>>>);

/// The fonts of one paper.
pub struct Set(BTreeMap<Face, Arc<Embedded>>);

impl Set {
    /// The fonts that these pages need.
    ///
    /// # Errors
    /// [`RenderError`] where a font cannot be reduced.
    pub fn of(
        pages: &[Page],
        fonts: &Fonts<'_>,
        kept: &Kept,
        packer: &mut Packer,
    ) -> Result<Set, RenderError> {
        let mut used: BTreeMap<Face, Use> = BTreeMap::new();
        for mark in pages.iter().flat_map(marks) {
            if let Ink::Word { word, .. } = &mark.ink {
                used.entry(word.face).or_default().add(word);
            }
        }
        let embedded = used.into_iter().map(|(face, used)| {
            let wanted = used.wanted(face, fonts.common(face));
            Ok((face, kept.get(fonts, wanted, packer)?))
        });
        Ok(Set(embedded.collect::<Result<_, RenderError>>()?))
    }

    pub fn get(&self, face: Face) -> Option<&Embedded> {
        self.0.get(&face).map(Arc::as_ref)
    }

    /// Whether a box stands for some character.
    pub fn has_boxes(&self) -> bool {
        self.0.values().any(|embedded| embedded.boxes)
    }

    /// Writes the fonts and gives them by the names that pages use.
    pub fn write(&self, file: &mut File<Vec<u8>>) -> io::Result<Dictionary> {
        let mut names = Dictionary::new();
        for (face, embedded) in &self.0 {
            let number = embedded.program.write(file)?;
            names.set(format!("T{}", *face as usize), Object::Reference((number, 0)));
        }
        Ok(names)
    }
}

fn marks(page: &Page) -> impl Iterator<Item = &Mark> {
    page.marks.iter().chain(&page.header).chain(&page.footer)
}

/// Codes of common glyphs, a bit each.
#[derive(Default)]
struct Codeset([u128; 2]);

impl Codeset {
    fn add(&mut self, code: u16) {
        self.0[usize::from(code >> 7 & 1)] |= 1 << (code & 127);
    }

    fn has(&self, code: u16) -> bool {
        self.0[usize::from(code >> 7 & 1)] >> (code & 127) & 1 == 1
    }

    fn count(&self) -> u32 {
        self.0.iter().map(|bits| bits.count_ones()).sum()
    }
}

/// What a paper uses of a face.
#[derive(Default)]
struct Use<'a> {
    seen: HashSet<*const Word, FixedState>,
    /// The common glyphs, by their code.
    common: Codeset,
    extras: BTreeSet<(u16, &'a str)>,
}

impl<'a> Use<'a> {
    fn add(&mut self, word: &'a Arc<Word>) {
        // A word is shaped once and stands in many places.
        if !self.seen.insert(Arc::as_ptr(word)) {
            return;
        }
        for glyph in &word.glyphs {
            match glyph.common {
                0 => drop(self.extras.insert((glyph.id, &word.text[glyph.text.clone()]))),
                code => self.common.add(code),
            }
        }
    }

    fn wanted(self, face: Face, common: &Common) -> Wanted {
        let sets_text = self.common.count() >= SETS_TEXT;
        let mut extras: Vec<Extra> =
            self.extras.into_iter().map(|(glyph, text)| (glyph, text.to_owned())).collect();
        if !sets_text {
            let used = common.glyphs().filter(|(code, ..)| self.common.has(*code));
            extras.extend(used.map(|(_, glyph, character)| (glyph, character.to_string())));
            extras.sort_unstable();
        }
        Wanted { face, sets_text, extras }
    }
}

impl Kept {
    fn get(
        &self,
        fonts: &Fonts<'_>,
        wanted: Wanted,
        packer: &mut Packer,
    ) -> Result<Arc<Embedded>, RenderError> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&wanted) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(Embedded::of(fonts, &wanted, packer)?);
        let mut kept = lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(wanted, Arc::clone(&made));
        Ok(made)
    }
}

impl Embedded {
    fn of(fonts: &Fonts<'_>, wanted: &Wanted, packer: &mut Packer) -> Result<Embedded, RenderError> {
        let extras = wanted.extras.iter().map(|(glyph, text)| (*glyph, text.as_str()));
        let codes = match wanted.sets_text {
            true => {
                let common: Vec<(u16, String)> = fonts
                    .common(wanted.face)
                    .glyphs()
                    .map(|(_, glyph, character)| (glyph, character.to_string()))
                    .collect();
                Codes::of(common.iter().map(|(glyph, text)| (*glyph, text.as_str())).chain(extras))
            }
            false => Codes::of(extras),
        };
        let program = Program::of(fonts, wanted.face, &codes, packer)?;
        let boxes = codes.all().any(|(glyph, ..)| glyph == 0);
        Ok(Embedded { codes, sets_text: wanted.sets_text, boxes, program })
    }

    /// The code of a glyph of a word.
    pub fn code(&self, glyph: &Glyph, word: &Word) -> u16 {
        match glyph.common {
            code if code > 0 && self.sets_text => code,
            _ => self.codes.get(glyph.id, &word.text[glyph.text.clone()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pdf::shape::Shaper;
    use crate::theme::Theme;

    fn wanted(texts: &[&str]) -> Wanted {
        let theme = Theme::default();
        let fonts = Fonts::load(&theme).expect("fonts");
        let mut shaper = Shaper::new(&fonts, Some("en"));
        let words: Vec<Arc<Word>> =
            texts.iter().map(|text| shaper.word(Face::Regular, false, text)).collect();
        let mut used = Use::default();
        words.iter().for_each(|word| used.add(word));
        used.wanted(Face::Regular, fonts.common(Face::Regular))
    }

    #[test]
    fn papers_in_common_letters_need_the_same_font() {
        let one = wanted(&["The quick brown fox jumps over the lazy dog"]);
        let other = wanted(&["Sphinx of black quartz, judge my vow! (1)"]);
        assert!(one.sets_text && one == other && one.extras.is_empty());
        let third = wanted(&["The quick brown fox jumps over the lazy dog: Zoë, łaś"]);
        let texts: Vec<&str> = third.extras.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!((third.sets_text, texts), (true, vec!["ł", "ś"]));
    }

    #[test]
    fn a_face_that_lends_a_few_signs_has_only_those() {
        let few = wanted(&["≥ a"]);
        assert!(!few.sets_text);
        assert_eq!(few.extras.len(), 3);
    }
}
