//! The examples of the CommonMark 0.31.2 and GFM specifications: every visible word of the reference stands in our papers, in order.
//!
//! A word is what white space or a tag of the reference HTML ends; an image's word is its alternative text. Each must be found
//! behind the one before it in our text without white space, which may hold more: raw HTML is shown as text, tags and all.
//! Where `KITWRIGHT_COMMONMARK` names a folder, the papers and their words are put there for other readers.

#[path = "support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;

use std::collections::BTreeMap;

use kitwright::document::{Block, Document, Inline};
use kitwright::markdown::{read, write};
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Look, html, pdf};
use kitwright::theme::Theme;
use pdf_reader::Reader;
use serde::Deserialize;

#[derive(Deserialize)]
struct Example {
    example: usize,
    markdown: String,
    html: String,
}

/// So many examples stand in one paper.
const TOGETHER: usize = 60;

fn examples() -> Vec<(String, Example)> {
    let named = |kind: &'static str, json: &str| -> Vec<(String, Example)> {
        let examples: Vec<Example> = serde_json::from_str(json).expect("examples");
        examples.into_iter().map(|example| (format!("{kind} {}", example.example), example)).collect()
    };
    let mut all = named("commonmark", include_str!("commonmark/commonmark.json"));
    assert_eq!(all.len(), 652);
    all.extend(named("gfm", include_str!("commonmark/gfm.json")));
    all
}

/// The examples that are known to differ, with the reason for each.
fn exceptions() -> BTreeMap<String, String> {
    let lines = include_str!("commonmark/exceptions.txt").lines();
    let lines = lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let parts = lines.map(|line| line.split_once(": ").expect("an example and its reason"));
    parts.map(|(name, reason)| (name.to_owned(), reason.to_owned())).collect()
}

/// The document of an example, which begins with no front matter.
fn document(example: &Example) -> Document {
    read(&format!("\n{}", example.markdown)).document
}

/// What HTML shows: words without white space, and whether a tag of an image says something instead.
fn visible(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            rest.find('>').map(|end| end + 1)
        } else {
            None
        };
        let Some(end) = end else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        if let Some(alt) = rest[..end].strip_prefix("<img").and_then(|tag| tag.split_once("alt=\"")) {
            text.push_str(alt.1.split('"').next().unwrap_or_default());
        } else {
            text.push(' ');
        }
        rest = &rest[end..];
    }
    text.push_str(rest);
    let text = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .into_iter()
        .fold(text, |text, (name, sign)| text.replace(name, sign));
    text.split_whitespace().map(str::to_owned).collect()
}

/// The first word that is not found behind those before it.
fn missing<'w>(words: &'w [String], text: &str) -> Option<&'w str> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut from = 0;
    words.iter().map(String::as_str).find(|word| match text[from..].find(word) {
        Some(at) => {
            from += at + word.len();
            false
        }
        None => true,
    })
}

/// At most one example in a hundred may differ, and only those listed, each of which does.
fn judge(found: &[(String, String)], kind: &str) {
    let exceptions = exceptions();
    let told: Vec<String> = found
        .iter()
        .filter(|(name, _)| !exceptions.contains_key(name))
        .map(|(name, word)| format!("{name}: `{word}`"))
        .collect();
    assert!(told.is_empty(), "{kind}: {} missing\n{}", told.len(), told.join("\n"));
    let stale: Vec<&String> =
        exceptions.keys().filter(|name| !found.iter().any(|(other, _)| other == *name)).collect();
    assert!(stale.is_empty(), "{kind}: these hold now: {stale:?}");
    let of_commonmark = found.iter().filter(|(name, _)| name.starts_with("commonmark ")).count();
    assert!(of_commonmark * 100 <= 652, "{of_commonmark} of 652");
}

#[test]
fn every_word_of_the_reference_stands_in_the_page() {
    let theme = Theme::default();
    let look = Look::new("{{ cover }}{{ body }}", "", &theme, &NO_PICTURES);
    let mut found = Vec::new();
    for (name, example) in examples() {
        let page = html::write(&document(&example), &look).expect("a page");
        if let Some(word) = missing(&visible(&example.html), &visible(&page).concat()) {
            found.push((name, word.to_owned()));
        }
    }
    judge(&found, "HTML");
}

#[test]
fn every_word_of_the_reference_stands_in_the_paper() {
    let mark = |text: String| Block::Paragraph(vec![Inline::Text(text)]);
    let folder = std::env::var_os("KITWRIGHT_COMMONMARK").map(std::path::PathBuf::from);
    let mut found = Vec::new();
    for (number, group) in examples().chunks(TOGETHER).enumerate() {
        let mut paper = Document::default();
        for (index, (_, example)) in group.iter().enumerate() {
            paper.blocks.push(mark(format!("§{index}§")));
            paper.blocks.extend(document(example).blocks);
        }
        let bytes = pdf::write(&paper, &Theme::default()).expect("a PDF");
        let reader = Reader::new(&bytes);
        let text: String = (0..reader.pages.len()).map(|page| reader.page_text(page)).collect();
        let mut words = String::new();
        for (index, (name, example)) in group.iter().enumerate() {
            let begin = text.find(&format!("§{index}§")).expect("a mark") + format!("§{index}§").len();
            let end = text.find(&format!("§{}§", index + 1)).unwrap_or(text.len());
            let visible = visible(&example.html);
            match missing(&visible, &text[begin..end]) {
                Some(word) => found.push((name.clone(), word.to_owned())),
                None => words.push_str(&(visible.join("\n") + "\n")),
            }
        }
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{number}.pdf")), &bytes).expect("written");
            std::fs::write(folder.join(format!("{number}.words")), &words).expect("written");
        }
    }
    judge(&found, "PDF");
}

#[test]
fn the_tree_of_each_example_survives_the_way_to_markdown_and_back() {
    for (name, example) in examples() {
        let first = document(&example);
        let written = write(&first);
        let second = read(&written).document;
        assert_eq!(second, first, "{name}\n{written}");
        assert_eq!(write(&second), written, "{name}");
    }
}

#[test]
fn a_word_that_is_lost_or_moved_is_noticed() {
    let words = visible("<p>one <em>two</em><img src=\"x\" alt=\"three\" />&lt;b&gt;<!-- no > --></p>");
    assert_eq!(words, ["one", "two", "three<b>"]);
    assert_eq!(missing(&words, "one t wo three<b>"), None);
    assert_eq!(missing(&words, "two one three<b>"), Some("two"));
    assert_eq!(missing(&words, "one two three b"), Some("three<b>"));
    let all: usize = examples().iter().map(|(_, example)| visible(&example.html).len()).sum();
    assert!(all > 1500, "{all}");
}
