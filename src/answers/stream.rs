//! An answers file of any size: where each respondent stands is found first, and each is read when wanted.
//!
//! What is kept of a respondent meanwhile is a place and a checksum, a few bytes. So a run knows how many there are
//! before it begins, and a file that changes under it is noticed instead of mixing up people.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

use super::raw::{Place, RawFile, ReadOptions, Row};
use super::table::{self, Head, Records};
use super::window::{NotUtf8, Stuck, Window, newlines};
use super::{Kind, ids, json, read};
use crate::diag::{Code, Diagnostic};
use crate::files::{MAX_TEXT, Stretches, WorldError};
use crate::source::{SourceId, Sources, Span};

/// Respondents are counted and placed by such numbers.
const NONE: u32 = u32::MAX;

/// An answers file and where its respondents stand in it.
pub struct Stream {
    name: String,
    kind: Kind,
    file: Stretches,
    /// Of the file as a whole: its head, and the faults that keep it from being used.
    whole: RawFile,
    head: Option<TableHead>,
    pieces: Vec<Piece>,
    /// The first piece of each respondent, where rows are voices; else each piece is one.
    firsts: Option<Vec<u32>>,
    taken: usize,
}

struct TableHead {
    head: Arc<Head>,
    text: Arc<str>,
    line: usize,
}

/// A row, a line, or a whole file.
#[derive(Clone, Copy)]
struct Piece {
    at: u64,
    checksum: u64,
    length: u32,
    line: u32,
    row: u32,
    /// The next row of the same respondent.
    next: u32,
}

/// One respondent as typed, with the texts that the places of faults lie in.
pub struct Taken {
    pub sources: Sources,
    /// Holds this respondent alone.
    pub file: RawFile,
}

