//! Which folder each respondent's papers go into.

use serde_json::Value;

use crate::answers::Place;
use crate::files::{SafeNames, safe_name};
use crate::model::Respondent;

/// How folders are named: text with fields of the respondent in braces, `/` between folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// One a folder, the outermost first; none is empty.
    folders: Vec<Vec<Part>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(String),
}

impl Pattern {
    /// # Errors
    /// In words, what is wrong with it.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let mut folders = vec![Vec::new()];
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}', '/']) {
            let (before, sign) = rest.split_at(at);
            let parts: &mut Vec<Part> = match folders.last_mut() {
                Some(parts) => parts,
                None => break,
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            rest = &sign[1..];
            match &sign[..1] {
                "/" => folders.push(Vec::new()),
                "{" => {
                    let Some(end) = rest.find('}') else {
                        return Err(format!("`{{` in `{text}` is not closed"));
                    };
                    let field = rest[..end].trim();
                    if field.is_empty() || field.contains(['{', '/']) {
                        return Err(format!("`{{{}}}` names no field", &rest[..end]));
                    }
                    parts.push(Part::Field(field.to_owned()));
                    rest = &rest[end + 1..];
                }
                _ => return Err(format!("`}}` in `{text}` closes nothing")),
            }
        }
        if let (false, Some(parts)) = (rest.is_empty(), folders.last_mut()) {
            parts.push(Part::Text(rest.to_owned()));
        }
        let pattern = Pattern { folders };
        if pattern.folders.iter().any(Vec::is_empty) {
            return Err(format!("a folder in `{text}` has no name"));
        }
        if pattern.fields().next().is_none() {
            return Err(format!("`{text}` names everybody the same"));
        }
        Ok(pattern)
    }

    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().flatten().filter_map(|part| match part {
            Part::Field(field) => Some(field.as_str()),
            Part::Text(_) => None,
        })
    }

    /// The text of each folder, with what is known of a respondent put in.
    fn texts(&self, respondent: &Respondent) -> Vec<String> {
        let text = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Field(field) => value(respondent, field),
        };
        self.folders.iter().map(|parts| parts.iter().map(text).collect()).collect()
    }
}

/// The fields that every respondent has; the others are those of `extra`.
pub const FIELDS: [&str; 4] = ["respondent", "name", "date", "language"];

fn value(respondent: &Respondent, field: &str) -> String {
    let same = |key: &str| key.to_lowercase() == field.to_lowercase();
    match field {
        "respondent" => respondent.id.clone(),
        "name" => respondent.name.clone(),
        "date" => respondent.date.map(|date| date.to_string()).unwrap_or_default(),
        "language" => respondent.language.clone().unwrap_or_default(),
        _ => match respondent.extra.iter().find(|(key, _)| same(key)) {
            Some((_, Value::String(text))) => text.clone(),
            Some((_, value @ (Value::Number(_) | Value::Bool(_)))) => value.to_string(),
            _ => String::new(),
        },
    }
}

/// The folder of a respondent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Path in the output folder.
    pub folder: String,
    /// Where that is not what was asked for: what was, and why.
    pub renamed: Option<(String, Renamed)>,
}

/// Why a folder bears another name than it was to bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renamed {
    /// Another respondent, or a file of the run, has the name.
    Taken,
    /// Not every system has such names.
    Unsafe,
    /// It is an e-mail address, and nobody asked for those.
    Email,
}

/// Gives each respondent of a run a folder of their own.
pub struct Namer {
    pattern: Option<Pattern>,
    names: SafeNames,
    /// Files that stand in the output folder itself.
    files: Vec<String>,
}

impl Namer {
    /// Without a pattern folders are named by the respondents' ids, but never by an e-mail address. `files` are those
    /// of the output folder itself.
    pub fn new(pattern: Option<Pattern>, files: Vec<String>) -> Namer {
        let mut names = SafeNames::default();
        files.iter().for_each(|file| drop(names.unique(file)));
        Namer { pattern, names, files }
    }

    pub fn name(&mut self, respondent: &Respondent, at: Place) -> Named {
        let mut renamed = None;
        let texts = match &self.pattern {
            Some(pattern) => pattern.texts(respondent),
            None if is_email(&respondent.id) => {
                renamed = Some((respondent.id.clone(), Renamed::Email));
                vec![match is_email(&respondent.name) {
                    true => unnamed(at),
                    false => respondent.name.clone(),
                }]
            }
            None => vec![respondent.id.clone()],
        };
        let asked = texts.join("/");
        let mut folder = String::new();
        for text in &texts[..texts.len() - 1] {
            let name = safe_name(text);
            let taken = folder.is_empty() && self.files.iter().any(|file| file.eq_ignore_ascii_case(&name));
            folder = format!("{folder}{name}{}/", if taken { "-2" } else { "" });
        }
        let last = texts.last().map_or("", String::as_str);
        let own = self.names.unique_in(&folder, last);
        let taken = own != safe_name(last);
        folder.push_str(&own);
        if renamed.is_none() && folder != asked {
            renamed = Some((asked, if taken { Renamed::Taken } else { Renamed::Unsafe }));
        }
        Named { folder, renamed }
    }
}

