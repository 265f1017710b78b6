//! What stands in a cell → what an answers file would say, as far as that is beyond doubt.
//!
//! What is not understood is handed on as typed: the fitting tells it with its place.

use std::collections::HashMap;

use super::asked::{self, is_none};
use super::heading::{norm, plain};
use super::numerals::{Figure, Sign, figure};
use crate::answers::{fold, tidy};
use crate::model::{Absence, Number, Question, QuestionKind, Unit};
use crate::tables::ITEM;

/// Steps of a scale that are looked up.
const STEPS: usize = 100;
/// Characters beyond which nothing is an option's label.
const LONGEST: usize = 2_000;

/// How a cell was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// As it stands, or by what it plainly says.
    Plain(String),
    /// By what it is taken to mean, which is told.
    Taken(String),
    /// Nothing was said, in words that are told.
    Nothing,
    /// Two things can be meant.
    Doubtful(String, String),
    /// The question was not shown.
    NotShown,
    /// Several options, each as an id or, where it is none, as typed.
    Several(Vec<String>),
}

/// How an export writes its cells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ways {
    /// Whether several options are parted by spaces.
    pub spaced: bool,
    /// The sign in front of decimals, where it is known.
    pub decimals: Option<Sign>,
    /// Whether `N/A` says that a question was not shown.
    pub not_shown: bool,
}

/// The words of one question.
pub struct Vocabulary {
    /// By [`norm`]; none where two answers share a spelling.
    words: HashMap<String, (u8, Option<String>)>,
    /// Spellings of options, longest first, for cells that hold several.
    options: Vec<(Vec<char>, String)>,
    many: bool,
    free: bool,
    /// Unit and range, where a figure is wanted.
    number: Option<(Unit, Option<(Number, Number)>)>,
    applies_to_all: bool,
}

impl Vocabulary {
    pub fn new(question: &Question) -> Vocabulary {
        let mut vocabulary = Vocabulary {
            words: HashMap::new(),
            options: Vec::new(),
            many: matches!(question.kind, QuestionKind::Many(_)),
            free: matches!(question.kind, QuestionKind::Text),
            number: match &question.kind {
                QuestionKind::Number { unit, range } => Some((unit.clone(), range.clone())),
                _ => None,
            },
            applies_to_all: !question.not_applicable,
        };
        if let QuestionKind::Numbered { labels, .. } = &question.kind {
            for value in (0..STEPS).map_while(|place| question.kind.step_at(place)) {
                vocabulary.add(0, &value.to_decimal(30), &value.to_decimal(30));
            }
            for (place, label) in labels.iter().enumerate() {
                let Some(value) = question.kind.step_at(place) else { continue };
                vocabulary.labelled(label, Some(&value), &value.to_decimal(30));
            }
        }
        for choice in question.kind.choices() {
            vocabulary.add(0, &choice.id, &choice.id);
        }
        for choice in question.kind.choices() {
            vocabulary.labelled(&choice.label, choice.value.as_ref(), &choice.id);
            for (_, label) in &choice.translations {
                vocabulary.labelled(label, choice.value.as_ref(), &choice.id);
                vocabulary.add(2, &with_id(label, &choice.id), &choice.id);
            }
            vocabulary.add(2, &with_id(&choice.label, &choice.id), &choice.id);
        }
        if vocabulary.many {
            let mut options: Vec<(Vec<char>, String)> = Vec::new();
            for choice in question.kind.choices() {
                let translated = choice.translations.iter().map(|(_, label)| label);
                let labels = std::iter::once(&choice.label).chain(translated);
                let labelled = labels.flat_map(|label| [label.clone(), with_id(label, &choice.id)]);
                for word in std::iter::once(choice.id.clone()).chain(labelled) {
                    for spelling in [fold(&plain(&word)), norm(&word)] {
                        options.push((lower(&spelling), choice.id.clone()));
                    }
                }
            }
            options.retain(|(spelling, _)| !spelling.is_empty());
            options.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
            options.dedup();
            vocabulary.options = options;
        }
        vocabulary
    }

    fn add(&mut self, rank: u8, word: &str, meaning: &str) {
        let key = norm(word);
        if key.is_empty() {
            return;
        }
        self.words
            .entry(key)
            .and_modify(|(old, said)| {
                if *old == rank && said.as_deref() != Some(meaning) {
                    *said = None;
                }
            })
            .or_insert((rank, Some(meaning.to_owned())));
    }

    /// A label, alone or beside its number: `3 - Nearly every day`, `Nearly every day (3)`.
    fn labelled(&mut self, label: &str, value: Option<&Number>, meaning: &str) {
        self.add(1, label, meaning);
        let Some(value) = value.map(|value| value.to_decimal(30)) else { return };
        for between in [" - ", "-", " ", ": ", ". ", ") ", " = ", "="] {
            self.add(2, &format!("{value}{between}{label}"), meaning);
        }
        self.add(2, &format!("({value}) {label}"), meaning);
        self.add(2, &format!("{label} ({value})"), meaning);
        self.add(2, &format!("{label} - {value}"), meaning);
    }

