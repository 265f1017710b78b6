//! What two packs say differently, and to whom: pairs of packs as data, random pairs, and the real binary.
//!
//! A case in `tests/diffs` turns a line of the base pack into others: `<` what stands there, `>` what the new pack has
//! in its place, `{` what the old one has. Behind `===` stands what `diff` must say.

#[path = "laws/shape.rs"]
#[allow(dead_code)]
mod shape;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use kitwright::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use kitwright::check::{Depth, SoundPack, check_to};
use kitwright::diag::show_all;
use kitwright::diff::{Case, Difference, Under, diff, files, tell};
use kitwright::engine::evaluate;
use kitwright::model::{Respondent, Status};
use kitwright::source::Sources;
use proptest::prelude::*;
use shape::{Tape, Taste};

const BASE: &str = "tests/packs/good/retention-core/pack.yaml";

fn load(text: &str) -> Result<SoundPack, String> {
    let mut sources = Sources::default();
    let file = sources.add("pack.yaml", text);
    let checked = check_to(kitwright::pack::load(&[file], &sources), None, Depth::Parts);
    let said = show_all(&checked.diagnostics, &sources, false);
    checked.pack.ok_or(said)
}

fn respond(pack: &SoundPack, text: &str) -> Option<Respondent> {
    let mut sources = Sources::default();
    let file = sources.add("answers", text);
    let raw = read(file, Kind::Yaml, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, pack.pack(), FitOptions::default(), &sources);
    match fitting.outcomes().next() {
        Some(Outcome::Fits(respondent)) => Some(*respondent),
        _ => None,
    }
}

fn status(pack: &SoundPack, respondent: &Respondent, rule: &str) -> Option<Status> {
    let found = evaluate(pack, respondent, None);
    let place = pack.pack().rules.iter().position(|other| other.id == rule)?;
    found.refusals.is_empty().then(|| found.rules[place].status)
}

/// Every witness, written as files and read again, fires under the one pack and not under the other.
fn confirm(old: &SoundPack, new: &SoundPack, difference: &Difference) -> usize {
    let mut count = 0;
    for (rule, under, witness) in difference.witnesses() {
        let written = files(old.pack(), new.pack(), rule, under, witness);
        let (first, last) = (&written[0].1, &written[written.len() - 1].1);
        let was = respond(old, first).unwrap_or_else(|| panic!("the old pack takes\n{first}"));
        let is = respond(new, last).unwrap_or_else(|| panic!("the new pack takes\n{last}"));
        let was = status(old, &was, rule) == Some(Status::Fired);
        let is = status(new, &is, rule) == Some(Status::Fired);
        assert_eq!((was, is), (under == Under::Old, under == Under::New), "{rule}\n{first}\n{last}");
        count += 1;
    }
    count
}

fn turned(base: &str, lines: &str) -> (String, String) {
    let (mut old, mut new) = (base.to_owned(), base.to_owned());
    let mut stands = String::new();
    for line in lines.lines() {
        let Some((sign, rest)) = line.split_at_checked(2) else { continue };
        let rest = rest.replace("\\n", "\n");
        let turn = |text: &mut String| {
            assert!(text.contains(&stands), "the base holds no `{stands}`");
            *text = text.replacen(&stands, &rest, 1);
        };
        match sign {
            "< " => stands.clone_from(&rest),
            "> " => turn(&mut new),
            "{ " => turn(&mut old),
            _ => {}
        }
    }
    (old, new)
}

