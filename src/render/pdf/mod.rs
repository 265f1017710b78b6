//! Document → PDF: a finished, tagged paper, the same bytes for the same document.
//!
//! 1. `flow`, with `table`, `chart` and `front`, lays blocks out as strips, words measured by `shape` and `lines`;
//!    `layout`, `beside`, `cue`, `form` and `scale` are the blocks of a workshop's papers, `deck` sets slides;
//! 2. `pages` cuts the strips into pages;
//! 3. `embed` and `program` reduce the fonts to the glyphs in use;
//! 4. `draw` turns the pages into bytes, by `content`, and orders the structure in `tags`;
//! 5. `finish` adds what printpdf's document cannot say: `links`, `structure` and `outline`;
//! 6. `file` writes the bytes, each object as `syntax` has it.
//!
//! A `press` keeps what papers of one run have in common.

mod beside;
mod chart;
mod content;
mod cover;
mod cue;
mod deck;
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
mod links;
mod notes;
mod outline;
mod pages;
mod picture;
mod press;
mod print_run;
mod program;
mod scale;
mod shape;
mod strip;
mod structure;
mod style;
mod syntax;
mod table;
mod tags;

pub use deck::Overfull;
pub use press::Press;
pub use print_run::PrintRun;

use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

use crate::document::{
    Document, Meta, Page, Slide, cover_leads, headings, is_language_tag, paged, ranks, slides,
};
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

/// The same, with the pictures that it names. Where there are many papers, a [`Press`] makes them in less time.
///
/// # Errors
/// As for [`write()`].
pub fn write_with(document: &Document, theme: &Theme, pictures: &Pictures) -> Result<Vec<u8>, RenderError> {
    Press::new(theme).write(document, pictures)
}

/// One paper, made at a desk that is given back with it.
fn paper(
    document: &Document,
    theme: &Theme,
    pictures: &Pictures,
    fonts: &fonts::Fonts<'_>,
    reduced: &embed::Kept,
    desk: press::Desk,
) -> Result<(Vec<u8>, press::Desk), RenderError> {
    let press::Desk { words, mut packer } = desk;
    let style = style::Style::of(theme, document.meta.page);
    let (deck, shown);
    let (document, shown) = match document.meta.page {
        Page::Slides => {
            (deck, shown) = (paged(document), deck::seen(slides(document)));
            (&deck, Some(shown.as_slice()))
        }
        _ => (document, None),
    };
    let styles = deck::styles(&style, shown.unwrap_or_default());
    let meta = &document.meta;
    let headings = headings(document);
    let shaper = shape::Shaper::knowing(words, fonts, language(meta));
    let leads = cover_leads(document, &headings);
    let ranks = ranks(&headings, leads);
    let inlines = inlines::Inlines::new(&style, &headings, document.notes.len(), pictures);
    let mut builder = flow::Builder::new(&style, shaper, inlines, ranks);

    let mut pages = Vec::new();
    if meta.cover {
        pages.push(cover::cover(&mut builder, meta, theme, leads));
    }
    let contents = if meta.contents { front::contents(&mut builder, &headings, meta) } else { None };
    match shown {
        Some(slides) => deck::lay_out(&mut builder, slides, &styles),
        None => builder.blocks(&document.blocks, flow::Place::column(&style, tags::Tree::ROOT)),
    }
    notes::lay_out(&mut builder, &document.notes);
    let (mut text, mut spots) = builder.take().pages(&style, headings.len());
    if let Some(slides) = shown {
        deck::centre(&mut text, &mut spots, slides, &style);
    }
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

    let fonts = embed::Set::of(&pages, fonts, reduced, &mut packer)?;
    let flow::Builder { shaper, mut tree, inlines, .. } = builder;
    let inlines::Inlines { links, gallery, notes, .. } = inlines;
    let notes = notes::spots(&style, &notes, &pages);
    let supplies = draw::Supplies { style: &style, fonts: &fonts, links: &links, gallery: &gallery };
    let drawing = draw::draw(&pages, &supplies, &mut tree);
    tree.finish();

    let facts = finish::Facts {
        style: &style,
        meta,
        language: language(meta),
        claims: language(meta).is_some() && !fonts.has_boxes(),
        headings: &headings,
        spots: &spots,
        notes: &notes,
        links: &links,
        pages: &drawing.pages,
        areas: &drawing.areas,
        figures: &drawing.figures,
        fonts: &fonts,
        tree: &tree,
    };
    let (bytes, packer) = finish::finish(frame(&style, &gallery, &facts), packer, &facts)?;
    Ok((bytes, press::Desk { words: shaper.into_words(), packer }))
}

/// printpdf's document with all pages, still empty, and the pictures that they show.
fn frame(style: &style::Style, gallery: &picture::Gallery<'_>, facts: &finish::Facts<'_>) -> lopdf::Document {
    let (width, height) = style.sheet();
    let sheet = Rect::from_wh(Pt(width), Pt(height));
    let mut pdf = PdfDocument::new(&facts.meta.title);
    let mut page = PdfPage::new(Mm(210.0), Mm(297.0), Vec::new());
    for edges in [&mut page.media_box, &mut page.trim_box, &mut page.crop_box] {
        *edges = sheet.clone();
    }
    pdf.pages = vec![page; facts.pages.len()];
    pdf.resources.xobjects.map = gallery.resources();
    let options =
        PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    pdf.to_lopdf_document(&options, &mut Vec::new())
}

/// The slides of a deck that hold more than a page of it can show; none of another paper.
fn overfull(
    document: &Document,
    theme: &Theme,
    pictures: &Pictures,
    fonts: &fonts::Fonts<'_>,
) -> Vec<Overfull> {
    if document.meta.page != Page::Slides {
        return Vec::new();
    }
    let style = style::Style::of(theme, document.meta.page);
    let shown: Vec<Slide> = deck::seen(slides(document));
    let styles = deck::styles(&style, &shown);
    let headings = headings(&paged(document));
    let shaper = shape::Shaper::new(fonts, language(&document.meta));
    let ranks = ranks(&headings, cover_leads(document, &headings));
    let inlines = inlines::Inlines::new(&style, &headings, document.notes.len(), pictures);
    let mut builder = flow::Builder::new(&style, shaper, inlines, ranks);
    deck::lay_out(&mut builder, &shown, &styles);
    let (pages, _) = builder.take().pages(&style, headings.len());
    deck::overfull(&pages, &shown, &style, usize::from(document.meta.cover))
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
