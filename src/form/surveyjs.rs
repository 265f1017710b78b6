//! A SurveyJS definition: JSON for the library of that name and for tools that take its forms.

use serde_json::{Map, Value, json};

use super::ask::Ask;
use super::items::shown;
use super::names::Names;
use super::plan::{Entry, Form, Item, Local, Offer, Says, Section};
use crate::import::WHOLE;
use crate::model::{Absence, Comparison, QuestionId, QuestionKind};

/// The definition as JSON.
pub fn surveyjs(form: &Form<'_>, names: &Names, notes: &mut Vec<String>) -> String {
    let writer = Writer { form, names };
    let pages: Vec<Value> = form.sections.iter().map(|section| writer.page(section, notes)).collect();
    let survey = json!({
        "title": inert(&form.title),
        "locale": form.languages[0],
        "showQuestionNumbers": "on",
        "showProgressBar": "top",
        "clearInvisibleValues": "onHidden",
        // Results have no key for what was left open; this one says that it was asked all the same.
        "calculatedValues": [{ "name": WHOLE, "expression": "1", "includeIntoResult": true }],
        "pages": pages,
    });
    serde_json::to_string_pretty(&survey).unwrap_or_default() + "\n"
}

struct Writer<'f> {
    form: &'f Form<'f>,
    names: &'f Names,
}

