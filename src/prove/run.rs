//! Judges everybody given, and holds what was found against what is expected.

mod found;
mod mend;

use std::collections::BTreeSet;

use super::suite::{Case, Expect, Suite, Wanted, Written};
use crate::check::SoundPack;
use crate::compose::Templates;
use crate::diag::Diagnostics;
use crate::engine::evaluate;
use crate::kit::Kit;
use crate::model::{BandOf, Findings, Number, Pack, RuleId, ScoreOf, Status};
use crate::render::picture::NO_PICTURES;
use crate::render::{Format, Look};
use crate::source::{Sources, Span};
use crate::theme::Theme;
use crate::wording::because;

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Where the expectation stands.
    pub span: Span,
    /// What was found: "`band.churn_rate` is `watch`".
    pub found: String,
    /// What was expected: "`poor`".
    pub expected: String,
    /// Why the rules that it is about came out so, one sentence each, as plain text.
    pub because: Vec<String>,
    /// What would have to stand at `span` for the expectation to be met; none where nothing would do.
    pub mend: Option<String>,
}

/// What became of one case.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The test and the case in it, as places in the suite.
    pub test: usize,
    pub case: usize,
    pub findings: Findings,
    pub misses: Vec<Miss>,
}

/// What became of all of them, in the order of the suite.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    pub ran: Vec<Ran>,
    /// Faults of templates that kept a document from being made.
    pub faults: Diagnostics,
}

impl Proof {
    /// Whether every expectation of a test was met.
    pub fn passed(&self, test: usize) -> bool {
        self.ran.iter().filter(|ran| ran.test == test).all(|ran| ran.misses.is_empty())
    }

    pub fn misses(&self) -> impl Iterator<Item = (&Ran, &Miss)> {
        self.ran.iter().flat_map(|ran| ran.misses.iter().map(move |miss| (ran, miss)))
    }
}

/// What cases are judged with.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub pack: &'a SoundPack,
    /// For expectations of a text; none where the tests hold none.
    pub templates: Option<&'a Templates>,
    pub sources: &'a Sources,
}

/// Runs every test.
pub fn run(suite: &Suite, ground: Ground<'_>) -> Proof {
    let mut proof = Proof::default();
    for (test, written) in suite.tests.iter().enumerate() {
        for (place, case) in written.cases.iter().enumerate() {
            let findings = evaluate(ground.pack, &case.respondent, None);
            let judged = Judged { ground, case, findings: &findings };
            let misses = judged.misses(&mut proof.faults);
            proof.ran.push(Ran { test, case: place, findings, misses });
        }
    }
    proof
}

/// Somebody given with what was found.
pub(super) struct Judged<'a> {
    pub ground: Ground<'a>,
    pub case: &'a Case,
    pub findings: &'a Findings,
}

