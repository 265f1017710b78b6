//! The sections of a form: who answers, then the areas, then figures, then what is said in one's own words.

use super::items::said;
use super::plan::{About, Entry, Form, Item, Local, Offer, Says, Section, Wanted};
use super::words::{Words, words};
use crate::model::{Pack, Question, QuestionId, QuestionKind};

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
