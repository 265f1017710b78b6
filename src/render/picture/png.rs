//! PNG: unpacked once and packed as a PDF wants it, what shines through apart.

use std::io::{Cursor, Write};

use flate2::{Compression, write::ZlibEncoder};
use png::{ColorType, Decoder, Limits, Transformations};

use super::{Coding, Pixels, within_bounds};

/// More than all bytes of the largest picture.
const MEMORY: usize = 128 << 20;

pub(super) fn read(bytes: &[u8]) -> Result<Pixels, String> {
    let broken = |error: png::DecodingError| format!("it is a broken PNG: {error}");
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MEMORY });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = (reader.info().width, reader.info().height);
    within_bounds(width, height)?;
    let size = reader.output_buffer_size().filter(|size| *size <= MEMORY);
    let mut raw = vec![0; size.ok_or("it is too large")?];
    let frame = reader.next_frame(&mut raw).map_err(broken)?;
    raw.truncate(frame.buffer_size());
    let (color, alpha) = match frame.color_type {
        ColorType::Grayscale | ColorType::Indexed => (1, false),
        ColorType::GrayscaleAlpha => (1, true),
        ColorType::Rgb => (3, false),
        ColorType::Rgba => (3, true),
    };
    let step = color + usize::from(alpha);
    let (colors, opacities) = if alpha { parted(&raw, step) } else { (raw, Vec::new()) };
    let opaque = opacities.iter().all(|opacity| *opacity == u8::MAX);
    Ok(Pixels {
        width,
        height,
        channels: color as u8,
        coding: Coding::Deflated,
        data: deflated(&colors)?,
        alpha: if opaque { None } else { Some(deflated(&opacities)?) },
        turned: 1,
    })
}

/// The colours, and behind them how opaque each pixel is.
fn parted(raw: &[u8], step: usize) -> (Vec<u8>, Vec<u8>) {
    let mut colors = Vec::with_capacity(raw.len());
    let mut opacities = Vec::with_capacity(raw.len() / step);
    for pixel in raw.chunks_exact(step) {
        colors.extend_from_slice(&pixel[..step - 1]);
        opacities.push(pixel[step - 1]);
    }
    (colors, opacities)
}

fn deflated(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|error| error.to_string())
}
