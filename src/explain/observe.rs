//! The numbers that a rule's lines look at, and the places at which a line turns.

use std::collections::BTreeSet;

use crate::model::{
    BandOf, Bands, Check, Condition, ConditionId, Findings, Heard, MetricId, Number, Pack, QuestionId,
    QuestionKind, Rule, ScoreOf, Subject, Test, Values,
};

/// A number that a rule looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// The number itself, where a line names its band.
    pub subject: Subject,
    /// Where one of the rule's lines turns, ascending, each once.
    pub edges: Vec<Number>,
}

/// Every line of a rule, those of named conditions too, in the order met; a name is entered once.
pub fn tests<'p>(pack: &'p Pack, rule: &'p Rule) -> Vec<&'p Test> {
    let mut out = Vec::new();
    let mut seen: BTreeSet<ConditionId> = BTreeSet::new();
    let mut open: Vec<&Condition> = rule.unless.iter().collect();
    open.push(&rule.when);
    while let Some(condition) = open.pop() {
        match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                open.extend(parts.iter().rev());
            }
            Condition::Not(inner) => open.push(inner),
            Condition::Named(id, _) if seen.insert(*id) => open.push(&pack.condition(*id).when),
            Condition::Named(..) => {}
            Condition::Test(test) => out.push(test),
        }
    }
    out
}

/// The numbers that a rule looks at, in the order met.
pub fn observed(pack: &Pack, values: &Values, rule: &Rule) -> Vec<Observed> {
    let mut out: Vec<Observed> = Vec::new();
    for test in tests(pack, rule) {
        let subject = number_of(test.subject);
        let edges = match test.subject {
            // Points turn with the number that they stand for.
            Subject::Points(id) => {
                pack.metric(id).points.iter().flat_map(|dated| dated.value.cuts.edges()).collect()
            }
            _ => edges(pack, values, test),
        };
        match out.iter_mut().find(|observed| observed.subject == subject) {
            Some(observed) => observed.edges.extend(edges),
            None => out.push(Observed { subject, edges }),
        }
    }
    for observed in &mut out {
        observed.edges.sort();
        observed.edges.dedup();
    }
    out
}

/// The number behind a band or points.
pub fn number_of(subject: Subject) -> Subject {
    match subject {
        Subject::Band(BandOf::Metric(id)) | Subject::Points(id) => Subject::Metric(id),
        Subject::Band(BandOf::Score(of)) => Subject::Score(of),
        other => other,
    }
}

/// Where a line turns, in its subject's unit, ascending; empty for labels and absences.
pub fn edges(pack: &Pack, values: &Values, test: &Test) -> Vec<Number> {
    let mut out = match (&test.check, test.subject) {
        (Check::OneOf { labels, .. }, Subject::Band(of)) => match bands(pack, values, of) {
            Some(bands) => turning(bands, labels),
            None => Vec::new(),
        },
        (check, _) => check.limits().iter().map(|limit| limit.among(values).into_owned()).collect(),
    };
    out.sort();
    out.dedup();
    out
}

/// The edges at which a value comes into one of these labels, or leaves them.
fn turning(bands: &Bands, labels: &[usize]) -> Vec<Number> {
    let inside = |value: &Number| labels.contains(&bands.of(value));
    let mut edges = bands.edges();
    edges.sort();
    edges.dedup();
    let half = Number::ratio(1, 2);
    let between = |a: Option<&Number>, b: Option<&Number>| match (a, b) {
        (Some(a), Some(b)) => &(a + b) * &half,
        (Some(a), None) => a + &Number::one(),
        (None, Some(b)) => b - &Number::one(),
        (None, None) => Number::zero(),
    };
    let turns = |at: &usize| {
        let (before, after) = (at.checked_sub(1).and_then(|before| edges.get(before)), edges.get(at + 1));
        let edge = &edges[*at];
        let (below, above) = (inside(&between(before, Some(edge))), inside(&between(Some(edge), after)));
        below != inside(edge) || above != inside(edge)
    };
    (0..edges.len()).filter(turns).map(|at| edges[at].clone()).collect()
}

/// The bands that hold for a respondent; the newest where that is not certain.
pub fn bands<'p>(pack: &'p Pack, values: &Values, of: BandOf) -> Option<&'p Bands> {
    let list = pack.dated_bands(of);
    let dated = match values.dated(of) {
        Some(at) => list.get(at),
        None => list.last(),
    };
    dated.map(|dated| &dated.value)
}

/// The number that a subject comes to, where it is one and certain.
pub fn reading(values: &Values, subject: Subject) -> Option<Number> {
    match number_of(subject) {
        Subject::Answer(id) => match values.answer(id) {
            Heard::Number(value) => Some(value.clone()),
            _ => None,
        },
        Subject::Score(of) => values.score(of).value().cloned(),
        Subject::Metric(id) => values.metric(id).value().cloned(),
        Subject::Gap(id) => values.gaps[id.0].clone(),
        Subject::Derived(id) => certain(values.derived(id)),
        Subject::Trend(id) => certain(values.trend(id)),
        Subject::Band(_) | Subject::Points(_) => None,
    }
}

