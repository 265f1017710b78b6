//! What would have to stand in the place of an expectation for it to be met.

use super::Judged;
use super::found::{digits, rewritten};
use crate::model::{BandOf, PrescriptionId, RuleId, Status, Unit};
use crate::prove::suite::{Expect, Layout, Wanted, Written};
use crate::yaml::quoted;

impl Judged<'_> {
    /// The text for the place of an expectation; none where only its author can tell.
    pub(super) fn mend(&self, expect: &Expect) -> Option<String> {
        let (pack, findings) = (self.pack(), self.findings);
        let rule = |id: &RuleId| pack.rules[id.0].id.clone();
        let advice = |id: &PrescriptionId| pack.prescription(*id).id.clone();
        let list = |items: Vec<String>| Some(laid_out(&items, expect.layout));
        let some = |items: Vec<String>| if items.is_empty() { None } else { list(items) };
        match &expect.wanted {
            Wanted::Number(of, like) => Some(self.rewritten(*of, like.as_ref(), like.as_ref())),
            Wanted::Ends(of, from, to) => Some(self.rewritten(*of, Some(from), Some(to))),
            Wanted::Band(of, _) => {
                let label = self.band(*of).unwrap_or("missing");
                let plain = label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                Some(if plain || expect.layout == Layout::Cell { label.to_owned() } else { quoted(label) })
            }
            Wanted::Rule(rule, _) => Some(findings.rules[rule.0].status.word().to_owned()),
            Wanted::Rules { status, some: false, .. } => {
                list(self.of_status(*status).iter().map(rule).collect())
            }
            Wanted::Rules { status, rules, .. } => {
                let found = self.of_status(*status);
                some(rules.iter().filter(|id| found.contains(id)).map(rule).collect())
            }
            Wanted::NotFired(rules) => {
                let fired = self.of_status(Status::Fired);
                some(rules.iter().filter(|id| !fired.contains(id)).map(rule).collect())
            }
            Wanted::Prescribed { some: false, .. } => list(self.advised().iter().map(advice).collect()),
            Wanted::Prescribed { list: wanted, .. } => {
                let advised = self.advised();
                some(wanted.iter().filter(|id| advised.contains(id)).map(advice).collect())
            }
            Wanted::NotPrescribed(wanted) => {
                let advised = self.advised();
                some(wanted.iter().filter(|id| !advised.contains(id)).map(advice).collect())
            }
            Wanted::SetAside(_) => list(self.set_aside().iter().map(advice).collect()),
            Wanted::First(_) => Some(self.advised().first().map_or("none".to_owned(), advice)),
            Wanted::Leaks(_) => list(findings.leaks.iter().map(|id| pack.area(*id).id.clone()).collect()),
            Wanted::Problems(_) => {
                let mut codes: Vec<String> = findings.problems.iter().map(|p| p.code.to_owned()).collect();
                codes.sort_unstable();
                codes.dedup();
                list(codes)
            }
            Wanted::Plan(steps) if steps.iter().all(|(day, _)| day.is_none()) => {
                list(findings.plan.steps.iter().map(|step| advice(&step.prescription)).collect())
            }
            // A plan by days, a text, a refusal: what should stand there is for its author to say.
            Wanted::Plan(_) | Wanted::Contains(_) | Wanted::Refused(_) => None,
        }
        .filter(|text| *text != self.as_written(expect))
    }

    /// A number, or two ends, as written in the place of others.
    fn rewritten(&self, of: BandOf, from: Option<&Written>, to: Option<&Written>) -> String {
        let unit = match of {
            BandOf::Metric(id) => self.pack().metric(id).unit.clone(),
            BandOf::Score(_) => Unit::Points,
        };
        match self.ends(of) {
            Some((low, high)) if low == high => rewritten(low, from, &unit),
            Some((low, high)) => format!("[{}, {}]", rewritten(low, from, &unit), rewritten(high, to, &unit)),
            None => "missing".to_owned(),
        }
    }

    /// What stands there now, where it is a number: the same digits would mend nothing.
    fn as_written(&self, expect: &Expect) -> String {
        match &expect.wanted {
            Wanted::Number(_, Some(written)) => digits(written),
            _ => String::new(),
        }
    }
}

fn laid_out(items: &[String], layout: Layout) -> String {
    match layout {
        Layout::Block { column } if !items.is_empty() => items
            .iter()
            .map(|item| format!("- {item}"))
            .collect::<Vec<_>>()
            .join(&format!("\n{}", " ".repeat(column))),
        _ => format!("[{}]", items.join(", ")),
    }
}
