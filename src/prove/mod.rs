//! What a pack proves of itself: its own tests, how much of its conditions they reach, and which slips they
//! would notice.
//!
//! 1. [`read`] takes the section `tests:` of a sound pack: somebody given, and what is expected of them.
//! 2. [`run`] judges everybody given, and holds what was found against what is expected.

mod read;
mod report;
mod run;
mod suite;

pub use read::read;
pub use report::{json, junit, junit_suite};
pub use run::{Ground, Miss, Proof, Ran, run};
pub use suite::{Case, Expect, Layout, PackTest, Suite, Wanted, Written};
