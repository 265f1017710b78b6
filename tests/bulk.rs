//! What comes of a row among thousands is what comes of it alone: held against random packs and random tables.

#[path = "laws/shape.rs"]
#[allow(dead_code)]
mod shape;
#[path = "support/times.rs"]
mod times;

use std::fmt::Write;

use kitwright::answers::{self, FitOptions, Fitting, Kind, Outcome, ReadOptions};
use kitwright::bulk::{self, Form, Opened, Ordinary, Plan, Told};
use kitwright::check::{Depth, SoundPack, check_to};
use kitwright::engine::evaluate;
use kitwright::export::{Column, columns, columns_named, csv_row};
use kitwright::model::{Metric, Unit};
use kitwright::source::Sources;
use proptest::prelude::*;
use shape::{Said, Tape, Taste};

const EVERYTHING: [&str; 11] = [
    "respondent",
    "fired",
    "undecided",
    "prescriptions",
    "scores",
    "score.*",
    "band.*",
    "metric.*",
    "rule.*",
    "prescription.*",
    "low.*",
];

fn settings() -> ProptestConfig {
    ProptestConfig {
        cases: times::cases(64, 500),
        failure_persistence: None,
        max_shrink_iters: 500,
        ..Default::default()
    }
}

fn tape() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 0..1200)
}

/// A drawn pack with what only some packs have: groups, stronger rules, ladders, exclusions, other scorings.
fn pack_text(pack: &shape::Pack, tape: &mut Tape) -> String {
    let mut sections = shape::write_sections(pack, tape);
    let rules = pack.rules.len();
    for (name, items) in &mut sections {
        match *name {
            "pack" => {
                let scoring = ["mean", "mean", "sum", "raw_mean"][tape.below(4)];
                let missing = ["bounds", "zero", "middle", "none", "average"][tape.below(5)];
                if !items.iter().any(|item| item.starts_with("defaults")) {
                    items.push(format!("defaults: {{ scoring: {scoring}, score_missing: {missing} }}"));
                }
            }
            "rules" => {
                for (place, item) in items.iter_mut().enumerate() {
                    let mut more = String::new();
                    if place > 0 && tape.one_in(4) {
                        let _ = write!(more, ", supersedes: [r{}]", tape.below(place));
                    }
                    if tape.one_in(5) {
                        more.push_str(", area: a0");
                        *item = item.replace(&format!("prescribe: [p{place}"), "prescribe: [steps");
                    }
                    *item =
                        item.strip_suffix(" }").map(|item| format!("{item}{more} }}")).unwrap_or_default();
                }
            }
            "prescriptions" => {
                for (place, item) in items.iter_mut().enumerate() {
                    if place > 0 && tape.one_in(4) {
                        let other = tape.below(place.min(rules));
                        let with = format!(", instead_of: [p{other}] }}");
                        *item =
                            item.strip_suffix(" }").map(|item| format!("{item}{with}")).unwrap_or_default();
                    }
                }
            }
            _ => {}
        }
    }
    let mut text = shape::file_of(&sections);
    if rules > 1 && tape.one_in(2) {
        let pick = ["first", "highest", "{ at_most: 1 }"][tape.below(3)];
        let members: Vec<String> = tape.some_of(rules).iter().map(|at| format!("r{at}")).collect();
        let _ = writeln!(text, "groups:\n  g: {{ pick: {pick}, rules: [{}] }}", members.join(", "));
    }
    if text.contains("[steps") {
        let guard = "answer.q0 is missing";
        let _ = writeln!(
            text,
            "ladders:\n  steps: {{ steps: [{{ prescription: p0, guard: {guard} }}, {{ prescription: shared, after_all: true }}] }}"
        );
    }
    text
}

fn load(text: &str) -> Option<SoundPack> {
    let mut sources = Sources::default();
    let file = sources.add("pack.yaml", text);
    check_to(kitwright::pack::load(&[file], &sources), None, Depth::Parts).pack
}

