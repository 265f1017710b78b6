//! Columns whose numbers do not begin where their question's scale does: a form that counts from 1, a scale from 0.

use super::columns::{Target, Use};
use super::layout::Layout;
use super::mapping::Mapping;
use crate::model::{Number, Pack, QuestionKind};
use crate::tables::Grid;

/// A column that seems to be numbered otherwise than its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shifted {
    pub place: usize,
    pub question: usize,
    /// What stands in the way, for the message of each of its cells.
    pub why: String,
    /// What is to be added to a number of the column to get that of the scale.
    pub by: Number,
}

impl Shifted {
    /// What a number of the column would then be on the scale.
    pub fn meant(&self, cell: &str) -> Option<String> {
        Number::parse(cell.trim()).map(|number| (&number + &self.by).to_decimal(30))
    }
}

/// Finds them: a number just beyond one end of the scale, and none at the other end.
pub fn shifted(
    grid: &Grid,
    layout: &Layout,
    uses: &[Use],
    pack: &Pack,
    mapping: Option<&Mapping>,
) -> Vec<Shifted> {
    let mut all = Vec::new();
    for (place, used) in uses.iter().enumerate() {
        let Target::Question(question) = used.target else { continue };
        let id = &pack.questions[question].id;
        let QuestionKind::Numbered { from, to, step: Some(step), .. } = &pack.questions[question].kind else {
            continue;
        };
        let numbers = || {
            let cells = grid.rows.iter().skip(layout.first).map(|row| grid.at(row, place).trim());
            cells
                .filter(|cell| mapping.is_none_or(|mapping| mapping.value(id, cell).is_none()))
                .filter_map(Number::parse)
        };
        let has = |wanted: &Number| numbers().any(|number| number == *wanted);
        let (above, below) = (to + step, from - step);
        let (end, missing, by) = match () {
            () if has(&above) && !has(from) => (above, from, &Number::zero() - step),
            () if has(&below) && !has(to) => (below, to, step.clone()),
            () => continue,
        };
        all.push(Shifted {
            place,
            question,
            why: format!(
                "{} holds {end} and no {missing}, `{id}` runs from {from} to {to}: it may be numbered otherwise",
                grid.called(place),
            ),
            by,
        });
    }
    all
}
