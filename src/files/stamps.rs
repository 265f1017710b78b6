//! By what a save is noticed: how long a file is, and when it was changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// Files of one look; those beyond are not seen.
pub const MAX_STAMPS: usize = 5000;

/// A file as it was when it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    changed: Option<Duration>,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    pub path: PathBuf,
    /// How many folders deep; 0 for a folder's own files, and for a file.
    pub deep: usize,
    /// Whether links are followed.
    pub links: bool,
    /// The endings of files that count, without the dot; none for all.
    pub endings: &'static [&'static str],
}

impl Root {
    pub fn file(path: &Path) -> Root {
        Root { path: path.to_owned(), deep: 0, links: true, endings: &[] }
    }

    pub fn folder(path: &Path, deep: usize, endings: &'static [&'static str]) -> Root {
        Root { path: path.to_owned(), deep, links: true, endings }
    }
}

/// Every file of some roots, but for hidden ones; what is not there or cannot be looked at is left out.
pub fn stamps(roots: &[Root]) -> BTreeMap<PathBuf, Stamp> {
    let mut all = BTreeMap::new();
    for root in roots {
        look(&root.path, root, root.deep, true, &mut all);
    }
    all
}

fn look(path: &Path, root: &Root, deep: usize, named: bool, all: &mut BTreeMap<PathBuf, Stamp>) {
    let looked = if root.links { fs::metadata(path) } else { fs::symlink_metadata(path) };
    let Ok(looked) = looked else { return };
    if all.len() >= MAX_STAMPS {
        return;
    }
    if looked.is_file() {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        let counts =
            root.endings.is_empty() || root.endings.iter().any(|own| own.eq_ignore_ascii_case(ending));
        if counts || named {
            let changed = looked.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            all.insert(path.to_owned(), Stamp { length: looked.len(), changed });
        }
        return;
    }
    if !looked.is_dir() {
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.sort_unstable();
    for name in names.into_iter().filter(|name| !name.to_string_lossy().starts_with('.')) {
        let inside = path.join(name);
        let folder = inside.is_dir();
        match (folder, deep) {
            (true, 0) => {}
            (true, _) => look(&inside, root, deep - 1, false, all),
            (false, _) => look(&inside, root, 0, false, all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_removed_or_added_makes_a_difference() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("rules/p/deeper")).unwrap();
        for name in
            ["rules/p/a.yaml", "rules/p/deeper/b.yaml", "rules/p/.hidden.yaml", "rules/p/notes.txt", "x.csv"]
        {
            fs::write(at(name), "1").unwrap();
        }
        let roots = [
            Root::folder(&at("rules"), 1, &["yaml"]),
            Root::file(&at("x.csv")),
            Root::file(&at("missing.csv")),
        ];
        let names = || -> Vec<PathBuf> { stamps(&roots).into_keys().collect() };
        assert_eq!(names(), [at("rules/p/a.yaml"), at("x.csv")]);
        let before = stamps(&roots);
        fs::write(at("rules/p/a.yaml"), "12").unwrap();
        assert_ne!(stamps(&roots), before);
        // An editor that writes beside and renames.
        let before = stamps(&roots);
        fs::write(at("rules/p/a.yaml~"), "34").unwrap();
        assert_eq!(stamps(&roots), before);
        let later = UNIX_EPOCH + Duration::from_secs(5_000_000_000);
        fs::File::open(at("rules/p/a.yaml~")).unwrap().set_modified(later).unwrap();
        fs::rename(at("rules/p/a.yaml~"), at("rules/p/a.yaml")).unwrap();
        assert_ne!(stamps(&roots), before);
        fs::remove_dir_all(at("rules")).unwrap();
        assert_eq!(names(), [at("x.csv")]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_where_that_is_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("out")).unwrap();
        fs::write(at("secret.html"), "x").unwrap();
        std::os::unix::fs::symlink(at("secret.html"), at("out/link.html")).unwrap();
        std::os::unix::fs::symlink(folder.path(), at("out/up")).unwrap();
        let root = Root::folder(&at("out"), 3, &["html"]);
        assert!(stamps(std::slice::from_ref(&root)).len() > 1);
        assert!(stamps(&[Root { links: false, ..root }]).is_empty());
    }
}
