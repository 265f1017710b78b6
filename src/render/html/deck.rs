//! A document as a deck of slides: one file that shows them one by one, and all of them where scripts do not run.

use std::collections::BTreeSet;

use super::setting::Setting as Set;
use super::{Look, PageError, attribute, blocks, direction, dress, facts, notes, page, regions, style, text};
use crate::document::{Block, Document, Page, Setting, Slide, headings, slides};

/// The anchor of the cover's title: with a colon, which no heading's own anchor has.
const TITLE: &str = "slide:title";

/// The deck in its frame.
///
/// # Errors
/// [`PageError`] where the frame names a place that is not known, or has none for the body.
pub fn write(document: &Document, look: &Look<'_>) -> Result<String, PageError> {
    let set = Set::new(document, look.pictures);
    let meta = &document.meta;
    let mut body = String::new();
    let mut count = 0;
    let taken: BTreeSet<String> = headings(document).into_iter().map(|heading| heading.id).collect();
    // A heading that is called as a slide would be keeps its own anchor; the deck finds slides by their number.
    let id = |number: usize| match format!("slide-{number}") {
        id if taken.contains(&id) => String::new(),
        id => format!(" id=\"{id}\""),
    };
    let mut made = slides(document);
    if meta.cover {
        count += 1;
        // What is said before the first heading is said to the cover.
        let said = made.first().filter(|slide| slide.face.is_empty()).map(|slide| slide.notes.clone());
        if said.is_some() {
            made.remove(0);
        }
        body.push_str(&cover(document, look, &set, &id(count), &said.unwrap_or_default()));
    }
    for slide in &made {
        count += 1;
        body.push_str(&section(slide, count, &id(count), &set));
    }
    let footnotes = notes::write(document, &set);
    if !footnotes.is_empty() {
        count += 1;
        body.push_str(&format!(
            "<section class=\"slide full\"{} aria-label=\"Notes to the slides\">\n<div class=\"face\">\n{footnotes}</div>\n</section>\n",
            id(count)
        ));
    }
    let footer = look.theme.foot(meta.footer.as_deref());
    page::fill(look.slides.page, |place| {
        Some(match place {
            "title" => text(&meta.title),
            "language" => attribute(&meta.language),
            "direction" => direction(&meta.language).into(),
            "style" => look.dressed(Page::Slides, || {
                let (page, slides) = (look.style.trim_end(), look.slides.style.trim_end());
                style(&format!("{page}\n{slides}{}", dress::style(look.theme)))
            }),
            "body" => regions::numbered(&body).into(),
            "footer" => footer.as_deref().map(text).unwrap_or_default(),
            "cover" | "contents" => "".into(),
            _ => return None,
        })
    })
}

/// The first slide: the title, and the properties that a reader cares for.
fn cover(document: &Document, look: &Look<'_>, set: &Set<'_>, id: &str, said: &[Block]) -> String {
    let meta = &document.meta;
    let mut inside = facts::brand(set.pictures, look.theme);
    inside.push_str(&format!("<h1 id=\"{TITLE}\">{}</h1>\n", text(&meta.title)));
    inside.push_str(&facts::properties(meta));
    format!(
        "<section class=\"slide title\"{id} aria-labelledby=\"{TITLE}\">\n<div class=\"face\">\n{inside}</div>\n{}</section>\n",
        notes_to(said, 1, set)
    )
}

/// The longest value, in characters, that has room behind a bar without its note.
const SHORT_VALUE: usize = 5;

/// By which the style sheet knows how a slide is set.
fn class(slide: &Slide) -> &'static str {
    let worded = |block: &Block| match block {
        Block::Chart(chart) => {
            chart.has_notes() || chart.rows.iter().any(|row| row.value().text().chars().count() > SHORT_VALUE)
        }
        _ => false,
    };
    match slide.setting() {
        Setting::Full => "full",
        Setting::Few => "few",
        Setting::Statement => "statement",
        Setting::Divider => "divider",
        Setting::Chart if slide.face.iter().any(worded) => "chart-alone worded",
        Setting::Chart => "chart-alone",
    }
}

fn section(slide: &Slide, number: usize, id: &str, set: &Set<'_>) -> String {
    let label = match slide.anchor() {
        Some(id) => format!("aria-labelledby=\"{}\"", attribute(id)),
        None => format!("aria-label=\"Slide {number}\""),
    };
    let face = blocks::write(&slide.face, set);
    let class = class(slide);
    let mut out =
        format!("<section class=\"slide {class}\"{id} {label}>\n<div class=\"face\">\n{face}\n</div>\n");
    out.push_str(&notes_to(&slide.notes, number, set));
    out.push_str("</section>\n");
    out
}

fn notes_to(notes: &[Block], number: usize, set: &Set<'_>) -> String {
    if notes.is_empty() {
        return String::new();
    }
    let notes = blocks::write(notes, set);
    format!("<div class=\"notes\" role=\"group\" aria-label=\"Notes to slide {number}\">\n{notes}\n</div>\n")
}
