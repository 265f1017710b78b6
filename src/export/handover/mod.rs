//! The plan for the tools in which people keep their work: a table, tasks, and days in a calendar.
//!
//! Every step has an id that stays the same from run to run, so that a table that people have worked in is brought up to
//! date by [`bring_up_to_date`] and never doubled.

mod again;
mod days;
mod table;
mod tasks;

use jiff::civil::Date;

pub use again::{Outdated, bring_up_to_date};
pub use days::plan_calendar;
pub use table::{COLUMNS, plan_csv, plan_xlsx, read_plan};
pub use tasks::plan_tasks;

/// What a step's status is before anybody has said anything.
pub const OPEN: &str = "open";
/// The words that a table offers for it.
pub const STATUSES: [&str; 4] = [OPEN, "begun", DONE, DROPPED];
const DONE: &str = "done";
const DROPPED: &str = "dropped";

/// A status as people write it, in its one spelling: `Done` and `DONE!` are `done`. Words of their own stay as they are.
fn status(written: &str) -> String {
    let bare = written.trim_matches(|c: char| !c.is_alphanumeric());
    let known = STATUSES.into_iter().find(|status| bare.eq_ignore_ascii_case(status));
    known.map_or_else(|| written.to_owned(), str::to_owned)
}

/// Whether a step is advised, as the table says it.
pub const ADVISED: &str = "yes";
pub const NO_LONGER: &str = "no longer";

/// A step of somebody's plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// The respondent's and the prescription's id: the same in each run.
    pub id: String,
    /// For whom the plan is.
    pub respondent: String,
    /// What is to be done.
    pub what: String,
    /// Where to begin.
    pub first_step: String,
    pub area: String,
    pub owner: String,
    /// When the plan has it due: a day, or words such as `within 30 days`.
    pub planned: String,
    /// When it is due; none where the day of the answers is not known.
    pub due: Option<Date>,
    /// The same for people, such as `within 30 days`, or what somebody wrote in its place.
    pub due_text: String,
    /// When it is looked at.
    pub review: Option<Date>,
    /// The same for people, such as `day 37`, or what somebody wrote in its place.
    pub review_text: String,
    /// How one shall know that it worked.
    pub evidence: String,
    pub now: String,
    pub target: String,
    /// Why it is advised.
    pub why: String,
    /// Whether it is: [`ADVISED`] or [`NO_LONGER`]; empty where people added the step.
    pub advised: String,
    pub status: String,
    /// Whatever people write beside it.
    pub note: String,
    /// What stands in the columns that people added, in the order of [`Plan::own`].
    pub own: Vec<String>,
}

impl Action {
    /// Whether nobody has begun it; a status that people chose says that somebody has.
    fn is_untouched(&self) -> bool {
        self.status.is_empty() || self.status == OPEN
    }

    /// Whether it is still on somebody's list: a step that is advised no more is, where somebody is at work on it.
    fn is_on(&self) -> bool {
        self.status != DROPPED && !(self.advised == NO_LONGER && self.is_untouched())
    }

    /// The figure that shows it, with where it stands and where it is to go, each word as `set` writes it; empty where no figure
    /// does.
    fn shown_by(&self, set: fn(&str) -> String) -> String {
        let mut out = set(&self.evidence);
        if !out.is_empty() {
            for (label, text) in [("now", &self.now), ("aim", &self.target)] {
                if !text.is_empty() {
                    out.push_str(&format!(", {label} {}", set(text)));
                }
            }
        }
        out
    }
}

impl Plan {
    /// Due days that somebody wrote and nobody can read: they stand in no calendar.
    pub fn unread_days(&self) -> Vec<&str> {
        let unread = |step: &&Action| {
            step.is_on() && step.due.is_none() && !step.due_text.is_empty() && step.due_text != step.planned
        };
        self.steps.iter().filter(unread).map(|step| step.due_text.as_str()).collect()
    }

    /// What people wrote for a status that is none of the words of the table: such steps count as begun.
    pub fn own_statuses(&self) -> Vec<&str> {
        let status = self.steps.iter().map(|step| step.status.as_str());
        status.filter(|status| !status.is_empty() && !STATUSES.contains(status)).collect()
    }
}

/// A table of steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Heads of the columns that people added.
    pub own: Vec<String>,
    pub steps: Vec<Action>,
}
