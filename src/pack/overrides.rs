//! `override:`: what of the base is to be different, by section and id.
//!
//! ```yaml
//! override:
//!   rules:
//!     early-warning-missing:
//!       reason: Our teams look every week.          # always: somebody will ask
//!       was: { severity: high }                     # optional: what the base must still say
//!       set: { severity: medium }                   # whole values; `~` takes a key out
//!       prescribe+: [our-own-list]                  # into a list, or a map
//!       prescribe-: [account-list]                  # out of it
//!     views-differ: { disable: true, reason: We have no reps. }
//!   conditions:
//!     many-lost: { set: metric.churn_rate > 20%, was: metric.churn_rate > 15%, reason: A small market. }
//! ```
//!
//! A condition has no keys: `set` and `was` are the condition itself. `key-` names texts as they stand, keys of a map,
//! and entries with keys by their `id`, `from` or `prescription`.

use super::names::unknown;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, did_you_mean};
use crate::source::{Sources, Span};
use crate::yaml::{Entry, Node, Value};

/// The sections whose items can be overridden, and what one of them is called.
const SECTIONS: [(&str, &str); 12] = [
    ("sources", "source"),
    ("scales", "scale"),
    ("areas", "area"),
    ("questions", "question"),
    ("metrics", "metric"),
    ("thresholds", "threshold"),
    ("derived", "derived value"),
    ("conditions", "condition"),
    ("rules", "rule"),
    ("groups", "group"),
    ("prescriptions", "prescription"),
    ("ladders", "ladder"),
];

/// The sections `override:` of a pack's files, in pack order.
pub struct Overrides(Vec<Entry>);

impl Overrides {
    /// Takes them out of the files.
    pub fn take(files: &mut [Node], diagnostics: &mut Diagnostics) -> Overrides {
        let mut out = Vec::new();
        for file in files {
            let Value::Map { entries, .. } = &mut file.value else { continue };
            let (taken, left) =
                std::mem::take(entries).into_iter().partition(|entry| entry.key == "override");
            *entries = left;
            let taken: Vec<Entry> = taken;
            for entry in taken {
                match &entry.value.value {
                    Value::Map { .. } => out.push(entry),
                    Value::Broken => {}
                    _ if entry.value.is_null() => {}
                    _ => diagnostics.push(
                        Diagnostic::error(
                            Code::WrongShape,
                            entry.value.span,
                            format!("`override` is {}", entry.value.what()),
                        )
                        .label("sections are wanted here")
                        .help("write `rules:` and below it the id of a rule of the base"),
                    ),
                }
            }
        }
        Overrides(out)
    }

    /// Where the first of them stands.
    pub fn first(&self) -> Option<Span> {
        self.0.first().map(|entry| entry.key_span)
    }

    /// Changes the base. `own` are the files of the pack that overrides; what is taken out is noted.
    pub fn carry_out(
        &self,
        base: &mut [Node],
        own: &[Node],
        taken_out: &mut Vec<(String, Span)>,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) {
        let mut work = Work { own, taken_out, sources, diagnostics };
        for section in self.0.iter().filter_map(|entry| entry.value.entries()).flatten() {
            let name = section.key.as_str();
            if name.starts_with("x-") || name.is_empty() || matches!(section.value.value, Value::Broken) {
                continue;
            }
            let Some((_, what)) = SECTIONS.iter().find(|(known, _)| *known == name) else {
                let known = SECTIONS.map(|(known, _)| known);
                let near = did_you_mean(name, known);
                let all = format!("the sections are {}", super::keys::list(&known));
                work.diagnostics.push(
                    Diagnostic::error(
                        Code::UnknownKey,
                        section.key_span,
                        format!("nothing in a section `{name}` can be overridden"),
                    )
                    .label("unknown section")
                    .help(near.unwrap_or(all)),
                );
                continue;
            };
            let Some(items) = section.value.entries() else {
                if !section.value.is_null() {
                    work.diagnostics.push(
                        Diagnostic::error(
                            Code::WrongShape,
                            section.value.span,
                            format!("`{name}` under `override` is {}", section.value.what()),
                        )
                        .label("a map of ids is wanted here"),
                    );
                }
                continue;
            };
            for item in items.iter().filter(|item| !item.key.starts_with("x-") && !item.key.is_empty()) {
                work.item(base, name, what, item);
            }
        }
    }
}

struct Work<'a> {
    own: &'a [Node],
    taken_out: &'a mut Vec<(String, Span)>,
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
}

