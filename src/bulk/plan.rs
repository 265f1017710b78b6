//! A pack compiled for the columns of one table: which cells matter, and what follows from each.

use jiff::civil::Date;

use super::judge::{Judge, Tests};
use super::layout::Layout;
use super::scale::Scale;
use super::sum::{MOST_PARTS, Sum, Units, said};
use super::usual::Usual;
use super::worked::{WorkedOut, formulas};
use crate::answers::{Fitting, Means};
use crate::export::Column;
use crate::logic::judge_test;
use crate::model::{
    Absence, Answer, AreaId, BandOf, Check, Dated, Heard, Method, MetricId, Number, Pack, QuestionId,
    QuestionKind, Respondent, ScoreOf, Scoring, Subject, Test, Values,
};
use crate::values::thresholds;

/// How rows of one table are judged many at a time.
pub struct Plan<'a> {
    pub pack: &'a Pack,
    pub fitting: &'a Fitting<'a>,
    pub as_of: Option<Date>,
    /// What to do with each cell of a row.
    pub columns: Vec<Cell>,
    pub tests: Vec<&'a Test>,
    pub layout: Layout,
    /// How most rows are read; none where rows of this table are never so.
    pub usual: Option<Usual>,
    pub judge: Judge,
    pub questions: Vec<Question>,
    pub metrics: Vec<Metric>,
    /// In the order in which they can be worked out.
    pub worked: Vec<WorkedOut>,
    /// The areas that matter, then the total where it does.
    pub scores: Vec<Scored>,
    /// What is the same for everybody, a word of tests each.
    pub always: Vec<Word>,
    pub wanted: Vec<Column>,
    /// Where nothing is known.
    pub blank: Values,
    pub nobody: Respondent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Id,
    /// A place in [`Plan::questions`].
    Question(usize),
    /// A place in [`Plan::metrics`].
    Metric(usize),
    /// Whatever stands there.
    Free,
    /// A day, which changes nothing.
    Day,
    /// Nothing may stand there, or the row is judged by itself.
    Empty,
}

/// Truths of up to 64 tests for one respondent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Which 64.
    pub at: usize,
    pub yes: u64,
    pub no: u64,
    pub void: u64,
}

pub struct Question {
    pub id: QuestionId,
    pub tests: Vec<usize>,
    /// Places in [`Plan::scores`].
    pub scores: Vec<usize>,
    /// The first of them, or 0.
    pub first_score: usize,
}

pub struct Metric {
    pub id: MetricId,
    pub tests: Vec<usize>,
    pub scale: Scale,
}

pub struct Scored {
    pub of: ScoreOf,
    pub tests: Vec<usize>,
    pub units: Units,
    /// What everybody brings: questions that the table does not ask.
    pub start: Sum,
    /// Whether it is part of a total that matters.
    pub in_total: bool,
}

