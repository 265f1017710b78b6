//! Files → answers fitted to a pack: what respondents said, with every fault at its place.
//!
//! 1. [`read`] takes the text of a file apart, without knowing the pack: who answered, and what was typed where.
//! 2. [`fit`] holds that against a pack: each [`Outcome`] is a respondent who fits, or one who is refused
//!    with all reasons at once.
//!
//! A fault belongs either to the file as a whole ([`RawFile::faults`], [`Fitting::faults`]: the head of a
//! table) or to one respondent. In a cohort ([`Kind::is_cohort`]) the second kind refuses that respondent
//! alone; in a file of one respondent it is a fault of the run, unless several files were given.

mod about;
mod answer;
mod cells;
mod document;
mod extra;
pub mod fields;
mod fit;
mod heard;
mod ids;
mod json;
mod kind;
mod listen;
mod measure;
mod raw;
mod run_of_show;
mod session;
mod stream;
mod table;
mod voices;
mod window;
mod words;

#[cfg(test)]
mod support;
#[cfg(test)]
mod tests;

pub use about::{Address, Presence, address, names_address, presence};
pub use cells::{Means, Slice, slice};
pub use fit::{FitOptions, Fitting, Outcome, Refusal, fit};
pub use heard::{Heard, HeardRespondent, Said, heard};
pub use ids::{SeenIds, duplicate, duplicate_of, printable_id, same_as};
pub use kind::Kind;
pub use listen::Listener;
pub use measure::{Subject, measure};
pub use raw::{Place, RawFile, RawRespondent, ReadOptions, given, read, whom};
pub use run_of_show::{choose_run, read_runs, tell_strange_words};
pub use session::read_session;
pub use stream::{Stream, Taken, not_utf8, too_large};
pub use words::{fold, listed, tidy, typed};
