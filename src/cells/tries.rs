//! Where reasoning does not reach, people are made up and tried: always the same ones, so that what one run
//! finds every run finds.

use super::Space;
use super::axis::ends;
use super::choices::{Allowed, Stage, choices, spread};
use super::goal::Goal;
use super::range::Range;
use super::whole::Plan;
use crate::model::{MetricId, QuestionId, Respondent};

/// People who are tried.
const PEOPLE: usize = 150;

/// Numbers that look drawn and are always the same.
struct Draws(u64);

impl Draws {
    fn below(&mut self, below: usize) -> usize {
        // The high bits of a linear congruence; the constants are Knuth's.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

/// One of the people made up who meets the goal.
pub fn somebody(space: &Space<'_>, goal: &Goal<'_>) -> Option<Respondent> {
    let mut draws = Draws(1);
    (0..PEOPLE).map(|_| draw(space, goal, &mut draws)).find(|respondent| space.meets(goal, respondent))
}

fn draw(space: &Space<'_>, goal: &Goal<'_>, draws: &mut Draws) -> Respondent {
    let pack = space.pack();
    let mut plan = Plan::default();
    for (place, question) in pack.questions.iter().enumerate() {
        let id = QuestionId(place);
        let fixed =
            goal.answers.iter().find(|(known, _)| *known == id).map(|(_, answers)| answers.as_slice());
        let allowed = Allowed { fixed, ..Allowed::default() };
        let several = !spread(question, allowed).is_empty() && draws.below(4) == 0;
        let stage = match draws.below(5) {
            0 => Stage::Absences,
            _ if several => Stage::Voices,
            _ => Stage::Complete,
        };
        let mut all = choices(question, allowed, stage);
        if !all.is_empty() {
            let at = draws.below(all.len());
            plan.answers.push((id, all.swap_remove(at).saying));
        }
    }
    for (place, metric) in pack.metrics.iter().enumerate() {
        let id = MetricId(place);
        if let Some((_, value)) = goal.metrics.iter().find(|(known, _)| *known == id) {
            plan.metrics.push((id, value.clone()));
            continue;
        }
        if metric.formula.is_some() || draws.below(6) == 0 {
            continue;
        }
        // Halved again and again towards either end, so that small numbers come up in large ranges too.
        let mut range = ends(metric.range.as_ref());
        for _ in 0..draws.below(8) {
            let middle = range.inside();
            let half = if draws.below(2) == 0 {
                Range { high: Some(middle), high_open: false, ..range.clone() }
            } else {
                Range { low: Some(middle), low_open: false, ..range.clone() }
            };
            range = half;
        }
        plan.metrics.push((id, Some(range.inside())));
    }
    plan.respondent(pack)
}
