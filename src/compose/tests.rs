//! Templates end to end, over the shipped pack.

use super::fill::filled;
use super::support::*;

#[test]
fn look() {
    let pack = sales_leaks();
    let (templates, _) = shipped_templates(pack.pack());
    for name in ["northwind.yaml", "summit.yaml", "partial.yaml"] {
        let text = filled(&templates, "playbook", &example(name)).unwrap();
        std::fs::write(format!("/tmp/look-{name}.md"), text).unwrap();
    }
}
