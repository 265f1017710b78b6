//! One file to print: everybody's pages in order, a bookmark a person, each beginning on the front of a sheet.

use std::fs;

use crate::pdf_reader::Reader;
use crate::people::{table, token};
use crate::{good, run};

#[test]
fn everybodys_pages_stand_in_one_file_with_a_bookmark_each() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cohort.csv"), table(2, 8)).unwrap();
    good(folder.path(), &["build", "cohort.csv", "--merge-pdf", "-q"]);
    let out = folder.path().join("output");
    let bytes = fs::read(out.join("print.pdf")).unwrap();
    let print = Reader::new(&bytes);
    let (mut page, mut areas, mut text) = (0, 0, String::new());
    let bookmarks = print.outline();
    assert_eq!(bookmarks.len(), 2);
    for (number, bookmark) in (1..).zip(&bookmarks) {
        let own = Reader::new(&fs::read(out.join(format!("r{number:06}/playbook.pdf"))).unwrap());
        assert_eq!(bookmark.title, format!("{} Ltd", token(number)));
        assert_eq!(bookmark.under, own.outline());
        for at in 0..own.pages.len() {
            assert_eq!(print.all_text(page + at), own.all_text(at));
        }
        page += own.pages.len();
        if own.pages.len() % 2 == 1 {
            assert_eq!(print.all_text(page), "", "the back of the last sheet is empty");
            page += 1;
        }
        areas += own.links().1;
        text.push_str(&own.structure().text);
    }
    assert_eq!(print.pages.len(), page);
    assert_eq!(print.links().1, areas);
    // The structure is that of all papers, one after the other.
    assert_eq!(print.structure().kinds(), ["Document"; 2]);
    assert_eq!(print.structure().text, text);
    assert!(print.catalog().has(b"Lang"));
}

#[test]
fn without_pdf_there_is_nothing_to_print() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cohort.csv"), table(1, 8)).unwrap();
    let ran = run(folder.path(), &["build", "cohort.csv", "--merge-pdf", "--format", "md"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.err,
        "error: `--merge-pdf` puts PDFs together, and none are made\nhelp: add `pdf` to `--format`\n"
    );
}
