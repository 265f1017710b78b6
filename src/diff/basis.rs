//! What a name of a condition rests on: every definition that has a say in what it stands for, as texts by name.
//!
//! Where two packs have the same basis for a name, the same answers give it the same value in both.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::written;
use crate::logic::subjects;
use crate::model::{
    BandOf, Condition, Dated, Formula, Limit, Method, MetricId, Pack, QuestionId, ScoreOf, Scoring, Subject,
};

/// Definitions by their names.
pub type Basis = BTreeMap<String, String>;

/// The bases of one pack's names, each worked out once.
pub struct Bases<'p> {
    pack: &'p Pack,
    known: RefCell<BTreeMap<Subject, Rc<Basis>>>,
}

impl<'p> Bases<'p> {
    pub fn of(pack: &'p Pack) -> Bases<'p> {
        Bases { pack, known: RefCell::default() }
    }

    /// Everything that decides the value of a name.
    pub fn subject(&self, subject: Subject) -> Rc<Basis> {
        if let Some(known) = self.known.borrow().get(&subject) {
            return known.clone();
        }
        let mut walk =
            Walk { pack: self.pack, basis: Basis::new(), seen: BTreeSet::new(), open: vec![subject] };
        walk.run();
        let found = Rc::new(walk.basis);
        self.known.borrow_mut().insert(subject, found.clone());
        found
    }

    /// Everything that decides whether a condition holds, its named conditions and thresholds included.
    pub fn condition(&self, condition: &Condition) -> Basis {
        let mut basis = Basis::new();
        for subject in subjects(condition, self.pack) {
            basis.extend(self.subject(subject).iter().map(|(name, text)| (name.clone(), text.clone())));
        }
        named(self.pack, condition, &mut basis);
        basis
    }
}

/// Named conditions and thresholds that a condition uses.
fn named(pack: &Pack, condition: &Condition, basis: &mut Basis) {
    condition.visit(&mut |part| match part {
        Condition::Named(id, _) => {
            let named = pack.condition(*id);
            let text = written::canon(pack, &named.when);
            if basis.insert(format!("condition.{}", named.id), text).is_none() {
                self::named(pack, &named.when, basis);
            }
        }
        Condition::Test(test) => {
            for limit in test.check.limits() {
                if let Limit::Threshold(id, _) = limit {
                    let threshold = pack.threshold(*id);
                    let value = threshold.on(None).map(|at| written::number(&threshold.values[at].value));
                    let text = format!("{} {}", value.unwrap_or_default(), threshold.unit.name());
                    basis.insert(format!("threshold.{}", threshold.id), text);
                }
            }
        }
        _ => {}
    });
}

struct Walk<'p> {
    pack: &'p Pack,
    basis: Basis,
    seen: BTreeSet<Subject>,
    /// A stack of its own: a chain of formulas is as long as its author likes.
    open: Vec<Subject>,
}

