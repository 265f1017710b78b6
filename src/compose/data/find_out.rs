//! What is not known, and what each piece of it would settle.

use super::Facts;
use crate::compose::contract::{FindOut, Md};
use crate::model::{FindOut as Found, Unknown};
use crate::wording::{self, list, quoted, sentence};

impl Facts<'_> {
    pub(super) fn find_out(&self) -> Vec<FindOut> {
        self.findings.find_out.iter().map(|found| self.one_to_find_out(found)).collect()
    }

    fn one_to_find_out(&self, found: &Found) -> FindOut {
        let missing = wording::missing(self.pack, found.what);
        let (kind, id) = match found.what {
            Unknown::Answer(id) => ("question", &self.pack.question(id).id),
            Unknown::Voice(id) | Unknown::Agreement(id) => ("voice", &self.pack.question(id).id),
            Unknown::Metric(id) => ("metric", &self.pack.metric(id).id),
            Unknown::Before(id) => ("before", &self.pack.metric(id).id),
        };
        let findings: Vec<Md> =
            found.rules.iter().map(|rule| self.prose(&self.pack.rules[rule.0].title)).collect();
        let areas: Vec<String> =
            found.areas.iter().map(|area| self.prose(&self.pack.area(*area).title).0).collect();
        let steps: Vec<String> = found
            .steps
            .iter()
            .map(|step| quoted(&self.prose(&self.pack.prescription(*step).title).0))
            .collect();
        let mut settles = Vec::new();
        let decides = self.decides(found);
        if !findings.is_empty() {
            let titles: Vec<String> = findings.iter().map(|title| quoted(&title.0)).collect();
            settles.push(format!(
                "whether {} {}{}",
                few(&titles),
                if titles.len() == 1 { "applies" } else { "apply" },
                decides.as_ref().map(|decides| format!(" ({decides})")).unwrap_or_default()
            ));
        }
        if !areas.is_empty() {
            settles.push(format!(
                "how {} {}",
                list(&areas),
                if areas.len() == 1 { "stands" } else { "stand" }
            ));
        }
        if !steps.is_empty() {
            settles.push(format!("whether {} is the step to take", list(&steps)));
        }
        FindOut {
            kind: kind.to_owned(),
            id: id.clone(),
            text: Md(missing.what),
            ask: Md(sentence(&missing.ask)),
            settles: Md(match settles.as_slice() {
                [] => String::new(),
                settles => sentence(&format!("it settles {}", settles.join(", and "))),
            }),
            decides: decides.map(Md),
            findings,
        }
    }
}

/// At most two of them by name.
fn few(titles: &[String]) -> String {
    match titles {
        [first, second, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second} and {}", wording::count(rest.len(), "other finding", "other findings"))
        }
        titles => list(titles),
    }
}
