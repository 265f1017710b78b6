//! How PDF writes numbers, names, strings and objects: each is added to bytes that grow.

use lopdf::{Object, StringFormat};

/// Lengths are written in hundredths of a point: finer than any printer, and short numbers make a small file.
pub const LENGTH: u32 = 2;

/// A number of this many decimal places as a whole one: 1.5 of two places is 150.
pub fn scaled(value: f32, places: u32) -> i64 {
    (f64::from(value) * f64::from(10_u32.pow(places))).round() as i64
}

/// A length in hundredths of a point.
pub fn hundredths(value: f32) -> i64 {
    scaled(value, LENGTH)
}

pub fn integer(out: &mut Vec<u8>, number: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    while rest > 0 || at == digits.len() {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// A number that was [`scaled`] by this many places, without zeros at its end.
pub fn decimal(out: &mut Vec<u8>, number: i64, places: u32) {
    let one = 10_u64.pow(places);
    let size = number.unsigned_abs();
    if number < 0 {
        out.push(b'-');
    }
    let (whole, mut rest) = (size / one, size % one);
    if whole > 0 || rest == 0 {
        integer(out, whole as i64);
    }
    if rest > 0 {
        out.push(b'.');
    }
    let mut place = one / 10;
    while rest > 0 {
        out.push(b'0' + (rest / place) as u8);
        rest %= place;
        place /= 10;
    }
}

/// A length that is given in hundredths.
pub fn length(out: &mut Vec<u8>, hundredths: i64) {
    decimal(out, hundredths, LENGTH);
}

pub fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            out.extend_from_slice(&hex(*byte));
        }
    }
}

/// The bytes of a string between its brackets.
pub fn literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    bytes.iter().for_each(|byte| literal_byte(out, *byte));
    out.push(b')');
}

/// One byte between the brackets of a string. A carriage return alone would be read as a line feed.
pub fn literal_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
        b'\r' => out.extend_from_slice(b"\\r"),
        _ => out.push(byte),
    }
}

pub fn hexadecimal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'<');
    bytes.iter().for_each(|byte| out.extend_from_slice(&hex(*byte)));
    out.push(b'>');
}

/// A string for people: as it stands where it is ASCII, else in UTF-16.
pub fn text(out: &mut Vec<u8>, text: &str) {
    if is_plain(text.as_bytes()) {
        return literal(out, text.as_bytes());
    }
    hexadecimal(out, &utf16(text));
}

/// The bytes of a string for people that is not ASCII.
pub fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// What a list holds, with spaces between.
pub fn list<T>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T),
) {
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(b' ');
        }
        write(out, item);
    }
}

/// Whether each byte is a letter, digit, sign or space of ASCII.
pub fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The object of this number, of the generation that all of ours have.
pub fn reference(out: &mut Vec<u8>, number: u32) {
    integer(out, i64::from(number));
    out.extend_from_slice(b" 0 R");
}

pub fn hex(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

/// An object as the file holds it.
pub fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(truth) => out.extend_from_slice(if *truth { b"true" } else { b"false" }),
        Object::Integer(number) => integer(out, *number),
        Object::Real(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Object::Name(bytes) => name(out, bytes),
        Object::String(bytes, StringFormat::Literal) if is_plain(bytes) => literal(out, bytes),
        Object::String(bytes, _) => hexadecimal(out, bytes),
        Object::Array(list) => {
            out.push(b'[');
            self::list(out, list, self::object);
            out.push(b']');
        }
        Object::Dictionary(entries) => {
            out.extend_from_slice(b"<<");
            for (key, value) in entries {
                name(out, key);
                out.push(b' ');
                self::object(out, value);
            }
            out.extend_from_slice(b">>");
        }
        Object::Reference((number, generation)) => {
            integer(out, i64::from(*number));
            out.push(b' ');
            integer(out, i64::from(*generation));
            out.extend_from_slice(b" R");
        }
        // A stream stands by itself and is never part of another object.
        Object::Stream(_) => out.extend_from_slice(b"null"),
    }
}

#[cfg(test)]
mod tests {
    use lopdf::Dictionary;

    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        assert_eq!(written(|out| integer(out, 0)), "0");
        assert_eq!(written(|out| integer(out, i64::MIN)), "-9223372036854775808");
        for (value, said) in [
            (0.0, "0"),
            (-0.001, "0"),
            (12.5, "12.5"),
            (0.05, ".05"),
            (-1.999, "-2"),
            (-0.25, "-.25"),
            (100.0, "100"),
        ] {
            assert_eq!(written(|out| length(out, hundredths(value))), said);
        }
        assert_eq!(written(|out| decimal(out, scaled(0.000_123, 5), 5)), ".00012");
    }

    #[test]
    fn strings_keep_every_byte() {
        assert_eq!(written(|out| literal(out, b"a (b) \\ c\r")), "(a \\(b\\) \\\\ c\\r)");
        assert_eq!(written(|out| text(out, "é")), "<FEFF00E9>");
        assert_eq!(written(|out| name(out, b"a b#")), "/a#20b#23");
        assert_eq!(written(|out| reference(out, 12)), "12 0 R");
    }

    #[test]
    fn objects_are_written_as_pdf_has_them() {
        let written = |object: Object| written(|out| super::object(out, &object));
        assert_eq!(written(Object::string_literal("a (b) \\ c")), "(a \\(b\\) \\\\ c)");
        assert_eq!(written(Object::string_literal("é")), "<C3A9>");
        let list = vec![Object::Null, true.into(), Object::Reference((12, 0)), Object::Real(1.5)];
        assert_eq!(written(list.into()), "[null true 12 0 R 1.5]");
        assert_eq!(written(Dictionary::from_iter([("A", Object::Integer(1))]).into()), "<</A 1>>");
    }
}
