//! What a form asks, in which order and with which answers: the same for every tool that it is written for.

use super::ask::Ask;
use super::words::Words;
use crate::model::{Absence, Number, Pack, Unit};

/// A text in each language of the form, the form's own first.
pub type Local = Vec<String>;

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The only language; none for the pack's own and all into which its labels are translated.
    pub language: Option<&'a str>,
    /// Whether nobody may leave a question of choices open: "don't know" is always offered.
    pub required: bool,
}

/// A pack's questions, ready to be written.
pub struct Form<'p> {
    pub pack: &'p Pack,
    pub title: String,
    pub languages: Vec<String>,
    pub words: Vec<&'static Words>,
    pub sections: Vec<Section>,
    /// What cannot be as the pack has it, whatever the tool.
    pub notes: Vec<String>,
}

pub struct Section {
    /// Letters, digits and `_`: the name where a tool wants one.
    pub name: String,
    pub title: Local,
    pub help: Option<Local>,
    pub items: Vec<Item>,
}

/// What an item asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Name,
    Team,
    Role,
    Question(usize),
    Metric(usize),
}

pub struct Item {
    pub about: About,
    /// The id of a question or metric; `name`, `team` or `role`.
    pub id: String,
    pub title: Local,
    pub help: Option<Local>,
    pub entry: Entry,
    pub required: bool,
    /// When it is put; none for always.
    pub ask: Option<Ask>,
    /// Whether it is put to some only, by a condition that no form can judge.
    pub unjudged: bool,
    /// Whether it follows from other figures that are asked for.
    pub worked_out: bool,
    /// The roles that it is put to, where these are not all of them.
    pub roles: Vec<String>,
}

/// How an answer is given.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// One of several choices, or any number of them.
    Choices {
        choices: Vec<Offer>,
        several: bool,
    },
    Number {
        unit: Unit,
        range: Option<(Number, Number)>,
        step: Option<Number>,
    },
    Line,
    Lines,
}

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// As answers files say it: an option's id, a number of the scale, or the word for an absence.
    pub value: String,
    pub label: Local,
    pub kind: Says,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// A number of a scale.
    Step,
    /// An option of the pack, or a role.
    Option,
    Absent(Absence),
    /// None of several.
    None,
}

impl Item {
    /// Whether it asks who answers.
    pub fn is_field(&self) -> bool {
        matches!(self.about, About::Name | About::Team | About::Role)
    }
}
