//! Three-valued truth and how lists of it combine.

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
    Unknown {
        /// Whether "not applicable" alone keeps it open.
        not_applicable: bool,
    },
}

impl Truth {
    pub const UNKNOWN: Truth = Truth::Unknown { not_applicable: false };

    pub fn is_true(self) -> bool {
        self == Truth::True
    }

    pub fn is_false(self) -> bool {
        self == Truth::False
    }

    pub fn is_unknown(self) -> bool {
        matches!(self, Truth::Unknown { .. })
    }

    /// The opposite; unknown stays unknown.
    #[allow(clippy::should_implement_trait)]
    pub fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            unknown => unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }
}

/// Whether all hold; an empty list does.
pub fn all(parts: impl Iterator<Item = Truth>) -> Truth {
    let count = Count::of(parts);
    match count {
        Count { no: 1.., .. } => Truth::False,
        Count { open: 0, .. } => Truth::True,
        _ => count.unknown(),
    }
}

/// Whether one at least holds; an empty list does not.
pub fn any(parts: impl Iterator<Item = Truth>) -> Truth {
    at_least(1, parts)
}

/// Whether `n` at least hold.
pub fn at_least(n: usize, parts: impl Iterator<Item = Truth>) -> Truth {
    let count = Count::of(parts);
    if count.yes >= n {
        Truth::True
    } else if count.yes + count.open < n {
        Truth::False
    } else {
        count.unknown()
    }
}

#[derive(Default)]
struct Count {
    yes: usize,
    no: usize,
    open: usize,
    open_not_applicable: usize,
}

impl Count {
    fn of(parts: impl Iterator<Item = Truth>) -> Count {
        let mut count = Count::default();
        for part in parts {
            match part {
                Truth::True => count.yes += 1,
                Truth::False => count.no += 1,
                Truth::Unknown { not_applicable } => {
                    count.open += 1;
                    count.open_not_applicable += usize::from(not_applicable);
                }
            }
        }
        count
    }

    fn unknown(&self) -> Truth {
        Truth::Unknown { not_applicable: self.open == self.open_not_applicable }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Truth = Truth::True;
    const F: Truth = Truth::False;
    const U: Truth = Truth::UNKNOWN;
    const N: Truth = Truth::Unknown { not_applicable: true };

    #[test]
    fn lists_follow_kleene() {
        let of = |list: &[Truth]| (all(list.iter().copied()), any(list.iter().copied()));
        assert_eq!(of(&[T, U]), (U, T));
        assert_eq!(of(&[F, U]), (F, U));
        assert_eq!(of(&[U, N]), (U, U));
        assert_eq!(of(&[N, N]), (N, N));
        assert_eq!(of(&[]), (T, F));
        assert_eq!(at_least(2, [T, U, F].into_iter()), U);
        assert_eq!(at_least(2, [T, T, U].into_iter()), T);
        assert_eq!(at_least(3, [T, U, F].into_iter()), F);
        assert_eq!(U.not(), U);
    }
}
