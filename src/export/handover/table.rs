//! Steps as a table, in CSV and XLSX, and what people made of such a table.

use super::{Action, STATUSES};
use crate::export::columns::{csv_row, inert_cell};
use crate::tables::Grid;
use crate::workbook::{Cell, Sheet, workbook};

/// What stands at the head of each column. The first one is the step's id.
pub const COLUMNS: [&str; 13] = [
    "id",
    "respondent",
    "what",
    "first step",
    "area",
    "owner",
    "due",
    "evidence",
    "now",
    "target",
    "why",
    "status",
    "note",
];

/// How wide each column is, in characters.
const WIDTHS: [u16; 13] = [24, 22, 34, 40, 22, 20, 12, 30, 12, 14, 44, 16, 30];
const STATUS: usize = 11;

impl Action {
    fn cells(&self) -> [&str; 13] {
        [
            &self.id,
            &self.respondent,
            &self.what,
            &self.first_step,
            &self.area,
            &self.owner,
            &self.due_text,
            &self.evidence,
            &self.now,
            &self.target,
            &self.why,
            &self.status,
            &self.note,
        ]
    }
}

/// The steps as CSV: a head, one line a step, line breaks as RFC 4180 wants them. No cell begins a formula.
pub fn actions_csv(actions: &[Action]) -> String {
    let mut out = csv_row(COLUMNS) + "\r\n";
    for action in actions {
        let day = action.due.map(|day| day.to_string());
        let mut cells = action.cells().map(inert_cell);
        if let Some(day) = day {
            cells[6] = day;
        }
        out.push_str(&csv_row(cells.iter().map(String::as_str)));
        out.push_str("\r\n");
    }
    out
}

/// The steps as a workbook of one sheet: days are days, the status offers its words, and no cell is a formula.
pub fn actions_xlsx(actions: &[Action]) -> Vec<u8> {
    let head: Vec<Cell> = COLUMNS.iter().map(|name| Cell::from(*name)).collect();
    let rows = actions.iter().map(|action| {
        let mut cells: Vec<Cell> = action.cells().into_iter().map(Cell::from).collect();
        if let Some(day) = action.due {
            cells[6] = Cell::Day(day);
        }
        cells
    });
    workbook(&[Sheet {
        name: "plan",
        rows: std::iter::once(head).chain(rows).collect(),
        widths: WIDTHS.to_vec(),
        choices: vec![(STATUS, &STATUSES)],
        filtered: true,
    }])
}

/// The steps of a table that was written here and that people have worked in since. Columns are found by their heads, wherever
/// they were moved to; a table without the column `id` holds none.
pub fn read_actions(grid: &Grid) -> Vec<Action> {
    let Some(head) = grid.rows.first() else { return Vec::new() };
    let width = head.cells.len();
    let place = |name: &str| (0..width).find(|place| grid.at(head, *place).trim().eq_ignore_ascii_case(name));
    let places = COLUMNS.map(place);
    if places[0].is_none() {
        return Vec::new();
    }
    let rows = grid.rows.iter().skip(1).map(|row| {
        let cell = |column: usize| {
            let text = places[column].map_or("", |place| grid.at(row, place));
            // The apostrophe that keeps a cell from being a formula is not part of it.
            let text = text.strip_prefix('\'').filter(|rest| inert_cell(rest) == text).unwrap_or(text);
            text.trim().to_owned()
        };
        let due_text = cell(6);
        Action {
            id: cell(0),
            respondent: cell(1),
            what: cell(2),
            first_step: cell(3),
            area: cell(4),
            owner: cell(5),
            due: crate::model::date(&due_text),
            due_text,
            evidence: cell(7),
            now: cell(8),
            target: cell(9),
            why: cell(10),
            status: cell(11),
            note: cell(12),
        }
    });
    rows.filter(|action| !action.id.is_empty()).collect()
}
