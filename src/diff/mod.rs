//! What two packs say differently, and to whom.
//!
//! Rules are matched by their ids. Whether one fires for somebody under the one pack and not under the other is decided
//! over everything that can be answered, with the newest of all dated bands ([`Case`]); every witness was
//! evaluated under both packs. Everything else is held side by side as written (`items`).

mod basis;
mod carry;
mod cohort;
mod file;
mod fires;
mod items;
mod json;
mod standing;
mod tell;
mod written;

pub use cohort::{Cohort, Moved, Person, compare};
pub use file::{Files, files};
pub use fires::{Case, Under, Witness};
pub use items::{Change, Field, Item, Section};
pub use json::json;
pub use tell::tell;

use crate::check::SoundPack;
use crate::model::{Pack, RuleId};
use fires::Pair;

/// Everything that differs.
#[derive(Clone, Debug)]
pub struct Difference {
    /// In the order of the new pack; rules that only the old one has come last.
    pub rules: Vec<RuleChange>,
    /// All other items that differ, section by section.
    pub items: Vec<Item>,
}

/// A rule that differs, or of which it is not known whether it fires for the same people.
#[derive(Clone, Debug)]
pub struct RuleChange {
    pub id: String,
    pub old: Option<RuleId>,
    pub new: Option<RuleId>,
    /// What is written differently beside its conditions, and its conditions too.
    pub fields: Vec<Field>,
    /// For whom it fires under the new pack only; none for a rule that one pack has alone.
    pub new_cases: Option<Case>,
    /// For whom it fires under the old pack only.
    pub lost_cases: Option<Case>,
}

impl RuleChange {
    /// Whether somebody was found for whom the rule fires under one pack only.
    pub fn fires_elsewhere(&self) -> bool {
        let somebody = |case: &Option<Case>| matches!(case, Some(Case::Somebody(_)));
        somebody(&self.new_cases) || somebody(&self.lost_cases)
    }

    /// Whether it stays open if somebody is.
    pub fn not_decided(&self) -> bool {
        let open = |case: &Option<Case>| matches!(case, Some(Case::NotDecided(_)));
        open(&self.new_cases) || open(&self.lost_cases)
    }

    /// Whether nothing but words differs.
    pub fn only_texts(&self) -> bool {
        let decided = !self.fires_elsewhere() && !self.not_decided();
        self.old.is_some() && self.new.is_some() && decided && self.fields.iter().all(|field| field.text)
    }
}

impl Difference {
    /// Whether both packs have the same rules, which fire for the same people and say the same.
    pub fn rules_do_the_same(&self) -> bool {
        self.rules.iter().all(RuleChange::only_texts)
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.items.is_empty()
    }

    /// Each witness with the rule's id and the pack under which the rule fires.
    pub fn witnesses(&self) -> impl Iterator<Item = (&str, Under, &Witness)> {
        self.rules.iter().flat_map(|rule| {
            let each = [(Under::New, &rule.new_cases), (Under::Old, &rule.lost_cases)];
            each.into_iter().filter_map(|(under, case)| match case {
                Some(Case::Somebody(witness)) => Some((rule.id.as_str(), under, &**witness)),
                _ => None,
            })
        })
    }
}

/// Holds two packs side by side.
pub fn diff(old: &SoundPack, new: &SoundPack) -> Difference {
    let pair = Pair::of(old, new);
    let place = |pack: &Pack, id: &str| pack.rules.iter().position(|rule| rule.id == id).map(RuleId);
    let mut rules = Vec::new();
    for (at, rule) in new.pack().rules.iter().enumerate() {
        let is = RuleId(at);
        let Some(was) = place(old.pack(), &rule.id) else {
            rules.push(alone(&rule.id, None, Some(is)));
            continue;
        };
        let mut fields = items::rule_fields(old.pack(), was, new.pack(), is);
        let (mut new_cases, mut lost_cases) = (Case::Nobody, Case::Nobody);
        if !pair.is_same(was, is) {
            new_cases = pair.case(was, is, Under::New);
            lost_cases = pair.case(was, is, Under::Old);
        }
        let quiet = matches!((&new_cases, &lost_cases), (Case::Nobody, Case::Nobody));
        if quiet && fields.is_empty() {
            continue;
        }
        if quiet {
            // Conditions that hold for the same people are the same condition in other words.
            let conditions = fields.iter_mut().filter(|field| ["when", "unless"].contains(&field.name));
            conditions.for_each(|field| field.text = true);
        }
        rules.push(RuleChange {
            id: rule.id.clone(),
            old: Some(was),
            new: Some(is),
            fields,
            new_cases: Some(new_cases),
            lost_cases: Some(lost_cases),
        });
    }
    for (at, rule) in old.pack().rules.iter().enumerate() {
        if place(new.pack(), &rule.id).is_none() {
            rules.push(alone(&rule.id, Some(RuleId(at)), None));
        }
    }
    Difference { rules, items: items::items(old.pack(), new.pack()) }
}

fn alone(id: &str, old: Option<RuleId>, new: Option<RuleId>) -> RuleChange {
    RuleChange { id: id.to_owned(), old, new, fields: Vec::new(), new_cases: None, lost_cases: None }
}
