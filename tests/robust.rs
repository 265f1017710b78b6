//! Whatever text comes in, reading ends soon and without a panic.

use std::fmt::Write;
use std::time::{Duration, Instant};

use kitwright::answers::{FitOptions, Kind, ReadOptions, fit, read, read_session};
use kitwright::check::{Checked, check};
use kitwright::diag::{Diagnostics, show_all};
use kitwright::model::Pack;
use kitwright::pack::load;
use kitwright::source::Sources;
use proptest::prelude::*;

const PACK: &str = include_str!("packs/good/retention-core/pack.yaml");
const SESSION: &str = include_str!("../examples/session.yaml");
const ANSWERS: &str = "respondent: northwind
name: Northwind
date: 2026-03-01
answers: { health-review: quarterly, renewal-start: 3, price-talk: not_applicable, segment: small, comment: \"So: so\" }
voices:
  - { role: manager, answers: { usage-seen: 4 } }
  - { role: rep, answers: { usage-seen: a little } }
metrics: { clients_lost: 29, clients_at_start: 160 }
extra: { table: [1, 2], 'quoted': \"x\\ty\" }
";
const TABLE: &str = "respondent,name,voice,health-review,usage-seen,segment,comment,clients_lost
northwind,Northwind,manager,quarterly,4,small,\"one, \"\"two\"\"
three\",29
northwind,Northwind,rep,,2,,,
summit,Summit,,monthly,dont_know,mid,,7
";
const LINES: &str = "{\"respondent\":\"a\",\"answers\":{\"usage-seen\":3,\"segment\":\"mid\"}}
{\"respondent\":\"b\",\"metrics\":{\"clients_lost\":1e2,\"churn_rate\":\"8%\"}}
";
/// A debug build on a slow machine; what is quadratic takes far longer.
const SOON: Duration = Duration::from_secs(3);

fn read_pack(text: &str) -> (Checked, String) {
    let mut sources = Sources::default();
    let file = sources.add("pack.yaml", text);
    let checked = check(load(&[file], &sources), None);
    let said = show_all(&checked.diagnostics, &sources, false);
    (checked, said)
}

/// Reads answers against the good pack; returns everything that is said.
fn read_answers(text: &str, kind: Kind, pack: &Pack) -> String {
    let mut sources = Sources::default();
    let file = sources.add("answers", text);
    let raw = read(file, kind, &ReadOptions::default(), &sources);
    let fitting = fit(&raw, pack, FitOptions::default(), &sources);
    let mut said = show_all(fitting.faults(), &sources, false);
    for outcome in fitting.outcomes() {
        match outcome {
            kitwright::answers::Outcome::Fits(respondent) => {
                let _ = writeln!(said, "{respondent:?}");
            }
            kitwright::answers::Outcome::Refused(refusal) => {
                said.push_str(&show_all(&refusal.faults, &sources, false));
            }
        }
    }
    said
}

fn read_a_session(text: &str) -> (bool, String) {
    let mut sources = Sources::default();
    let file = sources.add("session.yaml", text);
    let mut faults = Diagnostics::default();
    let session = read_session(file, &sources, &mut faults);
    (session.is_some(), show_all(&faults, &sources, false))
}

/// Every reader on one text.
fn read_all(text: &str, good: &Pack) {
    read_pack(text);
    for kind in [Kind::Yaml, Kind::Json, Kind::JsonLines, Kind::Csv] {
        read_answers(text, kind, good);
    }
    read_a_session(text);
}

fn good() -> Pack {
    let (checked, said) = read_pack(PACK);
    checked.pack.unwrap_or_else(|| panic!("{said}")).pack().clone()
}

fn soon<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let (start, worked) = (Instant::now(), worked());
    let out = work();
    // Where the system tells it, the time at work counts: others on a busy machine are not this program's doing.
    let took = match (worked, self::worked()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed(),
    };
    assert!(took < SOON, "{what} took {took:?}");
    out
}

/// How long this thread has been at work, where the system tells it.
fn worked() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// One change to a text; places are shares of its length, so that they fit any text.
#[derive(Clone, Debug)]
enum Change {
    Insert(u16, String),
    Remove(u16, u8),
    Flip(u16, u8),
    DropLine(u16),
    DoubleLine(u16),
    SwapLines(u16, u16),
    Indent(u16, u8),
    CutOff(u16),
}

fn change() -> impl Strategy<Value = Change> {
    let signs = prop_oneof![
        "[\\[\\]{}:,#&*!|>'\"%@`?=<~ \\-\t\n\r]{1,3}",
        "(<<: |&a |\\*a|!!str |---\n|\\.\\.\\.\n|\\? |null|~|\u{feff}|\u{0}|é|😀|\u{2028}|1e999|- - - )",
        "\\PC{1,4}",
    ];
    prop_oneof![
        (any::<u16>(), signs).prop_map(|(at, text)| Change::Insert(at, text)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, width)| Change::Remove(at, width)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        any::<u16>().prop_map(Change::DropLine),
        any::<u16>().prop_map(Change::DoubleLine),
        (any::<u16>(), any::<u16>()).prop_map(|(one, other)| Change::SwapLines(one, other)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, width)| Change::Indent(at, width)),
        any::<u16>().prop_map(Change::CutOff),
    ]
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    proptest::collection::vec(change(), 1..6)
}

/// The text with the changes; bytes that are no longer UTF-8 become the sign for that.
fn changed(text: &str, changes: &[Change]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for change in changes {
        let place = |share: u16, of: usize| usize::from(share) * of / 65536;
        let mut lines: Vec<Vec<u8>> =
            bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        match change {
            Change::Insert(at, text) => {
                let at = place(*at, bytes.len() + 1);
                bytes.splice(at..at, text.bytes());
                continue;
            }
            Change::Remove(at, width) => {
                let at = place(*at, bytes.len() + 1);
                let end = (at + usize::from(*width % 40)).min(bytes.len());
                bytes.drain(at..end);
                continue;
            }
            Change::Flip(at, byte) => {
                let at = place(*at, bytes.len());
                if let Some(old) = bytes.get_mut(at) {
                    *old ^= byte;
                }
                continue;
            }
            Change::CutOff(at) => {
                bytes.truncate(place(*at, bytes.len() + 1));
                continue;
            }
            _ if lines.is_empty() => continue,
            Change::DropLine(at) => drop(lines.remove(place(*at, lines.len()))),
            Change::DoubleLine(at) => {
                let at = place(*at, lines.len());
                lines.insert(at, lines[at].clone());
            }
            Change::SwapLines(one, other) => {
                let (one, other) = (place(*one, lines.len()), place(*other, lines.len()));
                lines.swap(one, other);
            }
            Change::Indent(at, width) => {
                let at = place(*at, lines.len());
                let spaces = vec![b' '; usize::from(width % 9)];
                lines[at].splice(0..0, spaces);
            }
        }
        bytes = lines.concat();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_read_without_a_panic(text in prop_oneof!["\\PC{0,60}", "[a-c0-9\\[\\]{}:,#&*!|>'\"%@`?=<~ \\-\t\n\r.]{0,120}", ".{0,60}"]) {
        read_all(&text, &good());
    }

    #[test]
    fn a_changed_pack_is_read_without_a_panic(changes in changes()) {
        read_pack(&changed(PACK, &changes));
    }

    #[test]
    fn changed_answers_are_read_without_a_panic(changes in changes()) {
        let good = good();
        read_answers(&changed(ANSWERS, &changes), Kind::Yaml, &good);
        read_answers(&changed(TABLE, &changes), Kind::Csv, &good);
        read_answers(&changed(LINES, &changes), Kind::JsonLines, &good);
        read_answers(&changed(LINES, &changes), Kind::Json, &good);
    }

    #[test]
    fn a_changed_session_is_read_without_a_panic(changes in changes()) {
        read_a_session(&changed(SESSION, &changes));
    }

    #[test]
    fn any_condition_is_read_without_a_panic(line in prop_oneof![
        "(answer|score|band|gap|metric|condition|trend|x)\\.(usage-seen|health|total|churn_rate|y)? ?(<|<=|=|is|is not|in|not in|between|includes|and|or|not){1,3} ?\\PC{0,12}",
        "((answer\\.usage-seen|score\\.health|and|or|not|is|in|between|includes|any of|all of|missing|don't know|\\[|\\]|\\(|\\)|,|<=|[0-9]{1,3}%?|\\.|\"|x) ){0,14}",
    ]) {
        let line = line.replace('\'', "''");
        let from = "    when: gap.usage-seen >= 2";
        assert!(PACK.contains(from));
        read_pack(&PACK.replace(from, &format!("    when: '{line}'")));
        read_pack(&PACK.replace("formula: clients_lost / clients_at_start", &format!("formula: '{line}'")));
    }
}

#[test]
fn the_texts_that_are_changed_are_read_as_they_stand() {
    let good = good();
    for (text, kind) in [(ANSWERS, Kind::Yaml), (TABLE, Kind::Csv), (LINES, Kind::JsonLines)] {
        let said = read_answers(text, kind, &good);
        assert!(said.contains("Respondent {"), "{said}");
    }
    assert_eq!(read_a_session(SESSION), (true, String::new()));
}

#[test]
fn aliases_that_multiply_end_soon() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{before}]");
    }
    let good = good();
    soon("an alias bomb", || read_all(&text, &good));
    soon("an alias to itself", || read_all("a: &a { b: *a }\n", &good));
    let deep = format!("extra: {}1{}\nrespondent: a\n", "{ a: ".repeat(5000), " }".repeat(5000));
    soon("an extra of 5,000 levels", || read_all(&deep, &good));
}

