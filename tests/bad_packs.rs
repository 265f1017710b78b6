//! Each file in `tests/packs/bad` holds one slip of an author and, in comments behind `#>`, the whole message
//! that it must bring about. Most are fragments laid beside the pack in `tests/packs/good`; a file that
//! begins with `# alone` is a pack of its own, and one that begins with `# over` extends that pack. `UPDATE_BAD=1 cargo test --test bad_packs` writes the messages anew.

use std::collections::BTreeSet;
use std::path::PathBuf;

use kitwright::check::check;
use kitwright::diag::{Code, show_all};
use kitwright::pack::load_over;
use kitwright::prove;
use kitwright::source::Sources;

const BASE: &str = "tests/packs/good/retention-core/pack.yaml";

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("tests/packs/bad")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    files.sort();
    files
}

fn messages(name: &str, text: &str) -> (String, BTreeSet<&'static str>) {
    let mut sources = Sources::default();
    let mut list = vec![sources.add(name, text)];
    let mut bases = Vec::new();
    let base = |sources: &mut Sources| sources.add("base.yaml", std::fs::read_to_string(BASE).unwrap());
    if text.starts_with("# over") {
        bases.push(vec![base(&mut sources)]);
    } else if !text.starts_with("# alone") {
        list.push(base(&mut sources));
    }
    let today = jiff::civil::date(2026, 3, 1);
    let mut checked = check(load_over(&list, &bases, &sources), Some(today));
    if let Some(pack) = &checked.pack {
        checked.diagnostics.extend(prove::read(&checked.tests, pack.pack(), &sources).1);
    }
    let codes = checked.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
    (show_all(&checked.diagnostics, &sources, false), codes)
}

/// The slip without its promise, and the promise.
fn split(text: &str) -> (String, String) {
    let (mut slip, mut promise) = (String::new(), String::new());
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("#>") {
            Some(rest) => promise.push_str(rest.strip_prefix(' ').unwrap_or(rest)),
            None => slip.push_str(line),
        }
    }
    (slip, promise)
}

#[test]
fn every_slip_brings_about_the_message_it_promises() {
    let update = std::env::var_os("UPDATE_BAD").is_some();
    let mut wrong = Vec::new();
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let (slip, promise) = split(&text);
        let name = path.file_name().unwrap().to_str().unwrap();
        let (told, _) = messages(name, &slip);
        assert!(!told.is_empty(), "{name} brings about no message");
        let told: String = told.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        if told != promise {
            wrong.push(format!("{name}\n--- promised\n{promise}\n--- told\n{told}"));
            if update {
                let lines: String =
                    told.lines().map(|line| format!("#> {line}").trim_end().to_owned() + "\n").collect();
                std::fs::write(&path, format!("{}\n{lines}", slip.trim_end_matches('\n'))).unwrap();
            }
        }
    }
    assert!(wrong.is_empty() || update, "{}", wrong.join("\n\n"));
}

#[test]
fn every_code_of_a_pack_has_a_slip() {
    let mut seen = BTreeSet::new();
    for path in files() {
        let (slip, _) = split(&std::fs::read_to_string(&path).unwrap());
        seen.extend(messages(path.file_name().unwrap().to_str().unwrap(), &slip).1);
    }
    // Told by `test` and by the readers of bytes, templates, answers and sessions, each with tests of its own.
    let elsewhere = ["K113", "K502", "K503", "K504", "K505", "K508", "K509"];
    assert!(!elsewhere.iter().any(|code| seen.contains(code)), "a pack brings it about");
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.name())
        .filter(|code| {
            !code.starts_with("K6")
                && !code.starts_with("K7")
                && !code.starts_with("K8")
                && !elsewhere.contains(code)
                && !seen.contains(code)
        })
        .collect();
    assert!(missing.is_empty(), "no file in tests/packs/bad brings about {missing:?}");
}

/// Every file below a folder.
fn all_below(folder: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => out.extend(all_below(path.to_str().unwrap())),
            false => out.push(path),
        }
    }
    out
}

#[test]
fn every_code_is_asserted_somewhere() {
    let tests = all_below("tests").into_iter().map(|path| std::fs::read_to_string(path).unwrap_or_default());
    let beside_code = all_below("src").into_iter().filter_map(|path| {
        let text = std::fs::read_to_string(&path).ok()?;
        let whole = path.iter().any(|part| part == "tests" || part == "tests.rs" || part == "snapshots");
        if whole {
            Some(text)
        } else {
            text.split_once("#[cfg(test)]\nmod ").map(|(_, tests)| tests.to_owned())
        }
    });
    let texts: Vec<String> = tests.chain(beside_code).collect();
    let asserted = |code: &str| {
        let told = [
            format!("error[{code}]"),
            format!("warning[{code}]"),
            format!("\"{code}\""),
            format!("\"{code} "),
        ];
        texts.iter().any(|text| told.iter().any(|told| text.contains(told)))
    };
    let missing: Vec<&str> =
        Code::ALL.iter().map(|code| code.name()).filter(|code| !asserted(code)).collect();
    assert!(missing.is_empty(), "no test expects {missing:?}");
}
