//! The space of everything that can be answered and measured, and whether somebody in it meets a goal.
//!
//! A [`Space`] is asked with a [`Goal`]: claims about rules and conditions that must all hold for one respondent.
//! The answer is a witness, who was evaluated and does meet it; or that nobody can; or that the space could not
//! tell within its budget, which is counted in steps, so that it is the same on every machine.
//!
//! How it finds out: each answer, score, metric and gap that the claims look at is an axis, cut into states in
//! which every line says the same (`axis`). A depth-first search splits axes by the line that would bring a claim
//! nearer (`tree`, `query`), and each time the answers behind an axis are asked whether they can still follow
//! (`links`): sums and means by adding up (`sums`, `scores`), formulas by narrowing ranges (`figures`, `measure`).
//!
//! What counts as possible: every answer that a question takes, with each kind of absence; several voices
//! where the question is put to several; metrics within their ranges that agree with their formulas.

mod axis;
mod bits;
mod choices;
mod figures;
mod goal;
mod hulls;
mod links;
mod measure;
mod proof;
mod query;
mod range;
mod scores;
mod sums;
mod told;
mod tree;
mod trends;
mod tries;
mod truths;
mod whole;

use std::cell::{OnceCell, RefCell};

use jiff::civil::Date;

pub use choices::answers_by_worth;
pub use goal::{Core, Goal, Outcome, Why};
pub use told::{case, case_of, value};
pub use truths::Truths;

use axis::AxisOf;
use goal::What;
use query::{Decision, Query};
use scores::Kept;

use crate::logic::{judge, judge_rule};
use crate::model::{Absence, Formula, FormulaName, IfMissing, Pack, QuestionId, Respondent, ScoreOf, Values};
use crate::values::{thresholds, work_out};

/// Everything that can be answered to one pack.
pub struct Space<'p> {
    pack: &'p Pack,
    /// The day by which dated bands are chosen; none: the newest.
    as_of: Option<Date>,
    /// Rules that refuse whoever leaves them open.
    required: Vec<usize>,
    /// The answers and figures behind each area, the total and each metric: questions by their place, then
    /// groups of metrics that formulas bind together; ascending.
    areas: Vec<Vec<usize>>,
    total: Vec<usize>,
    metrics: Vec<Vec<usize>>,
    questions: Vec<[usize; 1]>,
    scratch: RefCell<Values>,
    /// Sums of areas whose questions no goal narrows, worked out when they are first needed.
    sums: RefCell<Kept>,
    /// People who are tried where reasoning does not reach, made up when they are first needed.
    crowd: OnceCell<Vec<tries::Tried>>,
}

