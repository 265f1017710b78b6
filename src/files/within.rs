//! Files that are named from a folder and must lie in it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{ReadError, read_bytes};

/// How deep folders are searched, and how many files are found at most.
const DEEPEST: usize = 4;
const MOST: usize = 2000;

/// The bytes of a file that lies in the folder, by a relative path with `/`.
///
/// # Errors
/// Why they are not given, in a few words: also where the path, or a link on its way, leads out of the folder.
pub fn read_within(folder: &Path, name: &str, limit: u64) -> Result<Vec<u8>, String> {
    let path = Path::new(name);
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if name.contains("://") || name.starts_with("data:") {
        return Err("only files beside the document are shown".to_owned());
    }
    if name.is_empty() || name.contains(['\\', '\0']) || !path.components().all(plain) {
        return Err("its path leads out of the document's folder".to_owned());
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (Ok(home), Ok(real)) = (fs::canonicalize(folder), fs::canonicalize(folder.join(path))) else {
        return Err("there is no such file".to_owned());
    };
    if !real.starts_with(&home) {
        return Err("its path leads out of the document's folder".to_owned());
    }
    read_bytes(&real, limit).map_err(|error| match error {
        ReadError::TooLarge { limit } => format!("it is larger than {} MB", limit >> 20),
        ReadError::World(error) => error.to_string(),
        ReadError::NotUtf8 { .. } => "it is no text".to_owned(),
    })
}

/// The relative paths of a folder's files with one of these endings, in it and in the folders below, sorted.
/// Hidden ones and links to folders are passed over.
pub fn files_within(folder: &Path, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    search(folder, String::new(), endings, 0, &mut found);
    found.sort_unstable();
    found
}

fn search(folder: &Path, before: String, endings: &[&str], depth: usize, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut names: Vec<(String, PathBuf, bool)> = entries
        .flatten()
        .filter_map(|entry| {
            let is_folder = entry.file_type().ok()?.is_dir();
            Some((entry.file_name().into_string().ok()?, entry.path(), is_folder))
        })
        .filter(|(name, ..)| !name.starts_with('.'))
        .collect();
    names.sort_unstable();
    for (name, path, is_folder) in names {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if is_folder && depth < DEEPEST {
            search(&path, format!("{before}{name}/"), endings, depth + 1, found);
        } else if found.len() < MOST && endings.iter().any(|wanted| wanted.eq_ignore_ascii_case(ending)) {
            found.push(format!("{before}{name}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_in_the_folder_is_read() {
        let outside = tempfile::tempdir().unwrap();
        let folder = outside.path().join("in");
        fs::create_dir_all(folder.join("deep")).unwrap();
        fs::write(outside.path().join("secret.png"), "s").unwrap();
        fs::write(folder.join("a.png"), "a").unwrap();
        fs::write(folder.join("deep/b.PNG"), "b").unwrap();
        fs::write(folder.join("c.md"), "c").unwrap();
        assert_eq!(read_within(&folder, "./a.png", 9), Ok(b"a".to_vec()));
        assert_eq!(read_within(&folder, "deep/b.PNG", 9), Ok(b"b".to_vec()));
        assert_eq!(read_within(&folder, "a.png", 0), Err("it is larger than 0 MB".to_owned()));
        for name in ["../secret.png", "deep/../../secret.png", "/etc/passwd", "", "a\\b", "deep/../a.png"] {
            let why = "its path leads out of the document's folder".to_owned();
            assert_eq!(read_within(&folder, name, 9), Err(why), "{name}");
        }
        for name in ["https://e.org/a.png", "data:image/png;base64,x", "file:///etc/passwd"] {
            let why = "only files beside the document are shown".to_owned();
            assert_eq!(read_within(&folder, name, 9), Err(why), "{name}");
        }
        assert_eq!(read_within(&folder, "x.png", 9), Err("there is no such file".to_owned()));
        assert_eq!(files_within(&folder, &["png"]), ["a.png", "deep/b.PNG"]);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path().join("secret.png"), folder.join("link.png")).unwrap();
            let why = "its path leads out of the document's folder".to_owned();
            assert_eq!(read_within(&folder, "link.png", 9), Err(why));
        }
    }
}
