//! Document → PDF: a finished, tagged paper, the same bytes for the same document.
//!
//! 1. `flow`, with `table`, `chart` and `front`, lays blocks out as strips, words measured by `shape` and `lines`;
//!    `layout`, `beside`, `cue`, `form` and `scale` are the blocks of a workshop's papers;
//! 2. `pages` cuts the strips into pages;
//! 3. `embed` reduces the fonts to the glyphs in use;
//! 4. `draw` turns the pages into printpdf's operations and orders the structure in `tags`;
//! 5. `finish` adds what printpdf cannot say;
//! 6. `file` writes the bytes.

mod beside;
mod chart;
mod cover;
mod cue;
mod definitions;
mod draw;
mod drawing;
mod embed;
mod file;
mod finish;
mod flow;
mod fonts;
mod form;
mod front;
mod inlines;
mod layout;
mod lines;
mod notes;
mod outline;
mod pages;
mod picture;
mod print_run;
mod scale;
mod shape;
mod strip;
mod style;
mod table;
mod tags;

pub use print_run::PrintRun;

use std::collections::BTreeMap;

use printpdf::{PdfDocument, PdfFont, PdfSaveOptions};

use crate::document::{Document, Meta, Page, cover_leads, headings, is_language_tag, paged, ranks};
use crate::render::RenderError;
use crate::render::picture::{NO_PICTURES, Pictures};
use crate::theme::Theme;

/// The document as a PDF file.
///
/// # Errors
/// [`RenderError`] where an embedded font cannot be read.
pub fn write(document: &Document, theme: &Theme) -> Result<Vec<u8>, RenderError> {
    write_with(document, theme, &NO_PICTURES)
}

/// The same, with the pictures that it names.
///
/// # Errors
/// As for [`write()`].
pub fn write_with(document: &Document, theme: &Theme, pictures: &Pictures) -> Result<Vec<u8>, RenderError> {
    let style = style::Style::of(theme, document.meta.page);
    let deck;
    let document = match document.meta.page {
        Page::Slides => {
            deck = paged(document);
            &deck
        }
        _ => document,
    };
    let meta = &document.meta;
    let headings = headings(document);
    let fonts = fonts::Fonts::load(theme)?;
    let shaper = shape::Shaper::new(&fonts, language(meta));
    let leads = cover_leads(document, &headings);
    let ranks = ranks(&headings, leads);
    let inlines = inlines::Inlines::new(&style, &headings, document.notes.len(), pictures);
    let mut builder = flow::Builder::new(&style, shaper, inlines, ranks);

    let mut pages = Vec::new();
    if meta.cover {
        pages.push(cover::cover(&mut builder, meta, theme, leads));
    }
    let contents = if meta.contents { front::contents(&mut builder, &headings, meta) } else { None };
    builder.blocks(&document.blocks, flow::Place::column(&style, tags::Tree::ROOT));
    notes::lay_out(&mut builder, &document.notes);
    let (text, mut spots) = builder.take().pages(&style, headings.len());
    if let Some(mut contents) = contents {
        let before = pages.len() + contents.flow.pages(&style, 0).0.len();
        spots.iter_mut().flatten().for_each(|spot| spot.page += before);
        contents.number(&mut builder, &spots);
        pages.extend(contents.flow.pages(&style, 0).0);
    } else {
        spots.iter_mut().flatten().for_each(|spot| spot.page += pages.len());
    }
    pages.extend(text);
    front::run_lines(&mut builder, &mut pages, meta, theme);

    let embedded = embed::embed(&fonts, &pages)?;
    let mut tree = builder.tree;
    let links = builder.inlines.links;
    let gallery = builder.inlines.gallery;
    let notes = notes::spots(&style, &builder.inlines.notes, &pages);
    let supplies = draw::Supplies {
        style: &style,
        fonts: &embedded,
        links: &links,
        spots: &spots,
        notes: &notes,
        gallery: &gallery,
    };
    let drawing = draw::draw(&pages, &supplies, &mut tree);
    tree.finish();

    let mut pdf = PdfDocument::new(&meta.title);
    pdf.pages = drawing.pages;
    pdf.resources.fonts.map = embedded
        .iter()
        .map(|(face, embedded)| (draw::resource(*face), PdfFont::new(embedded.font.clone())))
        .collect::<BTreeMap<_, _>>();
    pdf.resources.xobjects.map = gallery.resources();
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let facts = finish::Facts {
        style: &style,
        meta,
        language: language(meta),
        claims: language(meta).is_some() && !embedded.values().any(|embedded| embedded.boxes),
        headings: &headings,
        spots: &spots,
        links: &links,
        drawn: &drawing.drawn,
        figures: &drawing.figures,
        fonts: &embedded,
        tree: &tree,
    };
    finish::finish(pdf.to_lopdf_document(&options, &mut Vec::new()), &facts)
}

/// The characters of a text that no embedded face can draw, each once: boxes stand for them on the page.
///
/// # Errors
/// [`RenderError`] where an embedded font cannot be read.
pub fn undrawn(text: &str, theme: &Theme) -> Result<Vec<char>, RenderError> {
    // What every face has needs no font to be opened.
    let unusual = |c: char| c > '\u{024f}' && !c.is_whitespace();
    let mut waiting: Vec<char> = text.chars().filter(|c| unusual(*c)).collect();
    waiting.sort_unstable();
    waiting.dedup();
    if waiting.is_empty() {
        return Ok(waiting);
    }
    let fonts = fonts::Fonts::load(theme)?;
    waiting.retain(|c| !fonts.can_draw(*c));
    Ok(waiting)
}

/// The language where it has the form of one; what else stands there could mislead readers and shaping.
fn language(meta: &Meta) -> Option<&str> {
    let sound = is_language_tag(&meta.language);
    sound.then_some(meta.language.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_is_none_is_not_told() {
        let sound = |tag: &str| language(&Meta { language: tag.to_owned(), ..Meta::default() }).is_some();
        assert!(sound("en") && sound("de-CH") && sound("zh-Hant-TW"));
        for tag in ["", "e", "en-", "en)/x", "Ⱥৃ", "x-private", "english text"] {
            assert!(!sound(tag), "{tag}");
        }
    }
}
