//! A picture of pixels, as a PDF takes it.

/// Pixels, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Values a pixel: 1 is grey, 3 red, green and blue, 4 the four inks.
    pub channels: u8,
    pub coding: Coding,
    pub data: Vec<u8>,
    /// How opaque each pixel is, deflated.
    pub alpha: Option<Vec<u8>>,
    /// How it is turned before it is shown, 1 to 8 as cameras write it.
    pub turned: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    Deflated,
    /// A whole JPEG file; its values are upside down where `inverted`.
    Jpeg {
        inverted: bool,
    },
}

impl Pixels {
    /// Width and height as it is shown.
    pub fn shown(&self) -> (f32, f32) {
        let (width, height) = (self.width as f32, self.height as f32);
        if self.turned >= 5 { (height, width) } else { (width, height) }
    }
}
