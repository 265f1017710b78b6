//! The slips that can be made in a condition.

use crate::model::{
    BandOf, Check, Choice, Comparison, Condition, Limit, Number, Pack, QuestionKind, Subject, Test,
};
use crate::pack::print;
use crate::source::Span;

/// A condition with one slip in it.
pub struct Variant {
    pub span: Span,
    pub was: String,
    pub now: Option<String>,
    pub condition: Condition,
}

/// Every slip in a condition: in its lines, and in how they are put together.
pub fn variants(condition: &Condition, pack: &Pack) -> Vec<Variant> {
    let mut out = Vec::new();
    vary(condition, pack, &|part| part, &mut out);
    out
}

/// `whole` puts a part back into the condition.
fn vary(condition: &Condition, pack: &Pack, whole: &dyn Fn(Condition) -> Condition, out: &mut Vec<Variant>) {
    match condition {
        Condition::Test(test) => {
            let Some(was) = print::test(test, pack) else { return };
            for check in checks(test, pack) {
                let other = Test { check, ..test.clone() };
                let now = print::test(&other, pack).filter(|now| *now != was);
                if let Some(now) = now {
                    let condition = whole(Condition::Test(other));
                    out.push(Variant { span: test.span, was: was.clone(), now: Some(now), condition });
                }
            }
        }
        Condition::Named(..) => {}
        Condition::Not(inner) => {
            vary(inner, pack, &|part| whole(Condition::Not(Box::new(part))), out);
            if let Some(span) = first_span(inner) {
                let condition = whole((**inner).clone());
                out.push(Variant { span, was: "not".to_owned(), now: None, condition });
            }
        }
        Condition::All(parts) => {
            list(parts, pack, &|parts| whole(Condition::All(parts)), out);
            joined(parts, "all", "any", whole(Condition::Any(parts.clone())), out);
        }
        Condition::Any(parts) => {
            list(parts, pack, &|parts| whole(Condition::Any(parts)), out);
            joined(parts, "any", "all", whole(Condition::All(parts.clone())), out);
        }
        Condition::AtLeast(n, parts) => {
            list(parts, pack, &|parts| whole(Condition::AtLeast(*n, parts)), out);
            for other in [n.saturating_sub(1), n + 1] {
                if other > 0 && other <= parts.len() {
                    let condition = whole(Condition::AtLeast(other, parts.clone()));
                    let words = |n: usize| format!("at_least: {n}");
                    joined(parts, &words(*n), &words(other), condition, out);
                }
            }
        }
    }
}

/// The slips inside the parts of a list, and the list without each of them.
fn list(
    parts: &[Condition],
    pack: &Pack,
    whole: &dyn Fn(Vec<Condition>) -> Condition,
    out: &mut Vec<Variant>,
) {
    for (place, part) in parts.iter().enumerate() {
        let with = |part: Condition| {
            let mut parts = parts.to_vec();
            parts[place] = part;
            whole(parts)
        };
        vary(part, pack, &with, out);
        if parts.len() > 1
            && let Some(span) = first_span(part)
        {
            let mut others = parts.to_vec();
            others.remove(place);
            let was = print::line(part, pack).unwrap_or_else(|| "these lines".to_owned());
            out.push(Variant { span, was, now: None, condition: whole(others) });
        }
    }
}

fn joined(parts: &[Condition], was: &str, now: &str, condition: Condition, out: &mut Vec<Variant>) {
    let span = parts.first().and_then(first_span).filter(|_| parts.len() > 1);
    if let Some(span) = span {
        out.push(Variant { span, was: was.to_owned(), now: Some(now.to_owned()), condition });
    }
}

/// Where the first line of a condition stands.
pub fn first_span(condition: &Condition) -> Option<Span> {
    let mut found = None;
    condition.visit(&mut |part| {
        if found.is_none() {
            found = match part {
                Condition::Test(test) => Some(test.span),
                Condition::Named(_, span) => Some(*span),
                _ => None,
            };
        }
    });
    found
}

