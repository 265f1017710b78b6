//! A pack that a command works with itself, without answers that would name it.

use super::console::Console;
use super::workspace::Ground;
use crate::check::{Depth, SoundPack, check_to};
use crate::diag::Severity;
use crate::files::WorldError;

/// The pack without errors; else they are told.
pub fn sound(
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
