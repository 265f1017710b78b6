//! Running text → lines of placed words: break opportunities, faces, directions.

use std::ops::Range;
use std::sync::Arc;

use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::{BreakClass, BreakOpportunity, break_property, linebreaks};

use super::fonts::Face;
use super::shape::{Shaper, Word};
use super::tags::Node;
use crate::theme::Color;

/// How a stretch of text is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub face: Face,
    pub size: f32,
    pub color: Color,
    /// What the text belongs to; none where it only decorates the page.
    pub node: Option<Node>,
    /// The link it is part of, by its number in the paper.
    pub link: Option<usize>,
    pub strike: bool,
    /// Whether it stands on a tinted ground, as code does.
    pub tinted: bool,
    /// How far it stands above the line.
    pub rise: f32,
    /// The picture that stands in place of the text: its number in the paper, width and height.
    pub picture: Option<(usize, f32, f32)>,
}

impl Look {
    pub fn plain(face: Face, size: f32, color: Color, node: Option<Node>) -> Look {
        Look { face, size, color, node, link: None, strike: false, tinted: false, rise: 0.0, picture: None }
    }
}

/// Stands in a text where a picture is.
const PICTURE: char = '\u{fffc}';

/// Text of changing look. A `\n` in it is a line break that is meant.
#[derive(Clone, Debug, Default)]
pub struct Running {
    text: String,
    looks: Vec<Look>,
    /// The end of each look's stretch, ascending.
    ends: Vec<usize>,
}

impl Running {
    pub fn of(text: &str, look: Look) -> Running {
        let mut out = Running::default();
        out.push(text, &look);
        out
    }

    /// Adds text in which every sort of white space that could break the line is a space.
    pub fn push(&mut self, text: &str, look: &Look) {
        self.text.extend(text.chars().map(|c| match c {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            // A byte order mark in the middle of a text means what the word joiner does, and may not stand in a PDF's text.
            '\u{feff}' => '\u{2060}',
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => char::REPLACEMENT_CHARACTER,
            c => c,
        }));
        self.close(look);
    }

    /// Adds a picture, which stands among the words like one of them.
    pub fn push_picture(&mut self, look: &Look) {
        self.text.push(PICTURE);
        self.close(look);
    }

    /// How much higher than its words a line is, for the pictures in it.
    pub fn extra_height(&self, line: &Line, leading: f32) -> f32 {
        let heights = line.words.iter().filter_map(|placed| self.looks[placed.look].picture);
        heights.map(|(_, _, height)| height - leading * 0.7).fold(0.0, f32::max)
    }

    pub fn widest_picture(&self) -> f32 {
        self.looks.iter().filter_map(|look| look.picture).map(|(_, width, _)| width).fold(0.0, f32::max)
    }

    /// Adds a line break.
    pub fn push_break(&mut self, look: &Look) {
        self.text.push('\n');
        self.close(look);
    }

    fn close(&mut self, look: &Look) {
        if self.looks.last() == Some(look) {
            if let Some(end) = self.ends.last_mut() {
                *end = self.text.len();
            }
        } else if self.ends.last().copied().unwrap_or(0) < self.text.len() {
            self.looks.push(look.clone());
            self.ends.push(self.text.len());
        }
    }

    /// The same text in another size.
    pub fn scaled(mut self, scale: f32) -> Running {
        for look in &mut self.looks {
            look.size *= scale;
            look.rise *= scale;
            look.picture =
                look.picture.map(|(number, width, height)| (number, width * scale, height * scale));
        }
        self
    }

    /// The same text, drawn once more for the eye alone.
    pub fn into_ornament(mut self) -> Running {
        for look in &mut self.looks {
            (look.node, look.link) = (None, None);
        }
        self
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn look(&self, index: usize) -> &Look {
        &self.looks[index]
    }

    fn look_at(&self, position: usize) -> usize {
        self.ends.partition_point(|end| *end <= position)
    }
}

/// A word in its place on a line.
#[derive(Clone, Debug)]
pub struct Placed {
    /// From the beginning of the line.
    pub x: f32,
    pub width: f32,
    pub word: Arc<Word>,
    /// Which look of its [`Running`] text it has.
    pub look: usize,
}

#[derive(Clone, Debug)]
pub struct Line {
    /// In reading order for one direction, from left to right on the page for mixed ones.
    pub words: Vec<Placed>,
    /// Without the space that ends the line.
    pub width: f32,
    /// Whether the paragraph runs from right to left.
    pub rtl: bool,
}

/// The widths between which a text can be set without breaking words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extent {
    /// Of the widest piece that should not be broken.
    pub narrowest: f32,
    /// Of the widest line where nothing is broken.
    pub widest: f32,
}

