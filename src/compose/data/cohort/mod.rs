//! A cohort's findings together → what templates see of it, in words.

mod asked;
mod cut;
mod often;
mod score;

use jiff::civil::Date;

use crate::compose::contract::{
    Benchmark, Breakout, Cohort, Count, Md, MetricTogether, Num, SharedLeak, Standing,
};
use crate::markdown::inert;
use crate::model::{AreaId, BandOf, Number, Pack, Prose, ScoreOf};
use crate::tally::{self, Compared, SHARED, Together};
use crate::wording::{count, date, list, plain_prose, sentence};

/// What sentences on a cohort are made of.
#[derive(Clone, Copy)]
struct All<'a> {
    pack: &'a Pack,
    together: &'a Together,
    compared: Option<&'a Compared>,
}

/// The cohort as templates see it.
pub(super) fn cohort(pack: &Pack, together: &Together, compared: Option<&Compared>) -> Cohort {
    let all = All { pack, together, compared };
    let areas: Vec<_> = together.areas.iter().map(|told| all.score(told, together.people)).collect();
    let of = |ids: &[AreaId]| ids.iter().map(|id| areas[id.0].clone()).collect();
    let questions = all.questions();
    let talk = together.talk.iter().filter_map(|id| {
        let id = &pack.question(*id).id;
        questions.iter().find(|asked| asked.id == *id).cloned()
    });
    let profile = questions.iter().filter(|asked| asked.profile).cloned().collect();
    Cohort {
        people: together.people,
        people_text: people(together.people),
        dates: together.dates.map(|(first, last)| days(first, last)),
        min_group: together.least,
        total: together.total.as_ref().map(|told| all.score(told, together.people)),
        range: all.range(),
        bands: all.bands(),
        leaks: together.shared_leaks().iter().map(|id| all.shared_leak(*id, &areas[id.0])).collect(),
        more_leaks: together.leaks.iter().skip(SHARED).map(|id| areas[id.0].clone()).collect(),
        strengths: of(&together.strengths),
        talk: talk.collect(),
        profile,
        questions,
        gaps: together.gaps.iter().map(|gap| all.gap(gap)).collect(),
        metrics: all.metrics(),
        prescriptions: all.prescriptions(|_| true).collect(),
        findings: all.rules(|_| true).collect(),
        group_size: together.group_size,
        named: together.alike.iter().any(|group| !group.names.is_empty()),
        alike: all.breakouts(&together.alike),
        mixed: all.breakouts(&together.mixed),
        cuts: together.cuts.iter().map(|cut| all.cut(cut)).collect(),
        benchmark: compared.map(|compared| all.benchmark(compared)),
        areas,
    }
}

/// `24 respondents`.
pub(super) fn people(number: usize) -> String {
    count(number, "respondent", "respondents")
}

/// `2 to 4 March 2026`, `28 February to 4 March 2026`.
fn days(first: Date, last: Date) -> String {
    let (from, to) = (date(first), date(last));
    if first == last {
        return to;
    }
    // The parts that both share are said once.
    let shared = |parts: usize| {
        let from: Vec<&str> = from.split(' ').collect();
        from[..from.len() - parts].join(" ")
    };
    match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => format!("{} to {to}", shared(2)),
        (true, false) => format!("{} to {to}", shared(1)),
        _ => format!("{from} to {to}"),
    }
}

/// A share in percent, without decimals.
fn share(part: usize, whole: usize) -> Num {
    let share = Number::from(part).checked_div(&Number::from(whole)).unwrap_or_default();
    Num::from(&(&share * &Number::from(100i64)).rounded(0))
}

/// From 0 to 1 as a number up to 100.
fn hundredths(number: &Number) -> Num {
    Num::from(&(number * &Number::from(100i64)).rounded(0))
}

