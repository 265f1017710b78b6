//! Scores: a mean, a sum or a formula, as one number or as two ends.

use super::arithmetic::{Ends, Gap};
use super::{Work, is_worth};
use crate::logic::judge;
use crate::model::{
    Absence, Answered, Area, AreaId, BandOf, Heard, Method, Number, Pack, Question, QuestionId, QuestionKind,
    Score, ScoreMissing, ScoreOf, Scoring, Values, Worked,
};

/// What one answer, metric or area brings to a score.
struct Part {
    weight: Number,
    known: Result<Ends, Gap>,
    /// The ends between which it lies while it is missing; none where nothing bounds it.
    ends: Option<Ends>,
}

impl Work<'_> {
    pub(super) fn score_area(&mut self, id: AreaId) -> Score {
        let pack = self.pack;
        let area = pack.area(id);
        let answered =
            area.questions.iter().fold(Answered::default(), |sum, id| count(sum, pack, &self.values, *id));
        let found = match &area.scoring.method {
            Method::Formula(formula) => self.formula(formula),
            method => combine(self.parts_of(area, method), &area.scoring),
        };
        self.finish(ScoreOf::Area(id), &area.scoring, found, answered)
    }

    pub(super) fn score_total(&mut self) -> Score {
        let pack = self.pack;
        let Some(total) = &pack.total else { return Score::default() };
        let found = match &total.scoring.method {
            Method::Formula(formula) => self.formula(formula),
            _ => {
                let areas = pack.areas.iter().zip(&self.values.areas);
                let parts = areas.filter(|(area, _)| !area.weight.is_zero()).map(|(area, score)| Part {
                    weight: area.weight.clone(),
                    known: score.ends.clone().ok_or(score.empty.map_or(Gap::Missing, Gap::Leaves)),
                    ends: area.range.clone(),
                });
                combine(parts.collect(), &total.scoring)
            }
        };
        let answered = super::answered(pack, &self.values);
        self.finish(ScoreOf::Total, &total.scoring, found, answered)
    }

    fn parts_of(&self, area: &Area, method: &Method) -> Vec<Part> {
        let mut parts: Vec<Part> = area.questions.iter().map(|id| self.part(*id, method)).collect();
        if *method == Method::Sum {
            let tables = area.metrics.iter().filter(|id| !self.pack.metric(**id).points.is_empty());
            parts.extend(tables.map(|id| Part {
                weight: Number::one(),
                known: self.values.metric(*id).points.clone().ok_or(Gap::Missing),
                ends: self.points_ends(&self.pack.metric(*id).points),
            }));
        }
        parts
    }

    fn part(&self, id: QuestionId, method: &Method) -> Part {
        let question = self.pack.question(id);
        let heard = self.values.answer(id);
        let known = match worth(question, heard, method) {
            Some(value) => Ok((value.clone(), value)),
            None => Err(match heard {
                // What hangs on another answer does not apply.
                Heard::Absent(_) if self.values.unasked[id.0] => Gap::Leaves(Absence::NotApplicable),
                Heard::Absent(absence) if absence.leaves_score() => Gap::Leaves(*absence),
                _ => Gap::Missing,
            }),
        };
        Part { weight: question.weight.clone(), known, ends: question.worth_ends(method) }
    }

    /// Validity, rounding and bands.
    fn finish(
        &mut self,
        of: ScoreOf,
        scoring: &Scoring,
        found: Result<Ends, Gap>,
        answered: Answered,
    ) -> Score {
        let pack = self.pack;
        let valid = scoring.valid_if.as_ref().is_none_or(|valid| judge(valid, pack, &self.values).is_true());
        let round = |value: Number| scoring.round.map_or(value.clone(), |places| value.rounded(places));
        let (ends, empty) = match found {
            Ok((low, high)) if valid => (Some((round(low), round(high))), None),
            Ok(_) | Err(Gap::Missing) => (None, None),
            Err(Gap::Leaves(absence)) => (None, Some(absence)),
        };
        let lists = pack.dated_bands(BandOf::Score(of));
        let (dated, bands) = self.bands(lists, ends.as_ref());
        if ends.is_some() {
            let (worked, id) = match of {
                ScoreOf::Area(id) => (Worked::Area(id), pack.area(id).id.as_str()),
                ScoreOf::Total => (Worked::Total, "total"),
            };
            self.tell_age(lists, worked, "bands", &format!("scores.{id}"));
        }
        Score { ends, empty, dated, bands, answered }
    }
}

