//! Input that nobody writes by hand ends soon in every format, and the page of the docs about Markdown holds.

#[path = "support/times.rs"]
mod times;

use std::time::{Duration, Instant};

use kitwright::markdown::{read, write};
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Look, html, pdf};
use kitwright::theme::Theme;

/// Reads, writes and sets the text in every format, and gives the time that it took.
fn through_all(text: &str) -> Duration {
    let start = Instant::now();
    let document = read(text).document;
    let written = write(&document);
    assert!(read(&written).document == document, "{:.80}", text);
    let theme = Theme::default();
    let look = Look::new("{{ body }}", "", &theme, &NO_PICTURES);
    html::write(&document, &look).expect("a page");
    pdf::write(&document, &Theme::default()).expect("a PDF");
    start.elapsed()
}

/// Text that grows with the number, by name.
fn hard(name: &str, size: usize) -> String {
    let lines = |line: &dyn Fn(usize) -> String| (0..size).map(line).collect::<String>();
    match name {
        "a paragraph" => "word and more words ".repeat(size * 5),
        "a table" => format!("| a | b |\n|---|---|\n{}", "| cell one | cell two |\n".repeat(size)),
        "links" => "[a](https://e.org/b) ".repeat(size),
        "addresses" => "www.e.org/a (http://a.b/c m@e.org ".repeat(size),
        "an endless address" => "(www.a.b".repeat(size),
        "footnotes" => {
            let references = lines(&|number| format!("b[^{number}] "));
            format!("{references}\n\n{}", lines(&|number| format!("[^{number}]: note\n")))
        }
        "one note" => format!("{}\n\n[^1]: note\n", "a[^1] ".repeat(size)),
        "meanings" => lines(&|number| format!("term {number}\n: meaning\n\n")),
        "combining signs" => format!("{}\n\ne{}\n", "\u{200b}\u{301}".repeat(size), "\u{301}".repeat(size)),
        "a word" => "x".repeat(size * 10),
        "markers" => ":::\na\n".repeat(size),
        "brackets" => "[".repeat(size * 5),
        "mail signs" => "a@".repeat(size * 5),
        "marks" => "*a **b ".repeat(size),
        other => panic!("{other}"),
    }
}

const NAMES: [&str; 14] = [
    "a paragraph",
    "a table",
    "links",
    "addresses",
    "an endless address",
    "footnotes",
    "one note",
    "meanings",
    "combining signs",
    "a word",
    "markers",
    "brackets",
    "mail signs",
    "marks",
];

#[test]
fn time_grows_with_the_text_and_not_with_its_square() {
    let size = times::cases(60, 1500) as usize;
    for name in NAMES {
        let (small, large) = (through_all(&hard(name, size)), through_all(&hard(name, size * 8)));
        // Eight times as long is fair, a square would take sixty-four times; the rest is what a busy machine adds.
        let fair = small.max(Duration::from_millis(25)) * 24;
        assert!(large <= fair, "{name}: {small:?}, then {large:?}");
    }
}

#[test]
fn a_hundred_levels_end_soon() {
    let lists: String = (0..100).map(|level| format!("{}- a\n", "  ".repeat(level))).collect();
    let quotes = format!("{}a\n", "> ".repeat(100));
    let mixed = format!("{}a\n", "> - ".repeat(100));
    for text in [lists, quotes, mixed] {
        assert!(through_all(&text) < Duration::from_secs(5));
    }
}

#[test]
fn hard_cases_are_kept() {
    for text in [
        "- a\n\n| a | b |\n|---|---|\n| c\\\\| d |\n- b\n",
        "| a | b |\n|---|---|\n| `x \\| y` | *a* [b](c \"d\") ![e](f) &amp; <b> |\n",
        "1. a\n   1. b\n\n      | c |\n      |---|\n      | d |\n   2. e\n",
        "[a][B]\n\n[b]: <x y> 'title'\n",
        "# A *b* `c` {#d}\n\nb\n===\n",
        "&copy; &frac12; &#0; &#x1F600; &nope; &amp;amp;\n",
        "a  \nb\\\nc\n",
        "> a\n: b\n\n- c\n  : d\n\n  e[^1]\n\n[^1]: f\n",
    ] {
        through_all(text);
    }
}

#[test]
fn the_examples_of_the_docs_are_written_as_they_are_read() {
    let page = include_str!("../docs/markdown.md");
    let examples: Vec<&str> = page
        .split("````markdown\n")
        .skip(1)
        .map(|rest| rest.split("````").next().unwrap_or_default())
        .collect();
    assert_eq!(examples.len(), 4);
    for example in examples {
        let read = read(example);
        assert_eq!(read.problems, []);
        assert_eq!(write(&read.document), example);
    }
    through_all(page);
}