#[test]
fn deep_brackets_end_soon() {
    let good = good();
    for text in ["[".repeat(100_000), "{".repeat(100_000), "- ".repeat(100_000), "? ".repeat(100_000)] {
        soon("100,000 brackets", || read_all(&text, &good));
        soon("100,000 brackets behind a key", || read_all(&format!("extra: {text}"), &good));
    }
    let closed = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    soon("20,000 brackets that are closed", || read_all(&format!("extra: {closed}"), &good));
    for open in ["(", "not ", "not (", "abs("] {
        let line = format!("    when: \"{}gap.usage-seen >= 2\"", open.repeat(30_000));
        soon("30,000 brackets in a condition", || {
            read_pack(&PACK.replace("    when: gap.usage-seen >= 2", &line))
        });
        let line = format!("formula: {}clients_lost", open.repeat(30_000));
        soon("30,000 brackets in a formula", || {
            read_pack(&PACK.replace("formula: clients_lost / clients_at_start", &line))
        });
    }
    let nested = format!("    when: {}x{}", "{not: ".repeat(2_000), "}".repeat(2_000));
    soon("2,000 nots", || read_pack(&PACK.replace("    when: gap.usage-seen >= 2", &nested)));
}

#[test]
fn maps_of_a_hundred_thousand_keys_end_soon() {
    let mut keys = String::new();
    for at in 0..100_000 {
        let _ = writeln!(keys, "  k{at}: 1");
    }
    let good = good();
    soon("keys of a pack's section", || read_pack(&format!("areas:\n{keys}")));
    soon("keys of extra", || read_answers(&format!("respondent: a\nextra:\n{keys}"), Kind::Yaml, &good));
    soon("keys of a session", || read_a_session(&format!("title: a\nx-notes:\n{keys}")));
    // Where each key is a fault, its message is what takes the time.
    let wrong: String = keys.lines().take(20_000).map(|line| format!("{line}\n")).collect();
    soon("unknown keys of an item", || read_pack(&format!("pack:\n{wrong}")));
    soon("unknown keys of answers", || {
        read_answers(&format!("respondent: a\nanswers:\n{wrong}"), Kind::Yaml, &good)
    });
    let same = "  k: 1\n".repeat(20_000);
    soon("one key 20,000 times", || read_pack(&format!("areas:\n{same}")));
}

