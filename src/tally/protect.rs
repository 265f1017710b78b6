//! Which groups may be told, so that nobody works out a figure of too few people by adding and subtracting what is told.
//!
//! A reader knows who belongs to which group. What they can work out from counts are the counts of those sets of people
//! whose indicator is a linear combination of the sets that are told. So a choice of groups is safe where no such set is
//! smaller than the least number; groups are left out, the smallest first, until it is.

use std::collections::BTreeMap;

use crate::model::Number;

/// People who belong to the same groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Their group in each cut.
    pub groups: Vec<usize>,
    pub people: usize,
}

/// More combinations than this are not tried: what is too tangled to be seen through is taken for unsafe.
const MOST_TRIED: usize = 50_000;

/// Which groups of each cut may be told beside the whole, of those that are allowed. None where even the whole is too few.
pub fn tellable(cells: &[Cell], allowed: &[Vec<bool>], least: usize) -> Vec<Vec<bool>> {
    let mut told: Vec<Vec<bool>> = allowed.iter().map(|groups| vec![false; groups.len()]).collect();
    if cells.iter().map(|cell| cell.people).sum::<usize>() < least {
        return told;
    }
    for cut in 0..allowed.len() {
        let mut sizes = vec![0; allowed[cut].len()];
        cells.iter().for_each(|cell| sizes[cell.groups[cut]] += cell.people);
        told[cut] = (0..sizes.len()).map(|group| allowed[cut][group] && sizes[group] >= least).collect();
        while reveals(cells, &told, least) {
            let smallest =
                (0..sizes.len()).rev().filter(|group| told[cut][*group]).min_by_key(|at| sizes[*at]);
            match smallest {
                Some(group) => told[cut][group] = false,
                None => break,
            }
        }
    }
    told
}

/// Whether what is told gives away some set of fewer people than the least.
pub fn reveals(cells: &[Cell], told: &[Vec<bool>], least: usize) -> bool {
    // People whom nothing told keeps apart are one: their place among told groups, and how many they are.
    let mut atoms: BTreeMap<Vec<Option<usize>>, usize> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.people > 0) {
        let seen = cell.groups.iter().enumerate().map(|(cut, group)| told[cut][*group].then_some(*group));
        *atoms.entry(seen.collect()).or_default() += cell.people;
    }
    // The heavy ones first: they become pivots, and no small set holds one.
    let mut atoms: Vec<(Vec<Option<usize>>, usize)> = atoms.into_iter().collect();
    atoms.sort_by_key(|(_, people)| std::cmp::Reverse(*people));
    let mut rows = vec![vec![Number::one(); atoms.len()]];
    for (cut, groups) in told.iter().enumerate() {
        for group in (0..groups.len()).filter(|group| groups[*group]) {
            let holds = |(seen, _): &(Vec<Option<usize>>, usize)| seen[cut] == Some(group);
            rows.push(atoms.iter().map(|atom| Number::from(usize::from(holds(atom)))).collect());
        }
    }
    let weights: Vec<usize> = atoms.iter().map(|(_, people)| *people).collect();
    let pivots = reduce(&mut rows);
    let light: Vec<usize> = (0..pivots.len()).filter(|row| weights[pivots[*row]] < least).collect();
    let mut search =
        Search { rows: &rows, pivots: &pivots, weights: &weights, light: &light, least, tried: 0 };
    search.any(0, &vec![Number::zero(); weights.len()], 0)
}

/// Brings rows into reduced echelon form and gives the column of each one's leading 1.
fn reduce(rows: &mut Vec<Vec<Number>>) -> Vec<usize> {
    let columns = rows.first().map_or(0, Vec::len);
    let mut pivots = Vec::new();
    for column in 0..columns {
        let done = pivots.len();
        let Some(found) = (done..rows.len()).find(|row| !rows[*row][column].is_zero()) else { continue };
        rows.swap(done, found);
        let lead = rows[done][column].clone();
        rows[done].iter_mut().for_each(|value| *value = &*value / &lead);
        let own = rows[done].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            let times = row[column].clone();
            if at != done && !times.is_zero() {
                row.iter_mut().zip(&own).for_each(|(value, own)| *value = &*value - &(&times * own));
            }
        }
        pivots.push(column);
    }
    rows.truncate(pivots.len());
    pivots
}

/// Every small set among the combinations of reduced rows: what it holds of the pivots says what it holds of all.
struct Search<'s> {
    rows: &'s [Vec<Number>],
    pivots: &'s [usize],
    weights: &'s [usize],
    /// Rows whose pivot is fewer people than the least.
    light: &'s [usize],
    least: usize,
    tried: usize,
}

