//! A whole cohort at once: the benchmark's rules over its first rows are the plain reference's answer byte for byte, for any
//! number of threads; and what is refused is told as a small file's rows are.

use std::ffi::OsString;
use std::path::Path;

use kitwright::cli;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Of the first 20,000 rows of what `benches/cohort/reference.py` writes.
const REFERENCE: &str = "d8be2aeeec00d05a42f47a9f6a09bf09515e9f4050037962868b77e5c5784780";

struct Ran {
    code: u8,
    out: String,
    err: String,
}

fn run(args: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("kitwright").chain(args.iter().copied()).map(OsString::from);
    let code = cli::run(args, &mut out, &mut err).code();
    Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn drawn(row: u64, column: u64) -> u64 {
    let mut z = (row * 128 + column + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(42);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) % 1000
}

/// As `benches/cohort/respondents.py` makes it.
fn respondents(rows: u64) -> String {
    let spec: Value = serde_json::from_str(include_str!("../benches/cohort/rules.json")).unwrap();
    let list = |key: &str| spec[key].as_array().unwrap().clone();
    let questions = list("areas").into_iter().flat_map(|area| area["questions"].as_array().unwrap().clone());
    let names = questions.chain(list("metrics").into_iter().map(|metric| metric["id"].clone()));
    let names: Vec<String> = names.map(|name| name.as_str().unwrap().to_owned()).collect();
    let ends: Vec<(i64, i64)> = list("metrics")
        .iter()
        .map(|metric| ["min", "max"].map(|key| (metric[key].as_f64().unwrap() * 100.0).round() as i64).into())
        .collect();
    let mut text = format!("respondent_id,{}\n", names.join(","));
    for row in 0..rows {
        let mut cells = vec![format!("R{:07}", row + 1)];
        for area in 0..9 {
            let base = drawn(row, area * 6);
            cells
                .extend((1..6).map(|at| (1 + (base * 3 + drawn(row, area * 6 + at) * 2) / 1000).to_string()));
        }
        for (at, (low, high)) in ends.iter().enumerate() {
            let column = 54 + 2 * at as u64;
            let share = (drawn(row, column) + drawn(row, column + 1)) / 2;
            let value = low + (high - low) * share as i64 / 999;
            let sign = if value < 0 { "-" } else { "" };
            cells.push(format!("{sign}{}.{:02}", value.abs() / 100, value.abs() % 100));
        }
        text.push_str(&(cells.join(",") + "\n"));
    }
    text
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

const PACK: &str = "benches/cohort/pack/";

#[test]
fn a_cohort_is_the_reference_byte_for_byte_with_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.csv");
    std::fs::write(&path, respondents(20_000)).unwrap();
    let path = path.to_str().unwrap();
    for jobs in ["1", "2", "5"] {
        let ran = run(&["evaluate", path, "--pack", PACK, "--columns", "respondent,fired", "--jobs", jobs]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert_eq!(hash(&ran.out), REFERENCE, "{jobs} threads");
    }
}

/// A pack that stands in a folder of its own.
fn pack(folder: &Path) -> String {
    let pack = folder.join("drill");
    std::fs::create_dir_all(&pack).unwrap();
    std::fs::write(
        pack.join("pack.yaml"),
        "pack:\n  id: drill\n  version: 1.0.0\n  format: 1\n  title: Drill\n  language: en\n\
         scales:\n  agree: { from: 1, to: 5 }\n\
         areas:\n  exits: { title: Exits, bands: { good: \">= 50\", poor: rest } }\n\
         questions:\n  \
           known: { area: exits, scale: agree, question: Known. }\n  \
           free: { area: exits, scale: agree, question: Free. }\n\
         metrics:\n  minutes: { title: Minutes, unit: min, range: [0, 60] }\n\
         rules:\n  - { id: slow, title: Slow, why: Smoke is quick., when: \"metric.minutes > 5 min\", prescribe: [walk], severity: high }\n  \
           - { id: blocked, title: Blocked, why: Doors., when: answer.free <= 2, prescribe: [clear], severity: low }\n\
         prescriptions:\n  \
           walk: { area: exits, title: Walk, do: [Walk.], effort: 1, impact: 5, horizon: 30 }\n  \
           clear: { area: exits, title: Clear, do: [Clear.], effort: 1, impact: 3, horizon: 30 }\n",
    )
    .unwrap();
    format!("{}/", pack.to_str().unwrap())
}

#[test]
fn columns_lie_flat_and_refused_rows_are_told_at_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let pack = pack(folder.path());
    let path = folder.path().join("a.csv");
    let text = "id,known,free,minutes\n\
                a,5,2,5.5\n\
                b,,4,\n\
                \n\
                c,9,4,5\n\
                \"d, \"\"e\"\"\",1,1,1 h\n\
                a,5,5,1\n\
                =f,1,skipped,3\n";
    std::fs::write(&path, text).unwrap();
    let name = path.to_str().unwrap();
    let ran = run(&[
        "evaluate",
        name,
        "--pack",
        &pack,
        "--columns",
        "respondent,scores,metric.*,rule.*,prescription.*",
    ]);
    assert_eq!(
        ran.out,
        "id,score.exits,low.exits,high.exits,band.exits,score.total,low.total,high.total,metric.minutes,rule.slow,rule.blocked,\
         prescription.walk,prescription.clear\n\
         a,62.5,62.5,62.5,good,62.5,62.5,62.5,5.5,fired,fired,advised,advised\n\
         b,,37.5,87.5,,,37.5,87.5,,undecided,not_fired,,\n\
         \"d, \"\"e\"\"\",0,0,0,poor,0,0,0,60,fired,fired,advised,advised\n\
         '=f,,0,50,,,0,50,3,not_fired,undecided,,\n"
    );
    assert_eq!(ran.code, 4);
    let expected = format!(
        "refused: c ({name}, row 5)\n\
         error[K702]: `9` is no answer to `known`\n \
         --> {name}:5:3\n  \
         |\n\
         5 | c,9,4,5\n  \
         |   ^ a whole number from 1 to 5 is wanted here\n\n\
         refused: a ({name}, row 7)\n\
         error[K705]: `a` stands here twice\n \
         --> {name}:7:1\n  \
         |\n\
         7 | a,5,5,1\n  \
         | ^ the second one\n  \
         |\n  \
         = note: {name}:2:1 the first one\n  \
         = help: give each respondent an id of their own, or take one of the two out\n\n\
         2 of 6 respondents were refused\n"
    );
    assert_eq!(ran.err, expected);
}

#[test]
fn every_form_is_the_same_from_a_stream_as_from_several_files() {
    let folder = tempfile::tempdir().unwrap();
    let pack = pack(folder.path());
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let csv = write("a.csv", "\u{feff}id,known,free,note\r\na,5,2,\"x\ny\"\r\nb,1,,\r\n");
    let lines = write(
        "b.jsonl",
        "{\"respondent\":\"a\",\"answers\":{\"known\":5,\"free\":2}}\n\n{\"respondent\":\"b\",\"answers\":{\"known\":1}}",
    );
    // Of several files each is read as a whole.
    let others = [write("c.csv", "id,known,free\nz,1,1\n"), write("c.jsonl", "{\"respondent\":\"z\"}\n")];
    for (path, other) in [&csv, &lines].into_iter().zip(&others) {
        for format in ["jsonl", "json", "csv"] {
            let own = run(&["evaluate", path, "--pack", &pack, "--format", format]);
            let both = run(&["evaluate", path, other, "--pack", &pack, "--format", format]);
            assert_eq!((own.code, both.code), (0, 0), "{}{}", own.err, both.err);
            let without_last = match format {
                "json" => both.out[..both.out.rfind(",\n").unwrap()].to_owned() + "]\n",
                _ => both.out[..both.out[..both.out.len() - 1].rfind('\n').unwrap() + 1].to_owned(),
            };
            assert_eq!(own.out, without_last, "{path} {format}");
        }
    }
}

#[test]
fn columns_that_are_not_there_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let pack = pack(folder.path());
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "id,known\na,5\n").unwrap();
    let path = path.to_str().unwrap();
    let ran = run(&["evaluate", path, "--pack", &pack, "--columns", "score.exit"]);
    let told = "error: there is no column `score.exit`\nhelp: did you mean `score.exits`, `score.*` or `score.total`?\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (2, "", told));
    let ran = run(&["evaluate", path, "--pack", &pack, "--format", "json", "--columns", "fired"]);
    let told = "error: only CSV has columns\nhelp: with `--columns` the findings are printed as CSV; JSON holds everything\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, told));
}

#[test]
fn a_head_without_rows_is_told_as_ever() {
    let folder = tempfile::tempdir().unwrap();
    let pack = pack(folder.path());
    let path = folder.path().join("a.csv");
    for text in ["id,known\n", "id,known\n,,\n", "", "id,known\n\n ,\n"] {
        std::fs::write(&path, text).unwrap();
        let ran = run(&["evaluate", path.to_str().unwrap(), "--pack", &pack, "--columns", "fired"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{text:?} {}", ran.err);
        assert!(!ran.err.is_empty());
    }
}

/// A pipe whose reader goes away.
struct Closing(usize);

impl std::io::Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0 < bytes.len() {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        }
        self.0 -= bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_ends_the_run_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.csv");
    std::fs::write(&path, respondents(5_000)).unwrap();
    for jobs in ["1", "2", "3"] {
        let args = [
            "kitwright",
            "evaluate",
            path.to_str().unwrap(),
            "--pack",
            PACK,
            "--columns",
            "fired",
            "--jobs",
            jobs,
        ];
        let mut err = Vec::new();
        let exit = cli::run(args.map(OsString::from), &mut Closing(1000), &mut err);
        assert_eq!(exit.code(), 1, "{}", String::from_utf8_lossy(&err));
    }
}
