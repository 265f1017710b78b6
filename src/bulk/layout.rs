//! Where the truth of each test lies: tests that one cell tells stand together in one word of 64 bits.

/// A bit for each test.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Of each test, counted through all words.
    bits: Vec<usize>,
    /// How many bits of each word are in use, from its lowest on.
    used: Vec<usize>,
}

impl Layout {
    /// `groups` are the tests that are told together, in the order in which cells tell them; all others come behind.
    pub fn new<'g>(tests: usize, groups: impl Iterator<Item = &'g [usize]>) -> Layout {
        let mut layout = Layout { bits: vec![usize::MAX; tests], used: vec![0] };
        for group in groups {
            if layout.room() < group.len() && group.len() <= 64 {
                layout.used.push(0);
            }
            group.iter().for_each(|test| layout.give(*test));
        }
        let others: Vec<usize> = (0..tests).filter(|test| layout.bits[*test] == usize::MAX).collect();
        others.into_iter().for_each(|test| layout.give(test));
        layout
    }

    fn room(&self) -> usize {
        64 - self.used.last().copied().unwrap_or(64)
    }

    fn give(&mut self, test: usize) {
        if self.room() == 0 {
            self.used.push(0);
        }
        let word = self.used.len() - 1;
        self.bits[test] = word * 64 + self.used[word];
        self.used[word] += 1;
    }

    pub fn bit(&self, test: usize) -> usize {
        self.bits[test]
    }

    pub fn words(&self) -> usize {
        self.used.len()
    }

    pub fn used(&self, word: usize) -> usize {
        self.used[word]
    }

    /// The word in which all of some tests lie, and their bits; none where they lie in several.
    pub fn mask(&self, tests: &[usize]) -> Option<(usize, u64)> {
        let word = tests.first().map_or(0, |test| self.bit(*test) / 64);
        let together = tests.iter().all(|test| self.bit(*test) / 64 == word);
        together.then(|| (word, tests.iter().fold(0, |mask, test| mask | 1 << (self.bit(*test) % 64))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_of_one_cell_share_a_word() {
        let groups: Vec<Vec<usize>> =
            vec![(0..40).collect(), (40..70).collect(), vec![], (70..150).collect()];
        let layout = Layout::new(160, groups.iter().map(Vec::as_slice));
        assert_eq!(layout.mask(&groups[0]), Some((0, (1 << 40) - 1)));
        assert_eq!(layout.mask(&groups[1]), Some((1, (1 << 30) - 1)));
        assert_eq!(layout.mask(&groups[2]), Some((0, 0)));
        assert_eq!(layout.mask(&groups[3]), None);
        assert_eq!((layout.bit(70), layout.bit(159)), (64 + 30, 64 + 30 + 89));
        let used: Vec<usize> = (0..layout.words()).map(|word| layout.used(word)).collect();
        assert_eq!(used, [40, 64, 56]);
    }
}
