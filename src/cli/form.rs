//! `form`: a pack's questions as forms, written into a folder where nothing edited by hand is overwritten.

use std::path::{Path, PathBuf};

use super::args::MakeForm;
use super::console::Console;
use super::exit::Exit;
use super::sound::sound;
use super::workspace::Ground;
use crate::files::{Hash, WorldError, Written, safe_name, slashed};
use crate::form::{Form, Kind, Made, Wanted, form, write};
use crate::wording::count;

pub fn run(args: &MakeForm, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut ground = Ground::default();
    let Some(sound) = sound(args.pack.as_deref(), &mut ground, console)? else { return Ok(Exit::Faults) };
    let wanted = Wanted { language: args.language.as_deref(), required: args.required };
    let form = form(sound.pack(), wanted);
    let mut kinds: Vec<Kind> = args.kind.iter().map(|kind| kind.kind()).collect();
    if kinds.is_empty() {
        kinds = Kind::ALL.to_vec();
    }
    let mut asked = Kind::ALL.to_vec();
    asked.retain(|kind| kinds.contains(kind));
    let Some((folder, own)) = place(args, &asked, console) else { return Ok(Exit::Faults) };
    tell_notes(&form.notes, console);
    let written = Written::open(&folder)?;
    for kind in asked {
        let stem = own.clone().unwrap_or_else(|| safe_name(&format!("{}{}", form.pack.id, kind.suffix())));
        let made = write(&form, kind);
        put(&made, kind, &stem, &folder, args.force, &written, console)?;
    }
    written.finish()?;
    tell_size(&form, console)?;
    Ok(Exit::Done)
}

/// The folder, and the name of the file where one was named.
fn place(args: &MakeForm, kinds: &[Kind], console: &mut Console<'_>) -> Option<(PathBuf, Option<String>)> {
    let ending = args.out.extension().and_then(|ending| ending.to_str());
    let known = Kind::ALL.iter().find(|kind| ending == Some(kind.ending()));
    match (known, kinds) {
        (None, _) => Some((args.out.clone(), None)),
        (Some(named), [kind]) if named == kind => {
            let folder = args.out.parent().filter(|folder| !folder.as_os_str().is_empty());
            let stem = args.out.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            Some((folder.unwrap_or(Path::new(".")).to_owned(), stem))
        }
        (Some(_), _) => {
            let endings: Vec<String> = kinds.iter().map(|kind| format!(".{}", kind.ending())).collect();
            let message = format!("`{}` cannot hold {}", slashed(&args.out), of(kinds));
            let help = match endings.as_slice() {
                [one] => format!("name a folder, or a file that ends in {one}"),
                _ => "name a folder, or ask for one kind with `--kind`".to_owned(),
            };
            console.fault(&message, &[&help]);
            None
        }
    }
}

fn of(kinds: &[Kind]) -> String {
    match kinds {
        [kind] => name(*kind).to_owned(),
        _ => count(kinds.len(), "form", "forms"),
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Google => "a script for Google Forms",
        Kind::Xlsform => "an XLSForm",
        Kind::Surveyjs => "a SurveyJS definition",
        Kind::Page => "a page to print",
        Kind::Csv => "a table to type into",
    }
}

fn put(
    made: &Made,
    kind: Kind,
    stem: &str,
    folder: &Path,
    force: bool,
    written: &Written,
    console: &mut Console<'_>,
) -> Result<(), WorldError> {
    tell_notes(&made.notes, console);
    let from = Hash::of(&made.bytes);
    let put = written.write(stem, &[(kind.ending(), &made.bytes)], from, force)?;
    let place = |path: &str| match folder == Path::new(".") {
        true => path.to_owned(),
        false => slashed(&folder.join(path)),
    };
    for (path, _) in &put.files {
        if put.beside {
            let own = place(&format!("{stem}.{}", kind.ending()));
            let new = place(path);
            console.tell(&format!(
                "`{own}` is not of a run and stays as it is; this run's is `{new}` (`--force` overwrites)"
            ));
        }
        console.note(&format!("{}   {}", place(path), name(kind)))?;
    }
    Ok(())
}

/// What a form cannot do as the pack has it, a line each.
fn tell_notes(notes: &[String], console: &mut Console<'_>) {
    if !console.quiet {
        notes.iter().for_each(|note| console.tell(&format!("note: {note}")));
    }
}

fn tell_size(form: &Form<'_>, console: &mut Console<'_>) -> Result<(), WorldError> {
    let pack = form.pack;
    let questions = count(pack.questions.len(), "question", "questions");
    let figures = match pack.metrics.len() {
        0 => String::new(),
        metrics => format!(" and {}", count(metrics, "figure", "figures")),
    };
    console.note(&format!(
        "{questions}{figures}. What comes back is read as it is: kitwright build FILE --pack {} --dry-run",
        pack.id
    ))
}
