//! Rows as most of them are: each question answered by one sign, each metric measured.
//!
//! Then every comparison is decided and every score is a sum of whole numbers: such a row is read without asking what
//! is missing. Whatever else a row holds, it is read the longer way from its beginning.

use std::ops::Range;

use super::known::Effect;
use super::plan::{Cell, Plan};
use super::rows::{Note, Rows, day};
use super::sum::{Part, Sum};
use crate::model::ScoreOf;

/// How such rows are read.
pub struct Usual {
    stretches: Vec<Stretch>,
    /// The tests that cells decide, a word each.
    told: Vec<u64>,
    questions: Vec<Told>,
    metrics: Vec<Told>,
    scores: Vec<Told>,
    /// The least that each score is added up to where everything is answered.
    pub least: Vec<Sum>,
    /// Where nothing that the table asks is added up yet.
    starts: Vec<i64>,
}

/// What one cell, or one score, tells.
#[derive(Clone, Copy)]
struct Told {
    word: usize,
    mask: u64,
}

/// Cells beside each other.
enum Stretch {
    Answers(Run),
    Cell(Cell),
}

/// Questions beside each other whose tests lie in one word, and which are part of one score.
#[derive(Clone)]
struct Run {
    questions: Range<usize>,
    word: usize,
    score: usize,
}

/// What follows from one sign as the answer to a question.
#[derive(Clone, Copy)]
pub struct Sign {
    /// The question's tests that hold; all others of its tests do not.
    yes: u64,
    /// What it brings to the question's score.
    low: i32,
    /// Not 0 where the longer way must be gone.
    odd: u32,
}

impl Sign {
    pub const NOT_MET: Sign = Sign { yes: 0, low: 0, odd: 1 };
}

/// Signs that lie beside the digits, the ten and six more.
pub const SIGNS: usize = 16;

/// The place of a text among the signs.
pub fn sign(text: &[u8]) -> Option<usize> {
    match text {
        [byte] if byte >> 4 == b'0' >> 4 => Some(usize::from(byte & 15)),
        _ => None,
    }
}

impl Usual {
    /// None where rows of this table are never so.
    pub fn of(plan: &Plan) -> Option<Usual> {
        let told = |tests: &[usize]| plan.layout.mask(tests).map(|(word, mask)| Told { word, mask });
        let questions: Vec<Told> =
            plan.questions.iter().map(|question| told(&question.tests)).collect::<Option<_>>()?;
        let metrics: Vec<Told> =
            plan.metrics.iter().map(|metric| told(&metric.tests)).collect::<Option<_>>()?;
        let scores: Vec<Told> =
            plan.scores.iter().map(|scored| told(&scored.tests)).collect::<Option<_>>()?;
        let starts: Option<Vec<i64>> = plan.scores.iter().map(|scored| start(&scored.start)).collect();
        let mut least: Vec<Sum> = plan.scores.iter().map(|scored| scored.start).collect();
        for question in &plan.questions {
            let [slot] = question.scores.as_slice() else {
                if question.scores.is_empty() { continue } else { return None }
            };
            least[*slot].add(&least_of(plan, question, *slot)?);
        }
        let mut starts = starts?;
        // Questions that are part of no score bring nothing to the first one, which may not be there.
        starts.resize(starts.len().max(1), 0);
        let mut out = Usual {
            stretches: Vec::new(),
            told: vec![0; plan.layout.words()],
            questions,
            metrics,
            scores,
            least,
            starts,
        };
        for Told { word, mask } in out.questions.iter().chain(&out.metrics).chain(&out.scores) {
            out.told[*word] |= mask;
        }
        for cell in &plan.columns {
            let Cell::Question(at) = *cell else {
                out.stretches.push(Stretch::Cell(*cell));
                continue;
            };
            let (word, score) = (out.questions[at].word, plan.questions[at].first_score);
            match out.stretches.last_mut() {
                Some(Stretch::Answers(run)) if (run.word, run.score) == (word, score) => {
                    run.questions.end += 1
                }
                _ => out.stretches.push(Stretch::Answers(Run { questions: at..at + 1, word, score })),
            }
        }
        Some(out)
    }

    /// What an answer of one sign comes to.
    pub fn sign(&self, question: usize, scored: bool, effect: &Effect) -> Sign {
        let Told { word, mask } = self.questions[question];
        let (own, sum) = (&effect.word, &effect.sum);
        let decided = mask == 0 || (own.at == word && own.yes ^ own.no == mask && own.void == 0);
        let added = !scored || (sum.low == sum.high && sum.is_of_known());
        match i32::try_from(sum.low) {
            Ok(low) if decided && added && !effect.more => Sign { yes: own.yes, low, odd: 0 },
            _ => Sign::NOT_MET,
        }
    }

    /// The tests of a metric, or of a score, that hold, where all of them are decided.
    pub fn metric(&self, metric: usize, words: &[super::plan::Word]) -> Option<u64> {
        decided(self.metrics[metric], words)
    }

