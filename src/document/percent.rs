//! Addresses with signs such as `%20`.

/// The bytes that an address means: `%20` and its like are one byte each, and what is none stays as it is.
pub fn percent_decoded(address: &str) -> Vec<u8> {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = address.get(at + 1..at + 3).filter(|_| *byte == b'%');
        // A sign before the digit is no part of it.
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(meant) => {
                out.push(meant);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::percent_decoded;

    #[test]
    fn what_is_no_sign_stays_as_it_is() {
        for (address, meant) in
            [("a%20b%C3%a4", "a bä"), ("50%", "50%"), ("100%+5%2", "100%+5%2"), ("%ä%", "%ä%"), ("", "")]
        {
            assert_eq!(String::from_utf8(percent_decoded(address)).as_deref(), Ok(meant));
        }
    }
}
