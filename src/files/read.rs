//! Files and folders as text, in an order that no file system decides.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::{ReadError, WorldError};

/// Bytes of the largest text that is read: 64 MB.
pub const MAX_TEXT: u64 = 64 * 1024 * 1024;

pub fn exists(path: &Path) -> bool {
    path.exists()
}

pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The bytes of a file of at most `limit` bytes.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let world = |cause| ReadError::World(WorldError::new("read", path, cause));
    let file = File::open(path).map_err(world)?;
    let about = file.metadata().map_err(world)?;
    if about.is_dir() {
        return Err(world(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")));
    }
    let mut bytes = Vec::with_capacity(about.len().min(limit) as usize);
    // A pipe has no length, and a file may grow: the limit is held while reading.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(world)?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { limit });
    }
    Ok(bytes)
}

/// The text of a file in UTF-8 of at most [`MAX_TEXT`] bytes; a byte order mark is left in.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let bytes = read_bytes(path, MAX_TEXT)?;
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        // A byte order mark is no part of a source, so that places are counted without it.
        let mark = if bytes.starts_with("\u{feff}".as_bytes()) { '\u{feff}'.len_utf8() } else { 0 };
        let at = error.utf8_error().valid_up_to() - mark;
        let bytes = &bytes[mark..];
        ReadError::NotUtf8 { lossy: String::from_utf8_lossy(bytes).into_owned(), at, utf16 }
    })
}

/// The names in a folder, sorted by bytes; names that are not Unicode are left out.
pub fn list(folder: &Path) -> Result<Vec<String>, WorldError> {
    let world = |cause| WorldError::new("list", folder, cause);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(world)? {
        names.extend(entry.map_err(world)?.file_name().into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}

/// A file of a folder, with its text or why there is none.
#[derive(Debug)]
pub struct FolderFile {
    pub name: String,
    pub path: PathBuf,
    pub text: Result<String, ReadError>,
}

/// The texts of a folder's own files whose names end in one of `endings` (without the dot, in any case),
/// by bytes of their names.
///
/// Hidden files, folders, and links that lead out of the folder are passed over.
pub fn read_folder(folder: &Path, endings: &[&str]) -> Result<Vec<FolderFile>, WorldError> {
    let home = fs::canonicalize(folder).map_err(|cause| WorldError::new("list", folder, cause))?;
    let wanted = |name: &str| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        !name.starts_with('.') && endings.iter().any(|wanted| wanted.eq_ignore_ascii_case(ending))
    };
    let mut files = Vec::new();
    for name in list(folder)?.into_iter().filter(|name| wanted(name)) {
        let path = folder.join(&name);
        let inside = fs::canonicalize(&path).is_ok_and(|real| real.starts_with(&home) && real.is_file());
        if inside {
            let text = read_text(&path);
            files.push(FolderFile { name, path, text });
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_whole_or_their_fault_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "\u{feff}a: é\r\n").unwrap();
        assert_eq!(read_text(&path).unwrap(), "\u{feff}a: é\r\n");
        fs::write(&path, b"a: \xe9\n").unwrap();
        match read_text(&path) {
            Err(ReadError::NotUtf8 { lossy, at: 3, utf16: false }) => assert_eq!(lossy, "a: \u{fffd}\n"),
            other => panic!("{other:?}"),
        }
        fs::write(&path, b"\xef\xbb\xbfa: \xe9\n").unwrap();
        assert!(matches!(read_text(&path), Err(ReadError::NotUtf8 { at: 3, .. })));
        fs::write(&path, b"\xff\xfea\0").unwrap();
        assert!(matches!(read_text(&path), Err(ReadError::NotUtf8 { at: 0, utf16: true, .. })));
        assert!(matches!(read_bytes(&path, 3), Err(ReadError::TooLarge { limit: 3 })));
        assert_eq!(read_bytes(&path, 4).unwrap().len(), 4);
    }

    #[test]
    fn what_the_world_refuses_is_told_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none.yaml");
        let Err(ReadError::World(error)) = read_text(&missing) else { panic!() };
        let shown = error.to_string();
        assert!(shown.starts_with("cannot read ") && shown.contains("none.yaml: "), "{shown}");
        assert!(!shown.contains("os error"), "{shown}");
        assert!(matches!(read_text(folder.path()), Err(ReadError::World(_))));
    }

    #[test]
    fn a_folder_is_read_in_the_order_of_bytes() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.yaml", "B.yaml", "a.YML", ".hidden.yaml", "c.txt", "é.yaml"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        fs::create_dir(folder.path().join("d.yaml")).unwrap();
        let read = read_folder(folder.path(), &["yaml", "yml"]).unwrap();
        let names: Vec<&str> = read.iter().map(|file| file.name.as_str()).collect();
        if cfg!(target_os = "linux") {
            assert_eq!(names, ["B.yaml", "a.YML", "b.yaml", "é.yaml"]);
        }
        assert!(read.iter().all(|file| file.text.is_ok()));
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_a_folder_are_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.yaml"), "secret").unwrap();
        fs::write(folder.path().join("own.yaml"), "own").unwrap();
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
        link(&outside.path().join("secret.yaml"), "out.yaml");
        link(&folder.path().join("own.yaml"), "in.yaml");
        link(Path::new("nowhere"), "broken.yaml");
        let names: Vec<String> =
            read_folder(folder.path(), &["yaml"]).unwrap().into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["in.yaml", "own.yaml"]);
    }
}