/// A stretch of one look, face and direction, either all space or all ink.
struct Unit {
    range: Range<usize>,
    word: Arc<Word>,
    look: usize,
    level: Level,
    width: f32,
    space: bool,
    /// Whether the line may or must end after it.
    then: Option<BreakOpportunity>,
}

/// Sets the text in lines no wider than `width`, and always at least one.
pub fn set(running: &Running, shaper: &mut Shaper<'_>, width: f32) -> Vec<Line> {
    let (units, rtl) = units(running, shaper);
    let mut lines = Vec::new();
    let mut line: Vec<Unit> = Vec::new();
    let mut used = 0.0;
    let mut piece: Vec<Unit> = Vec::new();
    for unit in units {
        let then = unit.then;
        piece.push(unit);
        let Some(then) = then else { continue };
        // Sums of the same widths in another order may differ by a hair.
        let ink = ink_width(&piece) - 0.01;
        if !line.is_empty() && used + ink > width {
            lines.push(finish(std::mem::take(&mut line), rtl));
            used = 0.0;
        }
        if ink > width {
            let mut parts = crumble(std::mem::take(&mut piece), running, shaper, width);
            let last = parts.pop().unwrap_or_default();
            lines.extend(parts.into_iter().map(|part| finish(part, rtl)));
            piece = last;
        }
        used += piece.iter().map(|unit| unit.width).sum::<f32>();
        line.append(&mut piece);
        if then == BreakOpportunity::Mandatory {
            lines.push(finish(std::mem::take(&mut line), rtl));
            used = 0.0;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(finish(line, rtl));
    }
    lines
}

/// Like [`set`], with lines of about the same length: for headings, where a last line of one word is ugly.
pub fn set_balanced(running: &Running, shaper: &mut Shaper<'_>, width: f32) -> Vec<Line> {
    let lines = set(running, shaper, width);
    if !(2..=6).contains(&lines.len()) {
        return lines;
    }
    let (mut enough, mut too_narrow) = (width, width / 2.0);
    let mut best = lines;
    for _ in 0..6 {
        let between = (enough + too_narrow) / 2.0;
        let tried = set(running, shaper, between);
        if tried.len() == best.len() && tried.iter().all(|line| line.width <= between) {
            (enough, best) = (between, tried);
        } else {
            too_narrow = between;
        }
    }
    best
}

/// How wide the text wants to be and how narrow it can be.
pub fn extent(running: &Running, shaper: &mut Shaper<'_>) -> Extent {
    let mut out = Extent::default();
    let (mut line, mut piece, mut trailing) = (0.0, 0.0, 0.0);
    for unit in units(running, shaper).0 {
        if unit.space {
            trailing += unit.width;
        } else {
            piece += trailing + unit.width;
            line += trailing + unit.width;
            trailing = 0.0;
        }
        out.narrowest = out.narrowest.max(piece);
        out.widest = out.widest.max(line);
        match unit.then {
            Some(BreakOpportunity::Allowed) => {
                line += trailing;
                (piece, trailing) = (0.0, 0.0);
            }
            Some(BreakOpportunity::Mandatory) => (line, piece, trailing) = (0.0, 0.0, 0.0),
            None => {}
        }
    }
    out
}

/// The first line's worth of the text, with an ellipsis where more would follow.
pub fn clipped(text: &str, look: Look, shaper: &mut Shaper<'_>, width: f32) -> (Running, Line) {
    let whole = Running::of(text, look.clone());
    let mut lines = set(&whole, shaper, width);
    if lines.len() == 1 {
        return (whole, lines.remove(0));
    }
    let room = width - shaper.word(look.face, false, "…").width * look.size / 1000.0;
    let first: String = set(&whole, shaper, room)
        .into_iter()
        .next()
        .map(|line| line.words.iter().map(|placed| placed.word.text.as_str()).collect())
        .unwrap_or_default();
    let short = Running::of(&format!("{}…", first.trim_end()), look);
    let line = set(&short, shaper, f32::MAX).remove(0);
    (short, line)
}

fn ink_width(piece: &[Unit]) -> f32 {
    let ink = piece.iter().rposition(|unit| !unit.space).map_or(0, |last| last + 1);
    piece[..ink].iter().map(|unit| unit.width).sum()
}

/// The first character that joins the one before it.
const FIRST_MARK: char = '\u{300}';

fn units(running: &Running, shaper: &mut Shaper<'_>) -> (Vec<Unit>, bool) {
    let text = running.text.as_str();
    let mut breaks = linebreaks(text).peekable();
    let mixed = text.chars().any(may_run_leftwards);
    let bidi = mixed.then(|| BidiInfo::new(text, None));
    let rtl = bidi
        .as_ref()
        .and_then(|bidi| bidi.paragraphs.first())
        .is_some_and(|paragraph| paragraph.level.is_rtl());
    let level_at = |at: usize| bidi.as_ref().map_or_else(Level::ltr, |bidi| bidi.levels[at]);

    let mut out: Vec<Unit> = Vec::new();
    let mut start = 0;
    let mut state: Option<(usize, Level, Face, bool)> = None;
    let mut close = |range: Range<usize>,
                     state: (usize, Level, Face, bool),
                     then: Option<BreakOpportunity>,
                     shaper: &mut Shaper<'_>| {
        let (look, level, face, space) = state;
        let content = text[range.clone()].trim_end_matches('\n');
        let word = match running.looks[look].picture {
            Some((_, width, _)) => Arc::new(Word::blank(face, width * 1000.0 / running.looks[look].size)),
            None => shaper.word(face, level.is_rtl(), content),
        };
        let width = word.width * running.looks[look].size / 1000.0;
        out.push(Unit { range, word, look, level, width, space, then });
    };
    for (at, character) in text.char_indices() {
        let then = breaks.next_if(|(position, _)| *position == at).map(|(_, then)| then);
        let look = running.look_at(at);
        let level = level_at(at);
        let space = matches!(character, ' ' | '\n');
        let wanted = running.looks[look].face;
        let before = state.filter(|state| state.0 == look);
        let face = match before {
            // A mark stays in the face of its base, so that the two can join.
            Some(before)
                if character >= FIRST_MARK
                    && matches!(
                        break_property(character.into()),
                        BreakClass::CombiningMark | BreakClass::ZeroWidthJoiner
                    )
                    && !before.3 =>
            {
                before.2
            }
            _ if space => wanted,
            _ => shaper.fonts.showing(wanted, character),
        };
        let next = (look, level, face, space);
        if let Some(now) = state
            && at > start
            && (now != next || then.is_some())
        {
            close(start..at, now, then, shaper);
            start = at;
        }
        state = Some(next);
    }
    if let Some(now) = state {
        let then = text.ends_with('\n').then_some(BreakOpportunity::Mandatory);
        close(start..text.len(), now, then.or(Some(BreakOpportunity::Allowed)), shaper);
    }
    (out, rtl)
}

