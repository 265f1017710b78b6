//! One command for the day: every paper of a session says the same, each is listed, and the plans go on in other tools.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

fn kitwright(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// How many respondents are enough to be summed up, and few enough to be quick.
const PEOPLE: usize = 7;

/// A folder with a cohort and a session.
fn folder() -> (TempDir, PathBuf) {
    let keep = TempDir::new().unwrap();
    let at = keep.path().to_owned();
    let example = |name: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
    };
    let cohort = example("cohort-teams.csv");
    let mut teams: Vec<&str> = Vec::new();
    let mut few = String::new();
    for (number, line) in cohort.lines().enumerate() {
        let team = line.split(',').next().unwrap();
        if number > 0 && !teams.contains(&team) {
            teams.push(team);
        }
        if teams.len() <= PEOPLE {
            few.push_str(line);
            few.push('\n');
        }
    }
    fs::write(at.join("cohort-teams.csv"), few).unwrap();
    fs::write(at.join("session.yaml"), example("session.yaml")).unwrap();
    (keep, at)
}

fn kit(at: &Path, more: &[&str]) -> (i32, String, String) {
    let args = ["kit", "cohort-teams.csv", "--session", "session.yaml", "--format", "md,html,eml"];
    kitwright(at, &[args.as_slice(), more].concat())
}

fn files(folder: &Path, below: &str, out: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder.join(below)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        match folder.join(&path).is_dir() {
            true if path == ".kitwright" => {}
            true => files(folder, &path, out),
            false => {
                out.insert(path);
            }
        }
    }
}

/// Targets of the links that lead to files.
fn links(markdown: &str) -> BTreeSet<String> {
    let targets = markdown.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains(':') && !target.starts_with('#'))
        .map(|target| target.trim_matches(['<', '>']).replace("%20", " "))
        .collect()
}

#[test]
fn papers_that_want_a_run_of_show_are_missed_aloud() {
    let (_keep, at) = folder();
    let session = fs::read_to_string(at.join("session.yaml")).unwrap();
    fs::write(at.join("session.yaml"), session.replacen("\nminutes: 60\n", "\nminutes: 45\n", 1)).unwrap();
    let (code, out, err) = kit(&at, &[]);
    assert_eq!(code, 0, "{err}");
    let told = "not made, as there is no run of show of 45 minutes: agenda, facilitator-guide, slides; there is webinar \
                of 60 minutes, half-day of 210 minutes, and your own go into templates/run-of-show.yaml";
    assert!(out.lines().any(|line| line == told), "{out}");
    let index = fs::read_to_string(at.join("output/index.md")).unwrap();
    assert!(!index.contains("{%") && index.contains("**Check in 30** "), "{index}");
}

