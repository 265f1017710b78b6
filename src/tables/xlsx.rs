//! Workbooks: held to bounds before a single cell is read, then one sheet as a grid.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::{Cell, Container, Grid, MAX_CELLS, Row};
use crate::diag::{Code, Diagnostic};
use crate::source::Sources;

/// Bytes of all parts of a workbook together, unpacked: far more than any form's export.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// Parts of a workbook.
const MAX_PARTS: usize = 10_000;
/// Bytes of all cells' texts together.
const MAX_TEXT: usize = 64 * 1024 * 1024;
/// Rows in which merged cells are a matter of headings.
const HEAD: u32 = 20;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;
/// Cells by row, then in the order met.
type Cells = BTreeMap<u32, Vec<(u32, Box<str>)>>;

/// Whether bytes are those of a workbook: every one is a ZIP file.
pub fn is_xlsx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// A sheet of a workbook as a grid. Its source is its rows as lines, tabs between the cells.
///
/// # Errors
/// A diagnostic where it is no workbook, larger than is read, or holds several sheets and none is named.
pub fn read_xlsx(
    name: &str,
    bytes: &[u8],
    wanted: Option<&str>,
    sources: &mut Sources,
) -> Result<Grid, Diagnostic> {
    if !is_xlsx(bytes) {
        let fault = workbook(name, "is no workbook that can be read");
        return Err(if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            fault.help("it is in Excel's format of before 2007, or locked by a password: save it as .xlsx without one")
        } else {
            fault.help("save the sheet again as .xlsx, or as CSV (UTF-8)")
        });
    }
    guard(name, bytes)?;
    let unreadable = |_| {
        workbook(name, "is no workbook that can be read")
            .help("save the sheet again as .xlsx, or as CSV (UTF-8)")
    };
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let (sheet, cells, note) = match wanted {
        Some(wanted) => {
            let all = book.sheet_names();
            let Some(sheet) = all.iter().find(|sheet| sheet.eq_ignore_ascii_case(wanted.trim())) else {
                let message = format!("has no sheet `{}`", wanted.trim());
                return Err(workbook(name, &message).help(format!("its sheets are {}", quoted(&all))));
            };
            let cells = cells(name, &mut book, sheet)?;
            (sheet.clone(), cells, None)
        }
        None => only_sheet(name, &mut book, &sheets)?,
    };
    let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
    let mut grid = lay_out(name, cells, sources)?;
    grid.merged = merged
        .iter()
        .filter(|area| area.start.0 == area.end.0 && area.start.0 < HEAD && area.end.1 > area.start.1)
        .map(|area| (area.start.0, area.start.1, area.end.1))
        .collect();
    grid.notes.extend(note);
    grid.sheet = Some(sheet);
    grid.container = Container::Workbook;
    Ok(grid)
}

fn workbook(name: &str, what: &str) -> Diagnostic {
    Diagnostic::placeless(Code::Workbook, format!("`{name}` {what}"))
}

