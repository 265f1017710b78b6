//! Packs that build on others, with the real binary: where bases and their templates come from.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const BASE: &str = "tests/packs/good/retention-core/pack.yaml";
const OURS: &str = "pack: { id: ours, version: 3.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
override:
  rules:
    early-warning-missing: { set: { severity: low }, was: { severity: high }, reason: We look every week. }
";
const ANSWERS: &str = "respondent: northwind
pack: ours
answers: { health-review: never, usage-seen: 1 }
metrics: { churn_rate: 20% }
";

fn kitwright(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn workspace(packs: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in packs {
        let pack = folder.path().join("rules").join(name);
        fs::create_dir_all(&pack).unwrap();
        fs::write(pack.join("pack.yaml"), text).unwrap();
    }
    fs::write(folder.path().join("answers.yaml"), ANSWERS).unwrap();
    folder
}

#[test]
fn a_pack_over_another_is_checked_evaluated_explained_and_built() {
    let base = fs::read_to_string(BASE).unwrap();
    let folder = workspace(&[("retention-core", &base), ("ours", OURS)]);
    let templates = folder.path().join("rules/retention-core/templates");
    fs::create_dir_all(&templates).unwrap();
    fs::write(
        templates.join("note.md"),
        "---\nfor: respondent\ntitle: Note\n---\n\n# {{ pack.title }}: {{ findings[0].severity }}\n",
    )
    .unwrap();
    let (code, out, err) = kitwright(folder.path(), &["check", "--as-of", "2026-03-01"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("rules/ours is sound: 2 areas, 6 questions, 3 metrics, 3 rules"), "{out}");
    let (code, out, _) = kitwright(folder.path(), &["evaluate", "answers.yaml"]);
    assert_eq!(code, 0);
    assert!(out.contains("\"pack\":\"ours\",\"version\":\"3.0.0\""), "{out}");
    // Low 1 × impact 5 ÷ effort 2, where the base would give 7.5.
    assert!(out.contains("{\"id\":\"monthly-risk-review\",\"rank\":2.5,"), "{out}");
    let (code, out, _) =
        kitwright(folder.path(), &["explain", "answers.yaml", "--rule", "early-warning-missing"]);
    assert_eq!(code, 0);
    assert!(out.contains("early-warning-missing: Risk is spotted too late"), "{out}");
    let (code, _, err) =
        kitwright(folder.path(), &["build", "answers.yaml", "--format", "md", "--document", "note"]);
    assert_eq!(code, 0, "{err}");
    let note = fs::read_to_string(folder.path().join("output/northwind/note.md")).unwrap();
    assert!(note.contains("# Ours: low"), "{note}");
}

#[test]
fn a_base_stands_beside_the_pack_or_is_built_in() {
    let base = fs::read_to_string(BASE).unwrap();
    let folder = workspace(&[]);
    for (name, text) in [("retention-core", base.as_str()), ("ours", OURS)] {
        let pack = folder.path().join("elsewhere").join(name);
        fs::create_dir_all(&pack).unwrap();
        fs::write(pack.join("pack.yaml"), text).unwrap();
    }
    let (code, out, err) = kitwright(folder.path(), &["check", "elsewhere/ours"]);
    assert_eq!(code, 0, "{out}{err}");
    let shipped = "pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: sales-leaks@1 }\n";
    let folder = workspace(&[("ours", shipped)]);
    let (code, out, err) = kitwright(folder.path(), &["check", "ours"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("rules/ours is sound"), "{out}");
}

#[test]
fn a_base_that_is_missing_or_turns_in_a_circle_is_told() {
    let missing = OURS.replace("retention-core@", "retention-cor@");
    let folder = workspace(&[("retention-core", "x-note: none\n"), ("ours", &missing)]);
    let (code, _, err) = kitwright(folder.path(), &["evaluate", "answers.yaml"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error[K227]: there is no pack `retention-cor`
 --> rules/ours/pack.yaml:1:68
  |
1 | pack: { id: ours, version: 3.0.0, format: 1, title: Ours, extends: retention-cor@1.2 }
  |                                                                    ^^^^^^^^^^^^^^^^^ this pack builds on it
  |
  = help: did you mean `retention-core`?

1 error
"
    );
    let one = "pack: { id: one, version: 1.0.0, format: 1, title: One, extends: two@1 }\n";
    let two = "pack: { id: two, version: 1.0.0, format: 1, title: Two, extends: one@1 }\n";
    let folder = workspace(&[("one", one), ("two", two)]);
    let (code, _, err) = kitwright(folder.path(), &["check", "one"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error[K227]: these packs build on each other in a circle
 --> rules/one/pack.yaml:1:66
  |
1 | pack: { id: one, version: 1.0.0, format: 1, title: One, extends: two@1 }
  |                                                                  ^^^^^ `two` → `one` → `two`
  |
  = help: let one of them build on none

1 error
"
    );
}

#[test]
fn a_condition_of_the_base_is_changed_as_a_whole() {
    let base = fs::read_to_string(BASE).unwrap() + "conditions:\n  unseen: answer.usage-seen <= 2\n";
    let base = base.replace("when: gap.usage-seen >= 2", "when: condition.unseen");
    let ours = "pack: { id: ours, version: 1.0.0, format: 1, title: Ours, extends: retention-core@1.2 }
override:
  conditions:
    unseen: { when+: [answer.usage-seen <= 3], reason: We look closer. }
";
    let folder = workspace(&[("retention-core", &base), ("ours", ours)]);
    let (code, _, err) = kitwright(folder.path(), &["check", "ours"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error[K229]: a condition has no keys
 --> rules/ours/pack.yaml:4:15
  |
4 |     unseen: { when+: [answer.usage-seen <= 3], reason: We look closer. }
  |               ^^^^^ nothing to add to
  |
  = help: write the whole condition behind `set:`

1 error
"
    );
}
