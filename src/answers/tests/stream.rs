//! A file that is read respondent by respondent says what it says when it is read whole.

use proptest::prelude::*;

use crate::answers::support::{pack, run};
use crate::answers::{FitOptions, Kind, Outcome, ReadOptions, Stream, fit};
use crate::diag::show_all;
use crate::files::Stretches;
use crate::model::Respondent;
use crate::source::Sources;

/// Messages and their places, without the lines that show them.
fn told(shown: &str) -> Vec<String> {
    let kept = |line: &&str| line.contains("[K") || line.trim_start().starts_with("-->");
    shown.lines().filter(kept).map(|line| line.trim_start().to_owned()).collect()
}

fn streamed(kind: Kind, text: &str) -> (Vec<String>, Vec<Result<Respondent, Vec<String>>>) {
    let pack = pack();
    let mut sources = Sources::default();
    let name = match kind {
        Kind::Yaml => "a.yaml",
        Kind::Json => "a.json",
        Kind::JsonLines => "a.jsonl",
        Kind::Csv => "a.csv",
    };
    let file = Stretches::of(name, text.as_bytes().to_vec());
    let mut stream = Stream::open(name, kind, file, &ReadOptions::default(), &mut sources).unwrap();
    let whole = stream.whole().clone();
    let fitting = fit(&whole, &pack, FitOptions::default(), &sources);
    let mut all = Vec::new();
    while let Some(taken) = stream.take().unwrap() {
        let [raw] = taken.file.respondents.as_slice() else { panic!("one respondent is wanted") };
        all.push(match fitting.part(&taken.file, &taken.sources).outcome(raw) {
            Outcome::Fits(respondent) => Ok(*respondent),
            Outcome::Refused(refusal) => Err(told(&show_all(&refusal.faults, &taken.sources, false))),
        });
    }
    assert_eq!(all.len(), stream.len());
    (told(&show_all(fitting.faults(), &sources, false)), all)
}

/// Expects the same of both ways, but for ids that stand twice: those are seen across a whole run.
fn the_same(kind: Kind, text: &str) {
    let (faults, all) = run(kind, text, &ReadOptions::default());
    let all: Vec<_> = all.into_iter().map(|one| one.map_err(|shown| told(&shown))).collect();
    let (own_faults, own) = streamed(kind, text);
    assert_eq!(own_faults, told(&faults), "{text:?}");
    assert_eq!(own.len(), all.len(), "{text:?}");
    for (own, whole) in own.into_iter().zip(all) {
        let twice =
            whole.as_ref().err().is_some_and(|told| told.iter().any(|line| line.contains("here twice")));
        if !twice {
            assert_eq!(own, whole, "{text:?}");
        }
    }
}

#[test]
fn tables_and_lines_are_read_alike() {
    for text in [
        "",
        "\n\n",
        "respondent,target\n",
        "respondent,target\na,3\nb,9\n",
        "\u{feff}\r\n\r\nrespondent,target\r\na,3\r\n\r\n,,\r\nb,\"4\"\r\n",
        "respondent,name,target\na,\"two\nlines\",3\nb,\"x,9\nc,y,4\nd,\"e\" f,1\ng,h\n",
        "respondent,team,role,target\n1,north,manager,4\n2,south,rep,1\n3,north,rep,2\n4,,rep,3\n5,north,rep,99\n",
        "respondent,target\ra,3\rb,4",
        "respondent;target\na;3\n",
        "respondent,respondent\na,b\n",
    ] {
        the_same(Kind::Csv, text);
    }
    for text in [
        "",
        "\n \n",
        "{\"respondent\":\"a\",\"answers\":{\"target\":3}}\n\n  {\"respondent\":\"b\",\"answers\":{\"target\":99}}\r\n{]\n[1]",
    ] {
        the_same(Kind::JsonLines, text);
    }
    the_same(Kind::Yaml, "respondent: a\nanswers: { target: 3 }\n");
    the_same(Kind::Json, "{\"respondent\": \"a\", \"answers\": {\"target\": 77}}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_table_is_read_alike(
        roles in any::<bool>(),
        rows in proptest::collection::vec("(north|a|b|é)?,([0-9]|\"([a,é]|\n|\r\n){0,9}\"|\"a|\"a\"b)(,(x|3|\"\"))?(\n|\r\n|\n\n)", 0..9),
    ) {
        let head = if roles { "team,role,target\n" } else { "respondent,target,extra\n" };
        the_same(Kind::Csv, &(head.to_owned() + &rows.concat()));
    }
}

#[test]
fn a_file_that_changes_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "respondent,target\na,3\nb,4\n").unwrap();
    let open = || {
        let file = Stretches::open(&path).unwrap();
        let mut sources = Sources::default();
        Stream::open("a.csv", Kind::Csv, file, &ReadOptions::default(), &mut sources).unwrap()
    };
    let mut stream = open();
    assert_eq!(stream.take().unwrap().unwrap().file.respondents[0].id.as_deref(), Some("a"));
    std::fs::write(&path, "respondent,target\na,3\nc,4\n").unwrap();
    let error = stream.take().map(|_| ()).unwrap_err().to_string();
    assert!(
        error.starts_with("cannot read ") && error.ends_with("a.csv: it was changed meanwhile"),
        "{error}"
    );
}

#[test]
fn a_row_beyond_all_measure_is_told() {
    let text = vec![b'a'; 64 * 1024 * 1024 + 1];
    let mut sources = Sources::default();
    let file = Stretches::of("a.jsonl", text);
    let stream =
        Stream::open("a.jsonl", Kind::JsonLines, file, &ReadOptions::default(), &mut sources).unwrap();
    let shown = show_all(&stream.whole().faults, &sources, false);
    assert_eq!(
        shown,
        "error[K114]: a row of `a.jsonl` is larger than 64 MB\n |\n = help: look for a quote that is not closed, or a file without line ends\n"
    );
}

#[test]
fn what_is_no_text_is_told_at_its_place() {
    let mut sources = Sources::default();
    let file = Stretches::of("a.csv", b"respondent,target\na,3\nb,\xff\n".to_vec());
    let stream = Stream::open("a.csv", Kind::Csv, file, &ReadOptions::default(), &mut sources).unwrap();
    let shown = show_all(&stream.whole().faults, &sources, false);
    assert_eq!(told(&shown), ["error[K113]: this file is not UTF-8", "--> a.csv:3:3"]);
}
