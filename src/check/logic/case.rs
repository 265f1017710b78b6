//! A witness in a few words: what the lines in question look at, and what it is there.

use super::Logic;
use crate::logic::subjects;
use crate::model::{
    Absence, BandOf, Heard, Number, QuestionId, Respondent, RuleId, ScoreOf, Subject, Values,
};
use crate::values::work_out;

/// Values that are named; the whole is in the witness's file.
const NAMED: usize = 4;

/// What the lines of these rules look at, as the witness has it: "as where `price-talk` is 3".
pub fn case(logic: &Logic<'_>, rules: &[RuleId], respondent: &Respondent) -> String {
    let pack = logic.pack;
    let values = work_out(pack, respondent, None).values;
    let mut all: Vec<Subject> = Vec::new();
    for id in rules {
        let rule = &pack.rules[id.0];
        for condition in std::iter::once(&rule.when).chain(&rule.unless) {
            all.extend(
                subjects(condition, pack)
                    .into_iter()
                    .filter(|subject| !all.contains(subject))
                    .collect::<Vec<_>>(),
            );
        }
    }
    let mut named: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|subject| format!("`{}` is {}", name(logic, *subject), value(logic, *subject, &values)))
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

/// What a respondent said to a question.
pub fn said(logic: &Logic<'_>, id: QuestionId, respondent: &Respondent) -> String {
    value(logic, Subject::Answer(id), &work_out(logic.pack, respondent, None).values)
}

fn name(logic: &Logic<'_>, subject: Subject) -> String {
    let pack = logic.pack;
    let score = |of: ScoreOf| match of {
        ScoreOf::Area(area) => pack.area(area).id.clone(),
        ScoreOf::Total => "total".to_owned(),
    };
    match subject {
        Subject::Answer(id) => format!("answer.{}", pack.question(id).id),
        Subject::Gap(id) => format!("gap.{}", pack.question(id).id),
        Subject::Score(of) => format!("score.{}", score(of)),
        Subject::Metric(id) => format!("metric.{}", pack.metric(id).id),
        Subject::Points(id) => format!("points.{}", pack.metric(id).id),
        Subject::Trend(id) => format!("trend.{}", pack.metric(id).id),
        Subject::Derived(id) => format!("derived.{}", pack.derived(id).id),
        Subject::Band(BandOf::Metric(id)) => format!("band.{}", pack.metric(id).id),
        Subject::Band(BandOf::Score(of)) => format!("band.{}", score(of)),
    }
}

fn value(logic: &Logic<'_>, subject: Subject, values: &Values) -> String {
    let pack = logic.pack;
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
