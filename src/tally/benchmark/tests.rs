use super::*;
use crate::compose::support::{judged, pack_of};
use crate::diag::{Diagnostics, show_all};
use crate::model::Pack;
use crate::source::Sources;
use crate::tally::{Options, Tally};

const PACK: &str = include_str!("../../compose/docs/fixture.yaml");

fn together(pack: &crate::check::SoundPack) -> Together {
    let mut tally = Tally::new(pack.pack(), Vec::new(), false);
    for answers in include_str!("../../compose/docs/cohort.jsonl").lines() {
        let (respondent, findings) = judged(pack, answers);
        tally.add(&respondent, &findings);
    }
    tally.finish(&Options::default()).unwrap()
}

fn about() -> About {
    About {
        title: "Spring: \"2025\"".into(),
        source: "Example Academy # twelve teams".into(),
        grade: "D".into(),
        date: Date::constant(2025, 4, 1),
    }
}

/// What is read of a text, and everything that is told about it.
fn read(text: &str) -> (Option<Benchmark>, String) {
    let mut sources = Sources::default();
    let source = sources.add("benchmark.yaml", text);
    let mut faults = Diagnostics::default();
    let benchmark = read_benchmark(source, &sources, &mut faults);
    (benchmark, show_all(&faults, &sources, false))
}

/// What a comparison refuses.
fn refused(text: &str, pack: &Pack, together: &Together) -> String {
    let mut sources = Sources::default();
    let source = sources.add("benchmark.yaml", text);
    let benchmark = read_benchmark(source, &sources, &mut Diagnostics::default()).unwrap();
    match benchmark.compare(pack, together) {
        Ok(_) => String::new(),
        Err(faults) => show_all(&faults, &sources, false),
    }
}

#[test]
fn what_is_saved_is_read_again() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let saved = Benchmark::of(pack.pack(), &together(&pack), about());
    assert!(saved.scores.len() > 3 && saved.questions.len() > 3);
    for text in [saved.to_yaml(), saved.to_json()] {
        let (found, told) = read(&text);
        assert_eq!(told, "");
        assert_eq!(Benchmark { pack_span: None, ..found.unwrap() }, saved);
    }
}

#[test]
fn a_cohort_stands_in_the_middle_of_itself() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let together = together(&pack);
    let compared = Benchmark::of(pack.pack(), &together, about()).compare(pack.pack(), &together).unwrap();
    assert_eq!((compared.other_scores.len(), compared.other_questions.len()), (0, 0));
    for (_, standing) in &compared.scores {
        assert_eq!(standing.own, standing.median);
        assert!(
            standing.below * 2 <= standing.people && (standing.below + standing.equal) * 2 >= standing.people
        );
    }
}

#[test]
fn what_was_asked_otherwise_is_left_out_and_named() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let together = together(&pack);
    let saved = Benchmark::of(pack.pack(), &together, about());
    let reworded =
        pack_of(&[("pack.yaml", &PACK.replace("We hold our price.", "We never give a discount."))]);
    let compared = saved.compare(reworded.pack(), &together).unwrap();
    let id = |at: usize| reworded.pack().questions[at].id.as_str();
    assert_eq!(compared.other_questions.iter().map(|other| id(other.0)).collect::<Vec<_>>(), ["price-firm"]);
    // Its area, and the total that it is a part of.
    assert_eq!(compared.other_scores.len(), 2);
    // How it is judged makes no difference.
    let judged = pack_of(&[("pack.yaml", &PACK.replace("tight: \">= 80\"", "tight: \">= 90\""))]);
    assert!(saved.compare(judged.pack(), &together).unwrap().other_scores.is_empty());
}

#[test]
fn nothing_is_compared_with_what_is_something_else() {
    let pack = pack_of(&[("pack.yaml", PACK)]);
    let together = together(&pack);
    let saved = Benchmark::of(pack.pack(), &together, about()).to_yaml();
    assert_eq!(
        refused(&saved.replace("keep-clients", "win-clients"), pack.pack(), &together),
        "error[K725]: this benchmark is of the pack `win-clients`, and the answers are to `keep-clients`
 --> benchmark.yaml:3:12
  |
3 | benchmark: \"win-clients\"
  |            ^^^^^^^^^^^^^
  |
  = help: compare with a benchmark that was saved from answers to the same pack
"
    );
    assert_eq!(
        refused(&saved.replace("asked: \"", "asked: \"x"), pack.pack(), &together),
        "error[K725]: nothing in this benchmark was asked as in version 1.2.0 of the pack (it was saved with version 1.2.0)
 --> benchmark.yaml:3:12
  |
3 | benchmark: \"keep-clients\"
  |            ^^^^^^^^^^^^^^
  |
  = help: compare with a benchmark of a version whose questions read the same
"
    );
}

#[test]
fn every_fault_of_a_file_is_told() {
    let (found, told) = read(
        "benchmark: keep-clients
version: 1.0.0
title: Spring
grade: E
date: soon
people: none
sorces: x
scores: [1]
questions:
  a: { values: { 1: 2 } }
  b: { asked: x, values: { 1: 2, one: 3 } }
",
    );
    assert!(found.is_none());
    let messages: Vec<&str> = told.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(
        messages,
        [
            "error[K725]: the benchmark does not say `source`",
            "error[K725]: `E` is no grade",
            "error[K725]: `soon` is no day",
            "error[K725]: `none` is no number of people",
            "error[K725]: a benchmark has no key `sorces`",
            "error[K725]: `scores` is a map from ids to values, not a list",
            "error[K725]: `a` lacks `asked` or `values`",
            "error[K725]: `one` is not a value and how many of these people had it",
        ],
        "{told}"
    );
    assert!(told.contains("did you mean `scores` or `source`?"), "{told}");
    let (_, told) = read("- 1\n");
    assert!(
        told.starts_with(
            "error[K725]: a benchmark file holds keys such as `benchmark` and `scores`, not a list\n"
        ),
        "{told}"
    );
    // More people than there were have a value.
    let (_, told) = read(
        "{benchmark: p, version: 1, title: t, source: s, grade: A, date: 2026-01-01, people: 5, \
         scores: {a: {asked: x, values: {1: 3, 2: 3}}}}",
    );
    assert!(told.starts_with("error[K725]: `2` is not a value"), "{told}");
}
