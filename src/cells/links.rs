//! What binds axes to each other: scores rest on answers, the total on areas, metrics on their parts.

use std::collections::BTreeMap;

use super::Space;
use super::axis::{Axis, AxisOf};
use super::bits::Bits;
use super::choices::{Allowed, Stage, choices, spread};
use super::measure::{self, Figure};
use super::query::Query;
use super::range::Range;
use super::scores;
use super::trends;
use super::whole::Plan;
use crate::model::{AreaId, Dated, MetricId, QuestionId, ScoreOf};

/// Whether something can be, and how.
pub enum Verdict<T> {
    Yes(T),
    No,
    Unknown,
}

/// Axes that share an answer or a figure, in lists; and for each axis its list.
pub fn clusters(space: &Space<'_>, axes: &[Axis]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let inputs: Vec<&[usize]> = axes.iter().map(|axis| space.inputs(axis.of)).collect();
    let mut cluster_of: Vec<usize> = (0..axes.len()).collect();
    for a in 0..axes.len() {
        for b in 0..a {
            if cluster_of[a] != cluster_of[b] && share(inputs[a], inputs[b]) {
                let (from, to) = (cluster_of[a], cluster_of[b]);
                cluster_of.iter_mut().filter(|of| **of == from).for_each(|of| *of = to);
            }
        }
    }
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    for (axis, of) in cluster_of.iter_mut().enumerate() {
        let at = *place.entry(*of).or_insert_with(|| {
            clusters.push(Vec::new());
            clusters.len() - 1
        });
        clusters[at].push(axis);
        *of = at;
    }
    (clusters, cluster_of)
}

/// Whether two ascending lists have a member in common.
fn share(a: &[usize], b: &[usize]) -> bool {
    let (mut at, mut other) = (0, 0);
    while at < a.len() && other < b.len() {
        match a[at].cmp(&b[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

/// The axes of one cluster by what they measure.
#[derive(Default)]
pub struct Bound {
    answers: BTreeMap<QuestionId, usize>,
    gaps: BTreeMap<QuestionId, usize>,
    pub scores: BTreeMap<ScoreOf, usize>,
    figures: BTreeMap<Figure, usize>,
    pub trends: BTreeMap<MetricId, usize>,
}

/// What a cluster's axes are allowed to be.
pub struct Domains<'a, 'q, 'p> {
    pub query: &'a Query<'q, 'p>,
    pub bound: Bound,
    domains: &'a [Bits],
}

impl<'a> Domains<'a, '_, '_> {
    pub fn question(&self, id: QuestionId) -> Allowed<'_> {
        Allowed {
            answer: self.bound.answers.get(&id).map(|axis| self.axis(*axis)),
            gap: self.bound.gaps.get(&id).map(|axis| self.axis(*axis)),
            fixed: self.query.fixed.get(&id).map(Vec::as_slice),
        }
    }

    /// Questions of this cluster that none of these areas scores.
    pub fn loose(&self, areas: &[AreaId]) -> Vec<QuestionId> {
        let pack = self.query.space.pack;
        let scored = |id: &QuestionId| areas.iter().any(|area| pack.area(*area).questions.contains(id));
        let mut out: Vec<QuestionId> = self
            .bound
            .answers
            .keys()
            .chain(self.bound.gaps.keys())
            .filter(|id| !scored(id))
            .copied()
            .collect();
        out.sort();
        out.dedup();
        out
    }

    pub fn axis(&self, axis: usize) -> (&Axis, &'a Bits) {
        (&self.query.axes[axis], &self.domains[axis])
    }

    pub fn score(&self, of: ScoreOf) -> Option<(&Axis, &'a Bits)> {
        self.bound.scores.get(&of).map(|axis| self.axis(*axis))
    }
}

/// Whether the axes of a cluster can all lie within their domains.
pub fn solve(query: &Query<'_, '_>, axes: &[usize], domains: &[Bits]) -> Verdict<Plan> {
    let mut bound = Bound::default();
    for axis in axes {
        match query.axes[*axis].of {
            AxisOf::Answer(id) => bound.answers.insert(id, *axis),
            AxisOf::Gap(id) => bound.gaps.insert(id, *axis),
            AxisOf::Score(of) => bound.scores.insert(of, *axis),
            AxisOf::Metric(id) => bound.figures.insert(Figure::Metric(id), *axis),
            AxisOf::Derived(id) => bound.figures.insert(Figure::Derived(id), *axis),
            AxisOf::Trend(id) => bound.trends.insert(id, *axis),
        };
    }
    let domains = Domains { query, bound, domains };
    let figures = match figures_of(&domains) {
        Verdict::Yes(plan) => trends::solve(&domains, plan),
        other => other,
    };
    match (figures, answers_of(&domains)) {
        (Verdict::No, _) | (_, Verdict::No) => Verdict::No,
        (Verdict::Yes(figures), Verdict::Yes(mut plan)) => {
            plan.extend(figures);
            Verdict::Yes(plan)
        }
        _ => Verdict::Unknown,
    }
}

fn answers_of(domains: &Domains<'_, '_, '_>) -> Verdict<Plan> {
    if !domains.bound.scores.is_empty() {
        return scores::solve(domains);
    }
    let mut plan = Plan::default();
    let questions = domains.bound.answers.keys().chain(domains.bound.gaps.keys());
    for id in questions {
        if plan.answers.iter().any(|(known, _)| known == id) {
            continue;
        }
        let question = domains.query.space.pack.question(*id);
        let allowed = domains.question(*id);
        let found = [Stage::Complete, Stage::Voices]
            .into_iter()
            .find_map(|stage| choices(question, allowed, stage).into_iter().next());
        match found {
            Some(choice) => plan.answers.push((*id, choice.saying)),
            None if spread(question, allowed).is_empty() => return Verdict::No,
            None => return Verdict::Unknown,
        }
    }
    Verdict::Yes(plan)
}

/// Figures of one cluster: those that lines look at, and the parts from which they are worked out.
fn figures_of(domains: &Domains<'_, '_, '_>) -> Verdict<Plan> {
    let pack = domains.query.space.pack;
    let figures = &domains.bound.figures;
    if figures.is_empty() {
        return Verdict::Yes(Plan::default());
    }
    // Where a table depends on an answer, a band says more than the figure.
    let as_of = domains.query.space.as_of;
    let open = |figure: &Figure| match figure {
        Figure::Metric(id) => {
            let metric = pack.metric(*id);
            Dated::on(&metric.bands, as_of).len() > 1 || Dated::on(&metric.points, as_of).len() > 1
        }
        Figure::Derived(_) => false,
    };
    if figures.keys().any(open) {
        return Verdict::Unknown;
    }
    // What each may be: ranges, or nothing.
    let mut wanted: Vec<(Figure, Vec<Option<Range>>)> = Vec::new();
    for (figure, axis) in figures {
        let (axis, bits) = domains.axis(*axis);
        let mut states: Vec<Option<Range>> =
            axis.allowed_cells(bits).into_iter().cloned().map(Some).collect();
        if axis.allows_number(bits, None) {
            states.push(None);
        }
        wanted.push((*figure, states));
    }
    measure::measure(pack, &wanted, &domains.query.fixed_metrics)
}
