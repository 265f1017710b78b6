//! Labelled ranges of numbers, and lists of them by the day they were adopted.

use jiff::civil::Date;

use super::{CitationId, Condition, Number, Prose};
use crate::source::Span;

/// Which end of the numbers is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    Higher,
    Lower,
    /// Of a metric: neither end is good.
    Middle,
    /// Of a score: nothing in it is good or bad.
    Neither,
}

/// Something with the day it was adopted and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated<T> {
    pub from: Option<Date>,
    /// `where:`: it holds only where this does. Of those of one day the first that holds is taken, and the
    /// last has none.
    pub only: Option<Condition>,
    pub sources: Vec<CitationId>,
    pub review_by: Option<Date>,
    pub note: Option<Prose>,
    pub value: T,
}

pub type DatedBands = Dated<Bands>;

pub type DatedPoints = Dated<PointsTable>;

impl<T> Dated<T> {
    /// Without a day, a source or a condition.
    pub fn plain(value: T) -> Dated<T> {
        Dated { from: None, only: None, sources: Vec::new(), review_by: None, note: None, value }
    }

    /// The places of those that were in force on a day, of a list with the oldest first: the newest not after
    /// it, else the oldest; without a day the newest.
    pub fn on(list: &[Dated<T>], day: Option<Date>) -> std::ops::Range<usize> {
        let begun = |dated: &Dated<T>| match (day, dated.from) {
            (Some(day), Some(from)) => from <= day,
            _ => true,
        };
        let last = list.iter().rposition(begun);
        let from = last.or((!list.is_empty()).then_some(0)).map(|at| list[at].from);
        let same = |dated: &Dated<T>| Some(dated.from) == from;
        let start = list.iter().position(same).unwrap_or(0);
        start..list.iter().rposition(same).map_or(start, |end| end + 1)
    }
}

/// Labelled ranges that cover every number: the first whose edge holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    /// The last step has no edge.
    pub steps: Vec<BandStep>,
    /// The different names, from the lowest numbers to the highest, each once.
    pub labels: Vec<BandName>,
    pub span: Span,
}

/// What a band is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandName {
    /// As conditions and the machine contract name it.
    pub id: String,
    /// As documents print it; the id where the pack gives no `label:`.
    pub label: String,
    /// The label in other languages.
    pub translations: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandStep {
    /// A place in [`Bands::labels`].
    pub label: usize,
    /// The comparison that a number in this band passes; none for the rest.
    pub edge: Option<(Order, Number)>,
    /// Where it is written.
    pub span: Span,
}

/// What a metric's value is worth by the range it lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsTable {
    /// Its labels are the points as written.
    pub cuts: Bands,
    /// One a label.
    pub worth: Vec<Number>,
}

impl PointsTable {
    /// The fewest and the most points that a value from `low` to `high` may be worth.
    pub fn between(&self, low: &Number, high: &Number) -> Option<(Number, Number)> {
        let possible = self.cuts.between(low, high);
        let worth = || possible.iter().filter_map(|at| self.worth.get(*at)).cloned();
        Some((worth().min()?, worth().max()?))
    }

    /// The fewest and the most points in it.
    pub fn ends(&self) -> Option<(Number, Number)> {
        Some((self.worth.iter().min()?.clone(), self.worth.iter().max()?.clone()))
    }
}

/// A comparison that has a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Order {
    pub fn holds(self, value: &Number, edge: &Number) -> bool {
        match self {
            Order::Less => value < edge,
            Order::AtMost => value <= edge,
            Order::Greater => value > edge,
            Order::AtLeast => value >= edge,
        }
    }

    pub fn sign(self) -> &'static str {
        match self {
            Order::Less => "<",
            Order::AtMost => "<=",
            Order::Greater => ">",
            Order::AtLeast => ">=",
        }
    }
}

impl Bands {
    /// The band of a value, as a place in [`Bands::labels`].
    pub fn of(&self, value: &Number) -> usize {
        self.steps
            .iter()
            .find(|step| step.edge.as_ref().is_none_or(|(order, edge)| order.holds(value, edge)))
            .map_or(0, |step| step.label)
    }

    /// Every band that a value from `low` to `high` may lie in, as places in [`Bands::labels`], ascending.
    pub fn between(&self, low: &Number, high: &Number) -> Vec<usize> {
        let mut found = vec![self.of(low), self.of(high)];
        for (_, edge) in self.steps.iter().filter_map(|step| step.edge.as_ref()) {
            if low <= edge && edge <= high {
                found.push(self.of(edge));
                // Just beside the edge the other side's band begins.
                let edges = self.edges();
                let near = |other: &Number| other != edge;
                let below =
                    edges.iter().filter(|e| near(e) && *e < edge).max().unwrap_or(low).max(low).clone();
                let above =
                    edges.iter().filter(|e| near(e) && *e > edge).min().unwrap_or(high).min(high).clone();
                if below < *edge {
                    found.push(self.of(&middle(&below, edge)));
                }
                if *edge < above {
                    found.push(self.of(&middle(edge, &above)));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Every number at which a band ends.
    pub fn edges(&self) -> Vec<Number> {
        self.steps.iter().filter_map(|step| step.edge.as_ref().map(|(_, edge)| edge.clone())).collect()
    }

    /// Whether a band, by its place in [`Bands::labels`], makes a leak: the two at the bad end do, but never
    /// all of them, and none where no end is the good one.
    pub fn leaks(&self, band: usize, better: Better) -> bool {
        let count = 2.min(self.labels.len().saturating_sub(1));
        match better {
            Better::Higher => band < count,
            Better::Lower => band >= self.labels.len() - count,
            Better::Middle | Better::Neither => false,
        }
    }
}

fn middle(a: &Number, b: &Number) -> Number {
    (a + b) * Number::ratio(1, 2)
}
