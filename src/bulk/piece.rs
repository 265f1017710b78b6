//! One piece of a file, judged.

use std::hash::{BuildHasher, RandomState};

use super::ordinary::Ordinary;
use super::plan::Plan;
use super::rows::{Note, Rows, What};
use super::split::{Piece, Records, pass_empty};
use crate::answers::{Kind, slice};

/// What became of a piece.
pub struct Done {
    pub piece: Piece,
    /// One a row, in order.
    pub notes: Vec<Note>,
    /// The lines of those who were judged.
    pub out: Vec<u8>,
}

/// A piece that is no text.
pub struct NotText {
    pub piece: Piece,
    /// The first byte of the piece that is not UTF-8.
    pub at: usize,
}

/// One thread's way to judge pieces.
pub struct Worker<'a> {
    ordinary: &'a Ordinary<'a>,
    rows: Option<Rows<'a>>,
    hasher: RandomState,
}

impl<'a> Worker<'a> {
    pub fn new(ordinary: &'a Ordinary<'a>, plan: Option<&'a Plan<'a>>, hasher: RandomState) -> Worker<'a> {
        let rows = plan.map(|plan| Rows::new(plan, hasher.clone()));
        Worker { ordinary, rows, hasher }
    }

    pub fn judge(&mut self, piece: Piece) -> Result<Done, NotText> {
        let text = match std::str::from_utf8(&piece.bytes) {
            Ok(text) => text,
            Err(error) => return Err(NotText { at: error.valid_up_to(), piece }),
        };
        let (mut notes, mut out) = (Vec::new(), Vec::with_capacity(text.len()));
        match (&mut self.rows, self.ordinary.kind) {
            (Some(rows), Kind::Csv) => {
                rows.judge(text, piece.plain, &mut notes, &mut out);
                if notes.iter().any(|note| note.what == What::Alone) {
                    self.judge_alone(text, &mut notes, &mut out);
                }
            }
            (None, Kind::Csv) => {
                self.find_rows(text, &mut notes);
                self.judge_alone(text, &mut notes, &mut out);
            }
            _ => self.judge_lines(text, piece.line, &mut notes, &mut out),
        }
        Ok(Done { notes, out, piece })
    }

    /// Notes each record of a table.
    fn find_rows(&self, text: &str, notes: &mut Vec<Note>) {
        let mut at = 0;
        while at < text.len() {
            if let Some(next) = pass_empty(text.as_bytes(), at, true) {
                at = next;
                continue;
            }
            let record = slice(text, at);
            let mut note = Note { start: at, id: None, end: 0, what: What::Alone };
            if record.broken {
                note.what = What::Broken;
                let id = self.ordinary.id(&text[at..record.next]);
                note.id = id.map(|id| self.hasher.hash_one(id.as_bytes()));
            }
            notes.push(note);
            at = record.next;
        }
    }

    /// Judges those rows of a table that must be by themselves, and puts their lines among the others.
    fn judge_alone(&self, text: &str, notes: &mut [Note], out: &mut Vec<u8>) {
        let mut records = String::new();
        let alone: Vec<usize> = (0..notes.len()).filter(|at| notes[*at].what == What::Alone).collect();
        for &at in &alone {
            let end = notes.get(at + 1).map_or(text.len(), |next| next.start);
            records.push_str(text[notes[at].start..end].trim_end_matches(['\n', '\r']));
            records.push('\n');
        }
        let mut found = self.ordinary.outcomes(&records, 1).into_iter().peekable();
        let mut lines: Vec<Option<String>> = Vec::new();
        for (place, &at) in alone.iter().enumerate() {
            let note = &mut notes[at];
            let own = found.next_if(|outcome| outcome.place == place);
            note.what = match &own {
                None => What::Nobody,
                Some(outcome) if outcome.line.is_none() => What::Refused,
                Some(_) => What::Judged,
            };
            let id = own.as_ref().and_then(|outcome| outcome.id.as_ref());
            note.id = id.map(|id| self.hasher.hash_one(id.as_bytes()));
            lines.push(own.and_then(|outcome| outcome.line));
        }
        let before = std::mem::take(out);
        let mut lines = alone.into_iter().zip(lines).peekable();
        let mut from = 0;
        for (at, note) in notes.iter_mut().enumerate() {
            match lines.next_if(|(place, _)| *place == at) {
                Some((_, Some(line))) => {
                    out.extend_from_slice(line.as_bytes());
                    out.push(b'\n');
                }
                Some((_, None)) => {}
                None => {
                    out.extend_from_slice(&before[from..note.end]);
                    from = note.end;
                }
            }
            note.end = out.len();
        }
    }

    /// Judges a piece of JSON lines.
    fn judge_lines(&self, text: &str, line: usize, notes: &mut Vec<Note>, out: &mut Vec<u8>) {
        let mut starts = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            starts.push(at);
            at += line.len();
        }
        for outcome in self.ordinary.outcomes(text, line) {
            let id = outcome.id.map(|id| self.hasher.hash_one(id.as_bytes()));
            let what = if outcome.line.is_some() { What::Judged } else { What::Refused };
            if let Some(line) = outcome.line {
                out.extend_from_slice(line.as_bytes());
                out.push(b'\n');
            }
            notes.push(Note { start: starts[outcome.place], id, end: out.len(), what });
        }
    }
}

/// How the records of a kind end.
pub fn records(kind: Kind) -> Records {
    if kind == Kind::Csv { Records::Csv } else { Records::Lines }
}
