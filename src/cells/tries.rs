//! Where reasoning does not reach, people are made up and tried: always the same ones, so that what one run
//! finds every run finds.

use super::Space;
use super::axis::ends;
use super::choices::{Allowed, Saying, Stage, answers_by_worth, choices, spread};
use super::goal::Goal;
use super::range::{Range, cut};
use super::whole::Plan;
use crate::model::{MetricId, Number, QuestionId, Respondent, Values};
use crate::values::work_out;

/// People who are tried.
const PEOPLE: usize = 400;

/// Numbers that look drawn and are always the same.
struct Draws(u64);

impl Draws {
    fn below(&mut self, below: usize) -> usize {
        // The high bits of a linear congruence; the constants are Knuth's.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }
}

/// So many people.
pub fn people(space: &Space<'_>, count: usize) -> Vec<Respondent> {
    let mut draws = Draws(1);
    (0..count).map(|_| draw(space, &Goal::default(), &mut draws)).collect()
}

/// Somebody made up, with everything that follows from what they say.
pub struct Tried {
    respondent: Respondent,
    values: Values,
}

/// One of the people made up who meets the goal.
///
/// Who is drawn depends on the goal only where it fixes answers or figures: everybody else is worked out once.
pub fn somebody(space: &Space<'_>, goal: &Goal<'_>) -> Option<Respondent> {
    if goal.answers.is_empty() && goal.metrics.is_empty() {
        let crowd = space.crowd.get_or_init(|| crowd(space));
        return crowd
            .iter()
            .find(|tried| space.judged(goal, &tried.values))
            .map(|tried| tried.respondent.clone());
    }
    let mut draws = Draws(1);
    (0..PEOPLE).map(|_| draw(space, goal, &mut draws)).find(|respondent| space.meets(goal, respondent))
}

fn crowd(space: &Space<'_>) -> Vec<Tried> {
    let worked_out = |respondent: Respondent| {
        let found = work_out(space.pack(), &respondent, space.as_of);
        found.refusals.is_empty().then_some(Tried { respondent, values: found.values })
    };
    people(space, PEOPLE).into_iter().filter_map(worked_out).collect()
}

fn draw(space: &Space<'_>, goal: &Goal<'_>, draws: &mut Draws) -> Respondent {
    let pack = space.pack();
    let mut plan = Plan::default();
    // Half of them are well but for a few things: what one bad sign alone brings about, chance would seldom show.
    let well = draws.below(2) == 0;
    for (place, question) in pack.questions.iter().enumerate() {
        let id = QuestionId(place);
        let fixed =
            goal.answers.iter().find(|(known, _)| *known == id).map(|(_, answers)| answers.as_slice());
        if well
            && fixed.is_none()
            && draws.below(4) != 0
            && let Some(best) = answers_by_worth(pack, id).pop()
        {
            plan.answers.push((id, Saying::Plain(best)));
            continue;
        }
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
        if metric.formula.is_some() || draws.below(12) == 0 {
            continue;
        }
        let range = ends(metric.range.as_ref());
        let bands = metric.bands.iter().flat_map(|dated| dated.value.edges());
        let points = metric.points.iter().flat_map(|dated| dated.value.cuts.edges());
        let edges: Vec<Number> = bands.chain(points).collect();
        let value = if edges.is_empty() {
            halved(range, draws).inside()
        } else {
            // Anywhere that its tables tell apart.
            let mut cells = cut(&range, &edges);
            let fewest = |cell: &Range| {
                let at = cell.inside();
                metric.points.last().and_then(|dated| dated.value.between(&at, &at)).map(|(low, _)| low)
            };
            let at = if well && !metric.points.is_empty() && draws.below(4) != 0 {
                (0..cells.len()).min_by_key(|at| fewest(&cells[*at])).unwrap_or(0)
            } else {
                draws.below(cells.len())
            };
            cells.swap_remove(at).inside()
        };
        plan.metrics.push((id, Some(value)));
    }
    plan.respondent(pack)
}

/// Halved again and again towards either end, so that small numbers come up in large ranges too.
fn halved(mut range: Range, draws: &mut Draws) -> Range {
    for _ in 0..draws.below(8) {
        let middle = range.inside();
        range = if draws.below(2) == 0 {
            Range { high: Some(middle), high_open: false, ..range }
        } else {
            Range { low: Some(middle), low_open: false, ..range }
        };
    }
    range
}
