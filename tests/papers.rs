//! The papers of one participant: they tell one story, they keep to their length, and they hold for anybody.

#[path = "support/pdf_ua.rs"]
mod pdf_ua;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PAPERS: &str = "playbook,workbook,coach-questions,plan,job-aid,check-in-30,check-in-60,check-in-90,\
                      behaviour-check,attendance,evaluation";
const SAMPLES: [&str; 4] = ["northwind.yaml", "summit.yaml", "partial.yaml", "cohort.csv"];

fn build(answers: &Path, formats: &str, more: &[&str]) -> TempDir {
    // Where only pages are counted, mails have none, and the playbook has a test of its own.
    let counted =
        |paper: &&str| formats.contains("md") || !(paper.starts_with("check-in") || *paper == "playbook");
    let papers: Vec<&str> = PAPERS.split(',').filter(counted).collect();
    build_for(answers, &papers.join(","), formats, &[&["--session", "examples/session.yaml"], more].concat())
}

/// With or without a session.
fn build_for(answers: &Path, papers: &str, formats: &str, more: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    Command::cargo_bin("kitwright")
        .unwrap()
        .current_dir(ROOT)
        .args(["build", "--quiet", "--document", papers, "--format", formats])
        .args(more)
        .arg("--out")
        .arg(folder.path())
        .arg(answers)
        .assert()
        .success();
    folder
}

fn sample(name: &str) -> PathBuf {
    Path::new(ROOT).join("examples").join(name)
}

/// One folder a respondent.
fn respondents(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> =
        entries.filter(|path| path.is_dir() && !path.ends_with(".kitwright")).collect();
    folders.sort();
    folders
}

/// A paper's text below its front matter.
fn body(folder: &Path, paper: &str) -> String {
    let text = fs::read_to_string(folder.join(format!("{paper}.md"))).unwrap();
    text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap().1.to_owned()
}

/// What stands between two signs, wherever they do.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| rest.split_once(to)).map(|(inside, _)| inside).collect()
}

/// The leaks that a playbook takes up, each with its score as printed.
fn leaks(playbook: &str) -> Vec<(String, String)> {
    let brief = playbook.split("```chart").next().unwrap();
    let lines = brief.lines().filter_map(|line| {
        let rest = match line.split_once(". **") {
            Some((number, rest)) if number.parse::<u32>().is_ok() => rest,
            _ => line.split_once("There is one leak: **")?.1,
        };
        let (title, rest) = rest.split_once("**")?;
        let score = rest.trim_start_matches([':', ',', ' ']).split([',']).next()?;
        Some((title.to_owned(), score.trim_end_matches('.').to_owned()))
    });
    lines.collect()
}

/// A step of the plan as a paper tells it.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    /// Such as `by 11 April 2026`.
    due: String,
    title: String,
    owner: String,
    /// The figure that shows it, with what it is now and what it is to be.
    shown_by: String,
}

/// What the playbook says of a step where it stands in detail, which it does once; empty where no figure shows it.
fn shown_by<'a>(playbook: &'a str, title: &str, due: &str) -> &'a str {
    let found: Vec<&str> = between(playbook, &format!("# {title}\n"), "\n#");
    assert_eq!(found.len(), 1, "{title}");
    let line = found[0].lines().find(|line| line.contains("Rank: ")).unwrap();
    assert!(line.contains(&format!("Due {due}. ")), "{title} is not due {due}: {line}");
    between(line, "We shall know by: ", ". Rank: ").first().copied().unwrap_or_default()
}

/// The steps of a playbook's plan, each due as the heading says under which it stands.
fn steps(playbook: &str) -> Vec<Step> {
    let Some((_, plan)) = playbook.split_once("\n## The plan\n") else { return Vec::new() };
    let plan = plan.split("\n## ").next().unwrap();
    let mut found = Vec::new();
    for part in plan.split("\n### ").skip(1) {
        let due = between(part, "(", ")")[0];
        for line in part.lines().filter_map(|line| line.strip_prefix("- [ ] **")) {
            let (title, owner) = line.split_once("**").unwrap();
            found.push(Step {
                due: due.to_owned(),
                title: title.to_owned(),
                owner: owner.trim_start_matches(", ").to_owned(),
                shown_by: shown_by(playbook, title, due).to_owned(),
            });
        }
    }
    found
}

