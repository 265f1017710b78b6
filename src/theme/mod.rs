//! How papers look, as data: colours, typefaces, paper size, cover and logo, before any file format is chosen.
//!
//! A theme is one of three looks with a brand put on it. Reading a brand from its file is the room `brand`; this one
//! knows no syntax and no disk.

mod color;
mod fonts;
mod palette;

use std::borrow::Cow;

pub use color::{Color, SHAPE_CONTRAST, TEXT_CONTRAST, WHITE};
pub use fonts::{FontFile, Typefaces};
pub use palette::Palette;

/// Everything that a paper's look is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub look: Look,
    pub palette: Palette,
    /// Whether the colours are a brand's own; else they are the look's.
    pub branded: bool,
    pub typefaces: Typefaces,
    pub sheet: Sheet,
    pub cover: Cover,
    /// Whose papers they are: stands on the cover and names the logo for those who cannot see it.
    pub name: Option<String>,
    pub logo: Option<Logo>,
    /// A line at the foot of each page, behind the document's own.
    pub footer: Option<String>,
}

/// A designed look: how headings, tables, boxes and the cover are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// Quiet sans-serif pages, a coloured field on the cover.
    Calm,
    /// Headlines in a serif, fine rules, a white cover.
    Editorial,
    /// Large headlines, filled table heads, a cover that is all colour.
    Bold,
}

impl Look {
    pub const ALL: [Look; 3] = [Look::Calm, Look::Editorial, Look::Bold];

    /// Its word in `brand.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Look::Calm => "calm",
            Look::Editorial => "editorial",
            Look::Bold => "bold",
        }
    }

    /// The colours that it has without a brand.
    pub fn palette(self) -> Palette {
        let (accent, second, ink) = match self {
            Look::Calm => (0x0d5666, 0x5fa3b0, 0x1f2933),
            Look::Editorial => (0x8a2b2b, 0xb8894a, 0x23201d),
            Look::Bold => (0x27348b, 0xf2a900, 0x16181d),
        };
        Palette::of(Color::rgb(accent), Some(Color::rgb(second)), Color::rgb(ink))
    }

    /// The cover that it has where nothing else is asked for.
    pub fn cover(self) -> Cover {
        match self {
            Look::Calm => Cover::Field,
            Look::Editorial => Cover::Plain,
            Look::Bold => Cover::Full,
        }
    }
}

/// The size of a printed page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Sheet {
    pub const ALL: [Sheet; 2] = [Sheet::A4, Sheet::Letter];

    /// Its word in `brand.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Sheet::A4 => "a4",
            Sheet::Letter => "letter",
        }
    }

    /// Width and height in points, 72 to the inch.
    pub fn points(self) -> (f32, f32) {
        match self {
            Sheet::A4 => (595.28, 841.89),
            Sheet::Letter => (612.0, 792.0),
        }
    }
}

/// How a cover page is set, where a document has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// A coloured field in the upper half.
    Field,
    /// A white page with a large title and a rule.
    Plain,
    /// A page that is all colour.
    Full,
}

impl Cover {
    pub const ALL: [Cover; 3] = [Cover::Field, Cover::Plain, Cover::Full];

    /// Its word in `brand.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Cover::Field => "field",
            Cover::Plain => "plain",
            Cover::Full => "full",
        }
    }
}

/// A brand's picture as it came from its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The name of its file, by which its format is known.
    pub file: String,
    pub bytes: Cow<'static, [u8]>,
}

impl Theme {
    /// A look without a brand.
    pub fn of(look: Look) -> Theme {
        Theme {
            look,
            palette: look.palette(),
            branded: false,
            typefaces: Typefaces::of(look),
            sheet: Sheet::A4,
            cover: look.cover(),
            name: None,
            logo: None,
            footer: None,
        }
    }

    /// What stands at the foot of a page: a document's own line and the brand's behind it; none where neither says anything.
    pub fn foot(&self, own: Option<&str>) -> Option<String> {
        let own = own.map(str::trim).filter(|own| !own.is_empty());
        let brand = self.footer.as_deref().map(str::trim).filter(|brand| !brand.is_empty());
        match (own, brand) {
            (Some(own), Some(brand)) if own != brand => Some(format!("{own} · {brand}")),
            (own, brand) => own.or(brand).map(str::to_owned),
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Theme::of(Look::Calm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_stands_on_colours_that_can_be_read() {
        for look in Look::ALL {
            let palette = look.palette();
            let text = [palette.ink, palette.quiet, palette.accent_text, palette.link];
            let grounds = [palette.paper, palette.accent_pale, palette.code_ground];
            assert!(text.iter().all(|color| color.passes(&grounds, TEXT_CONTRAST)), "{look:?}");
            assert!(palette.accent.passes(&[WHITE], TEXT_CONTRAST), "{look:?}");
        }
    }
}
