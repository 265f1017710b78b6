//! Rules of which only some may stand: groups, and rules that set weaker ones aside.

use super::{Prose, RuleId, Severity};
use crate::source::Span;

/// Rules that are read together, such as the tiers of a risk.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub id: String,
    pub title: Option<Prose>,
    pub pick: Pick,
    /// Whether the author promises that one of them always fires.
    pub complete: bool,
    /// In the order written, each once.
    pub rules: Vec<RuleId>,
    pub span: Span,
}

/// Which of a group's rules stand where several hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The first in the order of the group; the others are set aside.
    First,
    /// The one of the highest severity, of several the first; the others are set aside.
    Highest,
    /// All of them, with the author's promise that never more than so many hold: at least 1.
    AtMost(usize),
}

impl Group {
    /// Its rules, the strongest first, by the severity of each; none where several may stand beside each other.
    pub fn by_strength(&self, severity: impl Fn(RuleId) -> Severity) -> Option<Vec<RuleId>> {
        let mut rules = self.rules.clone();
        match self.pick {
            Pick::First => {}
            // A stable sort: the order of the group decides among equals.
            Pick::Highest => rules.sort_by_key(|id| std::cmp::Reverse(severity(*id))),
            Pick::AtMost(_) => return None,
        }
        Some(rules)
    }
}
