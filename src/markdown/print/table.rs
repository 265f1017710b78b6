//! Tables in columns as even as their cells allow.

use super::inline::{self, Place};
use crate::document::{Align, Cell, Table};

/// Cells longer than this stand out of their column, instead of widening it for all rows.
const WIDEST: usize = 60;

/// The lines of a table of the document.
pub(super) fn lines(table: &Table) -> Vec<String> {
    let row = |cells: &Vec<Cell>| -> Vec<String> {
        cells.iter().map(|cell| inline::write(cell, Place::Cell)).collect()
    };
    let rows: Vec<Vec<String>> = std::iter::once(&table.head).chain(&table.rows).map(row).collect();
    grid(&table.align, &rows)
}

/// The lines of a table whose cells are already Markdown; the first row is the head.
pub(in crate::markdown) fn grid(align: &[Align], rows: &[Vec<String>]) -> Vec<String> {
    let mut widths = vec![3; align.len()];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            let long = cell.chars().count();
            if long <= WIDEST {
                *width = long.max(*width);
            }
        }
    }
    let line = |row: &Vec<String>| {
        let mut line = String::from("|");
        for ((cell, align), width) in row.iter().zip(align).zip(&widths) {
            let room = width.saturating_sub(cell.chars().count());
            let before = match align {
                Align::None | Align::Left => 0,
                Align::Center => room / 2,
                Align::Right => room,
            };
            line.push_str(&format!(" {}{cell}{} |", " ".repeat(before), " ".repeat(room - before)));
        }
        line
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    let ruler = align.iter().zip(&widths).fold(String::from("|"), |ruler, (align, width)| {
        let (left, right) = match align {
            Align::None => ("-", "-"),
            Align::Left => (":", "-"),
            Align::Center => (":", ":"),
            Align::Right => ("-", ":"),
        };
        format!("{ruler}{left}{}{right}|", "-".repeat(*width))
    });
    lines.insert(1.min(lines.len()), ruler);
    lines
}
