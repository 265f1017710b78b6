//! What is asked, and in which order.

use super::Item;
use crate::logic::judge;
use crate::model::{Findings, Pack, Unknown, Values};

/// Area by area, then the questions about the respondent, then figures: what is measured before what is worked out
/// from it, which is asked only where it is not known by then.
pub fn all(pack: &Pack, values: &Values, asked: &dyn Fn(Item) -> bool) -> Vec<Item> {
    let mut order: Vec<usize> = (0..pack.questions.len()).collect();
    // A stable sort: pack order within an area.
    order.sort_by_key(|place| pack.questions[*place].area.map_or(usize::MAX, |area| area.0));
    let put = |place: &usize| asked(Item::Question(*place)) || is_put(pack, values, *place);
    let questions = order.into_iter().filter(put).map(Item::Question);
    let plain = |wanted: bool| {
        (0..pack.metrics.len()).filter(move |place| pack.metrics[*place].formula.is_none() == wanted)
    };
    let known = |place: usize| values.metrics[place].ends.is_some();
    let worked_out = plain(false).filter(|place| asked(Item::Metric(*place)) || !known(*place));
    questions.chain(plain(true).chain(worked_out).map(Item::Metric)).collect()
}

/// Whether a question is put: its `ask_if` holds, or it has none.
pub fn is_put(pack: &Pack, values: &Values, place: usize) -> bool {
    pack.questions[place].ask_if.as_ref().is_none_or(|ask_if| judge(&ask_if.when, pack, values).is_true())
}

/// What would settle rules that are still open, the most settling first.
pub fn deciding(findings: &Findings) -> Vec<Item> {
    let open = findings.find_out.iter().filter(|found| !found.rules.is_empty());
    let item = |what: Unknown| match what {
        Unknown::Answer(id) => Some(Item::Question(id.0)),
        Unknown::Metric(id) => Some(Item::Metric(id.0)),
        // Other people's answers and earlier figures are not this person's to give.
        Unknown::Voice(_) | Unknown::Agreement(_) | Unknown::Before(_) => None,
    };
    open.filter_map(|found| item(found.what)).collect()
}
