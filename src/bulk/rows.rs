//! Rows of a table, 64 at a time: cells → truths of comparisons → findings → cells.

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use memchr::memchr;

use super::known::{Alone, Known};
use super::plan::{Cell, Plan, Word};
use super::planes::{Truths, transpose};
use super::print::Names;
use super::sum::Sum;
use super::worked::Came;
use crate::answers::{printable_id, slice};
use crate::export::{Column, csv_row, inert_cell};
use crate::model::{BandOf, ScoreOf, date};

/// One row of a piece, in order.
#[derive(Clone, Debug)]
pub struct Note {
    /// Where its record begins in the piece.
    pub start: usize,
    /// Its id, as a number that other ids hardly have; none where it has none.
    pub id: Option<u64>,
    /// Where its line ends in what is printed. What has no line ends where the one before does.
    pub end: usize,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Its line is there.
    Judged,
    /// It must be judged by itself.
    Alone,
    /// A quotation in it is none.
    Broken,
    /// It was judged and is refused.
    Refused,
    /// Nobody stands there.
    Nobody,
}

/// Judges rows and keeps what it has learnt for the next ones.
pub struct Rows<'p> {
    pub(super) plan: &'p Plan<'p>,
    pub(super) known: Known<'p>,
    hasher: RandomState,
    pub(super) truths: Vec<Block>,
    pub(super) block: Vec<Row>,
    /// The ids of the block as they are printed.
    pub(super) ids: Vec<u8>,
    /// Of the row that is being read: what it says to each question, the sums of its scores, and what they come to.
    pub(super) said: Vec<usize>,
    sums: Vec<Sum>,
    pub(super) scored: Vec<usize>,
    pub(super) measured: Vec<Option<i64>>,
    /// Of a row that is as most are: the tests that hold, and the sums.
    pub(super) yes: Vec<u64>,
    pub(super) lows: Vec<i64>,
    came: Vec<Came>,
    keeps_scores: bool,
    keeps_values: bool,
    pub(super) advice: bool,
    pub(super) rules: Names,
    /// The prescriptions in the order of rank, and their names.
    pub(super) order: Vec<usize>,
    pub(super) advice_names: Names,
}

/// Truths of 64 tests for 64 rows.
pub(super) struct Block {
    pub(super) yes: [u64; 64],
    pub(super) no: [u64; 64],
    pub(super) void: [u64; 64],
}

impl Block {
    /// Rows become tests, with a bit a row. `tests` is how many of the 64 there are.
    pub(super) fn turn(&mut self, tests: usize) {
        // Where every test is decided for every row, as it mostly is, one of the three says it all.
        let settled = self.yes.iter().zip(&self.no).fold(!0, |settled, (yes, no)| settled & (yes ^ no));
        transpose(&mut self.yes);
        if settled.trailing_ones() as usize >= tests {
            self.no = self.yes.map(|yes| !yes);
        } else {
            transpose(&mut self.no);
        }
        if self.void.iter().any(|void| *void != 0) {
            transpose(&mut self.void);
        }
    }

    pub(super) fn truths(&self, at: usize) -> Truths {
        Truths { yes: self.yes[at], no: self.no[at], void: self.void[at] }
    }
}

/// What a row of a block came to, as far as columns show it.
pub(super) struct Row {
    pub(super) note: usize,
    pub(super) id: Range<usize>,
    pub(super) scored: Vec<usize>,
    pub(super) measured: Vec<Option<i64>>,
    /// What formulas came to, where it is shown.
    pub(super) came: Vec<Came>,
}

