//! kitwright turns an assessment into a workshop kit.

pub mod compose;
pub mod diag;
pub mod document;
pub mod logic;
pub mod markdown;
pub mod model;
pub mod render;
pub mod source;
pub mod wording;
pub mod yaml;
