//! Scores: the weighted mean of an area's answers, as one number or as two ends.

use crate::model::{
    Absence, Answered, Area, Bands, Heard, Number, Pack, Question, QuestionKind, Score, ScoreOf, Scoring,
};

/// The areas' scores in pack order, the total, and how many answers they rest on.
pub fn score(pack: &Pack, answers: &[Heard]) -> (Vec<Score>, Score, Answered) {
    let areas: Vec<Score> = pack
        .areas
        .iter()
        .enumerate()
        .map(|(place, area)| {
            let bands = pack.score_bands(ScoreOf::Area(crate::model::AreaId(place)));
            score_area(pack, area, answers, bands)
        })
        .collect();
    let answered = areas.iter().fold(Answered::default(), |sum, score| Answered {
        given: sum.given + score.answered.given,
        of: sum.of + score.answered.of,
    });
    let parts = pack.areas.iter().zip(&areas).map(|(area, score)| Part {
        weight: area.weight.clone(),
        known: match (&score.ends, score.empty) {
            (_, Some(absence)) => Known::Leaves(absence),
            (Some(ends), None) => Known::Ends(ends.clone()),
            (None, None) => Known::Missing,
        },
    });
    let ends = combine(parts, &pack.scoring);
    let total = finish(ends, answered, pack.bands.as_ref());
    (areas, total, answered)
}

/// What one answer or area brings to a mean.
struct Part {
    weight: Number,
    known: Known,
}

enum Known {
    Ends((Number, Number)),
    Missing,
    Leaves(Absence),
}

enum Combined {
    Ends(Number, Number),
    TooFew,
    Empty(Absence),
}

fn score_area(pack: &Pack, area: &Area, answers: &[Heard], bands: Option<&Bands>) -> Score {
    let mut answered = Answered::default();
    let parts: Vec<Part> = area
        .questions
        .iter()
        .map(|id| {
            let question = pack.question(*id);
            let known = match answer_points(question, &answers[id.0]) {
                Some(points) => Known::Ends((points.clone(), points)),
                None => match &answers[id.0] {
                    Heard::Absent(absence) if absence.leaves_score() => Known::Leaves(*absence),
                    _ => Known::Missing,
                },
            };
            answered.of += usize::from(!matches!(known, Known::Leaves(_)));
            answered.given += usize::from(matches!(known, Known::Ends(_)));
            Part { weight: question.weight.clone(), known }
        })
        .collect();
    finish(combine(parts.into_iter(), &area.scoring), answered, bands)
}

/// An answer as 0 to 100, `reverse` applied.
pub fn answer_points(question: &Question, heard: &Heard) -> Option<Number> {
    let hundred = Number::from(100i64);
    let points = match (&question.kind, heard) {
        (QuestionKind::Numbered { from, to, .. }, Heard::Number(value)) => {
            let share = (value - from).checked_div(&(to - from))?;
            &share * &hundred
        }
        (QuestionKind::Options(choices), Heard::Option(option)) => choices.get(*option)?.points.clone(),
        (QuestionKind::Options(_), Heard::Mixed(points)) => points.clone()?,
        _ => return None,
    };
    Some(if question.reverse { &hundred - &points } else { points })
}

fn combine(parts: impl Iterator<Item = Part>, scoring: &Scoring) -> Combined {
    let (mut weight, mut low, mut high) = (Number::zero(), Number::zero(), Number::zero());
    let (mut known, mut applies) = (0usize, 0usize);
    // Only where every one of them is not applicable is the whole.
    let mut left = Absence::NotApplicable;
    let mut leaves = 0usize;
    for part in parts {
        match part.known {
            Known::Leaves(absence) => {
                leaves += 1;
                if absence == Absence::NotAsked {
                    left = absence;
                }
            }
            Known::Ends((from, to)) => {
                known += 1;
                applies += 1;
                low = low + &part.weight * &from;
                high = high + &part.weight * &to;
                weight = weight + part.weight;
            }
            Known::Missing => {
                applies += 1;
                if *scoring == Scoring::Bounds {
                    high = high + &part.weight * &Number::from(100i64);
                    weight = weight + part.weight;
                }
            }
        }
    }
    if leaves == 0 {
        left = Absence::NotAsked;
    }
    if applies == 0 {
        return Combined::Empty(left);
    }
    if let Scoring::Average { min_answered } = scoring
        && (known == 0 || Number::from(known) < &Number::from(applies) * min_answered)
    {
        return Combined::TooFew;
    }
    match (low.checked_div(&weight), high.checked_div(&weight)) {
        (Some(low), Some(high)) => Combined::Ends(low, high),
        // Every weight is 0: nothing here counts.
        _ => Combined::Empty(left),
    }
}

fn finish(combined: Combined, answered: Answered, bands: Option<&Bands>) -> Score {
    match combined {
        Combined::Ends(low, high) => {
            let possible = bands.map(|bands| bands.between(&low, &high)).unwrap_or_default();
            Score { ends: Some((low, high)), empty: None, bands: possible, answered }
        }
        Combined::TooFew => Score { ends: None, empty: None, bands: Vec::new(), answered },
        Combined::Empty(absence) => Score { ends: None, empty: Some(absence), bands: Vec::new(), answered },
    }
}
