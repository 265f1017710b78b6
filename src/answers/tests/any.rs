//! Whatever stands in a file, reading ends in respondents or faults, never in a panic.

use std::time::Instant;

use proptest::prelude::*;

use crate::answers::support::{pack, run};
use crate::answers::table::Records;
use crate::answers::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use crate::source::Sources;

const KINDS: [Kind; 4] = [Kind::Yaml, Kind::Json, Kind::JsonLines, Kind::Csv];

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "[-+0-9.,' e%]{0,12}( ?(min|h|USD|clients|%))?",
        "[;\"\\\\ \u{a0}\u{2019}a-c\n\r]{0,12}",
        "(not|dont|don't)[ _](at all|know|applicable)",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_or_told(text in "(?s).{0,200}|[,;\"\n\r\t a1:{}\\[\\]#&*!|>'-]{0,80}") {
        for kind in KINDS {
            run(kind, &text, &ReadOptions::default());
        }
    }

    #[test]
    fn any_value_is_read_or_told(values in proptest::collection::vec(typed(), 5)) {
        let quoted: Vec<String> = values.iter().map(|value| serde_json::to_string(value).unwrap()).collect();
        let json = format!(
            "{{\"respondent\":\"x\",\"answers\":{{\"target\":{0},\"often\":{1},\"help\":{2},\"share\":{3}}},\"metrics\":{{\"churn_rate\":{3},\"response\":{4},\"revenue\":{0}}}}}",
            quoted[0], quoted[1], quoted[2], quoted[3], quoted[4]
        );
        for kind in [Kind::Yaml, Kind::Json, Kind::JsonLines] {
            run(kind, &json, &ReadOptions::default());
        }
        let cells: Vec<String> = values.iter().map(|value| format!("\"{}\"", value.replace('"', "\"\""))).collect();
        let csv = format!("id,target,often,help,share,churn_rate\nx,{}\n", cells.join(","));
        run(Kind::Csv, &csv, &ReadOptions::default());
    }

    #[test]
    fn cells_are_those_of_the_csv_crate(
        rows in proptest::collection::vec(proptest::collection::vec("[a\"',; \n\ré]{0,6}", 1..5), 1..6),
        crlf in any::<bool>(),
    ) {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().flexible(true).terminator(terminator).from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let mut records = Records::new(&text);
        let mut at = 0;
        for row in &rows {
            let cells = records.cells(at);
            let texts: Vec<&str> = cells.iter().map(|cell| &*cell.text).collect();
            prop_assert_eq!(&texts, row);
            for cell in &cells {
                let raw = &text[cell.range.clone()];
                let bare = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).unwrap_or(raw);
                prop_assert_eq!(&bare.replace("\"\"", "\""), &*cell.text);
            }
            at = cells.last().unwrap().range.end;
            while text[at..].starts_with(['\r', '\n']) && !text[at..].is_empty() {
                at += 1;
                if text.as_bytes()[at - 1] == b'\n' { break; }
            }
        }
    }
}

#[test]
fn large_files_take_time_in_step_with_their_size() {
    let begin = Instant::now();
    let rows: String = (0..10_000).map(|at| format!("r{at},3,monthly,\"crm;desk\",x\n")).collect();
    assert_eq!(fitting(Kind::Csv, &format!("id,target,often,help,note\n{rows}")), 10_000);
    let keys: String = (0..10_000).map(|at| format!("  k{at}: 1\n")).collect();
    assert_eq!(fitting(Kind::Yaml, &format!("respondent: x\nextra:\n{keys}")), 1);
    let many = "crm;".repeat(100_000);
    assert_eq!(fitting(Kind::Csv, &format!("id,help\nx,{many}\n")), 1);
    // Each quote seems to open a cell that runs to the end of the file.
    assert_eq!(fitting(Kind::Csv, &format!("id,help\n{}", "x,\"\"\"\n".repeat(20_001))), 0);
    assert_eq!(fitting(Kind::Csv, &format!("id,help\n{}", "x,\"a\n".repeat(20_001))), 0);
    let short = "x\n".repeat(20_000);
    let wide: Vec<String> = (0..5_000).map(|at| format!("c{at}")).collect();
    assert_eq!(fitting(Kind::Csv, &format!("{}\n{short}", wide.join(","))), 0);
    // Generous: a slip to quadratic time takes minutes.
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}

/// How many respondents of a text fit.
fn fitting(kind: Kind, text: &str) -> usize {
    let mut sources = Sources::default();
    let id = sources.add("a", text);
    let raw = read(id, kind, &ReadOptions::default(), &sources);
    let pack = pack();
    let fitting = fit(&raw, &pack, FitOptions::default(), &sources);
    fitting.outcomes().filter(|outcome| matches!(outcome, Outcome::Fits(_))).count()
}
