//! What keeps a value open: the answers and measurements that it still waits for.

use std::collections::BTreeSet;

use super::find_out::open_subjects;
use crate::logic::{judge, subjects};
use crate::model::{
    Absence, AreaId, BandOf, Formula, FormulaName, Heard, Method, MetricId, Pack, QuestionId, ScoreMissing,
    ScoreOf, Scoring, Subject, Unknown, Values, Worked,
};

/// What a line's subject waits for, in the order met.
pub fn of_subject(subject: Subject, pack: &Pack, values: &Values) -> Vec<Unknown> {
    match subject {
        Subject::Answer(id) => open_answer(id, pack, values),
        Subject::Gap(id) => match values.answer(id) {
            Heard::Absent(_) => open_answer(id, pack, values),
            _ => vec![Unknown::Voice(id)],
        },
        Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
            of_value(Worked::Metric(id), pack, values)
        }
        Subject::Trend(id) if values.metric(id).value().is_some() => vec![Unknown::Before(id)],
        Subject::Trend(id) => of_value(Worked::Metric(id), pack, values),
        Subject::Derived(id) => of_value(Worked::Derived(id), pack, values),
        Subject::Score(of) | Subject::Band(BandOf::Score(of)) => of_score(of, pack, values),
    }
}

/// What a score or its band waits for.
pub fn of_score(of: ScoreOf, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let of = match of {
        ScoreOf::Area(id) => Worked::Area(id),
        ScoreOf::Total => Worked::Total,
    };
    of_value(of, pack, values)
}

fn of_value(of: Worked, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let mut walk = Walk { pack, values, out: Vec::new(), open: Vec::new(), seen: BTreeSet::new() };
    walk.enter(of);
    // A stack of its own: a chain of formulas is as long as its author likes.
    while let Some(next) = walk.open.pop() {
        let before = walk.open.len();
        walk.visit(next);
        walk.open[before..].reverse();
    }
    walk.out
}

/// What to ask where a question has no answer: itself, or first what decides whether it is asked at all.
fn open_answer(id: QuestionId, pack: &Pack, values: &Values) -> Vec<Unknown> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    // A stack of its own: each question may hang on another.
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if !seen.insert(id) || values.unasked[id.0] {
            continue;
        }
        match values.answer(id) {
            Heard::Absent(absence) if askable(*absence) => {}
            Heard::Mixed(_) => {
                out.push(Unknown::Agreement(id));
                continue;
            }
            _ => continue,
        }
        let mut gates = Vec::new();
        if let Some(ask_if) = &pack.question(id).ask_if {
            open_subjects(&ask_if.when, pack, values, &mut gates);
        }
        if gates.is_empty() {
            out.push(Unknown::Answer(id));
        }
        open.extend(gates.into_iter().rev().filter_map(|subject| match subject {
            Subject::Answer(gate) => Some(gate),
            _ => None,
        }));
    }
    out
}

/// Who refused has answered, and what does not apply has no answer.
fn askable(absence: Absence) -> bool {
    matches!(absence, Absence::NotAsked | Absence::Skipped | Absence::DontKnow)
}

struct Walk<'a> {
    pack: &'a Pack,
    values: &'a Values,
    out: Vec<Unknown>,
    open: Vec<Worked>,
    seen: BTreeSet<Worked>,
}

