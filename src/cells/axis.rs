//! One axis of the space: everything that one answer, score, metric or gap can be, cut where lines of
//! conditions look, so that within one state every line says the same.

use jiff::civil::Date;

use super::bits::Bits;
use super::range::{Range, cut};
use super::truths::Truths;
use crate::logic::judge_test;
use crate::model::{
    Absence, Answered, BandOf, Check, Dated, DerivedId, Formula, FormulaName, Heard, MetricId, MetricValue,
    Number, Pack, Question, QuestionId, QuestionKind, Score, ScoreOf, Subject, Test, Values,
};

/// What an axis measures. A score or metric and its band lie on one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AxisOf {
    Answer(QuestionId),
    Gap(QuestionId),
    Score(ScoreOf),
    Metric(MetricId),
    Derived(DerivedId),
    /// The change of a metric: earlier rounds are nobody's to answer.
    Trend(MetricId),
}

impl AxisOf {
    pub fn of(subject: Subject) -> AxisOf {
        match subject {
            Subject::Answer(id) => AxisOf::Answer(id),
            Subject::Gap(id) => AxisOf::Gap(id),
            Subject::Score(of) | Subject::Band(BandOf::Score(of)) => AxisOf::Score(of),
            Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
                AxisOf::Metric(id)
            }
            Subject::Derived(id) => AxisOf::Derived(id),
            Subject::Trend(id) => AxisOf::Trend(id),
        }
    }
}

/// One thing that an axis can be, as far as lines can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A certain number in this cell.
    At(usize),
    /// A number between an end in the one cell and an end in the other.
    Spread(usize, usize),
    Option(usize),
    /// These of the options that lines name; the others do not matter.
    Many(Vec<usize>),
    /// Something is there and no line can compare it: a text, or options on which voices differ.
    Something,
    /// Nothing, and why where that is known.
    Nothing(Option<Absence>),
}

#[derive(Clone, Debug)]
pub struct Axis {
    pub of: AxisOf,
    pub cells: Vec<Range>,
    pub states: Vec<State>,
    /// Whether the states are all there are; a huge axis leaves some out.
    pub complete: bool,
}

/// Cells of a score of which every pair of ends is a state of its own.
const PAIRED: usize = 24;
/// Steps of a scale that are told apart.
pub const STEPS: usize = 300;
/// Options of a question with several answers that are told apart.
const OPTIONS: usize = 8;

impl Axis {
    /// The axis with the truths of each line in each of its states.
    pub fn new(
        of: AxisOf,
        tests: &[&Test],
        pack: &Pack,
        as_of: Option<Date>,
        values: &mut Values,
    ) -> (Axis, Vec<[Bits; 3]>) {
        let mut axis = Axis { of, cells: Vec::new(), states: Vec::new(), complete: true };
        match of {
            AxisOf::Answer(id) => axis.answer(pack.question(id), tests, values),
            AxisOf::Gap(id) => {
                axis.cells = cut(&gap_range(pack.question(id)), &numbers(tests, &[], values));
                axis.merge(tests, pack, as_of, values);
                axis.states = (0..axis.cells.len()).map(State::At).collect();
                axis.states.push(State::Nothing(None));
            }
            AxisOf::Metric(id) => {
                let edges = edges(pack, BandOf::Metric(id), as_of);
                let mut at = numbers(tests, &edges, values);
                if tests.iter().any(|test| matches!(test.subject, Subject::Points(_))) {
                    let points = &pack.metric(id).points;
                    at.extend(Dated::on(points, as_of).flat_map(|at| points[at].value.cuts.edges()));
                }
                axis.cells = cut(&ends(pack.metric(id).reach.as_ref()), &at);
                axis.merge(tests, pack, as_of, values);
                axis.states = (0..axis.cells.len()).map(State::At).collect();
                axis.states.push(State::Nothing(None));
            }
            AxisOf::Derived(_) | AxisOf::Trend(_) => {
                axis.cells = cut(&Range::everything(), &numbers(tests, &[], values));
                axis.merge(tests, pack, as_of, values);
                axis.states = (0..axis.cells.len()).map(State::At).collect();
                axis.states.push(State::Nothing(None));
            }
            AxisOf::Score(of) => {
                let edges = edges(pack, BandOf::Score(of), as_of);
                axis.cells = cut(&ends(widest(pack, of)), &numbers(tests, &edges, values));
                axis.merge(tests, pack, as_of, values);
                axis.states = (0..axis.cells.len()).map(State::At).collect();
                axis.states.extend(
                    [None, Some(Absence::NotApplicable), Some(Absence::NotAsked)].map(State::Nothing),
                );
                axis.spreads();
            }
        }
        axis.complete &= !axis.leaves_out(tests, pack, as_of);
        let masks = tests
            .iter()
            .map(|test| {
                let mut masks = [(); 3].map(|()| Bits::none(axis.states.len()));
                for (at, state) in axis.states.iter().enumerate() {
                    match axis.judge(test, state, pack, as_of, values) {
                        t if t == Truths::TRUE => masks[0].set(at),
                        t if t == Truths::FALSE => masks[1].set(at),
                        _ => masks[2].set(at),
                    }
                }
                masks
            })
            .collect();
        axis.set(&State::Nothing(None), pack, as_of, values);
        (axis, masks)
    }

