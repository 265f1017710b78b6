//! `fmt`: the files of packs in canonical form.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::args::Fmt;
use super::console::Console;
use super::exit::Exit;
use super::workspace::{Ground, packs_on_disk};
use crate::diag::{Code, Diagnostic};
use crate::files::{self, WorldError, write_atomic};
use crate::fmt::{declared, format};
use crate::source::SourceId;
use crate::wording::count;

/// Files whose units are known together.
struct Group {
    files: Vec<SourceId>,
    /// Read only for the units that they declare.
    beside: Vec<SourceId>,
}

pub fn run(args: &Fmt, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut ground = Ground::default();
    if args.targets.iter().any(|target| target == "-") {
        return standard(args, &mut ground, console);
    }
    let targets = if args.targets.is_empty() { packs_on_disk()? } else { args.targets.clone() };
    if targets.is_empty() {
        ground.faults.push(
            Diagnostic::placeless(Code::NoPack, "there is no pack in `rules`")
                .help("name the files, or a pack's folder"),
        );
    }
    let mut changed = Vec::new();
    for target in &targets {
        let Some(group) = group(target, &mut ground)? else { continue };
        let units: Vec<String> = group
            .files
            .iter()
            .chain(&group.beside)
            .flat_map(|file| declared(*file, &ground.sources))
            .collect();
        for file in group.files {
            let mut faults = std::mem::take(&mut ground.faults);
            let new = format(file, &ground.sources, &units, &mut faults);
            ground.faults = faults;
            let old = ground.sources.get(file);
            if let Some(new) = new.filter(|new| *new != *old.text) {
                changed.push((PathBuf::from(&old.name), new));
            }
        }
    }
    console.diagnostics(&ground.faults, &ground.sources);
    for (path, text) in &changed {
        if !args.check {
            write_atomic(path, text.as_bytes())?;
        }
        console.note(&files::slashed(path))?;
    }
    if args.check && !changed.is_empty() {
        let files = count(changed.len(), "file is", "files are");
        console.tell(&format!("{files} not in canonical form"));
        console.tell("help: `kitwright fmt` writes what `--check` only names");
    }
    let found = ground.faults.has_errors() || args.check && !changed.is_empty();
    Ok(if found { Exit::Faults } else { Exit::Done })
}

/// One text from standard input to standard output, for editors; what cannot be read goes on as it came.
fn standard(args: &Fmt, ground: &mut Ground, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let place = Path::new("standard input");
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(files::MAX_TEXT)
        .read_to_string(&mut text)
        .map_err(|cause| WorldError::new("read", place, cause))?;
    let file = ground.sources.add("standard input", &text);
    let units = declared(file, &ground.sources);
    let new = format(file, &ground.sources, &units, &mut ground.faults);
    console.diagnostics(&ground.faults, &ground.sources);
    let differs = new.as_ref().is_some_and(|new| *new != text);
    if !args.check {
        console.text(new.as_deref().unwrap_or(&text))?;
    }
    Ok(if new.is_none() || args.check && differs { Exit::Faults } else { Exit::Done })
}

/// The files of a target: a file, or a pack by its name or folder.
fn group(target: &str, ground: &mut Ground) -> Result<Option<Group>, WorldError> {
    let path = Path::new(target);
    if files::exists(path) && !files::is_folder(path) {
        let files = ground.read(path)?.into_iter().collect();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut beside = Vec::new();
        for file in files::read_folder(folder, &["yaml", "yml"])? {
            // What cannot be read beside the file is told where it is asked for.
            if let Ok(text) = file.text {
                beside.push(ground.sources.add(files::slashed(&file.path), text));
            }
        }
        return Ok(Some(Group { files, beside }));
    }
    let Some(pack) = ground.pack(Some(target), None)? else { return Ok(None) };
    let Some(folder) = pack.folder else {
        let message = format!("`{target}` is built in, and cannot be changed");
        ground.faults.push(
            Diagnostic::placeless(Code::NoPack, message)
                .help("`kitwright new` makes a folder with a copy of it"),
        );
        return Ok(None);
    };
    let mut group = Group { files: pack.files, beside: Vec::new() };
    let tests = folder.join("tests");
    if files::is_folder(&tests) {
        for file in files::read_folder(&tests, &["yaml", "yml"])? {
            group.files.extend(ground.read(&file.path)?);
        }
    }
    Ok(Some(group))
}
