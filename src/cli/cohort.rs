//! `cohort`: what everybody comes to together, on the screen and on paper.

mod benchmark;
mod screen;

use std::collections::BTreeSet;

use super::args::{Cohort, CohortFormat};
use super::console::Console;
use super::exit::Exit;
use super::look::{Dress, Wardrobe};
use super::prepare::prepare;
use crate::answers::read_session;
use crate::cohort::{MadeDocument, MadeWith};
use crate::compose::{Audience, Summed, Templates, for_cohort};
use crate::diag::Diagnostics;
use crate::export;
use crate::files::{Hash, WorldError, Written, slashed};
use crate::kit::{Kit, Paper};
use crate::render::Format;
use crate::source::SourceId;
use crate::tally::{By, Options, Tally};

pub fn run(args: &Cohort, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let formats: BTreeSet<Format> = args.format.iter().filter_map(|format| format.format()).collect();
    let formats: Vec<Format> = formats.into_iter().collect();
    let for_programs = args.format.contains(&CohortFormat::Json);
    if for_programs && !formats.is_empty() {
        console.fault(
            "`json` is printed, and stands alone",
            &["run it once with `--format json`, once without"],
        );
        return Ok(Exit::Faults);
    }
    let mut prepared = prepare(&args.from)?;
    // A cohort of one respondent is a cohort that is too small.
    prepared.cohort = true;
    prepared.asked_for = args.by.iter().map(|name| name.trim().to_owned()).collect();
    let folder = args.templates.as_deref();
    let list = prepared.ground.templates(folder, prepared.pack_files.as_ref())?;
    let pack_files = prepared.pack_files.take();
    let wardrobe = Wardrobe { templates: folder, brand: args.brand.as_deref(), pack: pack_files.as_ref() };
    let dress = Dress::find(&mut prepared.ground, &wardrobe)?;
    let session_file = args.session.as_deref().map(|path| prepared.ground.read(path)).transpose()?.flatten();
    let ground = &mut prepared.ground;
    let session = session_file.and_then(|source| read_session(source, &ground.sources, &mut ground.faults));
    let templates = prepared
        .pack
        .as_ref()
        .map(|pack| Templates::read(&list, pack.pack(), &ground.sources, &mut ground.faults));
    let benchmark = benchmark::read(args, ground)?;
    let Some(everybody) = prepared.everybody(&args.from, console)? else { return Ok(Exit::Faults) };
    if args.from.dry_run {
        return prepared.dry_run(&everybody, args.from.all, console);
    }
    let (Some(sound), Some(templates)) = (&prepared.pack, &templates) else { return Ok(Exit::Faults) };
    let pack = sound.pack();
    let mut cuts = Vec::new();
    for name in &args.by {
        match By::named(name.trim(), pack) {
            Ok(by) if cuts.contains(&by) => {}
            Ok(by) => cuts.push(by),
            Err((message, help)) => {
                console.fault(&message, &[&help]);
                return Ok(Exit::Faults);
            }
        }
    }
    let wanted: BTreeSet<String> = args.document.iter().map(|name| name.trim().to_owned()).collect();
    let kit = Kit {
        pack: sound,
        templates,
        look: dress.look(),
        session: session.as_ref(),
        running: None,
        formats: &formats,
        whole: true,
        wanted: (!wanted.is_empty()).then_some(&wanted),
        sources: &prepared.ground.sources,
    };
    if !for_programs && !makeable(&kit, &list, console) {
        return Ok(Exit::Faults);
    }
    let exit = prepared.tell_refused(&everybody, args.from.all, console);
    let mut tally = Tally::new(pack, cuts, args.names);
    everybody.judged.iter().for_each(|judged| tally.add(&judged.respondent, &judged.findings));
    let faults = if tally.people() == 0 { Vec::new() } else { tally.faults() };
    if !faults.is_empty() {
        faults.iter().for_each(|(message, help)| console.fault(message, &[help]));
        return Ok(Exit::Faults);
    }
    let options = Options { group_size: args.group_size.into(), ..Options::of(pack, args.min_group) };
    let together = match tally.finish(&options) {
        Ok(together) => together,
        Err(few) => {
            let help = "wait for more answers; `--min-group N` lowers the bar, which gives single answers away to everybody who reads the report";
            console.fault(&format!("too few to sum up: {few}"), &[help]);
            return Ok(Exit::Faults);
        }
    };
    let compared = match benchmark.map(|benchmark| benchmark.compare(pack, &together)).transpose() {
        Ok(compared) => compared,
        Err(faults) => {
            console.diagnostics(&faults, &prepared.ground.sources);
            return Ok(Exit::Faults);
        }
    };
    let Ok(kept) = benchmark::of(args, pack, &together, session.as_ref(), console) else {
        return Ok(Exit::Faults);
    };
    if let Some(compared) = &compared {
        benchmark::tell_near(compared, &together, console);
    }
    let summed = Summed { together: &together, compared: compared.as_ref() };
    if for_programs {
        console.print(&export::cohort(pack, &together, compared.as_ref()))?;
    } else {
        let papers = match kit.for_cohort(&summed, args.from.as_of) {
            Ok(papers) => papers,
            Err(faults) => {
                console.diagnostics(&faults, &prepared.ground.sources);
                return Ok(Exit::Faults);
            }
        };
        let mut told = Diagnostics::default();
        papers.iter().flat_map(|paper| paper.told.clone()).for_each(|found| told.push(found));
        console.diagnostics(&told, &prepared.ground.sources);
        let seen = for_cohort(pack, &summed, args.from.as_of, session.as_ref());
        console.text(&screen::screen(&seen))?;
        let files: Vec<SourceId> = pack_files.iter().flat_map(|pack| pack.all_files()).collect();
        let sources = &prepared.ground.sources;
        let made_with =
            MadeWith::new(pack, &files, &list, dress.hash(), session_file, args.from.as_of, sources);
        write(args, &papers, made_with.with(Hash::of(b"")), console)?;
    }
    if let Some(kept) = kept {
        benchmark::save(args, &kept, console)?;
    }
    Ok(exit)
}

