//! A whole cohort: respondents one by one, made by several threads, told in order.
//!
//! 1. [`Source`] hands out who is next, as a task that any thread may do: reading apart and fitting ([`Member`]).
//! 2. [`in_order`] lets several threads work; whoever must not depend on which of them is faster takes its turn.
//! 3. [`Making::make`] judges a member, names it, and makes and writes its papers, unless they are there already.
//! 4. The caller hears of each in the order of the cohort, and hands it on to [`Manifest`].
//!
//! Nothing but names, places and hashes is kept of those who are done, so a cohort takes the memory of a few people.

mod bundle;
mod files;
mod made_with;
mod making;
mod manifest;
mod member;
mod names;
mod order;

pub use bundle::{ARCHIVE, Archive, PRINT, Print};
pub use files::Files;
pub use made_with::MadeWith;
pub use making::{Done, InOrder, Made, MadeDocument, Making, Outcome};
pub use manifest::{MANIFEST, Manifest};
pub use member::{Member, Source, Task};
pub use names::{FIELDS, Named, Namer, Pattern, Renamed};
pub use order::{Turn, in_order};
