//! What build, evaluate and explain begin with: answers read, the pack found and checked, respondents fitted.

use std::path::Path;

use super::args::From;
use super::console::Console;
use super::exit::Exit;
use super::workspace::{Ground, PackFiles};
use crate::answers::{self, FitOptions, Kind, Outcome, RawFile, ReadOptions, SeenIds};
use crate::check::{Depth, SoundPack, check_to};
use crate::diag::{Diagnostics, Severity};
use crate::engine::evaluate;
use crate::files::{WorldError, slashed};
use crate::kit::refusals;
use crate::model::{Findings, Respondent};
use crate::source::{Sources, Span};

/// Answers and pack as read, with every fault found on the way.
pub struct Prepared {
    pub ground: Ground,
    /// None where the pack has errors.
    pub pack: Option<SoundPack>,
    pub files: Vec<RawFile>,
    /// Whether the run's answers name the pack, so that a different one among them is a slip.
    pub named: Option<String>,
    /// Whether a fault of one respondent leaves the others be.
    pub cohort: bool,
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
    pub faults: Diagnostics,
}

/// Everybody, in the order of the files.
pub struct Everybody {
    pub judged: Vec<Judged>,
    pub refused: Vec<Refused>,
}

/// Reads the answers, finds the pack and checks it. Faults are gathered, none is told yet.
pub fn prepare(from: &From) -> Result<Prepared, WorldError> {
    let mut ground = Ground::default();
    let options = ReadOptions { id_column: from.id.clone() };
    let mut files = Vec::new();
    for path in &from.answers {
        files.extend(read_answers(path, &options, &mut ground)?);
    }
    prepare_files(from, ground, files)
}

/// The same, where the answers were read already.
pub fn prepare_files(from: &From, mut ground: Ground, files: Vec<RawFile>) -> Result<Prepared, WorldError> {
    let named = files.iter().find_map(|file: &RawFile| file.pack().cloned());
    let asked = from.pack.as_deref().or(named.as_ref().map(|(name, _)| name.as_str()));
    let at = if from.pack.is_some() { None } else { named.as_ref().map(|(_, span)| *span) };
    let (_, pack) = find_pack(&mut ground, asked, at)?;
    let cohort = from.answers.len() > 1 || files.iter().any(|file| file.kind.is_cohort());
    let named = if from.pack.is_some() { None } else { named.map(|(name, _)| name) };
    Ok(Prepared { ground, pack, files, named, cohort })
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
    ground: &mut Ground,
) -> Result<Option<RawFile>, WorldError> {
    let kind = match Kind::of(&slashed(path)) {
        Ok(kind) => kind,
        Err(fault) => {
            ground.faults.push(fault);
            return Ok(None);
        }
    };
    let Some(source) = ground.read(path)? else { return Ok(None) };
    Ok(Some(answers::read(source, kind, options, &ground.sources)))
}

impl Prepared {
    /// What the first table calls its column of ids.
    pub fn id_column(&self) -> Option<&str> {
        self.files.iter().find_map(RawFile::id_column)
    }

    /// Everybody fitted and judged; none where the run cannot go on, which is told.
    pub fn everybody(&mut self, from: &From, console: &mut Console<'_>) -> Option<Everybody> {
        let Some(pack) = &self.pack else {
            // Without a pack the answers' own faults are still told: all at once.
            for file in &self.files {
                self.ground.faults.extend(if self.cohort { file.faults.clone() } else { file.all_faults() });
            }
            console.diagnostics(&self.ground.faults, &self.ground.sources);
            return None;
        };
        let mut everybody = Everybody { judged: Vec::new(), refused: Vec::new() };
        let mut seen = SeenIds::default();
        let mut faults = self.ground.faults.clone();
        for file in &self.files {
            let options = FitOptions { pack: self.named.as_deref() };
            let fitting = answers::fit(file, pack.pack(), options, &self.ground.sources);
            faults.extend(fitting.faults().clone());
            for raw in &file.respondents {
                let place = format!("{}, {}", self.ground.sources.get(file.source).name, raw.at);
                let name = raw.id.as_ref().map_or_else(|| place.clone(), |id| format!("{id} ({place})"));
                let mut refuse =
                    |faults: Diagnostics| everybody.refused.push(Refused { name: name.clone(), faults });
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
                            Ok(judged) => everybody.judged.push(judged),
                            Err(faults) => refuse(faults),
                        }
                    }
                }
            }
        }
        let stops = faults.has_errors();
        if !self.cohort {
            everybody.refused.drain(..).for_each(|refused| faults.extend(refused.faults));
        }
        let stops = stops || faults.has_errors();
        console.diagnostics(&faults, &self.ground.sources);
        self.ground.faults = Diagnostics::default();
        if stops {
            return None;
        }
        Some(everybody)
    }

    /// Lists those who were refused, and gives the exit that follows.
    pub fn tell_refused(&self, everybody: &Everybody, console: &mut Console<'_>) -> Exit {
        for refused in &everybody.refused {
            list_refused(&refused.name, &refused.faults, &self.ground.sources, console);
        }
        count_refused(everybody.refused.len(), everybody.judged.len(), console)
    }
}

/// Tells one who was refused, with all reasons.
pub fn list_refused(name: &str, faults: &Diagnostics, sources: &Sources, console: &mut Console<'_>) {
    console.tell(&format!("refused: {name}"));
    for fault in faults.iter() {
        console.diagnostic(fault, sources);
    }
    console.tell("");
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
