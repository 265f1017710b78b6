//! The tools: each reads the form that was written for it, shows it to somebody, and writes its export.

use std::collections::HashMap;

use kitwright::form::Kind;
use kitwright::model::{Absence, Answer, Pack, QuestionKind, Respondent, Unit};
use kitwright::source::Sources;
use kitwright::tables::open;
use serde_json::{Map, Value, json};

use crate::people::is_scale;
use crate::{made, text};

/// Which of the choices shown somebody marks: places in the list.
fn marks(pack: &Pack, question: usize, answer: &Answer) -> Vec<usize> {
    let kind = &pack.questions[question].kind;
    let own = match kind {
        QuestionKind::Numbered { .. } => (0..).take_while(|place| kind.step_at(*place).is_some()).count(),
        kind => kind.choices().len(),
    };
    let says_none = kind
        .choices()
        .iter()
        .any(|choice| kitwright::import::is_none(&choice.id) || kitwright::import::is_none(&choice.label));
    let behind = own + usize::from(matches!(kind, QuestionKind::Many(_)) && !says_none);
    match answer {
        Answer::Number(value) => vec![kind.step_of(value).unwrap()],
        Answer::Option(at) => vec![*at],
        // Who marks nothing has skipped; "none of these" stands behind the options.
        Answer::Many(list) if list.is_empty() => vec![own],
        Answer::Many(list) => list.clone(),
        Answer::Absent(Absence::DontKnow) => vec![behind],
        Answer::Absent(Absence::NotApplicable) => vec![behind + 1],
        _ => Vec::new(),
    }
}

/// What is typed where no choices stand.
fn free(answer: &Answer) -> String {
    match answer {
        Answer::Number(value) => value.to_decimal(30),
        Answer::Text(text) => text.clone(),
        Answer::Absent(_) => String::new(),
        other => panic!("{other:?} cannot be typed"),
    }
}

fn measured(metric: usize, respondent: &Respondent) -> String {
    let given = respondent.metrics[metric].as_ref();
    given.map_or_else(String::new, |given| given.value.to_decimal(30))
}

