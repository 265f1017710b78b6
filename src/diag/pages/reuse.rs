//! Pages on groups of rules, earlier rounds and packs that build on others.

use crate::diag::{Code, Example, Page};

const YAML: Example = Example::Answers("yaml");

pub const PAGES: &[Page] = &[
    Page {
        code: Code::SupersedesCircle,
        title: "rules that set each other aside",
        what: "A rule is the stronger of another, directly or by others, and the other is the stronger of it.",
        why: "Where both hold each would set the other aside, and the paper would say nothing of either.",
        example: Example::Beside,
        before: "\
rules:
  - id: seen-late
    title: Risk is seen late
    why: Late is too late.
    when: answer.usage-seen <= 2
    supersedes: [seen-by-few]
    prescribe: [account-list]
    severity: low
  - id: seen-by-few
    title: Few see the risk
    why: Few cannot see all.
    when: answer.usage-seen <= 3
    supersedes: [seen-late]
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: seen-late
    title: Risk is seen late
    why: Late is too late.
    when: answer.usage-seen <= 2
    supersedes: [seen-by-few]
    prescribe: [account-list]
    severity: low
  - id: seen-by-few
    title: Few see the risk
    why: Few cannot see all.
    when: answer.usage-seen <= 3
    prescribe: [account-list]
    severity: low
",
        fix: "Say which of the two is the stronger: take the other out of `supersedes:`, or move it in its group.",
    },
    Page {
        code: Code::GroupWrong,
        title: "a group that has nothing to choose from",
        what: "A group names fewer than two rules.",
        why: "A group says which of several rules stands. With one rule the others were forgotten, or misspelt and taken out.",
        example: Example::Beside,
        before: "\
groups:
  tier: { pick: first, rules: [early-warning-missing] }
",
        after: "\
groups:
  tier: { pick: first, rules: [early-warning-missing, views-differ] }
",
        fix: "Name all rules of the group, the strongest first, or take the group out.",
    },
    Page {
        code: Code::Rounds,
        title: "rounds that cannot be put in order",
        what: "An earlier round has no date, the date of another round, or one that is not before the answers' own.",
        why: "A trend is the change since the last round: without an order nobody knows which one that is.",
        example: YAML,
        before: "\
respondent: northwind
date: 2026-01-31
metrics: { churn_rate: 12% }
rounds:
  - metrics: { churn_rate: 15% }
",
        after: "\
respondent: northwind
date: 2026-01-31
metrics: { churn_rate: 12% }
rounds:
  - { date: 2025-01-31, metrics: { churn_rate: 15% } }
",
        fix: "Give each round the day of its answers. The newest answers stand on top, earlier ones under `rounds:`.",
    },
    Page {
        code: Code::GroupOverfull,
        title: "more rules of a group than it allows",
        what: "A group promises with `at_most` how many of its rules fire, and for this respondent more of them do.",
        why: "`check` proves the promise for what is known; rules that fire on an assumption can still break it. \
              Which of them counts is nobody's to say, so all are kept.",
        example: YAML,
        before: "\
rules:
  - id: blind
    title: Nobody sees the risk
    why: Late is too late.
    when: answer.usage-seen <= 2
    if_missing: assume_true
    area: health
    severity: low
  - id: aware
    title: All see the risk
    why: That is worth keeping.
    when: answer.usage-seen >= 4
    if_missing: assume_true
    area: health
    severity: low
groups:
  sight: { pick: { at_most: 1 }, rules: [blind, aware] }
===
respondent: northwind
answers: { usage-seen: skipped }
",
        after: "\
rules:
  - id: blind
    title: Nobody sees the risk
    why: Late is too late.
    when: answer.usage-seen <= 2
    if_missing: assume_true
    area: health
    severity: low
  - id: aware
    title: All see the risk
    why: That is worth keeping.
    when: answer.usage-seen >= 4
    area: health
    severity: low
groups:
  sight: { pick: { at_most: 1 }, rules: [blind, aware] }
===
respondent: northwind
answers: { usage-seen: skipped }
",
        fix: "Let only one rule of the group be assumed, or use `pick: first`, which sets the others aside.",
    },
];
