//! Pages on a pack's own tests: what `test` tells.

use crate::diag::{Code, Example, Page};

pub const PAGES: &[Page] = &[
    Page {
        code: Code::TestFailed,
        title: "an expectation of a test is not met",
        what: "Somebody was given as the test says, and something else was found than it expects. The message shows what was \
           found, what was expected, and why each rule that it is about came out as it did.",
        why: "Either the rule no longer does what its author meant, or the author has changed their mind and the test still \
          says the old thing. Papers must not go out before it is clear which of the two it is.",
        example: Example::Tests(""),
        before: "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: answer.known <= 2
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
tests:
  - name: From one who knows nothing to one who was not asked
    table: |
      answer.known | exits-unknown
      1            | fired
      2            | not_fired
      3            | not_fired
      -            | undecided
",
        after: "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: answer.known <= 2
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
tests:
  - name: From one who knows nothing to one who was not asked
    table: |
      answer.known | exits-unknown
      1            | fired
      2            | fired
      3            | not_fired
      -            | undecided
",
        fix: "Where the rule is right, correct the expectation, or let `kitwright test --update` write what was found. Where the \
          test is right, mend the rule.",
    },
    Page {
        code: Code::RuleUntested,
        title: "a rule of which the tests do not say both yes and no",
        what: "No test expects that the rule fires, or none expects that it does not. A whole list under `fired:` says of every rule that it leaves out that it does not fire.",
        why: "A rule that fires for everybody, or for nobody, would pass such tests. Only a test on each side of the line holds the line.",
        example: Example::Tests(""),
        before: "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: answer.known <= 2
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
tests:
  - name: From one who knows nothing to one who was not asked
    table: |
      answer.known | score.exits
      1            | 0
      2            | 50
      3            | 100
      -            | missing
",
        after: "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: answer.known <= 2
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
tests:
  - name: From one who knows nothing to one who was not asked
    table: |
      answer.known | exits-unknown
      1            | fired
      2            | fired
      3            | not_fired
      -            | undecided
",
        fix: "Add a test in which it fires and one in which it does not, best with answers just on either side of its limits; `fired:` and `not_fired:` name it, and so does a column of a table.",
    },
    Page {
        code: Code::OutcomeUnseen,
        title: "an outcome of a line that no test has seen",
        what: "A line of a condition comes to true, false or unknown, and somebody can bring it to an outcome to which no test does. Outcomes that nobody can bring about are proved to be so and are not told.",
        why: "Whatever the rule does there, no test would notice when it changes. Unknown is an outcome too: what becomes of those who left the question out?",
        example: Example::Tests(""),
        before: "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: answer.known <= 2
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
tests:
  - name: From one who knows nothing to one who was not asked
    table: |
      answer.known | exits-unknown
      1            | fired
      2            | fired
      3            | not_fired
",
        after: "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: answer.known <= 2
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
tests:
  - name: From one who knows nothing to one who was not asked
    table: |
      answer.known | exits-unknown
      1            | fired
      2            | fired
      3            | not_fired
      -            | undecided
",
        fix: "Give somebody for whom the line comes to that outcome, and say what you expect of the rules: the message names such a case. `kitwright test --coverage` tells all of them, however many they are.",
    },
    Page {
        code: Code::SlipUnnoticed,
        title: "a slip that no test notices",
        what: "`test --mutate` changes one thing after the other in the pack, in memory: a sign, a number by one step, a label, a line \
           taken out, the cut of a band. With this change every test passes all the same, although somebody would be judged \
           differently. A change that makes no difference to anybody is proved to make none and is not told.",
        why: "Whoever makes that change by mistake is warned by nothing, and the next papers say something else.",
        example: Example::Tests("--mutate"),
        before: "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: answer.known <= 2
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
tests:
  - name: From one who knows nothing to one who was not asked
    table: |
      answer.known | exits-unknown
      1            | fired
      3            | not_fired
      -            | undecided
",
        after: "\
pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: answer.known <= 2
    prescribe: [walk]
    severity: high
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
tests:
  - name: From one who knows nothing to one who was not asked
    table: |
      answer.known | exits-unknown
      1            | fired
      2            | fired
      3            | not_fired
      -            | undecided
",
        fix: "Add a test on that side of the line: the message says for whom something would be different. What is printed is seen by tests \
          too: `bands:` and `leaks:` notice a cut, `first:` and `plan:` notice an order.",
    },
];
