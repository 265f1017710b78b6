//! Whatever a pack asks, what people answer to its forms is what an import reads, with no mapping.

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::check::SoundPack;
use kitwright::diag::show_all;
use kitwright::form::{Kind as FormKind, Wanted, form, write};
use kitwright::model::{Absence, Answer, Respondent};
use kitwright::source::Sources;
use proptest::prelude::*;

use crate::people::{is_scale, somebody};
use crate::shape::{self, Tape, Taste};
use crate::times::cases;
use crate::{imported, simulate, sound};

fn settings() -> ProptestConfig {
    ProptestConfig {
        cases: cases(16, 100),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Default::default()
    }
}

/// What came back, beside what was given.
fn compare(sound: &SoundPack, given: &[Respondent], back: &[Respondent], tool: &str, text: &[u8]) {
    let pack = sound.pack();
    let shown = String::from_utf8_lossy(text);
    assert_eq!(given.len(), back.len(), "{tool}\n{shown}");
    for (given, back) in given.iter().zip(back) {
        for (place, question) in pack.questions.iter().enumerate() {
            let mut wanted = given.answers[place].clone();
            // A scale of Google's offers no "don't know".
            if tool.starts_with("google") && is_scale(question) && matches!(wanted, Answer::Absent(_)) {
                wanted = Answer::Absent(Absence::Skipped);
            }
            // These headings of a plain table are the respondent's own.
            if tool == "table.csv" && ["name", "date", "language", "team", "role"].contains(&&*question.id) {
                continue;
            }
            assert_eq!(back.answers[place], wanted, "{tool}: `{}`\n{shown}", question.id);
        }
        for (place, metric) in pack.metrics.iter().enumerate() {
            let value =
                |person: &Respondent| person.metrics[place].as_ref().map(|measured| measured.value.clone());
            assert_eq!(value(back), value(given), "{tool}: `{}`\n{shown}", metric.id);
        }
    }
}

/// All tools, for people of one pack.
fn round_trip(sound: &SoundPack, tape: &mut Tape) {
    let pack = sound.pack();
    let form = form(pack, Wanted::default());
    let mut people: Vec<Respondent> = (0..3).map(|_| somebody(tape, sound, &form)).collect();
    for (at, person) in people.iter_mut().enumerate() {
        person.name = format!("Team {at}");
    }
    let exports = [
        ("google-forms.csv", simulate::google(pack, &people, false)),
        ("google-sheet.csv", simulate::google(pack, &people, true)),
        ("kobo.csv", simulate::xlsform(pack, &people, true)),
        ("odk.csv", simulate::xlsform(pack, &people, false)),
        ("surveyjs.json", simulate::surveyjs(pack, &people)),
    ];
    let dialects = ["google-forms", "google-sheet", "kobo", "odk", "surveyjs"];
    for ((name, bytes), dialect) in exports.iter().zip(dialects) {
        let (understood, back) = imported(name, bytes, pack);
        assert_eq!(understood.layout.dialect.key(), dialect);
        compare(sound, &people, &back, name, bytes);
        assert!(back.iter().all(|person| person.name.starts_with("Team ")), "{name}: {:?}", back[0].name);
    }
    let table = simulate::table(pack, &people);
    let back = plain(sound, &table);
    compare(sound, &people, &back, "table.csv", table.as_bytes());
}

/// A plain table, which is read without any import.
fn plain(sound: &SoundPack, text: &str) -> Vec<Respondent> {
    let mut sources = Sources::default();
    let id = sources.add("table.csv", text);
    let raw = read(id, Kind::Csv, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, sound.pack(), FitOptions::default(), &sources);
    let people = fitting.outcomes().map(|outcome| match outcome {
        Outcome::Fits(respondent) => *respondent,
        Outcome::Refused(refusal) => panic!("{}\n{text}", show_all(&refusal.faults, &sources, false)),
    });
    people.collect()
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn answers_to_the_forms_of_random_packs_come_back(
        numbers in proptest::collection::vec(any::<u16>(), 0..600)
    ) {
        let mut tape = Tape::new(numbers);
        let drawn = shape::draw_pack(&mut tape, Taste { monotone: false });
        let text = shape::file_of(&shape::write_sections(&drawn, &mut tape));
        round_trip(&sound(&[("pack.yaml", &text)]), &mut tape);
    }

    #[test]
    fn answers_to_the_forms_of_a_pack_with_every_trap_come_back(
        numbers in proptest::collection::vec(any::<u16>(), 0..400)
    ) {
        let mut tape = Tape::new(numbers);
        round_trip(&sound(&[("hard.yaml", include_str!("hard.yaml"))]), &mut tape);
    }
}

#[test]
fn answers_to_the_forms_of_the_shipped_packs_come_back() {
    for name in kitwright::builtin::packs() {
        let sound = crate::shipped(name);
        for seed in 0..2u16 {
            let numbers = (0..4000u32)
                .map(|at| (at.wrapping_mul(40_503).wrapping_add(u32::from(seed) * 977) >> 3) as u16);
            round_trip(&sound, &mut Tape::new(numbers.collect()));
        }
    }
}

#[test]
fn answers_in_every_language_of_forms_come_back() {
    let sound = sound(&[("hard.yaml", include_str!("hard.yaml"))]);
    let pack = sound.pack();
    for asked in kitwright::import::ASKED {
        let wanted = Wanted { language: Some(asked.language), required: false };
        let form = form(pack, wanted);
        let script = String::from_utf8(write(&form, FormKind::Google).bytes).unwrap();
        for seed in 0..6u32 {
            let numbers =
                (0..400u32).map(|at| (at.wrapping_mul(40_503).wrapping_add(seed * 977) >> 3) as u16);
            let mut person = somebody(&mut Tape::new(numbers.collect()), &sound, &form);
            person.name = "Team 0".to_owned();
            let people = [person];
            for sheet in [false, true] {
                let bytes = simulate::google_of(&script, pack, &people, sheet);
                let (understood, back) = imported("google.csv", &bytes, pack);
                compare(&sound, &people, &back, "google.csv", &bytes);
                assert_eq!(back[0].name, "Team 0", "{}", asked.language);
                // The form's own words are no free reading that would have to be told.
                assert!(understood.taken.is_empty(), "{:?}", understood.taken);
            }
        }
    }
}
