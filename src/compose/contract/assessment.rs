//! The assessment as a paper prints it: what is asked, and which answers there are.

use schemars::JsonSchema;
use serde::Serialize;

/// Everything that is asked.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Assessment {
    /// The sets of answers that questions share, in the order in which they are first used.
    pub scales: Vec<AskedScale>,
    /// Its parts: who answers, the areas, the figures, one's own words.
    pub parts: Vec<AskedPart>,
}

/// Answers that one question or several take.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AskedScale {
    /// The letter by which questions refer to it: `A`, `B`.
    pub letter: String,
    /// Whether any number of them may be chosen.
    pub several: bool,
    /// The answers in order.
    pub choices: Vec<AskedChoice>,
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AskedChoice {
    /// A sign to circle: the number of the scale, the choice's own place, or `?` for not knowing.
    pub sign: String,
    /// What it means.
    pub label: String,
}

/// A part of the assessment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AskedPart {
    /// Its title.
    pub title: String,
    /// A sentence on how to fill it in.
    pub help: Option<String>,
    /// Whether all that it asks are numbers.
    pub numbers: bool,
    /// Its questions in order.
    pub items: Vec<AskedItem>,
    /// Those of them that share their answers with others of the part: a table each.
    pub shared: Vec<AskedTogether>,
    /// All others.
    pub alone: Vec<AskedItem>,
}

/// Questions of one part that take the same answers, of which one is chosen: a row each, and a column for each answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AskedTogether {
    /// The answers in order.
    pub choices: Vec<AskedChoice>,
    /// The questions in order.
    pub items: Vec<AskedItem>,
}

/// A question or a figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AskedItem {
    /// The question's or metric's id.
    pub id: String,
    /// The question.
    pub text: String,
    /// When it is put, where not to everybody.
    pub note: Option<String>,
    /// `one` or `several` of a scale's answers, a `number`, a `line` or `lines` of text.
    pub entry: String,
    /// The answers to choose from; none of a number or a text.
    pub choices: Vec<AskedChoice>,
    /// The letter of its scale.
    pub scale: Option<String>,
    /// The signs to circle, such as `0 1 2 3 4 ?`.
    pub signs: Option<String>,
    /// Of a figure: whether others give it, so that it may stay open.
    pub worked_out: bool,
}
