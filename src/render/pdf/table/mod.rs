//! Tables: column widths from the content, rows that stay whole, heads that are repeated.

mod widths;

use std::ops::Range;

use crate::document::{Align, Cell, Table};

use super::flow::{Builder, Place, Side, baseline, offset};
use super::form::PITCH;
use super::inlines::Base;
use super::lines::{self, Extent, Line, Running};
use super::strip::{Mark, Strip, draw_line};
use super::style::Style;
use super::tags::Node;
use widths::{Column, widths};

/// A column narrower than this, padding included, is not worth reading: the table is parted instead.
const NARROWEST_COLUMN: f32 = 30.0;

/// How the table's text shrinks where its words do not fit.
const SCALES: [f32; 4] = [1.0, 0.92, 0.84, 0.75];

/// The padding beside cells where the usual one leaves too little for the words.
const TIGHT_PAD_X: f32 = 3.0;

/// A word wider than this part of the table does not hinder the others: it is broken.
const WIDEST_WORD: f32 = 0.3;

/// A table no higher than this part of a page is not parted.
const SHORT: f32 = 0.25;

/// Columns that are left for a hand share this part of what would be theirs if all columns were alike; the longer
/// its head, the more a column gets.
const FAIR_ROOM: f32 = 0.7;

/// No column that is left for a hand is wider than this part of the table.
const WIDEST_ROOM: f32 = 0.45;

/// Where a column is left so wide, somebody is to write a sentence there, which takes more than one line.
const SENTENCE: f32 = 140.0;
const ROW_OF_A_SENTENCE: f32 = 1.6;

struct Set {
    running: Running,
    lines: Vec<Line>,
}

/// The running text of each cell of a row.
type Row = Vec<Running>;

/// Adds the table's strips. One with too many columns is set as several tables below one another, each with the first column,
/// which says what the rows are; to those who hear it, it is one table, and says each thing once.
pub fn lay_out(builder: &mut Builder<'_>, table: &Table, place: Place) {
    let parts = parts(table.align.len(), ((place.width / NARROWEST_COLUMN) as usize).max(1));
    let across = parts.iter().map(Vec::len).max().unwrap_or(1);
    let node = builder.tree.push("Table", place.node);
    let head_group = builder.tree.push("THead", node);
    let body_group = builder.tree.push("TBody", node);
    let cells = |row: &'_ [Cell]| -> Vec<Cell> {
        (0..table.align.len()).map(|column| row.get(column).cloned().unwrap_or_default()).collect()
    };
    let head = row(builder, &cells(&table.head), across, head_group, "TH");
    let rows: Vec<Row> =
        table.rows.iter().map(|row_of| row(builder, &cells(row_of), across, body_group, "TD")).collect();
    for (index, columns) in parts.iter().enumerate() {
        let picked = |row: &Row| -> Row {
            let pick = |column: &usize| {
                let cell = row[*column].clone();
                if index > 0 && *column == 0 { cell.into_ornament() } else { cell }
            };
            columns.iter().map(pick).collect()
        };
        let align: Vec<Align> = columns.iter().map(|column| table.align[*column]).collect();
        part(builder, picked(&head), rows.iter().map(picked).collect(), &align, place);
    }
}

/// Which columns stand in each part of a table of which `most` fit beside one another: about as many in each, the first one in all.
fn parts(columns: usize, most: usize) -> Vec<Vec<usize>> {
    let evenly = |columns: Range<usize>, most: usize| -> Vec<Vec<usize>> {
        let count = columns.len().div_ceil(most).max(1);
        let edge = |part: usize| columns.start + columns.len() * part / count;
        (0..count).map(|part| (edge(part)..edge(part + 1)).collect()).collect()
    };
    match columns > most && most > 2 {
        true => {
            let others = evenly(1..columns, most - 1);
            others.into_iter().map(|others| std::iter::once(0).chain(others).collect()).collect()
        }
        false => evenly(0..columns, most),
    }
}

