//! The examples of the books in `docs/` are packs, answers and messages: each is run.
//!
//! What a block of code is, its text says:
//! - `yaml` with a line `pack:` begins a pack; it must be free of errors.
//! - `yaml` with a line `respondent:` is an answers file for the pack above it.
//! - `yaml add` is a further file of the pack above it, for good; other `yaml` is one until the next such block.
//! - `yaml over` is a pack over the one above it, which it names under `extends:`.
//! - `yaml wrong` is a further file with a slip; the `text` block behind it holds the whole message.
//! - `text finds` holds lines `path: value` into what `evaluate` prints for the answers above it.
//!
//! The tests of a pack are run as soon as it has any.

use std::fs;

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::check::{Checked, check};
use kitwright::diag::{Severity, show_all};
use kitwright::engine::evaluate;
use kitwright::export::line;
use kitwright::pack::load_over;
use kitwright::prove;
use kitwright::source::Sources;
use serde_json::Value;

/// A fenced block: the words behind the fence, its text, and the line on which it begins.
struct Block<'t> {
    info: &'t str,
    text: String,
    line: usize,
}

fn blocks(book: &str) -> Vec<Block<'_>> {
    let mut out = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (place, line) in book.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some(Block { info, text: String::new(), line: place + 1 }),
            (Some(_), Some(_)) => out.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block stays open");
    out
}

fn has_key(text: &str, key: &str) -> bool {
    text.lines().any(|line| line.starts_with(key))
}

/// The files of a pack, checked; with the texts that its messages point into.
fn checked(files: &[String]) -> (Checked, Sources) {
    checked_over(files, None)
}

/// The same, of a pack that builds on another one.
fn checked_over(files: &[String], base: Option<&[String]>) -> (Checked, Sources) {
    let mut sources = Sources::default();
    let base: Vec<_> =
        base.into_iter().flatten().map(|text| sources.add("base.yaml", text.as_str())).collect();
    let ids: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(place, text)| {
            let name = if place == 0 { "pack.yaml".to_owned() } else { format!("more-{place}.yaml") };
            sources.add(&name, text.as_str())
        })
        .collect();
    let bases: Vec<_> = if base.is_empty() { Vec::new() } else { vec![base] };
    (check(load_over(&ids, &bases, &sources), None), sources)
}

/// What is wrong with the tests that a pack brings along.
fn own_tests(checked: &Checked, sources: &Sources) -> Vec<String> {
    let Some(pack) = &checked.pack else { return Vec::new() };
    let (suite, faults) = prove::read(&checked.tests, pack.pack(), sources);
    if !faults.is_empty() {
        return vec![show_all(&faults, sources, false)];
    }
    let proof = prove::run(&suite, prove::Ground { pack, templates: None, sources });
    proof.misses().map(|(_, miss)| format!("found {}, expected {}", miss.found, miss.expected)).collect()
}

fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(value, |value, key| match key.parse::<usize>() {
        Ok(place) if value.is_array() => &value[place],
        _ => &value[key],
    })
}

/// What `evaluate` prints for an answers file, or what is wrong with it.
fn found(files: &[String], answers: &str) -> Result<Value, String> {
    let (checked, pack_sources) = checked(files);
    let pack = checked.pack.ok_or_else(|| show_all(&checked.diagnostics, &pack_sources, false))?;
    let mut sources = Sources::default();
    let file = sources.add("answers.yaml", answers);
    let raw = read(file, Kind::Yaml, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, pack.pack(), FitOptions::default(), &sources);
    match fitting.outcomes().next() {
        Some(Outcome::Fits(respondent)) => {
            let findings = evaluate(&pack, &respondent, None);
            Ok(serde_json::from_str(&line(pack.pack(), &respondent, &findings)).unwrap())
        }
        Some(Outcome::Refused(refusal)) => Err(show_all(&refusal.faults, &sources, false)),
        None => Err("nobody answered".to_owned()),
    }
}

