//! `ask_if`: questions that are put only to those of whom a condition over other answers holds.

use std::collections::BTreeSet;

use super::items::Item;
use super::load::{Loader, cycles};
use super::text::Text;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{
    Absence, Answer, AskIf, Condition, ConditionId, Number, Pack, QuestionId, QuestionKind, Subject,
};
use crate::quantity::{self, Wanted};
use crate::source::Span;
use crate::yaml::Node;

impl Loader<'_, '_> {
    /// Reads `ask_if` and `else` of every question; questions and named conditions are known by then.
    pub fn ask_ifs(&mut self) {
        let items = self.sections.questions.clone();
        let mut needs: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        for (place, item) in items.iter().enumerate() {
            let (ask_if, otherwise) = (item.node.get("ask_if"), item.node.get("else"));
            if let (None, Some(node)) = (ask_if, otherwise) {
                let what = format!("question `{}` has `else` and no `ask_if`", item.id);
                self.read.push(
                    Diagnostic::error(Code::MissingKey, node.span, what)
                        .label("this would never be its answer")
                        .help("say with `ask_if:` when the question is asked, or take `else` out"),
                );
            }
            let Some(node) = ask_if else { continue };
            let otherwise = match otherwise {
                Some(node) => self.otherwise(node, place),
                None => Some(Answer::Absent(Absence::NotAsked)),
            };
            let Some(when) = self.condition(node) else { continue };
            let (needed, misled) = looks_at(&when, &self.pack);
            if let Some(span) = misled {
                self.read.push(
                    Diagnostic::error(
                        Code::AskIf,
                        span,
                        format!("`ask_if` of question `{}` looks at more than answers", item.id),
                    )
                    .label("a question is asked before anything is measured or scored")
                    .help("ask for answers only, with `answer.…`"),
                );
                continue;
            }
            needs[place] = needed;
            if let Some(otherwise) = otherwise {
                self.pack.questions[place].ask_if = Some(AskIf { when, otherwise });
            }
        }
        self.ask_if_cycles(&items, &needs);
        self.pack.gated = in_order(&needs)
            .into_iter()
            .filter(|place| self.pack.questions[*place].ask_if.is_some())
            .map(QuestionId)
            .collect();
    }

