//! `kitwright cohort`, and papers of all together, through the real binary.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &str) -> Ran {
    let args: Vec<String> = args.split_whitespace().map(|arg| arg.replace('~', " ")).collect();
    let output =
        Command::new(env!("CARGO_BIN_EXE_kitwright")).current_dir(folder).args(args).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with the shipped example of a cohort and a session.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["cohort-teams.csv", "cohort.csv", "session.yaml"] {
        fs::copy(format!("{ROOT}/examples/{name}"), folder.path().join(name)).unwrap();
    }
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|_| panic!("no {name}"))
}

/// The first few rows of the example, with its head.
fn few(folder: &TempDir, rows: usize, name: &str) {
    let text = read(folder, "cohort.csv");
    let lines: Vec<&str> = text.lines().take(rows + 1).collect();
    fs::write(folder.path().join(name), lines.join("\n") + "\n").unwrap();
}

#[test]
fn the_example_is_summed_up() {
    let folder = folder();
    let ran = run(
        folder.path(),
        "cohort cohort-teams.csv --by region,segment --session session.yaml --document cohort-report",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!("screen", ran.out);
    insta::assert_snapshot!("report", read(&folder, "output/cohort-report.md"));
    assert!(folder.path().join("output/cohort-report.html").is_file());
    assert!(folder.path().join("output/cohort-report.pdf").is_file());
    // What is small is nowhere.
    for name in ["Islands", "Coast"] {
        assert!(!read(&folder, "output/cohort-report.md").contains(name), "{name}");
    }
    // Names are off.
    assert!(!read(&folder, "output/cohort-report.md").contains("team-"));
    let named = run(folder.path(), "cohort cohort-teams.csv --names --format md --force");
    assert_eq!(named.code, 0, "{}", named.err);
    assert!(read(&folder, "output/cohort-report.md").contains("team-larch"));
}

#[test]
fn a_report_on_one_cut_can_be_read_in_one_sitting() {
    let folder = folder();
    let ran = run(
        folder.path(),
        "cohort cohort-teams.csv --by region --session session.yaml --document cohort-report --format pdf",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let bytes = fs::read(folder.path().join("output/cohort-report.pdf")).unwrap();
    let pages = lopdf::Document::load_mem(&bytes).unwrap().get_pages().len();
    assert!((5..=10).contains(&pages), "{pages} pages");
}

#[test]
fn programs_get_one_object_and_no_file() {
    let folder = folder();
    let ran = run(folder.path(), "cohort cohort-teams.csv --format json --by region,segment -q");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((json["people"].as_u64(), json["leaks"][0].as_str()), (Some(24), Some("customer-retention")));
    let left_out = |at: usize| ["small", "held_back"].map(|key| json["cuts"][at][key].as_u64().unwrap());
    // Two small regions hide each other; the small segment takes the next one with it.
    assert_eq!((left_out(0), left_out(1)), ([2, 0], [1, 1]));
    assert!(!folder.path().join("output").exists());
    // No figure is of too few.
    fn walk(value: &serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                if let Some(counted) = map.get("counted").and_then(serde_json::Value::as_u64) {
                    assert!(counted >= 5, "{value}");
                }
                map.values().for_each(walk);
            }
            serde_json::Value::Array(list) => list.iter().for_each(walk),
            _ => {}
        }
    }
    walk(&json);
    assert_eq!(
        run(folder.path(), "cohort cohort-teams.csv --format json,md").err,
        "error: `json` is printed, and stands alone\nhelp: run it once with `--format json`, once without\n"
    );
}

#[test]
fn a_cohort_that_is_too_small_gets_no_report() {
    let folder = folder();
    few(&folder, 4, "few.csv");
    let ran = run(folder.path(), "cohort few.csv");
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (
            2,
            "",
            "error: too few to sum up: 4 respondents, where figures of fewer than 5 are not told\n\
             help: wait for more answers; `--min-group N` lowers the bar, which gives single answers away to everybody who reads the report\n"
        )
    );
    assert_eq!(run(folder.path(), "cohort few.csv --min-group 4 --format md").code, 0);
    // In a build nobody else's papers are lost by it.
    let built = run(folder.path(), "build few.csv --document cohort-report,playbook --format md --out built");
    assert_eq!(built.code, 0, "{}", built.err);
    assert!(
        built
            .out
            .contains("not made of 4 respondents, where figures of fewer than 5 are not told: cohort-report"),
        "{}",
        built.out
    );
    assert!(!folder.path().join("built/cohort-report.md").exists());
}

#[test]
fn what_cannot_be_is_told() {
    let folder = folder();
    let told = |args: &str| {
        let ran = run(folder.path(), &format!("cohort cohort-teams.csv {args} -q"));
        assert_eq!(ran.code, 2, "{args}: {}", ran.err);
        ran.err
    };
    assert_eq!(
        told("--by regio"),
        "error: nobody has anything under `regio`\nhelp: did you mean `region`?\n"
    );
    assert_eq!(
        told("--by retention-written"),
        "error: `retention-written` is no question of which one option is chosen, so it makes no groups\n\
         help: give a question with options, or a column of the answers that is no question\n"
    );
    assert_eq!(
        told("--document playbook"),
        "error: the document `playbook` is not one of a whole cohort\n\
         help: `kitwright build` makes it; `kitwright documents` lists what is made for whom\n"
    );
    assert!(
        told("--benchmark session.yaml").starts_with("error[K725]: the benchmark does not say `benchmark`\n")
    );
}

