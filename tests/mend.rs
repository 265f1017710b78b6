//! `check --fix`: each mend alone, then many slips at once, then whatever text comes in.

use std::fs;

use assert_cmd::Command;
use kitwright::check::{check, mend};
use kitwright::diag::{Code, Diagnostics, Severity, show_all};
use kitwright::pack::load;
use kitwright::source::Sources;
use proptest::prelude::*;
use tempfile::TempDir;

const PACK: &str = include_str!("packs/good/retention-core/pack.yaml");

/// A rule whose conditions are given, with further keys.
fn rule(when: &str, more: &str) -> String {
    format!(
        "rules:\n  - id: extra\n    title: Something is found\n    why: Because of this.\n    when:\n      - {when}\n    \
         prescribe: [account-list]\n    severity: low\n{more}"
    )
}

/// The text mended beside the good pack, what was mended, and what is still told.
fn mended(text: &str) -> (String, Vec<String>, Diagnostics, String) {
    let mut sources = Sources::default();
    let ids = [sources.add("more.yaml", text), sources.add("pack.yaml", PACK)];
    let done = mend(&ids, &[], &sources, None);
    assert!(!done.texts.contains_key(&ids[1]), "the good pack is left alone");
    let after = done.texts.get(&ids[0]).cloned().unwrap_or_else(|| text.to_owned());
    let told = done.told.iter().map(|one| format!("{}: {}", one.place, one.message)).collect();
    let mut sources = Sources::default();
    let ids = [sources.add("more.yaml", &after), sources.add("pack.yaml", PACK)];
    let left = check(load(&ids, &sources), None).diagnostics;
    let said = show_all(&left, &sources, false);
    (after, told, left, said)
}

/// What becomes of a text, all of whose faults are mended.
fn whole(text: &str) -> String {
    let (after, told, left, said) = mended(text);
    assert!(left.is_empty(), "{after}\n{said}");
    assert!(!told.is_empty(), "nothing was mended:\n{text}");
    after
}

#[test]
fn conditions_are_mended_where_one_thing_can_be_meant() {
    let good = "gap.usage-seen >= 3";
    assert_eq!(whole(&rule("metric.churn_rate > 20", "")), rule("metric.churn_rate > 20%", ""));
    assert_eq!(
        whole(&rule("metric.clients_lost between 20 and 30", "")),
        rule("metric.clients_lost between 20 clients and 30 clients", "")
    );
    assert_eq!(
        whole(&rule("metric.clients_at_start >= 10,5 clients or gap.usage-seen >= 3", "")),
        rule("metric.clients_at_start >= 10.5 clients or gap.usage-seen >= 3", "")
    );
    assert_eq!(whole(&rule("gap.usage-seen => 3", "")), rule(good, ""));
    assert_eq!(whole(&rule("\"gap.usage-seen => 3\"", "")), rule("\"gap.usage-seen >= 3\"", ""));
    assert_eq!(whole(&rule("usage-seen <= 1", "")), rule("answer.usage-seen <= 1", ""));
    assert_eq!(whole(&rule("band.health = pouring", "")), rule("band.health is pouring", ""));
    assert_eq!(whole(&rule("band.health != tight", "")), rule("band.health is not tight", ""));
    assert_eq!(
        whole(&rule("answer.segment is small or mid", "")),
        rule("answer.segment in [small, mid]", "")
    );
    assert_eq!(whole(&rule("!band.health is tight", "")), rule("not band.health is tight", ""));
    assert_eq!(whole(&rule("\"! band.health is tight\"", "")), rule("\"not band.health is tight\"", ""));
}

#[test]
fn traps_of_yaml_are_put_in_quotes() {
    let text = |question: &str| format!("questions:\n  plans:\n    kind: text\n    question: {question}\n");
    for (slip, good) in [
        ("@home: what now?", "\"@home: what now?\""),
        ("One thing: what now?", "\"One thing: what now?\""),
        ("\"This\" or that?", "'\"This\" or that?'"),
        ("*What* now?", "\"*What* now?\""),
        ("%What now?", "\"%What now?\""),
        ("{respondent}", "\"{respondent}\""),
        ("[What now?]", "\"[What now?]\""),
    ] {
        assert_eq!(whole(&text(slip)), text(good));
    }
    let flow = |question: &str| format!("questions:\n  plans: {{ kind: text, question: {question} }}\n");
    assert_eq!(whole(&flow("One thing: what now?")), flow("\"One thing: what now?\""));
    assert_eq!(whole(&flow("> what now?")), flow("\"> what now?\""));
}

