//! Groups of rules, and rules that set weaker ones aside.
//!
//! ```yaml
//! groups:
//!   tier:
//!     title: Level of risk             # optional
//!     pick: first                      # first | highest | { at_most: 1 }
//!     complete: true                   # optional: a promise that one of them always fires
//!     rules: [high-risk, some-risk, no-risk]
//! rules:
//!   - id: all-is-lost
//!     supersedes: [some-is-lost]
//! ```

use std::collections::BTreeMap;

use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use super::names::unknown;
use crate::diag::{Code, Diagnostic};
use crate::model::{Group, Pick, RuleId};
use crate::source::Span;
use crate::yaml::Node;

const KEYS: [&str; 5] = ["title", "pick", "complete", "rules", "allow"];

impl Loader<'_, '_> {
    /// Reads `groups:` and every rule's `supersedes:`; the rules are all known by then.
    pub fn groups(&mut self) {
        let places: BTreeMap<String, RuleId> =
            self.pack.rules.iter().enumerate().map(|(at, rule)| (rule.id.clone(), RuleId(at))).collect();
        let items = self.sections.rules.clone();
        for item in &items {
            let Some(node) = item.node.get("supersedes") else { continue };
            let weaker = self.rule_list(node, "`supersedes`", &places);
            if let Some(own) = places.get(item.id) {
                self.pack.rules[own.0].supersedes = weaker;
            }
        }
        let items = self.sections.groups.clone();
        for item in &items {
            let group = self.group(item, &places);
            self.pack.groups.extend(group);
        }
        self.supersedes_circles();
    }

    /// Rules by their ids, each once; one that is broken is left out, its fault is told.
    fn rule_list(&mut self, node: &Node, what: &str, places: &BTreeMap<String, RuleId>) -> Vec<RuleId> {
        let mut out: Vec<RuleId> = Vec::new();
        for text in self.read.texts(node, what) {
            match places.get(text.text) {
                Some(id) if out.contains(id) => self.read.push(
                    Diagnostic::error(
                        Code::DuplicateId,
                        text.whole(),
                        format!("rule `{}` stands twice in {what}", text.text),
                    )
                    .label("the second one")
                    .help("take one out"),
                ),
                Some(id) => out.push(*id),
                None if self.names.rules.find(text.text).is_some() => {}
                None => {
                    let known = self.names.rules.ids();
                    let fault = unknown("rule", text.text, text.whole(), known);
                    self.read.push(fault);
                }
            }
        }
        out
    }

    fn group(&mut self, item: &Item<'_>, places: &BTreeMap<String, RuleId>) -> Option<Group> {
        let what = format!("group `{}`", item.id);
        let keys = self.read.open(item.node, item.id_span, &*what, &KEYS, &[])?;
        self.allow(&keys, item.span());
        let title = keys.get("title").and_then(|node| self.prose(node, "`title`"));
        self.read.need(&keys, "pick", "first");
        let pick = self.pick(&keys);
        let complete = self.read.bool(&keys, "complete").unwrap_or(false);
        let node = self.read.need(&keys, "rules", "[a-rule, another]")?;
        let before = self.read.diagnostics.len();
        let rules = self.rule_list(node, "`rules`", places);
        if rules.len() < 2
            && self.read.diagnostics.len() == before
            && node.items().is_some_and(|i| i.len() < 2)
        {
            self.read.push(
                Diagnostic::error(Code::GroupWrong, node.span, format!("{what} has fewer than two rules"))
                    .label("nothing to choose from")
                    .help("name the rules of which one is to stand"),
            );
        }
        Some(Group { id: item.id.to_owned(), title, pick: pick?, complete, rules, span: item.span() })
    }

    fn pick(&mut self, keys: &Keys<'_>) -> Option<Pick> {
        let node = keys.get("pick")?;
        if node.entries().is_none() {
            return self.read.one_of(keys, "pick", &[("first", Pick::First), ("highest", Pick::Highest)]);
        }
        let inner = self.read.open(node, node.span, "`pick`", &["at_most"], &[])?;
        self.read.need(&inner, "at_most", "1");
        self.read.whole(&inner, "at_most", 1, 1000).map(|most| Pick::AtMost(most as usize))
    }

    /// Where two rules are each the stronger of the other, directly or by others, both would be set aside.
    fn supersedes_circles(&mut self) {
        let rules = &self.pack.rules;
        let mut weaker: Vec<Vec<usize>> =
            rules.iter().map(|rule| rule.supersedes.iter().map(|id| id.0).collect()).collect();
        for group in &self.pack.groups {
            // Each before the next is enough: a circle through others is found by walking.
            let Some(order) = group.by_strength(|id| rules[id.0].severity) else { continue };
            order.windows(2).for_each(|pair| weaker[pair[0].0].push(pair[1].0));
        }
        for cycle in super::load::cycles(&weaker) {
            let names: Vec<String> =
                cycle.iter().map(|&at| format!("`{}`", self.pack.rules[at].id)).collect();
            let first = &self.pack.rules[cycle[0]];
            let at = Span { end: first.span.start + first.id.len() as u32, ..first.span };
            let message = format!("rule {} would set itself aside", names[0]);
            self.read.push(
                Diagnostic::error(Code::SupersedesCircle, at, message)
                    .label(format!("{} → {}", names.join(" → "), names[0]))
                    .help("of two rules one is the stronger: take the other out of `supersedes:`, or move it in its group"),
            );
        }
    }
}
