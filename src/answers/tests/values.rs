//! What may be typed for an answer or a metric, and what it is read as.

use crate::answers::support::{answer, metric_of, yaml};
use crate::model::{Absence, Answer, Number};

fn read(question: &str, typed: &str) -> Answer {
    let text = format!("respondent: x\nanswers: {{ {question}: {typed} }}\n");
    answer(&yaml(&text).unwrap_or_else(|told| panic!("{typed}: {told}")), question).clone()
}

fn number(value: i64) -> Answer {
    Answer::Number(Number::from(value))
}

#[test]
fn answers_are_read_as_their_question_takes_them() {
    let absent = Answer::Absent;
    for (question, typed, expected) in [
        ("target", "3", number(3)),
        ("target", "3.0", number(3)),
        ("target", "\" 3 \"", number(3)),
        ("target", "3e0", number(3)),
        ("target", "Fully", number(5)),
        ("target", "\"not\u{a0}at  ALL\"", number(1)),
        ("target", "dont_know", absent(Absence::DontKnow)),
        ("target", "\"don\u{2019}t know\"", absent(Absence::DontKnow)),
        ("target", "Don't know", absent(Absence::DontKnow)),
        ("target", "refused", absent(Absence::Refused)),
        ("target", "not asked", absent(Absence::NotAsked)),
        ("target", "null", absent(Absence::Skipped)),
        ("target", "~", absent(Absence::Skipped)),
        ("target", "\"\"", absent(Absence::Skipped)),
        ("months", "not_applicable", absent(Absence::NotApplicable)),
        ("months", "12", number(12)),
        ("often", "monthly", Answer::Option(2)),
        ("often", "EVERY MONTH", Answer::Option(2)),
        ("often", "monatlich", Answer::Option(2)),
        ("often", "Nie", Answer::Option(0)),
        ("paid", "yes", Answer::Option(0)),
        ("paid", "true", Answer::Option(0)),
        ("paid", "False", Answer::Option(1)),
        ("help", "[desk, crm, The CRM]", Answer::Many(vec![0, 1])),
        ("help", "[]", Answer::Many(vec![])),
        ("help", "None", Answer::Many(vec![])),
        ("help", "[none]", Answer::Many(vec![])),
        ("help", "crm", Answer::Many(vec![0])),
        ("help", "the CRM; a help desk; or two", Answer::Many(vec![0, 1])),
        ("help", "a help desk; the CRM", Answer::Many(vec![0, 2])),
        ("help", "skipped", absent(Absence::Skipped)),
        ("help", "[dont_know]", absent(Absence::DontKnow)),
        ("share", "18", number(18)),
        ("share", "18%", number(18)),
        ("share", "0", number(0)),
        ("share", "1", number(1)),
        ("comment", "dont_know", absent(Absence::DontKnow)),
        ("comment", "don't know", Answer::Text("don't know".to_owned())),
        ("comment", "12", Answer::Text("12".to_owned())),
        ("comment", "\"{{ 7*7 }} <b>\"", Answer::Text("{{ 7*7 }} <b>".to_owned())),
        ("comment", "\" \"", absent(Absence::Skipped)),
        ("halves", "1.50", Answer::Number(Number::ratio(3, 2))),
        ("slider", "2.345", Answer::Number(Number::ratio(469, 200))),
        ("coded", "2", Answer::Option(1)),
        ("coded", "2.50", Answer::Option(2)),
        ("coded", "so so", Answer::Option(1)),
    ] {
        assert_eq!(read(question, typed), expected, "{question}: {typed}");
    }
}

