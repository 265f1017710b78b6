//! Packs prove themselves: what `test` finds, says, proposes and rewrites, through the library and the program.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use kitwright::check::check;
use kitwright::diag::show_all;
use kitwright::pack::load;
use kitwright::prove::{self, Ground, Proof, Suite};
use kitwright::source::Sources;

const CORE: &str = "tests/packs/good/retention-core/pack.yaml";

/// Tests beside the pack of the specification, and what became of them.
fn run(tests: &str) -> (Suite, Proof, Sources) {
    let mut sources = Sources::default();
    let files =
        [sources.add("pack.yaml", fs::read_to_string(CORE).unwrap()), sources.add("tests.yaml", tests)];
    let checked = check(load(&files, &sources), None);
    let pack = checked.pack.unwrap_or_else(|| panic!("{}", show_all(&checked.diagnostics, &sources, false)));
    let (suite, faults) = prove::read(&checked.tests, pack.pack(), &sources);
    assert!(faults.is_empty(), "{}", show_all(&faults, &sources, false));
    let proof = prove::run(&suite, Ground { pack: &pack, templates: None, sources: &sources });
    (suite, proof, sources)
}

/// Each miss as `line: found / expected`.
fn misses(tests: &str) -> Vec<String> {
    let (_, proof, sources) = run(tests);
    proof
        .misses()
        .map(|(_, miss)| format!("{}: {} / {}", sources.position(miss.span).0, miss.found, miss.expected))
        .collect()
}

const GIVEN: &str = "given: { answers: { health-review: quarterly, usage-seen: 3, renewal-start: 1, price-talk: 5, segment: mid }, metrics: { clients_lost: 29, clients_at_start: 160 } }";

fn expecting(expect: &str) -> Vec<String> {
    misses(&format!("tests:\n  - name: T\n    {GIVEN}\n    expect: {expect}\n"))
}

/// A stronger rule sets another one aside: that is expected by its own word, in a list of rules and in a table.
#[test]
fn a_rule_that_is_set_aside_is_expected_so() {
    let stronger = "rules:\n  - { id: churn-alone, title: T, why: W, when: metric.churn_rate > 15%, supersedes: [early-warning-missing], prescribe: [monthly-risk-review], severity: high }\n";
    let expecting = |word: &str| {
        let table = "    table: |\n      metric.clients_lost | early-warning-missing\n";
        misses(&format!(
            "{stronger}tests:\n  - name: T\n    {GIVEN}\n    expect: {{ rules: {{ early-warning-missing: {word} }} }}\n{table}      29 | {word}\n"
        ))
    };
    assert_eq!(expecting("superseded"), Vec::<String>::new());
    assert_eq!(
        expecting("not_fired"),
        [
            "6: `early-warning-missing` is superseded / `not_fired`",
            "9: `early-warning-missing` is superseded / `not_fired`"
        ]
    );
}

#[test]
fn what_is_so_is_met() {
    let met = [
        "{ scores: { health: 56.7, renewal: 8.333, total: [32.5, 32.5] }, metrics: { churn_rate: 18.1% } }",
        "{ scores: { health: 57 points }, bands: { health: dripping, renewal: pouring, churn_rate: poor } }",
        "{ fired: [renewals-start-late, early-warning-missing], undecided: [views-differ], not_applicable: [] }",
        "{ fired_includes: [early-warning-missing], not_fired: [views-differ], rules: { views-differ: undecided } }",
        "{ prescribed: [account-list, monthly-risk-review, renewal-calendar], first: monthly-risk-review }",
        "{ prescribed_includes: [account-list], set_aside: [], problems: [], refused: false }",
        "{ plan: [account-list, monthly-risk-review, renewal-calendar], leaks: [renewal, health] }",
        "{ plan: { 30: [account-list, monthly-risk-review], 60: [renewal-calendar] } }",
    ];
    for expect in met {
        assert_eq!(expecting(expect), Vec::<String>::new(), "{expect}");
    }
}

