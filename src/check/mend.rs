//! Mends that a program may make: those that messages carry, again and again until nothing changes.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::{Checked, Depth, check_to};
use crate::diag::{Code, Diagnostic};
use crate::pack::{load_over, mended_id};
use crate::source::{SourceId, Sources, Span, edited};

/// Mends in a row that are tried; each shows at most what the one before it hid.
const ROUNDS: usize = 50;
/// Faults of shape that a mend must not bring about.
const SHAPE: [Code; 4] = [Code::Syntax, Code::Tab, Code::DuplicateKey, Code::DuplicateId];

/// What became of the files of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// The new texts of the files that changed.
    pub texts: BTreeMap<SourceId, String>,
    /// What was mended: the file, the line and column at which it stood by then, the code and the message.
    pub told: Vec<Mend>,
}

/// One thing that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    pub source: SourceId,
    pub place: String,
    pub code: Code,
    pub message: String,
}

/// Applies every mend that messages about these files carry. `bases` are the files of the packs that they build on,
/// the nearest first, which stay as they are; `today` is as for [`check`](super::check).
///
/// A mend that would hurt the shape of its file is taken back, and that file left as it was before it.
pub fn mend(files: &[SourceId], bases: &[Vec<SourceId>], sources: &Sources, today: Option<Date>) -> Mended {
    let mut out = Mended::default();
    let mut texts: Vec<String> = files.iter().map(|id| sources.get(*id).text.to_string()).collect();
    let mut before = Round::of(files, bases, sources, &texts, today);
    let mut frozen = vec![false; files.len()];
    for _ in 0..ROUNDS {
        let mut next = texts.clone();
        let mut told: Vec<(usize, Mend)> = Vec::new();
        for place in (0..files.len()).filter(|place| !frozen[*place]) {
            let chosen = before.chosen(place);
            for mended in &chosen {
                let place_told = before.sources.place(mended.span);
                told.push((
                    place,
                    Mend {
                        source: files[place],
                        place: place_told,
                        code: mended.code,
                        message: mended.message.clone(),
                    },
                ));
            }
            let edits: Vec<(Range<usize>, String)> = chosen.into_iter().flat_map(|one| one.edits).collect();
            next[place] = edited(&texts[place], edits);
        }
        if told.is_empty() {
            break;
        }
        let mut after = Round::of(files, bases, sources, &next, today);
        let mut taken_back = false;
        for place in 0..files.len() {
            let grown = next[place].len() > most_bytes(&sources.get(files[place]).text);
            if next[place] != texts[place] && (grown || after.worse_than(&before, place)) {
                next[place] = texts[place].clone();
                frozen[place] = true;
                taken_back = true;
            }
        }
        if taken_back {
            after = Round::of(files, bases, sources, &next, today);
        }
        out.told.extend(told.into_iter().filter(|(place, _)| !frozen[*place]).map(|(_, mended)| mended));
        texts = next;
        before = after;
    }
    for (id, text) in files.iter().zip(texts) {
        if text != *sources.get(*id).text {
            out.texts.insert(*id, text);
        }
    }
    out
}

/// How far a file may grow: a mend that does not take, made again and again, would fill the memory.
fn most_bytes(text: &str) -> usize {
    2 * text.len() + 10_000
}

/// A mend that was chosen, its edits in bytes of the file.
struct Chosen {
    span: Span,
    code: Code,
    message: String,
    edits: Vec<(Range<usize>, String)>,
}

/// The files as they are by now, and what is told of them.
struct Round {
    sources: Sources,
    ids: Vec<SourceId>,
    told: Vec<Diagnostic>,
}

impl Round {
    fn of(
        files: &[SourceId],
        bases: &[Vec<SourceId>],
        names: &Sources,
        texts: &[String],
        today: Option<Date>,
    ) -> Round {
        let mut sources = Sources::default();
        let ids: Vec<SourceId> = files
            .iter()
            .zip(texts)
            .map(|(id, text)| sources.add(names.get(*id).name.clone(), text))
            .collect();
        let mut copy = |id: &SourceId| {
            let file = names.get(*id);
            sources.add(file.name.clone(), &file.text)
        };
        let bases: Vec<Vec<SourceId>> =
            bases.iter().map(|files| files.iter().map(&mut copy).collect()).collect();
        let Checked { diagnostics, .. } = check_to(load_over(&ids, &bases, &sources), today, Depth::Parts);
        let mut diagnostics = diagnostics;
        diagnostics.sort(&sources);
        Round { sources, ids, told: diagnostics.into_iter().collect() }
    }

    /// The mends for one file, none of which overlap, in the order of the file.
    fn chosen(&self, place: usize) -> Vec<Chosen> {
        let id = self.ids[place];
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut out = Vec::new();
        for told in &self.told {
            let Some(span) = told.span else { continue };
            let edits = match (&told.fix, told.code) {
                (Some(fix), _) => fix.edits.clone(),
                (None, Code::BadId) => self.id_edit(span).into_iter().collect(),
                (None, _) => continue,
            };
            if edits.is_empty() || edits.iter().any(|(span, _)| span.source != id) {
                continue;
            }
            let edits: Vec<(Range<usize>, String)> =
                edits.into_iter().map(|(span, text)| (span.range(), text)).collect();
            let overlaps = |range: &Range<usize>| {
                taken.iter().any(|other| range.start <= other.end && other.start <= range.end)
            };
            if edits.iter().any(|(range, _)| overlaps(range)) {
                continue;
            }
            taken.extend(edits.iter().map(|(range, _)| range.clone()));
            out.push(Chosen { span, code: told.code, message: told.message.clone(), edits });
        }
        out
    }

    /// A mended id, where nothing else in the pack can mean the old one or the new one.
    fn id_edit(&self, span: Span) -> Option<(Span, String)> {
        let written = self.sources.slice(span);
        let bare = written.trim_matches(['"', '\'']);
        let mended = mended_id(bare);
        let times = |word: &str| -> usize {
            self.ids.iter().map(|id| self.sources.get(*id).text.matches(word).count()).sum()
        };
        (!mended.is_empty() && !bare.is_empty() && times(bare) == 1 && times(&mended) == 0)
            .then_some((span, mended))
    }

    /// Whether a file's shape is worse than it was: faults that hide others may give way to those, nothing else.
    fn worse_than(&self, before: &Round, place: usize) -> bool {
        let count = |round: &Round, codes: &[Code]| {
            let of = |told: &&Diagnostic| {
                told.span.is_some_and(|span| span.source == round.ids[place]) && codes.contains(&told.code)
            };
            round.told.iter().filter(of).count()
        };
        let hid = before.chosen(place).iter().any(|one| [Code::Quote, Code::Tab].contains(&one.code));
        count(self, &[Code::Syntax]) > count(before, &[Code::Syntax])
            || count(self, &SHAPE) > count(before, &SHAPE)
            || !hid && count(self, &[Code::Quote]) > count(before, &[Code::Quote])
    }
}
