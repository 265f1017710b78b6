//! kitwright turns an assessment into a workshop kit.

pub mod document;
pub mod markdown;
pub mod render;
