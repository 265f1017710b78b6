//! `diff`: what two packs say differently, and to whom.

use super::args::{Diff, DiffFormat, From};
use super::console::Console;
use super::exit::Exit;
use super::prepare::{Judged, prepare};
use super::sound::sound;
use super::workspace::Ground;
use crate::diff::{Cohort, compare, diff, files, json, tell};
use crate::files::{WorldError, slashed, write_atomic};

pub fn run(args: &Diff, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut load = |name: &str| sound(Some(name), &mut Ground::default(), console);
    let (old, new) = (load(&args.old)?, load(&args.new)?);
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
            prepared.tell_refused(&everybody, false, console);
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
