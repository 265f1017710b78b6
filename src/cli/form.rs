//! `form`: a pack's questions as forms, written into a folder where nothing edited by hand is overwritten.

use std::path::{Path, PathBuf};

use super::args::MakeForm;
use super::console::Console;
use super::exit::Exit;
use super::workspace::Ground;
use crate::check::{Depth, SoundPack, check_to};
use crate::diag::Severity;
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
    form.notes.iter().for_each(|note| console.tell(&format!("note: {note}")));
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
    made.notes.iter().for_each(|note| console.tell(&format!("note: {note}")));
    let from = Hash::of(&made.bytes);
    let put = written.write(stem, &[(kind.ending(), &made.bytes)], from, force)?;
    for (path, _) in &put.files {
        console.note(&format!("{}   {}", slashed(&folder.join(path)), name(kind)))?;
    }
    if put.beside {
        let edited = slashed(&folder.join(format!("{stem}.{}", kind.ending())));
        console.tell(&format!(
            "note: `{edited}` was edited by hand and stays; the new one stands beside it (`--force` overwrites)"
        ));
    }
    Ok(())
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

/// The pack without errors; else they are told.
fn sound(
    asked: Option<&str>,
    ground: &mut Ground,
    console: &mut Console<'_>,
) -> Result<Option<SoundPack>, WorldError> {
    let mut pack = None;
    if let Some(found) = ground.pack(asked, None)? {
        let checked = check_to(found.load(&ground.sources), None, Depth::Errors);
        let errors = checked.diagnostics.into_iter().filter(|fault| fault.severity == Severity::Error);
        errors.for_each(|fault| ground.faults.push(fault));
        pack = checked.pack;
    }
    console.diagnostics(&ground.faults, &ground.sources);
    Ok(if ground.faults.has_errors() { None } else { pack })
}
