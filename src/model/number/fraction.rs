//! Fractions of two machine words: nearly every number is one, and reckoning with them allocates nothing.

use std::cmp::Ordering;

/// A fraction in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// Never the least `i64`, so that its negative fits as well.
    above: i64,
    /// At least 1.
    below: i64,
}

impl Fraction {
    pub const ZERO: Fraction = Fraction { above: 0, below: 1 };
    pub const ONE: Fraction = Fraction { above: 1, below: 1 };

    /// None where it does not fit in lowest terms; `below` is not 0 and neither is the least `i128`.
    pub fn new(above: i128, below: i128) -> Option<Fraction> {
        let (above, below) = if below < 0 { (-above, -below) } else { (above, below) };
        let shared = match below {
            1 => 1,
            _ => divisor(above.unsigned_abs(), below.unsigned_abs()) as i128,
        };
        let (above, below) = if shared == 1 { (above, below) } else { (above / shared, below / shared) };
        let above = i64::try_from(above).ok().filter(|above| *above != i64::MIN)?;
        Some(Fraction { above, below: i64::try_from(below).ok()? })
    }

    pub fn above(self) -> i64 {
        self.above
    }

    pub fn below(self) -> i64 {
        self.below
    }

    pub fn negative(self) -> Fraction {
        Fraction { above: -self.above, ..self }
    }

    pub fn add(self, other: Fraction) -> Option<Fraction> {
        if self.below == other.below {
            let above = i128::from(self.above) + i128::from(other.above);
            return Fraction::new(above, i128::from(self.below));
        }
        let (left, right) = self.over_one_another(other);
        Fraction::new(left + right, i128::from(self.below) * i128::from(other.below))
    }

    pub fn multiply(self, other: Fraction) -> Option<Fraction> {
        let above = i128::from(self.above) * i128::from(other.above);
        Fraction::new(above, i128::from(self.below) * i128::from(other.below))
    }

    /// The quotient; `other` is not 0.
    pub fn divide(self, other: Fraction) -> Option<Fraction> {
        let (above, below) = self.over_one_another(other);
        Fraction::new(above, below)
    }

    pub fn compare(self, other: Fraction) -> Ordering {
        if self.below == other.below {
            return self.above.cmp(&other.above);
        }
        let (left, right) = self.over_one_another(other);
        left.cmp(&right)
    }

    /// Both times the product of what they are divided by.
    fn over_one_another(self, other: Fraction) -> (i128, i128) {
        let left = i128::from(self.above) * i128::from(other.below);
        (left, i128::from(other.above) * i128::from(self.below))
    }

    /// How many parts of `1 / 10^places` it is, rounded half away from zero; none where that may not fit.
    pub fn in_decimals(self, places: u32) -> Option<i128> {
        // 2 * 10^18 * 2^63 lies below the largest.
        let scale = 10i128.pow(Some(places).filter(|places| *places <= 18)?);
        let below = i128::from(self.below);
        let size = (2 * i128::from(self.above.unsigned_abs()) * scale + below) / (2 * below);
        Some(if self.above < 0 { -size } else { size })
    }

    /// Whether it is written to its end with so many decimals, 18 at most.
    pub fn ends_within(self, places: u32) -> bool {
        10i128.pow(places.min(18)) % i128::from(self.below) == 0
    }

    /// The greatest whole number that is not above it.
    pub fn floor(self) -> i64 {
        self.above.div_euclid(self.below)
    }
}

/// The greatest that divides both without a rest; `below` is not 0.
fn divisor(above: u128, below: u128) -> u128 {
    if let (Ok(a), Ok(b)) = (u64::try_from(above), u64::try_from(below)) {
        return u128::from(divisor_of_words(a, b));
    }
    let (mut a, mut b) = (above, below);
    while b != 0 {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(divisor_of_words(a, b));
        }
        (a, b) = (b, a % b);
    }
    a
}

fn divisor_of_words(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
