//! The formatter against what ships, what is good, what is bad, and what is drawn: it never changes what a pack
//! means, loses no comment, and finds nothing to do a second time.

#[allow(dead_code)]
#[path = "laws/shape.rs"]
mod shape;

use std::path::{Path, PathBuf};

use kitwright::diag::Diagnostics;
use kitwright::fmt::{declared, format};
use kitwright::source::{SourceId, Sources};
use proptest::prelude::*;
use shape::{Tape, Taste};

/// The canonical text; none for what is broken.
fn formatted(name: &str, text: &str, units: &[String]) -> Option<String> {
    let mut sources = Sources::default();
    let source = sources.add(name, text);
    format(source, &sources, units, &mut Diagnostics::default())
}

fn units_of(files: &[(String, String)]) -> Vec<String> {
    let mut sources = Sources::default();
    let ids: Vec<SourceId> = files.iter().map(|(name, text)| sources.add(name, text)).collect();
    ids.into_iter().flat_map(|id| declared(id, &sources)).collect()
}

/// The pack as data, without the places of its parts; or how many faults it has.
fn meaning(files: &[(String, String)]) -> String {
    let mut sources = Sources::default();
    let ids: Vec<SourceId> = files.iter().map(|(name, text)| sources.add(name, text)).collect();
    let loaded = kitwright::pack::load(&ids, &sources);
    let codes: Vec<String> = loaded.diagnostics.iter().map(|fault| format!("{:?}", fault.code)).collect();
    let mut rest = format!("{:?} {codes:?}", loaded.pack);
    let mut out = String::new();
    while let Some(at) = rest.find("Span {") {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('}').expect("it is closed");
        rest.drain(..at + end + 1);
    }
    out + &rest
}

/// The words of all comments, in order. Only for texts whose values hold no number sign.
fn comments(text: &str) -> Vec<String> {
    let all = text.lines().filter_map(|line| {
        let at = line.find('#').filter(|at| *at == 0 || line[..*at].ends_with([' ', '\t']))?;
        Some(line[at + 1..].trim().to_owned())
    });
    all.collect()
}

/// Formats all files and holds the laws against them; gives the canonical files.
fn hold(files: &[(String, String)]) -> Vec<(String, String)> {
    let units = units_of(files);
    let after: Vec<(String, String)> = files
        .iter()
        .map(|(name, text)| (name.clone(), formatted(name, text, &units).unwrap_or_else(|| text.clone())))
        .collect();
    for ((name, text), (_, before)) in after.iter().zip(files) {
        if let Some(again) = formatted(name, text, &units) {
            assert_eq!(&again, text, "{name} changes again; at first it was\n{before}");
        }
        assert_eq!(comments(text), comments(before), "{name}:\n{text}");
    }
    let (was, is) = (meaning(files), meaning(&after));
    assert!(was == is, "{was}\n\n{is}\n\n{after:#?}");
    after
}

fn folder(path: &Path) -> Vec<(String, String)> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// Every folder that holds YAML, below one.
fn folders(path: &Path, out: &mut Vec<PathBuf>) {
    out.push(path.to_owned());
    let mut inner: Vec<PathBuf> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    inner.sort();
    inner.iter().for_each(|path| folders(path, out));
}

#[test]
fn what_ships_is_in_canonical_form() {
    let mut all = Vec::new();
    for root in ["rules", "examples", "templates", "tests/packs/good"] {
        folders(Path::new(root), &mut all);
    }
    let mut wrong = Vec::new();
    for path in all {
        let files = folder(&path);
        for ((name, text), (_, canonical)) in files.iter().zip(hold(&files)) {
            if *text != canonical {
                if std::env::var_os("UPDATE_FMT").is_some() {
                    std::fs::write(name, &canonical).unwrap();
                }
                wrong.push(name.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "run `kitwright fmt` on {wrong:?}, or this test with UPDATE_FMT=1");
}

#[test]
fn the_packs_of_the_books_are_in_canonical_form() {
    let mut count = 0;
    for book in ["docs/cookbook.md", "docs/pack-format.md"] {
        let Ok(text) = std::fs::read_to_string(book) else { continue };
        let text = text.replace("\r\n", "\n");
        for block in text.split("\n```yaml\n").skip(1) {
            let block = block.split_inclusive("\n```").next().unwrap().strip_suffix("```").unwrap();
            if let Some(canonical) = formatted(book, block, &units_of(&[(book.to_owned(), block.to_owned())]))
            {
                assert_eq!(block, canonical, "{book}");
                count += 1;
            }
        }
    }
    assert!(count >= 24, "only {count} were looked at");
}

#[test]
fn slips_stay_the_slips_they_were() {
    for file in folder(Path::new("tests/packs/bad")) {
        hold(&[file]);
    }
}

fn settings(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 2000, ..Default::default() }
}

fn tape() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 0..600)
}

