//! Areas, metrics and findings as a template sees them.

use super::{Facts, answered, link};
use crate::compose::contract::{Area, Evidence, Finding, Md, Metric, Num, SourceRef};
use crate::logic::Truth;
use crate::markdown::inert;
use crate::model::{
    AreaId, BandOf, Bands, CitationId, Metric as PackMetric, MetricId, Number, RuleId, ScoreOf, Unit,
};
use crate::wording;

impl Facts<'_> {
    pub(super) fn areas(&self) -> Vec<Area> {
        (0..self.pack.areas.len()).map(|at| self.area(ScoreOf::Area(AreaId(at)))).collect()
    }

    pub(super) fn total(&self) -> Option<Area> {
        self.pack.total.as_ref().map(|_| self.area(ScoreOf::Total))
    }

    /// `0 to 100`: the ends of every area's score; none where they differ or nothing bounds them.
    pub(super) fn range(&self) -> Option<String> {
        let mut all = self.pack.areas.iter().map(|area| area.range.as_ref());
        let (low, high) = all.next()??;
        all.all(|other| other == Some(&(low.clone(), high.clone()))).then(|| format!("{low} to {high}"))
    }

    /// How far a score lies on the way between its ends, in percent.
    fn share(&self, of: ScoreOf) -> Option<String> {
        let (low, high) = self.pack.score_range(of)?;
        let share = |value: &Number| {
            let share = (value - low).checked_div(&(high - low))?;
            // Answers that were not asked can bring a sum below its usual ends.
            let share = share.max(Number::zero()).min(Number::one());
            Some((&share * &Number::from(100i64)).shown(0, &[]))
        };
        let (from, to) = self.findings.values.score(of).ends.as_ref()?;
        let (from, to) = (share(from)?, share(to)?);
        Some(if from == to { from } else { format!("{from} to {to}") })
    }

    fn area(&self, of: ScoreOf) -> Area {
        let score = self.findings.values.score(of);
        let (id, title) = match of {
            ScoreOf::Area(area) => {
                let area = self.pack.area(area);
                (area.id.clone(), self.prose(&area.title))
            }
            ScoreOf::Total => {
                let title = self.pack.total.as_ref().and_then(|total| total.title.as_ref());
                ("total".to_owned(), title.map_or(Md("The total".to_owned()), |title| self.prose(title)))
            }
        };
        let dated = wording::in_force(self.pack, self.findings, BandOf::Score(of));
        let bands = dated.map(|dated| &dated.value);
        let possible: Vec<String> = bands
            .map(|bands| {
                score
                    .bands
                    .iter()
                    .filter_map(|at| bands.labels.get(*at))
                    .map(|name| inert(&name.label))
                    .collect()
            })
            .unwrap_or_default();
        let band = self.findings.band_name(self.pack, BandOf::Score(of)).map(|name| Md(inert(&name.label)));
        let text = wording::score_value(self.pack, of, score, &[]).unwrap_or_else(|| "unknown".to_owned());
        let holds = |list: &[AreaId]| matches!(of, ScoreOf::Area(id) if list.contains(&id));
        let sentence = match possible.as_slice() {
            [] => wording::scored(self.pack, self.findings, of, &[]),
            possible => {
                format!("{}: {}", wording::scored(self.pack, self.findings, of, &[]), either(possible))
            }
        };
        let sentence = Md(wording::sentence(&sentence));
        Area {
            id,
            full: wording::score_of_all(self.pack, of, score).unwrap_or_else(|| text.clone()),
            share: self.share(of),
            text,
            value: score.value().map(Num::from),
            low: score.ends.as_ref().map(|(low, _)| Num::from(low)),
            high: score.ends.as_ref().map(|(_, high)| Num::from(high)),
            band_text: Md(either(&possible)),
            band,
            bands_text: bands.map(|bands| {
                Md(wording::bands_in_words(bands, self.pack.better(BandOf::Score(of)), &Unit::None))
            }),
            aim: bands.and_then(|bands| self.aim(bands, of)),
            sentence,
            answered: answered(score.answered),
            certain: score.value().is_some(),
            leak: holds(&self.findings.leaks),
            strength: holds(&self.findings.strengths),
            title,
        }
    }

    /// All bands that are no leak, as one range.
    fn aim(&self, bands: &Bands, of: ScoreOf) -> Option<Md> {
        let better = self.pack.better(BandOf::Score(of));
        let sound: Vec<usize> = (0..bands.labels.len()).filter(|band| !bands.leaks(*band, better)).collect();
        let some = !sound.is_empty() && sound.len() < bands.labels.len();
        some.then(|| Md(wording::range_in_words(bands, &sound, &Unit::None)))
    }

    /// `pouring to 40, dripping to 60, tight`; none where areas differ.
    pub(super) fn zones(&self) -> Option<Md> {
        let in_force =
            |at| wording::in_force(self.pack, self.findings, BandOf::Score(ScoreOf::Area(AreaId(at))));
        let mut all = (0..self.pack.areas.len()).map(|at| in_force(at).map(|dated| &dated.value));
        let bands = all.next()??;
        let key = |bands: &crate::model::Bands| {
            let steps: Vec<_> = bands.steps.iter().map(|step| (step.label, step.edge.clone())).collect();
            (steps, bands.labels.clone())
        };
        if !all.all(|other| other.is_some_and(|other| key(other) == key(bands))) {
            return None;
        }
        let mut edges = bands.edges();
        edges.sort();
        edges.dedup();
        // One zone lies between two edges; where a band comes twice, a zone could not say which.
        if edges.len() + 1 != bands.labels.len() {
            return None;
        }
        let said: Vec<String> = bands
            .labels
            .iter()
            .enumerate()
            .map(|(at, label)| match edges.get(at) {
                Some(edge) => format!("{} to {edge}", inert(&label.label)),
                None => inert(&label.label),
            })
            .collect();
        Some(Md(said.join(", ")))
    }

    pub(super) fn metrics(&self) -> Vec<Metric> {
        let metrics = self.pack.metrics.iter().enumerate();
        let shown = metrics.filter(|(at, metric)| {
            !metric.bands.is_empty() || self.findings.values.metrics[*at].ends.is_some()
        });
        shown.map(|(at, metric)| self.metric(MetricId(at), metric)).collect()
    }

    fn metric(&self, id: MetricId, metric: &PackMetric) -> Metric {
        let found = self.findings.values.metric(id);
        let dated = wording::in_force(self.pack, self.findings, BandOf::Metric(id));
        let text = wording::metric_value(self.pack, self.findings, id, &[]);
        let areas: Vec<AreaId> = (0..self.pack.areas.len())
            .map(AreaId)
            .filter(|area| self.pack.area(*area).metrics.contains(&id))
            .collect();
        let shown = self.findings.leaks.iter().take(crate::model::SHOWN_LEAKS);
        let in_leak = shown.clone().any(|leak| areas.contains(leak));
        let sources = dated.map(|dated| dated.sources.as_slice()).unwrap_or_default();
        Metric {
            id: metric.id.clone(),
            title: self.prose(&metric.title),
            text: text.unwrap_or_else(|| "unknown".to_owned()),
            value: found.value().map(Num::from),
            unit: metric.unit.name().to_owned(),
            period: metric.period.clone(),
            computed: found.computed,
            band: self.findings.band_name(self.pack, BandOf::Metric(id)).map(|name| Md(inert(&name.label))),
            has_bands: dated.is_some(),
            bands_text: dated
                .map(|dated| Md(wording::bands_in_words(&dated.value, metric.better, &metric.unit))),
            ends_text: dated
                .map(|dated| Md(wording::ends_in_words(&dated.value, metric.better, &metric.unit))),
            sources: self.sources(sources),
            sources_text: self.sources_text(sources),
            from: dated.and_then(|dated| dated.from).map(wording::date),
            review_by: dated.and_then(|dated| dated.review_by).map(wording::date),
            stale: self.stale(id),
            note: dated.and_then(|dated| dated.note.as_ref()).map(|note| self.prose(note)),
            areas: areas.iter().map(|area| self.pack.area(*area).id.clone()).collect(),
            in_leak,
        }
    }

    /// Whether the bands that hold were due for review before the day of the answers.
    pub(super) fn stale(&self, id: MetricId) -> bool {
        let day = self.findings.as_of.or(self.respondent.date);
        let review =
            wording::in_force(self.pack, self.findings, BandOf::Metric(id)).and_then(|dated| dated.review_by);
        matches!((day, review), (Some(day), Some(review)) if day > review)
    }

    pub(super) fn sources(&self, ids: &[CitationId]) -> Vec<SourceRef> {
        ids.iter()
            .map(|id| {
                let citation = self.pack.citation(*id);
                let title = self.prose(&citation.title);
                let linked = match citation.url.as_deref().and_then(link::target) {
                    Some(target) => format!("[{}]({target})", title.0),
                    None => title.0.clone(),
                };
                let grade = citation.grade.as_ref().map(|grade| format!(", grade {}", inert(grade)));
                let note = citation.note.as_ref().map(|note| self.prose(note));
                let said = note.as_ref().map(|note| format!(": {}", note.0));
                let text = format!("{linked}{}{}", grade.unwrap_or_default(), said.unwrap_or_default());
                SourceRef {
                    id: citation.id.clone(),
                    number: self.used.iter().position(|used| used == id).map(|at| at + 1),
                    title,
                    note,
                    grade: citation.grade.clone(),
                    url: citation.url.clone(),
                    link: Md(linked),
                    text: Md(text),
                }
            })
            .collect()
    }

    pub(super) fn sources_text(&self, ids: &[CitationId]) -> Md {
        let short = self.sources(ids).into_iter().map(|source| {
            let grade = source.grade.as_deref().map(inert).unwrap_or_default();
            match source.number {
                Some(number) => format!("{grade}{number}"),
                None => grade,
            }
        });
        Md(short.collect::<Vec<_>>().join(", "))
    }

    /// What the figures with a band and the advice told in detail rest on, in pack order.
    pub(super) fn find_used(&self) -> Vec<CitationId> {
        let metrics = (0..self.pack.metrics.len()).map(MetricId);
        let judged = metrics.filter(|id| self.findings.values.metric(*id).band().is_some());
        let bands = judged.filter_map(|id| wording::in_force(self.pack, self.findings, BandOf::Metric(id)));
        let mut used: Vec<CitationId> = bands.flat_map(|dated| dated.sources.iter().copied()).collect();
        for advice in self.findings.prescriptions.iter().filter(|advice| self.in_detail(advice)) {
            used.extend_from_slice(&self.pack.prescription(advice.prescription).sources);
        }
        used.sort();
        used.dedup();
        used
    }

    pub(super) fn finding(&self, id: RuleId) -> Finding {
        let rule = &self.pack.rules[id.0];
        let because = wording::because(self.pack, self.findings, id);
        let evidence = because.lines.into_iter().map(|line| Evidence {
            text: Md(line.text),
            threshold: Md(line.threshold),
            truth: match line.truth {
                Truth::True => "true",
                Truth::False => "false",
                Truth::Unknown { .. } => "unknown",
            }
            .to_owned(),
            decisive: line.decisive,
            sources: self.sources(&line.sources),
        });
        Finding {
            id: rule.id.clone(),
            title: self.prose(&rule.title),
            why: self.prose(&rule.why),
            severity: rule.severity.word().to_owned(),
            area: rule.area.map(|area| self.pack.area(area).id.clone()),
            area_title: rule.area.map(|area| self.prose(&self.pack.area(area).title)),
            because: Md(because.sentence),
            would_change: self.would_change(id),
            evidence: evidence.collect(),
            assumed: because.assumed,
            prescriptions: self
                .findings
                .prescriptions
                .iter()
                .filter(|advice| advice.rules.contains(&id))
                .map(|advice| self.pack.prescription(advice.prescription).id.clone())
                .collect(),
        }
    }
}

fn either(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
