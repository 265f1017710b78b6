//! What would have to stand in the place of an expectation for it to be met.

use super::Judged;
use super::found::{digits, rewritten};
use crate::model::{PrescriptionId, RuleId, Status, Unit};
use crate::prove::suite::{Expect, Layout, Wanted};
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
            Wanted::Score(of, like) => {
                let score = findings.values.score(*of);
                Some(match (score.value(), &score.ends) {
                    (Some(value), _) => rewritten(value, like.as_ref(), &Unit::Points),
                    (None, Some((low, high))) => format!("[{low}, {high}]"),
                    (None, None) => "missing".to_owned(),
                })
            }
            Wanted::Ends(of, from, to) => {
                let score = findings.values.score(*of);
                Some(match (score.value(), &score.ends) {
                    (Some(value), _) => rewritten(value, Some(from), &Unit::Points),
                    (None, Some((low, high))) => {
                        let like = |value, like| rewritten(value, Some(like), &Unit::Points);
                        format!("[{}, {}]", like(low, from), like(high, to))
                    }
                    (None, None) => "missing".to_owned(),
                })
            }
            Wanted::Metric(of, like) => {
                let value = findings.values.metric(*of).value.as_ref();
                let unit = &pack.metric(*of).unit;
                Some(value.map_or("missing".to_owned(), |value| rewritten(value, like.as_ref(), unit)))
            }
            Wanted::Band(of, _) => {
                let label = findings.band_label(pack, *of).unwrap_or("missing");
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

    /// What stands there now, where it is a number: the same digits would mend nothing.
    fn as_written(&self, expect: &Expect) -> String {
        match &expect.wanted {
            Wanted::Score(_, Some(written)) | Wanted::Metric(_, Some(written)) => digits(written),
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