/// What people are told apart by, what stands under their address and mark, and what is told of it.
#[test]
fn who_cannot_be_written_to_or_attested_is_told() {
    let keep = TempDir::new().unwrap();
    let at = keep.path();
    fs::write(at.join("session.yaml"), "title: T\ndate: 2026-03-12\nzone: UTC\n").unwrap();
    let kit = |table: &str, name: &str| {
        fs::write(at.join(format!("{name}.csv")), table).unwrap();
        let table = format!("{name}.csv");
        let (code, out, err) = kitwright(
            at,
            &[
                "kit",
                &table,
                "--session",
                "session.yaml",
                "--format",
                "md,eml",
                "--pack",
                "sales-leaks",
                "--out",
                name,
            ],
        );
        assert_eq!(code, 0, "{err}");
        let told = |text: &str, with: &str| -> Vec<String> {
            text.lines().filter(|line| line.contains(with)).map(str::to_owned).collect()
        };
        let left = told(&out, "earlier run");
        (told(&err, "K726"), told(&out, "mail address"), told(&out, "no column"), left)
    };
    let (wrong, without, unasked, left) = kit(
        "respondent,E-Mail,attended,retention-written,retention-pay\n\
         ann,ann@example.com,yes,1,no\nbob,bob(at)example.com,,2,no\ncy,,first half,2,no\n",
        "some",
    );
    assert_eq!(
        wrong,
        [
            "warning[K726]: bob: `bob(at)example.com` is no mail address: this person's mails name no receiver",
            "warning[K726]: cy: `first half` under `attended` is neither yes nor no: taken for no, so no statement of attendance is made",
        ]
    );
    assert_eq!(without, ["1 of 3 people's answers give no mail address, so their mails name no receiver"]);
    let [unasked] = unasked.as_slice() else { panic!("{unasked:?}") };
    assert!(unasked.starts_with("some.csv has no column for 5"), "{unasked}");
    assert!(
        unasked.ends_with(" more")
            && unasked.contains("which count as not asked: `segment`, `support-possible`, "),
        "{unasked}"
    );
    let mail = fs::read_to_string(at.join("some/ann/check-in-30.eml")).unwrap();
    assert!(mail.contains("\r\nTo: <ann@example.com>\r\n"), "{mail}");
    assert!(left.is_empty(), "{left:?}");
    let (wrong, without, _, left) = kit("respondent,retention-written\nann,1\nbob,2\n", "none");
    assert!(wrong.is_empty() && left.is_empty(), "{wrong:?} {left:?}");
    assert_eq!(
        without,
        [
            "nobody's answers give a mail address, so the mails to each person name no receiver: a column `email` gives them one"
        ]
    );
    // Bob is no longer among them: his papers stay, and that is told.
    let (.., left) = kit("respondent,retention-written\nann,1\n", "none");
    assert_eq!(left, ["1 folder holds papers of an earlier run and of nobody in this one: `none/bob`"]);
}

#[test]
fn a_run_of_show_speaks_the_words_of_its_pack_and_no_others() {
    let (_keep, at) = folder();
    fs::create_dir_all(at.join("templates")).unwrap();
    let runs = |say: &str| {
        format!(
            "runs:\n  own: {{ minutes: 60, segments: [{{ title: All, minutes: 60, topic: talk, say: \"{say}\" }}] }}\n"
        )
    };
    let path = at.join("templates/run-of-show.yaml");
    fs::write(&path, runs("Each {area} may be a {leak}; { x } stays.")).unwrap();
    let (code, _, err) = kit(&at, &["--document", "facilitator-guide"]);
    assert_eq!(code, 0, "{err}");
    let guide = fs::read_to_string(at.join("output/facilitator-guide.md")).unwrap();
    assert!(guide.contains("Each practice may be a leak; { x } stays."), "{guide}");
    fs::write(&path, runs("Each {aria} is one.")).unwrap();
    let (code, _, err) = kit(&at, &[]);
    assert_eq!(code, 2, "{err}");
    let told = "error[K803]: the pack has no word `{aria}`\n --> templates/run-of-show.yaml:2:79\n";
    assert!(err.contains(told) && err.contains("= help: did you mean `area`"), "{err}");
}

