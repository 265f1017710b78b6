//! What was assumed, and what the reader should know of the figures.

use super::Facts;
use crate::compose::contract::{Md, Remark};
use crate::diag::Code;
use crate::markdown::inert;
use crate::model::{Answer, BandOf, MetricId, RuleId, Status};
use crate::wording::{self, date, quoted, sentence};

impl Facts<'_> {
    pub(super) fn assumptions(&self) -> Vec<Md> {
        let rules = self.findings.rules.iter().enumerate().filter(|(_, rule)| rule.assumed);
        rules
            .map(|(at, found)| {
                let because = self.because(RuleId(at)).0;
                let title = self.prose(&self.pack.rules[at].title).0;
                let taken = if found.status == Status::Fired { "applies" } else { "does not apply" };
                Md(format!("{} {taken}. {because}", quoted(&title)))
            })
            .collect()
    }

    pub(super) fn remarks(&self) -> Vec<Remark> {
        let mut all = Vec::new();
        for (at, question) in self.pack.questions.iter().enumerate() {
            let alone = std::iter::once((None, self.respondent.answers.get(at)));
            let voices =
                self.respondent.voices.iter().map(|voice| (Some(&voice.role), voice.answers.get(at)));
            for (role, answer) in alone.chain(voices) {
                let Some(Answer::Text(text)) = answer else { continue };
                let (id, question) = (question.id.clone(), self.prose(&question.text));
                let text = text.trim().to_owned();
                all.push(Remark { id, question, text, role: role.cloned() });
            }
        }
        all.retain(|remark| !remark.text.is_empty());
        all
    }

    pub(super) fn notes(&self) -> Vec<Md> {
        let mut notes = Vec::new();
        let used = |at: &usize| {
            self.findings.values.metrics[*at].ends.is_some() && !self.pack.metrics[*at].bands.is_empty()
        };
        let used: Vec<usize> = (0..self.pack.metrics.len()).filter(used).collect();
        if self.findings.as_of.is_none() && !used.is_empty() {
            notes.push("The answers bear no date, so the newest bands were taken.".to_owned());
        }
        for at in used {
            let title = quoted(&self.prose(&self.pack.metrics[at].title).0);
            let Some(dated) = wording::in_force(self.pack, self.findings, BandOf::Metric(MetricId(at)))
            else {
                continue;
            };
            if let (Some(day), Some(from)) = (self.findings.as_of, dated.from)
                && from > day
            {
                notes.push(format!("The bands of {title} were adopted only on {}.", date(from)));
            }
            if let (true, Some(review)) = (self.stale(MetricId(at)), dated.review_by) {
                notes.push(format!("The bands of {title} were due for review by {}.", date(review)));
            }
        }
        // Those two are told above in better words; a column that nobody knows is no concern of the reader.
        let told = [Code::BandsPastReview, Code::BandsTooNew, Code::ExtraColumn].map(Code::name);
        for problem in &self.findings.problems {
            if !told.contains(&problem.code) {
                notes.push(sentence(&inert(&problem.message.replace('`', ""))));
            }
        }
        notes.into_iter().map(Md).collect()
    }
}
