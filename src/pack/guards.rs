//! Conditions that a value depends on: they may ask of nothing that depends on the value in turn.

use super::load::Loader;
use crate::diag::{Code, Diagnostic};
use crate::model::{Condition, Subject, subjects};
use crate::source::Span;
use crate::yaml::Node;

/// A condition under `where` or `valid_if`, looked at when all that it may name is read.
pub struct Guard {
    span: Span,
    condition: Condition,
    /// Whether it stands under `where`: a table is chosen by what is given, never by what is worked out.
    chooses: bool,
}

impl Loader<'_, '_> {
    /// A condition under `where` (it chooses a table) or under `valid_if`.
    pub fn guard(&mut self, node: &Node, chooses: bool) -> Option<Condition> {
        self.guarding = Some(chooses);
        let condition = self.condition(node);
        self.guarding = None;
        let condition = condition?;
        self.guards.push(Guard { span: node.span, condition: condition.clone(), chooses });
        Some(condition)
    }

    /// The fault of a name that no guard may have; other names may not even be known yet.
    pub fn check_guarded(&self, kind: &str, name: &str, span: Span) -> Result<(), Box<Diagnostic>> {
        match self.guarding {
            Some(false) if kind == "derived" => Ok(()),
            Some(chooses) if !["answer", "metric"].contains(&kind) => {
                Err(Box::new(fault(name, chooses, span)))
            }
            _ => Ok(()),
        }
    }

    /// Named conditions are known by then.
    pub fn check_guards(&mut self) {
        for Guard { span, condition, chooses } in std::mem::take(&mut self.guards) {
            let fits = |subject: &Subject| match subject {
                Subject::Answer(_) => true,
                Subject::Metric(id) => !chooses || self.pack.metric(*id).formula.is_none(),
                Subject::Derived(_) => !chooses,
                _ => false,
            };
            let Some(wrong) = subjects(&condition, &self.pack).into_iter().find(|subject| !fits(subject))
            else {
                continue;
            };
            let name = super::print::subject(wrong, &self.pack).unwrap_or_default();
            self.read.push(fault(&name, chooses, span));
        }
    }
}

fn fault(name: &str, chooses: bool, span: Span) -> Diagnostic {
    let (message, label) = if chooses {
        (format!("`where` cannot ask of `{name}`"), "it asks of answers and of given metrics")
    } else {
        (format!("`valid_if` cannot ask of `{name}`"), "it asks of answers, metrics and derived values")
    };
    Diagnostic::error(Code::WrongKind, span, message).label(label).help("ask of what it is worked out from")
}
