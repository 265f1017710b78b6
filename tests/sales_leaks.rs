//! What `docs/sales-leaks.md` says of the shipped pack is so, and its tests reach and notice what they should.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;

/// What `test --mutate` finds, as JSON.
fn tested() -> Value {
    let output = Command::cargo_bin("kitwright")
        .unwrap()
        .args(["test", "sales-leaks", "--mutate", "--format", "json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The last cell of the row of a table that begins so.
fn cell<'d>(book: &'d str, row: &str) -> &'d str {
    let head = format!("| {row} |");
    let line = book.lines().find(|line| line.starts_with(&head)).unwrap_or_else(|| panic!("no row {row}"));
    line.trim_end_matches('|').rsplit('|').next().unwrap().trim()
}

#[test]
fn the_tests_of_the_shipped_pack_reach_and_notice_what_its_book_says() {
    let book = fs::read_to_string("docs/sales-leaks.md").unwrap();
    let found = tested();
    let number = |path: &str| found.pointer(path).unwrap().as_u64().unwrap();
    let tests = found["tests"].as_array().unwrap();
    let cases: u64 = tests.iter().map(|test| test["cases"].as_u64().unwrap()).sum();
    assert!(tests.iter().all(|test| test["generated"] == false), "a proposed test that nobody has accepted");

    let (seen, attainable) = (number("/coverage/seen"), number("/coverage/attainable"));
    assert_eq!(seen, attainable, "{}", found["coverage"]["missing"]);
    assert_eq!(found["coverage"]["rules"], serde_json::json!([]));
    let (killed, counted) = (number("/mutation/killed"), number("/mutation/counted"));
    assert!(killed * 10 >= counted * 9, "{}", found["mutation"]);

    assert_eq!(cell(&book, "tests"), tests.len().to_string());
    assert_eq!(cell(&book, "cases"), cases.to_string());
    let share = |part: u64, whole: u64| {
        format!("{part} of {whole} ({})", kitwright::prove::percent(part as usize, whole as usize))
    };
    let row = "condition outcomes seen, of those that somebody can bring about";
    assert_eq!(cell(&book, row), share(seen, attainable));
    let row = "outcomes that nobody can bring about, proved and left out";
    assert_eq!(cell(&book, row), number("/coverage/unattainable").to_string());
    let row = "slips noticed, of those that make a difference to somebody";
    assert_eq!(cell(&book, row), share(killed, counted));
    let row = "slips that make none, proved and left out";
    assert_eq!(cell(&book, row), number("/mutation/equivalent").to_string());
    let other = fs::read_to_string("docs/testing-packs.md").unwrap();
    let line = format!(
        "rules/sales-leaks: {} tests, {cases} cases, all passed\ncoverage: {} attainable condition outcomes (100%); {} cannot be attained\n",
        tests.len(),
        format_args!("{seen} of {attainable}"),
        number("/coverage/unattainable"),
    );
    assert!(other.replace("\r\n", "\n").contains(&line), "docs/testing-packs.md lacks\n{line}");
}

#[test]
fn the_book_of_the_shipped_pack_counts_right() {
    let book = fs::read_to_string("docs/sales-leaks.md").unwrap();
    let mut sources = kitwright::source::Sources::default();
    let files: Vec<_> = kitwright::builtin::pack("sales-leaks")
        .iter()
        .map(|file| sources.add(file.path, file.text))
        .collect();
    let pack = kitwright::pack::load(&files, &sources).pack.unwrap();
    let scored: std::collections::BTreeSet<usize> =
        pack.areas.iter().flat_map(|area| area.questions.iter().map(|id| id.0)).collect();
    let banded = pack.metrics.iter().filter(|metric| !metric.bands.is_empty()).count();
    let conditions = pack.rules.iter().flat_map(|rule| std::iter::once(&rule.when).chain(&rule.unless));
    let conditions = conditions.chain(pack.conditions.iter().map(|named| &named.when));
    let guards = pack.ladders.iter().flat_map(|ladder| &ladder.steps).flat_map(|step| &step.guard);
    let lines: usize = conditions.chain(guards).map(|condition| condition.tests().len()).sum();
    for (row, count) in [
        ("questions that score", scored.len()),
        ("figures with bands, each with its source and day of review", banded),
        ("rules", pack.rules.len()),
        ("prescriptions", pack.prescriptions.len()),
        ("lines of conditions", lines),
    ] {
        assert_eq!(cell(&book, row), count.to_string(), "{row}");
    }
    for area in &pack.areas {
        let row = format!("| {} | {} | {} |", area.title.plain(), area.questions.len(), area.metrics.len());
        assert!(book.contains(&row), "{row}");
    }
}