/// On paper the sign stands behind the line, and goes along.
fn with_percent(text: String, unit: &Unit) -> String {
    if *unit == Unit::Percent && !text.is_empty() { text + "%" } else { text }
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn line(cells: &[String], sign: &str) -> String {
    cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(sign)
}

/// What a heading in brackets, or a name, belongs to.
enum Of {
    Name,
    Role,
    Question(usize),
    Metric(usize),
}

fn of(pack: &Pack, id: &str) -> Of {
    if let Some(place) = pack.questions.iter().position(|question| question.id == id) {
        return Of::Question(place);
    }
    match pack.metrics.iter().position(|metric| metric.id == id) {
        Some(place) => Of::Metric(place),
        None if id == "role" => Of::Role,
        None => Of::Name,
    }
}

/// Names are ids, but for what is put behind them.
fn of_name(pack: &Pack, name: &str) -> Of {
    if matches!(name, "name" | "team" | "role") {
        return of(pack, name);
    }
    of(pack, name.strip_suffix("__percent").or_else(|| name.strip_suffix('_')).unwrap_or(name))
}

/// Google Forms: the form's own download, or the linked sheet.
pub fn google(pack: &Pack, people: &[Respondent], sheet: bool) -> Vec<u8> {
    google_of(&text(pack, Kind::Google), pack, people, sheet)
}

/// The same of a script as it was written.
pub fn google_of(script: &str, pack: &Pack, people: &[Respondent], sheet: bool) -> Vec<u8> {
    let start = script.find("var FORM = ").unwrap() + "var FORM = ".len();
    let end = script.find(";\n\n// Whether Google asks").unwrap();
    let form: Value = serde_json::from_str(&script[start..end]).unwrap();
    let items: Vec<&Value> = form["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["items"].as_array().unwrap())
        .collect();
    let title = |item: &Value| item["title"].as_str().unwrap().to_owned();
    let mut head = vec!["Timestamp".to_owned()];
    head.extend(items.iter().map(|item| title(item)));
    let mut rows = vec![line(&head, ",")];
    for (at, person) in people.iter().enumerate() {
        let time = if sheet {
            format!("2026-03-01 10:0{at}:00")
        } else {
            format!("2026/03/01 10:0{at}:00 AM GMT+1")
        };
        let mut cells = vec![time];
        for item in &items {
            let title = title(item);
            let id = title.rsplit_once('[').map_or("", |(_, id)| id.trim_end_matches(']'));
            cells.push(match of(pack, id) {
                Of::Name if item["type"] == "line" => person.name.clone(),
                Of::Name | Of::Role => String::new(),
                Of::Metric(place) => measured(place, person),
                Of::Question(place) => {
                    let answer = &person.answers[place];
                    match item["choices"].as_array() {
                        Some(choices) => {
                            let marked = marks(pack, place, answer);
                            let marked: Vec<&str> =
                                marked.into_iter().map(|at| choices[at].as_str().unwrap()).collect();
                            marked.join(if sheet { ", " } else { ";" })
                        }
                        None if item["type"] == "scale" => {
                            assert!(is_scale(&pack.questions[place]));
                            match answer {
                                Answer::Number(value) => value.to_decimal(0),
                                _ => String::new(),
                            }
                        }
                        None => free(answer),
                    }
                }
            });
        }
        rows.push(line(&cells, ","));
    }
    (rows.join("\r\n") + "\r\n").into_bytes()
}

/// SurveyJS: an object a response, without keys for what was left open.
pub fn surveyjs(pack: &Pack, people: &[Respondent]) -> Vec<u8> {
    let survey: Value = serde_json::from_str(&text(pack, Kind::Surveyjs)).unwrap();
    let elements: Vec<&Value> = survey["pages"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|page| page["elements"].as_array().unwrap())
        .collect();
    let results: Vec<Value> = people
        .iter()
        .map(|person| {
            let mut out = Map::new();
            for element in &elements {
                let name = element["name"].as_str().unwrap();
                let number = element["inputType"] == "number";
                let as_number = |text: String| match number {
                    true => serde_json::from_str(&text).unwrap_or(Value::Null),
                    false => Value::from(text),
                };
                let value = match of_name(pack, name) {
                    Of::Name => Value::from(person.name.clone()),
                    Of::Role => Value::Null,
                    Of::Metric(place) => as_number(measured(place, person)),
                    Of::Question(place) => match element["choices"].as_array() {
                        Some(choices) => {
                            let marked = marks(pack, place, &person.answers[place]);
                            let marked: Vec<Value> =
                                marked.into_iter().map(|at| choices[at]["value"].clone()).collect();
                            match element["type"].as_str() {
                                Some("checkbox") if !marked.is_empty() => Value::from(marked),
                                _ => marked.into_iter().next().unwrap_or(Value::Null),
                            }
                        }
                        None => as_number(free(&person.answers[place])),
                    },
                };
                if !value.is_null() && value != json!("") {
                    out.insert(name.to_owned(), value);
                }
            }
            for value in survey["calculatedValues"].as_array().unwrap() {
                out.insert(value["name"].as_str().unwrap().to_owned(), json!(1));
            }
            Value::from(out)
        })
        .collect();
    serde_json::to_string_pretty(&results).unwrap().into_bytes()
}

/// The rows of a sheet of an XLSForm by their headings.
pub fn sheet(bytes: &[u8], name: &str) -> Vec<HashMap<String, String>> {
    let mut sources = Sources::default();
    let grid = open("form.xlsx", bytes, Some(name), &mut sources).map_err(|_| ()).unwrap().grid;
    let head: Vec<String> = grid.rows[0].cells.iter().map(|cell| grid.said(cell).to_owned()).collect();
    let named =
        |row| head.iter().enumerate().map(|(at, name)| (name.clone(), grid.at(row, at).to_owned())).collect();
    grid.rows[1..].iter().map(named).collect()
}

/// KoboToolbox and ODK Central, of one XLSForm.
pub fn xlsform(pack: &Pack, people: &[Respondent], kobo: bool) -> Vec<u8> {
    let bytes = made(pack, Kind::Xlsform).0;
    let survey = sheet(&bytes, "survey");
    let choices = sheet(&bytes, "choices");
    let options = |kind: &str| -> Vec<String> {
        let list = kind.split(' ').nth(1).unwrap_or_default();
        let own = choices.iter().filter(|row| row["list_name"] == list);
        own.map(|row| row["name"].clone()).collect()
    };
    let mut head: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<String>> = people.iter().map(|_| Vec::new()).collect();
    if !kobo {
        head.push("SubmissionDate".to_owned());
        rows.iter_mut().for_each(|row| row.push("2026-03-01T08:10:01.000Z".to_owned()));
    }
    let mut group: Vec<String> = Vec::new();
    for row in &survey {
        let (kind, name) = (row["type"].as_str(), row["name"].as_str());
        match kind {
            "begin_group" => {
                group.push(name.to_owned());
                continue;
            }
            "end_group" => {
                group.pop();
                continue;
            }
            _ => {}
        }
        let sign = if kobo { "/" } else { "-" };
        let path = group.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(sign);
        head.push(path.clone());
        let list = options(kind);
        let several = kind.starts_with("select_multiple");
        if several && kobo {
            head.extend(list.iter().map(|option| format!("{path}/{option}")));
        }
        for (person, cells) in people.iter().zip(&mut rows) {
            if matches!(kind, "start" | "end") {
                cells.push("2026-03-01T09:00:00.000+01:00".to_owned());
                continue;
            }
            match of_name(pack, name) {
                Of::Name => cells.push(person.name.clone()),
                Of::Role => cells.push(String::new()),
                Of::Metric(place) => cells.push(measured(place, person)),
                Of::Question(place) if kind.starts_with("select_") => {
                    let marked = marks(pack, place, &person.answers[place]);
                    let shown: Vec<&str> = marked.iter().map(|at| list[*at].as_str()).collect();
                    cells.push(shown.join(" "));
                    if several && kobo {
                        let flag = |at: usize| match (marked.is_empty(), marked.contains(&at)) {
                            (true, _) => "",
                            (false, true) => "1",
                            (false, false) => "0",
                        };
                        cells.extend((0..list.len()).map(|at| flag(at).to_owned()));
                    }
                }
                Of::Question(place) => cells.push(free(&person.answers[place])),
            }
        }
    }
    let (tail, sign): (&[&str], &str) = match kobo {
        true => (&["_id", "_uuid", "_submission_time", "_index"], ";"),
        false => (&["meta-instanceID", "KEY", "SubmitterName", "FormVersion"], ","),
    };
    head.extend(tail.iter().map(|name| (*name).to_owned()));
    for (at, row) in rows.iter_mut().enumerate() {
        let cells = match kobo {
            true => {
                [format!("{at}"), format!("uuid-{at}"), "2026-03-01T08:10:01".to_owned(), format!("{at}")]
            }
            false => [format!("uuid:{at}"), format!("uuid:{at}"), "me".to_owned(), "1.0.0".to_owned()],
        };
        row.extend(cells);
    }
    let lines: Vec<String> = std::iter::once(&head).chain(&rows).map(|row| line(row, sign)).collect();
    (lines.join("\n") + "\n").into_bytes()
}

/// The table that is typed from paper: what stands marked, by whom cannot say.
pub fn table(pack: &Pack, people: &[Respondent]) -> String {
    let head = text(pack, Kind::Csv);
    let mut out = head.clone();
    for (at, person) in people.iter().enumerate() {
        let cells: Vec<String> = head
            .trim_end()
            .split(',')
            .map(|heading| match (heading, of(pack, heading)) {
                ("respondent", _) => format!("sheet-{at}"),
                ("name", Of::Name) => person.name.clone(),
                ("date" | "team" | "role", Of::Name | Of::Role) => String::new(),
                (_, Of::Metric(place)) => with_percent(measured(place, person), &pack.metrics[place].unit),
                (_, Of::Question(place)) => {
                    let choices = pack.questions[place].kind.choices();
                    match &person.answers[place] {
                        Answer::Absent(Absence::Skipped) => String::new(),
                        Answer::Absent(absence) => absence.key().to_owned(),
                        Answer::Option(at) => choices[*at].label.clone(),
                        Answer::Many(list) if list.is_empty() => "none".to_owned(),
                        Answer::Many(list) => {
                            let ids: Vec<&str> = list.iter().map(|at| choices[*at].id.as_str()).collect();
                            ids.join(";")
                        }
                        other => match &pack.questions[place].kind {
                            QuestionKind::Number { unit, .. } => with_percent(free(other), unit),
                            _ => free(other),
                        },
                    }
                }
                (other, _) => panic!("{other} is a heading of nothing"),
            })
            .collect();
        out += &(line(&cells, ",") + "\r\n");
    }
    out
}
