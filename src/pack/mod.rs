//! YAML files → a pack in which every reference is resolved, or every fault that stands in the way.

mod areas;
mod asked;
mod bands;
mod choices;
mod condition;
mod formula;
mod head;
mod items;
mod keys;
mod load;
mod metrics;
mod names;
mod poisoned;
mod prescriptions;
mod prose;
mod questions;
mod rules;
mod scales;
mod text;
mod value;

pub use condition::print;
pub use load::{Loaded, load};

use crate::diag::Diagnostic;
use crate::model::Prose;
use crate::quantity::Misfit;
use crate::source::Span;

/// A quantity that does not fit, at its place.
fn misfit(misfit: Misfit, span: Span) -> Diagnostic {
    Diagnostic::error(misfit.code, span, misfit.message).label(misfit.label).help_if(misfit.help)
}

/// Stands where a sentence is missing or broken; the fault is told.
fn empty_prose(id: &str, span: Span) -> Prose {
    Prose { parts: vec![crate::model::ProsePart::Text(id.to_owned())], span }
}
