//! Tables in CSV.

use crate::answers::support::{answer, csv, metric_of, pack, run};
use crate::answers::{Kind, ReadOptions, SeenIds, read};
use crate::diag::show;
use crate::model::{Absence, Answer, Number, Respondent};
use crate::source::Sources;

fn number(value: i64) -> Answer {
    Answer::Number(Number::from(value))
}

fn fits(outcomes: Vec<Result<Respondent, String>>) -> Vec<Respondent> {
    outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|told| panic!("{told}"))).collect()
}

#[test]
fn a_row_is_a_respondent() {
    let text = "\u{feff}respondent,Name,date,TARGET,help,churn_rate,comment,team,x-note\r\n\
                a,\"Smith, \"\"Al\"\"\",2026-03-01,fully,\"the CRM;a help desk; or two\",18.1%,\"two\r\nlines\",north,1\r\n\
                ,,,,,,,,\r\n\r\n\
                b,,,,crm,,,,\r\n";
    let (file, outcomes) = csv(text);
    assert_eq!(file, "");
    let respondents = fits(outcomes);
    assert_eq!(respondents.len(), 2);
    let (a, b) = (&respondents[0], &respondents[1]);
    assert_eq!((a.name.as_str(), b.name.as_str()), ("Smith, \"Al\"", "b"));
    assert_eq!(a.date.unwrap().to_string(), "2026-03-01");
    assert_eq!(answer(a, "target"), &number(5));
    assert_eq!(answer(a, "help"), &Answer::Many(vec![0, 1]));
    assert_eq!(answer(a, "comment"), &Answer::Text("two\nlines".to_owned()));
    assert_eq!(metric_of(a, "churn_rate"), Some(("18.1".to_owned(), "0.1".to_owned())));
    assert_eq!(serde_json::to_string(&a.extra).unwrap(), r#"{"team":"north"}"#);
    assert_eq!(serde_json::to_string(&b.extra).unwrap(), r#"{"team":null}"#);
    assert_eq!(answer(b, "target"), &Answer::Absent(Absence::Skipped));
    assert_eq!(answer(b, "months"), &Answer::Absent(Absence::NotAsked));
    assert_eq!(answer(b, "help"), &Answer::Many(vec![0]));
}

#[test]
fn rows_of_a_team_are_its_voices() {
    let text = "id,team,role,name,target,months,churn_rate\n\
                1,North,Manager,Ann,5,3,18%\n\
                2,North,rep,Bob,2,,\n\
                3,South,rep,Cy,,,\n\
                4,North,rep,Di,,,18\n\
                5,,,Ed,4,,\n";
    let (file, outcomes) = csv(text);
    assert_eq!(file, "");
    let respondents = fits(outcomes);
    let ids: Vec<(&str, &str)> =
        respondents.iter().map(|respondent| (respondent.id.as_str(), respondent.name.as_str())).collect();
    assert_eq!(ids, [("North", "North"), ("South", "South"), ("5", "Ed")]);
    let north = &respondents[0];
    let roles: Vec<&str> = north.voices.iter().map(|voice| voice.role.as_str()).collect();
    assert_eq!(roles, ["manager", "rep", "rep"]);
    let said = |voice: usize, id: &str| {
        let at = pack().questions.iter().position(|question| question.id == id).unwrap();
        north.voices[voice].answers[at].clone()
    };
    assert_eq!(said(0, "target"), number(5));
    assert_eq!(said(1, "target"), number(2));
    assert_eq!(said(2, "target"), Answer::Absent(Absence::Skipped));
    assert_eq!(said(0, "months"), number(3));
    // Not put to a role by the pack, so that an empty cell says nothing.
    assert_eq!(said(1, "months"), Answer::Absent(Absence::NotAsked));
    assert_eq!(answer(north, "target"), &Answer::Absent(Absence::NotAsked));
    assert_eq!(answer(north, "paid"), &Answer::Absent(Absence::NotAsked));
    assert_eq!(metric_of(north, "churn_rate"), Some(("18".to_owned(), "1".to_owned())));
    assert_eq!(answer(&respondents[2], "target"), &number(4));
    assert_eq!(respondents[2].voices, []);
}

#[test]
fn a_fault_refuses_its_row_alone() {
    let text = "id,target,often,help,clients_lost\n\
                a,3,monthly,,29\n\
                b,9,montly,crm;desks,\"1,234\"\n\
                a,3,,,\n\
                c,3\n\
                ,3,,,\n\
                d,\"3,,,\n\
                e,\"3\"4,,,\n\
                f,3,,,\n";
    let (file, outcomes) = csv(text);
    assert_eq!(file, "");
    let fitting: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
    assert_eq!(fitting, [true, false, false, false, false, false, false, true]);
    let told: Vec<String> = outcomes.into_iter().filter_map(Result::err).collect();
    let expected = [
        r#"error[K702]: `9` is no answer to `target`
 --> a.csv:3:3
  |
3 | b,9,montly,crm;desks,"1,234"
  |   ^ a whole number from 1 to 5, or its label, is wanted here
  |
  = help: permitted: 1 `not at all`, 2 `a little`, 3 `partly`, 4 `mostly`, 5 `fully`

error[K702]: `montly` is no answer to `often`
 --> a.csv:3:5
  |
3 | b,9,montly,crm;desks,"1,234"
  |     ^^^^^^ one of its options is wanted here
  |
  = help: did you mean `monthly` or `monatlich`?
  = help: permitted: `never`, `yearly`, `monthly` (every month)

error[K702]: `desks` is no answer to `help`
 --> a.csv:3:16
  |
3 | b,9,montly,crm;desks,"1,234"
  |                ^^^^^ one of its options, or several, are wanted here
  |
  = help: did you mean `desk` or `desk-only`?
  = help: permitted: `crm` (the CRM), `desk` (a help desk; or two), `desk-only` (a help desk)

error[K210]: `1,234` can be read in two ways
 --> a.csv:3:22
  |
3 | b,9,montly,crm;desks,"1,234"
  |                      ^^^^^^^ a number is written with digits and at most one point
  |
  = help: write `1234` or `1.234`
"#,
        r#"error[K705]: `a` stands here twice
 --> a.csv:4:1
  |
2 | a,3,monthly,,29
  | - the first one
3 | b,9,montly,crm;desks,"1,234"
4 | a,3,,,
  | ^ the second one
  |
  = help: give each respondent an id of their own, or take one of the two out
"#,
        r#"error[K708]: this row has 2 cells, the head has 5 cells
 --> a.csv:5:1
  |
5 | c,3
  | ^^^
  |
  = help: every row has a cell for each column, empty ones included
"#,
        r#"error[K706]: this respondent has no id
 --> a.csv:6:1
  |
6 | ,3,,,
  | ^ an id is wanted here
  |
  = help: an id names the respondent's rows and files: a short name or number will do
"#,
        r#"error[K708]: this quote is not closed
 --> a.csv:7:3
  |
7 | d,"3,,,
  |   ^^^^^ begins here
  |
  = help: put a `"` behind the cell's text; a quote inside the text is written twice: `""`
"#,
        r#"error[K708]: text goes on behind a closing quote
 --> a.csv:8:3
  |
8 | e,"3"4,,,
  |   ^^^ the quotation ends here
  |
  = help: put the whole cell in quotes; a quote inside the text is written twice: `""`
"#,
    ];
    assert_eq!(told, expected);
}

#[test]
fn places_hold_behind_cells_of_several_lines() {
    let (_, outcomes) = csv("id,comment,target\na,\"one\ntwo\",3\nb,\"é\n\"\"x\"\"\",9\nc,,9\n");
    let told: Vec<String> = outcomes.into_iter().filter_map(Result::err).collect();
    assert!(told[0].contains(" --> a.csv:5:8\n"), "{}", told[0]);
    assert!(told[1].contains(" --> a.csv:6:4\n"), "{}", told[1]);
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_does() {
    let mut sources = Sources::default();
    let id = sources.add("a.csv", "\nid,target\r\na,\"1\n\"\n\r\n,,\nb,1\n");
    let raw = read(id, Kind::Csv, &ReadOptions::default(), &sources);
    let at: Vec<String> = raw.respondents.iter().map(|respondent| respondent.at.to_string()).collect();
    assert_eq!(at, ["row 3", "row 6"]);
    assert_eq!(raw.id_column(), Some("id"));
}

#[test]
fn faults_of_the_head_are_those_of_the_file() {
    for (text, expected) in [
        (
            "id,target,,Target,targt,size\na,3,,,,\n",
            r#"error[K707]: column 3 has no name
 --> a.csv:1:11
  |
1 | id,target,,Target,targt,size
  |           ^ an empty cell in the head
  |
  = help: name the column, or take it out

error[K707]: `Target` stands in the head twice
 --> a.csv:1:12
  |
1 | id,target,,Target,targt,size
  |    ------  ^^^^^^ the second one
  |    |
  |    the first one
  |
  = help: keep one of the two columns

warning[K712]: `targt` is neither a question nor a metric of the pack `small`
 --> a.csv:1:19
  |
1 | id,target,,Target,targt,size
  |                   ^^^^^ kept as extra
  |
  = help: did you mean `target`?

warning[K712]: `size` is neither a question nor a metric of the pack `small`
 --> a.csv:1:25
  |
1 | id,target,,Target,targt,size
  |                         ^^^^ kept as extra
"#,
        ),
        (
            "id;target\na;3\n",
            r#"error[K707]: this head has one column, with semicolons in it
 --> a.csv:1:1
  |
1 | id;target
  | ^^^^^^^^^ commas are wanted between the cells
  |
  = help: save the table with commas between the cells
"#,
        ),
        (
            "target,id\n3,a\n",
            r#"error[K707]: the first column holds `target`, where ids of respondents are wanted
 --> a.csv:1:1
  |
1 | target,id
  | ^^^^^^
  |
  = help: put a column with ids first, or name the one that holds them with `--id`

warning[K712]: `id` is neither a question nor a metric of the pack `small`
 --> a.csv:1:8
  |
1 | target,id
  |        ^^ kept as extra
"#,
        ),
        (
            "id,mood\na,3\n",
            r#"error[K723]: no column of this table is a question or a metric of the pack `small`
 --> a.csv:1:1
  |
1 | id,mood
  | ^^^^^^^ the head of the table
  |
  = help: give the head one line with ids of the pack, and nothing above it, or name the pack that was answered with `--pack`

warning[K712]: `mood` is neither a question nor a metric of the pack `small`
 --> a.csv:1:4
  |
1 | id,mood
  |    ^^^^ kept as extra
"#,
        ),
        (
            "\n\n",
            "error[K707]: this table is empty\n --> a.csv:1:1\n  |\n1 |\n  | ^\n  |\n  = help: the first row names the columns: `respondent`, then ids of questions and metrics\n",
        ),
        (
            "id,target\n",
            "error[K706]: no respondent stands below this head\n --> a.csv:1:1\n  |\n1 | id,target\n  | ^^^^^^^^^\n  |\n  = help: write one row a respondent\n",
        ),
    ] {
        assert_eq!(csv(text).0, expected);
    }
}

#[test]
fn the_column_of_ids_may_be_named() {
    let options = |name: &str| ReadOptions { id_column: Some(name.to_owned()) };
    let (file, outcomes) = run(Kind::Csv, "target,E-Mail\n3,a@example.com\n", &options("e-mail"));
    assert_eq!(file, "");
    assert_eq!(fits(outcomes)[0].id, "a@example.com");
    let (file, _) = run(Kind::Csv, "target,mail\n3,a\n", &options("email"));
    assert_eq!(
        file,
        "error[K707]: no column is called `email`, which was to hold the ids\n --> a.csv:1:1\n  |\n1 | target,mail\n  | ^^^^^^^^^^^\n  |\n  = help: did you mean `mail`?\n"
    );
}

#[test]
fn rows_of_one_team_must_agree() {
    let (_, outcomes) = csv("id,role,target,churn_rate\na,manager,3,10\na,rep,4,12\na,,5,\na,,2,\n");
    assert_eq!(outcomes.len(), 1);
    assert_eq!(
        outcomes[0].as_ref().unwrap_err(),
        r#"error[K715]: `target` is answered both by the respondent and by a voice
 --> a.csv:2:11
  |
2 | a,manager,3,10
  |           ^ the answer of a voice
3 | a,rep,4,12
4 | a,,5,
  |    - the respondent's
  |
  = help: keep one of the two

error[K703]: two rows give `churn_rate` different values
 --> a.csv:3:9
  |
2 | a,manager,3,10
  |             -- the first one
3 | a,rep,4,12
  |         ^^ the second one
  |
  = help: a metric belongs to the whole team: keep one of the two

error[K705]: `a` stands here twice
 --> a.csv:5:1
  |
4 | a,,5,
  | - the first one
5 | a,,2,
  | ^ the second one
  |
  = help: give each respondent an id of their own, or take one of the two out
  = help: or say in `role` who speaks in each row
"#
    );
}

#[test]
fn one_id_in_two_files_is_told() {
    let mut sources = Sources::default();
    let first = sources.add("a.csv", "id,target\na,1\n");
    let second = sources.add("b.csv", "id,target\nb,1\na,2\n");
    let mut seen = SeenIds::default();
    let mut told = String::new();
    for file in [first, second] {
        for raw in read(file, Kind::Csv, &ReadOptions::default(), &sources).respondents {
            if let Err(fault) = seen.note(raw.id.as_deref().unwrap(), raw.span, &sources) {
                told.push_str(&show(&fault, &sources, false));
            }
        }
    }
    assert_eq!(
        told,
        "error[K705]: `a` stands in `a.csv` already\n --> b.csv:3:1\n  |\n3 | a,2\n  | ^ the second one\n  |\n  = note: a.csv:2:1 the first one\n  = help: give each respondent an id of their own, or take one of the two out\n"
    );
}
