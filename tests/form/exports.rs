//! Exports of the shipped pack's forms as each tool writes them, kept as files that a person has looked through, and what is
//! read from them. `UPDATE_FORMS=1 cargo test --test form` writes them anew, to be looked through again.

use std::fmt::Write;
use std::fs;

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::check::SoundPack;
use kitwright::model::{Absence, Answer, Pack, Respondent};
use kitwright::source::Sources;

use crate::{imported, shipped, simulate};

const FOLDER: &str = "tests/form/exports";

/// The first of the shipped example's cohort.
fn people(sound: &SoundPack) -> Vec<Respondent> {
    let mut sources = Sources::default();
    let id = sources.add("cohort.csv", kitwright::builtin::example("cohort.csv").unwrap());
    let raw = read(id, Kind::Csv, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, sound.pack(), FitOptions::default(), &sources);
    let fits = fitting.outcomes().filter_map(|outcome| match outcome {
        Outcome::Fits(respondent) => Some(*respondent),
        Outcome::Refused(_) => None,
    });
    fits.take(3).collect()
}

/// Somebody on one line a part, as a person compares it with the export.
fn told(pack: &Pack, person: &Respondent) -> String {
    let mut out = format!("{} ({})", person.id, person.name);
    if let Some(date) = person.date {
        let _ = write!(out, ", {date}");
    }
    out.push('\n');
    for voice in &person.voices {
        let _ = writeln!(out, "  {}: {}", voice.role, answers(pack, &voice.answers));
    }
    let _ = writeln!(out, "  {}", answers(pack, &person.answers));
    let given = pack.metrics.iter().zip(&person.metrics);
    let given = given.filter_map(|(metric, value)| Some(format!("{}={}", metric.id, value.as_ref()?.value)));
    let _ = writeln!(out, "  {}", given.collect::<Vec<_>>().join(" "));
    out
}

fn answers(pack: &Pack, answers: &[Answer]) -> String {
    let one = |(place, answer): (usize, &Answer)| {
        let question = &pack.questions[place];
        let said = match answer {
            Answer::Absent(Absence::NotAsked) => return None,
            Answer::Number(number) => number.to_string(),
            Answer::Option(at) => question.kind.choices()[*at].id.clone(),
            Answer::Many(list) => format!("{list:?}"),
            Answer::Text(text) => format!("{text:?}"),
            Answer::Absent(absence) => absence.key().to_owned(),
        };
        Some(format!("{}={said}", question.id))
    };
    answers.iter().enumerate().filter_map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn exports_of_the_shipped_packs_forms_are_read_as_promised() {
    let sound = shipped("sales-leaks");
    let pack = sound.pack();
    let update = std::env::var_os("UPDATE_FORMS").is_some();
    let mut people = people(&sound);
    people[1].answers[3] = Answer::Absent(Absence::DontKnow);
    let made = [
        ("google-forms.csv", simulate::google(pack, &people, false)),
        ("google-sheet.csv", simulate::google(pack, &people, true)),
        ("kobo.csv", simulate::xlsform(pack, &people, true)),
        ("odk.csv", simulate::xlsform(pack, &people, false)),
        ("surveyjs.json", simulate::surveyjs(pack, &people)),
    ];
    for (name, bytes) in made {
        let path = format!("{FOLDER}/{name}");
        if update {
            fs::write(&path, bytes).unwrap();
        }
        let kept = fs::read(&path).unwrap();
        let (_, back) = imported(name, &kept, pack);
        let read: String = back.iter().map(|person| told(pack, person)).collect();
        if update {
            fs::write(format!("{path}.promise"), &read).unwrap();
        }
        assert_eq!(read, fs::read_to_string(format!("{path}.promise")).unwrap(), "{name}");
        for (given, back) in people.iter().zip(&back) {
            assert_eq!(back.metrics.len(), given.metrics.len());
            assert_eq!(back.answers[..4], given.answers[..4], "{name}");
        }
    }
}

#[test]
fn people_of_one_team_with_their_roles_are_its_voices() {
    let sound = shipped("sales-leaks");
    let pack = sound.pack();
    let mut people = people(&sound);
    people.truncate(2);
    // What was measured is the team's, and the same for both.
    people[1].metrics = people[0].metrics.clone();
    people.iter_mut().for_each(|person| person.name = "Northwind".to_owned());
    let google = String::from_utf8(simulate::google(pack, &people, false)).unwrap();
    let mut lines: Vec<String> = google.lines().map(str::to_owned).collect();
    lines[1] = lines[1].replacen("\"Northwind\",\"\"", "\"Northwind\",\"manager\"", 1);
    lines[2] = lines[2].replacen("\"Northwind\",\"\"", "\"Northwind\",\"rep\"", 1);
    let (_, back) = imported("google.csv", lines.join("\n").as_bytes(), pack);
    assert_eq!(back.len(), 1);
    assert_eq!((back[0].id.as_str(), back[0].voices.len()), ("Northwind", 2));
    assert_eq!((back[0].voices[0].role.as_str(), back[0].voices[1].role.as_str()), ("manager", "rep"));
    assert_eq!(back[0].voices[0].answers[3], people[0].answers[3]);
    assert_eq!(back[0].voices[1].answers[3], people[1].answers[3]);
}
