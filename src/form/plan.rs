//! What a form asks, in which order and with which answers: the same for every tool that it is written for.

use super::ask::{Ask, ask_of, both};
use super::words::{Words, words};
use crate::markdown::plain;
use crate::model::{Absence, Choice, Metric, Number, Pack, Prose, Question, QuestionId, QuestionKind, Unit};

/// Steps of a scale that are shown one by one; a longer scale is a number to type.
const LISTED: usize = 15;

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

/// The form of a pack.
pub fn form<'p>(pack: &'p Pack, wanted: Wanted<'_>) -> Form<'p> {
    let mut notes = Vec::new();
    let languages = languages(pack, wanted.language);
    let words: Vec<&'static Words> = languages
        .iter()
        .map(|language| {
            let (words, known) = words(language);
            if !known {
                notes.push(format!(
                    "the form's own words, such as \"{}\", are not there in `{language}` and stand in English",
                    words.asked.dont_know
                ));
            }
            words
        })
        .collect();
    if let Some(language) = wanted.language.filter(|language| *language != pack.language) {
        notes.push(format!(
            "questions and titles stand in `{}`, the pack's language: labels alone have others, and are in `{language}` where the pack has them",
            pack.language
        ));
    }
    let form = Form { pack, title: said(&pack.title), languages, words, sections: Vec::new(), notes };
    form.laid_out(wanted)
}

/// The pack's own language, then those into which its labels are translated.
fn languages(pack: &Pack, wanted: Option<&str>) -> Vec<String> {
    if let Some(language) = wanted {
        return vec![language.to_owned()];
    }
    let mut others: Vec<&String> = pack
        .questions
        .iter()
        .flat_map(|question| question.kind.choices())
        .flat_map(|choice| choice.translations.iter().map(|(language, _)| language))
        .filter(|language| **language != pack.language)
        .collect();
    others.sort();
    others.dedup();
    std::iter::once(&pack.language).chain(others).cloned().collect()
}

/// The words of a sentence of the pack.
pub fn said(prose: &Prose) -> String {
    plain(&prose.plain())
}