/// A table as people send them: some columns left out, cells spelt in several ways, a few of them wrong.
fn table(pack: &shape::Pack, tape: &mut Tape) -> String {
    let kept = |tape: &mut Tape, prefix: &str, count: usize| -> Vec<(usize, String)> {
        (0..count).filter(|_| !tape.one_in(8)).map(|at| (at, format!("{prefix}{at}"))).collect()
    };
    let questions = kept(tape, "q", pack.questions.len());
    let metrics = kept(tape, "m", pack.metrics.len());
    let about = tape.one_in(3);
    let mut heads = vec!["id".to_owned()];
    heads.extend(questions.iter().chain(&metrics).map(|(_, name)| name.clone()));
    if about {
        heads.extend(["name", "language", "note"].map(str::to_owned));
    }
    let line_end = ["\n", "\r\n"][tape.below(2)];
    let mut text = heads.join(",") + line_end;
    for row in 0..tape.below(90) {
        let answers = shape::draw_answers(tape, pack);
        let mut cells = vec![match tape.below(12) {
            9 => format!("\"r, {row}\""),
            10 => format!("=r{row}"),
            11 if tape.one_in(3) => ["", "r1", " é 7 ", "\"a\"b"][tape.below(4)].to_owned(),
            _ => format!("r{row}"),
        }];
        for (at, _) in &questions {
            let cell = match &answers.own[*at] {
                Said::Nothing => String::new(),
                Said::Step(step) | Said::Word(step) => step.to_string(),
                Said::Option(option) => format!("o{option}"),
                Said::Many(options) => {
                    options.iter().map(|at| format!("o{at}")).collect::<Vec<_>>().join(";")
                }
                Said::Absent(word) => (*word).to_owned(),
            };
            cells.push(spelt(tape, cell));
        }
        for (at, _) in &metrics {
            let cell = match answers.metrics[*at] {
                None => String::new(),
                Some(tenths) => match tape.below(8) {
                    6 => format!("{}.{}%", tenths / 10, tenths % 10),
                    7 => format!("{}", tenths / 10),
                    _ => format!("{}.{}", tenths / 10, tenths % 10),
                },
            };
            cells.push(spelt(tape, cell));
        }
        if about {
            cells.extend(["Ann", if tape.one_in(9) { "de" } else { "" }, "said \"so\""].map(str::to_owned));
        }
        if tape.one_in(40) {
            cells.pop();
        }
        text.push_str(&cells.join(","));
        text.push_str(if tape.one_in(40) { "\n\n" } else { line_end });
    }
    text
}

fn spelt(tape: &mut Tape, cell: String) -> String {
    match tape.below(40) {
        36 => format!(" {cell} "),
        37 => format!("\"{cell}\""),
        38 => ["n/a", "101", "-1", "0.5", "007", "1e1"][tape.below(6)].to_owned(),
        39 => cell.to_uppercase(),
        _ => cell,
    }
}

/// The rows of everybody, and the names of those who are refused, as single respondents are judged.
fn one_by_one(
    pack: &SoundPack,
    fitting: &Fitting,
    file: &answers::RawFile,
    wanted: &[Column],
) -> (String, Vec<String>) {
    let (mut lines, mut refused) = (String::new(), Vec::new());
    for raw in &file.respondents {
        let line = match fitting.outcome(raw) {
            Outcome::Refused(_) => None,
            Outcome::Fits(respondent) => {
                let findings = evaluate(pack, &respondent, None);
                let cells = columns(pack.pack(), &respondent, &findings, wanted);
                findings.refusals.is_empty().then(|| csv_row(cells.iter().map(String::as_str)))
            }
        };
        match line {
            Some(line) => lines.push_str(&(line + "\n")),
            None => refused.push(match &raw.id {
                Some(id) => format!("{id} (a.csv, {})", raw.at),
                None => format!("a.csv, {}", raw.at),
            }),
        }
    }
    (lines, refused)
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn rows_in_bulk_are_judged_as_each_is_alone(tape in tape()) {
        let mut tape = Tape::new(tape);
        let mut drawn = shape::draw_pack(&mut tape, Taste { monotone: false });
        let gated = tape.one_in(6);
        if !gated {
            drawn.questions.iter_mut().for_each(|question| question.asked = None);
        }
        let Some(pack) = load(&pack_text(&drawn, &mut tape)) else { return Err(TestCaseError::reject("unsound")) };
        let text = table(&drawn, &mut tape);
        let jobs = tape.below(3) + 1;
        let gated = drawn.questions.iter().any(|question| question.asked.is_some());
        if let Some(both) = both_ways(&pack, &text, jobs) {
            prop_assert_eq!(both.planned, !gated);
            prop_assert_eq!(&both.in_bulk, &both.alone, "{}\n{:#?}", &text, &drawn);
        }
    }
}

