//! Answers files in memory, read and fitted.
