//! A document as a deck: HTML that works with and without scripts, and a tagged PDF of the same slides.

#[path = "support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;
#[path = "support/pdf_ua.rs"]
mod pdf_ua;

use std::collections::BTreeSet;
use std::fs;

use assert_cmd::Command;
use kitwright::builtin;
use kitwright::document::Document;
use kitwright::markdown::read;
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Format, Look, Slides, render};
use kitwright::theme::{Look as Looks, Theme};
use pdf_reader::Reader;
use tempfile::TempDir;

/// The deck of the page on slides, read from there.
fn deck() -> Document {
    let page = include_str!("../docs/slides.md").replace("\r\n", "\n");
    let text = page.split("````markdown\n").nth(1).and_then(|rest| rest.split("````").next()).unwrap();
    let read = read(text);
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    read.document
}

fn made(document: &Document, format: Format, theme: &Theme, frame: &str) -> Vec<u8> {
    let slides = Slides { page: frame, style: "" };
    let look = Look::new("", "", theme, &NO_PICTURES).with_slides(slides);
    render(document, format, &look).unwrap()
}

#[test]
fn slides_and_notes_stand_in_order() {
    let html = made(&deck(), Format::Html, &Theme::default(), "<main>\n{{ body }}\n</main>\n");
    insta::assert_snapshot!(String::from_utf8(html).unwrap());
}

#[test]
fn the_shipped_frame_takes_a_deck() {
    let frame = builtin::look("slides.html").unwrap();
    let html = String::from_utf8(made(&deck(), Format::Html, &Theme::default(), frame)).unwrap();
    assert_eq!(html.matches("<section class=\"slide").count(), 3);
    assert!(html.contains("<html lang=\"en\"") && !html.contains("{{"));
    // Nothing is fetched, and nobody's words are code.
    assert!(!html.contains("src=") && !html.contains("@import") && html.contains("default-src 'none'"));
}

#[test]
fn a_frame_that_cannot_be_filled_is_told_by_its_name() {
    let theme = Theme::default();
    let look =
        Look::new("", "", &theme, &NO_PICTURES).with_slides(Slides { page: "<main>\n{{ bodi }}", style: "" });
    let error = render(&deck(), Format::Html, &look).unwrap_err();
    assert_eq!(
        error.to_string(),
        "slides.html:2: `bodi` is no place of a page: there are title, language, direction, style, cover, contents, body and footer"
    );
}

#[test]
fn a_page_of_pdf_is_a_slide_without_its_notes() {
    for look in Looks::ALL {
        let theme = Theme::of(look);
        let bytes = made(&deck(), Format::Pdf, &theme, "");
        let reader = Reader::new(&bytes);
        assert_eq!(reader.pages.len(), 3);
        let text: String = (0..3).map(|page| reader.page_text(page)).collect();
        assert!(text.contains("Where it leaks") && text.contains("written target"), "{text}");
        assert!(!text.contains("surprised you"), "{text}");
        assert_eq!(pdf_ua::faults(&lopdf::Document::load_mem(&bytes).unwrap()), Vec::<String>::new());
    }
}

#[test]
fn a_page_is_as_large_as_that_of_slide_programs() {
    let bytes = made(&deck(), Format::Pdf, &Theme::default(), "");
    let pdf = lopdf::Document::load_mem(&bytes).unwrap();
    for (_, page) in pdf.get_pages() {
        let page = pdf.get_dictionary(page).unwrap();
        for name in [b"MediaBox".as_slice(), b"CropBox"] {
            let edges = page.get(name).unwrap().as_array().unwrap();
            let edges: Vec<f32> = edges.iter().map(|edge| edge.as_float().unwrap()).collect();
            assert_eq!(edges, [0.0, 0.0, 960.0, 540.0]);
        }
    }
}

/// How large these words are set, and how far above the lower edge of a page of 270 points.
fn set(document: &Document, words: &str) -> (f32, f32) {
    let bytes = made(document, Format::Pdf, &Theme::default(), "");
    let reader = Reader::new(&bytes);
    let shown = reader.pages.iter().flatten().find(|shown| shown.text.contains(words)).unwrap();
    (shown.size, shown.y)
}

#[test]
fn a_sentence_is_set_larger_than_a_list_and_in_the_middle() {
    let text = "---\ntitle: T\npage: slides\n---\n\n## A\n\nwhy\n\n## B\n\n- xx\n- xx\n- xx\n- xx\n- xx\n- xx\n- xx\n";
    let document = read(text).document;
    let (sentence, list) = (set(&document, "why"), set(&document, "xx"));
    assert!(sentence.0 > list.0 * 1.4, "{sentence:?} {list:?}");
    assert!((sentence.1 - 135.0).abs() < 30.0, "{sentence:?}");
}

