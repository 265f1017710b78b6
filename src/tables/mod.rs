//! Bytes of an export → a grid of cells with their places, whatever the container.
//!
//! What the cells mean is for others to say: here a file is decoded, taken apart, and held to bounds.

mod book;
mod decode;
mod delimited;
mod json;
mod open;
mod sheet;
mod unpack;
mod xlsx;
mod zipped;

use std::sync::Arc;

use crate::source::{SourceId, Sources, Span};

pub use book::sign_code;
pub use decode::{Decoded, decode};
pub use delimited::{read_delimited, separator};
pub use json::read_json;
pub use open::{Table, open};
pub use xlsx::{is_xlsx, read_xlsx};

/// More cells are no form export.
pub const MAX_CELLS: usize = 4_000_000;
/// As many columns as a spreadsheet has.
pub const MAX_COLUMNS: usize = 16_384;
/// Keeps the items of a list apart inside one cell: a sign that no form lets anybody type.
pub const ITEM: char = '\u{1f}';

/// What a grid was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Text with signs between the cells.
    Delimited,
    Workbook,
    /// Objects, one a response.
    Json,
    /// Objects, one a line.
    JsonLines,
    /// As Typeform's interface for programs gives them.
    TypeformJson,
}

/// A rectangle of cells, row by row; rows may be of unequal length.
#[derive(Clone, Debug)]
pub struct Grid {
    pub source: SourceId,
    pub container: Container,
    text: Arc<str>,
    pub rows: Vec<Row>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// How the file was read, such as `UTF-16` or `semicolons between the cells`.
    pub notes: Vec<String>,
    /// Cells of a head that were merged: row, first and last column, all from 0.
    pub merged: Vec<(u32, u32, u32)>,
}

#[derive(Clone, Debug, Default)]
pub struct Row {
    /// As a spreadsheet counts, from 1.
    pub number: u32,
    pub cells: Vec<Cell>,
    /// Why the row cannot be trusted, such as a quote that is never closed, and at which cell.
    pub slip: Option<&'static str>,
}

/// One cell: a stretch of the source, and its text where that is not the stretch itself.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    start: u32,
    end: u32,
    text: Option<Box<str>>,
    /// Whether the file holds it as a number, so that its point stands before decimals.
    exact: bool,
}

impl Cell {
    pub fn new(start: usize, end: usize, text: Option<Box<str>>) -> Cell {
        Cell { start: start as u32, end: end as u32, text, exact: false }
    }

    /// The same, held by the file as a number where that is so.
    pub fn exact(self, exact: bool) -> Cell {
        Cell { exact, ..self }
    }
}

impl Grid {
    pub fn new(source: SourceId, sources: &Sources, rows: Vec<Row>) -> Grid {
        let text = sources.get(source).text.clone();
        Grid {
            source,
            container: Container::Delimited,
            text,
            rows,
            sheet: None,
            notes: Vec::new(),
            merged: Vec::new(),
        }
    }

    /// What a cell says; nothing where the row ends before it.
    pub fn at<'g>(&'g self, row: &'g Row, column: usize) -> &'g str {
        row.cells.get(column).map_or("", |cell| self.said(cell))
    }

    pub fn said<'g>(&'g self, cell: &'g Cell) -> &'g str {
        match &cell.text {
            Some(text) => text,
            None => self.text.get(cell.start as usize..cell.end as usize).unwrap_or(""),
        }
    }

    /// Whether the file holds a cell as a number, and not as what somebody typed.
    pub fn is_exact(&self, row: &Row, column: usize) -> bool {
        row.cells.get(column).is_some_and(|cell| cell.exact)
    }

    /// Where a cell stands; the end of its row where the row ends before it.
    pub fn span(&self, row: &Row, column: usize) -> Span {
        match row.cells.get(column).or(row.cells.last()) {
            Some(cell) => Span { source: self.source, start: cell.start, end: cell.end },
            None => Span::new(self.source, 0..0),
        }
    }

    /// What one response stands in: a row of a table, a record of a list, a line of its own.
    pub fn unit(&self) -> &'static str {
        match self.container {
            Container::Delimited | Container::Workbook => "row",
            Container::Json | Container::TypeformJson => "record",
            Container::JsonLines => "line",
        }
    }

    /// How messages call a column: `column BX`, or the key of objects, which have no columns.
    pub fn called(&self, column: usize) -> String {
        match self.unit() {
            "row" => format!("column {}", column_name(column)),
            _ => format!("field `{}`", self.rows.first().map_or("", |head| self.at(head, column))),
        }
    }

    pub fn is_empty(&self, row: &Row) -> bool {
        row.cells.iter().all(|cell| self.said(cell).trim().is_empty())
    }

    /// The most cells that a row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

/// A column as a spreadsheet names it: 0 is `A`, 26 is `AA`.
pub fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        name.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    name.iter().rev().map(|letter| *letter as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let names: Vec<String> = [0, 25, 26, 701, 702, 16_383].into_iter().map(column_name).collect();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
