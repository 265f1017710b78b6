//! What was found and what was expected, in words.

use super::{Judged, id_of, number_name};
use crate::model::{BandOf, Number, PrescriptionId, RuleId, Status, Unit};
use crate::prove::suite::{Wanted, Written};

/// Rules whose because a message tells; more would bury it.
const TOLD: usize = 3;

impl Judged<'_> {
    /// What was found, what was expected, and the rules whose because explains it.
    pub(super) fn words(&self, wanted: &Wanted) -> (String, String, Vec<RuleId>) {
        let (pack, findings) = (self.pack(), self.findings);
        let plain = |found: String, expected: String| (found, expected, Vec::new());
        match wanted {
            Wanted::Number(of, written) => {
                plain(self.number_is(*of), written.as_ref().map_or("missing".to_owned(), digits))
            }
            Wanted::Ends(of, low, high) => {
                plain(self.number_is(*of), format!("between {} and {}", digits(low), digits(high)))
            }
            Wanted::Band(of, label) => {
                let found = self.band(*of).unwrap_or("missing");
                let expected = format!("`{}`", label.as_deref().unwrap_or("missing"));
                plain(format!("`band.{}` is `{found}`", id_of(pack, *of)), expected)
            }
            Wanted::Rule(rule, status) => (self.rule_is(*rule), format!("`{}`", status.word()), vec![*rule]),
            Wanted::Rules { status, rules, some } => self.rules(*status, rules, *some),
            Wanted::NotFired(rules) => {
                let fired: Vec<RuleId> = rules
                    .iter()
                    .filter(|rule| self.of_status(Status::Fired).contains(rule))
                    .copied()
                    .collect();
                let found = self.rules_are(&fired);
                (found, "that none of these fires".to_owned(), fired.into_iter().take(TOLD).collect())
            }
            Wanted::Prescribed { list, some } => {
                let advised = self.advised();
                let lacks: Vec<PrescriptionId> =
                    list.iter().filter(|id| !advised.contains(id)).copied().collect();
                let more: Vec<PrescriptionId> =
                    advised.iter().filter(|id| !*some && !list.contains(id)).copied().collect();
                let found = both(
                    self.prescriptions(&more).map(|ids| format!("{ids} is advised too")),
                    self.prescriptions(&lacks).map(|ids| format!("{ids} is not advised")),
                );
                plain(found, if *some { "all of these" } else { "exactly these" }.to_owned())
            }
            Wanted::NotPrescribed(list) => {
                let advised: Vec<PrescriptionId> =
                    list.iter().filter(|id| self.advised().contains(id)).copied().collect();
                let found = self.prescriptions(&advised).map(|ids| format!("{ids} is advised"));
                plain(found.unwrap_or_default(), "that none of these is advised".to_owned())
            }
            Wanted::SetAside(_) => {
                let found = self.prescriptions(&self.set_aside()).unwrap_or("nothing".to_owned());
                plain(format!("set aside is {found}"), "exactly these".to_owned())
            }
            Wanted::First(id) => {
                let first = self.prescriptions(&self.advised().into_iter().take(1).collect::<Vec<_>>());
                let expected =
                    id.map_or("nothing".to_owned(), |id| format!("`{}`", pack.prescription(id).id));
                plain(format!("the first is {}", first.unwrap_or("nothing".to_owned())), expected)
            }
            Wanted::Plan(_) => {
                let steps = findings.plan.steps.iter();
                let steps: Vec<String> = steps
                    .map(|s| format!("`{}` ({})", pack.prescription(s.prescription).id, s.due))
                    .collect();
                let found = if steps.is_empty() { "empty".to_owned() } else { steps.join(", ") };
                plain(format!("the plan is {found}"), "these steps in this order".to_owned())
            }
            Wanted::Leaks(_) => {
                let leaks = findings.leaks.iter().map(|id| format!("`{}`", pack.area(*id).id));
                let leaks: Vec<String> = leaks.collect();
                let found = if leaks.is_empty() { "none".to_owned() } else { leaks.join(", ") };
                plain(format!("the leaks are {found}"), "these, the worst first".to_owned())
            }
            Wanted::Problems(_) => {
                let problems = findings.problems.iter();
                let told: Vec<String> = problems.map(|p| format!("{} ({})", p.code, p.message)).collect();
                let found = if told.is_empty() { "none".to_owned() } else { told.join("; ") };
                plain(format!("the problems are {found}"), "exactly these codes".to_owned())
            }
            Wanted::Refused(true) => {
                plain("this respondent is not refused".to_owned(), "a refusal".to_owned())
            }
            Wanted::Refused(false) => {
                let miss = self.refused(self.case.at);
                let reasons = miss.because.join("; ");
                plain(format!("this respondent is refused: {reasons}"), "findings".to_owned())
            }
            Wanted::Contains(text) => plain("the playbook lacks it".to_owned(), text.clone()),
        }
    }

    fn number_is(&self, of: BandOf) -> String {
        let shown = |value: &Number| match of {
            BandOf::Metric(id) => self.pack().metric(id).unit.after(&value.to_string()),
            BandOf::Score(_) => value.to_string(),
        };
        let found = match self.ends(of) {
            Some((low, high)) if low == high => shown(low),
            Some((low, high)) => format!("between {} and {}", shown(low), shown(high)),
            None => "missing".to_owned(),
        };
        format!("`{}` is {found}", number_name(self.pack(), of))
    }

    fn rules(&self, status: Status, rules: &[RuleId], some: bool) -> (String, String, Vec<RuleId>) {
        let found = self.of_status(status);
        let more: Vec<RuleId> = found.iter().filter(|rule| !some && !rules.contains(rule)).copied().collect();
        let lacks: Vec<RuleId> = rules.iter().filter(|rule| !found.contains(rule)).copied().collect();
        let wrong: Vec<RuleId> = more.iter().chain(&lacks).copied().collect();
        let expected = match (some, rules.is_empty()) {
            (true, _) => format!("all of these to be {}", status.word()),
            (false, true) => format!("nothing to be {}", status.word()),
            (false, false) => format!("exactly these to be {}", status.word()),
        };
        (self.rules_are(&wrong), expected, wrong.into_iter().take(TOLD).collect())
    }

    fn rules_are(&self, rules: &[RuleId]) -> String {
        rules.iter().map(|rule| self.rule_is(*rule)).collect::<Vec<_>>().join(", ")
    }

    fn rule_is(&self, rule: RuleId) -> String {
        let found = &self.findings.rules[rule.0];
        let assumed = if found.assumed { " (assumed)" } else { "" };
        format!("`{}` is {}{assumed}", self.pack().rules[rule.0].id, found.status.word())
    }

    fn prescriptions(&self, ids: &[PrescriptionId]) -> Option<String> {
        let ids: Vec<String> =
            ids.iter().map(|id| format!("`{}`", self.pack().prescription(*id).id)).collect();
        (!ids.is_empty()).then(|| ids.join(", "))
    }
}

fn both(first: Option<String>, second: Option<String>) -> String {
    [first, second].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// As the author wrote it.
pub(super) fn digits(written: &Written) -> String {
    let value: &Number = &written.value;
    format!("{}{}", value.to_decimal(written.decimals), written.suffix.as_deref().unwrap_or_default())
}

/// A value as it would be written in the place of another one.
pub(super) fn rewritten(value: &Number, like: Option<&Written>, unit: &Unit) -> String {
    match like {
        Some(Written { decimals, suffix: Some(suffix), .. }) => {
            format!("{}{suffix}", value.to_decimal(*decimals))
        }
        _ if *unit == Unit::Points => value.to_string(),
        _ => unit.after(&value.to_string()),
    }
}