    fn answer(&mut self, question: &Question, tests: &[&Test], values: &Values) {
        let voices = !question.voices.is_empty();
        match &question.kind {
            QuestionKind::Numbered { from, to, step, .. } => {
                let whole = Range::closed(from.clone(), to.clone());
                let mut at = numbers(tests, &[], values);
                match (steps(&question.kind), step) {
                    (Some(steps), _) => at.extend(steps.iter().cloned()),
                    // Cut where lines look and at the steps beside: in between there is one as good as another.
                    (None, Some(step)) => {
                        at = at
                            .iter()
                            .flat_map(|at| beside(at, from, step).into_iter().chain([at.clone()]))
                            .collect();
                    }
                    (None, None) => {}
                }
                self.cells = cut(&whole, &at);
                if let (false, Some(step)) = (voices, step) {
                    let few = steps(&question.kind).is_some();
                    let answer =
                        |at: &Number| (at - from).checked_div(step).is_some_and(|steps| steps.is_integer());
                    self.cells.retain(|cell| if cell.is_point() { answer(&cell.inside()) } else { !few });
                }
                self.states = (0..self.cells.len()).map(State::At).collect();
            }
            QuestionKind::Number { range, .. } => {
                let whole = match range {
                    Some((low, high)) => Range::closed(low.clone(), high.clone()),
                    None => Range::everything(),
                };
                self.cells = cut(&whole, &numbers(tests, &[], values));
                self.states = (0..self.cells.len()).map(State::At).collect();
            }
            QuestionKind::Options(choices) | QuestionKind::Profile(choices) => {
                self.states = (0..choices.len()).map(State::Option).collect();
                if voices && choices.len() > 1 {
                    self.states.push(State::Something);
                }
            }
            QuestionKind::Many(_) => {
                let mut named: Vec<usize> = tests.iter().flat_map(|test| included(test)).collect();
                named.sort_unstable();
                named.dedup();
                self.complete = named.len() <= OPTIONS;
                named.truncate(OPTIONS);
                let subset = |bits: usize| -> Vec<usize> {
                    named
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| bits >> at & 1 == 1)
                        .map(|(_, one)| *one)
                        .collect()
                };
                self.states = (0..1 << named.len()).map(|bits| State::Many(subset(bits))).collect();
                if voices {
                    self.states.push(State::Something);
                }
            }
            QuestionKind::Text => self.states.push(State::Something),
        }
        self.states.extend(absences(question).map(|absence| State::Nothing(Some(absence))));
    }

    /// Whether lines look at more than the number on the axis, which no state shows: bands and points that depend on
    /// something else too, and values between two ends.
    fn leaves_out(&self, tests: &[&Test], pack: &Pack, as_of: Option<Date>) -> bool {
        let between =
            |formula: &Formula| formula.names().iter().any(|name| !matches!(name, FormulaName::Metric(_)));
        let several = |of: BandOf| {
            let bands = tests.iter().any(|test| matches!(test.subject, Subject::Band(_)));
            bands && Dated::on(pack.dated_bands(of), as_of).len() > 1
        };
        match self.of {
            AxisOf::Answer(_) | AxisOf::Gap(_) => false,
            AxisOf::Score(of) => several(BandOf::Score(of)),
            AxisOf::Metric(id) => {
                let metric = pack.metric(id);
                let points = tests.iter().any(|test| matches!(test.subject, Subject::Points(_)));
                several(BandOf::Metric(id))
                    || (points && Dated::on(&metric.points, as_of).len() > 1)
                    || metric.formula.as_ref().is_some_and(between)
            }
            AxisOf::Trend(id) => pack.metric(id).formula.as_ref().is_some_and(between),
            AxisOf::Derived(id) => pack.derived(id).formula.as_ref().is_none_or(between),
        }
    }

    /// Neighbouring cells that no line tells apart become one.
    fn merge(&mut self, tests: &[&Test], pack: &Pack, as_of: Option<Date>, values: &mut Values) {
        let cells = std::mem::take(&mut self.cells);
        let mut before: Option<Vec<Truths>> = None;
        for cell in cells {
            let state = State::At(0);
            let alone = Axis { of: self.of, cells: vec![cell.clone()], states: Vec::new(), complete: true };
            let truths: Vec<Truths> =
                tests.iter().map(|test| alone.judge(test, &state, pack, as_of, values)).collect();
            match self.cells.last_mut() {
                Some(last) if before.as_ref() == Some(&truths) => *last = last.or(&cell),
                _ => self.cells.push(cell),
            }
            before = Some(truths);
        }
    }

    /// The states of a score that is open, by the cells of its ends.
    fn spreads(&mut self) {
        let count = self.cells.len();
        self.complete = count <= PAIRED;
        for low in 0..count {
            for high in low..count {
                let narrow = high - low <= 1 || (low, high) == (0, count - 1);
                let one_point = low == high && self.cells[low].is_point();
                if (self.complete || narrow) && !one_point {
                    self.states.push(State::Spread(low, high));
                }
            }
        }
    }

    fn judge(
        &self,
        test: &Test,
        state: &State,
        pack: &Pack,
        as_of: Option<Date>,
        values: &mut Values,
    ) -> Truths {
        self.set(state, pack, as_of, values);
        Truths::of(judge_test(test, values))
    }

    /// Puts a value of this state among the values.
    fn set(&self, state: &State, pack: &Pack, as_of: Option<Date>, values: &mut Values) {
        match self.of {
            AxisOf::Answer(id) => {
                values.answers[id.0] = match state {
                    State::At(cell) | State::Spread(cell, _) => Heard::Number(self.cells[*cell].inside()),
                    State::Option(option) => Heard::Option(*option),
                    State::Many(options) => Heard::Many(options.clone()),
                    State::Something => Heard::Mixed(None),
                    State::Nothing(absence) => Heard::Absent(absence.unwrap_or(Absence::Skipped)),
                }
            }
            AxisOf::Gap(id) => {
                values.gaps[id.0] = match state {
                    State::At(cell) => Some(self.cells[*cell].inside()),
                    _ => None,
                }
            }
            AxisOf::Derived(_) | AxisOf::Trend(_) => {
                let ends = match state {
                    State::At(cell) => {
                        let value = self.cells[*cell].inside();
                        Some((value.clone(), value))
                    }
                    _ => None,
                };
                match self.of {
                    AxisOf::Derived(id) => values.derived[id.0] = ends,
                    AxisOf::Trend(id) => values.trends[id.0] = ends,
                    _ => {}
                }
            }
            AxisOf::Metric(id) => {
                let ends = match state {
                    State::At(cell) => {
                        let value = self.cells[*cell].inside();
                        Some((value.clone(), value))
                    }
                    _ => None,
                };
                let (mut bands, mut points) = (Vec::new(), None);
                if let Some((low, high)) = &ends {
                    let metric = pack.metric(id);
                    if let Some(at) = Dated::on(&metric.bands, as_of).next() {
                        bands = metric.bands[at].value.between(low, high);
                    }
                    if let Some(at) = Dated::on(&metric.points, as_of).next() {
                        points = metric.points[at].value.between(low, high);
                    }
                }
                values.metrics[id.0] = MetricValue { ends, computed: false, dated: None, bands, points };
            }
            AxisOf::Score(of) => {
                let (ends, empty) = match state {
                    State::At(cell) => {
                        let value = self.cells[*cell].inside();
                        (Some((value.clone(), value)), None)
                    }
                    State::Spread(low, high) if low == high => (self.cells[*low].two_inside(), None),
                    State::Spread(low, high) => {
                        (Some((self.cells[*low].inside(), self.cells[*high].inside())), None)
                    }
                    State::Nothing(absence) => (None, *absence),
                    _ => (None, None),
                };
                let lists = pack.dated_bands(BandOf::Score(of));
                let bands = match (&ends, Dated::on(lists, as_of).next()) {
                    (Some((low, high)), Some(at)) => lists[at].value.between(low, high),
                    _ => Vec::new(),
                };
                let score = Score { ends, empty, dated: None, bands, answered: Answered::default() };
                match of {
                    ScoreOf::Area(area) => values.areas[area.0] = score,
                    ScoreOf::Total => values.total = score,
                }
            }
        }
    }

    /// The cell that holds a number.
    pub fn cell(&self, value: &Number) -> Option<usize> {
        self.cells.iter().position(|cell| cell.holds(value))
    }

    /// Whether an answer is in one of these states.
    pub fn allows_answer(&self, allowed: &Bits, heard: &Heard) -> bool {
        self.states.iter().enumerate().any(|(at, state)| {
            allowed.has(at)
                && match (state, heard) {
                    (State::At(cell), Heard::Number(value)) => self.cells[*cell].holds(value),
                    (State::Option(a), Heard::Option(b)) => a == b,
                    (State::Many(a), Heard::Many(b)) => {
                        a.iter().all(|one| b.contains(one))
                            && self.named_options().iter().all(|one| a.contains(one) || !b.contains(one))
                    }
                    (State::Something, Heard::Mixed(_) | Heard::Text(_)) => true,
                    (State::Nothing(absence), Heard::Absent(said)) => *absence == Some(*said),
                    _ => false,
                }
        })
    }

    /// The options that some state holds.
    fn named_options(&self) -> Vec<usize> {
        let full = self.states.iter().filter_map(|state| match state {
            State::Many(options) => Some(options),
            _ => None,
        });
        full.max_by_key(|options| options.len()).cloned().unwrap_or_default()
    }

    /// Whether a number, or nothing, is in one of these states.
    pub fn allows_number(&self, allowed: &Bits, value: Option<&Number>) -> bool {
        self.states.iter().enumerate().any(|(at, state)| {
            allowed.has(at)
                && match (state, value) {
                    (State::At(cell), Some(value)) => self.cells[*cell].holds(value),
                    (State::Nothing(_), None) => true,
                    _ => false,
                }
        })
    }

    /// Whether a score is in one of these states.
    pub fn allows_score(
        &self,
        allowed: &Bits,
        ends: Option<(&Number, &Number)>,
        empty: Option<Absence>,
    ) -> bool {
        let found = match ends {
            None => State::Nothing(empty),
            Some((low, high)) => match (self.cell(low), self.cell(high)) {
                (Some(a), Some(_)) if low == high => State::At(a),
                (Some(a), Some(b)) => State::Spread(a, b),
                _ => return false,
            },
        };
        self.states.iter().position(|state| *state == found).is_some_and(|at| allowed.has(at))
    }

    /// The cells whose numbers are allowed as certain values.
    pub fn allowed_cells(&self, allowed: &Bits) -> Vec<&Range> {
        let cell = |at: usize| match &self.states[at] {
            State::At(cell) => Some(&self.cells[*cell]),
            _ => None,
        };
        allowed.iter().filter_map(cell).collect()
    }
}

