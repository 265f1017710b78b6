//! An XLSForm: the workbook that KoboToolbox, ODK and their kin make forms of.

use super::ask::Ask;
use super::items::shown;
use super::names::Names;
use super::plan::{Entry, Form, Item, Local, Offer, Says};
use super::words::named;
use crate::model::{Absence, Comparison, QuestionId, QuestionKind};
use crate::workbook::{Cell, Sheet, workbook};

/// The workbook's bytes.
pub fn xlsform(form: &Form<'_>, names: &Names, notes: &mut Vec<String>) -> Vec<u8> {
    let writer = Writer { form, names };
    let mut lists = Lists { form, rows: Vec::new(), known: Vec::new() };
    let survey = writer.survey(&mut lists, notes);
    let mut choices = vec![writer.head(&["list_name", "name"], &["label"])];
    choices.append(&mut lists.rows);
    let main = named(&form.languages[0]);
    let settings = vec![
        ["form_title", "form_id", "version", "default_language", "style"].map(str::to_owned).to_vec(),
        vec![
            form.title.replace("${", "$\u{200b}{"),
            form.pack.id.clone(),
            form.pack.version.clone(),
            main,
            "pages theme-grid".to_owned(),
        ],
    ];
    let sheet = |name, rows: Vec<Vec<String>>| Sheet {
        name,
        rows: rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect(),
        ..Sheet::default()
    };
    workbook(&[sheet("survey", survey), sheet("choices", choices), sheet("settings", settings)])
}

/// Lists of choices, each once, under the name of the first question that uses it.
struct Lists<'f> {
    form: &'f Form<'f>,
    rows: Vec<Vec<String>>,
    known: Vec<(Vec<Offer>, String)>,
}

impl Lists<'_> {
    fn of(&mut self, choices: &[Offer], name: &str) -> String {
        if let Some((_, list)) = self.known.iter().find(|(known, _)| known == choices) {
            return list.clone();
        }
        for choice in choices {
            let mut row = vec![name.to_owned(), choice.value.clone()];
            row.extend(choice.label.iter().map(|label| text(label)));
            self.rows.push(row);
        }
        debug_assert!(choices.iter().all(|choice| choice.label.len() == self.form.languages.len()));
        self.known.push((choices.to_vec(), name.to_owned()));
        name.to_owned()
    }
}

struct Writer<'f> {
    form: &'f Form<'f>,
    names: &'f Names,
}

