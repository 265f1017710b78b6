//! What build, evaluate and explain begin with: answers read, the pack found and checked, respondents fitted.

use std::path::Path;

use super::args::From;
use super::console::Console;
use super::exit::Exit;
use super::forms::{self, Input};
use super::refusals::Refusals;
use super::workspace::{Ground, PackFiles};
use crate::answers::{self, FitOptions, Kind, Outcome, RawFile, ReadOptions, SeenIds, whom};
use crate::check::{Depth, SoundPack, check_to};
use crate::cohort::Member;
use crate::diag::{Code, Diagnostics, Severity, show_all};
use crate::engine::evaluate;
use crate::files::{Hash, WorldError, slashed};
use crate::import::Mapping;
use crate::kit::refusals;
use crate::model::{Findings, Respondent};
use crate::source::Span;

/// Answers and pack as read, with every fault found on the way.
pub struct Prepared {
    pub ground: Ground,
    pub pack_files: Option<PackFiles>,
    /// None where the pack has errors.
    pub pack: Option<SoundPack>,
    inputs: Vec<Input>,
    /// Whether the run's answers name the pack, so that a different one among them is a slip.
    pub named: Option<String>,
    /// Whether a fault of one respondent leaves the others be.
    pub cohort: bool,
    /// Columns that the command itself asks for: that they are neither question nor metric is no surprise.
    pub asked_for: Vec<String>,
}

/// A respondent who can be worked with.
pub struct Judged {
    pub respondent: Respondent,
    pub findings: Findings,
}

/// One who cannot, and why.
pub struct Refused {
    /// How the list calls them: id, file and place.
    pub name: String,
    /// The same without the file.
    brief: String,
    /// The place of the file among those of the run.
    file: usize,
    pub faults: Diagnostics,
}

/// Everybody, in the order of the files.
pub struct Everybody {
    pub judged: Vec<Judged>,
    pub refused: Vec<Refused>,
    /// How many of each file can be worked with.
    fitting: Vec<usize>,
}

/// Reads the answers, finds the pack and checks it. Faults are gathered, none is told yet.
pub fn prepare(from: &From) -> Result<Prepared, WorldError> {
    let mut ground = Ground::default();
    let options = ReadOptions { id_column: from.id.clone() };
    let mapping = forms::mapping(from, &mut ground)?;
    forms::may_write(from, &mut ground);
    let sheet = from.sheet.as_deref().or(mapping.as_ref().and_then(|mapping| mapping.sheet.as_deref()));
    let mut inputs = Vec::new();
    for path in &from.answers {
        inputs.extend(read_answers(path, &options, sheet, &mut ground)?);
    }
    prepare_inputs(from, ground, inputs, mapping.as_ref())
}

/// The same, where the answers were read already, and are no form's export.
pub fn prepare_files(from: &From, ground: Ground, files: Vec<RawFile>) -> Result<Prepared, WorldError> {
    prepare_inputs(from, ground, files.into_iter().map(Input::Plain).collect(), None)
}

fn prepare_inputs(
    from: &From,
    mut ground: Ground,
    inputs: Vec<Input>,
    mapping: Option<&Mapping>,
) -> Result<Prepared, WorldError> {
    let options = ReadOptions { id_column: from.id.clone() };
    let named = inputs.iter().filter_map(Input::raw).find_map(|file| file.pack().cloned());
    let asked = from.pack.as_deref().or(named.as_ref().map(|(name, _)| name.as_str()));
    let at = if from.pack.is_some() { None } else { named.as_ref().map(|(_, span)| *span) };
    let (pack_files, pack) = find_pack(&mut ground, asked, at)?;
    let cohort = from.answers.len() > 1 || inputs.iter().any(Input::is_cohort);
    let plain = |source, kind| answers::read(source, kind, &options, &ground.sources);
    let sound = pack.as_ref().map(SoundPack::pack);
    let inputs = forms::settle(inputs, sound, mapping, from, &plain);
    let named = if from.pack.is_some() { None } else { named.map(|(name, _)| name) };
    Ok(Prepared { ground, pack_files, pack, inputs, named, cohort, asked_for: Vec::new() })
}

