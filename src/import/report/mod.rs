//! What was understood of an export, on one screen, and what to do next.

mod columns;
mod drawing;
mod next;
mod people;

use std::fmt::Write;

use self::columns::{Strange, strange};
use self::drawing::{Drawing, List, Room};
use super::columns::{By, Target};
use super::understood::{CellName, Understood};
use crate::answers::typed;
use crate::diag::{Diagnostic, Diagnostics, Reason, Reasons, Severity};
use crate::model::Pack;

/// Lines that a terminal of usual height shows.
pub const SCREEN: usize = 40;
/// Items of a list that are shown where all of it fits.
const SHOWN: usize = 5;
/// Cells that are named of one reason.
const PLACES: usize = 3;

/// What becomes of an export in a run.
pub struct Told<'a> {
    /// Of the file.
    pub name: &'a str,
    /// What makes the papers.
    pub command: &'a str,
    /// The mapping file that is used or was written in this run.
    pub mapping: Option<&'a str>,
    /// How many respondents fit the pack.
    pub fitting: usize,
    pub refused: &'a [Refused],
    /// Lines that stand above and below the screen.
    pub beside: usize,
    /// Whether nothing is to be left out, however long it gets.
    pub all: bool,
}

/// A row that was refused, with what is wrong in which cell.
pub struct Refused {
    row: String,
    faults: Vec<(Option<CellName>, Diagnostic)>,
}

impl Refused {
    /// `row` is how lists call it.
    pub fn new(understood: &Understood, row: impl Into<String>, faults: &Diagnostics) -> Refused {
        let errors = faults.iter().filter(|fault| fault.severity == Severity::Error);
        let cell = |fault: &Diagnostic| fault.span.and_then(|span| understood.cell_at(span));
        Refused { row: row.into(), faults: errors.map(|fault| (cell(fault), fault.clone())).collect() }
    }
}

/// One line: the tool, and what became of its rows.
pub fn summary(understood: &Understood, name: &str, pack: &Pack) -> String {
    let mut out = format!("{name}: {}, ", understood.layout.dialect.title());
    out.push_str(&count(understood.rows, understood.grid.unit()));
    let again = understood.sent_again();
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

/// The whole screen: its lists are shortened until it is one, and what they leave out is counted.
pub fn screen(understood: &Understood, pack: &Pack, told: &Told<'_>) -> String {
    let (refused, some_refused) = refused(pack, told);
    let facts =
        Facts { strange: strange(understood, pack), values: values(understood), refused, some_refused };
    let drawn = |room| drawn(understood, pack, told, &facts, room);
    if told.all {
        return drawn(None).finish();
    }
    let lines = SCREEN.saturating_sub(told.beside);
    let mut room = Room::new(SHOWN);
    let mut drawing = drawn(Some(room));
    while drawing.lines() > lines
        && let Some(less) = room.less()
    {
        room = less;
        drawing = drawn(Some(room));
    }
    drawing.finish()
}

/// What is gathered once, however often the screen is drawn.
struct Facts {
    strange: Strange,
    /// Questions and metrics with cells that were read otherwise than typed.
    values: Vec<(String, Vec<String>)>,
    /// What refuses rows.
    refused: Vec<String>,
    /// Whether these name some of the cells alone.
    some_refused: bool,
}

fn drawn(
    understood: &Understood,
    pack: &Pack,
    told: &Told<'_>,
    facts: &Facts,
    room: Option<Room>,
) -> Drawing {
    let mut out = Drawing::new(room);
    let layout = &understood.layout;
    out.line("", &format!("{}: {} ({})", told.name, layout.dialect.title(), layout.why));
    if let Some(sheet) = &understood.grid.sheet {
        out.line("  ", &format!("sheet {}", typed(sheet)));
    }
    out.list(List::Notes, &understood.notes, "notes on how it was read");
    people::draw(understood, told, &mut out);
    columns::draw(understood, pack, &facts.strange, &mut out);
    if !facts.values.is_empty() {
        let all: usize = understood.taken.iter().map(|taken| taken.count).sum();
        out.blank();
        out.line("", &format!("read otherwise than typed, {}:", count(all, "cell")));
        let (shown, rest) = out.part(List::Values, &facts.values);
        shown.iter().for_each(|(key, items)| out.row(&format!("`{key}`: "), items));
        out.rest(rest, shown.len(), "questions and metrics");
    }
    if !facts.refused.is_empty() {
        let cells: usize = told.refused.iter().map(|one| one.faults.len()).sum();
        let people = count(told.refused.len(), "respondent");
        out.blank();
        out.line("", &format!("refused, {people} for {}:", count(cells, "cell")));
        out.list(List::Refused, &facts.refused, "reasons");
    }
    let folded = out.is_folded() || facts.some_refused;
    next::draw(understood, pack, told, folded, &mut out);
    out
}

/// What was read otherwise than typed, by question.
fn values(understood: &Understood) -> Vec<(String, Vec<String>)> {
    let mut keys: Vec<(String, Vec<String>)> = Vec::new();
    for taken in &understood.taken {
        let read = match (&taken.converted, taken.skipped, &taken.read) {
            (Some(read), ..) | (None, false, Some(read)) => format!("`{read}`"),
            (None, true, _) => "no answer, as nobody can read it".to_owned(),
            (None, false, None) => "no answer".to_owned(),
        };
        let times = if taken.count > 1 { format!(" ({} times)", taken.count) } else { String::new() };
        let item = format!("{} as {read}{times}", typed(&taken.typed));
        match keys.iter_mut().find(|(key, _)| *key == taken.key) {
            Some((_, items)) => items.push(item),
            None => keys.push((taken.key.clone(), vec![item])),
        }
    }
    keys
}

/// What refuses rows, one line a column and reason; where nothing is left out, one a cell.
fn refused(pack: &Pack, told: &Told<'_>) -> (Vec<String>, bool) {
    let (mut list, mut reasons) = (Vec::new(), Reasons::new(pack.names()));
    for one in told.refused {
        for (cell, fault) in &one.faults {
            let place = cell.as_ref().map_or(one.row.as_str(), |cell| cell.short.as_str());
            if told.all {
                list.push(format!("{place}: {}", fault.message));
            } else {
                reasons.add(cell.as_ref().map_or("", |cell| cell.column.as_str()), place, fault);
            }
        }
    }
    let line = |reason: &Reason| format!("{}: {}", reason.places(PLACES), reason.message());
    list.extend(reasons.list().iter().map(line));
    if reasons.beyond() > 0 {
        list.push(format!("{} for further reasons", count(reasons.beyond(), "cell")));
    }
    let some = reasons.list().iter().any(|reason| reason.count > PLACES + 1) || reasons.beyond() > 0;
    (list, some)
}

/// Whether a column answers a question.
fn asked(understood: &Understood, question: usize) -> bool {
    understood
        .uses
        .iter()
        .any(|used| matches!(used.target, Target::Question(at) | Target::Option(at, _) if at == question))
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
