//! How scores are made, in words.

use super::words::{list, sentence};
use crate::markdown::inert;
use crate::model::{Method, Pack, ScoreOf};

/// How answers become scores: one sentence where all areas score alike, else one for each way.
///
/// `area` and `areas` are the pack's words for them.
pub fn how_scored(pack: &Pack, area: &str, areas: &str) -> String {
    let (area, areas) = (inert(area), inert(areas));
    let mut said: Vec<String> = Vec::new();
    let methods = [Kind::Mean, Kind::Sum, Kind::RawMean, Kind::Formula];
    let used = |kind: &Kind| pack.areas.iter().any(|area| Kind::of(&area.scoring.method) == *kind);
    let only = methods.iter().filter(|kind| used(kind)).count() == 1;
    for kind in methods.into_iter().filter(used) {
        let of_kind = pack.areas.iter().filter(|area| Kind::of(&area.scoring.method) == kind);
        let titles: Vec<String> = of_kind.map(|area| area.title.plain()).collect();
        let (who, one) = match only {
            true => (format!("each {area}"), true),
            false => (list(&titles), titles.len() == 1),
        };
        let (is, its) = if one { ("is", "its") } else { ("are each", "their") };
        said.push(match kind {
            Kind::Mean => {
                format!("each answer counts from 0 to 100; {who} {is} the weighted mean of {its} answers")
            }
            Kind::Sum => format!("{who} {is} the sum of {its} points"),
            Kind::RawMean => format!("{who} {is} the weighted mean of {its} answers as they were given"),
            Kind::Formula => format!("{who} {is} worked out from other figures"),
        });
    }
    said.extend(pack.scoring(ScoreOf::Total).map(|scoring| match Kind::of(&scoring.method) {
        Kind::Mean | Kind::RawMean => format!("the total is the weighted mean of the {areas}"),
        Kind::Sum => format!("the total is the sum of the {areas}"),
        Kind::Formula => "the total is worked out from other figures".to_owned(),
    }));
    said.iter().map(|clause| sentence(clause)).collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mean,
    Sum,
    RawMean,
    Formula,
}

impl Kind {
    fn of(method: &Method) -> Kind {
        match method {
            Method::Mean => Kind::Mean,
            Method::Sum => Kind::Sum,
            Method::RawMean => Kind::RawMean,
            Method::Formula(_) => Kind::Formula,
        }
    }
}
