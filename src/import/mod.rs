//! Any form's export → raw answers under a pack's ids, with everything said that was understood on the way.
//!
//! 1. [`layout`] finds the head, names the tool that wrote it, and what each column is to that tool;
//! 2. [`Lookup`] finds each column's question, by id or by its text;
//! 3. [`understand`] walks the rows: who answered, what was sent twice, what is a preview, what each cell says.
//!
//! What comes out is fitted to the pack as any answers file is: values that no question takes refuse their row there.
//! Nothing is guessed silently: whatever is read otherwise than typed, left out or not used stands in [`Understood`].

mod asked;
mod cells;
mod columns;
mod decimals;
mod dialect;
mod heading;
mod known;
mod layout;
mod mapping;
mod numerals;
mod report;
mod rows;
mod shifted;
mod status;
mod times;
mod understood;
mod values;
mod who;

pub use asked::{ASKED, Asked, IN_PERCENT, NONE, WHOLE, is_claimed, is_none};
pub use columns::{By, Lookup, Target, Use};
pub use dialect::Dialect;
pub use layout::{Column, Known, Layout, layout};
pub use mapping::{Mapping, read_mapping, write_mapping};
pub use report::{Refused, SCREEN, Told, screen, summary};
pub use rows::{Wanted, understand};
pub use times::{Order, Time, order};
pub use understood::{Again, CellName, IdFrom, LeftOut, Taken, Understood};
pub use values::{reads_as, with_id};

use crate::model::Pack;
use crate::tables::Grid;

/// Whether a table is plain: written for this program, with ids of the pack as headings and no tool's own columns.
///
/// Plain tables in commas and UTF-8 are read by `answers::read`, which needs no pack and little memory.
pub fn is_plain(grid: &Grid, pack: &Pack) -> bool {
    let lookup = Lookup::new(pack);
    let known = |heading: &str| lookup.knows(heading);
    let layout = layout(grid, &known, None);
    if layout.dialect != Dialect::Generic || layout.first != 1 {
        return false;
    }
    let by_id = layout.columns.iter().any(|column| lookup.id(&column.heading).is_some());
    let by_text = lookup.columns(&layout).iter().any(|used| used.by == By::Text);
    by_id || !by_text
}
