//! Proposes the tests that a pack lacks: around every limit, with something missing, and with the lines of a rule in
//! pairs. What is expected is what was found, so that they say what the pack does until somebody has looked at them.
//!
//! Somebody is found for each by the space of all that can be answered; what is impossible is not proposed, nor is
//! what an accepted test shows already.

mod edges;
mod file;
mod inputs;
mod lines;
mod of_bands;
mod of_rule;
mod search;
mod write;

pub use file::{Unkept, file};

use std::collections::BTreeSet;

use super::cover::says;
use super::suite::{Case, Suite, Wanted};
use crate::check::SoundPack;
use crate::engine::evaluate;
use crate::model::{BandOf, Number, Pack, Respondent, RuleId, ScoreOf, Subject};
use lines::Lines;
use of_bands::{banded, beside_cuts};
use of_rule::{Kind, OfRule};
use search::{Search, number};
use write::{Judged, Told};

/// The tests that are proposed, as items of the list `tests:`, in the order of the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// The text of each item, indented by two.
    pub tests: Vec<String>,
    /// Cases in all of them.
    pub cases: usize,
}

/// What the accepted tests of a suite do not show yet.
pub fn propose(pack: &SoundPack, suite: &Suite) -> Proposals {
    let search = Search::new(pack.pack());
    let accepted: Vec<&Case> =
        suite.tests.iter().filter(|test| !test.generated).flat_map(|test| &test.cases).collect();
    let taken = suite.tests.iter().filter(|test| !test.generated).map(|test| test.name.clone());
    let mut out = Writer { pack, taken: taken.collect(), proposals: Proposals::default() };
    for of in banded(pack.pack()) {
        let known = known_values(&search, &accepted, of);
        let people = beside_cuts(&search, of, &known);
        let name = format!("{}: the bands just below, at and just above each cut", title(pack.pack(), of));
        out.add(&name, people, &Told { rule: None, subjects: vec![Subject::Band(of)] });
    }
    for place in 0..pack.pack().rules.len() {
        let id = RuleId(place);
        let speaks = |case: &&&Case| case.expect.iter().any(|expect| says(&expect.wanted, id).is_some());
        let known: Vec<&Respondent> = accepted.iter().filter(speaks).map(|case| &case.respondent).collect();
        let lines = Lines::of(pack.pack(), id);
        let mut of_rule = OfRule::new(&search, &lines, &known);
        of_rule.all();
        let shown = std::mem::take(&mut of_rule.shown);
        let title = pack.pack().rules[place].title.plain();
        let pairs = if lines.tests.len() > 1 {
            "its lines true and false together"
        } else {
            "it holds, and it does not"
        };
        for (kind, name) in [
            (Kind::Boundary, format!("{title}: just below, at and just above each limit")),
            (Kind::Pairs, format!("{title}: {pairs}")),
            (Kind::Missing, format!("{title}: what becomes of it where something is missing")),
        ] {
            let people = shown.iter().filter(|shown| shown.kind == kind);
            let people = people.map(|shown| shown.respondent.clone()).collect();
            out.add(&name, people, &Told { rule: Some(id), subjects: lines.subjects() });
        }
    }
    out.proposals
}

struct Writer<'p> {
    pack: &'p SoundPack,
    taken: BTreeSet<String>,
    proposals: Proposals,
}

impl Writer<'_> {
    /// Adds a test of these people; those who fit into no table get none.
    fn add(&mut self, name: &str, people: Vec<Respondent>, told: &Told) {
        let mut cases: Vec<Judged> = Vec::new();
        for respondent in people {
            let findings = evaluate(self.pack, &respondent, None);
            let case = Judged { respondent, findings };
            if write::test(self.pack.pack(), name, std::slice::from_ref(&case), told).is_some() {
                cases.push(case);
            }
        }
        if cases.is_empty() {
            return;
        }
        let mut unique = name.to_owned();
        let mut number = 2;
        while !self.taken.insert(unique.clone()) {
            unique = format!("{name} ({number})");
            number += 1;
        }
        if let Some(text) = write::test(self.pack.pack(), &unique, &cases, told) {
            self.proposals.cases += cases.len();
            self.proposals.tests.push(text);
        }
    }
}

/// The values of which an accepted test says in which band they are.
fn known_values(search: &Search<'_>, accepted: &[&Case], of: BandOf) -> Vec<Number> {
    let says = |case: &&&Case| {
        case.expect.iter().any(|expect| matches!(expect.wanted, Wanted::Band(other, Some(_)) if other == of))
    };
    let values = accepted
        .iter()
        .filter(says)
        .filter_map(|case| number(&search.values(&case.respondent), Subject::Band(of)));
    values.filter(|(low, high)| low == high).map(|(low, _)| low).collect()
}

fn title(pack: &Pack, of: BandOf) -> String {
    match of {
        BandOf::Metric(id) => pack.metric(id).title.plain(),
        BandOf::Score(ScoreOf::Area(id)) => pack.area(id).title.plain(),
        BandOf::Score(ScoreOf::Total) => {
            let title = pack.total.as_ref().and_then(|total| total.title.as_ref());
            title.map_or("The total".to_owned(), |title| title.plain())
        }
    }
}
