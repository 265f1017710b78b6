//! Pages on the lines of a condition.

use crate::diag::{Code, Example, Page};

pub const PAGES: &[Page] = &[
    Page {
        code: Code::WrongKind,
        title: "a comparison that its subject cannot have",
        what: "A label is compared as a number, a number asked for a label, a gap asked of a question that has no voices.",
        why: "The comparison means nothing, and the rule would never be decided.",
        example: Example::Beside,
        before: "\
rules:
  - id: small-and-busy
    title: Small and busy
    why: A small base feels each loss.
    when: answer.segment <= 2
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: small-and-busy
    title: Small and busy
    why: A small base feels each loss.
    when: answer.segment is small
    prescribe: [account-list]
    severity: low
",
        fix: "Labels are compared with `is` and `in`, numbers with `<`, `<=`, `>`, `>=`, `=`, `!=` and `between`. \
              For the label of a score or metric ask its `band.`",
    },
    Page {
        code: Code::Condition,
        title: "a line that is no condition",
        what: "A line cannot be read as a comparison, or can be read in two ways.",
        why: "A line that is not understood decides nothing; one that can be understood in two ways decides what you did not mean.",
        example: Example::Beside,
        before: "\
rules:
  - id: small-and-busy
    title: Small and busy
    why: A small base feels each loss.
    when: answer.segment is small or mid
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: small-and-busy
    title: Small and busy
    why: A small base feels each loss.
    when: answer.segment in [small, mid]
    prescribe: [account-list]
    severity: low
",
        fix: "A comparison is a name, a comparison and a value: `answer.usage-seen <= 2`, `band.health is pouring`, \
              `metric.churn_rate between 8% and 15%`. Labels of several words stand in double quotes.",
    },
    Page {
        code: Code::MixedAndOr,
        title: "`and` beside `or` without brackets",
        what: "One line joins comparisons with both `and` and `or`.",
        why: "People read it in two ways, and each is a different rule.",
        example: Example::Beside,
        before: "\
rules:
  - id: late-talks
    title: Talks come late
    why: A late talk is about the price.
    when: answer.renewal-start <= 1 and answer.price-talk >= 4 or answer.segment is mid
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: late-talks
    title: Talks come late
    why: A late talk is about the price.
    when: answer.renewal-start <= 1 and (answer.price-talk >= 4 or answer.segment is mid)
    prescribe: [account-list]
    severity: low
",
        fix: "Put brackets round what belongs together; the message spells both readings out.",
    },
    Page {
        code: Code::AmbiguousNot,
        title: "a list under `not:` or `unless:` with two readings",
        what: "Several conditions stand as a plain list under `not:` or `unless:`.",
        why: "People mean \u{201c}neither of them\u{201d} as often as \u{201c}not both\u{201d}.",
        example: Example::Beside,
        before: "\
rules:
  - id: late-talks
    title: Talks come late
    why: A late talk is about the price.
    when: answer.renewal-start <= 1
    unless:
      - answer.segment is small
      - answer.usage-seen >= 4
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: late-talks
    title: Talks come late
    why: A late talk is about the price.
    when: answer.renewal-start <= 1
    unless:
      any:
        - answer.segment is small
        - answer.usage-seen >= 4
    prescribe: [account-list]
    severity: low
",
        fix: "Write `any:` where one of them is enough, `all:` where all must hold.",
    },
    Page {
        code: Code::TooDeep,
        title: "conditions nested deeper than 32",
        what: "Brackets, lists or `not:` stand inside each other more than 32 times.",
        why: "Nobody can follow such a condition, and nobody can explain it to a client.",
        example: Example::Beside,
        before: "\
rules:
  - id: late-talks
    title: Talks come late
    why: A late talk is about the price.
    when: ((((((((((((((((((((((((((((((((((answer.renewal-start <= 1))))))))))))))))))))))))))))))))))
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: late-talks
    title: Talks come late
    why: A late talk is about the price.
    when: answer.renewal-start <= 1
    prescribe: [account-list]
    severity: low
",
        fix: "Take needless brackets out, and name a part of it under `conditions:`.",
    },
];
