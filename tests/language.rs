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
