//! Findings + template → Markdown → document.
//!
//! 1. [`Templates::read`] reads and checks templates: front matter, syntax, every name.
//! 2. [`for_respondent`], [`for_cohort`] and [`for_session`] gather what a template sees, the [`contract`].
//! 3. [`compose`] fills a template with it and reads the Markdown that comes out.

pub mod contract;
mod data;
mod docs;
mod fill;
mod names;
mod origin;
#[cfg(test)]
pub(crate) mod support;
mod template;
#[cfg(test)]
mod tests;

pub use data::{Running, Summed, all_words, for_cohort, for_respondent, for_session, plan_start};
pub use docs::contract_markdown;
pub use fill::{Composed, Data, compose, line_of, place_of};
pub use template::{Audience, Field, Head, Made, Phase, Template, Templates};
