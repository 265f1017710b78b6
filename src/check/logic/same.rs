//! Rules that are written differently and fire for the same people with the same advice.

use std::collections::BTreeMap;

use super::{Logic, PEOPLE};
use crate::cells::{Goal, Truths};
use crate::diag::{Code, Diagnostic};
use crate::model::{AreaId, IfMissing, Prescribed, RuleId};

/// Rules with the same advice that the first people who were met cannot tell apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Alike<'g> {
    given: &'g [Prescribed],
    if_missing: IfMissing,
    /// Where there is no advice, the area is what a rule says.
    area: Option<AreaId>,
    /// Whether it fires for each of them.
    people: Vec<bool>,
}

#[derive(Default)]
struct Peers {
    rules: Vec<usize>,
    /// How many of them were left open.
    open: usize,
}

/// After so many rules that were left open among their like, the search is spared: the next would be too.
const OPEN: usize = 8;

/// Pairs that fire for the same people are looked for among rules with the same prescriptions. Rules that are
/// written the same are told elsewhere.
pub fn same(logic: &Logic<'_>) -> Vec<Diagnostic> {
    let pack = logic.pack;
    let given: Vec<Vec<Prescribed>> = pack
        .rules
        .iter()
        .map(|rule| {
            let mut list = rule.prescribe.clone();
            list.sort();
            list
        })
        .collect();
    let written = super::super::same::shapes(pack);
    let mut out = Vec::new();
    let mut alike: BTreeMap<Alike<'_>, Peers> = BTreeMap::new();
    for (later, b) in pack.rules.iter().enumerate() {
        if logic.fires.borrow()[later] != Some(true) {
            continue;
        }
        let area = if given[later].is_empty() { b.area } else { None };
        let people = logic.people.borrow().iter().take(PEOPLE).map(|p| p.rules[later].is_true()).collect();
        let key = Alike { given: &given[later], if_missing: b.if_missing, area, people };
        let peers = alike.entry(key).or_default();
        for &first in &peers.rules {
            let a = &pack.rules[first];
            if written[first] == written[later]
                || logic.met(|_, rules| rules[first].is_true() != rules[later].is_true())
            {
                continue;
            }
            let what = || format!("whether rule `{}` says the same as `{}`", b.id, a.id);
            if peers.open >= OPEN {
                logic.not_decided(b.span, what());
                break;
            }
            let goal = |yes: usize, no: usize| {
                Goal::default().rule(RuleId(yes), Truths::TRUE).rule(RuleId(no), Truths::NOT_TRUE)
            };
            match (logic.can(&goal(first, later)), logic.can(&goal(later, first))) {
                (Some(false), Some(false)) => {
                    out.push(
                        Diagnostic::error(
                            Code::DuplicateRule,
                            b.span,
                            format!(
                                "rule `{}` fires for the same people as `{}`, with the same advice",
                                b.id, a.id
                            ),
                        )
                        .label("the second one")
                        .related(a.span, "the first one")
                        .help("take one out, or give it conditions or prescriptions of its own"),
                    );
                    break;
                }
                (Some(true), _) | (_, Some(true)) => {}
                _ => {
                    peers.open += 1;
                    logic.not_decided(b.span, what());
                    break;
                }
            }
        }
        peers.rules.push(later);
    }
    out
}
