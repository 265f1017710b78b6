//! Everything that is written in two packs, side by side: items by their ids, their keys by name.

use std::collections::BTreeMap;

use super::written::{self, prose, proses};
use crate::model::{
    AreaId, BandOf, Citation, Dated, Derived, Group, Ladder, Metric, MetricId, Pack, Prescribed,
    Prescription, Prose, Question, RuleId, ScoreOf, Scoring, Threshold,
};

/// What kind of thing an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Pack,
    Area,
    Question,
    Metric,
    Threshold,
    Derived,
    Condition,
    Group,
    Prescription,
    Ladder,
    Source,
}

impl Section {
    /// As JSON and headings name it.
    pub fn word(self) -> &'static str {
        match self {
            Section::Pack => "pack",
            Section::Area => "area",
            Section::Question => "question",
            Section::Metric => "metric",
            Section::Threshold => "threshold",
            Section::Derived => "derived",
            Section::Condition => "condition",
            Section::Group => "group",
            Section::Prescription => "prescription",
            Section::Ladder => "ladder",
            Section::Source => "source",
        }
    }
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Added,
    Removed,
    Changed,
}

/// An item that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub section: Section,
    pub id: String,
    pub change: Change,
    /// Empty for one that is added or removed.
    pub fields: Vec<Field>,
}

/// A key whose value differs. An absent value is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub old: String,
    pub new: String,
    /// Whether it is words alone, which judge nothing.
    pub text: bool,
}

/// A key with its value as text, and whether it is words alone.
type Fact = (&'static str, String, bool);

/// An item's id with its facts.
type Facts = (String, Vec<Fact>);

/// All items of a section.
type Lister = fn(&Pack) -> Vec<Facts>;

fn fact(name: &'static str, value: impl ToString) -> Fact {
    (name, value.to_string(), false)
}

fn text(name: &'static str, value: impl ToString) -> Fact {
    (name, value.to_string(), true)
}

fn differing(old: Vec<Fact>, new: Vec<Fact>) -> Vec<Field> {
    let pairs = old.into_iter().zip(new);
    let differ = pairs.filter(|((_, old, _), (_, new, _))| old != new);
    differ.map(|((name, old, text), (_, new, _))| Field { name, old, new, text }).collect()
}

/// All items but rules that differ.
pub fn items(old: &Pack, new: &Pack) -> Vec<Item> {
    let mut out = Vec::new();
    let head = differing(pack_facts(old), pack_facts(new));
    if !head.is_empty() {
        out.push(Item { section: Section::Pack, id: new.id.clone(), change: Change::Changed, fields: head });
    }
    let lists: [(Section, Lister); 10] = [
        (Section::Area, |pack| {
            let facts = |(at, area): (usize, &crate::model::Area)| (area.id.clone(), area_facts(pack, at));
            pack.areas.iter().enumerate().map(facts).collect()
        }),
        (Section::Question, |pack| each(&pack.questions, |q| (q.id.clone(), question_facts(pack, q)))),
        (Section::Metric, |pack| {
            let facts = |(at, metric): (usize, &Metric)| (metric.id.clone(), metric_facts(pack, at));
            pack.metrics.iter().enumerate().map(facts).collect()
        }),
        (Section::Threshold, |pack| each(&pack.thresholds, |t| (t.id.clone(), threshold_facts(pack, t)))),
        (Section::Derived, |pack| each(&pack.derived, |d| (d.id.clone(), derived_facts(pack, d)))),
        (Section::Condition, |pack| {
            each(&pack.conditions, |c| (c.id.clone(), vec![fact("when", written::condition(pack, &c.when))]))
        }),
        (Section::Group, |pack| each(&pack.groups, |g| (g.id.clone(), group_facts(pack, g)))),
        (Section::Prescription, |pack| {
            each(&pack.prescriptions, |p| (p.id.clone(), prescription_facts(pack, p)))
        }),
        (Section::Ladder, |pack| each(&pack.ladders, |l| (l.id.clone(), ladder_facts(pack, l)))),
        (Section::Source, |pack| each(&pack.citations, |c| (c.id.clone(), source_facts(pack, c)))),
    ];
    for (section, facts) in lists {
        side_by_side(section, facts(old), facts(new), &mut out);
    }
    out
}

fn each<T>(list: &[T], facts: impl Fn(&T) -> Facts) -> Vec<Facts> {
    list.iter().map(facts).collect()
}

/// In the order of the new pack; what only the old one has comes last.
fn side_by_side(section: Section, old: Vec<Facts>, new: Vec<Facts>, out: &mut Vec<Item>) {
    let order: Vec<String> = old.iter().map(|(id, _)| id.clone()).collect();
    let mut before: BTreeMap<String, Vec<Fact>> = old.into_iter().collect();
    for (id, after) in new {
        let (change, fields) = match before.remove(&id) {
            None => (Change::Added, Vec::new()),
            Some(facts) => (Change::Changed, differing(facts, after)),
        };
        if change == Change::Added || !fields.is_empty() {
            out.push(Item { section, id, change, fields });
        }
    }
    for id in order.into_iter().filter(|id| before.contains_key(id)) {
        out.push(Item { section, id, change: Change::Removed, fields: Vec::new() });
    }
}

/// What a rule says, its conditions included.
pub fn rule_fields(old: &Pack, was: RuleId, new: &Pack, is: RuleId) -> Vec<Field> {
    differing(rule_facts(old, was), rule_facts(new, is))
}

fn rule_facts(pack: &Pack, id: RuleId) -> Vec<Fact> {
    let rule = &pack.rules[id.0];
    let mut given: Vec<&str> = rule
        .prescribe
        .iter()
        .map(|prescribed| match prescribed {
            Prescribed::One(id) => pack.prescription(*id).id.as_str(),
            Prescribed::Ladder(id) => pack.ladder(*id).id.as_str(),
        })
        .collect();
    given.sort_unstable();
    let weaker = rule.supersedes.iter().map(|id| pack.rules[id.0].id.as_str());
    let unless = rule.unless.as_ref().map(|unless| written::condition(pack, unless));
    vec![
        fact("when", written::condition(pack, &rule.when)),
        fact("unless", unless.unwrap_or_default()),
        fact("prescribe", given.join(", ")),
        fact("severity", rule.severity.word()),
        fact("area", area_id(pack, rule.area)),
        fact("if_missing", if_missing(rule.if_missing)),
        fact("supersedes", sorted(weaker)),
        text("title", prose(pack, &rule.title)),
        text("why", prose(pack, &rule.why)),
    ]
}

fn if_missing(what: crate::model::IfMissing) -> &'static str {
    use crate::model::IfMissing::{AssumeFalse, AssumeTrue, Require, Undecided};
    match what {
        Undecided => "undecided",
        AssumeFalse => "assume_false",
        AssumeTrue => "assume_true",
        Require => "require",
    }
}

