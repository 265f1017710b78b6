//! Findings for machines, and a pack as an answers file to fill: text formats that other programs read.

mod answers;
mod blank;
mod calendar;
mod cohort;
mod columns;
mod explanation;
pub mod handover;
mod json;
mod line;

pub use answers::{answers_file, answers_so_far};
pub use blank::blank_answers;
pub use calendar::{SESSION_CALENDAR, session_calendar};
pub use cohort::cohort;
pub use columns::{COLUMNS, Column, columns, columns_named, csv_row, inert_cell};
pub use explanation::explanation;
pub use json::Json;
pub use line::line;
