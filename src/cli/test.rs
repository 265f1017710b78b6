//! `test`: the pack's own tests.

use super::args::{Test, TestFormat};
use super::check::asked_packs;
use super::console::Console;
use super::exit::Exit;
use super::propose::generate;
use super::workspace::{Ground, PackFiles, rewrite};
use crate::check::{Checked, SoundPack, check};
use crate::compose::Templates;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, did_you_mean};
use crate::files::WorldError;
use crate::model::Pack;
use crate::prove::{self, Coverage, Mutation, Proof, Suite};
use crate::source::Sources;
use crate::wording::count;

pub fn run(args: &Test, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut exit = Exit::Done;
    let mut suites = Vec::new();
    let (mut ran_any, mut passed_over) = (false, Vec::new());
    for name in asked_packs(args.pack.as_deref())? {
        let mut ground = Ground::default();
        let Some(files) = ground.pack(Some(&name), None)? else {
            console.diagnostics(&ground.faults, &ground.sources);
            exit = Exit::Faults;
            continue;
        };
        if args.generate {
            exit = worse(exit, generate(&mut ground, files, console)?);
            continue;
        }
        let mut files = files;
        if args.update {
            match update(args, &mut ground, &files, console)? {
                Changed::No => {}
                Changed::Yes => {
                    ground = Ground::default();
                    let Some(again) = ground.pack(Some(&name), None)? else { continue };
                    files = again;
                }
                Changed::Cannot => {
                    exit = Exit::Faults;
                    continue;
                }
            }
        }
        let met = (&mut ran_any, &mut passed_over);
        let one = one(args, &mut ground, &files, &mut suites, met, console)?;
        exit = worse(exit, one);
    }
    if let (Some(name), false, Exit::Done, false) = (&args.filter, ran_any, exit, args.generate) {
        let near = did_you_mean(name, passed_over.iter().map(String::as_str));
        let help = near.unwrap_or_else(|| match passed_over.first() {
            Some(first) => format!("the first test is called `{first}`"),
            None => "there are no tests".to_owned(),
        });
        console.fault(&format!("no test has `{name}` in its name"), &[&help]);
        return Ok(Exit::Faults);
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

impl Ready {
    /// The tests that are asked for.
    fn suite(&self, args: &Test) -> Suite {
        match &args.filter {
            Some(name) => self.suite.clone().filtered(name),
            None => self.suite.clone(),
        }
    }

    fn ground<'a>(&'a self, sources: &'a Sources) -> prove::Ground<'a> {
        prove::Ground { pack: &self.pack, templates: Some(&self.templates), sources }
    }
}

/// Whether the files of tests were written anew.
enum Changed {
    No,
    Yes,
    /// They are built in, which was told.
    Cannot,
}

/// Writes what is found in the place of what failing tests expect. Faults of the pack are left for the run that follows.
fn update(
    args: &Test,
    ground: &mut Ground,
    files: &PackFiles,
    console: &mut Console<'_>,
) -> Result<Changed, WorldError> {
    if files.folder.is_none() {
        let message = format!("the tests of the {} pack cannot be changed", files.name);
        console.fault(&message, &["make a copy of your own with `kitwright new my-workshop`"]);
        return Ok(Changed::Cannot);
    }
    let mut tried = ground.clone();
    let Some(ready) = ready(args, &mut tried, files)? else { return Ok(Changed::No) };
    let suite = ready.suite(args);
    let proof = prove::run(&suite, ready.ground(&tried.sources));
    let prove::Update { texts, told } = prove::update(&suite, &proof, &files.files, &tried.sources);
    for (id, text) in &texts {
        rewrite(&tried.sources.get(*id).name, text)?;
    }
    for updated in &told {
        console.note(&format!("updated: {}: `{}` to `{}`", updated.place, updated.before, updated.after))?;
    }
    Ok(if texts.is_empty() { Changed::No } else { Changed::Yes })
}

fn one(
    args: &Test,
    ground: &mut Ground,
    files: &PackFiles,
    suites: &mut Vec<String>,
    (ran_any, passed_over): (&mut bool, &mut Vec<String>),
    console: &mut Console<'_>,
) -> Result<Exit, WorldError> {
    let Some(ready) = ready(args, ground, files)? else {
        console.diagnostics(&ground.faults, &ground.sources);
        return Ok(Exit::Faults);
    };
    let suite = ready.suite(args);
    if args.filter.is_some() && suite.tests.is_empty() {
        passed_over.extend(ready.suite.tests.iter().map(|test| test.name.clone()));
        return Ok(Exit::Done);
    }
    *ran_any = true;
    let judged_with = ready.ground(&ground.sources);
    let proof = prove::run(&suite, judged_with);
    if proof.faults.has_errors() {
        console.diagnostics(&proof.faults, &ground.sources);
        return Ok(Exit::Faults);
    }
    let covered = covers(args, &suite).then(|| prove::cover(ready.pack.pack(), &suite, &proof, None));
    // Of a test that fails anyway nobody can say what it would notice.
    let passed = proof.misses().next().is_none();
    let mutation = (args.mutate && passed).then(|| prove::mutate(&suite, judged_with));
    let ran =
        Ran { name: &files.name, suite: &suite, proof: &proof, covered, mutation, pack: ready.pack.pack() };
    let warned = match args.format {
        TestFormat::Human => human(args, &ran, ground, console)?,
        TestFormat::Junit => {
            let coverage = ran.covered.iter().map(|covered| ("coverage", prove::coverage_line(covered)));
            let mutation = ran.mutation.iter().map(|mutation| ("mutation", prove::mutation_line(mutation)));
            let properties: Vec<_> = coverage.chain(mutation).collect();
            suites.push(prove::junit_suite(ran.name, &suite, &proof, &ground.sources, &properties));
            ran.has_gaps()
        }
        TestFormat::Json => {
            let mut told = prove::json(ran.name, ran.pack, &suite, &proof, &ground.sources);
            if let Some(covered) = &ran.covered {
                told["coverage"] = prove::coverage_json(covered, ran.pack, &ground.sources);
            }
            if let Some(mutation) = &ran.mutation {
                told["mutation"] = prove::mutation_json(mutation, ran.pack, &ground.sources);
            }
            console.print(&told.to_string())?;
            ran.has_gaps()
        }
    };
    Ok(match proof.misses().next() {
        Some(_) => Exit::TestFailed,
        None if args.strict && warned => Exit::Faults,
        None => Exit::Done,
    })
}

/// Some of the tests show nothing about all of the pack, and a pack that has none has not begun.
fn covers(args: &Test, suite: &Suite) -> bool {
    let begun = suite.tests.iter().any(|test| !test.generated);
    args.coverage || args.strict || (args.filter.is_none() && begun)
}

/// What became of the tests of one pack.
struct Ran<'a> {
    name: &'a str,
    pack: &'a Pack,
    suite: &'a Suite,
    proof: &'a Proof,
    covered: Option<Coverage>,
    mutation: Option<Mutation>,
}

impl Ran<'_> {
    fn has_gaps(&self) -> bool {
        self.covered.as_ref().is_some_and(|covered| !covered.is_whole())
            || self.mutation.as_ref().is_some_and(|mutation| !mutation.survivors.is_empty())
    }
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

/// Warnings about coverage that are told without being asked for, where no test failed: more would bury everything else.
const FEW: usize = 12;

/// True where there is something to be warned of.
fn human(args: &Test, ran: &Ran<'_>, ground: &Ground, console: &mut Console<'_>) -> Result<bool, WorldError> {
    let (suite, proof) = (ran.suite, ran.proof);
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
    let gaps = ran.covered.as_ref().map(|covered| prove::gaps(covered, ran.pack)).unwrap_or_default();
    let asked = args.coverage || args.strict;
    let untold = if asked || (told.is_empty() && gaps.len() <= FEW) { 0 } else { gaps.len() };
    if untold == 0 {
        gaps.into_iter().for_each(|gap| told.push(gap));
    }
    if let Some(mutation) = &ran.mutation {
        prove::survivors(mutation, ran.pack).into_iter().for_each(|survivor| told.push(survivor));
    }
    let quiet = console.quiet;
    // Under `--strict` warnings are errors, which a quiet run tells.
    console.quiet &= !args.strict;
    console.diagnostics(&told, &ground.sources);
    console.quiet = quiet;
    let failed = (0..suite.tests.len()).filter(|&test| !proof.passed(test)).count();
    let cases = suite.tests.iter().map(|test| test.cases.len()).sum();
    let proposed = suite.tests.iter().filter(|test| test.generated).count();
    let proposed = match proposed {
        0 => String::new(),
        all if all == suite.tests.len() => {
            " (all proposed and not yet accepted: they reach and notice nothing)".to_owned()
        }
        some => format!(" ({some} of them proposed and not yet accepted: they reach and notice nothing)"),
    };
    let all =
        format!("{}{proposed}, {}", count(suite.tests.len(), "test", "tests"), count(cases, "case", "cases"));
    console.note(&match failed {
        0 => format!("{}: {all}, all passed", ran.name),
        failed => format!("{}: {all}, {failed} failed", ran.name),
    })?;
    if let Some(covered) = &ran.covered {
        console.note(&prove::coverage_line(covered))?;
    }
    if untold > 0 {
        let rules = ran.covered.as_ref().map_or(0, |covered| covered.rules.len());
        let lines = untold - rules;
        let all = [
            (rules > 0).then(|| format!("{} without a test on either side", count(rules, "rule", "rules"))),
            (lines > 0).then(|| format!("{} with an outcome never seen", count(lines, "line", "lines"))),
        ];
        let all: Vec<String> = all.into_iter().flatten().collect();
        console.note(&format!("{}: `--coverage` tells where", all.join(" and ")))?;
    }
    match &ran.mutation {
        Some(mutation) => console.note(&prove::mutation_line(mutation))?,
        None if args.mutate => console.note("mutation: not measured, since not every test passes")?,
        None => {}
    }
    Ok(ran.has_gaps())
}
