//! What follows from one cell or one sum, worked out when it is first met and remembered.
//!
//! Each is worked out by the rooms that judge single respondents, so that both ways come to the same.

use std::collections::HashMap;
use std::ops::Range;

use super::plan::{Plan, Word};
use super::sum::{Part, Sum, said};
use super::usual::{SIGNS, Sign, sign};
use crate::model::{Answer, BandOf, Findings, Heard, Measured, Number, Pack, Score, ScoreOf, Values, Worked};
use crate::values::{heard_alone, work_out_one};

/// More different texts or sums than this are forgotten between two blocks of rows.
const REMEMBERED: usize = 1 << 14;

/// A row must be judged by itself.
pub struct Alone;

/// What follows from an answer to one question, in one place for most of them.
pub struct Effect {
    /// The first word of its tests; an empty one where it has none.
    pub word: Word,
    /// What it brings to the first score that the question is part of; nothing where there is none.
    pub sum: Sum,
    /// Whether there are further words or scores.
    pub more: bool,
}

/// An answer to one question.
pub struct Said {
    heard: Heard,
    /// Beyond the first.
    pub words: Vec<Word>,
    /// What it brings to each score that the question is part of, beyond the first.
    pub sums: Vec<Sum>,
}

/// One stretch of a metric.
#[derive(Default)]
pub struct Measure {
    pub words: Vec<Word>,
    /// The tests that hold, where all are decided.
    pub usual: Option<u64>,
    pub band: String,
}

/// One score.
pub struct Scored {
    score: Score,
    pub words: Vec<Word>,
    pub value: String,
    pub low: String,
    pub high: String,
    pub band: String,
    /// What an area brings to the total; none where it does not fit.
    in_total: Option<Sum>,
}

/// What one worker has met so far.
pub struct Known<'p> {
    pub(super) plan: &'p Plan<'p>,
    pub(super) values: Option<Values>,
    questions: Vec<Texts>,
    /// Of each question.
    signs: Vec<[Sign; SIGNS]>,
    metrics: Vec<Vec<Option<Measure>>>,
    scores: Vec<Sums>,
}

/// The texts met in a column of answers.
struct Texts {
    /// Of one byte: 0 for not met yet, 1 for one that is judged by itself, else a place in `said` and 2.
    short: [u16; 256],
    long: HashMap<Vec<u8>, u16>,
    effects: Vec<Effect>,
    said: Vec<Said>,
    answers: Vec<Answer>,
}

impl Default for Texts {
    fn default() -> Texts {
        let (effects, said, answers) = (Vec::new(), Vec::new(), Vec::new());
        Texts { short: [NOT_MET; 256], long: HashMap::new(), effects, said, answers }
    }
}

const NOT_MET: u16 = 0;
const ALONE: u16 = 1;
const FIRST: u16 = 2;

/// The sums met of a score.
#[derive(Default)]
struct Sums {
    /// By the lower end, of sums that are otherwise like the first one met: a place in `scored` and 1.
    usual: Vec<u32>,
    like: Option<Sum>,
    others: HashMap<Sum, u32>,
    scored: Vec<Scored>,
    /// Of each of those the tests that hold, where all are decided.
    truths: Vec<Option<u64>>,
}

impl Sums {
    /// `least` is what the lowest of usual sums is like, where that is known.
    fn new(least: Option<Sum>) -> Sums {
        Sums { like: least, ..Sums::default() }
    }
}

/// The longest list of usual sums.
const USUAL: usize = 1 << 16;

