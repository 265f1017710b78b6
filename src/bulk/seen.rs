//! Who stood in the file already: eight bytes a place, whatever the ids are.

/// Files of this many bytes and more have places that leave too little of an id's number.
pub const LONGEST_FILE: u64 = (1 << 36) - 2;

/// Places of records, found by a number made of their ids.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Empty ones are 0. Of the others the upper bits are those of the id's number, the lower ones the place and 1.
    entries: Vec<u64>,
    count: usize,
    /// Bits of an entry that say where the record begins.
    place: u32,
}

impl Seen {
    /// For a file of so many bytes and about so many rows. The shorter it is, the more of an id's number is kept, and the
    /// more seldom two ids that are not the same must be read again.
    pub fn new(length: u64, rows: u64) -> Seen {
        let place = 64 - (length.min(LONGEST_FILE) + 1).leading_zeros();
        // A guess that is far too high must not take all memory.
        let room = (rows.min(1 << 20) * 4 / 3).next_power_of_two().max(1024);
        Seen { entries: vec![0; room as usize], count: 0, place }
    }

    /// Notes an id with the place of its record. Where another record may have the same id, `same` is asked about
    /// its place; the first that has is given, and nothing noted.
    pub fn note<E>(
        &mut self,
        id: u64,
        place: u64,
        mut same: impl FnMut(u64) -> Result<bool, E>,
    ) -> Result<Option<u64>, E> {
        let places = self.place;
        if (self.count + 1) * 4 > self.entries.len() * 3 {
            self.grow();
        }
        let mut at = self.home(id);
        while self.entries[at] != 0 {
            let entry = self.entries[at];
            let before = (entry & ((1 << places) - 1)) - 1;
            if entry >> places == id >> places && same(before)? {
                return Ok(Some(before));
            }
            at = (at + 1) & (self.entries.len() - 1);
        }
        self.entries[at] = (id >> places) << places | (place + 1);
        self.count += 1;
        Ok(None)
    }

    fn home(&self, id: u64) -> usize {
        let bits = self.entries.len().trailing_zeros();
        // Only bits that an entry keeps decide, so that the table can grow.
        ((id >> self.place) << self.place >> (64 - bits)) as usize
    }

    fn grow(&mut self) {
        let larger = vec![0; self.entries.len() * 2];
        let before = std::mem::replace(&mut self.entries, larger);
        for entry in before.into_iter().filter(|entry| *entry != 0) {
            let mut at = self.home(entry);
            while self.entries[at] != 0 {
                at = (at + 1) & (self.entries.len() - 1);
            }
            self.entries[at] = entry;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasher, RandomState};

    #[test]
    fn each_id_is_new_once() {
        let hasher = RandomState::new();
        let mut seen = Seen::new(1 << 20, 0);
        let ids: Vec<String> = (0..20_000).map(|n| format!("R{}", n % 15_000)).collect();
        for (place, id) in ids.iter().enumerate() {
            let same = |before: u64| Ok::<bool, ()>(ids[before as usize] == *id);
            let before = seen.note(hasher.hash_one(id), place as u64, same).unwrap();
            assert_eq!(before, place.checked_sub(15_000).map(|first| first as u64));
        }
    }

    #[test]
    fn ids_of_one_number_are_told_apart() {
        let mut seen = Seen::new(1 << 20, 0);
        for place in 0..2000 {
            assert_eq!(seen.note(7 << 36, place, |_| Ok::<bool, ()>(false)), Ok(None));
        }
        assert_eq!(seen.note(7 << 36, 9, |before| Ok::<bool, ()>(before == 1234)), Ok(Some(1234)));
    }
}
