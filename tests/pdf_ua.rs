//! Every paper that ships is what PDF/UA-1 asks for, as far as a machine can judge, in every look; and the judge can say no.

#[path = "support/pdf_sample.rs"]
#[allow(dead_code)]
mod pdf_sample;
#[path = "support/pdf_ua.rs"]
mod pdf_ua;

use std::path::Path;

use kitwright::document::Document;
use kitwright::markdown;
use kitwright::render::pdf;
use kitwright::theme::{Look, Sheet, Theme};
use lopdf::{Dictionary, Object, ObjectId};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn shipped() -> Vec<(String, Document)> {
    ["output/sample/recap.md", "output/sample/northwind/playbook.md", "examples/handout.md"]
        .into_iter()
        .map(|name| {
            let text = std::fs::read_to_string(Path::new(ROOT).join(name)).expect("it ships");
            (name.to_owned(), markdown::read(&text).document)
        })
        .chain([("a sample of everything".to_owned(), pdf_sample::playbook())])
        .chain([("a table in parts".to_owned(), wide_table())])
        .chain(["layout", "charts"].map(|page| (format!("docs/{page}.md"), examples(page))))
        .collect()
}

/// A table with more columns and rows than a page holds.
fn wide_table() -> Document {
    let line = |name: &str| {
        let cells: Vec<String> = (0..40).map(|column| format!("[{name}{column}](https://e.org)")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rows: String = (0..60).map(|row| line(&format!("R{row}."))).collect();
    markdown::read(&format!("# Wide\n\n{}|{}\n{rows}", line("H"), "---|".repeat(40))).document
}

/// All examples of a page of the docs as one paper.
fn examples(page: &str) -> Document {
    let text = std::fs::read_to_string(Path::new(ROOT).join(format!("docs/{page}.md"))).expect("it ships");
    let examples =
        text.split("````markdown\n").skip(1).map(|rest| rest.split("````").next().unwrap_or_default());
    let examples: Vec<&str> = std::iter::once("# Examples\n\n## All\n\n").chain(examples).collect();
    markdown::read(&examples.join("\n")).document
}

#[test]
fn every_shipped_paper_keeps_pdf_ua_in_every_look() {
    for (name, document) in shipped() {
        for look in Look::ALL {
            let theme = Theme { sheet: Sheet::Letter, name: Some("Example".to_owned()), ..Theme::of(look) };
            for theme in [Theme::of(look), theme] {
                let bytes = pdf::write(&document, &theme).expect("a PDF");
                let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
                let mut faults = pdf_ua::faults(&pdf);
                // It shows scripts that no embedded face has, and so claims nothing.
                let boxes =
                    |fault: &String| ["31-030", "06-002"].iter().any(|known| fault.starts_with(known));
                if document == pdf_sample::playbook() {
                    faults.retain(|fault| !boxes(fault));
                }
                assert!(faults.is_empty(), "{name}, {look:?}: {faults:#?}");
            }
        }
    }
}

/// A change that breaks a paper.
type Breaking = fn(&mut lopdf::Document);

fn find(pdf: &lopdf::Document, holds: impl Fn(&Dictionary) -> bool) -> ObjectId {
    let found = pdf.objects.iter().find(|(_, object)| object.as_dict().is_ok_and(&holds));
    *found.expect("the sample has one").0
}

fn element<'p>(pdf: &'p mut lopdf::Document, kind: &str) -> &'p mut Dictionary {
    let is = |entry: &Dictionary| {
        entry.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == kind.as_bytes()) && entry.has(b"P")
    };
    let id = find(pdf, is);
    pdf.get_dictionary_mut(id).expect("an element")
}

fn catalog(pdf: &mut lopdf::Document) -> &mut Dictionary {
    pdf.catalog_mut().expect("a catalog")
}

