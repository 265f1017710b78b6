//! `test --generate`: the tests that a pack lacks, proposed into a file of their own.

use std::path::Path;

use super::console::Console;
use super::exit::Exit;
use super::workspace::{Ground, PackFiles, TESTS};
use crate::check::{Checked, check};
use crate::diag::Severity;
use crate::files::{WorldError, create_folder, slashed, write_atomic};
use crate::prove::{self, Proposals, Unkept};
use crate::source::SourceId;
use crate::wording::count;

/// The file of proposals, in the folder of a pack's own tests.
const FILE: &str = "generated.yaml";

pub fn generate(
    ground: &mut Ground,
    mut files: PackFiles,
    console: &mut Console<'_>,
) -> Result<Exit, WorldError> {
    let path = files.folder.as_ref().map(|folder| folder.join(TESTS).join(FILE));
    let present = path.as_deref().and_then(|path| source(ground, &files, path));
    if let Some(present) = present {
        match prove::proposed_file(&Proposals::default(), Some((present, &ground.sources))) {
            // Old proposals may speak of rules that are no more: nothing of them stays, so nothing of them is judged.
            Ok(kept) if kept == nothing() => files.files.retain(|id| *id != present),
            Ok(_) => {}
            Err(why) => {
                unkept(&ground.sources.get(present).name, &why, console);
                return Ok(Exit::Faults);
            }
        }
    }
    let Checked { pack, mut diagnostics, tests, .. } = check(files.load(&ground.sources), None);
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
    ground.faults.extend(diagnostics);
    let Some(pack) = pack else {
        console.diagnostics(&ground.faults, &ground.sources);
        return Ok(Exit::Faults);
    };
    let (suite, faults) = prove::read(&tests, pack.pack(), &ground.sources);
    ground.faults.extend(faults);
    if ground.faults.has_errors() {
        console.diagnostics(&ground.faults, &ground.sources);
        return Ok(Exit::Faults);
    }
    let proposals = prove::propose(&pack, &suite);
    let text = match prove::proposed_file(&proposals, present.map(|id| (id, &ground.sources))) {
        Ok(text) => text,
        Err(why) => {
            unkept(FILE, &why, console);
            return Ok(Exit::Faults);
        }
    };
    let Some(path) = path else {
        console.text(&text)?;
        return Ok(Exit::Done);
    };
    let all = format!(
        "{} with {}",
        count(proposals.tests.len(), "test", "tests"),
        count(proposals.cases, "case", "cases")
    );
    let name = slashed(&path);
    if present.is_none() && proposals.tests.is_empty() {
        console.note(&format!("{}: nothing to propose, the tests show all of it", files.name))?;
    } else if present.is_some_and(|id| *ground.sources.get(id).text == *text) {
        console.note(&format!("{name} proposes {all}, as before"))?;
    } else {
        if let Some(folder) = path.parent() {
            create_folder(folder)?;
        }
        write_atomic(&path, text.as_bytes())?;
        console.note(&format!("wrote {name}: it proposes {all}"))?;
    }
    Ok(Exit::Done)
}

fn nothing() -> String {
    prove::proposed_file(&Proposals::default(), None).unwrap_or_default()
}

fn source(ground: &Ground, files: &PackFiles, path: &Path) -> Option<SourceId> {
    let name = slashed(path);
    files.files.iter().copied().find(|id| ground.sources.get(*id).name == name)
}

fn unkept(name: &str, why: &Unkept, console: &mut Console<'_>) {
    let message = match why {
        Unkept::Key(key) => format!("`{name}` holds `{key}`, and would be written anew"),
        Unkept::Shape => format!("`{name}` holds what is no list of tests, one under the other"),
    };
    console.fault(&message, &["move what is yours into another file, such as `tests/own.yaml`"]);
}
