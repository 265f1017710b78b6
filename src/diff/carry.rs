//! From one pack to another: places by names, conditions in the other pack's places, respondents as far as they fit.

use std::collections::BTreeMap;

use super::basis::Bases;
use super::written;
use crate::model::{
    Absence, Answer, AreaId, BandOf, Bands, Check, Comparison, Condition, Dated, DerivedId, Limit, MetricId,
    Number, Pack, Question, QuestionId, QuestionKind, Respondent, ScoreOf, Subject, Test, Voice,
};
use crate::source::Span;

/// The way from one pack to another.
pub struct Way<'p> {
    pub from: &'p Pack,
    pub to: &'p Pack,
    questions: Vec<Option<usize>>,
    metrics: Vec<Option<usize>>,
    areas: Vec<Option<usize>>,
    derived: Vec<Option<usize>>,
}

/// For each item the place of the one with the same id.
fn places<'a>(from: impl Iterator<Item = &'a str>, to: impl Iterator<Item = &'a str>) -> Vec<Option<usize>> {
    let there: BTreeMap<&str, usize> = to.enumerate().map(|(place, id)| (id, place)).collect();
    from.map(|id| there.get(id).copied()).collect()
}

impl<'p> Way<'p> {
    pub fn new(from: &'p Pack, to: &'p Pack) -> Way<'p> {
        fn ids<'a, T>(list: &'a [T], id: impl Fn(&'a T) -> &'a str + 'a) -> impl Iterator<Item = &'a str> {
            list.iter().map(id)
        }
        Way {
            from,
            to,
            questions: places(ids(&from.questions, |q| &q.id), ids(&to.questions, |q| &q.id)),
            metrics: places(ids(&from.metrics, |m| &m.id), ids(&to.metrics, |m| &m.id)),
            areas: places(ids(&from.areas, |a| &a.id), ids(&to.areas, |a| &a.id)),
            derived: places(ids(&from.derived, |d| &d.id), ids(&to.derived, |d| &d.id)),
        }
    }

    /// A name's counterpart: the same thing by its id.
    pub fn subject(&self, subject: Subject) -> Option<Subject> {
        let question = |id: QuestionId| self.questions[id.0].map(QuestionId);
        let metric = |id: MetricId| self.metrics[id.0].map(MetricId);
        let score = |of: ScoreOf| match of {
            ScoreOf::Area(id) => self.areas[id.0].map(|place| ScoreOf::Area(AreaId(place))),
            ScoreOf::Total => self.to.total.as_ref().map(|_| ScoreOf::Total),
        };
        Some(match subject {
            Subject::Answer(id) => Subject::Answer(question(id)?),
            Subject::Gap(id) => Subject::Gap(question(id)?),
            Subject::Score(of) => Subject::Score(score(of)?),
            Subject::Metric(id) => Subject::Metric(metric(id)?),
            Subject::Points(id) => Subject::Points(metric(id)?),
            Subject::Trend(id) => Subject::Trend(metric(id)?),
            Subject::Derived(id) => Subject::Derived(DerivedId(self.derived[id.0]?)),
            Subject::Band(BandOf::Metric(id)) => Subject::Band(BandOf::Metric(metric(id)?)),
            Subject::Band(BandOf::Score(of)) => Subject::Band(BandOf::Score(score(of)?)),
        })
    }

