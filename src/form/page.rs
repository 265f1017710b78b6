//! A page to print: one block an area, marks to tick, lines to write on. It can be filled in on the screen too, and needs
//! nothing but itself.

use super::phrase::only_if;
use super::plan::{About, Entry, Form, Item, Offer, Says, Section};
use crate::document::direction;
use crate::model::Unit;
use crate::render::html::attribute as escaped;

const STYLE: &str = include_str!("page.css");

/// Characters of a label up to which choices stand side by side.
const NARROW: usize = 48;
/// Choices that stand side by side.
const BESIDE: usize = 7;
/// Characters of a line, and what the mark before a label and the number beside it take of it.
const LINE: usize = 92;
const MARK: usize = 5;
const NUMBER: usize = 2;

/// The page.
pub fn page(form: &Form<'_>, notes: &mut Vec<String>) -> String {
    let words = form.words[0];
    let title = escaped(&form.title);
    let language = escaped(&form.languages[0]);
    let direction = direction(&form.languages[0]);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}\n{}</style>\n</head>\n<body>\n",
        sheets(form)
    );
    out.push_str(&format!(
        "<header>\n<h1>{title}</h1>\n<p>{} {}</p>\n<button type=\"button\" onclick=\"print()\">{}</button>\n</header>\n\
         <main>\n<form autocomplete=\"off\">\n",
        escaped(words.page_intro),
        escaped(words.one_each),
        escaped(words.print)
    ));
    let mut page = Page { form, number: 0, out, notes };
    form.sections.iter().enumerate().for_each(|(place, section)| page.section(place, section));
    page.out
        + &format!(
            "</form>\n</main>\n<footer>\n<p>{}</p>\n<p class=\"typist\">{}</p>\n</footer>\n</body>\n</html>\n",
            escaped(words.page_end),
            escaped(&words.typist.replacen("{file}", &format!("{}-answers.csv", form.pack.id), 1)),
        )
}

/// What stands at the edge of each printed sheet: sheets come apart.
fn sheets(form: &Form<'_>) -> String {
    let words = form.words[0];
    format!(
        "@page {{\n  @bottom-left {{ content: \"{}\"; }}\n  @top-right {{ content: \"{}: ______________________\"; }}\n}}\n\n@page :first {{\n  @top-right {{ content: none; }}\n}}\n",
        in_style(&form.title),
        in_style(words.respondent)
    )
}

struct Page<'f, 'n> {
    form: &'f Form<'f>,
    /// Of the last question.
    number: usize,
    out: String,
    notes: &'n mut Vec<String>,
}

