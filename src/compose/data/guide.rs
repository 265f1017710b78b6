//! The pack's advice area by area, whoever it is for.

use crate::compose::contract::{Guide, Md};
use crate::model::{AreaId, Pack, PrescriptionId, Prose};
use crate::wording;

/// How many pieces of advice and how many questions stand under an area.
const ADVICE: usize = 6;
const QUESTIONS: usize = 6;
/// How many of the questions a short paper takes.
const FEW_QUESTIONS: usize = 2;
/// How many reasons stand under an area.
const REASONS: usize = 3;

/// `prose` gives a sentence as it can be said to these readers; none where it cannot, as it is about one respondent's values.
pub(super) fn guide(pack: &Pack, prose: impl Fn(&Prose) -> Option<Md>) -> Vec<Guide> {
    let areas = (0..pack.areas.len()).map(|at| {
        let chosen = chosen(pack, AreaId(at));
        let mut questions: Vec<Md> = Vec::new();
        let deepest = chosen.iter().map(|id| pack.prescription(*id).coach.len()).max().unwrap_or(0);
        // The first question of each piece of advice before the second of any.
        for depth in 0..deepest {
            for question in chosen.iter().filter_map(|id| pack.prescription(*id).coach.get(depth)) {
                let Some(question) = prose(question) else { continue };
                if questions.len() < QUESTIONS && !questions.contains(&question) {
                    questions.push(question);
                }
            }
        }
        let own = pack.rules.iter().filter(|rule| rule.area == Some(AreaId(at)));
        // A reason that quotes somebody's figures is said to others by the rule's title.
        let why = own.filter_map(|rule| prose(&rule.why).or_else(|| prose(&rule.title))).take(REASONS);
        Guide {
            id: pack.areas[at].id.clone(),
            title: prose(&pack.areas[at].title)
                .unwrap_or_else(|| Md(wording::plain_prose(&pack.areas[at].title))),
            advice: chosen.iter().filter_map(|id| prose(&pack.prescription(*id).title)).collect(),
            ask: questions.iter().take(FEW_QUESTIONS).cloned().collect(),
            questions,
            why: why.collect(),
            first_steps: chosen
                .iter()
                .filter_map(|id| pack.prescription(*id).first_step.as_ref())
                .filter_map(&prose)
                .collect(),
        }
    });
    areas.filter(|area| !area.advice.is_empty()).collect()
}

/// The area's first prescriptions, in the author's order; the steps of its ladders all, in theirs.
fn chosen(pack: &Pack, area: AreaId) -> Vec<PrescriptionId> {
    let mut steps: Vec<PrescriptionId> = Vec::new();
    for ladder in &pack.ladders {
        steps.extend(ladder.steps.iter().map(|step| step.prescription));
    }
    steps.retain(|id| pack.prescription(*id).area == Some(area));
    let own = |id: &PrescriptionId| pack.prescription(*id).area == Some(area) && !steps.contains(id);
    let mut others: Vec<PrescriptionId> =
        (0..pack.prescriptions.len()).map(PrescriptionId).filter(own).collect();
    others.truncate(ADVICE.saturating_sub(steps.len()));
    others.extend(steps);
    others
}