impl<'a> Plan<'a> {
    /// None where rows of this table, or this pack, must be judged one by one.
    pub fn new(
        pack: &'a Pack,
        fitting: &'a Fitting<'a>,
        as_of: Option<Date>,
        wanted: &[Column],
    ) -> Option<Plan<'a>> {
        let means = fitting.meanings()?;
        let dated = means.contains(&Means::Date) && as_of.is_none() && !is_ageless(pack);
        let formulas = formulas(pack)?;
        if dated || !pack.gated.is_empty() || pack.questions.len() > MOST_PARTS {
            return None;
        }
        let mut gathered = Tests::default();
        let mut judge = Judge::new(pack, &mut gathered);
        let tests = gathered.list().to_vec();
        if tests.iter().any(|test| matches!(test.subject, Subject::Derived(_))) {
            return None;
        }
        let blank = Values::blank(pack, thresholds(pack, as_of), Absence::NotAsked);
        let about = |of: &dyn Fn(Subject) -> bool| -> Vec<usize> {
            (0..tests.len()).filter(|at| of(tests[*at].subject)).collect()
        };
        let scores = scores(pack, wanted, &|of| {
            about(&|subject| subject == Subject::Score(of) || subject == Subject::Band(BandOf::Score(of)))
        })?;
        let (mut questions, mut metrics, mut columns) = (Vec::new(), Vec::new(), Vec::new());
        for means in &means {
            columns.push(match *means {
                Means::Id => Cell::Id,
                Means::Free => Cell::Free,
                Means::Date => Cell::Day,
                Means::Language => Cell::Empty,
                Means::Answer(at) => {
                    let id = QuestionId(at);
                    if questions.iter().any(|known: &Question| known.id == id) {
                        return None;
                    }
                    let scored = |slot: &usize| match scores[*slot].of {
                        ScoreOf::Area(area) => pack.area(area).questions.contains(&id),
                        ScoreOf::Total => false,
                    };
                    let scores: Vec<usize> = (0..scores.len()).filter(scored).collect();
                    let first_score = scores.first().copied().unwrap_or(0);
                    let tests = about(&|of| of == Subject::Answer(id));
                    questions.push(Question { id, tests, scores, first_score });
                    Cell::Question(questions.len() - 1)
                }
                Means::Metric(at) => {
                    let id = MetricId(at);
                    let metric = pack.metric(id);
                    let open = metric.bands.iter().any(|dated| dated.only.is_some())
                        || metric.points.iter().any(|dated| dated.only.is_some());
                    if open || metrics.iter().any(|known: &Metric| known.id == id) {
                        return None;
                    }
                    let tests_of = about(&|of| is_of_metric(of, id));
                    let scale = Scale::new(metric, &cuts(metric, &tests, &tests_of, &blank))?;
                    metrics.push(Metric { id, tests: tests_of, scale });
                    Cell::Metric(metrics.len() - 1)
                }
            });
        }
        let worked = formulas.into_iter().map(|id| WorkedOut {
            id,
            tests: about(&|of| is_of_metric(of, id)),
            given: metrics.iter().position(|metric: &Metric| metric.id == id),
        });
        let worked: Vec<WorkedOut> = worked.collect();
        let told = questions.iter().map(|question: &Question| question.tests.as_slice());
        let measured = metrics.iter().map(|metric: &Metric| metric.tests.as_slice());
        let scored = scores.iter().map(|scored| scored.tests.as_slice());
        let layout = Layout::new(tests.len(), told.chain(measured).chain(scored));
        judge.place(&layout);
        let mut plan = Plan {
            pack,
            fitting,
            as_of,
            columns,
            tests,
            layout,
            usual: None,
            judge,
            questions,
            metrics,
            worked,
            scores,
            always: Vec::new(),
            wanted: wanted.to_vec(),
            blank,
            nobody: nobody(pack),
        };
        plan.begin()?;
        plan.usual = if plan.worked.is_empty() { Usual::of(&plan) } else { None };
        Some(plan)
    }

    /// Works out what no cell can change.
    fn begin(&mut self) -> Option<()> {
        let told = |test: &Test| match test.subject {
            Subject::Answer(id) => self.questions.iter().any(|question| question.id == id),
            Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
                let worked = || self.worked.iter().any(|metric| metric.id == id);
                self.metrics.iter().any(|metric| metric.id == id) || worked()
            }
            Subject::Score(_) | Subject::Band(BandOf::Score(_)) => true,
            Subject::Gap(_) | Subject::Trend(_) | Subject::Derived(_) => false,
        };
        let fixed: Vec<usize> = (0..self.tests.len()).filter(|at| !told(self.tests[*at])).collect();
        let words = self.words(&fixed, &self.blank);
        self.always = (0..self.layout.words()).map(|at| Word { at, ..Word::default() }).collect();
        for word in words {
            let always = &mut self.always[word.at];
            always.yes |= word.yes;
            always.no |= word.no;
            always.void |= word.void;
        }
        for slot in 0..self.scores.len() {
            let ScoreOf::Area(area) = self.scores[slot].of else { continue };
            let area = self.pack.area(area);
            for id in area.questions.iter().filter(|id| !self.questions.iter().any(|asked| asked.id == **id))
            {
                let question = self.pack.question(*id);
                let part = said(question, &Heard::Absent(Absence::NotAsked), &area.scoring);
                let sum = self.scores[slot].units.part(&part, &question.weight, area.scoring.missing)?;
                self.scores[slot].start.add(&sum);
            }
        }
        Some(())
    }

    /// The truths of some tests over what is known.
    pub fn words(&self, tests: &[usize], values: &Values) -> Vec<Word> {
        let mut out: Vec<Word> = Vec::new();
        for &test in tests {
            let bit = self.layout.bit(test);
            if out.last().is_none_or(|word| word.at != bit / 64) {
                out.push(Word { at: bit / 64, ..Word::default() });
            }
            let (Some(word), bit) = (out.last_mut(), 1 << (bit % 64)) else { continue };
            match judge_test(self.tests[test], values) {
                crate::logic::Truth::True => word.yes |= bit,
                crate::logic::Truth::False => word.no |= bit,
                crate::logic::Truth::Unknown { not_applicable: true } => word.void |= bit,
                crate::logic::Truth::Unknown { .. } => {}
            }
        }
        out
    }
}

/// Whether bands, points and thresholds are the same on every day.
fn is_ageless(pack: &Pack) -> bool {
    let areas = pack.areas.iter().all(|area| area.bands.len() < 2);
    let total = pack.total.as_ref().is_none_or(|total| total.bands.len() < 2);
    let metrics = pack.metrics.iter().all(|metric| metric.bands.len() < 2 && metric.points.len() < 2);
    areas && total && metrics && pack.thresholds.iter().all(|threshold| threshold.values.len() < 2)
}

fn is_of_metric(subject: Subject, id: MetricId) -> bool {
    [Subject::Metric(id), Subject::Points(id), Subject::Band(BandOf::Metric(id))].contains(&subject)
}

