//! One file of CSV or JSON lines, read piece by piece: a cohort of any size takes the memory of a few rows.

use super::{format, heading, wanted};
use crate::answers::{self, FitOptions, Kind, ReadOptions};
use crate::bulk::{self, Form, Opened, Ordinary, Plan, Told};
use crate::cli::args::{DataFormat, Evaluate};
use crate::cli::console::Console;
use crate::cli::exit::Exit;
use crate::cli::forms;
use crate::cli::prepare::{count_refused, prepare_files};
use crate::cli::refusals::Refusals;
use crate::cli::workspace::Ground;
use crate::export::Column;
use crate::files::{WorldError, slashed};

/// None where the answers must be read as a whole: then nothing was told yet.
pub fn run(args: &Evaluate, console: &mut Console<'_>) -> Result<Option<Exit>, WorldError> {
    let [path] = args.from.answers.as_slice() else { return Ok(None) };
    if args.from.dry_run || args.from.mapping.is_some() || args.from.write_mapping.is_some() {
        return Ok(None);
    }
    let name = slashed(path);
    let Ok(kind) = Kind::of(&name) else { return Ok(None) };
    let Some(Opened { stream, start, head, sample }) = bulk::open(path, kind)? else { return Ok(None) };
    let options = ReadOptions { id_column: args.from.id.clone() };
    let mut ground = Ground::default();
    let source = ground.sources.add(name.as_str(), &sample);
    let file = answers::read(source, kind, &options, &ground.sources);
    let prepared = prepare_files(&args.from, ground, vec![file])?;
    let (Some(pack), Some(file)) = (&prepared.pack, prepared.only_plain()) else { return Ok(None) };
    if !forms::is_plain_text(source, kind, pack.pack(), &prepared.ground) {
        return Ok(None);
    }
    if prepared.ground.faults.has_errors() || (kind == Kind::JsonLines && !names_pack(args, &prepared.named))
    {
        return Ok(None);
    }
    let named = prepared.named.as_deref();
    let fitting = answers::fit(file, pack.pack(), FitOptions { pack: named }, &prepared.ground.sources);
    if fitting.faults().has_errors() || (kind == Kind::Csv && fitting.meanings().is_none()) {
        return Ok(None);
    }
    let (form, mut waiting) = match format(args) {
        DataFormat::Jsonl => (Form::Lines, String::new()),
        DataFormat::Json => (Form::Array, "[".to_owned()),
        DataFormat::Csv => {
            let Some(wanted) = wanted(args, pack.pack(), console) else { return Ok(Some(Exit::Faults)) };
            let heading = heading(&wanted, &prepared) + "\n";
            (Form::Csv(wanted.into_iter().map(|(_, column)| column).collect()), heading)
        }
    };
    let columns: &[Column] = if let Form::Csv(columns) = &form { columns } else { &[] };
    let plan = match form {
        Form::Csv(_) => Plan::new(pack.pack(), &fitting, args.from.as_of, columns),
        Form::Lines | Form::Array => None,
    };
    let as_of = args.from.as_of;
    let ordinary = Ordinary { pack, fitting: &fitting, name, kind, head, options, as_of, form: form.clone() };
    let jobs = match args.jobs {
        Some(jobs) => usize::from(jobs),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    };
    let mut faults = prepared.ground.faults.clone();
    faults.extend(fitting.faults().clone());
    let mut told_faults = false;
    let mut begun = false;
    let mut refusals = Refusals::new(pack.pack().names(), args.from.all);
    let ran = bulk::run(&ordinary, plan.as_ref(), stream, start, jobs, &mut |told| {
        if !std::mem::replace(&mut told_faults, true) {
            console.diagnostics(&faults, &prepared.ground.sources);
        }
        match told {
            Told::Refused(refused) => refusals.add(
                (&refused.name, &refused.brief),
                &refused.faults,
                false,
                &refused.sources,
                console,
            ),
            Told::Lines(lines) if form == Form::Array => {
                for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                    let before = if begun { ",\n" } else { waiting.as_str() };
                    console.lines(before.as_bytes())?;
                    console.lines(line)?;
                    begun = true;
                }
                waiting.clear();
            }
            Told::Lines(lines) => {
                console.lines(std::mem::take(&mut waiting).as_bytes())?;
                console.lines(lines)?;
            }
        }
        Ok(())
    });
    refusals.end(console);
    let end = ran?;
    if end.judged + end.refused == 0 && end.fault.is_none() {
        // Nobody stands there, which the ordinary way tells.
        return Ok(None);
    }
    console.lines(waiting.as_bytes())?;
    if form == Form::Array {
        console.lines(b"]\n")?;
    }
    if let Some((fault, sources)) = end.fault {
        let mut faults = crate::diag::Diagnostics::default();
        faults.push(fault);
        console.diagnostics(&faults, &sources);
        return Ok(Some(Exit::Faults));
    }
    Ok(Some(count_refused(end.refused, end.judged, console)))
}

/// Whether the pack is known before all lines are read: any of them may name one.
fn names_pack(args: &Evaluate, named: &Option<String>) -> bool {
    args.from.pack.is_some() || named.is_some()
}