/// The answers of a scale in steps; none of a slider, and of a scale with more steps than are told apart.
pub fn steps(kind: &QuestionKind) -> Option<Vec<Number>> {
    let QuestionKind::Numbered { from, to, step: Some(step), .. } = kind else { return None };
    let count = (to - from).checked_div(step)?.floor().to_usize().filter(|count| *count <= STEPS)?;
    Some((0..=count).map(|at| from + &(step * &Number::from(at))).collect())
}

/// The steps of a scale at or below a number and above it.
pub fn beside(at: &Number, from: &Number, step: &Number) -> Vec<Number> {
    let Some(count) = (at - from).checked_div(step) else { return Vec::new() };
    let below = from + &(step * &count.floor());
    vec![below.clone(), below + step.clone()]
}

/// The absences that can be said to a question.
pub fn absences(question: &Question) -> impl Iterator<Item = Absence> + '_ {
    use Absence::*;
    [Skipped, DontKnow, NotApplicable, Refused, NotAsked]
        .into_iter()
        .filter(|absence| question.not_applicable || *absence != NotApplicable)
}

/// From 0 to the whole width of the question's scale or points.
pub fn gap_range(question: &Question) -> Range {
    let width = match &question.kind {
        QuestionKind::Numbered { from, to, .. } => to - from,
        QuestionKind::Options(choices) => {
            let points = || choices.iter().map(|choice| choice.points.clone());
            match (points().min(), points().max()) {
                (Some(low), Some(high)) => high - low,
                _ => Number::zero(),
            }
        }
        _ => Number::zero(),
    };
    Range::closed(Number::zero(), width)
}

