//! What a line means: a command, or an answer.

use super::Item;
use crate::answers::{Listener, fold};
use crate::diag::Diagnostic;
use crate::model::{Absence, Answer, Number, Pack, QuestionKind, Unit};

/// What somebody wants with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Back,
    Help,
    Leave,
    Absent(Absence),
    /// Nothing was typed.
    Keep,
    Text(String),
}

/// Reads a line. A letter that is an answer to this very question is the answer; behind a colon it is the command.
pub fn command(pack: &Pack, item: Item, line: &str) -> Command {
    let text = clean(line);
    let (letter, sure) = match text.strip_prefix(':') {
        Some(rest) => (rest.trim(), true),
        None => (text.as_str(), false),
    };
    let taken = match item {
        Item::Question(place) => {
            let is = |word: &str| word.eq_ignore_ascii_case(letter);
            let kind = &pack.questions[place].kind;
            let labels = match kind {
                QuestionKind::Numbered { labels, .. } => labels.as_slice(),
                _ => &[],
            };
            is_yes_no(kind) && (is("y") || is("n"))
                || kind.choices().iter().any(|choice| is(&choice.id) || is(&choice.label))
                || labels.iter().any(|label| is(label))
        }
        Item::Metric(_) => false,
    };
    if text.is_empty() {
        return Command::Keep;
    }
    if taken && !sure {
        return Command::Text(text);
    }
    match letter.to_ascii_lowercase().as_str() {
        "b" | "back" => Command::Back,
        "s" | "skip" => Command::Absent(Absence::Skipped),
        "d" => Command::Absent(Absence::DontKnow),
        "n" => Command::Absent(Absence::NotApplicable),
        "?" | "h" | "help" => Command::Help,
        "q" | "quit" => Command::Leave,
        _ => Command::Text(text),
    }
}

/// A line without what a terminal may have mixed in, and without blanks at its ends.
fn clean(line: &str) -> String {
    line.chars().filter(|c| !c.is_control() || *c == '\t').collect::<String>().trim().to_owned()
}

/// Whether the options are yes and no, for which a letter does.
pub fn is_yes_no(kind: &QuestionKind) -> bool {
    let ids: Vec<&str> = kind.choices().iter().map(|choice| choice.id.as_str()).collect();
    matches!(kind, QuestionKind::Options(_) | QuestionKind::Profile(_))
        && (ids == ["no", "yes"] || ids == ["yes", "no"])
}

/// The number before an option, where options are numbered: its own, or else its place. None where a number could be
/// taken for a label.
pub fn numbered(kind: &QuestionKind, at: usize) -> Option<Number> {
    let choices = kind.choices();
    let own = choices.iter().any(|choice| choice.value.is_some());
    if own {
        let all = choices.iter().all(|choice| choice.value.is_some());
        return choices[at].value.clone().filter(|_| all);
    }
    let number = |text: &str| text.trim().chars().all(|c| c.is_ascii_digit());
    let clear = choices.iter().all(|choice| !number(&choice.label) && !number(&choice.id));
    clear.then(|| Number::from(at + 1))
}

