//! What was understood of an export, on one screen, and what to do next.

use std::fmt::Write;

use super::asked::WHOLE;
use super::columns::{By, Target, Use};
use super::dialect::Dialect;
use super::layout::Column;
use super::mapping::to;
use super::understood::{IdFrom, Understood};
use crate::answers::{listed, typed};
use crate::diag::did_you_mean;
use crate::model::Pack;
use crate::tables::column_name;

/// Lines of one list; the rest is counted.
const SHOWN: usize = 5;
/// Columns that are named on one line.
const PASSED: usize = 8;

/// A row that was refused, with what is wrong in which cell.
pub struct Refused {
    pub row: String,
    /// Cell and message.
    pub faults: Vec<(Option<String>, String)>,
}

/// One line: the tool, and what became of its rows.
pub fn summary(understood: &Understood, name: &str, pack: &Pack) -> String {
    let mut out = format!("{name}: {}, ", understood.layout.dialect.title());
    out.push_str(&count(understood.rows, "row"));
    let again: usize = understood.again.iter().map(|again| again.dropped.len()).sum();
    if again > 0 {
        let _ = write!(out, ", {again} sent again (the last one counts)");
    }
    if understood.again.iter().any(|again| !again.names.is_empty()) {
        out.push_str(", some of them under another name");
    }
    if !understood.left_out.is_empty() {
        let _ = write!(out, ", {} left out", understood.left_out.len());
    }
    if !understood.taken.is_empty() {
        let _ = write!(out, ", {} read otherwise than typed", count(understood.taken.len(), "value"));
    }
    let strange =
        understood.uses.iter().filter(|used| matches!(used.by, By::Unmatched | By::Ambiguous)).count();
    if strange > 0 {
        let _ = write!(out, ", {} without a question", count(strange, "column"));
    }
    let missing = (0..pack.questions.len()).filter(|at| !asked(understood, *at)).count();
    if missing > 0 && !understood.layout.is_whole() {
        let _ = write!(out, ", {missing} of {} not in it", count(pack.questions.len(), "question"));
    }
    out
}

/// The whole screen. `command` is what makes the papers; `fitting` is how many respondents fit the pack.
pub fn screen(
    understood: &Understood,
    name: &str,
    command: &str,
    pack: &Pack,
    fitting: usize,
    refused: &[Refused],
) -> String {
    let mut out = String::new();
    let layout = &understood.layout;
    wrapped("", &format!("{name}: {} ({})", layout.dialect.title(), layout.why), &mut out);
    if let Some(sheet) = &understood.grid.sheet {
        let _ = writeln!(out, "  sheet {}", typed(sheet));
    }
    for note in &understood.notes {
        wrapped("  ", note, &mut out);
    }
    rows(understood, fitting, refused.len(), &mut out);
    columns(understood, pack, &mut out);
    values(understood, &mut out);
    if !refused.is_empty() {
        let _ = writeln!(out, "\nrefused:");
        let mut shown = 0;
        for one in refused {
            for (cell, message) in &one.faults {
                shown += 1;
                if shown <= SHOWN {
                    let cell = cell.as_ref().map_or_else(|| one.row.clone(), |cell| format!("cell {cell}"));
                    wrapped("  ", &format!("{cell}: {message}"), &mut out);
                }
            }
        }
        more(shown, &mut out);
    }
    next(understood, command, pack, fitting, refused.len(), &mut out);
    out
}