impl<'p> Rows<'p> {
    pub fn new(plan: &'p Plan<'p>, hasher: RandomState) -> Rows<'p> {
        let block = |_: &Word| Block { yes: [0; 64], no: [0; 64], void: [0; 64] };
        let wants = |of: fn(&Column) -> bool| plan.wanted.iter().any(of);
        let order = plan.judge.order();
        Rows {
            plan,
            rules: Names::new(plan.pack.rules.iter().map(|rule| rule.id.as_str())),
            advice_names: Names::new(order.iter().map(|at| plan.pack.prescriptions[*at].id.as_str())),
            order,
            known: Known::new(plan),
            hasher,
            truths: plan.always.iter().map(block).collect(),
            block: Vec::with_capacity(64),
            ids: Vec::new(),
            said: vec![0; plan.questions.len()],
            sums: vec![Sum::default(); plan.scores.len().max(1)],
            scored: Vec::new(),
            measured: vec![None; plan.metrics.len()],
            yes: vec![0; plan.always.len()],
            lows: vec![0; plan.scores.len().max(1)],
            came: Vec::new(),
            keeps_scores: wants(|column| {
                let band = matches!(column, Column::Band(BandOf::Score(_)));
                band || matches!(column, Column::Score(_) | Column::Low(_) | Column::High(_))
            }),
            keeps_values: wants(|column| {
                matches!(column, Column::Metric(_) | Column::Band(BandOf::Metric(_)))
            }),
            advice: wants(|column| matches!(column, Column::Prescriptions | Column::Prescription(_))),
        }
    }

    /// Judges the rows of a piece, which ends with a line break; notes are added in their order, and lines to what
    /// is printed. `plain` is whether each line is a record.
    pub fn judge(&mut self, text: &str, plain: bool, notes: &mut Vec<Note>, out: &mut Vec<u8>) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if matches!(bytes[at], b'\n' | b'\r') {
                at += 1;
                continue;
            }
            let mut note = Note { start: at, id: None, end: 0, what: What::Judged };
            if plain {
                let own = &bytes[at..];
                let read = self.usual_line(own, &mut note).ok_or(Alone);
                at += read.or_else(|Alone| self.line(own, &mut note)).unwrap_or_else(|Alone| {
                    note.what = What::Alone;
                    memchr(b'\n', &bytes[at..]).map_or(bytes.len() - at, |end| end + 1)
                });
            } else {
                let record = slice(text, at);
                at = record.next;
                if record.broken {
                    note.what = What::Broken;
                    let place = self.plan.columns.iter().position(|cell| *cell == Cell::Id);
                    let id = place.and_then(|place| record.cells.get(place)).and_then(|id| printable_id(id));
                    note.id = id.map(|id| self.hasher.hash_one(id.as_bytes()));
                } else if self.record(&record.cells, &mut note).is_err() {
                    note.what = What::Alone;
                }
            }
            if note.what == What::Judged
                && let Some(row) = self.block.last_mut()
            {
                row.note = notes.len();
            }
            notes.push(note);
            if self.block.len() == 64 {
                self.flush(notes, out);
            }
        }
        self.flush(notes, out);
        // What has no line of its own ends where the one before does.
        let mut end = 0;
        for note in notes {
            end = end.max(note.end);
            note.end = end;
        }
    }

    /// A record without quotes; gives where the next line begins.
    fn line(&mut self, bytes: &[u8], note: &mut Note) -> Result<usize, Alone> {
        let plan = self.plan;
        let ends = |at: usize| matches!(bytes[at], b',' | b'\n' | b'\r');
        let end_of = |mut at: usize| {
            while !ends(at) {
                at += 1;
            }
            at
        };
        self.begin();
        let mut id = 0..0;
        let (mut at, last) = (0, plan.columns.len() - 1);
        for (place, cell) in plan.columns.iter().enumerate() {
            let begin = at;
            match *cell {
                Cell::Question(question) => {
                    // Most answers are one sign; all signs that end a cell come before these.
                    at = if bytes[at] > b',' && ends(at + 1) { at + 1 } else { end_of(at) };
                    self.hear(question, &bytes[begin..at])?;
                }
                Cell::Metric(_) if ends(at) => {}
                Cell::Metric(metric) => {
                    let (value, length) = plan.metrics[metric].scale.read(&bytes[at..]).ok_or(Alone)?;
                    at += length;
                    if !ends(at) {
                        return Err(Alone);
                    }
                    self.measured[metric] = Some(value);
                }
                Cell::Empty if ends(at) => {}
                Cell::Empty => return Err(Alone),
                Cell::Day => {
                    at = end_of(at);
                    day(&bytes[begin..at])?;
                }
                Cell::Free => at = end_of(at),
                Cell::Id => {
                    at = end_of(at);
                    id = begin..at;
                }
            }
            if (bytes[at] == b',') == (place == last) {
                return Err(Alone);
            }
            at += 1;
        }
        self.end(&bytes[id], note)?;
        Ok(if bytes[at - 1] == b'\r' { at + 1 } else { at })
    }

    /// A record whose cells were taken apart.
    fn record(&mut self, cells: &[String], note: &mut Note) -> Result<(), Alone> {
        let plan = self.plan;
        if cells.len() != plan.columns.len() {
            return Err(Alone);
        }
        self.begin();
        let mut id: &[u8] = &[];
        for (cell, text) in plan.columns.iter().zip(cells) {
            let text = text.as_bytes();
            match *cell {
                Cell::Question(question) => self.hear(question, text)?,
                Cell::Metric(_) | Cell::Empty if text.is_empty() => {}
                Cell::Metric(metric) => {
                    let read = plan.metrics[metric].scale.read(text);
                    let (value, _) = read.filter(|(_, length)| *length == text.len()).ok_or(Alone)?;
                    self.measured[metric] = Some(value);
                }
                Cell::Empty => return Err(Alone),
                Cell::Day => day(text)?,
                Cell::Free => {}
                Cell::Id => id = text,
            }
        }
        self.end(id, note)
    }

    fn begin(&mut self) {
        let lane = self.block.len();
        for (block, word) in self.truths.iter_mut().zip(&self.plan.always) {
            block.yes[lane] = word.yes;
            block.no[lane] = word.no;
            block.void[lane] = word.void;
        }
        for (sum, scored) in self.sums.iter_mut().zip(&self.plan.scores) {
            *sum = scored.start;
        }
        self.measured.fill(None);
    }

    #[inline]
    fn hear(&mut self, question: usize, text: &[u8]) -> Result<(), Alone> {
        let place = self.known.hear(question, text)?;
        self.said[question] = place;
        let effect = self.known.effect(question, place);
        let (slot, lane) = (&self.plan.questions[question], self.block.len());
        put(&mut self.truths, lane, std::slice::from_ref(&effect.word));
        self.sums[slot.first_score].add(&effect.sum);
        if effect.more {
            let said = self.known.said(question, place);
            put(&mut self.truths, lane, &said.words);
            for (score, sum) in slot.scores.iter().skip(1).zip(&said.sums) {
                self.sums[*score].add(sum);
            }
        }
        Ok(())
    }

    /// Scores and metrics, then the id.
    fn end(&mut self, id: &[u8], note: &mut Note) -> Result<(), Alone> {
        let (plan, lane) = (self.plan, self.block.len());
        for (metric, value) in self.measured.iter().enumerate() {
            // A blank cell leaves it to the formula.
            if value.is_some() || !plan.worked.iter().any(|worked| worked.given == Some(metric)) {
                put(&mut self.truths, lane, &self.known.measure(metric, *value).words);
            }
        }
        if !plan.worked.is_empty() {
            self.came.clear();
            let shown = if self.keeps_values { Some(&mut self.came) } else { None };
            self.known.work_out(&self.measured, shown, |words| put(&mut self.truths, lane, words))?;
        }
        self.scored.clear();
        for (slot, scored) in plan.scores.iter().enumerate() {
            let sum = match scored.of {
                ScoreOf::Area(_) => self.sums[slot],
                ScoreOf::Total => self.known.total(&self.scored)?,
            };
            let place = self.known.score(slot, &sum, &self.said, &self.scored);
            put(&mut self.truths, lane, &self.known.scored(slot, place).words);
            self.scored.push(place);
        }
        self.stand(id, note)
    }

    /// The row that was read stands in the block.
    pub(super) fn stand(&mut self, id: &[u8], note: &mut Note) -> Result<(), Alone> {
        let begin = self.ids.len();
        if is_plain(id) {
            self.ids.extend_from_slice(id);
            note.id = Some(self.hasher.hash_one(id));
        } else {
            let own = std::str::from_utf8(id).ok().and_then(printable_id).ok_or(Alone)?;
            self.ids.extend_from_slice(csv_row([inert_cell(&own).as_str()]).as_bytes());
            note.id = Some(self.hasher.hash_one(own.as_bytes()));
        }
        let scored = if self.keeps_scores { self.scored.clone() } else { Vec::new() };
        let measured = if self.keeps_values { self.measured.clone() } else { Vec::new() };
        let came = self.came.clone();
        self.block.push(Row { note: 0, id: begin..self.ids.len(), scored, measured, came });
        Ok(())
    }
}

#[inline]
fn put(truths: &mut [Block], lane: usize, words: &[Word]) {
    for word in words {
        let block = &mut truths[word.at];
        block.yes[lane] |= word.yes;
        block.no[lane] |= word.no;
        block.void[lane] |= word.void;
    }
}

/// A cell that may hold a day.
pub(super) fn day(text: &[u8]) -> Result<(), Alone> {
    let text = std::str::from_utf8(text).map_err(|_| Alone)?.trim();
    if text.is_empty() || date(text).is_some() { Ok(()) } else { Err(Alone) }
}

/// Whether an id is printed as it stands.
fn is_plain(id: &[u8]) -> bool {
    let signs = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-' | b'.');
    (1..=200).contains(&id.len()) && id[0] != b'-' && id.iter().all(signs)
}