/// Runs a book; tells what went otherwise than it says, and how many examples were run.
fn run(name: &str, book: &str) -> (Vec<String>, usize) {
    let (mut wrong, mut count) = (Vec::new(), 0);
    let mut pack: Vec<String> = Vec::new();
    // The pack with the part that stands above answers.
    let mut shown: Vec<String> = Vec::new();
    let mut last: Option<Value> = None;
    let mut message: Option<String> = None;
    for block in blocks(book) {
        let place = format!("{name}:{}", block.line);
        let mut told = |fault: String| wrong.push(format!("{place}\n{fault}"));
        count += 1;
        match block.info {
            "yaml" | "yaml add" if has_key(&block.text, "respondent:") => match found(&shown, &block.text) {
                Ok(value) => last = Some(value),
                Err(fault) => told(fault),
            },
            "yaml" | "yaml add" => {
                let begins = has_key(&block.text, "pack:");
                let mut files = if begins { Vec::new() } else { pack.clone() };
                files.push(block.text.clone());
                let (checked, sources) = checked(&files);
                // An example that is cut short leaves things unused; what it says must be right all the same. The
                // cookbook's packs, and those that have come to tests, are whole: nobody wants to begin with warnings.
                let whole = name == "cookbook.md" || has_key(&block.text, "tests:");
                if checked.diagnostics.iter().any(|d| whole || d.severity == Severity::Error) {
                    told(show_all(&checked.diagnostics, &sources, false));
                }
                if has_key(&block.text, "tests:") {
                    own_tests(&checked, &sources).into_iter().for_each(&mut told);
                }
                if begins || block.info == "yaml add" {
                    pack.clone_from(&files);
                }
                shown = files;
            }
            "yaml over" => {
                let (checked, sources) = checked_over(std::slice::from_ref(&block.text), Some(&pack));
                if checked.diagnostics.has_errors() {
                    told(show_all(&checked.diagnostics, &sources, false));
                }
            }
            "yaml wrong" => {
                let mut files = pack.clone();
                files.push(block.text.clone());
                let (mut checked, sources) = checked(&files);
                checked.diagnostics.retain(|d| d.severity == Severity::Error);
                let said = show_all(&checked.diagnostics, &sources, false);
                message = Some(said.replace(&format!("more-{}.yaml", files.len() - 1), "rules.yaml"));
            }
            "text" if message.is_some() => {
                let said = message.take().unwrap_or_default();
                if said.trim() != block.text.trim() {
                    told(format!("it says\n{said}"));
                }
            }
            "text finds" => {
                let value = last.as_ref().unwrap_or(&Value::Null);
                for line in block.text.lines().filter(|line| !line.trim().is_empty()) {
                    let (path, wanted) = line.split_once(": ").unwrap_or((line, ""));
                    // A remark for the reader stands behind two spaces.
                    let wanted = wanted.split("  ").next().unwrap_or_default().trim();
                    let wanted: Value = serde_json::from_str(wanted).unwrap_or_else(|_| Value::from(wanted));
                    let got = at(value, path.trim());
                    if *got != wanted {
                        told(format!("{path} is {got}, the book says {wanted}"));
                    }
                }
            }
            _ => count -= 1,
        }
    }
    (wrong, count)
}

#[test]
fn every_example_of_the_books_is_true() {
    for (name, least) in [("pack-format.md", 30), ("cookbook.md", 24)] {
        let Ok(book) = fs::read_to_string(format!("docs/{name}")) else { continue };
        let (wrong, count) = run(name, &book.replace("\r\n", "\n"));
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
        assert!(count >= least, "only {count} examples of {name} were run");
    }
}

#[test]
fn a_book_that_says_something_false_is_found_out() {
    let book = "```yaml\npack: { id: p, version: 1.0.0, format: 1, title: P, language: en }\n\
        areas: { only: { title: Only } }\nscales: { s: { from: 1, to: 5 } }\n\
        questions: { q: { area: only, scale: s, question: \"Q?\" } }\n\
        rules: [{ id: r, title: T, why: W, when: answer.q <= 2, prescribe: [x], severity: low }]\n\
        prescriptions: { x: { area: only, title: X, do: [X.], effort: 1, impact: 1, horizon: 30 } }\n```\n\
        ```yaml\nrespondent: a\nanswers: { q: 2 }\n```\n```text finds\nrules.r: not_fired\n```\n";
    let (wrong, count) = run("book", book);
    assert_eq!(wrong, ["book:13\nrules.r is \"fired\", the book says \"not_fired\""]);
    assert_eq!(count, 3);
}
