//! What ships is sound, the committed sample is fresh, and the README tells the truth.
//! `UPDATE_SAMPLE=1 cargo test --test sample` makes `output/sample` anew.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn build_into(folder: &Path) {
    Command::cargo_bin("kitwright")
        .unwrap()
        .current_dir(ROOT)
        .args(["build", "examples/northwind.yaml", "--session", "examples/session.yaml", "--quiet", "--out"])
        .arg(folder)
        .assert()
        .success();
}

const SAMPLE: [&str; 6] = [
    "northwind/playbook.md",
    "northwind/playbook.html",
    "northwind/playbook.pdf",
    "recap.md",
    "recap.html",
    "recap.pdf",
];

#[test]
fn the_sample_is_fresh() {
    let folder = tempfile::tempdir().unwrap();
    build_into(folder.path());
    let sample = Path::new(ROOT).join("output/sample");
    if std::env::var_os("UPDATE_SAMPLE").is_some() {
        for file in SAMPLE {
            let to = sample.join(file);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(folder.path().join(file), to).unwrap();
        }
    }
    for file in SAMPLE {
        let made = fs::read(folder.path().join(file)).unwrap();
        let kept = fs::read(sample.join(file)).unwrap_or_default();
        assert!(made == kept, "output/sample/{file} is stale: UPDATE_SAMPLE=1 cargo test --test sample");
    }
}

#[test]
fn every_shipped_pack_is_sound_without_a_word() {
    let assert = Command::cargo_bin("kitwright")
        .unwrap()
        .current_dir(ROOT)
        .args(["check", "--as-of", "2026-03-01"])
        .assert();
    let output = assert.success().get_output().clone();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("rules/sales-leaks is sound"));
}

#[test]
fn every_example_is_read_and_its_papers_are_made() {
    for answers in ["northwind.yaml", "summit.yaml", "partial.yaml", "cohort.csv"] {
        let folder = tempfile::tempdir().unwrap();
        let assert = Command::cargo_bin("kitwright")
            .unwrap()
            .current_dir(ROOT)
            .args(["build", &format!("examples/{answers}"), "--out"])
            .arg(folder.path())
            .assert();
        let output = assert.success().get_output().clone();
        let made = String::from_utf8(output.stdout).unwrap();
        let respondents = if answers == "cohort.csv" { 12 } else { 1 };
        assert_eq!(made.lines().filter(|line| line.ends_with(".pdf")).count(), respondents, "{made}");
    }
}

#[test]
fn no_leak_is_invented_for_the_sound_example() {
    let folder = tempfile::tempdir().unwrap();
    Command::cargo_bin("kitwright")
        .unwrap()
        .current_dir(ROOT)
        .args(["build", "examples/summit.yaml", "--format", "md", "--quiet", "--out"])
        .arg(folder.path())
        .assert()
        .success();
    let playbook = fs::read_to_string(folder.path().join("summit/playbook.md")).unwrap();
    assert!(playbook.contains("No leak was found"), "{playbook}");
    assert!(!playbook.contains("### Why this is here"), "{playbook}");
}

/// The commands of the README's first two blocks are the ones that the project promises.
#[test]
fn the_readme_names_commands_that_exist() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    assert!(readme.contains("cargo run --release -- build examples/northwind.yaml"));
    assert!(readme.contains("\ncargo test "));
    let help = Command::cargo_bin("kitwright").unwrap().arg("--help").assert().success().get_output().clone();
    let help = String::from_utf8(help.stdout).unwrap();
    let named = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split(['`', ' ']).next());
    let commands: Vec<&str> = named.filter(|name| name.chars().all(|c| c.is_ascii_lowercase())).collect();
    assert!(commands.len() >= 6, "{commands:?}");
    for command in commands {
        assert!(help.contains(&format!("\n  {command} ")), "the README names `{command}`");
    }
    for link in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if !link.starts_with("http") {
            assert!(Path::new(ROOT).join(link).exists(), "the README links to {link}");
        }
    }
}
