//! Rules that are written differently and fire for the same people with the same advice.

use super::Logic;
use crate::cells::{Goal, Truths};
use crate::diag::{Code, Diagnostic};
use crate::model::{Prescribed, RuleId};

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
    for later in 0..pack.rules.len() {
        for first in 0..later {
            let (a, b) = (&pack.rules[first], &pack.rules[later]);
            let alike = given[first] == given[later]
                && a.if_missing == b.if_missing
                && (a.area == b.area || !given[first].is_empty())
                && written[first] != written[later];
            let fire = |at: usize| logic.fires.borrow()[at] == Some(true);
            if !alike || !fire(first) || !fire(later) {
                continue;
            }
            if logic.met(|_, rules| rules[first].is_true() != rules[later].is_true()) {
                continue;
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
                    logic.not_decided(b.span, format!("whether rule `{}` says the same as `{}`", b.id, a.id))
                }
            }
        }
    }
    out
}
