//! Pack text in, diagnostics out.

use kitwright::diag::show_all;
use kitwright::source::Sources;

#[test]
fn the_sample_of_the_language_loads_without_a_word() {
    let mut sources = Sources::default();
    let text = std::fs::read_to_string("tests/packs/good/retention-core/pack.yaml").unwrap();
    let file = sources.add("pack.yaml", text);
    let loaded = kitwright::pack::load(&[file], &sources);
    assert_eq!(show_all(&loaded.diagnostics, &sources, false), "");
    assert!(loaded.pack.is_some());
}

#[test]
#[ignore]
fn shipped() {
    let mut sources = Sources::default();
    let mut names: Vec<_> = std::fs::read_dir("rules/sales-leaks")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "yaml"))
        .collect();
    names.sort();
    let files: Vec<_> = names
        .iter()
        .map(|n| sources.add(n.display().to_string(), std::fs::read_to_string(n).unwrap()))
        .collect();
    let loaded = kitwright::pack::load(&files, &sources);
    println!("{}", show_all(&loaded.diagnostics, &sources, false));
}
