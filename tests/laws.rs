//! The laws of the language, held against random packs and random answers.

#[path = "laws/conditions.rs"]
mod conditions;
#[path = "laws/reference.rs"]
mod reference;
#[path = "laws/shape.rs"]
mod shape;
#[path = "support/times.rs"]
mod times;

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::check::{Depth, SoundPack, check_to};
use kitwright::diag::show_all;
use kitwright::engine::evaluate;
use kitwright::export::line;
use kitwright::model::{BandOf, MetricId, Number, Respondent, ScoreOf};
use kitwright::source::Sources;
use proptest::prelude::*;
use serde_json::Value;
use shape::{Said, Tape, Taste};

const ANYTHING: Taste = Taste { monotone: false };
const MONOTONE: Taste = Taste { monotone: true };

fn settings() -> ProptestConfig {
    ProptestConfig {
        cases: times::cases(192, 1500),
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Default::default()
    }
}

fn tape() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 0..600)
}

/// Loads a pack that is meant to be sound; the warnings of one that uses little are let pass.
fn load(files: &[(String, String)]) -> SoundPack {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(name, text)| sources.add(name, text)).collect();
    let checked = check_to(kitwright::pack::load(&ids, &sources), None, Depth::Parts);
    let said = show_all(&checked.diagnostics, &sources, false);
    checked.pack.unwrap_or_else(|| panic!("{said}\n{files:#?}"))
}

fn load_one(pack: &shape::Pack, tape: &mut Tape) -> SoundPack {
    load(&[("pack.yaml".to_owned(), shape::file_of(&shape::write_sections(pack, tape)))])
}

fn respond(pack: &SoundPack, text: &str, kind: Kind) -> Respondent {
    let mut sources = Sources::default();
    let file = sources.add("answers", text);
    let raw = read(file, kind, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, pack.pack(), FitOptions::default(), &sources);
    match fitting.outcomes().next() {
        Some(Outcome::Fits(respondent)) => *respondent,
        Some(Outcome::Refused(refusal)) => {
            panic!("{}\n{text}", show_all(&refusal.faults, &sources, false))
        }
        None => panic!("nobody answered\n{text}"),
    }
}

fn evaluated(sound: &SoundPack, text: &str) -> Value {
    let respondent = respond(sound, text, Kind::Yaml);
    let findings = evaluate(sound, &respondent, None);
    serde_json::from_str(&line(sound.pack(), &respondent, &findings)).expect("a line is JSON")
}

