//! kitwright turns an assessment into a workshop kit.

pub mod answers;
pub mod builtin;
pub mod check;
pub mod cli;
pub mod compose;
pub mod diag;
pub mod document;
pub mod engine;
pub mod export;
pub mod files;
pub mod kit;
pub mod logic;
pub mod markdown;
pub mod model;
pub mod pack;
pub mod quantity;
pub mod render;
pub mod source;
pub mod wording;
pub mod yaml;