#[test]
fn tabs_become_the_spaces_that_the_file_uses() {
    assert_eq!(
        whole("questions:\n\tplans:\n\t\tkind: text\n\t\tquestion: What now?\n"),
        "questions:\n  plans:\n    kind: text\n    question: What now?\n"
    );
    assert_eq!(
        whole("questions:\n    plans:\n\t\tkind: text\n\t\tquestion: What now?\n"),
        "questions:\n    plans:\n        kind: text\n        question: What now?\n"
    );
    // One tab among spaces: the line begins where its neighbours do.
    let good = rule("gap.usage-seen >= 3", "");
    assert_eq!(whole(&good.replace("    why:", "\twhy:")), good);
    assert_eq!(whole(&good.replace("      - gap", "\t- gap")), good);
    let item =
        format!("{good}{}", good.replace("rules:\n", "").replace("extra", "more").replace(">= 3", ">= 4"));
    assert_eq!(whole(&item.replace("  - id: more", "\t- id: more")), item);
    // What would leave no YAML behind is left to the author.
    let deep = good.replace("    prescribe:", "\tprescribe:");
    let (after, told, _, _) = mended(&deep);
    assert_eq!((after, told.len()), (deep, 0));
}

#[test]
fn colons_and_spaces_become_those_of_yaml() {
    let good = rule("gap.usage-seen >= 3", "");
    assert_eq!(whole(&good.replace("title: ", "title:")), good);
    assert_eq!(whole(&good.replace("    why", "   \u{a0}why")), good);
}

#[test]
fn permissions_that_allow_nothing_are_taken_out() {
    let unused = "{ code: K404, reason: Looked at. }";
    let good = rule("gap.usage-seen >= 3", "");
    assert_eq!(whole(&rule("gap.usage-seen >= 3", &format!("    allow: [{unused}]\n"))), good);
    assert_eq!(whole(&rule("gap.usage-seen >= 3", &format!("    allow:\n      - {unused}\n"))), good);
    let both = format!("    allow: [{unused}, {{ code: K401, reason: Not yet. }}]\n");
    assert_eq!(whole(&rule("gap.usage-seen >= 3", &both)), good);
    let used = "    allow: [{ code: K404, reason: Meant. }]\n";
    let beside = "    allow: [{ code: K404, reason: Meant. }, { code: K401, reason: No. }]\n";
    assert_eq!(whole(&rule("metric.churn_rate > 15%", beside)), rule("metric.churn_rate > 15%", used));
    assert_eq!(
        whole(&format!("questions:\n  x: {{ allow: [{unused}], kind: text, question: \"What?\" }}\n")),
        "questions:\n  x: { kind: text, question: \"What?\" }\n"
    );
}

#[test]
fn ids_are_mended_where_nothing_else_means_them() {
    assert_eq!(
        whole("questions:\n  Next Plans: { kind: text, question: \"What?\" }\n"),
        "questions:\n  next-plans: { kind: text, question: \"What?\" }\n"
    );
    // Named elsewhere, by the old name or the new one: which is meant is the author's to say.
    for other in ["Next Plans", "next-plans"] {
        let text = format!(
            "questions:\n  Next Plans: {{ kind: text, question: \"What?\" }}\n{}",
            rule(&format!("answer.{other} is answered"), "")
        );
        assert_eq!(mended(&text).0, text);
    }
}

#[test]
fn what_can_be_meant_in_two_ways_is_left_to_the_author() {
    for when in [
        "metric.churn_rate > 0.15",
        "metric.clients_at_start > 1,000 clients",
        "metric.churn_rate > 20 clients",
        "answer.usage-sen >= 3",
        "answer.usage-seen >= 3 and answer.price-talk >= 4 or band.health is pouring",
        "[answer.usage-seen in [1, 2]]",
    ] {
        let text = rule(when, "");
        let (after, told, left, _) = mended(&text);
        assert_eq!((after, told.len()), (text, 0));
        assert!(left.has_errors());
    }
    for text in [
        "questions:\n  plans: { kind: text, question: \"What now? }\n",
        "questions:\n  plans:\n    kind: text\n    question: What now? # or then\n",
        "questions:\n  plans:\n    kind: text\n    question: [What now?\n",
        "questions:\n  plans:\n    kind: text\n    question: @home what\n      do you do?\n",
    ] {
        let (after, told, left, _) = mended(text);
        assert_eq!((after.as_str(), told.len()), (text, 0));
        assert!(left.has_errors());
    }
}