#[test]
fn what_is_not_so_is_told_with_what_was_found() {
    for (expect, told) in [
        ("{ scores: { health: 56.6 } }", "`score.health` is 56.666667 / 56.6"),
        ("{ scores: { health: [40, 60] } }", "`score.health` is 56.666667 / between 40 and 60"),
        ("{ scores: { health: missing } }", "`score.health` is 56.666667 / missing"),
        ("{ metrics: { churn_rate: 18.2% } }", "`metric.churn_rate` is 18.125% / 18.2%"),
        ("{ bands: { churn_rate: good } }", "`band.churn_rate` is `poor` / `good`"),
        ("{ rules: { views-differ: fired } }", "`views-differ` is undecided / `fired`"),
        (
            "{ fired: [views-differ, renewals-start-late] }",
            "`early-warning-missing` is fired, `views-differ` is undecided / exactly these to be fired",
        ),
        ("{ undecided: [] }", "`views-differ` is undecided / nothing to be undecided"),
        ("{ fired_includes: [views-differ] }", "`views-differ` is undecided / all of these to be fired"),
        ("{ not_fired: [renewals-start-late] }", "`renewals-start-late` is fired / that none of these fires"),
        (
            "{ prescribed: [account-list] }",
            "`monthly-risk-review`, `renewal-calendar` is advised too / exactly these",
        ),
        ("{ not_prescribed: [account-list] }", "`account-list` is advised / that none of these is advised"),
        ("{ set_aside: [account-list] }", "set aside is nothing / exactly these"),
        ("{ first: account-list }", "the first is `monthly-risk-review` / `account-list`"),
        ("{ first: none }", "the first is `monthly-risk-review` / nothing"),
        (
            "{ plan: [account-list] }",
            "the plan is `account-list` (30), `monthly-risk-review` (30), `renewal-calendar` (60) / these steps in this order",
        ),
        ("{ leaks: [health, renewal] }", "the leaks are `renewal`, `health` / these, the worst first"),
        ("{ problems: [K710] }", "the problems are none / exactly these codes"),
        ("{ refused: true }", "this respondent is not refused / a refusal"),
    ] {
        assert_eq!(expecting(expect), [format!("4: {told}")], "{expect}");
    }
}

#[test]
fn who_is_refused_meets_nothing_unless_it_is_said() {
    let given = "given: { metrics: { clients_lost: 9, clients_at_start: 3 } }";
    let test = |expect: &str| misses(&format!("tests:\n  - name: T\n    {given}\n    expect: {expect}\n"));
    assert_eq!(test("{ fired: [] }"), ["2: this respondent is refused / findings"]);
    assert_eq!(test("{ refused: true }"), Vec::<String>::new());
    assert_eq!(
        test("{ refused: false }"),
        ["4: this respondent is refused: `churn_rate` comes to 300%, and its range is 0% to 100% / findings"]
    );
}

#[test]
fn a_table_gives_and_expects_row_by_row() {
    let table = "tests:
  - name: Columns of every kind
    given: { answers: { health-review: quarterly }, metrics: { clients_at_start: 160 } }
    expect: { problems: [] }
    table: |
      | metric.clients_lost | answer.health-review | manager: answer.usage-seen | rep: answer.usage-seen | date       | band.churn_rate | expect metric.churn_rate | score.health | views-differ | first        |
      |---------------------|----------------------|----------------------------|------------------------|------------|-----------------|--------------------------|--------------|--------------|--------------|
      # a note between rows
      | 12                  |                      | 4                          | 2                      | 2025-03-01 | good            | 7.5%                     | 56.7         | fired        | account-list |
      | -                   | -                    | 4                          | -                      |            | missing         | -                        | [25, 91.7]   | undecided    | none         |
      | 25                  | monthly              | 4                          | 3                      |            |                 | 15.6%                    |              | not_fired    | -            |
";
    assert_eq!(misses(table), Vec::<String>::new());
    let (suite, _, _) = run(table);
    assert_eq!(suite.tests[0].cases.len(), 3);
    let wrong = table.replace("| 7.5%", "| 7.6%").replace("| undecided", "| fired    ");
    assert_eq!(
        misses(&wrong),
        ["9: `metric.churn_rate` is 7.5% / 7.6%", "10: `views-differ` is undecided / `fired`"]
    );
}

