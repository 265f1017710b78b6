//! A script for Google Apps Script that builds the whole form: what it asks stands at its top as data, what builds it below.

use serde_json::{Map, Value, json};

use super::items::shown;
use super::phrase::only_if;
use super::plan::{About, Entry, Form, Item, Offer, Says};
use crate::import::{reads_as, with_id};
use crate::model::{Question, QuestionKind};

/// What builds a form of the data above it.
const BUILDER: &str = include_str!("google.gs");

/// The script.
pub fn google(form: &Form<'_>, notes: &mut Vec<String>) -> String {
    let sections: Vec<Value> = form
        .sections
        .iter()
        .map(|section| {
            let items: Vec<Value> = section.items.iter().map(|item| element(form, item, notes)).collect();
            let help = section.help.as_ref().map_or("", |help| help[0].as_str());
            json!({ "title": section.title[0], "help": help, "items": items })
        })
        .collect();
    let data = json!({
        "title": form.title,
        "help": form.words[0].page_intro,
        "sections": sections,
    });
    let data = serde_json::to_string_pretty(&data).unwrap_or_default();
    // Line ends inside strings that older engines take for ends of the line.
    let data = data.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    BUILDER.replacen("{}; // the questions", &format!("{data};"), 1)
}

fn element(form: &Form<'_>, item: &Item, notes: &mut Vec<String>) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    let own = match item.about {
        About::Question(_) | About::Metric(_) => format!("{} [{}]", item.title[0], item.id),
        About::Name | About::Team | About::Role => item.title[0].clone(),
    };
    put("title", own.into());
    let mut help: Vec<String> = item.help.iter().map(|help| help[0].clone()).collect();
    if !item.roles.is_empty() {
        help.push(format!("{}: {}.", form.words[0].asked_of, item.roles.join(", ")));
        notes.push(format!(
            "`{}` is put to {} only; Google Forms shows it to everybody, and its help text says so",
            item.id,
            item.roles.join(", ")
        ));
    }
    if let Some(condition) = only_if(form, item) {
        help.push(condition);
        notes.push(format!(
            "`{}` is asked of some only; Google Forms shows it to everybody, and its help text says so",
            item.id
        ));
    }
    match &item.entry {
        Entry::Choices { choices, several } => {
            let question = match item.about {
                About::Question(place) => Some(&form.pack.questions[place]),
                _ => None,
            };
            if let Some((low, high)) = question.and_then(bounds) {
                put("type", "scale".into());
                put("low", low.into());
                put("high", high.into());
                help.push(form.words[0].leave_open.to_owned());
            } else {
                put("type", if *several { "checkboxes" } else { "choice" }.into());
                let shown = labels(question, choices, *several);
                put("choices", shown.into());
            }
        }
        Entry::Number { range, .. } => {
            put("type", "number".into());
            if let Some((low, high)) = range {
                put("low", low.to_f64().into());
                put("high", high.to_f64().into());
            }
        }
        Entry::Line => put("type", "line".into()),
        Entry::Lines => put("type", "lines".into()),
    }
    put("help", help.join(" ").into());
    put("required", item.required.into());
    out.into()
}

/// The ends of a scale without labels, where Google Forms has such a scale; it cannot offer "not applicable".
fn bounds(question: &Question) -> Option<(i64, i64)> {
    let QuestionKind::Numbered { from, to, step: Some(step), labels } = &question.kind else { return None };
    let whole = |number| shown(number).parse::<i64>().ok();
    let (low, high) = (whole(from)?, whole(to)?);
    let has = labels.is_empty() && whole(step)? == 1 && !question.not_applicable;
    (has && (0..=1).contains(&low) && (3..=10).contains(&high)).then_some((low, high))
}

/// The choices as they are read: by their labels, as far as an import understands each of them by itself and, where several
/// may stand in one cell, beside the others.
pub fn labels(question: Option<&Question>, choices: &[Offer], several: bool) -> Vec<String> {
    let Some(question) = question else {
        return choices.iter().map(|choice| choice.label[0].clone()).collect();
    };
    let mut out: Vec<String> = Vec::new();
    for choice in choices {
        let label = tidied(&choice.label[0]);
        let ways = match choice.kind {
            Says::None | Says::Absent(_) => vec![label.clone()],
            Says::Step => vec![label.clone(), format!("{} - {label}", choice.value)],
            Says::Option => vec![label.clone(), with_id(&label, &choice.value)],
        };
        let good = |way: &&String| {
            let reads = match choice.kind {
                Says::None => true,
                _ => reads_as(question, way).as_deref() == Some(choice.value.as_str()),
            };
            reads && !out.contains(way) && !(several && (is_part(way, choices) || pieces(way).contains(&"")))
        };
        let shown = ways.iter().find(good).unwrap_or(&choice.value).clone();
        out.push(shown);
    }
    out
}

/// Whether a label is a part of another one that is read as a whole where all its parts stand side by side.
fn is_part(label: &str, choices: &[Offer]) -> bool {
    let labels = choices.iter().flat_map(|choice| &choice.label);
    let same = |piece: &&str| piece.eq_ignore_ascii_case(label.trim());
    labels.map(|label| pieces(label)).any(|all| all.len() > 1 && all.iter().any(same))
}

/// The parts of a label between signs that may stand between choices.
fn pieces(label: &str) -> Vec<&str> {
    label.split([',', ';', '/', '|']).map(str::trim).collect()
}

fn tidied(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
