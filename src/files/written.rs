//! What was last written, so that a document edited by hand is never overwritten.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::error::{ReadError, WorldError};
use super::read::{MAX_TEXT, read_bytes};
use super::write::write_atomic;

/// The record's own file, in the output folder.
const RECORD: &str = ".kitwright.json";

/// Hashes of the files that were written into one output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    folder: PathBuf,
    /// Path in the folder with `/` between → SHA-256 in hexadecimal digits.
    hashes: BTreeMap<String, String>,
}

/// How a file stands to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not in the record: never written by us, so it is somebody's.
    Unknown,
    /// As it was written.
    Unchanged,
    /// Somebody has changed it since.
    Edited,
}

/// What to do with a document that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing of anybody's is lost.
    Write,
    /// The file holds these bytes already.
    Same,
    /// The file is somebody's work: write beside it, and say so.
    Beside,
}

/// Whether a document may take its place.
///
/// `present` is what stands there now, if anything; `recorded` is the hash of what was last written there.
pub fn decide(present: Option<&[u8]>, recorded: Option<&str>, made: &[u8], force: bool) -> Decision {
    match present {
        None => Decision::Write,
        Some(present) if present == made => Decision::Same,
        Some(_) if force => Decision::Write,
        Some(present) if recorded == Some(&hash(present)) => Decision::Write,
        Some(_) => Decision::Beside,
    }
}

/// Where a document goes whose place is taken: `playbook.md` → `playbook.new.md`, then `playbook.new-2.md`.
pub fn beside(path: &str, attempt: usize) -> String {
    let mark = if attempt < 2 { ".new".to_owned() } else { format!(".new-{attempt}") };
    let name = path.rfind('/').map_or(0, |at| at + 1);
    match path[name..].rfind('.').filter(|&dot| dot > 0) {
        Some(dot) => format!("{}{mark}{}", &path[..name + dot], &path[name + dot..]),
        None => format!("{path}{mark}"),
    }
}

impl Written {
    /// The record of a folder; empty where there is none, or one that cannot be understood: then every
    /// file counts as somebody's, and none is lost.
    pub fn load(folder: &Path) -> Result<Written, WorldError> {
        let mut written = Written { folder: folder.to_owned(), hashes: BTreeMap::new() };
        let path = folder.join(RECORD);
        let bytes = match read_bytes(&path, MAX_TEXT) {
            Ok(bytes) => bytes,
            Err(ReadError::World(error)) if error.cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(error);
            }
            Err(_) => return Ok(written),
        };
        let record: Option<Value> = serde_json::from_slice(&bytes).ok();
        if let Some(files) = record.as_ref().and_then(|record| record.get("written")?.as_object()) {
            let hashes =
                files.iter().filter_map(|(path, hash)| Some((path.clone(), hash.as_str()?.to_owned())));
            written.hashes = hashes.collect();
        }
        Ok(written)
    }

    /// The hash of what was last written at a path in the folder.
    pub fn recorded(&self, path: &str) -> Option<&str> {
        self.hashes.get(path).map(String::as_str)
    }

    /// How a file that holds these bytes stands to the record.
    pub fn state(&self, path: &str, present: &[u8]) -> State {
        match self.recorded(path) {
            None => State::Unknown,
            Some(recorded) if recorded == hash(present) => State::Unchanged,
            Some(_) => State::Edited,
        }
    }

    /// Notes what was written at a path in the folder.
    pub fn record(&mut self, path: &str, bytes: &[u8]) {
        self.hashes.insert(path.to_owned(), hash(bytes));
    }

    /// Writes a document at a path in the folder, or beside the one that somebody has edited there, and
    /// records it. Gives the path that holds it now, with what was decided for the one asked for.
    pub fn write(&mut self, path: &str, bytes: &[u8], force: bool) -> Result<(String, Decision), WorldError> {
        let mut place = path.to_owned();
        let mut first = None;
        for attempt in 1.. {
            let full = self.inside(&place)?;
            let decision = match read_bytes(&full, MAX_TEXT) {
                Ok(present) => decide(Some(&present), self.recorded(&place), bytes, force),
                Err(ReadError::World(error)) if error.cause.kind() == std::io::ErrorKind::NotFound => {
                    Decision::Write
                }
                Err(ReadError::World(error)) => return Err(error),
                // Too large to be ours.
                Err(_) if force => Decision::Write,
                Err(_) => Decision::Beside,
            };
            let asked = *first.get_or_insert(decision);
            match decision {
                Decision::Beside => {
                    place = beside(path, attempt);
                    continue;
                }
                Decision::Write => write_atomic(&full, bytes)?,
                Decision::Same => {}
            }
            self.record(&place, bytes);
            return Ok((place, asked));
        }
        Ok((place, Decision::Beside))
    }

    /// A path in the folder, refused where it would lead out of it.
    fn inside(&self, path: &str) -> Result<PathBuf, WorldError> {
        let parts = path.split('/');
        let good = parts.clone().all(|part| !part.is_empty() && super::safe_name(part) == part);
        if good {
            return Ok(parts.fold(self.folder.clone(), |folder, part| folder.join(part)));
        }
        let cause = std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a safe path");
        Err(WorldError::new("write", Path::new(path), cause))
    }

    /// Writes the record, in the order of the paths.
    pub fn save(&self) -> Result<(), WorldError> {
        let record = json!({
            "about": "kitwright knows by these hashes which documents were edited by hand",
            "written": self.hashes,
        });
        let text = format!("{record:#}\n");
        write_atomic(&self.folder.join(RECORD), text.as_bytes())
    }
}