#[test]
fn a_benchmark_is_kept_and_compared_with() {
    let folder = folder();
    let save =
        "cohort cohort-teams.csv --format md --save-benchmark spring.yaml --source Example~Academy --grade d";
    let saved = run(folder.path(), save);
    assert_eq!(saved.code, 0, "{}", saved.err);
    assert!(saved.out.ends_with("spring.yaml: a benchmark of 24 respondents\n"), "{}", saved.out);
    let text = read(&folder, "spring.yaml");
    for line in [
        "benchmark: \"sales-leaks\"",
        "source: \"Example Academy\"",
        "grade: D",
        "date: 2026-03-04",
        "people: 24",
    ] {
        assert!(text.lines().any(|own| own == line), "{line}\n{text}");
    }
    assert!(!text.contains("team-"));
    assert_eq!(
        run(folder.path(), save).err.lines().rev().take(2).collect::<Vec<_>>(),
        ["help: give another name, or `--force` to overwrite it", "error: `spring.yaml` is there already"]
    );
    let beside = run(folder.path(), "cohort cohort.csv --format md --benchmark spring.yaml -q");
    assert_eq!((beside.code, beside.err.as_str()), (0, ""));
    let report = read(&folder, "output/cohort-report.md");
    assert!(report.contains("Example Academy (grade D, 4 March 2026)"), "{report}");
    // Nearly as many people are most likely the same ones.
    let all = read(&folder, "cohort-teams.csv");
    let fewer: Vec<&str> = all.lines().filter(|line| !line.starts_with("team-larch")).collect();
    fs::write(folder.path().join("fewer.csv"), fewer.join("\n") + "\n").unwrap();
    let near = run(folder.path(), "cohort fewer.csv --format md --benchmark spring.yaml");
    assert!(
        near.err.contains(
            "note: the benchmark holds 24 respondents and this cohort 23; where most are the same people, whoever has \
             both can work out what the others answered\n"
        ),
        "{}",
        near.err
    );
}

#[test]
fn papers_of_all_together_do_not_depend_on_threads_or_on_what_was_kept() {
    let folder = folder();
    fs::create_dir(folder.path().join("templates")).unwrap();
    let small = "---\nfor: respondent\ntitle: T\n---\n{{ respondent.name }}\n";
    fs::write(folder.path().join("templates/small.md"), small).unwrap();
    let lesson = "---\nfor: session\ntitle: T\nneeds: [cohort]\n---\n\
                  {% for leak in cohort.leaks %}- {{ leak.sentence }}\n{% endfor %}";
    fs::write(folder.path().join("templates/lesson.md"), lesson).unwrap();
    let build = |out: &str, more: &str| {
        let args =
            "build cohort-teams.csv --session session.yaml --document small,lesson,cohort-report --format md";
        let ran = run(folder.path(), &format!("{args} --out {out} {more}"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        (read(&folder, &format!("{out}/lesson.md")), read(&folder, &format!("{out}/cohort-report.md")))
    };
    let one = build("one", "--jobs 1");
    assert!(one.0.contains("- Customer retention: 2"), "{}", one.0);
    assert_eq!(one, build("many", "--jobs 7"));
    // Whoever is kept counts as well.
    fs::remove_file(folder.path().join("one/lesson.md")).unwrap();
    fs::remove_dir_all(folder.path().join("one/team-larch")).unwrap();
    assert_eq!(one, build("one", "--resume"));
    // One respondent is no cohort: nothing is missed.
    fs::copy(format!("{ROOT}/examples/northwind.yaml"), folder.path().join("one.yaml")).unwrap();
    let single = run(
        folder.path(),
        "build one.yaml --session session.yaml --document small,lesson --format md --out single",
    );
    assert_eq!(single.code, 0, "{}", single.err);
    assert!(!folder.path().join("single/lesson.md").exists());
}

#[test]
fn a_fault_in_a_paper_of_all_is_told_in_full_and_nobody_loses_theirs() {
    let folder = folder();
    fs::create_dir(folder.path().join("templates")).unwrap();
    let broken = "---\nfor: session\ntitle: T\n---\n{{ cohort.talk[7].question }}\n";
    fs::write(folder.path().join("templates/broken.md"), broken).unwrap();
    let ran =
        run(folder.path(), "build cohort.csv --session session.yaml --document playbook,broken --format md");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("error[K505]") && ran.err.contains("templates/broken.md:5:"), "{}", ran.err);
    assert!(folder.path().join("output/acme-sample/playbook.md").is_file());
    assert!(folder.path().join("output/manifest.json").is_file());
    assert!(!folder.path().join("output/broken.md").exists());
}