fn rows(understood: &Understood, fitting: usize, refused: usize, out: &mut String) {
    let again: usize = understood.again.iter().map(|again| again.dropped.len()).sum();
    let mut parts = vec![count(fitting, "respondent")];
    if refused > 0 {
        parts.push(format!("{refused} refused"));
    }
    if again > 0 {
        parts.push(format!("{again} sent again"));
    }
    if !understood.left_out.is_empty() {
        parts.push(format!("{} left out", understood.left_out.len()));
    }
    let _ = writeln!(out, "  {} below the head: {}", count(understood.rows, "row"), parts.join(", "));
    let has = |target: Target| understood.uses.iter().position(|used| used.target == target);
    match understood.id {
        _ if has(Target::Role).is_some() && has(Target::Team).is_some() => {
            let place = has(Target::Team).unwrap_or_default();
            let _ = writeln!(
                out,
                "  ids of respondents: column {}; the rows of one are its voices",
                column(understood, place)
            );
        }
        IdFrom::Column(place) => {
            let _ = writeln!(out, "  ids of respondents: column {}", column(understood, place));
        }
        IdFrom::Where(place, other) => {
            let other = other.map_or_else(
                || "the row's number".to_owned(),
                |other| format!("column {}", column(understood, other)),
            );
            let line = format!(
                "ids of respondents: column {} where it is filled, else {other}",
                column(understood, place)
            );
            wrapped("  ", &line, out);
        }
        IdFrom::Rows => {
            let _ = writeln!(
                out,
                "  ids of respondents: the rows' numbers (`row-2` …), as no column tells people apart"
            );
        }
    }
    for again in understood.again.iter().take(SHOWN) {
        let dropped: Vec<String> = again.dropped.iter().map(u32::to_string).collect();
        let names = match again.names.is_empty() {
            true => String::new(),
            false => format!(" under other names ({})", listed(again.names.iter().map(String::as_str))),
        };
        let line = format!(
            "{} was sent again{names}: row {} counts, not row {}",
            typed(&again.id),
            again.kept,
            dropped.join(", ")
        );
        wrapped("  ", &line, out);
    }
    more(understood.again.len(), out);
    for left in understood.left_out.iter().take(SHOWN) {
        wrapped("  ", &format!("row {} is left out: {}", left.row, left.why), out);
    }
    more(understood.left_out.len(), out);
}

fn column(understood: &Understood, place: usize) -> String {
    let heading = understood.layout.columns.get(place).map_or("", |column| column.heading.as_str());
    if heading.is_empty() {
        format!("{} (no heading)", column_name(place))
    } else {
        format!("{} {}", column_name(place), typed(heading))
    }
}

fn columns(understood: &Understood, pack: &Pack, out: &mut String) {
    let by = |wanted: By| {
        let found = understood.uses.iter().filter(|used| used.by == wanted);
        found
            .filter(|used| {
                matches!(used.target, Target::Question(_) | Target::Option(..) | Target::Metric(_))
            })
            .count()
    };
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
    out.push('\n');
    let line = format!(
        "columns of questions and metrics: {ways}; {questions} of {} and {metrics} of {} are there",
        count(pack.questions.len(), "question"),
        count(pack.metrics.len(), "metric"),
    );
    wrapped("", &line, out);
    let about: Vec<String> = layout_columns(understood)
        .filter(|(_, used)| {
            matches!(
                used.target,
                Target::Name
                    | Target::FirstName
                    | Target::LastName
                    | Target::Date
                    | Target::Language
                    | Target::Team
                    | Target::Role
            )
        })
        .map(|(own, used)| {
            let unused =
                if used.target == Target::Date && understood.has_open_days() { " (not used)" } else { "" };
            format!("{} → {}{unused}", column(understood, own.place), to(used.target, pack))
        })
        .collect();
    if !about.is_empty() {
        wrapped("  ", &format!("about the respondent: {}", about.join(", ")), out);
    }
    // What only the tool needs is named too: a question among it would be missing.
    let passed: Vec<String> = layout_columns(understood)
        .filter(|(own, used)| {
            used.target == Target::Ignored
                && used.by != By::Ghost
                && own.heading != WHOLE
                && !matches!(understood.id, IdFrom::Where(_, Some(place)) if place == own.place)
        })
        .map(|(own, _)| column(understood, own.place))
        .collect();
    if !passed.is_empty() {
        let rest = if passed.len() > PASSED {
            format!(" and {} more", passed.len() - PASSED)
        } else {
            String::new()
        };
        let shown: Vec<&str> = passed.iter().take(PASSED).map(String::as_str).collect();
        wrapped("  ", &format!("passed over: {}{rest}", shown.join(", ")), out);
    }
    let strange: Vec<(usize, By)> = layout_columns(understood)
        .filter(|(_, used)| matches!(used.by, By::Unmatched | By::Ambiguous | By::Repeated))
        .map(|(own, used)| (own.place, used.by))
        .collect();
    for (place, by) in strange.iter().take(SHOWN) {
        let heading = &understood.layout.columns[*place].heading;
        let why = match by {
            By::Ambiguous => "two questions have this text".to_owned(),
            By::Repeated => {
                format!(
                    "answers `{}` once more; the filled one of the two counts",
                    to(understood.uses[*place].target, pack)
                )
            }
            _ => near(understood, heading, pack).unwrap_or_else(|| "no question has this text".to_owned()),
        };
        wrapped("  ", &format!("{}: {why}", column(understood, *place)), out);
    }
    more(strange.len(), out);
    let missing: Vec<&str> = pack
        .questions
        .iter()
        .enumerate()
        .filter(|(at, _)| !understood.layout.is_whole() && !asked(understood, *at))
        .map(|(_, question)| question.id.as_str())
        .collect();
    if !missing.is_empty() && questions > 0 {
        let rest = if missing.len() > SHOWN {
            format!(" and {} more", missing.len() - SHOWN)
        } else {
            String::new()
        };
        let line = format!(
            "not asked, as no column holds them: {}{rest}",
            listed(missing.iter().take(SHOWN).copied())
        );
        wrapped("  ", &line, out);
    }
}

