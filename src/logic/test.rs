//! The truth of one line.

use super::Truth;
use crate::model::{
    Absence, AbsenceTest, BandOf, Check, Comparison, Heard, Number, Score, Subject, Test, Values,
};

/// What a line can know of its subject.
enum Known<'v> {
    /// A number that lies between two ends, equal where it is certain.
    Between(&'v Number, &'v Number),
    /// One of these labels.
    OneOf(&'v [usize]),
    /// All of these labels.
    Many(&'v [usize]),
    /// Something is there, and what it is cannot be compared.
    Something,
    Nothing(Option<Absence>),
}

/// Whether a line holds.
pub fn judge_test(test: &Test, values: &Values) -> Truth {
    let known = |known: Known<'_>| judge_known(&test.check, known, values);
    match test.subject {
        Subject::Answer(id) => match (known(of_answer(values.answer(id))), values.unasked[id.0]) {
            (Truth::Unknown { .. }, true) => Truth::Unknown { not_applicable: true },
            (truth, _) => truth,
        },
        Subject::Gap(id) => known(of_number(values.gaps[id.0].as_ref())),
        Subject::Score(of) => known(of_score(values.score(of))),
        Subject::Metric(id) => known(of_ends(values.metric(id).ends.as_ref())),
        Subject::Points(id) => known(of_ends(values.metric(id).points.as_ref())),
        Subject::Derived(id) => known(of_ends(values.derived(id))),
        Subject::Trend(id) => known(of_ends(values.trend(id))),
        Subject::Band(BandOf::Metric(id)) => match values.metric(id).bands.as_slice() {
            [] => known(Known::Nothing(None)),
            bands => known(Known::OneOf(bands)),
        },
        Subject::Band(BandOf::Score(of)) => {
            let score = values.score(of);
            if score.bands.is_empty() {
                known(Known::Nothing(score.empty))
            } else {
                known(Known::OneOf(&score.bands))
            }
        }
    }
}

fn of_number(value: Option<&Number>) -> Known<'_> {
    value.map_or(Known::Nothing(None), |value| Known::Between(value, value))
}

fn of_answer(heard: &Heard) -> Known<'_> {
    match heard {
        Heard::Number(value) => Known::Between(value, value),
        Heard::Option(option) => Known::OneOf(std::slice::from_ref(option)),
        Heard::Many(options) => Known::Many(options),
        Heard::Text(_) | Heard::Mixed(_) => Known::Something,
        Heard::Absent(absence) => Known::Nothing(Some(*absence)),
    }
}

fn of_ends(ends: Option<&(Number, Number)>) -> Known<'_> {
    ends.map_or(Known::Nothing(None), |(low, high)| Known::Between(low, high))
}

fn of_score(score: &Score) -> Known<'_> {
    match &score.ends {
        Some((low, high)) => Known::Between(low, high),
        None => Known::Nothing(score.empty),
    }
}

fn judge_known(check: &Check, known: Known<'_>, values: &Values) -> Truth {
    if let Check::Absent { kind, negated } = check {
        return negate(judge_absence(*kind, &known), *negated);
    }
    match (check, known) {
        (_, Known::Nothing(absence)) => {
            Truth::Unknown { not_applicable: absence == Some(Absence::NotApplicable) }
        }
        (Check::Compare(comparison, against), Known::Between(low, high)) => {
            compare(*comparison, low, high, &against.among(values))
        }
        (Check::Between { low: from, high: to, negated }, Known::Between(low, high)) => {
            let inside = super::all(
                [
                    compare(Comparison::AtLeast, low, high, &from.among(values)),
                    compare(Comparison::AtMost, low, high, &to.among(values)),
                ]
                .into_iter(),
            );
            negate(inside, *negated)
        }
        (Check::OneOfNumbers { numbers, negated }, Known::Between(low, high)) => {
            let equal =
                numbers.iter().map(|number| compare(Comparison::Equal, low, high, &number.among(values)));
            negate(super::any(equal), *negated)
        }
        (Check::OneOf { labels, negated }, Known::OneOf(possible)) => {
            let inside = possible.iter().filter(|label| labels.contains(label)).count();
            let truth = if inside == possible.len() {
                Truth::True
            } else if inside == 0 {
                Truth::False
            } else {
                Truth::UNKNOWN
            };
            negate(truth, *negated)
        }
        (Check::Includes { labels, all }, Known::Many(chosen)) => {
            let mut each = labels.iter().map(|label| chosen.contains(label));
            Truth::from(if *all { each.all(|held| held) } else { each.any(|held| held) })
        }
        _ => Truth::UNKNOWN,
    }
}

/// A score, metric or band is missing where it has no certain value, whatever the reason.
fn judge_absence(kind: AbsenceTest, known: &Known<'_>) -> Truth {
    let missing = match known {
        Known::Nothing(_) => true,
        Known::Between(low, high) => low != high,
        Known::OneOf(possible) => possible.len() > 1,
        Known::Many(_) | Known::Something => false,
    };
    Truth::from(match kind {
        AbsenceTest::Missing => missing,
        AbsenceTest::Kind(wanted) => matches!(known, Known::Nothing(Some(absence)) if *absence == wanted),
    })
}

fn compare(comparison: Comparison, low: &Number, high: &Number, against: &Number) -> Truth {
    let certain = low == high;
    match comparison {
        Comparison::Equal | Comparison::NotEqual => {
            let equal = if certain {
                Truth::from(low == against)
            } else if against < low || against > high {
                Truth::False
            } else {
                Truth::UNKNOWN
            };
            negate(equal, comparison == Comparison::NotEqual)
        }
        _ => match (comparison.holds(low, against), comparison.holds(high, against)) {
            (true, true) => Truth::True,
            (false, false) => Truth::False,
            _ => Truth::UNKNOWN,
        },
    }
}

fn negate(truth: Truth, negated: bool) -> Truth {
    if negated { truth.not() } else { truth }
}
