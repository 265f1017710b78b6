//! The cells of one sheet, as somebody would type them.

use std::collections::BTreeMap;
use std::io::BufRead;

use jiff::civil::Date;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::book::{Book, Broken, Format, attribute, piece, unescaped};
use super::{MAX_CELLS, MAX_COLUMNS};

/// Bytes of all cells' texts together.
const MAX_TEXT: usize = 64 * 1024 * 1024;
/// As many rows as a spreadsheet has.
const MAX_ROWS: u32 = 1 << 20;

/// The cells in which anything stands.
#[derive(Debug, Default)]
pub struct Cells {
    /// By row, from 0: columns from 0, in the order met, each with whether it is held as a number.
    pub rows: BTreeMap<u32, Vec<(u32, Box<str>, bool)>>,
    /// Cells that were merged within one row: row, first and last column.
    pub merged: Vec<(u32, u32, u32)>,
}

/// Why there are none.
#[derive(Debug)]
pub enum Stuck {
    Broken,
    TooMuch,
}

impl From<quick_xml::Error> for Stuck {
    fn from(_: quick_xml::Error) -> Stuck {
        Stuck::Broken
    }
}

impl From<Broken> for Stuck {
    fn from(_: Broken) -> Stuck {
        Stuck::Broken
    }
}

/// A cell while its parts are read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    format: usize,
    said: String,
    formula: String,
}

pub fn read_cells(source: impl BufRead, book: &Book) -> Result<Cells, Stuck> {
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    let mut cells = Cells::default();
    let (mut row, mut column) = (0u32, 0u32);
    let (mut count, mut length) = (0usize, 0usize);
    let mut open: Option<Open> = None;
    let (mut within, mut aloud, mut worked_out) = (false, false, false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(cells),
            Event::Start(start) => match start.local_name().as_ref() {
                "row" => {
                    row = number(&start, "r").and_then(|r| r.checked_sub(1)).unwrap_or(row);
                    column = 0;
                }
                "c" => {
                    let place = attribute(&start, "r").and_then(|r| place(&r));
                    (row, column) = place.unwrap_or((row, column));
                    open = Some(Open {
                        row,
                        column,
                        kind: attribute(&start, "t").unwrap_or_default(),
                        format: number(&start, "s").unwrap_or(0) as usize,
                        said: String::new(),
                        formula: String::new(),
                    });
                }
                "v" | "t" => within = true,
                "f" => worked_out = true,
                "rPh" => aloud = true,
                "mergeCell" => cells.merged.extend(merged(&start)),
                _ => {}
            },
            Event::Empty(empty) => match empty.local_name().as_ref() {
                "c" => {
                    let place = attribute(&empty, "r").and_then(|r| place(&r));
                    (row, column) = place.unwrap_or((row, column));
                    column = column.saturating_add(1);
                }
                "row" => row = number(&empty, "r").unwrap_or(row.saturating_add(1)),
                "mergeCell" => cells.merged.extend(merged(&empty)),
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "row" => row = row.saturating_add(1),
                "v" | "t" => within = false,
                "f" => worked_out = false,
                "rPh" => aloud = false,
                "c" => {
                    column = column.saturating_add(1);
                    let Some(cell) = open.take() else { continue };
                    let (row, column) = (cell.row, cell.column);
                    let exact = matches!(cell.kind.as_str(), "" | "n");
                    let said = written(cell, book);
                    if said.trim().is_empty() {
                        continue;
                    }
                    count += 1;
                    length += said.len();
                    if count > MAX_CELLS
                        || length > MAX_TEXT
                        || column as usize >= MAX_COLUMNS
                        || row >= MAX_ROWS
                    {
                        return Err(Stuck::TooMuch);
                    }
                    cells.rows.entry(row).or_default().push((column, said.into_boxed_str(), exact));
                }
                _ => {}
            },
            event if worked_out => {
                if let Some(cell) = &mut open {
                    cell.formula.extend(piece(&event));
                }
            }
            event if within && !aloud => {
                if let Some(cell) = &mut open {
                    cell.said.extend(piece(&event));
                }
            }
            _ => {}
        }
    }
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name)?.parse().ok()
}

