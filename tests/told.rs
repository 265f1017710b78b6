//! What the program tells of files that are not packs: whole, as a terminal shows it.
//!
//! Messages of packs stand in `tests/packs/bad`.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const PACK: &str = "pack: { id: small, version: 1.0.0, format: 1, title: Small, language: en }
areas: { only: { title: Only } }
scales: { s: { from: 1, to: 5 } }
questions: { q: { area: only, scale: s, question: \"Q?\" } }
metrics:
  part: { title: Part, unit: \"%\", range: [0%, 100%], better: lower }
  whole: { title: Whole, unit: \"%\", range: [0%, 100%], better: lower, formula: part * 2 }
rules:
  - { id: low, title: T, why: W, when: answer.q <= 2, prescribe: [x], severity: low, if_missing: require }
  - { id: much, title: T, why: W, when: metric.whole > 50%, prescribe: [x], severity: low }
prescriptions: { x: { area: only, title: X, do: [X.], effort: 1, impact: 1, horizon: 30 } }
";

/// A folder with a small pack and these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in [("rules/small/pack.yaml", PACK.as_bytes())].iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// What stands on stderr, and the exit code.
fn told(folder: &Path, args: &[&str]) -> String {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let said: String = said.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    format!("{said}exit {}\n", output.status.code().unwrap())
}

fn of_answers(text: &str) -> String {
    let folder = folder(&[("answers.yaml", text.as_bytes())]);
    told(folder.path(), &["evaluate", "answers.yaml"])
}

fn of_template(name: &str, text: &str) -> String {
    let folder = folder(&[(&format!("templates/{name}"), text.as_bytes())]);
    told(folder.path(), &["check", "rules/small"])
}

#[test]
fn a_list_for_a_number_and_a_voice_that_is_none() {
    insta::assert_snapshot!(of_answers(
        "respondent: r\nanswers: { q: 2 }\nmetrics: { part: [1, 2] }\nvoices: [manager]\n"
    ));
}

#[test]
fn what_a_rule_requires_is_missing() {
    insta::assert_snapshot!(of_answers("respondent: r\nmetrics: { part: 20 }\n"));
}

#[test]
fn a_computed_value_lies_outside_its_range() {
    insta::assert_snapshot!(of_answers("respondent: r\nanswers: { q: 2 }\nmetrics: { part: 70 }\n"));
}

#[test]
fn a_session_of_words() {
    let folder = folder(&[
        ("answers.yaml", b"respondent: r\nanswers: { q: 2 }\n"),
        ("session.yaml", b"title: A workshop\ndate: 2026-03-02\nzone: Europe/Berlin\nhost: me\n"),
    ]);
    insta::assert_snapshot!(told(folder.path(), &["build", "answers.yaml", "--session", "session.yaml"]));
}

#[test]
fn a_table_that_lies_on_its_side() {
    let head: Vec<String> = (0..10_001).map(|place| format!("c{place}")).collect();
    let table = format!("{}\nr\n", head.join(","));
    let folder = folder(&[("table.csv", table.as_bytes())]);
    let said = told(folder.path(), &["evaluate", "table.csv"]);
    // The line is as long as the table is wide; the message stands before it.
    insta::assert_snapshot!(said.lines().find(|line| line.starts_with("error")).unwrap_or_default());
}

#[test]
fn a_pack_that_is_not_utf8() {
    let folder = folder(&[("rules/small/more.yaml", b"areas: { caf\xe9: { title: X } }\n")]);
    insta::assert_snapshot!(told(folder.path(), &["check", "rules/small"]));
}

#[test]
fn two_packs_and_answers_that_name_none() {
    let folder = folder(&[
        ("rules/other/pack.yaml", PACK.replace("id: small", "id: other").as_bytes()),
        ("answers.yaml", b"respondent: r\nanswers: { q: 2 }\n"),
    ]);
    insta::assert_snapshot!(told(folder.path(), &["evaluate", "answers.yaml"]));
}

#[test]
fn front_matter_of_words() {
    insta::assert_snapshot!(of_template("a.md", "---\njust words\n---\nText.\n"));
}

#[test]
fn front_matter_with_a_list_for_a_text() {
    insta::assert_snapshot!(of_template(
        "a.md",
        "---\nfor: respondent\ntitle: [A, B]\ncover: maybe\n---\nText.\n"
    ));
}

#[test]
fn front_matter_without_an_end() {
    insta::assert_snapshot!(of_template("a.md", "---\nfor: respondent\ntitle: T\nText.\n"));
}

#[test]
fn a_template_that_includes_what_is_not_there() {
    insta::assert_snapshot!(of_template(
        "a.md",
        "---\nfor: respondent\ntitle: T\n---\n{% include \"plan-lin.md\" %}\n"
    ));
}

#[test]
fn templates_that_make_nothing_for_a_respondent() {
    let session = b"---\nfor: session\ntitle: T\n---\nText.\n";
    let folder = folder(&[
        ("templates/playbook.md", session),
        ("templates/recap.md", session),
        ("answers.yaml", b"respondent: r\nanswers: { q: 2 }\n"),
    ]);
    insta::assert_snapshot!(told(folder.path(), &["build", "answers.yaml"]));
}

const SESSION: &[u8] = include_bytes!("../examples/session.yaml");
const ANSWERS: &[u8] = b"respondent: r\nanswers: { q: 2 }\n";

/// What is told of Markdown that is rendered as a page, or in these formats.
fn of_markdown(text: &str, formats: &str) -> String {
    let folder = folder(&[("a.md", text.as_bytes())]);
    told(folder.path(), &["render", "a.md", "--format", formats])
}

#[test]
fn a_slip_in_one_template_is_all_that_is_told() {
    let folder = folder(&[
        ("templates/a.md", b"---\nfor: respondent\ntitle: T\n---\n{{ total.sentense }}\n"),
        ("answers.yaml", ANSWERS),
        ("session.yaml", SESSION),
    ]);
    insta::assert_snapshot!(told(folder.path(), &["build", "answers.yaml", "--session", "session.yaml"]));
}

#[test]
fn characters_that_no_font_has_are_told_where_they_stand() {
    insta::assert_snapshot!(of_markdown("# Words\n\nWelcome, \u{645}\u{631}\u{62d} and \u{4f60}.\n", "pdf"));
    assert_eq!(of_markdown("# Words\n\n\u{4f60}\n", "html"), "exit 0\n");
}

#[test]
fn characters_and_pictures_of_a_template_are_told_with_the_way_out() {
    let folder = folder(&[
        (
            "templates/a.md",
            "---\nfor: respondent\ntitle: T\n---\n# Words\n\n{% include \"piece.md\" %}\n\n\u{4f60}\n"
                .as_bytes(),
        ),
        ("templates/piece.md", b"![The team](team.png)\n"),
        ("answers.yaml", ANSWERS),
    ]);
    let args = ["build", "answers.yaml", "--document", "a", "--format", "html,pdf"];
    insta::assert_snapshot!(told(folder.path(), &args));
}

#[test]
fn front_matter_that_is_not_taken_is_told() {
    let all = [
        "---\ntitle: T\n\nWords.\n",
        "\n---\nfor: respondent\ntitle: T\n---\n\nWords.\n",
        "title: T\n\nWords.\n",
        "",
        "\n\n",
    ];
    let told: Vec<String> = all.iter().map(|text| of_markdown(text, "html")).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn yes_and_no_say_what_true_and_false_say() {
    assert_eq!(of_markdown("---\ntitle: T\ncover: yes\ncontents: no\n---\n\nWords.\n", "html"), "exit 0\n");
    let template = "---\nfor: respondent\ntitle: T\ncover: yes\ncontents: no\n---\n\nWords.\n";
    assert_eq!(of_template("a.md", template), "exit 0\n");
}

#[test]
fn what_was_probably_meant_otherwise_is_told() {
    let text = "# Hello\n\nSee [the plan](#nowhere), a note[^1] and `[^2]`.\n\n## Later\n\n::: columns 1:2:3\na\n\n---\n\nb\n:::\n\n> [!SAY\n> Welcome.\n";
    insta::assert_snapshot!(of_markdown(text, "html"));
    let session = "---\nfor: session\ntitle: T\n---\n# Hello\n\nSee [the plan](#nowhere).\n";
    insta::assert_snapshot!(of_template("a.md", session));
    // Papers of a respondent are judged as those of somebody who answered nothing.
    assert!(of_template("a.md", &session.replace("session", "respondent")).contains("`#nowhere`"));
}

#[test]
fn the_built_in_pack_says_that_it_stands_in() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let said = |args: &[&str]| {
        let output = Command::cargo_bin("kitwright").unwrap().current_dir(at).args(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let note = "the built-in pack `sales-leaks` stands in, as there is no folder `rules` here\n";
    fs::write(at.join("answers.yaml"), "respondent: r\nanswers: { retention-written: 2 }\n").unwrap();
    let build = ["build", "answers.yaml", "--document", "playbook", "--format", "md"];
    assert!(!said(&build).contains(note));
    fs::create_dir(at.join("templates")).unwrap();
    assert!(said(&build).starts_with(note));
    // Whoever names it wants it.
    assert!(!said(&[&build[..], &["--pack", "sales-leaks"]].concat()).contains(note));
}
