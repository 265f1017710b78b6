//! The ends between which scores lie, worked out from what they are made of.

use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Area, AreaId, Method, MetricId, Number, QuestionId, ScoreMissing, ScoreOf, Scoring, ordered,
};

type Ends = (Number, Number);

/// One question, metric or area of a score.
struct Part {
    weight: Number,
    ends: Option<Ends>,
    /// Whether it may leave the score though everything is asked.
    leaves: bool,
}

impl Loader<'_, '_> {
    /// The fewest and the most points of a metric's tables; none where it has none.
    pub fn points_ends(&self, id: MetricId) -> Option<Ends> {
        let ends: Vec<Ends> =
            self.pack.metric(id).points.iter().filter_map(|dated| dated.value.ends()).collect();
        Some((ends.iter().map(|e| &e.0).min()?.clone(), ends.iter().map(|e| &e.1).max()?.clone()))
    }

    /// Works out the ends of a score that has no formula.
    pub fn reach_of(&mut self, of: ScoreOf) {
        let Some(scoring) = self.pack.scoring(of) else { return };
        let parts = match of {
            ScoreOf::Area(id) => self.parts_of(id, scoring),
            ScoreOf::Total => {
                let counted = self.pack.areas.iter().filter(|area| !area.weight.is_zero());
                let part = |area: &Area| Part {
                    weight: area.weight.clone(),
                    ends: area.range.clone(),
                    leaves: false,
                };
                counted.map(part).collect()
            }
        };
        let rounded = |ends: Option<Ends>| -> Option<Ends> {
            let round = |value: Number| scoring.round.map_or(value.clone(), |places| value.rounded(places));
            ends.map(|(low, high)| (round(low), round(high)))
        };
        let (range, widest) = (rounded(range(&parts, scoring)), rounded(widest(&parts, scoring)));
        self.set_reach(of, range, widest);
    }

    /// Puts the ends of a score down.
    pub fn set_reach(&mut self, of: ScoreOf, range: Option<Ends>, widest: Option<Ends>) {
        match of {
            ScoreOf::Area(id) => {
                self.pack.areas[id.0].range = range;
                self.pack.areas[id.0].widest = widest;
            }
            ScoreOf::Total => {
                if let Some(total) = &mut self.pack.total {
                    total.range = range;
                    total.widest = widest;
                }
            }
        }
    }

    fn parts_of(&self, id: AreaId, scoring: &Scoring) -> Vec<Part> {
        let area = self.pack.area(id);
        let question = |id: &QuestionId| {
            let question = self.pack.question(*id);
            let ends = question.worth_ends(&scoring.method)?;
            Some(Part { weight: question.weight.clone(), ends: Some(ends), leaves: question.not_applicable })
        };
        let mut parts: Vec<Part> = area.questions.iter().filter_map(question).collect();
        if scoring.method == Method::Sum {
            let tables = area.metrics.iter().filter_map(|id| self.points_ends(*id));
            parts.extend(tables.map(|ends| Part { weight: Number::one(), ends: Some(ends), leaves: false }));
        }
        parts
    }

    /// A mean takes only what runs from 0 to 100: told once, for the first area that does not.
    pub fn check_total(&mut self) {
        let Some(total) = &self.pack.total else { return };
        if total.scoring.method != Method::Mean {
            return;
        }
        let usual = (Number::zero(), Number::from(100i64));
        let other = |area: &Area| !area.weight.is_zero() && area.range.as_ref() != Some(&usual);
        let Some(place) = self.pack.areas.iter().position(other) else { return };
        let area = &self.pack.areas[place];
        if self.faulty(area.span) {
            return;
        }
        let runs = match &area.range {
            Some((low, high)) => format!("runs from {low} to {high}"),
            None => "has no ends".to_owned(),
        };
        let message = format!("the total is a mean of scores from 0 to 100, and `{}` {runs}", area.id);
        let span = self.sections.areas[place].id_span;
        self.read.push(
            Diagnostic::error(Code::MixedTotal, span, message).label("it cannot enter the mean").help(
                "write `weight: 0` here, `scoring: sum` under `defaults:`, or `total: none` in `pack:`",
            ),
        );
    }
}

/// Where everything is asked: each part as it may be, and as 0 where what is missing counts so.
fn range(parts: &[Part], scoring: &Scoring) -> Option<Ends> {
    if scoring.method == Method::Mean {
        return Some((Number::zero(), Number::from(100i64)));
    }
    let of = |part: &Part| -> Option<Ends> {
        let (low, high) = part.ends.clone()?;
        let zero = scoring.missing == ScoreMissing::Zero || (part.leaves && scoring.method == Method::Sum);
        Some(if zero { with_zero((low, high)) } else { (low, high) })
    };
    let each: Vec<(Number, Ends)> =
        parts.iter().map(|part| Some((part.weight.clone(), of(part)?))).collect::<Option<_>>()?;
    let add =
        |pick: fn(&Ends) -> &Number| each.iter().map(|(weight, ends)| weight * pick(ends)).sum::<Number>();
    let (low, high) = (add(|ends| &ends.0), add(|ends| &ends.1));
    if scoring.method == Method::Sum {
        return Some((low, high));
    }
    let weight: Number = each.iter().map(|(weight, _)| weight.clone()).sum();
    Some((low.checked_div(&weight)?, high.checked_div(&weight)?))
}

/// Whatever is asked or not: no score lies outside.
fn widest(parts: &[Part], scoring: &Scoring) -> Option<Ends> {
    if scoring.method == Method::Mean {
        return Some((Number::zero(), Number::from(100i64)));
    }
    let each: Vec<Ends> = parts.iter().map(|part| part.ends.clone()).collect::<Option<_>>()?;
    let lowest = each.iter().map(|ends| &ends.0).min()?.clone();
    let highest = each.iter().map(|ends| &ends.1).max()?.clone();
    let outer =
        if scoring.missing == ScoreMissing::Zero { with_zero((lowest, highest)) } else { (lowest, highest) };
    if scoring.method != Method::Sum {
        return Some(outer);
    }
    if scoring.missing == ScoreMissing::Average {
        // The mean of a few, times the number of all: a few from one scale may stand for the others.
        let weight: Number = parts.iter().map(|part| part.weight.clone()).sum();
        return Some(with_zero((&outer.0 * &weight, &outer.1 * &weight)));
    }
    let zeroed = parts.iter().zip(&each).map(|(part, ends)| {
        let (low, high) = with_zero(ends.clone());
        (&part.weight * &low, &part.weight * &high)
    });
    let (low, high) =
        zeroed.fold((Number::zero(), Number::zero()), |sum, ends| (sum.0 + ends.0, sum.1 + ends.1));
    Some(ordered(low, high))
}

fn with_zero((low, high): Ends) -> Ends {
    (low.min(Number::zero()), high.max(Number::zero()))
}
