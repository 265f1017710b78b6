//! Exports as form tools write them, each in `tests/imports` with a promise of what is understood: dropping a file there
//! adds a test. `UPDATE_IMPORTS=1 cargo test --test imports` writes the promises anew, to be read before they are kept.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use kitwright::answers::{Address, FitOptions, Outcome, address, fit};
use kitwright::check::{SoundPack, check};
use kitwright::diag::{Diagnostics, show};
use kitwright::import::{
    Mapping, Refused, SCREEN, Told, Understood, Wanted, read_mapping, screen, understand, write_mapping,
};
use kitwright::model::{Absence, Answer, Pack, QuestionKind, Respondent};
use kitwright::pack::load;
use kitwright::source::Sources;
use kitwright::tables::{Grid, open, read_json};

#[path = "imports/messy.rs"]
mod messy;

const FOLDER: &str = "tests/imports";

fn pack() -> SoundPack {
    let mut sources = Sources::default();
    let text = fs::read_to_string(format!("{FOLDER}/pack.yaml")).unwrap();
    let id = sources.add("pack.yaml", text);
    check(load(&[id], &sources), None).pack.expect("the pack of the exports is sound")
}

fn exports() -> Vec<PathBuf> {
    let ends = ["csv", "tsv", "xlsx", "json", "jsonl"];
    let mut all: Vec<PathBuf> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| ends.contains(&end.to_str().unwrap())))
        .collect();
    all.sort();
    all
}

/// What came of a file, and its texts.
struct Read {
    understood: Understood,
    sources: Sources,
}

fn grid(name: &str, bytes: &[u8], sources: &mut Sources) -> Result<Grid, String> {
    let told = |fault, sources: &Sources| show(&fault, sources, false);
    if name.ends_with(".json") || name.ends_with(".jsonl") {
        let id = sources.add(name, String::from_utf8_lossy(bytes));
        return read_json(id, name.ends_with("l"), sources)
            .map_err(|fault| told(fault, sources))?
            .ok_or_else(|| "no export".to_owned());
    }
    open(name, bytes, None, sources).map(|table| table.grid).map_err(|fault| told(fault, sources))
}

fn read(name: &str, bytes: &[u8], pack: &Pack, mapping: Option<&str>) -> Result<Read, String> {
    let mut sources = Sources::default();
    let mut faults = Diagnostics::default();
    let mapping: Option<Mapping> = mapping.map(|text| {
        let id = sources.add("mapping.yaml", text);
        read_mapping(id, &sources, &mut faults)
    });
    let faults: Vec<String> = faults.iter().map(|fault| show(fault, &sources, false)).collect();
    assert!(faults.is_empty(), "{}", faults.concat());
    let grid = grid(name, bytes, &mut sources)?;
    let wanted = Wanted { mapping: mapping.as_ref(), id_column: None, skip_unreadable: false };
    let understood = understand(grid, pack, wanted);
    Ok(Read { understood, sources })
}

fn said(pack: &Pack, question: usize, answer: &Answer) -> String {
    let option = |at: &usize| pack.questions[question].kind.choices()[*at].id.clone();
    match answer {
        Answer::Number(number) => number.to_string(),
        Answer::Option(at) => option(at),
        Answer::Many(list) => format!("[{}]", list.iter().map(option).collect::<Vec<_>>().join(", ")),
        Answer::Text(text) => format!("{text:?}"),
        Answer::Absent(absence) => absence.key().to_owned(),
    }
}

fn one(pack: &Pack, respondent: &Respondent) -> String {
    let mut out = format!("{} ({})", respondent.id, respondent.name);
    if let Some(date) = respondent.date {
        let _ = write!(out, ", {date}");
    }
    let line = |answers: &[Answer]| -> String {
        let told =
            answers.iter().enumerate().filter(|(_, answer)| **answer != Answer::Absent(Absence::NotAsked));
        told.map(|(at, answer)| format!(" {}={}", pack.questions[at].id, said(pack, at, answer))).collect()
    };
    let _ = write!(out, ":{}", line(&respondent.answers));
    for (metric, measured) in pack.metrics.iter().zip(&respondent.metrics) {
        if let Some(measured) = measured {
            let _ = write!(out, " {}={}", metric.id, measured.value);
        }
    }
    for voice in &respondent.voices {
        let _ = write!(out, " | {}:{}", voice.role, line(&voice.answers));
    }
    if !respondent.extra.is_empty() {
        let _ = write!(out, " + {}", serde_json::to_string(&respondent.extra).unwrap());
    }
    out + "\n"
}

