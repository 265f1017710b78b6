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

/// Where a document goes whose place is taken: `playbook` → `playbook.new`, then `playbook.new-2`.
pub fn beside(path: &str, attempt: usize) -> String {
    if attempt < 2 { format!("{path}.new") } else { format!("{path}.new-{attempt}") }
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

    /// Whether nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The hash of what was last written at a path in the folder.
    pub fn recorded(&self, path: &str) -> Option<&str> {
        self.hashes.get(path).map(String::as_str)
    }

    /// Notes what was written at a path in the folder.
    pub fn record(&mut self, path: &str, bytes: &[u8]) {
        self.hashes.insert(path.to_owned(), hash(bytes));
    }

    /// Writes the files of one document, given by their endings, at a path in the folder without its ending.
    ///
    /// They stay together: where somebody has edited one of them, all go beside. Gives the paths that
    /// hold them now, and whether the ones asked for were taken.
    pub fn write(
        &mut self,
        path: &str,
        files: &[(&str, &[u8])],
        force: bool,
    ) -> Result<(Vec<String>, Decision), WorldError> {
        let mut stem = path.to_owned();
        let mut asked = None;
        for attempt in 1.. {
            let places: Vec<String> = files.iter().map(|(ending, _)| format!("{stem}.{ending}")).collect();
            let mut decisions = Vec::new();
            for (place, (_, bytes)) in places.iter().zip(files) {
                decisions.push(self.decide_at(place, bytes, force)?);
            }
            let together =
                if decisions.contains(&Decision::Beside) { Decision::Beside } else { Decision::Write };
            asked.get_or_insert(together);
            if together == Decision::Beside {
                stem = beside(path, attempt);
                continue;
            }
            for ((place, decision), (_, bytes)) in places.iter().zip(decisions).zip(files) {
                if decision == Decision::Write {
                    write_atomic(&self.inside(place)?, bytes)?;
                }
                self.record(place, bytes);
            }
            return Ok((places, asked.unwrap_or(together)));
        }
        Ok((Vec::new(), Decision::Beside))
    }

    fn decide_at(&self, place: &str, bytes: &[u8], force: bool) -> Result<Decision, WorldError> {
        match read_bytes(&self.inside(place)?, MAX_TEXT) {
            Ok(present) => Ok(decide(Some(&present), self.recorded(place), bytes, force)),
            Err(ReadError::World(error)) if error.cause.kind() == std::io::ErrorKind::NotFound => {
                Ok(Decision::Write)
            }
            Err(ReadError::World(error)) => Err(error),
            // Too large to be ours.
            Err(_) if force => Ok(Decision::Write),
            Err(_) => Ok(Decision::Beside),
        }
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
    fn an_edited_document_stays_through_two_runs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x/playbook.md");
        let run = |text: &str, force: bool| {
            let mut written = Written::load(folder.path()).unwrap();
            let files = [("md", text.as_bytes()), ("html", text.as_bytes())];
            let done = written.write("x/playbook", &files, force).unwrap();
            written.save().unwrap();
            (done.0[0].clone(), done.1)
        };
        let own = || "x/playbook.md".to_owned();
        assert_eq!(run("one", false), (own(), Decision::Write));
        assert_eq!(run("one", false), (own(), Decision::Write));
        assert_eq!(run("two", false), (own(), Decision::Write));
        fs::write(&path, "mine").unwrap();
        assert_eq!(run("three", false), ("x/playbook.new.md".to_owned(), Decision::Beside));
        assert_eq!(run("four", false), ("x/playbook.new.md".to_owned(), Decision::Beside));
        fs::write(folder.path().join("x/playbook.new.md"), "mine too").unwrap();
        assert_eq!(run("five", false), ("x/playbook.new-2.md".to_owned(), Decision::Beside));
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        // The page beside the edited text stays with it.
        assert_eq!(fs::read(folder.path().join("x/playbook.html")).unwrap(), b"two");
        assert_eq!(run("six", true), (own(), Decision::Write));
        assert_eq!(fs::read(&path).unwrap(), b"six");
    }

    #[test]
    fn a_broken_record_counts_every_file_as_somebodys() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(RECORD), "{{").unwrap();
        fs::write(folder.path().join("a.md"), "mine").unwrap();
        let mut written = Written::load(folder.path()).unwrap();
        assert_eq!(written.recorded("a.md"), None);
        assert_eq!(written.write("a", &[("md", b"x")], false).unwrap().0, ["a.new.md"]);
        assert_eq!(written.recorded("a.new.md"), Some(hash(b"x").as_str()));
        assert_ne!(written.recorded("a.new.md"), Some(hash(b"y").as_str()));
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut written = Written::load(folder.path()).unwrap();
        for path in ["../x", "/x", "a//b", "a/../b", "c:\\x", "nul"] {
            let error = written.write(path, &[("md", b"x")], true).unwrap_err().to_string();
            assert_eq!(error, format!("cannot write {path}.md: not a safe path"));
        }
    }
}
