//! The section `tests:` → tests that can be run, or every fault that stands in the way.

mod expect;
mod given;
mod lookup;
mod table;

use std::collections::BTreeMap;

use super::suite::{Case, Expect, PackTest, Suite};
use crate::answers::{FitOptions, Outcome, fit, given as fit_given};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean, nearest};
use crate::model::Pack;
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{Entry, Node, Value};
use given::Given;

const KEYS: [&str; 5] = ["name", "given", "expect", "table", "generated"];

/// Reads the tests of a pack. Those with faults are left out; all faults are told.
pub fn read(tests: &[Node], pack: &Pack, sources: &Sources) -> (Suite, Diagnostics) {
    let mut reader = Reader { pack, sources, faults: Diagnostics::default() };
    let mut drafts = Vec::new();
    let mut names: BTreeMap<&str, Span> = BTreeMap::new();
    for node in tests {
        if let Some(draft) = reader.test(node, &mut names) {
            drafts.push(draft);
        }
    }
    let suite = reader.fit(drafts);
    (suite, reader.faults)
}

/// A test whose respondents are not held against the pack yet.
struct Draft {
    name: String,
    span: Span,
    generated: bool,
    cases: Vec<DraftCase>,
}

struct DraftCase {
    row: Option<usize>,
    at: Span,
    given: Option<Node>,
    expect: Vec<Expect>,
}

struct Reader<'a> {
    pack: &'a Pack,
    sources: &'a Sources,
    faults: Diagnostics,
}

impl Reader<'_> {
    fn test<'n>(&mut self, node: &'n Node, names: &mut BTreeMap<&'n str, Span>) -> Option<Draft> {
        let entries = self.map(node, "a test", &KEYS)?;
        let start = entries.first().map_or(node.span, |entry| entry.key_span);
        let name = find(entries, "name").and_then(|name| Some((name.text()?.trim(), name.span)));
        let Some((name, span)) = name.filter(|(name, _)| !name.is_empty()) else {
            self.faults.push(
                Diagnostic::error(Code::MissingKey, start, "a test has no `name`")
                    .label("here")
                    .help("say in a sentence what it shows: `name: Churn just above the poor line`"),
            );
            return None;
        };
        if let Some(first) = names.insert(name, span) {
            self.faults.push(
                Diagnostic::error(Code::DuplicateId, span, format!("two tests are called `{name}`"))
                    .label("the second one")
                    .related(first, "the first one")
                    .help("say in the name what is different"),
            );
        }
        let generated = match find(entries, "generated").and_then(|node| Some((node.text()?, node.span))) {
            None | Some(("false", _)) => false,
            Some(("true", _)) => true,
            Some((other, span)) => {
                self.faults.push(
                    Diagnostic::error(Code::WrongValue, span, format!("`generated` cannot be `{other}`"))
                        .label("true or false is wanted here")
                        .help("take the key out to accept the test as your own"),
                );
                false
            }
        };
        let given = find(entries, "given").filter(|node| !node.is_null());
        if let Some(given) = given
            && given.entries().is_none()
        {
            self.wrong_shape(given, "`given`", "a map", "write `given: { answers: { … }, metrics: { … } }`");
            return None;
        }
        let before = self.faults.len();
        let expect = match find(entries, "expect") {
            Some(node) => self.expectations(node),
            None => Vec::new(),
        };
        let cases = match find(entries, "table") {
            Some(node) => self.table(node, Given::new(given), &expect)?,
            None => vec![DraftCase { row: None, at: span, given: given.cloned(), expect }],
        };
        let misspelt = entries.iter().any(|entry| {
            let near = nearest(&entry.key, KEYS);
            !KEYS.contains(&entry.key.as_str())
                && near.first().is_some_and(|near| ["expect", "table"].contains(near))
        });
        if cases.iter().all(|case| case.expect.is_empty()) && self.faults.len() == before && !misspelt {
            self.faults.push(
                Diagnostic::error(Code::MissingKey, span, format!("the test `{name}` expects nothing"))
                    .label("it could never fail")
                    .help("add `expect: { fired: [] }` with the rules that fire"),
            );
            return None;
        }
        Some(Draft { name: name.to_owned(), span, generated, cases })
    }

    /// Holds everybody given against the pack, one file at a time so that its words are looked up once.
    fn fit(&mut self, drafts: Vec<Draft>) -> Suite {
        let mut by_file: BTreeMap<SourceId, Vec<(Option<Node>, String, Span)>> = BTreeMap::new();
        for draft in &drafts {
            for case in &draft.cases {
                let given = (case.given.clone(), "test".to_owned(), case.at);
                by_file.entry(case.at.source).or_default().push(given);
            }
        }
        let mut outcomes: BTreeMap<SourceId, std::vec::IntoIter<Outcome>> = BTreeMap::new();
        for (file, list) in by_file {
            let raw = fit_given(file, list);
            let fitting = fit(&raw, self.pack, FitOptions::default(), self.sources);
            outcomes.insert(file, fitting.outcomes().collect::<Vec<_>>().into_iter());
        }
        let mut suite = Suite::default();
        for draft in drafts {
            let mut cases = Vec::new();
            for case in draft.cases {
                match outcomes.get_mut(&case.at.source).and_then(Iterator::next) {
                    Some(Outcome::Fits(respondent)) => cases.push(Case {
                        row: case.row,
                        at: case.at,
                        respondent: *respondent,
                        expect: case.expect,
                    }),
                    Some(Outcome::Refused(refusal)) => self.faults.extend(refusal.faults),
                    None => {}
                }
            }
            suite.tests.push(PackTest {
                name: draft.name,
                span: draft.span,
                generated: draft.generated,
                cases,
            });
        }
        suite
    }

    /// The entries of a map with known keys, or the fault told.
    fn map<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Option<&'n [Entry]> {
        let Some(entries) = node.entries() else {
            let keys: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
            self.wrong_shape(node, what, "a map", &format!("its keys are {}", keys.join(", ")));
            return None;
        };
        for entry in entries {
            let key = entry.key.as_str();
            if key.is_empty() || key.starts_with("x-") || known.contains(&key) {
                continue;
            }
            let all: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
            let help = did_you_mean(key, known.iter().copied())
                .unwrap_or_else(|| format!("the keys of {what} are {}", all.join(", ")));
            self.faults.push(
                Diagnostic::error(Code::UnknownKey, entry.key_span, format!("{what} has no key `{key}`"))
                    .label("unknown key")
                    .help(help),
            );
        }
        Some(entries)
    }

    fn wrong_shape(&mut self, node: &Node, what: &str, wanted: &str, help: &str) {
        if !matches!(node.value, Value::Broken) {
            self.faults.push(
                Diagnostic::error(Code::WrongShape, node.span, format!("{what} is {}", node.what()))
                    .label(format!("{wanted} is wanted here"))
                    .help(help),
            );
        }
    }
}

/// The value of a key that could be read.
fn find<'n>(entries: &'n [Entry], key: &str) -> Option<&'n Node> {
    let entry = entries.iter().find(|entry| entry.key == key)?;
    (!matches!(entry.value.value, Value::Broken)).then_some(&entry.value)
}
