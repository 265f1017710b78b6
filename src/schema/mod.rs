//! JSON Schema of everything that people write in YAML, by which editors complete and check while they type.
//!
//! One table says of each map which keys it has, what they mean and what may stand behind them (`pack`,
//! `scoring`, `advice`, `cases`, `people`); a test holds it against the keys that the readers know.

mod advice;
mod cases;
mod pack;
mod people;
mod scoring;
mod shape;

use serde_json::Value;

pub use shape::{Key, Object, Shape};

/// A kind of file that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pack,
    Tests,
    Answers,
    Session,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Pack, Kind::Tests, Kind::Answers, Kind::Session];

    /// As the command line calls it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Pack => "pack",
            Kind::Tests => "tests",
            Kind::Answers => "answers",
            Kind::Session => "session",
        }
    }

    /// The file that holds its schema.
    pub fn file(self) -> String {
        format!("{}.schema.json", self.name())
    }

    /// The map that a file of this kind is.
    pub fn root(self) -> &'static Object {
        match self {
            Kind::Pack => &pack::PACK,
            Kind::Tests => &cases::FILE,
            Kind::Answers => &people::RESPONDENT,
            Kind::Session => &people::SESSION,
        }
    }

    /// The schema, draft 2020-12.
    pub fn schema(self) -> Value {
        let title = match self {
            Kind::Pack => "A file of a kitwright pack",
            Kind::Tests => "Tests of a kitwright pack",
            Kind::Answers => "Answers of one respondent",
            Kind::Session => "A webinar or workshop",
        };
        shape::document(self.root(), title, &self.file())
    }

    /// The schema as a file's text.
    pub fn text(self) -> String {
        // A tree of maps, lists and texts can always be written.
        let text = serde_json::to_string_pretty(&self.schema()).unwrap_or_default();
        format!("{text}\n")
    }
}

/// The line by which an editor finds the schema of the file that it heads: `path` leads there from the file's folder.
pub fn editor_line(path: &str) -> String {
    format!("# yaml-language-server: $schema={path}\n")
}
