//! What the scores of many come to: an area's, or the total's.

use super::spread::Spread;
use crate::model::{AreaId, BandOf, Findings, Number, Pack, ScoreOf};

/// The scores of one area, or the total, over some people.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scores {
    /// How many lie in each band for certain.
    pub bands: Vec<usize>,
    /// How many have a score whose band is not certain.
    pub open: usize,
    /// How many have no score.
    pub without: usize,
    /// The scores that are certain.
    pub values: Spread,
    /// For how many it leaks, and for how many it holds.
    pub leaks: usize,
    pub holds: usize,
    /// How far those for whom it leaks are from the worst, each as a share of the way to the best; added up.
    pub of_leaks: Number,
}

impl Scores {
    pub fn new(pack: &Pack, of: ScoreOf) -> Scores {
        Scores { bands: vec![0; pack.band_names(BandOf::Score(of)).len()], ..Scores::default() }
    }

    pub fn add(&mut self, pack: &Pack, findings: &Findings, of: ScoreOf) {
        let score = findings.values.score(of);
        match (score.band(), &score.ends) {
            (Some(band), _) if band < self.bands.len() => self.bands[band] += 1,
            (_, Some(_)) => self.open += 1,
            (_, None) => self.without += 1,
        }
        if let Some(value) = score.value() {
            self.values.add(value, 1);
        }
        let ScoreOf::Area(id) = of else { return };
        if findings.leaks.contains(&id) {
            self.leaks += 1;
            self.of_leaks = &self.of_leaks + &goodness(pack, findings, id);
        }
        self.holds += usize::from(findings.strengths.contains(&id));
    }

    pub fn join(&mut self, other: &Scores) {
        self.bands.iter_mut().zip(&other.bands).for_each(|(own, more)| *own += more);
        self.open += other.open;
        self.without += other.without;
        self.values.join(&other.values);
        self.leaks += other.leaks;
        self.holds += other.holds;
        self.of_leaks = &self.of_leaks + &other.of_leaks;
    }

    /// Of how many it is known whether it leaks or holds.
    pub fn decided(&self) -> usize {
        self.leaks + self.holds
    }

    /// How many have a band for certain; where the pack has none, a score.
    pub fn counted(&self) -> usize {
        if self.bands.is_empty() { self.values.count() } else { self.bands.iter().sum() }
    }
}

/// The better end of an area's score as a share of the way from the worst to the best.
pub(super) fn goodness(pack: &Pack, findings: &Findings, id: AreaId) -> Number {
    use crate::model::Better;
    let area = pack.area(id);
    let share = || {
        let (low, high) = findings.values.areas[id.0].ends.as_ref()?;
        let (from, to) = area.range.as_ref()?;
        let way = to - from;
        match area.better {
            Better::Lower => (to - low).checked_div(&way),
            _ => (high - from).checked_div(&way),
        }
    };
    share().unwrap_or_default()
}
