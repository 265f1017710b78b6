//! A pack as an answers file to fill in: each question's text and permitted answers stand as comments.

use std::fmt::Write;

use crate::model::{Number, Pack, Question, QuestionKind};
use crate::pack::print;

/// An answers file in which every answer is still empty: valid as it stands, everything skipped.
pub fn blank_answers(pack: &Pack) -> String {
    let mut out = format!(
        "# Answers to \"{}\". Fill in what is known and leave the rest empty: an empty answer is skipped.\n\
         # Where somebody was asked and does not know, write dont_know; where it does not apply, not_applicable.\n\
         respondent: my-team        # names the files that are made\n\
         name: My team\n\
         pack: {}\n\
         date:                      # the day of the answers, such as 2026-03-01\n\n\
         answers:\n",
        pack.title.plain(),
        pack.id,
    );
    let with_voices = |question: &&Question| !question.voices.is_empty();
    for (place, area) in pack.areas.iter().enumerate() {
        let _ = writeln!(out, "\n  # {}", area.title.plain());
        let own = pack.questions.iter().filter(|question| question.area.is_some_and(|id| id.0 == place));
        own.for_each(|question| push_question(&mut out, pack, question));
    }
    let loose: Vec<&Question> = pack.questions.iter().filter(|question| question.area.is_none()).collect();
    if !loose.is_empty() {
        out.push_str("\n  # About you\n");
        loose.into_iter().for_each(|question| push_question(&mut out, pack, question));
    }
    if !pack.metrics.is_empty() {
        out.push_str("\n# Measured numbers. A bare number is in the unit named; what has a formula may be given itself instead of its parts.\nmetrics:\n");
        for metric in &pack.metrics {
            let unit = match metric.unit.name() {
                "" => String::new(),
                unit => format!(", in {unit}"),
            };
            let formula =
                if metric.formula.is_some() { ", worked out where its parts are given" } else { "" };
            let _ = writeln!(out, "  {}:   # {}{unit}{formula}", metric.id, one_line(&metric.title.plain()));
        }
    }
    let asked: Vec<&Question> = pack.questions.iter().filter(with_voices).collect();
    if let Some(first) = asked.first() {
        let _ = write!(
            out,
            "\n# Several people may answer for one team: take the question out of answers above and put it here instead.\n\
             # voices:\n#   - {{ role: {}, answers: {{ {}: }} }}\n",
            first.voices.first().map_or("manager", String::as_str),
            first.id,
        );
    }
    out
}

fn push_question(out: &mut String, pack: &Pack, question: &Question) {
    let _ = writeln!(out, "  # {}", one_line(&question.text.plain()));
    for line in permitted(question) {
        let _ = writeln!(out, "  #   {line}");
    }
    if let Some(ask_if) = &question.ask_if {
        let when = print::line(&ask_if.when, pack);
        let when = when.map_or_else(|| "of some only".to_owned(), |when| format!("only where {when}"));
        let _ = writeln!(out, "  #   asked {when}; else leave it empty");
    }
    let _ = writeln!(out, "  {}:", question.id);
}

/// The answers that a question takes, a line each, or a few short ones on one line.
fn permitted(question: &Question) -> Vec<String> {
    let choices = question.kind.choices();
    match &question.kind {
        QuestionKind::Numbered { from, to, step, labels } if labels.is_empty() => vec![match step {
            Some(step) if *step == Number::one() => format!("{from} to {to}"),
            Some(step) => format!("{from} to {to} in steps of {step}"),
            None => format!("any number from {from} to {to}"),
        }],
        kind @ QuestionKind::Numbered { labels, .. } => labels
            .iter()
            .enumerate()
            .filter_map(|(place, label)| Some(format!("{} {label}", kind.step_at(place)?)))
            .collect(),
        QuestionKind::Number { unit, .. } => match unit.name() {
            "" => vec!["a number".to_owned()],
            unit => vec![format!("a number, in {unit}")],
        },
        QuestionKind::Text => vec!["your own words".to_owned()],
        _ if choices.iter().all(|choice| choice.label == choice.id && choice.value.is_none()) => {
            let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
            let many = matches!(question.kind, QuestionKind::Many(_));
            vec![if many { format!("any of [{}]", ids.join(", ")) } else { ids.join(" | ") }]
        }
        _ => choices
            .iter()
            .map(|choice| {
                let number = choice.value.as_ref().map_or_else(String::new, |value| format!(" or {value}"));
                let label = if choice.label == choice.id { "" } else { choice.label.as_str() };
                format!("{}{number}{}{label}", choice.id, if label.is_empty() { "" } else { ": " })
            })
            .collect(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