fn pack_facts(pack: &Pack) -> Vec<Fact> {
    let capacity: Vec<String> =
        pack.capacity.iter().map(|capacity| format!("{}: {}", capacity.days, capacity.at_most)).collect();
    let words = pack.words.iter().map(|(key, word)| format!("{key}: {word}"));
    let total = pack.total.as_ref();
    let bands = pack.dated_bands(BandOf::Score(ScoreOf::Total));
    let mut out = vec![
        fact("capacity", capacity.join(", ")),
        fact("min_group", pack.min_group.map_or_else(String::new, |least| least.to_string())),
        fact("total", total.map_or_else(|| "none".to_owned(), |total| scoring(pack, &total.scoring))),
        fact("better", total.map_or_else(String::new, |total| format!("{:?}", total.better).to_lowercase())),
        text("title", prose(pack, &pack.title)),
        text("total title", optional(pack, total.and_then(|total| total.title.as_ref()))),
        text("language", &pack.language),
        text("words", sorted_owned(words.collect())),
    ];
    out.extend(bands_facts(pack, bands));
    out
}

fn area_facts(pack: &Pack, at: usize) -> Vec<Fact> {
    let area = pack.area(AreaId(at));
    let mut out = vec![
        fact("weight", written::number(&area.weight)),
        fact("scoring", scoring(pack, &area.scoring)),
        fact("better", format!("{:?}", area.better).to_lowercase()),
        fact("metrics", sorted(area.metrics.iter().map(|id| pack.metric(*id).id.as_str()))),
        fact("questions", sorted(area.questions.iter().map(|id| pack.question(*id).id.as_str()))),
        text("title", prose(pack, &area.title)),
    ];
    out.extend(bands_facts(pack, pack.dated_bands(BandOf::Score(ScoreOf::Area(AreaId(at))))));
    out
}

