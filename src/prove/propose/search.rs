//! Somebody for each thing that is to be shown, with nothing given that does not bear on it.

use super::inputs::{Input, Reach, inputs, with_metric, without};
use crate::cells::{Goal, Space, Truths, answers_by_worth};
use crate::logic::{judge_rule, judge_test, rules};
use crate::model::{
    BandOf, IfMissing, MetricId, Number, Pack, Respondent, RuleId, Status, Subject, Test, Values,
};
use crate::values::work_out;

/// What something is divided by is one of these where that is possible: they make shares easy to read.
const ROUND: [i64; 2] = [1000, 100];

pub struct Search<'p> {
    pub space: Space<'p>,
    pub pack: &'p Pack,
}

/// What must stay as it is while everything else is taken out of a respondent.
pub struct Focus<'a> {
    pub tests: &'a [&'a Test],
    pub rule: Option<RuleId>,
    /// Whose value must stay to the last digit.
    pub exact: Option<Subject>,
    /// Whether the bands that lines ask about stay as certain as they are.
    pub bands: bool,
}

#[derive(PartialEq)]
struct Mark {
    refused: bool,
    truths: Vec<Truths>,
    statuses: Vec<Status>,
    exact: Option<(Number, Number)>,
    bands: Vec<Vec<usize>>,
}

