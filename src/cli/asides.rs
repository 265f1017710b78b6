//! What a run says beside the files that it makes: what is missing, and what is left over.

use super::console::Console;
use crate::answers::{Fitting, listed};
use crate::compose::{Audience, Template};
use crate::files::{WorldError, Written};
use crate::kit::Kit;
use crate::model::RunsOfShow;

/// Questions without a column, and folders of earlier runs, that are named.
const NAMED: usize = 8;

/// Says which documents of a session are not made, since there is no run of show that is as long as it is.
pub fn tell_no_run(kit: &Kit<'_>, runs: &RunsOfShow, console: &mut Console<'_>) -> Result<(), WorldError> {
    let needs_run = |template: &&Template| template.head.needs.iter().any(|need| need.text == "run");
    let waiting = kit.documents(Audience::Session).into_iter().filter(needs_run);
    let names: Vec<&str> = waiting.map(|template| template.name.as_str()).collect();
    let Some(session) = kit.session.filter(|_| !names.is_empty()) else { return Ok(()) };
    let long = |minutes: Option<u32>| match minutes {
        Some(minutes) => format!("of {minutes} minutes"),
        None => "for a session that does not say its `minutes`".to_owned(),
    };
    let known: Vec<String> =
        runs.runs.iter().map(|run| format!("{} of {} minutes", run.id, run.minutes)).collect();
    let known =
        if known.is_empty() { "there is none".to_owned() } else { format!("there is {}", known.join(", ")) };
    console.note(&format!(
        "not made, as there is no run of show {}: {}; {known}, and your own go into templates/run-of-show.yaml",
        long(session.when.minutes),
        names.join(", ")
    ))
}

/// Says which questions a table has no column for: one that was left behind would pass for one that nobody was asked.
pub fn tell_unasked(
    file: &str,
    fitting: &Fitting<'_>,
    all: usize,
    console: &mut Console<'_>,
) -> Result<(), WorldError> {
    let unasked = fitting.unasked().unwrap_or_default();
    if unasked.is_empty() || unasked.len() == all {
        return Ok(());
    }
    let named = match unasked.len().saturating_sub(NAMED) {
        0 => listed(unasked.iter().copied()),
        more => format!("`{}` and {more} more", unasked[..NAMED].join("`, `")),
    };
    console.note(&format!(
        "{file} has no column for {} of {all} questions, which count as not asked: {named}",
        unasked.len(),
    ))
}

/// Says whose papers of an earlier run still stand there: who is no longer among the answers would keep an old plan.
pub fn tell_left_over(written: &Written, out: &str, console: &mut Console<'_>) -> Result<(), WorldError> {
    let (count, first) = written.left_over(NAMED)?;
    let hold = if count == 1 { "folder holds" } else { "folders hold" };
    let more = match count - first.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match count {
        0 => Ok(()),
        _ => console.note(&format!(
            "{count} {hold} papers of an earlier run and of nobody in this one: `{out}/{}`{more}",
            first.join(&format!("`, `{out}/"))
        )),
    }
}