impl Writer<'_> {
    fn page(&self, section: &Section, notes: &mut Vec<String>) -> Value {
        let mut page = Map::new();
        page.insert("name".into(), section.name.clone().into());
        page.insert("title".into(), self.text(&section.title));
        if let Some(help) = &section.help {
            page.insert("description".into(), self.text(help));
        }
        let elements: Vec<Value> = section.items.iter().map(|item| self.element(item, notes)).collect();
        page.insert("elements".into(), elements.into());
        page.into()
    }

    /// A text alone, or one for each language.
    fn text(&self, text: &Local) -> Value {
        let first = &text[0];
        if text.iter().all(|other| other == first) {
            return inert(first).into();
        }
        let mut all = Map::new();
        all.insert("default".into(), inert(first).into());
        for (language, text) in self.form.languages.iter().zip(text) {
            all.insert(language.clone(), inert(text).into());
        }
        all.into()
    }

    fn element(&self, item: &Item, notes: &mut Vec<String>) -> Value {
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
        let kind = match &item.entry {
            Entry::Choices { several: true, .. } => "checkbox",
            Entry::Choices { .. } => "radiogroup",
            Entry::Number { .. } | Entry::Line => "text",
            Entry::Lines => "comment",
        };
        put("type", kind.into());
        put("name", self.names.of(item).into());
        put("title", self.text(&item.title));
        if let Some(help) = &item.help {
            put("description", self.text(help));
        }
        if item.required {
            put("isRequired", true.into());
        }
        if item.unjudged {
            notes.push(format!(
                "`{}` is asked of some only, by a condition that SurveyJS cannot judge: it is shown to everybody",
                item.id
            ));
        }
        if let Some(ask) = &item.ask {
            match self.condition(ask) {
                text if text.len() <= MOST => put("visibleIf", text.into()),
                _ => notes.push(format!(
                    "`{}` is asked of some only, by a condition that is too long for SurveyJS: it is shown to everybody",
                    item.id
                )),
            }
        }
        match &item.entry {
            Entry::Choices { choices, several } => {
                let alone = |choice: &Offer| *several && matches!(choice.kind, Says::Absent(_) | Says::None);
                let each = choices.iter().map(|choice| {
                    let mut out = Map::new();
                    out.insert("value".into(), value(choice));
                    out.insert("text".into(), self.text(&choice.label));
                    if alone(choice) {
                        out.insert("isExclusive".into(), true.into());
                    }
                    Value::from(out)
                });
                put("choices", each.collect::<Vec<_>>().into());
            }
            Entry::Number { range, step, .. } => {
                put("inputType", "number".into());
                if let Some((low, high)) = range {
                    put("min", number(&shown(low)));
                    put("max", number(&shown(high)));
                }
                put("step", step.as_ref().map_or_else(|| "any".into(), |step| number(&shown(step))));
            }
            Entry::Line | Entry::Lines => {}
        }
        out.into()
    }

    fn name(&self, id: QuestionId) -> String {
        format!("{{{}}}", self.names.question(id.0))
    }

    fn condition(&self, ask: &Ask) -> String {
        let joined = |parts: &[Ask], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| self.bracketed(part)).collect();
            parts.join(&format!(" {word} "))
        };
        match ask {
            Ask::All(parts) if parts.is_empty() => "1 = 1".to_owned(),
            Ask::Any(parts) if parts.is_empty() => "1 = 0".to_owned(),
            Ask::All(parts) => joined(parts, "and"),
            Ask::Any(parts) => joined(parts, "or"),
            Ask::AtLeast(count, parts) => {
                let each: Vec<String> =
                    parts.iter().map(|part| format!("iif({}, 1, 0)", self.condition(part))).collect();
                format!("({}) >= {count}", each.join(" + "))
            }
            Ask::Not(inner) => format!("!({})", self.condition(inner)),
            Ask::Number(id, comparison, limit) => {
                let name = self.name(*id);
                let sign = match comparison {
                    Comparison::NotEqual => "<>",
                    other => other.sign(),
                };
                format!("{name} notempty and {name} {sign} {}", shown(limit))
            }
            Ask::Chosen(id, values) => {
                let name = self.name(*id);
                let each: Vec<String> =
                    values.iter().map(|value| format!("{name} = {}", self.literal(*id, value))).collect();
                each.join(" or ")
            }
            Ask::Includes(id, value) => format!("{} contains '{value}'", self.name(*id)),
            Ask::Answered(id) => {
                let name = self.name(*id);
                let kind = &self.form.pack.question(*id).kind;
                let unlike = match kind {
                    QuestionKind::Many(_) => "notcontains",
                    QuestionKind::Text | QuestionKind::Number { .. } => return format!("{name} notempty"),
                    _ => "<>",
                };
                let absences = [Absence::DontKnow, Absence::NotApplicable];
                let each = absences.map(|absence| format!("{name} {unlike} '{}'", absence.key()));
                format!("{name} notempty and {}", each.join(" and "))
            }
            Ask::Says(id, absence) => match self.form.pack.question(*id).kind {
                QuestionKind::Many(_) => format!("{} contains '{}'", self.name(*id), absence.key()),
                _ => format!("{} = '{}'", self.name(*id), absence.key()),
            },
            Ask::Open(id) => format!("{} empty", self.name(*id)),
            Ask::Role(roles) => {
                let name = format!("{{{}}}", self.names.role());
                let each: Vec<String> =
                    roles.iter().map(|role| format!("{name} = '{}'", role.replace('\'', "\\'"))).collect();
                format!("{name} empty or {}", each.join(" or "))
            }
        }
    }

    fn bracketed(&self, ask: &Ask) -> String {
        let text = self.condition(ask);
        match ask {
            Ask::Not(_) | Ask::Includes(..) | Ask::Says(..) | Ask::Open(_) => text,
            _ => format!("({text})"),
        }
    }

    /// A value as it stands in the form: numbers of a scale as numbers.
    fn literal(&self, id: QuestionId, value: &str) -> String {
        match self.form.pack.question(id).kind {
            QuestionKind::Numbered { .. } => value.to_owned(),
            _ => format!("'{value}'"),
        }
    }
}

/// Characters of a condition; what is longer nobody can look through.
const MOST: usize = 20_000;

fn value(choice: &Offer) -> Value {
    match choice.kind {
        Says::Step => number(&choice.value),
        _ => choice.value.clone().into(),
    }
}

/// A number of at most 15 digits as one; anything longer would be rounded.
fn number(text: &str) -> Value {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match serde_json::from_str::<Value>(text) {
        Ok(number @ Value::Number(_)) if digits <= 15 => number,
        _ => text.into(),
    }
}

/// Text in which nothing is a place: `{name}` would be filled with an answer.
fn inert(text: &str) -> String {
    text.replace('{', "{\u{200b}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers_as_long_as_nothing_is_lost() {
        assert_eq!(number("2.5"), json!(2.5));
        assert_eq!(number("-1"), json!(-1));
        assert_eq!(number("1234567890123456.5"), json!("1234567890123456.5"));
        assert_eq!(inert("so {tools}"), "so {\u{200b}tools}");
    }
}
