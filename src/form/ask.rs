//! `ask_if` as a form can judge it: over what was typed into it, true or false and nothing between.
//!
//! A question is put only where its condition is true for certain. So each line stands here as "it is known, and it holds",
//! and a negation turns the lines under it round, since what is not known stays so.

use crate::model::{
    Absence, AbsenceTest, Answer, AskIf, Check, Comparison, Condition, Limit, Number, Pack, QuestionId,
    Subject, Test,
};

use super::items::{is_listed, listed_values};

/// What must hold so that a question is put.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    All(Vec<Ask>),
    Any(Vec<Ask>),
    AtLeast(usize, Vec<Ask>),
    Not(Box<Ask>),
    /// A number was given, and it compares so.
    Number(QuestionId, Comparison, Number),
    /// One of these values was chosen: of several choices, as they stand in the form.
    Chosen(QuestionId, Vec<String>),
    /// This one is among those chosen.
    Includes(QuestionId, String),
    /// Something was answered, and it is no "don't know".
    Answered(QuestionId),
    /// This value of [`Absence::key`] was chosen.
    Says(QuestionId, Absence),
    /// Nothing was said.
    Open(QuestionId),
    /// Who answers has one of these roles, or none.
    Role(Vec<String>),
}

impl Ask {
    pub fn always() -> Ask {
        Ask::All(Vec::new())
    }

    pub fn never() -> Ask {
        Ask::Any(Vec::new())
    }

    pub fn of(holds: bool) -> Ask {
        if holds { Ask::always() } else { Ask::never() }
    }
}

/// Lines that one condition may come to: conditions over conditions multiply.
const MOST: usize = 400;

/// The condition of a question; none where a form cannot judge it.
pub fn ask_of(pack: &Pack, ask_if: &AskIf) -> Option<Ask> {
    let mut asking = Asking { pack, left: MOST };
    let ask = asking.condition(&ask_if.when, true)?;
    Some(tidy(ask))
}

struct Asking<'p> {
    pack: &'p Pack,
    left: usize,
}

