//! An empty table into which answers on paper are typed: ids as headings, one row a respondent.

use super::plan::{About, Form};

/// What a table says of the respondent, whatever a pack calls its questions.
const OWN: [&str; 6] = ["respondent", "name", "date", "language", "team", "role"];

/// The table's head. What is typed below it needs no import.
pub fn sheet(form: &Form<'_>, notes: &mut Vec<String>) -> String {
    let mut heads: Vec<&str> = vec!["respondent", "name", "date"];
    for item in form.sections.iter().flat_map(|section| &section.items) {
        match item.about {
            About::Name => {}
            About::Team => heads.push("team"),
            About::Role => heads.push("role"),
            About::Question(_) | About::Metric(_) if OWN.contains(&item.id.as_str()) => notes.push(format!(
                "`{}` has no column in the table: the respondent's {} stands under that heading",
                item.id, item.id
            )),
            About::Question(_) | About::Metric(_) => heads.push(&item.id),
        }
    }
    // Ids need no quotes.
    heads.join(",") + "\r\n"
}