impl Search<'_> {
    fn any(&mut self, from: usize, sum: &[Number], people: usize) -> bool {
        for next in from..self.light.len() {
            let row = self.light[next];
            let people = people + self.weights[self.pivots[row]];
            if people >= self.least {
                continue;
            }
            self.tried += 1;
            if self.tried > MOST_TRIED {
                return true;
            }
            let sum: Vec<Number> = sum.iter().zip(&self.rows[row]).map(|(sum, own)| sum + own).collect();
            let whole = sum.iter().all(|value| value.is_zero() || *value == Number::one());
            let size: usize = sum
                .iter()
                .zip(self.weights)
                .filter(|(value, _)| !value.is_zero())
                .map(|(_, people)| people)
                .sum();
            if (whole && size < self.least) || self.any(next + 1, &sum, people) {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One cut with groups of these sizes.
    fn one_cut(sizes: &[usize]) -> Vec<Cell> {
        sizes.iter().enumerate().map(|(at, people)| Cell { groups: vec![at], people: *people }).collect()
    }

    fn all(cells: &[Cell], groups: &[usize], least: usize) -> Vec<Vec<bool>> {
        tellable(cells, &groups.iter().map(|count| vec![true; *count]).collect::<Vec<_>>(), least)
    }

    #[test]
    fn a_single_small_group_takes_the_next_smallest_with_it() {
        assert_eq!(all(&one_cut(&[9, 3, 7]), &[3], 5), [[true, false, false]]);
        // Two small ones that are enough together hide each other.
        assert_eq!(all(&one_cut(&[9, 3, 7, 2]), &[4], 5), [[true, false, true, false]]);
        // Two that are too few even together do not.
        assert_eq!(all(&one_cut(&[9, 2, 7, 1]), &[4], 5), [[true, false, false, false]]);
        assert_eq!(all(&one_cut(&[9, 7]), &[2], 5), [[true, true]]);
        assert_eq!(all(&one_cut(&[20, 3]), &[2], 5), [[false, false]]);
        assert_eq!(all(&one_cut(&[2, 2]), &[2], 5), [[false, false]]);
    }

    #[test]
    fn a_group_within_a_group_of_another_cut_is_not_told() {
        // All of the second cut's first group but two people are the first cut's first group.
        let cell = |a, b, people| Cell { groups: vec![a, b], people };
        let cells = [cell(0, 0, 6), cell(0, 1, 2), cell(1, 1, 8)];
        assert_eq!(all(&cells, &[2, 2], 5), [[true, true], [false, false]]);
        // Both margins of a table tell nothing of its cells.
        let cells = [cell(0, 0, 3), cell(0, 1, 3), cell(1, 0, 3), cell(1, 1, 3)];
        assert_eq!(all(&cells, &[2, 2], 5), [[true, true], [true, true]]);
    }

    /// Whether the rank stays the same with the row: then it is a combination of the others.
    fn within(rows: &[Vec<Number>], row: &[Number]) -> bool {
        let rank = |mut rows: Vec<Vec<Number>>| reduce(&mut rows).len();
        let more = rows.iter().cloned().chain([row.to_vec()]).collect();
        rank(rows.to_vec()) == rank(more)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// Whoever adds and subtracts all that is told never comes to fewer people than the least.
        #[test]
        fn no_set_of_few_people_can_be_worked_out(
            people in prop::collection::vec((0usize..4, 0usize..3, 0usize..2), 1..11),
            least in 2usize..5,
            cuts in 1usize..4,
        ) {
            let groups = |(a, b, c): &(usize, usize, usize)| [*a, *b, *c][..cuts].to_vec();
            let cells: Vec<Cell> = people.iter().map(|one| Cell { groups: groups(one), people: 1 }).collect();
            let told = all(&cells, &[4, 3, 2][..cuts], least);
            if people.len() < least {
                prop_assert!(told.iter().flatten().all(|told| !told));
                return Ok(());
            }
            let mut rows = vec![vec![Number::one(); people.len()]];
            for (cut, groups) in told.iter().enumerate() {
                for group in (0..groups.len()).filter(|group| groups[*group]) {
                    let holds = cells.iter().map(|cell| Number::from(usize::from(cell.groups[cut] == group)));
                    rows.push(holds.collect());
                }
            }
            for set in 1u32..1 << people.len() {
                if (set.count_ones() as usize) < least {
                    let row: Vec<Number> =
                        (0..people.len()).map(|at| Number::from((set >> at & 1) as usize)).collect();
                    prop_assert!(!within(&rows, &row), "{set:b} of {told:?}");
                }
            }
        }
    }
}