fn part(builder: &mut Builder<'_>, head_row: Row, rows: Vec<Row>, align: &[Align], place: Place) {
    builder.before(builder.style.block_gap * 0.8);
    let mut extents = vec![Extent::default(); align.len()];
    for row in std::iter::once(&head_row).chain(&rows) {
        for (extent, running) in extents.iter_mut().zip(row) {
            let cell = lines::extent(running, &mut builder.shaper);
            extent.narrowest = extent.narrowest.max(cell.narrowest);
            extent.widest = extent.widest.max(cell.widest);
        }
    }
    let open = (0..align.len()).filter(|column| is_room_to_write(&head_row, &rows, *column));
    let open: Vec<usize> = open.collect();
    let share = FAIR_ROOM * place.width * open.len() as f32 / align.len() as f32;
    let heads: f32 = open.iter().map(|column| extents[*column].widest).sum();
    for column in &open {
        let extent = &mut extents[*column];
        let fair = share * extent.widest / heads.max(1.0);
        let fair = fair.min(place.width * WIDEST_ROOM).min(extent.widest * builder.style.hand_wide);
        extent.narrowest = extent.narrowest.max(fair);
        extent.widest = extent.widest.max(fair);
    }
    // What is spare makes a column wider, and yet no sentence of a number.
    let least = match open.iter().map(|column| extents[*column].widest).reduce(f32::max) {
        None => 0.0,
        Some(widest) if widest >= SENTENCE => PITCH * ROW_OF_A_SENTENCE,
        Some(_) => builder.style.hand,
    };
    let needed: f32 = extents.iter().map(|extent| extent.narrowest.min(place.width * WIDEST_WORD)).sum();
    let room = |pad: f32| place.width - 2.0 * pad * align.len() as f32;
    let choices = SCALES.iter().flat_map(|scale| [(*scale, builder.style.cell_pad_x), (*scale, TIGHT_PAD_X)]);
    let last = (SCALES[SCALES.len() - 1], TIGHT_PAD_X);
    let (scale, pad) = choices.into_iter().find(|(scale, pad)| needed * scale <= room(*pad)).unwrap_or(last);
    let room = room(pad);
    for extent in &mut extents {
        extent.narrowest *= scale;
        extent.widest *= scale;
    }
    let columns: Vec<Column> = extents
        .iter()
        .enumerate()
        .map(|(column, extent)| {
            let head = lines::extent(&head_row[column], &mut builder.shaper).narrowest * scale;
            let pictures = rows.iter().map(|row| row[column].widest_picture() * scale).fold(head, f32::max);
            let whole = if open.contains(&column) { extent.narrowest } else { pictures };
            Column::new(*extent, whole)
        })
        .collect();
    let widths = widths(&columns, room);
    let (head_row, rows) = if scale < 1.0 {
        let shrunk = |row: Vec<Running>| row.into_iter().map(|cell| cell.scaled(scale)).collect::<Vec<_>>();
        (shrunk(head_row), rows.into_iter().map(shrunk).collect())
    } else {
        (head_row, rows)
    };
    let frame = Grid {
        place,
        widths: &widths,
        align,
        pad,
        least,
        size: builder.style.table_size * scale,
        leading: builder.style.table_leading * scale,
    };

    let heads: Vec<Strip> = if head_row.iter().all(|cell| cell.text().trim().is_empty()) {
        Vec::new()
    } else {
        frame.row(builder, head_row, true)
    };
    let head = (!heads.is_empty()).then(|| {
        builder.flow.heads.push(heads.clone());
        builder.flow.heads.len() - 1
    });
    let mut first = true;
    for strip in heads {
        builder.push(Strip { keep: !first, ..strip });
        first = false;
    }
    let rows: Vec<Vec<Strip>> = rows.into_iter().map(|row| frame.row(builder, row, false)).collect();
    let count = rows.len();
    let height: f32 = rows.iter().flatten().map(|strip| strip.height).sum();
    let short = height <= (builder.style.bottom - builder.style.top) * SHORT;
    for (index, strips) in rows.into_iter().enumerate() {
        // Under a head stand two rows at least, and the last row does not go alone.
        let keep = !first && (short || index < 2 || (index + 1 == count && count > 2));
        for (part, strip) in strips.into_iter().enumerate() {
            builder.push(Strip { keep: keep && part == 0, head, ..strip });
        }
        first = false;
    }
    builder.after(builder.style.block_gap + 1.0);
}

/// Whether a column has a head and nothing below it: somebody is to write there.
fn is_room_to_write(head: &[Running], rows: &[Vec<Running>], column: usize) -> bool {
    let empty = |cells: &[Running]| cells.get(column).is_none_or(|cell| cell.text().trim().is_empty());
    !empty(head) && rows.iter().all(|row| empty(row))
}

/// The cells of a row, of which so many stand beside one another.
fn row(builder: &mut Builder<'_>, cells: &[Cell], across: usize, group: Node, kind: &'static str) -> Row {
    let node = builder.tree.push("TR", group);
    cells
        .iter()
        .map(|cell| {
            let node = builder.tree.push(kind, node);
            let head = kind == "TH";
            let room = (builder.style.text_width / across as f32 - 2.0 * builder.style.cell_pad_x).max(8.0);
            let base =
                Base { size: builder.style.table_size, bold: head, room, ..Base::body(builder.style, node) };
            let base = if head { Base { color: builder.style.table_head().text, ..base } } else { base };
            builder.inlines.read(cell, base, &mut builder.tree)
        })
        .collect()
}

