//! Groups that promise what their rules do not keep: two that hold at once, none that holds, one that never stands.

use super::case::case;
use super::{Logic, Witness};
use crate::cells::{Goal, Outcome, Truths};
use crate::diag::{Code, Diagnostic, Example, Page};
use crate::model::{Group, Pick, RuleId};

pub const SHADOWED: Page = Page {
    code: Code::Shadowed,
    title: "a rule of a group that never stands",
    what: "In a group of which one rule is picked, earlier or graver rules always come first where this one holds; several of them together may do so.",
    why: "Its advice is never read, though the rule itself can fire.",
    example: Example::Beside,
    before: "\
rules:
  - id: fear
    title: There is fear of the price
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 3
    prescribe: [renewal-calendar]
    severity: low
  - id: fear-high
    title: Fear of the price is high
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 5
    prescribe: [account-list]
    severity: low
groups:
  fears: { pick: first, rules: [fear, fear-high] }
",
    after: "\
rules:
  - id: fear-high
    title: Fear of the price is high
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 5
    prescribe: [account-list]
    severity: low
  - id: fear
    title: There is fear of the price
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 3
    prescribe: [renewal-calendar]
    severity: low
groups:
  fears: { pick: first, rules: [fear-high, fear] }
",
    fix: "Put the narrower rule before the wider one, or take it out.",
};

pub const OVERLAP: Page = Page {
    code: Code::Overlap,
    title: "rules of a group that hold together",
    what: "A group says `pick: { at_most: n }`, and somebody can answer so that more of its rules hold.",
    why: "The promise is what readers of the papers rely on; somebody will get advice for two cases that exclude each other.",
    example: Example::Beside,
    before: "\
rules:
  - id: fear
    title: There is fear of the price
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 3
    prescribe: [renewal-calendar]
    severity: low
  - id: no-fear
    title: There is no fear of the price
    why: Whoever fears nothing may still be late.
    when: answer.price-talk <= 3
    prescribe: [account-list]
    severity: low
groups:
  fears: { pick: { at_most: 1 }, rules: [fear, no-fear] }
",
    after: "\
rules:
  - id: fear
    title: There is fear of the price
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 4
    prescribe: [renewal-calendar]
    severity: low
  - id: no-fear
    title: There is no fear of the price
    why: Whoever fears nothing may still be late.
    when: answer.price-talk <= 2
    prescribe: [account-list]
    severity: low
groups:
  fears: { pick: { at_most: 1 }, rules: [fear, no-fear] }
",
    fix: "Move a line so that the rules part, or write `pick: first`. `check --witness DIR` writes the answers for which they hold together.",
};

pub const GAP: Page = Page {
    code: Code::Gap,
    title: "a complete group in which nothing holds",
    what: "A group says `complete: true`, and somebody can answer so that none of its rules holds.",
    why: "For them the papers say nothing where something was promised.",
    example: Example::Beside,
    before: "\
rules:
  - id: fear
    title: There is fear of the price
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 4
    prescribe: [renewal-calendar]
    severity: low
  - id: no-fear
    title: There is no fear of the price
    why: Whoever fears nothing may still be late.
    when: answer.price-talk <= 2
    prescribe: [account-list]
    severity: low
groups:
  fears: { pick: first, complete: true, rules: [fear, no-fear] }
",
    after: "\
rules:
  - id: fear
    title: There is fear of the price
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 4
    prescribe: [renewal-calendar]
    severity: low
  - id: no-fear
    title: There is no fear of the price
    why: Whoever fears nothing may still be late.
    when: answer.price-talk <= 3
    prescribe: [account-list]
    severity: low
groups:
  fears: { pick: first, complete: true, rules: [fear, no-fear] }
",
    fix: "Widen one of the rules, or add one for the rest. `check --witness DIR` writes the answers for which none holds.",
};

pub fn groups(logic: &Logic<'_>, witnesses: &mut Vec<Witness>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for group in &logic.pack.groups {
        shadowed(logic, group, &mut out);
        overlap(logic, group, witnesses, &mut out);
        gap(logic, group, witnesses, &mut out);
    }
    out
}

fn name(logic: &Logic<'_>, id: RuleId) -> String {
    format!("`{}`", logic.pack.rules[id.0].id)
}