/// One more question in a count of answers.
pub(super) fn count(sum: Answered, pack: &Pack, values: &Values, id: QuestionId) -> Answered {
    let (question, heard) = (pack.question(id), values.answer(id));
    if !is_worth(&question.kind) {
        return sum;
    }
    match heard {
        Heard::Absent(Absence::NotAsked) if !values.unasked[id.0] => {
            Answered { not_asked: sum.not_asked + 1, ..sum }
        }
        Heard::Absent(absence) if absence.leaves_score() => sum,
        _ => {
            let given = worth(question, heard, &Method::Sum).is_some();
            Answered { given: sum.given + usize::from(given), of: sum.of + 1, ..sum }
        }
    }
}

/// What an answer is worth: 0 to 100 under a mean, else its own number or points; `reverse` applied.
pub fn worth(question: &Question, heard: &Heard, method: &Method) -> Option<Number> {
    let raw = match (&question.kind, heard) {
        (QuestionKind::Numbered { .. }, Heard::Number(value)) => value.clone(),
        (QuestionKind::Options(choices), Heard::Option(option)) => choices.get(*option)?.points.clone(),
        (QuestionKind::Options(_), Heard::Mixed(points)) => points.clone()?,
        _ => return None,
    };
    let (low, high) = question.raw_ends()?;
    let raw = if question.reverse { &(&low + &high) - &raw } else { raw };
    if *method != Method::Mean {
        return Some(raw);
    }
    // Points of options already run from 0 to 100, but for a `yes` that a sum takes as well.
    let share = (&raw - &low).checked_div(&(&high - &low))?;
    Some(&share * &Number::from(100i64))
}

fn combine(parts: Vec<Part>, scoring: &Scoring) -> Result<Ends, Gap> {
    let leaving: Vec<Absence> = parts
        .iter()
        .filter_map(|part| match part.known {
            Err(Gap::Leaves(absence)) => Some(absence),
            _ => None,
        })
        .collect();
    // Only where every one of them is not applicable is the whole.
    let inapplicable =
        !leaving.is_empty() && leaving.iter().all(|absence| *absence == Absence::NotApplicable);
    let empty = Gap::Leaves(if inapplicable { Absence::NotApplicable } else { Absence::NotAsked });
    let applies: Vec<&Part> =
        parts.iter().filter(|part| !matches!(part.known, Err(Gap::Leaves(_)))).collect();
    if applies.is_empty() {
        return Err(empty);
    }
    let known = applies.iter().filter(|part| part.known.is_ok()).count();
    if scoring.min_answered.as_ref().is_some_and(|least| !least.is_met(known, applies.len())) {
        return Err(Gap::Missing);
    }
    let (mut weight, mut low, mut high) = (Number::zero(), Number::zero(), Number::zero());
    let mut all_weight = Number::zero();
    for part in &applies {
        all_weight = all_weight + part.weight.clone();
        let (from, to) = match (&part.known, scoring.missing) {
            (Ok(ends), _) => ends.clone(),
            (Err(_), ScoreMissing::Average) => continue,
            (Err(_), ScoreMissing::Zero) => (Number::zero(), Number::zero()),
            (Err(_), ScoreMissing::None) => return Err(Gap::Missing),
            (Err(_), ScoreMissing::Bounds) => part.ends.clone().ok_or(Gap::Missing)?,
            (Err(_), ScoreMissing::Middle) => {
                let (low, high) = part.ends.as_ref().ok_or(Gap::Missing)?;
                let middle = &(low + high) * &Number::ratio(1, 2);
                (middle.clone(), middle)
            }
        };
        low = low + &part.weight * &from;
        high = high + &part.weight * &to;
        weight = weight + part.weight.clone();
    }
    // Every weight is 0: nothing here counts.
    let (Some(mean_low), Some(mean_high)) = (low.checked_div(&weight), high.checked_div(&weight)) else {
        return Err(empty);
    };
    Ok(match scoring.method {
        Method::Sum if scoring.missing == ScoreMissing::Average => {
            (&mean_low * &all_weight, &mean_high * &all_weight)
        }
        Method::Sum => (low, high),
        _ => (mean_low, mean_high),
    })
}