#[test]
fn each_condition_is_noticed_where_it_is_broken() {
    let broken: &[(&str, Breaking)] = &[
        ("11-006", |pdf| drop(catalog(pdf).remove(b"Lang"))),
        ("01-001", |pdf| drop(catalog(pdf).remove(b"MarkInfo"))),
        ("01-002", |pdf| drop(catalog(pdf).remove(b"StructTreeRoot"))),
        ("06-001", |pdf| drop(catalog(pdf).remove(b"Metadata"))),
        ("07-001", |pdf| drop(catalog(pdf).remove(b"ViewerPreferences"))),
        ("20-001", |pdf| catalog(pdf).set("OCProperties", Dictionary::new())),
        ("02-001", |pdf| element(pdf, "P").set("S", "Paragraph")),
        ("09-004", |pdf| element(pdf, "LI").set("S", "TR")),
        ("13-004", |pdf| drop(element(pdf, "Figure").remove(b"Alt"))),
        ("14-002", |pdf| element(pdf, "H1").set("S", "H2")),
        ("14-003", |pdf| element(pdf, "H3").set("S", "H6")),
        ("15-003", |pdf| drop(element(pdf, "TH").remove(b"A"))),
        ("15-005", |pdf| {
            let row = element(pdf, "TR");
            let Ok(Object::Array(cells)) = row.get_mut(b"K") else { panic!("a row has cells") };
            cells.pop();
        }),
        ("19-003", |pdf| element(pdf, "Code").set("S", "Note")),
        ("28-004", |pdf| {
            let id = find(pdf, |entry| {
                entry.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Link")
            });
            pdf.get_dictionary_mut(id).expect("a link").remove(b"Contents");
        }),
        ("28-011", |pdf| {
            let id = find(pdf, |entry| {
                entry.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Link")
            });
            pdf.get_dictionary_mut(id).expect("a link").remove(b"StructParent");
        }),
        ("28-008", |pdf| {
            let pages: Vec<ObjectId> = pdf.page_iter().collect();
            pages
                .into_iter()
                .for_each(|page| drop(pdf.get_dictionary_mut(page).expect("a page").remove(b"Tabs")));
        }),
        ("10-001", |pdf| {
            let id = find(pdf, |entry| entry.has(b"ToUnicode"));
            pdf.get_dictionary_mut(id).expect("a font").remove(b"ToUnicode");
        }),
        ("31-009", |pdf| {
            let id = find(pdf, |entry| entry.has(b"FontFile2"));
            pdf.get_dictionary_mut(id).expect("a font").remove(b"FontFile2");
        }),
        ("01-005", |pdf| {
            let page = pdf.page_iter().next().expect("a page");
            let mut content = pdf.get_page_content(page);
            content.extend(b"\n0 0 9 9 re f\n");
            pdf.change_page_content(page, content).expect("content");
        }),
        ("01-003", |pdf| {
            let page = pdf.page_iter().next().expect("a page");
            let content = pdf.get_page_content(page);
            let nested = [b"/Artifact BMC\n".as_slice(), &content, b"\nEMC\n"].concat();
            pdf.change_page_content(page, nested).expect("content");
        }),
    ];
    let bytes = pdf::write(&pdf_sample::playbook(), &Theme::default()).expect("a PDF");
    for (condition, breaking) in broken {
        let mut pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
        breaking(&mut pdf);
        let faults = pdf_ua::faults(&pdf);
        assert!(faults.iter().any(|fault| fault.starts_with(condition)), "{condition}: {faults:?}");
    }
}

#[test]
fn what_cannot_be_drawn_or_has_no_language_is_not_claimed() {
    let claims = |text: &str, language: &str| {
        let mut document = markdown::read(text).document;
        document.meta.language = language.to_owned();
        let bytes = pdf::write(&document, &Theme::default()).expect("a PDF");
        let faults = pdf_ua::faults(&lopdf::Document::load_mem(&bytes).expect("a PDF"));
        !faults.iter().any(|fault| fault.starts_with("06-002"))
    };
    assert!(claims("# Words\n", "en"));
    assert!(!claims("# Words\n", "no language"));
    assert!(!claims("# 日本\n", "ja"));
}
