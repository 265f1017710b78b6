//! The interview: scripts of lines as data with what is said and the file that comes of it, and the real binary.
//!
//! A script in `tests/asks` is a line an answer, `#quick` at its head for the short way. Behind the first `===` stands
//! the transcript, behind the second the file.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::check::{SoundPack, check};
use kitwright::interview::{Interview, id_of};
use kitwright::model::{Absence, Answer, Respondent};
use kitwright::source::Sources;

const PACK: &str = "tests/asks/fire-drill.yaml";

fn sound() -> SoundPack {
    let mut sources = Sources::default();
    let file = sources.add("pack.yaml", fs::read_to_string(PACK).unwrap());
    let checked = check(kitwright::pack::load(&[file], &sources), None);
    let said = kitwright::diag::show_all(&checked.diagnostics, &sources, false);
    checked.pack.unwrap_or_else(|| panic!("{said}"))
}

fn nobody(pack: &SoundPack) -> Respondent {
    Respondent {
        id: "office".to_owned(),
        name: "The office".to_owned(),
        date: kitwright::model::date("2026-03-01"),
        language: None,
        answers: vec![Answer::Absent(Absence::Skipped); pack.pack().questions.len()],
        voices: Vec::new(),
        metrics: vec![None; pack.pack().metrics.len()],
        rounds: Vec::new(),
        extra: serde_json::Map::new(),
        problems: Vec::new(),
    }
}

/// The respondent of a file, with the keys in it.
fn read_back(pack: &SoundPack, text: &str) -> (Respondent, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add("answers.yaml", text);
    let raw = read(file, Kind::Yaml, &ReadOptions::default(), &sources);
    let keys = raw.respondents[0].keys().into_iter().map(str::to_owned).collect();
    let fitting = fit(&raw, pack.pack(), FitOptions::default(), &sources);
    match fitting.outcomes().next() {
        Some(Outcome::Fits(respondent)) => (*respondent, keys),
        other => panic!("{other:?}\n{text}"),
    }
}

/// Plays lines, and after each of them begins anew from the file: nothing depends on staying.
fn play(pack: &SoundPack, lines: &[&str], quick: bool) -> (String, String) {
    let mut interview = Interview::new(pack, nobody(pack), &[], quick);
    let mut out = String::new();
    let mut again = false;
    for line in lines {
        if interview.is_done() {
            break;
        }
        out.push_str(&if again { "> ".to_owned() } else { interview.question() });
        out.push_str(line);
        out.push('\n');
        let heard = interview.hear(line);
        if heard.changed {
            let file = interview.file();
            assert!(Interview::keeps(&file), "{file}");
            let (respondent, keys) = read_back(pack, &file);
            assert_eq!(respondent.answers, interview.respondent().answers, "{file}");
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let resumed = Interview::new(pack, respondent, &keys, quick);
            assert_eq!(resumed.file(), file);
            assert_eq!(resumed.is_done(), interview.is_done());
        }
        again = !heard.say.is_empty();
        if again {
            out.push_str(&heard.say);
            out.push('\n');
        }
        if heard.leave {
            break;
        }
    }
    if interview.is_done() {
        out.push_str(&format!("\n{}\n", interview.ending()));
    }
    (out, interview.file())
}

