//! Messages for machines: one line each for editors, JSON lines for scripts, SARIF for code scanning.

use serde_json::{Value, json};

use super::{Diagnostic, Page, Severity};
use crate::source::{Sources, Span};

/// The form in which messages are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// With the source line and an underline.
    #[default]
    Human,
    /// `file:line:column: error[K203]: message`.
    Short,
    /// One object a line.
    Json,
    /// One SARIF 2.1.0 document for the run.
    Sarif,
}

/// Where something lies: lines and columns count from 1, columns in characters (Unicode code points); the end
/// is the first character outside.
struct Place<'s> {
    file: &'s str,
    start: (usize, usize),
    end: (usize, usize),
}

impl<'s> Place<'s> {
    fn of(span: Span, sources: &'s Sources) -> Place<'s> {
        let end = Span { start: span.end.max(span.start), ..span };
        Place {
            file: &sources.get(span.source).name,
            start: sources.position(span),
            end: sources.position(end),
        }
    }

    fn json(&self) -> Value {
        json!({
            "file": self.file,
            "line": self.start.0,
            "column": self.start.1,
            "end_line": self.end.0,
            "end_column": self.end.1,
        })
    }

    fn region(&self) -> Value {
        json!({
            "startLine": self.start.0,
            "startColumn": self.start.1,
            "endLine": self.end.0,
            "endColumn": self.end.1,
        })
    }
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// One line without its break: `file:line:column: error[K203]: message`, the place left out where there is none.
pub fn short(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span.map_or_else(String::new, |span| sources.place(span) + ": ");
    let told = format!("{place}{}[{}]: {}", severity(diagnostic), diagnostic.code.name(), diagnostic.message);
    // What was typed may hold line breaks and worse: one message is one line.
    told.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// One object, compact: `code`, `severity`, `message`, `file`, `line`, `column`, `end_line`, `end_column`, `label`,
/// `help`, `related` and `fix`. Without a place the five of it are null; without a fix it is null.
pub fn json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut out = json!({
        "code": diagnostic.code.name(),
        "severity": severity(diagnostic),
        "message": diagnostic.message,
    });
    let nowhere = json!({ "file": null, "line": null, "column": null, "end_line": null, "end_column": null });
    put(&mut out, diagnostic.span.map_or(nowhere, |span| Place::of(span, sources).json()));
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(span, label)| {
            let mut place = Place::of(*span, sources).json();
            put(&mut place, json!({ "label": label }));
            place
        })
        .collect();
    let fix: Option<Vec<Value>> = diagnostic.fix.as_ref().map(|fix| {
        let edit = |(span, text): &(Span, String)| {
            let mut place = Place::of(*span, sources).json();
            put(&mut place, json!({ "text": text }));
            place
        };
        fix.edits.iter().map(edit).collect()
    });
    let rest = json!({ "label": diagnostic.label, "help": diagnostic.help, "related": related, "fix": fix });
    put(&mut out, rest);
    out.to_string()
}

/// A line for what has no code, such as a file that cannot be read.
pub fn json_note(severity: &str, message: &str, help: &[&str]) -> String {
    json!({
        "code": null, "severity": severity, "message": message,
        "file": null, "line": null, "column": null, "end_line": null, "end_column": null,
        "label": "", "help": help, "related": [], "fix": null,
    })
    .to_string()
}

/// The keys of `more` behind those of `map`.
fn put(map: &mut Value, more: Value) {
    if let (Value::Object(map), Value::Object(more)) = (map, more) {
        map.extend(more);
    }
}

/// The SARIF of one run, gathered message by message.
#[derive(Debug, Default)]
pub struct Sarif {
    results: Vec<Value>,
    notes: Vec<Value>,
}

impl Sarif {
    pub fn add(&mut self, diagnostic: &Diagnostic, sources: &Sources) {
        let location = |span: Span| {
            let place = Place::of(span, sources);
            json!({
                "artifactLocation": { "uri": uri(place.file) },
                "region": place.region(),
            })
        };
        let mut text = diagnostic.message.clone();
        let label = Some(&*diagnostic.label).filter(|label| !label.is_empty());
        for more in label.into_iter().chain(diagnostic.help.iter().map(String::as_str)) {
            text.push('\n');
            text.push_str(more);
        }
        let mut result = json!({
            "ruleId": diagnostic.code.name(),
            "level": severity(diagnostic),
            "message": { "text": text },
        });
        if let Some(span) = diagnostic.span {
            put(&mut result, json!({ "locations": [{ "physicalLocation": location(span) }] }));
        }
        if !diagnostic.related.is_empty() {
            let related: Vec<Value> = diagnostic
                .related
                .iter()
                .map(|(span, label)| {
                    json!({ "physicalLocation": location(*span), "message": { "text": label } })
                })
                .collect();
            put(&mut result, json!({ "relatedLocations": related }));
        }
        if let Some(fix) = &diagnostic.fix {
            // A change belongs to one file; the edits of a fix may lie in several.
            let mut files: Vec<(&str, Vec<Value>)> = Vec::new();
            for (span, text) in &fix.edits {
                let place = Place::of(*span, sources);
                let edit = json!({ "deletedRegion": place.region(), "insertedContent": { "text": text } });
                match files.iter_mut().find(|(file, _)| *file == place.file) {
                    Some((_, edits)) => edits.push(edit),
                    None => files.push((place.file, vec![edit])),
                }
            }
            let changes: Vec<Value> = files
                .into_iter()
                .map(|(file, edits)| {
                    json!({ "artifactLocation": { "uri": uri(file) }, "replacements": edits })
                })
                .collect();
            put(&mut result, json!({ "fixes": [{ "artifactChanges": changes }] }));
        }
        self.results.push(result);
    }

    /// Something without a code, such as a file that cannot be read.
    pub fn note(&mut self, level: &str, message: &str) {
        self.notes.push(json!({ "level": level, "message": { "text": message } }));
    }

    /// The document, with a line break at its end. `pages` are the rules; `done` is whether the run could finish.
    pub fn finish(&self, pages: &[&Page], version: &str, done: bool) -> String {
        let rules: Vec<Value> = pages
            .iter()
            .map(|page| {
                json!({
                    "id": page.code.name(),
                    "shortDescription": { "text": page.title },
                    "fullDescription": { "text": page.what },
                    "help": { "text": page.text(usize::MAX), "markdown": page.markdown() },
                })
            })
            .collect();
        let document = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "kitwright", "version": version, "rules": rules } },
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": done,
                    "toolExecutionNotifications": self.notes,
                }],
                "results": self.results,
            }],
        });
        format!("{document:#}\n")
    }
}

/// A file's name as a relative reference of a URI.
fn uri(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
