//! Every code has a page; its first example brings about that code and no other, its second nothing at all.
//! `UPDATE_DOCS=1 cargo test --test pages` writes `docs/checks.md` anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use kitwright::check::pages;
use kitwright::diag::{Code, Example, Page};
use tempfile::TempDir;

const BASE: &str = "tests/packs/good/retention-core/pack.yaml";
const ANSWERS: &str = "respondent: northwind\nanswers: { usage-seen: 4, health-review: monthly }\n";
const EXPORT: &str = "Timestamp,Your team,Account managers see usage without asking anyone.\n2026-03-01 09:30:00,north,fully\n";
const INTRO: &str = "# What `check` and the other commands tell

<!-- Written by `UPDATE_DOCS=1 cargo test --test pages` from the pages beside the checks: edit those. -->

Every message has a code, which never changes its meaning. `kitwright check --explain K203` prints the page of one.
Each first example brings about its message, and each second one is free of any; both are run. What they leave
out is in the pack `tests/packs/good/retention-core`.

`--message-format` says in which form messages are told; every command takes it:

| form | is | for |
|---|---|---|
| `human` | the source line, an underline and the likely mend; on standard error | people |
| `short` | `file:line:column: error[K203]: message` | editors |
| `json` | one object a line: `code`, `severity`, `message`, `file`, `line`, `column`, `end_line`, `end_column`, `label`, `help`, `related`, `fix` | scripts |
| `sarif` | one SARIF 2.1.0 document, its rules made from these pages | code scanning |

Lines and columns count from 1; columns are characters (Unicode code points), and the end is the first one outside.
`code` and the place are `null` where there is none. In the last three forms messages are on standard output and nothing
else is, save for `evaluate` and `explain`: what these print is data of its own, so their messages stay on standard error.

Errors end `check` with 2. Warnings end it with 0, with `--strict` with 2 too, bands past their review date (K403) aside: nothing
shall fail only because time goes by. A warning that is meant is allowed beside the item: `allow: [{ code: K404, reason: … }]`.
";

