//! A document as a deck: HTML that works with and without scripts, and a tagged PDF of the same slides.

#[path = "support/pdf_reader.rs"]
#[allow(dead_code)]
mod pdf_reader;
#[path = "support/pdf_ua.rs"]
mod pdf_ua;

use kitwright::builtin;
use kitwright::document::Document;
use kitwright::markdown::read;
use kitwright::render::picture::NO_PICTURES;
use kitwright::render::{Format, Look, Slides, render};
use kitwright::theme::{Look as Looks, Theme};
use pdf_reader::Reader;

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
