//! Breakout groups: those with the same worst leak together, or as different as can be.

use super::together::Breakout;
use crate::model::{AreaId, Findings};

/// What is kept of somebody to put them into a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// The area of their worst leak; none where nothing leaks.
    worst: Option<u16>,
    leaks: u16,
}

impl Person {
    pub fn new(findings: &Findings) -> Person {
        let short = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        Person { worst: findings.leaks.first().map(|area| short(area.0)), leaks: short(findings.leaks.len()) }
    }

    fn area(self) -> Option<AreaId> {
        self.worst.map(|area| AreaId(usize::from(area)))
    }
}

/// Groups of those who share their worst leak, the leak of most people first. Who would be left in half a group or less
/// is put together with others like that.
pub(super) fn alike(people: &[Person], size: usize) -> Vec<Breakout> {
    let mut classes: Vec<Vec<usize>> = Vec::new();
    for (at, person) in people.iter().enumerate() {
        match classes.iter_mut().find(|class| people[class[0]].worst == person.worst) {
            Some(class) => class.push(at),
            None => classes.push(vec![at]),
        }
    }
    // Pack order among classes of one size; nobody's leak last.
    classes.sort_by_key(|class| (std::cmp::Reverse(class.len()), people[class[0]].worst.unwrap_or(u16::MAX)));
    let (whole, few): (Vec<_>, Vec<_>) = classes.into_iter().partition(|class| class.len() * 2 > size);
    let rest: Vec<usize> = few.into_iter().flatten().collect();
    let rest = (!rest.is_empty()).then_some(rest);
    let parts = whole.into_iter().chain(rest);
    parts.flat_map(|class| even(&class, size)).map(|members| group(people, members)).collect()
}

/// Groups each of which holds as many different worst leaks, and as many leaky and tight ones, as can be: people in the
/// order of these are dealt out like cards.
pub(super) fn mixed(people: &[Person], size: usize) -> Vec<Breakout> {
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|at| (people[*at].worst.unwrap_or(u16::MAX), people[*at].leaks, *at));
    let count = people.len().div_ceil(size.max(1)).max(1);
    let mut hands: Vec<Vec<usize>> = vec![Vec::new(); count];
    order.into_iter().enumerate().for_each(|(card, person)| hands[card % count].push(person));
    hands.retain(|hand| !hand.is_empty());
    hands.iter_mut().for_each(|hand| hand.sort_unstable());
    hands.into_iter().map(|members| group(people, members)).collect()
}

/// Cut into as few parts of at most that size as can be, none more than one larger than another.
fn even(class: &[usize], size: usize) -> Vec<Vec<usize>> {
    let parts = class.len().div_ceil(size.max(1)).max(1);
    (0..parts)
        .map(|part| class.len() * part / parts..class.len() * (part + 1) / parts)
        .map(|range| class[range].to_vec())
        .collect()
}

fn group(people: &[Person], members: Vec<usize>) -> Breakout {
    let mut worst: Vec<(Option<AreaId>, usize)> = Vec::new();
    for member in &members {
        let area = people[*member].area();
        match worst.iter_mut().find(|(known, _)| *known == area) {
            Some((_, times)) => *times += 1,
            None => worst.push((area, 1)),
        }
    }
    worst.sort_by_key(|(area, times)| (std::cmp::Reverse(*times), area.map_or(usize::MAX, |area| area.0)));
    Breakout { members, worst, names: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(worst: &[i32]) -> Vec<Person> {
        worst.iter().map(|at| Person { worst: u16::try_from(*at).ok(), leaks: 1 }).collect()
    }

    fn members(groups: &[Breakout]) -> Vec<Vec<usize>> {
        groups.iter().map(|group| group.members.clone()).collect()
    }

    #[test]
    fn alike_keeps_a_leak_together_and_gathers_the_few() {
        let people = people(&[0, 1, 0, 0, 2, 0, 0, 1, -1]);
        let groups = alike(&people, 4);
        assert_eq!(members(&groups), [vec![0, 2], vec![3, 5, 6], vec![1, 7, 4, 8]]);
        assert_eq!(groups[2].worst, [(Some(AreaId(1)), 2), (Some(AreaId(2)), 1), (None, 1)]);
    }

    #[test]
    fn mixed_deals_out_every_leak() {
        let people = people(&[0, 0, 0, 1, 1, 1, 2, 2, 2]);
        for group in mixed(&people, 3) {
            assert_eq!(group.members.len(), 3);
            assert_eq!(group.worst.len(), 3, "{group:?}");
        }
        assert!(mixed(&[], 4).is_empty() && alike(&[], 4).is_empty());
        // Everybody is in one group, whatever the size.
        for size in 0..12 {
            for groups in [alike(&people, size), mixed(&people, size)] {
                let mut all: Vec<usize> = members(&groups).concat();
                all.sort_unstable();
                assert_eq!(all, (0..9).collect::<Vec<_>>());
            }
        }
    }
}
