//! Document → bytes: one small writer a format.

mod chart;
pub mod html;
pub mod mail;
pub mod pdf;
pub mod picture;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

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
            Page::Paper | Page::Dense | Page::Slides => &[Format::Markdown, Format::Html, Format::Pdf],
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
    page: &'a str,
    /// The style sheet, put into the HTML page itself.
    style: &'a str,
    theme: &'a Theme,
    /// The frame and the further style of slides.
    slides: Slides<'a>,
    /// What documents may show, and mails attach.
    pub pictures: &'a Pictures,
    /// What papers in this look share; nothing where each is made by itself.
    shared: Option<Arc<Shared<'a>>>,
}

/// What is made once for all papers of a look.
#[derive(Debug)]
struct Shared<'a> {
    press: pdf::Press<'a>,
    /// The style of pages and that of slides, as they stand in their files.
    styles: [OnceLock<String>; 2],
}

impl<'a> Look<'a> {
    /// A look for pages and papers, without one for slides.
    pub fn new(page: &'a str, style: &'a str, theme: &'a Theme, pictures: &'a Pictures) -> Look<'a> {
        Look { page, style, theme, slides: Slides::default(), pictures, shared: None }
    }

    /// The same look, with one for slides.
    pub fn with_slides(self, slides: Slides<'a>) -> Look<'a> {
        Look { slides, shared: None, ..self }
    }

    /// The same look for many papers: they and all copies of the look share what needs to be made but once. It changes
    /// no paper.
    pub fn for_many(self) -> Look<'a> {
        let shared = Shared { press: pdf::Press::new(self.theme), styles: Default::default() };
        Look { shared: Some(Arc::new(shared)), ..self }
    }

    /// The characters of a text that no face of the theme can draw, each once: boxes stand for them on paper.
    ///
    /// # Errors
    /// [`RenderError`] where a font cannot be read.
    pub fn undrawn(&self, text: &str) -> Result<Vec<char>, RenderError> {
        match &self.shared {
            Some(shared) => shared.press.undrawn(text),
            None => pdf::Press::new(self.theme).undrawn(text),
        }
    }

    /// The slides of a deck that hold more than one of its pages can show; none of another document.
    ///
    /// # Errors
    /// [`RenderError`] where a font cannot be read.
    pub fn overfull(&self, document: &Document) -> Result<Vec<pdf::Overfull>, RenderError> {
        match &self.shared {
            _ if document.meta.page != Page::Slides => Ok(Vec::new()),
            Some(shared) => shared.press.overfull(document, self.pictures),
            None => pdf::Press::new(self.theme).overfull(document, self.pictures),
        }
    }

    fn paper(&self, document: &Document) -> Result<Vec<u8>, RenderError> {
        match &self.shared {
            Some(shared) => shared.press.write(document, self.pictures),
            None => pdf::write_with(document, self.theme, self.pictures),
        }
    }

    /// The style of this kind of page, made at most once where papers share it.
    fn dressed(&self, page: Page, make: impl FnOnce() -> String) -> Cow<'_, str> {
        match &self.shared {
            Some(shared) => {
                shared.styles[usize::from(page == Page::Slides)].get_or_init(make).as_str().into()
            }
            None => make().into(),
        }
    }
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
        Format::Pdf => look.paper(document),
    }
}
