//! What came of an export: its answers, and all that was decided about it.

use super::columns::{Target, Use};
use super::decimals::Signs;
use super::layout::Layout;
use super::shifted::Shifted;
use super::times::Order;
use crate::answers::{RawFile, typed};
use crate::model::Pack;
use crate::source::Span;
use crate::tables::{Grid, Row, column_name};

/// An export, understood.
#[derive(Clone, Debug)]
pub struct Understood {
    pub layout: Layout,
    /// One for each column of the layout.
    pub uses: Vec<Use>,
    pub id: IdFrom,
    /// Whether the rows of one team speak for one respondent.
    pub voiced: bool,
    /// Rows below the head in which anything stands.
    pub rows: usize,
    pub left_out: Vec<LeftOut>,
    pub again: Vec<Again>,
    /// Cells that were read otherwise than typed, in the order in which they were met first.
    pub taken: Vec<Taken>,
    /// Columns that hold a tool's codes in the place of answers.
    pub coded: Vec<usize>,
    /// Whether somebody is refused for a figure alone that nobody can read.
    pub unread_figures: bool,
    /// Columns that say where mails to a respondent go, beside those that the ids are taken from.
    pub addresses: Vec<usize>,
    /// Whatever else was decided.
    pub notes: Vec<String>,
    /// The order of day and month; none where no day is used.
    pub order: Option<Order>,
    /// Which sign stands before decimals.
    pub signs: Signs,
    /// Columns that seem to be numbered otherwise than their questions.
    pub shifted: Vec<Shifted>,
    /// The answers, ready to be fitted.
    pub file: RawFile,
    pub grid: Grid,
}

/// Where the ids of respondents come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdFrom {
    /// A column, from 0.
    Column(usize),
    /// A column where something stands in it, else the other one, else the row.
    Where(usize, Option<usize>),
    /// No column tells people apart: `row-2`, `row-3` …
    Rows,
}

/// A row that is no respondent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub row: u32,
    pub why: String,
}

/// Somebody who sent the form several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    pub id: String,
    /// The row that counts.
    pub kept: u32,
    pub dropped: Vec<u32>,
    /// Several where the same address was given under different names.
    pub names: Vec<String>,
}

/// How messages call a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellName {
    pub column: String,
    /// `BX8`, or `record 2` where objects have no columns.
    pub short: String,
    /// With its heading.
    pub long: String,
}

/// A cell that was read otherwise than typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The question or metric.
    pub key: String,
    pub typed: String,
    /// None for no answer.
    pub read: Option<String>,
    /// The same in the unit that is wanted, where that is another one.
    pub converted: Option<String>,
    /// Whether nobody can read it, so that it counts as not given.
    pub skipped: bool,
    pub count: usize,
}

impl Understood {
    /// Whether there is a column of days that cannot be used, as day and month could be either.
    pub fn has_open_days(&self) -> bool {
        self.order.is_none() && self.uses.iter().any(|used| used.target == Target::Date)
    }

    /// How many rows do not count, as the same person sent the form again.
    pub fn sent_again(&self) -> usize {
        self.again.iter().map(|again| again.dropped.len()).sum()
    }

    /// How messages call a column, with its heading.
    pub fn column(&self, place: usize) -> String {
        let heading = self.layout.columns.get(place).map_or("", |column| column.heading.as_str());
        match (self.grid.unit(), heading) {
            ("row", "") => format!("column {} (no heading)", column_name(place)),
            ("row", heading) => format!("column {} {}", column_name(place), typed(heading)),
            (_, heading) => format!("field {}", typed(heading)),
        }
    }

    /// What stands at a place of the export.
    pub fn cell_at(&self, span: Span) -> Option<CellName> {
        let (row, place) = self.find(span)?;
        let heading = self.layout.columns.get(place).map_or("", |column| column.heading.as_str());
        let heading: String = heading.chars().take(40).collect();
        Some(match self.grid.unit() {
            "row" => CellName {
                column: column_name(place),
                short: format!("{}{}", column_name(place), row.number),
                long: match heading.is_empty() {
                    true => format!("cell {}{}", column_name(place), row.number),
                    false => format!("cell {}{}, `{heading}`", column_name(place), row.number),
                },
            },
            unit => {
                let short = format!("{unit} {}", row.number);
                CellName { column: heading.clone(), long: format!("{short}, field `{heading}`"), short }
            }
        })
    }

    fn find(&self, span: Span) -> Option<(&Row, usize)> {
        if span.source != self.grid.source {
            return None;
        }
        let starts = |row: &Row| self.grid.span(row, 0).start;
        let at = self.grid.rows.partition_point(|row| starts(row) <= span.start).checked_sub(1)?;
        let row = &self.grid.rows[at];
        let place = (0..row.cells.len()).find(|place| {
            let cell = self.grid.span(row, *place);
            cell.start <= span.start && span.start <= cell.end.max(cell.start)
        })?;
        Some((row, place))
    }

    /// The column of a cell, where it seems to be numbered otherwise than its question.
    pub fn shifted_at(&self, span: Span) -> Option<&Shifted> {
        let (_, place) = self.find(span)?;
        self.shifted.iter().find(|shifted| shifted.place == place)
    }

    /// The question or metric to which the cell at a place belongs, and its text.
    pub fn cell(&self, span: Span, pack: &Pack) -> Option<(String, &str)> {
        let (row, place) = self.find(span)?;
        let key = match self.uses.get(place)?.target {
            Target::Question(at) | Target::Option(at, _) => pack.questions[at].id.clone(),
            Target::Metric(at) => pack.metrics[at].id.clone(),
            _ => return None,
        };
        Some((key, self.grid.at(row, place)))
    }
}
