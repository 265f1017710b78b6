//! A map with known keys: unknown ones are told with the nearest known, those of later releases as such.

use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean, nearest};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The keys of one item of a pack.
pub struct Keys<'n> {
    entries: &'n [Entry],
    /// Where messages about a missing key point.
    at: Span,
    /// The item in words, such as "question `lost-reasons`".
    what: String,
    /// Known keys that unknown ones seem to mean: told as misspelt, they are not told as missing.
    misspelt: Vec<String>,
}

impl<'n> Keys<'n> {
    /// Opens a map. `known` are its keys, `later` those of the language that this release does not read.
    pub fn open(
        node: &'n Node,
        at: Span,
        what: impl Into<String>,
        known: &[&str],
        later: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> Option<Keys<'n>> {
        let what = what.into();
        let Some(entries) = node.entries() else {
            if !matches!(node.value, Value::Broken) {
                diagnostics.push(
                    Diagnostic::error(Code::WrongShape, node.span, format!("{what} is {}", node.what()))
                        .label("a map with keys is wanted here")
                        .help(format!("its keys are {}", list(known))),
                );
            }
            return None;
        };
        let mut misspelt = Vec::new();
        for entry in entries {
            let key = entry.key.as_str();
            if known.contains(&key) || key.starts_with("x-") || key.is_empty() {
                continue;
            }
            if later.contains(&key) {
                diagnostics.push(not_yet(entry.key_span, &format!("`{key}` in {what}")));
            } else {
                misspelt.extend(nearest(key, known.iter().copied()).first().map(|&near| near.to_owned()));
                let near = did_you_mean(key, known.iter().copied());
                let all = format!("the keys of {what} are {}", list(known));
                diagnostics.push(
                    Diagnostic::error(Code::UnknownKey, entry.key_span, format!("{what} has no key `{key}`"))
                        .label("unknown key")
                        .help(near.unwrap_or(all)),
                );
            }
        }
        Some(Keys { entries, at, what, misspelt })
    }

    /// The keys of an item that was opened before, which told what is wrong with them; none where it is no map.
    pub fn reopen(node: &'n Node, at: Span, what: impl Into<String>) -> Option<Keys<'n>> {
        Some(Keys { entries: node.entries()?, at, what: what.into(), misspelt: Vec::new() })
    }

    /// The value of a key, where it was given and could be read.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (!matches!(entry.value.value, Value::Broken)).then_some(&entry.value)
    }

    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span)
    }

    /// The value of a key that must be there.
    pub fn need(&self, key: &str, hint: &str, diagnostics: &mut Diagnostics) -> Option<&'n Node> {
        if !self.has(key) && !self.is_misspelt(key) {
            diagnostics.push(
                Diagnostic::error(Code::MissingKey, self.at, format!("{} has no `{key}`", self.what))
                    .label("here")
                    .help(format!("add `{key}: {hint}`")),
            );
        }
        self.get(key)
    }

    /// Whether an unknown key seems to mean this one, which was told.
    pub fn is_misspelt(&self, key: &str) -> bool {
        self.misspelt.iter().any(|meant| meant == key)
    }

    pub fn what(&self) -> &str {
        &self.what
    }

    pub fn at(&self) -> Span {
        self.at
    }
}

/// The fault for what the language has and this release does not.
fn not_yet(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::NotYet, span, format!("{what} is not supported yet"))
        .label("part of the language, not of this release")
        .help("take it out for now")
}

/// Words that a message lists at most.
const LISTED: usize = 30;

/// `a`, `b`, `c`; of very many only the first.
pub fn list(words: &[&str]) -> String {
    let mut out: Vec<String> = words.iter().take(LISTED).map(|word| format!("`{word}`")).collect();
    if words.len() > LISTED {
        out.push(format!("and {} more", words.len() - LISTED));
    }
    out.join(", ")
}
