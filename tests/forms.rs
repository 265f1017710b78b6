//! The forms of messages, as the binary prints them: for people, one line each, JSON lines and SARIF; and what
//! `--strict`, `--quiet` and `--color` make of them.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const BASE: &str = "tests/packs/good/retention-core/pack.yaml";
const SLIPS: &str = "\
# Zürich
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when:
      - metric.churn_rate > 20
      - score.helth < 50
    prescribe: [account-list]
    severity: low
";
const WARNS: &str = "\
rules:
  - id: many-lost
    title: Many clients leave
    why: Each of them was won at some cost.
    when: metric.churn_rate > 15%
    prescribe: [account-list]
    severity: low
";
const STALE: &str = "\
metrics:
  visits:
    title: Visits
    unit: count
    range: [0, 99]
    better: higher
    bands: [{ from: 2020-01-01, source: house-2024, review_by: 2021-12-31, cuts: { good: \">= 8\", poor: rest } }]
rules:
  - { id: few-visits, title: Clients are seldom seen, why: Who is not seen is forgotten., when: band.visits is poor,
      prescribe: [account-list], severity: low }
";

struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// A workspace whose only pack is sound but for what stands in a further file.
fn workspace(more: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let shop = folder.path().to_owned();
    let pack = shop.join("rules/retention-core");
    fs::create_dir_all(&pack).unwrap();
    fs::copy(BASE, pack.join("pack.yaml")).unwrap();
    fs::write(pack.join("more.yaml"), more).unwrap();
    fs::write(shop.join("answers.yaml"), "respondent: a\nanswers: { usage-seen: 4 }\n").unwrap();
    (folder, shop)
}

fn run(folder: &Path, line: &str) -> Ran {
    let mut command = Command::cargo_bin("kitwright").unwrap();
    let output =
        command.current_dir(folder).env_remove("NO_COLOR").args(line.split_whitespace()).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn short_is_one_line_a_message_and_nothing_else() {
    let (_folder, shop) = workspace(SLIPS);
    let ran = run(&shop, "check --message-format short");
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (
            2,
            "rules/retention-core/more.yaml:7:29: error[K203]: this number needs a unit\n\
             rules/retention-core/more.yaml:8:15: error[K201]: there is no area `helth`\n",
            ""
        )
    );
    let (_folder, shop) = workspace("x-note: none\n");
    let ran = run(&shop, "check --message-format short");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.starts_with("rules/retention-core is sound: 2 areas"), "{}", ran.err);
}

#[test]
fn json_is_one_object_a_line_with_stable_keys() {
    let (_folder, shop) = workspace(SLIPS);
    let ran = run(&shop, "check --message-format json");
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines,
        [
            r#"{"code":"K203","severity":"error","message":"this number needs a unit","file":"rules/retention-core/more.yaml","line":7,"column":29,"end_line":7,"end_column":31,"label":"churn_rate is a percentage (0% to 100%)","help":["write `20%`"],"related":[],"fix":[{"file":"rules/retention-core/more.yaml","line":7,"column":29,"end_line":7,"end_column":31,"text":"20%"}]}"#,
            r#"{"code":"K201","severity":"error","message":"there is no area `helth`","file":"rules/retention-core/more.yaml","line":8,"column":15,"end_line":8,"end_column":20,"label":"unknown area","help":["did you mean `health`?"],"related":[],"fix":null}"#,
        ]
    );
    let ran = run(&shop, "check nowhere --message-format json");
    assert_eq!(
        ran.out,
        "{\"code\":\"K115\",\"severity\":\"error\",\"message\":\"there is no pack `nowhere`\",\"file\":null,\"line\":null,\"column\":null,\"end_line\":null,\"end_column\":null,\"label\":\"\",\"help\":[\"there are `retention-core`, `sales-leaks`\"],\"related\":[],\"fix\":null}\n"
    );
    let ran = run(&shop, "check --explain K999 --message-format json");
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["code"], Value::Null);
    assert_eq!(told["message"], "there is no code `K999`");
}

#[test]
fn columns_count_characters() {
    let (_folder, shop) = workspace("questions: { ä𝄞: { kind: text, question: \"x\", quetsion: \"y\" } }\n");
    let ran = run(&shop, "check --message-format json");
    let second = ran.out.lines().find(|line| line.contains("K106")).unwrap();
    let told: Value = serde_json::from_str(second).unwrap();
    assert_eq!((&told["column"], &told["end_column"]), (&47.into(), &55.into()));
}

