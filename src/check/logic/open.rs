//! What could not be decided: said, never hidden.

use super::Logic;
use crate::diag::{Code, Diagnostic, Example, Page};

pub const PAGE: Page = Page {
    code: Code::NotDecided,
    title: "a question about a rule that was not decided",
    what: "Neither somebody was found for whom it is so, nor a proof that there is nobody, within the steps that are counted for it.",
    why: "What was not proved is not to be taken for sound. The rule may be all right: look at it yourself, or make it simpler.",
    example: Example::Beside,
    before: "\
metrics:
  half: { title: Half of the score, unit: points, better: higher, formula: score.health / 2 }
rules:
  - id: half-way
    title: Half way
    why: Half a score is half a view.
    when:
      - metric.half > 30 points
      - band.health is pouring
    prescribe: [account-list]
    severity: low
",
    after: "\
rules:
  - id: half-way
    title: Half way
    why: Half a score is half a view.
    when:
      - answer.usage-seen <= 2
      - band.health is pouring
    prescribe: [account-list]
    severity: low
",
    fix: "Give the pack a test that shows the case, or name fewer values that are worked out from each other in one rule.",
};

pub fn open(logic: &Logic<'_>) -> Vec<Diagnostic> {
    let mut told: Vec<(crate::source::Span, String)> = Vec::new();
    for (span, what) in logic.open.borrow().iter() {
        // One message an item: what else is open of it follows from the same cause.
        if told.iter().all(|(other, _)| other != span) {
            told.push((*span, what.clone()));
        }
    }
    told.into_iter()
        .map(|(span, what)| {
            Diagnostic::warning(Code::NotDecided, span, format!("{what} was not decided"))
                .label("too much is worked out from each other here")
                .help("show the case in a test of the pack, or use fewer values in one rule")
        })
        .collect()
}
