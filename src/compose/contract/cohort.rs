//! A cohort as templates see it: everything that its findings come to together.
//!
//! Whatever would be a figure of fewer people than `min_group` is left out before a template sees it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Md, Num};

/// What the findings of all respondents come to together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Cohort {
    /// How many respondents.
    pub people: usize,
    /// The same in words.
    pub people_text: String,
    /// The days of their answers.
    pub dates: Option<String>,
    /// No figure is told of fewer respondents.
    pub min_group: usize,
    /// The total; nothing where the pack has none.
    pub total: Option<AreaTogether>,
    /// Every area, in the pack's order.
    pub areas: Vec<AreaTogether>,
    /// The ends of every area's score, such as `0 to 100`; nothing where areas differ in them.
    pub range: Option<String>,
    /// The names of the areas' bands, from the lowest scores to the highest; empty where areas differ in them.
    pub bands: Vec<Md>,
    /// The three areas that leak for most respondents; as many leak, the deeper ones first. A leak of one alone is not shared.
    pub leaks: Vec<SharedLeak>,
    /// The shared leaks beyond the three.
    pub more_leaks: Vec<AreaTogether>,
    /// Areas that hold for half of all respondents or more, those of most first.
    pub strengths: Vec<AreaTogether>,
    /// The questions on which respondents lie furthest apart, three at most: what to talk about.
    pub talk: Vec<Asked>,
    /// Every question that is not text, in the pack's order.
    pub questions: Vec<Asked>,
    /// Those among them that only say who the respondents are.
    pub profile: Vec<Asked>,
    /// Where managers and the others see it differently: questions that were put to both, the widest gap first.
    pub gaps: Vec<Gap>,
    /// Every metric that has bands, in the pack's order.
    pub metrics: Vec<MetricTogether>,
    /// What is advised, most often first.
    pub prescriptions: Vec<Often>,
    /// Rules that fired, most often first.
    pub findings: Vec<Often>,
    /// How many should be in a breakout group.
    pub group_size: usize,
    /// Whether breakout groups name their people.
    pub named: bool,
    /// Breakout groups of those who share their worst leak.
    pub alike: Vec<Breakout>,
    /// Breakout groups of those who differ as much as can be.
    pub mixed: Vec<Breakout>,
    /// The cohort cut into groups, a cut for each that was asked for.
    pub cuts: Vec<Cut>,
    /// Those it is compared with; nothing where no benchmark was given.
    pub benchmark: Option<Benchmark>,
}

/// An area, or the total, over all respondents or a group of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AreaTogether {
    /// The area's id; `total` for the total.
    pub id: String,
    /// Its title.
    pub title: Md,
    /// How many have a band for certain, or a score where the pack has no bands; 0 where they are too few to be told of.
    pub counted: usize,
    /// Whether its figures are left out because they would be of too few.
    pub held_back: bool,
    /// How many lie in each band, from the lowest scores to the highest.
    pub bands: Vec<Count>,
    /// How many have a score that is certain: those behind the median.
    pub certain: usize,
    /// How many have a score and no certain band.
    pub open: usize,
    /// How many have no score.
    pub without: usize,
    /// The median of the scores that are certain: half lie below it, half above.
    pub median: Option<String>,
    /// The median with what it is out of.
    pub median_full: Option<String>,
    /// The median for comparisons.
    pub value: Option<Num>,
    /// Where the middle half of the scores lies.
    pub middle: Option<String>,
    /// How far apart respondents are, from 0, all the same, to 100, half of them at each end.
    pub disagreement: Option<Num>,
    /// For how many it leaks.
    pub leaks: usize,
    /// The same of how many, with a share.
    pub leaks_text: String,
    /// For how many it holds.
    pub holds: usize,
    /// All of it in one sentence.
    pub sentence: Md,
    /// Where it stands in the benchmark.
    pub standing: Option<Standing>,
}

/// An answer or a band, and how many gave it or lie in it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Count {
    /// The answer or the band.
    pub label: Md,
    /// How many.
    pub people: usize,
    /// Their share of those who are counted, in percent.
    pub share: Num,
}

/// A leak that several have, with what belongs to it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SharedLeak {
    /// The area.
    pub area: AreaTogether,
    /// For how many of all it leaks, in one sentence.
    pub sentence: Md,
    /// What is advised about it, most often first; three at most.
    pub prescriptions: Vec<Often>,
    /// The rules of this area that fired, most often first; three at most.
    pub findings: Vec<Often>,
    /// What a coach asks about it; two questions at most.
    pub coach: Vec<Md>,
}

