//! What a tool says of a response: whether somebody answered, or only tried the form out.

use super::heading::norm;
use super::layout::{Known, Layout};
use crate::answers::{listed, typed};
use crate::tables::Grid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Answered,
    Preview,
    Spam,
    /// A word that is not known here.
    Strange,
}

/// Parts of the words for a preview or a test, in the languages of tools.
const TRIED: [&str; 10] = [
    "preview",
    "vorschau",
    "aperçu",
    "vista previa",
    "anteprima",
    "pré-visualização",
    "voorbeeld",
    "umfragetest",
    "survey test",
    "prueba de encuesta",
];
/// Words for an ordinary response.
const ANSWERED: [&str; 18] = [
    "0",
    "4",
    "16",
    "32",
    "48",
    "ip address",
    "ip-adresse",
    "adresse ip",
    "dirección ip",
    "indirizzo ip",
    "imported",
    "importiert",
    "importé",
    "importado",
    "offline",
    "ex",
    "offline-antwort",
    "anonymous",
];

impl Status {
    pub fn of(text: &str) -> Status {
        let said = norm(text);
        match said.as_str() {
            "" => Status::Answered,
            "1" | "2" | "9" | "17" | "test" => Status::Preview,
            "8" | "12" | "40" => Status::Spam,
            said if TRIED.iter().any(|word| said.contains(word)) => Status::Preview,
            said if said.contains("spam") => Status::Spam,
            said if ANSWERED.contains(&said) => Status::Answered,
            _ => Status::Strange,
        }
    }
}

/// Says which words in a column of statuses are not known: their rows count.
pub fn tell_strange(grid: &Grid, layout: &Layout, notes: &mut Vec<String>) {
    for column in layout.columns.iter().filter(|column| column.known == Known::Status) {
        let mut strange: Vec<&str> = Vec::new();
        for row in grid.rows.iter().skip(layout.first) {
            let said = grid.at(row, column.place).trim();
            if Status::of(said) == Status::Strange && !strange.contains(&said) && strange.len() < 3 {
                strange.push(said);
            }
        }
        if !strange.is_empty() {
            notes.push(format!(
                "{} holds {}, which is not known here: such rows count as respondents",
                typed(&column.heading),
                listed(strange)
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn previews_are_told_in_the_languages_of_tools() {
        for (word, status) in [
            ("Survey Preview", Status::Preview),
            ("Umfragevorschau", Status::Preview),
            ("Offline Survey Preview", Status::Preview),
            ("1", Status::Preview),
            ("preview", Status::Preview),
            ("Vista previa de la encuesta", Status::Preview),
            ("Spam", Status::Spam),
            ("8", Status::Spam),
            ("IP-Adresse", Status::Answered),
            ("0", Status::Answered),
            ("", Status::Answered),
            ("somehow", Status::Strange),
        ] {
            assert_eq!(Status::of(word), status, "{word}");
        }
    }
}
