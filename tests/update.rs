//! `test --update`, with the real binary: what is found stands where something else was expected.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const TESTS: &str = "# Kept as they are: comments, order and what is right.
tests:
  - name: Quarterly reviews
    given: { answers: { health-review: quarterly, usage-seen: 3 }, metrics: { clients_lost: 29, clients_at_start: 160 } }
    expect:
      scores: { health: 50.1 }   # one digit
      fired: []
      first: account-list
      contains: [Nothing of it]
  - name: Edges of the poor line
    given: { answers: { health-review: quarterly, usage-seen: 3 } }
    table: |
      metric.clients_lost | metric.clients_at_start | band.churn_rate | early-warning-missing
      24                  | 160                     | watch           | fired
      25                  | 160                     | poor            | fired
";

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn failing_expectations_are_put_right_and_nothing_else_is_touched() {
    let folder = TempDir::new().unwrap();
    let pack = folder.path().join("rules/retention-core");
    fs::create_dir_all(pack.join("tests")).unwrap();
    fs::copy("tests/packs/good/retention-core/pack.yaml", pack.join("pack.yaml")).unwrap();
    let tests = pack.join("tests/own.yaml");
    fs::write(&tests, format!("\u{feff}{TESTS}")).unwrap();
    let (code, out, err) = run(folder.path(), &["test", "--update"]);
    // What stands behind it tells of coverage, which other tests hold.
    let (told, _) = out.split_once("coverage: ").unwrap();
    assert_eq!(
        told,
        "updated: rules/retention-core/tests/own.yaml:6:25: `50.1` to `56.7`
updated: rules/retention-core/tests/own.yaml:7:14: `[]` to `[early-warning-missing]`
updated: rules/retention-core/tests/own.yaml:8:14: `account-list` to `monthly-risk-review`
updated: rules/retention-core/tests/own.yaml:14:73: `fired` to `not_fired`
rules/retention-core: 2 tests, 3 cases, 1 failed
",
        "{err}"
    );
    // A text that a document does not hold is for its author to say.
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("the playbook does not hold this text"), "{err}");
    let expected = TESTS
        .replace("50.1", "56.7")
        .replace("fired: []", "fired: [early-warning-missing]")
        .replace("first: account-list", "first: monthly-risk-review")
        .replace("watch           | fired", "watch           | not_fired");
    assert_eq!(fs::read_to_string(&tests).unwrap(), format!("\u{feff}{expected}"));
    let (code, again, _) = run(folder.path(), &["test", "--update"]);
    assert_eq!((code, again.contains("updated: ")), (3, false));
}

#[test]
fn what_is_built_in_is_not_changed() {
    let folder = TempDir::new().unwrap();
    let (code, _, err) = run(folder.path(), &["test", "sales-leaks", "--update"]);
    assert_eq!(
        (code, err.as_str()),
        (
            2,
            "error: the tests of the built-in sales-leaks pack cannot be changed\nhelp: make a copy of your own with `kitwright new my-workshop`\n"
        )
    );
}
