//! What the papers of a run share: fonts that were read once, words that were shaped, fonts that were reduced.
//!
//! A paper's bytes depend on nothing that a press keeps: it only spares the work of making the same thing again.

use std::sync::{Mutex, PoisonError};

use super::deck::Overfull;
use super::embed::Kept;
use super::file::Packer;
use super::fonts::Fonts;
use super::shape::Words;
use crate::document::Document;
use crate::render::RenderError;
use crate::render::picture::Pictures;
use crate::theme::Theme;

/// Makes papers of one theme, from as many threads as wish to.
pub struct Press<'a> {
    theme: &'a Theme,
    /// Read at once; what is wrong with them is told by each paper.
    fonts: Result<Fonts<'a>, RenderError>,
    reduced: Kept,
    /// Those at which nobody works just now.
    desks: Mutex<Vec<Desk>>,
}

/// What one thread needs for one paper at a time.
pub(super) struct Desk {
    pub(super) words: Words,
    pub(super) packer: Packer,
}

impl<'a> Press<'a> {
    pub fn new(theme: &'a Theme) -> Press<'a> {
        Press { theme, fonts: Fonts::load(theme), reduced: Kept::default(), desks: Mutex::default() }
    }

    /// The document as a PDF file, with the pictures that it names.
    ///
    /// # Errors
    /// [`RenderError`] where an embedded font cannot be read.
    pub fn write(&self, document: &Document, pictures: &Pictures) -> Result<Vec<u8>, RenderError> {
        let fonts = self.fonts()?;
        let desks = || self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        let known = desks().pop();
        let desk = known.unwrap_or_else(|| Desk { words: Words::default(), packer: Packer::new() });
        let (bytes, desk) = super::paper(document, self.theme, pictures, fonts, &self.reduced, desk)?;
        desks().push(desk);
        Ok(bytes)
    }

    /// The characters of a text that no embedded face can draw, each once: boxes stand for them on the page.
    ///
    /// # Errors
    /// [`RenderError`] where an embedded font cannot be read.
    pub fn undrawn(&self, text: &str) -> Result<Vec<char>, RenderError> {
        // What every face has needs no font to be opened.
        let unusual = |c: char| c > '\u{024f}' && !c.is_whitespace();
        let mut waiting: Vec<char> = text.chars().filter(|c| unusual(*c)).collect();
        waiting.sort_unstable();
        waiting.dedup();
        if !waiting.is_empty() {
            let fonts = self.fonts()?;
            waiting.retain(|c| !fonts.can_draw(*c));
        }
        Ok(waiting)
    }

    /// The slides of a deck that hold more than a page of it can show; none of another paper.
    ///
    /// # Errors
    /// As for [`Press::write`].
    pub fn overfull(&self, document: &Document, pictures: &Pictures) -> Result<Vec<Overfull>, RenderError> {
        Ok(super::overfull(document, self.theme, pictures, self.fonts()?))
    }

    fn fonts(&self) -> Result<&Fonts<'a>, RenderError> {
        self.fonts.as_ref().map_err(Clone::clone)
    }
}

impl std::fmt::Debug for Press<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").finish_non_exhaustive()
    }
}
