//! Pack, respondent and findings → what a template sees.

mod advice;
mod cohort;
mod explained;
mod find_out;
mod guide;
mod judgement;
mod leaks;
mod link;
mod notes;
mod session;
mod show;

use jiff::civil::Date;

use crate::answers::{Address, Presence, address, presence};
use crate::check::SoundPack;
use crate::compose::contract::{
    Answered, Area, Assessment, ForCohort, ForRespondent, ForSession, Guide, PackHead, RespondentHead, Words,
};
use crate::model::{
    AreaId, CitationId, Findings, Pack, Prose, Respondent, RuleId, SHARED_WORDS, SHOWN_LEAKS, Session,
    Severity, Status,
};
use crate::tally::{Compared, Together};
use crate::wording;

use super::contract::Md;
use explained::Explained;
pub use show::Running;
use show::Shared;

/// Everything that sentences are made of.
#[derive(Clone, Copy)]
struct Facts<'a> {
    pack: &'a Pack,
    respondent: &'a Respondent,
    findings: &'a Findings,
    /// One a piece of advice: the leak under which it stands in detail.
    homes: &'a [Option<AreaId>],
    /// The sources that the document lists.
    used: &'a [CitationId],
    explained: &'a Explained,
    /// The day from which the plan counts: that of the session, else that of the answers.
    start: Option<Date>,
}

impl Facts<'_> {
    /// The pack's prose with its places filled.
    fn prose(&self, prose: &Prose) -> Md {
        Md(wording::prose(self.pack, self.findings, &self.respondent.name, prose))
    }

    fn fired(&self) -> impl Iterator<Item = RuleId> {
        let rules = self.findings.rules.iter().enumerate();
        rules.filter(|(_, rule)| rule.status == Status::Fired).map(|(at, _)| RuleId(at))
    }

    /// Areas that hold: no leak, and no grave finding that says otherwise.
    fn holding(&self) -> Vec<AreaId> {
        let grave = |area: &AreaId| {
            self.fired().any(|rule| {
                let rule = &self.pack.rules[rule.0];
                rule.area == Some(*area) && rule.severity == Severity::High
            })
        };
        self.findings.strengths.iter().filter(|area| !grave(area)).copied().collect()
    }

    fn because(&self, rule: RuleId) -> Md {
        Md(wording::because(self.pack, self.findings, rule).sentence)
    }
}

/// The day from which a plan counts: the session's, so that all who were there have the same days; without one, that of the
/// answers.
pub fn plan_start(respondent: &Respondent, findings: &Findings, session: Option<&Session>) -> Option<Date> {
    session.map(|session| session.when.date).or(respondent.date).or(findings.as_of)
}

/// What a document for a respondent is made from.
pub fn for_respondent(
    sound: &SoundPack,
    respondent: &Respondent,
    findings: &Findings,
    session: Option<&Session>,
) -> ForRespondent {
    let pack = sound.pack();
    let explained = Explained::new(sound, respondent, findings);
    let start = plan_start(respondent, findings, session);
    let facts = Facts { pack, respondent, findings, homes: &[], used: &[], explained: &explained, start };
    let homes = facts.find_homes();
    let facts = Facts { homes: &homes, ..facts };
    let used = facts.find_used();
    let facts = Facts { used: &used, ..facts };
    let areas = facts.areas();
    let prescriptions = facts.prescriptions();
    let metrics = facts.metrics();
    let leaks = facts.leaks(&areas, &metrics, &prescriptions);
    let plan = facts.plan(&prescriptions);
    let others = facts.others(&leaks, &plan);
    let also_found = facts.also_found(&leaks);
    let more_leaks = findings.leaks.iter().skip(SHOWN_LEAKS).map(|id| areas[id.0].clone()).collect();
    let of = |ids: &[AreaId]| -> Vec<Area> { ids.iter().map(|id| areas[id.0].clone()).collect() };
    ForRespondent {
        respondent: RespondentHead {
            id: respondent.id.clone(),
            name: respondent.name.trim().to_owned(),
            language: respondent.language.clone().unwrap_or_else(|| pack.language.clone()),
            date: respondent.date.map(wording::date),
            email: match address(respondent) {
                Address::Given(address) => Some(address),
                Address::Wrong(_) | Address::Nowhere => None,
            },
            present: presence(respondent) == Presence::There,
        },
        pack: pack_head(pack, facts.prose(&pack.title)),
        words: words(pack),
        as_of: findings.as_of.map(wording::date),
        answered: answered(findings.answered),
        total: facts.total(),
        range: facts.range(),
        how_scored: Md(wording::how_scored(pack, &words(pack).area, &words(pack).areas)),
        zones: facts.zones(),
        findings: facts.fired().map(|rule| facts.finding(rule)).collect(),
        strengths: of(&facts.holding()),
        unclear: of(&findings.unclear),
        near_misses: facts.near_misses(),
        find_out: facts.find_out(),
        set_aside: facts.set_aside(),
        withheld: facts.withheld(),
        assumptions: facts.assumptions(),
        notes: facts.notes(),
        sources: facts.sources(&used),
        guide: guide::guide(pack, |prose| Some(facts.prose(prose))),
        remarks: facts.remarks(),
        extra: respondent.extra.clone(),
        session: session.map(session::head),
        areas,
        metrics,
        leaks,
        more_leaks,
        prescriptions,
        others,
        also_found,
        plan,
    }
}

