//! Every fault of a YAML file, told whole.

use crate::answers::support::yaml;

fn told(text: &str) -> String {
    yaml(text).map(|respondent| format!("{respondent:?}")).expect_err("a refusal")
}

#[test]
fn all_faults_of_a_file_are_told_at_once() {
    let text = "respondent: northwind
nam: Northwind
date: 1.3.2026
language: english please
rounds: [{ answers: {} }, { date: 2025-03-01 }, { date: 2025-03-01 }, 3, { date: 2027-01-01, rounds: [] }]
answers:
  target: 9
  often: 25
  paid: maybe
  months: [1, 2]
  reviews: not_applicable
  help: [crm, dont_know]
  share: n
  retention: 3
  churn_rate: 3
metrics:
  churn_rate: 0.15
  response: 3 months
  clients_lost: 1,5
  revenue: $5000
  ratio: many
  target: 3
voices:
  - { answers: { reviews: 3 } }
  - { rol: rep, answers: [] }
extra: text
";
    let expected = r#"error[K106]: `nam` is no key here
 --> a.yaml:2:1
  |
2 | nam: Northwind
  | ^^^
  |
  = help: did you mean `name`?

error[K109]: `1.3.2026` is no date
 --> a.yaml:3:7
  |
3 | date: 1.3.2026
  |       ^^^^^^^^ year-month-day is wanted here
  |
  = help: write `2026-03-01`

error[K109]: `english please` is no language
 --> a.yaml:4:11
  |
4 | language: english please
  |           ^^^^^^^^^^^^^^ a language tag is wanted here
  |
  = help: write `en` for English, `de` for German, `pt-BR` for Brazilian Portuguese

error[K718]: this round has no date
 --> a.yaml:5:10
  |
5 | rounds: [{ answers: {} }, { date: 2025-03-01 }, { date: 2025-03-01 }, 3, { date: 2027-01-01, rounds: [] }]
  |          ^
  |
  = help: add the day of these answers, such as `date: 2025-03-01`

error[K718]: two rounds are of 2025-03-01
 --> a.yaml:5:57
  |
5 | rounds: [{ answers: {} }, { date: 2025-03-01 }, { date: 2025-03-01 }, 3, { date: 2027-01-01, rounds: [] }]
  |                                   ----------            ^^^^^^^^^^ the second one
  |                                   |
  |                                   the first one
  |
  = help: keep one of them, or correct its date

error[K107]: a round is a map, not text
 --> a.yaml:5:71
  |
5 | rounds: [{ answers: {} }, { date: 2025-03-01 }, { date: 2025-03-01 }, 3, { date: 2027-01-01, rounds: [] }]
  |                                                                       ^
  |
  = help: write `- date: 2025-03-01`, and below it the `answers:` and `metrics:` of that day

error[K106]: `rounds` is no key here
 --> a.yaml:5:94
  |
5 | rounds: [{ answers: {} }, { date: 2025-03-01 }, { date: 2025-03-01 }, 3, { date: 2027-01-01, rounds: [] }]
  |                                                                                              ^^^^^^
  |
  = help: the keys here are `respondent`, `name`, `pack`, `date`, `language`, `answers`, `metrics`, `voices` and `extra`

error[K702]: `9` is no answer to `target`
 --> a.yaml:7:11
  |
7 |   target: 9
  |           ^ a whole number from 1 to 5, or its label, is wanted here
  |
  = help: permitted: 1 `not at all`, 2 `a little`, 3 `partly`, 4 `mostly`, 5 `fully`

error[K702]: `25` is no answer to `often`
 --> a.yaml:8:10
  |
8 |   often: 25
  |          ^^ one of its options is wanted here
  |
  = help: permitted: `never`, `yearly`, `monthly` (every month)

error[K702]: `maybe` is no answer to `paid`
 --> a.yaml:9:9
  |
9 |   paid: maybe
  |         ^^^^^ one of its options is wanted here
  |
  = help: permitted: `yes`, `no`

error[K702]: `months` takes one answer
  --> a.yaml:10:11
   |
10 |   months: [1, 2]
   |           ^^^^^^ a list of 2 stands here
   |
   = help: keep one of them

error[K702]: `not_applicable` is no answer to `reviews`
  --> a.yaml:11:12
   |
11 |   reviews: not_applicable
   |            ^^^^^^^^^^^^^^ this question applies to everyone
   |
   = help: write `dont_know` or `skipped`
   = help: where it does not apply to everyone, the pack says `not_applicable: true` beside the question

error[K702]: `dont_know` stands among other answers to `help`
  --> a.yaml:12:15
   |
12 |   help: [crm, dont_know]
   |               ^^^^^^^^^ this says that there is no answer
   |
   = help: take it out, or the others

error[K702]: `n` is no number for `share`
  --> a.yaml:13:10
   |
13 |   share: n
   |          ^ a number from 0% to 100% is wanted here

error[K704]: `retention` is no question of the pack `small`
  --> a.yaml:14:3
   |
14 |   retention: 3
   |   ^^^^^^^^^

error[K704]: `churn_rate` is no question of the pack `small`
  --> a.yaml:15:3
   |
15 |   churn_rate: 3
   |   ^^^^^^^^^^
   |
   = help: a metric stands under `metrics:`

error[K703]: `0.15` can be read in two ways
  --> a.yaml:17:15
   |
17 |   churn_rate: 0.15
   |               ^^^^ `churn_rate` is a percentage
   |
   = help: write `15%` or `0.15%`

error[K204]: `response` is measured in hours, not in months
  --> a.yaml:18:13
   |
18 |   response: 3 months
   |             ^^^^^^^^ a number from 0 hours to 100 hours is wanted here
   |
   = help: write the number in hours; a bare number is in hours too

error[K210]: `1,5` is not written as a number
  --> a.yaml:19:17
   |
19 |   clients_lost: 1,5
   |                 ^^^ a number is written with digits and at most one point
   |
   = help: write `1.5`

error[K216]: `$` is no unit
  --> a.yaml:20:12
   |
20 |   revenue: $5000
   |            ^^^^^ a number in USD is wanted here
   |
   = help: write `5000 USD`

error[K703]: `many` is no number for `ratio`
  --> a.yaml:21:10
   |
21 |   ratio: many
   |          ^^^^ a number is wanted here

error[K704]: `target` is no metric of the pack `small`
  --> a.yaml:22:3
   |
22 |   target: 3
   |   ^^^^^^
   |
   = help: a question stands under `answers:`

error[K108]: this voice has no role
  --> a.yaml:24:5
   |
24 |   - { answers: { reviews: 3 } }
   |     ^
   |
   = help: say who speaks, such as `role: manager`

error[K715]: `reviews` is answered both by the respondent and by a voice
  --> a.yaml:24:27
   |
11 |   reviews: not_applicable
   |            -------------- the respondent's
...
24 |   - { answers: { reviews: 3 } }
   |                           ^ the answer of a voice
   |
   = help: keep one of the two

error[K106]: `rol` is no key here
  --> a.yaml:25:7
   |
25 |   - { rol: rep, answers: [] }
   |       ^^^
   |
   = help: did you mean `role`?

error[K107]: `answers` is a list
  --> a.yaml:25:26
   |
25 |   - { rol: rep, answers: [] }
   |                          ^^ a map is wanted here

error[K107]: `extra` is text
  --> a.yaml:26:8
   |
26 | extra: text
   |        ^^^^ a map is wanted here
"#;
    assert_eq!(told(text), expected);
}