#[test]
fn what_is_said_and_what_is_written() {
    let pack = sound();
    let mut names: Vec<_> = fs::read_dir("tests/asks").unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut wrong = Vec::new();
    for path in names.iter().filter(|path| path.extension().is_some_and(|ending| ending == "ask")) {
        let text = fs::read_to_string(path).unwrap();
        let (script, rest) = text.split_once("===\n").unwrap();
        let (quick, script_lines) = match script.strip_prefix("#quick\n") {
            Some(lines) => (true, lines),
            None => (false, script),
        };
        let lines: Vec<&str> = script_lines.lines().collect();
        let (said, file) = play(&pack, &lines, quick);
        let now = format!("{said}===\n{file}");
        if now != rest {
            if std::env::var_os("RENEW").is_some() {
                fs::write(path, format!("{script}===\n{now}")).unwrap();
            }
            wrong.push(format!("{}\n{now}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "run with RENEW=1 to write what is said now\n{}", wrong.join("\n"));
}

fn ask(folder: &Path, args: &[&str], typed: &str) -> (i32, String, String) {
    let mut command = Command::cargo_bin("kitwright").unwrap();
    let output = command.current_dir(folder).arg("ask").args(args).write_stdin(typed).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("rules/fire-drill")).unwrap();
    fs::copy(PACK, folder.path().join("rules/fire-drill/pack.yaml")).unwrap();
    folder
}

/// What was skipped is asked once more where that is wished; a lone q at the name leaves.
#[test]
fn what_was_skipped_is_asked_again() {
    let folder = workspace();
    let at = folder.path();
    let (code, out, _) = ask(at, &[], "q\n");
    assert!(code == 0 && out.ends_with("\nNo name was given, and nothing is saved.\n"), "{out}");
    let typed = "Office\nyes\n4\na\n1\ns\nnothing\n\n";
    let (_, out, _) = ask(at, &["--date", "2026-03-01"], typed);
    assert!(out.contains("That was all. 2 rules stay open"), "{out}");
    let file = at.join("answers/office.yaml");
    let (_, out, _) = ask(at, &["--out", "answers/office.yaml"], "");
    assert!(out.contains("That was all."), "{out}");
    let (_, out, _) = ask(at, &["--out", "answers/office.yaml", "--again"], "12\n3\n");
    assert!(out.contains("How many floors?") && !out.contains("In which wing?"), "{out}");
    let written = fs::read_to_string(file).unwrap();
    assert!(written.contains("  floors: 12\n") && written.contains("  out_after: 3\n"), "{written}");
}

/// The input ends in the middle, the same command goes on, and `evaluate` reads what was written.
#[test]
fn what_was_typed_is_kept_where_the_input_ends_and_gone_on_with() {
    let folder = workspace();
    let at = folder.path();
    let (code, out, err) = ask(at, &["--date", "2026-03-01"], "\n???\nHead Office\nyes\n4\n");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("> \nA name with a letter or a digit is wanted.\n"), "{out}");
    assert!(
        out.ends_with(
            "Saved in answers/head-office.yaml. To go on: kitwright ask --out answers/head-office.yaml\n"
        ),
        "{out}"
    );
    let (code, out, err) = ask(at, &["--out", "answers/head-office.yaml"], ":b\n2\na\nlights\n3\n\ns\n4 min");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(
        out.contains("Going on in answers/head-office.yaml.\n\n3 of 7 · About you\nIn which wing?\n"),
        "{out}"
    );
    assert!(out.ends_with(
        "Saved in answers/head-office.yaml. To make the papers: kitwright build answers/head-office.yaml\n"
    ), "{out}");
    let written = fs::read_to_string(at.join("answers/head-office.yaml")).unwrap();
    assert!(written.contains("name: \"Head Office\"\n") && written.contains("  known: 2\n"), "{written}");
    assert!(written.contains("  wing: \"a\"\n"), "{written}");
    let mut command = Command::cargo_bin("kitwright").unwrap();
    let output = command.current_dir(at).args(["evaluate", "answers/head-office.yaml"]).output().unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    assert!(
        line.contains("\"nobody-knows\":\"fired\",\"slow\":\"not_fired\",\"signs-missing\":\"fired\""),
        "{line}"
    );
    let (_, out, _) = ask(at, &["--out", "answers/head-office.yaml"], "");
    assert!(out.contains("That was all, and every rule is decided."), "{out}");
}

#[test]
fn a_file_that_would_lose_something_or_is_wrong_is_left_alone() {
    let folder = workspace();
    let at = folder.path();
    let cases = [
        (
            "respondent: x\n# mine\nanswers: {}\n",
            "error: `x.yaml` holds comments, which the interview would not keep\n",
        ),
        ("respondent: x\nanswers: { known: 9 }\n", "`9` is no answer to `known`"),
        ("respondent: x\nanswers: { gone: 1 }\n", "`gone` is no question of the pack `fire-drill`"),
    ];
    for (text, says) in cases {
        fs::write(at.join("x.yaml"), text).unwrap();
        let (code, _, err) = ask(at, &["--out", "x.yaml"], "yes\n");
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(says), "{err}");
        assert_eq!(fs::read_to_string(at.join("x.yaml")).unwrap(), text);
    }
    let (code, _, err) = ask(at, &["--out", "x.csv"], "yes\n");
    assert_eq!(code, 2);
    assert!(
        err.contains("error: `x.csv` is no YAML file\nhelp: give `--out` a name that ends in .yaml\n"),
        "{err}"
    );
    let (code, out, _) = ask(at, &["--out", "new.yaml"], "q\n");
    assert_eq!(code, 0);
    assert!(out.ends_with("Nothing was answered, and nothing is saved.\n"), "{out}");
    assert!(!at.join("new.yaml").exists());
    let (code, out, _) = ask(at, &[], "");
    assert_eq!(code, 0);
    assert!(out.ends_with("No name was given, and nothing is saved.\n"), "{out}");
    let (code, _, err) = ask(at, &["nope"], "");
    assert_eq!(code, 2);
    assert!(err.contains("there is no pack `nope`"), "{err}");
}

/// Voices, rounds, language and what only templates want stay in a file that is gone on with.
#[test]
fn what_the_interview_does_not_ask_for_stays() {
    let folder = workspace();
    let at = folder.path();
    let text = "respondent: \"007\"\npack: fire-drill\nlanguage: de\nanswers: { held: no }\nrounds:\n  - { date: 2025-01-01, answers: { held: no } }\nextra: { site: \"Old Mill\" }\n";
    fs::write(at.join("x.yaml"), text).unwrap();
    let (code, out, err) = ask(at, &["--out", "x.yaml"], "a\nq\n");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let (respondent, _) = read_back(&sound(), &fs::read_to_string(at.join("x.yaml")).unwrap());
    assert_eq!((respondent.id.as_str(), respondent.language.as_deref()), ("007", Some("de")));
    assert_eq!(respondent.rounds.len(), 1);
    assert_eq!(respondent.extra["site"], "Old Mill");
    assert_eq!(respondent.answers[2], Answer::Option(0));
}

/// Whatever is typed, there is an end and a whole file.
#[test]
fn hostile_lines_do_no_harm() {
    let folder = workspace();
    let long = "x".repeat(200_000);
    let typed = format!(
        "yes\n\u{1b}[31m4\n{long}\nd\n\u{0}\n1,,1,99999999999999999999999\n1\n-0\n1e999\nNaN\n5\n# {long}\n\u{202e}abc: [\n\n"
    );
    let (code, out, err) = ask(folder.path(), &["--out", "x.yaml", "--date", "2026-03-01"], &typed);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    read_back(&sound(), &fs::read_to_string(folder.path().join("x.yaml")).unwrap());
}

#[test]
fn names_become_ids() {
    for (name, id) in [
        ("Northwind Studio", Some("northwind-studio")),
        ("  Zoë & Söhne GmbH. ", Some("zoë-söhne-gmbh")),
        ("../../etc", Some("etc")),
        ("!!", None),
        ("", None),
    ] {
        assert_eq!(id_of(name).as_deref(), id, "{name}");
    }
}