impl All<'_> {
    fn prose(&self, prose: &Prose) -> Md {
        Md(plain_prose(prose))
    }

    /// `0 to 100`: the ends of every area's score; none where they differ or nothing bounds them.
    fn range(&self) -> Option<String> {
        let mut all = self.pack.areas.iter().map(|area| area.range.as_ref());
        let (low, high) = all.next()??;
        all.all(|other| other == Some(&(low.clone(), high.clone()))).then(|| format!("{low} to {high}"))
    }

    /// The bands that all areas have; none where they differ.
    fn bands(&self) -> Vec<Md> {
        let names = |at: usize| self.pack.band_names(BandOf::Score(ScoreOf::Area(AreaId(at))));
        let same = (1..self.pack.areas.len()).all(|at| names(at) == names(0));
        match same && !self.pack.areas.is_empty() {
            true => names(0).iter().map(|name| Md(inert(&name.label))).collect(),
            false => Vec::new(),
        }
    }

    fn counts<'l>(&self, labels: impl Iterator<Item = &'l str>, times: &[usize], of: usize) -> Vec<Count> {
        let each = labels.zip(times);
        each.map(|(label, people)| Count {
            label: Md(inert(label)),
            people: *people,
            share: share(*people, of),
        })
        .collect()
    }

    /// What the pack calls a leak.
    fn leak(&self) -> String {
        inert(&super::words(self.pack).leak)
    }

    fn shared_leak(&self, id: AreaId, area: &crate::compose::contract::AreaTogether) -> SharedLeak {
        let of_area = |area: Option<AreaId>| area == Some(id);
        let guide = super::guide::guide(self.pack, super::of_nobody);
        let coach = guide.into_iter().find(|part| part.id == area.id).map(|part| part.ask);
        let median = area.median_full.as_ref().map(|median| format!("; the median is {median}"));
        let (title, text) = (&area.title.0, &area.leaks_text);
        SharedLeak {
            sentence: Md(sentence(&format!(
                "{title}: {text} have this {}{}",
                self.leak(),
                median.unwrap_or_default()
            ))),
            prescriptions: self
                .prescriptions(|id| of_area(self.pack.prescription(id).area))
                .take(SHARED)
                .collect(),
            findings: self.rules(|id| of_area(self.pack.rules[id.0].area)).take(SHARED).collect(),
            coach: coach.unwrap_or_default(),
            area: area.clone(),
        }
    }

    fn metrics(&self) -> Vec<MetricTogether> {
        let told =
            self.together.metrics.iter().filter(|told| !self.pack.metric(told.metric).bands.is_empty());
        told.map(|told| {
            let metric = self.pack.metric(told.metric);
            let edges: Vec<Number> = metric.bands.iter().flat_map(|dated| dated.value.edges()).collect();
            let plain = |number: &Number| number.shown(1, &edges);
            let full = |number: &Number| metric.unit.after(&plain(number));
            let names = self.pack.band_names(BandOf::Metric(told.metric));
            MetricTogether {
                id: metric.id.clone(),
                title: self.prose(&metric.title),
                counted: told.counted,
                median: told.quarters.as_ref().map(|[_, median, _]| full(median)),
                middle: told.quarters.as_ref().map(|[low, _, high]| match low == high {
                    true => full(low),
                    false => format!("{} to {}", plain(low), full(high)),
                }),
                bands: self.counts(
                    names.iter().map(|name| name.label.as_str()),
                    &told.bands,
                    told.bands.iter().sum(),
                ),
            }
        })
        .collect()
    }

    fn breakouts(&self, groups: &[tally::Breakout]) -> Vec<Breakout> {
        let no_leak = format!("no {}", self.pack.word("leak"));
        let title = |area: &Option<AreaId>| match area {
            Some(id) => self.prose(&self.pack.area(*id).title).0,
            None => inert(&no_leak),
        };
        let number = |(at, group): (usize, &tally::Breakout)| {
            let about: Vec<String> = match group.worst.as_slice() {
                [(one, _)] => vec![title(one)],
                several => several.iter().map(|(area, times)| format!("{} ({times})", title(area))).collect(),
            };
            Breakout {
                number: at + 1,
                people: group.members.len(),
                about: Md(list(&about)),
                names_text: group.names.join(", "),
                names: group.names.clone(),
            }
        };
        groups.iter().enumerate().map(number).collect()
    }

    fn benchmark(&self, compared: &Compared) -> Benchmark {
        let areas = compared.other_scores.iter().map(|of| Md(score::title(self, *of)));
        let questions = compared.other_questions.iter().map(|id| self.prose(&self.pack.question(*id).text));
        Benchmark {
            title: compared.about.title.clone(),
            source: compared.about.source.clone(),
            grade: compared.about.grade.clone(),
            date: date(compared.about.date),
            people: compared.people,
            version: compared.version.clone(),
            left_out: areas.chain(questions).collect(),
        }
    }
}

/// Where a median stands, in words. `shown` writes a number as the median itself is written.
fn standing(found: &tally::Standing, shown: &dyn Fn(&Number) -> String) -> Standing {
    let (above, own) = (found.people - found.below - found.equal, shown(&found.own));
    let beside = match found.own.cmp(&found.median) {
        std::cmp::Ordering::Equal => format!("the median of {own} is the benchmark's own"),
        std::cmp::Ordering::Less => {
            format!("the median of {own} is below the benchmark's {}", shown(&found.median))
        }
        std::cmp::Ordering::Greater => {
            format!("the median of {own} is above the benchmark's {}", shown(&found.median))
        }
    };
    let lie = if found.below == 1 { "lies" } else { "lie" };
    let (all, below) = (people(found.people), found.below);
    let said = format!("{beside}: of its {all}, {below} {lie} lower and {above} higher");
    Standing {
        median: shown(&found.median),
        percentile: Num::from(&found.percentile().rounded(0)),
        people: found.people,
        sentence: Md(sentence(&said)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_say_what_they_share_once() {
        let day = |year, month, day| Date::constant(year, month, day);
        assert_eq!(days(day(2026, 3, 2), day(2026, 3, 2)), "2 March 2026");
        assert_eq!(days(day(2026, 3, 2), day(2026, 3, 4)), "2 to 4 March 2026");
        assert_eq!(days(day(2026, 2, 28), day(2026, 3, 4)), "28 February to 4 March 2026");
        assert_eq!(days(day(2025, 3, 2), day(2026, 3, 4)), "2 March 2025 to 4 March 2026");
    }
}
