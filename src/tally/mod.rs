//! Many findings → what a cohort has in common, in what it differs, and what it should talk about.
//!
//! [`Tally::add`] takes one respondent after the other and keeps counts, and of each a few bytes; [`Tally::finish`] makes
//! [`Together`] of it, without whatever would be a figure of too few people.

mod asked;
mod benchmark;
mod breakout;
mod cut;
mod gap;
mod protect;
mod score;
mod spread;
#[cfg(test)]
mod tests;
mod together;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{
    Advice, AreaId, BandOf, Findings, MetricId, Pack, PrescriptionId, QuestionId, Respondent, RuleId,
    ScoreOf, Status,
};

use asked::Answers;
pub use asked::{by_worth, place_labels};
pub use benchmark::{About, Benchmark, Compared, Standing, read_benchmark};
use breakout::Person;
use cut::Groups;
pub use cut::{By, MOST_GROUPS};
use gap::Sides;
use protect::{Cell, tellable};
use score::Scores;
pub use spread::Spread;
pub use together::{
    Breakout, CutTold, GROUP_SIZE, Gap, GroupTold, MIN_GROUP, MetricTold, Often, Options, QuestionTold,
    SHARED, ScoreTold, Together, TooFew,
};

/// A disagreement of less than this, of 1, is none to talk about.
const WORTH_TALKING: (i64, i64) = (1, 4);

/// What has been counted so far.
pub struct Tally<'p> {
    pack: &'p Pack,
    people: Vec<Person>,
    /// Names, where groups are to show them.
    names: Option<Vec<String>>,
    dates: Option<(Date, Date)>,
    total: Scores,
    areas: Vec<Scores>,
    questions: Vec<Answers>,
    metrics: Vec<Metrics>,
    gaps: Vec<Sides>,
    prescriptions: Vec<usize>,
    rules: Vec<usize>,
    cuts: Vec<Groups>,
    /// What is known of those who belong to the same group of each cut.
    cells: BTreeMap<Vec<usize>, Part>,
}

/// The values of one metric.
#[derive(Clone, Debug, Default)]
struct Metrics {
    values: Spread,
    bands: Vec<usize>,
}

/// People who belong to the same groups.
#[derive(Clone, Debug)]
struct Part {
    people: usize,
    total: Scores,
    areas: Vec<Scores>,
}

impl Part {
    fn new(pack: &Pack) -> Part {
        let area = |at| Scores::new(pack, ScoreOf::Area(AreaId(at)));
        Part {
            people: 0,
            total: Scores::new(pack, ScoreOf::Total),
            areas: (0..pack.areas.len()).map(area).collect(),
        }
    }

    fn add(&mut self, pack: &Pack, findings: &Findings) {
        self.people += 1;
        self.total.add(pack, findings, ScoreOf::Total);
        for (at, scores) in self.areas.iter_mut().enumerate() {
            scores.add(pack, findings, ScoreOf::Area(AreaId(at)));
        }
    }

    fn join(&mut self, other: &Part) {
        self.people += other.people;
        self.total.join(&other.total);
        self.areas.iter_mut().zip(&other.areas).for_each(|(own, more)| own.join(more));
    }

    fn scores(&self, of: ScoreOf) -> &Scores {
        match of {
            ScoreOf::Area(id) => &self.areas[id.0],
            ScoreOf::Total => &self.total,
        }
    }
}

