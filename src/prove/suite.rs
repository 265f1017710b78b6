//! A pack's tests as read: who is given, and what is expected of them.

use crate::model::{AreaId, BandOf, Number, PrescriptionId, Respondent, RuleId, Status};
use crate::source::Span;

/// All tests of a pack, in pack order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suite {
    pub tests: Vec<PackTest>,
}

impl Suite {
    /// The tests whose names hold a text, in any case.
    pub fn filtered(mut self, name: &str) -> Suite {
        let wanted = name.to_lowercase();
        self.tests.retain(|test| test.name.to_lowercase().contains(&wanted));
        self
    }
}

/// One test: a sentence, and one case or a table of them.
#[derive(Clone, Debug, PartialEq)]
pub struct PackTest {
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Whether it was proposed and nobody has accepted it yet: it runs, and counts apart.
    pub generated: bool,
    pub cases: Vec<Case>,
}

/// Somebody with what is expected of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The row of a table, from 1; none outside of tables.
    pub row: Option<usize>,
    pub at: Span,
    pub respondent: Respondent,
    pub expect: Vec<Expect>,
}

/// One expectation.
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    pub wanted: Wanted,
    /// Where the expected value stands.
    pub span: Span,
    /// How it is written there, so that another may take its place.
    pub layout: Layout,
}

/// How an expected value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Scalar,
    /// A list in brackets.
    Flow,
    /// A list of one item a line; its items stand behind so many columns.
    Block {
        column: usize,
    },
    /// A cell of a table.
    Cell,
}

/// A number as expected: compared at the digits written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub value: Number,
    pub decimals: u32,
    /// What stands behind the digits, such as `%` or ` hours`; none where it was converted from another unit.
    pub suffix: Option<String>,
}

/// What is expected. Lists are whole unless they say "some".
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// A score's or metric's value; none: it has no certain one.
    Number(BandOf, Option<Written>),
    /// A score or metric that lies between two ends.
    Ends(BandOf, Written, Written),
    /// A band's name; none: the band is not certain.
    Band(BandOf, Option<String>),
    /// What one rule comes to.
    Rule(RuleId, Status),
    /// The rules that come to this, all of them or some.
    Rules {
        status: Status,
        rules: Vec<RuleId>,
        some: bool,
    },
    /// Rules that do not fire, whatever else becomes of them.
    NotFired(Vec<RuleId>),
    /// All that is advised, or some of it, in any order.
    Prescribed {
        list: Vec<PrescriptionId>,
        some: bool,
    },
    NotPrescribed(Vec<PrescriptionId>),
    SetAside(Vec<PrescriptionId>),
    /// The first by rank; none: nothing is advised.
    First(Option<PrescriptionId>),
    /// The steps of the plan in order, with the day where days are written.
    Plan(Vec<(Option<u32>, PrescriptionId)>),
    /// Worst first.
    Leaks(Vec<AreaId>),
    /// A text that the playbook holds.
    Contains(String),
    /// The codes of what is odd about the answers.
    Problems(Vec<String>),
    /// Whether nothing may be printed for this respondent.
    Refused(bool),
}
