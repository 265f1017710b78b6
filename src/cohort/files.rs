//! A cohort that stands in answers files.

use super::member::{Member, Source, Task};
use crate::answers::{Fitting, Outcome, Stream, Taken};
use crate::files::{Hash, WorldError};

/// The respondents of answers files, one file after the other.
pub struct Files<'c> {
    /// Each file with what holds for all of it.
    list: Vec<(&'c mut Stream, &'c Fitting<'c>)>,
    at: usize,
    count: usize,
}

impl<'c> Files<'c> {
    pub fn new(list: Vec<(&'c mut Stream, &'c Fitting<'c>)>) -> Files<'c> {
        let count = list.iter().map(|(stream, _)| stream.len()).sum();
        Files { list, at: 0, count }
    }
}

impl<'c> Source<'c> for Files<'c> {
    fn count(&self) -> usize {
        self.count
    }

    fn next(&mut self) -> Result<Option<Task<'c>>, WorldError> {
        while let Some((stream, fitting)) = self.list.get_mut(self.at) {
            if let Some(taken) = stream.take()? {
                let (name, fitting) = (stream.name().to_owned(), *fitting);
                return Ok(Some(Box::new(move || member(name, fitting, taken))));
            }
            self.at += 1;
        }
        Ok(None)
    }
}

fn member(file: String, fitting: &Fitting<'_>, taken: Taken) -> Member {
    let Taken { sources, file: raw } = taken;
    let input = Hash::of_parts(sources.iter().map(|(_, source)| source.text.as_bytes()));
    let own = &raw.respondents[0];
    let (id, at, span) = (own.id.clone(), own.at, own.span);
    let respondent = match fitting.part(&raw, &sources).outcome(own) {
        Outcome::Fits(respondent) => Ok(respondent),
        Outcome::Refused(refusal) => Err(refusal.faults),
    };
    Member { id, file, at, span, input, sources: Some(sources), respondent }
}
