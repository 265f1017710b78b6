//! What `build` begins with: the answers opened, the pack found and checked.

use std::path::Path;

use super::args::From;
use super::console::Console;
use super::forms;
use super::prepare::{Prepared, find_pack, prepare};
use super::workspace::{Ground, PackFiles};
use crate::answers::{self, FitOptions, Kind, Outcome, RawFile, ReadOptions, Stream, fit, too_large};
use crate::check::SoundPack;
use crate::cohort::Member;
use crate::diag::Diagnostics;
use crate::files::{Hash, ReadError, Stretches, WorldError, slashed};
use crate::model::Pack;
use crate::source::Span;

/// Answers that are opened and a pack that is read, with every fault found on the way.
pub struct Opened {
    pub ground: Ground,
    pub pack_files: Option<PackFiles>,
    /// None where the pack has errors.
    pub pack: Option<SoundPack>,
    pub who: Who,
    /// The name by which the answers chose the pack.
    pub named: Option<String>,
}

/// For whom papers are made.
pub enum Who {
    /// One respondent, whose faults are the run's; none where there is no such file.
    One(Option<RawFile>),
    Cohort(Vec<Stream>),
    /// Those of form exports, which are read as a whole.
    Members(Vec<Member>),
}

pub fn open(from: &From, console: &mut Console<'_>) -> Result<Opened, WorldError> {
    if forms::may_be_export(from)? {
        let mut prepared = prepare(from)?;
        if prepared.has_form()
            || prepared.is_empty()
            || from.answers.iter().any(|path| forms::is_export(path))
        {
            let who = Who::Members(prepared.members(from, console)?);
            let Prepared { ground, pack_files, pack, named, .. } = prepared;
            return Ok(Opened { ground, pack_files, pack, who, named });
        }
    }
    let mut ground = Ground::default();
    let options = ReadOptions { id_column: from.id.clone() };
    let mut files: Vec<(&Path, Kind)> = Vec::new();
    for path in &from.answers {
        match Kind::of(&slashed(path)) {
            Ok(kind) => files.push((path, kind)),
            Err(fault) => ground.faults.push(fault),
        }
    }
    let cohort = from.answers.len() > 1 || files.iter().any(|(_, kind)| kind.is_cohort());
    let mut named: Option<(String, Span)> = None;
    let who = if cohort {
        let mut streams = Vec::new();
        for (path, kind) in files {
            let Some(mut stream) = open_stream(path, kind, &options, &mut ground)? else { continue };
            if from.pack.is_none() && named.is_none() {
                named = stream.pack(&mut ground.sources)?;
            }
            streams.push(stream);
        }
        Who::Cohort(streams)
    } else {
        let mut one = None;
        if let Some((path, kind)) = files.first()
            && let Some(source) = ground.read(path)?
        {
            one = Some(answers::read(source, *kind, &options, &ground.sources));
        }
        named = one.as_ref().and_then(|file| file.pack().cloned());
        Who::One(one)
    };
    let (asked, at) = match (&from.pack, &named) {
        (Some(name), _) => (Some(name.as_str()), None),
        (None, Some((name, span))) => (Some(name.as_str()), Some(*span)),
        (None, None) => (None, None),
    };
    let (pack_files, pack) = find_pack(&mut ground, asked, at)?;
    let named = if from.pack.is_some() { None } else { named.map(|(name, _)| name) };
    Ok(Opened { ground, pack_files, pack, who, named })
}

fn open_stream(
    path: &Path,
    kind: Kind,
    options: &ReadOptions,
    ground: &mut Ground,
) -> Result<Option<Stream>, WorldError> {
    let name = slashed(path);
    match Stretches::open(path) {
        Ok(file) => Stream::open(&name, kind, file, options, &mut ground.sources).map(Some),
        Err(ReadError::World(error)) => Err(error),
        Err(ReadError::TooLarge { limit }) => {
            ground.faults.push(too_large(&name, limit));
            Ok(None)
        }
        Err(ReadError::NotUtf8 { .. }) => Ok(None),
    }
}

/// The one respondent of a file, held against the pack.
pub fn member(
    file: &RawFile,
    pack: &Pack,
    named: Option<&str>,
    ground: &Ground,
) -> Result<Option<Member>, Diagnostics> {
    let fitting = fit(file, pack, FitOptions { pack: named }, &ground.sources);
    let Some(raw) = file.respondents.first() else { return Ok(None) };
    match fitting.outcome(raw) {
        Outcome::Refused(refusal) => Err(refusal.faults),
        Outcome::Fits(respondent) => {
            let source = ground.sources.get(file.source);
            Ok(Some(Member {
                id: raw.id.clone(),
                file: source.name.clone(),
                at: raw.at,
                span: raw.span,
                input: Hash::of_parts([source.text.as_bytes()]),
                sources: None,
                respondent: Ok(respondent),
            }))
        }
    }
}
