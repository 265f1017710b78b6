//! The values beside a limit: just below it, at it and just above it.

use crate::model::{Check, Comparison, Condition, Limit, Number, Pack, QuestionKind, Subject, Test, Unit};
use crate::source::Span;

/// How wide the neighbourhood of a limit may be where nothing lies straight beside it, in steps.
const WIDTHS: [i64; 3] = [10, 50, 250];

/// For each place beside a limit the conditions that ask for somebody there, the nearest first.
pub fn around(pack: &Pack, subject: Subject, limit: &Number, span: Span) -> [Vec<Condition>; 3] {
    let step = step(pack, subject, limit);
    let is = |comparison: Comparison, value: Number| {
        let check = Check::Compare(comparison, Limit::Number(value));
        Condition::Test(Test { subject, check, span })
    };
    let beside = |up: bool| {
        let away = |steps: i64| {
            let far = &step * &Number::from(steps);
            if up { limit + &far } else { limit - &far }
        };
        let (near, far) = if up {
            (Comparison::Greater, Comparison::AtMost)
        } else {
            (Comparison::Less, Comparison::AtLeast)
        };
        let mut out = vec![is(Comparison::Equal, away(1))];
        let windows = WIDTHS.iter().map(|steps| away(*steps));
        out.extend(windows.map(|end| Condition::All(vec![is(near, limit.clone()), is(far, end)])));
        out
    };
    [beside(false), vec![is(Comparison::Equal, limit.clone())], beside(true)]
}

/// How far values lie apart that an author would tell apart beside this limit.
fn step(pack: &Pack, subject: Subject, limit: &Number) -> Number {
    let tenth = || Number::ratio(1, 10);
    let of_unit = |unit: &Unit| match unit {
        Unit::Percent | Unit::Times | Unit::Points | Unit::None => tenth(),
        _ => Number::one(),
    };
    let usual = match subject {
        Subject::Answer(id) => match &pack.question(id).kind {
            QuestionKind::Numbered { step: Some(step), .. } => return step.clone(),
            QuestionKind::Number { unit, .. } => of_unit(unit),
            _ => tenth(),
        },
        Subject::Gap(_) | Subject::Points(_) => Number::one(),
        Subject::Score(_) | Subject::Band(crate::model::BandOf::Score(_)) => tenth(),
        Subject::Metric(id) | Subject::Trend(id) | Subject::Band(crate::model::BandOf::Metric(id)) => {
            of_unit(&pack.metric(id).unit)
        }
        Subject::Derived(id) => of_unit(&pack.derived(id).unit),
    };
    // A limit with more digits has its neighbours among those with as many.
    let digits = (0..6u32).find(|digits| limit.rounded(*digits) == *limit).unwrap_or(6);
    let last = (0..digits).fold(Number::one(), |value, _| &value * &tenth());
    if last < usual { last } else { usual }
}
