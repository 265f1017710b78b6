//! Forms: what they ask, and that answers given to them come back with no mapping at all.

#[allow(dead_code)]
#[path = "../laws/shape.rs"]
mod shape;
#[path = "../support/times.rs"]
mod times;

mod command;
mod exports;
mod laws;
mod looks;
mod people;
mod simulate;

use kitwright::answers::{FitOptions, Outcome, fit};
use kitwright::check::{Depth, SoundPack, check_to};
use kitwright::diag::{show, show_all};
use kitwright::form::{Kind, Wanted, form, write};
use kitwright::import::{Understood, Wanted as Import, understand};
use kitwright::model::{Pack, Respondent};
use kitwright::source::Sources;
use kitwright::tables::{Grid, open, read_json};

/// A pack from its files, whose warnings are let pass.
pub fn sound(files: &[(&str, &str)]) -> SoundPack {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    let checked = check_to(kitwright::pack::load(&ids, &sources), None, Depth::Parts);
    let said = show_all(&checked.diagnostics, &sources, false);
    checked.pack.unwrap_or_else(|| panic!("{said}"))
}

pub fn shipped(name: &str) -> SoundPack {
    let files = kitwright::builtin::pack(name);
    let files: Vec<(&str, &str)> = files.iter().map(|file| (file.path, file.text)).collect();
    sound(&files)
}

/// The bytes of a form as it is written by default, and what was noted.
pub fn made(pack: &Pack, kind: Kind) -> (Vec<u8>, Vec<String>) {
    let made = write(&form(pack, Wanted::default()), kind);
    (made.bytes, made.notes)
}

pub fn text(pack: &Pack, kind: Kind) -> String {
    String::from_utf8(made(pack, kind).0).unwrap()
}

fn grid(name: &str, bytes: &[u8], sources: &mut Sources) -> Grid {
    if name.ends_with(".json") {
        let id = sources.add(name, String::from_utf8_lossy(bytes));
        return read_json(id, false, sources).map_err(|_| ()).unwrap().expect("results of a form");
    }
    let table = open(name, bytes, None, sources);
    table.map_err(|fault| panic!("{}", show(&fault, &Sources::default(), false))).unwrap().grid
}

/// What an import makes of an export, which must have no fault at all.
pub fn imported(name: &str, bytes: &[u8], pack: &Pack) -> (Understood, Vec<Respondent>) {
    let mut sources = Sources::default();
    let grid = grid(name, bytes, &mut sources);
    let understood = understand(grid, pack, Import::default());
    let fitting = fit(&understood.file, pack, FitOptions::default(), &sources);
    let told: String = fitting.faults().iter().map(|fault| show(fault, &sources, false)).collect();
    let mut people = Vec::new();
    for outcome in fitting.outcomes() {
        match outcome {
            Outcome::Fits(respondent) => people.push(*respondent),
            Outcome::Refused(refusal) => {
                let faults: String =
                    refusal.faults.iter().map(|fault| show(fault, &sources, false)).collect();
                panic!("{faults}\n{}", String::from_utf8_lossy(bytes))
            }
        }
    }
    drop(fitting);
    assert_eq!(told, "", "{}", String::from_utf8_lossy(bytes));
    (understood, people)
}