/// The edges of all bands that are in force on a day.
fn edges(pack: &Pack, of: BandOf, as_of: Option<Date>) -> Vec<Number> {
    let lists = pack.dated_bands(of);
    Dated::on(lists, as_of).flat_map(|at| lists[at].value.edges()).collect()
}

/// The ends outside of which no score lies, whatever was asked.
fn widest(pack: &Pack, of: ScoreOf) -> Option<&(Number, Number)> {
    match of {
        ScoreOf::Area(area) => pack.area(area).widest.as_ref(),
        ScoreOf::Total => pack.total.as_ref()?.widest.as_ref(),
    }
}

pub fn ends(ends: Option<&(Number, Number)>) -> Range {
    match ends {
        Some((low, high)) => Range::closed(low.clone(), high.clone()),
        None => Range::everything(),
    }
}

fn included(test: &Test) -> Vec<usize> {
    match &test.check {
        Check::Includes { labels, .. } => labels.clone(),
        _ => Vec::new(),
    }
}

/// Every number at which one of the lines changes its mind; `edges` are those of the bands.
fn numbers(tests: &[&Test], edges: &[Number], values: &Values) -> Vec<Number> {
    let mut out = Vec::new();
    for test in tests {
        out.extend(test.check.limits().iter().map(|limit| limit.among(values).into_owned()));
        if matches!(test.subject, Subject::Band(_)) {
            out.extend(edges.iter().cloned());
        }
    }
    out.sort();
    out.dedup();
    out
}
