//! A cohort's figures for programs: exact numbers, nothing of fewer people than may be told of.

use super::json::Json;
use crate::model::{Absence, BandOf, Number, Pack, ScoreOf};
use crate::tally::{
    Compared, CutTold, Gap, MetricTold, QuestionTold, ScoreTold, Standing, Together, place_labels,
};

/// One compact object without its line break. Keys and their order stay; what is not told is `null`.
pub fn cohort(pack: &Pack, together: &Together, compared: Option<&Compared>) -> String {
    let teller = Teller { pack, compared };
    let area = |id: &crate::model::AreaId| Json::text(&pack.area(*id).id);
    let question = |id: &crate::model::QuestionId| Json::text(&pack.question(*id).id);
    let scores = together.areas.iter().chain(&together.total);
    Json::Map(vec![
        ("pack", Json::text(&pack.id)),
        ("version", Json::text(&pack.version)),
        ("people", Json::Whole(together.people)),
        ("min_group", Json::Whole(together.least)),
        ("from", Json::or_null(together.dates, |(first, _)| Json::text(first.to_string()))),
        ("to", Json::or_null(together.dates, |(_, last)| Json::text(last.to_string()))),
        ("scores", Json::list(scores, |told| teller.score(told, true))),
        ("questions", Json::list(&together.questions, |told| teller.question(told))),
        ("metrics", Json::list(&together.metrics, |told| teller.metric(told))),
        ("leaks", Json::list(&together.leaks, area)),
        ("strengths", Json::list(&together.strengths, area)),
        ("talk", Json::list(&together.talk, question)),
        ("gaps", Json::list(&together.gaps, |gap| teller.gap(gap))),
        (
            "prescriptions",
            Json::list(&together.prescriptions, |one| times(&pack.prescription(one.what).id, one.people)),
        ),
        ("rules", Json::list(&together.rules, |one| times(&pack.rules[one.what.0].id, one.people))),
        ("cuts", Json::list(&together.cuts, |cut| teller.cut(cut))),
        ("benchmark", Json::or_null(compared, benchmark)),
    ])
    .to_string()
}

fn times(id: &str, people: usize) -> Json {
    Json::Map(vec![("id", Json::text(id)), ("people", Json::Whole(people))])
}

fn benchmark(compared: &Compared) -> Json {
    Json::Map(vec![
        ("title", Json::text(&compared.about.title)),
        ("source", Json::text(&compared.about.source)),
        ("grade", Json::text(&compared.about.grade)),
        ("date", Json::text(compared.about.date.to_string())),
        ("version", Json::text(&compared.version)),
        ("people", Json::Whole(compared.people)),
    ])
}

/// `null` where nothing of it may be told.
fn counted(count: usize, or: impl FnOnce() -> Json) -> Json {
    if count == 0 { Json::Null } else { or() }
}

fn quarters(quarters: Option<&[Number; 3]>) -> Json {
    Json::or_null(quarters, |quarters| Json::list(quarters, Json::number))
}

fn standing(found: Option<&Standing>) -> Json {
    Json::or_null(found, |found| {
        Json::Map(vec![
            ("median", Json::number(&found.median)),
            ("percentile", Json::number(&found.percentile())),
            ("people", Json::Whole(found.people)),
        ])
    })
}

struct Teller<'a> {
    pack: &'a Pack,
    compared: Option<&'a Compared>,
}

impl Teller<'_> {
    fn score(&self, told: &ScoreTold, whole: bool) -> Json {
        let id = match told.of {
            ScoreOf::Area(id) => self.pack.area(id).id.as_str(),
            ScoreOf::Total => "total",
        };
        let names = self.pack.band_names(BandOf::Score(told.of));
        let found = self.compared.filter(|_| whole).and_then(|compared| compared.score(told.of));
        Json::Map(vec![
            ("id", Json::text(id)),
            ("counted", counted(told.counted, || Json::Whole(told.counted))),
            ("bands", bands(names, &told.bands)),
            ("open", Json::Whole(told.open)),
            ("without", Json::Whole(told.without)),
            ("quarters", quarters(told.quarters.as_ref())),
            ("disagreement", Json::or_null(told.disagreement.as_ref(), Json::number)),
            ("leaks", Json::Whole(told.leaks)),
            ("holds", Json::Whole(told.holds)),
            ("benchmark", standing(found)),
        ])
    }

    fn question(&self, told: &QuestionTold) -> Json {
        let question = self.pack.question(told.question);
        let labels = place_labels(question);
        let answers = labels.iter().zip(&told.places);
        let absent = Absence::ALL.iter().zip(told.absent);
        let found = self.compared.and_then(|compared| compared.question(told.question));
        Json::Map(vec![
            ("id", Json::text(&question.id)),
            ("counted", counted(told.counted, || Json::Whole(told.counted))),
            ("answers", Json::list(answers, |(label, people)| times(label, *people))),
            ("mixed", Json::Whole(told.mixed)),
            ("absent", Json::list(absent, |(absence, people)| times(absence.key(), people))),
            ("quarters", quarters(told.quarters.as_ref())),
            ("disagreement", Json::or_null(told.disagreement.as_ref(), Json::number)),
            ("split", Json::Bool(told.camps.is_some())),
            ("benchmark", standing(found)),
        ])
    }

    fn metric(&self, told: &MetricTold) -> Json {
        let metric = self.pack.metric(told.metric);
        Json::Map(vec![
            ("id", Json::text(&metric.id)),
            ("unit", Json::text(metric.unit.name())),
            ("counted", counted(told.counted, || Json::Whole(told.counted))),
            ("bands", bands(self.pack.band_names(BandOf::Metric(told.metric)), &told.bands)),
            ("quarters", quarters(told.quarters.as_ref())),
        ])
    }

    fn gap(&self, gap: &Gap) -> Json {
        Json::Map(vec![
            ("id", Json::text(&self.pack.question(gap.question).id)),
            ("counted", Json::Whole(gap.counted)),
            ("managers", Json::number(&gap.managers)),
            ("others", Json::number(&gap.others)),
            ("apart", Json::number(&gap.apart)),
            ("more", Json::Whole(gap.more)),
            ("same", Json::Whole(gap.same)),
            ("less", Json::Whole(gap.less)),
        ])
    }

    fn cut(&self, cut: &CutTold) -> Json {
        let groups = Json::list(&cut.groups, |group| {
            Json::Map(vec![
                ("group", Json::or_null(group.label.as_ref(), Json::text)),
                ("people", Json::Whole(group.people)),
                (
                    "scores",
                    Json::list(group.areas.iter().chain(&group.total), |told| self.score(told, false)),
                ),
                ("leaks", Json::list(&group.leaks, |id| Json::text(&self.pack.area(*id).id))),
            ])
        });
        Json::Map(vec![
            ("by", Json::text(&cut.by)),
            ("groups", groups),
            ("small", Json::Whole(cut.small)),
            ("held_back", Json::Whole(cut.held_back)),
        ])
    }
}

fn bands(names: &[crate::model::BandName], counts: &[usize]) -> Json {
    Json::list(names.iter().zip(counts), |(name, people)| times(&name.id, *people))
}