/// The screen of a dry run, then everybody who fits.
fn told(name: &str, read: &Read, pack: &Pack) -> String {
    let Read { understood, sources } = read;
    let fitting = fit(&understood.file, pack, FitOptions::default(), sources);
    let mut out = String::new();
    for fault in fitting.faults().iter() {
        out.push_str(&show(fault, sources, false));
    }
    let (mut people, mut refused) = (String::new(), Vec::new());
    let mut count = 0;
    for outcome in fitting.outcomes() {
        match outcome {
            Outcome::Fits(respondent) => {
                count += 1;
                people.push_str(&one(pack, &respondent));
            }
            Outcome::Refused(refusal) => {
                refused.push(Refused::new(understood, refusal.at.to_string(), &refusal.faults));
            }
        }
    }
    let run = Told {
        name,
        command: &format!("kitwright build {name}"),
        mapping: None,
        fitting: count,
        refused: &refused,
        beside: out.lines().count() + 2,
        all: false,
    };
    let everything = screen(understood, pack, &Told { all: true, ..run });
    let screen = screen(understood, pack, &run);
    is_one_screen(name, &(out.clone() + &screen));
    // What a screen leaves out stands in the whole.
    let shortened = screen.contains("lists are shortened here");
    assert_eq!(shortened, is_shortened(&screen), "{name}\n{screen}");
    assert!(
        !everything.contains("lists are shortened") && !is_shortened(&everything),
        "{name}\n{everything}"
    );
    out + &screen + "\n" + &people
}

/// Whether any list counts what it leaves out.
fn is_shortened(shown: &str) -> bool {
    let counts = |line: &str| {
        let more = line
            .split(" and ")
            .any(|part| part.split_once(" more").is_some_and(|(number, _)| number.parse::<usize>().is_ok()));
        more || line.starts_with("  … ")
    };
    shown.lines().any(counts)
}

/// Only what is copied as a whole, such as a command, may be wider.
fn is_one_screen(name: &str, shown: &str) {
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines.len() + 2 <= SCREEN, "{name}: more than one screen\n{shown}");
    let wide = lines.iter().find(|line| line.chars().count() > 100);
    assert_eq!(wide, None, "{name}");
    assert!(lines.last().is_some_and(|line| !line.is_empty()), "{name}\n{shown}");
    assert!(shown.contains("`kitwright build "), "{name}: no command\n{shown}");
}

