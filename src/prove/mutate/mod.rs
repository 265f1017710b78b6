//! Which slips in a pack its tests would notice: one change at a time, on the pack in memory, and every test again.
//!
//! 1. `slips` lists the changes: signs and numbers of lines, labels, how lines are put together, lines and exceptions taken
//!    out, cuts of bands, named numbers, what keeps rules and prescriptions apart.
//! 2. `notice` judges again whom a change can reach, up to the first expectation that is not met. Documents are not made.
//! 3. `differ` looks for somebody who is judged differently where no test noticed. Where it is proved that there is nobody,
//!    the change is none, and counts for nothing.

mod differ;
mod lines;
mod notice;
mod questions;
mod reach;
mod slip;
mod slips;

pub use differ::Difference;
pub use slip::Slip;

use super::run::Ground;
use super::suite::Suite;
use differ::{Fate, World};
use notice::Cases;

/// What became of all slips.
#[derive(Clone, Debug, Default)]
pub struct Mutation {
    /// How many some test noticed.
    pub killed: usize,
    /// How many change nothing for anybody.
    pub equivalent: usize,
    /// Those that no test noticed, in the order of the pack.
    pub survivors: Vec<Survivor>,
}

/// A slip that no test noticed.
#[derive(Clone, Debug)]
pub struct Survivor {
    pub slip: Slip,
    /// Somebody who would be judged differently; none where it was not decided whether there is anybody.
    pub difference: Option<Difference>,
}

impl Mutation {
    /// How many slips count: all but those that change nothing.
    pub fn counted(&self) -> usize {
        self.killed + self.survivors.len()
    }

    pub fn not_decided(&self) -> usize {
        self.survivors.iter().filter(|survivor| survivor.difference.is_none()).count()
    }
}

/// Tries every slip. The tests must pass without any, and those that nobody has accepted yet are left out.
pub fn mutate(suite: &Suite, ground: Ground<'_>) -> Mutation {
    let pack = ground.pack.pack();
    let cases = Cases::of(suite, ground);
    let world = World::of(pack);
    let mut slipped = pack.clone();
    let mut out = Mutation::default();
    for mut slip in slips::slips(pack) {
        let reach = reach::reach(&slip.part, pack);
        slip.part.swap(&mut slipped);
        if cases.notice(&slipped, &slip.part, &reach) {
            out.killed += 1;
        } else {
            match world.fate(&slipped, &slip.part) {
                Fate::Equivalent => out.equivalent += 1,
                Fate::Differs(difference) => {
                    out.survivors.push(Survivor { slip: slip.clone(), difference: Some(difference) });
                }
                Fate::NotDecided => {
                    out.survivors.push(Survivor { slip: slip.clone(), difference: None });
                }
            }
        }
        slip.part.swap(&mut slipped);
    }
    out
}
