//! `build`: answers → documents, the main job.

use std::collections::BTreeSet;

use super::args::Build;
use super::console::Console;
use super::exit::Exit;
use super::prepare::{Everybody, Judged, Prepared, prepare};
use crate::answers::read_session;
use crate::compose::{Audience, Templates};
use crate::diag::Diagnostics;
use crate::files::{Decision, SafeNames, WorldError, Written, slashed};
use crate::kit::{Kit, Paper};
use crate::model::{Problem, Session};
use crate::render::{Format, Look};

pub fn run(args: &Build, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    let mut prepared = prepare(&args.from)?;
    let folder = args.templates.as_deref();
    let list = prepared.ground.templates(folder, prepared.pack_files.as_ref())?;
    let (page, style) =
        (prepared.ground.look(folder, "page.html")?, prepared.ground.look(folder, "theme.css")?);
    let session = session(args, &mut prepared)?;
    let templates = templates(&list, &mut prepared);
    let Some(everybody) = prepared.everybody(&args.from, console) else { return Ok(Exit::Faults) };
    let (Some(pack), Some(templates)) = (&prepared.pack, &templates) else { return Ok(Exit::Faults) };

    let mut formats: Vec<Format> = args.format.iter().map(|format| format.format()).collect();
    formats.sort_unstable();
    formats.dedup();
    let wanted: BTreeSet<String> = args.document.iter().map(|name| name.trim().to_owned()).collect();
    let kit = Kit {
        pack,
        templates,
        look: Look { page: &page, style: &style },
        session: session.as_ref(),
        formats: &formats,
        wanted: (!wanted.is_empty()).then_some(&wanted),
        sources: &prepared.ground.sources,
    };
    let mut faults = kit.unmakeable(&list);
    // Every template is filled before anything is written: its faults are the run's, not one respondent's.
    for judged in &everybody.judged {
        faults.extend(kit.try_respondent(&judged.respondent, &judged.findings));
    }
    let session_papers = kit.for_session().unwrap_or_else(|found| {
        faults.extend(found);
        Vec::new()
    });
    if faults.has_errors() {
        console.diagnostics(&faults, &prepared.ground.sources);
        return Ok(Exit::Faults);
    }
    let mut writer =
        Writer { out: slashed(&args.out), written: Written::load(&args.out)?, force: args.force };
    let done = write_all(&kit, &everybody, &mut writer, console)
        .and_then(|fault| writer.write("", &session_papers, console).map(|()| fault));
    // What was written is recorded even where the disk failed half-way.
    let saved = writer.save();
    if let Some(faults) = done? {
        console.diagnostics(&faults, &prepared.ground.sources);
        return Ok(Exit::Faults);
    }
    saved?;
    if session.is_none() && !everybody.judged.is_empty() {
        let waiting = kit.documents(Audience::Session);
        if !waiting.is_empty() {
            let names: Vec<&str> = waiting.iter().map(|template| template.name.as_str()).collect();
            console.note(&format!("not made without `--session FILE`: {}", names.join(", ")))?;
        }
    }
    Ok(prepared.tell_refused(&everybody, console))
}

fn session(args: &Build, prepared: &mut Prepared) -> Result<Option<Session>, WorldError> {
    let Some(path) = &args.session else { return Ok(None) };
    let Some(source) = prepared.ground.read(path)? else { return Ok(None) };
    let ground = &mut prepared.ground;
    Ok(read_session(source, &ground.sources, &mut ground.faults))
}

fn templates(list: &[(String, crate::source::SourceId)], prepared: &mut Prepared) -> Option<Templates> {
    let pack = prepared.pack.as_ref()?;
    let ground = &mut prepared.ground;
    Some(Templates::read(list, pack.pack(), &ground.sources, &mut ground.faults))
}

/// Makes and writes everybody's papers. Gives the faults where a document cannot be set.
fn write_all(
    kit: &Kit<'_>,
    everybody: &Everybody,
    writer: &mut Writer,
    console: &mut Console<'_>,
) -> Result<Option<Diagnostics>, WorldError> {
    let mut names = SafeNames::default();
    for judged in &everybody.judged {
        let folder = names.unique(&judged.respondent.id);
        match kit.for_respondent(&judged.respondent, &judged.findings) {
            Ok(papers) => {
                tell_problems(judged, console);
                writer.write(&folder, &papers, console)?;
            }
            Err(faults) => return Ok(Some(faults)),
        }
    }
    Ok(None)
}

fn tell_problems(judged: &Judged, console: &mut Console<'_>) {
    for Problem { code, at, message } in &judged.findings.problems {
        console.warning(code, &format!("{}: {at}: {message}", judged.respondent.id));
    }
}

/// How many characters a warning shows.
const SHOWN_CHARACTERS: usize = 20;

/// Puts papers into the output folder and says where.
struct Writer {
    out: String,
    written: Written,
    force: bool,
}

impl Writer {
    /// Keeps the record, unless nothing was ever written.
    fn save(&self) -> Result<(), WorldError> {
        if self.written.is_empty() { Ok(()) } else { self.written.save() }
    }

    fn write(&mut self, folder: &str, papers: &[Paper], console: &mut Console<'_>) -> Result<(), WorldError> {
        let mut documents: Vec<&str> = papers.iter().map(|paper| paper.document.as_str()).collect();
        documents.dedup();
        for document in documents {
            let files: Vec<(&str, &[u8])> = papers
                .iter()
                .filter(|paper| paper.document == document)
                .map(|paper| (paper.format.extension(), paper.bytes.as_slice()))
                .collect();
            let stem = if folder.is_empty() { document.to_owned() } else { format!("{folder}/{document}") };
            let (places, decision) = self.written.write(&stem, &files, self.force)?;
            if decision == Decision::Beside {
                console.tell(&format!(
                    "`{}/{stem}` was edited by hand and stays as it is; what was made stands beside it (`--force` overwrites)",
                    self.out
                ));
            }
            let undrawn =
                papers.iter().filter(|paper| paper.document == document).flat_map(|paper| &paper.undrawn);
            let undrawn: String = undrawn.take(SHOWN_CHARACTERS).collect();
            if !undrawn.is_empty() {
                console.tell(&format!(
                    "warning: the fonts of the PDF lack {undrawn}: boxes stand for these in `{}/{stem}.pdf`",
                    self.out
                ));
            }
            for place in places {
                console.note(&format!("{}/{place}", self.out))?;
            }
        }
        Ok(())
    }
}
