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
        code: Code::BaseMissing,
        title: "a base that is not there",
        what: "A pack names under `extends` a pack that is not there, that calls itself otherwise or that builds on this one in turn; or it overrides something and builds on nothing.",
        why: "Half of such a pack is missing, and what is left would give half of the advice.",
        example: Example::Over,
        before: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-cor@1.2 }
",
        after: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
",
        fix: "Put the folder of the base beside this one, and name it as its `id:` says. The built-in packs are always there.",
    },
    Page {
        code: Code::BaseVersion,
        title: "a base in a version that is not wanted",
        what: "The base has another version than `extends` wants, or `extends` does not say which. `@1.2` is met by 1.2.0 and by 1.2.7, not by 1.3.0.",
        why: "Overrides were written against what the base said then. It may say something else now.",
        example: Example::Over,
        before: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.1 }
",
        after: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
",
        fix: "Look at what has changed in the base, then write its version. A `was:` beside an override tells by itself when its place has moved.",
    },
    Page {
        code: Code::OverrideWrong,
        title: "an override that cannot be carried out",
        what: "An override changes an id, changes what it takes out, or adds what is there already.",
        why: "What the author meant can be read in two ways, and one of them would be lost.",
        example: Example::Over,
        before: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
override:
  rules:
    views-differ: { disable: true, set: { severity: high }, reason: We have no reps. }
",
        after: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
override:
  rules:
    views-differ: { disable: true, reason: We have no reps. }
",
        fix: "Keep one of the two. For an item under another id take the old one out and write a new one.",
    },
    Page {
        code: Code::BaseMoved,
        title: "a base that has moved under an override",
        what: "An override says with `was` what it was written against, and the base does not say that any more.",
        why: "The reason for the override may be gone, or the new value may be worse than both.",
        example: Example::Over,
        before: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
override:
  rules:
    views-differ: { set: { severity: medium }, was: { severity: high }, reason: Reps are many here. }
",
        after: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
override:
  rules:
    views-differ: { set: { severity: medium }, was: { severity: low }, reason: Reps are many here. }
",
        fix: "Look whether the override is still right, then write into `was` what the base says now.",
    },
    Page {
        code: Code::OverrideWithoutEffect,
        title: "an override that changes nothing",
        what: "An override sets what the base says already, or takes out what the base does not have.",
        why: "Somebody believes that the pack differs here. It may be a slip, or the base has caught up.",
        example: Example::Over,
        before: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
override:
  rules:
    views-differ: { set: { severity: low }, reason: Reps are few here. }
",
        after: "\
pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
override:
  rules:
    views-differ: { set: { severity: medium }, reason: Reps are many here. }
",
        fix: "Take it out, or correct the value.",
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
