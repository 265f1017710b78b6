//! The comparisons of one rule, and how they decide it together.

use crate::cells::Truths;
use crate::logic::{Truth, all, any, at_least, judge_test};
use crate::model::{Condition, Pack, RuleId, Subject, Test, Values};

/// Lines up to which every combination of the others is tried.
const MANY: usize = 10;

/// Each comparison of a rule once, named conditions entered.
pub struct Lines<'p> {
    pack: &'p Pack,
    pub rule: RuleId,
    pub tests: Vec<&'p Test>,
    /// The same as conditions of their own, for goals.
    pub conditions: Vec<Condition>,
}

impl<'p> Lines<'p> {
    pub fn of(pack: &'p Pack, rule: RuleId) -> Lines<'p> {
        let mut tests = Vec::new();
        gather(&pack.rules[rule.0].when, pack, &mut tests);
        if let Some(unless) = &pack.rules[rule.0].unless {
            gather(unless, pack, &mut tests);
        }
        let conditions = tests.iter().map(|test| Condition::Test((*test).clone())).collect();
        Lines { pack, rule, tests, conditions }
    }

    pub fn subjects(&self) -> Vec<Subject> {
        let mut out: Vec<Subject> = Vec::new();
        for test in &self.tests {
            if !out.contains(&test.subject) {
                out.push(test.subject);
            }
        }
        out
    }

    /// What each line comes to.
    pub fn seen(&self, values: &Values) -> Vec<Truths> {
        self.tests.iter().map(|test| Truths::of(judge_test(test, values))).collect()
    }

    /// The lines about another subject than this one: what a line asks of its own subject moves with it.
    pub fn others(&self, line: usize) -> Vec<usize> {
        let subject = self.tests[line].subject;
        (0..self.tests.len()).filter(|other| self.tests[*other].subject != subject).collect()
    }

    /// Ways for all other lines to come out so that this line alone decides the rule, those with few true lines first.
    pub fn hinges(&self, line: usize) -> Vec<Vec<(usize, Truths)>> {
        let others: Vec<usize> = (0..self.tests.len()).filter(|other| *other != line).collect();
        if others.len() >= MANY {
            return Vec::new();
        }
        let mut ways: Vec<usize> = (0..1usize << others.len()).collect();
        ways.sort_by_key(|way| (way.count_ones(), *way));
        let decides = |way: &usize| {
            let mut truths = vec![Truth::False; self.tests.len()];
            for (at, other) in others.iter().enumerate() {
                truths[*other] = Truth::from(way >> at & 1 == 1);
            }
            let without = self.rule_at(&truths);
            truths[line] = Truth::True;
            self.rule_at(&truths) != without
        };
        let apart = self.others(line);
        ways.into_iter()
            .filter(decides)
            .map(|way| {
                let claims = others.iter().enumerate().filter(|(_, other)| apart.contains(other));
                let truth = |at: usize| if way >> at & 1 == 1 { Truths::TRUE } else { Truths::FALSE };
                claims.map(|(at, other)| (*other, truth(at))).collect()
            })
            .collect()
    }

    /// What the rule comes to where its lines come to this.
    fn rule_at(&self, truths: &[Truth]) -> Truth {
        let rule = &self.pack.rules[self.rule.0];
        let when = self.at(&rule.when, truths);
        match &rule.unless {
            None => when,
            Some(unless) => all([when, self.at(unless, truths).not()].into_iter()),
        }
    }

    fn at(&self, condition: &Condition, truths: &[Truth]) -> Truth {
        match condition {
            Condition::All(parts) => all(parts.iter().map(|part| self.at(part, truths))),
            Condition::Any(parts) => any(parts.iter().map(|part| self.at(part, truths))),
            Condition::AtLeast(n, parts) => at_least(*n, parts.iter().map(|part| self.at(part, truths))),
            Condition::Not(inner) => self.at(inner, truths).not(),
            Condition::Named(id, _) => self.at(&self.pack.condition(*id).when, truths),
            Condition::Test(test) => {
                let place = self.tests.iter().position(|other| same(other, test));
                place.map_or(Truth::UNKNOWN, |place| truths[place])
            }
        }
    }
}

fn gather<'p>(condition: &'p Condition, pack: &'p Pack, out: &mut Vec<&'p Test>) {
    condition.visit(&mut |part| match part {
        Condition::Named(id, _) => gather(&pack.condition(*id).when, pack, out),
        Condition::Test(test) if !out.iter().any(|other| same(other, test)) => out.push(test),
        _ => {}
    });
}

fn same(a: &Test, b: &Test) -> bool {
    a.subject == b.subject && a.check == b.check
}
