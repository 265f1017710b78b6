//! A benchmark file, read; every fault of it is told.

use super::{About, Benchmark, Kept};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Number, date};
use crate::source::{SourceId, Sources, Span};
use crate::tally::spread::Spread;
use crate::yaml::{self, Node, Value};

const KEYS: [&str; 9] =
    ["benchmark", "version", "title", "source", "grade", "date", "people", "scores", "questions"];
const GRADES: [&str; 4] = ["A", "B", "C", "D"];

/// The benchmark of a file; none where any error is told.
pub fn read_benchmark(
    source: SourceId,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Benchmark> {
    let mut faults = Diagnostics::default();
    let node = yaml::read(source, sources, &mut faults);
    let whole = Span::new(source, 0..sources.get(source).text.len().min(1));
    let benchmark = match node {
        Some(node) if node.entries().is_some() => Reader { node: &node, faults: &mut faults }.benchmark(),
        Some(node) if node.value == Value::Broken => None,
        node => {
            if !faults.has_errors() {
                let what = node.as_ref().map_or("nothing", Node::what);
                let message =
                    format!("a benchmark file holds keys such as `benchmark` and `scores`, not {what}");
                faults.push(
                    Diagnostic::error(Code::Benchmark, node.map_or(whole, |node| node.span), message)
                        .help("`kitwright cohort FILE --save-benchmark` writes one"),
                );
            }
            None
        }
    };
    let good = !faults.has_errors();
    diagnostics.extend(faults);
    benchmark.filter(|_| good)
}

struct Reader<'n> {
    node: &'n Node,
    faults: &'n mut Diagnostics,
}

impl Reader<'_> {
    fn benchmark(&mut self) -> Option<Benchmark> {
        for entry in self.node.entries().unwrap_or_default() {
            if !KEYS.contains(&entry.key.as_str()) {
                let message = format!("a benchmark has no key `{}`", entry.key);
                self.faults.push(
                    Diagnostic::error(Code::Benchmark, entry.key_span, message)
                        .help_if(did_you_mean(&entry.key, KEYS)),
                );
            }
        }
        let pack = self.text("benchmark", "the id of the pack");
        let version = self.text("version", "the version of the pack");
        let title = self.text("title", "what it is called");
        let from = self.text("source", "whose answers these are");
        let grade = self.text("grade", "how good they are, from A to D").and_then(|(grade, span)| {
            let known = GRADES.contains(&grade.as_str());
            if !known {
                self.fault(span, format!("`{grade}` is no grade"), "write `A`, `B`, `C` or `D`");
            }
            known.then_some(grade)
        });
        let day = self.text("date", "the day they are of").and_then(|(day, span)| {
            let read = date(&day);
            if read.is_none() {
                self.fault(span, format!("`{day}` is no day"), "write it as in `2026-03-01`");
            }
            read
        });
        let people = self.text("people", "how many answered").and_then(|(count, span)| {
            let read = count.parse::<usize>().ok().filter(|count| *count > 0);
            if read.is_none() {
                self.fault(span, format!("`{count}` is no number of people"), "write a whole number from 1");
            }
            read
        });
        let scores = self.list("scores", people);
        let questions = self.list("questions", people);
        let (pack, pack_span) = pack?;
        Some(Benchmark {
            pack,
            pack_span: Some(pack_span),
            version: version?.0,
            about: About { title: title?.0, source: from?.0, grade: grade?, date: day? },
            people: people?,
            scores,
            questions,
        })
    }

    fn fault(&mut self, span: Span, message: String, help: &str) {
        self.faults.push(Diagnostic::error(Code::Benchmark, span, message).help(help));
    }

    /// A text that must be there.
    fn text(&mut self, key: &str, what: &str) -> Option<(String, Span)> {
        let found = self.node.get(key);
        match found.and_then(|node| Some((node.text()?.trim(), node.span))) {
            Some((text, span)) if !text.is_empty() => Some((text.to_owned(), span)),
            _ => {
                let span = found.map_or(self.node.span, |node| node.span);
                self.fault(span, format!("the benchmark does not say `{key}`"), &format!("write {what}"));
                None
            }
        }
    }

    fn list(&mut self, key: &str, people: Option<usize>) -> Vec<Kept> {
        let Some(node) = self.node.get(key).filter(|node| !node.is_null()) else { return Vec::new() };
        let Some(entries) = node.entries() else {
            self.fault(
                node.span,
                format!("`{key}` is a map from ids to values, not {}", node.what()),
                WRITTEN,
            );
            return Vec::new();
        };
        let mut out = Vec::new();
        for entry in entries {
            let asked = entry.value.get("asked").and_then(Node::text);
            let values = entry.value.get("values").and_then(Node::entries);
            let (Some(asked), Some(values)) = (asked, values) else {
                self.fault(entry.value.span, format!("`{}` lacks `asked` or `values`", entry.key), WRITTEN);
                continue;
            };
            let mut kept = Kept { id: entry.key.clone(), print: asked.to_owned(), values: Spread::default() };
            for value in values {
                let number = Number::parse(&value.key);
                let times = value.value.text().and_then(|times| times.parse::<usize>().ok());
                let most = people.unwrap_or(usize::MAX).saturating_sub(kept.values.count());
                match (number, times.filter(|times| *times > 0 && *times <= most)) {
                    (Some(number), Some(times)) => kept.values.add(&number, times),
                    _ => {
                        let message =
                            format!("`{}` is not a value and how many of these people had it", value.key);
                        self.fault(value.key_span, message, WRITTEN);
                        break;
                    }
                }
            }
            out.push(kept);
        }
        out
    }
}

const WRITTEN: &str = "save the benchmark again with `kitwright cohort FILE --save-benchmark`";
