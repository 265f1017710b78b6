//! The shipped pack with its examples, for tests.

use jiff::civil::{Date, Time};

use super::{Data, Templates, for_respondent, for_session};
use crate::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use crate::check::{Depth, SoundPack, check_to};
use crate::diag::{Diagnostics, show_all};
use crate::engine::evaluate;
use crate::model::{Findings, Host, Links, NextEvent, Pack, Person, Respondent, Session, When};
use crate::source::{SourceId, Sources};
use crate::{builtin, pack};

/// A sound pack of these texts.
pub fn pack_of(texts: &[(&str, &str)]) -> SoundPack {
    let mut sources = Sources::default();
    let files: Vec<SourceId> = texts.iter().map(|(name, text)| sources.add(*name, text)).collect();
    let checked = check_to(pack::load(&files, &sources), None, Depth::Parts);
    match checked.pack {
        Some(pack) => pack,
        None => panic!("{}", show_all(&checked.diagnostics, &sources, false)),
    }
}

pub fn sales_leaks() -> SoundPack {
    let files = builtin::pack("sales-leaks");
    pack_of(&files.iter().map(|file| (file.path, file.text)).collect::<Vec<_>>())
}

/// One respondent's answers, fitted and judged.
pub fn judged(pack: &SoundPack, answers: &str) -> (Respondent, Findings) {
    let mut sources = Sources::default();
    let source = sources.add("answers.yaml", answers);
    let raw = read(source, Kind::Yaml, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, pack.pack(), FitOptions::default(), &sources);
    match fitting.outcomes().next() {
        Some(Outcome::Fits(respondent)) => {
            let findings = evaluate(pack, &respondent, None);
            (*respondent, findings)
        }
        Some(Outcome::Refused(refusal)) => panic!("{}", show_all(&refusal.faults, &sources, false)),
        None => panic!("no respondent"),
    }
}

pub fn data(pack: &SoundPack, answers: &str) -> Data {
    let (respondent, findings) = judged(pack, answers);
    Data::Respondent(Box::new(for_respondent(pack, &respondent, &findings, None)))
}

pub fn example(name: &str) -> Data {
    data(&sales_leaks(), builtin::example(name).unwrap_or_default())
}

pub fn session() -> Session {
    let when = |month: i8, day: i8| When {
        date: Date::constant(2026, month, day),
        time: Some(Time::constant(11, 0, 0, 0)),
        zone: "America/Chicago".into(),
        minutes: Some(60),
    };
    Session {
        title: "Plugging productivity leaks".into(),
        subtitle: Some("Nine practices, where they drip, and what to do on Monday".into()),
        when: when(3, 12),
        zones: ["America/Los_Angeles", "America/Chicago", "America/New_York"].map(str::to_owned).to_vec(),
        instructor: Some(Person {
            name: "Robin Placeholder".into(),
            role: Some("Sales management coach".into()),
            line: Some("master plumber to sales teams that work hard and still drip".into()),
        }),
        host: Some(Host { name: "Example Sales Academy".into(), contact: Some("hello@example.com".into()) }),
        published: Some(Date::constant(2026, 3, 13)),
        byline: Some("Alex Example".into()),
        assessment: Some("https://example.com/assessment".into()),
        research: Some("hello@example.com".into()),
        audience: Some("Managers who lead a team of five to fifty sellers".into()),
        outcome: Some("Name the three leaks of your team and the step for Monday.".into()),
        takeaways: vec!["Three leaks".into(), "One step".into(), "A plan for 90 days".into()],
        place: None,
        links: Links { join: Some("https://example.com/join".into()), ..Links::default() },
        run: None,
        next: Some(NextEvent {
            title: "Pipeline and forecast practices".into(),
            when: when(4, 16),
            promise: Some("See how managers use pipeline data to coach.".into()),
        }),
    }
}

pub fn session_data(pack: &Pack) -> Data {
    Data::Session(Box::new(for_session(pack, &session(), None, None)))
}

/// These templates, and everything that is told about them.
pub fn read_templates(pack: &Pack, texts: &[(&str, &str)]) -> (Templates, Sources, Diagnostics) {
    let mut sources = Sources::default();
    let files: Vec<(String, SourceId)> =
        texts.iter().map(|(name, text)| ((*name).to_owned(), sources.add(*name, text))).collect();
    let mut diagnostics = Diagnostics::default();
    let templates = Templates::read(&files, pack, &sources, &mut diagnostics);
    (templates, sources, diagnostics)
}

pub fn shipped_templates(pack: &Pack) -> (Templates, Sources) {
    let files = builtin::templates();
    let texts: Vec<(&str, &str)> = files.iter().map(|file| (file.path, file.text)).collect();
    let (templates, sources, diagnostics) = read_templates(pack, &texts);
    assert_eq!(show_all(&diagnostics, &sources, false), "");
    (templates, sources)
}
