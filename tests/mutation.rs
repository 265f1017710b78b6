//! `test --mutate`: which slips are tried, which are noticed, and which are none.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Every kind of thing in which a slip is tried.
const PACK: &str = "pack:
  id: drill
  version: 1.0.0
  format: 1
  title: Fire drill
  language: en
  bands: { fine: \">= 50\", bad: rest }
scales:
  agree: { from: 1, to: 3 }
  often: { options: { never: 0, yearly: 60, monthly: 100 } }
areas:
  exits: { title: Knowing the way out }
  doors: { title: Keeping doors free }
questions:
  known: { area: exits, scale: agree, question: Everybody knows the nearest exit. }
  tried: { area: exits, scale: often, question: How often do you walk there? }
  free: { area: doors, scale: agree, voices: [manager, rep], question: The doors are free. }
  kinds: { kind: many, options: [smoke, alarm, drill], question: What have you seen? }
metrics:
  minutes_out:
    title: Time until all are out
    unit: minutes
    range: [0, 60]
    better: lower
    bands: [{ from: 2026-01-01, source: own, review_by: 2099-12-31, cuts: { quick: \"<= 2.5 minutes\", slow: rest } }]
sources: { own: { title: Our own } }
thresholds:
  longest: { title: Longest way, unit: minutes, values: [{ from: 2026-01-01, source: own, review_by: 2099-12-31, value: 10 minutes }] }
conditions:
  unready: { any: [answer.known <= 2, answer.tried is never] }
rules:
  - id: way-unknown
    title: Not everybody knows the way out
    why: In smoke nobody reads a plan.
    when: [condition.unready, metric.minutes_out > threshold.longest]
    unless: answer.free is skipped
    prescribe: [walk]
    severity: high
    supersedes: [way-vague]
  - id: way-vague
    title: Vague
    why: Vague.
    when: answer.tried in [never, yearly]
    prescribe: [look]
    severity: low
  - id: views
    title: Two of three
    why: Two are enough.
    when:
      at_least: 2
      of:
        - gap.free >= 1
        - score.exits < 60
        - not answer.kinds includes any of [smoke, alarm]
    prescribe: [ladder]
    severity: low
  - { id: slow, title: Slow, why: Slow., when: band.minutes_out is slow, prescribe: [look], severity: low }
ladders:
  ladder:
    steps: [{ prescription: free-doors, guard: answer.free between 2 and 3 }]
prescriptions:
  walk: { area: exits, title: Walk, do: [Walk.], effort: 1, impact: 5, horizon: 30, instead_of: [look] }
  look: { area: exits, title: Look, do: [Look.], effort: 1, impact: 2, horizon: 30 }
  free-doors: { area: doors, title: Free the doors, do: [Push.], effort: 1, impact: 2, horizon: 30 }
";

fn workspace(pack: &str, tests: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let home = folder.path().join("rules/drill");
    fs::create_dir_all(home.join("tests")).unwrap();
    fs::write(home.join("pack.yaml"), pack).unwrap();
    fs::write(home.join("tests/t.yaml"), tests).unwrap();
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

fn mutation(folder: &Path) -> Value {
    let said = told(folder, &["test", "--mutate", "--format", "json"]);
    let line = said.lines().next().unwrap();
    serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("{said}"))["mutation"].clone()
}

/// A test that would notice next to nothing.
const BLIND: &str = "tests: [{ name: Blind, given: { answers: { known: 3 } }, expect: { problems: [] } }]\n";

#[test]
fn these_slips_are_tried_and_each_has_somebody_for_whom_it_matters() {
    let found = mutation(workspace(PACK, BLIND).path());
    let list: String = found["survivors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slip| {
            let text = |key: &str| slip[key].as_str().unwrap_or("-").to_owned();
            format!("{} -> {}: {}\n", text("was"), text("now"), text("difference"))
        })
        .collect();
    insta::assert_snapshot!(list);
    assert_eq!(found["killed"], 0);
    // Whether several voices' means come to lie between 49 and 50 is more than a space can tell.
    assert_eq!(found["not_decided"], 1, "{found:#}");
}

const SMALL: &str = "pack: { id: drill, version: 1.0.0, format: 1, title: Fire drill, language: en }
scales: { agree: { from: 1, to: 3 } }
areas: { exits: { title: Knowing the way out } }
questions: { known: { area: exits, scale: agree, question: Everybody knows the nearest exit. } }
rules:
  - { id: exits-unknown, title: T, why: W, when: answer.known <= 2, prescribe: [walk], severity: high }
prescriptions:
  walk: { area: exits, title: Walk, do: [Walk.], effort: 1, impact: 5, horizon: 30 }
";

#[test]
fn a_slip_that_no_test_notices_is_told_with_somebody_who_would() {
    let tests = "tests:
  - { name: Bad, given: { answers: { known: 1 } }, expect: { fired: [exits-unknown] } }
  - { name: Good, given: { answers: { known: 3 } }, expect: { fired: [] } }
  - { name: Silent, given: {}, expect: { undecided: [exits-unknown] } }
  - { name: Proposed, generated: true, given: { answers: { known: 2 } }, expect: { fired: [exits-unknown] } }
";
    let folder = workspace(SMALL, tests);
    insta::assert_snapshot!(told(folder.path(), &["test", "--mutate", "--color", "never"]));
    assert!(told(folder.path(), &["test", "--mutate", "--strict", "-q"]).ends_with("exit 2\n"));
    // Accepted, it counts.
    let accepted = workspace(SMALL, &tests.replace("generated: true, ", ""));
    let said = told(accepted.path(), &["test", "--mutate", "--strict"]);
    assert_eq!(
        said,
        "rules/drill: 4 tests, 4 cases, all passed\n\
         coverage: 3 of 3 attainable condition outcomes (100%)\n\
         mutation: 4 of 4 killed (100%)\nexit 0\n"
    );
}

#[test]
fn a_witness_names_its_day_and_what_chooses_its_table() {
    let pack = SMALL.replace("questions: {", "questions: { size: { kind: profile, question: How large?, options: [solo, team] },")
        + "metrics:
  lost:
    title: Lost
    range: [0, 20]
    better: lower
    bands:
      - { from: 2024-01-01, source: own, review_by: 2099-12-31, cuts: { good: \"<= 2\", bad: rest } }
      - { from: 2026-01-01, source: own, review_by: 2099-12-31, where: answer.size is solo, cuts: { good: \"<= 8\", bad: rest } }
      - { from: 2026-01-01, source: own, review_by: 2099-12-31, cuts: { good: \"<= 5\", bad: rest } }
sources: { own: { title: Our own } }
";
    let pack = pack.replace("when: answer.known <= 2", "when: band.lost is bad");
    let tests = "tests: [{ name: Blind, given: { answers: { known: 3 } }, expect: { problems: [] } }]\n";
    let folder = workspace(&pack, tests);
    insta::assert_snapshot!(told(folder.path(), &["test", "--mutate", "--color", "never"]));
    let found = mutation(folder.path());
    let dated = |slip: &Value| slip["witness"]["date"] == "2024-01-01";
    assert!(found["survivors"].as_array().unwrap().iter().any(dated), "{found:#}");
}

#[test]
fn a_slip_that_changes_nothing_for_anybody_is_left_out() {
    // The scores are 0, 50 and 100: between them any number says the same.
    let pack = SMALL.replace("answer.known <= 2", "score.exits < 45.5");
    let tests = "tests:
  - name: Every answer
    table: |
      answer.known | exits-unknown
      1            | fired
      2            | not_fired
      3            | not_fired
      -            | undecided
";
    let found = mutation(workspace(&pack, tests).path());
    assert_eq!((&found["killed"], &found["equivalent"]), (&1.into(), &3.into()), "{found:#}");
}

#[test]
fn nothing_is_measured_while_a_test_fails() {
    let tests = "tests: [{ name: Wrong, given: { answers: { known: 1 } }, expect: { fired: [] } }]\n";
    let said = told(workspace(SMALL, tests).path(), &["test", "--mutate"]);
    assert!(said.contains("mutation: not measured, since not every test passes\n"), "{said}");
    assert!(said.ends_with("exit 3\n"), "{said}");
}
