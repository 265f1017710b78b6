//! The real binary: streams, exit codes and files, in an empty folder and beside the shipped examples.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn kitwright(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("kitwright").unwrap();
    command.current_dir(folder).env_remove("NO_COLOR");
    command
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    let output = kitwright(folder).args(args).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn example(name: &str) -> String {
    format!("{ROOT}/examples/{name}")
}

/// A folder with the shipped workspace in it.
fn workspace() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let ran = run(folder.path(), &["new", "shop"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let shop = folder.path().join("shop");
    (folder, shop)
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} lacks {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn somebody_who_types_nothing_learns_what_to_type() {
    let folder = TempDir::new().unwrap();
    let ran = run(folder.path(), &[]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("kitwright new my-workshop"), "{}", ran.out);
    let help = run(folder.path(), &["--help"]);
    assert_eq!(help.code, 0);
    for command in ["build", "evaluate", "check", "explain", "fmt", "new", "render", "schema"] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{}", help.out);
    }
    let lost = run(folder.path(), &["build"]);
    assert_eq!(lost.code, 2);
    assert!(lost.err.contains("<ANSWERS>"), "{}", lost.err);
}

#[test]
fn a_lone_binary_works_in_an_empty_folder() {
    let folder = TempDir::new().unwrap();
    let ran = run(folder.path(), &["build", &example("northwind.yaml")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        ran.out,
        "output/northwind/playbook.md\noutput/northwind/playbook.html\noutput/northwind/playbook.pdf\n\
         not made without `--session FILE`: recap\n"
    );
    assert!(fs::read(folder.path().join("output/northwind/playbook.pdf")).unwrap().starts_with(b"%PDF-1.7"));
    let check = run(folder.path(), &["check"]);
    assert_eq!(check.code, 0, "{}", check.err);
}

#[test]
fn a_new_workspace_builds_and_its_blank_answers_are_valid() {
    let (_folder, shop) = workspace();
    assert_eq!(run(&shop, &["check"]).code, 0);
    let ran = run(&shop, &["build", "answers/example.yaml", "--session", "session.yaml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(shop.join("output/recap.md").exists());
    let blank = run(&shop, &["evaluate", "answers/blank.yaml"]);
    assert_eq!(blank.code, 0, "{}", blank.err);
    assert!(blank.out.contains(r#""answered":{"given":0,"#), "{}", blank.out);
    let again = run(shop.parent().unwrap(), &["new", "shop"]);
    assert_eq!(
        (again.code, again.err.as_str()),
        (2, "error: `shop` is there already\nhelp: name a folder that does not exist yet, or an empty one\n")
    );
}

#[test]
fn rules_and_templates_are_edited_without_recompiling() {
    let (_folder, shop) = workspace();
    let build = || {
        let ran = run(&shop, &["build", "answers/example.yaml", "--format", "md"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        fs::read_to_string(shop.join("output/example/playbook.md"))
            .or_else(|_| fs::read_to_string(shop.join("output/northwind/playbook.md")))
            .unwrap()
    };
    let before = build();
    assert!(before.contains("poor: above 15%"), "{before}");
    edit(&shop.join("rules/sales-leaks/metrics.yaml"), "watch: \"<= 15%\"", "watch: \"<= 19%\"");
    let threshold = build();
    assert!(threshold.contains("poor: above 19%") && !threshold.contains("poor: above 15%"), "{threshold}");
    edit(&shop.join("templates/playbook.md"), "## The plan", "## What we shall do, and when");
    let sentence = build();
    assert!(sentence.contains("## What we shall do, and when"), "{sentence}");
}

#[test]
fn a_document_edited_by_hand_is_never_overwritten() {
    let folder = TempDir::new().unwrap();
    let northwind = example("northwind.yaml");
    let build = |more: &[&str]| {
        let mut args = vec!["build", northwind.as_str(), "--format", "md,html"];
        args.extend(more);
        run(folder.path(), &args)
    };
    assert_eq!(build(&[]).code, 0);
    assert_eq!(build(&[]).code, 0);
    let playbook = folder.path().join("output/northwind/playbook.md");
    edit(&playbook, "## The plan", "## My own plan");
    let ran = build(&[]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.contains("`output/northwind/playbook` was edited by hand and stays as it is"),
        "{}",
        ran.err
    );
    assert!(fs::read_to_string(&playbook).unwrap().contains("## My own plan"));
    assert!(folder.path().join("output/northwind/playbook.new.md").exists());
    assert!(folder.path().join("output/northwind/playbook.new.html").exists());
    assert_eq!(build(&["--force"]).code, 0);
    assert!(!fs::read_to_string(&playbook).unwrap().contains("## My own plan"));
}

#[test]
fn rendering_an_unedited_document_gives_the_same_bytes() {
    for answers in ["northwind.yaml", "summit.yaml", "partial.yaml"] {
        let folder = TempDir::new().unwrap();
        let ran = run(folder.path(), &["build", &example(answers), "--session", &example("session.yaml")]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let name = answers.trim_end_matches(".yaml");
        let papers = [format!("output/{name}/playbook"), "output/recap".to_owned()];
        let files: Vec<String> = papers.iter().map(|paper| format!("{paper}.md")).collect();
        for (paper, file) in papers.iter().zip(&files) {
            let rendered = run(folder.path(), &["render", file, "--out", "again"]);
            assert_eq!(rendered.code, 0, "{}", rendered.err);
            for format in ["html", "pdf"] {
                let built = fs::read(folder.path().join(format!("{paper}.{format}"))).unwrap();
                let stem = paper.rsplit('/').next().unwrap();
                let again = fs::read(folder.path().join(format!("again/{stem}.{format}"))).unwrap();
                assert!(built == again, "{paper}.{format} differs after rendering");
            }
        }
    }
}

const TRAP: &str = "# x <script>alert(1)</script> {{ 7*7 }} [a](javascript:alert(1)) | ../../etc/passwd";

#[test]
fn what_a_respondent_typed_is_never_markup_code_or_a_path() {
    let folder = TempDir::new().unwrap();
    let answers = format!(
        "respondent: '{TRAP}'\nname: '{TRAP}'\npack: sales-leaks\nanswers: {{ retention-written: 1 }}\n"
    );
    fs::write(folder.path().join("trap.yaml"), answers).unwrap();
    let ran = run(folder.path(), &["build", "trap.yaml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.path().join("output")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with(".kitwright") {
            found.push(path);
        }
    }
    assert_eq!(found.len(), 1, "one folder inside the output folder");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing beside it");
    let html = fs::read_to_string(found[0].join("playbook.html")).unwrap();
    assert!(html.contains(
        "# x &lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} [a](javascript:alert(1)) | ../../etc/passwd"
    ));
    assert!(!html.contains("<script") && !html.contains("href=\"javascript"));
    let markdown = fs::read_to_string(found[0].join("playbook.md")).unwrap();
    let read = kitwright::markdown::read(&markdown).document;
    assert_eq!(read.meta.subject.as_deref(), Some(TRAP));
    let pdf = fs::read(found[0].join("playbook.pdf")).unwrap();
    assert!(!pdf.windows(11).any(|bytes| bytes == b"javascript:"), "no such action in the PDF");
}

#[test]
fn bad_input_is_told_all_at_once_and_nothing_is_written() {
    let (_folder, shop) = workspace();
    edit(&shop.join("rules/sales-leaks/metrics.yaml"), "watch: \"<= 15%\"", "watch: \"<= 15\"");
    edit(&shop.join("rules/sales-leaks/assessment.yaml"), "reverse: true", "revers: true");
    fs::write(shop.join("answers/bad.yaml"), "respondent: x\nanswers: { retention-writen: 1 }\n").unwrap();
    let ran = run(&shop, &["build", "answers/bad.yaml"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("error[K203]: this number needs a unit"), "{}", ran.err);
    assert!(
        ran.err.contains("has no key `revers`") && ran.err.contains("did you mean `reverse`?"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("--> rules/sales-leaks/metrics.yaml:"), "{}", ran.err);
    assert!(!shop.join("output/x").exists());
}

#[test]
fn one_bad_row_refuses_one_respondent() {
    let folder = TempDir::new().unwrap();
    let cohort = "respondent,retention-written,retention-target\nfirst,1,2\nsecond,9,2\nthird,3,4\n";
    fs::write(folder.path().join("cohort.csv"), cohort).unwrap();
    let ran =
        run(folder.path(), &["evaluate", "cohort.csv", "--format", "csv", "--columns", "respondent,fired"]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    let ids: Vec<&str> = ran.out.lines().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(ids, ["respondent", "first", "third"]);
    assert!(ran.err.contains("refused: second (cohort.csv, row 3)"), "{}", ran.err);
    assert!(ran.err.contains("--> cohort.csv:3:8"), "{}", ran.err);
    assert!(ran.err.ends_with("1 of 3 respondents was refused\n"), "{}", ran.err);

    let head = "respondent,retention-written,retention-written\nfirst,1,2\n";
    fs::write(folder.path().join("head.csv"), head).unwrap();
    assert_eq!(run(folder.path(), &["evaluate", "head.csv"]).code, 2);
}

#[test]
fn a_name_that_a_template_misspells_is_an_error_wherever_it_stands() {
    let (_folder, shop) = workspace();
    let path = shop.join("templates/playbook.md");
    let text = fs::read_to_string(&path).unwrap();
    for slip in
        ["{{ respondent.nmae }}", "{% if respondent.nmae %}x{% endif %}", "{% set x = respondent.nmae %}"]
    {
        fs::write(&path, format!("{text}\n{slip}\n")).unwrap();
        let ran = run(&shop, &["build", "answers/example.yaml"]);
        assert_eq!(ran.code, 2, "{slip}: {}", ran.err);
        assert!(
            ran.err.contains("error[K501]") && ran.err.contains("did you mean `name`"),
            "{slip}: {}",
            ran.err
        );
        assert!(!shop.join("output/northwind").exists());
    }
}

#[test]
fn packs_are_put_into_canonical_form() {
    let (_folder, shop) = workspace();
    assert_eq!(run(&shop, &["fmt", "--check"]).code, 0, "what is new is canonical");
    let path = shop.join("rules/sales-leaks/metrics.yaml");
    let good = fs::read_to_string(&path).unwrap();
    edit(&path, "watch: \"<= 15%\"", "watch:   '≤15 %'");
    fs::write(shop.join("rules/sales-leaks/pack.yaml"), "pack: { id: x\nunits:   [a]\n").unwrap();
    let checked = run(&shop, &["fmt", "--check"]);
    assert_eq!((checked.code, checked.out.as_str()), (2, "rules/sales-leaks/metrics.yaml\n"));
    assert!(
        checked.err.ends_with(
            "1 file is not in canonical form\nhelp: `kitwright fmt` writes what `--check` only names\n"
        ),
        "{}",
        checked.err
    );
    assert_ne!(fs::read_to_string(&path).unwrap(), good);
    // The broken file is told and left; the others are written all the same.
    let written = run(&shop, &["fmt", "sales-leaks"]);
    assert_eq!((written.code, written.out.as_str()), (2, "rules/sales-leaks/metrics.yaml\n"));
    assert!(written.err.contains("--> rules/sales-leaks/pack.yaml:"), "{}", written.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), good);
    let left = fs::read_to_string(shop.join("rules/sales-leaks/pack.yaml")).unwrap();
    assert_eq!(left, "pack: { id: x\nunits:   [a]\n");
    let piped = kitwright(&shop).args(["fmt", "-"]).write_stdin("a:   {b: 1}").output().unwrap();
    assert_eq!((piped.status.code(), piped.stdout.as_slice()), (Some(0), &b"a: { b: 1 }\n"[..]));
    let built_in = run(shop.parent().unwrap(), &["fmt", "sales-leaks"]);
    assert_eq!(
        (built_in.code, built_in.err.lines().next()),
        (2, Some("error[K115]: `sales-leaks` is built in, and cannot be changed")),
        "{}",
        built_in.err
    );
    let nothing = run(shop.parent().unwrap(), &["fmt"]);
    assert_eq!(
        (nothing.code, nothing.err.as_str()),
        (
            2,
            "error[K115]: there is no pack in `rules`\n |\n = help: name the files, or a pack's folder\n\n1 error\n"
        )
    );
}

#[test]
fn documents_are_listed_with_what_they_need() {
    let (_keep, shop) = workspace();
    let mail = "---\nfor: respondent\ntitle: Hello\npage: mail\nmade: kit\nreader: the person\nuse: after a week\nneeds: [plan.first]\n---\nHi\n";
    fs::write(shop.join("templates/hello.md"), mail).unwrap();
    let listed = run(&shop, &["documents"]);
    let tight = listed.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let own = "hello the person; after a week mail · md, html, eml · needs plan.first · made by kit · templates/hello.md";
    assert!(listed.out.starts_with("one for each respondent\n") && tight.contains(own), "{}", listed.out);
    let json: serde_json::Value =
        serde_json::from_str(&run(&shop, &["documents", "--format", "json"]).out).unwrap();
    let hello = json.as_array().unwrap().iter().find(|one| one["document"] == "hello").unwrap();
    assert_eq!(hello["needs"][0], "plan.first");
    // It is left out until somebody asks for it.
    let built = run(&shop, &["build", "answers/example.yaml", "--format", "md,eml"]);
    assert!(built.out.contains("playbook.md") && !built.out.contains("hello"), "{}", built.out);
    let asked = run(&shop, &["build", "answers/example.yaml", "--document", "hello"]);
    assert!(asked.out.contains("hello.{md,html,eml}") || asked.out.contains("hello.eml"), "{}", asked.out);
    let pdf = run(&shop, &["build", "answers/example.yaml", "--document", "hello", "--format", "pdf"]);
    assert_eq!(
        pdf.err,
        "error[K504]: the document `hello` is made in none of the formats asked for\n |\n = help: add one of its own to `--format`: `md`, `html`, `eml`\n\n1 error\n"
    );
}

#[test]
fn the_world_failing_is_one_clear_error() {
    let folder = TempDir::new().unwrap();
    let ran = run(folder.path(), &["build", "nowhere.yaml"]);
    assert_eq!(ran.code, 1);
    // What the system calls it differs from one to the next.
    assert!(ran.err.starts_with("error: cannot read nowhere.yaml: "), "{}", ran.err);
    assert!(ran.err.ends_with("`kitwright new my-workshop` makes a folder with an example\n"), "{}", ran.err);
    fs::write(folder.path().join("output"), "a file where the folder should be").unwrap();
    let ran = run(folder.path(), &["build", &example("northwind.yaml")]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}
