//! The head of a pack, its units, sources and permissions.

use super::keys::Keys;
use super::load::Loader;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::document::is_language_tag;
use crate::model::{Allowed, Capacity, Citation, SHARED_WORDS};
use crate::source::Span;
use crate::yaml::{Node, removal};

/// Characters; no registered tag comes near it.
const LONGEST_TAG: usize = 35;

const KEYS: [&str; 12] = [
    "id",
    "version",
    "format",
    "title",
    "language",
    "extends",
    "defaults",
    "words",
    "bands",
    "capacity",
    "min_group",
    "total",
];

/// Characters; a longer unit is a sentence.
const LONGEST_UNIT: usize = 40;

/// Whether a number may stand before it and still be read: `clients`, `mmol/l`, `mm Hg`, `°C`.
fn is_unit_name(text: &str) -> bool {
    let inner = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '^' | '.' | '·' | '²' | '³' | '°' | ' ')
    };
    text.chars().count() <= LONGEST_UNIT
        && text.starts_with(|c: char| c.is_alphabetic() || c == '°')
        && text.chars().all(inner)
        && !text.ends_with(' ')
        && !text.contains("  ")
}

impl Loader<'_, '_> {
    /// Reads `pack:`; units and names are known by then.
    pub fn head(&mut self) {
        let Some((at, node)) = self.sections.head else { return };
        let mut known = KEYS.to_vec();
        known.push("allow");
        let Some(keys) = self.read.open(node, at, "`pack`", &known, &[]) else { return };
        self.allow(&keys, at.to(node.span));
        if let Some(node) = self.read.need(&keys, "id", "my-pack")
            && let Some(text) = self.read.text(node, "`id`")
        {
            super::items::check_id(text.text, text.whole(), self.read.diagnostics);
            self.pack.id = text.text.to_owned();
        }
        if let Some(node) = self.read.need(&keys, "version", "1.0.0")
            && let Some(text) = self.read.text(node, "`version`")
        {
            self.pack.version = text.text.to_owned();
        }
        if let Some(node) = self.read.need(&keys, "format", "1")
            && let Some(text) = self.read.text(node, "`format`")
            && text.text != "1"
        {
            self.read.push(
                Diagnostic::error(
                    Code::WrongValue,
                    text.whole(),
                    format!("`format` cannot be `{}`", text.text),
                )
                .label("this release reads format 1")
                .help("write `format: 1`"),
            );
        }
        // Texts may name the total only where there is one.
        self.total_head();
        if let Some(node) = self.read.need(&keys, "title", "\"…\"")
            && let Some(title) = self.prose(node, "`title`")
        {
            self.pack.title = title;
        }
        if let Some(node) = self.read.need(&keys, "language", "en")
            && let Some(text) = self.read.text(node, "`language`")
        {
            self.pack.language = self.language(text.text, text.whole());
        }
        if let Some(node) = keys.get("defaults")
            && let Some(keys) = self.read.open(
                node,
                node.span,
                "`defaults`",
                &["if_missing", "score_missing", "min_answered", "scoring"],
                &[],
            )
        {
            if let Some(method) = self.method(&keys, false) {
                self.scoring.method = method;
            }
            if let Some(read) = self.if_missing(&keys) {
                self.pack.if_missing = read;
            }
            self.scoring = self.score_missing(&keys, self.scoring.clone());
        }
        if let Some(node) = keys.get("words") {
            self.words(node);
        }

        if let Some(node) = keys.get("capacity") {
            self.capacity(node);
        }
        if let Some(node) = keys.get("min_group")
            && let Some(text) = self.read.text(node, "`min_group`")
        {
            self.pack.min_group = text.text.parse().ok().filter(|least| *least > 0);
            if self.pack.min_group.is_none() {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        text.whole(),
                        format!("`min_group` cannot be `{}`", text.text),
                    )
                    .label("a whole number above 0 is wanted here")
                    .help("write how many respondents a figure is told of at least, such as `min_group: 5`"),
                );
            }
        }
    }

    fn language(&mut self, text: &str, span: Span) -> String {
        let shape = text.len() <= LONGEST_TAG && is_language_tag(text);
        if !shape {
            self.read.push(
                Diagnostic::error(Code::WrongValue, span, format!("`language` cannot be `{text}`"))
                    .label("a tag such as `en` or `de-CH` is wanted here"),
            );
        }
        text.to_owned()
    }

    fn words(&mut self, node: &Node) {
        let Some(entries) = node.entries() else {
            self.read.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("`words` is {}", node.what()))
                    .label("a map of words is wanted here")
                    .help("write `{ leak: gap, leaks: gaps }`"),
            );
            return;
        };
        // A name that is nearly a shared one is a slip where that one stands nowhere.
        let free: Vec<&str> =
            SHARED_WORDS.into_iter().filter(|word| entries.iter().all(|entry| entry.key != *word)).collect();
        for entry in entries {
            super::items::check_id(&entry.key, entry.key_span, self.read.diagnostics);
            let known = SHARED_WORDS.contains(&entry.key.as_str());
            let near = free.iter().find(|word| !known && strsim::osa_distance(&entry.key, word) == 1);
            if let Some(near) = near {
                self.read.push(
                    Diagnostic::warning(
                        Code::Unused,
                        entry.key_span,
                        format!("no shared template says `words.{}`", entry.key),
                    )
                    .label("only templates of your own can use it")
                    .help(format!("did you mean `{near}`?")),
                );
            }
            if let Some(text) = self.read.text(&entry.value, "a word") {
                self.pack.words.push((entry.key.clone(), text.text.to_owned()));
            }
        }
    }

    fn capacity(&mut self, node: &Node) {
        let Some(entries) = node.entries() else {
            self.read.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("`capacity` is {}", node.what()))
                    .label("a map of days is wanted here")
                    .help("write `{ 90: 5 }`: at most five prescriptions due within 90 days"),
            );
            return;
        };
        for entry in entries {
            let days = entry.key.parse::<u32>().ok().filter(|days| [30, 60, 90].contains(days));
            let Some(days) = days else {
                self.read.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        entry.key_span,
                        format!("`{}` is no horizon", entry.key),
                    )
                    .label("30, 60 or 90 is wanted here"),
                );
                continue;
            };
            let Some(text) = self.read.text(&entry.value, "a capacity") else { continue };
            match text.text.parse::<usize>() {
                Ok(at_most) if at_most > 0 => self.pack.capacity.push(Capacity { days, at_most }),
                _ => self.read.push(
                    Diagnostic::error(
                        Code::WrongValue,
                        text.whole(),
                        format!("`{}` is no capacity", text.text),
                    )
                    .label("a whole number above 0 is wanted here"),
                ),
            }
        }
        self.pack.capacity.sort_by_key(|capacity| capacity.days);
    }

    /// `units: [clients]`, in any of the files.
    pub fn units(&mut self) {
        let nodes = self.sections.units.clone();
        for node in nodes {
            for text in self.read.texts(node, "`units`") {
                let fault = if crate::model::Unit::built_in(text.text).is_some() {
                    Some((Code::ReservedName, "the language has this unit already", "take it out"))
                } else if !is_unit_name(text.text) {
                    Some((
                        Code::BadId,
                        "letters, digits, single spaces and `-_/^.·²³°`, a letter first",
                        "give the unit one plain word, or a name such as `mmol/l`",
                    ))
                } else {
                    None
                };
                match fault {
                    Some((code, label, help)) => self.read.push(
                        Diagnostic::error(
                            code,
                            text.whole(),
                            format!("`{}` cannot be declared as a unit", text.text),
                        )
                        .label(label)
                        .help(help),
                    ),
                    None => self.pack.units.push(text.text.to_owned()),
                }
            }
        }
    }

    pub fn citations(&mut self) {
        let items = self.sections.sources.clone();
        for item in &items {
            let mut citation = Citation {
                id: item.id.to_owned(),
                title: super::empty_prose(item.id, item.id_span),
                note: None,
                grade: None,
                url: None,
                span: item.span(),
            };
            let what = format!("source `{}`", item.id);
            if let Some(keys) = self.read.open(
                item.node,
                item.id_span,
                &*what,
                &["title", "grade", "url", "note", "allow"],
                &[],
            ) {
                self.allow(&keys, item.span());
                if let Some(node) = self.read.need(&keys, "title", "\"…\"")
                    && let Some(title) = self.prose(node, "`title`")
                {
                    citation.title = title;
                }
                citation.grade = self
                    .read
                    .one_of(&keys, "grade", &[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D")])
                    .map(str::to_owned);
                citation.note = keys.get("note").and_then(|node| self.prose(node, "`note`"));
                if let Some(node) = keys.get("url")
                    && let Some(text) = self.read.text(node, "`url`")
                {
                    if text.text.starts_with("https://") || text.text.starts_with("http://") {
                        citation.url = Some(text.text.to_owned());
                    } else {
                        self.read.push(
                            Diagnostic::error(
                                Code::WrongValue,
                                text.whole(),
                                format!("`url` cannot be `{}`", text.text),
                            )
                            .label("an address that begins with `https://` is wanted here"),
                        );
                    }
                }
            }
            self.pack.citations.push(citation);
        }
    }

    /// `allow:` beside an item.
    pub fn allow(&mut self, keys: &Keys<'_>, item: Span) {
        let Some(node) = keys.get("allow") else { return };
        let Some(items) = node.items() else {
            self.read.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("`allow` is {}", node.what()))
                    .label("a list is wanted here")
                    .help("write `allow: [{ code: K401, reason: \"…\" }]`"),
            );
            return;
        };
        let (keys_at, list) = (keys.key_span("allow"), node.span);
        for node in items {
            let Some(keys) = self.read.open(node, node.span, "a permission", &["code", "reason"], &[]) else {
                continue;
            };
            let code = self.read.need(&keys, "code", "K401").and_then(|node| {
                let text = self.read.text(node, "`code`")?;
                Some((text.text.to_owned(), text.whole()))
            });
            let reason = self
                .read
                .need(&keys, "reason", "\"…\"")
                .and_then(|node| self.read.text(node, "`reason`").map(|text| text.text.trim().to_owned()));
            let (Some((code, span)), Some(reason)) = (code, reason) else { continue };
            if reason.is_empty() {
                self.read.push(
                    Diagnostic::error(Code::MissingKey, node.span, "a permission has an empty reason")
                        .label("here"),
                );
                continue;
            }
            if !Code::ALL.iter().any(|known| known.name() == code) {
                let near = did_you_mean(&code, Code::ALL.iter().map(|code| code.name()));
                self.read.push(
                    Diagnostic::error(Code::UnknownName, span, format!("there is no code `{code}`"))
                        .label("unknown code")
                        .help_if(near),
                );
                continue;
            }
            let (part, alone) = match keys_at {
                Some(key) if items.len() == 1 => (key.to(list), true),
                _ => (node.span, false),
            };
            let removal = removal(&self.read.sources.get(part.source).text, part.range(), !alone)
                .map(|range| Span::new(part.source, range));
            self.pack.allowed.push(Allowed { code, reason, item, span: node.span, removal });
        }
    }
}
