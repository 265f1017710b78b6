//! What a line asks about, and what is known of it, in words.

use super::words::{join, quoted};
use crate::logic::judge;
use crate::markdown::inert;
use crate::model::{
    Absence, BandOf, CitationId, Findings, Heard, MetricId, Number, Pack, Question, QuestionId, QuestionKind,
    Score, ScoreOf, Scoring, Unit,
};

/// A score as printed: `42.5`, `40 to 65.5`, none where there is none. Rounded to one decimal, and further
/// where that would put it on the wrong side of one of its own bands' edges or of `also`.
pub fn score_value(pack: &Pack, of: ScoreOf, score: &Score, also: &[Number]) -> Option<String> {
    let lists = pack.dated_bands(BandOf::Score(of)).iter();
    let mut edges: Vec<Number> = lists.flat_map(|dated| dated.value.edges()).collect();
    edges.extend_from_slice(also);
    let (low, high) = score.ends.as_ref()?;
    Some(if low == high {
        low.shown(1, &edges)
    } else {
        format!("{} to {}", low.shown(1, &edges), high.shown(1, &edges))
    })
}

/// What a score is out of, behind its number: ` of 100`, ` of 27`, ` (1 to 5)`; nothing where nothing bounds it.
fn out_of(pack: &Pack, of: ScoreOf) -> String {
    match pack.score_range(of) {
        Some((low, high)) if low.is_zero() => format!(" of {high}"),
        Some((low, high)) => format!(" ({low} to {high})"),
        None => String::new(),
    }
}

/// A score with what it is out of: `42.5 of 100`, `12 of 27`, `3.5 (1 to 5)`; none where there is no score.
pub fn score_of_all(pack: &Pack, of: ScoreOf, score: &Score) -> Option<String> {
    score_value(pack, of, score, &[]).map(|value| value + &out_of(pack, of))
}

/// An interval in a sentence: `between 40 and 65.5 of 100`.
fn between(pack: &Pack, of: ScoreOf, score: &Score, also: &[Number]) -> String {
    let text = score_value(pack, of, score, also).unwrap_or_default();
    format!("between {}{}", text.replace(" to ", " and "), out_of(pack, of))
}

/// A score in a sentence; “not known” where there is none.
pub fn score_text(pack: &Pack, findings: &Findings, of: ScoreOf) -> String {
    score_value(pack, of, findings.values.score(of), &[]).unwrap_or_else(|| "not known".to_owned())
}

/// A metric as printed, with its unit; none where there is no value. Rounded as scores are.
pub fn metric_value(pack: &Pack, findings: &Findings, id: MetricId, also: &[Number]) -> Option<String> {
    let metric = pack.metric(id);
    let found = findings.values.metric(id);
    let mut edges: Vec<Number> = metric.bands.iter().flat_map(|dated| dated.value.edges()).collect();
    edges.extend_from_slice(also);
    let (low, high) = found.ends.as_ref()?;
    let high = metric.unit.after(&high.shown(1, &edges));
    Some(if found.value().is_some() { high } else { format!("{} to {high}", low.shown(1, &edges)) })
}

/// A metric in a sentence; “not known” where there is no value.
pub fn metric_text(pack: &Pack, findings: &Findings, id: MetricId) -> String {
    metric_value(pack, findings, id, &[])
        .map_or_else(|| "not known".to_owned(), |value| quantity(&pack.metric(id).unit, value))
}

/// An answer in a sentence; “not known” where there is none. What a respondent typed is inert.
pub fn answer_text(pack: &Pack, findings: &Findings, id: QuestionId) -> String {
    let question = pack.question(id);
    match findings.values.answer(id) {
        Heard::Number(value) => match &question.kind {
            QuestionKind::Number { unit, .. } => quantity(unit, unit.after(&value.shown(1, &[]))),
            _ => value.shown(1, &[]),
        },
        Heard::Option(at) => label(question, *at),
        Heard::Many(chosen) if chosen.is_empty() => "none of them".to_owned(),
        Heard::Many(chosen) => join(&chosen.iter().map(|at| label(question, *at)).collect::<Vec<_>>(), "and"),
        Heard::Text(text) => inert(text),
        Heard::Mixed(_) | Heard::Absent(_) => "not known".to_owned(),
    }
}

