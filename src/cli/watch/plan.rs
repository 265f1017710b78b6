//! What a build is made of, what became of it since, and how long to wait: no clock, no disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::args::Build;
use crate::cli::look::BRAND;
use crate::files::{Root, Stamp, slashed};

/// Silence after which a save counts as whole.
pub const QUIET: Duration = Duration::from_millis(40);
/// After this, saves that never end are built all the same.
const PATIENCE: Duration = Duration::from_millis(400);
/// Changes that are named.
const NAMED: usize = 3;

/// Files that a pack is made of.
const PACK: &[&str] = &["yaml", "yml", "md", "html", "css"];
/// Files that a page is made of.
const PAGES: &[&str] =
    &["md", "html", "css", "yaml", "yml", "svg", "png", "jpg", "jpeg", "ttf", "otf", "woff2"];

/// What a build reads, wherever it is there: more than that hurts nothing, as only a save brings about a build.
pub fn roots(args: &Build) -> Vec<Root> {
    let from = &args.from;
    let mut roots: Vec<Root> = from.answers.iter().map(|path| Root::file(path)).collect();
    roots.extend([&args.session, &from.mapping].into_iter().flatten().map(|path| Root::file(path)));
    roots.push(Root::folder(Path::new("rules"), 3, PACK));
    roots.push(Root::folder(Path::new("templates"), 2, PAGES));
    if let Some(folder) = &args.templates {
        roots.push(Root::folder(folder, 2, PAGES));
    }
    if let Some(pack) = from.pack.as_deref().filter(|pack| pack.contains(['/', '\\', '.'])) {
        let pack = Path::new(pack);
        roots.push(Root::folder(pack, 2, PACK));
        // A pack that it builds on may stand beside it.
        if let Some(beside) = pack.parent().filter(|beside| beside.components().count() > 0) {
            roots.push(Root::folder(beside, 1, &["yaml", "yml"]));
        }
    }
    if let Some(brand) = &args.brand {
        roots.push(Root::file(brand));
        // What it names stands beside it.
        let beside =
            brand.parent().filter(|beside| beside.components().count() > 0).unwrap_or(Path::new("."));
        let named = brand.file_name().is_some_and(|name| name == BRAND);
        roots.push(Root::folder(beside, if named { 1 } else { 0 }, PAGES));
    }
    roots
}

/// Folders in which a save would be noticed: those of roots, and the one around each, since editors replace files.
pub fn folders(roots: &[Root], is_folder: &dyn Fn(&Path) -> bool) -> Vec<(PathBuf, bool)> {
    let mut all: BTreeMap<PathBuf, bool> = BTreeMap::new();
    for root in roots {
        if is_folder(&root.path) {
            *all.entry(root.path.clone()).or_default() |= root.deep > 0;
        }
        let around = match root.path.parent() {
            Some(around) if around.components().count() > 0 => around,
            _ => Path::new("."),
        };
        if is_folder(around) {
            all.entry(around.to_owned()).or_default();
        }
    }
    all.into_iter().collect()
}

/// Files that are others than before, were added, or went.
pub fn changed(before: &BTreeMap<PathBuf, Stamp>, now: &BTreeMap<PathBuf, Stamp>) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = now
        .iter()
        .filter(|(path, stamp)| before.get(*path) != Some(stamp))
        .map(|(path, _)| path.clone())
        .collect();
    all.extend(before.keys().filter(|path| !now.contains_key(*path)).cloned());
    all.sort();
    all
}

/// Leaves out what the build writes itself.
pub fn without_output(stamps: BTreeMap<PathBuf, Stamp>, out: &Path) -> BTreeMap<PathBuf, Stamp> {
    stamps.into_iter().filter(|(path, _)| !path.starts_with(out)).collect()
}

/// `templates/playbook.md, rules/x/pack.yaml and 4 more`
pub fn named(paths: &[PathBuf]) -> String {
    let shown: Vec<String> = paths.iter().take(NAMED).map(|path| slashed(path)).collect();
    match paths.len() - shown.len() {
        0 => shown.join(", "),
        rest => format!("{} and {rest} more", shown.join(", ")),
    }
}