/// Every number at which something about a metric may change.
fn cuts(metric: &crate::model::Metric, tests: &[&Test], own: &[usize], values: &Values) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    for test in own.iter().map(|at| tests[*at]).filter(|test| matches!(test.subject, Subject::Metric(_))) {
        if !matches!(test.check, Check::Absent { .. }) {
            out.extend(test.check.limits().iter().map(|limit| limit.among(values).into_owned()));
        }
    }
    out.extend(metric.bands.iter().flat_map(|dated| dated.value.edges()));
    out.extend(metric.points.iter().flat_map(|dated| dated.value.cuts.edges()));
    out
}

/// The scores that a test or a column looks at; none where one of them cannot be added up.
fn scores(pack: &Pack, wanted: &[Column], tests: &dyn Fn(ScoreOf) -> Vec<usize>) -> Option<Vec<Scored>> {
    let shown = |of: ScoreOf| {
        let columns = [Column::Score(of), Column::Low(of), Column::High(of), Column::Band(BandOf::Score(of))];
        wanted.iter().any(|column| columns.contains(column))
    };
    let total = pack.total.as_ref().filter(|_| shown(ScoreOf::Total) || !tests(ScoreOf::Total).is_empty());
    let mut out = Vec::new();
    for (at, area) in pack.areas.iter().enumerate() {
        let of = ScoreOf::Area(AreaId(at));
        let tests = tests(of);
        let in_total = total.is_some() && !area.weight.is_zero();
        if tests.is_empty() && !shown(of) && !in_total {
            continue;
        }
        let tables = area.metrics.iter().any(|id| !pack.metric(*id).points.is_empty());
        if !adds_up(&area.scoring, &area.bands) || (tables && area.scoring.method == Method::Sum) {
            return None;
        }
        let parts = area.questions.iter().map(|id| {
            let question = pack.question(*id);
            (&question.weight, worths(question, &area.scoring))
        });
        out.push(Scored { of, tests, units: Units::of(parts)?, start: Sum::default(), in_total });
    }
    if let Some(total) = total {
        if !adds_up(&total.scoring, &total.bands) {
            return None;
        }
        let units = total_units(pack, &out)?;
        let (of, start) = (ScoreOf::Total, Sum::default());
        out.push(Scored { of, tests: tests(of), units, start, in_total: false });
    }
    Some(out)
}

fn adds_up<T>(scoring: &Scoring, bands: &[Dated<T>]) -> bool {
    scoring.valid_if.is_none() && !scoring.is_formula() && bands.iter().all(|dated| dated.only.is_none())
}

/// Everything that an answer to a question can be worth; of a slider its ends and a hundredth of its length.
fn worths(question: &crate::model::Question, scoring: &Scoring) -> Vec<Number> {
    const STEPS: usize = 1000;
    let worth = |heard: Heard| crate::values::worth(question, &heard, &scoring.method);
    let mut out: Vec<Number> = match &question.kind {
        QuestionKind::Numbered { step: Some(_), .. } => {
            let steps = (0..STEPS).map_while(|at| question.kind.step_at(at));
            steps.filter_map(|value| worth(Heard::Number(value))).collect()
        }
        QuestionKind::Numbered { from, to, step: None, .. } => {
            vec![&(to - from) * &Number::ratio(1, 1000), Number::ratio(1, 10)]
        }
        kind => (0..kind.choices().len()).filter_map(|at| worth(Heard::Option(at))).collect(),
    };
    if let Some((low, high)) = question.worth_ends(&scoring.method) {
        out.push(&(&low + &high) * &Number::ratio(1, 2));
        out.extend([low, high]);
    }
    out
}

/// The units in which areas that are answered in full add up to the total.
fn total_units(pack: &Pack, areas: &[Scored]) -> Option<Units> {
    let parts = areas.iter().filter(|scored| scored.in_total).filter_map(|scored| match scored.of {
        ScoreOf::Area(id) => Some((pack.area(id), scored.units)),
        ScoreOf::Total => None,
    });
    let mut out: Vec<(&Number, Vec<Number>)> = Vec::new();
    for (area, units) in parts {
        let mut smallest = Number::from_parts(1, units.value);
        if area.scoring.method != Method::Sum {
            let all: Number = area.questions.iter().map(|id| pack.question(*id).weight.clone()).sum();
            smallest = smallest.checked_div(&all).unwrap_or(smallest);
        }
        if let Some(places) = area.scoring.round {
            smallest = (0..places).fold(Number::one(), |unit, _| &unit * &Number::ratio(1, 10));
        }
        let middle = area.range.as_ref().map(|(low, high)| &(low + high) * &Number::ratio(1, 2));
        let ends = area.range.iter().flat_map(|(low, high)| [low.clone(), high.clone()]);
        out.push((&area.weight, std::iter::once(smallest).chain(middle).chain(ends).collect()));
    }
    Units::of(out.into_iter())
}

fn nobody(pack: &Pack) -> Respondent {
    Respondent {
        id: String::new(),
        name: String::new(),
        date: None,
        language: None,
        answers: vec![Answer::Absent(Absence::NotAsked); pack.questions.len()],
        voices: Vec::new(),
        metrics: vec![None; pack.metrics.len()],
        rounds: Vec::new(),
        extra: serde_json::Map::new(),
        problems: Vec::new(),
    }
}
