//! What was written into an output folder, so that a document edited by hand is never overwritten, and what is
//! there already need not be made again.
//!
//! The record is a file to which lines are only added while a run is at work: each says what is about to be written
//! before it is, so that a run that is ended by force leaves nothing behind that the next one takes for
//! somebody's own work. When a run is done, the lines that later ones replace are left out.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::error::{ReadError, WorldError};
use super::hash::Hash;
use super::read::{MAX_TEXT, read_bytes};
use super::write::{Growing, sweep, write_through};

/// The program's own folder in an output folder.
pub const HOME: &str = ".kitwright";
/// The record, in that folder.
const RECORD: &str = "record.jsonl";

/// One line of the record.
#[derive(Serialize, Deserialize)]
struct Line<'l> {
    /// Path in the output folder with `/` between.
    path: std::borrow::Cow<'l, str>,
    sha256: String,
    /// A hash of everything that the file was made from.
    from: String,
}

/// The record of an output folder, and the one way to write into it.
pub struct Written {
    folder: PathBuf,
    home: PathBuf,
    /// Path and hash of everything that was ever written here.
    ours: HashSet<u128>,
    /// The same with what each was made from.
    made: HashSet<u128>,
    record: Mutex<Record>,
    /// Lines of the record that are of earlier runs.
    earlier: usize,
    /// Folders that were made for the record: they go again where nothing comes into them.
    new: Vec<PathBuf>,
}

struct Record {
    file: File,
    /// Whether the last line was torn, or nothing was added yet.
    torn: bool,
    added: bool,
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

/// Where the files of a document came to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Path in the folder and hash, one a file, in the order given.
    pub files: Vec<(String, Hash)>,
    /// Whether the places asked for were taken.
    pub beside: bool,
}

/// Whether a document may take its place.
///
/// `present` is the hash of what stands there now, if anything; `ours` whether that was written by a run.
pub fn decide(present: Option<Hash>, ours: impl FnOnce(Hash) -> bool, made: Hash, force: bool) -> Decision {
    match present {
        None => Decision::Write,
        Some(present) if present == made => Decision::Same,
        Some(_) if force => Decision::Write,
        Some(present) if ours(present) => Decision::Write,
        Some(_) => Decision::Beside,
    }
}

/// Where a document goes whose place is taken: `playbook` → `playbook.new`, then `playbook.new-2`.
pub fn beside(path: &str, attempt: usize) -> String {
    if attempt < 2 { format!("{path}.new") } else { format!("{path}.new-{attempt}") }
}

