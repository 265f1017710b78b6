//! The file of proposals: written anew each time, but for the tests in it that somebody has accepted.

use super::Proposals;
use crate::diag::Diagnostics;
use crate::fmt::format;
use crate::source::{SourceId, Sources};
use crate::yaml::{self, Node};

const HEAD: &str = "\
# Proposed by `kitwright test --generate`, which writes this file anew: what the pack does, not yet what it should do.
# Whoever has looked at a test and agrees takes out its line `generated: true`; it is theirs then, and stays.
";

/// Why a file cannot be written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unkept {
    /// It holds this key beside tests.
    Key(String),
    /// It is no map with a list of tests.
    Shape,
}

/// The whole file with these proposals; `present` is the one that is there, whose accepted tests stay letter for letter.
pub fn file(proposals: &Proposals, present: Option<(SourceId, &Sources)>) -> Result<String, Unkept> {
    let accepted = match present {
        Some((id, sources)) => accepted(id, sources)?,
        None => Vec::new(),
    };
    let mut text = HEAD.to_owned();
    if proposals.tests.is_empty() && accepted.is_empty() {
        text.push_str("tests: []\n");
        return Ok(text);
    }
    text.push_str("tests:\n");
    accepted.iter().chain(&proposals.tests).for_each(|test| text.push_str(test));
    let mut sources = Sources::default();
    let id = sources.add("generated.yaml", &text);
    Ok(format(id, &sources, &[], &mut Diagnostics::default()).unwrap_or(text))
}

/// The lines of every accepted test, comments above it included.
fn accepted(id: SourceId, sources: &Sources) -> Result<Vec<String>, Unkept> {
    let text = &sources.get(id).text;
    let Some(node) = yaml::read(id, sources, &mut Diagnostics::default()) else { return Ok(Vec::new()) };
    let Some(entries) = node.entries() else {
        return if node.is_null() { Ok(Vec::new()) } else { Err(Unkept::Shape) };
    };
    if let Some(other) = entries.iter().find(|entry| entry.key != "tests") {
        return Err(Unkept::Key(other.key.clone()));
    }
    let Some(tests) = entries.first() else { return Ok(Vec::new()) };
    let items = tests.value.items().ok_or(Unkept::Shape)?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let starts: Vec<usize> = items
        .iter()
        .map(|item| {
            let mut line = sources.position(item.span).0 - 1;
            while line > 0
                && lines[line - 1].starts_with(' ')
                && lines[line - 1].trim_start().starts_with('#')
            {
                line -= 1;
            }
            line
        })
        .collect();
    let is_accepted = |item: &Node| item.get("generated").and_then(Node::text) != Some("true");
    if items.iter().any(is_accepted) && starts.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Unkept::Shape);
    }
    let mut out = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| is_accepted(item)) {
        if item.entries().is_none() || !lines[starts[at]].starts_with(' ') {
            return Err(Unkept::Shape);
        }
        let end = starts.get(at + 1).copied().unwrap_or(lines.len());
        let mut own: String = lines[starts[at]..end].concat();
        if !own.ends_with('\n') {
            own.push('\n');
        }
        out.push(own);
    }
    Ok(out)
}