    fn ask_if_cycles(&mut self, items: &[Item<'_>], needs: &[Vec<usize>]) {
        for cycle in cycles(needs) {
            let names: Vec<String> = cycle.iter().map(|&place| format!("`{}`", items[place].id)).collect();
            let message = format!("whether question {} is asked depends on itself", names[0]);
            self.read.push(
                Diagnostic::error(Code::Cycle, items[cycle[0]].id_span, message)
                    .label(format!("{} → {}", names.join(" → "), names[0]))
                    .help("let one of them be asked of everybody"),
            );
            for place in cycle {
                self.pack.questions[place].ask_if = None;
            }
        }
    }

    /// What `else:` gives: an answer that the question takes, or that it does not apply.
    fn otherwise(&mut self, node: &Node, place: usize) -> Option<Answer> {
        let kind = self.pack.questions[place].kind.clone();
        if let QuestionKind::Many(choices) = &kind {
            let mut chosen = Vec::new();
            for text in self.read.texts(node, "`else`") {
                match option_of(&kind, text.text) {
                    Some(at) => chosen.push(at),
                    None if node.items().is_none() && is_not_applicable(text.text) => {
                        return Some(Answer::Absent(Absence::NotApplicable));
                    }
                    None => {
                        let fault = wrong(&text, &kind, choices.iter().map(|choice| choice.id.as_str()));
                        self.read.push(fault);
                        return None;
                    }
                }
            }
            chosen.sort_unstable();
            chosen.dedup();
            return Some(Answer::Many(chosen));
        }
        let text = self.read.text(node, "`else`")?;
        if is_not_applicable(text.text) {
            return Some(Answer::Absent(Absence::NotApplicable));
        }
        let found = match &kind {
            QuestionKind::Text => Some(Answer::Text(text.text.to_owned())),
            QuestionKind::Number { unit, range } => {
                let (digits, word) = quantity::split(text.text);
                let id = self.pack.questions[place].id.clone();
                let declared = &self.pack.units;
                if digits.is_empty() {
                    let fault = wrong(&text, &kind, std::iter::empty());
                    self.read.push(fault);
                    return None;
                }
                let wanted = Wanted { name: &id, unit, range: range.as_ref(), declared, bare: true };
                return match quantity::fit(digits, word, wanted) {
                    Ok(value) => Some(Answer::Number(value)),
                    Err(misfit) => {
                        self.read.push(super::misfit(misfit, text.whole()));
                        None
                    }
                };
            }
            QuestionKind::Numbered { .. } => step_of(&kind, text.text).map(Answer::Number),
            _ => option_of(&kind, text.text).map(Answer::Option),
        };
        if found.is_none() {
            let labels: Vec<&str> = match &kind {
                QuestionKind::Numbered { labels, .. } => labels.iter().map(String::as_str).collect(),
                kind => kind.choices().iter().map(|choice| choice.id.as_str()).collect(),
            };
            let fault = wrong(&text, &kind, labels.into_iter());
            self.read.push(fault);
        }
        found
    }
}

fn is_not_applicable(text: &str) -> bool {
    Absence::parse(text) == Some(Absence::NotApplicable)
}

fn option_of(kind: &QuestionKind, text: &str) -> Option<usize> {
    let folded = text.trim().to_lowercase();
    let value = Number::parse(text.trim());
    kind.choices().iter().position(|choice| {
        choice.id.to_lowercase() == folded
            || choice.label.to_lowercase() == folded
            || value.is_some() && choice.value == value
    })
}

/// A number of a scale by its digits or its label.
fn step_of(kind: &QuestionKind, text: &str) -> Option<Number> {
    let QuestionKind::Numbered { from, to, step, labels } = kind else { return None };
    let folded = text.trim().to_lowercase();
    if let Some(place) = labels.iter().position(|label| label.to_lowercase() == folded) {
        return kind.step_at(place);
    }
    let value = Number::parse(text.trim())?;
    let held = match step {
        Some(_) => kind.step_of(&value).is_some(),
        None => value >= *from && value <= *to,
    };
    held.then_some(value)
}

fn wrong<'a>(text: &Text<'_>, kind: &QuestionKind, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let wanted = match kind {
        QuestionKind::Numbered { from, to, .. } => {
            format!("an answer from {from} to {to}, or `not_applicable`, is wanted here")
        }
        QuestionKind::Number { unit, range } => match range {
            Some((low, high)) => {
                let range = unit.from_to(&low.to_string(), &high.to_string());
                format!("a number ({range}), or `not_applicable`, is wanted here")
            }
            None => "a number, or `not_applicable`, is wanted here".to_owned(),
        },
        QuestionKind::Many(_) => "options of the question, or `not_applicable`, are wanted here".to_owned(),
        _ => "an option of the question, or `not_applicable`, is wanted here".to_owned(),
    };
    Diagnostic::error(Code::WrongValue, text.whole(), format!("`else` cannot be `{}`", text.text))
        .label(wanted)
        .help_if(did_you_mean(text.text, known))
}

/// The questions that a condition looks at, through the conditions that it names, and the place at which
/// it looks at anything else.
fn looks_at(when: &Condition, pack: &Pack) -> (Vec<usize>, Option<Span>) {
    let mut found = Vec::new();
    let mut misled = None;
    let mut seen: BTreeSet<ConditionId> = BTreeSet::new();
    // A stack of its own: a chain of names may be long.
    let mut open: Vec<(&Condition, Option<Span>)> = vec![(when, None)];
    while let Some((condition, through)) = open.pop() {
        condition.visit(&mut |part| match part {
            Condition::Named(id, span) if seen.insert(*id) => {
                open.push((&pack.condition(*id).when, through.or(Some(*span))));
            }
            Condition::Test(test) => match test.subject {
                Subject::Answer(id) if !found.contains(&id.0) => found.push(id.0),
                Subject::Answer(_) => {}
                _ => misled = misled.or(through).or(Some(test.span)),
            },
            _ => {}
        });
    }
    (found, misled)
}

/// All places, each behind those that it needs; circles are broken somewhere.
fn in_order(needs: &[Vec<usize>]) -> Vec<usize> {
    let mut begun = vec![false; needs.len()];
    let mut out = Vec::new();
    for start in 0..needs.len() {
        let mut path: Vec<(usize, usize)> = Vec::new();
        if !std::mem::replace(&mut begun[start], true) {
            path.push((start, 0));
        }
        while let Some((place, next)) = path.last_mut() {
            match needs[*place].get(*next) {
                Some(&need) => {
                    *next += 1;
                    if !std::mem::replace(&mut begun[need], true) {
                        path.push((need, 0));
                    }
                }
                None => {
                    out.push(*place);
                    path.pop();
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn what_is_needed_comes_first() {
        assert_eq!(in_order(&[vec![2], vec![], vec![1]]), [1, 2, 0]);
        assert_eq!(in_order(&[vec![1], vec![0]]), [1, 0]);
    }
}
