//! What `test` tells of what the tests of a pack reach, and what they leave open.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const PACK: &str = "pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions:
  known: { area: exits, scale: agree, question: Everybody knows the nearest exit. }
  tried: { area: exits, scale: agree, question: Everybody has walked there. }
rules:
  - id: exits-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: [answer.known <= 2, answer.tried is not skipped]
    unless: score.exits > 70
    prescribe: [walk]
    severity: high
  - { id: untried, title: Nobody walked, why: Feet remember., when: answer.tried = 1, prescribe: [walk], severity: low }
prescriptions:
  walk: { area: exits, title: Walk to the exits, do: [Walk there.], effort: 1, impact: 5, horizon: 30 }
";

/// A workspace with the pack and these tests.
fn workspace(tests: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let pack = folder.path().join("rules/drill");
    fs::create_dir_all(pack.join("tests")).unwrap();
    fs::write(pack.join("pack.yaml"), PACK).unwrap();
    fs::write(pack.join("tests/t.yaml"), tests).unwrap();
    folder
}

/// What was told, results behind messages, and the exit code.
fn told(folder: &Path, args: &[&str]) -> String {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let said = format!("{}{}", text(output.stderr), text(output.stdout));
    let said: String = said.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    format!("{said}exit {}\n", output.status.code().unwrap())
}

const FEW: &str = "tests:
  - name: One who knows nothing
    given: { answers: { known: 1, tried: 1 } }
    expect: { fired: [exits-unknown, untried] }
  - name: One who knows, and was not asked whether they walked
    given: { answers: { known: 3 } }
    expect: { not_fired: [exits-unknown], undecided: [untried] }
  - name: What a program proposed says nothing yet
    generated: true
    given: { answers: { known: 3, tried: 3 } }
    expect: { fired: [] }
";

#[test]
fn what_no_test_has_seen_is_told_at_its_line_with_somebody_for_whom_it_is_so() {
    insta::assert_snapshot!(told(workspace(FEW).path(), &["test", "--color", "never"]));
}

#[test]
fn rules_without_a_test_on_either_side_are_told() {
    let one_side = "tests:
  - { name: Everything bad, given: { answers: { known: 1, tried: 1 } }, expect: { fired_includes: [untried] } }
  - { name: All well, given: { answers: { known: 3, tried: 3 } }, expect: { not_fired: [exits-unknown] } }
  - { name: Half, given: { answers: { known: 2, tried: 2 } }, expect: { scores: { exits: 50 } } }
";
    let said = told(workspace(one_side).path(), &["test", "--message-format", "short"]);
    insta::assert_snapshot!(said);
}

#[test]
fn a_rule_that_nobody_tests_is_told_once() {
    let none = "tests: [{ name: A score, given: { answers: { known: 1, tried: 1 } }, expect: { scores: { exits: 0 } } }]\n";
    let said = told(workspace(none).path(), &["test", "--message-format", "short"]);
    assert!(
        said.contains("pack.yaml:8:5: warning[K602]: no test says whether rule `exits-unknown` fires\n"),
        "{said}"
    );
}

#[test]
fn a_pack_whose_tests_reach_everything_is_told_so_and_strict_asks_for_that() {
    let all = "tests:
  - name: Every way of answering
    table: |
      answer.known | answer.tried | exits-unknown | untried
      1            | 1            | fired         | fired
      1            | 3            | fired         | not_fired
      3            | 2            | not_fired     | not_fired
      3            | 3            | not_fired     | not_fired
      -            | -            | not_fired     | undecided
";
    let folder = workspace(all);
    let whole = "rules/drill: 1 test, 5 cases, all passed\n\
                 coverage: 11 of 11 attainable condition outcomes (100%); 1 cannot be attained\nexit 0\n";
    assert_eq!(told(folder.path(), &["test"]), whole);
    assert_eq!(told(folder.path(), &["test", "--strict"]), whole);
    let gaps = workspace(FEW);
    for more in [&["--strict"][..], &["--strict", "--format", "json"]] {
        let said = told(gaps.path(), &[&["test"], more].concat());
        assert!(said.ends_with("exit 2\n"), "{said}");
    }
    // What a filter leaves is not all of the tests.
    let said = told(gaps.path(), &["test", "--filter", "knows nothing"]);
    assert_eq!(said, "rules/drill: 1 test, 1 case, all passed\nexit 0\n");
    let said = told(gaps.path(), &["test", "--filter", "zzz"]);
    assert_eq!(
        said,
        "error: no test has `zzz` in its name\nhelp: the first test is called `One who knows nothing`\nexit 2\n"
    );
}

#[test]
fn programs_read_coverage_as_json_and_as_a_property_of_junit() {
    let folder = workspace(FEW);
    let said = told(folder.path(), &["test", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    let coverage = &json["coverage"];
    assert_eq!((&coverage["seen"], &coverage["attainable"]), (&8.into(), &11.into()));
    assert_eq!((&coverage["unattainable"], &coverage["not_decided"]), (&1.into(), &0.into()));
    let first = serde_json::json!({
        "at": "rules/drill/pack.yaml:11:12", "outcome": "unknown", "witness": { "answer.known": "skipped" }
    });
    assert_eq!(coverage["missing"][0], first);
    assert_eq!(coverage["rules"], serde_json::json!([]));
    let junit = told(folder.path(), &["test", "--format", "junit"]);
    let property = "<property name=\"coverage\" value=\"coverage: 8 of 11 attainable condition outcomes (72.7%); 1 cannot be attained\"/>";
    assert!(junit.contains(property), "{junit}");
}

/// A pack of many lines: nobody wants to scroll past them to see what failed.
#[test]
fn many_gaps_are_counted_and_told_when_asked_for() {
    let folder = workspace(FEW);
    let mut rules = String::from("rules:\n");
    for at in 0..8 {
        let when = ["answer.known = 1", "answer.known = 2", "answer.known >= 2", "answer.tried <= 2"][at % 4];
        rules.push_str(&format!(
            "  - {{ id: more-{at}, title: M, why: W, when: {when}, prescribe: [walk-{at}], severity: low }}\n"
        ));
    }
    rules.push_str("prescriptions:\n");
    for at in 0..8 {
        rules.push_str(&format!(
            "  walk-{at}: {{ area: exits, title: W, do: [W.], effort: 1, impact: 5, horizon: 30 }}\n"
        ));
    }
    fs::write(folder.path().join("rules/drill/more.yaml"), rules).unwrap();
    let only = "tests: [{ name: One, given: { answers: { known: 1 } }, expect: { fired_includes: [exits-unknown] } }]\n";
    fs::write(folder.path().join("rules/drill/tests/t.yaml"), only.replace("exits-unknown", "more-0"))
        .unwrap();
    let said = told(folder.path(), &["test"]);
    let note = "10 rules without a test on either side and 12 lines with an outcome never seen: `--coverage` tells where\n";
    assert!(said.contains(note), "{said}");
    assert!(!said.contains("warning"), "{said}");
    let said = told(folder.path(), &["test", "--coverage", "--message-format", "short"]);
    assert_eq!(said.matches("warning[K602]").count(), 10, "{said}");
    assert_eq!(said.matches("warning[K603]").count(), 12, "{said}");
}