    /// A condition in the other pack's places that comes to the same truth for the same answers; else the names
    /// that stand for something else there. Named conditions and thresholds are put in.
    pub fn condition(
        &self,
        condition: &Condition,
        own: &Bases<'_>,
        other: &Bases<'_>,
    ) -> Result<Condition, Vec<String>> {
        let list = |parts: &[Condition]| {
            let mut out = Vec::new();
            let mut wrong = Vec::new();
            for part in parts {
                match self.condition(part, own, other) {
                    Ok(part) => out.push(part),
                    Err(names) => wrong.extend(names),
                }
            }
            if wrong.is_empty() { Ok(out) } else { Err(wrong) }
        };
        Ok(match condition {
            Condition::All(parts) => Condition::All(list(parts)?),
            Condition::Any(parts) => Condition::Any(list(parts)?),
            Condition::AtLeast(n, parts) => Condition::AtLeast(*n, list(parts)?),
            Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner, own, other)?)),
            Condition::Named(id, _) => self.condition(&self.from.condition(*id).when, own, other)?,
            Condition::Test(test) => self.test(test, own, other)?,
        })
    }

    fn test(&self, test: &Test, own: &Bases<'_>, other: &Bases<'_>) -> Result<Condition, Vec<String>> {
        let name = || vec![written::name(self.from, test.subject)];
        let there = self.subject(test.subject).ok_or_else(name)?;
        if own.subject(test.subject) == other.subject(there) {
            let check = self.check(test).ok_or_else(name)?;
            return Ok(Condition::Test(Test { subject: there, check, span: test.span }));
        }
        // Where only the bands moved, a band is a range of a number that both packs know.
        if let (Subject::Band(of), Subject::Band(there)) = (test.subject, there) {
            let (here, there) = (number_behind(of), number_behind(there));
            if own.subject(here) == other.subject(there) {
                return ranges(self.from, of, &test.check, there, test.span).ok_or_else(name);
            }
        }
        Err(name())
    }

    /// A check whose labels are the other pack's places, and whose numbers stand for themselves.
    fn check(&self, test: &Test) -> Option<Check> {
        let limit = |limit: &Limit| Limit::Number(limit.on(self.from, None).into_owned());
        let labels =
            |list: &[usize]| list.iter().map(|at| self.label(test.subject, *at)).collect::<Option<_>>();
        Some(match &test.check {
            Check::Compare(comparison, against) => Check::Compare(*comparison, limit(against)),
            Check::Between { low, high, negated } => {
                Check::Between { low: limit(low), high: limit(high), negated: *negated }
            }
            Check::OneOf { labels: list, negated } => {
                Check::OneOf { labels: labels(list)?, negated: *negated }
            }
            Check::OneOfNumbers { numbers, negated } => {
                Check::OneOfNumbers { numbers: numbers.iter().map(limit).collect(), negated: *negated }
            }
            Check::Absent { kind, negated } => Check::Absent { kind: *kind, negated: *negated },
            Check::Includes { labels: list, all } => Check::Includes { labels: labels(list)?, all: *all },
        })
    }

    fn label(&self, subject: Subject, at: usize) -> Option<usize> {
        match (subject, self.subject(subject)?) {
            (Subject::Band(here), Subject::Band(there)) => {
                let id = &self.from.band_names(here).get(at)?.id;
                self.to.band_names(there).iter().position(|name| name.id == *id)
            }
            (Subject::Answer(here), Subject::Answer(there)) => {
                let id = &self.from.question(here).kind.choices().get(at)?.id;
                self.to.question(there).kind.choices().iter().position(|choice| choice.id == *id)
            }
            _ => None,
        }
    }

    /// Whoever answers the other pack in the same way, as far as it asks the same and takes such an answer.
    pub fn respondent(&self, from: &Respondent) -> Respondent {
        let answers = |given: &[Answer], absence: Absence| {
            let mut out = vec![Answer::Absent(absence); self.to.questions.len()];
            for (place, answer) in given.iter().enumerate() {
                if let Some(there) = self.questions[place]
                    && let Some(answer) =
                        taken(&self.from.questions[place], answer, &self.to.questions[there])
                {
                    out[there] = answer;
                }
            }
            out
        };
        let mut metrics = vec![None; self.to.metrics.len()];
        for (place, given) in from.metrics.iter().enumerate() {
            let (Some(there), Some(given)) = (self.metrics[place], given) else { continue };
            let metric = &self.to.metrics[there];
            let inside =
                metric.range.as_ref().is_none_or(|(low, high)| *low <= given.value && given.value <= *high);
            if metric.unit == self.from.metrics[place].unit && inside {
                metrics[there] = Some(given.clone());
            }
        }
        let mut own = answers(&from.answers, Absence::Skipped);
        let mut voices: Vec<Voice> = Vec::new();
        for voice in &from.voices {
            let mut said = answers(&voice.answers, Absence::NotAsked);
            for (place, answer) in said.iter_mut().enumerate() {
                let asked = &self.to.questions[place].voices;
                if *answer != NOT_ASKED && !asked.contains(&voice.role) {
                    *answer = NOT_ASKED;
                }
                if *answer != NOT_ASKED {
                    own[place] = NOT_ASKED;
                }
            }
            if said.iter().any(|answer| *answer != NOT_ASKED) {
                voices.push(Voice { role: voice.role.clone(), answers: said });
            }
        }
        Respondent {
            answers: own,
            voices,
            metrics,
            rounds: from.rounds.iter().map(|round| self.respondent(round)).collect(),
            problems: Vec::new(),
            ..from.clone()
        }
    }

    /// The questions and metrics of the one pack that the other one has too, by their ids.
    pub fn shares(&self, question: usize) -> bool {
        self.questions[question].is_some()
    }

    pub fn shares_metric(&self, metric: usize) -> bool {
        self.metrics[metric].is_some()
    }
}