impl Asking<'_> {
    /// Whether a condition is certainly true, or certainly false.
    fn condition(&mut self, condition: &Condition, truth: bool) -> Option<Ask> {
        let mut each = |parts: &[Condition]| -> Option<Vec<Ask>> {
            parts.iter().map(|part| self.condition(part, truth)).collect()
        };
        Some(match condition {
            Condition::All(parts) if truth => Ask::All(each(parts)?),
            Condition::All(parts) => Ask::Any(each(parts)?),
            Condition::Any(parts) if truth => Ask::Any(each(parts)?),
            Condition::Any(parts) => Ask::All(each(parts)?),
            Condition::AtLeast(count, parts) if truth => Ask::AtLeast(*count, each(parts)?),
            // So many are false that too few are left.
            Condition::AtLeast(count, parts) => {
                Ask::AtLeast((parts.len() + 1).saturating_sub(*count), each(parts)?)
            }
            Condition::Not(inner) => self.condition(inner, !truth)?,
            Condition::Named(id, _) => {
                let when = &self.pack.condition(*id).when;
                self.condition(when, truth)?
            }
            Condition::Test(test) => self.test(test, truth)?,
        })
    }

    fn test(&mut self, test: &Test, truth: bool) -> Option<Ask> {
        self.left = self.left.checked_sub(1)?;
        let Subject::Answer(id) = test.subject else { return None };
        let question = self.pack.question(id);
        let Some(gate) = &question.ask_if else { return self.said(id, &test.check, truth) };
        let put = self.condition(&gate.when, true)?;
        let silent = self.silent(&gate.when)?;
        let own = self.said(id, &test.check, truth)?;
        let otherwise = Ask::of(self.holds(id, &gate.otherwise, &test.check) == Some(truth));
        let mut ways = vec![Ask::All(vec![put.clone(), own]), Ask::All(vec![silent.clone(), otherwise])];
        // Where nobody knows whether it is asked, it counts as skipped.
        if let Check::Absent { .. } = test.check {
            let skipped = self.holds(id, &Answer::Absent(Absence::Skipped), &test.check) == Some(truth);
            ways.push(Ask::All(vec![Ask::Not(Box::new(Ask::Any(vec![put, silent]))), Ask::of(skipped)]));
        }
        Some(Ask::Any(ways))
    }

    /// Whether a question under this condition certainly counts as not asked: the condition is false, or nothing keeps it
    /// open but what does not apply.
    fn silent(&mut self, when: &Condition) -> Option<Ask> {
        let (holds, fails) = (self.condition(when, true)?, self.condition(when, false)?);
        Some(Ask::Any(vec![fails, Ask::All(vec![Ask::Not(Box::new(holds)), self.settled(when)?])]))
    }

    /// Whether everything that a condition looks at is known, or does not apply.
    fn settled(&mut self, condition: &Condition) -> Option<Ask> {
        Some(match condition {
            Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
                let parts: Option<Vec<Ask>> = parts.iter().map(|part| self.settled(part)).collect();
                Ask::All(parts?)
            }
            Condition::Not(inner) => self.settled(inner)?,
            Condition::Named(id, _) => {
                let when = &self.pack.condition(*id).when;
                self.settled(when)?
            }
            Condition::Test(test) => {
                self.left = self.left.checked_sub(1)?;
                let Subject::Answer(id) = test.subject else { return None };
                if let Check::Absent { .. } = test.check {
                    return Some(Ask::always());
                }
                let said = Ask::Any(vec![Ask::Answered(id), Ask::Says(id, Absence::NotApplicable)]);
                let Some(gate) = &self.pack.question(id).ask_if else { return Some(said) };
                let put = self.condition(&gate.when, true)?;
                let silent = self.silent(&gate.when)?;
                let known = match gate.otherwise {
                    Answer::Absent(absence) => absence.leaves_score(),
                    _ => true,
                };
                Ask::Any(vec![Ask::All(vec![put, said]), Ask::All(vec![silent, Ask::of(known)])])
            }
        })
    }

    /// What must stand in the form, where the question is put.
    fn said(&self, id: QuestionId, check: &Check, truth: bool) -> Option<Ask> {
        let kind = &self.pack.question(id).kind;
        let number = |limit: &Limit| limit.on(self.pack, None).into_owned();
        let numbers = |wanted: &dyn Fn(&Number) -> bool, ways: Vec<Ask>| -> Ask {
            if !is_listed(kind) {
                return Ask::Any(ways);
            }
            let values = listed_values(kind).into_iter().filter(|(value, _)| wanted(value));
            Ask::Chosen(id, values.map(|(_, shown)| shown).collect())
        };
        Some(match check {
            Check::Compare(comparison, limit) => {
                let limit = number(limit);
                let comparison = if truth { *comparison } else { comparison.opposite() };
                numbers(
                    &|value| comparison.holds(value, &limit),
                    vec![Ask::Number(id, comparison, limit.clone())],
                )
            }
            Check::Between { low, high, negated } => {
                let (low, high) = (number(low), number(high));
                let inside = truth != *negated;
                let ways = if inside {
                    vec![Ask::All(vec![
                        Ask::Number(id, Comparison::AtLeast, low.clone()),
                        Ask::Number(id, Comparison::AtMost, high.clone()),
                    ])]
                } else {
                    vec![
                        Ask::Number(id, Comparison::Less, low.clone()),
                        Ask::Number(id, Comparison::Greater, high.clone()),
                    ]
                };
                numbers(&|value| (*value >= low && *value <= high) == inside, ways)
            }
            Check::OneOfNumbers { numbers: list, negated } => {
                let list: Vec<Number> = list.iter().map(number).collect();
                let among = truth != *negated;
                let ways = if among {
                    list.iter().map(|value| Ask::Number(id, Comparison::Equal, value.clone())).collect()
                } else {
                    let each = |value: &Number| Ask::Number(id, Comparison::NotEqual, value.clone());
                    vec![Ask::All(std::iter::once(Ask::Answered(id)).chain(list.iter().map(each)).collect())]
                };
                numbers(&|value| list.contains(value) == among, ways)
            }
            Check::OneOf { labels, negated } => {
                let among = truth != *negated;
                let choices = kind.choices().iter().enumerate();
                let values = choices.filter(|(at, _)| labels.contains(at) == among);
                Ask::Chosen(id, values.map(|(_, choice)| choice.id.clone()).collect())
            }
            Check::Includes { labels, all } => {
                let value = |at: &usize| kind.choices().get(*at).map(|choice| choice.id.clone());
                let each: Option<Vec<Ask>> =
                    labels.iter().map(|at| Some(Ask::Includes(id, value(at)?))).collect();
                let each = each?;
                let held = if *all { Ask::All(each) } else { Ask::Any(each) };
                if truth { held } else { Ask::All(vec![Ask::Answered(id), Ask::Not(Box::new(held))]) }
            }
            Check::Absent { kind: absence, negated } => {
                let held = match absence {
                    AbsenceTest::Missing => Ask::Not(Box::new(Ask::Answered(id))),
                    AbsenceTest::Kind(Absence::Skipped) => Ask::Open(id),
                    AbsenceTest::Kind(absence @ (Absence::DontKnow | Absence::NotApplicable)) => {
                        Ask::Says(id, *absence)
                    }
                    // A form offers neither.
                    AbsenceTest::Kind(Absence::Refused | Absence::NotAsked) => Ask::never(),
                };
                if truth != *negated { held } else { Ask::Not(Box::new(held)) }
            }
        })
    }

    /// What a line says of an answer that is fixed; none where it is not known.
    fn holds(&self, id: QuestionId, answer: &Answer, check: &Check) -> Option<bool> {
        let number = |limit: &Limit| limit.on(self.pack, None).into_owned();
        let kind = &self.pack.question(id).kind;
        Some(match (check, answer) {
            (Check::Absent { kind, negated }, answer) => {
                let held = match (kind, answer) {
                    (AbsenceTest::Missing, answer) => matches!(answer, Answer::Absent(_)),
                    (AbsenceTest::Kind(wanted), Answer::Absent(absence)) => wanted == absence,
                    _ => false,
                };
                held != *negated
            }
            (Check::Compare(comparison, limit), Answer::Number(value)) => {
                comparison.holds(value, &number(limit))
            }
            (Check::Between { low, high, negated }, Answer::Number(value)) => {
                (*value >= number(low) && *value <= number(high)) != *negated
            }
            (Check::OneOfNumbers { numbers, negated }, Answer::Number(value)) => {
                numbers.iter().any(|limit| number(limit) == *value) != *negated
            }
            (Check::OneOf { labels, negated }, Answer::Option(at)) if *at < kind.choices().len() => {
                labels.contains(at) != *negated
            }
            (Check::Includes { labels, all }, Answer::Many(chosen)) => {
                let mut each = labels.iter().map(|at| chosen.contains(at));
                if *all { each.all(|held| held) } else { each.any(|held| held) }
            }
            _ => return None,
        })
    }
}

