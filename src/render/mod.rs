//! Document → bytes: one small writer a format.

mod chart;
pub mod html;
pub mod mail;
pub mod pdf;
pub mod picture;

use crate::document::{Document, Page};
use crate::theme::Theme;
use picture::Pictures;

/// A file format that a document can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Markdown,
    Html,
    Pdf,
    /// A mail ready to be sent: its text, the same as a page, and what it attaches.
    Eml,
}

impl Format {
    pub const ALL: [Format; 4] = [Format::Markdown, Format::Html, Format::Pdf, Format::Eml];

    /// In which formats a kind of paper can be written.
    pub fn of(page: Page) -> &'static [Format] {
        match page {
            Page::Paper | Page::Slides => &[Format::Markdown, Format::Html, Format::Pdf],
            Page::Mail => &[Format::Markdown, Format::Html, Format::Eml],
        }
    }

    /// The ending of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Eml => "eml",
        }
    }
}

/// How pages look: the parts that a user may replace without recompiling.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    /// The HTML frame, with `{{ … }}` places that `html` fills.
    pub page: &'a str,
    /// The style sheet, put into the HTML page itself.
    pub style: &'a str,
    pub theme: &'a Theme,
    /// The frame and the further style of slides.
    pub slides: Slides<'a>,
    /// What documents may show, and mails attach.
    pub pictures: &'a Pictures,
}

/// How slides look, on top of how pages look.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slides<'a> {
    /// The HTML frame of a deck, with `{{ … }}` places.
    pub page: &'a str,
    pub style: &'a str,
}

/// A document could not be set: fonts that cannot be read or a frame that cannot be filled bring this about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError(pub String);

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RenderError {}

/// The document as the bytes of a file.
///
/// # Errors
/// [`RenderError`] where a font cannot be read or the HTML frame cannot be filled.
pub fn render(document: &Document, format: Format, look: &Look<'_>) -> Result<Vec<u8>, RenderError> {
    match format {
        Format::Markdown => Ok(crate::markdown::write(document).into_bytes()),
        Format::Html => {
            let (frame, name) = match document.meta.page {
                Page::Slides => (look.slides.page, "slides.html"),
                _ => (look.page, "page.html"),
            };
            html::write(document, look).map(String::into_bytes).map_err(|error| {
                let line = frame[..error.at.start].matches('\n').count() + 1;
                RenderError(format!("{name}:{line}: {error}"))
            })
        }
        Format::Eml => Ok(mail::write(document, look.pictures)),
        Format::Pdf => pdf::write_with(document, look.theme, look.pictures),
    }
}
