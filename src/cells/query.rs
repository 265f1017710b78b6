//! One question to the space, cut into axes, and the depth-first search that answers it.

use std::collections::HashMap;

use super::Space;
use super::axis::{Axis, AxisOf};
use super::bits::Bits;
use super::goal::{Goal, What, Why};
use super::links::{self, Verdict};
use super::tree::Tree;
use super::truths::Truths;
use super::whole::Plan;
use crate::model::{Answer, MetricId, Number, QuestionId, Respondent, Test};
use crate::values::heard_alone;

/// Steps of the search before it gives up.
const STEPS: usize = 20_000;

/// What the search comes to.
pub enum Decision {
    Yes(Box<Respondent>),
    No,
    Open(Why),
}

pub struct Query<'q, 'p> {
    pub space: &'q Space<'p>,
    tree: Tree<'q>,
    /// The part of the tree that each claim is about, and what it may come to.
    claims: Vec<(usize, Truths)>,
    pub axes: Vec<Axis>,
    /// For each test its axis, and the states of it in which the test is true, false and unknown.
    masks: Vec<(usize, [Bits; 3])>,
    pub fixed: HashMap<QuestionId, Vec<Answer>>,
    pub fixed_metrics: HashMap<MetricId, Option<Number>>,
    /// Axes that rest on the same answers or figures.
    clusters: Vec<Vec<usize>>,
    cluster_of: Vec<usize>,
}

/// A part of the space still to be searched.
struct Place {
    domains: Vec<Bits>,
    /// The axis that was narrowed last.
    touched: Option<usize>,
}

impl<'q, 'p> Query<'q, 'p> {
    pub fn new(space: &'q Space<'p>, goal: &'q Goal<'q>) -> Query<'q, 'p> {
        let pack = space.pack;
        let mut tree = Tree::default();
        let mut claims = Vec::new();
        for (what, truths) in &goal.claims {
            let part = match what {
                What::Rule(id) => tree.add_rule(&pack.rules[id.0], pack),
                What::Condition(condition) => tree.add(condition, pack),
            };
            claims.push((part, *truths));
        }
        // Who leaves such a rule open is refused, and is nobody's witness.
        for place in &space.required {
            claims.push((tree.add_rule(&pack.rules[*place], pack), Truths::DECIDED));
        }
        let mut lists: Vec<(AxisOf, Vec<usize>)> = Vec::new();
        for (at, test) in tree.tests.iter().enumerate() {
            let of = AxisOf::of(test.subject);
            match lists.iter_mut().find(|(other, _)| *other == of) {
                Some((_, list)) => list.push(at),
                None => lists.push((of, vec![at])),
            }
        }
        let mut axes = Vec::new();
        let mut masks: Vec<Option<(usize, [Bits; 3])>> = tree.tests.iter().map(|_| None).collect();
        {
            let mut values = space.scratch.borrow_mut();
            for (place, (of, list)) in lists.into_iter().enumerate() {
                let tests: Vec<&Test> = list.iter().map(|at| tree.tests[*at]).collect();
                let (axis, each) = Axis::new(of, &tests, pack, space.as_of, &mut values);
                axes.push(axis);
                for (at, mask) in list.into_iter().zip(each) {
                    masks[at] = Some((place, mask));
                }
            }
        }
        let (clusters, cluster_of) = links::clusters(space, &axes);
        Query {
            space,
            claims,
            axes,
            masks: masks.into_iter().flatten().collect(),
            fixed: goal.answers.iter().cloned().collect(),
            fixed_metrics: goal.metrics.iter().cloned().collect(),
            clusters,
            cluster_of,
            tree,
        }
    }

    /// Looks for somebody for whom every claim holds.
    pub fn decide(&self, goal: &Goal<'_>) -> Decision {
        let start: Vec<Bits> = self.axes.iter().map(|axis| self.start(axis)).collect();
        let complete = self.axes.iter().all(|axis| axis.complete);
        let mut open = (!complete).then_some(Why::Values);
        let mut memo: HashMap<(usize, Vec<Bits>), bool> = HashMap::new();
        let mut stack = vec![Place { domains: start, touched: None }];
        let (mut tests, mut possible) = (Vec::new(), Vec::new());
        let mut steps = 0;
        while let Some(place) = stack.pop() {
            steps += 1;
            if steps > STEPS {
                return Decision::Open(Why::Budget);
            }
            if place.domains.iter().any(Bits::is_empty) {
                continue;
            }
            self.truths(&place.domains, &mut tests);
            self.tree.possible(&tests, &mut possible);
            if self.claims.iter().any(|(part, wanted)| !possible[*part].meets(*wanted)) {
                continue;
            }
            if let Some(axis) = place.touched
                && !self.can(self.cluster_of[axis], &place.domains, &mut memo)
            {
                continue;
            }
            let unsettled = self.claims.iter().find(|(part, wanted)| !possible[*part].is_within(*wanted));
            let Some((part, wanted)) = unsettled else {
                match self.somebody(&place.domains, goal) {
                    Verdict::Yes(respondent) => return Decision::Yes(respondent),
                    Verdict::No => {}
                    Verdict::Unknown => open = Some(Why::Values),
                }
                continue;
            };
            let Some((test, aim)) = self.tree.choose(*part, *wanted, &possible) else {
                open = Some(Why::Budget);
                continue;
            };
            let (axis, _) = self.masks[test];
            let aimed = self.mask(test, aim);
            let inside = place.domains[axis].and(&aimed);
            let outside = place.domains[axis].without(&aimed);
            let with = |bits: Bits| {
                let mut domains = place.domains.clone();
                domains[axis] = bits;
                Place { domains, touched: Some(axis) }
            };
            stack.push(with(outside));
            stack.push(with(inside));
        }
        open.map_or(Decision::No, Decision::Open)
    }

