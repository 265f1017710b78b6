//! Answers → values: what was said over all voices, metrics measured or worked out, areas scored and banded.
//!
//! Nothing is judged here but the conditions on which a value itself depends: which of several bands or
//! tables hold (`where`), and whether a value counts at all (`valid_if`).

mod alone;
mod arithmetic;
mod asked;
mod hear;
mod held;
mod measure;
mod over_time;
mod score;

pub use alone::work_out_one;
pub use hear::alone as heard_alone;
pub use over_time::{rounds, thresholds};

use jiff::civil::Date;

pub use score::worth;

use crate::model::{
    Answered, MetricValue, Pack, Problem, QuestionId, QuestionKind, Refusal, Respondent, Score, Values,
    Worked,
};

/// What each name of a condition stands for, with what was odd about it.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkedOut {
    pub values: Values,
    /// Of all questions that some area scores, each counted once.
    pub answered: Answered,
    pub problems: Vec<Problem>,
    /// Values that cannot be: the respondent may not be judged.
    pub refusals: Vec<Refusal>,
}

/// Everything that is known of a respondent. `as_of` chooses dated bands and points; none takes the newest.
///
/// The respondent must have been fitted to this very pack, and the pack must have been loaded without errors.
pub fn work_out(pack: &Pack, respondent: &Respondent, as_of: Option<Date>) -> WorkedOut {
    work_out_only(pack, &pack.order, respondent, as_of)
}

/// As [`work_out`], with nothing worked out but some steps of [`Pack::order`]: each behind all that it needs.
pub fn work_out_only(
    pack: &Pack,
    order: &[Worked],
    respondent: &Respondent,
    as_of: Option<Date>,
) -> WorkedOut {
    let mut problems = Vec::new();
    let thresholds = over_time::told_thresholds(pack, as_of, &mut problems);
    let hearing = hear::hear(pack, respondent, thresholds);
    problems.splice(0..0, hearing.problems);
    let values = Values {
        answers: hearing.answers,
        unasked: hearing.unasked,
        gaps: hearing.gaps,
        areas: vec![Score::default(); pack.areas.len()],
        total: Score::default(),
        metrics: vec![MetricValue::default(); pack.metrics.len()],
        thresholds: hearing.thresholds,
        derived: vec![None; pack.derived.len()],
        trends: vec![None; pack.metrics.len()],
    };
    let mut work = Work { pack, respondent, as_of, values, problems: Vec::new(), refusals: Vec::new() };
    for step in order {
        work.step(*step);
    }
    // In pack order, whatever had to be worked out first.
    work.problems.sort_by_key(|(of, _)| *of);
    work.refusals.sort_by_key(|(of, _)| *of);
    problems.extend(work.problems.into_iter().map(|(_, problem)| problem));
    // Rounds have none of their own.
    if let Some(before) = respondent.rounds.last() {
        let before = work_out_only(pack, order, before, before.date).values;
        work.values.trends = over_time::trends(&work.values, &before);
    }
    WorkedOut {
        answered: answered(pack, &work.values),
        values: work.values,
        problems,
        refusals: work.refusals.into_iter().map(|(_, refusal)| refusal).collect(),
    }
}

/// What is known so far: each step of [`Pack::order`] finds what it needs already worked out.
struct Work<'p> {
    pack: &'p Pack,
    respondent: &'p Respondent,
    as_of: Option<Date>,
    values: Values,
    problems: Vec<(Worked, Problem)>,
    refusals: Vec<(Worked, Refusal)>,
}

impl Work<'_> {
    fn step(&mut self, of: Worked) {
        match of {
            Worked::Metric(id) => self.measure(id),
            Worked::Area(id) => self.values.areas[id.0] = self.score_area(id),
            Worked::Total => self.values.total = self.score_total(),
            Worked::Derived(id) => {
                let formula = self.pack.derived(id).formula.as_ref();
                self.values.derived[id.0] = formula.and_then(|formula| self.formula(formula).ok());
            }
        }
    }
}

fn answered(pack: &Pack, values: &Values) -> Answered {
    let mut scored = vec![false; pack.questions.len()];
    for area in &pack.areas {
        area.questions.iter().for_each(|id| scored[id.0] = true);
    }
    let ids = scored.iter().enumerate().filter(|(_, scored)| **scored).map(|(at, _)| QuestionId(at));
    ids.fold(Answered::default(), |sum, id| score::count(sum, pack, values, id))
}

/// Whether a question is worth something in a score.
fn is_worth(kind: &QuestionKind) -> bool {
    matches!(kind, QuestionKind::Numbered { .. } | QuestionKind::Options(_))
}