    pub fn score(&self, score: usize, words: &[super::plan::Word]) -> Option<u64> {
        decided(self.scores[score], words)
    }
}

fn decided(told: Told, words: &[super::plan::Word]) -> Option<u64> {
    match words {
        [] => Some(0),
        [word] => (word.yes ^ word.no == told.mask && word.void == 0).then_some(word.yes),
        _ => None,
    }
}

fn start(sum: &Sum) -> Option<i64> {
    (sum.low == sum.high).then_some(sum.low)
}

/// The least that a known answer to a question brings to its score.
fn least_of(plan: &Plan, question: &super::plan::Question, slot: usize) -> Option<Sum> {
    let ScoreOf::Area(area) = plan.scores[slot].of else { return None };
    let (own, scoring) = (plan.pack.question(question.id), &plan.pack.area(area).scoring);
    let (low, _) = own.worth_ends(&scoring.method)?;
    plan.scores[slot].units.part(&Part::Known(low.clone(), low), &own.weight, scoring.missing)
}

impl Rows<'_> {
    /// A record without quotes that is as most are; gives where the next line begins. None where it is not so.
    pub(super) fn usual_line(&mut self, bytes: &[u8], note: &mut Note) -> Option<usize> {
        let plan = self.plan;
        let usual = plan.usual.as_ref()?;
        self.yes.fill(0);
        self.lows.copy_from_slice(&usual.starts);
        let is_end = |byte: u8| matches!(byte, b',' | b'\n' | b'\r');
        let end_of = |at: usize| Some(at + bytes[at..].iter().position(|byte| is_end(*byte))?);
        let mut id = 0..0;
        let (mut at, mut odd) = (0, 0);
        for (place, stretch) in usual.stretches.iter().enumerate() {
            if place > 0 {
                if *bytes.get(at)? != b',' {
                    return None;
                }
                at += 1;
            }
            match stretch {
                Stretch::Answers(run) => {
                    let signs = self.known.signs(run.questions.clone());
                    let text = bytes.get(at..at + 2 * signs.len() - 1)?;
                    let (first, others) = signs.split_first()?;
                    let (byte, pairs) = text.split_first()?;
                    let (mut yes, mut low) = (0, 0);
                    let mut hear = |signs: &[Sign; SIGNS], byte: u8| {
                        let sign = &signs[usize::from(byte & 15)];
                        yes |= sign.yes;
                        low += i64::from(sign.low);
                        odd |= sign.odd | u32::from((byte ^ b'0') & 0xf0);
                    };
                    hear(first, *byte);
                    let mut between = 0;
                    for (signs, pair) in others.iter().zip(pairs.chunks_exact(2)) {
                        between |= pair[0] ^ b',';
                        hear(signs, pair[1]);
                    }
                    self.yes[run.word] |= yes;
                    self.lows[run.score] += low;
                    odd |= u32::from(between);
                    at += text.len();
                }
                Stretch::Cell(Cell::Metric(metric)) => {
                    let (value, length) = plan.metrics[*metric].scale.read(&bytes[at..])?;
                    let yes = self.known.measure(*metric, Some(value)).usual?;
                    self.yes[usual.metrics[*metric].word] |= yes;
                    self.measured[*metric] = Some(value);
                    at += length;
                }
                Stretch::Cell(Cell::Id) => {
                    let begin = at;
                    at = end_of(at)?;
                    id = begin..at;
                }
                Stretch::Cell(Cell::Day) => {
                    let begin = at;
                    at = end_of(at)?;
                    day(&bytes[begin..at]).ok()?;
                }
                Stretch::Cell(Cell::Free) => at = end_of(at)?,
                Stretch::Cell(_) => {}
            }
        }
        let end = match bytes.get(at)? {
            b'\n' => at + 1,
            b'\r' => at + 2,
            _ => return None,
        };
        if odd != 0 {
            return None;
        }
        self.scored.clear();
        for (slot, scored) in plan.scores.iter().enumerate() {
            let place = match scored.of {
                ScoreOf::Area(_) => self.known.usual_score(slot, self.lows[slot])?,
                ScoreOf::Total => {
                    let sum = self.known.total(&self.scored).ok()?;
                    self.known.score(slot, &sum, &self.said, &self.scored)
                }
            };
            self.yes[usual.scores[slot].word] |= self.known.usual_truths(slot, place)?;
            self.scored.push(place);
        }
        let lane = self.block.len();
        for (at, block) in self.truths.iter_mut().enumerate() {
            let (always, yes) = (&plan.always[at], self.yes[at]);
            block.yes[lane] = always.yes | yes;
            block.no[lane] = always.no | (usual.told[at] & !yes);
            block.void[lane] = always.void;
        }
        self.stand(&bytes[id], note).ok()?;
        Some(end)
    }
}
