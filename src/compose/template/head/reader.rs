//! One value of the front matter after the other.

use super::{Audience, Field};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::document::{Page, yes_or_no};
use crate::render::Format;
use crate::source::Span;
use crate::yaml::{Entry, Value};

/// Values of the front matter, and whether any could not be read.
pub(super) struct Reader<'d> {
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) failed: bool,
}

impl Reader<'_> {
    pub(super) fn fault(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        self.diagnostics.push(diagnostic);
    }

    fn wrong(&mut self, entry: &Entry, wanted: &str) {
        let found = entry.value.what();
        let diagnostic = Diagnostic::error(
            Code::TemplateHead,
            entry.value.span,
            format!("`{}` takes {wanted}, not {found}", entry.key),
        );
        if entry.value.value != Value::Broken {
            self.fault(diagnostic);
        }
    }

    pub(super) fn audience(&mut self, entry: Option<&Entry>, whole: Span, broken: bool) -> Option<Audience> {
        const HELP: &str = "write `for: respondent`, `for: cohort` or `for: session`";
        let Some(entry) = entry else {
            if !broken {
                let message = "the front matter does not say whom the document is for";
                self.fault(Diagnostic::error(Code::TemplateHead, whole, message).help(HELP));
            }
            return None;
        };
        match entry.value.text() {
            Some("respondent") => Some(Audience::Respondent),
            Some("session") => Some(Audience::Session),
            Some("cohort") => Some(Audience::Cohort),
            Some(other) => {
                let message = format!("nobody is called `{other}` here");
                self.fault(Diagnostic::error(Code::TemplateHead, entry.value.span, message).help(HELP));
                None
            }
            None => {
                self.wrong(entry, "a word");
                None
            }
        }
    }

    pub(super) fn field(&mut self, entry: Option<&Entry>) -> Option<Field> {
        let entry = entry?;
        match entry.value.text() {
            Some(text) if !text.trim().is_empty() => {
                Some(Field { text: text.to_owned(), span: entry.value.span })
            }
            _ => {
                self.wrong(entry, "text");
                None
            }
        }
    }

    pub(super) fn yes_or_no(&mut self, entry: Option<&Entry>) -> bool {
        let Some(entry) = entry else { return false };
        match entry.value.text() {
            Some(word) => yes_or_no(word).unwrap_or_else(|| {
                let message = format!("`{}` is `true` or `false`, not `{word}`", entry.key);
                let fault = Diagnostic::error(Code::TemplateHead, entry.value.span, message);
                self.fault(fault.help("`yes` and `no` say the same"));
                false
            }),
            None => {
                self.wrong(entry, "`true` or `false`");
                false
            }
        }
    }

    /// The place among the words that it may be.
    pub(super) fn one_of<const N: usize>(
        &mut self,
        entry: Option<&Entry>,
        words: [&str; N],
    ) -> Option<usize> {
        let entry = entry?;
        let wanted = or(&words);
        match entry.value.text() {
            Some(found) => {
                let place = words.iter().position(|word| *word == found);
                if place.is_none() {
                    let message = format!("`{}` is {wanted}, not `{found}`", entry.key);
                    let fault = Diagnostic::error(Code::TemplateHead, entry.value.span, message);
                    self.fault(fault.help_if(did_you_mean(found, words)));
                }
                place
            }
            None => {
                self.wrong(entry, &wanted);
                None
            }
        }
    }

    /// A text that holds no values.
    pub(super) fn words(&mut self, entry: Option<&Entry>) -> Option<String> {
        self.field(entry).map(|field| field.text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    pub(super) fn formats(&mut self, entry: Option<&Entry>, page: Page) -> Option<Vec<Format>> {
        let entry = entry?;
        let possible = Format::of(page);
        let words: Vec<&str> = possible.iter().map(|format| format.extension()).collect();
        let Some(items) = entry.value.items() else {
            self.wrong(entry, &format!("a list such as `[{}]`", words.join(", ")));
            return None;
        };
        let mut formats = Vec::new();
        for item in items {
            let word = item.text().unwrap_or_default();
            match Format::ALL.into_iter().find(|format| format.extension() == word) {
                Some(format) if formats.contains(&format) => {}
                Some(format) if possible.contains(&format) => formats.push(format),
                Some(_) => {
                    let message = match page {
                        Page::Mail => format!("a mail is not made as `{word}`"),
                        _ => format!("only a mail is made as `{word}`"),
                    };
                    let fault = Diagnostic::error(Code::TemplateHead, item.span, message);
                    self.fault(fault.help(format!("write {}", or(&words))));
                }
                None => self.fault(
                    Diagnostic::error(Code::TemplateHead, item.span, format!("`{word}` is no format"))
                        .help(format!("write {}", or(&words))),
                ),
            }
        }
        if items.is_empty() {
            let message = "`formats` names none: this document would never be made";
            let fault = Diagnostic::error(Code::TemplateHead, entry.value.span, message);
            self.fault(fault.help(format!("name one of {}, or leave the line out", or(&words))));
        }
        Some(formats)
    }

    /// Names of values, such as `plan.first`; whether there are such values is checked with all other names.
    pub(super) fn needs(&mut self, entry: Option<&Entry>) -> Vec<Field> {
        let Some(entry) = entry else { return Vec::new() };
        let Some(items) = entry.value.items() else {
            self.wrong(entry, "a list such as `[session, plan.first]`");
            return Vec::new();
        };
        let mut needs = Vec::new();
        for item in items {
            let text = item.text().unwrap_or_default();
            let word = |word: &str| {
                word.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_')
                    && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            };
            if text.split('.').all(word) {
                needs.push(Field { text: text.to_owned(), span: item.span });
            } else {
                let message = format!("`{text}` is no name of a value");
                let fault = Diagnostic::error(Code::TemplateHead, item.span, message);
                self.fault(fault.help("write names with dots between, such as `session` or `plan.first`"));
            }
        }
        needs
    }
}

/// The words with backticks, the last one behind "or".
fn or(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => quoted.concat(),
    }
}
