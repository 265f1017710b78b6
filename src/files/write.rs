//! Files are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::WorldError;

/// Names tried for a temporary file before giving up.
const TRIES: usize = 100;

/// Makes a folder and those above it.
pub fn create_folder(path: &Path) -> Result<(), WorldError> {
    fs::create_dir_all(path).map_err(|cause| WorldError::new("create", path, cause))
}

/// Writes a file beside its place and then moves it there, over one that may be there already, so that
/// nobody ever sees half of it. Makes missing folders; leaves nothing behind on failure.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), WorldError> {
    let world = |cause| WorldError::new("write", path, cause);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(world)?;
    let (file, temporary) = create_beside(folder).map_err(world)?;
    let written = fill(file, bytes).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|cause| {
        // The first failure is the one to tell; the temporary file may be gone already.
        let _ = fs::remove_file(&temporary);
        world(cause)
    })
}

fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.flush()
}

/// A new file that nobody else has, in the same folder so that it can be moved in one step.
fn create_beside(folder: &Path) -> io::Result<(File, PathBuf)> {
    for _ in 0..TRIES {
        // Each `RandomState` has keys of its own.
        let random = RandomState::new().build_hasher().finish();
        let path = folder.join(format!(".kitwright-{random:016x}.tmp"));
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
}
