//! Templates end to end, over the shipped pack.

use super::compose;
use super::support::*;
use crate::diag::show_all;

#[test]
fn look() {
    let pack = sales_leaks();
    let (templates, sources) = shipped_templates(pack.pack());
    let template = templates.get("playbook").unwrap();
    for name in ["northwind.yaml", "summit.yaml", "partial.yaml"] {
        match compose(&templates, template, &example(name), &sources) {
            Ok(composed) => std::fs::write(format!("/tmp/look-{name}.md"), composed.markdown).unwrap(),
            Err(faults) => panic!("{}", show_all(&faults, &sources, false)),
        }
    }
    let recap = templates.get("recap").unwrap();
    let composed = compose(&templates, recap, &session_data(pack.pack()), &sources).unwrap();
    std::fs::write("/tmp/look-recap.md", composed.markdown).unwrap();
}
