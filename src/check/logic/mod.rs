//! What rules can come to, worked out over everything that can be answered: one file a check.
//!
//! Every claim that something can happen carries a witness, a whole set of answers that was evaluated; every claim
//! that it cannot comes from a search that covered everything. What is neither is told as not decided.

mod always;
mod case;
mod ends;
mod excluded;
mod group;
mod lines;
mod monotone;
mod never;
mod open;
mod reach;
mod same;

use std::cell::RefCell;

use super::Depth;
use crate::cells::{Goal, Outcome, Space, Truths};
use crate::diag::{Diagnostic, Page};
use crate::logic::{Truth, judge_rule};
use crate::model::{IfMissing, Pack, Respondent, Rule, RuleId, Values};
use crate::source::Span;
use crate::values::work_out;

/// The pages of these checks.
pub const PAGES: &[Page] = &[
    never::PAGE,
    always::PAGE,
    lines::PAGE,
    group::SHADOWED,
    group::OVERLAP,
    group::GAP,
    excluded::PAGE,
    reach::PAGE,
    monotone::PAGE,
    ends::PERFECT,
    ends::WORST,
    open::PAGE,
];

/// Somebody for whom what a message claims is so.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The code of the message, such as `K306`.
    pub code: &'static str,
    /// The id of what it is about, with a word behind it where there are several.
    pub item: String,
    pub respondent: Respondent,
}

/// What the checks of logic found.
#[derive(Debug, Default)]
pub struct Found {
    pub diagnostics: Vec<Diagnostic>,
    pub witnesses: Vec<Witness>,
}

/// Holds a pack's rules against everything that can be answered, with the newest of all dated bands.
pub fn judge(pack: &Pack, depth: Depth) -> Found {
    let logic = Logic::new(pack);
    let mut found = Found::default();
    let Found { diagnostics, witnesses } = &mut found;
    diagnostics.extend(never::never(&logic));
    diagnostics.extend(same::same(&logic));
    diagnostics.extend(group::groups(&logic, witnesses));
    diagnostics.extend(excluded::excluded(&logic, witnesses));
    if depth == Depth::All {
        diagnostics.extend(always::always(&logic));
        diagnostics.extend(lines::lines(&logic));
        diagnostics.extend(reach::reach(&logic));
        diagnostics.extend(monotone::monotone(&logic, witnesses));
        diagnostics.extend(ends::ends(&logic, witnesses));
        diagnostics.extend(open::open(&logic));
    }
    found
}

/// People whose values and rules are worked out already: what they show needs no search.
struct Person {
    values: Values,
    rules: Vec<Truth>,
}

/// What the checks share.
struct Logic<'p> {
    pack: &'p Pack,
    space: Space<'p>,
    people: RefCell<Vec<Person>>,
    /// What was not decided: where, and what of it.
    open: RefCell<Vec<(Span, String)>>,
    /// For each rule whether it can fire; none where that is not decided.
    fires: RefCell<Vec<Option<bool>>>,
    /// For each rule whether it fires whatever is answered.
    always: RefCell<Vec<bool>>,
}

/// People who are made up before anything is asked.
const PEOPLE: usize = 48;

impl<'p> Logic<'p> {
    fn new(pack: &'p Pack) -> Logic<'p> {
        let logic = Logic {
            pack,
            space: Space::of(pack, None),
            people: RefCell::new(Vec::new()),
            open: RefCell::new(Vec::new()),
            fires: RefCell::new(vec![Some(true); pack.rules.len()]),
            always: RefCell::new(vec![false; pack.rules.len()]),
        };
        if pack.rules.len() > 1 {
            logic.space.people(PEOPLE).iter().for_each(|respondent| logic.meet(respondent));
        }
        logic
    }

    /// Remembers somebody.
    fn meet(&self, respondent: &Respondent) {
        let found = work_out(self.pack, respondent, None);
        if !found.refusals.is_empty() {
            return;
        }
        let rules = self.pack.rules.iter().map(|rule| judge_rule(rule, self.pack, &found.values)).collect();
        self.people.borrow_mut().push(Person { values: found.values, rules });
    }

    fn rules(&self) -> impl Iterator<Item = (RuleId, &'p Rule)> {
        self.pack.rules.iter().enumerate().map(|(place, rule)| (RuleId(place), rule))
    }

    /// Whether somebody who was met already has the rule at one of these truths.
    fn known(&self, id: RuleId, truths: Truths) -> bool {
        self.people.borrow().iter().any(|person| truths.holds(person.rules[id.0]))
    }

    /// Whether somebody met already is so.
    fn met(&self, test: impl Fn(&Values, &[Truth]) -> bool) -> bool {
        self.people.borrow().iter().any(|person| test(&person.values, &person.rules))
    }

    /// Whether somebody meets the goal; none where that is not decided.
    fn can(&self, goal: &Goal<'_>) -> Option<bool> {
        match self.space.find_only(goal) {
            Outcome::Witness(respondent) => {
                self.meet(&respondent);
                Some(true)
            }
            Outcome::Impossible(_) => Some(false),
            Outcome::NotDecided(_) => None,
        }
    }

    fn not_decided(&self, span: Span, what: String) {
        self.open.borrow_mut().push((span, what));
    }
}

/// The truths of a rule at which its status is "fired", `if_missing` considered.
fn firing(rule: &Rule) -> Truths {
    if rule.if_missing == IfMissing::AssumeTrue { Truths::NOT_FALSE } else { Truths::TRUE }
}

/// The truths of a rule at which its status is "not fired".
fn resting(rule: &Rule) -> Truths {
    if rule.if_missing == IfMissing::AssumeFalse { Truths::NOT_TRUE } else { Truths::FALSE }
}