/// Lines and refusals of a table, as both ways give them.
struct Both {
    planned: bool,
    in_bulk: (String, Vec<String>),
    alone: (String, Vec<String>),
}

/// None where the table has to be read as a whole, or is at fault itself.
fn both_ways(pack: &SoundPack, text: &str, jobs: usize) -> Option<Both> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, text).unwrap();
    let Opened { stream, start, head, sample } = bulk::open(&path, Kind::Csv).unwrap()?;
    let mut sources = Sources::default();
    let whole = answers::read(sources.add("a.csv", text), Kind::Csv, &ReadOptions::default(), &sources);
    let wanted: Vec<Column> =
        columns_named(EVERYTHING, pack.pack()).unwrap().into_iter().map(|(_, column)| column).collect();
    let sample = sources.add("a.csv", &sample);
    let sample = answers::read(sample, Kind::Csv, &ReadOptions::default(), &sources);
    let fitting = answers::fit(&sample, pack.pack(), FitOptions::default(), &sources);
    if fitting.faults().has_errors() {
        return None;
    }
    let every = answers::fit(&whole, pack.pack(), FitOptions::default(), &sources);
    let alone = one_by_one(pack, &every, &whole, &wanted);
    let plan = Plan::new(pack.pack(), &fitting, None, &wanted);
    let ordinary = Ordinary {
        pack,
        fitting: &fitting,
        name: "a.csv".to_owned(),
        kind: Kind::Csv,
        head,
        options: ReadOptions::default(),
        as_of: None,
        form: Form::Csv(wanted.clone()),
    };
    let (mut lines, mut refused) = (String::new(), Vec::new());
    bulk::run(&ordinary, plan.as_ref(), stream, start, jobs, &mut |told| {
        match told {
            Told::Lines(told) => lines.push_str(std::str::from_utf8(told).unwrap()),
            Told::Refused(told) => refused.push(told.name),
        }
        Ok(())
    })
    .unwrap();
    Some(Both { planned: plan.is_some(), in_bulk: (lines, refused), alone })
}

/// The shipped pack, in which metrics follow from others: rows drawn from its example, with every metric as a column.
#[test]
fn rows_of_the_shipped_pack_are_judged_as_each_is_alone() {
    let mut sources = Sources::default();
    let files = kitwright::builtin::pack("sales-leaks");
    let files: Vec<_> = files.iter().map(|file| sources.add(file.path, file.text)).collect();
    let pack = check_to(kitwright::pack::load(&files, &sources), None, Depth::Parts).pack.unwrap();
    let example = std::fs::read_to_string("examples/cohort.csv").unwrap();
    let mut rows: Vec<Vec<&str>> = example.lines().map(|line| line.split(',').collect()).collect();
    let head = rows.remove(0);
    let mut text = head.join(",");
    let more = pack.pack().metrics.iter().filter(|metric| !head.contains(&metric.id.as_str()));
    let more: Vec<&Metric> = more.collect();
    more.iter().for_each(|metric| text.push_str(&format!(",{}", metric.id)));
    text.push('\n');
    // A generator of numbers that are the same in every run.
    let mut state = 0x9e37_79b9_u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for row in 0..300 {
        let mut cells = vec![format!("r{row}")];
        for column in 1..head.len() {
            let cell = rows.get(draw(rows.len())).map_or("", |row| row[column]);
            cells.push(if draw(25) == 0 { String::new() } else { cell.to_owned() });
        }
        for metric in &more {
            let number = ["5", "0", "31", "100", "2.5", "400"][draw(6)];
            let sign = if metric.unit == Unit::Percent { "%" } else { "" };
            cells.push(if draw(20) > 0 { String::new() } else { format!("{number}{sign}") });
        }
        text.push_str(&(cells.join(",") + "\n"));
    }
    let both = both_ways(&pack, &text, 2).unwrap();
    assert!(both.planned);
    assert_eq!(both.in_bulk, both.alone);
    let (lines, refused) = (both.alone.0.lines().count(), both.alone.1.len());
    assert!(lines > 50 && refused > 50, "{lines} judged and {refused} refused show both");
}
