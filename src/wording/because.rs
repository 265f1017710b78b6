//! Why a rule fired, did not, or cannot be decided: line by line, and as one sentence.

use super::subject::{answered, apart, measured, scored, worth};
use super::threshold::{Threshold, threshold, turning_points};
use super::unknown::cannot_tell;
use super::words::{list, quoted, sentence};
use super::worked_out::{changed, derived};
use crate::logic::{Truth, judge, judge_rule};
use crate::model::{
    BandOf, CitationId, Condition, Findings, LadderId, Pack, PrescriptionId, RuleId, Status, Subject, Test,
};
use crate::source::Span;

/// The evidence of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    pub status: Status,
    /// Whether `if_missing` decided it.
    pub assumed: bool,
    /// Every comparison of the rule, in the order written, those of named conditions too.
    pub lines: Vec<Line>,
    /// All of it in one sentence: what made it fire, what kept it from firing, or what is not known.
    pub sentence: String,
}

/// One comparison with what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub subject: Subject,
    /// Where it is written.
    pub span: Span,
    /// `“Clients lost per year” is 18.1% (poor is above 15%; House survey 2024, grade B)`.
    pub text: String,
    /// What it wants, under a "not" the opposite: `2 or less`. Empty where it asks for an absence.
    pub threshold: String,
    /// What it came to, a "not" around it included.
    pub truth: Truth,
    /// Whether it is one of those that brought the outcome about.
    pub decisive: bool,
    /// Whether it stands under `unless`.
    pub unless: bool,
    /// Where its band comes from.
    pub sources: Vec<CitationId>,
}

/// The evidence for what became of a rule.
pub fn because(pack: &Pack, findings: &Findings, rule: RuleId) -> Because {
    let written = &pack.rules[rule.0];
    let found = &findings.rules[rule.0];
    let when = judge(&written.when, pack, &findings.values);
    let mut walk = Walk { pack, findings, lines: Vec::new() };
    let outcome = match found.status {
        _ if found.assumed => Truth::UNKNOWN,
        // What becomes of it is another rule's doing: its own lines tell whether it holds itself.
        _ if !found.yields_to.is_empty() => judge_rule(written, pack, &findings.values),
        status => outcome(status),
    };
    let mut clauses = walk.enter(&written.when, false, false, same(when, outcome));
    if let Some(unless) = &written.unless {
        let truth = judge(unless, pack, &findings.values).not();
        // A rule that `when` already settles needs no word on what would have stopped it.
        let matters = !outcome.is_true() && same(truth, outcome) && !(outcome.is_false() && when.is_false());
        clauses.extend(walk.enter(unless, true, true, matters));
    }
    let said = list(&clauses);
    let sentence = match found.status {
        _ if found.assumed => sentence(&format!("assumed, because it is not known for sure: {said}")),
        Status::Superseded => set_aside(pack, findings, rule),
        Status::Undecided if !found.yields_to.is_empty() => sentence(&format!(
            "cannot tell yet: it holds, and {} must be decided first",
            stronger(pack, findings, rule)
        )),
        Status::Undecided => cannot_tell(pack, findings, rule),
        Status::NotApplicable => sentence(&format!("does not apply here: {said}")),
        Status::Fired | Status::NotFired => sentence(&said),
    };
    Because { status: found.status, assumed: found.assumed, lines: walk.lines, sentence }
}

/// Why it is the turn of this step of a ladder: what its guard found, or all guards for the one that comes after all.
pub fn step_because(
    pack: &Pack,
    findings: &Findings,
    ladder: LadderId,
    id: PrescriptionId,
) -> Option<String> {
    let steps = &pack.ladder(ladder).steps;
    let step = steps.iter().find(|step| step.prescription == id)?;
    let mut walk = Walk { pack, findings, lines: Vec::new() };
    let clauses: Vec<String> = match &step.guard {
        Some(guard) => walk.enter(guard, true, false, true),
        None => {
            let guards = steps.iter().filter_map(|step| step.guard.as_ref());
            guards.flat_map(|guard| walk.enter(guard, false, false, true)).collect()
        }
    };
    (!clauses.is_empty()).then(|| sentence(&list(&clauses)))
}

