//! What the space of a pack says of random small packs, held against answers that are simply tried out.

#[path = "laws/shape.rs"]
#[allow(dead_code)]
mod shape;
#[path = "support/times.rs"]
mod times;

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::cells::{self, Goal, Space, Truths};
use kitwright::check::{Depth, SoundPack, check, check_to};
use kitwright::diag::show_all;
use kitwright::engine::evaluate;
use kitwright::export::answers_file;
use kitwright::logic::judge_rule;
use kitwright::model::{Respondent, RuleId};
use kitwright::source::Sources;
use proptest::prelude::*;
use shape::{Tape, Taste};

const TRUTHS: [Truths; 3] = [Truths::TRUE, Truths::FALSE, Truths::UNKNOWN];

fn load(text: &str) -> SoundPack {
    let mut sources = Sources::default();
    let file = sources.add("pack.yaml", text);
    let checked = check_to(kitwright::pack::load(&[file], &sources), None, Depth::Parts);
    let said = show_all(&checked.diagnostics, &sources, false);
    checked.pack.unwrap_or_else(|| panic!("{said}\n{text}"))
}

fn respond(pack: &SoundPack, text: &str) -> Respondent {
    let mut sources = Sources::default();
    let file = sources.add("answers", text);
    let raw = read(file, Kind::Yaml, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, pack.pack(), FitOptions::default(), &sources);
    match fitting.outcomes().next() {
        Some(Outcome::Fits(respondent)) => *respondent,
        _ => panic!("these answers fit\n{text}"),
    }
}

/// Who was found to show a message, written as an answers file and read again, is as the message says.
#[test]
fn every_witness_of_a_message_is_confirmed_by_the_engine() {
    let base = std::fs::read_to_string("tests/packs/good/retention-core/pack.yaml").unwrap();
    let mut codes = std::collections::BTreeSet::new();
    let mut names: Vec<_> =
        std::fs::read_dir("tests/packs/bad").unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    for path in names.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let mut sources = Sources::default();
        let mut files = vec![sources.add("slip.yaml", text.clone())];
        if !text.starts_with("# alone") {
            files.push(sources.add("base.yaml", base.clone()));
        }
        let witnesses = check(kitwright::pack::load(&files, &sources), None).witnesses;
        if witnesses.is_empty() {
            continue;
        }
        let sound = check_to(kitwright::pack::load(&files, &sources), None, Depth::Parts).pack.unwrap();
        let pack = sound.pack();
        for witness in witnesses {
            let written = answers_file(pack, &witness.respondent, "A witness.");
            let respondent = respond(&sound, &written);
            assert_eq!(respondent.answers, witness.respondent.answers, "{}\n{written}", path.display());
            let found = evaluate(&sound, &respondent, None);
            assert!(found.refusals.is_empty(), "{}\n{written}", path.display());
            let holds = |id: RuleId| judge_rule(&pack.rules[id.0], pack, &found.values).is_true();
            let rule = |name: &str| RuleId(pack.rules.iter().position(|rule| rule.id == name).unwrap());
            let group = || pack.groups.iter().find(|group| group.id == witness.item).unwrap();
            let shown = match witness.code {
                "K306" => group().rules.iter().filter(|id| holds(**id)).count() > 1,
                "K307" => !group().rules.iter().any(|id| holds(*id)),
                "K308" => !found.set_aside.is_empty(),
                "K310" => match witness.item.strip_suffix("-before") {
                    Some(name) => !holds(rule(name)),
                    None => holds(rule(witness.item.strip_suffix("-after").unwrap())),
                },
                "K311" => holds(rule(&witness.item)),
                "K312" => found.prescriptions.is_empty(),
                other => panic!("{other} has a witness and no test"),
            };
            assert!(shown, "{} of {}\n{written}", witness.code, path.display());
            codes.insert(witness.code);
        }
    }
    assert_eq!(codes.len(), 6, "{codes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: times::cases(250, 1500), failure_persistence: None, max_shrink_iters: 3000, ..Default::default() })]

    #[test]
    fn what_somebody_answers_is_never_called_impossible(tape in proptest::collection::vec(any::<u16>(), 0..900)) {
        let mut tape = Tape::new(tape);
        let pack = shape::draw_pack(&mut tape, Taste { monotone: false });
        let text = shape::file_of(&shape::write_sections(&pack, &mut Tape::new(Vec::new())));
        let sound = load(&text);
        let space = Space::of(sound.pack(), None);
        let rules = sound.pack().rules.len();
        let mut seen = vec![Vec::new(); rules];
        for _ in 0..12 {
            let said = shape::write_answers(&pack, &shape::draw_answers(&mut tape, &pack), false);
            let found = evaluate(&sound, &respond(&sound, &said), None);
            for (place, rule) in sound.pack().rules.iter().enumerate() {
                seen[place].push((Truths::of(judge_rule(rule, sound.pack(), &found.values)), said.clone()));
            }
        }
        for (place, seen) in seen.iter().enumerate() {
            for truths in TRUTHS {
                let goal = Goal::default().rule(RuleId(place), truths);
                match space.find(&goal) {
                    cells::Outcome::Witness(respondent) => {
                        let found = evaluate(&sound, &respondent, None);
                        prop_assert!(found.refusals.is_empty());
                        let truth = Truths::of(judge_rule(&sound.pack().rules[place], sound.pack(), &found.values));
                        prop_assert_eq!(truth, truths);
                    }
                    cells::Outcome::Impossible(_) => {
                        let other = seen.iter().find(|(found, _)| *found == truths);
                        prop_assert!(other.is_none(), "rule {} is {:?} for\n{}\nin\n{}", place, truths, other.unwrap().1, text);
                    }
                    cells::Outcome::NotDecided(why) => {
                        if std::env::var_os("SHOW_OPEN").is_some() {
                            prop_assert!(false, "rule {} {:?} {:?} in\n{}", place, truths, why, text);
                        }
                    }
                }
            }
        }
    }
}
