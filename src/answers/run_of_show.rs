//! The file of runs of show: what happens minute by minute, adding up to the length that each promises.

use super::fields;
use super::words::{listed, typed};
use crate::diag::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Paired, Piece, RunOfShow, RunsOfShow, Segment, Session, Topic, pieces};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Entry, Node, Value};

const KEYS: &[&str] = &["runs", "materials", "before", "hard_questions", "contingency"];
const RUN_KEYS: &[&str] = &["title", "minutes", "segments"];
const SEGMENT_KEYS: &[&str] = &[
    "title",
    "topic",
    "leak",
    "minutes",
    "owner",
    "screen",
    "cue",
    "goal",
    "say",
    "do",
    "ask",
    "debrief",
    "transition",
];
const ASK_KEYS: &[&str] = &["ask", "expect"];
const HARD_KEYS: &[&str] = &["ask", "answer"];
const MISHAP_KEYS: &[&str] = &["if", "then"];
/// How many leaks documents take up.
const LEAKS: std::ops::RangeInclusive<usize> = 1..=crate::model::SHOWN_LEAKS;

/// The runs of show of a file; none where any error is told.
pub fn read_runs(source: SourceId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<RunsOfShow> {
    let mut faults = Diagnostics::default();
    let node = yaml::read(source, sources, &mut faults);
    let text = &sources.get(source).text;
    let runs = match &node {
        Some(node) if node.entries().is_some() => {
            fields::tell_cut(node, text, &mut faults);
            Reader { faults: &mut faults, words: Vec::new() }.runs(node)
        }
        Some(node) if node.value == Value::Broken => RunsOfShow::default(),
        Some(node) if !node.is_null() => {
            let message = format!("a file of runs of show holds the key `runs`, not {}", node.what());
            faults.push(
                Diagnostic::error(Code::RunOfShow, node.span, message)
                    .help("write `runs:`, and below it one name a run"),
            );
            RunsOfShow::default()
        }
        // An empty file plans nothing.
        _ => RunsOfShow::default(),
    };
    let good = !faults.has_errors();
    diagnostics.extend(faults);
    good.then_some(runs)
}

/// The run by which a session goes: the one it names, else the first of its length; none where there is none.
pub fn choose_run<'r>(
    session: &Session,
    runs: &'r RunsOfShow,
    diagnostics: &mut Diagnostics,
) -> Option<&'r RunOfShow> {
    let Some((name, span)) = &session.run else {
        return runs.runs.iter().find(|run| Some(run.minutes) == session.when.minutes);
    };
    let names = || runs.runs.iter().map(|run| run.id.as_str());
    let Some(run) = runs.runs.iter().find(|run| run.id == *name) else {
        let help = did_you_mean(name, names()).unwrap_or_else(|| match names().next() {
            Some(_) => format!("there are {}", listed(names())),
            None => "write it into `templates/run-of-show.yaml`".to_owned(),
        });
        let message = format!("there is no run of show {}", typed(name));
        diagnostics.push(Diagnostic::error(Code::RunOfShow, *span, message).help(help));
        return None;
    };
    if let Some(minutes) = session.when.minutes
        && minutes != run.minutes
    {
        let message = format!("the session lasts {minutes} minutes, and this run of show {}", run.minutes);
        diagnostics.push(
            Diagnostic::error(Code::RunOfShow, *span, message)
                .help(format!("write `minutes: {}`, or name another run", run.minutes)),
        );
    }
    Some(run)
}

/// Tells of words in braces that are none of the pack's, which are given with their names: a guide would print the braces.
pub fn tell_strange_words(runs: &RunsOfShow, own: &[(String, String)], diagnostics: &mut Diagnostics) {
    let names = || own.iter().map(|(name, _)| name.as_str());
    for (word, span) in runs.words.iter().filter(|(word, _)| names().all(|name| name != word)) {
        let help = did_you_mean(word, names()).unwrap_or_else(|| format!("there are {}", listed(names())));
        let message = format!("the pack has no word {}", typed(&format!("{{{word}}}")));
        diagnostics.push(Diagnostic::error(Code::RunOfShow, *span, message).help(help));
    }
}

