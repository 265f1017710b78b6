//! What would change a rule's outcome, in words: `Would take it off the list: *usage seen* 3 → 4 (score 65).`
//!
//! It says what the rule would do, never what would happen in the world.

use super::subject::{answered, apart, gap_unit, label, measured, plural, quantity, scored};
use super::words::{join, quoted, sentence};
use super::worked_out::{change_unit, changed as since_then, derived};
use crate::markdown::inert;
use crate::model::{
    Answer, BandOf, Change, Counterfactual, Findings, MetricId, NearMiss, Number, Pack, Question, QuestionId,
    QuestionKind, Reached, ScoreOf, Subject, Unit, Who,
};

/// What would take a fired rule off the list, as one sentence; none where nothing was found.
pub fn would_change(pack: &Pack, found: &[Counterfactual]) -> Option<String> {
    let said = ways(pack, found);
    (!said.is_empty()).then(|| format!("Would take it off the list: {}.", said.join(", or ")))
}

/// Each way for itself, to be told one behind the other: what the first has named is only a number in the next.
pub fn ways(pack: &Pack, found: &[Counterfactual]) -> Vec<String> {
    let mut named: Vec<Subject> = Vec::new();
    found.iter().map(|way| said(pack, way, &mut named)).collect()
}

/// One way alone: `*usage seen* 3 → 4 (score 65)`.
pub fn way(pack: &Pack, way: &Counterfactual) -> String {
    said(pack, way, &mut Vec::new())
}

/// What nearly fired: `“Clients lost per year” is 13.8%; above 15% it applies: three more lost clients.`
pub fn almost(pack: &Pack, findings: &Findings, near: &NearMiss) -> String {
    let also = [near.edge.clone()];
    let (what, unit) = match near.subject {
        Subject::Answer(id) => (answered(pack, findings, id, &also), number_unit(pack, id)),
        Subject::Gap(id) => (apart(pack, findings, id, &also), gap_unit(pack.question(id))),
        Subject::Score(of) | Subject::Band(BandOf::Score(of)) => {
            (scored(pack, findings, of, &also), Unit::None)
        }
        Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
            (measured(pack, findings, id, &also), pack.metric(id).unit.clone())
        }
        Subject::Derived(id) => (derived(pack, findings, id, &also), pack.derived(id).unit.clone()),
        Subject::Trend(id) => (since_then(pack, findings, id, &also), change_unit(&pack.metric(id).unit)),
    };
    let edge = quantity(&unit, unit.after(&near.edge.to_string()));
    let from = match (near.at_edge, near.rises) {
        (true, true) => format!("at {edge} or more"),
        (true, false) => format!("at {edge} or less"),
        (false, true) => format!("above {edge}"),
        (false, false) => format!("below {edge}"),
    };
    let by = near.by.as_ref().map(|way| {
        let changes: Vec<String> = way.changes.iter().map(|change| changed(pack, change)).collect();
        format!(": {}", changes.join(" with "))
    });
    sentence(&format!("{what}; {from} it applies{}", by.unwrap_or_default()))
}

fn number_unit(pack: &Pack, id: QuestionId) -> Unit {
    match &pack.question(id).kind {
        QuestionKind::Number { unit, .. } => unit.clone(),
        _ => Unit::None,
    }
}

/// A way with what it leads to; what was named before is not named again.
fn said(pack: &Pack, way: &Counterfactual, named: &mut Vec<Subject>) -> String {
    let changes: Vec<String> = way.changes.iter().map(|change| changed(pack, change)).collect();
    let changes = changes.join(" with ");
    match way.reached.first() {
        Some(reached) => {
            let again = named.contains(&reached.subject);
            named.push(reached.subject);
            format!("{changes} ({})", reached_in_words(pack, reached, again))
        }
        None => changes,
    }
}

fn reached_in_words(pack: &Pack, reached: &Reached, again: bool) -> String {
    let shown = |edges: &[Number]| reached.value.shown(1, edges);
    let bare = shown(&reached.edges);
    match reached.subject {
        Subject::Metric(id) | Subject::Points(id) | Subject::Band(BandOf::Metric(id)) => {
            let unit = &pack.metric(id).unit;
            quantity(unit, unit.after(&bare))
        }
        Subject::Derived(id) => {
            let unit = &pack.derived(id).unit;
            quantity(unit, unit.after(&bare))
        }
        Subject::Trend(id) => {
            let unit = change_unit(&pack.metric(id).unit);
            format!("a change of {}", quantity(&unit, unit.after(&bare)))
        }
        Subject::Gap(id) => format!("{} apart", gap_unit(pack.question(id)).after(&bare)),
        Subject::Answer(_) => format!("{bare} on average"),
        _ if again => bare,
        Subject::Score(ScoreOf::Total) | Subject::Band(BandOf::Score(ScoreOf::Total)) => {
            format!("total {bare}")
        }
        Subject::Score(_) | Subject::Band(_) => format!("score {bare}"),
    }
}