#[test]
fn what_is_told_of_each_pair() {
    let base = fs::read_to_string(BASE).unwrap();
    let mut names: Vec<_> = fs::read_dir("tests/diffs").unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let (mut wrong, mut witnesses) = (Vec::new(), 0);
    for path in names {
        let text = fs::read_to_string(&path).unwrap();
        let (lines, says) = text.split_once("===\n").unwrap();
        let (old, new) = turned(&base, lines);
        let load = |text: &str| load(text).unwrap_or_else(|said| panic!("{}\n{said}", path.display()));
        let (old, new) = (load(&old), load(&new));
        let difference = diff(&old, &new);
        witnesses += confirm(&old, &new, &difference);
        let told = tell(old.pack(), new.pack(), &difference, None);
        if told != says {
            if std::env::var_os("RENEW").is_some() {
                fs::write(&path, format!("{lines}===\n{told}")).unwrap();
            }
            wrong.push(format!("{}\n{told}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "run with RENEW=1 to write what is told now\n{}", wrong.join("\n"));
    assert!(witnesses > 8, "{witnesses}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, max_shrink_iters: 60, ..Default::default() })]

    /// A pack and one drawn with a number changed: every witness is confirmed by the engine under both, and
    /// where nobody is said to be, nobody who is tried is.
    #[test]
    fn witnesses_hold_and_nobody_contradicts_what_is_proved(
        tape in proptest::collection::vec(any::<u16>(), 0..400),
        at in any::<proptest::sample::Index>(),
        other in any::<u16>(),
    ) {
        let drawn = |numbers: &[u16]| shape::draw_pack(&mut Tape::new(numbers.to_vec()), Taste { monotone: false });
        let file = |pack: &shape::Pack| shape::file_of(&shape::write_sections(pack, &mut Tape::new(Vec::new())));
        let mut turned = tape.clone();
        if !turned.is_empty() {
            let at = at.index(turned.len());
            turned[at] = other;
        }
        let (before, after) = (drawn(&tape), drawn(&turned));
        let (Ok(old), Ok(new)) = (load(&file(&before)), load(&file(&after))) else { return Ok(()) };
        let difference = diff(&old, &new);
        confirm(&old, &new, &difference);
        let mut tape = Tape::new(tape.iter().rev().copied().collect());
        for _ in 0..12 {
            let said = shape::write_answers(&before, &shape::draw_answers(&mut tape, &before), false);
            let (Some(was), Some(is)) = (respond(&old, &said), respond(&new, &said)) else { continue };
            for rule in &new.pack().rules {
                let told = difference.rules.iter().find(|told| told.id == rule.id);
                let nobody = |case: &dyn Fn(&kitwright::diff::RuleChange) -> &Option<Case>| {
                    told.is_none_or(|told| matches!(case(told), Some(Case::Nobody)))
                };
                let (Some(was), Some(is)) = (status(&old, &was, &rule.id), status(&new, &is, &rule.id)) else {
                    continue;
                };
                let (was, is) = (was == Status::Fired, is == Status::Fired);
                prop_assert!(!(is && !was && nobody(&|told| &told.new_cases)), "{} now fires\n{said}", rule.id);
                prop_assert!(!(was && !is && nobody(&|told| &told.lost_cases)), "{} fired\n{said}", rule.id);
            }
        }
    }

    /// The same pack with its sections and items in another order says the same.
    #[test]
    fn order_and_layout_change_nothing(
        tape in proptest::collection::vec(any::<u16>(), 0..300),
        order in proptest::collection::vec(any::<u16>(), 0..200),
    ) {
        let pack = shape::draw_pack(&mut Tape::new(tape), Taste { monotone: false });
        let file = |numbers: Vec<u16>| shape::file_of(&shape::write_sections(&pack, &mut Tape::new(numbers)));
        let (old, new) = (load(&file(Vec::new())).unwrap(), load(&file(order)).unwrap());
        let difference = diff(&old, &new);
        prop_assert!(difference.rules_do_the_same(), "{}", tell(old.pack(), new.pack(), &difference, None));
    }
}

fn kitwright(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Somebody who is told of fires the rule under the one pack as `evaluate` prints it; a cohort is told by name.
#[test]
fn a_file_against_a_folder_with_witnesses_and_a_cohort() {
    let base = fs::read_to_string(BASE).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("rules/retention-core")).unwrap();
    let now =
        base.replace("watch: \"<= 15%\"", "watch: \"<= 12%\"").replace("version: 1.2.0", "version: 1.3.0");
    fs::write(at.join("rules/retention-core/pack.yaml"), now).unwrap();
    fs::write(at.join("old.yaml"), &base).unwrap();
    let rows = "id,health-review,usage-seen,churn_rate\nava,never,1,14%\nben,never,1,20%\ncid,monthly,5,14%\ndee,9,1,1%\n";
    fs::write(at.join("cohort.csv"), rows).unwrap();
    let (code, out, err) =
        kitwright(at, &["diff", "old.yaml", "retention-core", "--witness", "w", "--cohort", "cohort.csv"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(err.contains("under old.yaml:\nrefused: dee (cohort.csv, row 5)"), "{err}");
    assert!(out.contains("\nThe cohort\n  1 of 3 respondents gets other advice\n\n  ava\n"), "{out}");
    assert!(
        out.contains("    band.churn_rate: watch → poor\n    early-warning-missing: not fired → fired\n"),
        "{out}"
    );
    assert!(out.contains("\n    + monthly-risk-review\n    + account-list\n"), "{out}");
    let witness = "w/early-warning-missing-now-fires.yaml";
    assert!(out.contains(&format!("wrote {witness}")), "{out}");
    for (pack, says) in [("old.yaml", "not_fired"), ("retention-core", "fired")] {
        let (code, out, err) = kitwright(at, &["evaluate", witness, "--pack", pack]);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains(&format!("\"early-warning-missing\":\"{says}\"")), "{out}");
    }
    let (_, json, _) =
        kitwright(at, &["diff", "old.yaml", "retention-core", "--format", "json", "--cohort", "cohort.csv"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["cohort"]["other_advice"], 1);
    assert_eq!(json["cohort"]["changed"][0]["rules"][0]["new"], "fired");
    assert_eq!(json["rules"][0]["change"], "fires_elsewhere");
    assert_eq!(json["rules"][0]["lost_cases"]["result"], "none");
}

#[test]
fn a_pack_with_errors_is_told_and_nothing_else() {
    let base = fs::read_to_string(BASE).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.yaml"), &base).unwrap();
    fs::write(folder.path().join("new.yaml"), base.replace("severity: high", "severity: dire")).unwrap();
    let (code, out, err) = kitwright(folder.path(), &["diff", "old.yaml", "new.yaml"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains(" --> new.yaml:55:"), "{err}");
    let (code, _, err) = kitwright(folder.path(), &["diff", "old.yaml", "gone"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no pack `gone`"), "{err}");
}