#[test]
fn many_names_that_nothing_has_end_soon() {
    let mut text = PACK
        .replacen("rules:\n", "rules: []\nx-rules:\n", 1)
        .replace("prescriptions:\n", "x-prescriptions:\n");
    let _ = writeln!(text, "prescriptions:");
    for at in 0..1_000 {
        let _ = writeln!(text, "  advice-{at}: {{ after: [advise-{at}] }}");
    }
    soon("1,000 names that are nearly known", || {
        let mut sources = Sources::default();
        let file = sources.add("pack.yaml", &text);
        let loaded = load(&[file], &sources);
        assert!(loaded.diagnostics.len() >= 1_000);
    });
    let labels: Vec<String> = (0..20_000).map(|at| format!("label{at}")).collect();
    let mut text = format!(
        "questions:\n  q: {{ kind: profile, question: \"?\", options: [{}] }}\nrules:\n",
        labels.join(", ")
    );
    for at in 0..2_000 {
        let _ = writeln!(
            text,
            "  - {{ id: r{at}, title: R, why: W., when: answer.q is {at}zzz, severity: low, prescribe: [p{at}] }}"
        );
    }
    soon("2,000 labels that none of 20,000 is like", || read_pack(&text));
}

#[test]
fn a_megabyte_in_one_value_ends_soon() {
    let good = good();
    let long = "a word ".repeat(150_000);
    soon("a plain scalar", || read_all(&format!("title: {long}\n"), &good));
    soon("a quoted scalar", || read_all(&format!("title: \"{long}\"\n"), &good));
    let block = format!("title: |\n  {}\n", long.replace("word", "word\n "));
    soon("a block scalar", || {
        (read_pack(&block), read_answers(&block, Kind::Yaml, &good), read_a_session(&block))
    });
    soon("one word", || read_all(&"a".repeat(1_000_000), &good));
    soon("a quote that is never closed", || read_all(&format!("title: \"{long}"), &good));
    let head = "respondent,comment\n";
    soon("a cell", || read_answers(&format!("{head}a,\"{long}\"\n"), Kind::Csv, &good));
    soon("an open cell", || read_answers(&format!("{head}a,\"{long}\n"), Kind::Csv, &good));
    let title = PACK.replace("title: Running renewals", &format!("title: \"{long}\""));
    soon("a pack's title", || read_pack(&title));
}

