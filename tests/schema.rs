//! The JSON Schemas: what ships and every sound pack passes, slips of shape do not, and they know the keys that the
//! readers know, no more and no fewer.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use jsonschema::Validator;
use kitwright::answers::{FitOptions, ReadOptions, fit, read, read_session};
use kitwright::check::check;
use kitwright::diag::{Diagnostics, show_all};
use kitwright::pack::load;
use kitwright::prove;
use kitwright::schema::{Kind, Object, Shape};
use kitwright::source::Sources;
use kitwright::yaml::{self, Node, Style};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

fn validator(kind: Kind) -> Validator {
    jsonschema::validator_for(&kind.schema()).expect("a schema")
}

/// A YAML text as editors see it: plain words as numbers and truths where YAML says so.
fn tree(text: &str) -> Option<Value> {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let mut faults = Diagnostics::default();
    let node = yaml::read(file, &sources, &mut faults)?;
    (!faults.has_errors()).then(|| value(&node))
}

fn value(node: &Node) -> Value {
    match &node.value {
        yaml::Value::Scalar(_) if node.is_null() => Value::Null,
        yaml::Value::Scalar(scalar) if scalar.style == Style::Plain => match scalar.text.as_str() {
            "true" => json!(true),
            "false" => json!(false),
            text => match text.parse::<serde_json::Number>() {
                Ok(number) => Value::Number(number),
                Err(_) => json!(text),
            },
        },
        yaml::Value::Scalar(scalar) => json!(scalar.text),
        yaml::Value::List { items, .. } => Value::Array(items.iter().map(value).collect()),
        yaml::Value::Map { entries, .. } => Value::Object(
            entries.iter().map(|entry| (entry.key.clone(), value(&entry.value))).collect::<Map<_, _>>(),
        ),
        yaml::Value::Broken => Value::Null,
    }
}

fn faults(validator: &Validator, tree: &Value) -> Vec<String> {
    validator.iter_errors(tree).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return out };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            out.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            out.push(path);
        }
    }
    out
}

#[test]
fn what_ships_and_every_sound_pack_passes() {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut hold = |kind: Kind, name: &str, text: &str| {
        count += 1;
        let tree = tree(text).unwrap_or_else(|| panic!("{name} is no YAML"));
        wrong.extend(faults(&validator(kind), &tree).iter().map(|fault| format!("{name}{fault}")));
    };
    for path in yaml_files(Path::new("rules")).into_iter().chain(yaml_files(Path::new("tests/packs/good"))) {
        let tests = path.components().any(|part| part.as_os_str() == "tests")
            && path
                .strip_prefix("tests")
                .map_or(true, |rest| rest.components().any(|p| p.as_os_str() == "tests"));
        let kind = if tests { Kind::Tests } else { Kind::Pack };
        hold(kind, path.to_str().unwrap(), &fs::read_to_string(&path).unwrap());
    }
    for path in yaml_files(Path::new("examples")) {
        let kind = if path.ends_with("session.yaml") { Kind::Session } else { Kind::Answers };
        hold(kind, path.to_str().unwrap(), &fs::read_to_string(&path).unwrap());
    }
    for entry in fs::read_dir("tests/cases").unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let name = path.to_str().unwrap();
        let mut parts = text.split("\n=== ").skip(1);
        let pack = parts.next().unwrap().strip_prefix("pack\n").unwrap();
        if !pack.starts_with("from ") {
            hold(Kind::Pack, name, pack);
        }
        for case in parts {
            if let Some(base) = case.strip_prefix("base\n") {
                hold(Kind::Pack, name, base);
                continue;
            }
            let (title, body) = case.split_once('\n').unwrap();
            let (answers, _) = body.split_once("--- expect\n").unwrap();
            hold(Kind::Answers, &format!("{name} {title}"), answers);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 60, "only {count} files were held against a schema");
}

/// Whether a message is about the shape alone, which a schema can see.
fn of_shape(code: &str) -> bool {
    ["K106", "K107", "K111"].contains(&code)
}