/// SHA-256 in hexadecimal digits.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn nothing_that_somebody_wrote_is_overwritten() {
        let (old, new, edited) = (&b"old"[..], &b"new"[..], &b"edited"[..]);
        let ours = hash(old);
        for (present, recorded, force, decision) in [
            (None, None, false, Decision::Write),
            (None, Some(&ours), false, Decision::Write),
            (Some(old), Some(&ours), false, Decision::Write),
            (Some(new), None, false, Decision::Same),
            (Some(new), Some(&ours), true, Decision::Same),
            (Some(edited), Some(&ours), false, Decision::Beside),
            (Some(edited), None, false, Decision::Beside),
            (Some(edited), Some(&ours), true, Decision::Write),
            (Some(edited), None, true, Decision::Write),
        ] {
            assert_eq!(decide(present, recorded.map(|hash| hash.as_str()), new, force), decision);
        }
    }

    #[test]
    fn the_name_beside_keeps_its_ending() {
        for (path, attempt, name) in [
            ("playbook.md", 1, "playbook.new.md"),
            ("a.b/playbook.md", 1, "a.b/playbook.new.md"),
            ("a.b/playbook", 1, "a.b/playbook.new"),
            ("playbook.md", 2, "playbook.new-2.md"),
            (".md", 1, ".md.new"),
        ] {
            assert_eq!(beside(path, attempt), name);
        }
    }

    #[test]
    fn an_edited_document_stays_through_two_runs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x/playbook.md");
        let run = |text: &str, force: bool| {
            let mut written = Written::load(folder.path()).unwrap();
            let done = written.write("x/playbook.md", text.as_bytes(), force).unwrap();
            written.save().unwrap();
            (done.0, done.1)
        };
        let own = || "x/playbook.md".to_owned();
        assert_eq!(run("one", false), (own(), Decision::Write));
        assert_eq!(run("one", false), (own(), Decision::Same));
        assert_eq!(run("two", false), (own(), Decision::Write));
        fs::write(&path, "mine").unwrap();
        assert_eq!(run("three", false), ("x/playbook.new.md".to_owned(), Decision::Beside));
        assert_eq!(run("four", false), ("x/playbook.new.md".to_owned(), Decision::Beside));
        fs::write(folder.path().join("x/playbook.new.md"), "mine too").unwrap();
        assert_eq!(run("five", false), ("x/playbook.new-2.md".to_owned(), Decision::Beside));
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        assert_eq!(run("six", true), (own(), Decision::Write));
        assert_eq!(fs::read(&path).unwrap(), b"six");
    }

    #[test]
    fn a_broken_record_counts_every_file_as_somebodys() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(RECORD), "{{").unwrap();
        fs::write(folder.path().join("a.md"), "mine").unwrap();
        let mut written = Written::load(folder.path()).unwrap();
        assert_eq!(written.state("a.md", b"mine"), State::Unknown);
        assert_eq!(written.write("a.md", b"x", false).unwrap().0, "a.new.md");
        assert_eq!(written.state("a.new.md", b"x"), State::Unchanged);
        assert_eq!(written.state("a.new.md", b"y"), State::Edited);
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut written = Written::load(folder.path()).unwrap();
        for path in ["../x.md", "/x.md", "a//b.md", "a/../b.md", "", "c:\\x", "nul.md"] {
            let error = written.write(path, b"x", true).unwrap_err().to_string();
            assert_eq!(error, format!("cannot write {path}: not a safe path"));
        }
    }
}