/// The pack that is asked for, checked; it is none where it has errors, which are gathered.
pub fn find_pack(
    ground: &mut Ground,
    asked: Option<&str>,
    at: Option<Span>,
) -> Result<(Option<PackFiles>, Option<SoundPack>), WorldError> {
    let pack_files = ground.pack(asked, at)?;
    let mut pack = None;
    if let Some(found) = &pack_files {
        let checked = check_to(found.load(&ground.sources), None, Depth::Errors);
        let errors = checked.diagnostics.into_iter().filter(|fault| fault.severity == Severity::Error);
        errors.for_each(|fault| ground.faults.push(fault));
        pack = checked.pack;
    }
    Ok((pack_files, pack))
}

fn read_answers(
    path: &Path,
    options: &ReadOptions,
    sheet: Option<&str>,
    ground: &mut Ground,
) -> Result<Option<Input>, WorldError> {
    if forms::is_table(path) {
        return Ok(forms::read_table(path, sheet, ground)?.map(|table| Input::Table(Box::new(table))));
    }
    let kind = match Kind::of(&slashed(path)) {
        Ok(kind) => kind,
        Err(fault) => {
            ground.faults.push(fault);
            return Ok(None);
        }
    };
    let Some(source) = ground.read(path)? else { return Ok(None) };
    if matches!(kind, Kind::Json | Kind::JsonLines) {
        match forms::read_objects(source, kind == Kind::JsonLines, ground) {
            Ok(None) => {}
            Ok(table) => return Ok(table),
            Err(fault) => {
                ground.faults.push(fault);
                return Ok(None);
            }
        }
    }
    Ok(Some(Input::Plain(answers::read(source, kind, options, &ground.sources))))
}

impl Prepared {
    /// The only file of the run, where it is no form's export.
    pub fn only_plain(&self) -> Option<&RawFile> {
        match self.inputs.as_slice() {
            [Input::Plain(file)] => Some(file),
            _ => None,
        }
    }

    /// What the first table calls its column of ids.
    pub fn id_column(&self) -> Option<&str> {
        self.inputs.iter().filter_map(Input::raw).find_map(RawFile::id_column)
    }

    /// Whether nothing of any file could be read.
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Whether any file is a form's export.
    pub fn has_form(&self) -> bool {
        self.inputs.iter().any(|input| matches!(input, Input::Form(_)))
    }

    /// Everybody held against the pack, for a run that judges and writes one after the other. Faults of whole files join
    /// those of the run.
    pub fn members(&mut self, from: &From, console: &mut Console<'_>) -> Result<Vec<Member>, WorldError> {
        let Some(pack) = self.pack.as_ref().map(SoundPack::pack) else { return Ok(Vec::new()) };
        let mut members = Vec::new();
        let mut faults = Diagnostics::default();
        for input in &self.inputs {
            let Some(file) = input.raw() else { continue };
            let name = &self.ground.sources.get(file.source).name;
            let options = FitOptions { pack: self.named.as_deref() };
            let fitting = answers::fit(file, pack, options, &self.ground.sources);
            faults.extend(fitting.faults().clone());
            let first = members.len();
            for raw in &file.respondents {
                let respondent = match (fitting.outcome(raw), input) {
                    (Outcome::Fits(respondent), _) => Ok(respondent),
                    (Outcome::Refused(refusal), Input::Form(form)) => {
                        Err(forms::name_cells(form, refusal.faults))
                    }
                    (Outcome::Refused(refusal), _) => Err(refusal.faults),
                };
                members.push(Member {
                    id: raw.id.clone(),
                    file: name.clone(),
                    at: raw.at,
                    span: raw.span,
                    // What was read says all that the papers are made of.
                    input: Hash::of_parts([format!("{respondent:?}").as_bytes()]),
                    sources: None,
                    respondent,
                });
            }
            let Input::Form(form) = input else { continue };
            forms::tell(form, pack, &self.ground, console);
            if let Some(path) = from.write_mapping.as_deref().filter(|_| !self.ground.faults.has_errors()) {
                let refused = members[first..].iter().filter_map(|member| member.respondent.as_ref().err());
                let unread: Vec<Span> =
                    refused.flat_map(Diagnostics::iter).filter_map(|fault| fault.span).collect();
                forms::write(path, form, pack, &unread, console)?;
            }
        }
        self.ground.faults.extend(faults);
        Ok(members)
    }

