//! Findings of up to 64 rows as lines of cells.

use super::known::Scored;
use super::plan::Plan;
use super::planes::transpose;
use super::rows::{Note, Row, Rows, What};
use super::worked::Came;
use crate::export::Column;
use crate::model::{BandOf, MetricId, ScoreOf, Status};

impl Rows<'_> {
    /// Judges the rows of the block and prints their lines.
    pub(super) fn flush(&mut self, notes: &mut [Note], out: &mut Vec<u8>) {
        let plan = self.plan;
        let mut tests = Vec::with_capacity(plan.always.len() * 64);
        for (at, block) in self.truths.iter_mut().enumerate() {
            block.turn(plan.layout.used(at));
            tests.extend((0..64).map(|at| block.truths(at)));
        }
        let judged = plan.judge.judge(&tests, self.advice);
        let wants = |column: Column| plan.wanted.contains(&column);
        let rows_of = |wanted: bool, planes: &[u64]| if wanted { by_row(planes) } else { Vec::new() };
        let fired = rows_of(wants(Column::Fired), &judged.fired);
        let undecided = rows_of(wants(Column::Undecided), &judged.undecided);
        let advised = rows_of(wants(Column::Prescriptions), &judged.advised);
        let order = &self.order;
        for (lane, row) in self.block.iter().enumerate() {
            let note = &mut notes[row.note];
            let holds = |planes: &[u64], at: usize| (planes[at] >> lane) & 1 == 1;
            if (judged.refused >> lane) & 1 == 1 {
                note.what = What::Alone;
                continue;
            }
            for (at, column) in plan.wanted.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                match *column {
                    Column::Respondent => out.extend_from_slice(&self.ids[row.id.clone()]),
                    Column::Fired => self.rules.print(out, &fired, lane),
                    Column::Undecided => self.rules.print(out, &undecided, lane),
                    Column::Prescriptions => self.advice_names.print(out, &advised, lane),
                    Column::Score(of) => cell(out, self.scored(row, of).map(|scored| &scored.value)),
                    Column::Low(of) => cell(out, self.scored(row, of).map(|scored| &scored.low)),
                    Column::High(of) => cell(out, self.scored(row, of).map(|scored| &scored.high)),
                    Column::Band(BandOf::Score(of)) => {
                        cell(out, self.scored(row, of).map(|scored| &scored.band));
                    }
                    Column::Band(BandOf::Metric(id)) => {
                        let place = plan.metrics.iter().position(|metric| metric.id == id);
                        let given = place.filter(|metric| row.measured[*metric].is_some());
                        match (came(plan, row, id), given, place) {
                            (_, Some(metric), _) | (None, None, Some(metric)) => {
                                let measure = self.known.measure(metric, row.measured[metric]);
                                out.extend_from_slice(measure.band.as_bytes());
                            }
                            (Some(came), ..) => out.extend_from_slice(came.band.as_bytes()),
                            (None, None, None) => {}
                        }
                    }
                    Column::Metric(id) => {
                        let place = plan.metrics.iter().position(|metric| metric.id == id);
                        if let Some((metric, value)) = place.and_then(|at| Some((at, row.measured[at]?))) {
                            let number = plan.metrics[metric].scale.number(value);
                            out.extend_from_slice(number.to_string().as_bytes());
                        } else if let Some(came) = came(plan, row, id) {
                            out.extend_from_slice(came.value.as_bytes());
                        }
                    }
                    Column::Rule(id) => {
                        let status = [
                            (&judged.fired, Status::Fired),
                            (&judged.undecided, Status::Undecided),
                            (&judged.superseded, Status::Superseded),
                            (&judged.not_applicable, Status::NotApplicable),
                        ];
                        let found = status.iter().find(|(planes, _)| holds(planes, id.0));
                        let status = found.map_or(Status::NotFired, |(_, status)| *status);
                        out.extend_from_slice(status.word().as_bytes());
                    }
                    Column::Prescription(id) => {
                        let own = || (0..order.len()).filter(|at| order[*at] == id.0);
                        let word = match () {
                            () if own().any(|at| holds(&judged.advised, at)) => "advised",
                            () if own().any(|at| holds(&judged.set_aside, at)) => "set_aside",
                            () => "",
                        };
                        out.extend_from_slice(word.as_bytes());
                    }
                }
            }
            out.push(b'\n');
            note.end = out.len();
        }
        self.block.clear();
        self.ids.clear();
        self.known.tidy();
    }

    fn scored(&self, row: &Row, of: ScoreOf) -> Option<&Scored> {
        let slot = self.plan.scores.iter().position(|scored| scored.of == of)?;
        Some(self.known.scored(slot, *row.scored.get(slot)?))
    }
}

/// What a metric's formula came to.
fn came<'r>(plan: &Plan, row: &'r Row, id: MetricId) -> Option<&'r Came> {
    plan.worked.iter().position(|worked| worked.id == id).and_then(|at| row.came.get(at))
}

/// The bits of each row, 64 planes a list.
fn by_row(planes: &[u64]) -> Vec<[u64; 64]> {
    let each = planes.chunks(64).map(|chunk| {
        let mut words = [0; 64];
        words[..chunk.len()].copy_from_slice(chunk);
        transpose(&mut words);
        words
    });
    each.collect()
}

/// Names that are printed often, each with a space behind it.
pub(super) struct Names {
    /// With room behind: copying a whole one costs less than asking how long it is.
    short: Vec<([u8; SHORT], usize)>,
    /// What is longer.
    long: Vec<String>,
}

const SHORT: usize = 32;

impl Names {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Names {
        let mut out = Names { short: Vec::new(), long: Vec::new() };
        for name in names {
            let mut short = [b' '; SHORT];
            if let Some(room) = short[..SHORT - 1].get_mut(..name.len()) {
                room.copy_from_slice(name.as_bytes());
            }
            out.short.push((short, name.len() + 1));
            out.long.push(format!("{name} "));
        }
        out
    }

    /// The names of the bits that are set for a row, with one space between.
    fn print(&self, out: &mut Vec<u8>, rows: &[[u64; 64]], lane: usize) {
        let begin = out.len();
        for (at, words) in rows.iter().enumerate() {
            let mut bits = words[lane];
            while bits != 0 {
                let place = at * 64 + bits.trailing_zeros() as usize;
                let (short, length) = &self.short[place];
                if *length <= SHORT {
                    let end = out.len() + length;
                    out.extend_from_slice(short);
                    out.truncate(end);
                } else {
                    out.extend_from_slice(self.long[place].as_bytes());
                }
                bits &= bits - 1;
            }
        }
        if out.len() > begin {
            out.pop();
        }
    }
}

fn cell(out: &mut Vec<u8>, text: Option<&String>) {
    out.extend_from_slice(text.map_or(&[], |text| text.as_bytes()));
}
