//! What to do: prescriptions, the plan, what was set aside, and the pack's guide.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Md, Num, SourceRef};

/// A piece of advice, with every reason for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Prescription {
    /// The prescription's id.
    pub id: String,
    /// The prescription's title.
    pub title: Md,
    /// The id of its area; nothing for general advice.
    pub area: Option<String>,
    /// The title of its area.
    pub area_title: Option<Md>,
    /// The steps to take.
    pub steps: Vec<Md>,
    /// What the coach asks.
    pub coach: Vec<Md>,
    /// From 1, little, to 5.
    pub effort: i64,
    /// From 1, little, to 5.
    pub impact: i64,
    /// The highest severity of its reasons.
    pub severity: String,
    /// Severity × impact ÷ effort.
    pub rank: Num,
    /// The same as a sum.
    pub rank_text: String,
    /// Who sees to it.
    pub owner: Option<Md>,
    /// Days within which it should be done, by itself.
    pub horizon: u32,
    /// Days within which the plan has it done; nothing where the plan leaves it out.
    pub due: Option<u32>,
    /// The same as a date, or as a number of days where no day is known from which to count.
    pub due_text: String,
    /// When it is looked at: a week after it is due, on a Monday where that is a weekend; nothing where the plan leaves it out.
    pub review_text: Option<String>,
    /// `rep`, `team` or `organisation`.
    pub level: Option<String>,
    /// What to do at once.
    pub first_step: Option<Md>,
    /// How one shall know that it worked.
    pub measure: Option<Measure>,
    /// Where it comes from.
    pub sources: Vec<SourceRef>,
    /// The sources in short: the grade of each, and its number in `sources`.
    pub sources_text: Md,
    /// Why it is advised; never empty.
    pub reasons: Vec<Reason>,
    /// Titles of what must be done before and is advised too.
    pub after: Vec<Md>,
    /// The id of the ladder whose step it is.
    pub ladder: Option<String>,
    /// Its place among that ladder's steps, from 1.
    pub step: Option<usize>,
    /// Why it is this step's turn, in one sentence; nothing where it is no step.
    pub step_because: Option<Md>,
    /// Whether it stands under one of `leaks`.
    pub in_leak: bool,
}

/// The metric by which success is known.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Measure {
    /// The metric's id.
    pub id: String,
    /// The metric's title.
    pub title: Md,
    /// Its value, or “not measured yet”.
    pub now: String,
    /// The best band in words.
    pub target: Option<Md>,
    /// All three in one line.
    pub text: Md,
}

/// A rule as the reason for a piece of advice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reason {
    /// The rule's id.
    pub id: String,
    /// The rule's title.
    pub title: Md,
    /// What made it fire, in one sentence.
    pub because: Md,
    /// Why that matters.
    pub why: Md,
    /// What would take it off the list: three ways at most, fewest changes first.
    pub would_change: Vec<Md>,
}

/// What to do when; a prescription stands in one of the four.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Plan {
    /// Due within 30 days.
    pub days30: Vec<Prescription>,
    /// Due within 60 days.
    pub days60: Vec<Prescription>,
    /// Due within 90 days.
    pub days90: Vec<Prescription>,
    /// What has no room in the plan, by rank.
    pub annex: Vec<Prescription>,
    /// The end of the first 30 days, as a date or a number of days.
    pub by30: String,
    /// The end of the first 60 days.
    pub by60: String,
    /// The end of the first 90 days.
    pub by90: String,
    /// When to look at what became of the first 30 days: a week after them, on a Monday where that is a weekend. A
    /// date, or a day's number where no day is known from which to count.
    pub review30: String,
    /// The same for the first 60 days.
    pub review60: String,
    /// The same for the first 90 days.
    pub review90: String,
    /// The day from which all of it counts: that of the session, or that of the answers where there is none; nothing where neither
    /// is known.
    pub start: Option<String>,
    /// The first thing to do.
    pub first: Option<Prescription>,
}

/// A piece of advice that gave way to another.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SetAside {
    /// The prescription's id.
    pub id: String,
    /// The prescription's title.
    pub title: Md,
    /// The title of the one that stays.
    pub instead: Md,
    /// Why it was considered; never empty.
    pub reasons: Vec<Reason>,
}

/// A step that waits until something is known.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Withheld {
    /// The prescription's id.
    pub id: String,
    /// The prescription's title.
    pub title: Md,
    /// The id of its ladder.
    pub ladder: String,
    /// What it waits for, as a sentence.
    pub waits_for: Md,
}

/// An area's advice as the pack holds it, whoever it is for.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Guide {
    /// The area's id.
    pub id: String,
    /// The area's title.
    pub title: Md,
    /// Titles of its first six prescriptions in the pack's order; the steps of ladders in theirs.
    pub advice: Vec<Md>,
    /// Two questions that a coach asks about it.
    pub ask: Vec<Md>,
    /// Up to six of them, these two first.
    pub questions: Vec<Md>,
    /// Why it matters: what the first three rules about it say, in the pack's order. Where a reason quotes values, papers for all have the rule's title.
    pub why: Vec<Md>,
    /// What can be done at once, of its advice in the same order; nothing where the author says nothing.
    pub first_steps: Vec<Md>,
}