#[test]
fn control_characters_are_told_or_read() {
    let good = good();
    for code in (0..0x20u8).chain([0x7f]) {
        let sign = char::from(code);
        for text in [
            format!("title: a{sign}b\n"),
            format!("{sign}"),
            format!("a: \"{sign}\"\n{sign}b: c"),
            PACK.replacen("Seeing risk early", &format!("Seeing {sign}risk"), 1),
        ] {
            read_all(&text, &good);
        }
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let (plain, windows) = (read_pack(PACK), read_pack(&crlf(PACK)));
    assert_eq!(plain.1, windows.1);
    let (plain, windows) = (plain.0.pack.expect("sound"), windows.0.pack.expect("sound"));
    let without_spans = |pack: &Pack| {
        let mut out = String::new();
        let text = format!("{pack:#?}");
        let mut inside: Option<usize> = None;
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            match inside {
                Some(at) if indent > at => {}
                Some(_) => inside = None,
                None if line.ends_with("Span {") => inside = Some(indent),
                None => {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
        out
    };
    assert_eq!(without_spans(plain.pack()), without_spans(windows.pack()));
    for (text, kind) in [(ANSWERS, Kind::Yaml), (TABLE, Kind::Csv), (LINES, Kind::JsonLines)] {
        let told = |text: &str| read_answers(text, kind, plain.pack()).replace("\\r\\n", "\\n");
        assert_eq!(told(text), told(&crlf(text)));
    }
    assert_eq!(read_a_session(SESSION), read_a_session(&crlf(SESSION)));
}

#[test]
fn texts_without_content_are_told() {
    let good = good();
    for text in [
        "",
        "\u{feff}",
        "\n\n",
        "# a comment\n# another\n",
        "---\n",
        "---\n---\n",
        "...\n",
        "~\n",
        "[]\n",
        "{}\n",
    ] {
        let (checked, said) = read_pack(text);
        assert!(checked.pack.is_none() && said.contains("error["), "{text:?}: {said}");
        let said = read_answers(text, Kind::Yaml, &good);
        assert!(said.contains("error["), "{text:?}: {said}");
        let (session, said) = read_a_session(text);
        assert!(!session && said.contains("error["), "{text:?}: {said}");
        read_all(text, &good);
    }
}

#[test]
fn numbers_beyond_all_measure_are_told() {
    let good = good();
    let forty = "1234567890".repeat(4);
    for number in [forty.as_str(), "1e999", "-1e999", ".inf", ".nan", "0x1F", "1e-400", "9223372036854775808"]
    {
        for from in [
            "weight: 2",
            "to: 6 }",
            "[1, 100000]",
            "effort: 2 ",
            "quarterly: 60",
            ">= 80",
            "<= 8%",
            "horizon: 30",
            "at_least: 2",
            "<= 2",
        ] {
            let wrong = from.replace(|c: char| c.is_ascii_digit(), "§");
            let at = wrong.find('§').expect("a digit");
            let to = format!("{}{number}{}", &wrong[..at], wrong[at..].replace('§', ""));
            let text = PACK.replacen(from, &to, 1);
            assert_ne!(text, PACK, "{from}");
            let (checked, said) = soon("a number", || read_pack(&text));
            if number != "9223372036854775808" {
                assert!(checked.pack.is_none(), "{to}: {said}");
            }
        }
        let text = ANSWERS.replace("renewal-start: 3", &format!("renewal-start: {number}"));
        assert!(read_answers(&text, Kind::Yaml, &good).contains("error["), "{number}");
        let text = ANSWERS.replace("clients_lost: 29", &format!("clients_lost: {number}"));
        let said = read_answers(&text, Kind::Yaml, &good);
        assert!(said.contains("error[") || number == "1e-400", "{number}: {said}");
    }
}

#[test]
fn a_long_condition_ends_soon() {
    let line = vec!["gap.usage-seen >= 2"; 4_500].join(" and ");
    assert!(line.len() > 100_000);
    let from = "when: gap.usage-seen >= 2";
    let (checked, said) =
        soon("100 kB of `and`s", || read_pack(&PACK.replace(from, &format!("when: {line}"))));
    assert!(checked.pack.is_some(), "{said}");
    let wrong = line.replace("usage-seen", "nobody-asked");
    soon("100 kB of unknown names", || read_pack(&PACK.replace(from, &format!("when: {wrong}"))));
    let words = "and ".repeat(30_000);
    soon("100 kB of words", || read_pack(&PACK.replace(from, &format!("when: {words}"))));
    let list = vec!["3"; 30_000].join(", ");
    soon("a list of 30,000", || {
        read_pack(&PACK.replace(from, &format!("when: \"answer.usage-seen in [{list}]\"")))
    });
    let sum = vec!["clients_lost"; 3_000].join(" + ");
    soon("a sum of 3,000", || {
        read_pack(&PACK.replace("formula: clients_lost /", &format!("formula: ({sum}) /")))
    });
}

/// The good pack with 5,000 rules more; `when` writes the condition of each.
fn many_rules(count: usize, when: impl Fn(usize) -> String) -> String {
    let mut rules = String::from("rules:\n");
    for at in 0..count {
        let when = when(at);
        let _ = writeln!(
            rules,
            "  - {{ id: r{at}, title: Rule {at}, why: So., when: \"{when}\", prescribe: [account-list], severity: low }}"
        );
    }
    PACK.replacen("rules:\n", &rules, 1)
}

#[test]
fn thousands_of_rules_end_soon() {
    // The checks of logic are ten times slower where nothing is optimised.
    let count = if cfg!(debug_assertions) { 80 } else { 5_000 };
    let text = many_rules(count, |at| {
        format!("score.health <= {}.{} or score.renewal >= {}", at % 100, at / 100 + 1, at % 97)
    });
    let (checked, said) = soon("many rules over scores", || read_pack(&text));
    assert!(checked.pack.is_some(), "{}", &said[..said.len().min(3000)]);
    let same = many_rules(5_000, |_| "answer.renewal-start <= 2".to_owned());
    soon("5,000 like rules", || read_pack(&same));
}

#[test]
fn five_thousand_unknown_names_end_soon() {
    let text = many_rules(5_000, |at| format!("answer.usage-sean{at} <= 2"));
    let (checked, said) = soon("5,000 unknown names", || read_pack(&text));
    assert!(checked.pack.is_none());
    assert_eq!(said.matches("error[").count(), 5_000);
    let good = good();
    let mut answers = String::from("respondent: a\nanswers:\n");
    (0..5_000).for_each(|at| answers.push_str(&format!("  usage-sean{at}: 2\n")));
    soon("5,000 unknown questions", || read_answers(&answers, Kind::Yaml, &good));
    let mut broken = String::from("areas:\n");
    (0..5_000).for_each(|at| broken.push_str(&format!("  a{at}: {{ title: \"x\" y }}\n")));
    soon("5,000 broken lines", || read_pack(&broken));
}
