//! A table in CSV: its head, and which rows speak for whom.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::ids;
use super::raw::{Body, Place, RawFile, RawRespondent, ReadOptions, Row};
use super::words::{fold, listed, typed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::source::{SourceId, Sources, Span};

/// More columns are a slip, such as a table lying on its side.
const MAX_COLUMNS: usize = 10_000;

/// One cell with its place, quotes included.
#[derive(Clone, Debug)]
pub struct Cell<'t> {
    pub text: Cow<'t, str>,
    pub range: Range<usize>,
}

/// A quotation that is none.
#[derive(Clone, Debug)]
pub(super) enum Slip {
    Unclosed(Range<usize>),
    /// Text goes on behind the closing quote, which ends at this byte.
    TextBehind(Range<usize>),
}

#[derive(Clone, Debug)]
pub(super) struct Record<'t> {
    pub(super) cells: Vec<Cell<'t>>,
    pub(super) slip: Option<Slip>,
    /// Where the next record begins.
    pub(super) next: usize,
    /// How far the text was read to find its end: what stands behind cannot change it.
    pub(super) seen: usize,
}

/// Reads a table's records one by one from any place.
///
/// The parser is csv's own; only where each cell lies, and what to do about a stray quote, is worked out here.
pub struct Records<'t> {
    text: &'t str,
    out: Vec<u8>,
}

thread_local! {
    // To build a parser's tables takes longer than to read a record.
    static READER: RefCell<Reader> = RefCell::new(ReaderBuilder::new().build());
}

impl<'t> Records<'t> {
    pub fn new(text: &'t str) -> Records<'t> {
        Records { text, out: vec![0; 1024] }
    }

    /// The cells of the record that begins at a byte.
    pub fn cells(&mut self, start: usize) -> Vec<Cell<'t>> {
        self.record(start).cells
    }

    pub(super) fn record(&mut self, start: usize) -> Record<'t> {
        READER.with_borrow_mut(|reader| self.record_by(reader, start))
    }

    fn record_by(&mut self, reader: &mut Reader, start: usize) -> Record<'t> {
        let bytes = self.text.as_bytes();
        reader.reset();
        let mut cells: Vec<Cell> = Vec::new();
        let mut slip = None;
        let (mut at, mut cell_start, mut filled) = (start, start, 0);
        loop {
            let (result, read, wrote) = reader.read_field(&bytes[at..], &mut self.out[filled..]);
            at += read;
            filled += wrote;
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => self.out.resize(self.out.len() * 2, 0),
                ReadFieldResult::Field { record_end } => {
                    let mut range = cell_start..at;
                    if range.end > range.start && matches!(bytes[range.end - 1], b',' | b'\n' | b'\r') {
                        range.end -= 1;
                    }
                    let raw = &self.text[range.clone()];
                    let text = if raw.starts_with('"') {
                        slip = slip.or_else(|| stray_quote(raw, range.start));
                        Cow::Owned(String::from_utf8_lossy(&self.out[..filled]).into_owned())
                    } else {
                        Cow::Borrowed(raw)
                    };
                    cells.push(Cell { text, range });
                    filled = 0;
                    cell_start = at;
                    if record_end || slip.is_some() {
                        break;
                    }
                }
                ReadFieldResult::End => break,
            }
        }
        if let Some(Slip::Unclosed(cell) | Slip::TextBehind(cell)) = &slip {
            // A stray quote swallows what follows: the next record is looked for on the next line.
            let next = self.text[cell.start..].find('\n').map_or(bytes.len(), |line| cell.start + line + 1);
            return Record { cells, slip, next, seen: at.max(next) };
        }
        if at > start && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        Record { cells, slip: None, next: at, seen: at }
    }
}

impl<'t> Record<'t> {
    /// Whether nothing at all stands in it.
    pub fn is_blank(&self) -> bool {
        self.slip.is_none() && self.cells.iter().all(|cell| cell.text.trim().is_empty())
    }

    /// The cell that says for whom the row speaks.
    pub fn id_cell(&self, head: &Head) -> Option<&Cell<'t>> {
        let cell = |usage: Use| head.find(usage).and_then(|at| self.cells.get(at));
        let team = cell(Use::Team).filter(|cell| head.has_roles() && !cell.text.trim().is_empty());
        team.or(cell(Use::Id))
    }
}

/// What is wrong with a cell that begins with a quote, if anything is.
fn stray_quote(raw: &str, start: usize) -> Option<Slip> {
    let bytes = raw.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        if bytes[at] != b'"' {
            at += 1;
        } else if bytes.get(at + 1) == Some(&b'"') {
            at += 2;
        } else if at + 1 == bytes.len() {
            return None;
        } else {
            // A quotation that ends on a later line was rather forgotten to be closed on its own.
            let range = start..start + at + 1;
            let forgotten = raw[..at].contains('\n');
            return Some(if forgotten { Slip::Unclosed(range) } else { Slip::TextBehind(range) });
        }
    }
    Some(Slip::Unclosed(start..start + raw.len()))
}

