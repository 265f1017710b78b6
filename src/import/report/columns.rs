//! Columns of an export: which answer a question, which say who somebody is, which nobody asked for.

use super::asked;
use super::count;
use super::drawing::{Drawing, List};
use crate::diag::did_you_mean;
use crate::import::asked::WHOLE;
use crate::import::columns::{By, Target, Use};
use crate::import::heading::norm;
use crate::import::layout::Column;
use crate::import::mapping::to;
use crate::import::understood::{IdFrom, Understood};
use crate::model::Pack;

/// A heading that is longer is no misspelt question.
const LIKENED: usize = 500;
/// Columns that are compared with all questions.
const COMPARED: usize = 200;
/// Characters of a heading that stand on a line with what is said of it.
const HEADING: usize = 36;
/// From here on two texts are alike.
const ALIKE: f64 = 0.7;

pub fn draw(understood: &Understood, pack: &Pack, strange: &Strange, out: &mut Drawing) {
    out.blank();
    out.line("", &counted(understood, pack));
    let about: Vec<String> = columns(understood)
        .filter(|(own, used)| says_who(used.target) || understood.addresses.contains(&own.place))
        .map(|(own, used)| {
            if understood.addresses.contains(&own.place) {
                return format!("{} → mail address", short(understood, own.place));
            }
            let unused =
                if used.target == Target::Date && understood.has_open_days() { " (not used)" } else { "" };
            format!("{} → {}{unused}", short(understood, own.place), to(used.target, pack))
        })
        .collect();
    if !about.is_empty() {
        out.row("about the respondent: ", &about);
    }
    // What only the tool needs is named too: a question among it would be missing.
    let passed: Vec<String> = columns(understood)
        .filter(|(own, used)| {
            used.target == Target::Ignored
                && used.by != By::Ghost
                && !understood.addresses.contains(&own.place)
                && own.heading != WHOLE
                && !matches!(understood.id, IdFrom::Where(_, Some(place)) if place == own.place)
        })
        .map(|(own, _)| short(understood, own.place))
        .collect();
    if !passed.is_empty() {
        let is = if passed.len() == 1 { "is" } else { "are" };
        out.row(&format!("{} of the tool's own {is} set aside: ", count(passed.len(), "column")), &passed);
    }
    out.list(List::Columns, &strange.list, "columns without a question");
    if !strange.unlike.is_empty() {
        let answer = if strange.unlike.len() == 1 { "answers" } else { "answer" };
        let columns = count(strange.unlike.len(), "column");
        out.row(&format!("{columns} {answer} no question, kept for templates: "), &strange.unlike);
    }
    let missing: Vec<String> = pack
        .questions
        .iter()
        .enumerate()
        .filter(|(at, _)| !understood.layout.is_whole() && !asked(understood, *at))
        .map(|(_, question)| format!("`{}`", question.id))
        .collect();
    if !missing.is_empty() && missing.len() < pack.questions.len() {
        let lead = format!("{} not asked, as no column holds them: ", count(missing.len(), "question"));
        out.row(&lead, &missing);
    }
}

fn says_who(target: Target) -> bool {
    matches!(
        target,
        Target::Name
            | Target::FirstName
            | Target::LastName
            | Target::Date
            | Target::Language
            | Target::Team
            | Target::Role
    )
}

/// How many columns answer something, and by what that was seen.
fn counted(understood: &Understood, pack: &Pack) -> String {
    let answers =
        |used: &&Use| matches!(used.target, Target::Question(_) | Target::Option(..) | Target::Metric(_));
    let by = |wanted: By| understood.uses.iter().filter(answers).filter(|used| used.by == wanted).count();
    let ways: Vec<String> = [
        (By::Text, "by their text"),
        (By::Id, "by their id"),
        (By::Mapping, "by the mapping"),
        (By::Repeated, "again, beside an earlier column"),
    ]
    .into_iter()
    .map(|(way, words)| (by(way), words))
    .filter(|(number, _)| *number > 0)
    .map(|(number, words)| format!("{number} {words}"))
    .collect();
    let questions = (0..pack.questions.len()).filter(|at| asked(understood, *at)).count();
    let metrics = (0..pack.metrics.len()).filter(|at| measured(understood, *at)).count();
    let ways = if ways.is_empty() { "none".to_owned() } else { ways.join(", ") };
    format!(
        "columns of questions and metrics: {ways}; {questions} of {} and {metrics} of {} are there",
        count(pack.questions.len(), "question"),
        count(pack.metrics.len(), "metric"),
    )
}

/// Columns that answer nothing, or what another one answers.
pub struct Strange {
    /// Each with what is to be said of it.
    list: Vec<String>,
    /// Of which there is nothing to be said.
    unlike: Vec<String>,
}

pub fn strange(understood: &Understood, pack: &Pack) -> Strange {
    let mut strange = Strange { list: Vec::new(), unlike: Vec::new() };
    let Strange { list, unlike } = &mut strange;
    let mut compared = 0;
    for (column, used) in columns(understood) {
        let name = short(understood, column.place);
        match used.by {
            By::Ambiguous => list.push(format!("{name}: two questions have this text")),
            By::Repeated => {
                let id = to(used.target, pack);
                list.push(format!("{name}: answers `{id}` once more; the filled one of the two counts"));
            }
            By::Unmatched => {
                compared += 1;
                let near = (compared <= COMPARED).then(|| near(understood, &column.heading, pack)).flatten();
                match near {
                    Some(near) => list.push(format!("{name}: {near}")),
                    None => unlike.push(name),
                }
            }
            _ => {}
        }
    }
    strange
}

/// A column without the word.
fn short(understood: &Understood, place: usize) -> String {
    let mut name = understood.column(place);
    if let Some((before, heading)) = name.split_once('`')
        && heading.chars().count() > HEADING + 2
    {
        let heading: String = heading.trim_end_matches(['`', '…']).chars().take(HEADING).collect();
        name = format!("{before}`{heading}…`");
    }
    ["column ", "field "].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(&name).to_owned()
}

fn columns(understood: &Understood) -> impl Iterator<Item = (&Column, &Use)> {
    understood.layout.columns.iter().zip(&understood.uses)
}

fn measured(understood: &Understood, metric: usize) -> bool {
    understood.uses.iter().any(|used| used.target == Target::Metric(metric))
}

/// The question whose text or id looks like a heading that none has, among those without a column.
fn near(understood: &Understood, heading: &str, pack: &Pack) -> Option<String> {
    if heading.len() > LIKENED {
        return None;
    }
    let whole = understood.layout.is_whole();
    let questions = pack.questions.iter().enumerate().filter(|(at, _)| !whole && !asked(understood, *at));
    let questions: Vec<_> = questions.map(|(_, question)| (question.id.as_str(), &question.text)).collect();
    let metrics = pack.metrics.iter().enumerate().filter(|(at, _)| !measured(understood, *at));
    let metrics = metrics.map(|(_, metric)| (metric.id.as_str(), &metric.title));
    let open: Vec<_> = questions.into_iter().chain(metrics).collect();
    if let Some(found) = did_you_mean(heading, open.iter().map(|(id, _)| *id)) {
        return Some(format!("no such question; {found}"));
    }
    let own = norm(heading);
    let likeness = |text: &str| strsim::normalized_levenshtein(&own, &norm(text));
    let likest = open.into_iter().map(|(id, text)| (likeness(&text.plain()), id));
    let best = likest.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|best| best.0 >= ALIKE)?;
    Some(format!("no question's text; did you mean `{}`?", best.1))
}