#[test]
fn slips_of_shape_do_not_pass() {
    let validator = validator(Kind::Pack);
    // What only the reader can know: names of units, what stands inside a text.
    let beyond = ["unit-names", "tests-table"];
    let mut passed = Vec::new();
    let mut count = 0;
    for path in yaml_files(Path::new("tests/packs/bad")) {
        let text = fs::read_to_string(&path).unwrap();
        let slip: String =
            text.lines().filter(|line| !line.starts_with("#>")).map(|line| format!("{line}\n")).collect();
        let codes = text.lines().filter_map(|line| line.strip_prefix("#> error[")?.get(..4));
        let name = path.file_stem().unwrap().to_str().unwrap();
        if !codes.into_iter().any(of_shape) || beyond.contains(&name) {
            continue;
        }
        let Some(tree) = tree(&slip) else { continue };
        count += 1;
        if validator.is_valid(&tree) {
            passed.push(name.to_owned());
        }
    }
    assert!(passed.is_empty(), "{passed:?} pass");
    assert!(count > 10, "only {count} slips were held against the schema");
}

#[test]
fn slips_in_answers_sessions_and_tests_do_not_pass() {
    for (kind, text) in [
        (Kind::Answers, "respondent: r\nanswer: { q: 1 }\n"),
        (Kind::Answers, "answers: { q: 1 }\n"),
        (Kind::Answers, "respondent: r\nanswers: { q: { a: 1 } }\n"),
        (Kind::Answers, "respondent: r\ndate: 1.3.2026\n"),
        (Kind::Answers, "respondent: r\nvoices: [{ answers: { q: 1 } }]\n"),
        (Kind::Session, "title: T\ndate: 2026-03-01\nhost: Somebody\n"),
        (Kind::Session, "titel: T\ndate: 2026-03-01\n"),
        (Kind::Tests, "tests: [{ name: T, expect: { fire: [a] } }]\n"),
        (Kind::Tests, "tests: { a: 1 }\n"),
        (Kind::Pack, "rules: [{ id: a, title: T, why: W, when: usage-seen <= 2, severity: low }]\n"),
        (Kind::Pack, "rules: [{ id: a, title: T, why: W, when: { al: [answer.q <= 2] }, severity: low }]\n"),
        (Kind::Pack, "rules: [{ id: A b, title: T, why: W, when: answer.q <= 2, severity: low }]\n"),
        (Kind::Pack, "rules: [{ id: a, title: T, why: W, when: answer.q <= 2, severity: grave }]\n"),
    ] {
        assert!(!validator(kind).is_valid(&tree(text).unwrap()), "{text} passes as {kind:?}");
    }
}

#[test]
fn every_key_is_described_and_every_definition_used() {
    for kind in Kind::ALL {
        let schema = kind.schema();
        let text = kind.text();
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            assert!(text.contains(&format!("\"#/$defs/{name}\"")), "{name}");
            for (key, about) in definition["properties"].as_object().into_iter().flatten() {
                let said = about["description"].as_str().unwrap_or_default();
                assert!(said.len() > 5 && said.ends_with('.'), "{name}.{key}: {said}");
            }
        }
    }
}

