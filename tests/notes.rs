//! Footnotes and words with their meanings, in Markdown, HTML and PDF.

#[path = "support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;

use std::collections::BTreeSet;

use kitwright::document::{Block, Inline};
use kitwright::markdown::{read, write};
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Look, html, pdf};
use kitwright::theme::Theme;
use pdf_reader::Reader;

const NOTES: &str = "\
A word[^z] and another[^a], the first again[^Z] and [a link [^b]](target).

[^a]: The second note, which refers on[^c].
[^b]: The third.
[^unused]: Nobody refers to this.
[^z]: The first note.

    It goes on:

    - in a list
[^c]: The last one.
[^a]: Defined again.
";

const WORDS: &str = "\
Retention
: The share of clients that stay.

Churn
: The share that leaves.
: Clients lost by clients at the start[^1].

[^1]: In one year.
";

fn body(text: &str) -> String {
    html::write(&read(text).document, &Look::new("{{ body }}", "", &Theme::default(), &NO_PICTURES))
        .expect("a page")
}

#[test]
fn notes_are_numbered_in_the_order_of_their_references() {
    let document = read(NOTES).document;
    insta::assert_snapshot!(write(&document), @r"
    A word[^1] and another[^2], the first again[^1] and \[a link [^3]](target).

    [^1]: The first note.

        It goes on:

        - in a list

    [^2]: The second note, which refers on[^4].

    [^3]: The third.

    [^4]: The last one.
    ");
    assert_eq!(document.notes.len(), 4);
}

#[test]
fn a_note_stands_behind_the_link_that_it_was_put_in() {
    let link = Inline::Link {
        to: "https://example.org/".to_owned(),
        title: String::new(),
        text: vec![Inline::Text("here".to_owned()), Inline::NoteRef(0)],
    };
    let mut document = read("a[^1]\n\n[^1]: b\n").document;
    document.blocks = vec![Block::Paragraph(vec![link])];
    assert_eq!(write(&document), "[here](https://example.org/)[^1]\n\n[^1]: b\n");
}

#[test]
fn what_is_no_note_stays_text() {
    for (text, words) in [
        ("a[^1] b\n", "<p>a[^1] b</p>"),
        ("\\[^1] b\n\n[^1]: c\n", "<p>[^1] b</p>"),
        ("`[^1]` b\n\n[^1]: c\n", "<p><code>[^1]</code> b</p>"),
    ] {
        assert_eq!(body(text), words);
    }
}

#[test]
fn a_page_leads_to_its_notes_and_back() {
    insta::assert_snapshot!(body(NOTES));
}

#[test]
fn a_heading_cannot_take_the_anchor_of_a_note() {
    let page = body("## A {#note.1}\n\n## B {#note..1}\n\nc[^1]\n\n[^1]: d\n");
    assert!(page.contains("id=\"note.1\"") && page.contains("id=\"note...1\""), "{page}");
}

#[test]
fn a_paper_has_its_notes_at_the_end_each_with_a_name_of_its_own() {
    let reader = Reader::new(&pdf::write(&read(NOTES).document, &Theme::default()).expect("a PDF"));
    let structure = reader.structure();
    let notes = structure.all("Note");
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "1The first note.It goes on:•in a list",
            "2The second note, which refers on4.",
            "3The third.",
            "4The last one."
        ]
    );
    let names: BTreeSet<&str> = notes.iter().filter_map(|note| note.id.as_deref()).collect();
    assert_eq!(names.len(), 4);
    assert!(notes.iter().all(|note| note.kids[0].kind == "Lbl" && note.all("Link")[0].areas == 1));
    let references = structure.all("Reference");
    assert_eq!(references.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["1", "2", "1", "3", "4"]);
    assert!(references.iter().all(|one| one.kinds() == ["Link"] && one.kids[0].areas == 1));
    assert_eq!(reader.links().1, 9);
    assert_eq!(structure.kids.last().map(|last| last.kind.as_str()), Some("Note"));
}

#[test]
fn words_stand_with_their_meanings() {
    let document = read(WORDS).document;
    assert_eq!(write(&document), WORDS);
    insta::assert_snapshot!(body(WORDS));
    let structure = Reader::new(&pdf::write(&document, &Theme::default()).expect("a PDF")).structure();
    let items = structure.all("LI");
    assert_eq!(items.iter().map(|item| item.kinds()).collect::<Vec<_>>(), [["Lbl", "LBody"]; 2]);
    assert_eq!(items[1].text, "ChurnThe share that leaves.Clients lost by clients at the start1.");
    assert_eq!(structure.all("L")[0].attributes["ListNumbering"], "None");
}