/// Whether the character, or the invisible sign, can make text run from right to left.
fn may_run_leftwards(character: char) -> bool {
    matches!(u32::from(character),
        0x590..=0x8ff | 0x200f | 0x202b | 0x202e | 0x2067 | 0xfb1d..=0xfdff | 0xfe70..=0xfeff
        | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

/// How full a line is at least where a long word is broken behind a part of it.
const FULL_ENOUGH: f32 = 0.5;

/// Whether a name such as `lost_clients.per_quarter` may be parted here.
fn ends_part(text: &str) -> bool {
    text.ends_with(['_', '.', '-', '/', ':', '=', '&', '?', ','])
}

/// Breaks a piece that is wider than a line, behind a part of a name where there is one, else wherever a character ends.
fn crumble(piece: Vec<Unit>, running: &Running, shaper: &mut Shaper<'_>, width: f32) -> Vec<Vec<Unit>> {
    let mut parts: Vec<Vec<Unit>> = vec![Vec::new()];
    let mut used = 0.0;
    let mut place = |unit: Unit, fits: bool, used: &mut f32| {
        if !fits && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(Vec::new());
            *used = 0.0;
        }
        *used += unit.width;
        if let Some(part) = parts.last_mut() {
            part.push(unit);
        }
    };
    for unit in piece {
        if unit.space || used + unit.width <= width {
            place(unit, true, &mut used);
            continue;
        }
        let size = running.looks[unit.look].size / 1000.0;
        let mut starts: Vec<(usize, f32)> = Vec::new();
        for glyph in &unit.word.glyphs {
            match starts.iter_mut().rev().take(1).find(|(start, _)| *start == glyph.text.start) {
                Some((_, advance)) => *advance += glyph.advance * size,
                None => starts.push((glyph.text.start, glyph.advance * size)),
            }
        }
        starts.sort_by_key(|(start, _)| *start);
        let mut from = 0;
        let mut run = 0.0;
        let mut cuts = Vec::new();
        let mut part: Option<(usize, f32)> = None;
        for (start, advance) in starts {
            let room = if cuts.is_empty() { width - used } else { width };
            if start > from && run >= room * FULL_ENOUGH && ends_part(&unit.word.text[..start]) {
                part = Some((start, run));
            }
            if run + advance > room && (start > from || (cuts.is_empty() && used > 0.0)) {
                let (cut, before) = part.take().unwrap_or((start, run));
                cuts.push(cut);
                from = cut;
                run -= before;
            }
            run += advance;
        }
        cuts.push(unit.word.text.len());
        let mut from = 0;
        let mut fits = true;
        for cut in cuts {
            if cut > from {
                let word = shaper.word(unit.word.face, unit.level.is_rtl(), &unit.word.text[from..cut]);
                let range = unit.range.start + from..unit.range.start + cut;
                let width = word.width * size;
                place(Unit { range, word, width, ..unit_like(&unit) }, fits, &mut used);
            }
            from = cut;
            fits = false;
        }
    }
    parts
}

fn unit_like(unit: &Unit) -> Unit {
    Unit { range: unit.range.clone(), word: Arc::clone(&unit.word), ..*unit }
}

/// Puts the units of a line where they are seen.
fn finish(units: Vec<Unit>, rtl: bool) -> Line {
    let ink = units.iter().rposition(|unit| !unit.space).map_or(0, |last| last + 1);
    let width = units[..ink].iter().map(|unit| unit.width).sum();
    let base = if rtl { Level::rtl() } else { Level::ltr() };
    let levels: Vec<Level> =
        units.iter().enumerate().map(|(index, unit)| if index < ink { unit.level } else { base }).collect();
    let order: Vec<usize> = if levels.iter().any(|level| level.number() > 0) {
        BidiInfo::reorder_visual(&levels)
    } else {
        (0..units.len()).collect()
    };
    let mut words = Vec::with_capacity(units.len());
    // The space that ends a right-to-left line hangs out on its left.
    let trailing: f32 = units[ink..].iter().map(|unit| unit.width).sum();
    let mut x = if rtl { -trailing } else { 0.0 };
    for unit in order.into_iter().filter_map(|index| units.get(index)) {
        words.push(Placed { x, width: unit.width, word: Arc::clone(&unit.word), look: unit.look });
        x += unit.width;
    }
    Line { words, width, rtl }
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::*;
    use crate::theme::{Color, Theme};

    fn look() -> Look {
        Look::plain(Face::Regular, 10.0, Color([0, 0, 0]), None)
    }

    fn lines(text: &str, width: f32) -> Vec<String> {
        let theme = Theme::default();
        let fonts = Fonts::load(&theme).expect("fonts");
        let mut shaper = Shaper::new(&fonts, Some("en"));
        let lines = set(&Running::of(text, look()), &mut shaper, width);
        for line in &lines {
            let one = line.words.iter().filter(|placed| !placed.word.text.trim().is_empty()).count() == 1;
            let single = line.words.iter().all(|placed| placed.word.glyphs.len() <= 1);
            assert!(line.width <= width + 0.5 || (one && single), "{line:?}");
        }
        let text = |line: &Line| line.words.iter().map(|placed| placed.word.text.as_str()).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn words_go_to_the_next_line_whole() {
        assert_eq!(lines("one two three", 45.0), ["one two ", "three"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_and_stays_whole_in_reading() {
        let text = "abcdefghij".repeat(20);
        let lines = lines(&text, 60.0);
        assert!(lines.len() > 10);
        assert_eq!(lines.concat(), text);
    }

    #[test]
    fn a_long_name_is_broken_behind_its_parts_where_lines_stay_full() {
        assert_eq!(
            lines("lost_clients_per_quarter_and_region", 90.0),
            ["lost_clients_per_", "quarter_and_", "region"]
        );
        assert_eq!(lines("a_customerretentionofclients", 60.0).concat(), "a_customerretentionofclients");
        assert_eq!(lines("a_customerretentionofclients", 60.0).len(), 3);
    }

    #[test]
    fn no_width_is_too_small() {
        assert_eq!(lines("abc", 0.0).concat(), "abc");
        assert_eq!(lines("", 10.0), [""]);
    }

    #[test]
    fn leftward_words_are_seen_in_their_own_order() {
        let seen = lines("ab \u{5d0}\u{5d1} \u{5d2} cd", 400.0).concat();
        assert_eq!(seen, "ab \u{5d2} \u{5d0}\u{5d1} cd");
    }

    #[test]
    fn a_clipped_text_ends_in_an_ellipsis() {
        let theme = Theme::default();
        let fonts = Fonts::load(&theme).expect("fonts");
        let mut shaper = Shaper::new(&fonts, Some("en"));
        let (_, line) = clipped("one two three four", look(), &mut shaper, 50.0);
        let text: String = line.words.iter().map(|placed| placed.word.text.as_str()).collect();
        assert_eq!(text, "one two…");
        assert!(line.width <= 50.0);
    }
}