/// What a column is for, as far as that is known without the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Id,
    Name,
    Date,
    Language,
    Team,
    Role,
    /// A question, a metric or something else.
    Other,
    /// Cannot be used; the fault is told.
    Unusable,
}

#[derive(Clone, Debug)]
pub struct Column {
    /// As typed, trimmed.
    pub name: String,
    pub span: Span,
    pub usage: Use,
}

/// The first row of a table.
#[derive(Clone, Debug)]
pub struct Head {
    pub columns: Vec<Column>,
    /// The columns that say who speaks, rather than what is said.
    about: Vec<(Use, usize)>,
    /// Whether the column of ids was named on the command line, rather than taken for being the first.
    pub id_chosen: bool,
}

impl Head {
    pub fn find(&self, usage: Use) -> Option<usize> {
        self.about.iter().find(|(about, _)| *about == usage).map(|(_, at)| *at)
    }

    pub fn id_column(&self) -> Option<&str> {
        self.find(Use::Id).map(|at| self.columns[at].name.as_str())
    }

    /// Whether rows are voices.
    pub fn has_roles(&self) -> bool {
        self.find(Use::Role).is_some()
    }
}

/// Reads the head, and who speaks in each row.
pub fn read(file: &mut RawFile, options: &ReadOptions, sources: &Sources) {
    let text = sources.get(file.source).text.clone();
    let mut records = Records::new(&text);
    let (mut at, mut row) = (0, 1);
    skip_empty(&text, &mut at, &mut row);
    if at == text.len() {
        file.faults.push(empty(file.source));
        return;
    }
    let record = records.record(at);
    let head = read_head(&record, file.source, options, &mut file.faults);
    at = record.next;
    row += 1;

    let mut groups: HashMap<String, usize> = HashMap::new();
    loop {
        skip_empty(&text, &mut at, &mut row);
        if at >= text.len() {
            break;
        }
        let record = records.record(at);
        let place = Row { source: file.source, start: at as u32, number: row };
        at = record.next;
        row += 1;
        if record.is_blank() {
            continue;
        }
        add_row(file, &head, &record, place, &mut groups);
    }
    if file.respondents.is_empty() && !file.faults.has_errors() {
        file.faults.push(nobody(&head, file.source));
    }
    file.head = Some(Arc::new(head));
}

/// The fault of a table without a head.
pub fn empty(source: SourceId) -> Diagnostic {
    Diagnostic::error(Code::TableHead, Span::new(source, 0..0), "this table is empty")
        .help("the first row names the columns: `respondent`, then ids of questions and metrics")
}

/// The fault of a table that is a head alone.
pub fn nobody(head: &Head, source: SourceId) -> Diagnostic {
    let span = head.columns.iter().map(|column| column.span).reduce(Span::to);
    let span = span.unwrap_or(Span::new(source, 0..0));
    Diagnostic::error(Code::NoRespondent, span, "no respondent stands below this head")
        .help("write one row a respondent")
}

/// Passes over line ends, counting rows as a spreadsheet does.
pub fn skip_empty(text: &str, at: &mut usize, row: &mut u32) {
    let bytes = text.as_bytes();
    while let Some(b'\r' | b'\n') = bytes.get(*at) {
        *at += if bytes[*at..].starts_with(b"\r\n") { 2 } else { 1 };
        *row += 1;
    }
}