impl Form<'_> {
    fn laid_out(mut self, wanted: Wanted<'_>) -> Self {
        let pack = self.pack;
        let roles = roles(pack);
        let at_home = |question: &Question| -> Option<usize> {
            // What belongs to no area of its own stands with the first one that scores it.
            let scored = || {
                let place = pack.questions.iter().position(|own| own.id == question.id)?;
                pack.areas.iter().position(|area| area.questions.contains(&QuestionId(place)))
            };
            question.area.map(|area| area.0).or_else(scored)
        };
        let questions = |wanted: &dyn Fn(&Question) -> bool| -> Vec<usize> {
            let each = pack.questions.iter().enumerate();
            each.filter(|(_, question)| wanted(question)).map(|(place, _)| place).collect()
        };
        let mut about: Vec<Item> = self.fields(&roles);
        let loose = questions(&|question| at_home(question).is_none() && question.kind != QuestionKind::Text);
        about.extend(loose.into_iter().map(|place| self.question(place, &roles, wanted)));
        self.add("about_you", self.local(|words| words.about_you), None, about);
        for (place, area) in pack.areas.iter().enumerate() {
            let own = questions(&|question| at_home(question) == Some(place));
            let items: Vec<Item> =
                own.into_iter().map(|place| self.question(place, &roles, wanted)).collect();
            let title = vec![said(&area.title); self.languages.len()];
            self.add(&format!("area_{}", area.id.replace('-', "_")), title, None, items);
        }
        let metrics: Vec<Item> = (0..pack.metrics.len()).map(|place| self.metric(place)).collect();
        let help = self.local(|words| words.figures_help);
        self.add("figures", self.local(|words| words.figures), Some(help), metrics);
        let open = questions(&|question| at_home(question).is_none() && question.kind == QuestionKind::Text);
        let items: Vec<Item> = open.into_iter().map(|place| self.question(place, &roles, wanted)).collect();
        self.add("own_words", self.local(|words| words.own_words), None, items);
        self
    }

    fn add(&mut self, name: &str, title: Local, help: Option<Local>, items: Vec<Item>) {
        if !items.is_empty() {
            self.sections.push(Section { name: name.to_owned(), title, help, items });
        }
    }

    /// A text of the form's own in each of its languages.
    pub fn local(&self, word: impl Fn(&'static Words) -> &'static str) -> Local {
        self.words.iter().map(|words| word(words).to_owned()).collect()
    }

    /// Who answers: one person, team or company, or a team with its roles.
    fn fields(&self, roles: &[String]) -> Vec<Item> {
        let field = |about, id: &str, title: Local, entry| Item {
            about,
            id: id.to_owned(),
            title,
            help: None,
            entry,
            required: true,
            ask: None,
            unjudged: false,
            worked_out: false,
            roles: Vec::new(),
        };
        if roles.is_empty() {
            return vec![field(About::Name, "name", self.local(|words| words.asked.name), Entry::Line)];
        }
        let choice = |role: &String| Offer {
            value: role.clone(),
            label: vec![role.clone(); self.languages.len()],
            kind: Says::Option,
        };
        let choices = roles.iter().map(choice).collect();
        let mut role = field(
            About::Role,
            "role",
            self.local(|words| words.asked.role),
            Entry::Choices { choices, several: false },
        );
        role.help = Some(self.local(|words| words.role_help));
        role.required = false;
        vec![field(About::Team, "team", self.local(|words| words.asked.team), Entry::Line), role]
    }

    fn question(&self, place: usize, roles: &[String], wanted: Wanted<'_>) -> Item {
        let question = &self.pack.questions[place];
        let entry = self.entry(question);
        let help = match &entry {
            Entry::Choices { several: true, .. } => Some(self.local(|words| words.several)),
            Entry::Number { unit, range, .. } => self.number_help(unit, range.as_ref()),
            _ => None,
        };
        let put_to: Vec<String> = match question.voices.len() {
            count if count == 0 || count == roles.len() => Vec::new(),
            _ => question.voices.clone(),
        };
        let ask = question.ask_if.as_ref().map(|ask_if| ask_of(self.pack, ask_if));
        let unjudged = ask == Some(None);
        let role = Some(put_to.clone()).filter(|roles| !roles.is_empty()).map(Ask::Role);
        Item {
            about: About::Question(place),
            id: question.id.clone(),
            title: vec![
                format!("{}{}", said(&question.text), told_unit(&question.kind));
                self.languages.len()
            ],
            help,
            required: wanted.required && matches!(entry, Entry::Choices { .. }),
            entry,
            ask: both(ask.flatten(), role),
            unjudged,
            worked_out: false,
            roles: put_to,
        }
    }

    fn entry(&self, question: &Question) -> Entry {
        let kind = &question.kind;
        let steps = || {
            let each = listed_values(kind).into_iter().map(|(value, shown)| {
                let label = kind.label_of(&value).filter(|label| !label.is_empty());
                Offer {
                    label: vec![label.unwrap_or(&shown).to_owned(); self.languages.len()],
                    value: shown,
                    kind: Says::Step,
                }
            });
            each.collect::<Vec<_>>()
        };
        let options = || kind.choices().iter().map(|choice| self.option(choice)).collect::<Vec<_>>();
        let (mut choices, several) = match kind {
            QuestionKind::Numbered { from, to, step, .. } if !is_listed(kind) => {
                let range = Some((from.clone(), to.clone()));
                return Entry::Number { unit: Unit::None, range, step: step.clone() };
            }
            QuestionKind::Number { unit, range } => {
                return Entry::Number { unit: unit.clone(), range: range.clone(), step: None };
            }
            QuestionKind::Text => return Entry::Lines,
            QuestionKind::Numbered { .. } => (steps(), false),
            QuestionKind::Options(_) | QuestionKind::Profile(_) => (options(), false),
            QuestionKind::Many(_) => (options(), true),
        };
        if several && !kind.choices().iter().any(says_none) {
            choices.push(Offer {
                value: crate::import::NONE.to_owned(),
                label: self.local(|words| words.asked.none),
                kind: Says::None,
            });
        }
        choices.push(Offer {
            value: Absence::DontKnow.key().to_owned(),
            label: self.local(|words| words.asked.dont_know),
            kind: Says::Absent(Absence::DontKnow),
        });
        if question.not_applicable {
            choices.push(Offer {
                value: Absence::NotApplicable.key().to_owned(),
                label: self.local(|words| words.asked.not_applicable),
                kind: Says::Absent(Absence::NotApplicable),
            });
        }
        Entry::Choices { choices, several }
    }

    fn option(&self, choice: &Choice) -> Offer {
        let label = |language: &String| {
            let own = choice.translations.iter().find(|(tag, _)| tag == language);
            own.map_or(&choice.label, |(_, label)| label).clone()
        };
        Offer {
            value: choice.id.clone(),
            label: self.languages.iter().map(label).collect(),
            kind: Says::Option,
        }
    }

    fn metric(&self, place: usize) -> Item {
        let metric = &self.pack.metrics[place];
        let title = |words: &&'static Words| format!("{}{}", said(&metric.title), measured_in(metric, words));
        let number = self.number_help(&metric.unit, metric.range.as_ref());
        let help = match (number, is_worked_out(metric)) {
            (Some(help), true) => {
                let each = help.into_iter().zip(&self.words);
                Some(each.map(|(help, words)| format!("{help} {}", words.worked_out)).collect())
            }
            (help, _) => help,
        };
        Item {
            about: About::Metric(place),
            id: metric.id.clone(),
            title: self.words.iter().map(title).collect(),
            help,
            entry: Entry::Number { unit: metric.unit.clone(), range: metric.range.clone(), step: None },
            required: false,
            ask: None,
            unjudged: false,
            worked_out: is_worked_out(metric),
            roles: Vec::new(),
        }
    }

    /// "A number from 0% to 100%."
    fn number_help(&self, unit: &Unit, range: Option<&(Number, Number)>) -> Option<Local> {
        let shown = |number: &Number| unit.after(&shown(number));
        let help = |words: &&'static Words| match range {
            Some((low, high)) => {
                words.between.replacen("{low}", &shown(low), 1).replacen("{high}", &shown(high), 1)
            }
            None => words.number.to_owned(),
        };
        Some(self.words.iter().map(help).collect())
    }
}