/// A number with its unit as Markdown: only a unit that the pack declares could be markup.
pub(super) fn quantity(unit: &Unit, written: String) -> String {
    match unit {
        Unit::Declared(_) => inert(&written),
        _ => written,
    }
}

/// An option's label, inert.
pub(super) fn label(question: &Question, at: usize) -> String {
    question.kind.choices().get(at).map_or_else(String::new, |choice| inert(&choice.label))
}

/// What was answered, as a clause: `“…” was answered 1 on the scale from 0 to 4, “some people, by habit”`.
pub(super) fn answered(pack: &Pack, findings: &Findings, id: QuestionId, also: &[Number]) -> String {
    let question = pack.question(id);
    let asked = quoted(&question.text.plain());
    match findings.values.answer(id) {
        Heard::Number(value) => match &question.kind {
            QuestionKind::Numbered { from, to, step, .. } => {
                let between = step.is_some() && question.kind.step_of(value).is_none();
                let average = if between { " on average" } else { "" };
                let label = question.kind.label_of(value);
                let meaning = label.map_or_else(String::new, |label| format!(", {}", quoted(&inert(label))));
                format!(
                    "{asked} was answered {}{average} on the scale from {from} to {to}{meaning}",
                    value.shown(1, also)
                )
            }
            QuestionKind::Number { unit, .. } => {
                format!("{asked} was answered {}", quantity(unit, unit.after(&value.shown(1, also))))
            }
            _ => format!("{asked} was answered {}", value.shown(1, also)),
        },
        Heard::Option(at) => format!("{asked} was answered {}", quoted(&label(question, *at))),
        Heard::Many(chosen) if chosen.is_empty() => format!("{asked} was answered with none of the options"),
        Heard::Many(chosen) => {
            let chosen: Vec<String> = chosen.iter().map(|at| quoted(&label(question, *at))).collect();
            format!("{asked} was answered {}", join(&chosen, "and"))
        }
        Heard::Text(_) => format!("{asked} was answered"),
        Heard::Mixed(_) => format!("{asked} was answered differently by different people"),
        Heard::Absent(absence) => format!("{asked} {}", absent(*absence)),
    }
}

fn absent(absence: Absence) -> &'static str {
    match absence {
        Absence::NotAsked => "was not asked",
        Absence::Skipped => "was not answered",
        Absence::DontKnow => "was answered “don't know”",
        Absence::NotApplicable => "does not apply",
        Absence::Refused => "was left unanswered on purpose",
    }
}

/// What a score is, as a clause: `Seeing risk early scored 57 of 100`.
pub fn scored(pack: &Pack, findings: &Findings, of: ScoreOf, also: &[Number]) -> String {
    let score = findings.values.score(of);
    let who = score_name(pack, of);
    match (score_value(pack, of, score, also), score.value()) {
        (Some(value), Some(_)) if of == ScoreOf::Total => format!("{who} is {value}{}", out_of(pack, of)),
        (Some(_), None) if of == ScoreOf::Total => {
            format!("{who} lies {}", between(pack, of, score, also))
        }
        (Some(value), Some(_)) => format!("{who} scored {value}{}", out_of(pack, of)),
        (Some(_), None) => format!("{who} scored somewhere {}", between(pack, of, score, also)),
        (None, _) if score.empty == Some(Absence::NotApplicable) => format!("{who} does not apply"),
        (None, _) if score.empty.is_some() => format!("{who} was not asked about"),
        (None, _) if !is_valid(pack, findings, of) => format!("{who} has no valid score"),
        (None, _) if pack.scoring(of).is_some_and(Scoring::is_formula) => {
            format!("{who} has no score, because a part of it is not known")
        }
        (None, _) => format!("{who} has no score, because too little was answered"),
    }
}

