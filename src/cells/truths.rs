//! Sets of truths, and what lists of parts can come to when each part has a set.

use std::ops::BitOr;

use crate::logic::Truth;

/// Some of true, false and unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Truths(u8);

impl Truths {
    pub const NONE: Truths = Truths(0);
    pub const TRUE: Truths = Truths(1);
    pub const FALSE: Truths = Truths(2);
    pub const UNKNOWN: Truths = Truths(4);
    pub const NOT_TRUE: Truths = Truths(6);
    pub const NOT_FALSE: Truths = Truths(5);
    pub const DECIDED: Truths = Truths(3);
    pub const ANY: Truths = Truths(7);

    pub fn of(truth: Truth) -> Truths {
        match truth {
            Truth::True => Truths::TRUE,
            Truth::False => Truths::FALSE,
            Truth::Unknown { .. } => Truths::UNKNOWN,
        }
    }

    pub fn holds(self, truth: Truth) -> bool {
        self.meets(Truths::of(truth))
    }

    /// Whether the two share a truth.
    pub fn meets(self, other: Truths) -> bool {
        self.0 & other.0 != 0
    }

    pub fn is_within(self, other: Truths) -> bool {
        self.0 & !other.0 == 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub fn and(self, other: Truths) -> Truths {
        Truths(self.0 & other.0)
    }

    /// All that it is not.
    #[must_use]
    pub fn others(self) -> Truths {
        Truths(!self.0 & Truths::ANY.0)
    }

    /// Those of the opposite.
    #[must_use]
    pub fn flipped(self) -> Truths {
        Truths((self.0 & 1) << 1 | (self.0 & 2) >> 1 | self.0 & 4)
    }

    /// The truth that is easiest to show of these: true, then false, then unknown.
    #[must_use]
    pub fn first(self) -> Truths {
        Truths(self.0 & self.0.wrapping_neg())
    }
}

impl BitOr for Truths {
    type Output = Truths;
    fn bitor(self, other: Truths) -> Truths {
        Truths(self.0 | other.0)
    }
}

/// What "all of these" can come to, were the parts independent: never less than what it really can.
pub fn all(parts: impl Iterator<Item = Truths>) -> Truths {
    let mut out = Truths::TRUE;
    let (mut no_part_false, mut a_part_open) = (true, false);
    for part in parts {
        if !part.meets(Truths::TRUE) {
            out = out.and(Truths::NOT_TRUE);
        }
        if part.meets(Truths::FALSE) {
            out = out | Truths::FALSE;
        }
        no_part_false &= part.meets(Truths::NOT_FALSE);
        a_part_open |= part.meets(Truths::UNKNOWN);
    }
    if no_part_false && a_part_open { out | Truths::UNKNOWN } else { out }
}

/// What "at least `n` of these" can come to, were the parts independent.
pub fn at_least(n: usize, parts: impl Iterator<Item = Truths>) -> Truths {
    let (mut can_hold, mut must_hold, mut cannot_fail, mut can_open, mut only_hold_or_fail) = (0, 0, 0, 0, 0);
    for part in parts {
        can_hold += usize::from(part.meets(Truths::TRUE));
        must_hold += usize::from(part == Truths::TRUE);
        cannot_fail += usize::from(!part.meets(Truths::FALSE));
        can_open += usize::from(part.meets(Truths::UNKNOWN));
        only_hold_or_fail += usize::from(part.meets(Truths::TRUE) && !part.meets(Truths::UNKNOWN));
    }
    let mut out = Truths::NONE;
    if can_hold >= n {
        out = out | Truths::TRUE;
    }
    if cannot_fail < n {
        out = out | Truths::FALSE;
    }
    // One short of enough without the open ones, and enough with them.
    if n > must_hold && can_open > 0 && only_hold_or_fail.min(n - 1) + can_open >= n {
        out = out | Truths::UNKNOWN;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic;

    const EACH: [(Truths, Truth); 3] =
        [(Truths::TRUE, Truth::True), (Truths::FALSE, Truth::False), (Truths::UNKNOWN, Truth::UNKNOWN)];

    /// Every choice of one truth from each set.
    fn choices(sets: &[Truths]) -> Vec<Vec<Truth>> {
        sets.iter().fold(vec![Vec::new()], |lists, set| {
            let longer = |list: &Vec<Truth>| {
                let list = list.clone();
                let each = EACH.iter().filter(|(one, _)| set.meets(*one));
                each.map(move |(_, truth)| [list.clone(), vec![*truth]].concat()).collect::<Vec<_>>()
            };
            lists.iter().flat_map(longer).collect()
        })
    }

    #[test]
    fn lists_of_sets_come_to_exactly_what_their_choices_come_to() {
        let sets: Vec<Truths> = (1..8).map(Truths).collect();
        for a in &sets {
            for b in &sets {
                for c in &sets {
                    let list = [*a, *b, *c];
                    let union = |truth: &dyn Fn(&[Truth]) -> Truth| {
                        choices(&list).iter().fold(Truths::NONE, |set, one| set | Truths::of(truth(one)))
                    };
                    let found = union(&|one| logic::all(one.iter().copied()));
                    assert_eq!(all(list.into_iter()), found, "all of {list:?}");
                    for n in 1..=3 {
                        let found = union(&|one| logic::at_least(n, one.iter().copied()));
                        assert_eq!(at_least(n, list.into_iter()), found, "{n} of {list:?}");
                    }
                }
            }
        }
    }
}
