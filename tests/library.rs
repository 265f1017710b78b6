//! The library's example does what it says.

#[path = "../examples/library.rs"]
mod example;

use kitwright::render::Format;

#[test]
fn the_walk_runs_in_memory() {
    let made = example::make().unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(made.fired, ["exits-unknown"]);
    let paper =
        |wanted: Format| made.papers.iter().find(|(format, _)| *format == wanted).map(|(_, bytes)| bytes);
    let markdown = String::from_utf8(paper(Format::Markdown).unwrap().clone()).unwrap();
    assert!(markdown.contains("**Not everybody knows the way out.**"), "{markdown}");
    let html = String::from_utf8(paper(Format::Html).unwrap().clone()).unwrap();
    assert!(html.contains("Not everybody knows the way out"), "{html}");
    assert!(paper(Format::Pdf).unwrap().starts_with(b"%PDF-1.7"));
}