fn layout_columns(understood: &Understood) -> impl Iterator<Item = (&Column, &Use)> {
    understood.layout.columns.iter().zip(&understood.uses)
}

fn asked(understood: &Understood, question: usize) -> bool {
    understood
        .uses
        .iter()
        .any(|used| matches!(used.target, Target::Question(at) | Target::Option(at, _) if at == question))
}

fn measured(understood: &Understood, metric: usize) -> bool {
    understood.uses.iter().any(|used| used.target == Target::Metric(metric))
}

/// The question whose text or id looks like a heading that none has, among those without a column.
fn near(understood: &Understood, heading: &str, pack: &Pack) -> Option<String> {
    let open = || {
        pack.questions
            .iter()
            .enumerate()
            .filter(|(at, _)| !understood.layout.is_whole() && !asked(understood, *at))
            .map(|(_, question)| question)
    };
    let metrics = pack
        .metrics
        .iter()
        .enumerate()
        .filter(|(at, _)| !measured(understood, *at))
        .map(|(_, metric)| metric);
    let metrics: Vec<_> = metrics.collect();
    let ids =
        open().map(|question| question.id.as_str()).chain(metrics.iter().map(|metric| metric.id.as_str()));
    if let Some(found) = did_you_mean(heading, ids) {
        return Some(format!("no question has this text; {found}"));
    }
    let own = super::heading::norm(heading);
    let likeness = |text: &str| strsim::normalized_levenshtein(&own, &super::heading::norm(text));
    let texts = open()
        .map(|question| (question.id.as_str(), question.text.plain()))
        .chain(metrics.iter().map(|metric| (metric.id.as_str(), metric.title.plain())));
    if own.len() > 500 {
        return None;
    }
    let best = texts.map(|(id, text)| (likeness(&text), id)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= 0.7).then(|| format!("no question has exactly this text; did you mean `{}`?", best.1))
}

fn values(understood: &Understood, out: &mut String) {
    if understood.taken.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nread otherwise than typed:");
    for taken in understood.taken.iter().take(SHOWN) {
        let read = taken.read.as_ref().map_or_else(|| "no answer".to_owned(), |read| format!("`{read}`"));
        let read = match (&taken.converted, taken.skipped) {
            (Some(converted), _) => format!("`{converted}`"),
            (None, true) => "no answer, as nobody can read it".to_owned(),
            (None, false) => read,
        };
        let times = if taken.count > 1 { format!(" ({} times)", taken.count) } else { String::new() };
        wrapped("  ", &format!("`{}`: {} as {read}{times}", taken.key, typed(&taken.typed)), out);
    }
    if understood.taken.len() > SHOWN {
        let rest = understood.taken.len() - SHOWN;
        let _ = writeln!(out, "  … and {rest} more; `--write-mapping FILE` lists them all");
    }
}

