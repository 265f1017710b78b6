//! Pages on answers files and session files.

use crate::diag::{Code, Example, Page};

const YAML: Example = Example::Answers("yaml");
const CSV: Example = Example::Answers("csv");

pub const PAGES: &[Page] = &[
    Page {
        code: Code::UnknownKind,
        title: "a kind of file that answers are not read from",
        what: "The file's ending is none of `.yaml`, `.json`, `.jsonl` and `.csv`.",
        why: "Guessing the kind of a file by its content goes wrong sooner or later.",
        example: Example::Command,
        before: "kitwright evaluate answers.docx\n",
        after: "kitwright evaluate answers.yaml\n",
        fix: "Save or export the answers as one of these kinds.",
    },
    Page {
        code: Code::WrongAnswer,
        title: "an answer that the question does not take",
        what: "An answer is outside its scale, none of the options, or a word where a number is wanted.",
        why: "Whatever the program took instead would be an invented answer.",
        example: YAML,
        before: "\
respondent: northwind
answers: { usage-seen: 9 }
",
        after: "\
respondent: northwind
answers: { usage-seen: 5 }
",
        fix: "The message lists what is permitted. Where there is no answer write `skipped`, `dont_know`, `refused` or \
              `not_applicable`.",
    },
    Page {
        code: Code::WrongMetric,
        title: "a measured value that the metric does not take",
        what: "A metric's value is outside its range, is no number, or for a percentage lies between 0 and 1 without a sign.",
        why: "A churn of 0.15 may be 15% or 0.15%: a factor of one hundred in a client's paper.",
        example: YAML,
        before: "\
respondent: northwind
metrics: { churn_rate: 0.15 }
",
        after: "\
respondent: northwind
metrics: { churn_rate: 15% }
",
        fix: "Write the number in the metric's own unit, with the unit where there is any doubt.",
    },
    Page {
        code: Code::UnknownQuestion,
        title: "a question or metric that the pack does not have",
        what: "A key among the answers or metrics is none of the pack's.",
        why: "The answer would be lost, and the score stand on one answer less.",
        example: YAML,
        before: "\
respondent: northwind
answers: { usage-sen: 4 }
",
        after: "\
respondent: northwind
answers: { usage-seen: 4 }
",
        fix: "Write the name as the message offers it. What is to stay beside the answers belongs under `extra:`.",
    },
    Page {
        code: Code::DuplicateRespondent,
        title: "one id for two respondents",
        what: "Two respondents of one run have the same id.",
        why: "Ids name the files that are written: one playbook would overwrite the other.",
        example: Example::Answers("jsonl"),
        before: "\
{\"respondent\": \"northwind\", \"answers\": {\"usage-seen\": 4}}
{\"respondent\": \"northwind\", \"answers\": {\"usage-seen\": 2}}
",
        after: "\
{\"respondent\": \"northwind\", \"answers\": {\"usage-seen\": 4}}
{\"respondent\": \"southwind\", \"answers\": {\"usage-seen\": 2}}
",
        fix: "Give each respondent an id of their own. Several people who answer for one respondent are its `voices:`.",
    },
    Page {
        code: Code::NoRespondent,
        title: "a respondent without a usable id",
        what: "An answers file names no respondent, holds none at all, or an id is too long to name a file.",
        why: "The id names the files that are written and the row of the result.",
        example: YAML,
        before: "\
answers: { usage-seen: 4 }
",
        after: "\
respondent: northwind
answers: { usage-seen: 4 }
",
        fix: "Write `respondent:` with a short name or number.",
    },
    Page {
        code: Code::TableHead,
        title: "a table whose head cannot be used",
        what: "The first row of a CSV file has a name twice, an empty name, another separator than commas, or lacks the column of ids.",
        why: "The head says what each column means; two columns of one name could each be the one.",
        example: CSV,
        before: "\
respondent,usage-seen,usage-seen
northwind,4,2
",
        after: "\
respondent,usage-seen,renewal-start
northwind,4,2
",
        fix: "Name each column once, with the id of its question or metric, and the ids of respondents first.",
    },
    Page {
        code: Code::TableRow,
        title: "a row with more or fewer cells than the head",
        what: "A row of a CSV file has another number of cells than the head. Usually a text with a comma is not in quotes.",
        why: "From that comma on every answer would stand under the wrong question.",
        example: CSV,
        before: "\
respondent,comment,usage-seen
northwind,Good, but slow,4
",
        after: "\
respondent,comment,usage-seen
northwind,\"Good, but slow\",4
",
        fix: "Put texts that hold commas in double quotes.",
    },
    Page {
        code: Code::OtherPack,
        title: "answers for another pack",
        what: "The respondents of one run name different packs.",
        why: "The questions of one pack mean nothing in another.",
        example: Example::Answers("jsonl"),
        before: "\
{\"respondent\": \"northwind\", \"pack\": \"retention-core\", \"answers\": {\"usage-seen\": 4}}
{\"respondent\": \"southwind\", \"pack\": \"sales-leaks\", \"answers\": {}}
",
        after: "\
{\"respondent\": \"northwind\", \"pack\": \"retention-core\", \"answers\": {\"usage-seen\": 4}}
",
        fix: "Run the answers of each pack by themselves, or say with `--pack` which pack all of them are for.",
    },
    Page {
        code: Code::FormulaDisagrees,
        title: "a given metric that disagrees with its formula",
        what: "A metric that has a formula is given, together with its parts, and the two do not agree at the digits written.",
        why: "One of the numbers is wrong. The given one is used, and the paper says so.",
        example: YAML,
        before: "\
respondent: northwind
metrics: { churn_rate: 30%, clients_lost: 29, clients_at_start: 160 }
",
        after: "\
respondent: northwind
metrics: { churn_rate: 18.1%, clients_lost: 29, clients_at_start: 160 }
",
        fix: "Correct the one that is wrong, or leave the metric out, so that it is worked out.",
    },
    Page {
        code: Code::BandsTooNew,
        title: "bands adopted only after the answers",
        what: "All dated bands of a metric begin after the day of the answers; the oldest are used.",
        why: "The respondent is judged by a line that nobody had drawn yet.",
        example: YAML,
        before: "\
respondent: northwind
date: 2024-06-30
metrics: { churn_rate: 18% }
",
        after: "\
respondent: northwind
date: 2025-06-30
metrics: { churn_rate: 18% }
",
        fix: "Give the pack bands for that time, or judge on a later day with `--as-of`.",
    },
    Page {
        code: Code::ExtraColumn,
        title: "a column that is neither question nor metric",
        what: "A column of a CSV file is no question, no metric and nothing else that is known; it is kept under `extra`.",
        why: "It may be a misspelt question, whose answers would be lost.",
        example: CSV,
        before: "\
respondent,usage-seen,renewals
northwind,4,2
",
        after: "\
respondent,usage-seen,renewal-start
northwind,4,2
",
        fix: "Name the column as the question that it answers. Where it is meant as it is, nothing needs to be done.",
    },
    Page {
        code: Code::Required,
        title: "what a rule requires is missing",
        what: "A rule says `if_missing: require`, and this respondent's answers leave it undecided.",
        why: "The author of the pack said that no paper may be made without an answer to this.",
        example: YAML,
        before: "\
rules:
  - id: size-matters
    title: A small base feels each loss
    why: Of few clients each counts.
    when: answer.segment is small
    if_missing: require
    prescribe: [account-list]
    severity: low
===
respondent: northwind
answers: { usage-seen: 4 }
",
        after: "\
rules:
  - id: size-matters
    title: A small base feels each loss
    why: Of few clients each counts.
    when: answer.segment is small
    if_missing: require
    prescribe: [account-list]
    severity: low
===
respondent: northwind
answers: { usage-seen: 4, segment: mid }
",
        fix: "Give what the message names, or let the rule stay undecided with `if_missing: undecided`.",
    },
    Page {
        code: Code::ComputedOutOfRange,
        title: "a computed metric outside its range",
        what: "The parts of a metric are given, and what its formula makes of them lies outside the metric's range.",
        why: "One of the parts is wrong, such as more clients lost than there were.",
        example: YAML,
        before: "\
respondent: northwind
metrics: { clients_lost: 160, clients_at_start: 29 }
",
        after: "\
respondent: northwind
metrics: { clients_lost: 29, clients_at_start: 160 }
",
        fix: "Check the numbers that it is worked out from.",
    },
    Page {
        code: Code::AnsweredTwice,
        title: "a question answered twice",
        what: "A question stands both under `answers:` and in a voice.",
        why: "The answer of a question with voices is the mean of their roles; a further one belongs to nobody.",
        example: YAML,
        before: "\
respondent: northwind
answers: { usage-seen: 4 }
voices:
  - { role: manager, answers: { usage-seen: 5 } }
",
        after: "\
respondent: northwind
voices:
  - { role: manager, answers: { usage-seen: 5 } }
",
        fix: "Keep the one or the other.",
    },
    Page {
        code: Code::Session,
        title: "a session file that says something impossible",
        what: "The session names a time zone that does not exist, a time that its clocks leave out, or an address that is none.",
        why: "Invitations and recaps would name an hour at which nobody can come.",
        example: Example::Session,
        before: "\
title: Plugging leaks
date: 2026-03-12
time: \"11:00\"
zone: America/Chicgo
minutes: 60
",
        after: "\
title: Plugging leaks
date: 2026-03-12
time: \"11:00\"
zone: America/Chicago
minutes: 60
",
        fix: "Write a region and a city, such as `America/Chicago`; the message offers the nearest.",
    },
    Page {
        code: Code::BandsPastReview,
        title: "bands past their review on the day of the answers",
        what: "The bands by which a metric is judged were to be looked at again before the day of the answers.",
        why: "The line may no longer be where the client's trade draws it. The paper says so in a footnote.",
        example: YAML,
        before: "\
respondent: northwind
date: 2100-01-31
metrics: { churn_rate: 18% }
",
        after: "\
respondent: northwind
date: 2026-01-31
metrics: { churn_rate: 18% }
",
        fix: "Look at the source again, then move `review_by` or add new bands with their own `from`.",
    },
    Page {
        code: Code::NotToBeAsked,
        title: "an answer to a question that was not to be asked",
        what: "A question has `ask_if`, that is false for this respondent, and an answer to it was given all the same. The answer is not used.",
        why: "One of the two answers is wrong, and nobody can tell which.",
        example: YAML,
        before: "\
questions:
  usage-tool: { area: health, scale: agree5, ask_if: answer.usage-seen >= 3, question: \"The tool is quick.\" }
===
respondent: northwind
answers: { usage-seen: 1, usage-tool: 4 }
",
        after: "\
questions:
  usage-tool: { area: health, scale: agree5, ask_if: answer.usage-seen >= 3, question: \"The tool is quick.\" }
===
respondent: northwind
answers: { usage-seen: 4, usage-tool: 4 }
",
        fix: "Correct the answer on which the question hangs, or take the other one out.",
    },
    Page {
        code: Code::PerhapsNotAsked,
        title: "an answer that may not count",
        what: "A question has `ask_if`, its answer was given, and the answer on which it hangs is missing. It is not used until that is known.",
        why: "Should it turn out that the question was not to be asked, advice would rest on an answer that does not count.",
        example: YAML,
        before: "\
questions:
  usage-tool: { area: health, scale: agree5, ask_if: answer.usage-seen >= 3, question: \"The tool is quick.\" }
===
respondent: northwind
answers: { usage-tool: 4 }
",
        after: "\
questions:
  usage-tool: { area: health, scale: agree5, ask_if: answer.usage-seen >= 3, question: \"The tool is quick.\" }
===
respondent: northwind
answers: { usage-seen: 4, usage-tool: 4 }
",
        fix: "Answer the question on which it hangs.",
    },
    Page {
        code: Code::Mapping,
        title: "a mapping that says something impossible",
        what: "A mapping file has an unknown key, gives a column a question that the pack does not have, or names a column that the export lacks.",
        why: "The answers of that column would be lost without a word.",
        example: Example::Mapping,
        before: "\
columns:
  - { column: Your team, to: teem }
",
        after: "\
columns:
  - { column: Your team, to: team }
",
        fix: "Take the id that the message offers. `--write-mapping FILE` writes a mapping that fits an export, to begin with.",
    },
    Page {
        code: Code::NoColumnKnown,
        title: "a table in which nothing belongs to the pack",
        what: "A table or a form's export was read, and none of its columns is headed by the id of a question or metric or, in an export, by its text.",
        why: "Everybody would get the paper of somebody who answered nothing.",
        example: CSV,
        before: "\
Timestamp,Do managers see usage?
2026-03-01 09:30:00,fully
",
        after: "\
Timestamp,Account managers see usage without asking anyone.
2026-03-01 09:30:00,fully
",
        fix: "Choose the pack that the form was made from with `--pack`, or say in a mapping which column is which question.",
    },
    Page {
        code: Code::Workbook,
        title: "a workbook that cannot be read",
        what: "A file that ends in `.xlsx` is none, is damaged or locked, holds several sheets of which none was named, or lacks the one that was.",
        why: "Which sheet holds the responses is not for a program to guess.",
        example: Example::Command,
        before: "kitwright evaluate renamed.xlsx\n",
        after: "kitwright evaluate answers.yaml\n",
        fix: "Name the sheet with `--sheet`. A web page that is called a workbook, an older or a locked workbook is opened in a spreadsheet program and saved as .xlsx.",
    },
    Page {
        code: Code::Benchmark,
        title: "a benchmark that cannot be compared with",
        what: "A benchmark file has an unknown key, lacks its source, grade or date, is of another pack, or holds nothing that was asked in the same words.",
        why: "A cohort would be told where it stands among people who answered something else.",
        example: Example::Command,
        before: "kitwright cohort answers.yaml --min-group 1 --benchmark answers.yaml\n",
        after: "kitwright cohort answers.yaml --min-group 1\n",
        fix: "Give a file that `--save-benchmark` wrote from answers to the same pack. Questions that were worded otherwise are left out by themselves, and named.",
    },
    Page {
        code: Code::AboutPerson,
        title: "an address or a mark of attendance that is none",
        what: "What stands under `email` is no mail address, or what stands under `attended` is neither yes nor no. `kit` tells it, as it makes the mails and statements of each person.",
        why: "A mail without a receiver waits in a folder, and somebody who came gets no statement.",
        example: Example::Kit,
        before: "\
respondent,usage-seen,email,attended
northwind,4,northwind(at)example.com,the first half
",
        after: "\
respondent,usage-seen,email,attended
northwind,4,northwind@example.com,yes
",
        fix: "Write the address as `ann@example.com`, and whether somebody was there as `yes` or `no`.",
    },
];
