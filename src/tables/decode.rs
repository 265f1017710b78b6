//! Bytes → text: the byte order mark decides, then UTF-8, then what is left is Windows-1252.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes at the beginning by which UTF-16 without a mark is told.
const LOOKED_AT: usize = 4096;

/// A text and what it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// None for UTF-8, with a mark or without.
    pub encoding: Option<&'static str>,
    /// Whether nothing in the file says that it is this encoding.
    pub assumed: bool,
}

/// The text of a file in UTF-8, UTF-16 or Windows-1252.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let name = (encoding != UTF_8).then_some(encoding.name());
        return Decoded { text: text.into_owned(), encoding: name, assumed: false };
    }
    if let Some(encoding) = bare_utf16(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Decoded { text: text.into_owned(), encoding: Some(encoding.name()), assumed: false };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), encoding: None, assumed: false },
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            Decoded { text: text.into_owned(), encoding: Some("Windows-1252"), assumed: true }
        }
    }
}

/// Every second byte of Latin text in UTF-16 is 0; no other text holds that many.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    if half < 4 {
        return None;
    }
    match (zeros(0) * 10 > half * 7, zeros(1) * 10 > half * 7) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn the_encoding_is_told_by_mark_or_by_content() {
        let said = |bytes: &[u8]| {
            let decoded = decode(bytes);
            (decoded.text, decoded.encoding, decoded.assumed)
        };
        let text = "id;größe\n1;3\n".to_owned();
        assert_eq!(said(text.as_bytes()), (text.clone(), None, false));
        assert_eq!(said(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), (text.clone(), None, false));
        for (big, mark, name) in [(false, [0xff, 0xfe], "UTF-16LE"), (true, [0xfe, 0xff], "UTF-16BE")] {
            let bytes = utf16(&text, big);
            assert_eq!(said(&bytes), (text.clone(), Some(name), false));
            assert_eq!(said(&[&mark[..], &bytes].concat()), (text.clone(), Some(name), false));
        }
        assert_eq!(said(b"gr\xf6\xdfe\x80"), ("größe€".to_owned(), Some("Windows-1252"), true));
        assert_eq!(said(b""), (String::new(), None, false));
    }
}