#[test]
fn everything_says_the_same_and_is_listed() {
    let (_keep, at) = folder();
    let (code, _, told) = kit(&at, &[]);
    assert_eq!(code, 0, "{told}");
    let read = |name: &str| fs::read_to_string(at.join("output").join(name)).unwrap();

    // The three leaks that the group shares, as the report counts them, stand in every paper that speaks of them.
    let report = read("cohort-report.md");
    let shared: Vec<(String, String)> = (1..=3)
        .map(|place| {
            let mark = format!("### {place}. ");
            let line = report.lines().find(|line| line.starts_with(&mark)).expect("a shared leak");
            let (title, rest) = line[mark.len()..].split_once(": ").unwrap();
            let count = rest.split(" of ").next().unwrap();
            (title.to_owned(), count.to_owned())
        })
        .collect();
    let in_order = |paper: &str, wanted: &[String]| {
        let text = read(paper);
        let mut at = 0;
        for one in wanted {
            at += text[at..].find(one.as_str()).unwrap_or_else(|| panic!("{paper} lacks {one}"));
        }
    };
    let counted: Vec<String> =
        shared.iter().map(|(title, count)| format!("**{title}** for {count} of {PEOPLE}")).collect();
    in_order("summary.md", &counted);
    let counted: Vec<String> =
        shared.iter().map(|(title, count)| format!("{title}, {count} of {PEOPLE}")).collect();
    in_order("facilitator-guide.md", &counted);
    let timed: Vec<String> =
        (1..).zip(&shared).map(|(place, (title, _))| format!("Leak {place}: {title}")).collect();
    in_order("agenda.md", &timed);
    in_order("facilitator-guide.md", &timed);
    let titles: Vec<String> = shared.iter().map(|(title, _)| title.clone()).collect();
    in_order("index.md", &titles);
    for (title, count) in &shared {
        let row = |paper: &str| {
            let text = read(paper);
            let mut rows = text.lines().filter(|line| line.starts_with(&format!("| {title} ")));
            rows.any(|line| line.trim_end_matches([' ', '|']).ends_with(&format!(" {count}")))
        };
        assert!(row("summary.md") && row("facilitator-guide.md"), "{title}: {count}");
    }

    // The index leads to everything that there is, and to nothing else.
    let mut there = BTreeSet::new();
    files(&at.join("output"), "", &mut there);
    let linked = links(&read("index.md"));
    for link in &linked {
        assert!(there.contains(link), "index.md leads to {link}");
    }
    let own = |path: &&String| {
        !path.starts_with("index.")
            && *path != "manifest.json"
            && (!path.contains('/') || path.ends_with(".eml"))
    };
    for path in there.iter().filter(own) {
        assert!(linked.contains(path), "index.md does not lead to {path}");
    }
    assert!(read("index.html").contains("<a href=\"cohort-report.html\">"));

    // The mail brings the day into the calendar.
    let mail = read("invitation.eml");
    assert!(mail.contains("text/calendar") && mail.contains("DTSTART:20260312T160000Z"), "{mail}");
    assert!(read("session.ics").contains("DTSTART:20260312T160000Z"));
}

