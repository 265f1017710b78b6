//! An empty table into which answers on paper are typed: ids as headings, one row a respondent.

use super::plan::{About, Form};

/// The table's head. What is typed below it needs no import.
pub fn sheet(form: &Form<'_>) -> String {
    let mut heads: Vec<&str> = vec!["respondent", "name", "date"];
    for item in form.sections.iter().flat_map(|section| &section.items) {
        match item.about {
            About::Name => {}
            About::Team => heads.push("team"),
            About::Role => heads.push("role"),
            About::Question(_) | About::Metric(_) => heads.push(&item.id),
        }
    }
    // Ids need no quotes.
    heads.join(",") + "\r\n"
}