/// How much longer to wait for silence, after so long and with the last sign so long ago; none: it is time.
pub fn patience(since_first: Duration, since_last: Duration) -> Option<Duration> {
    let quiet = QUIET.checked_sub(since_last).filter(|left| !left.is_zero())?;
    let left = PATIENCE.checked_sub(since_first).filter(|left| !left.is_zero())?;
    Some(quiet.min(left))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};
    use crate::files::stamps;

    fn build(words: &[&str]) -> Build {
        let args = ["kitwright", "build"].iter().chain(words);
        match Cli::try_parse_from(args).unwrap().command {
            Some(Command::Build(build)) => build,
            other => panic!("{other:?}"),
        }
    }

    fn paths(words: &[&str]) -> Vec<String> {
        roots(&build(words)).iter().map(|root| slashed(&root.path)).collect()
    }

    #[test]
    fn whatever_a_build_reads_is_looked_at() {
        assert_eq!(paths(&["a.yaml"]), ["a.yaml", "rules", "templates"]);
        let all = ["a.csv", "b.csv", "--session", "s.yaml", "--mapping", "m.yaml", "--templates", "client"];
        assert_eq!(
            paths(&[&all[..], &["--pack", "x/my-pack", "--brand", "brands/acme.yaml"]].concat()),
            [
                "a.csv",
                "b.csv",
                "s.yaml",
                "m.yaml",
                "rules",
                "templates",
                "client",
                "x/my-pack",
                "x",
                "brands/acme.yaml",
                "brands"
            ]
        );
        // A pack by name stands in `rules`.
        assert_eq!(paths(&["a.yaml", "--pack", "sales-leaks"]), ["a.yaml", "rules", "templates"]);
        assert_eq!(paths(&["a.yaml", "--brand", "b.yaml"])[3..], ["b.yaml", "."]);
    }

    #[test]
    fn files_are_watched_by_the_folder_around_them() {
        let there = ["answers", "rules", "."];
        let is_folder = |path: &Path| there.contains(&slashed(path).as_str());
        let found = folders(&roots(&build(&["answers/a.yaml", "--session", "s.yaml"])), &is_folder);
        let found: Vec<(String, bool)> = found.iter().map(|(path, deep)| (slashed(path), *deep)).collect();
        assert_eq!(
            found,
            [(".".to_owned(), false), ("answers".to_owned(), false), ("rules".to_owned(), true)]
        );
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let look = || stamps(&[Root::folder(folder.path(), 1, &[])]);
        for name in ["a", "b", "c"] {
            std::fs::write(at(name), "1").unwrap();
        }
        let before = look();
        assert_eq!(changed(&before, &look()), Vec::<PathBuf>::new());
        std::fs::write(at("b"), "12").unwrap();
        std::fs::write(at("d"), "1").unwrap();
        std::fs::remove_file(at("a")).unwrap();
        assert_eq!(changed(&before, &look()), [at("a"), at("b"), at("d")]);
        std::fs::create_dir(at("out")).unwrap();
        std::fs::write(at("out/x.html"), "1").unwrap();
        assert_eq!(without_output(look(), &at("out")).len(), 3);
        assert_eq!(look().len(), 4);
    }

    #[test]
    fn many_changes_are_counted() {
        let paths: Vec<PathBuf> = ["a", "b", "c", "d", "e"].map(PathBuf::from).to_vec();
        assert_eq!(named(&paths[..3]), "a, b, c");
        assert_eq!(named(&paths), "a, b, c and 2 more");
    }

    #[test]
    fn a_save_in_pieces_is_waited_for_but_not_for_ever() {
        let ms = Duration::from_millis;
        assert_eq!(patience(ms(0), ms(0)), Some(QUIET));
        assert_eq!(patience(ms(100), ms(10)), Some(ms(30)));
        assert_eq!(patience(ms(100), QUIET), None);
        assert_eq!(patience(ms(390), ms(0)), Some(ms(10)));
        assert_eq!(patience(PATIENCE, ms(0)), None);
    }
}
