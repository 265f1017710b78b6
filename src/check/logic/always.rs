//! Rules that fire whatever is answered: they tell nobody from anybody.

use super::Logic;
use crate::cells::Goal;
use crate::diag::{Code, Diagnostic, Example, Page};

pub const PAGE: Page = Page {
    code: Code::AlwaysFires,
    title: "a rule that always fires",
    what: "Whatever is answered, the rule fires as soon as its lines can be decided.",
    why: "Advice that everybody gets is no finding, and the reason printed beside it is none. Mostly a sign points the wrong way.",
    example: Example::Beside,
    before: "\
rules:
  - id: price-fear
    title: Price decides
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 1
    prescribe: [renewal-calendar]
    severity: low
",
    after: "\
rules:
  - id: price-fear
    title: Price decides
    why: Whoever fears the price talks of nothing else.
    when: answer.price-talk >= 5
    prescribe: [renewal-calendar]
    severity: low
",
    fix: "Turn the sign, or move the number. What everybody shall read belongs into a template.",
};

pub fn always(logic: &Logic<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for (id, rule) in logic.rules() {
        let wanted = super::resting(rule);
        if logic.fires.borrow()[id.0] != Some(true) || logic.known(id, wanted) {
            continue;
        }
        match logic.can(&Goal::default().rule(id, wanted)) {
            Some(true) => {}
            None => logic.not_decided(rule.span, format!("whether rule `{}` can rest", rule.id)),
            Some(false) => {
                logic.always.borrow_mut()[id.0] = true;
                out.push(
                    Diagnostic::warning(
                        Code::AlwaysFires,
                        rule.span,
                        format!("rule `{}` always fires", rule.id),
                    )
                    .label("no answers keep it from firing")
                    .help("turn a sign or move a number; what everybody shall read belongs into a template"),
                );
            }
        }
    }
    out
}
