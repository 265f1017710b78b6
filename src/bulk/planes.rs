//! Truth of 64 respondents at once: one bit each.

/// What holds for whom: a bit a respondent. Where neither bit is set, it is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Truths {
    pub yes: u64,
    pub no: u64,
    /// Unknown, and only "not applicable" keeps it open.
    pub void: u64,
}

impl Truths {
    /// The opposite; unknown stays unknown.
    #[allow(clippy::should_implement_trait)]
    pub fn not(self) -> Truths {
        Truths { yes: self.no, no: self.yes, void: self.void }
    }

    /// Unknown for want of an answer.
    pub fn open(self) -> u64 {
        !(self.yes | self.no | self.void)
    }
}

/// Whether all hold.
pub fn all(parts: impl Iterator<Item = Truths>) -> Truths {
    let (mut yes, mut no, mut open, mut void) = (!0, 0, 0, 0);
    for part in parts {
        yes &= part.yes;
        no |= part.no;
        open |= part.open();
        void |= part.void;
    }
    Truths { yes, no, void: void & !no & !open }
}

/// Whether one at least holds.
pub fn any(parts: impl Iterator<Item = Truths>) -> Truths {
    all(parts.map(Truths::not)).not()
}

/// Whether `n` at least hold.
pub fn at_least(n: usize, parts: &[Truths]) -> Truths {
    // After each part, the bit of `k` says for whom at least `k` of those before it hold.
    let reach = |holds: &dyn Fn(&Truths) -> u64| {
        let mut reached = vec![0u64; n + 1];
        reached[0] = !0;
        for part in parts {
            let holds = holds(part);
            for k in (1..=n).rev() {
                reached[k] |= reached[k - 1] & holds;
            }
        }
        reached[n]
    };
    let yes = reach(&|part| part.yes);
    let no = !reach(&|part| !part.no);
    let open = parts.iter().fold(0, |open, part| open | part.open());
    let void = parts.iter().fold(0, |void, part| void | part.void);
    Truths { yes, no, void: void & !yes & !no & !open }
}

/// Rows become columns: bit `c` of word `r` becomes bit `r` of word `c`.
pub fn transpose(words: &mut [u64; 64]) {
    let (mut width, mut mask) = (32, 0x0000_0000_ffff_ffffu64);
    while width != 0 {
        let mut at = 0;
        while at < 64 {
            let swap = ((words[at] >> width) ^ words[at | width]) & mask;
            words[at] ^= swap << width;
            words[at | width] ^= swap;
            at = ((at | width) + 1) & !width;
        }
        width >>= 1;
        mask ^= mask << width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::{self, Truth};

    const ALL: [Truth; 4] =
        [Truth::True, Truth::False, Truth::UNKNOWN, Truth::Unknown { not_applicable: true }];

    /// Three parts in all 64 combinations, one a respondent.
    fn parts() -> Vec<Truths> {
        (0..3)
            .map(|part| {
                (0..64).fold(Truths::default(), |sum, lane| {
                    let bit = 1 << lane;
                    match ALL[(lane >> (2 * part)) & 3] {
                        Truth::True => Truths { yes: sum.yes | bit, ..sum },
                        Truth::False => Truths { no: sum.no | bit, ..sum },
                        Truth::Unknown { not_applicable: true } => Truths { void: sum.void | bit, ..sum },
                        Truth::Unknown { .. } => sum,
                    }
                })
            })
            .collect()
    }

    fn at(truths: Truths, lane: usize) -> Truth {
        match ((truths.yes >> lane) & 1, (truths.no >> lane) & 1, (truths.void >> lane) & 1) {
            (1, 0, 0) => Truth::True,
            (0, 1, 0) => Truth::False,
            (0, 0, void) => Truth::Unknown { not_applicable: void == 1 },
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_of_64_is_judged_as_if_alone() {
        let parts = parts();
        let own = |lane: usize| (0..3).map(move |part| ALL[(lane >> (2 * part)) & 3]);
        for lane in 0..64 {
            assert_eq!(at(all(parts.iter().copied()), lane), logic::all(own(lane)), "{lane}");
            assert_eq!(at(any(parts.iter().copied()), lane), logic::any(own(lane)), "{lane}");
            for n in 0..=4 {
                assert_eq!(at(at_least(n, &parts), lane), logic::at_least(n, own(lane)), "{n} of {lane}");
            }
        }
    }

    #[test]
    fn transposing_swaps_rows_and_columns() {
        let mut words = [0u64; 64];
        for (row, word) in words.iter_mut().enumerate() {
            *word = (row as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (row as u64) << 7;
        }
        let before = words;
        transpose(&mut words);
        for (row, before) in before.iter().enumerate() {
            let turned: u64 = words.iter().enumerate().map(|(at, word)| ((word >> row) & 1) << at).sum();
            assert_eq!(turned, *before, "row {row}");
        }
    }
}
