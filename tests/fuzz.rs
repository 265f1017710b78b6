//! The bodies of the fuzz targets over their stored corpus: what once was found stays mended.

#[path = "../fuzz/bodies.rs"]
mod bodies;

use std::fs;
use std::path::Path;

/// Runs every file of the folders, in order of names; gives how many there were.
fn run(body: fn(&[u8]), folders: &[&str]) -> usize {
    let mut count = 0;
    for folder in folders {
        let mut files: Vec<_> =
            fs::read_dir(Path::new(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            body(&fs::read(file).unwrap());
            count += 1;
        }
    }
    count
}

#[test]
fn yaml() {
    assert!(run(bodies::yaml, &["fuzz/corpus/yaml", "tests/packs/bad"]) > 50);
}

#[test]
fn condition() {
    assert!(run(bodies::condition, &["fuzz/corpus/condition"]) > 20);
}

#[test]
fn evaluator() {
    assert!(run(bodies::evaluator, &["fuzz/corpus/evaluator"]) > 5);
}

#[test]
fn answers() {
    assert!(run(bodies::answers, &["fuzz/corpus/answers"]) > 10);
}

#[test]
fn import() {
    assert!(run(bodies::import, &["fuzz/corpus/import"]) > 20);
}
