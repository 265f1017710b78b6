//! `kitwright form` as a user runs it: what it writes and says, and what the book of forms promises.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("kitwright").unwrap();
    let output = command.current_dir(folder).arg("form").args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace('\\', "/");
    Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// A workspace with the pack of traps.
fn hard() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("rules/hard")).unwrap();
    fs::write(folder.path().join("rules/hard/pack.yaml"), include_str!("hard.yaml")).unwrap();
    folder
}

#[test]
fn the_book_of_forms_shows_what_is_written() {
    let folder = TempDir::new().unwrap();
    let book = fs::read_to_string("docs/forms.md").unwrap().replace("\r\n", "\n");
    let commands: Vec<&str> = book.lines().filter_map(|line| line.strip_prefix("kitwright form ")).collect();
    assert_eq!(commands, ["sales-leaks"]);
    let ran = run(folder.path(), &commands);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let listed: String = ran.out.lines().take(5).map(|line| format!("{line}\n")).collect();
    assert!(book.contains(&format!("```text\n{listed}```\n")), "docs/forms.md lacks:\n{listed}");
    for line in listed.lines() {
        let name = line.split(' ').next().unwrap();
        assert!(folder.path().join(name).exists(), "{name}");
        let file = name.rsplit('/').next().unwrap();
        assert!(book.contains(&format!("`{file}`")), "docs/forms.md does not say what `{file}` is for");
    }
    assert_eq!(
        ran.out.lines().last().unwrap(),
        "54 questions and 63 figures. What comes back is read as it is: kitwright build FILE --pack sales-leaks --dry-run"
    );
}

#[test]
fn what_a_tool_cannot_do_is_told_a_line_each() {
    let folder = hard();
    let ran = run(folder.path(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        ran.err,
        "\
note: `gated` is asked of some only; Google Forms shows it to everybody, and its help text says so
note: `gated-more` is asked of some only; Google Forms shows it to everybody, and its help text says so
note: `gated-last` is asked of some only; Google Forms shows it to everybody, and its help text says so
note: `team` has no column in the table: the respondent's team stands under that heading
note: `language` has no column in the table: the respondent's language stands under that heading
"
    );
    let book = fs::read_to_string("docs/forms.md").unwrap();
    let line = ran.err.lines().next().unwrap().replace("gated", "growth-plan");
    assert!(book.contains(&line), "docs/forms.md lacks {line}");
    let quiet = run(folder.path(), &["-q"]);
    assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.as_str()), (0, "", ""));
    let german = run(folder.path(), &["--kind", "page", "--language", "fi"]);
    assert_eq!(
        german.err,
        "\
note: the form's own words, such as \"Don't know\", are not there in `fi` and stand in English
note: questions and titles stand in `en`, the pack's language: labels alone have others, and are in `fi` where the pack has them
"
    );
}

#[test]
fn a_form_that_was_edited_stays() {
    let folder = hard();
    let args = ["--kind", "google", "--out", "form.gs", "-q"];
    assert_eq!(run(folder.path(), &args).code, 0);
    let path = folder.path().join("form.gs");
    let first = fs::read(&path).unwrap();
    assert_eq!(run(folder.path(), &args).code, 0);
    assert!(!folder.path().join("form.new.gs").exists());
    fs::write(&path, "mine").unwrap();
    let ran = run(folder.path(), &["--kind", "google", "--out", "form.gs"]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.err.lines().last().unwrap(),
        "`form.gs` is not of a run and stays as it is; this run's is `form.new.gs` (`--force` overwrites)"
    );
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    assert_eq!(fs::read(folder.path().join("form.new.gs")).unwrap(), first);
    assert_eq!(run(folder.path(), &["--kind", "google", "--out", "form.gs", "-q", "--force"]).code, 0);
    assert_eq!(fs::read(&path).unwrap(), first);
}

#[test]
fn a_name_that_no_form_can_have_is_told() {
    let folder = hard();
    let told = |args: &[&str]| {
        let ran = run(folder.path(), args);
        (ran.code, ran.err)
    };
    assert_eq!(
        told(&["--kind", "page", "--out", "form.gs"]),
        (
            2,
            "error: `form.gs` cannot hold a page to print\nhelp: name a folder, or a file that ends in .html\n"
                .to_owned()
        )
    );
    assert_eq!(
        told(&["--out", "form.gs"]),
        (
            2,
            "error: `form.gs` cannot hold 5 forms\nhelp: name a folder, or ask for one kind with `--kind`\n"
                .to_owned()
        )
    );
    let (code, err) = told(&["--language", "a language"]);
    assert_eq!(code, 2);
    assert!(err.contains("a language tag such as de or pt-BR is wanted"), "{err}");
    let (code, err) = told(&["hart"]);
    assert_eq!((code, err.lines().next()), (2, Some("error[K115]: there is no pack `hart`")), "{err}");
}
