//! The order in which a pack is read: what others name comes first.

use std::collections::HashMap;

use super::extend;
use super::guards::Guard;
use super::items::{Sections, gather};
use super::names::Names;
use super::translations::Labelled;
use super::value::Read;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Better, DatedBands, IfMissing, Pack, Prose, QuestionId, QuestionKind, Scoring, Total};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Node};

/// A pack as far as it could be read, with everything there is to say about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// None where the files hold no pack at all. Only without errors may it be trusted.
    pub pack: Option<Pack>,
    pub diagnostics: Diagnostics,
    /// The pack's own tests as written, in pack order.
    pub tests: Vec<Node>,
}

/// A pack that is being read.
pub struct Loader<'a, 'n> {
    pub read: Read<'a>,
    pub sections: Sections<'n>,
    pub names: Names,
    pub pack: Pack,
    /// How scores are made that say nothing of it themselves.
    pub scoring: Scoring,
    /// The bands of scores that have none of their own.
    pub bands: Vec<DatedBands>,
    pub scales: HashMap<String, QuestionKind>,
    /// The questions that areas list beside their own, with the places where they do.
    pub listed: Vec<(QuestionId, Span)>,
    /// Conditions that are looked at once the named ones are known.
    pub guards: Vec<Guard>,
    /// Set while such a condition is read: whether it chooses a table.
    pub guarding: Option<bool>,
    /// Options and bands with the languages of their labels.
    pub labelled: Vec<Labelled>,
    /// Set while bands are read that may say what is prescribed in them.
    pub prescribing: bool,
}

/// Reads the files of one pack that builds on no other, which stand in `files` in the order of their names.
///
/// Every fault of shape, names, units and places for values is found in one run.
pub fn load(files: &[SourceId], sources: &Sources) -> Loaded {
    load_over(files, &[], sources)
}

/// Reads the files of one pack over those of the packs that it builds on, the nearest first: what
/// [`extends`](super::extends) names, what that one's files name, and so on.
pub fn load_over(files: &[SourceId], bases: &[Vec<SourceId>], sources: &Sources) -> Loaded {
    let mut diagnostics = Diagnostics::default();
    let own = files.iter().filter_map(|&file| yaml::read(file, sources, &mut diagnostics)).collect();
    let whole = extend::whole(own, bases, sources, &mut diagnostics);
    let of_base = |span: Span| !files.contains(&span.source);
    let nodes = whole.files;
    let sections = gather(&nodes, &of_base, &mut diagnostics);
    let Some((head, _)) = sections.head else {
        let first = files.first().map(|&file| Span::new(file, 0..0));
        let mut fault = Diagnostic::placeless(Code::NoPack, "no file has the key `pack:`")
            .help("begin one of them with `pack:` and its `id`, `version`, `format`, `title` and `language`");
        fault.span = first;
        // A head that could not be read is told already.
        if !diagnostics.has_errors() || nodes.is_empty() {
            diagnostics.push(fault);
        }
        return Loaded { pack: None, diagnostics, tests: Vec::new() };
    };
    let names = Names::of(&sections);
    let pack = blank(head);
    let mut loader = Loader {
        read: Read { sources, diagnostics: &mut diagnostics },
        sections,
        names,
        pack,
        scoring: Scoring::usual(),
        bands: Vec::new(),
        scales: HashMap::new(),
        listed: Vec::new(),
        guards: Vec::new(),
        guarding: None,
        labelled: Vec::new(),
        prescribing: false,
    };
    loader.units();
    loader.head();
    loader.citations();
    loader.areas();
    loader.scales();
    loader.questions();
    loader.share_questions();
    loader.metrics();
    loader.thresholds();
    loader.derived();
    loader.metric_tables();
    loader.scorings();
    loader.points_of_scales();
    loader.formulas();
    loader.all_score_bands();
    loader.named_conditions();
    loader.ask_ifs();
    loader.check_guards();
    loader.work_order();
    loader.prescriptions();
    loader.ladders();
    loader.rules();
    loader.band_rules();
    loader.groups();
    loader.translations();
    let pack = loader.pack;
    let doubled = loader.names.doubled();
    let unread = loader.sections.unread;
    let tests = loader.sections.tests.into_iter().cloned().collect();
    let mut diagnostics = taken_out(diagnostics, &whole.taken_out, sources);
    forget_followers(&mut diagnostics, unread || whole.lacks_base);
    super::poisoned::forget_mended(&mut diagnostics, sources);
    super::poisoned::forget_lacking(&mut diagnostics, &doubled);
    Loaded { pack: Some(pack), diagnostics, tests }
}

