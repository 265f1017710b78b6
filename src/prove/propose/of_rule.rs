//! The people who show what one rule does: around each limit, with something missing, and each pair of lines both ways.

use super::edges::around;
use super::inputs::Reach;
use super::lines::Lines;
use super::search::{Focus, Search, number};
use crate::cells::{Goal, Truths};
use crate::model::{Condition, Number, Respondent, Status, Subject};

/// Ways of the other lines that are tried for a line to decide alone.
const HINGES: usize = 12;

/// Somebody, and what kind of case they are.
pub struct Shown {
    pub kind: Kind,
    pub respondent: Respondent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Boundary,
    Missing,
    Pairs,
}

/// What is known to be shown already, and what is added to it.
pub struct OfRule<'s, 'p> {
    search: &'s Search<'p>,
    lines: &'s Lines<'p>,
    reach: Reach,
    seen: Vec<Vec<Truths>>,
    seen_values: Vec<(Subject, Number)>,
    /// How many of `seen` are of accepted tests, and what the rule comes to in them.
    accepted: usize,
    statuses: Vec<Status>,
    pub shown: Vec<Shown>,
}

impl<'s, 'p> OfRule<'s, 'p> {
    /// `known` are the respondents of whom accepted tests say what the rule does.
    pub fn new(search: &'s Search<'p>, lines: &'s Lines<'p>, known: &[&Respondent]) -> OfRule<'s, 'p> {
        let mut reach = Reach::default();
        lines.subjects().into_iter().for_each(|subject| reach.add(subject, search.pack));
        for rival in search.rivals(lines.rule) {
            Lines::of(search.pack, rival)
                .subjects()
                .into_iter()
                .for_each(|subject| reach.add(subject, search.pack));
        }
        let mut out = OfRule {
            search,
            lines,
            reach,
            seen: Vec::new(),
            seen_values: Vec::new(),
            accepted: known.len(),
            statuses: Vec::new(),
            shown: Vec::new(),
        };
        known.iter().for_each(|respondent| out.note(respondent));
        out.statuses = known.iter().map(|respondent| out.status(respondent)).collect();
        out
    }

    pub fn all(&mut self) {
        for line in 0..self.lines.tests.len() {
            let hinge = self.hinge(line);
            self.boundary(line, &hinge);
            self.missing(line, &hinge);
        }
        self.pairs();
        self.outcomes();
    }

    /// The first way for the other lines to come out in which this line alone decides, and somebody is on either side.
    fn hinge(&self, line: usize) -> Vec<(usize, Truths)> {
        let hinges = self.lines.hinges(line).into_iter().take(HINGES);
        let on_both = |way: &Vec<(usize, Truths)>| {
            [Truths::TRUE, Truths::FALSE].into_iter().all(|truth| {
                let goal = self.claims(way).condition(&self.lines.conditions[line], truth);
                self.search.space.find_only(&goal).is_witness()
            })
        };
        hinges.into_iter().find(on_both).unwrap_or_default()
    }