/// What a document of a session is made from.
pub fn for_session(
    pack: &Pack,
    session: &Session,
    running: Option<Running<'_>>,
    cohort: Option<&Summed<'_>>,
) -> ForSession {
    let guide = guide::guide(pack, of_nobody);
    let shared = shared(pack, &guide, cohort.map(|summed| summed.together));
    let run = running.map(|running| show::show(running, &session.when, &shared, &all_words(pack)));
    ForSession {
        pack: pack_head(pack, Md(wording::plain_prose(&pack.title))),
        words: words(pack),
        session: session::head(session),
        assessment: Assessment::default(),
        kit: None,
        run,
        guide,
        cohort: cohort.map(|summed| cohort::cohort(pack, summed.together, summed.compared)),
    }
}

/// A sentence that holds for everybody.
fn of_nobody(prose: &Prose) -> Option<Md> {
    (!prose.has_places()).then(|| Md(wording::plain_prose(prose)))
}

/// The areas that a session takes up: the shared leaks of its cohort; where there are fewer, or nothing is known of a cohort,
/// areas in the author's order, of which none weighs more.
fn shared<'g>(pack: &Pack, guide: &'g [Guide], together: Option<&Together>) -> Vec<Shared<'g>> {
    let leaks = together.map_or(&[][..], Together::shared_leaks).iter().filter_map(|id| {
        let area = guide.iter().find(|area| area.id == pack.area(*id).id)?;
        Some(Shared { area, people: together.map_or(1, |together| together.area(*id).leaks) })
    });
    let mut out: Vec<Shared<'g>> = leaks.collect();
    let others: Vec<&Guide> =
        guide.iter().filter(|area| out.iter().all(|shared| shared.area.id != area.id)).collect();
    let missing = SHOWN_LEAKS.saturating_sub(out.len());
    out.extend(others.into_iter().take(missing).map(|area| Shared { area, people: 1 }));
    out
}

/// A cohort that may be told of, and what it is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Summed<'a> {
    pub together: &'a Together,
    pub compared: Option<&'a Compared>,
}

/// What a document of a cohort is made from.
pub fn for_cohort(
    pack: &Pack,
    summed: &Summed<'_>,
    as_of: Option<Date>,
    session: Option<&Session>,
) -> ForCohort {
    ForCohort {
        pack: pack_head(pack, Md(wording::plain_prose(&pack.title))),
        words: words(pack),
        as_of: as_of.map(wording::date),
        how_scored: Md(wording::how_scored(pack, &words(pack).area, &words(pack).areas)),
        cohort: cohort::cohort(pack, summed.together, summed.compared),
        guide: guide::guide(pack, of_nobody),
        session: session.map(session::head),
    }
}

fn pack_head(pack: &Pack, title: Md) -> PackHead {
    PackHead {
        id: pack.id.clone(),
        title,
        version: pack.version.clone(),
        language: pack.language.clone(),
        areas: pack.areas.len(),
        questions: pack.questions.iter().filter(|question| question.raw_ends().is_some()).count(),
    }
}

/// What a pack calls things: the usual words, its own in their place, and those that only it has.
pub fn all_words(pack: &Pack) -> Vec<(String, String)> {
    let own = |key: &str| pack.words.iter().find(|(name, _)| name == key).map(|(_, word)| word.clone());
    let usual = SHARED_WORDS.map(|key| (key.to_owned(), own(key).unwrap_or_else(|| key.to_owned())));
    let more = pack.words.iter().filter(|(key, _)| !SHARED_WORDS.contains(&key.as_str()));
    usual.into_iter().chain(more.cloned()).collect()
}

fn words(pack: &Pack) -> Words {
    let mut all = all_words(pack).into_iter();
    let [leak, leaks, area, areas] =
        SHARED_WORDS.map(|_| all.next().map(|(_, word)| word).unwrap_or_default());
    let other = all.collect();
    Words { leak, leaks, area, areas, other }
}

fn answered(answered: crate::model::Answered) -> Answered {
    let crate::model::Answered { given, of, not_asked } = answered;
    let said = match of {
        0 => "based on no answers".to_owned(),
        _ => format!("based on {given} of {}", wording::count(of, "answer", "answers")),
    };
    let text = match not_asked {
        0 => said,
        some => format!("{said}, {} not asked", wording::count(some, "question", "questions")),
    };
    Answered { given, of, not_asked, text }
}
