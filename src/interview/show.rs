//! A question as a person reads it in a terminal.

use std::fmt::Write;

use super::Item;
use super::typed::{is_yes_no, numbered};
use crate::diag::in_lines;
use crate::markdown::plain;
use crate::model::{Metric, Number, Pack, Question, QuestionKind, Unit};

/// The question with what it takes; a line that the answer is typed behind comes last.
pub fn question(pack: &Pack, item: Item, progress: &str, present: &Option<String>) -> String {
    let mut out = String::new();
    match item {
        Item::Question(place) => {
            let question = &pack.questions[place];
            let area = question.area.map(|id| plain(&pack.area(id).title.plain()));
            let _ = writeln!(out, "\n{progress} · {}", area.unwrap_or_else(|| "About you".to_owned()));
            let _ = writeln!(out, "{}", in_lines(&plain(&question.text.plain()), WIDTH));
            takes(question).iter().for_each(|line| {
                let _ = writeln!(out, "  {line}");
            });
        }
        Item::Metric(place) => {
            let metric = &pack.metrics[place];
            let _ = writeln!(out, "\n{progress} · Figures");
            let title = format!("{}{}", plain(&metric.title.plain()), measured_in(metric));
            let _ = writeln!(out, "{}", in_lines(&title, WIDTH));
            let range =
                metric.range.as_ref().map_or_else(String::new, |(low, high)| format!(", {low} to {high}"));
            let _ = writeln!(out, "  a number{range}; empty where it is not known");
        }
    }
    if let Some(present) = present {
        let _ = writeln!(out, "  now: {present}; an empty line keeps it");
    }
    out.push_str("> ");
    out
}

/// Characters of a line: a narrow terminal's.
const WIDTH: usize = 78;

/// " (clients, per year)": what a number is taken to be.
fn measured_in(metric: &Metric) -> String {
    let unit = if metric.unit == Unit::Count { String::new() } else { metric.unit.name().to_owned() };
    match (unit.is_empty(), &metric.period) {
        (true, None) => String::new(),
        (false, None) => format!(" ({unit})"),
        (true, Some(period)) => format!(" (per {period})"),
        (false, Some(period)) => format!(" ({unit}, per {period})"),
    }
}

/// The answers that a question takes, a line each where they are many.
fn takes(question: &Question) -> Vec<String> {
    let kind = &question.kind;
    match kind {
        QuestionKind::Numbered { from, to, step, labels } if labels.is_empty() => vec![match step {
            Some(step) if *step == Number::one() => format!("{from} to {to}"),
            Some(step) => format!("{from} to {to} in steps of {step}"),
            None => format!("any number from {from} to {to}"),
        }],
        QuestionKind::Numbered { labels, .. } => labels
            .iter()
            .enumerate()
            .filter_map(|(place, label)| Some(format!("{} {label}", kind.step_at(place)?)))
            .collect(),
        QuestionKind::Number { unit, range } => {
            let unit = match unit {
                Unit::None | Unit::Count => String::new(),
                unit => format!(" in {}", unit.name()),
            };
            let range = range.as_ref().map_or_else(String::new, |(low, high)| format!(", {low} to {high}"));
            vec![format!("a number{unit}{range}")]
        }
        kind if is_yes_no(kind) => {
            let labels: Vec<&str> = kind.choices().iter().map(|choice| choice.label.as_str()).collect();
            vec![format!("{} (y or n)", labels.join(" or "))]
        }
        QuestionKind::Text => vec!["your own words, on one line".to_owned()],
        _ => {
            let several = matches!(kind, QuestionKind::Many(_));
            let mut lines: Vec<String> = kind
                .choices()
                .iter()
                .enumerate()
                .map(|(at, choice)| match numbered(kind, at) {
                    Some(number) => format!("{number} {}", choice.label),
                    None if choice.label == choice.id => choice.id.clone(),
                    None => format!("{}: {}", choice.id, choice.label),
                })
                .collect();
            if several {
                lines.push("as many as hold, with commas between; none where none does".to_owned());
            }
            lines
        }
    }
}

/// What can be typed beside an answer.
pub fn help(pack: &Pack, item: Item) -> String {
    let applies = match item {
        Item::Question(place) => pack.questions[place].not_applicable,
        Item::Metric(_) => false,
    };
    let mut lines = vec!["b  back to the one before", "s  skip it"];
    if matches!(item, Item::Question(_)) {
        lines.push("d  asked, and not known");
    }
    if applies {
        lines.push("n  does not apply");
    }
    lines.push("q  save and leave; the same command goes on here");
    lines.push("?  this help");
    lines.push(":b and so on, where the letter is itself an answer");
    lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