impl<'p> Tally<'p> {
    /// `names`: whether breakout groups name their people.
    pub fn new(pack: &'p Pack, cuts: Vec<By>, names: bool) -> Tally<'p> {
        let Part { total, areas, .. } = Part::new(pack);
        let metric = |at| vec![0; pack.band_names(BandOf::Metric(MetricId(at))).len()];
        Tally {
            pack,
            people: Vec::new(),
            names: names.then(Vec::new),
            dates: None,
            total,
            areas,
            questions: pack.questions.iter().map(Answers::new).collect(),
            metrics: (0..pack.metrics.len())
                .map(|at| Metrics { values: Spread::default(), bands: metric(at) })
                .collect(),
            gaps: vec![Sides::default(); pack.questions.len()],
            prescriptions: vec![0; pack.prescriptions.len()],
            rules: vec![0; pack.rules.len()],
            cuts: cuts.into_iter().map(Groups::new).collect(),
            cells: BTreeMap::new(),
        }
    }

    /// How many were added.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// Takes the next one; the order says who comes first in breakout groups, and nothing else.
    pub fn add(&mut self, respondent: &Respondent, findings: &Findings) {
        let pack = self.pack;
        self.people.push(Person::new(findings));
        if let Some(names) = &mut self.names {
            names.push(respondent.name.trim().to_owned());
        }
        if let Some(date) = respondent.date {
            let (first, last) = self.dates.unwrap_or((date, date));
            self.dates = Some((first.min(date), last.max(date)));
        }
        self.total.add(pack, findings, ScoreOf::Total);
        for (at, scores) in self.areas.iter_mut().enumerate() {
            scores.add(pack, findings, ScoreOf::Area(AreaId(at)));
        }
        for (at, answers) in self.questions.iter_mut().enumerate() {
            answers.add(pack, findings, QuestionId(at));
            if !respondent.voices.is_empty() {
                self.gaps[at].add(pack, respondent, QuestionId(at));
            }
        }
        for (at, metric) in self.metrics.iter_mut().enumerate() {
            let found = findings.values.metric(MetricId(at));
            if let Some(value) = found.value() {
                metric.values.add(value, 1);
            }
            if let Some(count) = found.band().and_then(|band| metric.bands.get_mut(band)) {
                *count += 1;
            }
        }
        for Advice { prescription, .. } in &findings.prescriptions {
            self.prescriptions[prescription.0] += 1;
        }
        for (count, rule) in self.rules.iter_mut().zip(&findings.rules) {
            *count += usize::from(rule.status == Status::Fired);
        }
        if !self.cuts.is_empty() {
            let groups = self.cuts.iter_mut().map(|cut| cut.of(pack, respondent, findings)).collect();
            self.cells.entry(groups).or_insert_with(|| Part::new(pack)).add(pack, findings);
        }
    }

    /// Why a cut makes no groups, and what to do: message and help of each such cut.
    pub fn faults(&self) -> Vec<(String, String)> {
        self.cuts.iter().filter_map(|cut| cut.fault(self.pack)).collect()
    }

    /// What it comes to.
    ///
    /// # Errors
    /// Where the whole cohort is smaller than the least that may be told of.
    pub fn finish(&self, options: &Options) -> Result<Together, TooFew> {
        let (people, least) = (self.people.len(), options.least);
        if people < least.max(1) {
            return Err(TooFew { people, least: least.max(1) });
        }
        let pack = self.pack;
        let area = |at: usize| told(pack, ScoreOf::Area(AreaId(at)), &self.areas[at], (least, least));
        let questions: Vec<QuestionTold> =
            (0..pack.questions.len()).map(|at| self.question(QuestionId(at), least)).collect();
        let gaps = (0..pack.questions.len()).map(QuestionId).filter(|id| self.gaps[id.0].both >= least);
        let mut gaps: Vec<Gap> = gaps.filter_map(|id| self.gaps[id.0].gap(pack, id)).collect();
        gaps.sort_by(|a, b| b.share.cmp(&a.share).then(a.question.cmp(&b.question)));
        let areas: Vec<ScoreTold> = (0..pack.areas.len()).map(area).collect();
        Ok(Together {
            people,
            least,
            group_size: options.group_size,
            dates: self.dates,
            total: pack.total.as_ref().map(|_| told(pack, ScoreOf::Total, &self.total, (least, least))),
            leaks: leaks(&areas, &self.areas),
            strengths: strengths(&areas, people),
            areas,
            talk: talk(pack, &questions),
            questions,
            metrics: (0..pack.metrics.len()).map(|at| self.metric(MetricId(at), least)).collect(),
            gaps,
            prescriptions: self.prescribed(),
            rules: often(&self.rules, RuleId),
            alike: self.named(breakout::alike(&self.people, options.group_size)),
            mixed: self.named(breakout::mixed(&self.people, options.group_size)),
            cuts: self.cut(least),
        })
    }

    fn question(&self, id: QuestionId, least: usize) -> QuestionTold {
        let (question, answers) = (self.pack.question(id), &self.questions[id.0]);
        let enough = answers.counted >= least;
        QuestionTold {
            question: id,
            counted: if enough { answers.counted } else { 0 },
            places: if enough { answers.places.clone() } else { Vec::new() },
            mixed: answers.mixed,
            absent: answers.absent,
            quarters: quarters(&answers.values, least),
            disagreement: answers.disagreement(question).filter(|_| answers.values.count() >= least),
            camps: answers.camps(question).filter(|_| enough),
            values: if answers.values.count() >= least { answers.values.clone() } else { Spread::default() },
        }
    }

    fn metric(&self, id: MetricId, least: usize) -> MetricTold {
        let metric = &self.metrics[id.0];
        let banded: usize = metric.bands.iter().sum();
        let enough = metric.values.count() >= least;
        MetricTold {
            metric: id,
            counted: if enough { metric.values.count() } else { 0 },
            quarters: quarters(&metric.values, least),
            bands: if enough && banded >= least { metric.bands.clone() } else { Vec::new() },
        }
    }

    /// Most often first; of those of one number what does more for less, then the pack's order.
    fn prescribed(&self) -> Vec<Often<PrescriptionId>> {
        let mut list = often(&self.prescriptions, PrescriptionId);
        let worth = |id: PrescriptionId| {
            let one = self.pack.prescription(id);
            crate::model::Number::ratio(one.impact, one.effort.max(1))
        };
        list.sort_by(|a, b| b.people.cmp(&a.people).then(worth(b.what).cmp(&worth(a.what))));
        list
    }

    fn named(&self, mut groups: Vec<Breakout>) -> Vec<Breakout> {
        if let Some(names) = &self.names {
            for group in &mut groups {
                group.names = group.members.iter().map(|at| names[*at].clone()).collect();
            }
        }
        groups
    }

    /// Each cut with the groups that may be told, so that no figure of too few can be worked out from several.
    fn cut(&self, least: usize) -> Vec<CutTold> {
        let pack = self.pack;
        // Which group is left out of two of one size may not depend on who came first.
        let orders: Vec<Vec<usize>> = self.cuts.iter().map(|cut| cut.order(pack)).collect();
        let place = |cut: usize, group: usize| {
            orders[cut].iter().position(|known| *known == group).unwrap_or_default()
        };
        let placed = |groups: &[usize]| -> Vec<usize> {
            groups.iter().enumerate().map(|(cut, group)| place(cut, *group)).collect()
        };
        let cells = |count: &dyn Fn(&Part) -> usize| -> Vec<Cell> {
            self.cells
                .iter()
                .map(|(groups, part)| Cell { groups: placed(groups), people: count(part) })
                .collect()
        };
        let all: Vec<Vec<bool>> = self.cuts.iter().map(|cut| vec![true; cut.labels.len()]).collect();
        let open = tellable(&cells(&|part| part.people), &all, least);
        let scores = (0..pack.areas.len()).map(|at| ScoreOf::Area(AreaId(at))).chain([ScoreOf::Total]);
        // Bands are of those whose band is certain, leaks of those of whom that is known: each may give few away.
        let scores: Vec<ScoreOf> = scores.collect();
        let by = |count: &dyn Fn(&Scores) -> usize| -> Vec<Vec<Vec<bool>>> {
            let of = |of: &ScoreOf| tellable(&cells(&|part| count(part.scores(*of))), &open, least);
            scores.iter().map(of).collect()
        };
        let (by_band, by_leak) = (by(&Scores::counted), by(&Scores::decided));
        let mut out = Vec::new();
        for (at, cut) in self.cuts.iter().enumerate() {
            let mut parts = vec![Part::new(pack); cut.labels.len()];
            self.cells.iter().for_each(|(groups, part)| parts[place(at, groups[at])].join(part));
            let small = parts.iter().filter(|part| part.people < least).count();
            let shown = (0..parts.len()).filter(|group| open[at][*group]);
            let groups: Vec<GroupTold> = shown
                .map(|group| {
                    let part = &parts[group];
                    let one = |of: ScoreOf, place: usize| {
                        let from =
                            |by: &[Vec<Vec<bool>>]| if by[place][at][group] { least } else { usize::MAX };
                        told(pack, of, part.scores(of), (from(&by_band), from(&by_leak)))
                    };
                    let areas = (0..pack.areas.len()).map(|place| one(ScoreOf::Area(AreaId(place)), place));
                    let areas: Vec<ScoreTold> = areas.collect();
                    GroupTold {
                        label: cut.labels[orders[at][group]].clone(),
                        people: part.people,
                        total: pack.total.as_ref().map(|_| one(ScoreOf::Total, pack.areas.len())),
                        leaks: leaks(&areas, &part.areas),
                        areas,
                    }
                })
                .collect();
            out.push(CutTold {
                by: cut.by.name(pack).to_owned(),
                question: match &cut.by {
                    By::Question(id) => Some(*id),
                    By::Extra(_) => None,
                },
                held_back: parts.len() - groups.len() - small,
                small,
                groups,
            });
        }
        out
    }
}

/// Scores without what is of too few: the least number for bands and medians, and for leaks.
fn told(pack: &Pack, of: ScoreOf, scores: &Scores, (least, least_of_leaks): (usize, usize)) -> ScoreTold {
    let enough = scores.counted() >= least;
    let enough_for_leaks = scores.decided() >= least_of_leaks;
    let valued = scores.values.count() >= least;
    let ends = pack.score_range(of).filter(|_| valued);
    ScoreTold {
        of,
        counted: if enough { scores.counted() } else { 0 },
        bands: if enough { scores.bands.clone() } else { Vec::new() },
        certain: scores.values.count(),
        open: scores.open,
        without: scores.without,
        quarters: quarters(&scores.values, least),
        disagreement: ends.and_then(|(low, high)| scores.values.disagreement(low, high)),
        leaks: if enough_for_leaks { scores.leaks } else { 0 },
        holds: if enough_for_leaks { scores.holds } else { 0 },
        values: if valued { scores.values.clone() } else { Spread::default() },
    }
}

fn quarters(values: &Spread, least: usize) -> Option<[crate::model::Number; 3]> {
    if values.count() < least {
        return None;
    }
    Some([values.quarter(1)?, values.quarter(2)?, values.quarter(3)?])
}

/// What was found for anybody, most often first.
fn often<T>(counts: &[usize], id: impl Fn(usize) -> T) -> Vec<Often<T>> {
    let found = counts.iter().enumerate().filter(|(_, people)| **people > 0);
    let mut list: Vec<Often<T>> = found.map(|(at, people)| Often { what: id(at), people: *people }).collect();
    list.sort_by_key(|one| std::cmp::Reverse(one.people));
    list
}

/// The areas that leak for two or more: of most people first, of as many the deeper one, of as deep the pack's first.
fn leaks(told: &[ScoreTold], scores: &[Scores]) -> Vec<AreaId> {
    let mut shared: Vec<usize> = (0..told.len()).filter(|at| told[*at].leaks >= 2).collect();
    // As many people on both sides: so the sums are in the order of the means.
    shared.sort_by(|a, b| {
        let deeper = scores[*a].of_leaks.cmp(&scores[*b].of_leaks);
        told[*b].leaks.cmp(&told[*a].leaks).then(deeper)
    });
    shared.into_iter().map(AreaId).collect()
}

/// The areas that hold for at least half of all, those of most people first.
fn strengths(told: &[ScoreTold], people: usize) -> Vec<AreaId> {
    let mut shared: Vec<usize> = (0..told.len()).filter(|at| told[*at].holds * 2 >= people).collect();
    shared.sort_by_key(|at| std::cmp::Reverse(told[*at].holds));
    shared.into_iter().map(AreaId).collect()
}

/// The questions on which people lie furthest apart; of those as far, where there are two camps, then the pack's first.
fn talk(pack: &Pack, questions: &[QuestionTold]) -> Vec<QuestionId> {
    let enough = crate::model::Number::ratio(WORTH_TALKING.0, WORTH_TALKING.1);
    let scored = |told: &&QuestionTold| pack.question(told.question).area.is_some();
    let mut list: Vec<&QuestionTold> = questions
        .iter()
        .filter(scored)
        .filter(|told| told.disagreement.as_ref().is_some_and(|measure| *measure >= enough))
        .collect();
    list.sort_by(|a, b| b.disagreement.cmp(&a.disagreement).then(b.camps.is_some().cmp(&a.camps.is_some())));
    list.into_iter().take(SHARED).map(|told| told.question).collect()
}
