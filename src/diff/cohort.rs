//! What a change of packs means for people who have answered already.

use crate::model::{AreaId, BandOf, Findings, MetricId, Number, Pack, Respondent, ScoreOf, Status, Subject};

use super::written;

/// Everybody of a cohort under both packs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohort {
    /// How many could be judged under both.
    pub judged: usize,
    /// Those for whom something changes, in the order of the files.
    pub people: Vec<Person>,
    /// Ids of those whom one of the packs refuses.
    pub only_old: Vec<String>,
    pub only_new: Vec<String>,
}

/// What changes for one of them. What only one pack has is left out, but for rules and prescriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: String,
    pub scores: Vec<Moved>,
    pub bands: Vec<Moved>,
    /// By status; a rule that a pack does not have stands as `none`.
    pub rules: Vec<Moved>,
    pub gained: Vec<String>,
    pub lost: Vec<String>,
    /// Whether what stays stands in another order.
    pub reordered: bool,
}

/// A value that is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub what: String,
    pub old: String,
    pub new: String,
}

impl Person {
    /// Whether the prescriptions are others, or stand in another order.
    pub fn other_advice(&self) -> bool {
        !self.gained.is_empty() || !self.lost.is_empty() || self.reordered
    }

    fn is_empty(&self) -> bool {
        !self.other_advice() && self.scores.is_empty() && self.bands.is_empty() && self.rules.is_empty()
    }
}

impl Cohort {
    /// How many get other advice.
    pub fn other_advice(&self) -> usize {
        self.people.iter().filter(|person| person.other_advice()).count()
    }
}

/// Holds everybody's findings under both packs side by side, by their ids.
pub fn compare<'f>(
    old: &Pack,
    new: &Pack,
    before: impl Iterator<Item = (&'f Respondent, &'f Findings)>,
    after: impl Iterator<Item = (&'f Respondent, &'f Findings)>,
) -> Cohort {
    let mut is: std::collections::BTreeMap<&str, &Findings> = std::collections::BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (respondent, findings) in after {
        order.push(&respondent.id);
        is.insert(&respondent.id, findings);
    }
    let mut out = Cohort::default();
    for (respondent, was) in before {
        let Some(is) = is.remove(respondent.id.as_str()) else {
            out.only_old.push(respondent.id.clone());
            continue;
        };
        out.judged += 1;
        let person = person(&respondent.id, (old, was), (new, is));
        if !person.is_empty() {
            out.people.push(person);
        }
    }
    out.only_new = order.into_iter().filter(|id| is.contains_key(id)).map(str::to_owned).collect();
    out
}

type Judged<'a> = (&'a Pack, &'a Findings);

fn person(id: &str, old: Judged<'_>, new: Judged<'_>) -> Person {
    let (gained, lost, reordered) = advice(&ids(old), &ids(new));
    Person {
        id: id.to_owned(),
        scores: moved(scores(old), scores(new), None),
        bands: moved(bands(old), bands(new), None),
        rules: moved(rules(old), rules(new), Some("none")),
        gained,
        lost,
        reordered,
    }
}

/// What is another value, in the order of the new pack; `absent` stands for what one pack does not have, which
/// is left out without it.
fn moved(old: Vec<(String, String)>, new: Vec<(String, String)>, absent: Option<&str>) -> Vec<Moved> {
    let mut out = Vec::new();
    let find = |list: &[(String, String)], what: &str| {
        list.iter().find(|(name, _)| name == what).map(|(_, value)| value.clone())
    };
    let mut note = |what: &str, old: Option<String>, new: Option<String>| {
        let value = |value: Option<String>| value.or(absent.map(str::to_owned));
        if let (Some(old), Some(new)) = (value(old), value(new))
            && old != new
        {
            out.push(Moved { what: what.to_owned(), old, new });
        }
    };
    for (what, is) in &new {
        note(what, find(&old, what), Some(is.clone()));
    }
    for (what, was) in &old {
        if find(&new, what).is_none() {
            note(what, Some(was.clone()), None);
        }
    }
    out
}

fn score_list(pack: &Pack) -> Vec<ScoreOf> {
    let areas = (0..pack.areas.len()).map(|place| ScoreOf::Area(AreaId(place)));
    areas.chain(pack.total.as_ref().map(|_| ScoreOf::Total)).collect()
}

fn scores((pack, findings): Judged<'_>) -> Vec<(String, String)> {
    let value = |number: &Number| number.to_decimal(2);
    let each = score_list(pack).into_iter().map(|of| {
        let text = match &findings.values.score(of).ends {
            None => "missing".to_owned(),
            Some((low, high)) if low == high => value(low),
            Some((low, high)) => format!("{} to {}", value(low), value(high)),
        };
        (written::score(pack, of), text)
    });
    each.collect()
}

fn bands((pack, findings): Judged<'_>) -> Vec<(String, String)> {
    let scores = score_list(pack).into_iter().map(BandOf::Score);
    let metrics = (0..pack.metrics.len()).map(|place| BandOf::Metric(MetricId(place)));
    let all = scores.chain(metrics).filter(|of| !pack.dated_bands(*of).is_empty());
    let each = all.map(|of| {
        let names = pack.band_names(of);
        let possible = findings.values.bands(of).iter().filter_map(|at| names.get(*at));
        let possible: Vec<&str> = possible.map(|name| name.id.as_str()).collect();
        let text = if possible.is_empty() { "missing".to_owned() } else { possible.join(" or ") };
        (written::name(pack, Subject::Band(of)), text)
    });
    each.collect()
}

fn rules((pack, findings): Judged<'_>) -> Vec<(String, String)> {
    let each = pack.rules.iter().zip(&findings.rules);
    let status = |status: Status| status.word().replace('_', " ");
    each.map(|(rule, finding)| (rule.id.clone(), status(finding.status))).collect()
}

fn ids((pack, findings): Judged<'_>) -> Vec<String> {
    findings.prescriptions.iter().map(|advice| pack.prescription(advice.prescription).id.clone()).collect()
}

/// What is new, what is gone, and whether the rest stands in another order.
fn advice(old: &[String], new: &[String]) -> (Vec<String>, Vec<String>, bool) {
    let without = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter().filter(|id| !other.contains(id)).cloned().collect()
    };
    let common = |list: &[String], other: &[String]| -> Vec<String> {
        list.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    (without(new, old), without(old, new), common(old, new) != common(new, old))
}
