//! One member of a cohort, from what was typed to papers on the disk.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use super::made_with::MadeWith;
use super::member::Member;
use super::names::{Named, Namer, Renamed};
use super::order::Turn;
use crate::answers::{Place, duplicate_of, same_as};
use crate::compose::Audience;
use crate::diag::{Diagnostic, Diagnostics};
use crate::engine::evaluate;
use crate::files::{Hash, WorldError, Written};
use crate::kit::{Kit, Paper, refusals};
use crate::model::{Findings, Problem, Respondent};
use crate::source::Sources;

/// What everybody of a run is made with. Shared by all threads.
pub struct Making<'a> {
    pub kit: &'a Kit<'a>,
    pub made_with: &'a MadeWith,
    pub as_of: Option<Date>,
    pub written: &'a Written,
    /// Overwrite what was edited by hand.
    pub force: bool,
    /// Leave what is there already, made from the same.
    pub resume: bool,
    pub order: Mutex<InOrder>,
}

/// What may not depend on which thread is faster.
pub struct InOrder {
    pub namer: Namer,
    /// Where each id was seen first: its file among those of the run, and the place in it.
    seen: HashMap<[u8; 16], (u32, u32)>,
    files: Vec<String>,
}

/// What became of a member.
pub struct Done {
    pub id: Option<String>,
    /// The file, as messages call it, and where in it.
    pub file: String,
    pub at: Place,
    /// How lists call them.
    pub label: String,
    pub input: Hash,
    pub outcome: Outcome,
    /// Whose papers these are, and what was found: for what everybody comes to together. None for whoever is refused.
    pub judged: Option<(Box<Respondent>, Findings)>,
}

pub enum Outcome {
    Made(Made),
    Refused {
        faults: Diagnostics,
        /// What the faults point into; the texts of the run where there is none.
        sources: Option<Sources>,
        /// Whether a template brought it about, which may do so to many.
        of_template: bool,
    },
}

/// A respondent whose papers are there.
pub struct Made {
    pub name: String,
    pub named: Named,
    /// Hash of everything that the papers are made from.
    pub from: Hash,
    pub problems: Vec<Problem>,
    pub documents: Vec<MadeDocument>,
    /// What is to be told of them, at its place in a template.
    pub told: Vec<Diagnostic>,
    /// Whether all of it was there already.
    pub kept: bool,
}

/// A document in all its formats.
pub struct MadeDocument {
    /// Path in the output folder, without an ending.
    pub stem: String,
    /// Whether it stands beside one that was edited by hand.
    pub beside: bool,
    pub files: Vec<(String, Hash)>,
    /// Characters that the fonts of the PDF lack.
    pub undrawn: Vec<char>,
}

impl InOrder {
    pub fn new(namer: Namer) -> InOrder {
        InOrder { namer, seen: HashMap::new(), files: Vec::new() }
    }

    /// The fault of an id that somebody had before.
    fn twice(&mut self, member: &Member) -> Option<Diagnostics> {
        let id = member.id.as_ref()?;
        let file = match self.files.iter().rposition(|file| *file == member.file) {
            Some(at) => at,
            None => {
                self.files.push(member.file.clone());
                self.files.len() - 1
            }
        };
        let own = (file as u32, packed(member.at));
        let key = Hash::of(id.as_bytes()).half();
        let exact = self.seen.get(&key).copied();
        // An e-mail address in another case is the same person in another file; in one file that is settled where it is read.
        let folded = match same_as(id) {
            Cow::Owned(folded) => Some(Hash::of_parts([b"any case", folded.as_bytes()]).half()),
            Cow::Borrowed(_) => None,
        };
        let other = folded.and_then(|key| self.seen.get(&key)).filter(|(first, _)| *first != own.0);
        let Some((first_file, first)) = exact.or(other.copied()) else {
            self.seen.insert(key, own);
            folded.map(|key| self.seen.entry(key).or_insert(own));
            return None;
        };
        let mut faults = Diagnostics::default();
        let other = Some(self.files[first_file as usize].as_str()).filter(|_| first_file != file as u32);
        faults.push(duplicate_of(id, member.span, other, unpacked(first)));
        Some(faults)
    }
}

/// A place in few bytes, since one is kept for everybody: 0 for a whole file, else three times the number, and what it is a number of.
fn packed(at: Place) -> u32 {
    match at {
        Place::File => 0,
        Place::Row(row) => row as u32 * 3,
        Place::Line(line) => line as u32 * 3 + 1,
        Place::Record(record) => record as u32 * 3 + 2,
    }
}

fn unpacked(at: u32) -> Place {
    match (at / 3, at % 3) {
        (0, 0) => Place::File,
        (row, 0) => Place::Row(row as usize),
        (line, 1) => Place::Line(line as usize),
        (record, _) => Place::Record(record as usize),
    }
}

