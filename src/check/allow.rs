//! Warnings that the author has looked at: they stand in the pack beside the item, with a reason.

use super::Depth;
use crate::diag::{Code, Diagnostics, Example, Page, Severity};
use crate::model::Pack;

pub const PAGE: Page = Page {
    code: Code::UnusedAllow,
    title: "a permission that allows nothing",
    what: "An `allow:` names a code that is not told of the item beside which it stands.",
    why: "What it once allowed is gone; left standing, it would hide the next fault of that kind.",
    example: Example::Beside,
    before: "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: band.churn_rate is poor
    prescribe: [account-list]
    severity: low
    allow: [{ code: K404, reason: The contract names this number. }]
",
    after: "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: band.churn_rate is poor
    prescribe: [account-list]
    severity: low
",
    fix: "Take it out.",
};

/// Takes the allowed warnings out, and tells permissions that allow nothing.
pub fn allow(pack: &Pack, mut diagnostics: Diagnostics, depth: Depth) -> Diagnostics {
    let mut used = vec![false; pack.allowed.len()];
    diagnostics.retain(|diagnostic| {
        if diagnostic.severity == Severity::Error {
            return true;
        }
        let Some(span) = diagnostic.span else { return true };
        let mut keep = true;
        for (place, allowed) in pack.allowed.iter().enumerate() {
            let inside = allowed.item.source == span.source
                && allowed.item.start <= span.start
                && span.start < allowed.item.end;
            if inside && allowed.code == diagnostic.code.name() {
                used[place] = true;
                keep = false;
            }
        }
        keep
    });
    // What was not looked for may well be there.
    let looked_for = |code: &str| depth == Depth::All || !code.starts_with("K3");
    for (allowed, _) in pack.allowed.iter().zip(used).filter(|(_, used)| !used) {
        if !looked_for(&allowed.code) {
            continue;
        }
        let told = super::warning(
            Code::UnusedAllow,
            allowed.span,
            format!("nothing here needs `{}` allowed", allowed.code),
        )
        .label("this permission has no effect")
        .help("take it out");
        diagnostics.push(match allowed.removal {
            Some(place) => told.fix(place, ""),
            None => told,
        });
    }
    diagnostics
}
