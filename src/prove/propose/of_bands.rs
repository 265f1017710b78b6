//! The people who show where each band of an area, the total or a metric ends.

use super::edges::around;
use super::inputs::Reach;
use super::search::{Focus, Search, number};
use crate::cells::{Goal, Truths};
use crate::model::{AreaId, BandOf, Dated, MetricId, Number, Pack, Respondent, ScoreOf, Subject};

/// Everything that has bands, in the order of the pack.
pub fn banded(pack: &Pack) -> Vec<BandOf> {
    let mut out: Vec<BandOf> =
        (0..pack.areas.len()).map(|place| BandOf::Score(ScoreOf::Area(AreaId(place)))).collect();
    out.push(BandOf::Score(ScoreOf::Total));
    out.extend((0..pack.metrics.len()).map(|place| BandOf::Metric(MetricId(place))));
    out.retain(|of| {
        !pack.dated_bands(*of).is_empty() && (!matches!(of, BandOf::Score(of) if !pack.has_score(*of)))
    });
    out
}

/// Somebody just below, at and just above each cut of the bands that hold today; `known` are the values of whom
/// accepted tests say in which band they are.
pub fn beside_cuts(search: &Search<'_>, of: BandOf, known: &[Number]) -> Vec<Respondent> {
    let pack = search.pack;
    let subject = Subject::Band(of);
    let compared = match of {
        BandOf::Metric(id) => Subject::Metric(id),
        BandOf::Score(of) => Subject::Score(of),
    };
    let mut reach = Reach::default();
    reach.add(subject, pack);
    let focus = Focus { tests: &[], rule: None, exact: Some(subject), bands: false };
    let mut out: Vec<Respondent> = Vec::new();
    let mut seen = known.to_vec();
    let all = pack.dated_bands(of);
    let span = match of {
        BandOf::Metric(id) => pack.metric(id).span,
        BandOf::Score(ScoreOf::Area(id)) => pack.area(id).span,
        BandOf::Score(ScoreOf::Total) => pack.title.span,
    };
    for dated in &all[Dated::on(all, None)] {
        for cut in dated.value.edges() {
            for place in around(pack, compared, &cut, span) {
                for condition in &place {
                    let mut goal = Goal::default().condition(condition, Truths::TRUE);
                    if let Some(only) = &dated.only {
                        goal = goal.condition(only, Truths::TRUE);
                    }
                    let Some(found) = search.plain(&goal, &reach) else { continue };
                    let Some((at, _)) = number(&search.values(&found), subject) else { continue };
                    if seen.contains(&at) && dated.only.is_none() {
                        break;
                    }
                    if let Some(respondent) = search.trimmed(&found, &focus, &reach) {
                        seen.push(at);
                        if !out.contains(&respondent) {
                            out.push(respondent);
                        }
                        break;
                    }
                }
            }
        }
    }
    out
}
