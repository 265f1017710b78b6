//! Numbers as they are written: digits read exactly, and rounded as people expect.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;

use super::{Held, Number};

/// The most digits that a written number may have; more is a slip of the keyboard, not a measurement.
pub const MAX_DIGITS: usize = 30;

impl Number {
    /// Reads an optional sign, digits with at most one point, and nothing else.
    ///
    /// None for anything else: a comma, an exponent, a missing digit, over [`MAX_DIGITS`] digits.
    pub fn parse(text: &str) -> Option<Number> {
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let dangling = digits.len() > whole.len() && fraction.is_empty();
        if whole.is_empty() || dangling || whole.len() + fraction.len() > MAX_DIGITS {
            return None;
        }
        // Thirty digits fit.
        let mut above = 0i128;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            above = above * 10 + i128::from(byte - b'0');
        }
        Some(Number::from_parts(if negative { -above } else { above }, 10i128.pow(fraction.len() as u32)))
    }

    /// Rounded half away from zero to `places` decimals, without trailing zeros.
    pub fn rounded(&self, places: u32) -> Number {
        if let Held::Small(number) = &self.0
            && let Some(parts) = number.in_decimals(places)
        {
            return Number::from_parts(parts, 10i128.pow(places));
        }
        let scale = BigRational::from_integer(BigInt::from(10).pow(places));
        Number::of_large((self.large() * &scale).round() / scale)
    }

    /// The decimal digits of the value rounded half away from zero to at most `places` decimals.
    pub fn to_decimal(&self, places: u32) -> String {
        let (small, places) = match &self.0 {
            // Zeros behind its last digit are cut off again.
            Held::Small(number) if number.ends_within(18) => {
                (number.in_decimals(places.min(18)), places.min(18))
            }
            Held::Small(number) => (number.in_decimals(places), places),
            Held::Large(_) => (None, places),
        };
        let (negative, mut text) = match small {
            Some(digits) => (digits < 0, digits.unsigned_abs().to_string()),
            None => {
                let scale = BigRational::from_integer(BigInt::from(10).pow(places));
                let digits = (self.large() * scale).round().to_integer();
                (digits.is_negative(), digits.magnitude().to_string())
            }
        };
        let places = places as usize;
        if text.len() <= places {
            text.insert_str(0, &"0".repeat(places + 1 - text.len()));
        }
        let point = text.len() - places;
        let fraction = text[point..].trim_end_matches('0').len();
        if fraction > 0 {
            text.truncate(point + fraction);
            text.insert(point, '.');
        } else {
            text.truncate(point);
        }
        if negative {
            text.insert(0, '-');
        }
        text
    }

    /// Written with so many decimals, from `places` up to six, that it stands to each of `edges` as the
    /// exact value does: 59.96 against 60 is not shown as 60.
    pub fn shown(&self, places: u32, edges: &[Number]) -> String {
        let honest = |places: u32| {
            let rounded = self.rounded(places);
            edges.iter().all(|edge| rounded.cmp(edge) == self.cmp(edge))
        };
        let places = (places..=6).find(|&places| honest(places)).unwrap_or(6);
        self.to_decimal(places)
    }

    /// The number to the last digit; none where its digits never end, or are more than [`MAX_DIGITS`].
    pub fn exact(&self) -> Option<String> {
        let ten = Number::from(10i64);
        let mut scaled = self.clone();
        let mut places = 0u32;
        while !scaled.is_integer() {
            if places as usize >= MAX_DIGITS {
                return None;
            }
            scaled = &scaled * &ten;
            places += 1;
        }
        let text = self.to_decimal(places);
        (text.bytes().filter(u8::is_ascii_digit).count() <= MAX_DIGITS).then_some(text)
    }
}

/// At most six decimals, rounded half away from zero, without trailing zeros.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal(6))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(number("0.1") + number("0.2"), number("0.3"));
        assert_eq!(number("-12.50").to_string(), "-12.5");
        assert_eq!(number("+7").to_string(), "7");
        for wrong in ["", ".", "1.", ".5", "1,5", "1e3", "--1", "1 000", "٣", "0x10"] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Number::parse(&"9".repeat(31)), None);
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        assert_eq!(Number::ratio(1, 8).to_decimal(2), "0.13");
        assert_eq!(Number::ratio(-1, 8).to_decimal(2), "-0.13");
        assert_eq!(Number::ratio(1, 3).to_string(), "0.333333");
        assert_eq!(Number::ratio(-1, 10_000_000).to_string(), "0");
        assert_eq!(Number::ratio(2, 3).to_decimal(0), "1");
    }

    #[test]
    fn what_has_an_end_is_written_to_its_end() {
        assert_eq!(number("-0.0000001250").exact().as_deref(), Some("-0.000000125"));
        assert_eq!(Number::ratio(1, 3).exact(), None);
        assert_eq!(number(&"9".repeat(30)).exact(), Some("9".repeat(30)));
        assert_eq!((number(&"9".repeat(30)) + Number::one()).exact(), None);
    }

    #[test]
    fn a_shown_number_stands_on_the_right_side_of_its_edge() {
        let edge = [number("60")];
        assert_eq!(number("59.96").shown(1, &edge), "59.96");
        assert_eq!(number("59.94").shown(1, &edge), "59.9");
        assert_eq!(number("60").shown(1, &edge), "60");
        assert_eq!(number("59.9996").shown(0, &edge), "59.9996");
    }
}
