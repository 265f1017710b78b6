//! JPEG: only its head is read, as a PDF takes the file as it is.

use super::{Coding, Pixels, within_bounds};

pub(super) fn read(bytes: &[u8]) -> Result<Pixels, String> {
    let broken = || "it is a broken JPEG".to_owned();
    let mut turned = 1;
    let mut inverted = false;
    let mut at = 2;
    loop {
        // Fill bytes may stand before a marker.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (Some(0xff), Some(marker)) = (bytes.get(at), bytes.get(at + 1).copied()) else {
            return Err(broken());
        };
        at += 2;
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            continue;
        }
        let length = usize::from(word(bytes, at).ok_or_else(broken)?);
        let segment = bytes.get(at + 2..at + length.max(2)).ok_or_else(broken)?;
        at += length.max(2);
        match marker {
            // Frames; those that are left out hold tables or arithmetic codes.
            0xc0..=0xc2 => {
                let size = |at| word(segment, at).map(u32::from).ok_or_else(broken);
                let (height, width) = (size(1)?, size(3)?);
                let channels = *segment.get(5).ok_or_else(broken)?;
                if segment[0] != 8 || !matches!(channels, 1 | 3 | 4) {
                    return Err("it is a kind of JPEG that no PDF may hold".to_owned());
                }
                within_bounds(width, height)?;
                if !bytes[at..].windows(2).any(|pair| pair == [0xff, 0xda]) {
                    return Err(broken());
                }
                let inverted = inverted && channels == 4;
                let coding = Coding::Jpeg { inverted };
                return Ok(Pixels {
                    width,
                    height,
                    channels,
                    coding,
                    data: bytes.to_vec(),
                    alpha: None,
                    turned,
                });
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err("it is a kind of JPEG that no PDF may hold".to_owned());
            }
            0xe1 => turned = orientation(segment).unwrap_or(turned),
            0xee => inverted |= segment.starts_with(b"Adobe"),
            0xd9 | 0xda => return Err(broken()),
            _ => {}
        }
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// How a camera was held, from its notes.
fn orientation(segment: &[u8]) -> Option<u8> {
    const TAG: u32 = 0x0112;
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let number = |at: usize, long: usize| {
        let bytes = tiff.get(at..at + long)?;
        let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        Some(if little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    };
    let start = number(4, 4)? as usize;
    let count = number(start, 2)? as usize;
    (0..count.min(512)).find_map(|index| {
        let entry = start + 2 + index * 12;
        let found = number(entry, 2)? == TAG;
        let value = number(entry + 8, 2).filter(|value| found && (1..=8).contains(value))?;
        u8::try_from(value).ok()
    })
}
