//! A file of any size, read block by block.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::WorldError;

/// An open file, read from its start.
#[derive(Debug)]
pub struct Stream {
    path: PathBuf,
    file: File,
}

impl Stream {
    /// None where it is no plain file: what comes through a pipe cannot be read twice.
    pub fn open(path: &Path) -> Result<Option<Stream>, WorldError> {
        let world = |cause| WorldError::new("read", path, cause);
        let file = File::open(path).map_err(world)?;
        let about = file.metadata().map_err(world)?;
        if about.is_dir() {
            return Err(world(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")));
        }
        Ok(about.is_file().then(|| Stream { path: path.to_owned(), file }))
    }

    /// The same file, to be read at another place.
    pub fn again(&self) -> Result<Stream, WorldError> {
        let file = File::open(&self.path).map_err(|cause| WorldError::new("read", &self.path, cause))?;
        Ok(Stream { path: self.path.clone(), file })
    }

    /// The failure of a file that is not what it was taken for.
    pub fn refuse(&self, why: &'static str) -> WorldError {
        WorldError::new("read", &self.path, io::Error::new(io::ErrorKind::InvalidData, why))
    }

    /// Its length in bytes.
    pub fn length(&self) -> Result<u64, WorldError> {
        let about = self.file.metadata().map_err(|cause| WorldError::new("read", &self.path, cause))?;
        Ok(about.len())
    }

    /// Appends up to so many bytes; fewer only at the end of the file.
    pub fn read(&mut self, into: &mut Vec<u8>, bytes: usize) -> Result<usize, WorldError> {
        into.reserve(bytes);
        let taken = (&mut self.file).take(bytes as u64).read_to_end(into);
        taken.map_err(|cause| WorldError::new("read", &self.path, cause))
    }

    /// Up to so many bytes from a place.
    pub fn read_at(&mut self, at: u64, bytes: usize) -> Result<Vec<u8>, WorldError> {
        let moved = self.file.seek(SeekFrom::Start(at));
        moved.map_err(|cause| WorldError::new("read", &self.path, cause))?;
        let mut out = Vec::new();
        self.read(&mut out, bytes)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_in_blocks_and_from_any_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "0123456789").unwrap();
        let mut stream = Stream::open(&path).unwrap().unwrap();
        let mut block = Vec::new();
        assert_eq!(stream.read(&mut block, 4).unwrap(), 4);
        assert_eq!(stream.read(&mut block, 40).unwrap(), 6);
        assert_eq!(stream.read(&mut block, 4).unwrap(), 0);
        assert_eq!((block.as_slice(), stream.length().unwrap()), (&b"0123456789"[..], 10));
        assert_eq!(stream.again().unwrap().read_at(7, 9).unwrap(), b"789");
        assert!(Stream::open(folder.path()).is_err());
    }
}
