//! Findings → sentences: numbers with their units, the because of a rule, what is still missing.
//!
//! Everything here is inline Markdown in English. The pack's own prose goes in as written; labels,
//! names and whatever a respondent typed go through [`inert`](crate::markdown::inert) first.

mod asking;
mod because;
mod change;
mod method;
mod prose;
mod range;
mod review;
mod subject;
#[cfg(test)]
mod tests;
mod threshold;
mod unknown;
mod words;
mod worked_out;

pub use asking::{ask_first, decides};
pub use because::{Because, Line, because, step_because};
pub use change::{almost, way, ways, would_change};
pub use method::how_scored;
pub use prose::{plain_prose, prose};
pub use range::{bands_in_words, ends_in_words, range_in_words};
pub(crate) use range::{on_target, target};
pub use review::{is_review_after, review_after, review_day};
pub use subject::{
    answer_text, citations, metric_text, metric_value, score_of_all, score_text, score_value, scored,
};
pub(crate) use threshold::in_force;
pub use unknown::{Missing, missing};
pub use words::{count, date, list, quoted, sentence};
pub use worked_out::{change_text, derived_text, threshold_text};
