//! A small pack, built by hand, and answers read against it.

use super::{FitOptions, Kind, Outcome, ReadOptions, fit, read};
use crate::diag::{Diagnostics, show_all};
use crate::model::*;
use crate::source::{SourceId, Sources, Span};

fn nowhere() -> Span {
    Span::new(SourceId(0), 0..0)
}

fn prose(text: &str) -> Prose {
    Prose { parts: vec![ProsePart::Text(text.to_owned())], span: nowhere() }
}

fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

fn choices(list: &[(&str, &str, &str)]) -> Vec<Choice> {
    let choice = |(at, (id, label, german)): (usize, &(&str, &str, &str))| Choice {
        id: (*id).to_owned(),
        label: if label.is_empty() { (*id).to_owned() } else { (*label).to_owned() },
        translations: if german.is_empty() { vec![] } else { vec![("de".to_owned(), (*german).to_owned())] },
        points: Number::from(at * 50),
        value: None,
    };
    list.iter().enumerate().map(choice).collect()
}

fn question(id: &str, kind: QuestionKind) -> Question {
    Question {
        id: id.to_owned(),
        text: prose(id),
        short: None,
        kind,
        area: None,
        weight: Number::one(),
        reverse: false,
        voices: Vec::new(),
        not_applicable: false,
        changeable: true,
        ask_if: None,
        span: nowhere(),
    }
}

fn metric(id: &str, unit: Unit, range: Option<(&str, &str)>) -> Metric {
    Metric {
        id: id.to_owned(),
        title: prose(id),
        short: None,
        unit,
        period: None,
        range: range.map(|(low, high)| (number(low), number(high))),
        reach: None,
        better: Better::Higher,
        changeable: true,
        formula: None,
        valid_if: None,
        round: None,
        bands: Vec::new(),
        points: Vec::new(),
        span: nowhere(),
    }
}

/// Every kind of question, and metrics of a few units.
pub fn pack() -> Pack {
    let labels = ["not at all", "a little", "partly", "mostly", "fully"];
    let numbered = |from: &str, to: &str, labels: &[&str]| QuestionKind::Numbered {
        from: number(from),
        to: number(to),
        step: Some(Number::one()),
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
    };
    let stepped = |from: &str, to: &str, step: Option<&str>| QuestionKind::Numbered {
        from: number(from),
        to: number(to),
        step: step.map(number),
        labels: Vec::new(),
    };
    let mut coded = choices(&[("low", "", ""), ("mid", "so so", ""), ("top", "", "")]);
    for (choice, value) in coded.iter_mut().zip(["1", "2", "2.5"]) {
        choice.value = Some(number(value));
    }
    let often = choices(&[("never", "", "nie"), ("yearly", "", ""), ("monthly", "every month", "monatlich")]);
    let yes_no = choices(&[("yes", "", ""), ("no", "", "")]);
    let help = choices(&[
        ("crm", "the CRM", ""),
        ("desk", "a help desk; or two", ""),
        ("desk-only", "a help desk", ""),
    ]);
    let voiced = |id: &str| Question {
        voices: vec!["manager".to_owned(), "rep".to_owned()],
        ..question(id, numbered("1", "5", &labels))
    };
    let unit = |name: &str| Unit::Declared(name.to_owned());
    Pack {
        id: "small".to_owned(),
        version: "1.0.0".to_owned(),
        title: prose("Small"),
        language: "en".to_owned(),
        units: vec!["clients".to_owned()],
        words: Vec::new(),
        capacity: Vec::new(),
        min_group: None,
        if_missing: IfMissing::Undecided,
        total: None,
        order: Vec::new(),
        citations: Vec::new(),
        areas: Vec::new(),
        gated: Vec::new(),
        questions: vec![
            voiced("target"),
            voiced("reviews"),
            Question { not_applicable: true, ..question("months", numbered("0", "12", &[])) },
            question("often", QuestionKind::Options(often)),
            question("paid", QuestionKind::Profile(yes_no)),
            question("help", QuestionKind::Many(help)),
            question(
                "share",
                QuestionKind::Number { unit: Unit::Percent, range: Some((number("0"), number("100"))) },
            ),
            question("comment", QuestionKind::Text),
            question("halves", stepped("0.5", "2.5", Some("0.5"))),
            question("slider", stepped("0", "10", None)),
            question("coded", QuestionKind::Options(coded)),
        ],
        metrics: vec![
            metric("churn_rate", Unit::Percent, Some(("0", "100"))),
            metric("response", Unit::Hours, Some(("0", "100"))),
            metric("clients_lost", unit("clients"), Some(("0", "100000"))),
            metric("revenue", Unit::Money("USD".to_owned()), None),
            metric("ratio", Unit::None, None),
        ],
        thresholds: Vec::new(),
        derived: Vec::new(),
        groups: Vec::new(),
        conditions: Vec::new(),
        rules: Vec::new(),
        prescriptions: Vec::new(),
        ladders: Vec::new(),
        allowed: Vec::new(),
    }
}

/// What a text comes to: the faults of the file as shown, and what became of each respondent.
pub fn run(kind: Kind, text: &str, options: &ReadOptions) -> (String, Vec<Result<Respondent, String>>) {
    let mut sources = Sources::default();
    let ending = match kind {
        Kind::Yaml => "yaml",
        Kind::Json => "json",
        Kind::JsonLines => "jsonl",
        Kind::Csv => "csv",
    };
    let id = sources.add(format!("a.{ending}"), text);
    let raw = read(id, kind, options, &sources);
    let pack = pack();
    let expected = raw.pack().map(|(name, _)| name.clone());
    let fitting = fit(&raw, &pack, FitOptions { pack: expected.as_deref() }, &sources);
    let outcomes = fitting
        .outcomes()
        .map(|outcome| match outcome {
            Outcome::Fits(respondent) => Ok(*respondent),
            Outcome::Refused(refusal) => Err(shown(&refusal.faults, &sources)),
        })
        .collect();
    (shown(fitting.faults(), &sources), outcomes)
}

fn shown(faults: &Diagnostics, sources: &Sources) -> String {
    if faults.is_empty() { String::new() } else { show_all(faults, sources, false) }
}

/// The only respondent of a YAML text, or all faults.
pub fn yaml(text: &str) -> Result<Respondent, String> {
    let (_, mut outcomes) = run(Kind::Yaml, text, &ReadOptions::default());
    outcomes.remove(0)
}

/// The rows of a CSV text.
pub fn csv(text: &str) -> (String, Vec<Result<Respondent, String>>) {
    run(Kind::Csv, text, &ReadOptions::default())
}

/// The answer to a question of [`pack`].
pub fn answer<'r>(respondent: &'r Respondent, id: &str) -> &'r Answer {
    let at = pack().questions.iter().position(|question| question.id == id).expect("a question");
    &respondent.answers[at]
}

/// The value of a metric of [`pack`], with what its last digit is worth.
pub fn metric_of(respondent: &Respondent, id: &str) -> Option<(String, String)> {
    let at = pack().metrics.iter().position(|metric| metric.id == id).expect("a metric");
    respondent.metrics[at].as_ref().map(|measured| (measured.value.to_string(), measured.digit.to_string()))
}
