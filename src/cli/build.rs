//! `build`: answers → documents, the main job.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::args::Build;
use super::asides::{tell_left_over, tell_no_run, tell_unasked};
use super::console::Console;
use super::exit::Exit;
use super::handover;
use super::look::{Dress, Wardrobe};
use super::opened::{Opened, Who, member, open};
use super::prepare::{count_refused, prepare};
use super::progress::Telling;
use super::reached::Reached;
use super::workspace::{PackFiles, lacks_rules};
use crate::answers::{FitOptions, Fitting, Kind, RawFile, choose_run, fit, read_session, tell_strange_words};
use crate::cohort::{
    ARCHIVE, Archive, FIELDS, Files, InOrder, MANIFEST, Made, MadeDocument, MadeWith, Making, Manifest,
    Namer, Outcome, PRINT, Pattern, Print, Source, in_order,
};
use crate::compose::{Audience, Running, Summed, Templates, all_words};
use crate::diag::{Diagnostics, did_you_mean};
use crate::export::handover::Action;
use crate::export::{SESSION_CALENDAR, session_calendar};
use crate::files::{Hash, Put, WorldError, Written, slashed};
use crate::kit::{Kit, Listing, Paper};
use crate::model::Session;
use crate::render::Format;
use crate::source::SourceId;
use crate::tally::{Options, Tally};

pub fn run(args: &Build, console: &mut Console<'_>) -> Result<Exit, WorldError> {
    if args.from.dry_run {
        let mut prepared = prepare(&args.from)?;
        let Some(everybody) = prepared.everybody(&args.from, console)? else { return Ok(Exit::Faults) };
        if args.whole {
            // Templates are not read in a dry run: mails are what a kit is asked for.
            let mut reached = Reached::with_mails(true);
            everybody.judged.iter().for_each(|judged| reached.add(&judged.respondent, console));
            reached.end(console)?;
        }
        return prepared.dry_run(&everybody, args.from.all, console);
    }
    let Opened { mut ground, pack_files, pack, who, named } = open(&args.from, console)?;
    let folder = args.templates.as_deref();
    let list = ground.templates(folder, pack_files.as_ref())?;
    let wardrobe = Wardrobe { templates: folder, brand: args.brand.as_deref(), pack: pack_files.as_ref() };
    let mut dress = Dress::find(&mut ground, &wardrobe)?;
    let session_file = args.session.as_deref().map(|path| ground.read(path)).transpose()?.flatten();
    let session: Option<Session> =
        session_file.and_then(|source| read_session(source, &ground.sources, &mut ground.faults));
    if let Some(session) = &session {
        dress.attach(SESSION_CALENDAR, session_calendar(session).into_bytes());
    }
    let runs = ground.runs_of_show(&ground.templates_folders(folder, pack_files.as_ref()))?;
    if let Some(pack) = &pack {
        tell_strange_words(&runs, &all_words(pack.pack()), &mut ground.faults);
    }
    let run = session.as_ref().and_then(|session| choose_run(session, &runs, &mut ground.faults));
    let templates =
        pack.as_ref().map(|pack| Templates::read(&list, pack.pack(), &ground.sources, &mut ground.faults));
    let (Some(pack), Some(templates)) = (&pack, &templates) else {
        // Without a pack the answers' own faults are still told: all at once.
        match &who {
            Who::One(file) => file.iter().for_each(|file| ground.faults.extend(file.all_faults())),
            Who::Cohort(streams) => {
                streams.iter().for_each(|stream| ground.faults.extend(stream.whole().faults.clone()));
            }
            Who::Members(_) => {}
        }
        console.diagnostics(&ground.faults, &ground.sources);
        return Ok(Exit::Faults);
    };

    let mut formats: Vec<Format> = args.format.iter().map(|format| format.format()).collect();
    formats.sort_unstable();
    formats.dedup();
    let wanted: BTreeSet<String> = args.document.iter().map(|name| name.trim().to_owned()).collect();
    let kit = Kit {
        pack,
        templates,
        look: dress.look(),
        session: session.as_ref(),
        running: run.map(|run| Running { run, file: &runs }),
        formats: &formats,
        whole: args.whole,
        wanted: (!wanted.is_empty()).then_some(&wanted),
        sources: &ground.sources,
    };
    let mut faults = ground.faults.clone();
    // A template that cannot be read makes no document, which needs no second telling.
    if !faults.has_errors() {
        faults.extend(kit.unmakeable(&list));
    }
    // Of one respondent there is no cohort: what is wrong with papers of the session can be told at once.
    if matches!(who, Who::One(_))
        && templates.are_ready()
        && let Err(found) = kit.for_session(None)
    {
        faults.extend(found);
    }
    let files: Vec<SourceId> = pack_files.iter().flat_map(|pack| pack.all_files()).collect();
    let made_with = MadeWith::new(
        pack.pack(),
        &files,
        &list,
        dress.hash(),
        session_file,
        args.from.as_of,
        &ground.sources,
    );
    if args.whole && kit.running.is_none() && !faults.has_errors() {
        tell_no_run(&kit, &runs, console)?;
    }
    if args.from.pack.is_none()
        && pack_files.as_ref().is_some_and(PackFiles::is_built_in)
        && lacks_rules(args.session.is_some())
    {
        let pack = &pack.pack().id;
        console.note(&format!("the built-in pack `{pack}` stands in, as there is no folder `rules` here"))?;
    }
    let build = Building { args, kit: &kit, made_with: &made_with };
    match who {
        Who::One(file) => {
            let mut one = None;
            if let Some(file) = &file {
                match member(file, pack.pack(), named.as_deref(), &ground) {
                    Ok(found) => one = found,
                    Err(found) => faults.extend(found),
                }
            }
            let mut one: std::vec::IntoIter<_> = one.into_iter().collect::<Vec<_>>().into_iter();
            build.go(&mut one, false, &faults, None, console)
        }
        Who::Members(list) => build.go(&mut list.into_iter(), true, &faults, None, console),
        Who::Cohort(mut streams) => {
            let whole: Vec<RawFile> = streams.iter().map(|stream| stream.whole().clone()).collect();
            let options = FitOptions { pack: named.as_deref() };
            let fittings: Vec<Fitting<'_>> =
                whole.iter().map(|file| fit(file, pack.pack(), options, &ground.sources)).collect();
            fittings.iter().for_each(|fitting| faults.extend(fitting.faults().clone()));
            let all = pack.pack().questions.len();
            for (file, fitting) in whole.iter().zip(&fittings) {
                tell_unasked(&ground.sources.get(file.source).name, fitting, all, console)?;
            }
            let tables_only = streams.iter().all(|stream| stream.kind() == Kind::Csv);
            let columns: Vec<&str> =
                fittings.iter().filter_map(Fitting::extra).flatten().chain(FIELDS).collect();
            let mut files = Files::new(streams.iter_mut().zip(&fittings).collect());
            build.go(&mut files, true, &faults, tables_only.then_some(&columns), console)
        }
    }
}