/// Whether there is a document to make, and each that was asked for is one of a cohort; if not, that is told.
fn makeable(kit: &Kit<'_>, list: &[(String, SourceId)], console: &mut Console<'_>) -> bool {
    let faults = kit.unmakeable(list);
    console.diagnostics(&faults, kit.sources);
    if faults.has_errors() {
        return false;
    }
    let own =
        |name: &String| kit.templates.get(name).is_some_and(|one| one.head.audience == Audience::Cohort);
    if let Some(other) = kit.wanted.into_iter().flatten().find(|name| !own(name)) {
        let message = format!("the document `{other}` is not one of a whole cohort");
        console.fault(
            &message,
            &["`kitwright build` makes it; `kitwright documents` lists what is made for whom"],
        );
        return false;
    }
    if kit.documents(Audience::Cohort).is_empty() {
        console.fault(
            "no template makes a document for a cohort",
            &["begin one with `for: cohort` in its front matter"],
        );
        return false;
    }
    true
}

fn write(args: &Cohort, papers: &[Paper], from: Hash, console: &mut Console<'_>) -> Result<(), WorldError> {
    let written = Written::open(&args.out)?;
    let out = slashed(&args.out);
    let mut names: Vec<&str> = papers.iter().map(|paper| paper.document.as_str()).collect();
    names.dedup();
    console.note("")?;
    for name in names {
        let own = || papers.iter().filter(|paper| paper.document == name);
        let files: Vec<(&str, &[u8])> =
            own().map(|paper| (paper.format.extension(), paper.bytes.as_slice())).collect();
        let put = written.write(name, &files, from, args.force)?;
        let document = MadeDocument {
            stem: name.to_owned(),
            beside: put.beside,
            files: put.files,
            undrawn: own().flat_map(|paper| paper.undrawn.clone()).collect(),
        };
        console.document(&document, &out, true)?;
    }
    written.finish()
}
