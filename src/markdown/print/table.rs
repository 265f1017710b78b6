//! Tables in columns as even as their cells allow.

use super::inline::{self, Place};
use crate::document::{Align, Table};

/// Cells longer than this stand out of their column, instead of widening it for all rows.
const WIDEST: usize = 60;

/// What fills a column up, in runs: sign by sign it would take longer than the words.
const SPACES: &str = "                                ";
const DASHES: &str = "--------------------------------";

/// A table of the document, its lines with newlines between.
pub(super) fn write(table: &Table) -> String {
    let mut grid = Grid::new(&table.align);
    for cell in std::iter::once(&table.head).chain(&table.rows).flatten() {
        grid.add(|out| inline::write(cell, Place::Cell, out));
    }
    grid.lines()
}

/// A table whose cells are already Markdown, row by row with the head first; each row has one for each column.
pub(in crate::markdown) struct Grid<'a> {
    align: &'a [Align],
    /// The text of all cells one behind the other: thousands of small ones cost more than what is in them.
    text: String,
    cells: Vec<Cell>,
    widths: Vec<usize>,
}

struct Cell {
    /// Where its text ends.
    end: usize,
    /// How many characters it has.
    long: usize,
}

impl<'a> Grid<'a> {
    pub(in crate::markdown) fn new(align: &'a [Align]) -> Self {
        Grid { align, text: String::new(), cells: Vec::new(), widths: vec![3; align.len()] }
    }

    /// Adds the next cell of the row, or the first one of the next row.
    pub(in crate::markdown) fn add(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        let long = self.text[start..].chars().count();
        let column = self.cells.len() % self.widths.len().max(1);
        if let Some(width) = self.widths.get_mut(column).filter(|_| long <= WIDEST) {
            *width = long.max(*width);
        }
        self.cells.push(Cell { end: self.text.len(), long });
    }

    /// The lines of the table, with newlines between.
    pub(in crate::markdown) fn lines(&self) -> String {
        let mut out = String::with_capacity(2 * self.text.len());
        let mut start = 0;
        for (index, row) in self.cells.chunks(self.align.len().max(1)).enumerate() {
            out.push('|');
            for ((cell, align), width) in row.iter().zip(self.align).zip(&self.widths) {
                let room = width.saturating_sub(cell.long);
                let before = match align {
                    Align::None | Align::Left => 0,
                    Align::Center => room / 2,
                    Align::Right => room,
                };
                out.push(' ');
                repeat(SPACES, before, &mut out);
                out.push_str(&self.text[start..cell.end]);
                repeat(SPACES, room - before, &mut out);
                out.push_str(" |");
                start = cell.end;
            }
            out.push('\n');
            if index == 0 {
                self.ruler(&mut out);
            }
        }
        out.pop();
        out
    }

    /// The line under the head.
    fn ruler(&self, out: &mut String) {
        out.push('|');
        for (align, width) in self.align.iter().zip(&self.widths) {
            let (left, right) = match align {
                Align::None => ('-', '-'),
                Align::Left => (':', '-'),
                Align::Center => (':', ':'),
                Align::Right => ('-', ':'),
            };
            out.push(left);
            repeat(DASHES, *width, out);
            out.push(right);
            out.push('|');
        }
        out.push('\n');
    }
}

fn repeat(run: &str, mut count: usize, out: &mut String) {
    while count > 0 {
        let part = count.min(run.len());
        out.push_str(&run[..part]);
        count -= part;
    }
}
