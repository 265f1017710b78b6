//! Which sign stands before decimals in each column: told by its own cells, then by those of the whole export.

use super::columns::{Target, Use};
use super::layout::Layout;
use super::numerals::{Decimals, Figure, Sign, evidence, figure};
use crate::answers::typed;
use crate::model::{Pack, QuestionKind, Unit};
use crate::tables::Grid;

/// What the columns of figures say.
#[derive(Clone, Debug, Default)]
pub struct Signs {
    /// By the place of the column; none where both remain possible.
    pub columns: Vec<Option<Sign>>,
    /// Whether a cell can be read in two ways, and nothing decides it.
    pub open: bool,
    /// What decided such cells, where that is one and the same for all.
    pub settled: Option<Decimals>,
}

/// What has been seen in a column, or in all.
#[derive(Clone, Default)]
struct Seen {
    point: Option<String>,
    comma: Option<String>,
}

impl Seen {
    fn note(&mut self, decimals: Decimals, sample: &str) {
        let slot = match decimals {
            Decimals::Point => &mut self.point,
            Decimals::Comma => &mut self.comma,
        };
        slot.get_or_insert_with(|| sample.to_owned());
    }

    fn one(&self) -> Option<(Decimals, &str)> {
        match (&self.point, &self.comma) {
            (Some(sample), None) => Some((Decimals::Point, sample)),
            (None, Some(sample)) => Some((Decimals::Comma, sample)),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.point.is_none() && self.comma.is_none()
    }
}

/// The unit of the figures that a column holds.
fn unit_of(target: Target, pack: &Pack) -> Option<&Unit> {
    match target {
        Target::Metric(at) => Some(&pack.metrics[at].unit),
        Target::Question(at) => match &pack.questions[at].kind {
            QuestionKind::Number { unit, .. } => Some(unit),
            _ => None,
        },
        _ => None,
    }
}

/// Looks at every figure; `told` is what a mapping says. What decides figures that alone could be read in two ways is
/// noted.
pub fn signs(
    grid: &Grid,
    layout: &Layout,
    uses: &[Use],
    pack: &Pack,
    told: Option<Decimals>,
    notes: &mut Vec<String>,
) -> Signs {
    let mut signs = Signs {
        columns: vec![told.map(|decimals| Sign { decimals, sure: true }); uses.len()],
        ..Signs::default()
    };
    if told.is_some() {
        return signs;
    }
    let figures: Vec<(usize, &Unit)> = uses
        .iter()
        .enumerate()
        .filter_map(|(place, used)| Some((place, unit_of(used.target, pack)?)))
        .collect();
    let cells = |place: usize| {
        let rows = grid.rows.iter().skip(layout.first);
        rows.filter(move |row| !grid.is_exact(row, place)).map(move |row| grid.at(row, place))
    };
    let mut all = Seen::default();
    let mut own = vec![Seen::default(); uses.len()];
    for (place, _) in &figures {
        for cell in cells(*place) {
            if let Some(decimals) = evidence(cell) {
                let sample = format!("{} in {}", typed(cell), grid.called(*place));
                own[*place].note(decimals, &sample);
                all.note(decimals, &sample);
            }
        }
    }
    let mut mixed = false;
    for (place, unit) in figures {
        if !cells(place).any(|cell| matches!(figure(cell, None, unit), Figure::Doubtful(..))) {
            continue;
        }
        let seen = if own[place].is_empty() { &all } else { &own[place] };
        let Some((decimals, shown)) = seen.one() else {
            signs.open |= *unit != Unit::Percent;
            continue;
        };
        let sign = Sign { decimals, sure: false };
        signs.columns[place] = Some(sign);
        // Where columns differ, no word of a mapping holds for all of them.
        mixed |= signs.settled.is_some_and(|before| before != decimals);
        signs.settled = Some(decimals);
        let word = if decimals == Decimals::Comma { "comma" } else { "point" };
        let settled = cells(place).find_map(|cell| match figure(cell, None, unit) {
            Figure::Doubtful(..) => match figure(cell, Some(sign), unit) {
                Figure::Read(read) => Some((cell, read)),
                _ => None,
            },
            _ => None,
        });
        signs.open |= cells(place).any(|cell| matches!(figure(cell, Some(sign), unit), Figure::Doubtful(..)))
            && *unit != Unit::Percent;
        if let Some((sample, read)) = settled {
            notes.push(format!(
                "{}: {} is {}, as {shown} says that a {word} stands before decimals",
                grid.called(place),
                typed(sample),
                typed(&read)
            ));
        }
    }
    if mixed {
        signs.settled = None;
    }
    signs
}
