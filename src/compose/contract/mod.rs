//! What a template sees: the types that are serialised for it, and with them its data contract.
//!
//! Two kinds of text: [`Md`] is the pack's own prose and goes in as Markdown; a `String` is plain text,
//! which may have been typed by anybody, and every place of a template makes it inert.

mod advice;
mod assessment;
mod cohort;
mod head;
mod judgement;
mod kit;
mod session;
mod show;
mod value;

use schemars::JsonSchema;
use serde::Serialize;

pub use advice::{Guide, Measure, Plan, Prescription, Reason, SetAside, Withheld};
pub use assessment::{AskedChoice, AskedItem, AskedPart, AskedScale, AskedTogether, Assessment};
pub use cohort::{
    AreaTogether, Asked, Benchmark, Breakout, Cohort, Count, Cut, CutRow, Gap, MetricTogether, Often,
    Segment, SharedLeak, Standing,
};
pub use head::{Answered, PackHead, Remark, RespondentHead, Words};
pub use judgement::{Almost, Area, Evidence, FindOut, Finding, Leak, Metric, SourceRef};
pub use kit::{KitFile, KitList, KitPaper, KitPerson};
pub use session::{Meeting, NextMeeting, SessionHead, Speaker, ZoneTime};
pub use show::{RunMishap, RunQuestion, RunSegment, Show};
pub use value::{Md, Num};

/// What a template with `for: respondent` sees.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ForRespondent {
    /// The person, team or company that the document is for.
    pub respondent: RespondentHead,
    /// The pack by which the answers were judged.
    pub pack: PackHead,
    /// What the pack calls things.
    pub words: Words,
    /// The day by which dated bands were chosen; nothing where no date is known.
    pub as_of: Option<String>,
    /// How much was answered.
    pub answered: Answered,
    /// The score over all areas; nothing where the pack has none.
    pub total: Option<Area>,
    /// The ends of every area's score, such as `0 to 100`; nothing where areas differ in them.
    pub range: Option<String>,
    /// How answers become scores, in a sentence or two.
    pub how_scored: Md,
    /// Every area with its score, in the pack's order.
    pub areas: Vec<Area>,
    /// The zones of the areas' scores, for a chart; nothing where areas differ in their bands.
    pub zones: Option<Md>,
    /// Every metric that has bands or a value, in the pack's order.
    pub metrics: Vec<Metric>,
    /// Every rule that fired, in the pack's order.
    pub findings: Vec<Finding>,
    /// The leaking areas, worst first, three at most. No finding, prescription or question stands under two.
    pub leaks: Vec<Leak>,
    /// Leaking areas beyond the three.
    pub more_leaks: Vec<Area>,
    /// Areas that hold, in the pack's order.
    pub strengths: Vec<Area>,
    /// Areas whose band is not certain, in the pack's order.
    pub unclear: Vec<Area>,
    /// Rules that nearly fired, in the pack's order: one number stands in the way, a tenth of its range away at most.
    pub near_misses: Vec<Almost>,
    /// What is not known and would settle something, most telling first.
    pub find_out: Vec<FindOut>,
    /// Everything advised, by rank.
    pub prescriptions: Vec<Prescription>,
    /// Prescriptions of the plan that stand under none of `leaks`, in the plan's order.
    pub others: Vec<Prescription>,
    /// Findings for which nothing is advised and that stand under none of `leaks`, the gravest first.
    pub also_found: Vec<Finding>,
    /// What to do when.
    pub plan: Plan,
    /// What gave way to other advice.
    pub set_aside: Vec<SetAside>,
    /// Steps that wait until something is known.
    pub withheld: Vec<Withheld>,
    /// What was taken for granted because it is not known.
    pub assumptions: Vec<Md>,
    /// What the reader should know of the figures: bands past their review, figures that disagree.
    pub notes: Vec<Md>,
    /// Every source that a figure with a band, or advice under `leaks` or in the plan, rests on; in the
    /// pack's order.
    pub sources: Vec<SourceRef>,
    /// The pack's advice, area by area, whoever it is for.
    pub guide: Vec<Guide>,
    /// What was answered to questions of text, in the pack's order.
    pub remarks: Vec<Remark>,
    /// What the answers file holds under `extra`. Any key; texts are plain.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// The session, where one was given.
    pub session: Option<SessionHead>,
}

/// What a template with `for: session` sees.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ForSession {
    /// The pack of the session.
    pub pack: PackHead,
    /// What the pack calls things.
    pub words: Words,
    /// The webinar or workshop.
    pub session: SessionHead,
    /// The pack's advice, area by area.
    pub guide: Vec<Guide>,
    /// What the assessment asks, and which answers there are.
    pub assessment: Assessment,
    /// What happens minute by minute; nothing where no run of show has the session's length.
    pub run: Option<Show>,
    /// What was made; nothing but for documents that need it, which are made last.
    pub kit: Option<KitList>,
    /// What the findings of the cohort come to; nothing where there are fewer respondents than may be told of.
    pub cohort: Option<Cohort>,
}

/// What a template with `for: cohort` sees.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ForCohort {
    /// The pack by which the answers were judged.
    pub pack: PackHead,
    /// What the pack calls things.
    pub words: Words,
    /// The day by which dated bands were chosen; nothing where that is each respondent's own.
    pub as_of: Option<String>,
    /// How answers become scores, in a sentence or two.
    pub how_scored: Md,
    /// What the findings of all respondents come to together.
    pub cohort: Cohort,
    /// The pack's advice, area by area.
    pub guide: Vec<Guide>,
    /// The session, where one was given.
    pub session: Option<SessionHead>,
}