/// A folder by where its respondent stands: it tells nothing of the person.
fn unnamed(at: Place) -> String {
    match at {
        Place::File => "respondent".to_owned(),
        Place::Line(line) => format!("line-{line}"),
        Place::Row(row) => format!("row-{row}"),
        Place::Record(record) => format!("record-{record}"),
    }
}

/// Whether an e-mail address stands in the text.
pub fn is_email(text: &str) -> bool {
    let near =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '_' | '-' | '+' | '.'));
    text.char_indices()
        .filter(|(_, c)| matches!(c, '@' | '\u{ff20}' | '\u{fe6b}'))
        .any(|(at, c)| near(text[..at].chars().next_back()) && near(text[at + c.len_utf8()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(id: &str, name: &str, extra: Value) -> Respondent {
        let Value::Object(extra) = extra else { panic!("a map is wanted") };
        Respondent {
            id: id.to_owned(),
            name: name.to_owned(),
            date: None,
            language: None,
            answers: Vec::new(),
            voices: Vec::new(),
            metrics: Vec::new(),
            rounds: Vec::new(),
            extra,
            problems: Vec::new(),
        }
    }

    #[test]
    fn a_pattern_puts_fields_between_text() {
        let pattern = |text: &str| Some(Pattern::parse(text).unwrap());
        let extra = serde_json::json!({ "Team": "Sales/North", "seat": 7, "list": [1] });
        for (text, folder, renamed) in [
            ("{respondent}", "acme", None),
            ("{name}", "Acme Tools", None),
            ("{ name }-{seat}", "Acme Tools-7", None),
            ("{respondent} ({seat})", "acme (7)", None),
            ("{team}/{respondent}", "Sales-North/acme", Some("Sales/North/acme")),
            ("{nothing}/{respondent}", "unnamed/acme", Some("/acme")),
            ("{list}", "unnamed", Some("")),
            ("manifest.json/{respondent}", "manifest.json-2/acme", Some("manifest.json/acme")),
        ] {
            let mut namer = Namer::new(pattern(text), vec!["manifest.json".to_owned()]);
            let named = namer.name(&somebody("acme", "Acme Tools", extra.clone()), Place::Row(2));
            assert_eq!(named.folder, folder, "{text}");
            assert_eq!(named.renamed.map(|(asked, _)| asked).as_deref(), renamed, "{text}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_is_told() {
        for (text, wrong) in [
            ("{name", "`{` in `{name` is not closed"),
            ("name}", "`}` in `name}` closes nothing"),
            ("a{}", "`{}` names no field"),
            ("{a/b}", "`{a/b}` names no field"),
            ("/{name}", "a folder in `/{name}` has no name"),
            ("{name}/", "a folder in `{name}/` has no name"),
            ("", "a folder in `` has no name"),
            ("everybody", "`everybody` names everybody the same"),
        ] {
            assert_eq!(Pattern::parse(text).unwrap_err(), wrong);
        }
    }

    #[test]
    fn what_is_taken_reserved_or_an_address_is_renamed_and_told() {
        let mut namer = Namer::new(None, vec!["manifest.json".to_owned(), "recap.md".to_owned()]);
        let mut name = |id: &str, name: &str| {
            let named = namer.name(&somebody(id, name, serde_json::json!({})), Place::Row(9));
            (named.folder, named.renamed.map(|(_, why)| why))
        };
        for (id, called, folder, why) in [
            ("acme", "", "acme", None),
            ("ACME", "", "ACME-2", Some(Renamed::Taken)),
            ("nul", "", "_nul", Some(Renamed::Unsafe)),
            ("Recap.md", "", "Recap.md-2", Some(Renamed::Taken)),
            ("ann@example.org", "Ann Example", "Ann Example", Some(Renamed::Email)),
            ("bob@example.org", "bob@example.org", "row-9", Some(Renamed::Email)),
            ("cyd＠example.org", "Cyd <cyd@example.org>", "row-9-2", Some(Renamed::Email)),
            ("@handle", "", "@handle", None),
        ] {
            assert_eq!(name(id, called), (folder.to_owned(), why), "{id}");
        }
    }

    #[test]
    fn a_pattern_that_asks_for_an_address_gets_it() {
        let mut namer = Namer::new(Some(Pattern::parse("{respondent}").unwrap()), Vec::new());
        let named = namer.name(&somebody("ann@example.org", "Ann", serde_json::json!({})), Place::File);
        assert_eq!(named, Named { folder: "ann@example.org".to_owned(), renamed: None });
    }
}