#[test]
fn metrics_are_read_in_their_own_unit() {
    for (metric, typed, value, digit) in [
        ("churn_rate", "18.1", "18.1", "0.1"),
        ("churn_rate", "18.10%", "18.1", "0.01"),
        ("churn_rate", "18.1 percent", "18.1", "0.1"),
        ("churn_rate", "\"18.1\u{a0}%\"", "18.1", "0.1"),
        ("churn_rate", "1", "1", "1"),
        ("churn_rate", "0.15%", "0.15", "0.01"),
        ("response", "90 min", "1.5", "0.016667"),
        ("response", "1 day", "24", "24"),
        ("response", "2h", "2", "1"),
        ("response", "1.5e1", "15", "1"),
        ("response", "25E-1", "2.5", "0.1"),
        ("clients_lost", "29 clients", "29", "1"),
        ("clients_lost", "1 Client", "1", "1"),
        ("revenue", "5000", "5000", "1"),
        ("revenue", "USD 5000.50", "5000.5", "0.01"),
        ("revenue", "5000 usd", "5000", "1"),
        ("ratio", "\u{2212}3", "-3", "1"),
    ] {
        let respondent = yaml(&format!("respondent: x\nmetrics: {{ {metric}: {typed} }}\n"));
        let respondent = respondent.unwrap_or_else(|told| panic!("{typed}: {told}"));
        assert_eq!(
            metric_of(&respondent, metric),
            Some((value.to_owned(), digit.to_owned())),
            "{metric}: {typed}"
        );
    }
    let respondent =
        yaml("respondent: x\nmetrics: { churn_rate: dont_know, response: null, ratio: \"\" }\n").unwrap();
    assert!(respondent.metrics.iter().all(Option::is_none));
}

#[test]
fn a_whole_file_is_read() {
    let respondent = yaml(
        "respondent: northwind\nname: \"North\\u0007wind\"\npack: small\ndate: 2026-03-01\nlanguage: pt-BR\n\
         answers: { target: 1, x-note: mine }\nrounds: []\nx-mine: 1\n\
         voices:\n  - { role: Manager, answers: { reviews: 4, months: 3 } }\n  - { role: rep, answers: { reviews: null } }\n\
         extra: { size: 12, code: \"007\", zip: 00501, list: [true, ~, a] }\n",
    )
    .unwrap();
    assert_eq!((respondent.id.as_str(), respondent.name.as_str()), ("northwind", "North\u{fffd}wind"));
    assert_eq!(respondent.date.unwrap().to_string(), "2026-03-01");
    assert_eq!(respondent.language.as_deref(), Some("pt-BR"));
    assert_eq!(
        serde_json::to_string(&respondent.extra).unwrap(),
        r#"{"size":12,"code":"007","zip":"00501","list":[true,null,"a"]}"#
    );
    assert_eq!(answer(&respondent, "target"), &number(1));
    // Asked in voices, and not outside of them.
    assert_eq!(answer(&respondent, "reviews"), &Answer::Absent(Absence::NotAsked));
    assert_eq!(answer(&respondent, "paid"), &Answer::Absent(Absence::Skipped));
    let roles: Vec<&str> = respondent.voices.iter().map(|voice| voice.role.as_str()).collect();
    assert_eq!(roles, ["manager", "rep"]);
    assert_eq!(respondent.voices[0].answers[1], number(4));
    assert_eq!(respondent.voices[0].answers[0], Answer::Absent(Absence::NotAsked));
    assert_eq!(respondent.voices[1].answers[1], Answer::Absent(Absence::Skipped));
    assert_eq!(respondent.problems, []);
}

#[test]
fn a_role_that_the_pack_does_not_ask_is_a_problem_and_no_refusal() {
    let respondent = yaml(
        "respondent: x\nvoices:\n  - { role: manger, answers: { target: 4 } }\n  - { role: rep, answers: { target: 2 } }\n",
    )
    .unwrap();
    let problem = &respondent.problems[0];
    assert_eq!((problem.code, problem.at.as_str()), ("K702", "a.yaml:3:13"));
    assert_eq!(
        problem.message,
        "`manger` is none of the roles that the pack asks, which are `manager` and `rep` (did you mean `manager`?); its answers count all the same"
    );
    assert_eq!(respondent.problems.len(), 1);
}

#[test]
fn the_file_may_come_from_windows() {
    let respondent =
        yaml("\u{feff}respondent: x\r\nanswers:\r\n  target: 2\r\n  comment: |\r\n    a\r\n    b\r\n")
            .unwrap();
    assert_eq!(answer(&respondent, "target"), &number(2));
    assert_eq!(answer(&respondent, "comment"), &Answer::Text("a\nb\n".to_owned()));
}