    /// What a word means by itself, where it is one of the question's own.
    pub fn meaning(&self, word: &str) -> Option<&str> {
        self.words.get(&norm(word))?.1.as_deref()
    }

    /// Reads a cell that is not blank.
    pub fn read(&self, cell: &str, ways: Ways) -> Read {
        let spaced = ways.spaced;
        if self.free {
            return Read::Plain(cell.replace(ITEM, ", "));
        }
        if ways.not_shown && norm(cell) == "n/a" && !self.words.contains_key("n/a") {
            return Read::NotShown;
        }
        if self.many {
            return match self.absence(cell) {
                Some(read) if !self.words.contains_key(&norm(cell)) => read,
                _ => Read::Several(self.several(cell, spaced)),
            };
        }
        if cell.len() > LONGEST {
            return Read::Plain(cell.to_owned());
        }
        let key = norm(cell);
        if let Some((_, Some(meaning))) = self.words.get(&key) {
            return Read::Plain(meaning.clone());
        }
        if let Some(read) = self.absence(cell) {
            return read;
        }
        if let Some((unit, range)) = &self.number {
            return measured(cell, ways.decimals, unit, range.as_ref());
        }
        match figure(cell, ways.decimals, &Unit::None) {
            // A spreadsheet's `4.0` or `4,0` on a scale.
            Figure::Read(read) if self.options.is_empty() && Number::parse(&read).is_some() => {
                Read::Taken(read)
            }
            _ => Read::Plain(cell.to_owned()),
        }
    }

    /// Words that say that there is no answer.
    fn absence(&self, cell: &str) -> Option<Read> {
        if cell.len() > 60 {
            return None;
        }
        let said = norm(cell);
        if Absence::parse(&said).is_some() {
            return Some(Read::Plain(cell.to_owned()));
        }
        if let Some(absence) = asked::absence(&said) {
            return Some(Read::Plain(absence.key().to_owned()));
        }
        match said.as_str() {
            "i don't know" | "do not know" | "i do not know" | "dk" => {
                Some(Read::Taken(Absence::DontKnow.key().to_owned()))
            }
            "prefer not to say" | "prefer not to answer" | "no answer" | "keine antwort" => {
                Some(Read::Taken(Absence::Refused.key().to_owned()))
            }
            "n/a" | "na" | "n.a" | "does not apply" if !self.applies_to_all => {
                Some(Read::Taken(Absence::NotApplicable.key().to_owned()))
            }
            "n/a" | "na" | "n.a" if self.number.is_none() && !self.free => Some(Read::Nothing),
            _ => None,
        }
    }

    /// The options of a cell: known ones, longest first, wherever one begins; what lies between as typed.
    fn several(&self, cell: &str, spaced: bool) -> Vec<String> {
        if cell.contains(ITEM) {
            return cell
                .split(ITEM)
                .filter(|item| !item.trim().is_empty())
                .flat_map(|item| self.one(item))
                .collect();
        }
        self.pieces(cell, spaced)
    }

    fn one(&self, item: &str) -> Vec<String> {
        match self.words.get(&norm(item)) {
            Some((_, Some(meaning))) => vec![meaning.clone()],
            _ if is_none(item) => Vec::new(),
            _ => match asked::absence(&norm(item)) {
                Some(absence) => vec![absence.key().to_owned()],
                None => vec![item.trim().to_owned()],
            },
        }
    }

    fn pieces(&self, cell: &str, spaced: bool) -> Vec<String> {
        if is_none(cell) && !self.words.contains_key(&norm(cell)) {
            return Vec::new();
        }
        let shown: Vec<char> = tidy(&plain(cell)).chars().collect();
        let text: Vec<char> = shown.iter().copied().map(small).collect();
        let mut out = Vec::new();
        let mut at = 0;
        loop {
            at = behind_signs(&text, at);
            if at >= text.len() {
                return out;
            }
            if let Some((length, id)) = self.option_at(&text, at, spaced) {
                out.push(id.to_owned());
                at += length;
                continue;
            }
            let end = (at + 1..text.len())
                .filter(|end| is_sign(text[*end], spaced))
                .find(|end| {
                    let next = behind_signs(&text, *end);
                    next >= text.len() || self.option_at(&text, next, spaced).is_some()
                })
                .unwrap_or(text.len());
            out.push(shown[at..end].iter().collect::<String>().trim().to_owned());
            at = end;
        }
    }

    /// The longest option that begins here and ends at a sign or the end.
    fn option_at(&self, text: &[char], at: usize, spaced: bool) -> Option<(usize, &str)> {
        self.options.iter().find_map(|(option, id)| {
            let rest = text[at..].strip_prefix(option.as_slice())?;
            let ends = match rest.iter().position(|c| *c != ' ') {
                None => true,
                Some(0) => is_sign(rest[0], false) || ends_sentence(rest),
                Some(next) => spaced || is_sign(rest[next], false),
            };
            ends.then_some((option.len(), id.as_str()))
        })
    }
}