fn shadowed(logic: &Logic<'_>, group: &Group, out: &mut Vec<Diagnostic>) {
    let Some(order) = group.by_strength(|id| logic.pack.rules[id.0].severity) else { return };
    for (at, id) in order.iter().enumerate().skip(1) {
        let rule = &logic.pack.rules[id.0];
        if logic.fires.borrow()[id.0] != Some(true) {
            continue;
        }
        let before = &order[..at];
        let stands = |rules: &[crate::logic::Truth]| {
            rules[id.0].is_true() && before.iter().all(|other| rules[other.0].is_false())
        };
        if logic.met(|_, rules| stands(rules)) {
            continue;
        }
        let goal = |others: &[RuleId]| {
            others
                .iter()
                .fold(Goal::default().rule(*id, Truths::TRUE), |goal, other| goal.rule(*other, Truths::FALSE))
        };
        match logic.can(&goal(before)) {
            Some(true) => {}
            None => logic
                .not_decided(rule.span, format!("whether rule `{}` ever stands in `{}`", rule.id, group.id)),
            Some(false) => {
                // One that does it alone, else all of them without those that are not needed.
                let alone = before.iter().find(|other| logic.can(&goal(&[**other])) == Some(false));
                let mut needed: Vec<RuleId> = alone.map_or_else(|| before.to_vec(), |one| vec![*one]);
                let mut place = 0;
                while needed.len() > 1 && place < needed.len() {
                    let mut fewer = needed.clone();
                    fewer.remove(place);
                    if logic.can(&goal(&fewer)) == Some(false) { needed = fewer } else { place += 1 }
                }
                let names: Vec<String> = needed.iter().map(|id| name(logic, *id)).collect();
                let whose = if names.len() == 1 { "comes first" } else { "together come first" };
                let mut told = Diagnostic::error(
                    Code::Shadowed,
                    rule.span,
                    format!("rule `{}` never stands in the group `{}`", rule.id, group.id),
                )
                .label(format!("wherever it holds, {} {whose}", listed(&names)));
                for other in needed {
                    told = told.related(logic.pack.rules[other.0].span, "comes first");
                }
                out.push(told.help("put the narrower rule before the wider one, or take it out"));
            }
        }
    }
}

fn listed(names: &[String]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}

/// Sets of rules that are tried for an overlap.
const SETS: usize = 4000;

fn overlap(logic: &Logic<'_>, group: &Group, witnesses: &mut Vec<Witness>, out: &mut Vec<Diagnostic>) {
    let Pick::AtMost(most) = group.pick else { return };
    let mut sets = Sets::new(group.rules.len(), most + 1);
    let mut tried = 0;
    while let Some(set) = sets.next() {
        tried += 1;
        let rules: Vec<RuleId> = set.iter().map(|at| group.rules[*at]).collect();
        if rules.iter().any(|id| logic.fires.borrow()[id.0] == Some(false)) {
            continue;
        }
        let goal = rules.iter().fold(Goal::default(), |goal, id| goal.rule(*id, Truths::TRUE));
        let last = &logic.pack.rules[rules[rules.len() - 1].0];
        let names: Vec<String> = rules.iter().map(|id| name(logic, *id)).collect();
        let found = if tried > SETS { None } else { Some(logic.space.find_only(&goal)) };
        match found {
            Some(Outcome::Impossible(_)) => {}
            Some(Outcome::Witness(respondent)) => {
                let promised = if most == 1 { "one rule".to_owned() } else { format!("{most} rules") };
                let message = format!(
                    "{} can hold together, and `{}` promises at most {promised}",
                    listed(&names),
                    group.id
                );
                let mut told = Diagnostic::error(Code::Overlap, last.span, message).label(case(
                    logic,
                    &rules,
                    &respondent,
                ));
                for id in &rules[..rules.len() - 1] {
                    told = told.related(logic.pack.rules[id.0].span, "holds too");
                }
                out.push(told.help("move a line so that they part, or write `pick: first`"));
                witnesses.push(Witness { code: "K306", item: group.id.clone(), respondent: *respondent });
                // One is enough: the next overlap is mostly the same slip.
                return;
            }
            _ => {
                let what = format!("whether {} can hold together", listed(&names));
                logic.not_decided(group.span, what);
                if tried > SETS {
                    return;
                }
            }
        }
    }
}

/// Each choice of so many places, in order.
struct Sets {
    places: usize,
    now: Option<Vec<usize>>,
}

impl Sets {
    fn new(places: usize, size: usize) -> Sets {
        Sets { places, now: (size <= places).then(|| (0..size).collect()) }
    }

    fn next(&mut self) -> Option<Vec<usize>> {
        let set = self.now.clone()?;
        let size = set.len();
        let mut after = set.clone();
        let movable = (0..size).rev().find(|at| after[*at] + size - at < self.places);
        self.now = movable.map(|at| {
            after[at] += 1;
            for next in at + 1..size {
                after[next] = after[next - 1] + 1;
            }
            after
        });
        Some(set)
    }
}

fn gap(logic: &Logic<'_>, group: &Group, witnesses: &mut Vec<Witness>, out: &mut Vec<Diagnostic>) {
    if !group.complete || group.rules.is_empty() {
        return;
    }
    let goal = group.rules.iter().fold(Goal::default(), |goal, id| goal.rule(*id, Truths::FALSE));
    match logic.space.find_only(&goal) {
        Outcome::Impossible(_) => {}
        Outcome::NotDecided(_) => {
            logic.not_decided(group.span, format!("whether one rule of `{}` always holds", group.id));
        }
        Outcome::Witness(respondent) => {
            out.push(
                Diagnostic::error(
                    Code::Gap,
                    group.span,
                    format!(
                        "the group `{}` promises to be complete, and somebody falls between its rules",
                        group.id
                    ),
                )
                .label(case(logic, &group.rules, &respondent))
                .help("widen one of the rules, or add one for the rest"),
            );
            witnesses.push(Witness { code: "K307", item: group.id.clone(), respondent: *respondent });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sets;

    #[test]
    fn each_choice_comes_once() {
        let mut sets = Sets::new(4, 2);
        let mut all = Vec::new();
        while let Some(set) = sets.next() {
            all.push(set);
        }
        assert_eq!(all, [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert!(Sets::new(2, 3).next().is_none());
    }
}
