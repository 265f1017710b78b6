//! Numbers that scores are compared with and that no score comes near.

use super::Logic;
use crate::cells::{Goal, Outcome, Truths};
use crate::diag::{Code, Diagnostic, Example, Page};
use crate::model::{Check, Condition, Limit, Number, ScoreOf, Subject, Test};
use crate::source::Span;

pub const PAGE: Page = Page {
    code: Code::OutOfReach,
    title: "a number that no score comes near",
    what: "A score is compared with a number, and no answers bring the score nearer to it than a tenth of the way from its worst to its best.",
    why: "The line says something else than it seems to: where an area has only a few possible scores, any number between two of them would do the same.",
    example: Example::Beside,
    before: "\
areas:
  habits: { title: Habits }
scales:
  twice: { options: { \"no\": 0, \"yes\": 100 } }
questions:
  written: { area: habits, scale: twice, question: Are renewals written down? }
rules:
  - id: no-habit
    title: Nothing is written down
    why: What is not written down is forgotten.
    when: score.habits < 35
    prescribe: [account-list]
    severity: low
",
    after: "\
areas:
  habits: { title: Habits }
scales:
  twice: { options: { \"no\": 0, \"yes\": 100 } }
questions:
  written: { area: habits, scale: twice, question: Are renewals written down? }
rules:
  - id: no-habit
    title: Nothing is written down
    why: What is not written down is forgotten.
    when: answer.written is no
    prescribe: [account-list]
    severity: low
",
    fix: "Compare the answer itself, or with a score that can come about.",
};

pub fn reach(logic: &Logic<'_>) -> Vec<Diagnostic> {
    let mut tests: Vec<&Test> = Vec::new();
    for rule in &logic.pack.rules {
        tests.extend(rule.when.tests());
        tests.extend(rule.unless.iter().flat_map(Condition::tests));
    }
    tests.extend(logic.pack.conditions.iter().flat_map(|named| named.when.tests()));
    let mut out = Vec::new();
    let mut known: Vec<(ScoreOf, Number, bool)> = Vec::new();
    for test in tests {
        let Subject::Score(of) = test.subject else { continue };
        let Some((low, high)) = logic.pack.score_range(of) else { continue };
        let near = (high - low) * Number::ratio(1, 10);
        for limit in test.check.limits() {
            let limit = limit.on(logic.pack, None).into_owned();
            let before = known.iter().find(|(other, at, _)| *other == of && *at == limit);
            let reached = match before {
                Some((_, _, reached)) => *reached,
                None => {
                    let around = between(of, &limit - &near, &limit + &near, test.span);
                    let reached =
                        logic.met(|values, _| {
                            values
                                .score(of)
                                .value()
                                .is_some_and(|value| *value >= &limit - &near && *value <= &limit + &near)
                        }) || match logic.space.find_only(&Goal::default().condition(&around, Truths::TRUE)) {
                            Outcome::Impossible(_) => false,
                            Outcome::Witness(respondent) => {
                                logic.meet(&respondent);
                                true
                            }
                            Outcome::NotDecided(_) => {
                                let what = format!("whether a score comes near {limit}");
                                logic.not_decided(test.span, what);
                                true
                            }
                        };
                    known.push((of, limit.clone(), reached));
                    reached
                }
            };
            if !reached {
                out.push(told(logic, of, &limit, test));
            }
        }
    }
    out
}

fn told(logic: &Logic<'_>, of: ScoreOf, limit: &Number, test: &Test) -> Diagnostic {
    let id = match of {
        ScoreOf::Area(area) => logic.pack.area(area).id.as_str(),
        ScoreOf::Total => "total",
    };
    Diagnostic::warning(Code::OutOfReach, test.span, format!("no score of `{id}` comes near {limit}"))
        .label("so it says the same as other numbers would")
        .help("compare the answer itself, or with a score that can come about")
}

fn between(of: ScoreOf, low: Number, high: Number, span: Span) -> Condition {
    let low = Limit::Number(low);
    let high = Limit::Number(high);
    Condition::Test(Test {
        subject: Subject::Score(of),
        check: Check::Between { low, high, negated: false },
        span,
    })
}