/// Where a name is unknown because an override took out what it names, the message shows where.
fn taken_out(diagnostics: Diagnostics, taken_out: &[(String, Span)], sources: &Sources) -> Diagnostics {
    let mut out = Diagnostics::default();
    for diagnostic in diagnostics {
        let name = diagnostic.span.map_or("", |span| sources.slice(span));
        let name = name.rsplit('.').next().unwrap_or(name).trim_end_matches('}');
        let unknown = matches!(diagnostic.code, Code::UnknownName | Code::UnknownValue);
        match taken_out.iter().find(|(id, _)| unknown && id == name) {
            Some((_, span)) => out.push(diagnostic.related(*span, "this override takes it out")),
            None => out.push(diagnostic),
        }
    }
    out
}

/// Where a text could not be read, what stood in it seems to be missing: one cause, one message.
fn forget_followers(diagnostics: &mut Diagnostics, section_unread: bool) {
    let unread = |code: Code| matches!(code, Code::Syntax | Code::Tab | Code::TooMuch);
    let files: Vec<SourceId> = diagnostics
        .iter()
        .filter(|d| unread(d.code))
        .filter_map(|d| d.span.map(|span| span.source))
        .collect();
    if files.is_empty() && !section_unread {
        return;
    }
    diagnostics.retain(|diagnostic| match diagnostic.code {
        Code::UnknownName | Code::UnknownValue => false,
        Code::MissingKey => diagnostic.span.is_none_or(|span| !files.contains(&span.source)),
        _ => true,
    });
}

fn blank(head: Span) -> Pack {
    Pack {
        id: String::new(),
        version: String::new(),
        title: Prose { parts: Vec::new(), span: head },
        language: "en".to_owned(),
        units: Vec::new(),
        words: Vec::new(),
        capacity: Vec::new(),
        min_group: None,
        if_missing: IfMissing::Undecided,
        total: Some(Total {
            title: None,
            better: Better::Higher,
            bands: Vec::new(),
            scoring: Scoring::usual(),
            range: None,
            widest: None,
        }),
        order: Vec::new(),
        citations: Vec::new(),
        areas: Vec::new(),
        questions: Vec::new(),
        gated: Vec::new(),
        metrics: Vec::new(),
        thresholds: Vec::new(),
        derived: Vec::new(),
        conditions: Vec::new(),
        rules: Vec::new(),
        groups: Vec::new(),
        prescriptions: Vec::new(),
        ladders: Vec::new(),
        allowed: Vec::new(),
    }
}

/// The circles in a graph of needs, each once, as places in order of the circle.
pub fn cycles(needs: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; needs.len()];
    let mut found = Vec::new();
    for start in 0..needs.len() {
        if marks[start] != Mark::New {
            continue;
        }
        // A stack of its own, so that a long chain cannot overflow the program's.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        marks[start] = Mark::Open;
        while let Some((place, next)) = path.last_mut() {
            let place = *place;
            match needs[place].get(*next) {
                Some(&need) => {
                    *next += 1;
                    match marks[need] {
                        Mark::New => {
                            marks[need] = Mark::Open;
                            path.push((need, 0));
                        }
                        Mark::Open => {
                            let from = path.iter().position(|(other, _)| *other == need).unwrap_or(0);
                            found.push(path[from..].iter().map(|(place, _)| *place).collect());
                        }
                        Mark::Done => {}
                    }
                }
                None => {
                    marks[place] = Mark::Done;
                    path.pop();
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::cycles;

    #[test]
    fn circles_are_found_once() {
        assert_eq!(cycles(&[vec![1], vec![2], vec![0], vec![0]]), [vec![0, 1, 2]]);
        assert!(cycles(&[vec![1, 2], vec![2], vec![]]).is_empty());
        assert_eq!(cycles(&[vec![0]]), [vec![0]]);
    }
}
