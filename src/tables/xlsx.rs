//! Workbooks: held to bounds before a single cell is read, then one sheet as a grid.

use super::book::{Book, read_book};
use super::sheet::{Cells, Stuck, read_cells};
use super::unpack::{Parts, guard, part};
use super::{Cell, Container, Grid, MAX_CELLS, Row};
use crate::diag::{Code, Diagnostic};
use crate::source::Sources;

/// Rows in which merged cells are a matter of headings.
const HEAD: u32 = 20;

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
            fault.help(
                "it is in Excel's format of before 2007, or locked by a password: save it as .xlsx without one",
            )
        } else {
            fault.help("save the sheet again as .xlsx, or as CSV (UTF-8)")
        });
    }
    let mut parts = guard(name, bytes)?;
    let book = read_book(&mut parts).map_err(|_| {
        workbook(name, "is no workbook that can be read")
            .help("save the sheet again as .xlsx, or as CSV (UTF-8)")
    })?;
    let (sheet, cells, note) = match wanted {
        Some(wanted) => {
            let same = |own: &&str| own.eq_ignore_ascii_case(wanted.trim());
            let Some(sheet) = book.sheets.iter().map(|sheet| sheet.name.as_str()).find(same) else {
                let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
                let message = format!("has no sheet `{}`", wanted.trim());
                return Err(workbook(name, &message).help(format!("its sheets are {}", quoted(&names))));
            };
            (sheet.to_owned(), cells(name, &mut parts, &book, sheet)?, None)
        }
        None => only_sheet(name, &mut parts, &book)?,
    };
    let mut grid = lay_out(name, cells, sources)?;
    grid.notes.extend(note);
    grid.sheet = Some(sheet);
    grid.container = Container::Workbook;
    Ok(grid)
}

pub fn workbook(name: &str, what: &str) -> Diagnostic {
    Diagnostic::placeless(Code::Workbook, format!("`{name}` {what}"))
}

/// The only sheet in which anything stands.
fn only_sheet(
    name: &str,
    parts: &mut Parts<'_>,
    book: &Book,
) -> Result<(String, Cells, Option<String>), Diagnostic> {
    let visible: Vec<&str> =
        book.sheets.iter().filter(|sheet| sheet.visible).map(|sheet| sheet.name.as_str()).collect();
    let mut found: Option<(String, Cells)> = None;
    for sheet in &visible {
        let cells = cells(name, parts, book, sheet)?;
        if cells.rows.is_empty() {
            continue;
        }
        if found.is_some() {
            return Err(workbook(name, "holds several sheets, and nothing says which one is meant")
                .help(format!("name one with `--sheet`: {}", quoted(&visible))));
        }
        found = Some(((*sheet).to_owned(), cells));
    }
    let note = (visible.len() > 1).then(|| "the only sheet in which anything stands".to_owned());
    Ok(match found {
        Some((sheet, cells)) => (sheet, cells, note),
        None => (visible.first().copied().unwrap_or_default().to_owned(), Cells::default(), None),
    })
}

fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().take(20).map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn cells(name: &str, parts: &mut Parts<'_>, book: &Book, sheet: &str) -> Result<Cells, Diagnostic> {
    let broken = || {
        workbook(name, &format!("has a sheet `{sheet}` that cannot be read"))
            .help("export it once more, or save the sheet as CSV (UTF-8)")
    };
    let own = book.sheets.iter().find(|own| own.name == sheet).ok_or_else(broken)?;
    let source = part(parts, &own.part).ok_or_else(broken)?;
    read_cells(source, book).map_err(|stuck| match stuck {
        Stuck::Broken => broken(),
        Stuck::TooMuch => too_much(name),
    })
}

fn too_much(name: &str) -> Diagnostic {
    let message = format!("`{name}` holds more cells or text than is read");
    Diagnostic::placeless(Code::TooMuch, message).help("split it into several files")
}

/// Cells as lines of a text, and as a grid over it. A cell far out costs its own row, not all of them.
fn lay_out(name: &str, cells: Cells, sources: &mut Sources) -> Result<Grid, Diagnostic> {
    let mut text = String::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut count = 0usize;
    for (number, mut row) in cells.rows {
        while rows.len() < number as usize {
            rows.push(Row { number: rows.len() as u32 + 1, ..Row::default() });
            text.push('\n');
        }
        row.sort_by_key(|(column, ..)| *column);
        row.dedup_by_key(|(column, ..)| *column);
        let mut out: Vec<Cell> = Vec::new();
        for (column, said, exact) in row {
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
                *last = Cell::new(start, text.len(), own).exact(exact);
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
    let mut grid = Grid::new(source, sources, rows);
    grid.merged = cells.merged.into_iter().filter(|(row, ..)| *row < HEAD).collect();
    Ok(grid)
}