#[test]
fn every_paper_tells_what_the_playbook_tells_and_mails_are_short() {
    let (mut leaking, mut sound, mut planned) = (0, 0, 0);
    for name in SAMPLES {
        let made = build(&sample(name), "md", &[]);
        for folder in respondents(made.path()) {
            let playbook = body(&folder, "playbook");
            let leaks = leaks(&playbook);
            let steps = steps(&playbook);
            assert!(leaks.len() <= 3, "{}: {leaks:?}", folder.display());
            *(if leaks.is_empty() { &mut sound } else { &mut leaking }) += 1;
            planned += steps.len();

            let plan = body(&folder, "plan");
            let named: Vec<String> =
                leaks.iter().map(|(title, score)| format!("**{title}** ({score})")).collect();
            let intro = plan.lines().find(|line| line.contains(".** ")).unwrap();
            let mut rest = intro;
            for leak in &named {
                rest = rest.split_once(leak.as_str()).unwrap_or_else(|| panic!("{leak} not in {intro}")).1;
            }
            assert_eq!(intro.matches("** (").count(), leaks.len(), "{intro}");

            let rows: Vec<Step> = plan
                .lines()
                .filter(|line| {
                    line.starts_with("| ")
                        && !line.contains("Who, by when")
                        && (line.contains(" by ") || line.contains(" within "))
                })
                .map(|line| {
                    let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
                    let (owner, due) = cells[1].rsplit_once(", ").unwrap_or(("", cells[1]));
                    assert!(cells[2].ends_with(" 2026"), "reviewed on {} in {line}", cells[2]);
                    Step {
                        due: due.to_owned(),
                        title: cells[0].trim_start_matches("| ").to_owned(),
                        owner: owner.to_owned(),
                        shown_by: cells[3].trim_end_matches(['|', ' ']).to_owned(),
                    }
                })
                .filter(|step| step.due.starts_with("by ") || step.due.starts_with("within "))
                .collect();
            assert_eq!(rows, steps, "{}", folder.display());

            let workbook = body(&folder, "workbook");
            let pages: Vec<String> = workbook
                .lines()
                .filter_map(|line| line.strip_prefix("## Leak ")?.split_once(": "))
                .map(|(_, title)| title.to_owned())
                .collect();
            assert_eq!(pages, leaks.iter().map(|(title, _)| title.clone()).collect::<Vec<_>>());
            let scored: Vec<&str> = playbook.lines().filter(|line| line.contains(" scored ")).collect();
            for page in workbook.split("\n## Leak ").skip(1) {
                let sentence = page.lines().find(|line| line.contains(" scored ")).unwrap();
                assert!(scored.iter().any(|line| line.starts_with(sentence)), "{sentence}");
                for step in between(page, "- [ ] ", "\n") {
                    let known = |known: &Step| step == format!("{}, {}", known.title, known.due);
                    assert!(steps.iter().any(known) || !step.contains(", by "), "{step} in {steps:?}");
                }
            }

            let headings = body(&folder, "coach-questions");
            for heading in headings.lines().filter_map(|line| line.strip_prefix("## ")) {
                let known = |(title, score): &(String, String)| heading == format!("{title} ({score})");
                let own = heading == "Through the talk" || (leaks.is_empty() && heading == "By practice");
                assert!(own || leaks.iter().any(known), "{heading} not in {leaks:?}");
            }

            let aid = body(&folder, "job-aid");
            for (title, score) in &leaks {
                let number = score.trim_end_matches(" of 100");
                let row = |line: &str| line.starts_with(&format!("| **{title}**")) && line.contains(number);
                assert!(aid.lines().any(row), "{title} {number} in {aid}");
            }

            // Each stretch of the plan comes back in its own mail, and all until then in the form of day 60.
            let mut ends: Vec<&str> = steps.iter().map(|step| step.due.as_str()).collect();
            ends.dedup();
            let mut mailed = Vec::new();
            for day in [30, 60, 90] {
                let mail = body(&folder, &format!("check-in-{day}"));
                let words = mail.split_whitespace().count();
                assert!((60..=130).contains(&words), "{} on day {day}: {words} words", folder.display());
                let Some((_, said)) = mail.split_once("what is to be done ") else { continue };
                let due = said.split_once(":\n").unwrap().0.to_owned();
                assert!(ends.contains(&due.as_str()), "{due} in {ends:?}");
                let quoted = said.lines().filter_map(|line| line.strip_prefix("- "));
                mailed.extend(quoted.map(|step| (due.clone(), step.to_owned())));
                assert!(mail.contains("**One question:** "), "{mail}");
            }
            let planned: Vec<(String, String)> =
                steps.iter().map(|step| (step.due.clone(), step.title.clone())).collect();
            assert_eq!(mailed, planned, "{}", folder.display());
            let form = body(&folder, "behaviour-check");
            let asked: Vec<&str> = form.lines().filter_map(|line| line.strip_prefix("- ")).collect();
            let until: Vec<&str> = steps.iter().map(|step| step.title.as_str()).collect();
            assert!(until.is_empty() || !asked.is_empty(), "{}", folder.display());
            assert_eq!(asked[..], until[..asked.len()]);
        }
    }
    assert!(leaking >= 10 && sound >= 1 && planned >= 60, "{leaking} {sound} {planned}");
}