impl Stream {
    /// Finds where everybody stands. What the file's own faults point at is added to `sources`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn open(
        name: &str,
        kind: Kind,
        file: Stretches,
        options: &ReadOptions,
        sources: &mut Sources,
    ) -> Result<Stream, WorldError> {
        let mut stream = Stream {
            name: name.to_owned(),
            kind,
            file,
            whole: RawFile::new(SourceId(0), kind),
            head: None,
            pieces: Vec::new(),
            firsts: None,
            taken: 0,
        };
        match stream.find(options, sources) {
            Ok(()) => {}
            Err(Stuck::World(error)) => return Err(error),
            Err(Stuck::TooLarge) => {
                let fault = if kind.is_cohort() {
                    let message = format!("a row of `{name}` is larger than {} MB", MAX_TEXT / (1024 * 1024));
                    Diagnostic::placeless(Code::TooMuch, message)
                        .help("look for a quote that is not closed, or a file without line ends")
                } else {
                    too_large(name, MAX_TEXT)
                };
                stream.whole.faults.push(fault);
            }
            Err(Stuck::NotUtf8(NotUtf8 { lossy, at, line, utf16 })) => {
                let id = sources.add_part(name, Arc::from(lossy), line);
                stream.whole.faults.push(not_utf8(id, at, utf16));
            }
        }
        Ok(stream)
    }

    fn find(&mut self, options: &ReadOptions, sources: &mut Sources) -> Result<(), Stuck> {
        let mut window = Window::new(&mut self.file)?;
        match self.kind {
            Kind::Yaml | Kind::Json => {
                while !window.end {
                    window.grow()?;
                }
                self.pieces.push(Piece::new(&window.text, window.at, 1, 1));
                self.file.close();
            }
            Kind::JsonLines => {
                find_lines(&mut window, &mut self.pieces)?;
                if self.pieces.is_empty() {
                    self.whole.faults.push(json::nobody(sources.add(self.name.as_str(), "")));
                }
            }
            Kind::Csv => {
                let mut row = 1;
                let Some((text, line)) = head_text(&mut window, &mut row)? else {
                    self.whole.faults.push(table::empty(sources.add(self.name.as_str(), "")));
                    return Ok(());
                };
                let id = sources.add_part(self.name.as_str(), Arc::clone(&text), line);
                let record = Records::new(&text).record(0);
                let head = Arc::new(table::read_head(&record, id, options, &mut self.whole.faults));
                self.whole.source = id;
                self.whole.head = Some(Arc::clone(&head));
                let mut groups = Groups::new(&head, id);
                find_rows(&mut window, row, &mut self.pieces, &mut groups)?;
                if self.pieces.is_empty() && !self.whole.faults.has_errors() {
                    self.whole.faults.push(table::nobody(&head, id));
                }
                self.firsts = groups.firsts;
                self.head = Some(TableHead { head, text, line });
            }
        }
        Ok(())
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The file as a whole, without respondents: what [`super::fit`] takes for what holds for all of them.
    pub fn whole(&self) -> &RawFile {
        &self.whole
    }

    /// How many respondents there are.
    pub fn len(&self) -> usize {
        self.firsts.as_ref().map_or(self.pieces.len(), Vec::len)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The pack that the first respondent who names one names; the place lies in `sources`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn pack(&mut self, sources: &mut Sources) -> Result<Option<(String, Span)>, WorldError> {
        if self.kind == Kind::Csv {
            return Ok(None);
        }
        for at in 0..self.pieces.len() {
            let text = self.text(at)?;
            if text.contains("pack")
                && self.piece(at, Arc::clone(&text), &mut Sources::default()).pack().is_some()
            {
                return Ok(self.piece(at, text, sources).pack().cloned());
            }
        }
        Ok(None)
    }

    /// The next respondent as typed; none behind the last.
    ///
    /// # Errors
    /// Where the file cannot be read, or is not any more what it was.
    pub fn take(&mut self) -> Result<Option<Taken>, WorldError> {
        let first = match &self.firsts {
            Some(firsts) => firsts.get(self.taken).map(|at| *at as usize),
            None => Some(self.taken).filter(|at| *at < self.pieces.len()),
        };
        let Some(mut at) = first else { return Ok(None) };
        self.taken += 1;
        let mut sources = Sources::default();
        let Some(TableHead { text: head_text, line, .. }) = &self.head else {
            let text = self.text(at)?;
            let file = self.piece(at, text, &mut sources);
            return Ok(Some(Taken { sources, file }));
        };
        let mut file =
            RawFile::new(sources.add_part(self.name.as_str(), Arc::clone(head_text), *line), self.kind);
        let mut groups = HashMap::new();
        loop {
            let text = self.text(at)?;
            let Piece { line, row, next, .. } = self.pieces[at];
            let source = sources.add_part(self.name.as_str(), Arc::clone(&text), line as usize);
            if let Some(TableHead { head, .. }) = &self.head {
                let record = Records::new(&text).record(0);
                table::add_row(&mut file, head, &record, Row { source, start: 0, number: row }, &mut groups);
            }
            if next == NONE {
                break;
            }
            at = next as usize;
        }
        file.head = self.head.as_ref().map(|table| Arc::clone(&table.head));
        Ok(Some(Taken { sources, file }))
    }

    /// A line, or a whole file, taken apart.
    fn piece(&self, at: usize, text: Arc<str>, sources: &mut Sources) -> RawFile {
        let line = self.pieces[at].line as usize;
        let source = sources.add_part(self.name.as_str(), Arc::clone(&text), line);
        if self.kind != Kind::JsonLines {
            return read(source, self.kind, &ReadOptions::default(), sources);
        }
        let mut file = RawFile::new(source, self.kind);
        file.respondents.push(json::respondent(text.trim_end(), 0, source, Place::Line(line)));
        file
    }

    /// A piece, read again.
    fn text(&mut self, at: usize) -> Result<Arc<str>, WorldError> {
        let piece = self.pieces[at];
        let mut bytes = Vec::with_capacity(piece.length as usize);
        self.file.read(piece.at, piece.length as usize, &mut bytes)?;
        match String::from_utf8(bytes) {
            Ok(text) if checksum(&text) == piece.checksum => Ok(Arc::from(text)),
            _ => Err(self.file.changed()),
        }
    }
}

impl Piece {
    fn new(text: &str, at: u64, line: usize, row: u32) -> Piece {
        Piece { at, checksum: checksum(text), length: text.len() as u32, line: line as u32, row, next: NONE }
    }
}

fn checksum(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Every line with anything on it.
fn find_lines(window: &mut Window<'_>, pieces: &mut Vec<Piece>) -> Result<(), Stuck> {
    let mut line = 1;
    loop {
        let mut at = 0;
        while at < window.text.len() {
            let length = match window.text[at..].find('\n') {
                Some(end) => end + 1,
                None if window.end => window.text.len() - at,
                None => break,
            };
            let text = &window.text[at..at + length];
            if !text.trim().is_empty() {
                pieces.push(Piece::new(text, window.at + at as u64, line, 1));
            }
            line += 1;
            at += length;
        }
        if window.end {
            return Ok(());
        }
        window.pass(at);
        window.grow()?;
    }
}

/// Passes over line ends; whether the text must grow before it is known where they end.
fn skip(window: &Window<'_>, at: &mut usize, row: &mut u32) -> bool {
    let text = &window.text;
    // The last sign may be the first half of a line end.
    let known = if window.end { text.len() } else { text.trim_end_matches('\r').len() };
    table::skip_empty(&text[..known], at, row);
    *at == known && !window.end
}

/// The first row as text, with its line; none in an empty table.
fn head_text(window: &mut Window<'_>, row: &mut u32) -> Result<Option<(Arc<str>, usize)>, Stuck> {
    loop {
        let mut at = 0;
        if skip(window, &mut at, row) {
            window.pass(at);
            window.grow()?;
            continue;
        }
        if at == window.text.len() {
            return Ok(None);
        }
        window.pass(at);
        let record = Records::new(&window.text).record(0);
        if record.seen >= window.text.len() && !window.end {
            window.grow()?;
            continue;
        }
        let (next, line) = (record.next, window.line);
        let text = Arc::from(&window.text[..next]);
        window.pass(next);
        *row += 1;
        return Ok(Some((text, line)));
    }
}

/// Which rows speak for whom.
struct Groups<'h> {
    head: &'h Head,
    source: SourceId,
    firsts: Option<Vec<u32>>,
    /// The last row of each id so far.
    last: HashMap<String, u32>,
}

impl<'h> Groups<'h> {
    fn new(head: &'h Head, source: SourceId) -> Groups<'h> {
        let firsts = head.has_roles().then(Vec::new);
        Groups { head, source, firsts, last: HashMap::new() }
    }

    fn add(&mut self, record: &table::Record<'_>, pieces: &mut [Piece]) {
        let Some(firsts) = &mut self.firsts else { return };
        let own = pieces.len() as u32 - 1;
        let span = Span::new(self.source, 0..0);
        let id = record.id_cell(self.head).and_then(|cell| ids::id(&cell.text, span).ok());
        match id.and_then(|id| self.last.insert(id, own)) {
            Some(before) => pieces[before as usize].next = own,
            None => firsts.push(own),
        }
    }
}

/// Every row with anything in it.
fn find_rows(
    window: &mut Window<'_>,
    mut row: u32,
    pieces: &mut Vec<Piece>,
    groups: &mut Groups<'_>,
) -> Result<(), Stuck> {
    loop {
        let (mut at, mut counted, mut line) = (0, 0, window.line);
        {
            let mut records = Records::new(&window.text);
            loop {
                if skip(window, &mut at, &mut row) || at == window.text.len() {
                    break;
                }
                let record = records.record(at);
                if record.seen >= window.text.len() && !window.end {
                    break;
                }
                line += newlines(&window.text[counted..at]);
                counted = at;
                if !record.is_blank() {
                    let text = &window.text[at..record.next];
                    pieces.push(Piece::new(text, window.at + at as u64, line, row));
                    groups.add(&record, pieces);
                }
                at = record.next;
                row += 1;
            }
        }
        if window.end {
            return Ok(());
        }
        window.pass(at);
        window.grow()?;
    }
}

/// The fault of a file that is larger than is read.
pub fn too_large(name: &str, limit: u64) -> Diagnostic {
    let message = format!("`{name}` is larger than {} MB", limit / (1024 * 1024));
    Diagnostic::placeless(Code::TooMuch, message).help("split it into several files")
}

/// The fault of a file that is no text; `at` is the first U+FFFD of it.
pub fn not_utf8(source: SourceId, at: usize, utf16: bool) -> Diagnostic {
    let help = if utf16 { "it looks like UTF-16: save it again as UTF-8" } else { "save it again as UTF-8" };
    Diagnostic::error(Code::NotUtf8, Span::new(source, at..at + 3), "this file is not UTF-8")
        .label("the first byte that is not")
        .help(help)
}
