//! What a rule depends on: the questions, areas and metrics without which it cannot be judged.

use std::collections::BTreeSet;

use crate::logic::subjects;
use crate::model::{AreaId, BandOf, Formula, MetricId, Pack, QuestionId, Rule, ScoreOf, Subject};

/// Everything that the values of a rule's lines are made of.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    pub questions: BTreeSet<QuestionId>,
    pub areas: BTreeSet<AreaId>,
    pub metrics: BTreeSet<MetricId>,
    pub total: bool,
}

/// A pack without rules, advice and sources: values depend on none of them.
pub fn bare(pack: &Pack) -> Pack {
    let mut bare = pack.clone();
    bare.rules.clear();
    bare.prescriptions.clear();
    bare.ladders.clear();
    bare.citations.clear();
    bare.allowed.clear();
    bare
}

impl Needs {
    pub fn of(pack: &Pack, rule: &Rule) -> Needs {
        let mut asked = subjects(&rule.when, pack);
        asked.extend(rule.unless.iter().flat_map(|unless| subjects(unless, pack)));
        Needs::of_subjects(pack, asked)
    }

    /// What one subject is made of.
    pub fn of_subjects(pack: &Pack, mut open: Vec<Subject>) -> Needs {
        let mut needs = Needs::default();
        while let Some(subject) = open.pop() {
            match subject {
                Subject::Answer(id) | Subject::Gap(id) => {
                    needs.questions.insert(id);
                }
                Subject::Score(ScoreOf::Total) | Subject::Band(BandOf::Score(ScoreOf::Total)) => {
                    if !needs.total {
                        needs.total = true;
                        open.extend(
                            (0..pack.areas.len()).map(|at| Subject::Score(ScoreOf::Area(AreaId(at)))),
                        );
                    }
                }
                Subject::Score(ScoreOf::Area(id)) | Subject::Band(BandOf::Score(ScoreOf::Area(id))) => {
                    if needs.areas.insert(id) {
                        needs.questions.extend(&pack.area(id).questions);
                    }
                }
                Subject::Metric(id) | Subject::Band(BandOf::Metric(id)) => {
                    if needs.metrics.insert(id)
                        && let Some(formula) = &pack.metric(id).formula
                    {
                        parts(formula, &mut open);
                    }
                }
            }
        }
        needs
    }

    /// The pack with everything else taken out of its place, so that ids stay what they are and trials are cheap.
    pub fn slice(&self, bare: &Pack) -> Pack {
        let mut slice = bare.clone();
        for (at, area) in slice.areas.iter_mut().enumerate() {
            // What scores one of the questions stays too: a score that falls is noticed.
            let scores = area.questions.iter().any(|id| self.questions.contains(id));
            if !self.areas.contains(&AreaId(at)) && !scores {
                area.questions.clear();
            }
        }
        for (at, metric) in slice.metrics.iter_mut().enumerate() {
            if !self.metrics.contains(&MetricId(at)) {
                metric.formula = None;
                metric.bands.clear();
            }
        }
        slice
    }
}

fn parts(formula: &Formula, out: &mut Vec<Subject>) {
    let mut open = vec![formula];
    while let Some(part) = open.pop() {
        match part {
            Formula::Number(_) => {}
            Formula::Metric(id) => out.push(Subject::Metric(*id)),
            Formula::Score(of) => out.push(Subject::Score(*of)),
            Formula::Add(a, b)
            | Formula::Subtract(a, b)
            | Formula::Multiply(a, b)
            | Formula::Divide(a, b) => open.extend([&**a, &**b]),
            Formula::Absolute(inner) | Formula::Scale(inner, _) => open.push(inner),
            Formula::Least(each) | Formula::Greatest(each) => open.extend(each),
        }
    }
}
