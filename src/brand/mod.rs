//! A brand file → the theme of the papers: colours that can be read, fonts that may be embedded, a logo.
//!
//! 1. `read` takes `brand.yaml` apart and tells every fault at once;
//! 2. the caller fetches the files that [`Brand::files`] names;
//! 3. [`Brand::theme`] looks into them and puts the brand on its look.

mod files;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::diag::Diagnostics;
use crate::source::Span;
use crate::theme::{Color, Cover, Logo, Look, Palette, Sheet, Theme, Typefaces};

pub use read::read;

/// What a brand file says.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    pub name: Option<String>,
    pub look: Option<Look>,
    pub accent: Option<Color>,
    pub second: Option<Color>,
    pub ink: Option<Color>,
    /// Regular, bold, italic and bold italic.
    pub text: [Option<Wanted>; 4],
    pub headings: Option<Wanted>,
    pub logo: Option<Wanted>,
    pub footer: Option<String>,
    pub sheet: Option<Sheet>,
    pub cover: Option<Cover>,
}

/// A file that a brand names: its path below the brand's own folder, and where it says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub path: String,
    pub span: Span,
}

impl Brand {
    /// Every file that the brand needs, in the order in which it names them.
    pub fn files(&self) -> Vec<&Wanted> {
        self.text.iter().flatten().chain(&self.headings).chain(&self.logo).collect()
    }

    /// The brand on its look. `contents` are the files by their paths; what is wrong with one is told, and the look's own
    /// takes its place.
    pub fn theme(&self, contents: &BTreeMap<String, Vec<u8>>, faults: &mut Diagnostics) -> Theme {
        let look = self.look.unwrap_or(Look::Calm);
        let mut theme = Theme::of(look);
        if self.accent.is_some() || self.second.is_some() || self.ink.is_some() {
            let base = look.palette();
            // A look's second colour was chosen for its own accent.
            let second = self.second.or_else(|| self.accent.is_none().then_some(base.second));
            theme.palette =
                Palette::of(self.accent.unwrap_or(base.accent), second, self.ink.unwrap_or(base.ink));
            theme.branded = true;
        }
        let mut font = |wanted: &Option<Wanted>| {
            let wanted = wanted.as_ref()?;
            files::font(wanted, contents.get(&wanted.path)?, faults)
        };
        let text = [0, 1, 2, 3].map(|place| font(&self.text[place]));
        let headings = font(&self.headings);
        if let [Some(regular), bold, italic, bold_italic] = text {
            // Where a face was not given, the nearest one stands for it.
            let bold = bold.unwrap_or_else(|| regular.clone());
            let italic = italic.unwrap_or_else(|| regular.clone());
            let bold_italic = bold_italic.unwrap_or_else(|| bold.clone());
            theme.typefaces = Typefaces { text: Some([regular, bold, italic, bold_italic]), headings: None };
        }
        if headings.is_some() {
            theme.typefaces.headings = headings;
        }
        theme.logo = self.logo.as_ref().and_then(|wanted| {
            let bytes = contents.get(&wanted.path)?.clone();
            files::can_show(wanted, &bytes, faults)
                .then(|| Logo { file: wanted.path.clone(), bytes: bytes.into() })
        });
        theme.sheet = self.sheet.unwrap_or(theme.sheet);
        theme.cover = self.cover.unwrap_or(theme.cover);
        theme.name.clone_from(&self.name);
        theme.footer.clone_from(&self.footer);
        theme
    }
}
