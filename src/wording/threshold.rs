//! What a line wants of its subject, in words: `2 or less`, `poor is above 15%`.

use super::range::range_in_words;
use super::subject::{citations, label, quantity};
use super::words::{join, list, quoted};
use super::worked_out::{change_unit, threshold_name};
use crate::markdown::inert;
use crate::model::{
    BandOf, Bands, Better, Check, CitationId, Comparison, Findings, Limit, Number, Pack, QuestionKind,
    Subject, Test, Unit,
};

/// What a line wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Threshold {
    /// `2 or less`; for bands `poor is above 15%`; empty where the line asks for an absence.
    pub text: String,
    /// What does not pass, as words that go on from `text`: `more does not`. May be empty.
    pub otherwise: String,
    /// Whether `text` is a clause of its own.
    pub is_band: bool,
    /// Where the band or the named numbers come from.
    pub sources: Vec<CitationId>,
    /// The named thresholds in it, by their titles.
    pub names: Vec<String>,
}

/// The numbers at which a line turns, so that a value is never rounded across them.
pub(super) fn turning_points(check: &Check, findings: &Findings) -> Vec<Number> {
    check.limits().iter().map(|limit| limit.among(&findings.values).into_owned()).collect()
}

/// What the line wants or, where it stands under a "not", what its opposite is.
pub(super) fn threshold(pack: &Pack, findings: &Findings, test: &Test, opposite: bool) -> Threshold {
    let mut wanted = numbers_or_labels(pack, findings, test, opposite);
    for limit in test.check.limits() {
        let Limit::Threshold(id, _) = limit else { continue };
        let name = threshold_name(pack, *id);
        if !wanted.names.contains(&name) {
            wanted.names.push(name);
        }
        let held = &pack.threshold(*id).values.get(findings.values.thresholds[id.0].dated);
        for source in held.iter().flat_map(|value| &value.sources) {
            if !wanted.sources.contains(source) {
                wanted.sources.push(*source);
            }
        }
    }
    wanted
}

/// A change in words: `rising`, `a change above 2 clients`.
fn change(comparison: Comparison, number: &Number, written: &str) -> (String, String) {
    if number.is_zero() {
        let (text, otherwise) = match comparison {
            Comparison::Less => ("falling", "no fall does not"),
            Comparison::AtMost => ("falling or unchanged", "rising does not"),
            Comparison::Greater => ("rising", "no rise does not"),
            Comparison::AtLeast => ("rising or unchanged", "falling does not"),
            Comparison::Equal => ("unchanged", "any change does not"),
            Comparison::NotEqual => ("any change", "no change does not"),
        };
        return (text.to_owned(), otherwise.to_owned());
    }
    let (text, otherwise) = compared(comparison, written.to_owned());
    let of = if matches!(comparison, Comparison::Less | Comparison::Greater) { "" } else { "of " };
    (format!("a change {of}{text}"), otherwise)
}

fn compared(comparison: Comparison, number: String) -> (String, String) {
    match comparison {
        Comparison::Less => (format!("below {number}"), format!("{number} or more does not")),
        Comparison::AtMost => (format!("{number} or less"), "more does not".to_owned()),
        Comparison::Greater => (format!("above {number}"), format!("{number} or less does not")),
        Comparison::AtLeast => (format!("{number} or more"), "less does not".to_owned()),
        Comparison::Equal => (number, "anything else does not".to_owned()),
        Comparison::NotEqual => (format!("anything but {number}"), format!("{number} does not")),
    }
}