/// The usual way is not spelled out.
fn scoring(pack: &Pack, scoring: &Scoring) -> String {
    use crate::model::{Method, MinAnswered, ScoreMissing};
    let mut parts = vec![match &scoring.method {
        Method::Mean => "mean".to_owned(),
        Method::Sum => "sum".to_owned(),
        Method::RawMean => "raw_mean".to_owned(),
        Method::Formula(formula) => written::formula(pack, formula),
    }];
    parts.push(
        match scoring.missing {
            ScoreMissing::Bounds => "missing: bounds",
            ScoreMissing::Average => "missing: average",
            ScoreMissing::Zero => "missing: zero",
            ScoreMissing::Middle => "missing: middle",
            ScoreMissing::None => "missing: none",
        }
        .to_owned(),
    );
    match &scoring.min_answered {
        Some(MinAnswered::Share(share)) => {
            let share = share * &crate::model::Number::from(100i64);
            parts.push(format!("min_answered: {}%", written::number(&share)));
        }
        Some(MinAnswered::Count(count)) => parts.push(format!("min_answered: {count}")),
        None => {}
    }
    parts.extend(scoring.round.map(|places| format!("round: {places}")));
    parts.extend(
        scoring.valid_if.as_ref().map(|valid| format!("valid_if: {}", written::condition(pack, valid))),
    );
    parts.join(", ")
}

fn bands_facts(pack: &Pack, list: &[Dated<crate::model::Bands>]) -> Vec<Fact> {
    let labels = |dated: &Dated<crate::model::Bands>| {
        let names = dated.value.labels.iter();
        names.map(|name| format!("{} {:?}", name.label, name.translations)).collect::<Vec<_>>().join(", ")
    };
    let notes = list.iter().map(|dated| optional(pack, dated.note.as_ref()));
    vec![
        fact("bands", written::dated(pack, list, written::cuts)),
        fact("sources", written::sources(pack, list)),
        text("labels", list.iter().map(labels).collect::<Vec<_>>().join("; ")),
        text("note", notes.collect::<Vec<_>>().join("; ")),
    ]
}

fn question_facts(pack: &Pack, question: &Question) -> Vec<Fact> {
    let asked = question.ask_if.as_ref().map(|ask_if| {
        let otherwise = written::answer(&question.kind, &ask_if.otherwise);
        format!("{} (else {otherwise})", written::condition(pack, &ask_if.when))
    });
    vec![
        fact("answers", written::taken(&question.kind)),
        fact("points", written::worth(&question.kind)),
        fact("area", area_id(pack, question.area)),
        fact("weight", written::number(&question.weight)),
        fact("reverse", question.reverse),
        fact("voices", sorted(question.voices.iter().map(String::as_str))),
        fact("not_applicable", question.not_applicable),
        fact("ask_if", asked.unwrap_or_default()),
        fact("changeable", question.changeable),
        text("question", prose(pack, &question.text)),
        text("short", question.short.as_deref().unwrap_or_default()),
        text("labels", written::labels(&question.kind)),
    ]
}

fn metric_facts(pack: &Pack, at: usize) -> Vec<Fact> {
    let metric = pack.metric(MetricId(at));
    let range = metric.range.as_ref();
    let range = range.map(|(low, high)| format!("{} to {}", written::number(low), written::number(high)));
    let formula = metric.formula.as_ref().map(|formula| written::formula(pack, formula));
    let valid = metric.valid_if.as_ref().map(|valid| written::condition(pack, valid));
    let worth = |table: &crate::model::PointsTable| written::cuts(&table.cuts);
    let mut out = vec![
        fact("unit", metric.unit.name()),
        fact("range", range.unwrap_or_default()),
        fact("formula", formula.unwrap_or_default()),
        fact("valid_if", valid.unwrap_or_default()),
        fact("round", metric.round.map_or_else(String::new, |places| places.to_string())),
        fact("better", format!("{:?}", metric.better).to_lowercase()),
        fact("changeable", metric.changeable),
        fact("points", written::dated(pack, &metric.points, worth)),
        text("title", prose(pack, &metric.title)),
        text("short", metric.short.as_deref().unwrap_or_default()),
        text("period", metric.period.as_deref().unwrap_or_default()),
    ];
    out.extend(bands_facts(pack, &metric.bands));
    out
}