impl<'p> Known<'p> {
    pub fn new(plan: &'p Plan<'p>) -> Known<'p> {
        let metrics =
            plan.metrics.iter().map(|metric| (0..=metric.scale.stretches()).map(|_| None).collect());
        Known {
            plan,
            values: Some(plan.blank.clone()),
            questions: plan.questions.iter().map(|_| Texts::default()).collect(),
            signs: vec![[Sign::NOT_MET; SIGNS]; plan.questions.len()],
            metrics: metrics.collect(),
            scores: (0..plan.scores.len()).map(|slot| Sums::new(least(plan, slot))).collect(),
        }
    }

    /// Forgets what has grown too large. No place that was given out before may be used afterwards.
    pub fn tidy(&mut self) {
        for texts in &mut self.questions {
            if texts.long.len() > REMEMBERED || texts.said.len() > REMEMBERED {
                *texts = Texts::default();
            }
        }
        for (slot, sums) in self.scores.iter_mut().enumerate() {
            if sums.scored.len() > REMEMBERED {
                *sums = Sums::new(least(self.plan, slot));
            }
        }
    }

    /// What follows from each sign as an answer to some questions.
    #[inline]
    pub fn signs(&self, questions: Range<usize>) -> &[[Sign; SIGNS]] {
        &self.signs[questions]
    }

    /// The place of what a cell says to a question.
    #[inline]
    pub fn hear(&mut self, question: usize, text: &[u8]) -> Result<usize, Alone> {
        let texts = &self.questions[question];
        let code = match text {
            [byte] => texts.short[usize::from(*byte)],
            _ => texts.long.get(text).copied().unwrap_or(NOT_MET),
        };
        match code {
            NOT_MET => self.learn(question, text),
            ALONE => Err(Alone),
            code => Ok(usize::from(code - FIRST)),
        }
    }

    #[inline]
    pub fn effect(&self, question: usize, place: usize) -> &Effect {
        &self.questions[question].effects[place]
    }

    pub fn said(&self, question: usize, place: usize) -> &Said {
        &self.questions[question].said[place]
    }

    fn learn(&mut self, question: usize, text: &[u8]) -> Result<usize, Alone> {
        let plan = self.plan;
        let id = plan.questions[question].id;
        let answer = std::str::from_utf8(text).ok().and_then(|text| plan.fitting.answer(id.0, text));
        let place = answer.and_then(|answer| {
            let known = self.questions[question].answers.iter().take(64).position(|known| *known == answer);
            known.or_else(|| self.remember(question, answer))
        });
        let code = place.map_or(ALONE, |place| place as u16 + FIRST);
        let texts = &mut self.questions[question];
        match text {
            [byte] => texts.short[usize::from(*byte)] = code,
            _ if text.len() < 100 && texts.long.len() < 2 * REMEMBERED => {
                texts.long.insert(text.to_vec(), code);
            }
            _ => {}
        }
        if let (Some(usual), Some(place), Some(sign)) = (&plan.usual, place, sign(text)) {
            let scored = !plan.questions[question].scores.is_empty();
            let effect = &self.questions[question].effects[place];
            self.signs[question][sign] = usual.sign(question, scored, effect);
        }
        place.ok_or(Alone)
    }

    /// None where it does not fit the sums.
    fn remember(&mut self, question: usize, answer: Answer) -> Option<usize> {
        let plan = self.plan;
        let slot = &plan.questions[question];
        if self.questions[question].said.len() > 2 * REMEMBERED {
            return None;
        }
        let heard = heard_alone(&answer);
        let own = plan.pack.question(slot.id);
        let mut sums: Vec<Sum> = Vec::new();
        for scored in slot.scores.iter().map(|at| &plan.scores[*at]) {
            let ScoreOf::Area(area) = scored.of else { continue };
            let scoring = &plan.pack.area(area).scoring;
            let part = said(own, &heard, scoring);
            sums.push(scored.units.part(&part, &own.weight, scoring.missing)?);
        }
        let mut values = self.values.take()?;
        values.answers[slot.id.0] = heard.clone();
        let mut words = plan.words(&slot.tests, &values);
        self.values = Some(values);
        let texts = &mut self.questions[question];
        let more = words.len() > 1 || sums.len() > 1;
        let (word, sum) = (words.first().copied(), sums.first().copied());
        let effect = Effect { word: word.unwrap_or_default(), sum: sum.unwrap_or_default(), more };
        words.drain(..words.len().min(1));
        sums.drain(..sums.len().min(1));
        texts.effects.push(effect);
        texts.said.push(Said { heard, words, sums });
        texts.answers.push(answer);
        Some(texts.said.len() - 1)
    }

    /// What follows from a metric that lies in a stretch, or was not measured.
    #[inline]
    pub fn measure(&mut self, metric: usize, value: Option<i64>) -> &Measure {
        let scale = &self.plan.metrics[metric].scale;
        let place = value.map_or(scale.stretches(), |value| scale.stretch(value));
        if self.metrics[metric][place].is_none() {
            let measure = self.work_out_metric(metric, value);
            self.metrics[metric][place] = Some(measure);
        }
        self.metrics[metric][place].get_or_insert_with(Measure::default)
    }

    fn work_out_metric(&mut self, metric: usize, value: Option<i64>) -> Measure {
        let plan = self.plan;
        let slot = &plan.metrics[metric];
        let mut respondent = plan.nobody.clone();
        respondent.metrics[slot.id.0] = value.map(|value| Measured::whole(slot.scale.number(value)));
        let values = self.values.take().unwrap_or_else(|| plan.blank.clone());
        let values = work_out_one(plan.pack, &respondent, values, Worked::Metric(slot.id), plan.as_of);
        let words = plan.words(&slot.tests, &values);
        let measure = Measure {
            usual: plan.usual.as_ref().and_then(|usual| usual.metric(metric, &words)),
            words,
            band: band(plan.pack, &values, BandOf::Metric(slot.id)),
        };
        self.values = Some(values);
        measure
    }

    /// The place of the score that a sum comes to. `said` is what the row says to each question, and `areas` what
    /// each score before this one came to.
    #[inline]
    pub fn score(&mut self, slot: usize, sum: &Sum, said: &[usize], areas: &[usize]) -> usize {
        let sums = &self.scores[slot];
        if let Some(like) = &sums.like
            && sum.low == sum.high
            && (sum.weight, sum.all, sum.counts) == (like.weight, like.all, like.counts)
        {
            let at = sum.low.wrapping_sub(like.low) as usize;
            if at < USUAL {
                return match sums.usual.get(at) {
                    Some(&place) if place > 0 => place as usize - 1,
                    _ => {
                        let place = self.work_out_score(slot, said, areas);
                        let usual = &mut self.scores[slot].usual;
                        if usual.len() <= at {
                            usual.resize(at + 1, 0);
                        }
                        usual[at] = place as u32 + 1;
                        place
                    }
                };
            }
        }
        if let Some(place) = sums.others.get(sum) {
            return *place as usize;
        }
        let place = self.work_out_score(slot, said, areas);
        let sums = &mut self.scores[slot];
        if sums.like.is_none() && sum.low == sum.high {
            // Room for sums that are lower than the first one.
            sums.like = Some(Sum { low: sum.low - USUAL as i64 / 2, ..*sum });
        }
        sums.others.insert(*sum, place as u32);
        place
    }

    /// The place of the score that a usual sum comes to, where it was met.
    #[inline]
    pub fn usual_score(&self, slot: usize, low: i64) -> Option<usize> {
        let sums = &self.scores[slot];
        let at = low.wrapping_sub(sums.like.as_ref()?.low) as usize;
        (*sums.usual.get(at)? as usize).checked_sub(1)
    }

    /// The tests of a score that hold, where all are decided.
    #[inline]
    pub fn usual_truths(&self, slot: usize, place: usize) -> Option<u64> {
        self.scores[slot].truths[place]
    }

    pub fn scored(&self, slot: usize, place: usize) -> &Scored {
        &self.scores[slot].scored[place]
    }

    /// Adds up the total of a row; it does not fit where an area is worth a fraction of its units.
    pub fn total(&self, areas: &[usize]) -> Result<Sum, Alone> {
        let mut sum = Sum::default();
        for (slot, place) in areas.iter().enumerate() {
            if self.plan.scores[slot].in_total {
                sum.add(self.scores[slot].scored[*place].in_total.as_ref().ok_or(Alone)?);
            }
        }
        Ok(sum)
    }

    fn work_out_score(&mut self, slot: usize, said: &[usize], areas: &[usize]) -> usize {
        let plan = self.plan;
        let scored = &plan.scores[slot];
        let mut values = self.values.take().unwrap_or_else(|| plan.blank.clone());
        let worked = match scored.of {
            ScoreOf::Area(id) => {
                for (question, place) in plan
                    .questions
                    .iter()
                    .zip(said)
                    .enumerate()
                    .filter_map(|(at, pair)| pair.0.scores.contains(&slot).then_some((at, *pair.1)))
                {
                    values.answers[plan.questions[question].id.0] = self.said(question, place).heard.clone();
                }
                Worked::Area(id)
            }
            ScoreOf::Total => {
                for (at, place) in areas.iter().enumerate() {
                    if let ScoreOf::Area(id) = plan.scores[at].of {
                        values.areas[id.0] = self.scores[at].scored[*place].score.clone();
                    }
                }
                Worked::Total
            }
        };
        let values = work_out_one(plan.pack, &plan.nobody, values, worked, plan.as_of);
        let score = values.score(scored.of).clone();
        let number = |number: Option<&Number>| number.map(ToString::to_string).unwrap_or_default();
        let made = Scored {
            words: plan.words(&scored.tests, &values),
            value: number(score.value()),
            low: number(score.ends.as_ref().map(|(low, _)| low)),
            high: number(score.ends.as_ref().map(|(_, high)| high)),
            band: band(plan.pack, &values, BandOf::Score(scored.of)),
            in_total: self.in_total(slot, &score),
            score,
        };
        self.values = Some(values);
        let truths = plan.usual.as_ref().and_then(|usual| usual.score(slot, &made.words));
        self.scores[slot].truths.push(truths);
        self.scores[slot].scored.push(made);
        self.scores[slot].scored.len() - 1
    }

    fn in_total(&self, slot: usize, score: &Score) -> Option<Sum> {
        let plan = self.plan;
        let (scored, total) = (&plan.scores[slot], plan.scores.last()?);
        let (ScoreOf::Area(id), ScoreOf::Total) = (scored.of, total.of) else { return None };
        let area = plan.pack.area(id);
        let part = match (&score.ends, score.empty) {
            (Some((low, high)), _) => Part::Known(low.clone(), high.clone()),
            (None, Some(absence)) => Part::Leaves(absence),
            (None, None) => Part::Missing(area.range.clone()),
        };
        let missing = plan.pack.total.as_ref()?.scoring.missing;
        scored.in_total.then(|| total.units.part(&part, &area.weight, missing))?
    }
}

/// The name of the band where it is certain.
pub(super) fn band(pack: &Pack, values: &Values, of: BandOf) -> String {
    Findings::band_of(pack, values, of).map_or_else(String::new, |name| name.id.clone())
}

/// What the least usual sum of an area is like.
fn least(plan: &Plan, slot: usize) -> Option<Sum> {
    match plan.scores[slot].of {
        ScoreOf::Area(_) => plan.usual.as_ref().map(|usual| usual.least[slot]),
        ScoreOf::Total => None,
    }
}
