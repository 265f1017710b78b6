//! `schema`: what editors complete and check files by.

use super::args::Schema;
use super::console::Console;
use super::exit::Exit;
use crate::files::{WorldError, slashed, write_atomic};
use crate::schema::Kind;

pub fn run(args: &Schema, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let kind = args.kind.map(|kind| kind.kind());
    let Some(dir) = &args.out else {
        let Some(kind) = kind else {
            let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            let help = format!("name one of {}, or write all of them with `--out DIR`", names.join(", "));
            console.fault("which schema?", &[&help]);
            return Ok(Exit::Faults);
        };
        console.print(kind.text().trim_end())?;
        return Ok(Exit::Done);
    };
    for kind in Kind::ALL.into_iter().filter(|all| kind.is_none_or(|kind| kind == *all)) {
        let path = dir.join(kind.file());
        write_atomic(&path, kind.text().as_bytes())?;
        console.note(&slashed(&path))?;
    }
    Ok(Exit::Done)
}