    /// Everybody fitted and judged; none where the run cannot go on, which is told.
    pub fn everybody(
        &mut self,
        from: &From,
        console: &mut Console<'_>,
    ) -> Result<Option<Everybody>, WorldError> {
        let Some(pack) = &self.pack else {
            // Without a pack the answers' own faults are still told: all at once.
            for file in self.inputs.iter().filter_map(Input::raw) {
                self.ground.faults.extend(if self.cohort { file.faults.clone() } else { file.all_faults() });
            }
            console.diagnostics(&self.ground.faults, &self.ground.sources);
            return Ok(None);
        };
        let mut everybody =
            Everybody { judged: Vec::new(), refused: Vec::new(), fitting: vec![0; self.inputs.len()] };
        let mut seen = SeenIds::default();
        let mut faults = self.ground.faults.clone();
        for (at, input) in self.inputs.iter().enumerate() {
            let Some(file) = input.raw() else { continue };
            let options = FitOptions { pack: self.named.as_deref() };
            let fitting = answers::fit(file, pack.pack(), options, &self.ground.sources);
            faults.extend(fitting.faults().clone());
            for raw in &file.respondents {
                let place = format!("{}, {}", self.ground.sources.get(file.source).name, raw.at);
                let (name, brief) = (whom(raw.id.as_deref(), &place), whom(raw.id.as_deref(), raw.at));
                let mut refuse = |faults: Diagnostics| {
                    let faults = match input {
                        Input::Form(form) => forms::name_cells(form, faults),
                        _ => faults,
                    };
                    let (name, brief) = (name.clone(), brief.clone());
                    everybody.refused.push(Refused { name, brief, file: at, faults });
                };
                match fitting.outcome(raw) {
                    Outcome::Refused(refusal) => refuse(refusal.faults),
                    Outcome::Fits(respondent) => {
                        if let Err(twice) = seen.note(&respondent.id, raw.span, &self.ground.sources) {
                            let mut faults = Diagnostics::default();
                            faults.push(*twice);
                            refuse(faults);
                            continue;
                        }
                        match judge(pack, *respondent, from, raw.span) {
                            Ok(judged) => {
                                everybody.judged.push(judged);
                                everybody.fitting[at] += 1;
                            }
                            Err(faults) => refuse(faults),
                        }
                    }
                }
            }
        }
        faults.retain(|fault| {
            let of = |name: &String| fault.message.starts_with(&format!("`{name}` is neither "));
            fault.code != Code::ExtraColumn || !self.asked_for.iter().any(of)
        });
        let stops = faults.has_errors();
        if !self.cohort {
            everybody.refused.drain(..).for_each(|refused| faults.extend(refused.faults));
        }
        let stops = stops || faults.has_errors();
        let misled =
            faults.iter().any(|fault| fault.code == Code::Mapping && fault.severity == Severity::Error);
        console.diagnostics(&faults, &self.ground.sources);
        self.ground.faults = Diagnostics::default();
        // A mapping that cannot be read says nothing of the export yet, and would be shown as if it had.
        if !misled {
            // Below the screen stand the count of those refused, the mapping that was written, and the next prompt.
            let above = if faults.is_empty() {
                0
            } else {
                show_all(&faults, &self.ground.sources, false).lines().count() + 2
            };
            self.tell_forms(&everybody, from, (stops, above + 3), console)?;
        }
        Ok((!stops).then_some(everybody))
    }

