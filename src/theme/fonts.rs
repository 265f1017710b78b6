//! The typefaces of a paper: files of fonts, built in or a brand's own.

use std::borrow::Cow;

use super::Look;
use crate::builtin;

/// One font file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontFile {
    /// Its name inside a PDF, such as `NotoSans-Bold`.
    pub name: String,
    /// The family's name, by which a page asks a browser for it; empty where the browser's own face is meant.
    pub family: String,
    pub bytes: Cow<'static, [u8]>,
}

impl FontFile {
    /// A font of the binary by its name; without content where the program was built without it.
    pub fn built_in(name: &str) -> FontFile {
        FontFile {
            name: name.to_owned(),
            family: String::new(),
            bytes: Cow::Borrowed(builtin::font(name).unwrap_or_default()),
        }
    }
}

/// The files that text is set in. What one lacks the built-in ones lend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typefaces {
    /// Regular, bold, italic and bold italic of the running text; none where the built-in family is meant.
    pub text: Option<[FontFile; 4]>,
    /// Of the larger headings and the cover; none where they are the text's bold.
    pub headings: Option<FontFile>,
}

impl Typefaces {
    /// Those of a look without a brand.
    pub fn of(look: Look) -> Typefaces {
        let headings = (look == Look::Editorial).then(|| FontFile::built_in("NotoSerifDisplay-Bold"));
        Typefaces { text: None, headings }
    }
}