    fn claims(&self, way: &[(usize, Truths)]) -> Goal<'s> {
        let lines = self.lines;
        way.iter()
            .fold(Goal::default(), |goal, (line, truths)| goal.condition(&lines.conditions[*line], *truths))
    }

    fn boundary(&mut self, line: usize, hinge: &[(usize, Truths)]) {
        let test = self.lines.tests[line];
        let limits: Vec<Number> =
            test.check.limits().iter().map(|limit| limit.on(self.search.pack, None).into_owned()).collect();
        for limit in limits {
            for place in around(self.search.pack, test.subject, &limit, test.span) {
                self.first_of(&place, hinge, test.subject);
            }
        }
    }

    /// Somebody of whom the first condition that can be met holds, with the other lines as they should be, if they can.
    fn first_of(&mut self, conditions: &[Condition], hinge: &[(usize, Truths)], exact: Subject) {
        let ways: &[&[(usize, Truths)]] = if hinge.is_empty() { &[&[]] } else { &[hinge, &[]] };
        for way in ways {
            for condition in conditions {
                let goal = self.claims(way).condition(condition, Truths::TRUE);
                let Some(found) = self.search.somebody(&goal, &self.reach) else { continue };
                if let Some(at) = number(&self.search.values(&found), exact)
                    && self.seen_values.contains(&(exact, at.0))
                {
                    return;
                }
                if self.show(Kind::Boundary, &found, Some(exact)) {
                    return;
                }
            }
        }
    }

    fn missing(&mut self, line: usize, hinge: &[(usize, Truths)]) {
        if self.seen[..self.accepted].iter().any(|truths| truths[line] == Truths::UNKNOWN) {
            return;
        }
        let condition = &self.lines.conditions[line];
        let goals = [
            self.claims(hinge).condition(condition, Truths::UNKNOWN),
            Goal::default().condition(condition, Truths::UNKNOWN).rule(self.lines.rule, Truths::UNKNOWN),
            Goal::default().condition(condition, Truths::UNKNOWN),
        ];
        let found = goals.iter().find_map(|goal| self.search.somebody(goal, &self.reach));
        if let Some(found) = found {
            self.show(Kind::Missing, &found, None);
        }
    }

    fn pairs(&mut self) {
        let both = [Truths::TRUE, Truths::FALSE];
        for one in 0..self.lines.tests.len() {
            for other in one + 1..self.lines.tests.len() {
                for (a, b) in both.into_iter().flat_map(|a| both.map(|b| (a, b))) {
                    if !self.seen.iter().any(|truths| truths[one] == a && truths[other] == b) {
                        let goal = self.claims(&[(one, a), (other, b)]);
                        self.find(Kind::Pairs, &goal);
                    }
                }
            }
        }
    }

    /// What is still lacking: an outcome of a line, or the rule on either side.
    fn outcomes(&mut self) {
        for line in 0..self.lines.tests.len() {
            for truth in [Truths::TRUE, Truths::FALSE, Truths::UNKNOWN] {
                if !self.seen.iter().any(|truths| truths[line] == truth) {
                    let kind = if truth == Truths::UNKNOWN { Kind::Missing } else { Kind::Pairs };
                    let goal = self.claims(&[(line, truth)]);
                    self.find(kind, &goal);
                }
            }
        }
        for (truth, status) in [(Truths::TRUE, Status::Fired), (Truths::FALSE, Status::NotFired)] {
            let is = |shown: &Shown| self.status(&shown.respondent) == status;
            if self.statuses.contains(&status) || self.shown.iter().any(is) {
                continue;
            }
            let goal = Goal::default().rule(self.lines.rule, truth);
            let alone = self
                .search
                .rivals(self.lines.rule)
                .into_iter()
                .fold(goal.clone(), |goal, rival| goal.rule(rival, Truths::FALSE));
            let found = [alone, goal].iter().find_map(|goal| self.search.somebody(goal, &self.reach));
            if let Some(found) = found {
                self.show(Kind::Pairs, &found, None);
            }
        }
    }

    fn status(&self, respondent: &Respondent) -> Status {
        crate::logic::rules(self.search.pack, &self.search.values(respondent))[self.lines.rule.0].status
    }

    fn find(&mut self, kind: Kind, goal: &Goal<'_>) {
        if let Some(found) = self.search.somebody(goal, &self.reach) {
            self.show(kind, &found, None);
        }
    }

    /// Adds somebody, bare of what makes no difference, unless they are there already; false where they cannot be written.
    fn show(&mut self, kind: Kind, found: &Respondent, exact: Option<Subject>) -> bool {
        let tests = &self.lines.tests;
        let focus = Focus { tests, rule: Some(self.lines.rule), exact, bands: kind != Kind::Missing };
        let Some(respondent) = self.search.trimmed(found, &focus, &self.reach) else { return false };
        self.note(&respondent);
        if !self.shown.iter().any(|shown| shown.respondent == respondent) {
            self.shown.push(Shown { kind, respondent });
        }
        true
    }

    fn note(&mut self, respondent: &Respondent) {
        let values = self.search.values(respondent);
        self.seen.push(self.lines.seen(&values));
        for subject in self.lines.subjects() {
            if let Some((low, high)) = number(&values, subject)
                && low == high
                && !self.seen_values.contains(&(subject, low.clone()))
            {
                self.seen_values.push((subject, low));
            }
        }
    }
}
