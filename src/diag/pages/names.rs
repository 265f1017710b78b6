//! Pages on names, labels, numbers and units.

use crate::diag::{Code, Example, Page};

pub const PAGES: &[Page] = &[
    Page {
        code: Code::UnknownName,
        title: "a name that the pack does not have",
        what: "A condition, formula or list names a question, metric, area, condition or prescription that the pack does \
               not have. The nearest names are offered.",
        why: "A rule on a misspelt name would never fire, and nobody would miss it.",
        example: Example::Beside,
        before: "\
rules:
  - id: usage-unseen
    title: Usage is seen by nobody
    why: What nobody sees nobody mends.
    when: answer.usage-sen <= 1
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: usage-unseen
    title: Usage is seen by nobody
    why: What nobody sees nobody mends.
    when: answer.usage-seen <= 1
    prescribe: [account-list]
    severity: low
",
        fix: "Write the name as the message offers it, or add what it names.",
    },
    Page {
        code: Code::UnknownLabel,
        title: "a label that does not exist",
        what: "A condition names an option, label or band that its question, scale or bands do not have.",
        why: "A comparison with a label that nobody can choose is never true.",
        example: Example::Beside,
        before: "\
rules:
  - id: reviews-rare
    title: Reviews are rare
    why: What is looked at once a year is found late.
    when: answer.health-review in [never, yearli]
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: reviews-rare
    title: Reviews are rare
    why: What is looked at once a year is found late.
    when: answer.health-review in [never, yearly]
    prescribe: [account-list]
    severity: low
",
        fix: "Take one of the labels that the message lists; capitals do not matter.",
    },
    Page {
        code: Code::UnitMissing,
        title: "a number without the unit that it needs",
        what: "A metric that has a unit is compared with a bare number. For a percentage, `0.15` is told as well.",
        why: "Fifteen of what? A share of 0.15 and 15% are a factor of one hundred apart, and a client's paper would state the wrong one.",
        example: Example::Beside,
        before: "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: metric.churn_rate > 20
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: metric.churn_rate > 20%
    prescribe: [account-list]
    severity: low
",
        fix: "Write the unit behind the number. Scores take `points` or nothing.",
    },
    Page {
        code: Code::UnitWrong,
        title: "a unit that does not fit",
        what: "A number is written in a unit into which its metric cannot be converted: minutes to weeks convert among \
               themselves, months to years likewise, never across.",
        why: "A comparison across units is a comparison of nothing: how many days a month has depends on the month.",
        example: Example::Beside,
        before: "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: metric.churn_rate > 20 clients
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: metric.churn_rate > 20%
    prescribe: [account-list]
    severity: low
",
        fix: "Write the number in the metric's own unit, or compare the metric that you mean.",
    },
    Page {
        code: Code::OutOfRange,
        title: "a value that the scale or range does not hold",
        what: "A condition compares with a number that the scale or the metric's range does not reach, or a range ends before it begins.",
        why: "Such a comparison is always true or never; the number or the range is a slip.",
        example: Example::Beside,
        before: "\
rules:
  - id: usage-unseen
    title: Usage is seen by nobody
    why: What nobody sees nobody mends.
    when: answer.usage-seen <= 0
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: usage-unseen
    title: Usage is seen by nobody
    why: What nobody sees nobody mends.
    when: answer.usage-seen <= 1
    prescribe: [account-list]
    severity: low
",
        fix: "Choose a number inside the scale or range, or widen the range where it was too narrow.",
    },
    Page {
        code: Code::Number,
        title: "a number that is not written as one",
        what: "Digits with something between them: a comma, two points, spaces. A comma before exactly three digits is \
               offered in both readings, any other comma as a decimal point.",
        why: "`1,000` is a thousand in one country and one in another.",
        example: Example::Beside,
        before: "\
rules:
  - id: large-base
    title: The client base is large
    why: Nobody remembers a thousand names.
    when: metric.clients_at_start >= 1,000 clients
    prescribe: [account-list]
    severity: low
",
        after: "\
rules:
  - id: large-base
    title: The client base is large
    why: Nobody remembers a thousand names.
    when: metric.clients_at_start >= 1000 clients
    prescribe: [account-list]
    severity: low
",
        fix: "Write digits, with at most one point and no separators.",
    },
    Page {
        code: Code::Formula,
        title: "a formula that does not work out",
        what: "The formula cannot be read, its parts cannot be added for their units, or it gives another unit than its metric has.",
        why: "Hours added to clients give a number, and the number means nothing.",
        example: Example::Beside,
        before: "\
metrics:
  clients_kept: { title: Clients kept, unit: \"%\", range: [0%, 100%], formula: clients_at_start - clients_lost }
questions:
  kept: { kind: text, question: \"Of whom do {metric.clients_kept} remind you?\" }
",
        after: "\
metrics:
  clients_kept: { title: Clients kept, unit: clients, range: [0, 100000], formula: clients_at_start - clients_lost }
questions:
  kept: { kind: text, question: \"Of whom do {metric.clients_kept} remind you?\" }
",
        fix: "Give the metric the unit that its formula has, or divide by what it should be a share of: a quotient of like \
              units is a plain number, which a % metric shows times 100. A minus stands between spaces.",
    },
    Page {
        code: Code::DivisionByZero,
        title: "a divisor that can be 0",
        what: "A formula divides by something whose range holds 0.",
        why: "For the one client with a 0 there would be no number, in front of everybody.",
        example: Example::Beside,
        before: "\
metrics:
  churn_turned: { title: Starts per loss, unit: count, range: [0, 100000], formula: clients_at_start / clients_lost }
questions:
  turned: { kind: text, question: \"What do {metric.churn_turned} tell you?\" }
",
        after: "\
metrics:
  churn_turned: { title: Losses per start, unit: count, range: [0, 100000], formula: clients_lost / clients_at_start }
questions:
  turned: { kind: text, question: \"What do {metric.churn_turned} tell you?\" }
",
        fix: "Give the divisor a range that begins above 0, or divide by something that is never 0.",
    },
    Page {
        code: Code::Cycle,
        title: "something that needs itself",
        what: "A formula, a condition, a prescription's `after:` or a YAML reference leads back to itself.",
        why: "It would never end: neither can be worked out before the other.",
        example: Example::Beside,
        before: "\
conditions:
  stretched: band.health is pouring or condition.strained
  strained: band.renewal is pouring or condition.stretched
rules:
  - id: all-at-once
    title: Everything at once
    why: Who does everything at once finishes nothing.
    when: condition.stretched
    prescribe: [account-list]
    severity: low
",
        after: "\
conditions:
  stretched: band.health is pouring or condition.strained
  strained: band.renewal is pouring
rules:
  - id: all-at-once
    title: Everything at once
    why: Who does everything at once finishes nothing.
    when: condition.stretched
    prescribe: [account-list]
    severity: low
",
        fix: "Take one of the steps of the circle out; the message names them all.",
    },
    Page {
        code: Code::BandsWrong,
        title: "bands that do not cover every number once",
        what: "Bands leave a gap, overlap, change direction, or have `rest` before their end.",
        why: "A client whose number falls into the gap has no band, no finding and no advice.",
        example: Example::Beside,
        before: "\
areas:
  onboarding: { title: Starting well, bands: { good: \">= 50\", poor: \"< 40\" } }
questions:
  first-week: { area: onboarding, scale: agree5, question: \"The first week is planned.\" }
rules:
  - id: unplanned-start
    title: Nobody plans the first week
    why: What is not planned is left to chance.
    when: band.onboarding is poor
    prescribe: [account-list]
    severity: low
",
        after: "\
areas:
  onboarding: { title: Starting well, bands: { good: \">= 50\", poor: rest } }
questions:
  first-week: { area: onboarding, scale: agree5, question: \"The first week is planned.\" }
rules:
  - id: unplanned-start
    title: Nobody plans the first week
    why: What is not planned is left to chance.
    when: band.onboarding is poor
    prescribe: [account-list]
    severity: low
",
        fix: "Write the ends in order, all in one direction, and let the last band be `rest`.",
    },
    Page {
        code: Code::PointsEnds,
        title: "option points whose ends are not 0 and 100",
        what: "The options of a scale have points, and the lowest is not 0 or the highest not 100, under a score that is a mean.",
        why: "Nobody could then reach 0 or 100, and the bands would judge such a question more mildly or harder than the others.",
        example: Example::Beside,
        before: "\
scales:
  how-well: { options: { badly: 1, fairly: 2, well: 3 } }
questions:
  handover: { area: health, scale: how-well, question: \"How well are clients handed over?\" }
",
        after: "\
scales:
  how-well: { options: { badly: 0, fairly: 50, well: 100 } }
questions:
  handover: { area: health, scale: how-well, question: \"How well are clients handed over?\" }
",
        fix: "Write the rescaled points that the message offers, or score the area with `scoring: sum`, which takes points as they are.",
    },
    Page {
        code: Code::MixedTotal,
        title: "a total of scores that are not all counted alike",
        what: "The total is a mean of areas from 0 to 100, and an area in it is a sum, a mean on the scale's own numbers or a formula.",
        why: "A mean of 12 of 27 and 60 of 100 is a number that nobody can read.",
        example: Example::Beside,
        before: "\
scales:
  days: { options: { never: 0, some-days: 1, most-days: 2, nearly-daily: 3 } }
areas:
  strain: { title: Strain, scoring: sum, better: lower, bands: { low: \"<= 1\", high: rest } }
questions:
  tired: { area: strain, scale: days, question: \"How often were you tired?\" }
rules:
  - id: strained
    title: The team is strained
    why: Tired people sell less.
    when: band.strain is high
    prescribe: [account-list]
    severity: low
",
        after: "\
scales:
  days: { options: { never: 0, some-days: 1, most-days: 2, nearly-daily: 3 } }
areas:
  strain: { title: Strain, weight: 0, scoring: sum, better: lower, bands: { low: \"<= 1\", high: rest } }
questions:
  tired: { area: strain, scale: days, question: \"How often were you tired?\" }
rules:
  - id: strained
    title: The team is strained
    why: Tired people sell less.
    when: band.strain is high
    prescribe: [account-list]
    severity: low
",
        fix: "Keep such an area out of the total with `weight: 0`, count everything as sums with `scoring: sum` under `defaults:`, or do without a total: `total: none`.",
    },
    Page {
        code: Code::UnknownUnit,
        title: "a unit that neither the language nor the pack has",
        what: "A word behind a number, or after `unit:`, is no unit.",
        why: "A misspelt unit compares with nothing.",
        example: Example::Beside,
        before: "\
metrics:
  visits: { title: Visits, unit: visits, range: [0, 99] }
questions:
  seen: { kind: text, question: \"What came of {metric.visits}?\" }
",
        after: "\
units: [visits]
metrics:
  visits: { title: Visits, unit: visits, range: [0, 99] }
questions:
  seen: { kind: text, question: \"What came of {metric.visits}?\" }
",
        fix: "Correct the spelling, or declare the unit under `units:`.",
    },
    Page {
        code: Code::ScaleSteps,
        title: "a scale whose steps do not fit",
        what: "A numbered scale does not come to its end in whole steps from its beginning, or a slider (`step: any`) has labels.",
        why: "An answer is the beginning plus a whole number of steps: the best answer could never be given, or nobody could tell \
              which number a label names.",
        example: Example::Beside,
        before: "\
scales:
  hours: { from: 0, to: 7, step: 2 }
questions:
  looking: { area: health, scale: hours, question: \"How many hours a week go into looking at accounts?\" }
",
        after: "\
scales:
  hours: { from: 0, to: 8, step: 2 }
questions:
  looking: { area: health, scale: hours, question: \"How many hours a week go into looking at accounts?\" }
",
        fix: "Move `to:`, change `step:` (1 where nothing is said), or write `step: any` for a slider without labels.",
    },
    Page {
        code: Code::AskIf,
        title: "an `ask_if` that looks at more than answers",
        what: "Whether a question is asked depends on a score, a band, a metric or a gap.",
        why: "A question is asked before anything is measured or scored: the form could not know whether to show it.",
        example: Example::Beside,
        before: "\
questions:
  lost-why: { area: health, scale: agree5, ask_if: metric.clients_lost > 0 clients, question: \"We know why each lost client left.\" }
",
        after: "\
questions:
  lost-why: { area: health, scale: agree5, ask_if: answer.usage-seen >= 2, question: \"We know why each lost client left.\" }
",
        fix: "Ask for answers only; where a number decides, ask for it with a question of `kind: number`.",
    },
];
