//! Steps as a table, in CSV and XLSX, and what people made of such a table.

use jiff::civil::Date;

use super::{Action, Plan, STATUSES};
use crate::export::columns::{csv_row, inert_cell};
use crate::import::{Time, order};
use crate::tables::{Grid, Row};
use crate::workbook::{Cell, Sheet, workbook};

/// What stands at the head of each column. The first one is the step's id; behind them stand those that people added.
pub const COLUMNS: [&str; 16] = [
    "id",
    "respondent",
    "what",
    "first step",
    "area",
    "owner",
    "planned",
    "due",
    "review",
    "evidence",
    "now",
    "target",
    "why",
    "advised",
    "status",
    "note",
];

/// How wide each column is, in characters.
const WIDTHS: [u16; 16] = [24, 22, 34, 40, 22, 20, 12, 12, 12, 30, 12, 14, 44, 12, 16, 30];
const PLANNED: usize = 6;
const DUE: usize = 7;
const REVIEW: usize = 8;
const STATUS: usize = 14;

impl Action {
    fn texts(&self) -> impl Iterator<Item = &str> {
        let known: [&str; 16] = [
            &self.id,
            &self.respondent,
            &self.what,
            &self.first_step,
            &self.area,
            &self.owner,
            &self.planned,
            &self.due_text,
            &self.review_text,
            &self.evidence,
            &self.now,
            &self.target,
            &self.why,
            &self.advised,
            &self.status,
            &self.note,
        ];
        known.into_iter().chain(self.own.iter().map(String::as_str))
    }

    /// The day in a column, where one stands there.
    fn day(&self, column: usize) -> Option<Date> {
        match column {
            PLANNED => crate::model::date(&self.planned),
            DUE => self.due,
            REVIEW => self.review,
            _ => column.checked_sub(COLUMNS.len()).and_then(|own| crate::model::date(self.own.get(own)?)),
        }
    }
}

fn heads(plan: &Plan) -> impl Iterator<Item = &str> {
    COLUMNS.into_iter().chain(plan.own.iter().map(String::as_str))
}

/// The steps as CSV: a head, one line a step, line breaks as RFC 4180 wants them. No cell begins a formula.
pub fn plan_csv(plan: &Plan) -> String {
    let mut out = String::new();
    let mut line = |cells: Vec<String>| {
        out.push_str(&csv_row(cells.iter().map(String::as_str)));
        out.push_str("\r\n");
    };
    line(heads(plan).map(inert_cell).collect());
    for step in &plan.steps {
        let cell = |(column, text)| step.day(column).map_or_else(|| inert_cell(text), |day| day.to_string());
        line(step.texts().enumerate().map(cell).collect());
    }
    out
}

/// The steps as a workbook of one sheet: days are days, the status offers its words, and no cell is a formula.
pub fn plan_xlsx(plan: &Plan) -> Vec<u8> {
    let head: Vec<Cell> = heads(plan).map(Cell::from).collect();
    let rows = plan.steps.iter().map(|step| {
        let cell = |(column, text)| step.day(column).map_or_else(|| Cell::from(text), Cell::Day);
        step.texts().enumerate().map(cell).collect()
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
/// they were moved to; all others are theirs, and so are rows without an id. Days may stand as spreadsheets of any country save them,
/// where all of them together tell whether day or month comes first. A table without the column `id` holds no plan.
pub fn read_plan(grid: &Grid) -> Option<Plan> {
    let head = grid.rows.first()?;
    let width = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let text = |row: &Row, place: usize| {
        let text = grid.at(row, place);
        // The apostrophe that keeps a cell from being a formula is not part of it.
        text.strip_prefix('\'').filter(|rest| inert_cell(rest) == text).unwrap_or(text).trim().to_owned()
    };
    let places = COLUMNS.map(|name| {
        (0..head.cells.len()).find(|place| grid.at(head, *place).trim().eq_ignore_ascii_case(name))
    });
    places[0]?;
    let filled = |place: &usize| grid.rows.iter().any(|row| !grid.at(row, *place).trim().is_empty());
    let theirs: Vec<usize> =
        (0..width).filter(|place| !places.contains(&Some(*place))).filter(filled).collect();
    let rows = || grid.rows.iter().skip(1).filter(|row| !grid.is_empty(row));
    let cell = |row: &Row, column: usize| places[column].map_or_else(String::new, |place| text(row, place));
    let times: Vec<Time> = rows()
        .flat_map(|row| [PLANNED, DUE, REVIEW].map(|column| Time::parse(&cell(row, column))))
        .flatten()
        .collect();
    let order = order(&times);
    let steps = rows().map(|row| {
        let cell = |column: usize| cell(row, column);
        let day = |column: usize| {
            let text = cell(column);
            let day = order.and_then(|order| Time::parse(&text)?.date(order));
            day.map_or(text, |day| day.to_string())
        };
        let (due_text, review_text) = (day(DUE), day(REVIEW));
        Action {
            id: cell(0),
            respondent: cell(1),
            what: cell(2),
            first_step: cell(3),
            area: cell(4),
            owner: cell(5),
            planned: day(PLANNED),
            due: crate::model::date(&due_text),
            due_text,
            review: crate::model::date(&review_text),
            review_text,
            evidence: cell(9),
            now: cell(10),
            target: cell(11),
            why: cell(12),
            advised: cell(13),
            status: super::status(&cell(STATUS)),
            note: cell(15),
            own: theirs.iter().map(|place| text(row, *place)).collect(),
        }
    });
    let steps = steps.collect();
    Some(Plan { own: theirs.iter().map(|place| text(head, *place)).collect(), steps })
}