/// Without lists of one, and without what is always or never so.
fn tidy(ask: Ask) -> Ask {
    match ask {
        Ask::All(parts) => {
            let mut out = Vec::new();
            for part in parts.into_iter().map(tidy) {
                match part {
                    Ask::All(inner) => out.extend(inner),
                    part if part == Ask::never() => return part,
                    part => out.push(part),
                }
            }
            single(out, Ask::All)
        }
        Ask::Any(parts) => {
            let mut out = Vec::new();
            for part in parts.into_iter().map(tidy) {
                match part {
                    Ask::Any(inner) => out.extend(inner),
                    part if part == Ask::always() => return part,
                    part => out.push(part),
                }
            }
            single(out, Ask::Any)
        }
        Ask::AtLeast(0, _) => Ask::always(),
        Ask::AtLeast(count, parts) if count > parts.len() => Ask::never(),
        Ask::AtLeast(count, parts) => Ask::AtLeast(count, parts.into_iter().map(tidy).collect()),
        Ask::Not(inner) => match tidy(*inner) {
            inner if inner == Ask::always() => Ask::never(),
            inner if inner == Ask::never() => Ask::always(),
            Ask::Not(inner) => *inner,
            inner => Ask::Not(Box::new(inner)),
        },
        Ask::Chosen(_, values) if values.is_empty() => Ask::never(),
        other => other,
    }
}

fn single(mut parts: Vec<Ask>, list: fn(Vec<Ask>) -> Ask) -> Ask {
    match parts.len() {
        1 => parts.remove(0),
        _ => list(parts),
    }
}

/// Both conditions at once.
pub fn both(one: Option<Ask>, other: Option<Ask>) -> Option<Ask> {
    match (one, other) {
        (Some(one), Some(other)) => Some(tidy(Ask::All(vec![one, other]))),
        (one, other) => one.or(other),
    }
}
