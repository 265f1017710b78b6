//! Numbers with a name and a date of adoption, and values worked out for rules.

use jiff::civil::Date;

use super::{Dated, Formula, Number, Prose, Unit};
use crate::source::Span;

/// A number that conditions name as `threshold.<id>`: it stands in one place, with its source and dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    pub id: String,
    /// As sentences call it; the id where the pack gives none.
    pub title: Option<Prose>,
    pub unit: Unit,
    /// In the threshold's unit, by date of adoption, oldest first; never empty in a sound pack.
    pub values: Vec<Dated<Number>>,
    pub span: Span,
}

/// A value that is worked out for rules and texts, and is never given: `derived.<id>`.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    pub id: String,
    /// As sentences call it; the id where the pack gives none.
    pub title: Option<Prose>,
    pub unit: Unit,
    /// None only where it was faulty.
    pub formula: Option<Formula>,
    /// The ends between which it lies; none where nothing bounds it.
    pub reach: Option<(Number, Number)>,
    pub span: Span,
}

impl Threshold {
    /// The place of the value that holds on a day: the newest not adopted after it, else the oldest; without a
    /// day the newest. None only where there is no value.
    pub fn on(&self, day: Option<Date>) -> Option<usize> {
        Dated::on(&self.values, day).next()
    }
}