/// The stronger rules by their titles.
fn stronger(pack: &Pack, findings: &Findings, rule: RuleId) -> String {
    let stronger = &findings.rules[rule.0].yields_to;
    list(&stronger.iter().map(|id| quoted(&pack.rules[id.0].title.plain())).collect::<Vec<_>>())
}

/// `Set aside because “Clients are leaving” is the stronger.`
fn set_aside(pack: &Pack, findings: &Findings, rule: RuleId) -> String {
    let are = if findings.rules[rule.0].yields_to.len() == 1 { "is" } else { "are" };
    sentence(&format!("set aside because {} {are} the stronger", stronger(pack, findings, rule)))
}

fn outcome(status: Status) -> Truth {
    match status {
        Status::Fired => Truth::True,
        Status::NotFired => Truth::False,
        Status::Undecided | Status::NotApplicable | Status::Superseded => Truth::UNKNOWN,
    }
}

fn same(a: Truth, b: Truth) -> bool {
    a.is_true() == b.is_true() && a.is_false() == b.is_false()
}

struct Walk<'a> {
    pack: &'a Pack,
    findings: &'a Findings,
    lines: Vec<Line>,
}

impl Walk<'_> {
    /// Adds the lines of a condition; gives the clauses of the decisive ones. A list's outcome is
    /// brought about by those parts that came out as the list did.
    fn enter(&mut self, condition: &Condition, opposite: bool, unless: bool, decisive: bool) -> Vec<String> {
        let judged = |part: &Condition| judge(part, self.pack, &self.findings.values);
        let truth = judged(condition);
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                let decide: Vec<bool> =
                    parts.iter().map(|part| decisive && same(judged(part), truth)).collect();
                let parts = parts.iter().zip(decide);
                parts.flat_map(|(part, decisive)| self.enter(part, opposite, unless, decisive)).collect()
            }
            Condition::AtLeast(n, parts) => {
                let decide: Vec<bool> =
                    parts.iter().map(|part| decisive && same(judged(part), truth)).collect();
                let yes = parts.iter().filter(|part| judged(part).is_true()).count();
                let of = parts.len();
                let parts = parts.iter().zip(decide);
                let clauses: Vec<String> =
                    parts.flat_map(|(part, decisive)| self.enter(part, opposite, unless, decisive)).collect();
                match clauses.as_slice() {
                    [] => clauses,
                    _ => vec![format!("{} ({yes} of {of} are so; {n} are enough)", list(&clauses))],
                }
            }
            Condition::Not(inner) => self.enter(inner, !opposite, unless, decisive),
            Condition::Named(id, _) => self.enter(&self.pack.condition(*id).when, opposite, unless, decisive),
            Condition::Test(test) => {
                let truth = if opposite { truth.not() } else { truth };
                let wanted = threshold(self.pack, self.findings, test, opposite);
                let text = clause(self.pack, self.findings, test, &wanted, !truth.is_false());
                self.lines.push(Line {
                    subject: test.subject,
                    span: test.span,
                    text: text.clone(),
                    threshold: wanted.text,
                    truth,
                    decisive,
                    unless,
                    sources: wanted.sources,
                });
                if decisive { vec![text] } else { Vec::new() }
            }
        }
    }
}

/// A line as a clause: its subject, the value, and in brackets what applies.
pub(super) fn clause(
    pack: &Pack,
    findings: &Findings,
    test: &Test,
    wanted: &Threshold,
    holds: bool,
) -> String {
    let also = turning_points(&test.check, findings);
    let what = match test.subject {
        Subject::Answer(id) => answered(pack, findings, id, &also),
        Subject::Gap(id) => apart(pack, findings, id, &also),
        Subject::Score(of) | Subject::Band(BandOf::Score(of)) => scored(pack, findings, of, &also),
        Subject::Metric(id) | Subject::Band(BandOf::Metric(id)) => measured(pack, findings, id, &also),
        Subject::Points(id) => worth(pack, findings, id, &also),
        Subject::Derived(id) => derived(pack, findings, id, &also),
        Subject::Trend(id) => changed(pack, findings, id, &also),
    };
    what + &wanted.bracket(pack, holds)
}
