//! What documents say of scores that are not of 100: the pack and the first answers of `tests/cases/instruments.case`
//! as a playbook.

use std::fs;

use assert_cmd::Command;

fn playbook() -> String {
    let text = fs::read_to_string("tests/cases/instruments.case").unwrap().replace("\r\n", "\n");
    let mut parts = text.split("\n=== ");
    let pack = parts.nth(1).unwrap().strip_prefix("pack\n").unwrap();
    let (_, case) = parts.next().unwrap().split_once('\n').unwrap();
    let (answers, _) = case.split_once("--- expect").unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("rules/p")).unwrap();
    fs::write(folder.path().join("rules/p/pack.yaml"), pack).unwrap();
    fs::write(folder.path().join("answers.yaml"), answers).unwrap();
    Command::cargo_bin("kitwright")
        .unwrap()
        .current_dir(folder.path())
        .args(["build", "answers.yaml", "--format", "md", "--quiet"])
        .assert()
        .success();
    fs::read_to_string(folder.path().join("output/r/playbook.md")).unwrap()
}

#[test]
fn a_playbook_says_what_each_score_is_out_of() {
    let made = playbook();
    let says = |line: &str| assert!(made.contains(line), "{line}\n---\n{made}");
    says("This playbook rests on 14 of 16 answers.");
    says("1. **Low mood**: 8 of 9, severe");
    says("2. **Maturity**: 2 of 5, open");
    says("3. **Early warning**: 3 of 6, urgent");
    says("Further leaks: Accomplishment (7).");
    says("title: 11 areas, each in percent of its own range");
    says("**What already holds:** Usability, Wellbeing, Exhaustion, Would recommend.");
    says("“Pulse” is 140, worth 3 points (3 applies)");
    says("Early warning scored 3 of 6 (urgent is above 2)");
    says("Maturity is the weighted mean of its answers as they were given.");
    says("Exhaustion, Accomplishment, Style and Early warning are each the sum of their points.");
    says("Usability, Wellbeing and Would recommend are each worked out from other figures.");
    says("| Raw usability   |    88 |          |");
    assert!(!made.contains("The total"), "{made}");
}
