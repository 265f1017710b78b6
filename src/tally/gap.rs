//! Managers against everybody else, where a question is put to both.

use super::together::Gap;
use crate::model::{Answer, Number, Pack, QuestionId, QuestionKind, Respondent};

/// How the two sides of many respondents answered one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sides {
    /// Respondents of whom both sides answered.
    pub both: usize,
    managers: Number,
    others: Number,
    apart: Number,
    /// How often managers said more, the same, less.
    more: usize,
    same: usize,
    less: usize,
}

impl Sides {
    pub fn add(&mut self, pack: &Pack, respondent: &Respondent, id: QuestionId) {
        let kind = &pack.question(id).kind;
        let (Some(managers), Some(others)) =
            (mean(kind, respondent, id, true), mean(kind, respondent, id, false))
        else {
            return;
        };
        self.both += 1;
        let gap = &managers - &others;
        match gap.cmp(&Number::zero()) {
            std::cmp::Ordering::Greater => self.more += 1,
            std::cmp::Ordering::Equal => self.same += 1,
            std::cmp::Ordering::Less => self.less += 1,
        }
        self.apart = &self.apart + &gap.abs();
        self.managers = &self.managers + &managers;
        self.others = &self.others + &others;
    }

    /// None where nobody has both sides, or the question has no ends.
    pub fn gap(&self, pack: &Pack, id: QuestionId) -> Option<Gap> {
        let (low, high) = pack.question(id).raw_ends()?;
        let count = Number::from(self.both);
        let apart = self.apart.checked_div(&count)?;
        Some(Gap {
            question: id,
            counted: self.both,
            managers: self.managers.checked_div(&count)?,
            others: self.others.checked_div(&count)?,
            share: apart.checked_div(&(&high - &low))?,
            apart,
            more: self.more,
            same: self.same,
            less: self.less,
        })
    }
}

fn mean(kind: &QuestionKind, respondent: &Respondent, id: QuestionId, managers: bool) -> Option<Number> {
    let side = respondent.voices.iter().filter(|voice| (voice.role == "manager") == managers);
    let values: Vec<Number> = side
        .filter_map(|voice| match (voice.answers.get(id.0)?, kind) {
            (Answer::Number(value), QuestionKind::Numbered { .. }) => Some(value.clone()),
            (Answer::Option(at), QuestionKind::Options(choices)) => Some(choices.get(*at)?.points.clone()),
            _ => None,
        })
        .collect();
    let count = Number::from(values.len());
    values.into_iter().sum::<Number>().checked_div(&count)
}
