//! Packs and answers as data files, and what the engine must find: `tests/cases/*.case`.
//!
//! A file holds one pack behind `=== pack`, those that it builds on behind `=== base`, the nearest first, and cases behind `=== case: a sentence`: an answers file, then
//! `--- expect` with lines `path: value`. A path leads into the machine contract, to which the plan, leaks
//! and what to find out are added; `as-of` in the first line of a case gives the day.

use std::fs;

use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::check::{Depth, SoundPack, check_to};
use kitwright::diag::show_all;
use kitwright::engine::evaluate;
use kitwright::export::line;
use kitwright::model::{AreaId, Findings, Pack, PrescriptionId, Unknown, date};
use kitwright::pack::load_over;
use kitwright::source::Sources;
use serde_json::{Value, json};

/// The pack, over the ones behind `=== base` where there are some.
fn sound(name: &str, text: &str, bases: &[String]) -> SoundPack {
    let mut sources = Sources::default();
    let text = match text.trim().strip_prefix("from ") {
        Some(path) => fs::read_to_string(path.trim()).unwrap(),
        None => text.to_owned(),
    };
    let file = sources.add(name, text);
    let bases: Vec<_> = bases.iter().map(|text| vec![sources.add("base", text)]).collect();
    let checked = check_to(load_over(&[file], &bases, &sources), None, Depth::Parts);
    checked.pack.unwrap_or_else(|| panic!("{name}\n{}", show_all(&checked.diagnostics, &sources, false)))
}

/// The machine contract with what only documents show; or why the respondent is refused.
fn findings(pack: &SoundPack, answers: &str) -> Value {
    let mut sources = Sources::default();
    let as_of = answers.lines().next().and_then(|first| first.strip_prefix("# as-of ")).and_then(date);
    let file = sources.add("answers.yaml", answers);
    let raw = read(file, Kind::Yaml, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, pack.pack(), FitOptions::default(), &sources);
    let respondent = match fitting.outcomes().next() {
        Some(Outcome::Fits(respondent)) => respondent,
        Some(Outcome::Refused(refusal)) => panic!("{}", show_all(&refusal.faults, &sources, false)),
        None => panic!("nobody answered"),
    };
    let found = evaluate(pack, &respondent, as_of);
    let mut value: Value = serde_json::from_str(&line(pack.pack(), &respondent, &found)).unwrap();
    let more = added(pack.pack(), &found);
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    value
}

fn added(pack: &Pack, found: &Findings) -> Value {
    let area = |id: &AreaId| pack.area(*id).id.clone();
    let advice = |id: PrescriptionId| pack.prescription(id).id.clone();
    let unknown = |what: Unknown| match what {
        Unknown::Answer(id) => format!("answer {}", pack.question(id).id),
        Unknown::Voice(id) => format!("voice {}", pack.question(id).id),
        Unknown::Agreement(id) => format!("agree {}", pack.question(id).id),
        Unknown::Metric(id) => format!("metric {}", pack.metric(id).id),
        Unknown::Before(id) => format!("before {}", pack.metric(id).id),
    };
    json!({
        "advised": found.prescriptions.iter().map(|p| advice(p.prescription)).collect::<Vec<_>>(),
        "plan": found.plan.steps.iter().map(|s| format!("{} {}", advice(s.prescription), s.due)).collect::<Vec<_>>(),
        "annex": found.plan.annex.iter().map(|id| advice(*id)).collect::<Vec<_>>(),
        "leaks": found.leaks.iter().map(area).collect::<Vec<_>>(),
        "strengths": found.strengths.iter().map(area).collect::<Vec<_>>(),
        "unclear": found.unclear.iter().map(area).collect::<Vec<_>>(),
        "withheld": found.withheld.iter().map(|w| advice(w.prescription)).collect::<Vec<_>>(),
        "find_out": found.find_out.iter().map(|f| unknown(f.what)).collect::<Vec<_>>(),
        "refusals": found.refusals.len(),
        "codes": found.problems.iter().map(|p| p.code).collect::<Vec<_>>(),
    })
}

fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(value, |value, key| match key.parse::<usize>() {
        Ok(place) if value.is_array() => &value[place],
        _ => &value[key],
    })
}

#[test]
fn every_case_is_found_as_expected() {
    let mut names: Vec<_> = fs::read_dir("tests/cases").unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in names {
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut parts = text.split("\n=== ");
        let head = parts.next().unwrap();
        assert!(head.starts_with('#'), "{name} begins with a comment on what it is about");
        let own = parts.next().unwrap().strip_prefix("pack\n").unwrap();
        let (bases, cases): (Vec<&str>, Vec<&str>) = parts.partition(|part| part.starts_with("base\n"));
        let bases: Vec<String> = bases.iter().map(|base| base["base\n".len()..].to_owned()).collect();
        let pack = sound(name, own, &bases);
        for case in cases {
            let (title, body) = case.strip_prefix("case: ").unwrap().split_once('\n').unwrap();
            let (answers, expected) = body.split_once("--- expect\n").unwrap();
            let found = findings(&pack, answers);
            for line in expected.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
                let (path, wanted) = line.split_once(": ").unwrap_or_else(|| panic!("{name}: {line}"));
                let wanted: Value = serde_json::from_str(wanted).unwrap_or_else(|_| Value::from(wanted));
                let got = at(&found, path);
                count += 1;
                if *got != wanted {
                    wrong.push(format!("{name}: {title}: {path} is {got}, expected {wanted}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 100, "only {count} expectations were read");
}
