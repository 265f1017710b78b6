//! When a question is put, in words: for people who see it whether it is put to them or not.

use super::ask::Ask;
use super::items::shown;
use super::plan::{About, Entry, Form, Item, Says};
use crate::model::QuestionId;

/// "Only if “How often …?”: “yearly”." None for a question that is put to everybody.
pub fn only_if(form: &Form<'_>, item: &Item) -> Option<String> {
    let words = form.words[0];
    if item.unjudged {
        return Some(words.some_only.to_owned());
    }
    let ask = without_roles(item.ask.as_ref()?)?;
    let said = said(form, &ask, 0).filter(|said| said.chars().count() <= 300);
    Some(said.map_or_else(|| words.some_only.to_owned(), |said| format!("{} {said}.", words.only_if)))
}

/// The condition without what the roles ask, which is told by itself.
fn without_roles(ask: &Ask) -> Option<Ask> {
    match ask {
        Ask::Role(_) => None,
        Ask::All(parts) => {
            let rest: Vec<Ask> = parts.iter().filter(|part| !matches!(part, Ask::Role(_))).cloned().collect();
            (!rest.is_empty()).then_some(Ask::All(rest))
        }
        other => Some(other.clone()),
    }
}

/// None for what is too involved to be read at a glance.
fn said(form: &Form<'_>, ask: &Ask, depth: usize) -> Option<String> {
    let words = form.words[0];
    let list = |parts: &[Ask], word: &str| -> Option<String> {
        let nested = depth > 0 && parts.len() > 1;
        let parts: Option<Vec<String>> = parts.iter().map(|part| said(form, part, depth + 1)).collect();
        parts.filter(|parts| !nested && !parts.is_empty()).map(|parts| parts.join(&format!(", {word} ")))
    };
    match ask {
        Ask::All(parts) => list(parts, words.and),
        Ask::Any(parts) => list(parts, words.or),
        Ask::Number(id, comparison, limit) => {
            Some(format!("{}: {} {}", asked(form, *id)?, comparison.sign(), shown(limit)))
        }
        Ask::Chosen(id, values) => {
            let labels: Option<Vec<String>> = values.iter().map(|value| label(form, *id, value)).collect();
            Some(format!("{}: {}", asked(form, *id)?, labels?.join(&format!(" {} ", words.or))))
        }
        Ask::Includes(id, value) => Some(format!("{}: {}", asked(form, *id)?, label(form, *id, value)?)),
        Ask::Says(id, absence) => {
            Some(format!("{}: {}", asked(form, *id)?, label(form, *id, absence.key())?))
        }
        Ask::AtLeast(..) | Ask::Not(_) | Ask::Answered(_) | Ask::Open(_) | Ask::Role(_) => None,
    }
}

fn item<'f>(form: &'f Form<'_>, id: QuestionId) -> Option<&'f Item> {
    let mut items = form.sections.iter().flat_map(|section| &section.items);
    items.find(|item| item.about == About::Question(id.0))
}

fn asked(form: &Form<'_>, id: QuestionId) -> Option<String> {
    Some(format!("“{}”", item(form, id)?.title[0]))
}

fn label(form: &Form<'_>, id: QuestionId, value: &str) -> Option<String> {
    let Entry::Choices { choices, .. } = &item(form, id)?.entry else { return None };
    let choice = choices.iter().find(|choice| choice.value == value)?;
    Some(match choice.kind {
        Says::Step if choice.label[0] == choice.value => choice.value.clone(),
        _ => format!("“{}”", choice.label[0]),
    })
}
