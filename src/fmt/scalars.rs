//! Scalars that have one canonical spelling: conditions, ends of bands, quotes.

use std::collections::BTreeMap;

use crate::pack::{canonical, canonical_end};
use crate::source::Sources;
use crate::yaml::{Node, Scalar, Style, Value, Within, plain, quoted};

/// What a scalar is written as, by the byte at which it begins.
pub type Rewrites = BTreeMap<usize, String>;

/// Keys whose value is a condition, wherever they stand.
const CONDITIONS: [&str; 6] = ["when", "unless", "guard", "ask_if", "valid_if", "where"];

/// Keys that join conditions.
const JOINS: [&str; 4] = ["all", "any", "not", "of"];

/// Keys below which ends of bands stand.
const ENDS: [&str; 4] = ["bands", "cuts", "points", "cut"];

/// Keys beside bands that hold words of the author's.
const WORDS: [&str; 6] = ["title", "label", "note", "why", "reason", "source"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Means {
    Text,
    Condition,
    End,
    /// The author's own, which is not ours to spell.
    Note,
}

/// Every scalar that is spelt otherwise in canonical form.
pub fn rewrites(node: &Node, sources: &Sources, declared: &[String]) -> Rewrites {
    let mut walk = Walk { sources, declared, out: Rewrites::new() };
    for entry in node.entries().unwrap_or_default() {
        match (entry.key.as_str(), entry.value.entries()) {
            ("conditions", Some(named)) => {
                named
                    .iter()
                    .for_each(|named| walk.node(&named.value, Means::Condition, within(&entry.value)));
            }
            _ => walk.node(&entry.value, meaning(&entry.key, Means::Text), within(node)),
        }
    }
    walk.out
}

fn meaning(key: &str, above: Means) -> Means {
    match above {
        Means::Note => Means::Note,
        _ if key.starts_with("x-") => Means::Note,
        Means::Condition if JOINS.contains(&key) => Means::Condition,
        _ if CONDITIONS.contains(&key) => Means::Condition,
        _ if ENDS.contains(&key) => Means::End,
        Means::End if !WORDS.contains(&key) && !key.starts_with("label[") => Means::End,
        _ => Means::Text,
    }
}

fn within(node: &Node) -> Within {
    match &node.value {
        Value::List { flow: true, .. } | Value::Map { flow: true, .. } => Within::Flow,
        _ => Within::Block,
    }
}

struct Walk<'a> {
    sources: &'a Sources,
    declared: &'a [String],
    out: Rewrites,
}

impl Walk<'_> {
    /// Trees are never deeper than the reader lets them be.
    fn node(&mut self, node: &Node, means: Means, place: Within) {
        // What stands in brackets stays in them however deep.
        let inner = if place == Within::Flow { place } else { within(node) };
        match &node.value {
            Value::Scalar(scalar) => self.scalar(node, scalar, means, place),
            Value::List { items, .. } => items.iter().for_each(|item| self.node(item, means, inner)),
            Value::Map { entries, .. } => {
                entries.iter().for_each(|entry| self.node(&entry.value, meaning(&entry.key, means), inner));
            }
            Value::Broken => {}
        }
    }

    fn scalar(&mut self, node: &Node, scalar: &Scalar, means: Means, place: Within) {
        let written = self.sources.slice(node.span);
        // A reference shows the place of what it refers to; texts of several lines are left alone.
        if node.is_null()
            || scalar.style == Style::Block
            || written.contains('\n')
            || scalar.text.contains('\n')
        {
            return;
        }
        let spelt = match means {
            Means::Condition => canonical(&scalar.text, self.declared)
                .map(|line| if plain(&line, place) { line } else { quoted(&line) }),
            Means::End => canonical_end(&scalar.text, self.declared).map(|end| format!("\"{end}\"")),
            _ => None,
        };
        let straight = || {
            let odd = |c: char| c == '"' || c == '\\' || c.is_control();
            let single = written.starts_with('\'') && means != Means::Note && !scalar.text.contains(odd);
            single.then(|| format!("\"{}\"", scalar.text))
        };
        if let Some(spelt) = spelt.or_else(straight)
            && spelt != written
        {
            self.out.insert(node.span.range().start, spelt);
        }
    }
}