impl Making<'_> {
    /// Judges a member, names it in its turn, makes and writes its papers.
    ///
    /// # Errors
    /// Only where the world fails: whoever cannot be worked with is refused.
    pub fn make(&self, member: Member, turn: Turn<'_>) -> Result<Done, WorldError> {
        let label = member.label();
        let judged = match &member.respondent {
            Ok(respondent) => {
                let findings = evaluate(self.kit.pack, respondent, self.as_of);
                let faults = refusals(self.kit.pack.pack(), &findings, member.span);
                if faults.has_errors() { Err(faults) } else { Ok((respondent, findings)) }
            }
            Err(faults) => Err(faults.clone()),
        };
        let named = turn.take(|| {
            let mut order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
            let twice = order.twice(&member);
            let (respondent, findings) = judged?;
            match twice {
                Some(faults) => Err(faults),
                None => Ok((order.namer.name(respondent, member.at), respondent, findings)),
            }
        });
        let done = |outcome, member: Member, findings: Option<Findings>| Done {
            id: member.id,
            file: member.file,
            at: member.at,
            label,
            input: member.input,
            outcome,
            judged: member.respondent.ok().zip(findings),
        };
        let (named, respondent, findings) = match named {
            Ok(named) => named,
            Err(faults) => {
                let mut member = member;
                let sources = member.sources.take();
                return Ok(done(Outcome::Refused { faults, sources, of_template: false }, member, None));
            }
        };
        let from = self.made_with.with(member.input);
        let problems = findings.problems.clone();
        let made = |named, documents, told, kept| {
            Outcome::Made(Made {
                name: respondent.name.clone(),
                named,
                from,
                problems,
                documents,
                told,
                kept,
            })
        };
        if self.resume
            && let Some(documents) = self.there_already(&named.folder, from)?
        {
            let outcome = made(named, documents, Vec::new(), true);
            return Ok(done(outcome, member, Some(findings)));
        }
        let papers = match self.kit.for_respondent(respondent, &findings) {
            Ok(papers) => papers,
            Err(faults) => {
                let refused = Outcome::Refused { faults, sources: None, of_template: true };
                return Ok(done(refused, member, None));
            }
        };
        let documents = self.write(&named.folder, &papers, from)?;
        let told = papers.into_iter().flat_map(|paper| paper.told).collect();
        let outcome = made(named, documents, told, false);
        Ok(done(outcome, member, Some(findings)))
    }

    /// Writes papers into a folder of the output folder, or into itself.
    pub fn write(&self, folder: &str, papers: &[Paper], from: Hash) -> Result<Vec<MadeDocument>, WorldError> {
        let mut names: Vec<&str> = papers.iter().map(|paper| paper.document.as_str()).collect();
        names.dedup();
        let mut documents = Vec::new();
        for name in names {
            let own = || papers.iter().filter(|paper| paper.document == name);
            let files: Vec<(&str, &[u8])> =
                own().map(|paper| (paper.format.extension(), paper.bytes.as_slice())).collect();
            let stem = stem(folder, name);
            let put = self.written.write(&stem, &files, from, self.force)?;
            let undrawn = own().flat_map(|paper| paper.undrawn.clone()).collect();
            documents.push(MadeDocument { stem, beside: put.beside, files: put.files, undrawn });
        }
        Ok(documents)
    }

    /// The documents of a respondent, where all of them are there and made from the same.
    fn there_already(&self, folder: &str, from: Hash) -> Result<Option<Vec<MadeDocument>>, WorldError> {
        let mut documents = Vec::new();
        for template in self.kit.documents(Audience::Respondent) {
            let stem = stem(folder, &template.name);
            let mut files = Vec::new();
            for format in self.kit.formats_of(template) {
                let path = format!("{stem}.{}", format.extension());
                match self.written.current(&path, from)? {
                    Some(hash) => files.push((path, hash)),
                    None => return Ok(None),
                }
            }
            documents.push(MadeDocument { stem, beside: false, files, undrawn: Vec::new() });
        }
        Ok(Some(documents))
    }
}

impl Made {
    /// How a list says under which other name it goes, and why.
    pub fn renamed(&self) -> Option<(&str, Renamed)> {
        self.named.renamed.as_ref().map(|(asked, why)| (asked.as_str(), *why))
    }
}

fn stem(folder: &str, document: &str) -> String {
    if folder.is_empty() { document.to_owned() } else { format!("{folder}/{document}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_kept_in_few_bytes() {
        for at in [
            Place::File,
            Place::Row(1),
            Place::Row(70_000),
            Place::Line(1),
            Place::Line(9),
            Place::Record(1),
            Place::Record(3),
        ] {
            assert_eq!(unpacked(packed(at)), at);
        }
    }
}
