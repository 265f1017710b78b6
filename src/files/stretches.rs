//! A file that is read in stretches, so that one of any size takes little memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::{ReadError, WorldError};
use super::read::{MAX_TEXT, read_bytes};

/// A file from which bytes are taken at any place.
#[derive(Debug)]
pub struct Stretches {
    path: PathBuf,
    held: Held,
}

#[derive(Debug)]
enum Held {
    Disk(File),
    /// Opened for each stretch: a run may have more files than a system lets be open.
    Closed,
    /// What can be read only once, such as a pipe.
    Memory(Vec<u8>),
}

impl Stretches {
    /// Opens a file; it stays open, so that it may be moved or deleted meanwhile.
    ///
    /// # Errors
    /// As for [`read_bytes`]; only what is no plain file must not be too large.
    pub fn open(path: &Path) -> Result<Stretches, ReadError> {
        let world = |cause| ReadError::World(WorldError::new("read", path, cause));
        let file = File::open(path).map_err(world)?;
        let about = file.metadata().map_err(world)?;
        let held = if about.is_file() {
            Held::Disk(file)
        } else {
            drop(file);
            Held::Memory(read_bytes(path, MAX_TEXT)?)
        };
        Ok(Stretches { path: path.to_owned(), held })
    }

    /// A text that is at hand already.
    pub fn of(name: &str, bytes: Vec<u8>) -> Stretches {
        Stretches { path: PathBuf::from(name), held: Held::Memory(bytes) }
    }

    /// Closes the file until it is read again. It must then still be there.
    pub fn close(&mut self) {
        if let Held::Disk(_) = self.held {
            self.held = Held::Closed;
        }
    }

    /// Puts at most so many bytes behind `into`; gives how many there were, 0 at the end.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn read(&mut self, at: u64, most: usize, into: &mut Vec<u8>) -> Result<usize, WorldError> {
        let before = into.len();
        let mut opened;
        let file = match &mut self.held {
            Held::Disk(file) => file,
            Held::Closed => {
                opened =
                    File::open(&self.path).map_err(|cause| WorldError::new("read", &self.path, cause))?;
                &mut opened
            }
            Held::Memory(bytes) => {
                let start = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                into.extend_from_slice(&bytes[start..bytes.len().min(start.saturating_add(most))]);
                return Ok(into.len() - before);
            }
        };
        let read =
            file.seek(SeekFrom::Start(at)).and_then(|_| file.by_ref().take(most as u64).read_to_end(into));
        read.map_err(|cause| WorldError::new("read", &self.path, cause))
    }

    /// The failure of a file that is not any more what it was.
    pub fn changed(&self) -> WorldError {
        let cause = io::Error::new(io::ErrorKind::InvalidData, "it was changed meanwhile");
        WorldError::new("read", &self.path, cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_at_any_place_even_of_a_deleted_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "0123456789").unwrap();
        let mut disk = Stretches::open(&path).unwrap();
        if cfg!(unix) {
            std::fs::remove_file(&path).unwrap();
        }
        for file in [&mut disk, &mut Stretches::of("a.csv", b"0123456789".to_vec())] {
            let mut got = b"x".to_vec();
            assert_eq!(file.read(8, 5, &mut got).unwrap(), 2);
            assert_eq!(file.read(2, 3, &mut got).unwrap(), 3);
            assert_eq!(file.read(10, 3, &mut got).unwrap(), 0);
            assert_eq!(got, b"x89234");
        }
        assert_eq!(disk.changed().to_string().rsplit(": ").next(), Some("it was changed meanwhile"));
        assert!(matches!(Stretches::open(folder.path()), Err(ReadError::World(_))));
    }
}