    /// The states of an axis that what is fixed allows.
    fn start(&self, axis: &Axis) -> Bits {
        let all = Bits::full(axis.states.len());
        let keep = |test: &dyn Fn(&Bits) -> bool| {
            let mut out = Bits::none(axis.states.len());
            for at in all.iter() {
                let mut one = Bits::none(axis.states.len());
                one.set(at);
                if test(&one) {
                    out.set(at);
                }
            }
            out
        };
        match axis.of {
            AxisOf::Answer(id) => match self.fixed.get(&id) {
                Some(answers) => {
                    let heard: Vec<_> = answers.iter().map(heard_alone).collect();
                    keep(&|one| heard.iter().any(|heard| axis.allows_answer(one, heard)))
                }
                None => all,
            },
            AxisOf::Metric(id) => match self.fixed_metrics.get(&id) {
                Some(value) => keep(&|one| axis.allows_number(one, value.as_ref())),
                None => all,
            },
            _ => all,
        }
    }

    /// What each test can come to.
    fn truths(&self, domains: &[Bits], out: &mut Vec<Truths>) {
        out.clear();
        out.extend(self.masks.iter().map(|(axis, masks)| {
            let mut truths = Truths::NONE;
            for (mask, one) in masks.iter().zip([Truths::TRUE, Truths::FALSE, Truths::UNKNOWN]) {
                if domains[*axis].meets(mask) {
                    truths = truths | one;
                }
            }
            truths
        }));
    }

    /// The states in which a test has one of the truths.
    fn mask(&self, test: usize, truths: Truths) -> Bits {
        let (axis, masks) = &self.masks[test];
        let mut out = Bits::none(self.axes[*axis].states.len());
        for (mask, one) in masks.iter().zip([Truths::TRUE, Truths::FALSE, Truths::UNKNOWN]) {
            if truths.meets(one) {
                out = out.or(mask);
            }
        }
        out
    }

    /// Whether a cluster may still be answered so; false only where it certainly may not.
    fn can(&self, cluster: usize, domains: &[Bits], memo: &mut HashMap<(usize, Vec<Bits>), bool>) -> bool {
        let axes = &self.clusters[cluster];
        let key = (cluster, axes.iter().map(|axis| domains[*axis].clone()).collect());
        if let Some(known) = memo.get(&key) {
            return *known;
        }
        let can = !matches!(links::solve(self, axes, domains), Verdict::No);
        memo.insert(key, can);
        can
    }

    /// A respondent with every axis within its domain, checked by evaluating them.
    fn somebody(&self, domains: &[Bits], goal: &Goal<'_>) -> Verdict<Box<Respondent>> {
        let mut plan = Plan::default();
        let mut unknown = false;
        for axes in &self.clusters {
            match links::solve(self, axes, domains) {
                Verdict::Yes(part) => plan.extend(part),
                Verdict::No => return Verdict::No,
                Verdict::Unknown => unknown = true,
            }
        }
        if unknown {
            return Verdict::Unknown;
        }
        for (id, answers) in &self.fixed {
            if !plan.answers.iter().any(|(known, _)| known == id)
                && let Some(answer) = answers.first()
            {
                plan.answers.push((*id, super::choices::Saying::Plain(answer.clone())));
            }
        }
        for (id, value) in &self.fixed_metrics {
            if !plan.metrics.iter().any(|(known, _)| known == id) {
                plan.metrics.push((*id, value.clone()));
            }
        }
        let respondent = plan.respondent(self.space.pack);
        if self.space.meets(goal, &respondent) {
            Verdict::Yes(Box::new(respondent))
        } else {
            Verdict::Unknown
        }
    }
}
