//! Where the bytes of a text stand that mean something, among words that are gone over eight bytes at a time.

/// A set of bytes; control characters of ASCII always belong to it.
pub(crate) struct Signs([bool; 256]);

impl Signs {
    pub(crate) const fn of(signs: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < table.len() {
            table[byte] = (byte as u8).is_ascii_control();
            byte += 1;
        }
        let mut at = 0;
        while at < signs.len() {
            table[signs[at] as usize] = true;
            at += 1;
        }
        Signs(table)
    }

    /// The same with the first byte of every character beyond ASCII.
    pub(crate) const fn and_beyond_ascii(mut self) -> Self {
        let mut byte = 0xC0;
        while byte < self.0.len() {
            self.0[byte] = true;
            byte += 1;
        }
        self
    }

    fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// The places of such bytes in a text, in order.
    pub(crate) fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let bytes = text.as_bytes();
        let mut from = 0;
        std::iter::from_fn(move || {
            // One question for eight bytes: most of a text is words.
            while let Some(run) = bytes[from..].first_chunk::<8>() {
                if run.iter().fold(false, |any, byte| any | self.has(*byte)) {
                    break;
                }
                from += run.len();
            }
            let at = from + bytes[from..].iter().position(|byte| self.has(*byte))?;
            from = at + 1;
            Some(at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Signs;

    #[test]
    fn every_place_is_found() {
        let signs = Signs::of(b"*.").and_beyond_ascii();
        for text in
            ["", "*", "abcdefgh", "abcdefgh*", "abcdefg*.ijklmnopqrstuvwxyé*", "\na b c d e f g h\u{7f}"]
        {
            let is = |byte: u8| b"*.".contains(&byte) || byte < 32 || byte == 127 || byte >= 0xC0;
            let wanted: Vec<usize> = (0..text.len()).filter(|at| is(text.as_bytes()[*at])).collect();
            assert_eq!(signs.places(text).collect::<Vec<_>>(), wanted, "{text:?}");
        }
    }
}