impl<'p> Space<'p> {
    /// The space of a pack that was loaded without errors. Dated bands are those of `as_of`, without it the newest.
    pub fn of(pack: &'p Pack, as_of: Option<Date>) -> Space<'p> {
        let required = pack.rules.iter().enumerate();
        let required = required.filter(|(_, rule)| rule.if_missing == IfMissing::Require);
        let mut areas: Vec<Vec<usize>> = Vec::new();
        for area in &pack.areas {
            let mut questions: Vec<usize> = area.questions.iter().map(|id| id.0).collect();
            questions.sort_unstable();
            areas.push(questions);
        }
        let mut total: Vec<usize> = areas.iter().flatten().copied().collect();
        total.sort_unstable();
        total.dedup();
        let metrics = bound_metrics(pack, &areas, &total);
        Space {
            pack,
            as_of,
            required: required.map(|(place, _)| place).collect(),
            areas,
            total,
            metrics,
            questions: (0..pack.questions.len()).map(|place| [place]).collect(),
            scratch: RefCell::new(Values::blank(pack, thresholds(pack, as_of), Absence::Skipped)),
            sums: RefCell::default(),
            crowd: OnceCell::new(),
        }
    }

    pub fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// Whether somebody meets the goal; where nobody can, the smallest set of lines that contradict each other.
    pub fn find(&self, goal: &Goal<'_>) -> Outcome {
        match self.decide(goal) {
            Decision::Yes(respondent) => Outcome::Witness(respondent),
            Decision::No => Outcome::Impossible(proof::core(self, goal)),
            Decision::Open(why) => Outcome::NotDecided(why),
        }
    }

    /// As [`Space::find`], without saying which lines contradict each other: quicker where nobody asks.
    pub fn find_only(&self, goal: &Goal<'_>) -> Outcome {
        match self.decide(goal) {
            Decision::Yes(respondent) => Outcome::Witness(respondent),
            Decision::No => Outcome::Impossible(Core::default()),
            Decision::Open(why) => Outcome::NotDecided(why),
        }
    }

    fn decide(&self, goal: &Goal<'_>) -> Decision {
        match Query::new(self, goal).decide(goal) {
            Decision::Open(why) => tries::somebody(self, goal)
                .map_or(Decision::Open(why), |respondent| Decision::Yes(Box::new(respondent))),
            decided => decided,
        }
    }

    /// Whether a respondent meets a goal, found by working out all values and judging as the engine does.
    pub fn meets(&self, goal: &Goal<'_>, respondent: &Respondent) -> bool {
        let found = work_out(self.pack, respondent, self.as_of);
        found.refusals.is_empty() && self.judged(goal, &found.values)
    }

    /// Whether values meet the claims of a goal.
    fn judged(&self, goal: &Goal<'_>, values: &Values) -> bool {
        goal.claims.iter().all(|(what, wanted)| {
            wanted.holds(match what {
                What::Rule(id) => judge_rule(&self.pack.rules[id.0], self.pack, values),
                What::Condition(condition) => judge(condition, self.pack, values),
            })
        })
    }

    /// So many people, made up: always the same ones.
    pub fn people(&self, count: usize) -> Vec<Respondent> {
        tries::people(self, count)
    }

    /// The answers and figures on which an axis rests, ascending.
    fn inputs(&self, of: AxisOf) -> &[usize] {
        match of {
            AxisOf::Answer(id) | AxisOf::Gap(id) => &self.questions[id.0],
            AxisOf::Score(ScoreOf::Area(id)) => &self.areas[id.0],
            AxisOf::Score(ScoreOf::Total) => &self.total,
            AxisOf::Metric(id) | AxisOf::Trend(id) => &self.metrics[id.0],
            AxisOf::Derived(id) => &self.metrics[self.pack.metrics.len() + id.0],
        }
    }
}

/// For each metric, then each derived value, the group to which formulas bind it, and the questions that they name.
fn bound_metrics(pack: &Pack, areas: &[Vec<usize>], total: &[usize]) -> Vec<Vec<usize>> {
    let questions = pack.questions.len();
    let count = pack.metrics.len();
    let mut group: Vec<usize> = (0..count + pack.derived.len()).collect();
    let mut scores: Vec<(usize, ScoreOf)> = Vec::new();
    let mut answers: Vec<(usize, QuestionId)> = Vec::new();
    let formulas = pack.metrics.iter().map(|metric| &metric.formula);
    let formulas = formulas.chain(pack.derived.iter().map(|derived| &derived.formula));
    for (place, formula) in formulas.enumerate() {
        for name in formula.iter().flat_map(Formula::names) {
            let mut join = |other: usize| {
                let (from, to) = (group[other], group[place]);
                group.iter_mut().filter(|of| **of == from).for_each(|of| *of = to);
            };
            match name {
                FormulaName::Metric(id) | FormulaName::Points(id) => join(id.0),
                FormulaName::Derived(id) => join(count + id.0),
                FormulaName::Score(of) => scores.push((place, of)),
                FormulaName::Answer(id) => answers.push((place, id)),
            }
        }
    }
    group
        .iter()
        .map(|of| {
            let mut inputs = vec![questions + of];
            for (place, score) in &scores {
                if group[*place] == *of {
                    inputs.extend(match score {
                        ScoreOf::Area(area) => areas[area.0].as_slice(),
                        ScoreOf::Total => total,
                    });
                }
            }
            inputs.extend(answers.iter().filter(|(place, _)| group[*place] == *of).map(|(_, id)| id.0));
            inputs.sort_unstable();
            inputs.dedup();
            inputs
        })
        .collect()
}
