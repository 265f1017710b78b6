//! Files are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::error::WorldError;

/// Names tried for a temporary file before giving up.
const TRIES: usize = 100;

/// What the name of a temporary file begins and ends with.
const TEMPORARY: (&str, &str) = (".kitwright-", ".tmp");

/// Makes a folder and those above it.
pub fn create_folder(path: &Path) -> Result<(), WorldError> {
    fs::create_dir_all(path).map_err(|cause| WorldError::new("create", path, cause))
}

/// Writes a file beside its place and then moves it there, over one that may be there already, so that
/// nobody ever sees half of it. Makes missing folders; leaves nothing behind on failure.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), WorldError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|cause| WorldError::new("write", path, cause))?;
    write_through(folder, path, bytes)
}

/// As [`write_atomic`], but by way of another folder of the same file system, which must be there: what a run leaves
/// behind that is ended by force lies in one place.
pub(super) fn write_through(home: &Path, path: &Path, bytes: &[u8]) -> Result<(), WorldError> {
    let mut file = Growing::create(home, path)?;
    file.add(bytes)?;
    file.commit(path)
}

/// A file that grows out of sight until it is whole; without a commit it never was there.
pub struct Growing {
    /// None once it is done with.
    file: Option<BufWriter<File>>,
    temporary: PathBuf,
    /// What failures are told of.
    path: PathBuf,
    /// The first failure: what is written behind it goes nowhere, so that nobody who still wants to end the file
    /// meets another one.
    failed: Option<io::ErrorKind>,
    /// Where the next bytes go, and where the file ends: kept up to date behind a failure too.
    at: u64,
    end: u64,
}

impl Growing {
    /// Begins a file in a folder that is there; `path` is where it is meant to stand.
    pub fn create(home: &Path, path: &Path) -> Result<Growing, WorldError> {
        let (file, temporary) = create_in(home).map_err(|cause| WorldError::new("write", path, cause))?;
        Ok(Growing {
            file: Some(BufWriter::new(file)),
            temporary,
            path: path.to_owned(),
            failed: None,
            at: 0,
            end: 0,
        })
    }

    pub fn add(&mut self, bytes: &[u8]) -> Result<(), WorldError> {
        self.write_all(bytes).map_err(|cause| WorldError::new("write", &self.path, cause))
    }

    /// Everything so far is on disk; gives the file to be read.
    pub(super) fn so_far(&mut self) -> Result<&Path, WorldError> {
        self.flush().map_err(|cause| WorldError::new("write", &self.path, cause))?;
        Ok(&self.temporary)
    }

    /// Moves it to its place, over what may be there, and makes missing folders.
    pub fn commit(mut self, path: &Path) -> Result<(), WorldError> {
        let world = |cause| WorldError::new("write", path, cause);
        self.flush().map_err(world)?;
        if let Some(kind) = self.failed {
            return Err(world(kind.into()));
        }
        self.file = None;
        let moved = fs::rename(&self.temporary, path).or_else(|error| {
            // Most folders are there: they are made only where it turns out that they are not.
            match path.parent() {
                Some(folder) if error.kind() == io::ErrorKind::NotFound => {
                    fs::create_dir_all(folder)?;
                    fs::rename(&self.temporary, path)
                }
                _ => Err(error),
            }
        });
        moved.map_err(world)
    }
}

impl Growing {
    fn noted<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            self.failed = self.failed.or(Some(error.kind()));
        }
        done
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = match (&mut self.file, self.failed) {
            (Some(file), None) => file.write(bytes),
            _ => Ok(bytes.len()),
        };
        self.at += *done.as_ref().unwrap_or(&0) as u64;
        self.end = self.end.max(self.at);
        self.noted(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = match (&mut self.file, self.failed) {
            (Some(file), None) => file.flush(),
            _ => Ok(()),
        };
        self.noted(done)
    }
}

impl Seek for Growing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let done = match (&mut self.file, self.failed) {
            (Some(file), None) => file.seek(to),
            _ => Ok(match to {
                SeekFrom::Start(at) => at,
                SeekFrom::End(more) => self.end.saturating_add_signed(more),
                SeekFrom::Current(more) => self.at.saturating_add_signed(more),
            }),
        };
        self.at = *done.as_ref().unwrap_or(&self.at);
        self.noted(done)
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        // After a commit it is gone already; the first failure is the one to tell.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Removes the temporary files that runs which were ended by force left in a folder.
pub(super) fn sweep(home: &Path) -> io::Result<()> {
    for entry in fs::read_dir(home)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A new file that nobody else has.
fn create_in(folder: &Path) -> io::Result<(File, PathBuf)> {
    for _ in 0..TRIES {
        // Each `RandomState` has keys of its own.
        let random = RandomState::new().build_hasher().finish();
        let path = folder.join(format!("{}{random:016x}{}", TEMPORARY.0, TEMPORARY.1));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "no free name for a temporary file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_over_an_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/x.md");
        write_atomic(&path, b"one").unwrap();
        write_atomic(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        // A folder in the file's place cannot be replaced.
        let path = folder.path().join("taken");
        fs::create_dir_all(path.join("inside")).unwrap();
        let error = write_atomic(&path, b"x").unwrap_err().to_string();
        assert!(error.starts_with("cannot write "), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let under_a_file = folder.path().join("file/x");
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(write_atomic(&under_a_file, b"x").is_err());
    }

    #[test]
    fn what_is_not_committed_never_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x/y.zip");
        let mut file = Growing::create(folder.path(), &path).unwrap();
        file.add(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut file = Growing::create(folder.path(), &path).unwrap();
        file.add(b"whole").unwrap();
        file.commit(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        // One that a killed run left is swept away; what is not ours stays.
        std::mem::forget(Growing::create(folder.path(), &path).unwrap());
        fs::write(folder.path().join("notes.tmp"), "").unwrap();
        sweep(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
