//! What an answer would decide, in words: `2 or less applies, more does not`.

use super::range::stretch_in_words;
use super::subject::{label, quantity};
use super::unknown::missing;
use super::words::{join, quoted};
use crate::model::{AskFirst, Cells, Pack, QuestionId, QuestionKind, Unit, Unknown};

/// Why a rule cannot be decided yet, by what to ask first: `Cannot tell yet: answer “…”; 2 or less applies, more does
/// not.` None where no single answer settles anything.
pub fn ask_first(pack: &Pack, asks: &[AskFirst]) -> Option<String> {
    let first = asks.first().filter(|first| first.settles())?;
    Some(format!("Cannot tell yet: {}; {}.", missing(pack, first.what).ask, decides(pack, first)))
}

/// Which values decide which way: `2 or less applies, more does not`, `“no” does not apply, anything else leaves it open`.
pub fn decides(pack: &Pack, ask: &AskFirst) -> String {
    let groups = [&ask.applies, &ask.does_not, &ask.open];
    let said = groups.map(|cells| in_words(pack, ask.what, cells));
    let filled = groups.iter().filter(|cells| !cells.is_empty()).count();
    if filled == 1 {
        return match (ask.applies.is_empty(), ask.does_not.is_empty()) {
            (false, _) => "it applies whatever the answer".to_owned(),
            (_, false) => "it does not apply whatever the answer".to_owned(),
            _ => "whatever the answer, it stays open".to_owned(),
        };
    }
    let verbs =
        ["applies", if ask.applies.is_empty() { "does not apply" } else { "does not" }, "leaves it open"];
    let mut clauses: Vec<String> = Vec::new();
    for at in (0..groups.len()).filter(|at| !groups[*at].is_empty()) {
        let last = clauses.len() + 1 == filled;
        let who = match (last, filled, clauses.first()) {
            (true, 2, Some(first)) => others(first, &said[at]),
            (true, ..) => "anything else".to_owned(),
            _ => said[at].clone(),
        };
        clauses.push(format!("{who} {}", verbs[at]));
    }
    clauses.join(", ")
}

/// All values but those of the first clause, as short as can be.
fn others(first: &str, all: &str) -> String {
    let has = |text: &str, mark: &str| text.contains(mark);
    let several = |text: &str| has(text, " to ") || (has(text, "below ") && has(text, "above "));
    match (has(first, " or less "), has(first, " or more ")) {
        (true, false) if !several(first) && !has(first, "above ") => "more".to_owned(),
        (false, true) if !several(first) && !has(first, "below ") => "less".to_owned(),
        (false, false) if first.starts_with("below ") || first.starts_with("above ") => {
            if several(first) || several(all) { "anything else".to_owned() } else { all.to_owned() }
        }
        _ => "anything else".to_owned(),
    }
}

fn in_words(pack: &Pack, what: Unknown, cells: &Cells) -> String {
    match (cells, what) {
        (Cells::Options(options), Unknown::Answer(id) | Unknown::Agreement(id) | Unknown::Voice(id)) => {
            let question = pack.question(id);
            join(&options.iter().map(|at| quoted(&label(question, *at))).collect::<Vec<_>>(), "or")
        }
        (Cells::Options(_), Unknown::Metric(_) | Unknown::Before(_)) => String::new(),
        (Cells::Numbers(stretches), what) => {
            let (unit, ends) = match what {
                Unknown::Metric(id) | Unknown::Before(id) => (&pack.metric(id).unit, None),
                Unknown::Answer(id) | Unknown::Agreement(id) | Unknown::Voice(id) => scale(pack, id),
            };
            let said: Vec<String> = stretches
                .iter()
                .map(|stretch| {
                    let low = stretch.low.as_ref().map(|(end, closed)| (end, *closed));
                    let high = stretch.high.as_ref().map(|(end, closed)| (end, *closed));
                    // On a scale the last values are told as "or more", a single one as itself.
                    let many = low != high;
                    let low = low.filter(|(end, _)| !many || ends.is_none_or(|(from, _)| *end != from));
                    let high = high.filter(|(end, _)| !many || ends.is_none_or(|(_, to)| *end != to));
                    quantity(unit, stretch_in_words(low, high, unit))
                })
                .collect();
            join(&said, "or")
        }
    }
}

/// The unit of a question's numbers and, on a scale, its ends.
fn scale(pack: &Pack, id: QuestionId) -> (&Unit, Option<(&crate::model::Number, &crate::model::Number)>) {
    match &pack.question(id).kind {
        QuestionKind::Numbered { from, to, .. } => (&Unit::None, Some((from, to))),
        QuestionKind::Number { unit, .. } => (unit, None),
        _ => (&Unit::None, None),
    }
}