fn threshold_facts(pack: &Pack, threshold: &Threshold) -> Vec<Fact> {
    vec![
        fact("value", written::dated(pack, &threshold.values, written::number)),
        fact("unit", threshold.unit.name()),
        fact("sources", written::sources(pack, &threshold.values)),
        text("title", optional(pack, threshold.title.as_ref())),
    ]
}

fn derived_facts(pack: &Pack, derived: &Derived) -> Vec<Fact> {
    let formula = derived.formula.as_ref().map(|formula| written::formula(pack, formula));
    vec![
        fact("formula", formula.unwrap_or_default()),
        fact("unit", derived.unit.name()),
        text("title", optional(pack, derived.title.as_ref())),
    ]
}

fn group_facts(pack: &Pack, group: &Group) -> Vec<Fact> {
    let rules: Vec<&str> = group.rules.iter().map(|id| pack.rules[id.0].id.as_str()).collect();
    let pick = match group.pick {
        crate::model::Pick::First => "first".to_owned(),
        crate::model::Pick::Highest => "highest".to_owned(),
        crate::model::Pick::AtMost(most) => format!("at_most {most}"),
    };
    vec![
        fact("pick", pick),
        fact("rules", rules.join(", ")),
        fact("complete", group.complete),
        text("title", optional(pack, group.title.as_ref())),
    ]
}

fn prescription_facts(pack: &Pack, prescription: &Prescription) -> Vec<Fact> {
    let ids = |list: &[crate::model::PrescriptionId]| {
        sorted(list.iter().map(|id| pack.prescription(*id).id.as_str()))
    };
    vec![
        fact("area", area_id(pack, prescription.area)),
        fact("effort", prescription.effort),
        fact("impact", prescription.impact),
        fact("horizon", prescription.horizon),
        fact("level", prescription.level.map_or("", |level| level.word())),
        fact("measure", prescription.measure.map_or("", |id| pack.metric(id).id.as_str())),
        fact("after", ids(&prescription.after)),
        fact("instead_of", ids(&prescription.instead_of)),
        fact("sources", sorted(prescription.sources.iter().map(|id| pack.citation(*id).id.as_str()))),
        text("title", prose(pack, &prescription.title)),
        text("do", proses(pack, &prescription.steps)),
        text("coach", proses(pack, &prescription.coach)),
        text("owner", optional(pack, prescription.owner.as_ref())),
        text("first_step", optional(pack, prescription.first_step.as_ref())),
    ]
}

fn ladder_facts(pack: &Pack, ladder: &Ladder) -> Vec<Fact> {
    let step = |step: &crate::model::LadderStep| {
        let guard = step.guard.as_ref().map(|guard| written::condition(pack, guard));
        let guard = guard.map_or_else(|| "after all".to_owned(), |guard| format!("guard {guard}"));
        format!("{} ({guard})", pack.prescription(step.prescription).id)
    };
    vec![fact("steps", ladder.steps.iter().map(step).collect::<Vec<_>>().join(", "))]
}

fn source_facts(pack: &Pack, source: &Citation) -> Vec<Fact> {
    vec![
        fact("grade", source.grade.as_deref().unwrap_or_default()),
        text("title", prose(pack, &source.title)),
        text("note", optional(pack, source.note.as_ref())),
        text("url", source.url.as_deref().unwrap_or_default()),
    ]
}

fn optional(pack: &Pack, text: Option<&Prose>) -> String {
    text.map_or_else(String::new, |text| prose(pack, text))
}

fn area_id(pack: &Pack, id: Option<AreaId>) -> &str {
    id.map_or("", |id| pack.area(id).id.as_str())
}

fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    sorted_owned(ids.map(str::to_owned).collect())
}

fn sorted_owned(mut ids: Vec<String>) -> String {
    ids.sort();
    ids.join(", ")
}