impl Page<'_, '_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn section(&mut self, place: usize, section: &Section) {
        let figures = section.items.iter().all(|item| matches!(item.about, About::Metric(_)));
        let class = if figures { " class=\"figures\"" } else { "" };
        self.put(&format!(
            "<section aria-labelledby=\"s{place}\"{class}>\n<h2 id=\"s{place}\">{}</h2>\n",
            escaped(&section.title[0])
        ));
        if let Some(help) = &section.help {
            let words = self.form.words[0];
            let marked = section.items.iter().any(|item| item.worked_out);
            let marked = if marked { format!(" {}", words.marked) } else { String::new() };
            self.put(&format!("<p class=\"help\">{}{}</p>\n", escaped(&help[0]), escaped(&marked)));
        }
        let (fields, items): (Vec<&Item>, Vec<&Item>) =
            section.items.iter().partition(|item| item.is_field());
        if !fields.is_empty() {
            self.fields(&fields);
        }
        items.into_iter().for_each(|item| self.item(item));
        self.put("</section>\n");
    }

    /// Who answers, and when.
    fn fields(&mut self, fields: &[&Item]) {
        let words = self.form.words[0];
        self.put("<div class=\"fields\">\n");
        for item in fields.iter().filter(|item| item.about != About::Role) {
            let title = if item.about == About::Name { words.respondent } else { &item.title[0] };
            self.put(&format!(
                "<label class=\"wide\">{}<input type=\"text\" name=\"{}\"></label>\n",
                escaped(title),
                item.id
            ));
        }
        self.put(&format!(
            "<label>{}<input type=\"text\" name=\"date\"></label>\n</div>\n",
            escaped(words.date)
        ));
        fields.iter().filter(|item| item.about == About::Role).for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &Item) {
        let words = self.form.words[0];
        let mut help: Vec<String> = Vec::new();
        if let Some(condition) = only_if(self.form, item) {
            help.push(condition);
        }
        if item.unjudged {
            self.notes.push(format!(
                "`{}` is asked of some only, by a condition that is too involved to be printed: it says \"{}\"",
                item.id, words.some_only
            ));
        }
        if !item.roles.is_empty() {
            help.push(format!("{}: {}.", words.asked_of, item.roles.join(", ")));
        }
        // That several may be chosen is worth a line; the ends of a figure stand beside it.
        if !matches!(item.about, About::Metric(_)) {
            help.extend(item.help.iter().map(|help| help[0].clone()));
        }
        self.number += usize::from(!item.is_field());
        let number = if item.is_field() { String::new() } else { format!("{}", self.number) };
        let title = self.title(item);
        let title = escaped(&title);
        let help: String =
            help.iter().map(|help| format!("<p class=\"help\">{}</p>\n", escaped(help))).collect();
        let id = if item.is_field() { String::new() } else { item.id.clone() };
        match &item.entry {
            Entry::Choices { choices, several } => {
                self.put(&format!(
                    "<fieldset>\n<legend><b>{number}</b> <span>{title}</span> <code>{id}</code></legend>\n{help}"
                ));
                self.choices(&item.id, choices, *several);
                self.put("</fieldset>\n");
            }
            Entry::Number { unit, .. } => self.put(&format!(
                "<div class=\"line\">\n<label for=\"q-{id}\"><b>{number}</b> <span>{title}</span></label>\n\
                 <p class=\"number\"><input id=\"q-{id}\" type=\"text\" inputmode=\"decimal\" name=\"{id}\"> <span>{}</span></p>\n\
                 <code>{id}</code>\n{help}</div>\n",
                escaped(&self.unit(item, unit))
            )),
            Entry::Line | Entry::Lines => self.put(&format!(
                "<div class=\"lines\">\n<label for=\"q-{id}\"><b>{number}</b> <span>{title}</span> <code>{id}</code></label>\n\
                 {help}<textarea id=\"q-{id}\" name=\"{id}\" rows=\"4\" placeholder=\" \"></textarea>\n\
                 <div class=\"rules\" aria-hidden=\"true\"><i></i><i></i><i></i><i></i></div>\n</div>\n"
            )),
        }
    }

    /// A figure's unit stands behind its line, not in its title.
    fn title(&self, item: &Item) -> String {
        match item.about {
            About::Metric(place) => {
                let title = super::items::said(&self.form.pack.metrics[place].title);
                if item.worked_out { format!("= {title}") } else { title }
            }
            About::Question(place) => super::items::said(&self.form.pack.questions[place].text),
            _ => item.title[0].clone(),
        }
    }

    fn unit(&self, item: &Item, unit: &Unit) -> String {
        let words = self.form.words[0];
        let period = match item.about {
            About::Metric(place) => self.form.pack.metrics[place].period.as_deref(),
            _ => None,
        };
        match (unit.name(), period) {
            (unit, Some(period)) => format!("{unit} {} {period}", words.per).trim().to_owned(),
            (unit, None) => unit.to_owned(),
        }
    }

    fn choices(&mut self, name: &str, choices: &[Offer], several: bool) {
        let length = |choice: &Offer| choice.label[0].chars().count();
        let numbered = |choice: &Offer| choice.kind == Says::Step && choice.label[0] != choice.value;
        let taken = |choice: &Offer| length(choice) + MARK + if numbered(choice) { NUMBER } else { 0 };
        let narrow = choices.iter().all(|choice| length(choice) <= NARROW);
        let class = if choices.iter().map(taken).sum::<usize>() <= LINE {
            "flow"
        } else if narrow && choices.len() <= BESIDE {
            "beside"
        } else if narrow {
            "pairs"
        } else {
            "below"
        };
        let kind = if several { "checkbox" } else { "radio" };
        self.put(&format!("<div class=\"choices {class}\" style=\"--n:{}\">\n", choices.len()));
        for choice in choices {
            let label = &choice.label[0];
            let apart = if matches!(choice.kind, Says::Absent(_)) { " class=\"apart\"" } else { "" };
            let value = match numbered(choice) {
                true => format!("<i>{}</i> ", escaped(&choice.value)),
                false => String::new(),
            };
            self.put(&format!(
                "<label{apart}><input type=\"{kind}\" name=\"{name}\" value=\"{}\"> <span>{value}{}</span></label>\n",
                escaped(&choice.value),
                escaped(label)
            ));
        }
        self.put("</div>\n");
    }
}

/// Text between the quotes of a style sheet that stands in a page.
fn in_style(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' | '{' | '}' => out.push_str(&format!("\\{:x} ", u32::from(c))),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_is_markup_or_style() {
        assert_eq!(escaped("<b a=\"c\">&\u{7}"), "&lt;b a=&quot;c&quot;&gt;&amp;\u{fffd}");
        assert_eq!(in_style("a\"}</style>\n"), "a\\22 \\7d \\3c /style\\3e  ");
    }
}