impl Work<'_> {
    fn item(&mut self, base: &mut [Node], section: &str, what: &str, item: &Entry) {
        if matches!(item.value.value, Value::Broken) {
            return;
        }
        let (id, id_span) = (item.key.as_str(), item.key_span);
        let Some(changes) = item.value.entries() else {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::WrongShape,
                    item.value.span,
                    format!("the override of {what} `{id}` is {}", item.value.what()),
                )
                .label("a map with keys is wanted here")
                .help("write `{ set: { … }, reason: \"…\" }`"),
            );
            return;
        };
        let known = ids(base, section);
        if !known.iter().any(|known| known == id) {
            let mut fault = unknown(what, id, id_span, known.iter().map(String::as_str));
            if ids(self.own, section).iter().any(|own| own == id) {
                fault.help = vec!["it stands in this pack itself: change it there".to_owned()];
            }
            self.diagnostics.push(Diagnostic { message: format!("the base has no {what} `{id}`"), ..fault });
            return;
        }
        self.reason(what, item, changes);
        let value = |key: &str| changes.iter().find(|entry| entry.key == key).map(|entry| &entry.value);
        let Some(found) = find(base, section, id) else { return };
        let whole = section == "conditions";
        if let Some(was) = value("was") {
            self.guard(what, id, found, was, whole);
        }
        let mut changed = false;
        let mut meant = false;
        for change in changes {
            let (key, node) = (change.key.as_str(), &change.value);
            if matches!(node.value, Value::Broken) {
                // It may be what is to change.
                meant = true;
                changed = true;
                continue;
            }
            let listed = key.strip_suffix(['+', '-']).filter(|key| !key.is_empty());
            match (key, listed) {
                ("reason" | "was", _) => {}
                ("disable", _) => {
                    meant = true;
                    match node.text() {
                        Some("true") => {
                            self.alone(what, id, change, changes);
                            self.taken_out.push((id.to_owned(), id_span));
                            remove(base, section, id);
                            return;
                        }
                        Some("false") => {}
                        word => {
                            changed = true;
                            let said = word.map_or(node.what().to_owned(), |text| format!("`{text}`"));
                            self.diagnostics.push(
                                Diagnostic::error(
                                    Code::WrongValue,
                                    node.span,
                                    format!("`disable` cannot be {said}"),
                                )
                                .label("true is wanted here"),
                            );
                        }
                    }
                }
                ("set", _) if whole => {
                    meant = true;
                    if same(found, node) {
                        self.without_effect(change.key_span, "the base says the same");
                    } else {
                        *found = node.clone();
                    }
                    changed = true;
                }
                ("set", _) => {
                    meant = true;
                    changed = true;
                    self.set(what, id, found, node);
                }
                (_, Some(_)) if whole => {
                    meant = true;
                    changed = true;
                    self.diagnostics.push(
                        Diagnostic::error(Code::OverrideWrong, change.key_span, "a condition has no keys")
                            .label("nothing to add to")
                            .help("write the whole condition behind `set:`"),
                    );
                }
                (_, Some(list)) => {
                    meant = true;
                    changed = true;
                    self.listed(what, id, found, list, key.ends_with('+'), change);
                }
                _ if key.starts_with("x-") || key.is_empty() => {}
                _ => {
                    meant = true;
                    changed = true;
                    self.diagnostics.push(
                        Diagnostic::error(
                            Code::UnknownKey,
                            change.key_span,
                            format!("an override has no key `{key}`"),
                        )
                        .label("unknown key")
                        .help(format!("write `set: {{ {key}: … }}`; its other keys are `reason`, `was`, `disable`, `key+` and `key-`")),
                    );
                }
            }
        }
        if !meant || !changed {
            self.without_effect(id_span, "nothing changes here");
        }
    }

    fn reason(&mut self, what: &str, item: &Entry, changes: &[Entry]) {
        let reason = changes.iter().find(|entry| entry.key == "reason");
        let said = reason.is_some_and(|entry| {
            matches!(entry.value.value, Value::Broken)
                || entry.value.text().is_some_and(|text| !text.trim().is_empty())
        });
        if !said {
            let at = reason.map_or(item.key_span, |entry| entry.key_span);
            self.diagnostics.push(
                Diagnostic::error(
                    Code::MissingKey,
                    at,
                    format!("the override of {what} `{}` has no `reason`", item.key),
                )
                .label("a client will ask")
                .help("add `reason: \"…\"`"),
            );
        }
    }

    /// `disable` beside other changes.
    fn alone(&mut self, what: &str, id: &str, disable: &Entry, changes: &[Entry]) {
        let other = changes.iter().find(|entry| {
            !matches!(entry.key.as_str(), "disable" | "reason" | "was") && !entry.key.starts_with("x-")
        });
        if let Some(other) = other {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::OverrideWrong,
                    other.key_span,
                    format!("{what} `{id}` is taken out and changed at once"),
                )
                .label("this changes it")
                .related(disable.key_span, "this takes it out")
                .help("keep one of the two"),
            );
        }
    }

    /// Fails where the base does not say any more what the author saw.
    fn guard(&mut self, what: &str, id: &str, found: &Node, was: &Node, whole: bool) {
        if whole {
            if !same(found, was) {
                self.moved(&format!("{what} `{id}`"), Some(found), was);
            }
            return;
        }
        let Some(entries) = was.entries() else {
            if !matches!(was.value, Value::Broken) {
                self.diagnostics.push(
                    Diagnostic::error(Code::WrongShape, was.span, format!("`was` is {}", was.what()))
                        .label("a map with keys is wanted here")
                        .help("write the keys and values that the base must still have"),
                );
            }
            return;
        };
        for entry in entries.iter().filter(|entry| !matches!(entry.value.value, Value::Broken)) {
            let now = found.get(&entry.key);
            let absent = now.is_none_or(Node::is_null);
            let held = match now {
                Some(now) if !absent => same(now, &entry.value),
                _ => entry.value.is_null(),
            };
            if !held {
                self.moved(
                    &format!("`{}` of {what} `{id}`", entry.key),
                    now.filter(|_| !absent),
                    &entry.value,
                );
            }
        }
    }

    fn moved(&mut self, subject: &str, now: Option<&Node>, was: &Node) {
        let fault = Diagnostic::error(
            Code::BaseMoved,
            was.span,
            format!("the base has moved: {subject} is another now"),
        )
        .label("this is what it was");
        self.diagnostics.push(match now {
            Some(now) => {
                let mut written = self.sources.slice(now.span).lines().map(str::trim);
                let (first, more) = (written.next().unwrap_or("").to_owned(), written.next().is_some());
                let said = if more { format!("{first} …") } else { first };
                fault
                    .related(now.span, "this is what it is")
                    .help(format!("look whether the override still holds, then write `{said}` here"))
            }
            None => fault.help("the base does not say it any more: look whether the override still holds, then take it out of `was:`"),
        });
    }

    fn set(&mut self, what: &str, id: &str, found: &mut Node, node: &Node) {
        let Some(entries) = node.entries() else {
            self.diagnostics.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("`set` is {}", node.what()))
                    .label("a map with keys is wanted here")
                    .help("write `set: { severity: low }`"),
            );
            return;
        };
        let Value::Map { entries: keys, .. } = &mut found.value else { return };
        for entry in entries.iter().filter(|entry| !entry.key.is_empty()) {
            if entry.key == "id" {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::OverrideWrong,
                        entry.key_span,
                        format!("the id of {what} `{id}` cannot change"),
                    )
                    .label("others name it so")
                    .help("take it out with `disable: true` and write a new one"),
                );
                continue;
            }
            let place = keys.iter().position(|key| key.key == entry.key);
            match place {
                Some(place) if same(&keys[place].value, &entry.value) => {
                    self.without_effect(entry.key_span, "the base says the same");
                }
                Some(place) if entry.value.is_null() => {
                    keys.remove(place);
                }
                Some(place) => keys[place] = entry.clone(),
                None if entry.value.is_null() => {
                    self.without_effect(entry.key_span, "the base does not have it");
                }
                None => keys.push(entry.clone()),
            }
        }
    }

    /// `key+` and `key-`.
    fn listed(&mut self, what: &str, id: &str, found: &mut Node, list: &str, adds: bool, change: &Entry) {
        let Value::Map { entries, .. } = &mut found.value else { return };
        let place = entries.iter().position(|entry| entry.key == list);
        let Some(place) = place else {
            if adds {
                entries.push(Entry {
                    key: list.to_owned(),
                    key_span: change.key_span,
                    value: change.value.clone(),
                });
            } else {
                self.without_effect(change.key_span, "the base does not have it");
            }
            return;
        };
        let value = &mut entries[place].value;
        if let (Value::Map { entries: known, .. }, Value::Map { entries: new, .. }) =
            (&mut value.value, &change.value.value)
            && adds
        {
            for entry in new {
                match known.iter().find(|known| known.key == entry.key) {
                    Some(there) => self.diagnostics.push(
                        Diagnostic::error(
                            Code::OverrideWrong,
                            entry.key_span,
                            format!("`{list}` of {what} `{id}` has `{}` already", entry.key),
                        )
                        .label("added here")
                        .related(there.key_span, "the base's")
                        .help(format!("write the whole of it: `set: {{ {list}: … }}`")),
                    ),
                    None => known.push(entry.clone()),
                }
            }
            return;
        }
        // One text is a list of one.
        if matches!(value.value, Value::Scalar(_)) && !value.is_null() {
            let one = Node { span: value.span, value: value.value.clone() };
            value.value = Value::List { items: vec![one], flow: true };
        }
        let given: Vec<Node> = match &change.value.value {
            Value::List { items, .. } => items.clone(),
            _ => vec![change.value.clone()],
        };
        for node in given.iter().filter(|node| !matches!(node.value, Value::Broken)) {
            let at = match &value.value {
                Value::List { items, .. } => {
                    items.iter().position(|item| same(item, node) || !adds && goes_by(item, node))
                }
                Value::Map { entries, .. } => {
                    entries.iter().position(|entry| !adds && node.text() == Some(&entry.key))
                }
                _ => None,
            };
            match (&mut value.value, at, adds) {
                (Value::List { items, .. }, None, true) => items.push(node.clone()),
                (Value::List { items, .. }, Some(at), false) => drop(items.remove(at)),
                (Value::Map { entries, .. }, Some(at), false) => drop(entries.remove(at)),
                (Value::Map { .. }, _, true) => self.diagnostics.push(
                    Diagnostic::error(
                        Code::WrongShape,
                        change.value.span,
                        format!("`{}` is {}", change.key, change.value.what()),
                    )
                    .label("a map is wanted here, as the base has one"),
                ),
                (_, Some(_), true) => self.without_effect(node.span, "the base has it already"),
                _ => self.without_effect(node.span, "the base does not have it"),
            }
        }
    }

    fn without_effect(&mut self, span: Span, label: &str) {
        let fault = Diagnostic::error(Code::OverrideWithoutEffect, span, "this override has no effect")
            .label(label)
            .help("take it out");
        self.diagnostics.push(Diagnostic { severity: Severity::Warning, ..fault });
    }
}

