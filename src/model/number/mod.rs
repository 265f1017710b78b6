//! Exact numbers: a third stays a third, and nothing is compared after rounding.

mod fraction;
mod written;

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

use fraction::Fraction;
pub use written::MAX_DIGITS;

/// A rational number of any size.
///
/// A rational rather than a decimal type, because scores are quotients of weights.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Held);

/// What fits a fraction of machine words is never held as a large one, so that equal numbers are held equally.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Held {
    Small(Fraction),
    Large(Box<BigRational>),
}

impl Number {
    pub fn zero() -> Number {
        Number(Held::Small(Fraction::ZERO))
    }

    pub fn one() -> Number {
        Number(Held::Small(Fraction::ONE))
    }

    pub fn is_zero(&self) -> bool {
        self.0 == Held::Small(Fraction::ZERO)
    }

    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Held::Small(number) => number.above() < 0,
            Held::Large(number) => number.is_negative(),
        }
    }

    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Held::Small(number) => number.below() == 1,
            Held::Large(number) => number.is_integer(),
        }
    }

    pub fn abs(&self) -> Number {
        if self.is_negative() { -self.clone() } else { self.clone() }
    }

    /// The quotient of two whole numbers; `below` is not 0.
    pub fn ratio(above: i64, below: i64) -> Number {
        Number::from_parts(i128::from(above), i128::from(below))
    }

    /// The nearest binary float, for drawing only.
    pub fn to_f64(&self) -> f64 {
        self.large().to_f64().unwrap_or(0.0)
    }

    /// The quotient, none for a divisor of 0.
    pub fn checked_div(&self, below: &Number) -> Option<Number> {
        if below.is_zero() { None } else { Some(self / below) }
    }

    /// What it is divided by in lowest terms; none where that does not fit.
    pub fn denominator(&self) -> Option<i128> {
        match &self.0 {
            Held::Small(number) => Some(i128::from(number.below())),
            Held::Large(number) => number.denom().to_i128(),
        }
    }

    /// How many parts of `1 / below` it is; none where it is no whole number of them, or too many.
    pub fn in_parts_of(&self, below: i128) -> Option<i128> {
        if let Held::Small(number) = &self.0 {
            let own = i128::from(number.below());
            if below % own != 0 {
                return None;
            }
            if let Some(parts) = i128::from(number.above()).checked_mul(below / own) {
                return Some(parts);
            }
        }
        let scaled = self.large() * BigRational::from_integer(BigInt::from(below));
        if scaled.is_integer() { scaled.to_integer().to_i128() } else { None }
    }

    /// So many parts of `1 / below`, which is not 0.
    pub fn from_parts(parts: i128, below: i128) -> Number {
        if parts != i128::MIN
            && below != i128::MIN
            && let Some(number) = Fraction::new(parts, below)
        {
            return Number(Held::Small(number));
        }
        Number::of_large(BigRational::new(BigInt::from(parts), BigInt::from(below)))
    }

    /// The greatest whole number that is not above it.
    pub fn floor(&self) -> Number {
        match &self.0 {
            Held::Small(number) => Number::from(number.floor()),
            Held::Large(number) => Number::of_large(number.floor()),
        }
    }

    /// A whole number that fits.
    pub fn to_usize(&self) -> Option<usize> {
        match &self.0 {
            Held::Small(number) if number.below() == 1 => usize::try_from(number.above()).ok(),
            Held::Small(_) => None,
            Held::Large(number) if number.is_integer() => number.to_integer().to_usize(),
            Held::Large(_) => None,
        }
    }

    fn large(&self) -> BigRational {
        match &self.0 {
            // A fraction is in lowest terms already.
            Held::Small(number) => {
                BigRational::new_raw(BigInt::from(number.above()), BigInt::from(number.below()))
            }
            Held::Large(number) => number.as_ref().clone(),
        }
    }

    fn of_large(number: BigRational) -> Number {
        let parts = number.numer().to_i64().zip(number.denom().to_i64());
        let small = parts.and_then(|(above, below)| Fraction::new(i128::from(above), i128::from(below)));
        Number(small.map_or_else(|| Held::Large(Box::new(number)), Held::Small))
    }
}