/// Space that means nothing, put in and taken out; where `lines`, comments and line breaks too.
fn disturb(tape: &mut Tape, text: &str, lines: bool) -> String {
    let deeper = tape.below(4);
    let mut out = String::new();
    for (place, line) in text.lines().enumerate() {
        let depth = line.len() - line.trim_start().len();
        let indent = " ".repeat(depth + depth / 2 * deeper);
        match if lines { tape.below(12) } else { 0 } {
            9 => out.push_str(&format!("{}# note {place}\n", " ".repeat(tape.below(8)))),
            10 => out.push_str(&"\n".repeat(tape.below(4))),
            11 => out.push_str(&format!("{indent}#note {place}\n")),
            _ => {}
        }
        out.push_str(&indent);
        let mut quote = None;
        for c in line.trim_start().chars() {
            let loose = quote.is_none();
            match c {
                '"' | '\'' if quote.is_none() => quote = Some(c),
                _ if quote == Some(c) => quote = None,
                _ => {}
            }
            let inside = quote == Some('"') && (c == '<' || c == '>' || c == '=');
            match c {
                '{' | '[' | ',' if loose && tape.one_in(6) => {
                    out.push(c);
                    match if lines { tape.below(3) } else { 0 } {
                        0 => out.push_str("   "),
                        1 => out.push_str(&format!("\n{}", " ".repeat(40 + tape.below(3)))),
                        _ => out.push_str(&format!(" # in {place}\n{}", " ".repeat(40))),
                    }
                }
                '}' | ']' if loose && tape.one_in(6) => out.push_str(&format!("  {c}")),
                ':' if loose && lines && tape.one_in(4) => out.push_str(":  "),
                ' ' if quote == Some('"') && line.contains("when") && tape.one_in(3) => out.push_str("  "),
                _ if inside && tape.one_in(4) => {
                    out.push_str(&format!("{c} ").replace("< ", "<").replace("> ", ">").replace("= ", "=  "))
                }
                _ => out.push(c),
            }
        }
        // Behind a plain text a comment would be a slip of its own.
        if lines && line.ends_with(['}', ']', '"']) && tape.one_in(4) {
            out.push_str(&format!("{} # end {place}", " ".repeat(tape.below(5))));
        }
        out.push_str(if tape.one_in(20) { "  \r\n" } else { "\n" });
    }
    out
}

proptest! {
    #![proptest_config(settings(192))]

    #[test]
    fn drawn_packs_mean_the_same_in_canonical_form(tape in tape()) {
        let mut tape = Tape::new(tape);
        let pack = shape::draw_pack(&mut tape, Taste { monotone: false });
        let text = shape::file_of(&shape::write_sections(&pack, &mut tape));
        let plain = hold(&[("pack.yaml".to_owned(), text.clone())]);
        let spaced = disturb(&mut tape, &text, false);
        prop_assert_eq!(&hold(&[("pack.yaml".to_owned(), spaced)]), &plain);
        let disturbed = disturb(&mut tape, &text, true);
        let files = [("pack.yaml".to_owned(), disturbed.clone())];
        let was = meaning(&[("pack.yaml".to_owned(), text)]);
        prop_assert!(was == meaning(&files), "{}", disturbed);
        let after = hold(&files);
        prop_assert!(meaning(&plain) == meaning(&after));
    }
}

proptest! {
    #![proptest_config(settings(2000))]

    #[test]
    fn anything_at_all_is_formatted_once_or_left(text in "([a-c{}\\[\\]:,#\"' \n\t|>&*-]|a: |- |\n  |\r\n){0,60}") {
        hold(&[("a.yaml".to_owned(), text)]);
    }
}

proptest! {
    #![proptest_config(settings(24))]

    #[test]
    fn the_shipped_pack_survives_changed_spaces(tape in proptest::collection::vec(any::<u16>(), 0..6000), which in 0usize..20) {
        let files = folder(Path::new("rules/sales-leaks"));
        let (name, text) = &files[which % files.len()];
        let disturbed = disturb(&mut Tape::new(tape), text, true);
        let mut disturbed_files = files.clone();
        for file in &mut disturbed_files {
            if file.0 == *name {
                file.1 = disturbed.clone();
            }
        }
        prop_assume!(formatted(name, &disturbed, &units_of(&files)).is_some());
        hold(&disturbed_files);
    }
}

#[test]
fn without_files_and_packs_there_is_nothing_to_format() {
    let folder = tempfile::TempDir::new().unwrap();
    let output = assert_cmd::Command::cargo_bin("kitwright")
        .unwrap()
        .current_dir(folder.path())
        .arg("fmt")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    let message =
        "error[K115]: there is no pack in `rules`\n |\n = help: name the files, or a pack's folder\n";
    assert!(told.starts_with(message), "{told}");
}
