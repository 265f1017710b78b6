//! Answers files in memory, read and fitted to the small pack of `support`.

mod any;
mod faults;
mod json;
mod stream;
mod tables;
mod values;
