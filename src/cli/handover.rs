//! The plans of all in one table, brought up to date where people have worked in it since.

use super::console::Console;
use crate::answers::typed;
use crate::cohort::MadeDocument;
use crate::export::handover::{
    Action, Plan, STATUSES, bring_up_to_date, plan_calendar, plan_csv, plan_tasks, plan_xlsx, read_plan,
};
use crate::files::{Hash, WorldError, Written};
use crate::source::Sources;
use crate::tables::open;
use crate::wording::count;

/// What the files are called, without their endings.
pub const STEM: &str = "action-plan";
/// Endings of the tables in which people may have worked: of two edited ones the first counts.
const TABLES: [&str; 2] = ["xlsx", "csv"];

/// Endings of what is made from the table and read by nobody but people.
const UNREAD: [&str; 2] = ["md", "ics"];

/// A table that stands there already.
struct Earlier {
    name: String,
    ending: &'static str,
    /// Whether it is as a run wrote it.
    ours: bool,
    /// None where it holds no steps that can be read.
    plan: Option<Plan>,
    bytes: Vec<u8>,
}

/// Writes the steps as XLSX, CSV, Markdown tasks and calendar. What people wrote into a table that stands there already is
/// taken over; a table that cannot be read any more stays as it is, and the new one stands beside it.
pub fn put(
    actions: Vec<Action>,
    written: &Written,
    out: &str,
    console: &mut Console<'_>,
) -> Result<Option<MadeDocument>, WorldError> {
    if actions.is_empty() {
        return Ok(None);
    }
    let mut present: Vec<Earlier> = Vec::new();
    let mut unreadable = Vec::new();
    for ending in TABLES {
        let name = format!("{STEM}.{ending}");
        if let Some((bytes, ours)) = written.standing(&name)? {
            let mut sources = Sources::default();
            let read = open(&name, &bytes, None, &mut sources).ok().and_then(|table| read_plan(&table.grid));
            let plan = read.filter(|plan| !plan.steps.is_empty());
            if !ours && plan.is_none() {
                unreadable.push(name.clone());
            }
            present.push(Earlier { name, ending, ours, plan, bytes });
        }
    }
    let both: Vec<&Earlier> = present.iter().filter(|table| !table.ours && table.plan.is_some()).collect();
    if let [Earlier { name: first, .. }, Earlier { name: second, ending, bytes, .. }] = both.as_slice() {
        let kept = keep(written, ending, bytes)?;
        console.tell(&format!(
            "both `{out}/{first}` and `{out}/{second}` were edited: what stands in `{first}` was taken over, and the other is kept as `{out}/{kept}`"
        ));
    }
    // What people edited last counts before what an earlier run wrote.
    present.sort_by_key(|table| (table.plan.is_none(), table.ours));
    let before = present.into_iter().next().and_then(|table| table.plan);
    let had = before.is_some();
    let (plan, told) = bring_up_to_date(actions, before.unwrap_or_default());
    if had {
        console.note(&format!(
            "{out}/{STEM}: {} kept, {} new, {} no longer advised",
            count(told.kept, "step", "steps"),
            told.added,
            told.gone
        ))?;
    }
    let unread = plan.unread_days();
    if let Some(first) = unread.first() {
        console.tell(&format!(
            "warning: {} in `{out}/{STEM}` cannot be read as a day, such as {}, and stands in no calendar: write it as `2027-03-31`",
            count(unread.len(), "due day", "due days"),
            typed(first)
        ));
    }
    let own = plan.own_statuses();
    if let Some(first) = own.first() {
        console.note(&format!(
            "{} in `{out}/{STEM}` other than {}, such as {}: these steps count as begun",
            count(own.len(), "status", "statuses"),
            STATUSES.join(", "),
            typed(first)
        ))?;
    }
    let xlsx = plan_xlsx(&plan);
    let csv = plan_csv(&plan);
    let tasks = plan_tasks(&plan.steps);
    let calendar = plan_calendar(&plan.steps);
    let mut files: Vec<(&str, &[u8])> =
        vec![("xlsx", &xlsx), ("csv", csv.as_bytes()), ("md", tasks.as_bytes())];
    if let Some(calendar) = &calendar {
        files.push(("ics", calendar.as_bytes()));
    }
    for ending in UNREAD {
        let made = files.iter().find(|(own, _)| *own == ending).map_or(&b""[..], |(_, bytes)| bytes);
        if let Some((bytes, false)) = written.standing(&format!("{STEM}.{ending}"))?
            && bytes != made
        {
            let kept = keep(written, ending, &bytes)?;
            console.tell(&format!(
                "`{out}/{STEM}.{ending}` was edited: no run reads it, so it is made anew and what stood there is kept as `{out}/{kept}`; what you write into the table stays"
            ));
        }
    }
    let put = written.write(STEM, &files, Hash::of(csv.as_bytes()), unreadable.is_empty())?;
    if let (Some(name), true) = (unreadable.first(), put.beside) {
        let ending = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
        let new = put.files.iter().map(|(path, _)| path).find(|path| ending(path) == ending(name));
        console.tell(&format!(
            "warning: no plan can be read from `{out}/{name}`, since it is no such table or its column `id` is gone: it stays as it is, and \
             the new plan, without what was written into it, is `{out}/{}`: put that in its place to go on in it",
            new.map_or("", String::as_str)
        ));
    }
    Ok(Some(MadeDocument {
        stem: STEM.to_owned(),
        // Told above, with the reason.
        beside: false,
        files: put.files,
        undrawn: Vec::new(),
    }))
}

/// Keeps what somebody wrote under a name that holds nothing else, and tells the name.
fn keep(written: &Written, ending: &str, bytes: &[u8]) -> Result<String, WorldError> {
    let mut attempt = 1;
    loop {
        let stem = if attempt == 1 { format!("{STEM}.old") } else { format!("{STEM}.old-{attempt}") };
        let name = format!("{stem}.{ending}");
        if written.standing(&name)?.is_none_or(|(present, _)| present == bytes) {
            written.write(&stem, &[(ending, bytes)], Hash::of(bytes), false)?;
            return Ok(name);
        }
        attempt += 1;
    }
}