#[test]
fn sarif_is_what_code_scanning_reads() {
    let (_folder, shop) = workspace(&format!("{SLIPS}prescriptions: {{ account-list: {{}} }}\n"));
    let ran = run(&shop, "check --message-format sarif");
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let sarif: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
    let run_ = &sarif["runs"][0];
    assert_eq!(run_["columnKind"], "unicodeCodePoints");
    let driver = &run_["tool"]["driver"];
    assert_eq!(driver["name"], "kitwright");
    let rules: Vec<&str> =
        driver["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert!(rules.is_sorted());
    for rule in driver["rules"].as_array().unwrap() {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[key]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
    }
    let results = run_["results"].as_array().unwrap();
    assert!(results.len() >= 3);
    for result in results {
        assert!(rules.contains(&result["ruleId"].as_str().unwrap()), "{result}");
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()), "{result}");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("rules/retention-core/"), "{uri}");
        let at = |key: &str| place["region"][key].as_u64().unwrap();
        assert!(
            (at("startLine"), at("startColumn")) <= (at("endLine"), at("endColumn")) && at("startColumn") > 0
        );
    }
    let doubled = results.iter().find(|result| result["ruleId"] == "K105").unwrap();
    let other = &doubled["relatedLocations"][0];
    assert_eq!(other["physicalLocation"]["artifactLocation"]["uri"], "rules/retention-core/more.yaml");
    assert!(!other["message"]["text"].as_str().unwrap().is_empty());

    let (_folder, shop) = workspace("x-note: none\n");
    let sarif: Value = serde_json::from_str(&run(&shop, "check --message-format sarif -q").out).unwrap();
    assert_eq!(sarif["runs"][0]["results"], Value::Array(Vec::new()));
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let ran = run(&shop, "evaluate nowhere.yaml --message-format sarif");
    let sarif: Value = serde_json::from_str(&ran.err).unwrap();
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!((ran.code, &invocation["executionSuccessful"]), (1, &false.into()));
    let note = &invocation["toolExecutionNotifications"][0];
    assert_eq!(note["level"], "error");
    assert!(note["message"]["text"].as_str().unwrap().starts_with("cannot read nowhere.yaml"), "{note}");
}

#[test]
fn commands_with_data_of_their_own_keep_messages_off_it() {
    let (_folder, shop) = workspace("x-note: none\n");
    fs::write(shop.join("two.csv"), "respondent,usage-seen\na,4\nb,9\n").unwrap();
    let ran = run(
        &shop,
        "evaluate two.csv --pack retention-core --format csv --columns respondent --message-format short",
    );
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (4, "respondent\na\n", "two.csv:3:3: error[K702]: `9` is no answer to `usage-seen`\n")
    );
    let ran = run(&shop, "build two.csv --pack retention-core --format md --message-format short");
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert_eq!(ran.out, "two.csv:3:3: error[K702]: `9` is no answer to `usage-seen`\n");
    assert!(ran.err.contains("\noutput/a/playbook.md\n"), "{}", ran.err);
}

#[test]
fn under_strict_warnings_are_errors_but_for_what_only_time_brings_about() {
    let (_folder, shop) = workspace(WARNS);
    let ran = run(&shop, "check");
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("rules/retention-core is sound with 1 warning: "), "{}", ran.out);
    assert!(ran.err.starts_with("warning[K404]") && ran.err.ends_with("\n1 warning\n"), "{}", ran.err);
    let ran = run(&shop, "check --strict");
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (2, "rules/retention-core has 1 warning, which `--strict` refuses\n")
    );
    let ran = run(&shop, "check --strict -q");
    assert!(ran.code == 2 && ran.err.contains("K404"), "{}", ran.err);
    let (_folder, shop) = workspace(STALE);
    let ran = run(&shop, "check --strict --as-of 2026-03-01");
    assert!(ran.err.contains("K403"), "{}", ran.err);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("rules/retention-core is sound with 1 warning: "), "{}", ran.out);
}

#[test]
fn a_quiet_run_prints_nothing_but_errors() {
    let (_folder, shop) = workspace(WARNS);
    let ran = run(&shop, "check -q");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let (_folder, shop) = workspace(&format!("{WARNS}questions: {{ x: {{ kind: text }} }}\n"));
    let ran = run(&shop, "check -q");
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error[K108]") && ran.err.ends_with("\n1 error\n"), "{}", ran.err);
}

#[test]
fn colours_come_only_where_they_are_asked_for() {
    let (_folder, shop) = workspace(SLIPS);
    assert!(run(&shop, "check --color always").err.contains("\u{1b}["));
    for line in ["check", "check --color never", "check --color always --message-format short"] {
        let ran = run(&shop, line);
        assert!(!ran.err.contains('\u{1b}') && !ran.out.contains('\u{1b}'), "{line}");
    }
}