pub fn read_head(record: &Record, source: SourceId, options: &ReadOptions, faults: &mut Diagnostics) -> Head {
    if let Some(slip) = &record.slip {
        faults.push(slip_fault(slip, source, Code::TableHead));
    }
    let mut columns: Vec<Column> = Vec::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    for cell in record.cells.iter().take(MAX_COLUMNS) {
        let name = ids::printable(&cell.text);
        let span = Span::new(source, cell.range.clone());
        let mut usage = match fold(&name).as_str() {
            "name" => Use::Name,
            "date" => Use::Date,
            "language" => Use::Language,
            "team" => Use::Team,
            "role" => Use::Role,
            _ => Use::Other,
        };
        if name.is_empty() {
            faults.push(
                Diagnostic::error(Code::TableHead, span, format!("column {} has no name", columns.len() + 1))
                    .label("an empty cell in the head")
                    .help("name the column, or take it out"),
            );
            usage = Use::Unusable;
        } else if let Some(before) = first.get(&fold(&name)) {
            faults.push(
                Diagnostic::error(
                    Code::TableHead,
                    span,
                    format!("{} stands in the head twice", typed(&name)),
                )
                .label("the second one")
                .related(columns[*before].span, "the first one")
                .help("keep one of the two columns"),
            );
            usage = Use::Unusable;
        } else {
            first.insert(fold(&name), columns.len());
        }
        columns.push(Column { name, span, usage });
    }
    if record.cells.len() > MAX_COLUMNS {
        let span = Span::new(source, record.cells[MAX_COLUMNS].range.clone());
        faults.push(Diagnostic::error(Code::TooMuch, span, format!("more than {MAX_COLUMNS} columns")));
    }
    if let [only] = columns.as_slice() {
        let separator = [(';', "semicolons"), ('\t', "tabs")]
            .into_iter()
            .find(|(sign, _)| record.cells[0].text.contains(*sign));
        if let Some((_, name)) = separator {
            faults.push(
                Diagnostic::error(
                    Code::TableHead,
                    only.span,
                    format!("this head has one column, with {name} in it"),
                )
                .label("commas are wanted between the cells")
                .help("save the table with commas between the cells"),
            );
        }
    }
    let wanted = options.id_column.as_deref();
    let id = match wanted {
        None => Some(0),
        Some(name) => columns.iter().position(|column| fold(&column.name) == fold(name)),
    };
    match id.and_then(|id| columns.get_mut(id)) {
        Some(column) if column.usage != Use::Unusable => column.usage = Use::Id,
        Some(_) => {}
        None => {
            let name = wanted.unwrap_or("");
            let span = columns.iter().map(|column| column.span).reduce(Span::to);
            let names = || columns.iter().map(|column| column.name.as_str());
            let help = did_you_mean(name, names())
                .unwrap_or_else(|| format!("the columns are {}", listed(names().take(20))));
            faults.push(
                Diagnostic::error(
                    Code::TableHead,
                    span.unwrap_or(Span::new(source, 0..0)),
                    format!("no column is called {}, which was to hold the ids", typed(name)),
                )
                .help(help),
            );
        }
    }
    let about = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !matches!(column.usage, Use::Other | Use::Unusable))
        .map(|(at, column)| (column.usage, at))
        .collect();
    Head { columns, about, id_chosen: wanted.is_some() }
}

/// The fault of a quotation that is none.
fn slip_fault(slip: &Slip, source: SourceId, code: Code) -> Diagnostic {
    match slip {
        Slip::Unclosed(cell) => {
            Diagnostic::error(code, Span::new(source, cell.clone()), "this quote is not closed")
                .label("begins here")
                .help("put a `\"` behind the cell's text; a quote inside the text is written twice: `\"\"`")
        }
        Slip::TextBehind(cell) => {
            Diagnostic::error(code, Span::new(source, cell.clone()), "text goes on behind a closing quote")
                .label("the quotation ends here")
                .help("put the whole cell in quotes; a quote inside the text is written twice: `\"\"`")
        }
    }
}

/// Adds a row to whom it speaks for.
pub fn add_row(
    file: &mut RawFile,
    head: &Head,
    record: &Record,
    row: Row,
    groups: &mut HashMap<String, usize>,
) {
    let source = row.source;
    let start = Span::new(source, row.start as usize..row.start as usize);
    let mut faults = Diagnostics::default();
    if let Some(slip) = &record.slip {
        faults.push(slip_fault(slip, source, Code::TableRow));
    } else if record.cells.len() != head.columns.len() && head.columns.len() < MAX_COLUMNS {
        faults.push(wrong_count(head, record, source));
    }
    let id_cell = record.id_cell(head);
    let span = id_cell.map_or(start, |cell| Span::new(source, cell.range.clone()));
    let id = match id_cell {
        Some(cell) if faults.is_empty() => ids::id(&cell.text, span).map_err(|fault| faults.push(fault)).ok(),
        // In a broken row the cells may have moved, but the first ones still tell whose it is.
        Some(cell) => ids::id(&cell.text, span).ok(),
        None => None,
    };
    let mut body = if faults.has_errors() { Vec::new() } else { vec![row] };
    if let Some(id) = &id {
        match groups.get(id) {
            Some(&at) if head.has_roles() => {
                let group = &mut file.respondents[at];
                group.faults.extend(faults);
                if let Body::Rows(rows) = &mut group.body {
                    rows.append(&mut body);
                }
                return;
            }
            Some(&at) => faults.push(ids::duplicate(id, span, file.respondents[at].span)),
            None => drop(groups.insert(id.clone(), file.respondents.len())),
        }
    }
    file.respondents.push(RawRespondent {
        id,
        at: Place::Row(row.number as usize),
        span,
        pack: None,
        faults,
        body: Body::Rows(body),
    });
}

fn wrong_count(head: &Head, record: &Record, source: SourceId) -> Diagnostic {
    let (found, wanted) = (record.cells.len(), head.columns.len());
    let cells = |count: usize| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
    let first = record.cells.first().map_or(0, |cell| cell.range.start);
    let last = record.cells.last().map_or(first, |cell| cell.range.end);
    let fault = Diagnostic::error(
        Code::TableRow,
        Span::new(source, first..last),
        format!("this row has {}, the head has {}", cells(found), cells(wanted)),
    );
    if found > wanted {
        fault.help("a cell that holds a comma stands in quotes: `\"Smith, Jones\"`")
    } else {
        fault.help("every row has a cell for each column, empty ones included")
    }
}