/// An option by its label and its id, for labels that alone could be taken for others.
pub fn with_id(label: &str, id: &str) -> String {
    format!("{label} ({id})")
}

/// What the answer to a question means that is written so, by itself: an option's id, a number of the scale, or the key
/// of an absence. None where no single one is meant.
pub fn reads_as(question: &Question, shown: &str) -> Option<String> {
    let meaning = match Vocabulary::new(question).read(shown, Ways::default()) {
        Read::Plain(meaning) => meaning,
        Read::Several(items) if items.len() == 1 => items.into_iter().next()?,
        _ => return None,
    };
    Some(Absence::parse(&meaning).map_or(meaning, |absence| absence.key().to_owned()))
}

/// A dot or the like at the very end of an option.
fn ends_sentence(rest: &[char]) -> bool {
    let marks = rest.iter().take_while(|c| ".!?:*".contains(**c)).count();
    marks > 0 && rest.get(marks).is_none_or(|next| is_sign(*next, false))
}

fn is_sign(c: char, spaced: bool) -> bool {
    matches!(c, ',' | ';' | '/' | '|') || (spaced && c == ' ')
}

fn behind_signs(text: &[char], at: usize) -> usize {
    let signs =
        text[at..].iter().take_while(|c| **c == ' ' || is_sign(**c, false) || ".!?:*".contains(**c)).count();
    at + signs
}

/// One small letter for each, so that places stay.
fn small(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn lower(text: &str) -> Vec<char> {
    text.chars().map(small).collect()
}

/// Whether a cell says that nothing was measured.
pub fn is_no_number(norm: &str) -> bool {
    matches!(
        norm,
        "n/a" | "na" | "n.a" | "-" | "--" | "unknown" | "not known" | "not measured" | "k.a" | "tbd"
    ) || norm.is_empty()
}

/// Whether a cell says that there are none of what is counted, or that nobody counted.
fn is_naught(norm: &str) -> bool {
    matches!(
        norm,
        "none"
            | "nil"
            | "no"
            | "zero"
            | "keine"
            | "keiner"
            | "kein"
            | "aucun"
            | "aucune"
            | "ninguno"
            | "ninguna"
    )
}

/// How a cell that holds a figure was read. `range` is what the figure may be.
pub fn measured(cell: &str, decimals: Option<Sign>, unit: &Unit, range: Option<&(Number, Number)>) -> Read {
    let said = norm(cell);
    if cell.len() <= 60 && is_naught(&said) {
        let naught = range.is_none_or(|(low, _)| *low <= Number::zero());
        return if naught { Read::Doubtful("0".to_owned(), "n/a".to_owned()) } else { Read::Nothing };
    }
    if cell.len() <= 60 && is_no_number(&said) {
        return Read::Nothing;
    }
    match figure(cell, decimals, unit) {
        Figure::AsTyped => Read::Plain(cell.to_owned()),
        Figure::Read(read) => Read::Taken(read),
        // Thousands of percent are more than most percentages can be.
        Figure::Doubtful(one, other) if *unit == Unit::Percent && is_beyond(&one, range) => {
            Read::Taken(other)
        }
        Figure::Doubtful(one, other) => Read::Doubtful(one, other),
    }
}

/// Whether a percentage is more than it may be.
fn is_beyond(read: &str, range: Option<&(Number, Number)>) -> bool {
    let value = Number::parse(read.trim_end_matches('%').trim());
    range.zip(value).is_some_and(|((_, high), value)| value > *high)
}

/// Whether the cell of one option says that it was chosen; none where that is not told.
pub fn chosen(cell: &str, spellings: &[&str]) -> Option<bool> {
    if cell.len() > LONGEST {
        return None;
    }
    let said = norm(cell);
    match said.as_str() {
        "1" | "1.0" | "y" | "yes" | "true" | "x" | "checked" | "selected" | "ja" | "oui" | "sí" | "✓"
        | "✔" => Some(true),
        "0" | "0.0" | "n" | "no" | "false" | "not selected" | "unchecked" | "nein" | "non" | "n/a" => {
            Some(false)
        }
        _ if spellings.iter().any(|spelling| norm(spelling) == said) => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_that_was_not_measured_is_none() {
        let metric = |cell: &str, low: i64| {
            let range = (Number::from(low), Number::from(100i64));
            measured(cell, None, &Unit::Percent, Some(&range))
        };
        for cell in ["n/a", " N.A. ", "-", "unknown"] {
            assert_eq!(metric(cell, 0), Read::Nothing, "{cell}");
        }
        assert_eq!(metric("18%", 0), Read::Plain("18%".to_owned()));
        assert_eq!(metric("about 18%", 0), Read::Taken("18%".to_owned()));
        assert_eq!(metric("12,125 %", 0), Read::Taken("12.125 %".to_owned()));
        for cell in ["none", "No", "keine", "nil"] {
            assert_eq!(metric(cell, 0), Read::Doubtful("0".to_owned(), "n/a".to_owned()), "{cell}");
            assert_eq!(metric(cell, 1), Read::Nothing, "{cell}");
        }
    }
}
