//! Findings for machines, and a pack as an answers file to fill: text formats that other programs read.

mod because;
mod blank;
mod columns;
mod line;

pub use because::because_line;
pub use blank::blank_answers;
pub use columns::{COLUMNS, columns, inert_cell};
pub use line::line;