fn changed(pack: &Pack, change: &Change) -> String {
    match change {
        Change::Metric { metric, from, to } => measure_changed(pack, *metric, from, to),
        Change::Answer { question, who, from, to } => {
            let written = pack.question(*question);
            let by = match who {
                Who::Own => String::new(),
                Who::Everybody => " from everybody".to_owned(),
                Who::Role(role) => format!(" from {}", plural(&inert(role))),
            };
            format!("{} {}{by}", question_name(written), answer_changed(written, from.as_ref(), to))
        }
    }
}

fn answer_changed(question: &Question, from: Option<&Answer>, to: &Answer) -> String {
    if let (Some(Answer::Many(from)), Answer::Many(to)) = (from, to) {
        let names = |of: &[usize], without: &[usize]| -> Vec<String> {
            let left = of.iter().filter(|at| !without.contains(at));
            left.map(|at| quoted(&label(question, *at))).collect()
        };
        let (added, dropped) = (names(to, from), names(from, to));
        return if dropped.is_empty() {
            format!("with {}", join(&added, "and"))
        } else {
            format!("without {}", join(&dropped, "and"))
        };
    }
    match (from, to) {
        (Some(Answer::Number(from)), Answer::Number(to)) => match &question.kind {
            QuestionKind::Number { unit, .. } => moved(unit, from, to),
            _ => moved(&Unit::None, from, to),
        },
        (from, to) => {
            let from = from.and_then(|from| in_words(question, from));
            format!(
                "{}→ {}",
                from.map(|from| from + " ").unwrap_or_default(),
                in_words(question, to).unwrap_or_default()
            )
        }
    }
}

/// One word as it stands, several in quotation marks.
fn in_words(question: &Question, answer: &Answer) -> Option<String> {
    let text = match answer {
        Answer::Option(at) => label(question, *at),
        Answer::Number(value) => value.shown(1, &[]),
        Answer::Many(_) | Answer::Text(_) | Answer::Absent(_) => return None,
    };
    Some(if text.contains(char::is_whitespace) { quoted(&text) } else { text })
}

/// `31% → 35%`, `2880 → 1440 minutes`.
fn moved(unit: &Unit, from: &Number, to: &Number) -> String {
    let (first, last) = (from.shown(1, std::slice::from_ref(to)), to.to_string());
    let first = match unit {
        Unit::Percent | Unit::Times => unit.after(&first),
        _ => first,
    };
    format!("{first} → {}", quantity(unit, unit.after(&last)))
}

/// `five fewer lost clients` where that can be said of what is counted, else the number before and after.
fn measure_changed(pack: &Pack, id: MetricId, from: &Number, to: &Number) -> String {
    let metric = pack.metric(id);
    let by = (to - from).abs();
    if let (Unit::Declared(unit), true, None) = (&metric.unit, by.is_integer(), &metric.short) {
        let more = if to > from { "more" } else { "fewer" };
        if let Some(counted) = counted(&metric.id, unit, &by) {
            return format!("{} {more} {}", spelled(&by), inert(&counted));
        }
    }
    format!(
        "{} {}",
        name(&metric.id, metric.short.as_deref(), &metric.title.plain()),
        moved(&metric.unit, from, to)
    )
}

/// What is counted, from the metric's id: `clients_lost` is `lost clients`, `clients_at_start` is `clients at start`.
fn counted(id: &str, unit: &str, by: &Number) -> Option<String> {
    let words: Vec<&str> = id.split(['_', '-']).collect();
    let (first, rest) = words.split_first()?;
    if *first != unit || rest.is_empty() || !rest.iter().all(|word| is_word(word)) {
        return None;
    }
    let written = Unit::Declared(unit.to_owned()).after(&by.to_string());
    let noun = written.split_once(' ').map(|(_, noun)| noun)?;
    const PARTICIPLES: [&str; 8] = ["lost", "won", "kept", "sold", "sent", "held", "made", "met"];
    match rest {
        [one] if PARTICIPLES.contains(one) || one.ends_with("ed") || one.ends_with("ing") => {
            Some(format!("{one} {noun}"))
        }
        rest => Some(format!("{noun} {}", rest.join(" "))),
    }
}

/// Small numbers in letters.
fn spelled(number: &Number) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let small = number.to_usize().and_then(|at| WORDS.get(at));
    small.map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

fn question_name(question: &Question) -> String {
    name(&question.id, question.short.as_deref(), &question.text.plain())
}

/// What its author calls it in passing, or an id that reads like words, in emphasis; else the text in quotation marks:
/// nobody can tell what `q7` asks.
fn name(id: &str, short: Option<&str>, text: &str) -> String {
    if let Some(short) = short {
        return format!("*{}*", inert(short));
    }
    let words: Vec<&str> = id.split(['_', '-']).collect();
    if words.iter().all(|word| is_word(word)) && words.iter().any(|word| word.len() > 2) {
        format!("*{}*", words.join(" "))
    } else {
        quoted(text)
    }
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase())
}
