//! What the space of a pack says of random small packs, held against answers that are simply tried out.

#[path = "laws/shape.rs"]
#[allow(dead_code)]
mod shape;

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::cells::{self, Goal, Space, Truths};
use kitwright::check::{SoundPack, check};
use kitwright::diag::show_all;
use kitwright::engine::evaluate;
use kitwright::logic::judge_rule;
use kitwright::model::{Respondent, RuleId};
use kitwright::source::Sources;
use proptest::prelude::*;
use shape::{Tape, Taste};

const TRUTHS: [Truths; 3] = [Truths::TRUE, Truths::FALSE, Truths::UNKNOWN];

fn load(text: &str) -> SoundPack {
    let mut sources = Sources::default();
    let file = sources.add("pack.yaml", text);
    let checked = check(kitwright::pack::load(&[file], &sources), None);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, max_shrink_iters: 3000, ..Default::default() })]

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
