//! The run of show as templates see it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Guide, Md};

/// What happens in the session, minute by minute.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Show {
    /// Its title.
    pub title: Option<Md>,
    /// How many minutes it takes: the sum of its segments.
    pub minutes: u32,
    /// Its segments in order.
    pub segments: Vec<RunSegment>,
    /// What must be there before anybody comes.
    pub materials: Vec<Md>,
    /// What the trainer does before it begins.
    pub before: Vec<Md>,
    /// Questions that are hard to answer on the spot.
    pub hard_questions: Vec<RunQuestion>,
    /// What to do when something goes wrong.
    pub contingency: Vec<RunMishap>,
}

/// A stretch of the session with one purpose.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RunSegment {
    /// Its place, from 1.
    pub number: usize,
    /// What stands on the agenda.
    pub title: Md,
    /// `talk`, `results`, `leak`, `plan`, `questions` or `break`.
    pub topic: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// When it begins, as the session's own clock shows it; minutes from the start where no time is known.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// Who leads it.
    pub owner: Option<Md>,
    /// What is to be seen.
    pub screen: Option<Md>,
    /// What begins it.
    pub cue: Option<Md>,
    /// What it is for.
    pub goal: Option<Md>,
    /// What the trainer says.
    pub say: Vec<Md>,
    /// What the trainer does.
    pub act: Vec<Md>,
    /// What the trainer asks.
    pub ask: Vec<RunQuestion>,
    /// How it is summed up.
    pub debrief: Option<Md>,
    /// The sentence that leads on.
    pub transition: Option<Md>,
    /// Of a leak: its place among the leaks taken up, from 1.
    pub leak: Option<usize>,
    /// Of a leak: the area that it is about, by the group's own results where they are known, else in the pack's order.
    pub area: Option<Guide>,
}

/// A question with what is expected.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RunQuestion {
    /// The question.
    pub text: Md,
    /// The answer to give or to expect.
    pub answer: Option<Md>,
}

/// Something that may go wrong.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RunMishap {
    /// What goes wrong.
    pub text: Md,
    /// What helps.
    pub answer: Option<Md>,
}