/// By id and without the order, which is the only thing that pack order may decide.
fn prescribed(line: &Value) -> Vec<String> {
    let list = line["prescriptions"].as_array().expect("a list of prescriptions");
    let mut out: Vec<String> = list
        .iter()
        .map(|advice| {
            let rules = advice["rules"].as_array().expect("a list of rules");
            let mut rules: Vec<String> = rules.iter().map(Value::to_string).collect();
            rules.sort();
            format!("{} {} {}", advice["id"], advice["rank"], rules.join(" "))
        })
        .collect();
    out.sort();
    out
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn answering_what_was_open_never_turns_a_decided_rule(tape in tape()) {
        let mut tape = Tape::new(tape);
        let pack = shape::draw_pack(&mut tape, MONOTONE);
        let before = shape::draw_answers(&mut tape, &pack);
        let mut after = before.clone();
        for (said, question) in after.own.iter_mut().zip(&pack.questions) {
            let open = matches!(said, Said::Nothing | Said::Absent("skipped" | "dont_know" | "refused"));
            if open && !tape.one_in(3) {
                *said = shape::draw_given(&mut tape, question);
            }
        }
        for metric in &mut after.metrics {
            if metric.is_none() && tape.one_in(2) {
                *metric = Some(tape.between(0, 1000));
            }
        }
        let sound = load_one(&pack, &mut tape);
        let first = evaluated(&sound, &shape::write_answers(&pack, &before, false));
        let second = evaluated(&sound, &shape::write_answers(&pack, &after, false));
        for (rule, status) in first["rules"].as_object().expect("rules are a map") {
            if status == "fired" || status == "not_fired" {
                prop_assert_eq!(status, &second["rules"][rule], "{}: {:#?}\n{:#?}", rule, pack, (&before, &after));
            }
        }
    }

    #[test]
    fn the_order_of_files_rules_and_keys_changes_no_finding(tape in tape()) {
        let mut tape = Tape::new(tape);
        let pack = shape::draw_pack(&mut tape, ANYTHING);
        let answers = shape::write_answers(&pack, &shape::draw_answers(&mut tape, &pack), false);
        let first = evaluated(&load_one(&pack, &mut tape), &answers);
        let mut files: Vec<Vec<(&'static str, Vec<String>)>> = vec![Vec::new(); 4];
        let mut sections = shape::write_sections(&pack, &mut tape);
        tape.shuffle(&mut sections);
        for (name, mut items) in sections {
            if name == "pack" {
                files[0].push((name, items));
                continue;
            }
            tape.shuffle(&mut items);
            let cut = tape.below(items.len() + 1);
            let rest = items.split_off(cut);
            let (one, other) = (tape.below(4), tape.below(3));
            files[one].push((name, items));
            // Not the same file: a section stands once in one.
            files[(one + other + 1) % 4].push((name, rest));
        }
        let names = ["pack.yaml", "z.yaml", "a.yaml", "m.yaml"];
        let mut written: Vec<(String, String)> = names
            .iter()
            .zip(&files)
            .map(|(name, sections)| ((*name).to_owned(), shape::file_of(sections)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        tape.shuffle(&mut written);
        let second = evaluated(&load(&written), &answers);
        for key in ["scores", "metrics", "rules", "answered"] {
            prop_assert_eq!(&first[key], &second[key], "{}", key);
        }
        prop_assert_eq!(prescribed(&first), prescribed(&second));
    }

    #[test]
    fn the_engine_and_the_reference_interpreter_agree(tape in tape()) {
        let mut tape = Tape::new(tape);
        let pack = shape::draw_pack(&mut tape, ANYTHING);
        let answers = shape::draw_answers(&mut tape, &pack);
        let expected = reference::conclude(&pack, &answers);
        let mut unmixed = Tape::new(Vec::new());
        let text = shape::file_of(&shape::write_sections(&pack, &mut unmixed));
        let sound = load(&[("pack.yaml".to_owned(), text.clone())]);
        let said = shape::write_answers(&pack, &answers, false);
        let respondent = respond(&sound, &said, Kind::Yaml);
        let found = evaluate(&sound, &respondent, None);
        let scores = || found.values.areas.iter().chain([&found.values.total]);
        let fraction = |number: &Number| format!("{number:?}");
        let ends: Vec<_> =
            scores().map(|s| s.ends.as_ref().map(|(low, high)| (fraction(low), fraction(high)))).collect();
        let expected_ends: Vec<_> = expected
            .ends
            .iter()
            .map(|ends| ends.as_ref().map(|(low, high)| (low.to_string(), high.to_string())))
            .collect();
        prop_assert_eq!(ends, expected_ends, "scores of\n{}\n{}", text, said);
        let score_names = (0..pack.areas.len())
            .map(|at| ScoreOf::Area(kitwright::model::AreaId(at)))
            .chain([ScoreOf::Total])
            .map(BandOf::Score);
        let names = score_names.chain((0..pack.metrics.len()).map(|at| BandOf::Metric(MetricId(at))));
        let bands: Vec<Option<&str>> = names.map(|of| found.band_label(sound.pack(), of)).collect();
        let expected_bands: Vec<Option<String>> =
            expected.bands.iter().map(|band| band.map(|band| format!("b{band}"))).collect();
        let expected_bands: Vec<Option<&str>> = expected_bands.iter().map(Option::as_deref).collect();
        prop_assert_eq!(bands, expected_bands, "bands of\n{}\n{}", text, said);
        let rules: Vec<&str> = found.rules.iter().map(|rule| rule.status.word()).collect();
        prop_assert_eq!(rules, expected.rules, "rules of\n{}\n{}", text, said);
    }

    #[test]
    fn every_drawn_pack_loads_and_its_answers_read_the_same_as_yaml_and_as_json(tape in tape()) {
        let mut tape = Tape::new(tape);
        let pack = shape::draw_pack(&mut tape, ANYTHING);
        let answers = shape::draw_answers(&mut tape, &pack);
        let sound = load_one(&pack, &mut tape);
        let lines: Vec<String> = [(Kind::Yaml, false), (Kind::Json, true)]
            .into_iter()
            .map(|(kind, json)| {
                let respondent = respond(&sound, &shape::write_answers(&pack, &answers, json), kind);
                line(sound.pack(), &respondent, &evaluate(&sound, &respondent, None))
            })
            .collect();
        let read: Value = serde_json::from_str(&lines[0]).expect("a line is JSON");
        prop_assert_eq!(read["rules"].as_object().map(|rules| rules.len()), Some(pack.rules.len()));
        prop_assert!(!lines[0].contains('\n'));
        prop_assert_eq!(&lines[0], &lines[1]);
    }
}
