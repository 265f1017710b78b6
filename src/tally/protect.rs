//! Which groups may be told, so that nobody works out a figure of too few people by adding and subtracting what is told.
//!
//! A reader knows who belongs to which group. Counts that are told are sums over sets of people; what can be worked out from
//! them are linear combinations of these sets. A choice of groups is safe where every combination in which anybody is left
//! has at least the least number of people left in it. Groups are left out, the smallest first, until it is.

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

/// Whether what is told gives away something of fewer people than the least.
pub fn reveals(cells: &[Cell], told: &[Vec<bool>], least: usize) -> bool {
    // People whom nothing told keeps apart are one: their place among told groups, and how many they are.
    let mut atoms: BTreeMap<Vec<Option<usize>>, usize> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.people > 0) {
        let seen = cell.groups.iter().enumerate().map(|(cut, group)| told[cut][*group].then_some(*group));
        *atoms.entry(seen.collect()).or_default() += cell.people;
    }
    // The heavy ones first: nothing small holds one, which leaves few combinations to try.
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
    reduce(&mut rows);
    Search { weights: &weights, tried: 0 }.any(rows, &mut vec![false; weights.len()], least)
}

/// Brings rows into reduced echelon form; those that say nothing of their own are gone.
fn reduce(rows: &mut Vec<Vec<Number>>) {
    let columns = rows.first().map_or(0, Vec::len);
    let mut done = 0;
    for column in 0..columns {
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
        done += 1;
    }
    rows.truncate(done);
}

/// Looks for a combination in which few are left: each people who are not yet allowed to be left either cost what they
/// weigh, or must vanish, which leaves fewer combinations.
struct Search<'s> {
    weights: &'s [usize],
    tried: usize,
}

impl Search<'_> {
    /// `rows` span the combinations, `left` are those who may be left in it, and less than `budget` may still be.
    fn any(&mut self, rows: Vec<Vec<Number>>, left: &mut Vec<bool>, budget: usize) -> bool {
        self.tried += 1;
        if self.tried > MOST_TRIED {
            return true;
        }
        let held = |at: usize| rows.iter().any(|row| !row[at].is_zero());
        let Some(at) = (0..self.weights.len()).find(|at| !left[*at] && held(*at)) else {
            return !rows.is_empty();
        };
        if self.any(vanishing(rows.clone(), at), left, budget) {
            return true;
        }
        if self.weights[at] >= budget {
            return false;
        }
        left[at] = true;
        let found = self.any(rows, left, budget - self.weights[at]);
        left[at] = false;
        found
    }
}

/// The combinations of rows that hold nothing of a column.
fn vanishing(mut rows: Vec<Vec<Number>>, column: usize) -> Vec<Vec<Number>> {
    let Some(found) = rows.iter().position(|row| !row[column].is_zero()) else { return rows };
    let lead = rows.swap_remove(found);
    for row in &mut rows {
        let times = &row[column] / &lead[column];
        if !times.is_zero() {
            row.iter_mut().zip(&lead).for_each(|(value, own)| *value = &*value - &(&times * own));
        }
    }
    rows
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
        // Groups of two cuts that are the same but for two on each side tell how these differ.
        let cells = [cell(0, 0, 6), cell(0, 1, 1), cell(1, 0, 1), cell(1, 1, 8)];
        assert_eq!(all(&cells, &[2, 2], 5), [[true, true], [false, false]]);
        // Both margins of a table tell nothing of its cells.
        let cells = [cell(0, 0, 3), cell(0, 1, 3), cell(1, 0, 3), cell(1, 1, 3)];
        assert_eq!(all(&cells, &[2, 2], 5), [[true, true], [true, true]]);
    }

    fn rank(mut rows: Vec<Vec<Number>>) -> usize {
        reduce(&mut rows);
        rows.len()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// Whoever adds and subtracts all that is told never comes to a figure of fewer people than the least.
        #[test]
        fn no_figure_of_few_people_can_be_worked_out(
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
            // A combination that holds nobody but these is one that vanishes on all others.
            for set in 1u32..1 << people.len() {
                if (set.count_ones() as usize) < least {
                    let others = |row: &Vec<Number>| -> Vec<Number> {
                        (0..people.len()).filter(|at| set >> at & 1 == 0).map(|at| row[at].clone()).collect()
                    };
                    let seen = rank(rows.iter().map(others).collect());
                    prop_assert_eq!(seen, rank(rows.clone()), "{:b} of {:?}", set, told);
                }
            }
        }
    }
}
