//! Footnotes: numbers in the text that lead to the notes at its end, and from there back.

use super::blocks;
use super::escape::attribute;
use super::setting::Setting;
use crate::document::Document;

/// The number in the text.
pub(super) fn push_reference(note: usize, set: &Setting<'_>, out: &mut String) {
    let Some(reference) = set.refer(note) else { return };
    let number = note + 1;
    out.push_str(&format!(
        "<sup class=\"note-number\"><a id=\"{}\" href=\"#{}\" role=\"doc-noteref\" aria-label=\"Note {number}\">{number}</a></sup>",
        attribute(&set.reference_anchor(note, reference)),
        attribute(&set.note_anchor(note)),
    ));
}

/// The notes below the text; empty where there are none.
pub(super) fn write(document: &Document, set: &Setting<'_>) -> String {
    if document.notes.is_empty() {
        return String::new();
    }
    // Notes may refer to notes, so the text of all comes before the ways back.
    let texts: Vec<String> = document.notes.iter().map(|note| blocks::write(note, set)).collect();
    let mut out =
        String::from("\n<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n");
    for (note, text) in texts.into_iter().enumerate() {
        let back = back_links(note, set);
        // The way back stands at the end of the last words.
        let text = match text.strip_suffix("</p>") {
            Some(words) => format!("{words} {back}</p>"),
            None => format!("{text}\n<p>{back}</p>"),
        };
        out.push_str(&format!("<li id=\"{}\">{text}</li>\n", attribute(&set.note_anchor(note))));
    }
    out.push_str("</ol>\n</section>");
    out
}

fn back_links(note: usize, set: &Setting<'_>) -> String {
    let number = note + 1;
    let link = |reference: usize| {
        let (sign, place) = match reference {
            1 => (String::new(), String::new()),
            _ => (format!("<sup>{reference}</sup>"), format!(", place {reference}")),
        };
        format!(
            "<a class=\"back\" href=\"#{}\" role=\"doc-backlink\" aria-label=\"Back to note {number} in the text{place}\">\u{21a9}\u{fe0e}{sign}</a>",
            attribute(&set.reference_anchor(note, reference)),
        )
    };
    (1..=set.references(note)).map(link).collect::<Vec<_>>().join(" ")
}
