//! `manifest.json`: who got which files, made from what.
//!
//! It is written while the run goes on, one line a respondent, so that it takes no memory; it holds no time.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::made_with::MadeWith;
use super::making::{Done, MadeDocument, Outcome};
use crate::answers::Place;
use crate::files::{Growing, Hash, Put, WorldError, Written};
use crate::source::Sources;

/// Its name in the output folder.
pub const MANIFEST: &str = "manifest.json";
const STEM: (&str, &str) = ("manifest", "json");

/// A manifest that grows.
pub struct Manifest {
    file: Growing,
    empty: bool,
}

impl Manifest {
    pub fn begin(written: &Written, made_with: &MadeWith) -> Result<Manifest, WorldError> {
        let mut file = written.begin(STEM.0, STEM.1)?;
        let MadeWith { pack_id, pack_version, pack, templates, documents, session, as_of } = made_with;
        let documents: BTreeMap<&str, String> =
            documents.iter().map(|(name, hash)| (name.as_str(), hash.to_string())).collect();
        let head = [
            ("kitwright", json!(env!("CARGO_PKG_VERSION"))),
            ("pack", json!({ "id": pack_id, "version": pack_version, "sha256": pack.to_string() })),
            ("templates", json!({ "sha256": templates.to_string(), "files": documents })),
            ("session", session.map_or(Value::Null, |hash| json!({ "sha256": hash.to_string() }))),
            ("as_of", as_of.map_or(Value::Null, |day| json!(day.to_string()))),
        ];
        file.add(b"{\n")?;
        for (key, value) in head {
            file.add(format!("  \"{key}\": {value},\n").as_bytes())?;
        }
        file.add(b"  \"respondents\": [")?;
        Ok(Manifest { file, empty: true })
    }

    /// `sources` are the texts of the run.
    pub fn add(&mut self, done: &Done, sources: &Sources) -> Result<(), WorldError> {
        let at = match done.at {
            Place::File => Value::Null,
            at => json!(at.to_string()),
        };
        let input = json!({ "file": done.file, "at": at, "sha256": done.input.to_string() });
        let entry = match &done.outcome {
            Outcome::Made(made) => json!({
                "respondent": done.id,
                "name": made.name,
                "folder": made.named.folder,
                "input": input,
                "outputs": outputs(&made.documents),
            }),
            Outcome::Refused { faults, sources: own, .. } => {
                let sources = own.as_ref().unwrap_or(sources);
                let told = faults.iter().map(|fault| {
                    let at = fault.span.map(|span| sources.place(span));
                    json!({ "code": fault.code.name(), "at": at, "message": fault.message })
                });
                json!({ "respondent": done.id, "input": input, "refused": told.collect::<Vec<_>>() })
            }
        };
        self.line(&entry)
    }

    fn line(&mut self, entry: &Value) -> Result<(), WorldError> {
        let between = if self.empty { "" } else { "," };
        self.empty = false;
        self.file.add(format!("{between}\n    {entry}").as_bytes())
    }

    /// Ends with the papers of the session and what holds several people's, and moves it to its place.
    pub fn finish(
        mut self,
        session: &[MadeDocument],
        written: &Written,
        force: bool,
    ) -> Result<Put, WorldError> {
        self.file.add(if self.empty { b"],\n" } else { b"\n  ],\n" })?;
        self.empty = true;
        self.file.add(b"  \"outputs\": [")?;
        for output in outputs(session) {
            self.line(&output)?;
        }
        self.file.add(if self.empty { b"]\n}\n" } else { b"\n  ]\n}\n" })?;
        written.put(STEM.0, STEM.1, self.file, Hash::of(MANIFEST.as_bytes()), force)
    }
}

fn outputs(documents: &[MadeDocument]) -> Vec<Value> {
    let files = documents.iter().flat_map(|document| &document.files);
    files.map(|(path, hash)| json!({ "file": path, "sha256": hash.to_string() })).collect()
}
