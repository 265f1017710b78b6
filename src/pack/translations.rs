//! Labels in other languages: where one is translated, those beside it are too.

use std::collections::BTreeSet;

use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::document::is_language_tag;
use crate::model::{BandName, Choice};
use crate::source::Span;
use crate::yaml::Node;

/// The options or bands of one list, with the languages of their labels.
pub struct Labelled {
    /// Whose they are, such as "scale `stage`".
    what: String,
    members: Vec<Member>,
}

struct Member {
    id: String,
    /// Whether it says in words what it is called.
    named: bool,
    languages: BTreeSet<String>,
    span: Span,
}

impl Loader<'_, '_> {
    pub fn labelled_choices(&mut self, what: &str, choices: &[(Choice, Span)]) {
        let members = choices.iter().map(|(choice, span)| Member {
            id: choice.id.clone(),
            named: choice.label != choice.id,
            languages: choice.translations.iter().map(|(language, _)| language.clone()).collect(),
            span: *span,
        });
        self.labelled.push(Labelled { what: what.to_owned(), members: members.collect() });
    }

    pub fn labelled_bands<'b>(&mut self, of: &str, bands: impl Iterator<Item = (&'b BandName, Span)>) {
        let mut members: Vec<Member> = Vec::new();
        for (name, span) in bands {
            let languages = name.translations.iter().map(|(language, _)| language.clone());
            let named = name.label != name.id;
            // Of a band that stands twice it is enough that one place says what it is called.
            match members.iter_mut().find(|known| known.id == name.id) {
                Some(known) => {
                    known.named |= named;
                    known.languages.extend(languages);
                }
                None => {
                    members.push(Member { id: name.id.clone(), named, languages: languages.collect(), span })
                }
            }
        }
        self.labelled.push(Labelled { what: format!("the bands of `{of}`"), members });
    }

    /// The text of a label in another language.
    pub fn translation(&mut self, language: &str, key_span: Span, node: &Node) -> Option<(String, String)> {
        let text = self.read.text(node, "a label")?;
        if !is_language_tag(language) {
            self.read.push(
                Diagnostic::error(Code::WrongValue, key_span, format!("`{language}` is no language"))
                    .label("a tag such as `de` or `pt-BR` is wanted in the brackets"),
            );
        }
        self.check_label(text.text, text.whole());
        Some((language.to_owned(), text.text.trim().to_owned()))
    }

    /// Tells of labels that are missing in a language into which others are translated.
    pub fn translations(&mut self) {
        let labelled = std::mem::take(&mut self.labelled);
        let members = || labelled.iter().flat_map(|set| &set.members);
        let languages: BTreeSet<&String> = members().flat_map(|member| &member.languages).collect();
        for language in languages
            .into_iter()
            .filter(|language| is_language_tag(language) && **language != self.pack.language)
        {
            for Labelled { what, members } in &labelled {
                let beside = members.iter().any(|member| member.languages.contains(language));
                let lacks =
                    |member: &&Member| !member.languages.contains(language) && (beside || member.named);
                let missing: Vec<&Member> = members.iter().filter(lacks).collect();
                let Some(first) = missing.first() else { continue };
                let ids: Vec<String> = missing.iter().map(|member| format!("`{}`", member.id)).collect();
                let others =
                    if beside { "others beside it have one" } else { "other labels of the pack have one" };
                let message = format!("{what}: no label in `{language}` for {}", ids.join(", "));
                self.read.push(
                    Diagnostic::warning(Code::MissingTranslation, first.span, message)
                        .label(others)
                        .help(format!("add `\"label[{language}]\": \"…\"`")),
                );
            }
        }
    }
}
