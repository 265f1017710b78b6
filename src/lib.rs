//! kitwright turns an assessment into a workshop kit: a pack of rules and somebody's answers become findings,
//! and findings become papers in Markdown, HTML and PDF.
//!
//! # The walk
//!
//! ```text
//! pack::load → check::check → answers::read → answers::fit → engine::evaluate → kit (compose → render)
//! ```
//!
//! Every verb is pure: texts go in through [`source::Sources`], bytes come out, and nothing is printed or
//! read on the way. Faults of an author's text are [`diag::Diagnostics`]: all of them, each with its place and
//! the likely mend. Only a sound pack can be evaluated, and [`check::check`] alone makes one.
//!
//! # From texts to findings
//!
//! ```
//! use kitwright::{answers, check, engine, model::Status, pack, source::Sources};
//!
//! let mut sources = Sources::default();
//! let pack_file = sources.add("pack.yaml", "
//! pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
//! scales: { agree: { from: 1, to: 5 } }
//! areas: { exits: { title: Knowing the way out } }
//! questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
//! rules:
//!   - { id: unknown-exits, title: Not everybody knows the way out, why: In smoke nobody reads a plan.,
//!       when: answer.known <= 2, prescribe: [walk], severity: high }
//! prescriptions:
//!   walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
//! ");
//! let answers_file = sources.add("answers.yaml", "respondent: office\nanswers: { known: 2 }");
//!
//! let checked = check::check(pack::load(&[pack_file], &sources), None);
//! let pack = checked.pack.expect("the pack is sound");
//!
//! let raw = answers::read(answers_file, answers::Kind::Yaml, &answers::ReadOptions::default(), &sources);
//! let fitting = answers::fit(&raw, pack.pack(), answers::FitOptions::default(), &sources);
//! let Some(answers::Outcome::Fits(respondent)) = fitting.outcomes().next() else { panic!("the answers fit") };
//!
//! let findings = engine::evaluate(&pack, &respondent, None);
//! assert_eq!(findings.rules[0].status, Status::Fired);
//! assert_eq!(findings.values.total.value().unwrap().to_string(), "25");
//! ```
//!
//! `docs/library.md` and `examples/library.rs` go on to the bytes of a paper, to groups and to sessions. `ARCHITECTURE.md` tells the rooms, from ground to face.

/// The examples of the page for developers, which `cargo test --doc` runs.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
pub struct PageForDevelopers;

pub mod answers;
pub mod brand;
pub mod builtin;
pub mod bulk;
pub mod cells;
pub mod check;
pub mod cli;
pub mod cohort;
pub mod compose;
pub mod diag;
pub mod diff;
pub mod document;
pub mod engine;
pub mod explain;
pub mod export;
pub mod files;
pub mod fmt;
pub mod form;
pub mod import;
pub mod interview;
pub mod kit;
pub mod logic;
pub mod markdown;
pub mod model;
pub mod pack;
pub mod prove;
pub mod quantity;
pub mod render;
pub mod schema;
pub mod source;
pub mod tables;
pub mod tally;
pub mod theme;
pub mod values;
pub mod wording;
pub mod workbook;
pub mod yaml;