impl Writer<'_> {
    /// Plain headings, then translated ones.
    fn head(&self, plain: &[&str], translated: &[&str]) -> Vec<String> {
        let mut head: Vec<String> = plain.iter().map(|name| (*name).to_owned()).collect();
        for name in translated {
            head.extend(self.form.languages.iter().map(|language| format!("{name}::{}", named(language))));
        }
        head
    }

    fn texts(&self, local: Option<&Local>) -> Vec<String> {
        match local {
            Some(local) => local.iter().map(|own| text(own)).collect(),
            None => vec![String::new(); self.form.languages.len()],
        }
    }

    fn survey(&self, lists: &mut Lists<'_>, notes: &mut Vec<String>) -> Vec<Vec<String>> {
        let plain = ["type", "name", "required", "relevant", "constraint", "appearance"];
        let mut rows = vec![self.head(&plain, &["label", "hint", "constraint_message"])];
        let blank = || self.texts(None);
        let meta = |kind: &str| {
            let mut row: Vec<String> =
                [kind, kind, "", "", "", ""].iter().map(|cell| (*cell).to_owned()).collect();
            row.extend([blank(), blank(), blank()].concat());
            row
        };
        rows.extend(["start", "end"].map(meta));
        for section in &self.form.sections {
            // Who answers stands outside of the groups, so that its columns are called by their names alone.
            let (fields, items): (Vec<&Item>, Vec<&Item>) =
                section.items.iter().partition(|item| item.is_field());
            rows.extend(fields.into_iter().map(|item| self.row(item, lists, notes)));
            if items.is_empty() {
                continue;
            }
            let mut begin: Vec<String> =
                ["begin_group", &section.name, "", "", "", "field-list"].map(str::to_owned).to_vec();
            begin.extend([self.texts(Some(&section.title)), blank(), blank()].concat());
            rows.push(begin);
            rows.extend(items.into_iter().map(|item| self.row(item, lists, notes)));
            rows.push(vec!["end_group".to_owned(), section.name.clone()]);
        }
        rows
    }

    fn row(&self, item: &Item, lists: &mut Lists<'_>, notes: &mut Vec<String>) -> Vec<String> {
        let name = self.names.of(item);
        if item.unjudged {
            notes.push(format!(
                "`{}` is asked of some only, by a condition that XLSForm cannot judge: it is shown to everybody",
                item.id
            ));
        }
        let relevant = item.ask.as_ref().map(|ask| self.condition(ask)).unwrap_or_default();
        let relevant = if relevant.len() > MOST {
            notes.push(format!(
                "`{}` is asked of some only, by a condition that is too long for XLSForm: it is shown to everybody",
                item.id
            ));
            String::new()
        } else {
            relevant
        };
        let (kind, constraint, message) = match &item.entry {
            Entry::Choices { choices, several } => {
                let list = lists.of(choices, &name.replace('-', "_"));
                let alone: Vec<String> = choices
                    .iter()
                    .filter(|choice| *several && matches!(choice.kind, Says::Absent(_) | Says::None))
                    .map(|choice| format!("selected(., '{}')", choice.value))
                    .collect();
                let constraint = match alone.is_empty() {
                    true => String::new(),
                    false => format!("count-selected(.) <= 1 or not({})", alone.join(" or ")),
                };
                (
                    format!("{} {list}", if *several { "select_multiple" } else { "select_one" }),
                    constraint,
                    None,
                )
            }
            Entry::Number { range, .. } => {
                let constraint = range
                    .as_ref()
                    .map(|(low, high)| format!(". >= {} and . <= {}", shown(low), shown(high)))
                    .unwrap_or_default();
                ("decimal".to_owned(), constraint, item.help.as_ref())
            }
            Entry::Line | Entry::Lines => ("text".to_owned(), String::new(), None),
        };
        let appearance = match item.entry {
            Entry::Lines => "multiline",
            _ => "",
        };
        let message = message.filter(|_| !constraint.is_empty());
        let required = if item.required { "yes" } else { "" };
        let mut row: Vec<String> =
            vec![kind, name.to_owned(), required.to_owned(), relevant, constraint, appearance.to_owned()];
        row.extend(self.texts(Some(&item.title)));
        row.extend(self.texts(item.help.as_ref()));
        row.extend(self.texts(message));
        row
    }

    fn name(&self, id: QuestionId) -> String {
        format!("${{{}}}", self.names.question(id.0))
    }

    fn is_many(&self, id: QuestionId) -> bool {
        matches!(self.form.pack.question(id).kind, QuestionKind::Many(_))
    }

    fn condition(&self, ask: &Ask) -> String {
        let joined = |parts: &[Ask], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| format!("({})", self.condition(part))).collect();
            parts.join(&format!(" {word} "))
        };
        match ask {
            Ask::All(parts) if parts.is_empty() => "true()".to_owned(),
            Ask::Any(parts) if parts.is_empty() => "false()".to_owned(),
            Ask::All(parts) => joined(parts, "and"),
            Ask::Any(parts) => joined(parts, "or"),
            Ask::AtLeast(count, parts) => {
                let each: Vec<String> =
                    parts.iter().map(|part| format!("if({}, 1, 0)", self.condition(part))).collect();
                format!("({}) >= {count}", each.join(" + "))
            }
            Ask::Not(inner) => format!("not({})", self.condition(inner)),
            Ask::Number(id, comparison, limit) => {
                let (name, limit) = (self.name(*id), shown(limit));
                match comparison {
                    // What was left open is unlike every number.
                    Comparison::NotEqual => format!("{name} < {limit} or {name} > {limit}"),
                    other => format!("{name} != '' and {name} {} {limit}", other.sign()),
                }
            }
            Ask::Chosen(id, values) => {
                let name = self.name(*id);
                let each: Vec<String> = values.iter().map(|value| format!("{name} = '{value}'")).collect();
                each.join(" or ")
            }
            Ask::Includes(id, value) => format!("selected({}, '{value}')", self.name(*id)),
            Ask::Answered(id) => {
                let name = self.name(*id);
                if matches!(
                    self.form.pack.question(*id).kind,
                    QuestionKind::Text | QuestionKind::Number { .. }
                ) {
                    return format!("{name} != ''");
                }
                let each =
                    [Absence::DontKnow, Absence::NotApplicable].map(|absence| match self.is_many(*id) {
                        true => format!("not(selected({name}, '{}'))", absence.key()),
                        false => format!("{name} != '{}'", absence.key()),
                    });
                format!("{name} != '' and {}", each.join(" and "))
            }
            Ask::Says(id, absence) if self.is_many(*id) => {
                format!("selected({}, '{}')", self.name(*id), absence.key())
            }
            Ask::Says(id, absence) => format!("{} = '{}'", self.name(*id), absence.key()),
            Ask::Open(id) => format!("{} = ''", self.name(*id)),
            Ask::Role(roles) => {
                let name = format!("${{{}}}", self.names.role());
                let each: Vec<String> =
                    roles.iter().map(|role| format!("{name} = {}", quoted(role))).collect();
                format!("{name} = '' or {}", each.join(" or "))
            }
        }
    }
}

/// Characters of a condition that a cell and its reader bear.
const MOST: usize = 20_000;

/// A text between quotes of XPath, which knows no escape.
fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{}\"", text.replace('"', "")) } else { format!("'{text}'") }
}

/// Text in which nothing is a reference (`${name}`) or emphasis.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut first = true;
    while let Some(c) = chars.next() {
        match c {
            '$' if chars.peek() == Some(&'{') => out.push_str("$\u{200b}"),
            '*' | '_' | '\\' => out.extend(['\\', c]),
            '#' if first => out.extend(['\\', c]),
            _ => out.push(c),
        }
        first = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_label_is_more_than_text() {
        assert_eq!(text("${x} *a* #1"), "$\u{200b}{x} \\*a\\* #1");
        assert_eq!(text("# one"), "\\# one");
        assert_eq!(quoted("it's"), "\"it's\"");
    }
}
