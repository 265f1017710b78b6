//! What a pack proves of itself: its own tests, how much of its conditions they reach, and which slips they
//! would notice.
//!
//! 1. [`read`] takes the section `tests:` of a sound pack: somebody given, and what is expected of them.
//! 2. [`run`] judges everybody given, and holds what was found against what is expected.
//! 3. [`cover`] says which outcomes of the pack's comparisons that reached, of all that can be reached.
//! 4. [`mutate`] says which slips in the pack the tests would notice.
//! 5. [`propose`] writes the tests that are lacking.
//! 6. [`update`] writes what was found in the place of what was expected.

mod cover;
mod mutate;
mod propose;
mod read;
mod report;
mod run;
mod suite;
mod told;
mod update;

pub use cover::{Coverage, Line, Missing, OUTCOMES, Untested, cover};
pub use mutate::{Difference, Mutation, Slip, Survivor, mutate};
pub use propose::{Proposals, Unkept, file as proposed_file, propose};
pub use read::read;
pub use report::{coverage_json, json, junit, junit_suite, mutation_json};
pub use run::{Ground, Miss, Proof, Ran, run};
pub use suite::{Case, Expect, Layout, PackTest, Suite, Wanted, Written};
pub use told::{coverage_line, gaps, mutation_line, percent, survivors};
pub use update::{Update, Updated, update};
