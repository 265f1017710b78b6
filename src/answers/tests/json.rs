//! JSON and JSON lines.

use crate::answers::support::{answer, metric_of, run};
use crate::answers::{Kind, ReadOptions};
use crate::model::{Absence, Answer};

fn json(text: &str) -> Result<crate::model::Respondent, String> {
    run(Kind::Json, text, &ReadOptions::default()).1.remove(0)
}

#[test]
fn what_only_json_writes_is_read() {
    let respondent = json(
        "{\n\t\"respondent\": \"n\\u00e9\\/1\", \"name\":\"\\uD83D\\uDE00 \\\"x\\\"\",\n\t\"answers\": {\"paid\":true,\"often\":null,\"help\":[\"crm\"]},\n\t\"metrics\":{\"response\":1.5E+1,\"ratio\":-2e-1},\"extra\":{\"a\":1,\"b\":\"1\",\"c\":null}\n}\n",
    )
    .unwrap();
    assert_eq!((respondent.id.as_str(), respondent.name.as_str()), ("né/1", "😀 \"x\""));
    assert_eq!(answer(&respondent, "paid"), &Answer::Option(0));
    assert_eq!(answer(&respondent, "often"), &Answer::Absent(Absence::Skipped));
    assert_eq!(answer(&respondent, "help"), &Answer::Many(vec![0]));
    assert_eq!(metric_of(&respondent, "response"), Some(("15".to_owned(), "1".to_owned())));
    assert_eq!(metric_of(&respondent, "ratio"), Some(("-0.2".to_owned(), "0.1".to_owned())));
    assert_eq!(serde_json::to_string(&respondent.extra).unwrap(), r#"{"a":1,"b":"1","c":null}"#);
}

#[test]
fn what_is_not_json_is_told_as_such() {
    for (text, expected) in [
        (
            "{\"respondent\": \"x\"\n\"name\": 2}",
            "error[K101]: this is not JSON\n --> a.json:2:1\n  |\n2 | \"name\": 2}\n  | ^ expected `,` or `}`\n  |\n  = help: look for a missing comma, quote or bracket here or just before; text and keys stand in double quotes\n",
        ),
        (
            "{\"respondent\": \"\\uD83D\"}",
            "error[K101]: this is not JSON\n --> a.json:1:23\n  |\n1 | {\"respondent\": \"\\uD83D\"}\n  |                       ^ unexpected end of hex escape\n  |\n  = help: look for a missing comma, quote or bracket here or just before; text and keys stand in double quotes\n",
        ),
        (
            "{\"respondent\": \"x\", \"answers\": {\"target\": 3, \"target\": 4}}",
            "error[K104]: `target` stands here twice\n --> a.json:1:46\n  |\n1 | {\"respondent\": \"x\", \"answers\": {\"target\": 3, \"target\": 4}}\n  |                                 --------     ^^^^^^^^ the second one\n  |                                 |\n  |                                 the first one\n  |\n  = help: keep one of the two, or give one another name\n",
        ),
        (
            "[{\"respondent\": \"x\"}]",
            "error[K107]: an answers file holds one respondent, not a list\n --> a.json:1:1\n  |\n1 | [{\"respondent\": \"x\"}]\n  | ^^^^^^^^^^^^^^^^^^^^^\n  |\n  = help: begin with `respondent:` and the respondent's id\n  = help: for many respondents write JSON lines (.jsonl) or a table (.csv)\n",
        ),
    ] {
        assert_eq!(json(text).unwrap_err(), expected);
    }
}

#[test]
fn each_line_is_a_respondent_of_its_own() {
    let text = "{\"respondent\":\"a\",\"answers\":{\"target\":3}}\r\n\n{\"respondent\":\"b\",\"answers\":{\"target\":9}}\n{\"respondent\":\"c\"\n{\"respondent\":\"a\"}\n{\"respondent\":\"d\",\"pack\":\"small\"}\n{\"respondent\":\"e\",\"pack\":\"other\",\"answers\":{\"theirs\":1}}";
    let (file, outcomes) = run(Kind::JsonLines, text, &ReadOptions::default());
    assert_eq!(file, "");
    let ids: Vec<Option<&str>> = outcomes
        .iter()
        .map(|outcome| outcome.as_ref().ok().map(|respondent| respondent.id.as_str()))
        .collect();
    assert_eq!(ids, [Some("a"), None, None, None, Some("d"), None]);
    let told: Vec<&str> =
        outcomes.iter().filter_map(|outcome| outcome.as_ref().err().map(String::as_str)).collect();
    assert_eq!(
        told[0],
        "error[K702]: `9` is no answer to `target`\n --> a.jsonl:3:39\n  |\n3 | {\"respondent\":\"b\",\"answers\":{\"target\":9}}\n  |                                       ^ a whole number from 1 to 5, or its label, is wanted here\n  |\n  = help: permitted: 1 `not at all`, 2 `a little`, 3 `partly`, 4 `mostly`, 5 `fully`\n"
    );
    assert_eq!(
        told[1],
        "error[K101]: this is not JSON\n --> a.jsonl:4:17\n  |\n4 | {\"respondent\":\"c\"\n  |                 ^ eof while parsing an object\n  |\n  = help: look for a missing comma, quote or bracket here or just before; text and keys stand in double quotes\n"
    );
    assert_eq!(
        told[2],
        "error[K705]: `a` stands here twice\n --> a.jsonl:5:15\n  |\n1 | {\"respondent\":\"a\",\"answers\":{\"target\":3}}\n  |               --- the first one\n...\n5 | {\"respondent\":\"a\"}\n  |               ^^^ the second one\n  |\n  = help: give each respondent an id of their own, or take one of the two out\n"
    );
    assert_eq!(
        told[3],
        "error[K709]: these answers are for the pack `other`\n --> a.jsonl:7:26\n  |\n7 | {\"respondent\":\"e\",\"pack\":\"other\",\"answers\":{\"theirs\":1}}\n  |                          ^^^^^^^ the others are for `small`\n  |\n  = help: build the answers for each pack by themselves, or say which one with `--pack`\n"
    );
}

#[test]
fn a_file_without_lines_is_a_fault_of_the_file() {
    let (file, outcomes) = run(Kind::JsonLines, "\n \n", &ReadOptions::default());
    assert!(outcomes.is_empty());
    assert_eq!(
        file,
        "error[K706]: no respondent stands in this file\n --> a.jsonl:1:1\n  |\n1 |\n  | ^\n  |\n  = help: write one JSON object a line, such as `{\"respondent\": \"northwind\", \"answers\": {}}`\n"
    );
}