struct Grid<'a> {
    place: Place,
    /// Of the columns' text, without padding.
    widths: &'a [f32],
    align: &'a [Align],
    /// At the left and the right of each cell.
    pad: f32,
    /// How high a row is at least: a hand needs room.
    least: f32,
    size: f32,
    leading: f32,
}

impl Grid<'_> {
    /// The row as one strip, or as several where it is taller than a page.
    fn row(&self, builder: &mut Builder<'_>, cells: Vec<Running>, head: bool) -> Vec<Strip> {
        let cells: Vec<Set> = cells
            .into_iter()
            .zip(self.widths)
            .map(|(running, width)| {
                let lines = lines::set(&running, &mut builder.shaper, *width);
                Set { running, lines }
            })
            .collect();
        let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
        let mut extras = vec![0.0_f32; most];
        for cell in &cells {
            for (extra, line) in extras.iter_mut().zip(&cell.lines) {
                *extra = extra.max(cell.running.extra_height(line, self.leading));
            }
        }
        let room = (builder.style.bottom - builder.style.top) * 0.8;
        let mut out = Vec::new();
        let (mut from, mut height) = (0, 0.0);
        for line in 0..most {
            let next = self.leading + extras[line];
            if line > from && height + next > room {
                out.push(self.strip(builder.style, &cells, &extras, from..line, false, head));
                (from, height) = (line, 0.0);
            }
            height += next;
        }
        out.push(self.strip(builder.style, &cells, &extras, from..most, true, head));
        out
    }

    fn strip(
        &self,
        style: &Style,
        cells: &[Set],
        extras: &[f32],
        part: std::ops::Range<usize>,
        last: bool,
        head: bool,
    ) -> Strip {
        let Place { x: left, width: whole, .. } = self.place;
        let lines: f32 = extras[part.clone()].iter().map(|extra| self.leading + extra).sum();
        let height = lines + 2.0 * style.cell_pad_y;
        let height = if head { height } else { height.max(self.least) };
        let mut marks = Vec::new();
        if head {
            let look = style.table_head();
            marks.extend(look.ground.map(|ground| Mark::rectangle(left, 0.0, whole, height, ground)));
            marks.push(Mark::line(left, height, whole, 0.0, look.rule.0, look.rule.1));
        } else if last {
            marks.push(Mark::line(left, height, whole, 0.0, style.colors.hairline, 0.6));
        }
        let mut x = left;
        for ((cell, width), align) in cells.iter().zip(self.widths).zip(self.align) {
            x += self.pad;
            let side = match align {
                Align::None | Align::Left => Side::Start,
                Align::Center => Side::Center,
                Align::Right => Side::End,
            };
            for (index, line) in cell.lines.iter().enumerate().take(part.end).skip(part.start) {
                let above = extras[part.start..index].iter().sum::<f32>() + extras[index];
                let y = style.cell_pad_y
                    + (index - part.start) as f32 * self.leading
                    + above
                    + baseline(self.leading, self.size);
                let ground = self.place.code_ground;
                draw_line(line, &cell.running, x + offset(line, *width, side), y, &mut marks, ground);
            }
            x += width + self.pad;
        }
        Strip {
            height,
            baseline: style.cell_pad_y + baseline(self.leading, self.size),
            marks,
            frame: self.place.frame,
            ..Strip::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_are_even_and_each_has_the_row_heads() {
        assert_eq!(parts(3, 14), [[0, 1, 2]]);
        let of = |columns, most| -> Vec<usize> { parts(columns, most).iter().map(Vec::len).collect() };
        assert_eq!(of(19, 14), [10, 10]);
        assert_eq!(of(20, 7), [5, 6, 6, 6]);
        for (columns, most) in [(19, 14), (60, 3), (15, 14)] {
            let parts = parts(columns, most);
            assert!(parts.iter().all(|part| part[0] == 0 && part.len() <= most), "{parts:?}");
            let others: Vec<usize> = parts.iter().flat_map(|part| part[1..].to_vec()).collect();
            assert_eq!(others, (1..columns).collect::<Vec<_>>());
        }
        assert_eq!(parts(5, 2), [vec![0], vec![1, 2], vec![3, 4]]);
    }
}