fn kitwright(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The codes that an example brings about, and all that was said.
fn told(page: &Page, text: &str) -> (BTreeSet<String>, String) {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let pack = path("rules/retention-core");
    fs::create_dir_all(&pack).unwrap();
    fs::create_dir_all(path("templates")).unwrap();
    if !matches!(page.example, Example::Alone | Example::Tests(_)) {
        fs::copy(BASE, pack.join("pack.yaml")).unwrap();
    }
    fs::write(path("answers.yaml"), ANSWERS).unwrap();
    fs::write(path("export.csv"), EXPORT).unwrap();
    fs::write(path("renamed.xlsx"), "<!doctype html>\n<table><tr><td>Team</td></tr></table>\n").unwrap();
    let check = ["check", "--as-of", "2026-03-01"].map(str::to_owned).to_vec();
    let build = |more: &str| -> Vec<String> {
        format!("build answers.yaml --format md {more}").split_whitespace().map(str::to_owned).collect()
    };
    let args = match page.example {
        Example::Beside | Example::Alone => {
            fs::write(pack.join("example.yaml"), text).unwrap();
            check
        }
        Example::Over => {
            fs::create_dir_all(path("rules/ours")).unwrap();
            fs::write(path("rules/ours/pack.yaml"), text).unwrap();
            check
        }
        Example::Bytes => {
            let (before, after) = text.split_once("\\xE9").unwrap_or((text, ""));
            let mut bytes = before.as_bytes().to_vec();
            if text.contains("\\xE9") {
                bytes.push(0xE9);
            }
            bytes.extend(after.bytes());
            fs::write(pack.join("example.yaml"), bytes).unwrap();
            check
        }
        Example::Template => {
            fs::write(path("templates/example.md"), text).unwrap();
            build("--document example")
        }
        Example::Session => {
            fs::write(path("session.yaml"), text).unwrap();
            build("--session session.yaml --document playbook")
        }
        Example::Mapping => {
            fs::write(path("mapping.yaml"), text).unwrap();
            "evaluate export.csv --mapping mapping.yaml".split_whitespace().map(str::to_owned).collect()
        }
        Example::RunOfShow => {
            fs::write(path("templates/run-of-show.yaml"), text).unwrap();
            vec!["check".to_owned()]
        }
        Example::Brand => {
            fs::write(path("brand.yaml"), text).unwrap();
            build("--document playbook --brand brand.yaml")
        }
        Example::Answers(ending) => {
            let (beside, answers) = text.split_once("===\n").unwrap_or(("", text));
            fs::write(pack.join("example.yaml"), format!("x-note: none\n{beside}")).unwrap();
            let name = format!("example.{ending}");
            fs::write(path(&name), answers).unwrap();
            let mut args = vec!["evaluate".to_owned(), name];
            if !answers.contains("pack") {
                args.extend(["--pack", "retention-core"].map(str::to_owned));
            }
            args
        }
        Example::Kit => {
            fs::write(path("table.csv"), text).unwrap();
            fs::write(path("session.yaml"), "title: T\ndate: 2026-03-12\nzone: UTC\n").unwrap();
            let kit = "kit table.csv --session session.yaml --pack retention-core --format eml";
            kit.split_whitespace().map(str::to_owned).collect()
        }
        Example::Tests(more) => {
            fs::write(pack.join("example.yaml"), text).unwrap();
            format!("test {more}").split_whitespace().map(str::to_owned).collect()
        }
        Example::Command => text.split_whitespace().skip(1).map(str::to_owned).collect(),
    };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (code, out, err) = kitwright(folder.path(), &args);
    assert_ne!(code, 1, "{}: the world failed: {err}", page.code.name());
    let said = format!("{out}{err}");
    let mut codes = BTreeSet::new();
    for (open, close) in [("error[", "]"), ("warning[", "]"), ("\"code\":\"", "\"")] {
        for (at, _) in said.match_indices(open) {
            let rest = &said[at + open.len()..];
            codes.insert(rest[..rest.find(close).unwrap()].to_owned());
        }
    }
    (codes, said)
}

#[test]
fn every_code_has_one_page() {
    let paged: Vec<Code> = pages().iter().map(|page| page.code).collect();
    let missing: Vec<&str> =
        Code::ALL.iter().filter(|code| !paged.contains(code)).map(|code| code.name()).collect();
    assert!(missing.is_empty(), "codes without a page: {missing:?}");
    assert_eq!(paged.len(), Code::ALL.len(), "a code with two pages");
}

#[test]
fn examples_bring_about_what_their_page_says() {
    let mut wrong = Vec::new();
    for page in pages() {
        let name = page.code.name();
        let (codes, said) = told(page, page.before);
        if codes != BTreeSet::from([name.to_owned()]) {
            wrong.push(format!("{name} before: {codes:?}\n{said}"));
        }
        let (codes, said) = told(page, page.after);
        if !codes.is_empty() || said.contains("error:") {
            wrong.push(format!("{name} after: {codes:?}\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn pages_are_written_as_other_messages_are() {
    for page in pages() {
        let name = page.code.name();
        let first = page.title.chars().next().unwrap();
        assert!(!first.is_uppercase() && !page.title.ends_with('.'), "{name}: {}", page.title);
        for text in [page.what, page.why, page.fix] {
            assert!(text.ends_with(['.', '?', '`', '\u{201d}']), "{name}: {text}");
            assert!(!text.contains("  ") && !text.contains('\n'), "{name}: one paragraph: {text}");
        }
        assert_ne!(page.before, page.after, "{name}");
    }
}

#[test]
fn a_page_is_printed_and_near_codes_are_offered() {
    let folder = TempDir::new().unwrap();
    let (code, out, _) = kitwright(folder.path(), &["check", "--explain", "k203"]);
    assert_eq!(code, 0);
    assert_eq!(
        out,
        "K203: a number without the unit that it needs

A metric that has a unit is compared with a bare number. For a percentage, `0.15` is told
as well.

Fifteen of what? A share of 0.15 and 15% are a factor of one hundred apart, and a client's
paper would state the wrong one.

Before:

    rules:
      - id: many-lost
        title: Many clients leave
        why: Each of them was won at some cost.
        when: metric.churn_rate > 20
        prescribe: [account-list]
        severity: low

After:

    rules:
      - id: many-lost
        title: Many clients leave
        why: Each of them was won at some cost.
        when: metric.churn_rate > 20%
        prescribe: [account-list]
        severity: low

Write the unit behind the number. Scores take `points` or nothing.
"
    );
    let (code, out, err) = kitwright(folder.path(), &["check", "--explain", "Z7"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: there is no code `Z7`\nhelp: codes stand in brackets behind `error` and `warning`, such as K203\n"
    );
    let (_, _, err) = kitwright(folder.path(), &["check", "--explain", "K1O4"]);
    assert!(err.starts_with("error: there is no code `K1O4`\nhelp: did you mean `K104`"), "{err}");
}

#[test]
fn the_book_of_checks_is_fresh() {
    let mut book = INTRO.to_owned();
    for page in pages() {
        book.push('\n');
        book.push_str(&page.markdown());
    }
    let path = "docs/checks.md";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, &book).unwrap();
    }
    let found = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(found == book, "{path} is stale: run `UPDATE_DOCS=1 cargo test --test pages`");
}