#[test]
fn each_export_is_understood_as_promised() {
    let pack = pack();
    let mut wrong = Vec::new();
    let all = exports();
    assert!(all.len() >= 24, "{}", all.len());
    for path in all {
        let name = path.file_name().unwrap().to_str().unwrap();
        let found = match read(name, &fs::read(&path).unwrap(), pack.pack(), None) {
            Ok(read) => told(name, &read, pack.pack()),
            Err(told) => told,
        };
        let promise = Path::new(FOLDER).join(format!("{name}.promise"));
        if std::env::var_os("UPDATE_IMPORTS").is_some() {
            fs::write(&promise, &found).unwrap();
        }
        let expected = fs::read_to_string(&promise).unwrap_or_default().replace("\r\n", "\n");
        if found != expected {
            wrong.push(format!("{name}\nfound:\n{found}\npromised:\n{expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn shipped() -> SoundPack {
    let mut sources = Sources::default();
    let mut files: Vec<PathBuf> =
        fs::read_dir("rules/sales-leaks").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    files.sort();
    let ids: Vec<_> = files
        .iter()
        .map(|path| sources.add(path.to_str().unwrap(), fs::read_to_string(path).unwrap()))
        .collect();
    check(load(&ids, &sources), None).pack.expect("the shipped pack is sound")
}

/// The whole of a shipped pack, asked in forms of every tool, and answered as people do.
#[test]
fn a_first_look_at_what_nobody_prepared_for_is_one_screen() {
    let pack = shipped();
    for layout in &messy::LAYOUTS {
        let bytes = messy::export(layout, pack.pack());
        let read = read(layout.name, &bytes, pack.pack(), None).unwrap();
        // Its tests: one screen, and everything with `--all`.
        let shown = told(layout.name, &read, pack.pack());
        for part in ["lists are shortened here: add `--all`", "refused, ", " respondents"] {
            assert!(shown.contains(part), "{}: {part}\n{shown}", layout.name);
        }
    }
}

#[test]
fn an_address_in_another_case_is_the_same_person() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("rules/accounts")).unwrap();
    fs::copy(format!("{FOLDER}/pack.yaml"), path("rules/accounts/pack.yaml")).unwrap();
    let head = "Timestamp,Email Address,How worried are you?,usage-seen\n";
    fs::write(
        path("a.csv"),
        format!("{head}2026-03-01 10:00:00,Ann@Example.com,,4\n2026-03-01 11:00:00,ann@example.com,,5\n"),
    )
    .unwrap();
    fs::write(
        path("b.csv"),
        format!("{head}2026-03-01 10:00:00,ANN@example.com,,3\n2026-03-01 10:00:00,bob@example.com,,3\n"),
    )
    .unwrap();
    let (code, out, err) = kitwright(folder.path(), &["evaluate", "a.csv", "--columns", "respondent"]);
    assert_eq!((code, out.as_str()), (0, "respondent\nann@example.com\n"), "{err}");
    for args in
        [["evaluate", "a.csv", "b.csv", "--columns=respondent"], ["build", "a.csv", "b.csv", "--format=md"]]
    {
        let (code, out, err) = kitwright(folder.path(), &args);
        assert_eq!(code, 4, "{err}");
        assert!(
            err.contains("error[K705]: `ANN@example.com` stands in `a.csv` already\n"),
            "{args:?}\n{out}{err}"
        );
        assert!(err.contains("1 of 3 respondents was refused\n"), "{err}");
    }
}

#[test]
fn the_one_address_in_the_rows_of_a_team_is_the_teams() {
    let pack = shipped();
    let export = "Team;Role;Your e-mail;retention-target\nNorth;manager;ann@example.com;1\nNorth;rep;;2\n\
                  South;manager;bob@example.com;3\nSouth;rep;cy@example.com;3\nWest;rep;nobody;3\n";
    let read = read("a.csv", export.as_bytes(), pack.pack(), None).unwrap();
    let fitting = fit(&read.understood.file, pack.pack(), FitOptions::default(), &read.sources);
    let found: Vec<(String, Address)> = fitting
        .outcomes()
        .map(|outcome| match outcome {
            Outcome::Fits(respondent) => (respondent.id.clone(), address(&respondent)),
            Outcome::Refused(refusal) => panic!("{refusal:?}"),
        })
        .collect();
    let expected = [
        ("North", Address::Given("ann@example.com".to_owned())),
        ("South", Address::Nowhere),
        ("West", Address::Wrong("nobody".to_owned())),
    ];
    assert_eq!(found, expected.map(|(id, address)| (id.to_owned(), address)));
    let screen = bare_screen(&read, pack.pack());
    assert!(screen.contains("C `Your e-mail` → mail address"), "{screen}");
    assert!(!screen.contains("set aside"), "{screen}");
}

#[test]
fn people_of_a_team_stay_people_where_a_pack_puts_nothing_to_roles() {
    let pack = pack();
    let export = "Timestamp,Your team,Your role,Clients lost per year\n\
                  2026-03-01 10:00:00,North,manager,10%\n2026-03-01 11:00:00,North,rep,20%\n";
    let read = read("a.csv", export.as_bytes(), pack.pack(), None).unwrap();
    let fitting = fit(&read.understood.file, pack.pack(), FitOptions::default(), &read.sources);
    let people: Vec<String> = fitting
        .outcomes()
        .map(|outcome| match outcome {
            Outcome::Fits(respondent) => format!("{} {}", respondent.id, respondent.extra["Your role"]),
            Outcome::Refused(refusal) => panic!("{refusal:?}"),
        })
        .collect();
    assert_eq!(people, ["row-2 \"manager\"", "row-3 \"rep\""]);
}

#[test]
fn a_role_that_nothing_is_put_to_is_told_before_anything_is_made() {
    let pack = shipped();
    let export = "Team;Role;retention-target\nNorth;rep;1\nNorth;Manager;2\nSouth;resp;3\nSouth;boss;3\n";
    let read = read("a.csv", export.as_bytes(), pack.pack(), None).unwrap();
    let screen = bare_screen(&read, pack.pack());
    let parts = [
        "  no question is put to the role `resp`: did you mean `rep`?\n",
        "  no question is put to the role `boss`: the pack's roles are `manager` and `rep`\n",
        "  ids of respondents: column A `Team`; the rows of one are its voices\n",
    ];
    for part in parts {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    assert!(!screen.contains("`Manager`"), "{screen}");
}

#[test]
fn a_mapping_that_was_written_brings_the_same_about() {
    let pack = pack();
    for path in exports() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        let Ok(first) = read(name, &bytes, pack.pack(), None) else { continue };
        let written = write_mapping(&first.understood, pack.pack(), &[]);
        let second = read(name, &bytes, pack.pack(), Some(&written)).unwrap();
        let people = |read: &Read| -> Vec<String> {
            let fitting = fit(&read.understood.file, pack.pack(), FitOptions::default(), &read.sources);
            let fitted = fitting.outcomes().filter_map(|outcome| match outcome {
                Outcome::Fits(respondent) => Some(one(pack.pack(), &respondent)),
                Outcome::Refused(_) => None,
            });
            fitted.collect()
        };
        assert_eq!(people(&first), people(&second), "{name}\n{written}");
        let targets = |read: &Read| read.understood.uses.iter().map(|used| used.target).collect::<Vec<_>>();
        assert_eq!(targets(&first), targets(&second), "{name}\n{written}");
    }
}

#[test]
fn a_mapping_says_what_values_and_columns_mean() {
    let pack = pack();
    let export = "Mail,Seen?,Seen?,Reviews,Tools\n\
                  ann@example.com,rather,x,now and then,\"A CRM, A fax\"\n";
    let mapping = "mapping: 1\n\
                   columns:\n\
                   \x20 - { column: Mail, to: respondent }\n\
                   \x20 - { column: \"Seen?\", to: usage-seen }\n\
                   \x20 - { column: \"Seen?\", nth: 2, to: ignore }\n\
                   \x20 - { column: reviews, to: health-review }\n\
                   \x20 - { column: Tools, to: tools }\n\
                   values:\n\
                   \x20 - { for: usage-seen, typed: Rather, means: 4 }\n\
                   \x20 - { for: health-review, typed: now and then, means: \"\" }\n\
                   \x20 - { for: tools, typed: A fax, means: \"\" }\n";
    let read = read("a.csv", export.as_bytes(), pack.pack(), Some(mapping)).unwrap();
    let told = told("a.csv", &read, pack.pack());
    assert!(
        told.contains(
            "\nann@example.com (ann@example.com): usage-seen=4 health-review=skipped tools=[crm]\n"
        ),
        "{told}"
    );
    assert!(told.contains("`usage-seen`: `rather` as `4`\n"), "{told}");
}

#[test]
fn two_columns_of_one_question_must_agree() {
    let pack = pack();
    let export = "E-mail,Anything else?,1. Anything else?\nann@example.com,so,so\nbob@example.com,so,not so\ncy@example.com,,so\n";
    let read = read("a.csv", export.as_bytes(), pack.pack(), None).unwrap();
    let told = told("a.csv", &read, pack.pack());
    assert!(told.contains("\nann@example.com (ann@example.com): comment=\"so\"\ncy@example.com (cy@example.com): comment=\"so\"\n"), "{told}");
    let Read { understood, sources } = &read;
    let fitting = fit(&understood.file, pack.pack(), FitOptions::default(), sources);
    let refused: Vec<String> = fitting
        .outcomes()
        .filter_map(|outcome| match outcome {
            Outcome::Refused(refusal) => Some(refusal.faults),
            Outcome::Fits(_) => None,
        })
        .map(|faults| faults.iter().map(|fault| show(fault, sources, false)).collect())
        .collect();
    assert!(
        refused
            .concat()
            .starts_with("error[K715]: two columns answer `comment`, and not alike\n --> a.csv:3:20\n"),
        "{refused:?}"
    );
}

fn faults_of(mapping: &str) -> String {
    let pack = pack();
    let mut sources = Sources::default();
    let mut faults = Diagnostics::default();
    let id = sources.add("mapping.yaml", mapping);
    let mapping = read_mapping(id, &sources, &mut faults);
    let grid = grid("a.csv", b"Mail,Seen?\nann@example.com,4\n", &mut sources).unwrap();
    let wanted = Wanted { mapping: Some(&mapping), id_column: None, skip_unreadable: false };
    let understood = understand(grid, pack.pack(), wanted);
    let told = faults.iter().chain(understood.file.faults.iter());
    let told: Vec<String> = told.map(|fault| show(fault, &sources, false)).collect();
    told.join("\n")
}

/// Everybody's answers, and what refuses the others.
fn outcomes(read: &Read, pack: &Pack) -> (String, String) {
    let fitting = fit(&read.understood.file, pack, FitOptions::default(), &read.sources);
    let (mut people, mut refused) = (String::new(), String::new());
    for outcome in fitting.outcomes() {
        match outcome {
            Outcome::Fits(respondent) => people.push_str(&one(pack, &respondent)),
            Outcome::Refused(refusal) => {
                refusal.faults.iter().for_each(|fault| refused.push_str(&show(fault, &read.sources, false)));
            }
        }
    }
    (people, refused)
}

#[test]
fn figures_in_doubt_refuse_the_row_until_a_mapping_says_what_is_meant() {
    let pack = pack();
    let export = "E-mail,How many clients do you look after?\nann@example.com,1.200\nbob@example.com,none\n";
    let told = |mapping: Option<&str>| {
        outcomes(&read("a.csv", export.as_bytes(), pack.pack(), mapping).unwrap(), pack.pack())
    };
    let (people, refused) = told(None);
    assert_eq!(people, "");
    for part in [
        "error[K210]: `1.200` can be read in two ways, as `1200` or `1.200`\n --> a.csv:2:17\n",
        " = help: write the one that is meant, or say it under `values:` in a mapping\n",
        " = help: `decimals: comma` or `decimals: point` in a mapping says it for the whole export\n",
        "error[K210]: `none` can be read in two ways, as `0` or `n/a`\n --> a.csv:3:17\n",
    ] {
        assert!(refused.contains(part), "{part}\n{refused}");
    }
    let (people, _) = told(Some("decimals: comma\n"));
    assert_eq!(people, "ann@example.com (ann@example.com): size=1200\n");
    let (people, _) = told(Some("decimals: point\nunreadable: skip\n"));
    assert_eq!(
        people,
        "ann@example.com (ann@example.com): size=1.2\nbob@example.com (bob@example.com): size=skipped\n"
    );
    let said = read("a.csv", export.as_bytes(), pack.pack(), Some("unreadable: skip\n")).unwrap();
    let screen = bare_screen(&said, pack.pack());
    assert!(screen.contains("  `size`: `1.200` as no answer, as nobody can read it, `none` as no answer, as nobody can read it\n"), "{screen}");
}

fn bare_screen(read: &Read, pack: &Pack) -> String {
    let (name, command) = ("a.csv", "kitwright build a.csv");
    let run = Told { name, command, mapping: None, fitting: 1, refused: &[], beside: 2, all: false };
    screen(&read.understood, pack, &run)
}

#[test]
fn what_to_do_next_names_the_options_of_the_run() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("rules/accounts")).unwrap();
    fs::copy(format!("{FOLDER}/pack.yaml"), path("rules/accounts/pack.yaml")).unwrap();
    fs::copy(format!("{FOLDER}/shared-address.csv"), path("a form.csv")).unwrap();
    let args =
        ["build", "a form.csv", "--dry-run", "--id", "Your name", "--write-mapping", "m.yaml", "--out=x"];
    let (code, out, err) = kitwright(folder.path(), &args);
    assert_eq!(code, 0, "{err}");
    let command =
        "`kitwright build \"a form.csv\" --id \"Your name\" --out=x` makes the papers of 4 respondents";
    assert!(out.replace("\n    ", " ").contains(command), "{out}");
    assert!(path("m.yaml").exists());
    fs::write(path("m.yaml"), "colums: []\n").unwrap();
    let (code, out, err) =
        kitwright(folder.path(), &["build", "a form.csv", "--dry-run", "--mapping", "m.yaml"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
}

#[test]
fn a_column_counted_from_one_is_refused_until_its_numbers_are_said() {
    let pack = pack();
    let export = fs::read(format!("{FOLDER}/counted-from-one.csv")).unwrap();
    let first = read("a.csv", &export, pack.pack(), None).unwrap();
    let (people, refused) = outcomes(&first, pack.pack());
    assert_eq!(people, "dee@example.com (dee@example.com): usage-seen=1 worry=1\n");
    let told = "error[K702]: `2` is not taken for `worry`: column B holds 4 and no 0, `worry` runs from 0 to 3: it may be numbered otherwise\n";
    assert!(refused.contains(told), "{refused}");
    assert!(
        refused.contains(
            " = help: say it for each number under `values:` in a mapping: `{ for: worry, typed: 2, means: 1 }`\n"
        ),
        "{refused}"
    );
    let unread: Vec<_> =
        first.understood.grid.rows.iter().skip(1).map(|row| first.understood.grid.span(row, 1)).collect();
    let written = write_mapping(&first.understood, pack.pack(), &unread[..3]);
    let live = written.replace("  # - {", "  - {");
    let second = read("a.csv", &export, pack.pack(), Some(&live)).unwrap();
    let (people, refused) = outcomes(&second, pack.pack());
    assert_eq!(refused, "");
    assert!(people.starts_with("ann@example.com (ann@example.com): usage-seen=3 worry=0\n"), "{people}");
}

#[test]
fn typeforms_yes_and_no_are_told() {
    let mut sources = Sources::default();
    let text = fs::read_to_string(format!("{FOLDER}/pack.yaml")).unwrap().replace(
        "questions:\n",
        "questions:\n  plan: { area: health, scale: yes-no, question: \"Is there a plan?\" }\n",
    );
    let text = text.replace("scales:\n", "scales:\n  yes-no: { options: { yes: 100, no: 0 } }\n");
    let id = sources.add("pack.yaml", text);
    let pack = check(load(&[id], &sources), None).pack.expect("it is sound");
    let export = "#,Is there a plan?,Start Date (UTC),Submit Date (UTC),Network ID\n\
                  a1,1,2026-03-01 10:00:00,2026-03-01 10:05:00,x\na2,0,2026-03-01 10:00:00,2026-03-01 10:05:00,y\n";
    let said = read("a.csv", export.as_bytes(), pack.pack(), None).unwrap();
    let (people, refused) = outcomes(&said, pack.pack());
    assert!(people.contains("a1 (a1), 2026-03-01: plan=yes"), "{people}{refused}");
    let screen = bare_screen(&said, pack.pack());
    assert!(screen.contains("  `plan`: `1` as `yes`, `0` as `no`\n"), "{screen}");
}

#[test]
fn slips_of_a_mapping_are_told_at_their_place() {
    for (mapping, expected) in [
        ("- a\n", "error[K722]: a mapping is a map of keys, not a list\n --> mapping.yaml:1:1\n"),
        ("colums: []\n", "error[K722]: a mapping has no key `colums`\n --> mapping.yaml:1:1\n"),
        (
            "dialect: googel-forms\n",
            "error[K722]: `dialect` does not take `googel-forms`\n --> mapping.yaml:1:10\n",
        ),
        ("columns: Mail\n", "error[K722]: `columns` is a list, not text\n --> mapping.yaml:1:10\n"),
        (
            "columns: [Mail]\n",
            "error[K722]: an item of a mapping is a map, not text\n --> mapping.yaml:1:11\n",
        ),
        ("columns: [{ column: Mail }]\n", "error[K722]: this item has no `to`\n --> mapping.yaml:1:11\n"),
        (
            "columns: [{ for: tools, typed: A fax, means: crm }]\n",
            "error[K722]: this item says what a value means\n --> mapping.yaml:1:11\n",
        ),
        (
            "values: [{ column: Mail, to: respondent }]\n",
            "error[K722]: this item says what a column becomes\n --> mapping.yaml:1:10\n",
        ),
        (
            "columns: [{ column: Mial, to: respondent }]\n",
            "warning[K722]: the export has no column `Mial`\n --> mapping.yaml:1:21\n",
        ),
        (
            "columns: [{ column: Mail, to: usage-sen }]\n",
            "error[K722]: `usage-sen` is neither a question nor a metric of the pack `accounts`\n --> mapping.yaml:1:31\n",
        ),
        (
            "columns: [{ column: Mail, to: tools, option: fax }]\n",
            "error[K722]: `fax` is no option of a question that takes several, `tools`\n --> mapping.yaml:1:46\n",
        ),
    ] {
        let told = faults_of(mapping);
        assert!(told.contains(expected), "{mapping}\n{told}");
    }
    let told = faults_of("columns: [{ column: Mail, to: usage-sen }]\n");
    assert!(told.contains("= help: did you mean `usage-seen`?\n"), "{told}");
}

/// Bytes that come out of a workbook, each part with its text.
fn workbook(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="9"/></cellXfs></styleSheet>"#;

/// A workbook of these sheets, each the inside of its `sheetData` and what follows it.
fn sheets(list: &[(&str, &str, &str)], shared: &str) -> Vec<u8> {
    let mut book = String::from(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>"#,
    );
    let mut rels = String::from(
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    );
    let mut parts: Vec<(String, String)> = Vec::new();
    for (at, (name, data, after)) in list.iter().enumerate() {
        let at = at + 1;
        let _ = write!(book, r#"<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>"#);
        let _ = write!(
            rels,
            r#"<Relationship Id="rId{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        );
        parts.push((format!("xl/worksheets/sheet{at}.xml"), format!(r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData>{after}</worksheet>"#)));
    }
    let kinds = ["styles", "sharedStrings"];
    for (at, kind) in kinds.iter().enumerate() {
        let _ = write!(
            rels,
            r#"<Relationship Id="rIdx{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{kind}.xml"/>"#
        );
    }
    book.push_str("</sheets></workbook>");
    rels.push_str("</Relationships>");
    let shared = format!(
        r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>"#
    );
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    workbook(&all)
}

fn text(place: &str, said: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>"#)
}

fn row(number: usize, cells: &[String]) -> String {
    format!(r#"<row r="{number}">{}</row>"#, cells.concat())
}

/// As Microsoft Forms writes it: times as numbers, a trailing `;`, and what sheets hold besides.
fn microsoft() -> Vec<u8> {
    let head: Vec<String> = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Account managers see usage&#160;without asking anyone.",
        "How often did an account worry you?\n",
        "Which tools do you use?",
        "Clients lost per year",
        "Anything else?",
        "Hours until an enquiry is answered",
    ]
    .iter()
    .enumerate()
    .map(|(at, said)| text(&format!("{}1", (b'A' + at as u8) as char), said))
    .collect();
    let number =
        |place: &str, style: usize, value: &str| format!(r#"<c r="{place}" s="{style}"><v>{value}</v></c>"#);
    let first = [
        number("A2", 0, "1"),
        number("B2", 1, "46000.5"),
        number("C2", 1, "46000.51"),
        text("D2", "ann@example.com"),
        text("E2", "Ann"),
        text("F2", "Mostly"),
        number("G2", 0, "3"),
        text("H2", "Spreadsheets, shared;A help desk; or two;"),
        number("I2", 2, "0.181"),
        text("J2", "two\nlines"),
        r#"<c r="K2"><f>1+0.5</f><v>1.5</v></c>"#.to_owned(),
    ];
    let second = [
        number("A3", 0, "2"),
        number("B3", 1, "46001.5"),
        number("C3", 1, "46001.51"),
        text("D3", "bob@example.com"),
        r#"<c r="F3" t="e"><v>#N/A</v></c>"#.to_owned(),
        text("XFD3", "stray"),
    ];
    sheets(&[("Form1", &(row(1, &head) + &row(2, &first) + &row(3, &second)), "")], "")
}

#[test]
fn a_workbook_is_read_with_its_dates_formulas_shares_and_errors() {
    let pack = pack();
    let read = read("forms.xlsx", &microsoft(), pack.pack(), None).unwrap();
    let told = told("forms.xlsx", &read, pack.pack());
    assert!(told.starts_with("forms.xlsx: Microsoft Forms (its head begins with `ID`, a start time and a completion time)\n  sheet `Form1`\n"), "{told}");
    assert!(
        told.contains(
            "\nann@example.com (Ann), 2025-12-09: usage-seen=4 worry=3 tools=[sheets, desk] comment=\"two\\nlines\" \
             churn_rate=18.1 hours=1.5"
        ),
        "{told}"
    );
    assert!(told.contains("  F3: `#N/A` is no answer to `usage-seen`\n"), "{told}");
}

fn refused(bytes: &[u8]) -> String {
    let started = std::time::Instant::now();
    let mut sources = Sources::default();
    let told = match open("forms.xlsx", bytes, None, &mut sources) {
        Ok(table) => format!("{} rows", table.grid.rows.len()),
        Err(fault) => show(&fault, &sources, false),
    };
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    told
}

#[test]
fn hostile_workbooks_are_told_and_never_unfold() {
    let bomb = workbook(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/media/x.bin", &vec![0; 150 * 1024 * 1024]),
    ]);
    assert!(bomb.len() < 1024 * 1024);
    assert_eq!(
        refused(&bomb),
        "error[K114]: `forms.xlsx` unpacks to more than 128 MB, which no form's export does\n |\n = help: save the sheet with the responses alone, as CSV (UTF-8)\n"
    );
    let entity =
        r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><sst>&c;</sst>"#;
    let external = r#"<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><sst/>"#;
    for part in [entity, external] {
        let book =
            workbook(&[("[Content_Types].xml", TYPES.as_bytes()), ("xl/sharedStrings.xml", part.as_bytes())]);
        assert_eq!(
            refused(&book),
            "error[K724]: `forms.xlsx` holds XML with declarations of its own, which no form tool writes\n |\n = help: open it in a spreadsheet program and save it again as .xlsx\n"
        );
    }
    let announced = r#"<sst uniqueCount="99999999999999"></sst>"#;
    let book = workbook(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("xl/sharedStrings.xml", announced.as_bytes()),
    ]);
    assert!(refused(&book).starts_with("error[K724]: `forms.xlsx` is no workbook that can be read\n"));
    let good = microsoft();
    assert!(
        refused(&good[..good.len() / 2])
            .starts_with("error[K724]: `forms.xlsx` is no workbook that can be read\n")
    );
    assert!(refused(b"a,b\n").starts_with("error[K724]: `forms.xlsx` is no workbook that can be read\n"));
    assert!(refused(b"\xd0\xcf\x11\xe0rest").contains("locked by a password"));
    let mut torn = good.clone();
    let middle = torn.len() / 2;
    torn[middle..middle + 40].fill(0xff);
    refused(&torn);
}

#[test]
fn of_several_sheets_one_is_named() {
    let filled = row(1, &[text("A1", "x")]);
    let two = sheets(&[("Form1", &filled, ""), ("Notes", &filled, "")], "");
    assert_eq!(
        refused(&two),
        "error[K724]: `forms.xlsx` holds several sheets, and nothing says which one is meant\n |\n = help: name one with `--sheet`: `Form1`, `Notes`\n"
    );
    let mut sources = Sources::default();
    let named = open("forms.xlsx", &two, Some("notes"), &mut sources).unwrap();
    assert_eq!(named.grid.sheet.as_deref(), Some("Notes"));
    let missing = open("forms.xlsx", &two, Some("Sheet3"), &mut sources).unwrap_err();
    assert_eq!(
        show(&missing, &sources, false),
        "error[K724]: `forms.xlsx` has no sheet `Sheet3`\n |\n = help: its sheets are `Form1`, `Notes`\n"
    );
    let one = sheets(&[("Form1", &filled, ""), ("Empty", "", "")], "");
    let found = open("forms.xlsx", &one, None, &mut sources).unwrap();
    assert_eq!((found.grid.sheet.as_deref(), found.grid.notes.len()), (Some("Form1"), 1));
    let broken = sheets(&[("Form1", "<row><c t=\"n\"><v>1</x></c></row>", "")], "");
    assert!(
        refused(&broken).starts_with("error[K724]: `forms.xlsx` has a sheet `Form1` that cannot be read\n"),
        "{}",
        refused(&broken)
    );
}

#[test]
fn merged_headings_stand_over_their_columns() {
    let pack = pack();
    let data = row(1, &[text("A1", "E-mail"), text("B1", "Please rate")])
        + &row(
            2,
            &[
                text("B2", "Account managers see usage without asking anyone."),
                text("C2", "How often did an account worry you?"),
            ],
        )
        + &row(3, &[text("A3", "ann@example.com"), text("B3", "fully"), text("C3", "Several days")]);
    let after = r#"<mergeCells count="1"><mergeCell ref="B1:C1"/></mergeCells>"#;
    let read = read("a.xlsx", &sheets(&[("S", &data, after)], ""), pack.pack(), None).unwrap();
    let told = told("a.xlsx", &read, pack.pack());
    assert!(told.contains("\nann@example.com (ann@example.com): usage-seen=5 worry=1\n"), "{told}");
}

#[test]
fn files_in_which_nobody_answers_are_told_by_every_command() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("rules/accounts")).unwrap();
    fs::copy(format!("{FOLDER}/pack.yaml"), path("rules/accounts/pack.yaml")).unwrap();
    fs::write(path("none.json"), "[]\n").unwrap();
    fs::write(path("page.csv"), "<!DOCTYPE html><html></html>\n").unwrap();
    let none = "error[K706]: no response stands in this list\n --> none.json:1:1\n  |\n1 | []\n  | ^^\n  |\n  \
                = help: export the responses again once somebody has answered\n\n1 error\n";
    for (file, expected) in
        [("none.json", none), ("page.csv", "error[K724]: `page.csv` is a web page, not a table\n")]
    {
        for args in
            [&["build", file][..], &["build", file, "--dry-run"], &["evaluate", file], &["explain", file]]
        {
            let (code, out, err) = kitwright(folder.path(), args);
            assert_eq!((code, out.as_str()), (2, ""), "{args:?}\n{err}");
            assert!(err.starts_with(expected), "{args:?}\n{err}");
        }
    }
}

#[test]
fn what_nobody_would_export_is_told_too() {
    let pack = pack();
    let wide = format!("{}\n{}\n", "h,".repeat(9_999), "1,".repeat(9_999));
    let long = format!("E-mail,Anything else?\na@b.c,\"{}\"\n", "<a".repeat(500_000));
    let many = format!("E-mail,Which tools do you use?\na@b.c,\"{}\"\n", "A CRM,x;".repeat(100_000));
    for export in [
        "",
        "\n\n",
        "\"",
        "\u{feff}",
        "a",
        "Timestamp",
        ",,,\n,,,\n",
        "\0\0\0\0",
        wide.as_str(),
        &long,
        &many,
    ] {
        let started = std::time::Instant::now();
        if let Ok(read) = read("a.csv", export.as_bytes(), pack.pack(), None) {
            let fitting = fit(&read.understood.file, pack.pack(), FitOptions::default(), &read.sources);
            fitting.outcomes().for_each(drop);
        }
        let took = started.elapsed();
        assert!(took.as_secs() < 60, "{took:?} for {:?}", &export.chars().take(40).collect::<String>());
    }
    assert!(pack.pack().questions.iter().any(|question| matches!(question.kind, QuestionKind::Many(_))));
}

#[test]
fn the_book_of_importing_is_true() {
    let book = fs::read_to_string("docs/importing.md").unwrap().replace("\r\n", "\n");
    let promise =
        fs::read_to_string(format!("{FOLDER}/google-forms.csv.promise")).unwrap().replace("\r\n", "\n");
    let screen = promise.split("\n\nAnn@").next().unwrap().trim_end();
    assert!(book.contains(&format!("```text\n{screen}\n```\n")), "docs/importing.md lacks:\n{screen}");
    let mapping = book.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut sources = Sources::default();
    let mut faults = Diagnostics::default();
    let id = sources.add("mapping.yaml", mapping);
    read_mapping(id, &sources, &mut faults);
    assert!(
        faults.is_empty(),
        "{}",
        faults.iter().map(|fault| show(fault, &sources, false)).collect::<String>()
    );
}

/// The binary in a folder of its own with the pack of the exports: exit code, standard output, standard error.
fn kitwright(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output =
        assert_cmd::Command::cargo_bin("kitwright").unwrap().current_dir(folder).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_dry_run_makes_nothing_and_a_mapping_is_written_once() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("rules/accounts")).unwrap();
    fs::copy(format!("{FOLDER}/pack.yaml"), path("rules/accounts/pack.yaml")).unwrap();
    fs::copy(format!("{FOLDER}/google-forms.csv"), path("form.csv")).unwrap();
    let run = |args: &[&str]| kitwright(folder.path(), args);

    let (code, out, err) = run(&["build", "form.csv", "--dry-run", "--write-mapping", "mapping.yaml"]);
    assert_eq!(code, 4, "{err}");
    assert!(out.starts_with("form.csv: Google Forms, responses downloaded from the form ("), "{out}");
    assert!(out.contains("  4 rows below the head: 2 respondents, 1 refused, 1 sent again\n"), "{out}");
    assert!(err.ends_with("1 of 3 respondents was refused\n"), "{err}");
    assert!(!path("output").exists());
    let mapping = fs::read_to_string(path("mapping.yaml")).unwrap();
    assert!(mapping.contains("  # - { for: usage-seen, typed: \"often\", means: \"\" }"), "{mapping}");

    for command in [&["--dry-run"][..], &[]] {
        let (code, out, err) =
            run(&[&["build", "form.csv", "--write-mapping", "mapping.yaml"], command].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        let told = "error[K722]: `mapping.yaml` is there already and may hold corrections\n";
        assert!(err.contains(told), "{err}");
    }
    let (code, _, err) = run(&["build", "form.csv", "--dry-run", "--write-mapping", "new/mapping.yaml"]);
    let told = "error[K722]: `new/mapping.yaml` cannot be written, as there is no folder `new`\n";
    assert!(code == 2 && err.starts_with(told), "{code} {err}");
    assert!(!path("new").exists());
    let more =
        "  - { for: usage-seen, typed: often, means: 4 }\n  - { for: tools, typed: A fax, means: \"\" }\n";
    fs::write(path("mapping.yaml"), mapping.replace("\nvalues:\n", &format!("\nvalues:\n{more}"))).unwrap();
    let (code, out, err) = run(&["build", "form.csv", "--mapping", "mapping.yaml", "--format", "md"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        err.contains("form.csv: Google Forms, responses downloaded from the form, 4 rows, 1 sent again"),
        "{err}"
    );

    let (code, out, err) = run(&["evaluate", "form.csv", "--format", "csv", "--columns", "respondent,fired"]);
    assert_eq!(
        (code, out.as_str()),
        (4, "respondent,fired\nAnn@example.com,\nbob@example.com,seldom\n"),
        "{err}"
    );
    assert!(
        err.contains("cell D5, `Account managers see usage without askin`: a whole number from 1 to 5"),
        "{err}"
    );
}