/// The answer to a question, or what is wrong and what is wanted.
pub fn answer(pack: &Pack, listener: &Listener<'_>, place: usize, text: &str) -> Result<Answer, String> {
    let kind = &pack.questions[place].kind;
    let count = kind.choices().len();
    let option = |text: &str| {
        let typed = Number::parse(text.trim())?;
        (0..count).find(|at| numbered(kind, *at).as_ref() == Some(&typed))
    };
    match kind {
        QuestionKind::Options(_) | QuestionKind::Profile(_) => {
            let letter =
                |id: &str| is_yes_no(kind) && text.len() == 1 && id.starts_with(&text.to_lowercase());
            let by_letter = kind.choices().iter().position(|choice| letter(&choice.id));
            // No numbers stand before yes and no, so a number that is not an option's own is no answer to them.
            let shown = !is_yes_no(kind) || kind.choices().iter().any(|choice| choice.value.is_some());
            if let Some(at) = by_letter.or_else(|| option(text).filter(|_| shown)) {
                return Ok(Answer::Option(at));
            }
        }
        QuestionKind::Many(choices) => {
            let none = |choice: &crate::model::Choice| {
                choice.label.eq_ignore_ascii_case("none") || choice.id == "none"
            };
            if text.eq_ignore_ascii_case("none") && !choices.iter().any(none) {
                return Ok(Answer::Many(Vec::new()));
            }
            let mut places =
                several(kind, text, option).map_err(|part| match listener.answer(place, part) {
                    Err(fault) => wrong(&fault),
                    Ok(_) => format!("`{part}` is not one of the answers"),
                })?;
            places.sort_unstable();
            places.dedup();
            return Ok(Answer::Many(places));
        }
        QuestionKind::Text => {
            // In quotation marks a letter is a text.
            let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            return Ok(Answer::Text(inner.unwrap_or(text).to_owned()));
        }
        _ => {}
    }
    listener.answer(place, text).map_err(|fault| wrong(&fault))
}

/// The places of several options with commas between: numbers, ids or labels. A label may itself hold commas, so the
/// longest run of parts that is an option counts. Fails with the part that is none.
fn several<'t>(
    kind: &QuestionKind,
    text: &'t str,
    numbered: impl Fn(&str) -> Option<usize>,
) -> Result<Vec<usize>, &'t str> {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let named = |part: &str| {
        let same = |word: &str| fold(word) == fold(part);
        kind.choices().iter().position(|choice| same(&choice.id) || same(&choice.label))
    };
    let mut places = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let ends = rest.match_indices(',').map(|(at, _)| at).chain([rest.len()]);
        let found = ends.rev().find_map(|end| {
            let part = rest[..end].trim();
            Some((named(part).or_else(|| numbered(part))?, end))
        });
        let first = rest.split(',').next().unwrap_or(rest);
        match found {
            Some((place, end)) => {
                places.push(place);
                rest = rest[end..].trim_start_matches([',', ' ']);
            }
            None if first.trim().is_empty() => rest = rest.trim_start_matches([',', ' ']),
            // Numbers may stand with nothing but blanks between.
            None => {
                let numbers: Option<Vec<usize>> = first.split_whitespace().map(&numbered).collect();
                places.extend(numbers.ok_or(first.trim())?);
                rest = rest[first.len()..].trim_start_matches([',', ' ']);
            }
        }
    }
    Ok(places)
}

/// A fault as one says it to somebody: what it is, what is wanted, what to do.
pub fn wrong(fault: &Diagnostic) -> String {
    let mut out = fault.message.clone();
    if !fault.label.is_empty() {
        out.push_str(": ");
        out.push_str(&fault.label);
    }
    for help in &fault.help {
        out.push_str("\n  ");
        out.push_str(help);
    }
    out
}

/// What was said, as it can be typed again.
pub fn said(kind: &QuestionKind, answer: &Answer) -> String {
    let label = |at: &usize| kind.choices().get(*at).map_or_else(String::new, |choice| choice.label.clone());
    match answer {
        Answer::Number(value) => match kind.label_of(value) {
            Some(label) => format!("{value} {label}"),
            None => value.to_string(),
        },
        Answer::Option(at) => label(at),
        Answer::Many(list) if list.is_empty() => "none".to_owned(),
        Answer::Many(list) => list.iter().map(label).collect::<Vec<_>>().join(", "),
        Answer::Text(text) => text.clone(),
        Answer::Absent(absence) => absence.phrase().to_owned(),
    }
}

pub fn measured(unit: &Unit, value: &Number) -> String {
    unit.after(&value.to_string())
}

/// A name as an id that is fit for a file: small letters, digits and hyphens. None where nothing is left of it.
pub fn id_of(name: &str) -> Option<String> {
    let mut out = String::new();
    for c in name.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    let id: String = out.trim_matches('-').chars().take(60).collect();
    (!id.is_empty()).then_some(id)
}
