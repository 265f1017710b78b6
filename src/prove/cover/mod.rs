//! Which outcomes of its comparisons a pack's tests have seen, and of which rules they say both yes and no.
//!
//! A comparison comes to true, false or unknown ("not applicable" is a way of being unknown). What nobody can bring
//! about is proved to be so and does not count; what was neither brought about nor ruled out counts as not seen.
//! Proposed tests that nobody has accepted yet count for nothing: they say what the pack does, not what it should do.

mod lines;
mod rules;

use jiff::civil::Date;

pub(super) use lines::of_values;
pub use rules::{Untested, says};

use super::run::Proof;
use super::suite::Suite;
use crate::cells::{Goal, Outcome, Space, Truths};
use crate::logic::judge_test;
use crate::model::{Check, Condition, Pack, Respondent, Subject, Test};
use crate::source::Span;

/// What the tests of a pack reach.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Every comparison, in the order of the pack: rules, conditions, ladders, then the rest.
    pub lines: Vec<Line>,
    /// Rules of which the tests do not say both yes and no, in pack order.
    pub rules: Vec<Untested>,
}

/// One comparison.
#[derive(Clone, Debug)]
pub struct Line {
    pub span: Span,
    pub subject: Subject,
    /// What some case brought it to.
    pub seen: Truths,
    /// What no case brought it to, although somebody can or may.
    pub missing: Vec<Missing>,
    /// How many outcomes nobody can bring about.
    pub unattainable: usize,
}

/// An outcome that was not seen.
#[derive(Clone, Debug)]
pub struct Missing {
    /// One of true, false and unknown.
    pub outcome: Truths,
    /// Somebody who brings it about; none where it was not decided whether anybody can.
    pub witness: Option<Box<Respondent>>,
}

/// The outcomes that a comparison can have.
pub const OUTCOMES: [(Truths, &str); 3] =
    [(Truths::TRUE, "true"), (Truths::FALSE, "false"), (Truths::UNKNOWN, "unknown")];

impl Coverage {
    /// The outcomes that some case brought about.
    pub fn seen(&self) -> usize {
        let of = |line: &Line| OUTCOMES.iter().filter(|(outcome, _)| line.seen.meets(*outcome)).count();
        self.lines.iter().map(of).sum()
    }

    /// The outcomes that somebody can bring about, and those of which that is not decided.
    pub fn attainable(&self) -> usize {
        self.seen() + self.lines.iter().map(|line| line.missing.len()).sum::<usize>()
    }

    /// The outcomes that nobody can bring about.
    pub fn unattainable(&self) -> usize {
        self.lines.iter().map(|line| line.unattainable).sum()
    }

    /// Those of the attainable ones of which it is not decided whether they are.
    pub fn not_decided(&self) -> usize {
        let open = |line: &Line| line.missing.iter().filter(|missing| missing.witness.is_none()).count();
        self.lines.iter().map(open).sum()
    }

    /// Whether nothing is left to be tested.
    pub fn is_whole(&self) -> bool {
        self.rules.is_empty() && self.lines.iter().all(|line| line.missing.is_empty())
    }
}

/// Holds what the cases were against everything that can be answered. Dated bands are the newest; `as_of` chooses others.
pub fn cover(pack: &Pack, suite: &Suite, proof: &Proof, as_of: Option<Date>) -> Coverage {
    let space = Space::of(pack, as_of);
    let tests = lines::lines(pack);
    let mut seen = vec![Truths::NONE; tests.len()];
    for ran in &proof.ran {
        // Who is refused is judged by nothing.
        if suite.tests[ran.test].generated || !ran.findings.refusals.is_empty() {
            continue;
        }
        for (seen, test) in seen.iter_mut().zip(&tests) {
            *seen = *seen | Truths::of(judge_test(test, &ran.findings.values));
        }
    }
    let mut asked: Vec<Asked<'_>> = Vec::new();
    let lines =
        tests.into_iter().zip(seen).map(|(test, seen)| line(test, seen, &space, &mut asked)).collect();
    Coverage { lines, rules: rules::untested(pack, suite, &space) }
}

/// What a space said about a comparison and one of its outcomes: rules often ask the same.
struct Asked<'p> {
    subject: Subject,
    check: &'p Check,
    outcome: Truths,
    said: Outcome,
}

fn line<'p>(test: &'p Test, seen: Truths, space: &Space<'_>, asked: &mut Vec<Asked<'p>>) -> Line {
    let mut line =
        Line { span: test.span, subject: test.subject, seen, missing: Vec::new(), unattainable: 0 };
    for (outcome, _) in OUTCOMES.into_iter().filter(|(outcome, _)| !seen.meets(*outcome)) {
        let known = asked.iter().position(|one| {
            one.subject == test.subject && one.outcome == outcome && *one.check == test.check
        });
        let at = known.unwrap_or_else(|| {
            let condition = Condition::Test(test.clone());
            let said = space.find_only(&Goal::default().condition(&condition, outcome));
            asked.push(Asked { subject: test.subject, check: &test.check, outcome, said });
            asked.len() - 1
        });
        match &asked[at].said {
            Outcome::Witness(witness) => {
                line.missing.push(Missing { outcome, witness: Some(witness.clone()) });
            }
            Outcome::NotDecided(_) => line.missing.push(Missing { outcome, witness: None }),
            Outcome::Impossible(_) => line.unattainable += 1,
        }
    }
    line
}