#[test]
fn a_filter_takes_the_tests_whose_names_hold_it() {
    let (suite, _, _) = run(
        "tests:\n  - { name: One thing, expect: { fired: [] } }\n  - { name: Another, expect: { fired: [] } }\n",
    );
    assert_eq!(suite.clone().filtered("one").tests.len(), 1);
    assert_eq!(suite.filtered("x").tests.len(), 0);
}

/// A workspace with the pack of the specification and these tests.
fn workspace(tests: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("rules/retention-core");
    fs::create_dir_all(pack.join("tests")).unwrap();
    fs::copy(CORE, pack.join("pack.yaml")).unwrap();
    fs::write(pack.join("tests/t.yaml"), tests).unwrap();
    folder
}

/// Standard output, standard error and the exit code.
fn kitwright(folder: &Path, args: &[&str]) -> (String, String, i32) {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let lines = |text: String| text.lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>();
    (lines(text(output.stdout)), lines(text(output.stderr)), output.status.code().unwrap())
}

#[test]
fn the_tests_of_the_specification_pass_as_written() {
    let folder = workspace(&fs::read_to_string("tests/packs/good/retention-core/tests/tests.yaml").unwrap());
    let (out, err, code) = kitwright(folder.path(), &["test"]);
    // What they leave unseen is told; they are examples of how tests are written.
    assert!(!err.contains("error"), "{err}");
    assert_eq!(code, 0);
    assert!(out.starts_with("rules/retention-core: 2 tests, 4 cases, all passed\n"), "{out}");
    assert_eq!(kitwright(folder.path(), &["test", "-q"]), (String::new(), String::new(), 0));
}

const FAILING: &str = "tests:
  - name: Two that are wrong
    given: { answers: { health-review: quarterly, usage-seen: 3 }, metrics: { clients_lost: 29, clients_at_start: 160 } }
    expect:
      fired: []
      contains: [Hold a weekly review]
";

#[test]
fn a_failure_is_told_with_its_place_and_its_because() {
    let folder = workspace(FAILING);
    let (_, err, code) = kitwright(folder.path(), &["test", "--color", "never"]);
    assert_eq!(code, 3);
    insta::assert_snapshot!(err);
}

#[test]
fn programs_read_failures_as_json_and_as_junit() {
    let folder = workspace(
        &FAILING
            .replace("Two that are wrong", "Two that are <wrong> & \\\"quoted\\\"")
            .replace("name: ", "name: \"")
            .replace("quoted\\\"", "quoted\\\"\""),
    );
    let (json, _, code) = kitwright(folder.path(), &["test", "--format", "json"]);
    assert_eq!(code, 3);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let failures = &json["tests"][0]["failures"];
    assert_eq!(failures[0]["at"], "rules/retention-core/tests/t.yaml:5:14");
    assert_eq!(failures[0]["found"], "`early-warning-missing` is fired");
    assert_eq!(json["passed"], false);
    let (junit, _, code) = kitwright(folder.path(), &["test", "--format", "junit"]);
    assert_eq!(code, 3);
    insta::assert_snapshot!(junit);
}

#[test]
fn faults_of_tests_are_told_by_test_and_by_check_and_by_nothing_else() {
    let folder = workspace("tests:\n  - { name: T, expect: { fired: [nothing] } }\n");
    for command in ["test", "check"] {
        let (_, err, code) = kitwright(folder.path(), &[command]);
        assert_eq!(code, 2, "{command}");
        assert!(err.contains("error[K201]: there is no rule `nothing`"), "{err}");
        assert!(err.contains("rules/retention-core/tests/t.yaml:2:34"), "{err}");
    }
    fs::write(folder.path().join("a.yaml"), "respondent: a\n").unwrap();
    assert_eq!(kitwright(folder.path(), &["evaluate", "a.yaml"]).2, 0);
}
