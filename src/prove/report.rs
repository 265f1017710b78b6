//! What became of the tests, for programs: JSON and JUnit's XML.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::cover::{Coverage, OUTCOMES};
use super::mutate::Mutation;
use super::run::{Miss, Proof};
use super::suite::Suite;
use crate::model::Pack;
use crate::source::Sources;
use crate::values::work_out;

/// One JSON object: `pack`, `version`, `passed`, `tests`. A test has `name`, `at` (file:line:column), `generated`,
/// `cases`, `passed` and `failures`; a failure `at`, `row` (or null), `found`, `expected`, `because`.
pub fn json(name: &str, pack: &Pack, suite: &Suite, proof: &Proof, sources: &Sources) -> Value {
    let tests: Vec<Value> = suite
        .tests
        .iter()
        .enumerate()
        .map(|(place, test)| {
            let of_test = proof.misses().filter(|(ran, _)| ran.test == place);
            let failures: Vec<Value> = of_test
                .map(|(ran, miss)| {
                    json!({
                        "at": sources.place(miss.span),
                        "row": test.cases[ran.case].row,
                        "found": miss.found,
                        "expected": miss.expected,
                        "because": miss.because,
                    })
                })
                .collect();
            json!({
                "name": test.name,
                "at": sources.place(test.span),
                "generated": test.generated,
                "cases": test.cases.len(),
                "passed": failures.is_empty(),
                "failures": failures,
            })
        })
        .collect();
    let mut out = Map::new();
    out.insert("pack".to_owned(), json!(pack.id));
    out.insert("version".to_owned(), json!(pack.version));
    out.insert("folder".to_owned(), json!(name));
    out.insert("passed".to_owned(), json!(proof.misses().next().is_none()));
    out.insert("tests".to_owned(), json!(tests));
    Value::Object(out)
}

/// What the tests reach: `seen` of `attainable` outcomes, `unattainable`, `not_decided`; `missing` with `at` (file:line:column),
/// `outcome` and `witness` (what the line looks at and what it is for somebody who brings it about; null where that was not
/// decided); `rules` with `id`, `fires` and `rests`: false where no test expects it.
pub fn coverage_json(coverage: &Coverage, pack: &Pack, sources: &Sources) -> Value {
    let mut missing: Vec<Value> = Vec::new();
    for line in &coverage.lines {
        for one in &line.missing {
            let outcome = OUTCOMES.iter().find(|(outcome, _)| *outcome == one.outcome).map(|(_, word)| *word);
            let witness = one.witness.as_ref().map(|witness| {
                let values = work_out(pack, witness, None).values;
                let name = crate::pack::print::subject(line.subject, pack).unwrap_or_default();
                json!({ name: crate::cells::value(line.subject, pack, &values) })
            });
            missing.push(json!({ "at": sources.place(line.span), "outcome": outcome, "witness": witness }));
        }
    }
    let rules: Vec<Value> = coverage
        .rules
        .iter()
        .map(|untested| {
            let id = &pack.rules[untested.rule.0].id;
            json!({ "id": id, "fires": !untested.fires, "rests": !untested.rests })
        })
        .collect();
    json!({
        "seen": coverage.seen(),
        "attainable": coverage.attainable(),
        "unattainable": coverage.unattainable(),
        "not_decided": coverage.not_decided(),
        "missing": missing,
        "rules": rules,
    })
}

/// Which slips the tests notice: `killed` of `counted`, `equivalent`, `not_decided`; `survivors` with `at` (file:line:column),
/// `was`, `now` (null where it was taken out), `difference` (what is judged differently, and of whom: `witness`; both null where
/// that was not decided).
pub fn mutation_json(mutation: &Mutation, pack: &Pack, sources: &Sources) -> Value {
    let survivors: Vec<Value> = mutation
        .survivors
        .iter()
        .map(|survivor| {
            let difference = survivor.difference.as_ref();
            let witness = difference.map(|difference| {
                let values = work_out(pack, &difference.respondent, difference.respondent.date).values;
                let of = |subject| {
                    let name = crate::pack::print::subject(subject, pack).unwrap_or_default();
                    (name, Value::from(crate::cells::value(subject, pack, &values)))
                };
                let day =
                    difference.respondent.date.map(|day| ("date".to_owned(), Value::from(day.to_string())));
                let values = difference.subjects.iter().map(|subject| of(*subject));
                day.into_iter().chain(values).collect::<Map<String, Value>>()
            });
            json!({
                "at": sources.place(survivor.slip.span),
                "was": survivor.slip.was,
                "now": survivor.slip.now,
                "difference": difference.map(|difference| &difference.words),
                "witness": witness,
            })
        })
        .collect();
    json!({
        "killed": mutation.killed,
        "counted": mutation.counted(),
        "equivalent": mutation.equivalent,
        "not_decided": mutation.not_decided(),
        "survivors": survivors,
    })
}

/// The XML that continuous integration reads as JUnit's, around the suites of all packs.
pub fn junit(suites: &[String]) -> String {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
    format!("{head}{}</testsuites>", suites.concat())
}

/// The tests of one pack as a suite in JUnit's XML, a test case a test; `properties` are names with their values.
pub fn junit_suite(
    name: &str,
    suite: &Suite,
    proof: &Proof,
    sources: &Sources,
    properties: &[(&str, String)],
) -> String {
    let failed = (0..suite.tests.len()).filter(|&test| !proof.passed(test)).count();
    let mut out = String::new();
    let (name, tests) = (escaped(name), suite.tests.len());
    let _ = writeln!(out, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failed}\">");
    if !properties.is_empty() {
        out.push_str("    <properties>\n");
        for (key, value) in properties {
            let _ = writeln!(out, "      <property name=\"{key}\" value=\"{}\"/>", escaped(value));
        }
        out.push_str("    </properties>\n");
    }
    for (place, test) in suite.tests.iter().enumerate() {
        let (file, line) = (&sources.get(test.span.source).name, sources.position(test.span).0);
        let (title, file) = (escaped(&test.name), escaped(file));
        let head =
            format!("    <testcase classname=\"{name}\" name=\"{title}\" file=\"{file}\" line=\"{line}\"");
        let misses: Vec<&Miss> =
            proof.misses().filter(|(ran, _)| ran.test == place).map(|(_, miss)| miss).collect();
        if misses.is_empty() {
            let _ = writeln!(out, "{head}/>");
            continue;
        }
        let _ = writeln!(out, "{head}>");
        for miss in misses {
            let message = escaped(&format!("{}, expected {}", miss.found, miss.expected));
            let at = sources.place(miss.span);
            let text = escaped(&[&[at][..], &miss.because].concat().join("\n"));
            let _ = writeln!(out, "      <failure message=\"{message}\">{text}</failure>");
        }
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n");
    out
}

/// A text as XML takes it; characters that XML cannot hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
