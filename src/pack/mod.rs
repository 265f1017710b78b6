//! YAML files → a pack in which every reference is resolved, or every fault that stands in the way.

mod areas;
mod asked;
mod band_rules;
mod bands;
mod choices;
mod condition;
mod dated;
mod extend;
mod formula;
mod graph;
mod groups;
mod guards;
mod head;
mod items;
mod keys;
mod load;
mod metrics;
mod names;
mod overrides;
mod poisoned;
mod prescriptions;
mod prose;
mod questions;
mod reach;
mod rules;
mod scales;
mod score_bands;
mod scores;
mod text;
mod thresholds;
mod translations;
mod value;

pub use condition::{canonical, canonical_end, print};
pub use extend::{Extends, extends};
pub use items::mended_id;
pub use load::{Loaded, load, load_over};

use crate::diag::Diagnostic;
use crate::model::Prose;
use crate::quantity::Misfit;
use crate::source::Span;

/// A quantity that does not fit, at its place.
fn misfit(misfit: Misfit, span: Span) -> Diagnostic {
    Diagnostic::error(misfit.code, span, misfit.message).label(misfit.label).help_if(misfit.help)
}

/// The same with its mend, where its digits stand letter for letter at the beginning of the range.
fn misfit_at(
    mut found: Misfit,
    digits: &str,
    range: std::ops::Range<usize>,
    text: &text::Text<'_>,
) -> Diagnostic {
    let instead = found.instead.take();
    let told = misfit(found, text.span(range.clone()));
    let place = range.start..range.start + digits.len();
    let exact = text.exact(place.clone()).filter(|_| text.text.get(place) == Some(digits));
    match (exact, instead) {
        (Some(span), Some(instead)) => told.fix(span, instead),
        _ => told,
    }
}

/// Stands where a sentence is missing or broken; the fault is told.
fn empty_prose(id: &str, span: Span) -> Prose {
    Prose { parts: vec![crate::model::ProsePart::Text(id.to_owned())], span }
}