#[test]
fn the_plan_of_all_is_the_plan_of_each() {
    let (_keep, at) = folder();
    let (code, _, told) = kit(&at, &["--document", "playbook"]);
    assert_eq!(code, 0, "{told}");
    let table = fs::read_to_string(at.join("output/action-plan.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 30);
    let plain = |text: &str| kitwright::markdown::plain(text);
    for row in rows.iter().step_by(7) {
        let (id, what) = (row.get(0).unwrap(), row.get(2).unwrap());
        let folder = id.split('/').next().unwrap();
        let playbook = fs::read_to_string(at.join(format!("output/{folder}/playbook.md"))).unwrap();
        let plan = playbook.split("## The plan").nth(1).unwrap();
        let step = plan.lines().find(|line| plain(line.trim_start_matches("- [ ] ")).starts_with(what));
        assert!(step.is_some(), "{id}: {what}");
        assert!(step.unwrap().contains(row.get(5).unwrap()), "{id}: the owner differs");
    }
}

#[test]
fn a_table_that_was_worked_in_is_brought_up_to_date() {
    let (_keep, at) = folder();
    let more = ["--document", "playbook", "--format", "md"];
    kit(&at, &more);
    let path = at.join("output/action-plan.csv");
    let table = fs::read_to_string(&path).unwrap();
    // Somebody ticks a step off, adds a column of their own and a step that no rule knows.
    let (head, rows) = table
        .replacen(",open,", ",done,in May", 1)
        .split_once("\r\n")
        .map(|(head, rows)| (head.to_owned(), rows.to_owned()))
        .unwrap();
    let columns = head.split(',').count();
    let own = format!(",,Order lunch{},,\r\n", ",".repeat(columns - 4));
    let worked = format!("{head},budget\r\n{}{own}", rows.replace("\r\n", ",7\r\n"));
    assert_ne!(table, worked);
    fs::write(&path, &worked).unwrap();
    let (code, said, told) = kit(&at, &more);
    assert_eq!(code, 0, "{told}");
    assert!(
        said.contains("output/action-plan: ") && said.contains(" steps kept, 0 new, 0 no longer advised"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), worked);
    let tasks = fs::read_to_string(at.join("output/action-plan.md")).unwrap();
    assert_eq!(tasks.matches("- [x] ").count(), 1);
    assert!(tasks.ends_with("\n## Other steps\n\n- [ ] Order lunch\n"), "{tasks}");
    // What somebody wrote into what no run reads is kept, each time.
    let (tasks, mine) = (at.join("output/action-plan.md"), ["- [x] All of it\n", "- [ ] Nothing yet\n"]);
    for (text, name) in mine.into_iter().zip(["action-plan.old.md", "action-plan.old-2.md"]) {
        fs::write(&tasks, text).unwrap();
        let (_, _, told) = kit(&at, &more);
        let kept = format!(
            "`output/action-plan.md` was edited: no run reads it, so it is made anew and what stood there is kept as `output/{name}`; what you write into the table stays\n"
        );
        assert!(told.contains(&kept), "{told}");
        assert_eq!(fs::read_to_string(at.join("output").join(name)).unwrap(), text);
        assert!(fs::read_to_string(&tasks).unwrap().contains("Order lunch"));
    }
    // Nothing is lost where the table was made into something else.
    fs::write(&path, "my own notes\n").unwrap();
    let workbook = at.join("output/action-plan.xlsx");
    fs::remove_file(&workbook).unwrap();
    let (_, _, told) = kit(&at, &more);
    assert_eq!(fs::read_to_string(&path).unwrap(), "my own notes\n");
    let lost = "warning: no plan can be read from `output/action-plan.csv`, since it is no such table or its column `id` is gone: \
                it stays as it is, and the new plan, without what was written into it, is `output/action-plan.new.csv`: put that in its place to go on in it\n";
    assert!(told.contains(lost) && !told.contains("edited by hand"), "{told}");
    assert!(fs::read_to_string(at.join("output/action-plan.new.csv")).unwrap().contains(",open,"));
}

#[test]
fn a_kit_is_the_same_with_any_number_of_threads() {
    let made = |jobs: &str| {
        let (keep, at) = folder();
        kit(&at, &["--jobs", jobs]);
        let mut names = BTreeSet::new();
        files(&at.join("output"), "", &mut names);
        let all: Vec<(String, Vec<u8>)> = names
            .into_iter()
            .map(|name| (name.clone(), fs::read(at.join("output").join(name)).unwrap()))
            .collect();
        drop(keep);
        all
    };
    let one = made("1");
    assert!(one.len() > 40);
    assert!(one == made("5"));
}

#[test]
fn what_a_kit_needs_is_told() {
    let (_keep, at) = folder();
    let (code, _, told) = kitwright(&at, &["kit", "cohort-teams.csv"]);
    assert_eq!(
        (code, told.as_str()),
        (
            2,
            "error: a kit is made for a session\nhelp: name it with `--session session.yaml`; `kitwright new` makes one to start from\n"
        )
    );
}

#[test]
fn the_run_of_show_in_the_docs_adds_up() {
    let page = include_str!("../docs/kit.md");
    let text = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut sources = kitwright::source::Sources::default();
    let id = sources.add("run-of-show.yaml", text);
    let mut faults = kitwright::diag::Diagnostics::default();
    let runs = kitwright::answers::read_runs(id, &sources, &mut faults);
    assert_eq!(kitwright::diag::show_all(&faults, &sources, false), "");
    assert_eq!(runs.unwrap().runs[0].minutes, 40);
}

#[test]
fn the_session_in_the_docs_can_be_read() {
    let page = include_str!("../docs/workshop.md");
    let text = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut sources = kitwright::source::Sources::default();
    let id = sources.add("session.yaml", text);
    let mut faults = kitwright::diag::Diagnostics::default();
    assert!(kitwright::answers::read_session(id, &sources, &mut faults).is_some());
    assert_eq!(kitwright::diag::show_all(&faults, &sources, false), "");
}

#[test]
fn papers_of_the_session_count_where_nobody_has_their_own() {
    let (_keep, at) = folder();
    let args = [
        "build",
        "cohort-teams.csv",
        "--session",
        "session.yaml",
        "--document",
        "agenda",
        "--format",
        "md,pdf",
    ];
    let (code, _, told) = kitwright(&at, &args);
    assert_eq!(code, 0);
    assert!(told.ends_with("\n7 respondents, 2 files in `output`\n"), "{told}");
}
