//! `test`: the pack's own tests.

use super::args::{Test, TestFormat};
use super::check::asked_packs;
use super::console::Console;
use super::exit::Exit;
use super::workspace::{Ground, PackFiles};
use crate::check::{Checked, SoundPack, check};
use crate::compose::Templates;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::files::WorldError;
use crate::prove::{self, Proof, Suite};
use crate::wording::count;

pub fn run(args: &Test, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut exit = Exit::Done;
    let mut suites = Vec::new();
    for name in asked_packs(args.pack.as_deref())? {
        let mut ground = Ground::default();
        let Some(files) = ground.pack(Some(&name), None)? else {
            console.diagnostics(&ground.faults, &ground.sources);
            exit = Exit::Faults;
            continue;
        };
        let one = one(args, &mut ground, &files, &mut suites, console)?;
        exit = worse(exit, one);
    }
    if args.format == TestFormat::Junit {
        console.print(&prove::junit(&suites))?;
    }
    Ok(exit)
}

/// A pack that has faults weighs more than a test that failed.
fn worse(a: Exit, b: Exit) -> Exit {
    [Exit::Faults, Exit::TestFailed].into_iter().find(|exit| [a, b].contains(exit)).unwrap_or(Exit::Done)
}

/// What the tests of one pack need, read and found sound.
struct Ready {
    pack: SoundPack,
    suite: Suite,
    templates: Templates,
}

fn one(
    args: &Test,
    ground: &mut Ground,
    files: &PackFiles,
    suites: &mut Vec<String>,
    console: &mut Console<'_>,
) -> Result<Exit, WorldError> {
    let Some(ready) = ready(args, ground, files)? else {
        console.diagnostics(&ground.faults, &ground.sources);
        return Ok(Exit::Faults);
    };
    let suite = match &args.filter {
        Some(name) => ready.suite.clone().filtered(name),
        None => ready.suite.clone(),
    };
    let judged_with =
        prove::Ground { pack: &ready.pack, templates: Some(&ready.templates), sources: &ground.sources };
    let proof = prove::run(&suite, judged_with);
    if proof.faults.has_errors() {
        console.diagnostics(&proof.faults, &ground.sources);
        return Ok(Exit::Faults);
    }
    match args.format {
        TestFormat::Human => human(&files.name, &suite, &proof, ground, console)?,
        TestFormat::Junit => suites.push(prove::junit_suite(&files.name, &suite, &proof, &ground.sources)),
        TestFormat::Json => {
            let told = prove::json(&files.name, ready.pack.pack(), &suite, &proof, &ground.sources);
            console.print(&told.to_string())?;
        }
    }
    Ok(if proof.misses().next().is_some() { Exit::TestFailed } else { Exit::Done })
}

/// The pack, its tests and its templates; none where one of them has errors, which are told.
fn ready(args: &Test, ground: &mut Ground, files: &PackFiles) -> Result<Option<Ready>, WorldError> {
    let Checked { pack, diagnostics, tests, .. } = check(files.load(&ground.sources), None);
    ground.faults.extend(errors(diagnostics));
    let Some(pack) = pack else { return Ok(None) };
    let (suite, faults) = prove::read(&tests, pack.pack(), &ground.sources);
    ground.faults.extend(faults);
    let list = ground.templates(args.templates.as_deref(), Some(files))?;
    let mut faults = Diagnostics::default();
    let templates = Templates::read(&list, pack.pack(), &ground.sources, &mut faults);
    ground.faults.extend(errors(faults));
    Ok((!ground.faults.has_errors()).then_some(Ready { pack, suite, templates }))
}

/// Warnings are told by `check`.
fn errors(diagnostics: Diagnostics) -> Diagnostics {
    let mut out = diagnostics;
    out.retain(|diagnostic| diagnostic.severity == Severity::Error);
    out
}

fn human(
    name: &str,
    suite: &Suite,
    proof: &Proof,
    ground: &Ground,
    console: &mut Console<'_>,
) -> Result<(), WorldError> {
    let mut told = Diagnostics::default();
    for (ran, miss) in proof.misses() {
        let test = &suite.tests[ran.test];
        let row = test.cases[ran.case].row.map_or_else(String::new, |row| format!(", row {row}"));
        let message = format!("`{}`{row}: {}", test.name, miss.found);
        let mut fault = Diagnostic::error(Code::TestFailed, miss.span, message)
            .label(format!("expected {}", miss.expected));
        for because in &miss.because {
            fault = fault.help(because.clone());
        }
        told.push(fault);
    }
    console.diagnostics(&told, &ground.sources);
    let failed = (0..suite.tests.len()).filter(|&test| !proof.passed(test)).count();
    let cases = suite.tests.iter().map(|test| test.cases.len()).sum();
    let all = format!("{}, {}", count(suite.tests.len(), "test", "tests"), count(cases, "case", "cases"));
    console.note(&match failed {
        0 => format!("{name}: {all}, all passed"),
        failed => format!("{name}: {all}, {failed} failed"),
    })
}
