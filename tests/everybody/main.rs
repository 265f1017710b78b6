//! Whole cohorts through the real binary: nobody gets anybody else's papers, nothing is lost, and nothing depends on how
//! many threads work or where a run is cut off.
//!
//! `KITWRIGHT=target/release/kitwright` tries another binary than the one under test, and `KITWRIGHT_LONG=1` the long
//! way: `.ci/cohorts` does both.

mod faults;
mod hostile;
mod mix_up;
mod names;
#[path = "../support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;
mod people;
mod print;
mod resume;
mod same;
mod weight;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program that is tried.
fn program() -> PathBuf {
    match std::env::var_os("KITWRIGHT") {
        Some(path) => Path::new(env!("CARGO_MANIFEST_DIR")).join(path),
        None => PathBuf::from(env!("CARGO_BIN_EXE_kitwright")),
    }
}

/// Whether there is time for the long way.
fn long() -> bool {
    std::env::var_os("KITWRIGHT_LONG").is_some()
}

fn kitwright(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.current_dir(folder).args(args);
    command
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    ran(kitwright(folder, args).output().unwrap())
}

/// Runs and expects that all went well.
fn good(folder: &Path, args: &[&str]) -> Ran {
    let ran = run(folder, args);
    assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.err);
    ran
}

/// Every file below a folder with its bytes; folders end in `/`.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                out.insert(format!("{name}/"), Vec::new());
                walk(root, &path, out);
            } else {
                out.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, folder, &mut out);
    out
}

/// Expects two trees to be the same, and names the first files that are not.
fn same_trees(one: &Path, other: &Path, what: &str) {
    let (one, other) = (tree(one), tree(other));
    let differ: Vec<&String> =
        one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name)).take(5).collect();
    assert!(differ.is_empty(), "{what}: {differ:?}");
}
