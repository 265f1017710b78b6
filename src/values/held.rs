//! Which of several dated lists hold, and the bands and points that follow.

use super::Work;
use crate::diag::Code;
use crate::logic::{Truth, judge};
use crate::model::{Dated, DatedBands, DatedPoints, Number, Problem, Worked};

impl Work<'_> {
    /// The lists that may hold, as places: one, or several where a `where` is not known.
    pub(super) fn held<T>(&self, list: &[Dated<T>]) -> Vec<usize> {
        let mut out = Vec::new();
        for at in Dated::on(list, self.as_of) {
            let truth = list[at].only.as_ref().map(|only| judge(only, self.pack, &self.values));
            match truth.unwrap_or(Truth::True) {
                Truth::False => {}
                Truth::Unknown { .. } => out.push(at),
                Truth::True => {
                    out.push(at);
                    break;
                }
            }
        }
        out
    }

    /// The list in force where one certainly is, and every band that a value may lie in.
    pub(super) fn bands(
        &self,
        list: &[DatedBands],
        ends: Option<&(Number, Number)>,
    ) -> (Option<usize>, Vec<usize>) {
        let held = self.held(list);
        let certain = if let [one] = held.as_slice() { Some(*one) } else { None };
        let Some((low, high)) = ends else { return (certain, Vec::new()) };
        let mut bands: Vec<usize> = held.iter().flat_map(|at| list[*at].value.between(low, high)).collect();
        bands.sort_unstable();
        bands.dedup();
        (certain, bands)
    }

    /// The fewest and the most points that a value may be worth.
    pub(super) fn points(
        &self,
        list: &[DatedPoints],
        ends: Option<&(Number, Number)>,
    ) -> Option<(Number, Number)> {
        let (low, high) = ends?;
        let held = self.held(list);
        let each = || held.iter().filter_map(|at| list[*at].value.between(low, high));
        Some((each().map(|ends| ends.0).min()?, each().map(|ends| ends.1).max()?))
    }

    /// The fewest and the most points in the tables that may hold.
    pub(super) fn points_ends(&self, list: &[DatedPoints]) -> Option<(Number, Number)> {
        let held = self.held(list);
        let each = || held.iter().filter_map(|at| list[*at].value.ends());
        Some((each().map(|ends| ends.0).min()?, each().map(|ends| ends.1).max()?))
    }

    /// Tells of lists that were adopted later than the day, or should have been looked at before it.
    pub(super) fn tell_age<T>(&mut self, list: &[Dated<T>], of: Worked, what: &str, at: &str) {
        let Some(day) = self.as_of else { return };
        let id = at.rsplit('.').next().unwrap_or(at);
        let held = self.held(list);
        let mut tell = |code: Code, message: String| {
            let problem = Problem { code: code.name(), at: at.to_owned(), message };
            if !self.problems.iter().any(|(_, known)| *known == problem) {
                self.problems.push((of, problem));
            }
        };
        for at in held {
            if let Some(from) = list[at].from.filter(|from| *from > day) {
                let message =
                    format!("the {what} of `{id}` were adopted on {from}, after {day}: the oldest are used");
                tell(Code::BandsTooNew, message);
            }
            if let Some(review_by) = list[at].review_by.filter(|review_by| *review_by < day) {
                let message = format!("the {what} of `{id}` were to be reviewed by {review_by}");
                tell(Code::BandsPastReview, message);
            }
        }
    }
}
