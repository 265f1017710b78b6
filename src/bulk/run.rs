//! A whole file: cut by one thread, judged by others, printed in order.

use std::collections::BTreeMap;
use std::hash::RandomState;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use memchr::memchr_iter;

use super::ordinary::{At, Ordinary, Refused};
use super::piece::{Done, NotText, Worker, records};
use super::plan::Plan;
use super::rows::What;
use super::seen::Seen;
use super::split::{LONGEST, Piece, Splitter, Start, cut, record};
use crate::answers::Kind;
use crate::diag::{Code, Diagnostic};
use crate::files::{Stream, WorldError};
use crate::source::{Sources, Span};

/// How a run ended.
pub struct End {
    pub judged: usize,
    pub refused: usize,
    /// A fault of the file that ended the run early, with the text it lies in.
    pub fault: Option<(Diagnostic, Sources)>,
}

/// What is told while a file is read, in its order.
pub enum Told<'t> {
    /// Lines of who was judged.
    Lines(&'t [u8]),
    Refused(Refused),
}

/// Reads a file from behind its head to its end.
///
/// What is told first may fail, as a closed pipe does; then nothing more is read.
///
/// # Errors
/// Where the file cannot be read, or what `told` writes to is closed.
pub fn run(
    ordinary: &Ordinary,
    plan: Option<&Plan>,
    stream: Stream,
    start: Start,
    jobs: usize,
    tell: &mut dyn FnMut(Told) -> Result<(), WorldError>,
) -> Result<End, WorldError> {
    let again = stream.again()?;
    let seen = Seen::new(stream.length()?, guessed_rows(&start, stream.length()?));
    let mut splitter = Splitter::new(stream, records(ordinary.kind), start);
    let hasher = RandomState::new();
    let end = End { judged: 0, refused: 0, fault: None };
    let mut merger = Merger { ordinary, again, seen, pieces: Vec::new(), end, tell };
    if jobs < 2 {
        let mut worker = Worker::new(ordinary, plan, hasher);
        while let Some(piece) = splitter.piece()? {
            if !merger.take(worker.judge(piece))? {
                break;
            }
        }
        return Ok(merger.end);
    }
    // So many pieces are on their way at most: memory does not grow where printing is slow.
    let (permit, permits) = channel::<()>();
    for _ in 0..jobs * 2 + 1 {
        let _ = permit.send(());
    }
    let (give, pieces) = channel::<Piece>();
    let pieces = Mutex::new(pieces);
    thread::scope(|scope| {
        // Both end here: where printing fails, nobody waits for them any longer.
        let permit = permit;
        let (finish, finished) = channel();
        let failed = finish.clone();
        scope.spawn(move || {
            while permits.recv().is_ok() {
                match splitter.piece() {
                    Ok(Some(piece)) => {
                        if give.send(piece).is_err() {
                            break;
                        }
                    }
                    Ok(None) => break,
                    Err(error) => {
                        let _ = failed.send(Err(error));
                        break;
                    }
                }
            }
        });
        for _ in 0..jobs {
            let (pieces, finish, hasher) = (&pieces, finish.clone(), hasher.clone());
            scope.spawn(move || {
                let mut worker = Worker::new(ordinary, plan, hasher);
                while let Some(piece) = next(pieces) {
                    if finish.send(Ok(worker.judge(piece))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(finish);
        let mut waiting: BTreeMap<usize, Result<Done, NotText>> = BTreeMap::new();
        let mut turn = 0;
        for done in finished {
            let done = done?;
            let number = match &done {
                Ok(done) => done.piece.number,
                Err(not) => not.piece.number,
            };
            waiting.insert(number, done);
            while let Some(done) = waiting.remove(&turn) {
                if !merger.take(done)? {
                    return Ok(());
                }
                turn += 1;
                let _ = permit.send(());
            }
        }
        Ok(())
    })?;
    Ok(merger.end)
}

/// How many rows a file may have, judged by its beginning.
fn guessed_rows(start: &Start, length: u64) -> u64 {
    let lines = memchr_iter(b'\n', &start.rest).count() as u64;
    length / (start.rest.len() as u64 / lines.max(1)).max(1)
}

fn next(pieces: &Mutex<Receiver<Piece>>) -> Option<Piece> {
    pieces.lock().ok()?.recv().ok()
}

/// Takes pieces in their order.
struct Merger<'m, 'a> {
    ordinary: &'m Ordinary<'a>,
    again: Stream,
    seen: Seen,
    /// Where each piece begins, and which line.
    pieces: Vec<(u64, usize)>,
    end: End,
    tell: &'m mut dyn FnMut(Told) -> Result<(), WorldError>,
}

impl Merger<'_, '_> {
    /// Whether the run goes on.
    fn take(&mut self, done: Result<Done, NotText>) -> Result<bool, WorldError> {
        let done = match done {
            Ok(done) => done,
            Err(NotText { piece, at }) => {
                self.end.fault = Some(self.not_text(&piece, at));
                return Ok(false);
            }
        };
        self.pieces.push((done.piece.offset, done.piece.line));
        let (mut printed, mut begin) = (0, 0);
        for (place, note) in done.notes.iter().enumerate() {
            let before = std::mem::replace(&mut begin, note.end);
            if note.what == What::Nobody {
                continue;
            }
            let first = match note.id {
                None => None,
                Some(id) => {
                    let own = || self.ordinary.id(record_of(&done, place));
                    let (ordinary, again) = (self.ordinary, &mut self.again);
                    let same = |at: u64| -> Result<bool, WorldError> {
                        let record = record_at(again, ordinary, at)?;
                        Ok(ordinary.id(&record) == own())
                    };
                    self.seen.note(id, done.piece.offset + note.start as u64, same)?
                }
            };
            if note.what == What::Judged && first.is_none() {
                self.end.judged += 1;
                continue;
            }
            self.end.refused += 1;
            self.print(&done.out[printed..before])?;
            printed = note.end;
            let refused = self.refused(&done, place, first)?;
            (self.tell)(Told::Refused(refused))?;
        }
        self.print(&done.out[printed..])?;
        Ok(true)
    }

    fn print(&mut self, lines: &[u8]) -> Result<(), WorldError> {
        if lines.is_empty() { Ok(()) } else { (self.tell)(Told::Lines(lines)) }
    }

    fn refused(&mut self, done: &Done, place: usize, first: Option<u64>) -> Result<Refused, WorldError> {
        let note = &done.notes[place];
        let before = &done.piece.bytes[..note.start];
        let lines = memchr_iter(b'\n', before).count();
        let rows = if done.piece.plain { lines } else { cut(before, true).rows };
        let at =
            At { record: record_of(done, place), line: done.piece.line + lines, row: done.piece.row + rows };
        let Some(first) = first else { return Ok(self.ordinary.refused(at, None)) };
        let text = record_at(&mut self.again, self.ordinary, first)?;
        // The line is counted from where its piece begins.
        let piece = self.pieces.partition_point(|(offset, _)| *offset <= first).saturating_sub(1);
        let (offset, line) = self.pieces[piece];
        let between = self.again.read_at(offset, (first - offset) as usize)?;
        let line = line + memchr_iter(b'\n', &between).count();
        Ok(self.ordinary.refused(at, Some(At { record: &text, line, row: 0 })))
    }

    fn not_text(&self, piece: &Piece, at: usize) -> (Diagnostic, Sources) {
        let line = memchr_iter(b'\n', &piece.bytes[..at]).count();
        let begin = piece.bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let end = memchr_iter(b'\n', &piece.bytes[at..]).next().map_or(piece.bytes.len(), |end| at + end);
        let mut sources = Sources::default();
        let text = String::from_utf8_lossy(&piece.bytes[begin..end]);
        let source = sources.add_pieces(self.ordinary.name.as_str(), "", &text, piece.line + line);
        let place = at - begin..at - begin + '\u{fffd}'.len_utf8();
        let fault = Diagnostic::error(Code::NotUtf8, Span::new(source, place), "this file is not UTF-8")
            .label("the first byte that is not")
            .help("save it again as UTF-8; everything above was judged");
        (fault, sources)
    }
}

fn record_of(done: &Done, place: usize) -> &str {
    let end = done.notes.get(place + 1).map_or(done.piece.bytes.len(), |next| next.start);
    std::str::from_utf8(&done.piece.bytes[done.notes[place].start..end]).unwrap_or_default()
}

/// The record that begins at a place of the file.
fn record_at(stream: &mut Stream, ordinary: &Ordinary, at: u64) -> Result<String, WorldError> {
    let mut length = 4096;
    loop {
        let bytes = stream.read_at(at, length)?;
        let whole = bytes.len() < length || length > LONGEST;
        let end = match ordinary.kind {
            Kind::Csv => record(&bytes, 0, whole),
            _ => memchr_iter(b'\n', &bytes).next().map(|end| end + 1).or(whole.then_some(bytes.len())),
        };
        if let Some(end) = end {
            return Ok(String::from_utf8_lossy(&bytes[..end]).into_owned());
        }
        if whole {
            return Ok(String::new());
        }
        length *= 16;
    }
}