/// Every map of a schema by its name.
fn objects(root: &'static Object) -> Vec<&'static Object> {
    fn of_shape(shape: &'static Shape, out: &mut Vec<&'static Object>) {
        match shape {
            Shape::Object(object) if !out.iter().any(|known| known.name == object.name) => {
                out.push(object);
                object.keys.iter().for_each(|key| of_shape(&key.shape, out));
            }
            Shape::List(inner) | Shape::Texts(inner) | Shape::Map(inner) | Shape::MapOf(_, inner) => {
                of_shape(inner, out);
            }
            Shape::Any(shapes) => shapes.iter().for_each(|shape| of_shape(shape, out)),
            _ => {}
        }
    }
    let mut out = vec![root];
    root.keys.iter().for_each(|key| of_shape(&key.shape, &mut out));
    out
}

/// What the reader of a kind of file tells of a text.
fn told(kind: Kind, text: &str) -> String {
    const PACK: &str = "pack: { id: p, version: 1.0.0, format: 1, title: P, language: en }\n";
    let mut sources = Sources::default();
    match kind {
        Kind::Pack => {
            let mut files = vec![sources.add("a.yaml", text)];
            if !text.contains("pack:") {
                files.push(sources.add("b.yaml", PACK));
            }
            let checked = check(load(&files, &sources), None);
            show_all(&checked.diagnostics, &sources, false)
        }
        Kind::Tests => {
            let pack = sources.add("b.yaml", PACK);
            let pack = load(&[pack], &sources).pack.unwrap();
            let file = sources.add("a.yaml", text);
            let node = yaml::read(file, &sources, &mut Diagnostics::default()).unwrap();
            let tests = node.get("tests").and_then(Node::items).unwrap();
            let (_, faults) = prove::read(tests, &pack, &sources);
            show_all(&faults, &sources, false)
        }
        Kind::Answers => {
            let pack = sources.add("b.yaml", PACK);
            let pack = load(&[pack], &sources).pack.unwrap();
            let file = sources.add("a.yaml", text);
            let raw = read(file, kitwright::answers::Kind::Yaml, &ReadOptions::default(), &sources);
            let fitting = fit(&raw, &pack, FitOptions::default(), &sources);
            let _ = fitting.outcomes().count();
            show_all(&raw.all_faults(), &sources, false)
        }
        Kind::Session => {
            let file = sources.add("a.yaml", text);
            let mut faults = Diagnostics::default();
            let _ = read_session(file, &sources, &mut faults);
            show_all(&faults, &sources, false)
        }
    }
}

/// A key that is near to no other, in each place where a map stands.
const STRANGE: &str = "zzzzzzzzzzzzzzzz";

/// Where each map of a file stands: `@` is the strange key.
const PLACES: [(Kind, &str, &str); 34] = [
    (Kind::Pack, "pack-file", "@: 1\n"),
    (Kind::Pack, "head", "pack: { @: 1 }\n"),
    (Kind::Pack, "defaults", "pack: { defaults: { @: 1 } }\n"),
    (Kind::Pack, "total", "pack: { total: { @: 1 } }\n"),
    (Kind::Pack, "permission", "areas: { a: { title: A, allow: [{ @: 1 }] } }\n"),
    (Kind::Pack, "source", "sources: { s: { @: 1 } }\n"),
    (Kind::Pack, "scale", "scales: { s: { @: 1 } }\n"),
    (Kind::Pack, "scored-option", "scales: { s: { options: { a: { @: 1 } } } }\n"),
    (Kind::Pack, "option", "questions: { q: { question: Q?, kind: many, options: { a: { @: 1 } } } }\n"),
    (Kind::Pack, "area", "areas: { a: { @: 1 } }\n"),
    (Kind::Pack, "question", "questions: { q: { @: 1 } }\n"),
    (Kind::Pack, "metric", "metrics: { m: { @: 1 } }\n"),
    (Kind::Pack, "dated", "metrics: { m: { title: M, range: [0, 9], better: lower, bands: [{ @: 1 }] } }\n"),
    (Kind::Pack, "dated-of-area", "areas: { a: { title: A, bands: [{ @: 1 }] } }\n"),
    (Kind::Pack, "band-of-area", "areas: { a: { title: A, bands: { a: { @: 1 }, b: rest } } }\n"),
    (
        Kind::Pack,
        "band",
        "metrics: { m: { title: M, range: [0, 9], better: lower, bands: [{ cuts: { a: { @: 1 }, b: rest } }] } }\n",
    ),
    (Kind::Pack, "formula", "metrics: { m: { title: M, formula: { @: 1 } } }\n"),
    (Kind::Pack, "threshold", "thresholds: { t: { @: 1 } }\n"),
    (Kind::Pack, "dated-value", "thresholds: { t: { values: [{ @: 1 }] } }\n"),
    (Kind::Pack, "derived", "derived: { d: { @: 1 } }\n"),
    (Kind::Pack, "rule", "rules: [{ id: r, @: 1 }]\n"),
    (Kind::Pack, "group", "groups: { g: { @: 1 } }\n"),
    (Kind::Pack, "pick", "groups: { g: { pick: { @: 1 } } }\n"),
    (Kind::Pack, "prescription", "prescriptions: { p: { @: 1 } }\n"),
    (Kind::Pack, "ladder", "ladders: { l: { @: 1 } }\n"),
    (Kind::Pack, "step", "ladders: { l: { steps: [{ @: 1 }] } }\n"),
    (Kind::Tests, "test", "tests: [{ @: 1 }]\n"),
    (Kind::Tests, "expect", "tests: [{ name: T, expect: { @: 1 } }]\n"),
    (Kind::Answers, "respondent", "@: 1\n"),
    (Kind::Answers, "voice", "respondent: r\nvoices: [{ @: 1 }]\n"),
    (Kind::Session, "session", "@: 1\n"),
    (Kind::Session, "person", "instructor: { @: 1 }\n"),
    (Kind::Session, "host", "host: { @: 1 }\n"),
    (Kind::Session, "next-event", "next: { @: 1 }\n"),
];

/// The keys that the message about the strange key lists.
fn listed(told: &str) -> Option<BTreeSet<String>> {
    let message = told.split("\nerror[").find(|message| {
        message.lines().next().is_some_and(|first| first.contains(&format!("`{STRANGE}`")))
    })?;
    let help = message.lines().find_map(|line| line.trim_start().strip_prefix("= help: the "))?;
    let list = help.split_once(" are ")?.1;
    Some(list.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

#[test]
fn schemas_know_the_keys_that_readers_know() {
    let mut wrong = Vec::new();
    for (kind, name, place) in PLACES {
        let all = objects(kind.root());
        let object = all.iter().find(|object| object.name == name).unwrap_or_else(|| panic!("no {name}"));
        let said = told(kind, &place.replace('@', STRANGE));
        let known: BTreeSet<String> = object.keys.iter().map(|key| key.name.to_owned()).collect();
        match listed(&said) {
            Some(read) => {
                // Known only to be refused with a message of its own.
                let refused = |key: &&String| name == "option" && *key == "points";
                let missing: Vec<_> = read.difference(&known).filter(|key| !refused(key)).collect();
                let idle: Vec<_> = known
                    .difference(&read)
                    // The language has it, and this release tells so.
                    .filter(|key| !told(kind, &place.replace('@', key)).contains("is not supported yet"))
                    .collect();
                if !missing.is_empty() || !idle.is_empty() {
                    wrong.push(format!("{name}: the reader also knows {missing:?}, and not {idle:?}"));
                }
            }
            None if said.contains("is not supported yet") => {}
            None => wrong.push(format!("{name}: no keys are listed in\n{said}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Maps without a place here are of the same keys as one that has, or are told of in another way.
    let placed: BTreeSet<&str> = PLACES.iter().map(|(_, name, _)| *name).collect();
    let loose: Vec<&str> = Kind::ALL
        .iter()
        .flat_map(|kind| objects(kind.root()))
        .map(|object| object.name)
        .filter(|name| !placed.contains(name))
        .collect();
    assert!(
        loose.iter().all(|name| ["tests-file", "given", "round", "override", "change"].contains(name)),
        "{loose:?}"
    );
}

#[test]
fn the_command_prints_and_writes_schemas() {
    let folder = TempDir::new().unwrap();
    let run = |args: &[&str]| {
        let output =
            Command::cargo_bin("kitwright").unwrap().current_dir(&folder).args(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    assert_eq!(run(&["schema", "answers"]), (0, Kind::Answers.text(), String::new()));
    let (code, printed, told) = run(&["schema"]);
    assert_eq!((code, printed.as_str()), (2, ""));
    assert_eq!(
        told,
        "error: which schema?\nhelp: name one of pack, tests, answers, session, or write all of them with `--out DIR`\n"
    );
    let (code, printed, _) = run(&["schema", "--out", "here"]);
    assert_eq!(code, 0);
    assert_eq!(printed.lines().count(), 4, "{printed}");
    for kind in Kind::ALL {
        let path = folder.path().join("here").join(kind.file());
        assert_eq!(fs::read_to_string(path).unwrap(), kind.text());
    }
    assert_eq!(run(&["schema", "session", "--out", "one"]).0, 0);
    assert_eq!(fs::read_dir(folder.path().join("one")).unwrap().count(), 1);
}

#[test]
fn a_new_workspace_points_its_files_to_their_schemas() {
    let folder = TempDir::new().unwrap();
    let status =
        Command::cargo_bin("kitwright").unwrap().current_dir(&folder).args(["new", "w"]).output().unwrap();
    assert!(status.status.success());
    let root = folder.path().join("w");
    let mut count = 0;
    for path in yaml_files(&root) {
        if path.starts_with(root.join("templates")) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let line = text.lines().next().unwrap();
        let way = line
            .strip_prefix("# yaml-language-server: $schema=")
            .unwrap_or_else(|| panic!("{path:?}: {line}"));
        let schema = fs::read_to_string(path.parent().unwrap().join(way)).unwrap();
        let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
        let wrong = faults(&validator, &tree(&text).unwrap());
        assert!(wrong.is_empty(), "{path:?}: {wrong:?}");
        count += 1;
    }
    assert!(count > 10, "only {count} files");
}
