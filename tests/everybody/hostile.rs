//! Names that people should not have, from `tests/data/hostile-names.jsonl`: one a line, to be added to freely.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

use serde_json::Value;

use crate::good;
use crate::people::small_workspace;

/// As JSON in ASCII alone, so that every sign reaches the program as it is.
fn escaped(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap();
    let mut out = String::new();
    for unit in json.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte @ b' '..=b'~') => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out
}

#[test]
fn every_name_gets_one_folder_inside_the_output_folder() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/hostile-names.jsonl");
    let text = fs::read_to_string(data).unwrap();
    let names: Vec<(String, String)> = text
        .lines()
        .map(|line| {
            let entry: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            let at = |key: &str| entry[key].as_str().unwrap_or_else(|| panic!("{line}")).to_owned();
            // A long name is written short: `×` and how often.
            let name = match entry.get("times") {
                Some(times) => at("name").repeat(times.as_u64().unwrap() as usize),
                None => at("name"),
            };
            (at("kind"), name)
        })
        .collect();
    let kinds: BTreeSet<&str> = names.iter().map(|(kind, _)| kind.as_str()).collect();
    assert!(kinds.len() >= 80, "{} kinds", kinds.len());
    assert_eq!(kinds.len(), names.len(), "each kind once");

    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    // As a name that becomes a folder by pattern, beside an id that is harmless.
    let lines: Vec<String> = (1..)
        .zip(&names)
        .map(|(number, (_, name))| {
let name = escaped(name);
            format!(
                "{{\"respondent\":\"n{number}\",\"name\":{name},\"answers\":{{}},\"extra\":{{\"team\":{name}}}}}"
            )
        })
        .collect();
    fs::write(folder.path().join("people.jsonl"), lines.join("\n")).unwrap();
    for (pattern, depth) in [("{name}", 1), ("{team}/{name}", 2)] {
        let out = format!("out{depth}");
        let args =
            ["build", "people.jsonl", "--format", "md,html", "--name", pattern, "--out", &out, "--zip", "-q"];
        good(folder.path(), &args);
        let manifest = fs::read(folder.path().join(&out).join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_slice(&manifest).unwrap();
        let people = manifest["respondents"].as_array().unwrap();
        assert_eq!(people.len(), names.len());
        let mut folders = BTreeMap::new();
        for (person, (kind, _)) in people.iter().zip(&names) {
            let own = person["folder"].as_str().unwrap();
            let parts: Vec<Component<'_>> = Path::new(own).components().collect();
            assert!(parts.iter().all(|part| matches!(part, Component::Normal(_))), "{kind}: {own}");
            assert_eq!(parts.len(), depth, "{kind}: {own}");
            assert!(own.split('/').all(|part| part.len() <= 100), "{kind}: {own}");
            for output in person["outputs"].as_array().unwrap() {
                let path = output["file"].as_str().unwrap();
                let bytes = fs::read(folder.path().join(&out).join(path)).unwrap();
                assert_eq!(output["sha256"], kitwright::files::Hash::of(&bytes).to_string(), "{kind}");
            }
            // No two folders differ only in case, or in how an accent is written.
            let before = folders.insert(own.to_lowercase(), kind);
            assert_eq!(before, None, "{kind}: {own}");
        }
    }
    let beside: BTreeSet<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        beside,
        ["out1", "out2", "people.jsonl", "rules", "templates"].map(str::to_owned).into(),
        "nothing stands outside"
    );

    // What a name holds is never markup: a page has the same elements whoever it is for.
    let marks = |html: &str| {
        ["<script", "<img", "<iframe", "onerror=", "javascript:"].map(|mark| html.matches(mark).count())
    };
    let plain = fs::read_to_string(folder.path().join("out1/Ann Example/playbook.html")).unwrap();
    for entry in fs::read_dir(folder.path().join("out1")).unwrap() {
        let path = entry.unwrap().path().join("playbook.html");
        if let Ok(html) = fs::read_to_string(&path) {
            let tags = html.matches(['<']).count();
            assert_eq!(tags, plain.matches(['<']).count(), "{}", path.display());
            assert_eq!(marks(&html)[..3], marks(&plain)[..3], "{}", path.display());
        }
    }
}

#[test]
fn hostile_ids_are_each_somebody_or_refused_by_name() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/hostile-names.jsonl");
    let folder = tempfile::tempdir().unwrap();
    small_workspace(folder.path());
    let mut rows = String::from("respondent,known\n");
    let text = fs::read_to_string(data).unwrap();
    for line in text.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        let times = entry.get("times").and_then(Value::as_u64).unwrap_or(1) as usize;
        let name = entry["name"].as_str().unwrap().repeat(times).replace('"', "\"\"");
        rows.push_str(&format!("\"{name}\",1\n"));
    }
    fs::write(folder.path().join("people.csv"), rows).unwrap();
    let ran = crate::run(folder.path(), &["build", "people.csv", "--format", "md"]);
    assert!(matches!(ran.code, Some(0 | 4)), "{}", ran.err);
    let manifest = fs::read(folder.path().join("output/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let people = manifest["respondents"].as_array().unwrap();
    assert_eq!(people.len(), text.lines().count());
    let refused: Vec<&Value> = people.iter().filter(|person| person.get("refused").is_some()).collect();
    for person in &refused {
        // Empty, too long, or the same as another once it can be printed.
        assert!(
            matches!(person["refused"][0]["code"].as_str(), Some("K703" | "K704" | "K705" | "K706")),
            "{person}"
        );
    }
    assert!(refused.len() < 20, "{refused:#?}");
    assert!(!folder.path().join("etc").exists());
}