/// The roles that any question asks, in pack order.
fn roles(pack: &Pack) -> Vec<String> {
    let mut roles: Vec<String> = Vec::new();
    for role in pack.questions.iter().flat_map(|question| &question.voices) {
        if !roles.contains(role) {
            roles.push(role.clone());
        }
    }
    roles
}

/// Whether the values of a question are shown one by one.
pub fn is_listed(kind: &QuestionKind) -> bool {
    let QuestionKind::Numbered { .. } = kind else { return !kind.choices().is_empty() };
    kind.step_at(0).is_some() && kind.step_at(LISTED).is_none()
}

/// The values of a scale that is shown one by one, each as it is written; none of any other question.
pub fn listed_values(kind: &QuestionKind) -> Vec<(Number, String)> {
    let each = (0..LISTED).map_while(|place| kind.step_at(place));
    each.map(|value| (value.clone(), shown(&value))).collect()
}

/// A number as it is typed.
pub fn shown(number: &Number) -> String {
    number.to_decimal(30)
}

fn says_none(choice: &Choice) -> bool {
    crate::import::is_none(&choice.id)
        || crate::import::is_none(&choice.label)
        || choice.translations.iter().any(|(_, label)| crate::import::is_none(label))
}

/// " (clients, per year)", " (%)": what a number is taken to be; a percentage says so last.
fn measured_in(metric: &Metric, words: &Words) -> String {
    let per = metric.period.as_ref().map(|period| format!("{} {period}", words.per));
    let unit = Some(metric.unit.name()).filter(|unit| !unit.is_empty());
    match (unit, per) {
        (None, None) => String::new(),
        (Some(unit), None) => format!(" ({unit})"),
        (None, Some(per)) => format!(" ({per})"),
        (Some("%"), Some(per)) => format!(", {per} (%)"),
        (Some(unit), Some(per)) => format!(" ({unit}, {per})"),
    }
}

/// " (%)" or " (hours)" behind a question for a number.
fn told_unit(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Number { unit, .. } if !unit.name().is_empty() => format!(" ({})", unit.name()),
        _ => String::new(),
    }
}

/// Whether a metric follows from others that the form asks for.
fn is_worked_out(metric: &Metric) -> bool {
    metric.formula.as_ref().is_some_and(|formula| !formula.names().is_empty())
}

impl Item {
    /// Whether it asks who answers.
    pub fn is_field(&self) -> bool {
        matches!(self.about, About::Name | About::Team | About::Role)
    }
}
