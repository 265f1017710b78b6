//! Two rules that say the same: one of them is a slip, and both would stand in a client's paper.

use crate::diag::{Code, Diagnostic, Example, Page};
use crate::model::{Condition, Pack, Rule, Test};

pub const PAGE: Page = Page {
    code: Code::DuplicateRule,
    title: "a rule that says the same as another",
    what: "Two rules have the same conditions, in whatever order they are written, and the same prescriptions.",
    why: "The client reads one reason twice, and who mends one of the two rules later forgets the other.",
    example: Example::Beside,
    before: "\
rules:
  - id: views-apart
    title: Views lie apart
    why: Who sees different things argues about them.
    when: gap.usage-seen >= 2
    prescribe: [account-list]
    severity: medium
",
    after: "\
rules:
  - id: views-apart
    title: Views lie far apart
    why: Who sees different things argues about them.
    when: gap.usage-seen >= 3
    prescribe: [monthly-risk-review]
    severity: medium
",
    fix: "Take one of the two out, or give it conditions or prescriptions of its own.",
};

/// Rules whose conditions and prescriptions are the same, in whatever order they are written.
pub fn duplicate_rules(pack: &Pack) -> Vec<Diagnostic> {
    let shapes: Vec<(String, &Rule)> = shapes(pack).into_iter().zip(&pack.rules).collect();
    let mut out = Vec::new();
    for (place, (shape, rule)) in shapes.iter().enumerate() {
        if let Some((_, first)) = shapes[..place].iter().find(|(other, _)| other == shape) {
            out.push(
                Diagnostic::error(
                    Code::DuplicateRule,
                    rule.span,
                    format!("rule `{}` says the same as `{}`", rule.id, first.id),
                )
                .label("the second one")
                .related(first.span, "the first one")
                .help("take one out, or give it conditions or prescriptions of its own"),
            );
        }
    }
    out
}

/// What each rule says, whatever the order in which it is written.
pub fn shapes(pack: &Pack) -> Vec<String> {
    pack.rules.iter().map(shape).collect()
}

fn shape(rule: &Rule) -> String {
    let mut prescribe = rule.prescribe.clone();
    prescribe.sort();
    let unless = rule.unless.as_ref().map(normal);
    format!("{:?} {unless:?} {prescribe:?}", normal(&rule.when))
}

/// A condition without its places, its lists in one order.
fn normal(condition: &Condition) -> String {
    let list = |name: &str, parts: &[Condition]| {
        let mut parts: Vec<String> = parts.iter().map(normal).collect();
        parts.sort();
        parts.dedup();
        if parts.len() == 1 && name != "of" {
            parts.remove(0)
        } else {
            format!("{name}({})", parts.join(","))
        }
    };
    match condition {
        Condition::All(parts) => list("all", parts),
        Condition::Any(parts) => list("any", parts),
        Condition::AtLeast(n, parts) => format!("{n}{}", list("of", parts)),
        Condition::Not(inner) => format!("not({})", normal(inner)),
        Condition::Named(id, _) => format!("named({})", id.0),
        Condition::Test(Test { subject, check, .. }) => format!("{subject:?} {check:?}"),
    }
}
