//! The canonical form of a pack's files: the same text, evenly spaced.
//!
//! Only what stands *between* the words of a file is changed, and a few words that have one canonical spelling;
//! nothing is written anew from its meaning. So comments, the order of keys and the division into lines stay.
//!
//! Canonical is:
//!
//! - two spaces a level; the dashes of a list stand two further in than the key above them; a line that goes on
//!   in brackets or braces stands two further in than the line that opened them, for each that is open, or straight
//!   under the first word behind the bracket where it stood there;
//! - `key: value` with one space, `{ a: b, c: d }` with spaces inside braces, `[a, b]` without them inside
//!   brackets; values of neighbouring lines that stand in one column keep standing in one;
//! - no spaces at the end of a line, no tabs between words, at most one empty line in a row, none at the start, one
//!   line break at the end, `\n` alone for line breaks;
//! - `# a comment` with a space behind its sign; on a line of its own it stands as far in as what it belongs to,
//!   behind a value at least two spaces away, else in the column where it was;
//! - conditions as [`pack::canonical`](crate::pack::canonical) writes them, without quotes where YAML leaves them
//!   alone; ends of bands as `"<= 8%"`, in quotes;
//! - `"…"` rather than `'…'`, where the text holds neither a double quote nor a backslash.
//!
//! Long texts are never wrapped again, and what stands in a text of several lines (`|`, `>`) is left alone. Keys that
//! begin with `x-` are the author's notes: below them only the spacing changes.
//!
//! Every result is read again and compared with what was read before; where a change would not leave the same
//! tree, the part of the work that caused it is left out.

mod atoms;
mod columns;
mod same;
mod scalars;
mod write;

use crate::diag::Diagnostics;
use crate::source::{SourceId, Sources};
use crate::yaml::{self, Node};

use columns::Columns;
use same::same;

/// How often a result is tried to be made better still; a second try finds nothing but in odd cases.
const ROUNDS: usize = 4;

/// The canonical text of a YAML file; none where it holds faults of syntax, which are told.
///
/// `declared` are the units that the pack declares, so that none of them is taken for a built-in one.
pub fn format(
    source: SourceId,
    sources: &Sources,
    declared: &[String],
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let mut faults = Diagnostics::default();
    yaml::read(source, sources, &mut faults);
    let broken = faults.has_errors();
    diagnostics.extend(faults);
    if broken {
        return None;
    }
    // YAML takes all three kinds of line break for one.
    let mut text = sources.get(source).text.replace("\r\n", "\n").replace('\r', "\n");
    let begin = text.clone();
    for _ in 0..ROUNDS {
        let next = once(&text, declared);
        if next == text {
            return Some(text);
        }
        text = next;
    }
    // What never comes to rest is better left alone.
    Some(begin)
}

/// The units that a file declares, as `format` wants those of its pack.
pub fn declared(source: SourceId, sources: &Sources) -> Vec<String> {
    let node = yaml::read(source, sources, &mut Diagnostics::default());
    let units = node.as_ref().and_then(|node| node.get("units")?.items()).unwrap_or_default();
    units.iter().filter_map(Node::text).map(str::to_owned).collect()
}

fn once(text: &str, declared: &[String]) -> String {
    let Some((node, own)) = read(text) else {
        // A file of comments alone, or an empty one.
        return if text.trim().is_empty() { String::new() } else { format!("{}\n", text.trim_end()) };
    };
    let Some(atoms) = atoms::atoms(text, &node) else { return text.to_owned() };
    let scalars = scalars::rewrites(&node, &own, declared);
    let columns = Columns::of(&atoms);
    let nothing = scalars::Rewrites::new();
    for (columns, scalars) in
        [(columns.as_ref(), &scalars), (None, &scalars), (columns.as_ref(), &nothing), (None, &nothing)]
    {
        let next = write::write(text, &atoms, columns, scalars);
        if read(&next).is_some_and(|(after, _)| same(&node, &after, declared)) {
            return next;
        }
    }
    text.to_owned()
}

/// The tree of a text, with the sources that its places belong to; none where there is nothing in it.
fn read(text: &str) -> Option<(Node, Sources)> {
    let mut sources = Sources::default();
    let source = sources.add("", text);
    let mut faults = Diagnostics::default();
    let node = yaml::read(source, &sources, &mut faults)?;
    (!faults.has_errors()).then_some((node, sources))
}

#[cfg(test)]
mod tests;
