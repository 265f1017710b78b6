//! What the shipped pack must never get wrong: its ladder, its either-or, and silence where all is well.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// An example with some of its lines replaced, as `evaluate` judges it.
fn judged(example: &str, changes: &[(&str, &str)]) -> Value {
    let mut text = fs::read_to_string(Path::new(ROOT).join("examples").join(example)).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{example} lacks {from}");
        text = text.replace(from, to);
    }
    let folder = tempfile::tempdir().unwrap();
    let answers = folder.path().join("answers.yaml");
    fs::write(&answers, text).unwrap();
    let run =
        Command::cargo_bin("kitwright").unwrap().current_dir(ROOT).arg("evaluate").arg(&answers).assert();
    let output = run.success().get_output().clone();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn advised(judged: &Value) -> Vec<&str> {
    let list = judged["prescriptions"].as_array().unwrap();
    list.iter().map(|advice| advice["id"].as_str().unwrap()).collect()
}

const FALLING_BEHIND: [(&str, &str); 2] = [
    ("reps-below-target: none", "reps-below-target: some"),
    ("sales_actual: 1120000", "sales_actual: 700000"),
];

#[test]
fn parting_is_the_last_step_and_waits_for_every_guard() {
    let all_guards_hold = judged("summit.yaml", &FALLING_BEHIND);
    assert!(advised(&all_guards_hold).contains(&"part-company"));

    for guard in ["knows-how: 3", "wants-to: 3", "right-system: 3", "material-fresh: 3"] {
        let name = guard.split(':').next().unwrap();
        for answer in ["2", "dont_know"] {
            let open = format!("{name}: {answer}");
            let changes = [FALLING_BEHIND[0], FALLING_BEHIND[1], (guard, open.as_str())];
            let found = judged("summit.yaml", &changes);
            assert!(!advised(&found).contains(&"part-company"), "{open}");
        }
    }
}

#[test]
fn nobody_is_put_on_the_ladder_where_no_rep_falls_behind() {
    let found = judged("summit.yaml", &[("knows-how: 3", "knows-how: 0")]);
    assert_eq!(found["rules"]["causes-untested"], "not_fired");
    assert!(advised(&found).contains(&"agree-the-tests"));
}

#[test]
fn dedicated_help_and_lower_targets_are_never_advised_together() {
    for help in ["yes", "no", "dont_know"] {
        let possible = format!("support-possible: \"{help}\"");
        let text = fs::read_to_string(Path::new(ROOT).join("examples/northwind.yaml")).unwrap();
        let line =
            text.lines().find(|line| line.trim_start().starts_with("support-possible:")).unwrap().trim();
        let found = judged("northwind.yaml", &[(line, possible.as_str())]);
        let advised = advised(&found);
        let both = ["dedicated-support", "lower-expectation"].map(|id| advised.contains(&id));
        assert_ne!(both, [true, true], "{help}");
    }
}

#[test]
fn a_manager_and_reps_who_differ_are_told_so_by_the_gap_alone() {
    let found = judged("northwind.yaml", &[]);
    assert_eq!(found["rules"]["retention-views-differ"], "fired");
}