    /// Says what was understood of form exports: all of it in a dry run, else a line; and writes it down where asked to.
    fn tell_forms(
        &self,
        everybody: &Everybody,
        from: &From,
        (stops, beside): (bool, usize),
        console: &mut Console<'_>,
    ) -> Result<(), WorldError> {
        let Some(pack) = self.pack.as_ref().map(SoundPack::pack) else { return Ok(()) };
        let mut written = false;
        for (at, input) in self.inputs.iter().enumerate() {
            let Input::Form(form) = input else { continue };
            let refused: Vec<(&str, &Diagnostics)> = everybody
                .refused
                .iter()
                .filter(|refused| refused.file == at)
                .map(|refused| (refused.name.as_str(), &refused.faults))
                .collect();
            if from.dry_run {
                let command = console.command.clone();
                let run = (from, command.as_str(), beside);
                let screen = forms::show(form, pack, everybody.fitting[at], &refused, &self.ground, run);
                console.text(&screen)?;
            } else if !stops {
                forms::tell(form, pack, &self.ground, console);
            }
            if let Some(path) = from.write_mapping.as_deref().filter(|_| !written) {
                let faults = refused.iter().flat_map(|(_, faults)| faults.iter());
                let unread: Vec<Span> = faults.filter_map(|fault| fault.span).collect();
                forms::write(path, form, pack, &unread, console)?;
                written = true;
            }
        }
        Ok(())
    }

    /// How a dry run ends: what was understood is shown already, and nothing is made.
    pub fn dry_run(
        &self,
        everybody: &Everybody,
        all: bool,
        console: &mut Console<'_>,
    ) -> Result<Exit, WorldError> {
        for (at, input) in self.inputs.iter().enumerate() {
            let Input::Plain(file) = input else { continue };
            let name = &self.ground.sources.get(file.source).name;
            let refused = everybody.refused.iter().filter(|refused| refused.file == at).count();
            console.print(&format!(
                "{name}: written for this program, not a form's export; {} fit the pack, {refused} refused",
                everybody.fitting[at]
            ))?;
        }
        // The screen of an export lists its refused rows already, a line each.
        let told = |refused: &&Refused| !matches!(self.inputs[refused.file], Input::Form(_));
        self.tell_each(everybody.refused.iter().filter(told), all, console);
        Ok(count_refused(everybody.refused.len(), everybody.judged.len(), console))
    }

    /// Lists those who were refused, and gives the exit that follows.
    pub fn tell_refused(&self, everybody: &Everybody, all: bool, console: &mut Console<'_>) -> Exit {
        self.tell_each(everybody.refused.iter(), all, console);
        count_refused(everybody.refused.len(), everybody.judged.len(), console)
    }

    fn tell_each<'r>(
        &self,
        refused: impl Iterator<Item = &'r Refused>,
        all: bool,
        console: &mut Console<'_>,
    ) {
        let Some(pack) = &self.pack else { return };
        let mut refusals = Refusals::new(pack.pack().names(), all);
        for Refused { name, brief, faults, .. } in refused {
            refusals.add((name, brief), faults, false, &self.ground.sources, console);
        }
        refusals.end(console);
    }
}

/// Says how many were refused, and gives the exit that follows.
pub fn count_refused(refused: usize, judged: usize, console: &mut Console<'_>) -> Exit {
    if refused == 0 {
        return Exit::Done;
    }
    let were = if refused == 1 { "was" } else { "were" };
    let all = refused + judged;
    let noun = if all == 1 { "respondent" } else { "respondents" };
    console.tell(&format!("{refused} of {all} {noun} {were} refused"));
    if judged == 0 { Exit::Faults } else { Exit::SomeRefused }
}

fn judge(pack: &SoundPack, respondent: Respondent, from: &From, at: Span) -> Result<Judged, Diagnostics> {
    let findings = evaluate(pack, &respondent, from.as_of);
    let faults = refusals(pack.pack(), &findings, at);
    if faults.has_errors() { Err(faults) } else { Ok(Judged { respondent, findings }) }
}