fn numbers_or_labels(pack: &Pack, findings: &Findings, test: &Test, opposite: bool) -> Threshold {
    let plain = |text: String, otherwise: String| Threshold { text, otherwise, ..Threshold::default() };
    let unit = &unit_of(pack, test.subject);
    let written = |limit: &Limit| quantity(unit, unit.after(&limit.among(&findings.values).to_string()));
    match &test.check {
        Check::Compare(comparison, limit) => {
            let number = written(limit);
            let comparison = if opposite { comparison.opposite() } else { *comparison };
            let (text, otherwise) = match test.subject {
                Subject::Trend(_) => change(comparison, &limit.among(&findings.values), &number),
                _ => compared(comparison, number),
            };
            plain(text, otherwise)
        }
        Check::Between { low, high, negated } => {
            let (low, high) = (written(low), written(high));
            let (inside, outside) = (format!("{low} to {high}"), format!("below {low} or above {high}"));
            if *negated == opposite {
                plain(inside, "anything else does not".to_owned())
            } else {
                plain(outside, format!("{inside} does not"))
            }
        }
        Check::OneOfNumbers { numbers, negated } => {
            one_of(join(&numbers.iter().map(written).collect::<Vec<_>>(), "or"), *negated != opposite)
        }
        Check::OneOf { labels, negated } => match (test.subject, bands_of(pack, findings, test.subject)) {
            (_, Some((bands, sources))) => {
                let labels: Vec<usize> = (0..bands.labels.len())
                    .filter(|at| labels.contains(at) == (*negated == opposite))
                    .collect();
                let mut names: Vec<String> = labels
                    .iter()
                    .filter_map(|at| bands.labels.get(*at))
                    .map(|name| inert(&name.label))
                    .collect();
                // The better band first, as people count downwards.
                if !matches!(test.subject, Subject::Band(of) if pack.better(of) == Better::Lower) {
                    names.reverse();
                }
                let range = range_in_words(bands, &labels, unit);
                Threshold {
                    text: format!("{} is {}", join(&names, "or"), quantity(unit, range)),
                    otherwise: String::new(),
                    is_band: true,
                    sources,
                    names: Vec::new(),
                }
            }
            (Subject::Answer(id) | Subject::Gap(id), None) => {
                let question = pack.question(id);
                let names: Vec<String> = labels.iter().map(|at| quoted(&label(question, *at))).collect();
                one_of(join(&names, "or"), *negated != opposite)
            }
            _ => plain(String::new(), String::new()),
        },
        Check::Includes { labels, all } => match test.subject {
            Subject::Answer(id) => {
                let question = pack.question(id);
                let names: Vec<String> = labels.iter().map(|at| quoted(&label(question, *at))).collect();
                one_of(join(&names, if *all { "and" } else { "or" }), opposite)
            }
            _ => plain(String::new(), String::new()),
        },
        Check::Absent { .. } => plain(String::new(), String::new()),
    }
}

fn one_of(names: String, negated: bool) -> Threshold {
    let (text, otherwise) = if negated {
        (format!("anything but {names}"), format!("{names} does not"))
    } else {
        (names, "anything else does not".to_owned())
    };
    Threshold { text, otherwise, ..Threshold::default() }
}

/// The bands that a band's name stands for, with their sources.
fn bands_of<'p>(
    pack: &'p Pack,
    findings: &Findings,
    subject: Subject,
) -> Option<(&'p Bands, Vec<CitationId>)> {
    match subject {
        Subject::Band(of) => {
            let dated = in_force(pack, findings, of)?;
            Some((&dated.value, dated.sources.clone()))
        }
        _ => None,
    }
}

/// The dated bands that hold for a respondent; the newest where none was chosen.
pub(crate) fn in_force<'p>(
    pack: &'p Pack,
    findings: &Findings,
    of: BandOf,
) -> Option<&'p crate::model::DatedBands> {
    let bands = pack.dated_bands(of);
    match findings.values.dated(of) {
        Some(at) => bands.get(at),
        None => bands.last(),
    }
}

fn unit_of(pack: &Pack, subject: Subject) -> Unit {
    match subject {
        Subject::Metric(id) | Subject::Band(BandOf::Metric(id)) => pack.metric(id).unit.clone(),
        Subject::Derived(id) => pack.derived(id).unit.clone(),
        Subject::Trend(id) => change_unit(&pack.metric(id).unit),
        Subject::Answer(id) => match &pack.question(id).kind {
            QuestionKind::Number { unit, .. } => unit.clone(),
            _ => Unit::None,
        },
        Subject::Score(_) | Subject::Points(_) | Subject::Band(_) | Subject::Gap(_) => Unit::None,
    }
}

impl Threshold {
    /// In brackets behind a clause: `(2 or less applies)`, `(poor is above 15%; House survey 2024, grade B)`.
    pub(super) fn bracket(&self, pack: &Pack, holds: bool) -> String {
        if self.text.is_empty() {
            return String::new();
        }
        if self.is_band {
            let sources = citations(pack, &self.sources);
            let sources = if sources.is_empty() { sources } else { format!("; {sources}") };
            return format!(" ({}{sources})", self.text);
        }
        let mut said = format!("{} {}", self.text, if holds { "applies" } else { "would apply" });
        if !self.names.is_empty() {
            said += &format!(": {}", list(&self.names.iter().map(|name| quoted(name)).collect::<Vec<_>>()));
        }
        let sources = citations(pack, &self.sources);
        if !sources.is_empty() {
            said += &format!("; {sources}");
        }
        format!(" ({said})")
    }
}