const NOT_ASKED: Answer = Answer::Absent(Absence::NotAsked);

/// An answer as another question takes it; none where it does not.
fn taken(from: &Question, answer: &Answer, to: &Question) -> Option<Answer> {
    let place = |at: &usize| {
        let id = &from.kind.choices().get(*at)?.id;
        to.kind.choices().iter().position(|choice| choice.id == *id)
    };
    match (answer, &to.kind) {
        (Answer::Absent(Absence::NotApplicable), _) => to.not_applicable.then(|| answer.clone()),
        (Answer::Absent(_), _) => Some(answer.clone()),
        (Answer::Number(value), QuestionKind::Numbered { from, to: high, step, .. }) => {
            let inside = from <= value && value <= high;
            (inside && (step.is_none() || to.kind.step_of(value).is_some())).then(|| answer.clone())
        }
        (Answer::Number(value), QuestionKind::Number { range, .. }) => {
            let same = from.kind == to.kind;
            let inside = range.as_ref().is_none_or(|(low, high)| low <= value && value <= high);
            (same && inside).then(|| answer.clone())
        }
        (Answer::Option(at), QuestionKind::Options(_) | QuestionKind::Profile(_)) => {
            place(at).map(Answer::Option)
        }
        (Answer::Many(list), QuestionKind::Many(_)) => {
            let mut places: Vec<usize> = list.iter().map(place).collect::<Option<_>>()?;
            places.sort_unstable();
            Some(Answer::Many(places))
        }
        (Answer::Text(_), QuestionKind::Text) => Some(answer.clone()),
        _ => None,
    }
}

pub fn number_behind(of: BandOf) -> Subject {
    match of {
        BandOf::Metric(id) => Subject::Metric(id),
        BandOf::Score(of) => Subject::Score(of),
    }
}

/// What a pack's bands say of a number, as comparisons of another pack's name for it. None where the bands hang on
/// more than the number.
///
/// Bands side by side make one range, so that a value that lies between two ends is as certain in it as in the bands.
fn ranges(pack: &Pack, of: BandOf, check: &Check, there: Subject, span: Span) -> Option<Condition> {
    let list = pack.dated_bands(of);
    let [now] = &list[Dated::on(list, None)] else { return None };
    if now.only.is_some() {
        return None;
    }
    match check {
        Check::Absent { .. } => Some(Condition::Test(Test { subject: there, check: check.clone(), span })),
        Check::OneOf { labels, negated } => {
            let inside = within(&now.value, labels, there, span)?;
            Some(if *negated { Condition::Not(Box::new(inside)) } else { inside })
        }
        _ => None,
    }
}

/// The number lies in one of these bands. None where all numbers do or none does, which no comparison says.
fn within(bands: &Bands, labels: &[usize], subject: Subject, span: Span) -> Option<Condition> {
    let compare = |comparison: Comparison, number: &Number| {
        let check = Check::Compare(comparison, Limit::Number(number.clone()));
        Condition::Test(Test { subject, check, span })
    };
    let mut edges = bands.edges();
    edges.sort();
    edges.dedup();
    // Each edge itself and each gap between two, from the lowest to the highest, in turns: gap, edge, gap …
    let mut cells: Vec<bool> = Vec::new();
    for (at, edge) in edges.iter().enumerate() {
        let below = match at.checked_sub(1) {
            Some(before) => (&edges[before] + edge) * Number::ratio(1, 2),
            None => edge - &Number::one(),
        };
        cells.push(labels.contains(&bands.of(&below)));
        cells.push(labels.contains(&bands.of(edge)));
    }
    let above = edges.last().map_or_else(Number::zero, |last| last + &Number::one());
    cells.push(labels.contains(&bands.of(&above)));
    let mut runs = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        if !cells[at] {
            at += 1;
            continue;
        }
        let start = at;
        while at + 1 < cells.len() && cells[at + 1] {
            at += 1;
        }
        let mut ends = Vec::new();
        // An odd place is an edge, which belongs to the run; an even one lies between two.
        if start % 2 == 1 {
            ends.push(compare(Comparison::AtLeast, &edges[start / 2]));
        } else if start > 0 {
            ends.push(compare(Comparison::Greater, &edges[start / 2 - 1]));
        }
        if at % 2 == 1 {
            ends.push(compare(Comparison::AtMost, &edges[at / 2]));
        } else if at < cells.len() - 1 {
            ends.push(compare(Comparison::Less, &edges[at / 2]));
        }
        if ends.is_empty() {
            return None;
        }
        runs.push(Condition::All(ends));
        at += 1;
    }
    (!runs.is_empty()).then_some(Condition::Any(runs))
}
