//! Rows of an export: who they are, who stands there twice, and who is no respondent.

use super::drawing::{Drawing, List};
use super::{Told, count};
use crate::answers::{listed, typed};
use crate::import::columns::Target;
use crate::import::understood::{IdFrom, Understood};

/// Rows that are named of each reason to leave them out.
const NAMED: usize = 8;

pub fn draw(understood: &Understood, told: &Told<'_>, out: &mut Drawing) {
    let unit = understood.grid.unit();
    let mut parts = vec![count(told.fitting, "respondent")];
    if !told.refused.is_empty() {
        parts.push(format!("{} refused", told.refused.len()));
    }
    if understood.sent_again() > 0 {
        parts.push(format!("{} sent again", understood.sent_again()));
    }
    if !understood.left_out.is_empty() {
        parts.push(format!("{} left out", understood.left_out.len()));
    }
    let below = if unit == "row" { " below the head" } else { "" };
    out.line("  ", &format!("{}{below}: {}", count(understood.rows, unit), parts.join(", ")));
    out.line("  ", &ids(understood));
    let again: Vec<String> = understood
        .again
        .iter()
        .map(|again| {
            let dropped: Vec<String> = again.dropped.iter().map(u32::to_string).collect();
            let names = match again.names.is_empty() {
                true => String::new(),
                false => format!(" under other names ({})", listed(again.names.iter().map(String::as_str))),
            };
            let (id, kept, dropped) = (typed(&again.id), again.kept, dropped.join(", "));
            format!("{id} was sent again{names}: {unit} {kept} counts, not {unit} {dropped}")
        })
        .collect();
    out.list(List::Again, &again, "who sent it again");
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for left in &understood.left_out {
        let row = left.row.to_string();
        match reasons.iter_mut().find(|(why, _)| *why == left.why) {
            Some((_, rows)) => rows.push(row),
            None => reasons.push((&left.why, vec![row])),
        }
    }
    let left: Vec<String> = reasons
        .iter()
        .map(|(why, rows)| {
            let named = if told.all || rows.len() <= NAMED + 1 { rows.len() } else { NAMED };
            let rest = match rows.len() - named {
                0 => String::new(),
                rest => format!(" and {rest} more"),
            };
            let (rows, are) = match rows.len() {
                1 => (format!("{unit} {}", rows[0]), "is"),
                _ => (format!("{unit}s {}{rest}", rows[..named].join(", ")), "are"),
            };
            format!("{rows} {are} left out: {why}")
        })
        .collect();
    out.list(List::LeftOut, &left, "reasons to leave rows out");
}

/// Where the ids come from.
fn ids(understood: &Understood) -> String {
    let has = |target: Target| understood.uses.iter().position(|used| used.target == target);
    let column = |place| understood.column(place);
    match understood.id {
        _ if let (true, Some(team)) = (understood.voiced, has(Target::Team)) => {
            format!("ids of respondents: {}; the rows of one are its voices", column(team))
        }
        IdFrom::Column(place) => format!("ids of respondents: {}", column(place)),
        IdFrom::Where(place, other) => {
            let unit = understood.grid.unit();
            let other = other.map_or_else(|| format!("the {unit}'s number"), column);
            format!("ids of respondents: {} where it is filled, else {other}", column(place))
        }
        IdFrom::Rows => {
            let unit = understood.grid.unit();
            let first = understood.grid.rows.get(understood.layout.first).map_or(2, |row| row.number);
            format!(
                "ids of respondents: the {unit}s' numbers (`{unit}-{first}` …), as no column tells people apart"
            )
        }
    }
}