fn next(
    understood: &Understood,
    command: &str,
    pack: &Pack,
    fitting: usize,
    refused: usize,
    out: &mut String,
) {
    let mut steps: Vec<String> = Vec::new();
    let some = |wanted: &[By]| understood.uses.iter().any(|used| wanted.contains(&used.by));
    let open = pack.questions.len() > (0..pack.questions.len()).filter(|at| asked(understood, *at)).count();
    if some(&[By::Unmatched, By::Ambiguous]) && open {
        steps.push("a column that should answer a question: add `--write-mapping mapping.yaml`, put the question's id behind its `to:`, and run with `--mapping mapping.yaml`".to_owned());
    }
    let teams = understood.uses.iter().any(|used| used.target == Target::Team);
    if understood.id == IdFrom::Rows && !teams {
        steps.push("a column tells people apart: name it with `--id \"ITS HEADING\"`, so that somebody who sent the form twice is one respondent".to_owned());
    }
    if understood.again.iter().any(|again| !again.names.is_empty()) {
        steps.push("several people share an address, and only the last of them counts: name the column that tells them apart, `--id \"ITS HEADING\"`".to_owned());
    }
    if understood.has_open_days() {
        steps.push("the days can be read in two ways: write `dates: day-first` or `dates: month-first` into a mapping, which `--write-mapping mapping.yaml` begins".to_owned());
    }
    if understood.signs.open {
        steps.push("`1.234` and `1,234` may be thousands or decimals here: write `decimals: comma` or `decimals: point` into a mapping where one holds for all".to_owned());
    }
    for shifted in understood.shifted.iter().take(2) {
        steps.push(format!(
            "{}, and `--write-mapping mapping.yaml` proposes under `values:` what each number means then",
            shifted.why
        ));
    }
    if !understood.coded.is_empty() {
        let columns: Vec<String> =
            understood.coded.iter().take(SHOWN).map(|place| column_name(*place)).collect();
        let rest = if understood.coded.len() > SHOWN { " …" } else { "" };
        let how = match understood.layout.dialect {
            Dialect::LimeSurvey => "export again with \"Full answers\" instead of answer codes",
            Dialect::Qualtrics | Dialect::QualtricsLegacy => {
                "export again with \"Use choice text\" instead of numeric values"
            }
            _ => "export again with the answers' texts",
        };
        let hold = if columns.len() == 1 { "column" } else { "columns" };
        let codes = if columns.len() == 1 { "holds codes" } else { "hold codes" };
        steps.push(format!("{hold} {}{rest} {codes}, not answers: {how}", columns.join(", ")));
    } else if refused > 0 {
        steps.push("refused rows: correct the cells named above in the form's tool or in the file; or say once what such a value means under `values:` in a mapping".to_owned());
    }
    if understood.unread_figures {
        steps.push("figures that nobody can read refuse the whole row: `--skip-unreadable` takes them as not given, and lists each".to_owned());
    }
    if fitting > 0 {
        let others = if refused > 0 { format!(", without the {refused} refused") } else { String::new() };
        steps.push(format!(
            "all is as meant: `{command}` makes the papers of {}{others}",
            count(fitting, "respondent")
        ));
    }
    if steps.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nwhat to do next:");
    for step in steps {
        wrapped("  - ", &step, out);
    }
}

/// A line in pieces that a terminal of usual width shows whole; the later ones stand further in.
fn wrapped(begin: &str, text: &str, out: &mut String) {
    const WIDTH: usize = 100;
    let indent = " ".repeat(begin.chars().count() + if begin.ends_with("- ") { 0 } else { 4 });
    let mut line = begin.to_owned();
    let mut fresh = true;
    let mut within = false;
    // What stands in backticks is copied as a whole.
    let pieces = text.split(|c: char| {
        within ^= c == '`';
        c == ' ' && !within
    });
    for word in pieces {
        if !fresh && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = indent.clone();
            fresh = true;
        }
        if !fresh {
            line.push(' ');
        }
        line.push_str(word);
        fresh = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

fn more(count: usize, out: &mut String) {
    if count > SHOWN {
        let _ = writeln!(out, "  … and {} more", count - SHOWN);
    }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
