//! Conditions of a question to the space, as one graph: what is named twice stands in it once.

use std::collections::HashMap;

use super::truths::{self, Truths};
use crate::model::{Condition, ConditionId, Pack, Rule, Test};

/// Parts before the whole: each refers only to parts before it.
pub enum Part {
    /// A place among the tree's tests.
    Test(usize),
    Not(usize),
    All(Vec<usize>),
    AtLeast(usize, Vec<usize>),
}

#[derive(Default)]
pub struct Tree<'p> {
    pub parts: Vec<Part>,
    /// The different tests.
    pub tests: Vec<&'p Test>,
    named: HashMap<ConditionId, usize>,
}

impl<'p> Tree<'p> {
    fn push(&mut self, part: Part) -> usize {
        self.parts.push(part);
        self.parts.len() - 1
    }

    /// Adds a condition, and gives its place.
    pub fn add(&mut self, condition: &'p Condition, pack: &'p Pack) -> usize {
        match condition {
            Condition::Test(test) => {
                let same = |other: &&Test| other.subject == test.subject && other.check == test.check;
                let at = self.tests.iter().position(same).unwrap_or_else(|| {
                    self.tests.push(test);
                    self.tests.len() - 1
                });
                self.push(Part::Test(at))
            }
            Condition::Named(id, _) => match self.named.get(id) {
                Some(at) => *at,
                None => {
                    let at = self.add(&pack.condition(*id).when, pack);
                    self.named.insert(*id, at);
                    at
                }
            },
            Condition::Not(inner) => {
                let inner = self.add(inner, pack);
                self.push(Part::Not(inner))
            }
            Condition::All(list) => {
                let list = list.iter().map(|part| self.add(part, pack)).collect();
                self.push(Part::All(list))
            }
            Condition::Any(list) => {
                let list = list.iter().map(|part| self.add(part, pack)).collect();
                self.push(Part::AtLeast(1, list))
            }
            Condition::AtLeast(n, list) => {
                let list = list.iter().map(|part| self.add(part, pack)).collect();
                self.push(Part::AtLeast(*n, list))
            }
        }
    }

    /// Adds what a rule asks: its conditions and not its exception.
    pub fn add_rule(&mut self, rule: &'p Rule, pack: &'p Pack) -> usize {
        let when = self.add(&rule.when, pack);
        match &rule.unless {
            None => when,
            Some(unless) => {
                let unless = self.add(unless, pack);
                let not = self.push(Part::Not(unless));
                self.push(Part::All(vec![when, not]))
            }
        }
    }

    /// What each part can come to, given what each test can.
    pub fn possible(&self, tests: &[Truths], out: &mut Vec<Truths>) {
        out.clear();
        for part in &self.parts {
            let truths = match part {
                Part::Test(at) => tests[*at],
                Part::Not(inner) => out[*inner].flipped(),
                Part::All(list) => truths::all(list.iter().map(|at| out[*at])),
                Part::AtLeast(n, list) => truths::at_least(*n, list.iter().map(|at| out[*at])),
            };
            out.push(truths);
        }
    }

    /// A test whose truth would bring the part nearer to one of the wanted truths, and that truth.
    ///
    /// The part can come to a wanted truth and to another one, so that there is such a test.
    pub fn choose(&self, part: usize, wanted: Truths, possible: &[Truths]) -> Option<(usize, Truths)> {
        let (mut at, mut wanted) = (part, wanted);
        loop {
            wanted = wanted.and(possible[at]);
            match &self.parts[at] {
                Part::Test(test) => return Some((*test, wanted)),
                Part::Not(inner) => (at, wanted) = (*inner, wanted.flipped()),
                Part::All(list) => {
                    let aim = wanted.first();
                    (at, wanted) = if aim == Truths::FALSE {
                        (open(list, Truths::FALSE, possible)?, Truths::FALSE)
                    } else if aim == Truths::TRUE {
                        (outside(list, Truths::TRUE, possible)?, Truths::TRUE)
                    } else {
                        match outside(list, Truths::NOT_FALSE, possible) {
                            Some(at) => (at, Truths::NOT_FALSE),
                            None => (open(list, Truths::UNKNOWN, possible)?, Truths::UNKNOWN),
                        }
                    };
                }
                Part::AtLeast(_, list) => {
                    let aim = wanted.first();
                    (at, wanted) = match open(list, aim, possible) {
                        Some(at) => (at, aim),
                        None => {
                            let at = *list.iter().find(|at| !single(possible[**at]))?;
                            (at, possible[at].first())
                        }
                    };
                }
            }
        }
    }
}

fn single(truths: Truths) -> bool {
    truths == truths.first()
}

/// The first part that can come to the aim, and to something else.
fn open(list: &[usize], aim: Truths, possible: &[Truths]) -> Option<usize> {
    list.iter().copied().find(|at| possible[*at].meets(aim) && !possible[*at].is_within(aim))
}

/// The first part that can come to something other than the aim.
fn outside(list: &[usize], aim: Truths, possible: &[Truths]) -> Option<usize> {
    list.iter().copied().find(|at| !possible[*at].is_within(aim))
}