#[test]
fn numbers_are_refused_with_their_readings() {
    for (typed, label_and_help) in [
        ("1,234", "can be read in two ways|write `1234` or `1.234`"),
        ("18,1", "is not written as a number|write `18.1`"),
        ("18,1%", "is not written as a number|write `18.1%`"),
        ("1,234,567", "is not written as a number|write `1234567`"),
        ("1.234.567", "is not written as a number|write `1234567`"),
        ("1.234,5", "is not written as a number|write `1234.5`"),
        ("1,234.5", "is not written as a number|write `1234.5`"),
        ("1 234", "is not written as a number|write `1234`"),
        ("1'234", "is not written as a number|write `1234`"),
        ("-1,5", "is not written as a number|write `-1.5`"),
        (".5", "is not written as a number|write `0.5`"),
        ("5.", "is not written as a number|write `5`"),
    ] {
        let text = format!("respondent: x\nmetrics: {{ ratio: \"{typed}\" }}\n");
        let told = told(&text);
        let (message, help) = label_and_help.split_once('|').unwrap();
        assert!(told.starts_with(&format!("error[K210]: `{typed}` {message}\n")), "{told}");
        assert!(told.ends_with(&format!("= help: {help}\n")), "{told}");
    }
    let digits = "9".repeat(31);
    assert!(told(&format!("respondent: x\nmetrics: {{ ratio: {digits} }}\n")).starts_with("error[K210]"));
    for typed in ["5-7", "about 5 hours", "~5", "5 of 7", "1e99", "1e-999999999999"] {
        let told = told(&format!("respondent: x\nmetrics: {{ response: {typed} }}\n"));
        assert!(told.starts_with(&format!("error[K703]: `{typed}` is no number for `response`\n")), "{told}");
    }
    let told = told("respondent: x\nanswers: { often: 50 }\n");
    assert!(told.contains("= help: a number is not read as points: write `yearly`\n"), "{told}");
}

