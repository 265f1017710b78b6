//! What a respondent was asked and measured, one input at a time: which of it a rule looks at, and how to take it out.

use std::collections::BTreeSet;

use crate::model::{
    Absence, Answer, BandOf, Formula, FormulaName, Measured, Method, MetricId, Number, Pack, QuestionId,
    Respondent, ScoreOf, Subject, subjects,
};

/// One thing that is known of a respondent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    Answer(QuestionId),
    /// What a voice, by its place, says to a question.
    Voice(usize, QuestionId),
    Metric(MetricId),
}

const NOT_ASKED: Answer = Answer::Absent(Absence::NotAsked);
const SKIPPED: Answer = Answer::Absent(Absence::Skipped);

/// Everything that is known, in the order of the pack.
pub fn inputs(respondent: &Respondent) -> Vec<Input> {
    let mut out = Vec::new();
    for (place, answer) in respondent.answers.iter().enumerate() {
        let id = QuestionId(place);
        if *answer != SKIPPED && !(*answer == NOT_ASKED && is_voiced(respondent, id)) {
            out.push(Input::Answer(id));
        }
    }
    for (at, voice) in respondent.voices.iter().enumerate() {
        let said = voice.answers.iter().enumerate().filter(|(_, answer)| **answer != NOT_ASKED);
        out.extend(said.map(|(place, _)| Input::Voice(at, QuestionId(place))));
    }
    let measured = respondent.metrics.iter().enumerate().filter(|(_, value)| value.is_some());
    out.extend(measured.map(|(place, _)| Input::Metric(MetricId(place))));
    out
}

fn is_voiced(respondent: &Respondent, id: QuestionId) -> bool {
    respondent.voices.iter().any(|voice| voice.answers[id.0] != NOT_ASKED)
}

/// The same respondent without some inputs.
pub fn without(respondent: &Respondent, dropped: &[Input]) -> Respondent {
    let mut out = respondent.clone();
    for input in dropped {
        match *input {
            Input::Answer(id) => out.answers[id.0] = SKIPPED,
            Input::Metric(id) => out.metrics[id.0] = None,
            Input::Voice(at, id) => {
                out.voices[at].answers[id.0] = NOT_ASKED;
                if !is_voiced(&out, id) {
                    out.answers[id.0] = SKIPPED;
                }
            }
        }
    }
    out.voices.retain(|voice| voice.answers.iter().any(|answer| *answer != NOT_ASKED));
    out
}

/// The same respondent with another value of a metric.
pub fn with_metric(respondent: &Respondent, id: MetricId, value: Number) -> Respondent {
    let mut out = respondent.clone();
    out.metrics[id.0] = Some(Measured::whole(value));
    out
}

/// The questions and metrics that names of conditions rest on, through scores, formulas and what is asked only of some.
#[derive(Default)]
pub struct Reach {
    pub questions: BTreeSet<QuestionId>,
    pub metrics: BTreeSet<MetricId>,
    /// What something is divided by.
    pub divisors: BTreeSet<MetricId>,
    seen: BTreeSet<Subject>,
}

impl Reach {
    pub fn add(&mut self, subject: Subject, pack: &Pack) {
        if !self.seen.insert(subject) {
            return;
        }
        match subject {
            Subject::Answer(id) | Subject::Gap(id) => {
                self.questions.insert(id);
                if let Some(ask_if) = &pack.question(id).ask_if {
                    self.condition(&ask_if.when, pack);
                }
            }
            Subject::Band(BandOf::Score(of)) | Subject::Score(of) => {
                self.score(of, pack);
                for dated in pack.dated_bands(BandOf::Score(of)) {
                    dated.only.iter().for_each(|only| self.condition(only, pack));
                }
            }
            Subject::Band(BandOf::Metric(id))
            | Subject::Metric(id)
            | Subject::Points(id)
            | Subject::Trend(id) => {
                let metric = pack.metric(id);
                self.metrics.insert(id);
                metric.formula.iter().for_each(|formula| self.formula(formula, pack));
                metric.valid_if.iter().for_each(|when| self.condition(when, pack));
                let only = metric.bands.iter().flat_map(|dated| &dated.only);
                let only = only.chain(metric.points.iter().flat_map(|dated| &dated.only));
                only.for_each(|when| self.condition(when, pack));
            }
            Subject::Derived(id) => {
                pack.derived(id).formula.iter().for_each(|formula| self.formula(formula, pack));
            }
        }
    }

    pub fn holds(&self, input: Input) -> bool {
        match input {
            Input::Answer(id) | Input::Voice(_, id) => self.questions.contains(&id),
            Input::Metric(id) => self.metrics.contains(&id),
        }
    }

    fn condition(&mut self, condition: &crate::model::Condition, pack: &Pack) {
        subjects(condition, pack).into_iter().for_each(|subject| self.add(subject, pack));
    }

    fn score(&mut self, of: ScoreOf, pack: &Pack) {
        let areas = match of {
            ScoreOf::Area(area) => vec![area],
            ScoreOf::Total => (0..pack.areas.len()).map(crate::model::AreaId).collect(),
        };
        for id in areas {
            let area = pack.area(id);
            area.questions.iter().for_each(|question| self.add(Subject::Answer(*question), pack));
            area.metrics.iter().for_each(|metric| self.add(Subject::Points(*metric), pack));
        }
        let Some(scoring) = pack.scoring(of) else { return };
        scoring.valid_if.iter().for_each(|when| self.condition(when, pack));
        if let Method::Formula(formula) = &scoring.method {
            self.formula(formula, pack);
        }
    }

    fn formula(&mut self, formula: &Formula, pack: &Pack) {
        for name in formula.names() {
            let subject = match name {
                FormulaName::Metric(id) => Subject::Metric(id),
                FormulaName::Points(id) => Subject::Points(id),
                FormulaName::Answer(id) => Subject::Answer(id),
                FormulaName::Score(of) => Subject::Score(of),
                FormulaName::Derived(id) => Subject::Derived(id),
            };
            self.add(subject, pack);
        }
        self.divided(formula);
    }

    fn divided(&mut self, formula: &Formula) {
        match formula {
            Formula::Divide(a, b) => {
                if let Formula::Metric(id) = b.as_ref() {
                    self.divisors.insert(*id);
                }
                self.divided(a);
                self.divided(b);
            }
            Formula::Add(a, b) | Formula::Subtract(a, b) | Formula::Multiply(a, b) => {
                self.divided(a);
                self.divided(b);
            }
            Formula::Least(parts) | Formula::Greatest(parts) => {
                parts.iter().for_each(|part| self.divided(part));
            }
            Formula::Absolute(inner) | Formula::Scale(inner, _) => self.divided(inner),
            _ => {}
        }
    }
}
