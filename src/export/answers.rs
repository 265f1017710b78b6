//! A respondent as an answers file: what was read can be written, and reading it again gives the same.

use std::fmt::Write;

use crate::model::{Absence, Answer, Measured, Metric, Number, Pack, Question, Respondent, Unit};
use crate::yaml::{in_quotes, scalar};

/// An answers file in YAML. `about` stands at its top as a comment.
///
/// Numbers are written with at most fifteen decimals; a text stands in double quotes.
pub fn answers_file(pack: &Pack, respondent: &Respondent, about: &str) -> String {
    write_file(pack, respondent, about, &|place| respondent.metrics[place].is_some(), &|_| true)
}

/// The same with only these questions and metrics, by their places: what was asked so far. A metric that is asked and
/// not known stands there without a value.
pub fn answers_so_far(
    pack: &Pack,
    respondent: &Respondent,
    about: &str,
    questions: &[bool],
    metrics: &[bool],
) -> String {
    write_file(pack, respondent, about, &|place| metrics[place], &|place| questions[place])
}

type Wanted<'w> = dyn Fn(usize) -> bool + 'w;

fn write_file(
    pack: &Pack,
    respondent: &Respondent,
    about: &str,
    metrics: &Wanted<'_>,
    questions: &Wanted<'_>,
) -> String {
    let mut out = String::new();
    for line in about.lines() {
        let _ = writeln!(out, "# {line}");
    }
    let _ = writeln!(out, "respondent: {}", scalar(&respondent.id));
    if respondent.name != respondent.id {
        let _ = writeln!(out, "name: {}", in_quotes(&respondent.name));
    }
    let _ = writeln!(out, "pack: {}", pack.id);
    if let Some(date) = respondent.date {
        let _ = writeln!(out, "date: {date}");
    }
    if let Some(language) = &respondent.language {
        let _ = writeln!(out, "language: {}", in_quotes(language));
    }
    body(&mut out, pack, respondent, "", metrics, questions);
    if !respondent.rounds.is_empty() {
        out.push_str("rounds:\n");
        for round in &respondent.rounds {
            let date = round.date.map_or_else(String::new, |date| date.to_string());
            let _ = writeln!(out, "  - date: {date}");
            let given = |place: usize| round.metrics[place].is_some();
            body(&mut out, pack, round, "    ", &given, &|_| true);
        }
    }
    if !respondent.extra.is_empty() {
        let extra = serde_json::Value::Object(respondent.extra.clone());
        let _ = writeln!(out, "extra: {extra}");
    }
    out
}

fn body(
    out: &mut String,
    pack: &Pack,
    respondent: &Respondent,
    indent: &str,
    metrics: &Wanted<'_>,
    questions: &Wanted<'_>,
) {
    let voiced = |place: usize| {
        respondent
            .voices
            .iter()
            .any(|voice| voice.answers.get(place).is_some_and(|answer| *answer != NOT_ASKED))
    };
    let _ = writeln!(out, "{indent}answers:");
    for (place, (question, answer)) in pack.questions.iter().zip(&respondent.answers).enumerate() {
        if !voiced(place) && questions(place) {
            let _ = writeln!(out, "{indent}  {}: {}", question.id, written(question, answer));
        }
    }
    let listed = || (0..pack.metrics.len()).filter(|place| metrics(*place));
    if listed().next().is_some() {
        let _ = writeln!(out, "{indent}metrics:");
        for place in listed() {
            let metric = &pack.metrics[place];
            let value = respondent.metrics[place].as_ref();
            let value = value.map_or_else(String::new, |given| format!(" {}", measured(metric, given)));
            let _ = writeln!(out, "{indent}  {}:{value}", metric.id);
        }
    }
    if !respondent.voices.is_empty() {
        let _ = writeln!(out, "{indent}voices:");
        for voice in &respondent.voices {
            let said = pack.questions.iter().zip(&voice.answers).filter(|(_, answer)| **answer != NOT_ASKED);
            let said: Vec<String> = said
                .map(|(question, answer)| format!("{}: {}", question.id, written(question, answer)))
                .collect();
            let _ = writeln!(
                out,
                "{indent}  - {{ role: {}, answers: {{ {} }} }}",
                in_quotes(&voice.role),
                said.join(", ")
            );
        }
    }
}

const NOT_ASKED: Answer = Answer::Absent(Absence::NotAsked);

fn written(question: &Question, answer: &Answer) -> String {
    let choices = question.kind.choices();
    let id = |at: &usize| choices.get(*at).map_or_else(String::new, |choice| in_quotes(&choice.id));
    match answer {
        Answer::Number(value) => decimal(value),
        Answer::Option(option) => id(option),
        Answer::Many(options) => format!("[{}]", options.iter().map(id).collect::<Vec<_>>().join(", ")),
        Answer::Text(text) => in_quotes(text),
        Answer::Absent(absence) => absence.key().to_owned(),
    }
}

/// With its percent sign, since a bare share of one may be taken for a slip; anything else in its own unit.
fn measured(metric: &Metric, given: &Measured) -> String {
    let value = decimal(&given.value);
    if metric.unit == Unit::Percent { format!("{value}%") } else { value }
}

fn decimal(value: &Number) -> String {
    value.to_decimal(15)
}