#[test]
fn no_heading_is_taken_for_a_part_of_the_deck() {
    let names = [
        "Slide 1",
        "Slide 2",
        "Slide 3",
        "Deck",
        "Slide title",
        "Slide:title",
        "Speaker",
        "Place",
        "Clock",
        "Next",
        "All",
    ];
    let slides: String =
        names.iter().map(|name| format!("## {name}\n\nWords.\n\n> [!SAY]\n> More.\n\n")).collect();
    let document = read(&format!("---\ntitle: Deck\npage: slides\ncover: true\n---\n\n{slides}")).document;
    let frame = builtin::look("slides.html").unwrap();
    let html = String::from_utf8(made(&document, Format::Html, &Theme::default(), frame)).unwrap();
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
    // Each heading keeps its anchor, and what the script looks for has no anchor at all.
    assert!(["slide-2", "deck", "place", "speaker"].iter().all(|name| once.contains(name)), "{ids:?}");
    for part in ["place", "speaker", "clock", "since", "next", "said"] {
        assert_eq!(html.matches(&format!("data-deck=\"{part}\"")).count(), 1, "{part}");
    }
}

#[test]
fn what_is_said_before_the_first_heading_is_said_to_the_cover() {
    let text = "---\ntitle: T\npage: slides\ncover: true\n---\n\n> [!SAY]\n> Welcome.\n\n## A\n\nWords.\n";
    let document = read(text).document;
    let html = String::from_utf8(made(&document, Format::Html, &Theme::default(), "{{ body }}")).unwrap();
    assert_eq!(html.matches("<section").count(), 2);
    assert!(html.find("Welcome.").unwrap() < html.find(">A</h2>").unwrap());
    let bytes = made(&document, Format::Pdf, &Theme::default(), "");
    assert_eq!(Reader::new(&bytes).pages.len(), 2);
}

fn long_deck(head: &str) -> String {
    let line = "- one more thing that somebody wanted to say about it\n";
    format!(
        "---\ntitle: T\npage: slides\n{head}---\n\n## Short\n\nWords.\n\n## All of it\n\n{}",
        line.repeat(15)
    )
}

fn kitwright(folder: &TempDir, args: &[&str]) -> (i32, String) {
    let output =
        Command::cargo_bin("kitwright").unwrap().current_dir(folder.path()).args(args).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_slide_that_holds_too_much_is_told_at_its_heading() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("deck.md"), long_deck("")).unwrap();
    let (code, told) = kitwright(&folder, &["render", "deck.md"]);
    assert_eq!(code, 0);
    assert_eq!(
        told,
        "warning[K509]: the slide `All of it` holds too much: it goes on for 2 pages of the PDF
  --> deck.md:10:1
   |
10 | ## All of it
   | ^^^^^^^^^^^^
   |
   = help: make two slides of it with one more heading, or move words into its notes (`> [!SAY]`)

1 warning
"
    );
    // A deck of a session is judged before there is a session; that of a person when it is made.
    fs::remove_file(folder.path().join("deck.md")).unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    fs::write(folder.path().join("templates/deck.md"), long_deck("for: session\n")).unwrap();
    let (code, told) = kitwright(&folder, &["check", "sales-leaks", "--as-of", "2026-03-01"]);
    assert_eq!(code, 0);
    assert_eq!(told.matches("warning[K509]: the slide `All of it` holds too much").count(), 1, "{told}");
    assert!(told.contains("templates/deck.md:11:1"), "{told}");
    let (code, _) = kitwright(&folder, &["check", "sales-leaks", "--as-of", "2026-03-01", "--strict"]);
    assert_eq!(code, 2);
}

#[test]
fn a_slide_that_holds_too_much_for_everybody_is_told_once() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    fs::write(folder.path().join("templates/deck.md"), long_deck("for: respondent\n")).unwrap();
    let cohort = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/cohort.csv");
    let (code, told) = kitwright(&folder, &["build", cohort, "--document", "deck", "--format", "md"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(told.matches("warning[K509]: the slide `All of it` holds too much").count(), 1, "{told}");
    let (_, told) =
        kitwright(&folder, &["build", cohort, "--document", "deck", "--format", "md", "--force", "-q"]);
    assert_eq!(told, "");
}

#[test]
fn each_kind_of_chart_fills_one_slide() {
    let page = include_str!("../docs/charts.md").replace("\r\n", "\n");
    let charts: Vec<&str> =
        page.split("\n```chart").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert!(charts.len() >= 8);
    let slides: String =
        charts.iter().map(|chart| format!("## A chart\n\n```chart{chart}\n```\n\n")).collect();
    let document = read(&format!("---\ntitle: Charts\npage: slides\n---\n\n{slides}")).document;
    let theme = Theme::default();
    let told = Look::new("", "", &theme, &NO_PICTURES).overfull(&document).unwrap();
    assert_eq!(told, Vec::new());
    let html = String::from_utf8(made(&document, Format::Html, &Theme::default(), "{{ body }}")).unwrap();
    assert_eq!(html.matches("<section class=\"slide chart-alone").count(), charts.len());
}

#[test]
fn what_is_larger_than_a_slide_is_told() {
    let rows = "| a | 1 |\n".repeat(40);
    let text = format!(
        "---\ntitle: T\npage: slides\ncover: true\n---\n\nWords.\n\n::: columns\n```chart radar\ntitle: C\nrange: 0 to 2\n\n| A | B |\n|---|---:|\n{rows}```\n:::\n"
    );
    let document = read(&text).document;
    let theme = Theme::default();
    let told = Look::new("", "", &theme, &NO_PICTURES).overfull(&document).unwrap();
    assert_eq!(told.len(), 1);
    assert!(told[0].message().starts_with("slide 2 holds too much: "), "{}", told[0].message());
}
