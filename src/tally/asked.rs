//! What many said to one question.

use super::spread::Spread;
use crate::model::{Absence, Findings, Heard, Number, Pack, Question, QuestionId, QuestionKind};

/// A scale with more steps than this is counted in stretches.
const MOST_STEPS: usize = 12;
/// So many stretches stand for a scale without steps, or with many.
const STRETCHES: usize = 5;

/// The answers to one question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answers {
    /// How many gave each answer: a step of the scale, a stretch of it, or an option.
    pub places: Vec<usize>,
    /// How many gave an answer of that kind; of several options several may be one person's.
    pub counted: usize,
    /// How many voices of one respondent chose different options.
    pub mixed: usize,
    /// How many gave none, by [`Absence::ALL`].
    pub absent: [usize; 5],
    /// The answers as numbers: of the scale, or what options are worth.
    pub values: Spread,
}

/// The answers that are counted apart, as places; none for text and free numbers.
pub fn place_labels(question: &Question) -> Vec<String> {
    match &question.kind {
        QuestionKind::Numbered { from, to, step, .. } => match steps(question) {
            Some(count) => (0..count)
                .filter_map(|at| question.kind.step_at(at))
                .map(|value| match question.kind.label_of(&value) {
                    Some(label) => label.to_owned(),
                    None => value.shown(1, &[]),
                })
                .collect(),
            None => {
                let edge = |at: usize| {
                    let way = &(to - from) * &Number::ratio(at as i64, STRETCHES as i64);
                    let places = u32::from(step.is_none());
                    (from + &way).shown(places, &[])
                };
                (0..STRETCHES).map(|at| format!("{} to {}", edge(at), edge(at + 1))).collect()
            }
        },
        kind => kind.choices().iter().map(|choice| choice.label.clone()).collect(),
    }
}

/// The number of steps, where each is counted apart.
fn steps(question: &Question) -> Option<usize> {
    let QuestionKind::Numbered { from, to, step: Some(step), .. } = &question.kind else { return None };
    let count = (to - from).checked_div(step)?.floor().to_usize()? + 1;
    (count <= MOST_STEPS).then_some(count)
}

/// The place of a number; what lies between two steps, as a mean of several voices may, goes to the nearer, the upper of two.
fn place_of(question: &Question, value: &Number) -> Option<usize> {
    let QuestionKind::Numbered { from, to, step, .. } = &question.kind else { return None };
    match (steps(question), step) {
        (Some(count), Some(step)) => {
            let way = (value - from).checked_div(step)?;
            let nearest = (&way + &Number::ratio(1, 2)).floor().to_usize()?;
            Some(nearest.min(count - 1))
        }
        _ => {
            let way = (value - from).checked_div(&(to - from))?;
            let stretch = (&way * &Number::from(STRETCHES)).floor().to_usize()?;
            Some(stretch.min(STRETCHES - 1))
        }
    }
}

impl Answers {
    pub fn new(question: &Question) -> Answers {
        Answers {
            places: vec![0; place_labels(question).len()],
            counted: 0,
            mixed: 0,
            absent: [0; 5],
            values: Spread::default(),
        }
    }

    pub fn add(&mut self, pack: &Pack, findings: &Findings, id: QuestionId) {
        let question = pack.question(id);
        match findings.values.answer(id) {
            Heard::Number(value) => {
                self.count(place_of(question, value).as_slice());
                self.values.add(value, 1);
            }
            Heard::Option(option) => {
                self.count(&[*option]);
                if let QuestionKind::Options(choices) = &question.kind
                    && let Some(choice) = choices.get(*option)
                {
                    self.values.add(&choice.points, 1);
                }
            }
            Heard::Many(options) => self.count(options),
            Heard::Text(_) => self.count(&[]),
            Heard::Mixed(_) => self.mixed += 1,
            Heard::Absent(absence) => {
                let kind = Absence::ALL.iter().position(|known| known == absence);
                self.absent[kind.unwrap_or(0)] += 1;
            }
        }
    }

    fn count(&mut self, places: &[usize]) {
        self.counted += 1;
        for at in places {
            if let Some(times) = self.places.get_mut(*at) {
                *times += 1;
            }
        }
    }

    /// From 0, where all say the same, to 1, where half of them stands at each end; none for questions without ends.
    pub fn disagreement(&self, question: &Question) -> Option<Number> {
        let (low, high) = question.raw_ends()?;
        self.values.disagreement(&low, &high)
    }

    /// Two camps, the lower first: two answers, each given by a quarter or more, and every one between them by less than
    /// half as many as the smaller camp. Of several pairs the one whose smaller camp is largest.
    pub fn camps(&self, question: &Question) -> Option<(usize, usize)> {
        question.raw_ends()?;
        let order = by_worth(question, self.places.len());
        let times: Vec<usize> = order.iter().map(|at| self.places[*at]).collect();
        let mut best: Option<(usize, (usize, usize))> = None;
        for low in 0..times.len() {
            for high in low + 2..times.len() {
                let camp = times[low].min(times[high]);
                let between = times[low + 1..high].iter().max().copied().unwrap_or(0);
                let apart = camp * 4 >= self.counted && camp > 0 && between * 2 < camp;
                if apart && best.is_none_or(|(size, _)| camp > size) {
                    best = Some((camp, (order[low], order[high])));
                }
            }
        }
        best.map(|(_, camps)| camps)
    }
}

/// Places in the order of what they are worth: options need not stand so.
pub fn by_worth(question: &Question, places: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places).collect();
    if let QuestionKind::Options(choices) = &question.kind {
        order.sort_by(|a, b| choices[*a].points.cmp(&choices[*b].points).then(a.cmp(b)));
    }
    order
}