impl Walk<'_> {
    fn run(&mut self) {
        while let Some(subject) = self.open.pop() {
            if self.seen.insert(subject) {
                self.visit(subject);
            }
        }
    }

    fn visit(&mut self, subject: Subject) {
        match subject {
            Subject::Answer(id) => self.answer(id),
            Subject::Gap(id) => {
                self.answer(id);
                self.worth(id);
            }
            Subject::Score(of) => self.score(of),
            Subject::Metric(id) | Subject::Trend(id) => self.metric(id),
            Subject::Points(id) => {
                self.open.push(Subject::Metric(id));
                let table = |table: &crate::model::PointsTable| {
                    let worth: Vec<String> = table.worth.iter().map(written::number).collect();
                    format!("{} worth {}", written::cuts(&table.cuts), worth.join(", "))
                };
                self.dated(subject, &self.pack.metric(id).points, table);
            }
            Subject::Band(of) => {
                self.open.push(match of {
                    BandOf::Metric(id) => Subject::Metric(id),
                    BandOf::Score(of) => Subject::Score(of),
                });
                self.dated(subject, self.pack.dated_bands(of), written::cuts);
            }
            Subject::Derived(id) => {
                let derived = self.pack.derived(id);
                let text = derived.formula.as_ref().map(|formula| self.formula(formula));
                self.note(subject, format!("{} {}", derived.unit.name(), text.unwrap_or_default()));
            }
        }
    }

    fn note(&mut self, subject: Subject, text: String) {
        self.basis.insert(written::name(self.pack, subject), text);
    }

    /// Only what holds without a day: the newest.
    fn dated<T: Clone>(&mut self, subject: Subject, list: &[Dated<T>], text: impl Fn(&T) -> String) {
        let now = &list[Dated::on(list, None)];
        now.iter().filter_map(|dated| dated.only.as_ref()).for_each(|only| self.condition(only));
        let plain: Vec<Dated<T>> = now.iter().map(|dated| Dated { from: None, ..dated.clone() }).collect();
        self.note(subject, written::dated_with(&plain, text, |only| written::canon(self.pack, only)));
    }

    fn condition(&mut self, condition: &Condition) {
        self.open.extend(subjects(condition, self.pack));
        named(self.pack, condition, &mut self.basis);
    }

    fn formula(&mut self, formula: &Formula) -> String {
        self.open.extend(formula.names().into_iter().map(written::subject_of));
        written::formula(self.pack, formula)
    }

    fn answer(&mut self, id: QuestionId) {
        let question = self.pack.question(id);
        let mut voices = question.voices.clone();
        voices.sort();
        let asked = question.ask_if.as_ref().map(|ask_if| {
            self.condition(&ask_if.when);
            let otherwise = written::answer(&question.kind, &ask_if.otherwise);
            format!("{} else {otherwise}", written::canon(self.pack, &ask_if.when))
        });
        let text = format!(
            "{}; voices {}; not applicable {}; asked {}",
            written::taken(&question.kind),
            voices.join(", "),
            question.not_applicable,
            asked.unwrap_or_default(),
        );
        self.note(Subject::Answer(id), text);
    }

    /// What its options are worth: scores and gaps are made of it, the answer itself is not.
    fn worth(&mut self, id: QuestionId) {
        let question = self.pack.question(id);
        self.basis.insert(format!("points of {}", question.id), written::worth(&question.kind));
    }

    fn metric(&mut self, id: MetricId) {
        let metric = self.pack.metric(id);
        let formula = metric.formula.as_ref().map(|formula| self.formula(formula));
        let valid = metric.valid_if.as_ref().map(|valid| {
            self.condition(valid);
            written::canon(self.pack, valid)
        });
        let range = metric.range.as_ref();
        let range = range.map(|(low, high)| format!("{} to {}", written::number(low), written::number(high)));
        let text = format!("{} {range:?} {formula:?} {valid:?} {:?}", metric.unit.name(), metric.round);
        self.note(Subject::Metric(id), text);
    }

    fn score(&mut self, of: ScoreOf) {
        let pack = self.pack;
        let Some(scoring) = pack.scoring(of) else { return self.note(Subject::Score(of), "none".to_owned()) };
        let mut parts = vec![self.scoring(scoring)];
        let mut counted: Vec<String> = Vec::new();
        match of {
            ScoreOf::Area(id) => {
                let area = pack.area(id);
                for question in &area.questions {
                    self.open.push(Subject::Answer(*question));
                    self.worth(*question);
                    let asked = pack.question(*question);
                    let turned = if asked.reverse { " reversed" } else { "" };
                    counted.push(format!("{} × {}{turned}", asked.id, written::number(&asked.weight)));
                }
                if matches!(scoring.method, Method::Sum) {
                    for metric in &area.metrics {
                        self.open.push(Subject::Points(*metric));
                        counted.push(format!("points.{}", pack.metric(*metric).id));
                    }
                }
            }
            ScoreOf::Total if scoring.is_formula() => {}
            ScoreOf::Total => {
                for (place, area) in pack.areas.iter().enumerate().filter(|(_, area)| !area.weight.is_zero())
                {
                    self.open.push(Subject::Score(ScoreOf::Area(crate::model::AreaId(place))));
                    counted.push(format!("{} × {}", area.id, written::number(&area.weight)));
                }
            }
        }
        counted.sort();
        parts.extend(counted);
        self.note(Subject::Score(of), parts.join("; "));
    }

    fn scoring(&mut self, scoring: &Scoring) -> String {
        let Scoring { method, missing, min_answered, round, valid_if } = scoring;
        let method = match method {
            Method::Formula(formula) => self.formula(formula),
            method => format!("{method:?}"),
        };
        let valid = valid_if.as_ref().map(|valid| {
            self.condition(valid);
            written::canon(self.pack, valid)
        });
        format!("{method} {missing:?} {min_answered:?} {round:?} {valid:?}")
    }
}
