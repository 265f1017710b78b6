//! An earlier round from which a metric has changed as lines want it.

use super::axis::ends;
use super::figures::{add, negative};
use super::links::{Domains, Verdict};
use super::whole::Plan;
use crate::model::Number;

/// The plan with an earlier value for each metric whose change matters.
pub fn solve(domains: &Domains<'_, '_, '_>, mut plan: Plan) -> Verdict<Plan> {
    let pack = domains.query.space.pack;
    for (id, axis) in &domains.bound.trends {
        let (axis, allowed) = domains.axis(*axis);
        if axis.allows_number(allowed, None) {
            continue;
        }
        let metric = pack.metric(*id);
        let range = ends(metric.range.as_ref());
        let fixed = domains.query.fixed_metrics.get(id);
        let planned = plan.metrics.iter().find(|(known, _)| known == id).map(|(_, value)| value);
        let given: Option<&Option<Number>> = fixed.or(planned);
        let mut found = None;
        for change in axis.allowed_cells(allowed) {
            let now = match given {
                Some(Some(now)) => now.clone(),
                Some(None) => break,
                // What a formula gives is not this room's to choose here.
                None if metric.formula.is_some() => return Verdict::Unknown,
                None => {
                    let now = range.and(&add(&range, change));
                    if now.is_empty() {
                        continue;
                    }
                    now.inside()
                }
            };
            let point = super::range::Range::point(now.clone());
            let before = range.and(&add(&point, &negative(change)));
            if !before.is_empty() {
                found = Some((now, before.inside()));
                break;
            }
        }
        match found {
            Some((now, before)) => {
                if given.is_none() {
                    plan.metrics.push((*id, Some(now)));
                }
                plan.before.push((*id, before));
            }
            // Another value of the metric might do.
            None if given.is_some() => return Verdict::Unknown,
            None => return Verdict::No,
        }
    }
    Verdict::Yes(plan)
}
