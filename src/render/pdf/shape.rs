//! Words → positioned glyphs, each word shaped once for all papers of a run.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rustybuzz::{BufferClusterLevel, Direction, Language, Script, ShapePlan, UnicodeBuffer};

use super::fonts::{Face, Fonts};

/// A glyph in a word; lengths in thousandths of the font size.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    pub id: u16,
    pub advance: f32,
    /// The advance that the font itself gives, before kerning.
    pub natural: f32,
    pub dx: f32,
    pub dy: f32,
    /// The bytes of the word that this glyph stands for; empty where an earlier glyph stands for them.
    pub text: Range<usize>,
    /// Its code in each paper whose text is set in this face, or 0.
    pub common: u16,
}

/// A stretch of text in one face and direction, its glyphs from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub face: Face,
    pub text: String,
    pub glyphs: Vec<Glyph>,
    /// In thousandths of the font size.
    pub width: f32,
}

impl Word {
    /// Nothing to be read, as wide as this.
    pub fn blank(face: Face, width: f32) -> Word {
        Word { face, text: String::new(), glyphs: Vec::new(), width }
    }
}

/// More words than these are not remembered for the next paper.
const MOST_WORDS: usize = 50_000;

/// Words of one language that are known from the papers before.
#[derive(Default)]
pub struct Words {
    language: Option<Language>,
    plans: Vec<(Face, Direction, Script, ShapePlan)>,
    /// Those of each face, and behind them those that run from right to left.
    words: Vec<HashMap<String, Arc<Word>, FixedState>>,
    buffer: Option<UnicodeBuffer>,
}

/// Shapes words and remembers them.
pub struct Shaper<'a> {
    pub fonts: &'a Fonts<'a>,
    known: Words,
}

impl<'a> Shaper<'a> {
    pub fn new(fonts: &'a Fonts<'a>, language: Option<&str>) -> Shaper<'a> {
        Shaper::knowing(Words::default(), fonts, language)
    }

    /// With words of the same fonts that were shaped before. What a word looks like depends on its language too.
    pub fn knowing(mut known: Words, fonts: &'a Fonts<'a>, language: Option<&str>) -> Shaper<'a> {
        let language = language.and_then(|language| language.parse().ok());
        let count: usize = known.words.iter().map(HashMap::len).sum();
        if known.language != language || count > MOST_WORDS || known.words.is_empty() {
            known =
                Words { language, words: vec![HashMap::default(); 2 * Face::ALL.len()], ..Words::default() };
        }
        Shaper { fonts, known }
    }

    /// All words that it knows by now.
    pub fn into_words(self) -> Words {
        self.known
    }

    /// The glyphs of `text`, which runs from right to left where `rtl` says so.
    pub fn word(&mut self, face: Face, rtl: bool, text: &str) -> Arc<Word> {
        let known = face as usize + if rtl { Face::ALL.len() } else { 0 };
        if let Some(word) = self.known.words[known].get(text) {
            return Arc::clone(word);
        }
        let word = Arc::new(self.shape(face, rtl, text));
        self.known.words[known].insert(text.to_owned(), Arc::clone(&word));
        word
    }

    fn shape(&mut self, face: Face, rtl: bool, text: &str) -> Word {
        let font = self.fonts.get(face);
        let mut buffer = self.known.buffer.take().unwrap_or_default();
        for (at, character) in text.char_indices() {
            buffer.add(self.fonts.drawn(face, character), at as u32);
        }
        buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        if let Some(language) = &self.known.language {
            buffer.set_language(language.clone());
        }
        buffer.guess_segment_properties();
        let (direction, script) = (buffer.direction(), buffer.script());
        let known =
            self.known.plans.iter().position(|plan| (plan.0, plan.1, plan.2) == (face, direction, script));
        let index = known.unwrap_or_else(|| {
            let plan = ShapePlan::new(font, direction, Some(script), self.known.language.as_ref(), &[]);
            self.known.plans.push((face, direction, script, plan));
            self.known.plans.len() - 1
        });
        let shaped = rustybuzz::shape_with_plan(font, &self.known.plans[index].3, buffer);

        let scale = 1000.0 / font.units_per_em().max(1) as f32;
        let clusters: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let glyphs: Vec<Glyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .zip(texts(text, &clusters))
            .map(|((info, position), stands_for)| {
                let id = u16::try_from(info.glyph_id).unwrap_or(0);
                Glyph {
                    id,
                    common: self.fonts.common_code(face, id, &text[stands_for.clone()]),
                    advance: position.x_advance as f32 * scale,
                    natural: self.fonts.natural_advance(face, id),
                    dx: position.x_offset as f32 * scale,
                    dy: position.y_offset as f32 * scale,
                    text: stands_for,
                }
            })
            .collect();
        self.known.buffer = Some(shaped.clear());
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        Word { face, text: text.to_owned(), glyphs, width }
    }
}

/// Which bytes each glyph stands for, so that together they give the text once and whole.
fn texts(text: &str, clusters: &[usize]) -> Vec<Range<usize>> {
    let mut starts = clusters.to_vec();
    starts.sort_unstable();
    starts.dedup();
    let mut out = Vec::with_capacity(clusters.len());
    let mut index = 0;
    while index < clusters.len() {
        let start = clusters[index];
        let count = clusters[index..].iter().take_while(|cluster| **cluster == start).count();
        let end = starts.get(starts.partition_point(|s| *s <= start)).copied().unwrap_or(text.len());
        let start = if start == starts[0] { 0 } else { start };
        out.push(start..end);
        out.extend((1..count).map(|_| end..end));
        index += count;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    fn extracted(word: &Word) -> String {
        word.glyphs.iter().map(|glyph| &word.text[glyph.text.clone()]).collect()
    }

    #[test]
    fn glyphs_give_back_their_text() {
        let theme = Theme::default();
        let fonts = Fonts::load(&theme).expect("fonts");
        let mut shaper = Shaper::new(&fonts, Some("en"));
        for text in ["office", "fjord", "e\u{301}x\u{302}\u{323}", "a\u{200d}b", "\u{10ffff}", "", "日本"] {
            assert_eq!(extracted(&shaper.word(Face::Regular, false, text)), text);
        }
    }

    #[test]
    fn kerning_draws_letters_together() {
        let theme = Theme::default();
        let fonts = Fonts::load(&theme).expect("fonts");
        let mut shaper = Shaper::new(&fonts, Some("en"));
        let word = shaper.word(Face::Regular, false, "AV");
        assert!(word.glyphs[0].advance < word.glyphs[0].natural);
    }
}