/// `B3` as row 2 and column 1.
fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let row: u32 = name[letters..].parse().ok()?;
    if letters == 0 || letters > 3 {
        return None;
    }
    let column = name[..letters]
        .bytes()
        .fold(0u32, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((row.checked_sub(1)?, column - 1))
}

/// An area of one row, `B1:C1`.
fn merged(start: &BytesStart<'_>) -> Option<(u32, u32, u32)> {
    let area = attribute(start, "ref")?;
    let (from, to) = area.split_once(':')?;
    let ((row, first), (last_row, last)) = (place(from)?, place(to)?);
    (row == last_row && last > first).then_some((row, first, last))
}

/// A cell's value as somebody would type it. A formula that nothing has worked out is what was typed: programs that write workbooks
/// take a text for one where it begins so.
fn written(cell: Open, book: &Book) -> String {
    if cell.said.is_empty() && !cell.formula.is_empty() {
        return format!("={}", cell.formula);
    }
    match cell.kind.as_str() {
        "s" => {
            let text = cell.said.trim().parse().ok().and_then(|at: usize| book.texts.get(at));
            text.cloned().unwrap_or_default()
        }
        "b" => if cell.said.trim() == "1" { "true" } else { "false" }.to_owned(),
        "" | "n" => {
            let Ok(value) = cell.said.trim().parse::<f64>() else { return unescaped(cell.said) };
            match book.formats.get(cell.format).copied().unwrap_or(Format::Plain) {
                Format::Plain => digits(value),
                Format::Percent => format!("{}%", digits(value * 100.0)),
                Format::Span => span(value).unwrap_or_else(|| digits(value)),
                Format::Day => moment(value, book.from_1904).unwrap_or_else(|| digits(value)),
            }
        }
        _ => unescaped(cell.said),
    }
}

/// Fifteen digits, as spreadsheets show a number: behind these stands nothing that anybody typed.
fn digits(number: f64) -> String {
    match format!("{number:.14e}").parse::<f64>() {
        Ok(rounded) if rounded.is_finite() => format!("{rounded}"),
        _ => format!("{number}"),
    }
}

fn span(days: f64) -> Option<String> {
    if !(0.0..1e6).contains(&days) {
        return None;
    }
    let seconds = (days * 86_400.0).round() as u64;
    Some(format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

/// Days since the end of 1899, or of 1903, as a date and where there is one a time.
fn moment(days: f64, from_1904: bool) -> Option<String> {
    if !(0.0..3_000_000.0).contains(&days) {
        return None;
    }
    let seconds = (days * 86_400.0).round() as i64;
    let (whole, rest) = (seconds / 86_400, seconds % 86_400);
    let first = if from_1904 {
        Date::constant(1904, 1, 1)
    } else if whole < 60 {
        // The calendar of workbooks has a 29th of February 1900; before it days lie one later.
        Date::constant(1899, 12, 31)
    } else {
        Date::constant(1899, 12, 30)
    };
    let day = first.checked_add(jiff::Span::new().try_days(whole).ok()?).ok()?;
    Some(match rest {
        0 => day.to_string(),
        _ => format!("{day} {:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_days_and_numbers_are_those_of_a_spreadsheet() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(
            (place("1A"), place("A0"), place("AAAA1"), place("A99999999999")),
            (None, None, None, None)
        );
        assert_eq!(moment(46_000.51, false).as_deref(), Some("2025-12-09 12:14:24"));
        assert_eq!(moment(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(moment(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(moment(44_538.0, true).as_deref(), Some("2025-12-09"));
        assert_eq!((moment(-1.0, false), moment(f64::NAN, false)), (None, None));
        assert_eq!(span(1.5).as_deref(), Some("36:00:00"));
        assert_eq!(digits(0.1 + 0.2), "0.3");
        assert_eq!(digits(18.099_999_999_999_998), "18.1");
    }
}