/// What a line may ask instead.
fn checks(test: &Test, pack: &Pack) -> Vec<Check> {
    let mut out = Vec::new();
    match &test.check {
        Check::Compare(comparison, limit) => {
            out.extend(others(*comparison).iter().map(|other| Check::Compare(*other, limit.clone())));
            let moved = moved(limit, test.subject, pack).into_iter();
            out.extend(moved.map(|limit| Check::Compare(*comparison, limit)));
        }
        Check::Between { low, high, negated } => {
            let (low, high, negated) = (low.clone(), high.clone(), *negated);
            for low in moved(&low, test.subject, pack) {
                out.push(Check::Between { low, high: high.clone(), negated });
            }
            for high in moved(&high, test.subject, pack) {
                out.push(Check::Between { low: low.clone(), high, negated });
            }
            out.push(Check::Between { low, high, negated: !negated });
        }
        Check::OneOfNumbers { numbers, negated } => {
            out.push(Check::OneOfNumbers { numbers: numbers.clone(), negated: !negated });
            for place in 0..numbers.len() {
                if numbers.len() > 1 {
                    let mut numbers = numbers.clone();
                    numbers.remove(place);
                    out.push(Check::OneOfNumbers { numbers, negated: *negated });
                } else {
                    for moved in moved(&numbers[place], test.subject, pack) {
                        out.push(Check::OneOfNumbers { numbers: vec![moved], negated: *negated });
                    }
                }
            }
        }
        Check::OneOf { labels, negated } => {
            out.push(Check::OneOf { labels: labels.clone(), negated: !negated });
            for labels in beside(labels, count(test.subject, pack)) {
                out.push(Check::OneOf { labels, negated: *negated });
            }
        }
        Check::Absent { kind, negated } => out.push(Check::Absent { kind: *kind, negated: !negated }),
        Check::Includes { labels, all } => {
            if labels.len() > 1 {
                out.push(Check::Includes { labels: labels.clone(), all: !all });
            }
        }
    }
    out
}

/// The edge inside or outside, and the sign turned round.
fn others(comparison: Comparison) -> &'static [Comparison] {
    match comparison {
        Comparison::Less => &[Comparison::AtMost, Comparison::Greater],
        Comparison::AtMost => &[Comparison::Less, Comparison::AtLeast],
        Comparison::Greater => &[Comparison::AtLeast, Comparison::Less],
        Comparison::AtLeast => &[Comparison::Greater, Comparison::AtMost],
        Comparison::Equal => &[Comparison::NotEqual],
        Comparison::NotEqual => &[Comparison::Equal],
    }
}

/// One label fewer, and one more beside those that are there: places from 0, of which so many are.
fn beside(labels: &[usize], count: usize) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    if labels.len() > 1 {
        for place in 0..labels.len() {
            let mut fewer = labels.to_vec();
            fewer.remove(place);
            out.push(fewer);
        }
    }
    if labels.len() + 1 < count {
        for label in (0..count).filter(|label| !labels.contains(label)) {
            if labels.contains(&(label + 1)) || label > 0 && labels.contains(&(label - 1)) {
                let mut more = labels.to_vec();
                more.push(label);
                more.sort_unstable();
                out.push(more);
            }
        }
    }
    out
}

fn count(subject: Subject, pack: &Pack) -> usize {
    match subject {
        Subject::Answer(id) => pack.question(id).kind.choices().len(),
        Subject::Band(of) => pack.band_names(of).len(),
        _ => 0,
    }
}

/// The limit one step lower and higher; named ones have slips of their own.
fn moved(limit: &Limit, subject: Subject, pack: &Pack) -> Vec<Limit> {
    let Limit::Number(number) = limit else { return Vec::new() };
    let step = step(subject, number, pack);
    vec![Limit::Number(number - &step), Limit::Number(number + &step)]
}

fn step(subject: Subject, number: &Number, pack: &Pack) -> Number {
    match subject {
        Subject::Answer(id) | Subject::Gap(id) => match &pack.question(id).kind {
            QuestionKind::Numbered { step: Some(step), .. } => step.clone(),
            QuestionKind::Options(choices) => apart(choices).unwrap_or_else(|| digit(number)),
            _ => digit(number),
        },
        Subject::Band(BandOf::Metric(_) | BandOf::Score(_))
        | Subject::Score(_)
        | Subject::Metric(_)
        | Subject::Points(_)
        | Subject::Derived(_)
        | Subject::Trend(_) => digit(number),
    }
}

/// How far the points of two options lie apart at least; none where all are worth the same.
fn apart(choices: &[Choice]) -> Option<Number> {
    let mut points: Vec<&Number> = choices.iter().map(|choice| &choice.points).collect();
    points.sort();
    points.dedup();
    points.windows(2).map(|pair| pair[1] - pair[0]).min()
}

/// One of the last digit that a number is written with: 1 for 15, a tenth for 3.2.
pub fn digit(number: &Number) -> Number {
    let decimals = number
        .exact()
        .and_then(|text| text.split_once('.').map(|(_, fraction)| fraction.len() as u32))
        .unwrap_or(0);
    Number::ratio(1, 10i64.pow(decimals.min(12)))
}
