//! Bytes of a PNG, JPEG or SVG file → a picture that each format can show.
//!
//! Nothing is read but the bytes themselves: what an SVG leads to stays outside. Size, pixels and elements are
//! bounded before anything is unpacked.

mod jpeg;
mod pixels;
mod png;
mod supply;
mod svg;
mod told;

pub use pixels::{Coding, Pixels};
pub use supply::{NO_PICTURES, Pictures, plain};
pub use told::{Unshown, named, unshown};

/// The name under which the brand's logo is among the pictures: no file of a folder has it.
pub const LOGO: &str = "logo:";

/// The largest file of a picture.
pub const LARGEST_FILE: usize = 8 << 20;
/// The most pixels of a picture.
pub const MOST_PIXELS: u64 = 24_000_000;

/// A picture that was read and is sound.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its natural size in the pixels of a page, 96 to the inch.
    pub width: f32,
    pub height: f32,
    /// As it is named in a `data:` address.
    pub kind: &'static str,
    /// The file itself.
    pub bytes: Vec<u8>,
    pub content: Content,
    /// What is in it and cannot be drawn on paper, in a few words each.
    pub undrawn: Vec<&'static str>,
}

#[derive(Clone, Debug)]
pub enum Content {
    Pixels(Pixels),
    Drawing(Box<usvg::Tree>),
}

impl Picture {
    /// The picture in a file's bytes.
    ///
    /// # Errors
    /// Why it is none, in a few words.
    pub fn read(bytes: Vec<u8>) -> Result<Picture, String> {
        if bytes.len() > LARGEST_FILE {
            return Err(format!("it is larger than {} MB", LARGEST_FILE >> 20));
        }
        let picture = if bytes.starts_with(b"\x89PNG") {
            of_pixels("image/png", png::read(&bytes)?)
        } else if bytes.starts_with(&[0xff, 0xd8]) {
            of_pixels("image/jpeg", jpeg::read(&bytes)?)
        } else if let Some(text) = svg::text(&bytes) {
            let (tree, undrawn) = svg::read(text)?;
            let (width, height) = (tree.size().width(), tree.size().height());
            let content = Content::Drawing(Box::new(tree));
            Picture { width, height, kind: "image/svg+xml", bytes: Vec::new(), content, undrawn }
        } else {
            return Err("it is no PNG, JPEG or SVG".to_owned());
        };
        Ok(Picture { bytes, ..picture })
    }
}

fn of_pixels(kind: &'static str, pixels: Pixels) -> Picture {
    let (width, height) = pixels.shown();
    let content = Content::Pixels(pixels);
    Picture { width, height, kind, bytes: Vec::new(), content, undrawn: Vec::new() }
}

fn within_bounds(width: u32, height: u32) -> Result<(), String> {
    if width == 0 || height == 0 {
        return Err("it has no size".to_owned());
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!(
            "it has {width} by {height} pixels, more than {} million",
            MOST_PIXELS / 1_000_000
        ));
    }
    Ok(())
}