#[test]
fn a_file_without_a_respondent_is_told() {
    for (text, expected) in [
        (
            "",
            "error[K706]: nothing stands here\n --> a.yaml:1:1\n  |\n1 |\n  | ^\n  |\n  = help: write `respondent:` with an id, such as `respondent: northwind`\n",
        ),
        (
            "answers: { target: 3 }\n",
            "error[K706]: this respondent has no id\n --> a.yaml:1:1\n  |\n1 | answers: { target: 3 }\n  | ^\n  |\n  = help: write `respondent:` with an id, such as `respondent: northwind`\n",
        ),
        (
            "respondent: \"\"\n",
            "error[K706]: this respondent has no id\n --> a.yaml:1:13\n  |\n1 | respondent: \"\"\n  |             ^^ an id is wanted here\n  |\n  = help: an id names the respondent's rows and files: a short name or number will do\n",
        ),
        (
            "respondant: x\n",
            "error[K106]: `respondant` is no key here\n --> a.yaml:1:1\n  |\n1 | respondant: x\n  | ^^^^^^^^^^\n  |\n  = help: did you mean `respondent`?\n",
        ),
    ] {
        assert_eq!(told(text), expected);
    }
    let long = "x".repeat(201);
    assert!(
        told(&format!("respondent: {long}\n"))
            .starts_with("error[K706]: this id has 201 characters, which is more than 200\n")
    );
}

#[test]
fn what_yaml_would_drop_is_told() {
    assert_eq!(
        told("respondent: x\nanswers:\n  comment: we like #1   # really\n  target: 3 # sure\n"),
        "error[K102]: in YAML the text ends before ` #`\n --> a.yaml:3:12\n  |\n3 |   comment: we like #1   # really\n  |            ^^^^^^^^^^^^^^^^^^^^^ put it in quotes\n  |\n  = help: write `\"we like #1   # really\"`\n  = help: if a comment is meant, put a space behind the `#`\n"
    );
}

#[test]
fn numbers_beside_the_steps_and_numbers_that_are_points_are_told() {
    let text = "respondent: x\nanswers:\n  halves: 0.75\n  slider: 10.5\n  coded: 50\n  paid: 1\n";
    let expected = r#"error[K702]: `0.75` is no answer to `halves`
 --> a.yaml:3:11
  |
3 |   halves: 0.75
  |           ^^^^ a number in steps of 0.5 from 0.5 to 2.5 is wanted here

error[K702]: `10.5` is no answer to `slider`
 --> a.yaml:4:11
  |
4 |   slider: 10.5
  |           ^^^^ a number from 0 to 10 is wanted here

error[K702]: `50` is no answer to `coded`
 --> a.yaml:5:10
  |
5 |   coded: 50
  |          ^^ one of its options is wanted here
  |
  = help: a number is not read as points: write `mid`
  = help: permitted: 1 `low`, 2 `mid` (so so), 2.5 `top`

error[K702]: `1` is no answer to `paid`
 --> a.yaml:6:9
  |
6 |   paid: 1
  |         ^ one of its options is wanted here
  |
  = help: permitted: `yes`, `no`
"#;
    assert_eq!(told(text), expected);
}

#[test]
fn a_round_is_earlier_than_the_answers() {
    let text = "respondent: northwind
date: 2026-03-01
answers: { target: 3 }
rounds: [{ date: 2026-03-01, answers: { target: 2 } }]
";
    assert_eq!(
        told(text),
        "\
error[K718]: this round is not earlier than 2026-03-01
 --> a.yaml:4:18
  |
4 | rounds: [{ date: 2026-03-01, answers: { target: 2 } }]
  |                  ^^^^^^^^^^ the answers themselves bear that date
  |
  = help: put the newest answers on top, and earlier ones under `rounds:`
"
    );
}
