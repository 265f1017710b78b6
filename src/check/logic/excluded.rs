//! Prescriptions that exclude each other and can be advised together without anything to choose between them.
//!
//! Where two of them are given at once, the higher rank stays and the other is set aside: that is what ranks are for.
//! An error is what leaves no choice to the author: two that rank the same, and one rule that gives both.

use super::case::case;
use super::{Logic, Witness};
use crate::cells::{Goal, Outcome, Truths};
use crate::diag::{Code, Diagnostic, Example, Page};
use crate::model::{Condition, Number, Pack, Prescribed, PrescriptionId, RuleId, Severity};

pub const PAGE: Page = Page {
    code: Code::ExcludedTogether,
    title: "prescriptions that exclude each other, advised together",
    what: "Of two prescriptions of which one says `instead_of:` the other, somebody can be given both with the same rank, or one rule gives both.",
    why: "The higher rank stays and the other is set aside. Where both rank the same, what is advised follows from the spelling of an id; where one rule gives both, one of them is never advised.",
    example: Example::Beside,
    before: "\
rules:
  - id: late
    title: Renewals begin late
    why: Whoever begins late has no choice left.
    when: answer.renewal-start <= 1
    prescribe: [talk-early]
    severity: medium
  - id: fear
    title: Price decides
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 5
    prescribe: [talk-late]
    severity: medium
prescriptions:
  talk-early: { area: renewal, title: Talk early, do: [Call.], effort: 2, impact: 4, horizon: 30, instead_of: [talk-late] }
  talk-late:  { area: renewal, title: Talk late, do: [Wait.], effort: 2, impact: 4, horizon: 30 }
",
    after: "\
rules:
  - id: late
    title: Renewals begin late
    why: Whoever begins late has no choice left.
    when: answer.renewal-start <= 1
    prescribe: [talk-early]
    severity: medium
  - id: fear
    title: Price decides
    why: Whoever fears the price talks of nothing else.
    when:
      - answer.price-talk >= 5
      - answer.renewal-start >= 2
    prescribe: [talk-late]
    severity: medium
prescriptions:
  talk-early: { area: renewal, title: Talk early, do: [Call.], effort: 2, impact: 4, horizon: 30, instead_of: [talk-late] }
  talk-late:  { area: renewal, title: Talk late, do: [Wait.], effort: 2, impact: 4, horizon: 30 }
",
    fix: "Where the choice depends on an answer, write it as a condition of the two rules. Where one is simply better, let its impact, effort or severity say so.",
};

/// A rule that gives a prescription, with the guards of a ladder's step: conditions and what they must come to.
struct Giver<'p> {
    rule: RuleId,
    severity: Severity,
    guards: Vec<(&'p Condition, Truths)>,
}

pub fn excluded(logic: &Logic<'_>, witnesses: &mut Vec<Witness>) -> Vec<Diagnostic> {
    let pack = logic.pack;
    let mut out = Vec::new();
    for place in 0..pack.prescriptions.len() {
        let a = PrescriptionId(place);
        for b in &pack.prescription(a).instead_of {
            let told_by_other = pack.prescription(*b).instead_of.contains(&a) && b.0 < place;
            if *b != a && !told_by_other {
                pair(logic, a, *b, witnesses, &mut out);
            }
        }
    }
    out
}

fn pair(
    logic: &Logic<'_>,
    a: PrescriptionId,
    b: PrescriptionId,
    witnesses: &mut Vec<Witness>,
    out: &mut Vec<Diagnostic>,
) {
    let pack = logic.pack;
    let (first, second) = (givers(pack, a), givers(pack, b));
    let names = format!("`{}` and `{}`", pack.prescription(a).id, pack.prescription(b).id);
    for one in &first {
        for other in &second {
            let both = one.rule == other.rule;
            let ties = rank(pack, a, one.severity) == rank(pack, b, other.severity);
            if !both && !ties {
                continue;
            }
            let mut goal = Goal::default().rule(one.rule, Truths::TRUE).rule(other.rule, Truths::TRUE);
            for (guard, truths) in one.guards.iter().chain(&other.guards) {
                goal = goal.condition(guard, *truths);
            }
            // Whoever gives it more gravely decides its rank.
            for graver in first.iter().filter(|giver| !both && giver.severity > one.severity) {
                goal = goal.rule(graver.rule, Truths::NOT_TRUE);
            }
            for graver in second.iter().filter(|giver| !both && giver.severity > other.severity) {
                goal = goal.rule(graver.rule, Truths::NOT_TRUE);
            }
            let rule = &pack.rules[one.rule.0];
            match logic.space.find_only(&goal) {
                Outcome::Impossible(_) => {}
                Outcome::NotDecided(_) => {
                    logic.not_decided(rule.span, format!("whether {names} can be advised together"));
                }
                Outcome::Witness(respondent) => {
                    let told = if both {
                        Diagnostic::error(
                            Code::ExcludedTogether,
                            rule.span,
                            format!("rule `{}` gives {names}, which exclude each other", rule.id),
                        )
                        .label("one of them is always set aside")
                        .help("give one of them, or write a rule for each")
                    } else {
                        Diagnostic::error(
                            Code::ExcludedTogether,
                            pack.rules[other.rule.0].span,
                            format!("{names} exclude each other, and somebody is given both with the same rank"),
                        )
                        .label(case(logic, &[one.rule, other.rule], &respondent))
                        .related(rule.span, "gives the other")
                        .help("write what decides between them as a condition of the two rules, or let severity, impact or effort differ")
                    };
                    out.push(told);
                    let item = format!("{}-{}", pack.prescription(a).id, pack.prescription(b).id);
                    witnesses.push(Witness { code: "K308", item, respondent: *respondent });
                    return;
                }
            }
        }
    }
}

/// severity × impact ÷ effort.
fn rank(pack: &Pack, id: PrescriptionId, severity: Severity) -> Number {
    let prescription = pack.prescription(id);
    Number::ratio(severity.weight() * prescription.impact, prescription.effort.max(1))
}

fn givers(pack: &Pack, id: PrescriptionId) -> Vec<Giver<'_>> {
    let mut out = Vec::new();
    for (place, rule) in pack.rules.iter().enumerate() {
        for prescribed in &rule.prescribe {
            let guards: Option<Vec<(&Condition, Truths)>> = match prescribed {
                Prescribed::One(given) => (*given == id).then(Vec::new),
                Prescribed::Ladder(ladder) => {
                    let steps = &pack.ladder(*ladder).steps;
                    let at = steps.iter().position(|step| step.prescription == id);
                    at.map(|at| match &steps[at].guard {
                        Some(guard) => vec![(guard, Truths::FALSE)],
                        None => {
                            let before = steps[..at].iter().filter_map(|step| step.guard.as_ref());
                            before.map(|guard| (guard, Truths::TRUE)).collect()
                        }
                    })
                }
            };
            out.extend(guards.map(|guards| Giver { rule: RuleId(place), severity: rule.severity, guards }));
        }
    }
    out
}