fn pages(file: &Path) -> usize {
    lopdf::Document::load(file).unwrap().get_pages().len()
}

/// From how many pages to how many each paper goes.
const LENGTHS: [(&str, usize, usize); 6] = [
    ("workbook", 4, 8),
    ("coach-questions", 1, 2),
    ("plan", 1, 2),
    ("job-aid", 1, 1),
    ("behaviour-check", 1, 1),
    ("attendance", 1, 1),
];

/// Those that take longest to make, in the usual look.
#[test]
fn the_playbook_and_the_questions_keep_to_their_pages() {
    for name in SAMPLES {
        let session = ["--session", "examples/session.yaml"];
        let made = build_for(&sample(name), "playbook,pre-assessment", "pdf", &session);
        let questions = pages(&made.path().join("pre-assessment.pdf"));
        assert!((2..=4).contains(&questions), "{questions}");
        for respondent in respondents(made.path()) {
            let count = pages(&respondent.join("playbook.pdf"));
            assert!((4..=10).contains(&count), "the playbook of {}: {count}", respondent.display());
        }
    }
}

/// From how many words to how many each mail of a session goes.
const WORDS: [(&str, usize, usize); 8] = [
    ("invitation", 150, 200),
    ("reminder-1-registered", 40, 100),
    ("reminder-2-week", 40, 100),
    ("reminder-3-day", 30, 90),
    ("reminder-4-hour", 15, 50),
    ("reminder-5-now", 15, 50),
    ("follow-up", 100, 160),
    ("follow-up-missed", 100, 130),
];

#[test]
fn mails_of_a_session_keep_to_their_length() {
    let names: Vec<&str> = WORDS.iter().map(|(name, ..)| *name).collect();
    let session = ["--session", "examples/session.yaml"];
    let made = build_for(&sample("northwind.yaml"), &names.join(","), "md", &session);
    for (name, least, most) in WORDS {
        let mail = body(made.path(), name);
        let words = mail.split_whitespace().count();
        assert!((least..=most).contains(&words), "{name}: {words} words");
    }
}

fn keep_to_their_length(folder: &Path, look: &str) {
    assert_eq!(pages(&folder.join("evaluation.pdf")), 1, "the evaluation form, {look}");
    for respondent in respondents(folder) {
        for (paper, least, most) in LENGTHS {
            let count = pages(&respondent.join(format!("{paper}.pdf")));
            assert!((least..=most).contains(&count), "{paper} of {}, {look}: {count}", respondent.display());
        }
    }
}

#[test]
fn every_paper_keeps_to_its_pages() {
    for name in SAMPLES {
        keep_to_their_length(build(&sample(name), "pdf", &[]).path(), "calm");
    }
}