/// What is gathered of everybody for the whole kit.
#[derive(Default)]
struct Whole {
    listing: Listing,
    actions: Vec<Action>,
}

impl Whole {
    fn add(&mut self, made: &Made, actions: Vec<Action>) {
        let files = made.documents.iter().flat_map(|document| {
            let name = document.stem.rsplit('/').next().unwrap_or_default();
            document.files.iter().map(move |(path, _)| (name, path.as_str()))
        });
        self.listing.person(&made.name, files);
        self.actions.extend(actions);
    }

    fn list(&mut self, document: &MadeDocument, papers: &[Paper]) {
        let is_paper = papers.iter().any(|paper| paper.document == document.stem);
        for (path, _) in &document.files {
            match is_paper {
                true => self.listing.paper(&document.stem, path),
                false => self.listing.other(&document.stem, path),
            }
        }
    }
}

/// What a run is made of, once everything is read.
struct Building<'b> {
    args: &'b Build,
    kit: &'b Kit<'b>,
    made_with: &'b MadeWith,
}

impl Building<'_> {
    /// `columns` are the fields that a name may be made of, where they are known.
    fn go<'c>(
        &self,
        source: &mut dyn Source<'c>,
        cohort: bool,
        faults: &Diagnostics,
        columns: Option<&Vec<&str>>,
        console: &mut Console<'_>,
    ) -> Result<Exit, WorldError> {
        console.diagnostics(faults, self.kit.sources);
        let Some(pattern) = self.pattern(columns, console) else { return Ok(Exit::Faults) };
        if self.args.merge_pdf && !self.kit.formats.contains(&Format::Pdf) {
            console
                .fault("`--merge-pdf` puts PDFs together, and none are made", &["add `pdf` to `--format`"]);
            return Ok(Exit::Faults);
        }
        if faults.has_errors() {
            return Ok(Exit::Faults);
        }
        let args = self.args;
        let written = Written::open(&args.out)?;
        let mut manifest = Manifest::begin(&written, self.made_with)?;
        let mut archive = args.zip.then(|| Archive::begin(&written)).transpose()?;
        let mut print = args.merge_pdf.then(|| Print::begin(&written)).transpose()?;
        let making = Making {
            kit: self.kit,
            made_with: self.made_with,
            as_of: args.from.as_of,
            written: &written,
            force: args.force,
            resume: args.resume,
            order: Mutex::new(InOrder::new(Namer::new(pattern, self.own_files()))),
        };
        let out = slashed(&args.out);
        let count = source.count();
        let mut telling = Telling::new(
            &out,
            cohort,
            count,
            self.kit.sources,
            (self.kit.pack.pack(), args.from.all),
            console,
        );
        let mut tally = Tally::new(self.kit.pack.pack(), Vec::new(), false);
        let mut whole = Whole::default();
        let mut reached = Reached::new(self.kit);
        let mut failed = None;
        in_order(
            args.jobs().min(count.max(1)),
            || source.next().transpose(),
            |task, turn| making.make(task?(), turn),
            |done| {
                let told = done.and_then(|done| {
                    manifest.add(&done, self.kit.sources)?;
                    if let Outcome::Made(made) = &done.outcome {
                        if let Some((respondent, findings)) = &done.judged {
                            tally.add(respondent, findings);
                            if self.kit.whole {
                                whole.add(made, self.kit.actions(respondent, findings));
                                reached.add(respondent, telling.console());
                            }
                        }
                        for document in &made.documents {
                            archive.as_mut().map_or(Ok(()), |zip| zip.add(document, &written))?;
                        }
                        print.as_mut().map_or(Ok(()), |print| print.add(made, &written))?;
                    }
                    telling.tell(done, &written)
                });
                failed = told.err();
                failed.is_none()
            },
        );
        let summary = telling.end(failed.is_some());
        let (made, refused) = (summary.made, summary.refused);
        if let Some(error) = failed {
            return Err(error);
        }
        if !cohort && refused > 0 {
            drop(manifest);
            written.finish()?;
            return Ok(Exit::Faults);
        }
        if self.kit.whole && made > 0 {
            reached.end(console)?;
        }
        let together = tally.finish(&self.tally_options());
        let summed = together.as_ref().ok().map(|together| Summed { together, compared: None });
        if let Err(few) = &together {
            self.tell_few(&few.to_string(), console)?;
        }
        let papers = self.of_everybody(summed.as_ref(), console);
        let mut faulty = papers.is_none();
        let papers = papers.unwrap_or_default();
        let from = self.made_with.with(Hash::of(b""));
        let mut session = making.write("", &papers, from)?;
        if self.kit.whole && !faulty {
            session.extend(handover::put(std::mem::take(&mut whole.actions), &written, &out, console)?);
            session.extend(self.calendar(&written)?);
            session.iter().for_each(|document| whole.list(document, &papers));
            match self.kit.index(whole.listing, &papers, summed.as_ref()) {
                Ok(index) => session.extend(making.write("", &index, from)?),
                Err(found) => {
                    console.diagnostics(&found, self.kit.sources);
                    faulty = true;
                }
            }
        }
        // What was kept of everybody is not needed to end the record, which needs as much.
        drop(making);
        self.tell_session(&session, &out, console)?;
        summary.tell(&session, &out, console);
        if cohort && made > 0 && !self.kit.documents(Audience::Respondent).is_empty() {
            tell_left_over(&written, &out, console)?;
        }
        if let Some(zip) = &mut archive {
            session.iter().try_for_each(|document| zip.add(document, &written))?;
        }
        if let Some(print) = print
            && let Some(put) = print.finish(&self.title(), &written, args.force)?
        {
            tell_put(&put, PRINT, &out, console)?;
            session.push(MadeDocument {
                stem: "print".to_owned(),
                beside: false,
                files: put.files,
                undrawn: Vec::new(),
            });
        }
        if made > 0 || !session.is_empty() {
            let put = manifest.finish(&session, &written, args.force)?;
            if put.beside {
                tell_put(&put, MANIFEST, &out, console)?;
            }
            if let Some(mut zip) = archive {
                zip.file(&put.files[0].0, &written)?;
                tell_put(&zip.finish(&written, args.force)?, ARCHIVE, &out, console)?;
            }
        } else {
            drop((manifest, archive));
        }
        written.finish()?;
        self.tell_waiting(made, console)?;
        match count_refused(refused, made, console) {
            _ if faulty => Ok(Exit::Faults),
            exit => Ok(exit),
        }
    }

    fn tally_options(&self) -> Options {
        Options::of(self.kit.pack.pack(), self.args.min_group)
    }

    /// Says which documents of a cohort are not made, since there are too few respondents.
    fn tell_few(&self, few: &str, console: &mut Console<'_>) -> Result<(), WorldError> {
        let waiting = self.kit.documents(Audience::Cohort);
        let names: Vec<&str> = waiting.iter().map(|template| template.name.as_str()).collect();
        if names.is_empty() {
            return Ok(());
        }
        console.note(&format!("not made of {few}: {}", names.join(", ")))
    }

    /// The papers of the cohort and of the session, in this order; none where one of them has a fault, which is told.
    fn of_everybody(&self, summed: Option<&Summed<'_>>, console: &mut Console<'_>) -> Option<Vec<Paper>> {
        let mut faults = Diagnostics::default();
        let mut papers = Vec::new();
        let of_cohort = summed.map(|summed| self.kit.for_cohort(summed, self.args.from.as_of));
        for made in of_cohort.into_iter().chain([self.kit.for_session(summed)]) {
            match made {
                Ok(made) => {
                    made.iter().flat_map(|paper| paper.told.clone()).for_each(|found| faults.push(found));
                    papers.extend(made);
                }
                Err(found) => faults.extend(found),
            }
        }
        console.diagnostics(&faults, self.kit.sources);
        (!faults.has_errors()).then_some(papers)
    }

    /// The session's calendar file.
    fn calendar(&self, written: &Written) -> Result<Option<MadeDocument>, WorldError> {
        let Some(session) = self.kit.session else { return Ok(None) };
        let text = session_calendar(session);
        let (stem, ending) = SESSION_CALENDAR.split_once('.').unwrap_or((SESSION_CALENDAR, ""));
        let from = Hash::of(text.as_bytes());
        let put = written.write(stem, &[(ending, text.as_bytes())], from, self.args.force)?;
        Ok(Some(MadeDocument {
            stem: stem.to_owned(),
            beside: put.beside,
            files: put.files,
            undrawn: Vec::new(),
        }))
    }

    /// What the file to print calls itself.
    fn title(&self) -> String {
        let pack = self.kit.pack.pack();
        self.kit.session.map_or_else(|| pack.title.plain(), |session| session.title.clone())
    }

    /// How folders are named; none where that cannot be, which is told.
    fn pattern(&self, columns: Option<&Vec<&str>>, console: &mut Console<'_>) -> Option<Option<Pattern>> {
        let Some(text) = &self.args.name else { return Some(None) };
        let pattern = match Pattern::parse(text) {
            Ok(pattern) => pattern,
            Err(wrong) => {
                let help = "a pattern is such as `--name \"{respondent}\"` or `--name \"{team}/{name}\"`";
                console.fault(&wrong, &[help]);
                return None;
            }
        };
        if let Some(columns) = columns {
            let known = |field: &str| columns.iter().any(|name| name.to_lowercase() == field.to_lowercase());
            if let Some(field) = pattern.fields().find(|field| !known(field)) {
                let help = did_you_mean(field, columns.iter().copied())
                    .unwrap_or_else(|| format!("the fields are {}", columns.join(", ")));
                console.fault(&format!("nothing is called `{field}` that `--name` could use"), &[&help]);
                return None;
            }
        }
        Some(Some(pattern))
    }

    /// The names of the files that stand in the output folder itself.
    fn own_files(&self) -> Vec<String> {
        let papers = self
            .kit
            .templates
            .documents()
            .filter(|template| template.head.audience != Audience::Respondent)
            .flat_map(|template| {
                let ending = |format: Format| format!("{}.{}", template.name, format.extension());
                template.head.all_formats().map(ending).collect::<Vec<_>>()
            });
        let plans = ["xlsx", "csv", "md", "ics"].map(|ending| format!("{}.{ending}", handover::STEM));
        let others = [MANIFEST, ARCHIVE, PRINT, SESSION_CALENDAR].map(str::to_owned);
        papers.chain(others).chain(plans).collect()
    }

    fn tell_session(
        &self,
        documents: &[MadeDocument],
        out: &str,
        console: &mut Console<'_>,
    ) -> Result<(), WorldError> {
        documents.iter().try_for_each(|document| console.document(document, out, true))
    }

    fn tell_waiting(&self, made: usize, console: &mut Console<'_>) -> Result<(), WorldError> {
        if self.kit.session.is_some() || made == 0 {
            return Ok(());
        }
        let waiting = self.kit.documents(Audience::Session);
        let names: Vec<&str> = waiting.iter().map(|template| template.name.as_str()).collect();
        if names.is_empty() {
            return Ok(());
        }
        console.note(&format!("not made without `--session FILE`: {}", names.join(", ")))
    }
}

/// Says where a file of the whole run stands.
fn tell_put(put: &Put, name: &str, out: &str, console: &mut Console<'_>) -> Result<(), WorldError> {
    let place = &put.files[0].0;
    if put.beside {
        console.tell(&format!(
            "`{out}/{name}` is not of a run and stays as it is; this run's is `{out}/{place}` (`--force` overwrites)"
        ));
    }
    console.note(&format!("{out}/{place}"))
}