/// The only sheet in which anything stands.
fn only_sheet(
    name: &str,
    book: &mut Book<'_>,
    sheets: &[String],
) -> Result<(String, Cells, Option<String>), Diagnostic> {
    let mut found: Vec<(String, Cells)> = Vec::new();
    for sheet in sheets {
        let cells = cells(name, book, sheet)?;
        if !cells.is_empty() {
            found.push((sheet.clone(), cells));
        }
        if found.len() > 1 {
            return Err(workbook(name, "holds several sheets, and nothing says which one is meant")
                .help(format!("name one with `--sheet`: {}", quoted(sheets))));
        }
    }
    let note = (sheets.len() > 1).then(|| "the only sheet in which anything stands".to_owned());
    match found.pop() {
        Some((sheet, cells)) => Ok((sheet, cells, note)),
        None => Ok((sheets.first().cloned().unwrap_or_default(), Cells::new(), None)),
    }
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().take(20).map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Unpacks every part once without keeping it: a workbook that would unfold beyond bounds, or one whose parts
/// declare entities, is told before anything reads it.
fn guard(name: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let too_large = || {
        let message = format!(
            "`{name}` unpacks to more than {} MB, which no form's export does",
            MAX_UNPACKED / (1024 * 1024)
        );
        Diagnostic::placeless(Code::TooMuch, message)
            .help("save the sheet with the responses alone, as CSV (UTF-8)")
    };
    let broken = |_| {
        workbook(name, "is no workbook that can be read")
            .help("save the sheet again as .xlsx, or as CSV (UTF-8)")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MAX_PARTS {
        return Err(too_large());
    }
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(broken)?;
        let part_name = part.name().map_err(broken)?.into_owned();
        let xml = part_name.ends_with(".xml") || part_name.ends_with(".rels");
        let mut part = part.take(left + 1);
        let mut buffer = vec![0u8; 64 * 1024];
        let (mut kept, mut length, mut announced) = (0, 0u64, 0u64);
        loop {
            let read = part.read(&mut buffer[kept..]).map_err(|_| {
                workbook(name, "is damaged: one of its parts cannot be unpacked").help("export it once more")
            })?;
            if read == 0 {
                break;
            }
            if length == 0 {
                announced = announced_count(&buffer[..kept + read]);
            }
            length += read as u64;
            if length > left {
                return Err(too_large());
            }
            let filled = kept + read;
            if xml && declares(&buffer[..filled]) {
                return Err(workbook(
                    name,
                    "holds XML with declarations of its own, which no form tool writes",
                )
                .help("open it in a spreadsheet program and save it again as .xlsx"));
            }
            // A declaration may lie across two pieces.
            kept = filled.min(9);
            buffer.copy_within(filled - kept..filled, 0);
        }
        // Readers make room for as many texts as a part announces.
        if announced > length {
            return Err(workbook(name, "announces more texts than it can hold").help("export it once more"));
        }
        left -= length;
    }
    Ok(())
}

fn declares(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = bytes[from..].windows(2).position(|pair| pair == b"<!") {
        let rest = &bytes[from + at + 2..];
        if rest.starts_with(b"DOCTYPE") || rest.starts_with(b"ENTITY") {
            return true;
        }
        from += at + 2;
    }
    false
}

/// The number behind `uniqueCount` at the beginning of a part.
fn announced_count(head: &[u8]) -> u64 {
    let head = &head[..head.len().min(4096)];
    let word = b"uniqueCount";
    let Some(at) = head.windows(word.len()).position(|piece| piece == word) else { return 0 };
    let digits: Vec<u8> = head[at + word.len()..]
        .iter()
        .copied()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(u8::is_ascii_digit)
        .collect();
    String::from_utf8_lossy(&digits).parse().unwrap_or(u64::MAX)
}

/// The cells of a sheet in which anything stands.
fn cells(name: &str, book: &mut Book<'_>, sheet: &str) -> Result<Cells, Diagnostic> {
    let broken = |_| {
        workbook(name, &format!("has a sheet `{sheet}` that cannot be read"))
            .help("export it once more, or save the sheet as CSV (UTF-8)")
    };
    let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
        .collect();
    let mut cells = Cells::new();
    let (mut count, mut length) = (0usize, 0usize);
    loop {
        let next = reader.next_cell_with_style_id().map_err(broken)?;
        let Some((cell, style)) = next else { return Ok(cells) };
        let (row, column) = cell.get_position();
        let text = written(cell.get_value(), percent.get(style).copied().unwrap_or(false));
        if text.trim().is_empty() {
            continue;
        }
        count += 1;
        length += text.len();
        if count > MAX_CELLS || length > MAX_TEXT {
            return Err(too_much(name));
        }
        cells.entry(row).or_default().push((column, text.into_boxed_str()));
    }
}

fn too_much(name: &str) -> Diagnostic {
    let message = format!("`{name}` holds more cells or text than is read");
    Diagnostic::placeless(Code::TooMuch, message).help("split it into several files")
}

/// A value as somebody would type it.
fn written(value: &DataRef<'_>, percent: bool) -> String {
    match value {
        DataRef::Float(number) if percent => format!("{}%", digits(number * 100.0)),
        DataRef::Float(number) => digits(*number),
        DataRef::Int(number) if percent => format!("{}%", digits(*number as f64 * 100.0)),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTime(time) => moment(*time),
        other => Data::from(other.clone()).to_string(),
    }
}

/// Fifteen digits, as spreadsheets show a number: behind these stands nothing that anybody typed.
fn digits(number: f64) -> String {
    match format!("{number:.14e}").parse::<f64>() {
        Ok(rounded) if rounded.is_finite() => format!("{rounded}"),
        _ => format!("{number}"),
    }
}

fn moment(time: ExcelDateTime) -> String {
    if time.is_duration() {
        let seconds = (time.as_f64() * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

/// Cells as lines of a text, and as a grid over it. A cell far out costs its own row, not all of them.
fn lay_out(name: &str, cells: Cells, sources: &mut Sources) -> Result<Grid, Diagnostic> {
    let mut text = String::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut count = 0usize;
    for (number, mut row) in cells {
        while rows.len() < number as usize {
            rows.push(Row { number: rows.len() as u32 + 1, ..Row::default() });
            text.push('\n');
        }
        row.sort_by_key(|(column, _)| *column);
        row.dedup_by_key(|(column, _)| *column);
        let mut out: Vec<Cell> = Vec::new();
        for (column, said) in row {
            while out.len() <= column as usize {
                if !out.is_empty() {
                    text.push('\t');
                }
                out.push(Cell::new(text.len(), text.len(), None));
            }
            count += 1;
            let start = text.len();
            let line: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            text.push_str(&line);
            let own = (line != *said).then_some(said);
            if let Some(last) = out.last_mut() {
                *last = Cell::new(start, text.len(), own);
            }
        }
        count += out.len();
        if count > MAX_CELLS || text.len() > u32::MAX as usize / 2 {
            return Err(too_much(name));
        }
        rows.push(Row { number: number + 1, cells: out, slip: None });
        text.push('\n');
    }
    let source = sources.add(name, text);
    Ok(Grid::new(source, sources, rows))
}