#[test]
fn every_paper_is_accessible_and_keeps_to_its_pages_in_each_look_and_on_both_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let brand = folder.path().join("brand.yaml");
    for look in ["calm", "editorial", "bold"] {
        for paper in ["a4", "letter"] {
            fs::write(&brand, format!("look: {look}\npaper: {paper}\n")).unwrap();
            let made = build(&sample("northwind.yaml"), "pdf", &["--brand", brand.to_str().unwrap()]);
            keep_to_their_length(made.path(), &format!("{look} on {paper}"));
            for (paper, ..) in LENGTHS {
                let file = made.path().join("northwind").join(format!("{paper}.pdf"));
                let faults = pdf_ua::faults(&lopdf::Document::load(file).unwrap());
                assert!(faults.is_empty(), "{paper} in {look}: {faults:#?}");
            }
        }
    }
}

#[test]
fn the_statement_is_no_more_than_it_says() {
    let made = build(&sample("northwind.yaml"), "md", &[]);
    let statement = body(&made.path().join("northwind"), "attendance");
    for wanted in [
        "Northwind Studio",
        "12 March 2026",
        "1 hour",
        "Online",
        "Robin Placeholder",
        "hello@example.com",
        "northwind-2026-03-12",
    ] {
        assert!(statement.contains(wanted), "{wanted} in {statement}");
    }
    assert!(!statement.to_lowercase().contains("certificate"));
}

fn made_of(answers: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answers.yaml");
    fs::write(&file, answers).unwrap();
    build(&file, "md,pdf", &[])
}

#[test]
fn who_answered_nothing_is_told_what_to_find_out() {
    let made = made_of("respondent: nil\nname: Nil Example\npack: sales-leaks\nanswers: {}\n");
    keep_to_their_length(made.path(), "nothing answered");
    let folder = made.path().join("nil");
    let plan = body(&folder, "plan");
    assert!(
        plan.contains("No step follows from the answers so far. What is not known yet comes first:"),
        "{plan}"
    );
    assert!(!plan.contains("unknown") && !plan.contains("by rule"), "{plan}");
    let mail = body(&folder, "check-in-30");
    assert!(mail.contains("Too little was known for a plan. This would have told most:"), "{mail}");
    assert!(!body(&folder, "workbook").contains("```chart"));
}

#[test]
fn without_a_date_days_are_counted() {
    let answers =
        "retention-written: 0, retention-pay: \"no\", retention-target: 0, risk-review: 0, lost-reasons: 0";
    let keep = tempfile::tempdir().unwrap();
    let file = keep.path().join("answers.yaml");
    fs::write(&file, format!("respondent: one\npack: sales-leaks\nanswers: {{ {answers} }}\n")).unwrap();
    let made = build_for(&file, "plan,check-in-60", "md", &[]);
    let folder = made.path().join("one");
    let plan = body(&folder, "plan");
    assert!(plan.contains("This plan takes up one leak: **Customer retention** (0 of 100)."), "{plan}");
    assert!(plan.contains("within 30 days ") && plan.contains(" | day 37 "), "{plan}");
    let mail = body(&folder, "check-in-60");
    assert!(mail.contains("Your plan says what is to be done within 60 days:"), "{mail}");
    assert!(mail.contains("The review is on day 67."), "{mail}");
}

#[test]
fn days_count_from_the_session_and_without_one_from_the_answers() {
    let with = build(&sample("northwind.yaml"), "md", &[]);
    let without = build_for(&sample("northwind.yaml"), "plan,check-in-30", "md", &[]);
    let read = |made: &TempDir, paper: &str| body(&made.path().join("northwind"), paper);
    let plan = read(&with, "plan");
    assert!(plan.contains("by 11 April 2026 | 20 April 2026") && !plan.contains("31 March"), "{plan}");
    let plan = read(&without, "plan");
    assert!(plan.contains("by 31 March 2026 | 7 April 2026") && !plan.contains("11 April"), "{plan}");
    let mail = read(&with, "check-in-30");
    assert!(mail.contains("30 days have passed since “Plugging productivity leaks"), "{mail}");
    assert!(mail.contains("what is to be done by 11 April 2026:"), "{mail}");
    let mail = read(&without, "check-in-30");
    assert!(mail.contains("30 days ago you answered “Productivity leaks"), "{mail}");
}