#[test]
fn line_ends_and_marks_stay_as_they_are() {
    let folder = TempDir::new().unwrap();
    let pack = folder.path().join("rules/retention-core");
    fs::create_dir_all(&pack).unwrap();
    fs::write(pack.join("pack.yaml"), PACK).unwrap();
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    fs::write(pack.join("more.yaml"), windows(&rule("metric.churn_rate > 20", ""))).unwrap();
    let run = |line: &str| {
        let mut command = Command::cargo_bin("kitwright").unwrap();
        let output = command.current_dir(folder.path()).args(line.split_whitespace()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    let (code, out, err) = run("check --fix");
    assert_eq!((code, err.as_str()), (0, ""));
    let (first, rest) = out.split_once('\n').unwrap();
    assert_eq!(first, "mended: rules/retention-core/more.yaml:6:29: [K203] this number needs a unit");
    assert!(rest.starts_with("rules/retention-core is sound: "), "{rest}");
    let after = fs::read_to_string(pack.join("more.yaml")).unwrap();
    assert_eq!(after, windows(&rule("metric.churn_rate > 20%", "")));
    assert_eq!(fs::read_to_string(pack.join("pack.yaml")).unwrap(), PACK);
    let (code, out, _) = run("check --fix");
    assert!(code == 0 && out.starts_with("rules/retention-core is sound"), "{out}");
    let (code, out, err) = run("check sales-leaks --fix");
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (
            2,
            "",
            "error: the built-in sales-leaks pack cannot be mended\n\
             help: make a copy of your own with `kitwright new my-workshop`\n"
        )
    );
}

/// Slips in a text that mend without a doubt, each undone by its own mend.
const SLIPS: [(&str, &str); 8] = [
    ("metric.churn_rate > 20%", "metric.churn_rate > 20"),
    ("metric.clients_lost >= 7 clients", "metric.clients_lost >= 7"),
    ("band.health is pouring", "band.health = pouring"),
    ("answer.segment in [small, mid]", "answer.segment is small or mid"),
    ("gap.usage-seen >= 3", "gap.usage-seen => 3"),
    ("not band.renewal is tight", "!band.renewal is tight"),
    ("why: \"One thing: clients leave.\"", "why: One thing: clients leave."),
    ("title: \"@home is found\"", "title: @home is found"),
];

fn several() -> String {
    let mut text = "rules:\n".to_owned();
    for (at, when) in SLIPS.iter().map(|(good, _)| good).filter(|good| !good.contains(": ")).enumerate() {
        text.push_str(&format!(
            "  - id: extra-{at}\n    title: \"@home is found\"\n    why: \"One thing: clients leave.\"\n    when:\n      - {when}\n    \
             prescribe: [account-list]\n    severity: low\n"
        ));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_slips_at_once_are_mended_to_what_was_meant(slips in proptest::collection::vec((0..SLIPS.len(), 0..8usize), 1..12)) {
        let good = several();
        let mut text = good.clone();
        for (slip, nth) in slips {
            let (meant, slipped) = SLIPS[slip];
            let places: Vec<usize> = text.match_indices(meant).map(|(at, _)| at).collect();
            if let Some(at) = places.get(nth % places.len().max(1)) {
                text.replace_range(*at..at + meant.len(), slipped);
            }
        }
        let (after, _, left, said) = mended(&text);
        prop_assert!(!left.has_errors(), "{text}\n{said}");
        prop_assert_eq!(after, good);
    }

    /// Faults that hide others may give way to those; the shape never gets worse, and one run mends all there is.
    #[test]
    fn mending_ends_and_harms_no_shape(at in 0..2000usize, width in 0..12usize, sign in "[\\[\\]{}:,#&*!|>'\"%@`?=<~ \\-\t\n]{1,3}") {
        let good = several();
        let from = at % (good.len() - 12);
        let text = format!("{}{sign}{}", &good[..from], &good[from + width..]);
        let errors = |text: &str| -> (usize, usize) {
            let mut sources = Sources::default();
            let ids = [sources.add("more.yaml", text), sources.add("pack.yaml", PACK)];
            let told = check(load(&ids, &sources), None).diagnostics;
            let shape = [Code::Syntax, Code::Tab, Code::DuplicateKey, Code::DuplicateId];
            let all = told.iter().filter(|told| told.severity == Severity::Error && shape.contains(&told.code)).count();
            (all, told.iter().filter(|told| told.code == Code::Syntax).count())
        };
        let ((shape, syntax), (shape_before, syntax_before)) = (errors(&mended(&text).0), errors(&text));
        let (after, _, _, said) = mended(&text);
        prop_assert!(shape <= shape_before && syntax <= syntax_before, "{}\n---\n{}\n{}", text, after, said);
        let (again, told, _, _) = mended(&after);
        prop_assert!(told.is_empty() && again == after, "{text}\n---\n{after}\n---\n{again}\n{told:?}");
    }
}