impl Written {
    /// Opens the record of a folder, and makes both where they are not there. Lines that cannot be understood count
    /// for nothing: what they told of is taken for somebody's, and not lost.
    ///
    /// # Errors
    /// Where the folder cannot be written to, or another run is at work in it.
    pub fn open(folder: &Path) -> Result<Written, WorldError> {
        let home = folder.join(HOME);
        let path = home.join(RECORD);
        let world = |cause| WorldError::new("write into", folder, cause);
        let new = [&home, folder].into_iter().filter(|path| !path.exists()).map(Path::to_owned).collect();
        fs::create_dir_all(&home).map_err(world)?;
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(world)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(world(io::Error::new(
                    io::ErrorKind::ResourceBusy,
                    "another run is at work in this folder",
                )));
            }
            // A file system without locks: two runs at once are then the user's to avoid.
            Err(TryLockError::Error(_)) => {}
        }
        sweep(&home).map_err(world)?;
        let (mut ours, mut made) = (HashSet::new(), HashSet::new());
        let mut earlier = 0;
        let torn = each_line(&file, |line| {
            earlier += 1;
            if let (Some(sha256), Some(from)) = (Hash::parse(&line.sha256), Hash::parse(&line.from)) {
                ours.insert(pair(&line.path, sha256));
                made.insert(triple(&line.path, sha256, from));
            }
        });
        let torn = torn.map_err(|cause| WorldError::new("read", &path, cause))?;
        let record = Mutex::new(Record { file, torn, added: false });
        Ok(Written { folder: folder.to_owned(), home, ours, made, record, earlier, new })
    }

    /// Writes the files of one document, given by their endings, at a path in the folder without its ending.
    /// `from` is a hash of everything that they were made from. Several threads may write at once.
    ///
    /// They stay together: where somebody has edited one of them, all go beside.
    ///
    /// # Errors
    /// Where the folder or its record cannot be read or written.
    pub fn write(
        &self,
        path: &str,
        files: &[(&str, &[u8])],
        from: Hash,
        force: bool,
    ) -> Result<Put, WorldError> {
        let hashes: Vec<Hash> = files.iter().map(|(_, bytes)| Hash::of(bytes)).collect();
        for attempt in 0.. {
            let stem = if attempt == 0 { path.to_owned() } else { beside(path, attempt) };
            let places: Vec<(String, Hash)> = files
                .iter()
                .zip(&hashes)
                .map(|((ending, _), hash)| (format!("{stem}.{ending}"), *hash))
                .collect();
            let mut decisions = Vec::new();
            for (place, hash) in &places {
                decisions.push(self.decide_at(place, *hash, force)?);
            }
            if decisions.contains(&Decision::Beside) {
                continue;
            }
            self.note(&places, from)?;
            for (((place, _), decision), (_, bytes)) in places.iter().zip(decisions).zip(files) {
                if decision == Decision::Write {
                    write_through(&self.home, &self.inside(place)?, bytes)?;
                }
            }
            return Ok(Put { files: places, beside: attempt > 0 });
        }
        Ok(Put { files: Vec::new(), beside: true })
    }

    /// Begins a file that is too large to be held, to be put with [`Written::put`] at the same path and ending.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn begin(&self, path: &str, ending: &str) -> Result<Growing, WorldError> {
        Growing::create(&self.home, &self.inside(&format!("{path}.{ending}"))?)
    }

    /// Moves a file that grew to its place, as [`Written::write`] would have written it.
    ///
    /// # Errors
    /// Where what stands there cannot be read, or the file not be moved.
    pub fn put(
        &self,
        path: &str,
        ending: &str,
        mut file: Growing,
        from: Hash,
        force: bool,
    ) -> Result<Put, WorldError> {
        let hash = hash_file(file.so_far()?)?;
        for attempt in 0.. {
            let stem = if attempt == 0 { path.to_owned() } else { beside(path, attempt) };
            let place = format!("{stem}.{ending}");
            if self.decide_at(&place, hash, force)? != Decision::Beside {
                let at = self.inside(&place)?;
                let files = vec![(place, hash)];
                self.note(&files, from)?;
                file.commit(&at)?;
                return Ok(Put { files, beside: attempt > 0 });
            }
        }
        Ok(Put { files: Vec::new(), beside: true })
    }

    /// The hash of a file that is there just as it was made from the same.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub fn current(&self, path: &str, from: Hash) -> Result<Option<Hash>, WorldError> {
        match read_bytes(&self.inside(path)?, MAX_TEXT) {
            Ok(present) => {
                let hash = Hash::of(&present);
                Ok(Some(hash).filter(|hash| self.made.contains(&triple(path, *hash, from))))
            }
            Err(ReadError::World(error)) if error.cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(ReadError::World(error)) => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// Adds lines to the record, all at once. Once a file is there, its lines are added again in the order of the run,
    /// so that the record does not tell which thread was first.
    ///
    /// # Errors
    /// Where the record cannot be written.
    pub fn note(&self, files: &[(String, Hash)], from: Hash) -> Result<(), WorldError> {
        let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lines = String::new();
        if record.torn {
            lines.push('\n');
        }
        for (path, hash) in files {
            let line = Line { path: path.into(), sha256: hash.to_string(), from: from.to_string() };
            lines.push_str(&serde_json::to_string(&line).unwrap_or_default());
            lines.push('\n');
        }
        let done = record.file.write_all(lines.as_bytes());
        record.torn = done.is_err();
        record.added = true;
        done.map_err(|cause| WorldError::new("write", &self.home.join(RECORD), cause))
    }

    /// Folders into which earlier runs wrote files that still stand there, and this one has written none so far: how many,
    /// and the first ones of them in the order of the record.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn left_over(&self, shown: usize) -> Result<(usize, Vec<String>), WorldError> {
        if self.earlier == 0 {
            return Ok((0, Vec::new()));
        }
        let record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        let read = |cause| WorldError::new("read", &self.home.join(RECORD), cause);
        let key = |folder: &str| Hash::of(folder.as_bytes()).half();
        let mut known: HashSet<[u8; 16]> = HashSet::new();
        let mut number = 0;
        each_line(&record.file, |line| {
            if let (true, Some((folder, _))) = (number >= self.earlier, line.path.rsplit_once('/')) {
                known.insert(key(folder));
            }
            number += 1;
        })
        .map_err(read)?;
        let mut first = Vec::new();
        let mut count = 0;
        each_line(&record.file, |line| {
            if let Some((folder, _)) = line.path.rsplit_once('/')
                && !known.contains(&key(folder))
                && self.is_there(&line.path)
            {
                known.insert(key(folder));
                count += 1;
                if first.len() < shown {
                    first.push(folder.to_owned());
                }
            }
        })
        .map_err(read)?;
        Ok((count, first))
    }

    /// Reads a file of the folder.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open_file(&self, path: &str) -> Result<File, WorldError> {
        let at = self.inside(path)?;
        File::open(&at).map_err(|cause| WorldError::new("read", &at, cause))
    }

    /// What stands at a path in the folder, and whether it is just as a run wrote it. Nothing where nothing is there, or what is there
    /// is too large.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn standing(&self, path: &str) -> Result<Option<(Vec<u8>, bool)>, WorldError> {
        match read_bytes(&self.inside(path)?, MAX_TEXT) {
            Ok(present) => {
                let ours = self.ours.contains(&pair(path, Hash::of(&present)));
                Ok(Some((present, ours)))
            }
            Err(ReadError::World(error)) if error.cause.kind() != io::ErrorKind::NotFound => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// Whether anything stands at a path in the folder.
    pub fn is_there(&self, path: &str) -> bool {
        self.inside(path).is_ok_and(|path| path.exists())
    }

    fn decide_at(&self, place: &str, made: Hash, force: bool) -> Result<Decision, WorldError> {
        let present = match hash_file(&self.inside(place)?) {
            Ok(present) => Some(present),
            Err(error) if error.cause.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(decide(present, |hash| self.ours.contains(&pair(place, hash)), made, force))
    }

    /// A path in the folder, refused where it would lead out of it.
    fn inside(&self, path: &str) -> Result<PathBuf, WorldError> {
        let parts = path.split('/');
        let good = parts.clone().all(|part| !part.is_empty() && super::safe_name(part) == part);
        if good {
            return Ok(parts.fold(self.folder.clone(), |folder, part| folder.join(part)));
        }
        let cause = io::Error::new(io::ErrorKind::InvalidInput, "not a safe path");
        Err(WorldError::new("write", Path::new(path), cause))
    }

    /// Ends a run: of all lines for one path only the last stays. Where nothing was ever written, the record's
    /// folder goes too.
    ///
    /// # Errors
    /// Where the record cannot be written.
    pub fn finish(self) -> Result<(), WorldError> {
        let path = self.home.join(RECORD);
        let record = self.record.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !record.added {
            drop(record);
            if !self.new.is_empty() {
                let _ = fs::remove_file(&path);
            }
            self.new.iter().for_each(|folder| drop(fs::remove_dir(folder)));
            return Ok(());
        }
        let read = |cause| WorldError::new("read", &path, cause);
        let mut last: HashMap<[u8; 16], u32> = HashMap::new();
        let mut number = 0;
        each_line(&record.file, |line| {
            last.insert(Hash::of(line.path.as_bytes()).half(), number);
            number += 1;
        })
        .map_err(read)?;
        let mut short = Growing::create(&self.home, &path)?;
        let mut number = 0;
        let mut failed = None;
        each_line(&record.file, |line| {
            if last.get(&Hash::of(line.path.as_bytes()).half()) == Some(&number) {
                let text = serde_json::to_string(&line).unwrap_or_default() + "\n";
                failed = failed.take().or(short.add(text.as_bytes()).err());
            }
            number += 1;
        })
        .map_err(read)?;
        match failed {
            Some(error) => Err(error),
            None => short.commit(&path),
        }
    }
}

/// Reads the record from its start; whether its last line has no end. Lines that are none are passed over.
fn each_line(mut file: &File, mut see: impl FnMut(Line<'_>)) -> io::Result<bool> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    let mut torn = false;
    loop {
        line.clear();
        if reader.by_ref().take(MAX_TEXT).read_until(b'\n', &mut line)? == 0 {
            return Ok(torn);
        }
        torn = !line.ends_with(b"\n");
        if let Ok(line) = serde_json::from_slice::<Line<'_>>(&line) {
            see(line);
        }
    }
}

fn hash_file(path: &Path) -> Result<Hash, WorldError> {
    let world = |cause| WorldError::new("read", path, cause);
    Hash::of_reader(File::open(path).map_err(world)?).map_err(world)
}

fn pair(path: &str, hash: Hash) -> u128 {
    Hash::of_parts([path.as_bytes(), hash.bytes()]).short()
}

fn triple(path: &str, hash: Hash, from: Hash) -> u128 {
    Hash::of_parts([path.as_bytes(), hash.bytes(), from.bytes()]).short()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from() -> Hash {
        Hash::of(b"what it was made from")
    }

    #[test]
    fn nothing_that_somebody_wrote_is_overwritten() {
        let [old, new, edited] = ["old", "new", "edited"].map(|text| Hash::of(text.as_bytes()));
        for (present, recorded, force, decision) in [
            (None, false, false, Decision::Write),
            (None, true, false, Decision::Write),
            (Some(old), true, false, Decision::Write),
            (Some(new), false, false, Decision::Same),
            (Some(new), true, true, Decision::Same),
            (Some(edited), true, false, Decision::Beside),
            (Some(edited), false, false, Decision::Beside),
            (Some(edited), true, true, Decision::Write),
            (Some(edited), false, true, Decision::Write),
        ] {
            let ours = |hash| recorded && hash == old;
            assert_eq!(decide(present, ours, new, force), decision);
        }
    }

    #[test]
    fn an_edited_document_stays_through_two_runs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x/playbook.md");
        let run = |text: &str, force: bool| {
            let written = Written::open(folder.path()).unwrap();
            let files = [("md", text.as_bytes()), ("html", text.as_bytes())];
            let put = written.write("x/playbook", &files, from(), force).unwrap();
            written.finish().unwrap();
            (put.files[0].0.clone(), put.beside)
        };
        let own = || "x/playbook.md".to_owned();
        assert_eq!(run("one", false), (own(), false));
        assert_eq!(run("one", false), (own(), false));
        assert_eq!(run("two", false), (own(), false));
        fs::write(&path, "mine").unwrap();
        assert_eq!(run("three", false), ("x/playbook.new.md".to_owned(), true));
        assert_eq!(run("four", false), ("x/playbook.new.md".to_owned(), true));
        fs::write(folder.path().join("x/playbook.new.md"), "mine too").unwrap();
        assert_eq!(run("five", false), ("x/playbook.new-2.md".to_owned(), true));
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        // The page beside the edited text stays with it.
        assert_eq!(fs::read(folder.path().join("x/playbook.html")).unwrap(), b"two");
        assert_eq!(run("six", true), (own(), false));
        assert_eq!(fs::read(&path).unwrap(), b"six");
    }

    #[test]
    fn folders_that_only_earlier_runs_wrote_into_are_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let run = |people: &[&str]| {
            let written = Written::open(folder.path()).unwrap();
            for person in people {
                written.write(&format!("{person}/plan"), &[("md", b"x")], from(), false).unwrap();
            }
            written.write("index", &[("md", b"x")], from(), false).unwrap();
            let left = written.left_over(2).unwrap();
            written.finish().unwrap();
            left
        };
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(run(&["a", "b", "t/c", "d"]), (0, Vec::new()));
        assert_eq!(run(&["b"]), (3, names(&["a", "t/c"])));
        fs::remove_dir_all(folder.path().join("a")).unwrap();
        assert_eq!(run(&["b", "t/c"]), (1, names(&["d"])));
    }

    #[test]
    fn a_broken_record_counts_every_file_as_somebodys() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(HOME)).unwrap();
        let record = folder.path().join(HOME).join(RECORD);
        fs::write(&record, "{{\n{\"path\":\"a.md\",\"sha256\":\"00\",\"from\":\"\"}\n{\"path\":\"b").unwrap();
        fs::write(folder.path().join("a.md"), "mine").unwrap();
        let written = Written::open(folder.path()).unwrap();
        let put = written.write("a", &[("md", b"x")], from(), false).unwrap();
        assert_eq!(put.files, [("a.new.md".to_owned(), Hash::of(b"x"))]);
        written.finish().unwrap();
        // The torn line does not swallow the one behind it.
        assert_eq!(fs::read_to_string(record).unwrap().lines().count(), 2);
        let again = Written::open(folder.path()).unwrap();
        assert_eq!(again.current("a.new.md", from()).unwrap(), Some(Hash::of(b"x")));
        assert_eq!(again.current("a.new.md", Hash::of(b"other answers")).unwrap(), None);
        assert_eq!(again.current("a.md", from()).unwrap(), None);
        assert_eq!(again.current("c.md", from()).unwrap(), None);
    }

    #[test]
    fn a_run_that_is_ended_by_force_leaves_nothing_that_counts_as_somebodys() {
        let folder = tempfile::tempdir().unwrap();
        let killed = Written::open(folder.path()).unwrap();
        killed.write("a", &[("md", b"old")], from(), false).unwrap();
        killed.note(&[("b.md".to_owned(), Hash::of(b"never written"))], from()).unwrap();
        std::mem::forget(killed.begin("big", "zip").unwrap());
        drop(killed);
        let next = Written::open(folder.path()).unwrap();
        assert_eq!(next.current("b.md", from()).unwrap(), None);
        assert!(!next.write("a", &[("md", b"new")], from(), false).unwrap().beside);
        assert_eq!(fs::read_dir(folder.path().join(HOME)).unwrap().count(), 1, "the half file is gone");
    }

    #[test]
    fn a_large_file_is_put_like_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let written = Written::open(folder.path()).unwrap();
        let put = |written: &Written, text: &str| {
            let mut file = written.begin("kit", "zip").unwrap();
            file.add(text.as_bytes()).unwrap();
            written.put("kit", "zip", file, from(), false).unwrap()
        };
        assert_eq!(put(&written, "one").files, [("kit.zip".to_owned(), Hash::of(b"one"))]);
        written.finish().unwrap();
        let written = Written::open(folder.path()).unwrap();
        assert!(!put(&written, "two").beside);
        fs::write(folder.path().join("kit.zip"), "mine").unwrap();
        assert_eq!(put(&written, "three").files[0].0, "kit.new.zip");
    }

    #[test]
    fn two_runs_do_not_meet_in_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Written::open(folder.path()).unwrap();
        let second = Written::open(folder.path()).map(|_| ()).unwrap_err().to_string();
        assert!(second.ends_with(": another run is at work in this folder"), "{second}");
    }

    #[test]
    fn where_nothing_is_written_no_folder_stays() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("output");
        Written::open(&out).unwrap().finish().unwrap();
        assert!(!out.exists());
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let written = Written::open(folder.path()).unwrap();
        for path in ["../x", "/x", "a//b", "a/../b", "c:\\x", "nul"] {
            let error = written.write(path, &[("md", b"x")], from(), true).unwrap_err().to_string();
            assert_eq!(error, format!("cannot write {path}.md: not a safe path"));
        }
    }
}
