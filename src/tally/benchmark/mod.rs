//! A cohort kept for later ones to be compared with: its distributions, with where they come from.

mod compare;
mod prints;
mod read;
#[cfg(test)]
mod tests;
mod write;

use jiff::civil::Date;

pub use compare::{Compared, Standing};
pub use read::read_benchmark;

use super::Together;
use super::spread::Spread;
use crate::model::{Pack, ScoreOf};
use crate::source::Span;

/// Where a benchmark comes from; none of it may be left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub title: String,
    pub source: String,
    /// `A` to `D`, as of the sources of a pack.
    pub grade: String,
    pub date: Date,
}

/// The distributions of a cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    /// The id of the pack.
    pub pack: String,
    /// Where a file says so.
    pub pack_span: Option<Span>,
    pub version: String,
    pub about: About,
    pub people: usize,
    pub scores: Vec<Kept>,
    pub questions: Vec<Kept>,
}

/// One distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Of an area or a question; `total`.
    pub id: String,
    /// By which it is known whether the same was asked.
    pub print: String,
    pub values: Spread,
}

impl Benchmark {
    /// Numbers keep as many decimals as the file does, so that what is read again is the same.
    pub fn of(pack: &Pack, together: &Together, about: About) -> Benchmark {
        let scores = together.areas.iter().chain(&together.total).filter(|told| told.values.count() > 0);
        let questions = together.questions.iter().filter(|told| told.values.count() > 0);
        Benchmark {
            pack: pack.id.clone(),
            pack_span: None,
            version: pack.version.clone(),
            about,
            people: together.people,
            scores: scores
                .map(|told| Kept {
                    id: score_id(pack, told.of).to_owned(),
                    print: prints::score(pack, told.of),
                    values: kept(&told.values),
                })
                .collect(),
            questions: questions
                .map(|told| Kept {
                    id: pack.question(told.question).id.clone(),
                    print: prints::question(pack.question(told.question)),
                    values: kept(&told.values),
                })
                .collect(),
        }
    }
}

/// How many decimals a number keeps.
const PLACES: u32 = 6;

fn kept(values: &Spread) -> Spread {
    let mut out = Spread::default();
    values.times().for_each(|(value, times)| out.add(&value.rounded(PLACES), times));
    out
}

fn score_id(pack: &Pack, of: ScoreOf) -> &str {
    match of {
        ScoreOf::Area(id) => &pack.area(id).id,
        ScoreOf::Total => "total",
    }
}
