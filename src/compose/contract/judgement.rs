//! What was found: areas, metrics, findings, leaks, and what is not known.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answered, Md, Num, Prescription};

/// An area with its score; the total has the same shape.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Area {
    /// The area's id.
    pub id: String,
    /// The area's title.
    pub title: Md,
    /// The score as printed: a number, an interval, or “unknown”.
    pub text: String,
    /// The score with what it is out of, such as `42.5 of 100` or `12 of 27`, or “unknown”.
    pub full: String,
    /// The way from the lowest score there is to the highest, in percent; an interval where the score is one.
    /// Nothing where the score is unknown or nothing bounds it.
    pub share: Option<String>,
    /// The score as a number, where it is certain.
    pub value: Option<Num>,
    /// The lower end of the score.
    pub low: Option<Num>,
    /// The upper end of the score.
    pub high: Option<Num>,
    /// The band, where it is certain.
    pub band: Option<Md>,
    /// The band, or the bands that are possible.
    pub band_text: Md,
    /// The area's bands in words, best first.
    pub bands_text: Option<Md>,
    /// The scores at which it no longer leaks, such as `60 or more`; nothing where no band is a leak.
    pub aim: Option<Md>,
    /// The score in a sentence.
    pub sentence: Md,
    /// How much of it was answered.
    pub answered: Answered,
    /// Whether the score is certain.
    pub certain: bool,
    /// Whether it leaks.
    pub leak: bool,
    /// Whether it holds.
    pub strength: bool,
}

/// A measured number against its bands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Metric {
    /// The metric's id.
    pub id: String,
    /// The metric's title.
    pub title: Md,
    /// The value with its unit as printed, or “unknown”.
    pub text: String,
    /// The value as a number in the metric's unit.
    pub value: Option<Num>,
    /// The unit; empty for a plain number.
    pub unit: String,
    /// The span of time it is measured over.
    pub period: Option<String>,
    /// Whether it was worked out by the pack's formula.
    pub computed: bool,
    /// The band of the value.
    pub band: Option<Md>,
    /// Whether it has bands at all.
    pub has_bands: bool,
    /// All bands in words, best first.
    pub bands_text: Option<Md>,
    /// The best and the worst band in words; all of them where the good ones lie in the middle.
    pub ends_text: Option<Md>,
    /// Where the bands come from.
    pub sources: Vec<SourceRef>,
    /// The sources in short: the grade of each, and its number in `sources`.
    pub sources_text: Md,
    /// The day the bands were adopted.
    pub from: Option<String>,
    /// The day by which the bands should be looked at again.
    pub review_by: Option<String>,
    /// Whether that day has passed at the day of the answers.
    pub stale: bool,
    /// The author's remark on the bands.
    pub note: Option<Md>,
    /// Ids of the areas it belongs to.
    pub areas: Vec<String>,
    /// Whether one of these areas is among `leaks`.
    pub in_leak: bool,
}

/// Where a number or a piece of advice comes from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceRef {
    /// The source's id.
    pub id: String,
    /// Its place in `sources`, from 1; nothing where it is not among them.
    pub number: Option<usize>,
    /// The source's title.
    pub title: Md,
    /// What it says, where the title does not tell.
    pub note: Option<Md>,
    /// How good it is: A a named study with its sample, B one seen second-hand, C a rule of thumb, D our own.
    pub grade: Option<String>,
    /// The address as typed by the pack's author.
    pub url: Option<String>,
    /// The title, linked where there is an address.
    pub link: Md,
    /// The same with grade and note.
    pub text: Md,
}

/// A rule that fired.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// The rule's id.
    pub id: String,
    /// The rule's title.
    pub title: Md,
    /// Why it matters.
    pub why: Md,
    /// `high`, `medium` or `low`.
    pub severity: String,
    /// The id of its area; nothing where it belongs to no single one.
    pub area: Option<String>,
    /// The title of its area.
    pub area_title: Option<Md>,
    /// What made it fire, in one sentence.
    pub because: Md,
    /// What would take it off the list: three ways at most, fewest changes first. It is the rule that would come out
    /// differently; no more is promised.
    pub would_change: Vec<Md>,
    /// The evidence line by line.
    pub evidence: Vec<Evidence>,
    /// Whether it fired on an assumption.
    pub assumed: bool,
    /// Ids of what it prescribes.
    pub prescriptions: Vec<String>,
}

/// One line of a rule with what it found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Evidence {
    /// The line in words.
    pub text: Md,
    /// What it wants.
    pub threshold: Md,
    /// `true`, `false` or `unknown`.
    pub truth: String,
    /// Whether it is one of those that made the rule fire.
    pub decisive: bool,
    /// Where its band comes from.
    pub sources: Vec<SourceRef>,
}

/// A leaking area with all that belongs to it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Leak {
    /// The area and its score.
    pub area: Area,
    /// The rules that fired for this area or its prescriptions, highest severity first.
    pub findings: Vec<Finding>,
    /// What to do, in the plan's order: what the plan holds, and at least the two highest in rank.
    pub prescriptions: Vec<Prescription>,
    /// What the coach asks about these; five questions at most.
    pub coach: Vec<Md>,
    /// The area's metrics that have a value and bands.
    pub metrics: Vec<Metric>,
}

/// Something that is not known and would settle rules, bands or steps.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindOut {
    /// `question`, `voice`, `metric`, or `before`: the metric as it was in the round before.
    pub kind: String,
    /// The question's or metric's id.
    pub id: String,
    /// The question's text or the metric's title.
    pub text: Md,
    /// What to do about it.
    pub ask: Md,
    /// What it settles, in one sentence.
    pub settles: Md,
    /// What each value of it decides, where it alone decides a single rule.
    pub decides: Option<Md>,
    /// Titles of the rules that it helps to settle.
    pub findings: Vec<Md>,
}

/// A rule that did not fire for one number alone, and by little.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Almost {
    /// The rule's id.
    pub id: String,
    /// The rule's title.
    pub title: Md,
    /// The title of its area.
    pub area_title: Option<Md>,
    /// The number, where the rule begins to apply, and what would bring it there.
    pub text: Md,
}