/// Whether an entry with keys is meant by the value of one of them.
fn goes_by(item: &Node, name: &Node) -> bool {
    let text = name.text();
    text.is_some()
        && ["id", "from", "prescription"].iter().any(|key| item.get(key).and_then(Node::text) == text)
}

/// Whether two values say the same, however they are written: quotes, brackets, line breaks and the order of keys
/// make no difference.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Scalar(one), Value::Scalar(other)) => {
            a.is_null() == b.is_null() && one.text.split_whitespace().eq(other.text.split_whitespace())
        }
        (Value::List { items: one, .. }, Value::List { items: other, .. }) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b))
        }
        (Value::Map { entries: one, .. }, Value::Map { entries: other, .. }) => {
            one.len() == other.len()
                && one.iter().all(|entry| {
                    other.iter().any(|also| also.key == entry.key && same(&also.value, &entry.value))
                })
        }
        _ => false,
    }
}

fn of_section<'n>(files: &'n [Node], section: &str) -> impl Iterator<Item = &'n Node> {
    let entries = files.iter().filter_map(Node::entries).flatten();
    entries.filter(move |entry| entry.key == section).map(|entry| &entry.value)
}

/// The ids of a section's items, in order.
fn ids(files: &[Node], section: &str) -> Vec<String> {
    let mut out = Vec::new();
    for node in of_section(files, section) {
        match &node.value {
            Value::Map { entries, .. } => out.extend(entries.iter().map(|entry| entry.key.clone())),
            Value::List { items, .. } => {
                out.extend(items.iter().filter_map(|item| Some(item.get("id")?.text()?.to_owned())));
            }
            _ => {}
        }
    }
    out.retain(|id| !id.is_empty() && !id.starts_with("x-"));
    out
}

fn sections<'n>(files: &'n mut [Node], section: &str) -> impl Iterator<Item = &'n mut Node> {
    let maps = files.iter_mut().filter_map(|file| match &mut file.value {
        Value::Map { entries, .. } => Some(entries),
        _ => None,
    });
    maps.flatten().filter(move |entry| entry.key == section).map(|entry| &mut entry.value)
}

fn is_rule(item: &Node, id: &str) -> bool {
    item.get("id").and_then(Node::text) == Some(id)
}

fn find<'n>(files: &'n mut [Node], section: &str, id: &str) -> Option<&'n mut Node> {
    sections(files, section).find_map(|node| match &mut node.value {
        Value::Map { entries, .. } => {
            entries.iter_mut().find(|entry| entry.key == id).map(|entry| &mut entry.value)
        }
        Value::List { items, .. } => items.iter_mut().find(|item| is_rule(item, id)),
        _ => None,
    })
}

fn remove(files: &mut [Node], section: &str, id: &str) {
    for node in sections(files, section) {
        match &mut node.value {
            Value::Map { entries, .. } => entries.retain(|entry| entry.key != id),
            Value::List { items, .. } => items.retain(|item| !is_rule(item, id)),
            _ => {}
        }
    }
}