/// Whether nothing speaks against a score: its `valid_if` does not come out false.
fn is_valid(pack: &Pack, findings: &Findings, of: ScoreOf) -> bool {
    let valid_if = pack.scoring(of).and_then(|scoring| scoring.valid_if.as_ref());
    valid_if.is_none_or(|valid| !judge(valid, pack, &findings.values).is_false())
}

pub(super) fn score_name(pack: &Pack, of: ScoreOf) -> String {
    match of {
        ScoreOf::Area(area) => pack.area(area).title.plain(),
        ScoreOf::Total => {
            let title = pack.total.as_ref().and_then(|total| total.title.as_ref());
            title.map_or_else(|| "the total".to_owned(), |title| title.plain())
        }
    }
}

/// What a metric is, as a clause: `“Clients lost per year” is 18.1%`.
pub(super) fn measured(pack: &Pack, findings: &Findings, id: MetricId, also: &[Number]) -> String {
    let title = quoted(&pack.metric(id).title.plain());
    match metric_value(pack, findings, id, also) {
        Some(value) => format!("{title} is {}", quantity(&pack.metric(id).unit, value)),
        None => format!("{title} is not known"),
    }
}

/// What a metric's value is worth, as a clause: `“Pulse” is 120, worth 3 points`.
pub(super) fn worth(pack: &Pack, findings: &Findings, id: MetricId, also: &[Number]) -> String {
    let value = measured(pack, findings, id, &[]);
    match &findings.values.metric(id).points {
        Some((low, high)) if low == high => {
            format!("{value}, worth {}", Unit::Points.after(&low.shown(1, also)))
        }
        Some((low, high)) => {
            let high = Unit::Points.after(&high.shown(1, also));
            format!("{value}, worth between {} and {high}", low.shown(1, also))
        }
        None => value,
    }
}

/// How far managers and the others lie apart, as a clause.
pub(super) fn apart(pack: &Pack, findings: &Findings, id: QuestionId, also: &[Number]) -> String {
    let question = pack.question(id);
    let asked = quoted(&question.text.plain());
    let sides = sides(question);
    match &findings.values.gaps[id.0] {
        Some(gap) if gap.is_zero() => format!("{sides} agree on {asked}"),
        Some(gap) => {
            let gap = gap.shown(1, also);
            format!("{sides} differ by {} on {asked}", gap_unit(question).after(&gap))
        }
        None => format!("the answers of {sides} to {asked} are not both known"),
    }
}

/// Who stands against whom: `managers and reps`.
pub(super) fn sides(question: &Question) -> String {
    let others: Vec<&String> = question.voices.iter().filter(|role| *role != "manager").collect();
    match others.as_slice() {
        [other] => format!("managers and {}", plural(&inert(other))),
        _ => "managers and the others".to_owned(),
    }
}

pub(super) fn plural(role: &str) -> String {
    if role.ends_with('s') { role.to_owned() } else { format!("{role}s") }
}

/// Steps of the scale, or points where options are worth points.
pub(super) fn gap_unit(question: &Question) -> Unit {
    match question.kind {
        QuestionKind::Options(_) => Unit::Points,
        _ => Unit::Declared("steps".to_owned()),
    }
}

/// The first source with its grade, and how many more there are: `House survey 2024, grade B, and 2 more`.
pub fn citations(pack: &Pack, ids: &[CitationId]) -> String {
    let Some(first) = ids.first() else { return String::new() };
    let citation = pack.citation(*first);
    let title = citation.title.plain();
    let grade = citation.grade.as_ref().map_or_else(String::new, |grade| format!(", grade {}", inert(grade)));
    let more = if ids.len() > 1 { format!(", and {} more", ids.len() - 1) } else { String::new() };
    format!("{title}{grade}{more}")
}
