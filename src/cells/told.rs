//! What a line looks at and what it is for somebody, in a few words.

use crate::logic::subjects;
use crate::model::{Absence, Condition, Heard, Number, Pack, Subject, Values};
use crate::pack::print;

/// Values that are named; more than these are counted.
const NAMED: usize = 4;

/// What these conditions look at, as somebody has it: "as where `answer.price-talk` is 3".
pub fn case<'c>(conditions: impl Iterator<Item = &'c Condition>, pack: &Pack, values: &Values) -> String {
    let mut all: Vec<Subject> = Vec::new();
    for condition in conditions {
        for subject in subjects(condition, pack) {
            if !all.contains(&subject) {
                all.push(subject);
            }
        }
    }
    case_of(&all, pack, values)
}

/// The same of subjects.
pub fn case_of(all: &[Subject], pack: &Pack, values: &Values) -> String {
    let mut named: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|subject| {
            let name = print::subject(*subject, pack).unwrap_or_default();
            format!("`{name}` is {}", value(*subject, pack, values))
        })
        .collect();
    if all.len() > NAMED {
        named.push(format!("{} more", all.len() - NAMED));
    }
    match named.as_slice() {
        [] => "whatever is answered".to_owned(),
        [one] => format!("as where {one}"),
        [first @ .., last] => format!("as where {} and {last}", first.join(", ")),
    }
}

/// What a subject is, without its unit: "3", "dripping or pouring", "don't know".
pub fn value(subject: Subject, pack: &Pack, values: &Values) -> String {
    let ends = |ends: Option<&(Number, Number)>| match ends {
        None => "missing".to_owned(),
        Some((low, high)) if low == high => low.to_decimal(2),
        Some((low, high)) => format!("{} to {}", low.to_decimal(2), high.to_decimal(2)),
    };
    let absent = |absence: &Absence| absence.phrase().to_owned();
    match subject {
        Subject::Answer(id) => {
            let choices = pack.question(id).kind.choices();
            let choice = |at: &usize| choices.get(*at).map_or_else(String::new, |choice| choice.id.clone());
            match values.answer(id) {
                Heard::Number(number) => number.to_decimal(2),
                Heard::Option(option) => choice(option),
                Heard::Many(options) if options.is_empty() => "none of them".to_owned(),
                Heard::Many(options) => options.iter().map(choice).collect::<Vec<_>>().join(" and "),
                Heard::Text(_) => "a text".to_owned(),
                Heard::Mixed(_) => "different for different voices".to_owned(),
                Heard::Absent(absence) => absent(absence),
            }
        }
        Subject::Gap(id) => {
            values.gaps[id.0].as_ref().map_or_else(|| "missing".to_owned(), |gap| gap.to_decimal(2))
        }
        Subject::Score(of) => ends(values.score(of).ends.as_ref()),
        Subject::Metric(id) => ends(values.metric(id).ends.as_ref()),
        Subject::Points(id) => ends(values.metric(id).points.as_ref()),
        Subject::Trend(id) => ends(values.trends[id.0].as_ref()),
        Subject::Derived(id) => ends(values.derived[id.0].as_ref()),
        Subject::Band(of) => {
            let names = pack.band_names(of);
            let each: Vec<&str> = values
                .bands(of)
                .iter()
                .filter_map(|at| names.get(*at))
                .map(|name| name.id.as_str())
                .collect();
            if each.is_empty() { "missing".to_owned() } else { each.join(" or ") }
        }
    }
}
