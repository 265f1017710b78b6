//! Rules and named conditions.

use super::items::Item;
use super::keys::Keys;
use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{AreaId, Condition, IfMissing, NamedCondition, Prescribed, Rule, Severity};
use crate::yaml::{Node, Value};

const KEYS: [&str; 11] = [
    "id",
    "title",
    "why",
    "when",
    "unless",
    "prescribe",
    "severity",
    "area",
    "if_missing",
    "supersedes",
    "allow",
];
const LATER: [&str; 1] = ["min_group"];

/// Comparisons that a named condition may come to, those of the names in it counted each time.
const MAX_NAMED: usize = 10_000;

/// What a broken `when` becomes: nothing is concluded from it.
fn nothing() -> Condition {
    Condition::All(Vec::new())
}

impl Loader<'_, '_> {
    pub fn named_conditions(&mut self) {
        let items = self.sections.conditions.clone();
        for item in &items {
            let when = self.condition(item.node).unwrap_or_else(nothing);
            self.pack.conditions.push(NamedCondition { id: item.id.to_owned(), when, span: item.span() });
        }
        self.condition_cycles();
    }

    fn condition_cycles(&mut self) {
        let needs: Vec<Vec<usize>> = self
            .pack
            .conditions
            .iter()
            .map(|condition| {
                let mut out = Vec::new();
                condition.when.visit(&mut |part| {
                    if let Condition::Named(id, _) = part {
                        out.push(id.0);
                    }
                });
                out
            })
            .collect();
        for cycle in super::load::cycles(&needs) {
            let names: Vec<String> =
                cycle.iter().map(|&place| format!("`{}`", self.pack.conditions[place].id)).collect();
            let span = self.sections.conditions[cycle[0]].id_span;
            self.read.push(
                Diagnostic::error(Code::Cycle, span, format!("condition {} needs itself", names[0]))
                    .label(format!("{} → {}", names.join(" → "), names[0]))
                    .help("write one of them out"),
            );
            for place in cycle {
                self.pack.conditions[place].when = nothing();
            }
        }
        self.condition_sizes(&needs);
    }

    /// A name stands for all that it names: what doubles at each step soon has no end.
    fn condition_sizes(&mut self, needs: &[Vec<usize>]) {
        let mut sizes: Vec<Option<usize>> = vec![None; needs.len()];
        for start in 0..needs.len() {
            // A stack of its own: a chain of names may be long.
            let mut open = vec![start];
            while let Some(&place) = open.last() {
                let waiting = needs[place].iter().find(|&&need| need != place && sizes[need].is_none());
                match waiting {
                    Some(&need) if !open.contains(&need) => open.push(need),
                    _ => {
                        let own = self.pack.conditions[place].when.tests().len() + 1;
                        let named = needs[place].iter().map(|&need| sizes[need].unwrap_or(0));
                        sizes[place] = Some(named.fold(own, usize::saturating_add));
                        open.pop();
                    }
                }
            }
        }
        for (place, size) in
            sizes.iter().enumerate().filter(|(_, size)| size.is_some_and(|size| size > MAX_NAMED))
        {
            self.pack.conditions[place].when = nothing();
            // Those that name a part which is too large already only follow from it.
            if needs[place].iter().any(|&need| sizes[need].is_some_and(|size| size > MAX_NAMED)) {
                continue;
            }
            let condition = &self.pack.conditions[place];
            let count = size.unwrap_or(usize::MAX);
            let message = format!("condition `{}` comes to more than {MAX_NAMED} comparisons", condition.id);
            let span = self.sections.conditions[place].id_span;
            self.read.push(
                Diagnostic::error(Code::TooMuch, span, message)
                    .label(if count == usize::MAX {
                        "beyond counting".to_owned()
                    } else {
                        format!("{count} of them")
                    })
                    .help("name each part once"),
            );
        }
    }

    pub fn rules(&mut self) {
        let items = self.sections.rules.clone();
        for item in &items {
            let rule = self.rule(item);
            self.pack.rules.extend(rule);
        }
    }

