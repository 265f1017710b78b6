//! What was made, as the page that leads through it sees it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Md;

/// Everything that a run made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KitList {
    /// Every document, those of one phase together, before the session first; within a phase by name.
    pub papers: Vec<KitPaper>,
    /// Everybody who has papers of their own, in the order of the answers.
    pub people: Vec<KitPerson>,
    /// What is no document: the session's calendar file, the plans of all as tables.
    pub others: Vec<KitFile>,
}

/// A document of the kit.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KitPaper {
    /// The document's name, such as `playbook`.
    pub document: String,
    /// What it calls itself.
    pub title: String,
    /// `respondent`, `cohort` or `session`: for whom one is made.
    pub audience: String,
    /// `before`, `during` or `after` the session; nothing where its template does not say.
    pub phase: Option<String>,
    /// Who reads it.
    pub reader: Option<String>,
    /// When it is used.
    pub usage: Option<String>,
    /// Its files; of a document for respondents there are none here, but under each person.
    pub files: Vec<KitFile>,
}

/// Somebody with papers of their own.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KitPerson {
    /// The name as printed.
    pub name: String,
    /// The files.
    pub files: Vec<KitFile>,
}

/// A file of the kit.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KitFile {
    /// The document's name, or what the file is.
    pub document: String,
    /// The ending, such as `pdf`.
    pub format: String,
    /// Where it stands: the target of a link, as in `[open]({{ file.link }})`.
    pub link: Md,
}
