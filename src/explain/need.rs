//! What a rule depends on: the questions, areas and metrics without which it cannot be judged.

use std::collections::BTreeSet;

use crate::logic::subjects;
use crate::model::{
    AreaId, BandOf, Condition, Dated, Formula, FormulaName, Method, MetricId, Pack, QuestionId, Rule,
    ScoreOf, Subject, Worked,
};

/// Everything that the values of a rule's lines are made of.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    pub questions: BTreeSet<QuestionId>,
    pub metrics: BTreeSet<MetricId>,
    worked: BTreeSet<Worked>,
}

impl Needs {
    pub fn of(pack: &Pack, rule: &Rule) -> Needs {
        let mut asked = subjects(&rule.when, pack);
        asked.extend(rule.unless.iter().flat_map(|unless| subjects(unless, pack)));
        Needs::of_subjects(pack, asked)
    }

    /// What some subjects are made of.
    pub fn of_subjects(pack: &Pack, mut open: Vec<Subject>) -> Needs {
        let mut needs = Needs::default();
        while let Some(subject) = open.pop() {
            let worked = match subject {
                Subject::Answer(id) | Subject::Gap(id) => {
                    needs.questions.insert(id);
                    continue;
                }
                Subject::Score(ScoreOf::Total) | Subject::Band(BandOf::Score(ScoreOf::Total)) => {
                    Worked::Total
                }
                Subject::Score(ScoreOf::Area(id)) | Subject::Band(BandOf::Score(ScoreOf::Area(id))) => {
                    Worked::Area(id)
                }
                // What was in earlier rounds cannot be changed: of a trend only the metric of today counts.
                Subject::Metric(id)
                | Subject::Points(id)
                | Subject::Trend(id)
                | Subject::Band(BandOf::Metric(id)) => Worked::Metric(id),
                Subject::Derived(id) => Worked::Derived(id),
            };
            if needs.worked.insert(worked) {
                needs.enter(pack, worked, &mut open);
            }
        }
        needs
    }

    fn enter(&mut self, pack: &Pack, worked: Worked, open: &mut Vec<Subject>) {
        let area = |at: usize| Subject::Score(ScoreOf::Area(AreaId(at)));
        match worked {
            Worked::Metric(id) => {
                self.metrics.insert(id);
                let metric = pack.metric(id);
                open.extend(metric.formula.iter().flat_map(named));
                holds_where(pack, &metric.bands, open);
                holds_where(pack, &metric.points, open);
                open.extend(metric.valid_if.iter().flat_map(|valid| subjects(valid, pack)));
            }
            Worked::Area(id) => {
                self.questions.extend(&pack.area(id).questions);
                // Only sums count what linked metrics are worth.
                let area = pack.area(id);
                let counted = area.metrics.iter().filter(|_| area.scoring.method == Method::Sum);
                open.extend(counted.map(|id| Subject::Metric(*id)));
                holds_where(pack, &pack.area(id).bands, open);
            }
            Worked::Derived(id) => open.extend(pack.derived(id).formula.iter().flat_map(named)),
            Worked::Total => {
                open.extend((0..pack.areas.len()).map(area));
                holds_where(pack, pack.dated_bands(BandOf::Score(ScoreOf::Total)), open);
            }
        }
        let scoring = match worked {
            Worked::Metric(_) | Worked::Derived(_) => None,
            Worked::Area(id) => pack.scoring(ScoreOf::Area(id)),
            Worked::Total => pack.scoring(ScoreOf::Total),
        };
        if let Some(scoring) = scoring {
            if let Method::Formula(formula) = &scoring.method {
                open.extend(named(formula));
            }
            open.extend(scoring.valid_if.iter().flat_map(|valid: &Condition| subjects(valid, pack)));
        }
    }

    /// What is worked out in trials: nothing else, so that they are cheap. Areas that score one of the questions are worked
    /// out too: a score that falls is noticed.
    pub fn order(&self, pack: &Pack) -> Vec<Worked> {
        let scores = |id: AreaId| {
            let area = pack.area(id);
            !area.scoring.is_formula() && area.questions.iter().any(|id| self.questions.contains(id))
        };
        let needed = |worked: &Worked| {
            self.worked.contains(worked) || matches!(worked, Worked::Area(id) if scores(*id))
        };
        pack.order.iter().copied().filter(needed).collect()
    }
}

fn named(formula: &Formula) -> impl Iterator<Item = Subject> {
    formula.names().into_iter().map(|name| match name {
        FormulaName::Metric(id) | FormulaName::Points(id) => Subject::Metric(id),
        FormulaName::Answer(id) => Subject::Answer(id),
        FormulaName::Score(of) => Subject::Score(of),
        FormulaName::Derived(id) => Subject::Derived(id),
    })
}

fn holds_where<T>(pack: &Pack, list: &[Dated<T>], out: &mut Vec<Subject>) {
    out.extend(list.iter().filter_map(|dated| dated.only.as_ref()).flat_map(|only| subjects(only, pack)));
}
