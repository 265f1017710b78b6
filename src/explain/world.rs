//! A respondent as they might be: one rule, tried again under other answers.

use jiff::civil::Date;

use super::TRIES;
use super::input::Input;
use super::need::Needs;
use super::observe::{Observed, observed};
use crate::logic::{Truth, judge_rule};
use crate::model::{Answer, Findings, Measured, Number, Pack, Respondent, Rule, RuleId, Values, Who, Worked};
use crate::values::work_out_only;

/// What a rule is tried in.
pub struct World<'a> {
    pub pack: &'a Pack,
    pub rule: &'a Rule,
    pub respondent: &'a Respondent,
    pub needs: Needs,
    pub observed: Vec<Observed>,
    /// As things are.
    pub before: Values,
    /// What is worked out.
    order: Vec<Worked>,
    scratch: Respondent,
    as_of: Option<Date>,
    tried: usize,
}

impl<'a> World<'a> {
    pub fn new(pack: &'a Pack, respondent: &'a Respondent, findings: &Findings, rule: RuleId) -> World<'a> {
        let rule = &pack.rules[rule.0];
        let needs = Needs::of(pack, rule);
        let order = needs.order(pack);
        let observed = observed(pack, &findings.values, rule);
        let before = work_out_only(pack, &order, respondent, findings.as_of).values;
        let scratch = respondent.clone();
        World {
            pack,
            rule,
            respondent,
            needs,
            observed,
            before,
            order,
            scratch,
            as_of: findings.as_of,
            tried: 0,
        }
    }

    /// Whether the bound on trials is reached: what was found until then stands.
    pub fn exhausted(&self) -> bool {
        self.tried >= TRIES
    }

    /// The values after these moves; none where a number would be impossible, or the bound is reached.
    pub fn after(&mut self, moves: &[(&Input, &Answer)]) -> Option<Values> {
        if self.exhausted() {
            return None;
        }
        self.tried += 1;
        moves.iter().for_each(|(input, to)| apply(&mut self.scratch, input, to));
        let out = work_out_only(self.pack, &self.order, &self.scratch, self.as_of);
        moves.iter().for_each(|(input, _)| restore(&mut self.scratch, self.respondent, input));
        out.refusals.is_empty().then_some(out.values)
    }

    /// What the rule comes to under these values.
    pub fn judge(&self, values: &Values) -> Truth {
        judge_rule(self.rule, self.pack, values)
    }
}

/// Puts another answer or number in its place.
pub fn apply(respondent: &mut Respondent, input: &Input, to: &Answer) {
    match input {
        Input::Answer { question, who: Who::Own } => {
            if let Some(answer) = respondent.answers.get_mut(question.0) {
                *answer = to.clone();
            }
        }
        Input::Answer { question, who } => {
            for voice in respondent.voices.iter_mut().filter(|voice| speaks(who, &voice.role)) {
                if let Some(answer) =
                    voice.answers.get_mut(question.0).filter(|answer| !super::input::unasked(answer))
                {
                    *answer = to.clone();
                }
            }
        }
        Input::Metric(id) => {
            if let (Some(given), Answer::Number(value)) = (respondent.metrics.get_mut(id.0), to) {
                let digit = given.as_ref().map_or_else(Number::one, |given| given.digit.clone());
                *given = Some(Measured { value: value.clone(), digit });
            }
        }
    }
}

fn speaks(who: &Who, role: &str) -> bool {
    match who {
        Who::Own => false,
        Who::Everybody => true,
        Who::Role(wanted) => wanted == role,
    }
}

fn restore(respondent: &mut Respondent, from: &Respondent, input: &Input) {
    match input {
        Input::Answer { question, who: Who::Own } => {
            if let (Some(to), Some(was)) =
                (respondent.answers.get_mut(question.0), from.answers.get(question.0))
            {
                *to = was.clone();
            }
        }
        Input::Answer { question, who } => {
            let each = respondent.voices.iter_mut().zip(&from.voices);
            for (to, was) in each.filter(|(to, _)| speaks(who, &to.role)) {
                if let (Some(to), Some(was)) = (to.answers.get_mut(question.0), was.answers.get(question.0)) {
                    *to = was.clone();
                }
            }
        }
        Input::Metric(id) => {
            if let (Some(to), Some(was)) = (respondent.metrics.get_mut(id.0), from.metrics.get(id.0)) {
                *to = was.clone();
            }
        }
    }
}