/// A question with the answers of all.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Asked {
    /// The question's id.
    pub id: String,
    /// The question.
    pub question: Md,
    /// The title of its area.
    pub area_title: Option<Md>,
    /// Whether it only says who the respondents are.
    pub profile: bool,
    /// Its scale in words.
    pub scale: Option<Md>,
    /// How many gave an answer; 0 where they are too few to be told of.
    pub counted: usize,
    /// Whether its figures are left out because they would be of too few.
    pub held_back: bool,
    /// How many gave each answer.
    pub answers: Vec<Count>,
    /// The same in one line, with those who gave none.
    pub answers_text: Md,
    /// Respondents whose several voices chose differently.
    pub mixed: usize,
    /// How many gave no answer, by reason; reasons that nobody had are left out.
    pub absent: Vec<Count>,
    /// The median answer.
    pub median: Option<Md>,
    /// Where the middle half of the answers lies; nothing for questions that are not numbers.
    pub middle: Option<Md>,
    /// How far apart respondents are, from 0, all say the same, to 100, half of them at each end.
    pub disagreement: Option<Num>,
    /// Whether there are two camps with few between them.
    pub split: bool,
    /// How they differ, in one sentence.
    pub sentence: Md,
    /// Where it stands in the benchmark.
    pub standing: Option<Standing>,
}

/// A question that managers and others answer differently.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Gap {
    /// The question's id.
    pub id: String,
    /// The question.
    pub question: Md,
    /// Of how many respondents both sides answered.
    pub counted: usize,
    /// What managers said, as a share of the scale, in percent.
    pub managers_share: Num,
    /// What the others said, likewise.
    pub others_share: Num,
    /// The mean of what managers said.
    pub managers: String,
    /// The mean of what the others said.
    pub others: String,
    /// The ends of the scale, such as `0 to 4`.
    pub range: String,
    /// Who the others are.
    pub others_are: Md,
    /// The mean distance between the two sides of one respondent.
    pub apart: String,
    /// How often managers said more.
    pub more: usize,
    /// How often both sides said the same.
    pub same: usize,
    /// How often managers said less.
    pub less: usize,
    /// All of it in one sentence.
    pub sentence: Md,
}

/// A metric over all respondents.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MetricTogether {
    /// The metric's id.
    pub id: String,
    /// The metric's title.
    pub title: Md,
    /// Of how many it is known; 0 where they are too few to be told of.
    pub counted: usize,
    /// The median with its unit.
    pub median: Option<String>,
    /// Where the middle half lies, with its unit.
    pub middle: Option<String>,
    /// How many lie in each band, from the lowest values to the highest.
    pub bands: Vec<Count>,
}

/// A rule or a prescription, and for how many.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Often {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Md,
    /// The title of its area.
    pub area_title: Option<Md>,
    /// For how many.
    pub people: usize,
    /// Their share of all, in percent.
    pub share: Num,
    /// `18 of 24`.
    pub text: String,
    /// Why it matters, of a rule; the first step, of a prescription.
    pub more: Option<Md>,
}

/// A breakout group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Breakout {
    /// Its number, from 1.
    pub number: usize,
    /// How many are in it.
    pub people: usize,
    /// Which worst leaks they have, in words.
    pub about: Md,
    /// Their names; empty where names are off.
    pub names: Vec<String>,
    /// The same in words.
    pub names_text: String,
}

/// The cohort cut into groups by something that was asked or given.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Cut {
    /// The id of the question, or the name of the column.
    pub id: String,
    /// The same in words, for a heading.
    pub title: String,
    /// The question, where it was cut by one.
    pub question: Option<Md>,
    /// The groups that may be told.
    pub groups: Vec<Segment>,
    /// A row for each area with the median of each group; `unknown` where too few are counted.
    pub rows: Vec<CutRow>,
    /// Which groups are left out, in one sentence.
    pub held_back: Option<String>,
}

/// One group of a cut.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Segment {
    /// The answer or the value that they share.
    pub label: String,
    /// How many they are.
    pub people: usize,
    /// The total, over them.
    pub total: Option<AreaTogether>,
    /// Every area, over them.
    pub areas: Vec<AreaTogether>,
    /// The titles of the three areas that leak for most of them.
    pub leaks: Vec<Md>,
    /// The same in words.
    pub leaks_text: Md,
}

/// An area in a table of groups.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CutRow {
    /// The area's title.
    pub title: Md,
    /// A median for each group.
    pub cells: Vec<String>,
}

/// Earlier cohorts to compare with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Benchmark {
    /// What it is called.
    pub title: String,
    /// Where its figures come from.
    pub source: String,
    /// How good they are, from A to D.
    pub grade: String,
    /// The day they are of.
    pub date: String,
    /// How many respondents it holds.
    pub people: usize,
    /// The version of the pack that it was made with.
    pub version: String,
    /// What is not compared: the benchmark was asked differently, or has too few figures of it.
    pub left_out: Vec<Md>,
}

/// Where a median stands among those of a benchmark.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Standing {
    /// The benchmark's own median.
    pub median: String,
    /// The share of the benchmark that lies below, counting half of those who are equal: from 0 to 100.
    pub percentile: Num,
    /// How many respondents of the benchmark are counted.
    pub people: usize,
    /// All of it in one sentence.
    pub sentence: Md,
}
