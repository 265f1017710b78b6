//! `diff`: what two packs say differently, and to whom.

use super::args::{Diff, DiffFormat, From};
use super::console::Console;
use super::exit::Exit;
use super::prepare::{Judged, prepare};
use super::workspace::Ground;
use crate::check::{Depth, SoundPack, check_to};
use crate::diag::Severity;
use crate::diff::{Cohort, compare, diff, files, json, tell};
use crate::files::{WorldError, slashed, write_atomic};

pub fn run(args: &Diff, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let (old, new) = (sound(&args.old, console)?, sound(&args.new, console)?);
    let (Some(old), Some(new)) = (old, new) else { return Ok(Exit::Faults) };
    let (was, is) = (old.pack(), new.pack());
    let difference = diff(&old, &new);
    let mut cohort = None;
    if !args.cohort.is_empty() {
        let Some(found) = judged_twice(args, console)? else { return Ok(Exit::Faults) };
        cohort = Some(found);
    }
    match args.format {
        DiffFormat::Human => console.text(&tell(was, is, &difference, cohort.as_ref()))?,
        DiffFormat::Json => console.print(&json(was, is, &difference, cohort.as_ref()))?,
    }
    if let Some(folder) = &args.witness {
        for (rule, under, witness) in difference.witnesses() {
            for (name, text) in files(was, is, rule, under, witness) {
                let path = folder.join(name);
                write_atomic(&path, text.as_bytes())?;
                if args.format == DiffFormat::Human {
                    console.note(&format!("wrote {}", slashed(&path)))?;
                }
            }
        }
    }
    Ok(Exit::Done)
}

/// A pack without errors; else they are told.
fn sound(name: &str, console: &mut Console<'_>) -> Result<Option<SoundPack>, WorldError> {
    let mut ground = Ground::default();
    let mut pack = None;
    if let Some(found) = ground.pack(Some(name), None)? {
        let checked = check_to(found.load(&ground.sources), None, Depth::Errors);
        let errors = checked.diagnostics.into_iter().filter(|fault| fault.severity == Severity::Error);
        errors.for_each(|fault| ground.faults.push(fault));
        pack = checked.pack;
    }
    console.diagnostics(&ground.faults, &ground.sources);
    Ok(if ground.faults.has_errors() { None } else { pack })
}

/// The cohort under both packs; none where the run cannot go on, which is told. Who is refused is told once under each.
fn judged_twice(args: &Diff, console: &mut Console<'_>) -> Result<Option<Cohort>, WorldError> {
    let mut sides = Vec::new();
    for pack in [&args.old, &args.new] {
        let from = From {
            answers: args.cohort.clone(),
            pack: Some(pack.clone()),
            as_of: args.as_of,
            id: args.id.clone(),
            ..From::default()
        };
        let mut prepared = prepare(&from)?;
        // One respondent whom a pack refuses is one of the cohort.
        prepared.cohort = true;
        let Some(everybody) = prepared.everybody(&from, console)? else { return Ok(None) };
        if !everybody.refused.is_empty() {
            console.tell(&format!("under {pack}:"));
            prepared.tell_refused(&everybody, console);
        }
        let Some(sound) = prepared.pack else { return Ok(None) };
        sides.push((sound, everybody.judged));
    }
    let [(old, before), (new, after)] = sides.as_slice() else { return Ok(None) };
    fn each(judged: &[Judged]) -> impl Iterator<Item = (&crate::model::Respondent, &crate::model::Findings)> {
        judged.iter().map(|judged| (&judged.respondent, &judged.findings))
    }
    Ok(Some(compare(old.pack(), new.pack(), each(before), each(after))))
}