struct Reader<'f> {
    faults: &'f mut Diagnostics,
    words: Vec<(String, Span)>,
}

impl Reader<'_> {
    fn runs(&mut self, node: &Node) -> RunsOfShow {
        let entries = node.entries().unwrap_or_default();
        fields::tell_unknown(entries, KEYS, self.faults);
        let runs = find(entries, "runs").and_then(|node| fields::map("runs", node, self.faults));
        let runs = runs.unwrap_or_default().iter().filter_map(|entry| self.run(entry)).collect();
        RunsOfShow {
            runs,
            materials: self.texts(entries, "materials"),
            before: self.texts(entries, "before"),
            hard_questions: self.pairs(entries, "hard_questions", HARD_KEYS),
            contingency: self.pairs(entries, "contingency", MISHAP_KEYS),
            words: std::mem::take(&mut self.words),
        }
    }

    fn run(&mut self, entry: &Entry) -> Option<RunOfShow> {
        let entries = fields::map(&entry.key, &entry.value, self.faults)?;
        fields::tell_unknown(entries, RUN_KEYS, self.faults);
        let title = self.text(entries, "title");
        let minutes = self.minutes(entries, entry.key_span);
        let segments = find(entries, "segments");
        let items = segments.and_then(|node| fields::list("segments", node, self.faults)).unwrap_or_default();
        let read: Vec<Option<Segment>> = items.iter().map(|item| self.segment(item)).collect();
        if items.is_empty() && !fields::is_misspelt("segments", entries, RUN_KEYS) {
            let message = format!("the run of show {} has no segments", typed(&entry.key));
            self.faults
                .push(Diagnostic::error(Code::RunOfShow, entry.key_span, message).help(
                    "write `segments:`, and below it one `- { title: Welcome, minutes: 5 }` a segment",
                ));
        }
        let segments: Option<Vec<Segment>> = read.into_iter().collect();
        let (minutes, segments) = (minutes?, segments?);
        let sum: u32 = segments.iter().map(|segment| segment.minutes).fold(0, u32::saturating_add);
        if sum != minutes && !segments.is_empty() {
            let span = find(entries, "minutes").map_or(entry.key_span, |node| node.span);
            let message = format!("the segments come to {sum} minutes, and the run of show takes {minutes}");
            let help = if sum > minutes {
                format!("take {} away, or write `minutes: {sum}`", minutes_of(sum - minutes))
            } else {
                format!("add {}, or write `minutes: {sum}`", minutes_of(minutes - sum))
            };
            self.faults.push(Diagnostic::error(Code::RunOfShow, span, message).help(help));
        }
        Some(RunOfShow { id: entry.key.clone(), title, minutes, segments })
    }

    fn segment(&mut self, node: &Node) -> Option<Segment> {
        let entries = fields::map("segments", node, self.faults)?;
        fields::tell_unknown(entries, SEGMENT_KEYS, self.faults);
        let begin = Span { end: node.span.start, ..node.span };
        let minutes = self.minutes(entries, begin);
        let title = self.text(entries, "title");
        let topic = self.topic(entries);
        if title.is_none()
            && find(entries, "leak").is_none()
            && !fields::is_misspelt("title", entries, SEGMENT_KEYS)
        {
            self.faults.push(
                Diagnostic::error(Code::MissingKey, begin, "`title` is missing here")
                    .help("say what stands on the agenda, such as `title: Welcome`"),
            );
        }
        Some(Segment {
            title,
            topic: topic?,
            minutes: minutes?,
            owner: self.text(entries, "owner"),
            screen: self.text(entries, "screen"),
            cue: self.text(entries, "cue"),
            goal: self.text(entries, "goal"),
            say: self.texts(entries, "say"),
            act: self.texts(entries, "do"),
            ask: self.pairs(entries, "ask", ASK_KEYS),
            debrief: self.text(entries, "debrief"),
            transition: self.text(entries, "transition"),
            span: node.span,
        })
    }

    /// None where what is written is told as faulty.
    fn topic(&mut self, entries: &[Entry]) -> Option<Topic> {
        let leak = find(entries, "leak");
        if let Some(node) = leak {
            let text = fields::text("leak", node, self.faults)?;
            let number = text.parse().ok().filter(|number| LEAKS.contains(number));
            if number.is_none() {
                let message = format!("{} is no place among the shared leaks", typed(&text));
                self.faults.push(
                    Diagnostic::error(Code::RunOfShow, node.span, message)
                        .help("write 1 for the most frequent one, 2 or 3 for the next"),
                );
            }
            return number.map(Topic::Leak);
        }
        let Some(node) = find(entries, "topic") else { return Some(Topic::Talk) };
        let text = fields::text("topic", node, self.faults)?;
        let found = Topic::WORDS.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let words = || Topic::WORDS.iter().map(|(word, _)| *word);
            let help = match text.as_str() {
                "leak" => "write `leak: 1` in its place".to_owned(),
                _ => did_you_mean(&text, words()).unwrap_or_else(|| format!("there are {}", listed(words()))),
            };
            let message = format!("{} is no topic", typed(&text));
            self.faults.push(Diagnostic::error(Code::RunOfShow, node.span, message).help(help));
        }
        found.map(|(_, topic)| *topic)
    }

    fn minutes(&mut self, entries: &[Entry], missing_at: Span) -> Option<u32> {
        let Some(node) = find(entries, "minutes") else {
            self.faults.push(
                Diagnostic::error(Code::MissingKey, missing_at, "`minutes` is missing here")
                    .help("say how long it takes, such as `minutes: 10`"),
            );
            return None;
        };
        let text = fields::text("minutes", node, self.faults)?;
        super::session::minutes(&text, node.span).map_err(|fault| self.faults.push(fault)).ok()
    }

    fn text(&mut self, entries: &[Entry], key: &str) -> Option<String> {
        self.line(key, find(entries, key)?)
    }

    /// A text of several lines in YAML is one sentence on the page.
    fn line(&mut self, key: &str, node: &Node) -> Option<String> {
        let text = fields::text(key, node, self.faults)?.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = pieces(&text).filter_map(|piece| match piece {
            Piece::Word(word) => Some((word.to_owned(), node.span)),
            Piece::Text(_) => None,
        });
        self.words.extend(words);
        Some(text)
    }

    /// A list of texts; one text alone is a list of one.
    fn texts(&mut self, entries: &[Entry], key: &str) -> Vec<String> {
        let Some(node) = find(entries, key) else { return Vec::new() };
        let items = node.items().unwrap_or(std::slice::from_ref(node));
        items.iter().filter_map(|item| self.line(key, item)).collect()
    }

    /// A list of texts, or of maps with two keys: what is said, and what belongs to it.
    fn pairs(&mut self, entries: &[Entry], key: &str, keys: &'static [&'static str]) -> Vec<Paired> {
        let Some(node) = find(entries, key) else { return Vec::new() };
        let items = node.items().unwrap_or(std::slice::from_ref(node));
        let mut out = Vec::new();
        for item in items {
            let Some(entries) = item.entries() else {
                out.extend(self.line(key, item).map(|text| Paired { text, answer: None }));
                continue;
            };
            fields::tell_unknown(entries, keys, self.faults);
            match self.text(entries, keys[0]) {
                Some(text) => out.push(Paired { text, answer: self.text(entries, keys[1]) }),
                None if fields::is_misspelt(keys[0], entries, keys) => {}
                None => self.faults.push(
                    Diagnostic::error(Code::MissingKey, item.span, format!("`{}` is missing here", keys[0]))
                        .help(format!("write `{{ {}: …, {}: … }}`", keys[0], keys[1])),
                ),
            }
        }
        out
    }
}

fn find<'n>(entries: &'n [Entry], key: &str) -> Option<&'n Node> {
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value).filter(|node| !node.is_null())
}

fn minutes_of(minutes: u32) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

#[cfg(test)]
mod tests;