impl Judged<'_> {
    pub fn misses(&self, faults: &mut Diagnostics) -> Vec<Miss> {
        let mut playbook = None;
        let mut out = Vec::new();
        for expect in &self.case.expect {
            if let Wanted::Contains(text) = &expect.wanted {
                let playbook = playbook.get_or_insert_with(|| self.playbook(faults));
                out.extend(self.contains(text, playbook, expect.span));
            } else if !self.met(&expect.wanted) {
                out.push(self.miss(expect));
            }
        }
        // Nobody who is refused gets a paper: what holds for them is no promise unless it says so.
        let says_so = self.case.expect.iter().any(|expect| matches!(expect.wanted, Wanted::Refused(_)));
        if !says_so && !self.findings.refusals.is_empty() {
            out.insert(0, self.refused(self.case.at));
        }
        out
    }

    /// Whether some expectation, other than of a text, is not met.
    pub fn fails(&self) -> bool {
        let says_so = |expect: &Expect| matches!(expect.wanted, Wanted::Refused(_));
        let refused = !self.findings.refusals.is_empty() && !self.case.expect.iter().any(says_so);
        refused || self.case.expect.iter().any(|expect| !self.met(&expect.wanted))
    }

    fn pack(&self) -> &Pack {
        self.ground.pack.pack()
    }

    fn ends(&self, of: BandOf) -> Option<&(Number, Number)> {
        match of {
            BandOf::Metric(id) => self.findings.values.metric(id).ends.as_ref(),
            BandOf::Score(of) => self.findings.values.score(of).ends.as_ref(),
        }
    }

    /// The value where it is certain.
    fn value(&self, of: BandOf) -> Option<&Number> {
        self.ends(of).filter(|(low, high)| low == high).map(|(low, _)| low)
    }

    /// The id of the band where it is certain.
    fn band(&self, of: BandOf) -> Option<&str> {
        self.findings.band_name(self.pack(), of).map(|name| name.id.as_str())
    }

    /// Whether an expectation, other than of a text, is met.
    pub fn met(&self, wanted: &Wanted) -> bool {
        let findings = self.findings;
        match wanted {
            Wanted::Number(of, None) => self.value(*of).is_none(),
            Wanted::Number(of, Some(written)) => self.value(*of).is_some_and(|value| same(value, written)),
            Wanted::Ends(of, from, to) => {
                self.ends(*of).is_some_and(|(low, high)| same(low, from) && same(high, to))
            }
            Wanted::Band(of, label) => self.band(*of) == label.as_deref(),
            Wanted::Rule(rule, status) => findings.rules[rule.0].status == *status,
            Wanted::Rules { status, rules, some } => same_set(&self.of_status(*status), rules, *some),
            Wanted::NotFired(rules) => {
                rules.iter().all(|rule| findings.rules[rule.0].status != Status::Fired)
            }
            Wanted::Prescribed { list, some } => same_set(&self.advised(), list, *some),
            Wanted::NotPrescribed(list) => list.iter().all(|id| !self.advised().contains(id)),
            Wanted::SetAside(list) => same_set(&self.set_aside(), list, false),
            Wanted::First(id) => self.advised().first() == id.as_ref(),
            Wanted::Plan(steps) => {
                let plan = &findings.plan.steps;
                let same = |((day, id), step): (&(Option<u32>, _), &crate::model::PlanStep)| {
                    *id == step.prescription && day.is_none_or(|day| day == step.due)
                };
                steps.len() == plan.len() && steps.iter().zip(plan).all(same)
            }
            Wanted::Leaks(areas) => findings.leaks == *areas,
            Wanted::Problems(codes) => {
                let found: BTreeSet<&str> = findings.problems.iter().map(|problem| problem.code).collect();
                found == codes.iter().map(String::as_str).collect()
            }
            Wanted::Refused(refused) => findings.refusals.is_empty() != *refused,
            // Judged with the document at hand.
            Wanted::Contains(_) => true,
        }
    }

    fn miss(&self, expect: &Expect) -> Miss {
        let (found, expected, rules) = self.words(&expect.wanted);
        Miss {
            span: expect.span,
            found,
            expected,
            because: rules.into_iter().map(|rule| self.because(rule)).collect(),
            mend: self.mend(expect),
        }
    }

    fn because(&self, rule: RuleId) -> String {
        let pack = self.pack();
        let why = because(pack, self.findings, rule);
        format!("{}: {}", pack.rules[rule.0].id, crate::markdown::plain(&why.sentence))
    }

    fn of_status(&self, status: Status) -> Vec<RuleId> {
        let rules = self.findings.rules.iter().enumerate();
        rules.filter(|(_, found)| found.status == status).map(|(place, _)| RuleId(place)).collect()
    }

    fn advised(&self) -> Vec<crate::model::PrescriptionId> {
        self.findings.prescriptions.iter().map(|advice| advice.prescription).collect()
    }

    fn set_aside(&self) -> Vec<crate::model::PrescriptionId> {
        self.findings.set_aside.iter().map(|aside| aside.prescription).collect()
    }

    fn refused(&self, span: Span) -> Miss {
        let reasons = crate::kit::refusals(self.pack(), self.findings, span);
        Miss {
            span,
            found: "this respondent is refused".to_owned(),
            expected: "findings".to_owned(),
            because: reasons.iter().map(|reason| reason.message.clone()).collect(),
            mend: None,
        }
    }

    /// The playbook's Markdown, or that of all documents where none is called so.
    fn playbook(&self, faults: &mut Diagnostics) -> String {
        let Some(templates) = self.ground.templates else { return String::new() };
        let named = BTreeSet::from(["playbook".to_owned()]);
        let theme = Theme::default();
        let kit = Kit {
            pack: self.ground.pack,
            templates,
            look: Look::new("", "", &theme, &NO_PICTURES),
            session: None,
            running: None,
            formats: &[Format::Markdown],
            whole: false,
            wanted: templates.get("playbook").is_some().then_some(&named),
            sources: self.ground.sources,
        };
        match kit.for_respondent(&self.case.respondent, self.findings) {
            Ok(papers) => {
                papers.iter().map(|paper| String::from_utf8_lossy(&paper.bytes).into_owned()).collect()
            }
            Err(found) => {
                faults.extend(found);
                String::new()
            }
        }
    }

    fn contains(&self, text: &str, playbook: &str, span: Span) -> Option<Miss> {
        let tight = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = tight(text);
        // With and without its marks: an author looks for the words, or for the Markdown as written.
        let held = tight(playbook).contains(&wanted)
            || playbook.lines().any(|line| tight(&crate::markdown::plain(line)).contains(&wanted));
        (!held).then(|| Miss {
            span,
            found: "the playbook does not hold this text".to_owned(),
            expected: format!("“{wanted}”"),
            because: Vec::new(),
            mend: None,
        })
    }
}

/// Compared at the digits written.
fn same(found: &Number, written: &Written) -> bool {
    found.rounded(written.decimals) == written.value.rounded(written.decimals)
}

fn same_set<T: Ord>(found: &[T], wanted: &[T], some: bool) -> bool {
    let found: BTreeSet<&T> = found.iter().collect();
    let wanted: BTreeSet<&T> = wanted.iter().collect();
    if some { wanted.is_subset(&found) } else { wanted == found }
}

/// `health`, `total` or a metric's id.
fn id_of(pack: &Pack, of: BandOf) -> &str {
    match of {
        BandOf::Metric(id) => &pack.metric(id).id,
        BandOf::Score(ScoreOf::Area(area)) => &pack.area(area).id,
        BandOf::Score(ScoreOf::Total) => "total",
    }
}

/// `score.health` or `metric.churn_rate`.
fn number_name(pack: &Pack, of: BandOf) -> String {
    let kind = if matches!(of, BandOf::Metric(_)) { "metric" } else { "score" };
    format!("{kind}.{}", id_of(pack, of))
}
