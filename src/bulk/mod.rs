//! Many respondents in one file: a pack compiled once, rows judged 64 at a time, pieces of the file by several
//! threads, and everything printed in the order of the file.
//!
//! 1. [`open`] looks at the head of a file and says whether it can be read piece by piece.
//! 2. A splitter cuts it at the borders of its records; threads judge the pieces.
//! 3. What comes of a row is what comes of it alone: whatever the plan cannot do is done by the ordinary way,
//!    row by row, and a plan asks that way for everything it remembers.

mod digits;
mod judge;
mod known;
mod layout;
mod open;
mod ordinary;
mod piece;
mod plan;
mod planes;
mod print;
mod rows;
mod run;
mod scale;
mod seen;
mod split;
mod sum;
mod usual;
mod worked;

pub use open::{Opened, open};
pub use ordinary::{Form, Ordinary, Refused};
pub use plan::Plan;
pub use run::{End, Told, run};
pub use split::Start;