fn certain(ends: Option<&(Number, Number)>) -> Option<Number> {
    ends.filter(|(low, high)| low == high).map(|(low, _)| low.clone())
}

/// The values as they would be if a subject's number were another one, and nothing else.
pub fn with_reading(pack: &Pack, values: &Values, subject: Subject, number: &Number) -> Values {
    let mut out = values.clone();
    match subject {
        Subject::Answer(id) => out.answers[id.0] = Heard::Number(number.clone()),
        Subject::Gap(id) => out.gaps[id.0] = Some(number.clone()),
        Subject::Derived(id) => out.derived[id.0] = Some((number.clone(), number.clone())),
        Subject::Trend(id) => out.trends[id.0] = Some((number.clone(), number.clone())),
        Subject::Score(of) | Subject::Band(BandOf::Score(of)) => {
            let banded = bands(pack, values, BandOf::Score(of)).map(|bands| bands.of(number));
            let score = match of {
                ScoreOf::Area(area) => &mut out.areas[area.0],
                ScoreOf::Total => &mut out.total,
            };
            score.ends = Some((number.clone(), number.clone()));
            score.bands = banded.into_iter().collect();
        }
        Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
            let banded = bands(pack, values, BandOf::Metric(id)).map(|bands| bands.of(number));
            let metric = &mut out.metrics[id.0];
            metric.ends = Some((number.clone(), number.clone()));
            metric.bands = banded.into_iter().collect();
            // Which of several tables holds is not known here: then the points are not either.
            metric.points = match pack.metric(id).points.as_slice() {
                [only] => only.value.between(number, number),
                _ => None,
            };
        }
    }
    out
}

/// The lowest and highest number that a subject can come to, where that is known.
pub fn range(pack: &Pack, subject: Subject) -> Option<(Number, Number)> {
    let zero = Number::zero();
    match number_of(subject) {
        Subject::Answer(id) => match &pack.question(id).kind {
            QuestionKind::Numbered { from, to, .. } => Some((from.clone(), to.clone())),
            QuestionKind::Number { range, .. } => range.clone(),
            _ => None,
        },
        Subject::Gap(id) => match &pack.question(id).kind {
            QuestionKind::Numbered { from, to, .. } => Some((zero, to - from)),
            QuestionKind::Options(_) => Some((zero, Number::from(100i64))),
            _ => None,
        },
        Subject::Score(of) => pack.score_range(of).cloned(),
        Subject::Metric(id) => pack.metric(id).reach.clone(),
        Subject::Trend(id) => pack.metric(id).reach.as_ref().map(|(low, high)| (low - high, high - low)),
        Subject::Derived(_) => None,
        Subject::Band(_) | Subject::Points(_) => None,
    }
}

/// What a line of the tree of conditions looks at, for machines.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The lower and the upper end of the number, equal where it is certain.
    pub ends: Option<(Number, Number)>,
    /// Where the line turns, ascending.
    pub edges: Vec<Number>,
    /// How far the certain number is from the nearest of them.
    pub margin: Option<Number>,
    /// The questions that were answered for it, in pack order.
    pub questions: Vec<QuestionId>,
    /// The metrics that were given for it, in pack order.
    pub metrics: Vec<MetricId>,
}

/// The facts of one line.
pub fn facts(pack: &Pack, findings: &Findings, test: &Test) -> Facts {
    let values = &findings.values;
    let edges = edges(pack, values, test);
    let value = match test.subject {
        Subject::Points(_) => None,
        subject => reading(values, subject),
    };
    let margin = value.as_ref().and_then(|value| edges.iter().map(|edge| (value - edge).abs()).min());
    let ends = match (test.subject, value) {
        (_, Some(value)) => Some((value.clone(), value)),
        (Subject::Score(of) | Subject::Band(BandOf::Score(of)), None) => values.score(of).ends.clone(),
        (Subject::Metric(id) | Subject::Band(BandOf::Metric(id)), None) => values.metric(id).ends.clone(),
        (Subject::Points(id), None) => values.metric(id).points.clone(),
        (Subject::Derived(id), None) => values.derived(id).cloned(),
        (Subject::Trend(id), None) => values.trend(id).cloned(),
        _ => None,
    };
    let needs = super::need::Needs::of_subjects(pack, vec![test.subject]);
    let given = |id: &MetricId| {
        let value = values.metric(*id);
        value.ends.is_some() && !value.computed
    };
    Facts {
        ends,
        edges,
        margin,
        questions: needs.questions.into_iter().collect(),
        metrics: needs.metrics.into_iter().filter(given).collect(),
    }
}
