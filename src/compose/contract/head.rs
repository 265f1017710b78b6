//! The head of a document: for whom, by which pack, on how many answers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Md;

/// The person, team or company that a document is for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RespondentHead {
    /// Names files and rows.
    pub id: String,
    /// As printed.
    pub name: String,
    /// The language, as a tag.
    pub language: String,
    /// The day of the answers.
    pub date: Option<String>,
    /// The mail address: that of the answers, or the id where that is one.
    pub email: Option<String>,
    /// Whether they were at the session: false where the answers say so, or were to say it and do not.
    pub present: bool,
}

/// The pack by which answers are judged.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PackHead {
    /// The pack's id.
    pub id: String,
    /// The pack's title.
    pub title: Md,
    /// The pack's version.
    pub version: String,
    /// The language of the pack's texts, as a tag.
    pub language: String,
    /// How many areas it has.
    pub areas: usize,
    /// How many questions score.
    pub questions: usize,
}

/// What the pack calls things. Besides these four it holds every other word under `words:` of the pack.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Words {
    /// One place where something is lost.
    pub leak: String,
    /// Several of them.
    pub leaks: String,
    /// One thing that is assessed.
    pub area: String,
    /// Several of them.
    pub areas: String,
    #[serde(flatten)]
    pub other: BTreeMap<String, String>,
}

/// What was answered to a question of text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Remark {
    /// The question's id.
    pub id: String,
    /// The question.
    pub question: Md,
    /// The answer as typed, without blanks around it.
    pub text: String,
    /// Who of several people said it; nothing where only one answers.
    pub role: Option<String>,
}

/// How much was answered.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Answered {
    /// Questions that score and have a value.
    pub given: usize,
    /// Questions that score and apply.
    pub of: usize,
    /// Questions that score and would have applied, and were not put to anybody.
    pub not_asked: usize,
    /// All of it in words.
    pub text: String,
}