/// Who is asked, what the answers say of them, and what follows: the receiver of a mail, and whether there is a statement.
const PEOPLE: [(&str, Option<&str>, bool); 7] = [
    ("respondent: a\nextra: { email: \"o'brien@mail.example.com\" }", Some("o'brien@mail.example.com"), true),
    ("respondent: B@example.com", Some("B@example.com"), true),
    (
        "respondent: b@example.com\nextra: { Email: c@example.com, attended: yes }",
        Some("c@example.com"),
        true,
    ),
    ("respondent: d\nextra: { email: anonymous, attended: no }", None, false),
    ("respondent: e\nextra: { email: \"x@example.com\\r\\nBcc: y@example.com\", attended: }", None, false),
    ("respondent: team@alder\nextra: { attended: X }", None, true),
    ("respondent: f\nextra: { attended: 55 minutes }", None, false),
];

#[test]
fn mails_go_to_whom_the_answers_name_and_statements_to_whoever_was_there() {
    for (head, to, there) in PEOPLE {
        let keep = tempfile::tempdir().unwrap();
        let file = keep.path().join("answers.yaml");
        fs::write(&file, format!("{head}\npack: sales-leaks\nanswers: {{ retention-written: 0 }}\n"))
            .unwrap();
        let session = ["--session", "examples/session.yaml"];
        let made = build_for(&file, "check-in-30,attendance", "md,eml", &session);
        let folder = &respondents(made.path())[0];
        let mail = fs::read_to_string(folder.join("check-in-30.eml")).unwrap();
        let (lines, _) = mail.split_once("\r\n\r\n").unwrap();
        let receivers: Vec<&str> = lines.lines().filter_map(|line| line.strip_prefix("To: ")).collect();
        let wanted: Vec<String> = to.iter().map(|to| format!("<{to}>")).collect();
        assert_eq!(receivers, wanted, "{head}");
        assert!(!lines.contains("Bcc"), "{lines}");
        assert_eq!(folder.join("attendance.md").exists(), there, "{head}");
    }
}

#[test]
fn a_team_has_an_address_where_its_rows_agree() {
    let rows = |first: &str, second: &str| {
        let keep = tempfile::tempdir().unwrap();
        let file = keep.path().join("answers.csv");
        let text = "team,role,email,attended,retention-written\n";
        fs::write(&file, format!("{text}alder,manager,{first},x,1\nalder,rep,{second},,\n")).unwrap();
        let made = build_for(&file, "check-in-30", "md", &[]);
        fs::read_to_string(made.path().join("alder/check-in-30.md")).unwrap().contains("\nto: ")
    };
    assert!(rows("a@example.com", "") && rows("a@example.com", "A@example.com") && rows("", "a@example.com"));
    assert!(!rows("a@example.com", "b@example.com") && !rows("", ""));
}

/// A pack without bands, a total, rules or advice.
#[test]
fn a_pack_of_questions_alone_has_its_papers_too() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("mini");
    fs::create_dir(&pack).unwrap();
    fs::write(pack.join("pack.yaml"), include_str!("data/questions-alone.yaml")).unwrap();
    let answers = folder.path().join("answers.yaml");
    fs::write(&answers, "respondent: a\nname: \"A *b*\"\npack: questions-alone\nanswers: { done: \"no\" }\n")
        .unwrap();
    let made = build(&answers, "md,pdf", &["--pack", pack.to_str().unwrap()]);
    keep_to_their_length(made.path(), "questions alone");
    let folder = made.path().join("a");
    for paper in PAPERS.split(',').filter(|paper| !["evaluation", "attendance"].contains(paper)) {
        // The session may be called what it will.
        let text = body(&folder, paper).replace("Plugging productivity leaks", "");
        for slip in ["leak", "practice", " .", "()", "“”", "  |  \n\n|"] {
            assert!(!text.contains(slip), "`{slip}` in {paper}: {text}");
        }
    }
    insta::assert_snapshot!(
        "questions_alone",
        ["plan", "check-in-90", "job-aid"].map(|paper| body(&folder, paper)).join("\n~~~\n")
    );
}

#[test]
fn the_papers_of_the_example_are_these() {
    let made = build(&sample("northwind.yaml"), "md", &[]);
    for paper in PAPERS.split(',').filter(|paper| *paper != "playbook") {
        let folder =
            if paper == "evaluation" { made.path().to_owned() } else { made.path().join("northwind") };
        insta::assert_snapshot!(paper, fs::read_to_string(folder.join(format!("{paper}.md"))).unwrap());
    }
}
