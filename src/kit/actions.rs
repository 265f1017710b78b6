//! A respondent's plan as steps for other tools: the same as in the papers, since it is made of what these see.

use jiff::{ToSpan, civil::Date};

use super::Kit;
use crate::compose::contract::{Md, Prescription};
use crate::compose::{for_respondent, plan_start};
use crate::export::handover::{ADVISED, Action, OPEN};
use crate::markdown::plain;
use crate::model::{Findings, Respondent};
use crate::wording::review_day;

impl Kit<'_> {
    /// The steps of the plan, in its order.
    pub fn actions(&self, respondent: &Respondent, findings: &Findings) -> Vec<Action> {
        let data = for_respondent(self.pack, respondent, findings, self.session);
        let start = plan_start(respondent, findings, self.session);
        let plan = &data.plan;
        let steps = plan.days30.iter().chain(&plan.days60).chain(&plan.days90);
        steps.map(|step| action(step, &data.respondent.id, &data.respondent.name, start)).collect()
    }
}

fn action(step: &Prescription, id: &str, name: &str, start: Option<Date>) -> Action {
    let words = |text: &Option<Md>| text.as_ref().map(|text| plain(&text.0)).unwrap_or_default();
    let due = start.zip(step.due).and_then(|(start, days)| start.checked_add(i64::from(days).days()).ok());
    let measure = step.measure.as_ref();
    let reasons: Vec<String> = step.reasons.iter().map(|reason| plain(&reason.title.0)).collect();
    let due_text = due.map_or_else(|| step.due_text.clone(), |day| day.to_string());
    Action {
        id: format!("{id}/{}", step.id),
        respondent: name.to_owned(),
        what: plain(&step.title.0),
        first_step: words(&step.first_step),
        area: words(&step.area_title),
        owner: words(&step.owner),
        planned: due_text.clone(),
        due,
        due_text,
        review: due.map(review_day),
        review_text: due
            .map_or_else(|| step.review_text.clone().unwrap_or_default(), |day| review_day(day).to_string()),
        evidence: measure.map(|measure| plain(&measure.title.0)).unwrap_or_default(),
        now: measure.map(|measure| measure.now.clone()).unwrap_or_default(),
        target: words(&measure.and_then(|measure| measure.target.clone())),
        why: reasons.join("; "),
        advised: ADVISED.to_owned(),
        status: OPEN.to_owned(),
        note: String::new(),
        own: Vec::new(),
    }
}