    fn rule(&mut self, item: &Item<'_>) -> Option<Rule> {
        let what = format!("rule `{}`", item.id);
        let keys = self.read.open(item.node, item.id_span, &*what, &KEYS, &LATER)?;
        self.allow(&keys, item.span());
        let title = self.read.need(&keys, "title", "\"…\"").and_then(|node| self.prose(node, "`title`"));
        let why = self.read.need(&keys, "why", "\"…\"").and_then(|node| self.prose(node, "`why`"));
        let when = self.read.need(&keys, "when", "answer.… <= 2").and_then(|node| self.condition(node));
        let unless = keys.get("unless").and_then(|node| self.negated(node, "unless"));
        let prescribe = self.prescribe(&keys);
        self.read.need(&keys, "severity", "medium");
        let severities = [("low", Severity::Low), ("medium", Severity::Medium), ("high", Severity::High)];
        let severity = self.read.one_of(&keys, "severity", &severities);
        let area = self.rule_area(&keys, &prescribe);
        let if_missing = self.if_missing(&keys).unwrap_or(self.pack.if_missing);
        Some(Rule {
            id: item.id.to_owned(),
            title: title?,
            why: why?,
            when: when?,
            unless,
            prescribe,
            severity: severity?,
            area,
            if_missing,
            supersedes: Vec::new(),
            span: item.span(),
        })
    }

    pub fn if_missing(&mut self, keys: &Keys<'_>) -> Option<IfMissing> {
        let choices = [
            ("undecided", IfMissing::Undecided),
            ("assume_false", IfMissing::AssumeFalse),
            ("assume_true", IfMissing::AssumeTrue),
            ("require", IfMissing::Require),
        ];
        self.read.one_of(keys, "if_missing", &choices)
    }

    fn prescribe(&mut self, keys: &Keys<'_>) -> Vec<Prescribed> {
        let Some(node) = keys.get("prescribe") else {
            // What is found may be worth telling without advice; then nothing else says where it belongs.
            let misspelt = keys.is_misspelt("prescribe") || keys.is_misspelt("area");
            if !keys.has("prescribe") && !keys.has("area") && !misspelt {
                self.read.push(
                    Diagnostic::error(
                        Code::MissingKey,
                        keys.at(),
                        format!("{} has neither `prescribe` nor `area`", keys.what()),
                    )
                    .label("here")
                    .help("add `prescribe: [a-prescription]`, or `area:` for a finding without advice"),
                );
            }
            return Vec::new();
        };
        let mut out = Vec::new();
        for text in self.read.texts(node, "`prescribe`") {
            let found = self.names.prescribed(text.text, text.whole());
            if let Some(found) = self.read.ok(found)
                && !out.contains(&found)
            {
                out.push(found);
            }
        }
        let empty = node.items().is_some_and(<[Node]>::is_empty) || node.is_null();
        if empty {
            self.read.push(
                Diagnostic::error(Code::MissingKey, node.span, format!("{} prescribes nothing", keys.what()))
                    .label("empty")
                    .help("name at least one prescription, or take `prescribe` out"),
            );
        }
        out
    }

    /// The area said, or the one that all its prescriptions share.
    fn rule_area(&mut self, keys: &Keys<'_>, prescribe: &[Prescribed]) -> Option<AreaId> {
        if keys.has("area") {
            return self.area_or_general(keys);
        }
        let mut areas = Vec::new();
        for prescribed in prescribe {
            match prescribed {
                // Nobody can tell the area of a broken prescription.
                Prescribed::One(id) if self.faulty(self.pack.prescriptions[id.0].span) => {}
                Prescribed::One(id) => areas.push(self.pack.prescriptions[id.0].area),
                Prescribed::Ladder(id) => {
                    let steps = &self.pack.ladders[id.0].steps;
                    let sound = steps
                        .iter()
                        .map(|step| &self.pack.prescriptions[step.prescription.0])
                        .filter(|prescription| !self.faulty(prescription.span));
                    areas.extend(sound.map(|prescription| prescription.area));
                }
            }
        }
        areas.dedup();
        if areas.len() > 1 {
            let names: Vec<&str> = areas
                .iter()
                .map(|area| area.map_or("general", |area| self.pack.areas[area.0].id.as_str()))
                .collect();
            let span = keys.key_span("prescribe").unwrap_or(keys.at());
            self.read.push(
                Diagnostic::error(
                    Code::MissingKey,
                    span,
                    format!("{} has prescriptions of several areas", keys.what()),
                )
                .label(names.join(", "))
                .help(format!("say which one it belongs to: `area: {}`", names[0])),
            );
        }
        areas.first().copied().flatten()
    }

    /// A condition that is taken negatively: a list of several could mean "neither" or "not both".
    pub fn negated(&mut self, node: &Node, key: &str) -> Option<Condition> {
        if let Value::List { items, .. } = &node.value
            && items.len() > 1
        {
            self.read.push(
                Diagnostic::error(Code::AmbiguousNot, node.span, format!("a list under `{key}:` can be read in two ways"))
                    .label("neither of them, or not all of them?")
                    .help(format!(
                        "write `{key}: {{any: […]}}` if one of them is enough, `{key}: {{all: […]}}` if all must hold"
                    )),
            );
            return None;
        }
        self.condition(node)
    }
}