impl Walk<'_> {
    fn add(&mut self, unknown: Unknown) {
        if !self.out.contains(&unknown) {
            self.out.push(unknown);
        }
    }

    fn enter(&mut self, of: Worked) {
        if self.seen.insert(of) {
            self.open.push(of);
        }
    }

    fn visit(&mut self, of: Worked) {
        let (pack, values) = (self.pack, self.values);
        match of {
            Worked::Metric(id) => self.metric(id),
            Worked::Derived(id) => pack.derived(id).formula.iter().for_each(|formula| self.parts(formula)),
            Worked::Area(id) => {
                let area = pack.area(id);
                if values.areas[id.0].value().is_none() {
                    self.score(&area.scoring, &area.questions, &area.metrics);
                }
                self.guards(area.bands.iter().filter_map(|dated| dated.only.as_ref()));
            }
            Worked::Total => {
                let Some(total) = &pack.total else { return };
                if values.total.value().is_none() {
                    if !total.scoring.is_formula() {
                        let counted = |place: &usize| !pack.areas[*place].weight.is_zero();
                        (0..pack.areas.len())
                            .filter(counted)
                            .for_each(|at| self.enter(Worked::Area(AreaId(at))));
                    }
                    self.score(&total.scoring, &[], &[]);
                }
                self.guards(total.bands.iter().filter_map(|dated| dated.only.as_ref()));
            }
        }
    }

    /// A measured one itself; one with a formula itself where a measured part is missing, else its parts.
    fn metric(&mut self, id: MetricId) {
        let (pack, values) = (self.pack, self.values);
        let metric = pack.metric(id);
        if values.metric(id).value().is_none() {
            match &metric.formula {
                None => self.add(Unknown::Metric(id)),
                Some(formula) => {
                    let measured = |name: &FormulaName| match name {
                        FormulaName::Metric(part) | FormulaName::Points(part) => {
                            pack.metric(*part).formula.is_none() && values.metric(*part).ends.is_none()
                        }
                        _ => false,
                    };
                    if formula.names().iter().any(measured) {
                        self.add(Unknown::Metric(id));
                    } else {
                        self.parts(formula);
                    }
                }
            }
            self.guards(metric.valid_if.iter());
        }
        let tables = metric.points.iter().filter_map(|dated| dated.only.as_ref());
        self.guards(metric.bands.iter().filter_map(|dated| dated.only.as_ref()).chain(tables));
    }

    fn score(&mut self, scoring: &Scoring, questions: &[QuestionId], metrics: &[MetricId]) {
        // What counts as 0 or as the middle keeps a score open only where too few were answered.
        let counted = matches!(scoring.missing, ScoreMissing::Zero | ScoreMissing::Middle);
        match &scoring.method {
            Method::Formula(formula) => {
                self.parts(formula);
                if scoring.min_answered.is_some() {
                    self.questions(questions);
                }
            }
            _ if counted && scoring.min_answered.is_none() => {}
            method => {
                self.questions(questions);
                if *method == Method::Sum {
                    let tables = metrics.iter().filter(|id| !self.pack.metric(**id).points.is_empty());
                    let open: Vec<MetricId> = tables.copied().collect();
                    open.into_iter().for_each(|id| self.enter(Worked::Metric(id)));
                }
            }
        }
        self.guards(scoring.valid_if.iter());
    }

    fn answer(&mut self, id: QuestionId) {
        for unknown in open_answer(id, self.pack, self.values) {
            self.add(unknown);
        }
    }

    fn questions(&mut self, questions: &[QuestionId]) {
        for id in questions {
            // That voices differ leaves the score as it is.
            if matches!(self.values.answer(*id), Heard::Absent(_)) {
                self.answer(*id);
            }
        }
    }

    fn parts(&mut self, formula: &Formula) {
        for name in formula.names() {
            match name {
                FormulaName::Answer(id) => self.answer(id),
                FormulaName::Metric(id) | FormulaName::Points(id) => self.enter(Worked::Metric(id)),
                FormulaName::Derived(id) => self.enter(Worked::Derived(id)),
                FormulaName::Score(ScoreOf::Area(id)) => self.enter(Worked::Area(id)),
                FormulaName::Score(ScoreOf::Total) => self.enter(Worked::Total),
            }
        }
    }

    /// Conditions that a value depends on ask of answers and metrics alone.
    fn guards<'c>(&mut self, guards: impl Iterator<Item = &'c crate::model::Condition>) {
        for guard in guards.filter(|guard| judge(guard, self.pack, self.values).is_unknown()) {
            for subject in subjects(guard, self.pack) {
                match subject {
                    Subject::Answer(id) => self.answer(id),
                    Subject::Metric(id) => self.enter(Worked::Metric(id)),
                    Subject::Derived(id) => self.enter(Worked::Derived(id)),
                    _ => {}
                }
            }
        }
    }
}
