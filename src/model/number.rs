//! Exact numbers: a third stays a third, and nothing is compared after rounding.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// A rational number of any size.
///
/// A rational rather than a decimal type, because scores are quotients of weights.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(BigRational);

/// The most digits that a written number may have; more is a slip of the keyboard, not a measurement.
pub const MAX_DIGITS: usize = 30;

impl Number {
    pub fn zero() -> Number {
        Number(BigRational::zero())
    }

    pub fn one() -> Number {
        Number(BigRational::one())
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    pub fn abs(&self) -> Number {
        Number(self.0.abs())
    }

    /// The quotient of two whole numbers; `below` is not 0.
    pub fn ratio(above: i64, below: i64) -> Number {
        Number(BigRational::new(BigInt::from(above), BigInt::from(below)))
    }

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
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let dangling = digits.contains('.') && fraction.is_empty();
        let written = !whole.is_empty() && !dangling;
        if !written
            || !all_digits(whole)
            || !all_digits(fraction)
            || whole.len() + fraction.len() > MAX_DIGITS
        {
            return None;
        }
        let above: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let below = BigInt::from(10).pow(fraction.len() as u32);
        let value = Number(BigRational::new(above, below));
        Some(if negative { -value } else { value })
    }

    /// Rounded half away from zero to `places` decimals, without trailing zeros.
    pub fn rounded(&self, places: u32) -> Number {
        let scale = BigRational::from_integer(BigInt::from(10).pow(places));
        Number((&self.0 * &scale).round() / scale)
    }

    /// The decimal digits of the value rounded half away from zero to at most `places` decimals.
    pub fn to_decimal(&self, places: u32) -> String {
        let scaled = self.rounded(places).0 * BigRational::from_integer(BigInt::from(10).pow(places));
        let digits = scaled.to_integer();
        let negative = digits.is_negative();
        let mut text = digits.magnitude().to_string();
        let places = places as usize;
        if text.len() <= places {
            text.insert_str(0, &"0".repeat(places + 1 - text.len()));
        }
        let point = text.len() - places;
        let fraction = text[point..].trim_end_matches('0').to_owned();
        text.truncate(point);
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(&fraction);
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
        let ten = BigRational::from_integer(BigInt::from(10));
        let mut scaled = self.0.clone();
        let mut places = 0u32;
        while !scaled.is_integer() {
            if places as usize >= MAX_DIGITS {
                return None;
            }
            scaled *= &ten;
            places += 1;
        }
        let text = self.to_decimal(places);
        (text.bytes().filter(u8::is_ascii_digit).count() <= MAX_DIGITS).then_some(text)
    }

    /// The nearest binary float, for drawing only.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(0.0)
    }

    /// The quotient, none for a divisor of 0.
    pub fn checked_div(&self, below: &Number) -> Option<Number> {
        if below.is_zero() { None } else { Some(Number(&self.0 / &below.0)) }
    }

    /// What it is divided by in lowest terms; none where that does not fit.
    pub fn denominator(&self) -> Option<i128> {
        self.0.denom().to_i128()
    }

    /// How many parts of `1 / below` it is; none where it is no whole number of them, or too many.
    pub fn in_parts_of(&self, below: i128) -> Option<i128> {
        let scaled = &self.0 * BigRational::from_integer(BigInt::from(below));
        if scaled.is_integer() { scaled.to_integer().to_i128() } else { None }
    }

    /// So many parts of `1 / below`, which is not 0.
    pub fn from_parts(parts: i128, below: i128) -> Number {
        Number(BigRational::new(BigInt::from(parts), BigInt::from(below)))
    }

    /// The greatest whole number that is not above it.
    pub fn floor(&self) -> Number {
        Number(self.0.floor())
    }

    /// A whole number that fits.
    pub fn to_usize(&self) -> Option<usize> {
        if self.is_integer() { self.0.to_integer().to_usize() } else { None }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number(BigRational::from_integer(BigInt::from(value)))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Number {
        Number(BigRational::from_integer(BigInt::from(value)))
    }
}

/// At most six decimals, rounded half away from zero, without trailing zeros.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal(6))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $op:tt;)*) => {$(
        impl $trait for Number {
            type Output = Number;
            fn $method(self, other: Number) -> Number { Number(self.0 $op other.0) }
        }
        impl<'a> $trait<&'a Number> for &'a Number {
            type Output = Number;
            fn $method(self, other: &Number) -> Number { Number(&self.0 $op &other.0) }
        }
    )*};
}

operators! {
    Add add +;
    Sub sub -;
    Mul mul *;
}

/// Panics on a divisor of 0, as whole numbers do; use [`Number::checked_div`] for input.
impl Div for &Number {
    type Output = Number;
    fn div(self, below: &Number) -> Number {
        Number(&self.0 / &below.0)
    }
}

impl Neg for Number {
    type Output = Number;
    fn neg(self) -> Number {
        Number(-self.0)
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Number>>(iter: I) -> Number {
        iter.fold(Number::zero(), |sum, number| sum + number)
    }
}

/// The smaller and the larger of two.
pub fn ordered(a: Number, b: Number) -> (Number, Number) {
    if a.cmp(&b) == Ordering::Greater { (b, a) } else { (a, b) }
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
