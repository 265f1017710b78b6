//! What `test --generate` proposes: all of it reads, runs and passes, shows every outcome, and stays the same.

use std::fs;

use kitwright::check::{SoundPack, check};
use kitwright::diag::show_all;
use kitwright::pack::load;
use kitwright::prove::{self, Ground, Proposals};
use kitwright::source::Sources;

/// The texts of a pack's files, and those beside them.
struct Texts(Vec<(String, String)>);

impl Texts {
    fn with(&self, name: &str, text: &str) -> Texts {
        let mut all = self.0.clone();
        all.push((name.to_owned(), text.to_owned()));
        Texts(all)
    }

    fn sound(&self) -> (SoundPack, prove::Suite, Sources) {
        let mut sources = Sources::default();
        let files: Vec<_> = self.0.iter().map(|(name, text)| sources.add(name, text)).collect();
        let checked = check(load(&files, &sources), None);
        let pack =
            checked.pack.unwrap_or_else(|| panic!("{}", show_all(&checked.diagnostics, &sources, false)));
        let (suite, faults) = prove::read(&checked.tests, pack.pack(), &sources);
        assert!(faults.is_empty(), "{}", show_all(&faults, &sources, false));
        (pack, suite, sources)
    }

    fn proposals(&self) -> Proposals {
        let (pack, suite, _) = self.sound();
        prove::propose(&pack, &suite)
    }
}

fn core() -> Texts {
    let text = fs::read_to_string("tests/packs/good/retention-core/pack.yaml").unwrap();
    Texts(vec![("pack.yaml".to_owned(), text)])
}

/// The file, once it has passed: accepted as it is, it leaves nothing unseen that could be seen.
fn passes(texts: &Texts) -> String {
    let proposals = texts.proposals();
    let file = prove::proposed_file(&proposals, None).unwrap();
    let again = texts.with("tests/generated.yaml", &file);
    let (pack, suite, sources) = again.sound();
    assert_eq!(suite.tests.iter().map(|test| test.cases.len()).sum::<usize>(), proposals.cases);
    let proof = prove::run(&suite, Ground { pack: &pack, templates: None, sources: &sources });
    let misses: Vec<String> = proof
        .misses()
        .map(|(_, miss)| format!("{}: {} / {}", sources.place(miss.span), miss.found, miss.expected))
        .collect();
    assert_eq!(misses, Vec::<String>::new());
    assert_eq!(again.proposals(), proposals, "proposals that are not accepted change nothing");
    file
}

fn unseen(texts: &Texts) -> Vec<String> {
    let (pack, suite, sources) = texts.sound();
    let proof = prove::run(&suite, Ground { pack: &pack, templates: None, sources: &sources });
    let coverage = prove::cover(pack.pack(), &suite, &proof, None);
    prove::gaps(&coverage, pack.pack()).iter().map(|gap| gap.message.clone()).collect()
}

#[test]
fn accepted_as_they_are_they_leave_nothing_unseen() {
    let file = passes(&core());
    let accepted = core().with("tests/mine.yaml", &file.replace("    generated: true\n", ""));
    assert_eq!(unseen(&accepted), Vec::<String>::new());
    assert_eq!(accepted.proposals().tests.concat(), "", "what was accepted is proposed again");
}

#[test]
fn what_an_accepted_test_shows_is_not_proposed_again() {
    let all = core().proposals();
    let tests = fs::read_to_string("tests/packs/good/retention-core/tests/tests.yaml").unwrap();
    let fewer = core().with("tests/tests.yaml", &tests).proposals();
    assert!(fewer.cases < all.cases, "{} of {}", fewer.cases, all.cases);
    // 24 of 160 is the very limit of the band, which the author's own table shows.
    assert!(!fewer.tests.iter().any(|test| test.contains("| 15% ")), "{}", fewer.tests.concat());
    assert!(all.tests.iter().any(|test| test.contains("| 15% ")), "{}", all.tests.concat());
}

#[test]
fn a_file_written_anew_keeps_what_was_accepted() {
    let mut sources = Sources::default();
    let present = "# A note that goes.\ntests:\n  - name: Old\n    generated: true\n    expect: { fired: [] }\n\n  \
                   # Mine, and why.\n  - name: Kept\n    expect: { fired: [] }  # as agreed\n  - name: Older\n    \
                   generated: true\n    expect: { fired: [] }\n";
    let id = sources.add("generated.yaml", present);
    let proposals = Proposals {
        tests: vec!["  - name: New\n    generated: true\n    expect: { fired: [] }\n".to_owned()],
        cases: 1,
    };
    let file = prove::proposed_file(&proposals, Some((id, &sources))).unwrap();
    let (_, tests) = file.split_once("tests:\n").unwrap();
    assert_eq!(
        tests,
        "  # Mine, and why.\n  - name: Kept\n    expect: { fired: [] }  # as agreed\n  - name: New\n    \
         generated: true\n    expect: { fired: [] }\n"
    );
}

#[test]
fn the_program_writes_proposals_once_and_refuses_a_file_that_holds_more() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("rules/small");
    fs::create_dir_all(pack.join("tests")).unwrap();
    fs::write(
        pack.join("pack.yaml"),
        "pack: { id: small, version: 1.0.0, format: 1, title: Small, language: en, bands: none, total: none }\n\
         areas:\n  a: { title: Asking, bands: none }\n\
         scales:\n  s: { from: 1, to: 5 }\n\
         questions:\n  q: { area: a, scale: s, question: \"How often?\" }\n\
         rules:\n  - { id: rare, title: Asked too rarely, why: Nobody knows., when: answer.q <= 2, area: a, severity: low }\n",
    )
    .unwrap();
    let run = || {
        let mut command = assert_cmd::Command::cargo_bin("kitwright").unwrap();
        let output =
            command.current_dir(folder.path()).args(["test", "small", "--generate"]).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    assert_eq!(
        run(),
        (Some(0), "wrote rules/small/tests/generated.yaml: it proposes 2 tests with 4 cases\n".to_owned())
    );
    let file = pack.join("tests/generated.yaml");
    let first = fs::read_to_string(&file).unwrap();
    assert_eq!(
        first.split_once("tests:\n").unwrap().1,
        "  - name: \"Asked too rarely: just below, at and just above each limit\"\n    generated: true\n    table: |\n      \
         answer.q | rare\n      1        | fired\n      2        | fired\n      3        | not_fired\n  \
         - name: \"Asked too rarely: what becomes of it where something is missing\"\n    generated: true\n    table: |\n      \
         rare\n      undecided\n"
    );
    assert_eq!(
        run(),
        (Some(0), "rules/small/tests/generated.yaml proposes 2 tests with 4 cases, as before\n".to_owned())
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), first);
    fs::write(&file, "conditions:\n  often: answer.q > 3\ntests: []\n").unwrap();
    assert_eq!(
        run(),
        (
            Some(2),
            "error: `rules/small/tests/generated.yaml` holds `conditions`, and would be written anew\n\
             help: move what is yours into another file, such as `tests/own.yaml`\n"
                .to_owned()
        )
    );
    fs::write(&file, "tests: [{ name: One, expect: { fired: [] } }]\n").unwrap();
    assert_eq!(
        run(),
        (
            Some(2),
            "error: `rules/small/tests/generated.yaml` holds what is no list of tests, one under the other\n\
             help: move what is yours into another file, such as `tests/own.yaml`\n"
                .to_owned()
        )
    );
}
