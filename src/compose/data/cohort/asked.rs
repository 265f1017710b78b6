//! Questions with everybody's answers, in words.

use super::{All, hundredths, people, share, standing};
use crate::compose::contract::{Asked, Count, Gap, Md};
use crate::markdown::inert;
use crate::model::{Absence, Number, Question, QuestionKind};
use crate::tally::{self, QuestionTold, place_labels};
use crate::wording::{list, quoted, sentence};

/// So few different answers are told one by one.
const SHORT: usize = 4;

impl All<'_> {
    pub(super) fn questions(&self) -> Vec<Asked> {
        let told = self.together.questions.iter();
        told.filter(|told| !matches!(self.pack.question(told.question).kind, QuestionKind::Text))
            .map(|told| self.asked(told))
            .collect()
    }

    fn asked(&self, told: &QuestionTold) -> Asked {
        let question = self.pack.question(told.question);
        let labels = place_labels(question);
        let shown = |number: &Number| shown(question, number);
        let absent = Absence::ALL.iter().zip(told.absent).filter(|(_, times)| *times > 0);
        let found = self.compared.and_then(|compared| compared.question(told.question));
        Asked {
            id: question.id.clone(),
            question: self.prose(&question.text),
            area_title: question.area.map(|id| self.prose(&self.pack.area(id).title)),
            profile: matches!(question.kind, QuestionKind::Profile(_)),
            scale: scale(question).map(Md),
            counted: told.counted,
            held_back: told.counted == 0,
            answers: self.counts(labels.iter().map(String::as_str), &told.places, told.counted),
            answers_text: Md(self.in_a_line(told, &labels)),
            mixed: told.mixed,
            absent: absent
                .map(|(absence, times)| Count {
                    label: Md(absence.phrase().to_owned()),
                    people: times,
                    share: share(times, self.together.people),
                })
                .collect(),
            median: told.quarters.as_ref().map(|[_, median, _]| Md(shown(median))),
            middle: told.quarters.as_ref().filter(|_| is_number(question)).map(|[low, _, high]| {
                Md(match low == high {
                    true => plain(question, low),
                    false => format!("{} to {}", plain(question, low), plain(question, high)),
                })
            }),
            disagreement: told.disagreement.as_ref().map(hundredths),
            split: told.camps.is_some(),
            sentence: Md(self.spread(told, question, &labels)),
            standing: found.map(|found| standing(found, &|number| plain(question, number))),
        }
    }

    /// `never: 5 · yearly: 3 · don't know: 1`.
    fn in_a_line(&self, told: &QuestionTold, labels: &[String]) -> String {
        if told.counted == 0 {
            return format!("fewer than {} answered", self.together.least);
        }
        let given = labels.iter().map(|label| inert(label)).zip(told.places.iter().copied());
        let mixed = std::iter::once(("differently inside".to_owned(), told.mixed));
        let absent = Absence::ALL.iter().map(|absence| absence.phrase().to_owned()).zip(told.absent);
        let all = given.chain(mixed).chain(absent).filter(|(_, times)| *times > 0);
        all.map(|(label, times)| format!("{label}: {times}")).collect::<Vec<_>>().join(" · ")
    }

    /// How far people are apart, in one sentence.
    fn spread(&self, told: &QuestionTold, question: &Question, labels: &[String]) -> String {
        let camp = |at: usize| {
            let label = labels.get(at).map(|label| quoted(&inert(label))).unwrap_or_default();
            (told.places.get(at).copied().unwrap_or(0), label)
        };
        if let Some((low, high)) = told.camps {
            let ((few, one), (many, other)) = (camp(low), camp(high));
            return sentence(&format!(
                "two camps: {few} of {} say {one}, {many} say {other}, and few lie between",
                told.counted
            ));
        }
        if told.counted == 0 {
            return sentence(&format!("fewer than {} answered", self.together.least));
        }
        let used: Vec<usize> = (0..told.places.len()).filter(|at| told.places[*at] > 0).collect();
        if (2..=SHORT).contains(&used.len()) {
            let each: Vec<String> = used
                .iter()
                .enumerate()
                .map(|(place, at)| {
                    let (times, label) = camp(*at);
                    let of = if place == 0 { format!(" of {} say", told.counted) } else { String::new() };
                    format!("{times}{of} {label}")
                })
                .collect();
            return sentence(&list(&each));
        }
        let most = (0..told.places.len()).max_by_key(|at| (told.places[*at], usize::MAX - at));
        let (times, label) = most.map(camp).unwrap_or_default();
        match (&told.quarters, used.len()) {
            (_, 1) => sentence(&format!("everybody says {label}")),
            (Some([low, _, high]), _) if low != high && is_number(question) => sentence(&format!(
                "the middle half says {} to {}; the answer given most is {label} ({times} of {})",
                plain(question, low),
                plain(question, high),
                told.counted
            )),
            _ if told.places.is_empty() => match &told.quarters {
                Some([_, median, _]) => sentence(&format!("the median is {}", plain(question, median))),
                None => sentence(&format!("{} answered", people(told.counted))),
            },
            _ => sentence(&format!("the answer given most is {label} ({times} of {})", told.counted)),
        }
    }

    pub(super) fn gap(&self, gap: &tally::Gap) -> Gap {
        let question = self.pack.question(gap.question);
        let others: Vec<&String> = question.voices.iter().filter(|role| *role != "manager").collect();
        let others_are = match others.as_slice() {
            [one] if one.ends_with('s') => inert(one),
            [one] => format!("{}s", inert(one)),
            _ => "the others".to_owned(),
        };
        let (low, high) = question.raw_ends().unwrap_or_default();
        let text = |number: &Number| number.shown(1, &[]);
        let (managers, others) = (text(&gap.managers), text(&gap.others));
        let beside = match gap.managers.cmp(&gap.others) {
            std::cmp::Ordering::Equal => format!("managers and {others_are} both say {managers} on average"),
            side => {
                let higher = if side == std::cmp::Ordering::Greater { "higher" } else { "lower" };
                format!("managers rate it {higher} than {others_are} do ({managers} against {others})")
            }
        };
        let said = format!(
            "{beside}, on a scale from {low} to {high}: of {}, managers say more in {}, the same in {}, less in {}",
            people(gap.counted),
            gap.more,
            gap.same,
            gap.less
        );
        let percent = |number: &Number| {
            let way = (number - &low).checked_div(&(&high - &low)).unwrap_or_default();
            hundredths(&way)
        };
        Gap {
            managers_share: percent(&gap.managers),
            others_share: percent(&gap.others),
            id: question.id.clone(),
            question: self.prose(&question.text),
            counted: gap.counted,
            managers,
            others,
            range: format!("{low} to {high}"),
            others_are: Md(others_are),
            apart: text(&gap.apart),
            more: gap.more,
            same: gap.same,
            less: gap.less,
            sentence: Md(sentence(&said)),
        }
    }
}

fn is_number(question: &Question) -> bool {
    matches!(question.kind, QuestionKind::Numbered { .. } | QuestionKind::Number { .. })
}

/// A number as an answer to the question.
fn plain(question: &Question, number: &Number) -> String {
    match &question.kind {
        QuestionKind::Number { unit, .. } => inert(&unit.after(&number.shown(1, &[]))),
        QuestionKind::Options(choices) => choices
            .iter()
            .find(|choice| choice.points == *number)
            .map_or_else(|| number.shown(1, &[]), |choice| inert(&choice.label)),
        _ => number.shown(1, &[]),
    }
}

/// The same with the label of its step.
fn shown(question: &Question, number: &Number) -> String {
    let plain = plain(question, number);
    match question.kind.label_of(number) {
        Some(label) if label != plain => format!("{plain}, {}", quoted(&inert(label))),
        _ => plain,
    }
}

/// `from 0, “nobody”, to 4, “everybody”`.
fn scale(question: &Question) -> Option<String> {
    let QuestionKind::Numbered { from, to, .. } = &question.kind else { return None };
    let (low, high) = (shown(question, from), shown(question, to));
    let comma = if low.contains(',') { "," } else { "" };
    Some(format!("from {low}{comma} to {high}"))
}
