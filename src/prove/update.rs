//! What would stand in the tests if what was found were what is expected.

use std::collections::BTreeMap;

use super::run::{Miss, Proof};
use super::suite::Suite;
use crate::source::{SourceId, Sources, Span, edited};

/// The files of tests with their expectations put right.
#[derive(Debug, Default)]
pub struct Update {
    /// The whole text of each file that changes.
    pub texts: BTreeMap<SourceId, String>,
    /// What was changed, in the order of the files.
    pub told: Vec<Updated>,
}

/// One expectation that was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// File, line and column.
    pub place: String,
    pub before: String,
    pub after: String,
}

/// Writes what was found in the place of what was expected, in these files only.
///
/// An expectation that several cases share is left where they would write different things there, or where one of
/// them meets it: only its author can tell which of them is right.
pub fn update(suite: &Suite, proof: &Proof, files: &[SourceId], sources: &Sources) -> Update {
    let mut missed: BTreeMap<Span, Vec<&Miss>> = BTreeMap::new();
    for (_, miss) in proof.misses() {
        missed.entry(miss.span).or_default().push(miss);
    }
    let mut out = Update::default();
    let mut edits: BTreeMap<SourceId, Vec<_>> = BTreeMap::new();
    for (span, misses) in missed {
        let Some(text) = common(&misses) else { continue };
        if !files.contains(&span.source) || cases_with(suite, proof, span) > misses.len() {
            continue;
        }
        let before = sources.slice(span).to_owned();
        out.told.push(Updated { place: sources.place(span), before, after: text.to_owned() });
        edits.entry(span.source).or_default().push((span.range(), text.to_owned()));
    }
    for (file, edits) in edits {
        out.texts.insert(file, edited(&sources.get(file).text, edits));
    }
    out
}

/// What all of them would have stand there.
fn common<'m>(misses: &[&'m Miss]) -> Option<&'m str> {
    let first = misses.first()?.mend.as_deref()?;
    misses.iter().all(|miss| miss.mend.as_deref() == Some(first)).then_some(first)
}

/// How many of the cases that ran expect what stands there.
fn cases_with(suite: &Suite, proof: &Proof, span: Span) -> usize {
    let expects = |ran: &&super::run::Ran| {
        suite.tests[ran.test].cases[ran.case].expect.iter().any(|expect| expect.span == span)
    };
    proof.ran.iter().filter(expects).count()
}