impl<'p> Search<'p> {
    pub fn new(pack: &'p Pack) -> Search<'p> {
        Search { space: Space::of(pack, None), pack }
    }

    /// Somebody who meets the claims, at best one who answered every question alone, else anybody.
    pub fn somebody(&self, goal: &Goal<'_>, reach: &Reach) -> Option<Respondent> {
        self.plain(goal, reach).or_else(|| self.rounded(goal, reach))
    }

    /// Somebody who answered every question that matters, and no voice beside.
    pub fn plain(&self, goal: &Goal<'_>, reach: &Reach) -> Option<Respondent> {
        let mut plain = goal.clone();
        for id in &reach.questions {
            let answers = answers_by_worth(self.pack, *id);
            if !answers.is_empty() {
                plain = plain.answers(*id, answers);
            }
        }
        self.rounded(&plain, reach)
    }

    /// Somebody who meets the claims, at best with round numbers under every quotient.
    fn rounded(&self, goal: &Goal<'_>, reach: &Reach) -> Option<Respondent> {
        for round in ROUND {
            let value = Number::from(round);
            let mut rounded = goal.clone();
            let mut any = false;
            for id in &reach.divisors {
                let metric = self.pack.metric(*id);
                let fits = metric.range.as_ref().is_none_or(|(low, high)| *low <= value && value <= *high);
                if metric.formula.is_none() && fits {
                    rounded = rounded.metric(*id, Some(value.clone()));
                    any = true;
                }
            }
            if !any {
                break;
            }
            if let Some(found) = self.space.find_only(&rounded).witness() {
                return Some(found);
            }
        }
        self.space.find_only(goal).witness()
    }

    pub fn values(&self, respondent: &Respondent) -> Values {
        work_out(self.pack, respondent, None).values
    }

    /// The same respondent without all that makes no difference, and with numbers that are easily read; none
    /// where they cannot be written to the last digit.
    pub fn trimmed(&self, respondent: &Respondent, focus: &Focus<'_>, reach: &Reach) -> Option<Respondent> {
        let mark = self.mark(respondent, focus);
        let same = |other: &Respondent| self.mark(other, focus) == mark;
        let mut out = respondent.clone();
        if !focus.tests.iter().any(|test| matches!(test.subject, Subject::Trend(_))) {
            out.rounds.clear();
        }
        let apart: Vec<Input> = inputs(&out).into_iter().filter(|input| !reach.holds(*input)).collect();
        let bare = without(&out, &apart);
        if same(&bare) {
            out = bare;
        }
        // One of each role says it shorter, where leaving out one voice alone would move a mean.
        let second = |input: &Input| match *input {
            Input::Voice(at, _) => out.voices[..at].iter().any(|other| other.role == out.voices[at].role),
            _ => false,
        };
        let one_each = without(&out, &inputs(&out).into_iter().filter(second).collect::<Vec<_>>());
        if same(&one_each) {
            out = one_each;
        }
        // A voice's place moves when one before it falls silent, so that its inputs are gone through from the end.
        for input in inputs(&out).into_iter().rev() {
            let less = without(&out, &[input]);
            if same(&less) {
                out = less;
            }
        }
        for place in 0..self.pack.metrics.len() {
            let Some(given) = out.metrics[place].as_ref().map(|given| given.value.clone()) else { continue };
            if given.is_integer() && given.to_decimal(0).len() <= 4 {
                continue;
            }
            let id = MetricId(place);
            let coarse = [1_000_000i64, 1000, 100, 10].map(Number::from);
            let coarse = coarse.iter().filter_map(|unit| Some(&given.checked_div(unit)?.rounded(0) * unit));
            let nearest = coarse.filter(|value| !value.is_zero());
            let nearest = nearest.chain((0..=6).map(|places| given.rounded(places)));
            let tried: Vec<Respondent> =
                nearest.map(|value| with_metric(&out, id, value)).filter(|other| same(other)).collect();
            out = tried.into_iter().next()?;
        }
        same(&out).then_some(out)
    }

    fn mark(&self, respondent: &Respondent, focus: &Focus<'_>) -> Mark {
        let found = work_out(self.pack, respondent, None);
        let values = &found.values;
        let required = self.pack.rules.iter().filter(|rule| rule.if_missing == IfMissing::Require);
        let open = required.map(|rule| judge_rule(rule, self.pack, values)).any(|truth| truth.is_unknown());
        let rivals = focus.rule.is_some_and(|rule| !self.rivals(rule).is_empty());
        let status = focus.rule.filter(|_| rivals).map(|rule| rules(self.pack, values)[rule.0].status);
        let bands = focus.tests.iter().filter_map(|test| match test.subject {
            Subject::Band(of) if focus.bands => Some(values.bands(of).to_vec()),
            _ => None,
        });
        Mark {
            refused: open || !found.refusals.is_empty(),
            truths: focus.tests.iter().map(|test| Truths::of(judge_test(test, values))).collect(),
            statuses: status.into_iter().collect(),
            exact: focus.exact.and_then(|subject| number(values, subject)),
            bands: bands.collect(),
        }
    }

    /// Other rules that may set this one aside.
    pub fn rivals(&self, rule: RuleId) -> Vec<RuleId> {
        let mut out = Vec::new();
        for group in &self.pack.groups {
            let order = group.by_strength(|id| self.pack.rules[id.0].severity).unwrap_or_default();
            if order.contains(&rule) {
                out.extend(order.into_iter().take_while(|other| *other != rule));
            }
        }
        let stronger = self.pack.rules.iter().enumerate();
        out.extend(
            stronger.filter(|(_, other)| other.supersedes.contains(&rule)).map(|(place, _)| RuleId(place)),
        );
        out
    }
}

/// The number that a subject has, where it has one.
pub fn number(values: &Values, subject: Subject) -> Option<(Number, Number)> {
    let twice = |number: &Number| (number.clone(), number.clone());
    match subject {
        Subject::Answer(id) => match values.answer(id) {
            crate::model::Heard::Number(number) => Some(twice(number)),
            _ => None,
        },
        Subject::Gap(id) => values.gaps[id.0].as_ref().map(twice),
        Subject::Score(of) | Subject::Band(BandOf::Score(of)) => values.score(of).ends.clone(),
        Subject::Metric(id) | Subject::Band(BandOf::Metric(id)) => values.metric(id).ends.clone(),
        Subject::Points(id) => values.metric(id).points.clone(),
        Subject::Derived(id) => values.derived(id).cloned(),
        Subject::Trend(id) => values.trend(id).cloned(),
    }
}
