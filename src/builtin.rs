//! What ships inside the binary, so that it works alone in an empty folder: packs, templates, the look of a page.

use include_dir::{Dir, include_dir};

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/examples");

/// One shipped text: its path below its folder, with `/` between, and its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    pub path: &'static str,
    pub text: &'static str,
}

/// The ids of the shipped packs, sorted.
pub fn packs() -> Vec<&'static str> {
    let mut out: Vec<&str> = RULES.dirs().filter_map(|dir| dir.path().to_str()).collect();
    out.sort_unstable();
    out
}

/// The YAML files of a shipped pack in pack order, those of its tests as `tests/…`; empty where there is no such pack.
pub fn pack(id: &str) -> Vec<File> {
    let Some(dir) = RULES.get_dir(id) else { return Vec::new() };
    let mut out = files(dir, "yaml", dir);
    if let Some(tests) = RULES.get_dir(dir.path().join("tests")) {
        out.extend(files(tests, "yaml", dir));
    }
    out.sort_by_key(|file| file.path);
    out
}

/// The shipped templates: `*.md`, in the order of their names.
pub fn templates() -> Vec<File> {
    files(&TEMPLATES, "md", &TEMPLATES)
}

/// The text of a shipped file of the look, such as `page.html`.
pub fn look(name: &str) -> Option<&'static str> {
    TEMPLATES.get_file(name).and_then(|file| file.contents_utf8())
}

/// A shipped example, such as `session.yaml`.
pub fn example(name: &str) -> Option<&'static str> {
    EXAMPLES.get_file(name).and_then(|file| file.contents_utf8())
}

/// A shipped font by its name without the ending, such as `NotoSans-Regular`.
pub fn font(name: &str) -> Option<&'static [u8]> {
    TEMPLATES.get_file(format!("fonts/{name}.ttf")).map(|file| file.contents())
}

/// The files of a folder, with their paths below `home`.
fn files(dir: &'static Dir<'static>, extension: &str, home: &Dir<'_>) -> Vec<File> {
    let mut out: Vec<File> = dir
        .files()
        .filter(|file| file.path().extension().is_some_and(|found| found == extension))
        .filter_map(|file| {
            let path = file.path().strip_prefix(home.path()).ok()?;
            Some(File { path: path.to_str()?, text: file.contents_utf8()? })
        })
        .collect();
    out.sort_by_key(|file| file.path);
    out
}