impl Default for Number {
    fn default() -> Number {
        Number::zero()
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number::from_parts(i128::from(value), 1)
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Number {
        Number::from_parts(value as i128, 1)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.large())
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (&self.0, &other.0) {
            (Held::Small(number), Held::Small(other)) => number.compare(*other),
            _ => self.large().cmp(&other.large()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $op:tt $small:expr;)*) => {$(
        impl<'a> $trait<&'a Number> for &'a Number {
            type Output = Number;
            fn $method(self, other: &Number) -> Number {
                if let (Held::Small(number), Held::Small(other)) = (&self.0, &other.0)
                    && let Some(number) = $small(*number, *other)
                {
                    return Number(Held::Small(number));
                }
                Number::of_large(self.large() $op other.large())
            }
        }
        impl $trait for Number {
            type Output = Number;
            fn $method(self, other: Number) -> Number { &self $op &other }
        }
    )*};
}

operators! {
    Add add + Fraction::add;
    Sub sub - |number: Fraction, other: Fraction| number.add(other.negative());
    Mul mul * Fraction::multiply;
}

/// Panics on a divisor of 0, as whole numbers do; use [`Number::checked_div`] for input.
impl Div for &Number {
    type Output = Number;
    fn div(self, below: &Number) -> Number {
        if let (Held::Small(number), Held::Small(by)) = (&self.0, &below.0)
            && *by != Fraction::ZERO
            && let Some(number) = number.divide(*by)
        {
            return Number(Held::Small(number));
        }
        Number::of_large(self.large() / below.large())
    }
}

impl Neg for Number {
    type Output = Number;
    fn neg(self) -> Number {
        match self.0 {
            Held::Small(number) => Number(Held::Small(number.negative())),
            Held::Large(number) => Number::of_large(-*number),
        }
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
    use num_traits::Zero;
    use proptest::prelude::*;

    /// Whole numbers of every size, and those about which a machine word ends.
    fn whole() -> impl Strategy<Value = BigInt> {
        let ends = [i64::MAX, i64::MIN, 0, 1, -1, 10].map(i128::from);
        let near = (proptest::sample::select(ends.to_vec()), -2..3i128).prop_map(|(end, by)| end + by);
        let any = prop_oneof![near, any::<i128>(), any::<i64>().prop_map(i128::from), -1000..1000i128];
        any.prop_map(BigInt::from)
    }

    fn rational() -> impl Strategy<Value = BigRational> {
        let below = whole().prop_filter("a divisor", |below| !below.is_zero());
        (whole(), below).prop_map(|(above, below)| BigRational::new(above, below))
    }

    proptest! {
        #[test]
        fn small_and_large_reckon_alike(a in rational(), b in rational(), places in 0u32..25) {
            let (x, y) = (Number::of_large(a.clone()), Number::of_large(b.clone()));
            prop_assert_eq!(&x + &y, Number::of_large(&a + &b));
            prop_assert_eq!(&x - &y, Number::of_large(&a - &b));
            prop_assert_eq!(&x * &y, Number::of_large(&a * &b));
            prop_assert_eq!(x.checked_div(&y), (!b.is_zero()).then(|| Number::of_large(&a / &b)));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x == y, a == b);
            prop_assert_eq!(x.large(), a.clone());
            prop_assert_eq!(-x.clone(), Number::of_large(-a.clone()));
            prop_assert_eq!(x.abs(), Number::of_large(a.abs()));
            prop_assert_eq!(x.floor(), Number::of_large(a.floor()));
            prop_assert_eq!((x.is_integer(), x.is_negative()), (a.is_integer(), a.is_negative()));
            prop_assert_eq!(x.to_usize(), Some(&a).filter(|a| a.is_integer()).and_then(|a| a.to_integer().to_usize()));
            prop_assert_eq!(x.denominator(), a.denom().to_i128());
            let scale = BigRational::from_integer(BigInt::from(10).pow(places));
            let rounded = (&a * &scale).round();
            prop_assert_eq!(x.rounded(places), Number::of_large(&rounded / &scale));
            if let Some(parts) = a.numer().to_i128().zip(a.denom().to_i128()) {
                prop_assert_eq!(&Number::from_parts(parts.0, parts.1), &x);
                prop_assert_eq!(x.in_parts_of(parts.1), Some(parts.0));
            }
        }
    }
}
